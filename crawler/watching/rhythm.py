"""When an outlet is asked again: often around an event's day, less else, least by night. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

CALM: Final = 3
# times `every` between two looks on days that are nobody's event
NIGHT: Final = 6
# times `every` by night
FIRST_HOUR: Final = 6
LAST_HOUR: Final = 23
# local hours from which and up to which it is day
LONGEST: Final = timedelta(hours=12)
# between two looks, however little an outlet publishes
WEEK: Final = timedelta(weeks=1)


def next_look(now: datetime, *, every: timedelta, per_week: float | None, busy: bool) -> datetime:
    """When an outlet that was asked `now` (aware, local) is asked again.

    `busy` is the day of an event and the days beside it. `per_week` is what the outlet publishes,
    None where that is not known: one that publishes twice a week is asked twice a day at most.
    """
    if busy:
        return now + (every if _is_day(now) else every * 2)
    if not _is_day(now):
        return now + min(every * NIGHT, LONGEST)
    own = min(WEEK / per_week, LONGEST) if per_week else timedelta()
    return now + max(every * CALM, own)


def _is_day(now: datetime) -> bool:
    return FIRST_HOUR <= now.hour < LAST_HOUR
