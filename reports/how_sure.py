"""What a report says of its own sureness beyond outcomes: the unseen, how outlets were followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from crawler.models import Outlet

ASSUMPTION: Final = (
    "both ways see each piece independently of each other; ways of one site seldom do, so that "
    "this is a lower bound"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """How many pieces at least stood in neither of two ways' lists."""

    # whole pieces, rounded down
    at_least: int
    # the two ways: ("wordpress", "sitemap")
    ways: tuple[str, str]
    # what must hold for it
    assumption: str = ASSUMPTION

    def as_json(self) -> dict[str, Any]:
        """The part of docs/json.md."""
        return {"at_least": self.at_least, "ways": self.ways, "assumption": self.assumption}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """How well one outlet was followed, over all its checks."""

    outlet: Outlet
    # the first and last moment that a check answers for; None: none does
    since: datetime | None
    until: datetime | None
    # that checks answer for between these, as days of 24 hours
    days: float
    # the longest stretch between these that none answers for, as days of 24 hours
    longest_gap: float
    # pieces in the record
    pieces: int
    # of these without a date
    undated: int
    # from publication to the moment when we had it, of pieces that came while the outlet was being
    # followed and whose minute is known; None where there are none
    median_minutes: int | None

    @property
    def share_undated(self) -> float | None:
        """Of its pieces, 0..1; None where there are none."""
        return round(self.undated / self.pieces, 3) if self.pieces else None

    def as_json(self) -> dict[str, Any]:
        """One outlet of the document of docs/json.md."""
        return {
            "outlet": self.outlet.slug,
            "name": self.outlet.name,
            "since": self.since,
            "until": self.until,
            "days_answered": round(self.days, 2),
            "longest_gap_days": round(self.longest_gap, 2),
            "pieces": self.pieces,
            "undated": self.undated,
            "share_undated": self.share_undated,
            "median_minutes": self.median_minutes,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class HowSure:
    """Beside the completeness of the office's own edition."""

    # None where no outlet was asked by two ways that share a piece
    unseen: Unseen | None
    # of the outlets of the denominator, in its order
    tracks: tuple[TrackRecord, ...]

    def as_json(self) -> dict[str, Any]:
        """The part of a report's document: docs/json.md."""
        return {
            "unseen": self.unseen and self.unseen.as_json(),
            "track_record": [track.as_json() for track in self.tracks],
        }
