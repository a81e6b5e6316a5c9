"""What one outlet's checks know of the record: the `Memory` of their assignments."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from crawler.models import Layer, Lead, ListingPage, Reading, Window
from crawler.record import Record, history, read, write
from crawler.run.crawl_task import Tally

# Facts about a site (zone, types of post) are asked again after a day.
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMemory:
    """The record, seen from one outlet in one run."""

    record: Record
    # open for writing
    run: int
    # number of the run
    outlet: str
    # slug
    now: datetime
    # aware, when the check began
    tally: Tally
    # of the check under way
    sealing: bool = False
    # what is told is kept until it is sealed as a bundle, too

    def known(self, layer: Layer, leads: Sequence[Lead]) -> frozenset[int]:
        """Positions of the leads whose articles the record had before this run."""
        return history.known(self.record, self.outlet, leads, before=self.run)

    def told(self, leads: Sequence[Lead]) -> Mapping[int, history.Told]:
        """Position -> what the record has, for leads whose text or page it has."""
        return history.told(self.record, self.outlet, leads)

    def unchanged(self, page: ListingPage) -> Mapping[int, int]:
        """Position -> article id of the rows whose bytes the record has."""
        return read.unchanged(self.record, page)

    def store(self, page: ListingPage, readings: Sequence[tuple[Lead, Reading]]) -> write.Stored:
        """Keep a page, all of it or nothing; several wait for one `settle`."""
        return write.gather_page(self.record, self.run, page, readings, sealing=self.sealing)

    def settle(self) -> None:
        """What was kept is on the disk from now on."""
        self.record.settle()

    def give_way(self) -> bool:
        """Settle where somebody waits to write; whether any page waits for `settle` still."""
        self.record.give_way()
        return self.record.gathered > 0

    def missing(
        self, layer: Layer, window: Window, types: Collection[str]
    ) -> Mapping[int, str | None]:
        """Articles dated in the window that this check has not seen: id -> "posts:5"."""
        return history.missing(
            self.record,
            outlet=self.outlet,
            layer=layer,
            window=window,
            types=types,
            seen=self.tally.seen,
        )

    def covered(self, start: datetime, end: datetime) -> bool:
        """Whether earlier checks answer for every moment from start to end."""
        reached = start
        for since, until in sorted(history.covered(self.record, self.outlet)):
            if since <= reached:
                reached = max(reached, until)
        return reached >= end

    def usual_per_day(self, layer: Layer) -> float | None:
        """Pieces a day by the record's own history, None where it is too short to tell."""
        return history.usual_per_day(self.record, self.outlet, layer)

    def recall(self, name: str, *, ever: bool = False) -> Any:
        """A fact kept from an earlier run, None where there is none or, unless `ever`, stale."""
        kept = read.recall(self.record, self.outlet, name)
        return kept[0] if kept and (ever or self.now - kept[1] < KEPT) else None

    def remember(self, name: str, value: Any) -> None:
        """Keep a fact for the next run."""
        write.remember(self.record, self.outlet, name, value, self.now)
