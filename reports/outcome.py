"""What came of an event's coverage, on one page: outputs, as AMEC calls them (pure).

Pieces, texts, outlets, messages, quotations, pick-up, tone by hand, corrections, completeness.
Outcomes - what readers thought or did - are not in media texts, and the page says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crawler.models import Outcome
from reports.models import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFound:
    """One of the office's messages."""

    # as readers of the page's language know it
    name: str
    # pieces in which its words stand, and outlets of these
    pieces: int
    outlets: int
    # pieces in which a person ticked it
    ticked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What the press took over of what the office said."""

    # outlets and pieces that took a sentence over
    outlets: int
    pieces: int
    # of the release, on average over these pieces: 0..1
    share: float
    # each sentence of the releases that was taken over most, with how many pieces took it
    sentences: tuple[tuple[str, int], ...]
    messages: tuple[MessageFound, ...]
    # statements with how many pieces quote them, the most first
    quoted: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CameOfIt:
    """One event."""

    report: Report
    # None where the event names nothing of ours
    own: OwnWords | None

    @property
    def changed(self) -> int:
        """Pieces whose headline the outlet changed later."""
        return sum(bool(piece.changes) for piece in self.report.pieces)

    @property
    def gone(self) -> int:
        """Pieces that their outlet no longer lists."""
        return sum(piece.gone_since is not None for piece in self.report.pieces)

    @property
    def checked(self) -> int:
        """Outlets of the list that were checked completely, or by hand."""
        good = (Outcome.COMPLETE, Outcome.CHECKED_BY_HAND)
        return sum(row.outcome in good for row in self.report.completeness)

    def as_json(self, statement: str) -> dict[str, Any]:
        """The document of docs/json.md; `statement` says how complete it is, in words."""
        total = self.report.summary
        return {
            "event": self.report.event.slug,
            "pieces": total.pieces,
            "texts": total.texts,
            "outlets": total.outlets,
            "owners": total.owners,
            "tones": dict(total.tones),
            "judged": sum(total.tones.values()),
            "corrections": {"changed": self.changed, "gone": self.gone},
            "pickup": self.own and _pickup(self.own),
            "messages": [
                {"name": m.name, "pieces": m.pieces, "outlets": m.outlets, "ticked": m.ticked}
                for m in (self.own.messages if self.own else ())
            ],
            "quoted": [
                {"statement": words, "pieces": n}
                for words, n in (self.own.quoted if self.own else ())
            ],
            "completeness": {
                "checked": self.checked,
                "outlets": len(self.report.completeness),
                "statement": statement,
            },
        }


def _pickup(own: OwnWords) -> Mapping[str, Any]:
    return {
        "outlets": own.outlets,
        "pieces": own.pieces,
        "share_of_release": own.share,
        "sentences": [{"sentence": words, "pieces": n} for words, n in own.sentences],
    }
