"""When an accepted piece is looked at again: a few times, ever more seldom. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

AFTER: Final = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
    timedelta(days=14),
)
# since it was published: most corrections come within a day; then monthly, where longer is wanted
MONTH: Final = timedelta(days=30)
LATE: Final = timedelta(days=1)
# a look that is so much behind its time, after the last day, is left out
SURE: Final = timedelta(hours=1)
# after which a page that was not there is looked for again: once may be an accident


def is_due(
    *,
    since: datetime,
    seen: datetime,
    missing: datetime | None,
    now: datetime,
    length: timedelta,
) -> bool:
    """Whether a piece is looked at again now; every moment is aware.

    `since` is when it was published, `seen` when its words were last looked at, `length` for how
    long it is watched. However long nobody looked, one look is due, not several.
    """
    if now - since > length + LATE:
        return False
    if missing is not None and now - seen >= SURE and seen - missing < SURE:
        return True
    return any(seen < since + after <= now for after in _moments(length))


def _moments(length: timedelta) -> list[timedelta]:
    """The looks that lie within so long, its end among them."""
    within = [after for after in AFTER if after <= length]
    last = AFTER[-1]
    while last + MONTH <= length:
        last += MONTH
        within.append(last)
    return within or [length]
