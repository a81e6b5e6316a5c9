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
from reports.own_words import OwnWords


@dataclass(frozen=True, slots=True, kw_only=True)
class CameOfIt:
    """One event."""

    # with our own words beside it, where the event names something of ours
    report: Report

    @property
    def own(self) -> OwnWords | None:
        """None where the event names nothing of ours."""
        return self.report.own_words

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
            "messages": [message.as_json() for message in (self.own.messages if self.own else ())],
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
