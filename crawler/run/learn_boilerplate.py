"""What an outlet's pages repeat, learnt from those the record keeps, after each run.

Kept in the record's memory with the page it was learnt up to: nothing is read twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from crawler.reading import Unreadable
from crawler.record import Record, read, write

if TYPE_CHECKING:
    from crawler.reading.boilerplate import Shown
    from crawler.reading.page.page_models import Habits

NAME: Final = "habits"
# under which the memory keeps them
LOOKED_AT: Final = 20
# latest pages: enough for what every page repeats, half a second of CPU


def learn(record: Record, run: int, at: datetime) -> None:
    """Learn the habits of every outlet of which the run kept a page."""
    for outlet in read.outlets_of_pages(record, run):
        learn_outlet(record, outlet, at)


def learn_outlet(record: Record, outlet: str, at: datetime) -> None:
    """Learn one outlet's habits from its latest pages, where one is new since the last time."""
    from crawler.reading.boilerplate import habits_of, shown  # noqa: PLC0415 - lxml

    kept = list(read.latest_pages(record, outlet, LOOKED_AT))
    latest = max((one.number for one in kept), default=0)
    if latest <= (_remembered(record, outlet).get("up_to") or 0):
        return
    habits = habits_of(_shown(kept, shown))
    value = {
        "up_to": latest,
        "suffixes": list(habits.suffixes),
        "boilerplate": sorted(habits.boilerplate),
    }
    write.remember(record, outlet, NAME, value, at)


def known(record: Record, outlet: str) -> Habits | None:
    """What was learnt of an outlet, None for one of which no page is kept."""
    from crawler.reading.page.page_models import Habits  # noqa: PLC0415 - lxml

    value = _remembered(record, outlet)
    if not value:
        return None
    return Habits(suffixes=tuple(value["suffixes"]), boilerplate=frozenset(value["boilerplate"]))


def boilerplate(record: Record, outlets: Iterable[str]) -> dict[str, frozenset[str]]:
    """Lines that every page of an outlet repeats, of those outlets where some are known."""
    lines = ((slug, _remembered(record, slug).get("boilerplate")) for slug in outlets)
    return {slug: frozenset(found) for slug, found in lines if found}


def _remembered(record: Record, outlet: str) -> dict[str, Any]:
    found = read.recall(record, outlet, NAME)
    return dict(found[0]) if found else {}


def _shown(kept: list[read.Kept], shown: Callable[[bytes, str | None], Shown]) -> Iterator[Shown]:
    """What the pages show; one that is no HTML has no habits."""
    for one in kept:
        try:
            yield shown(one.snapshot.body, one.snapshot.charset)
        except Unreadable:
            continue
