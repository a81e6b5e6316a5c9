"""How complete an event's list is, in one line, by the ledger alone: nothing is matched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crawler.config import outlets_asked
from crawler.models import Language, Outcome
from crawler.record import NoRecord
from crawler.record.standing import Answers
from jehona.actions.office import Office
from reports.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletenessLine:
    """The denominator of an event and what of it was checked."""

    # outlets of the denominator
    asked: int
    # checked completely, and looked at by a person
    complete: int
    by_hand: int
    # slugs of the others
    open: tuple[str, ...]

    def sentence(self, language: Language) -> str:
        """`52 of 56 outlets checked completely; 1 checked by hand; 3 not read to the end`."""
        if not self.asked:
            return say("none_asked", language)
        told = say("complete_of", language, n=self.complete, total=self.asked)
        if self.by_hand:
            told += f"; {say('sure_by_hand', language, n=self.by_hand)}"
        return f"{told}; {say('sure_open', language, n=len(self.open))}" if self.open else told

    def as_json(self) -> dict[str, Any]:
        """What every answer about an event carries: docs/json.md."""
        return {
            "outlets": self.asked,
            "complete": self.complete,
            "by_hand": self.by_hand,
            "open": self.open,
            "sentence": self.sentence("en"),
        }


def line(office: Office, event: str) -> CompletenessLine:
    """The line of an event. Read only. Raises RegistryError, RecordRefused."""
    what = office.event(event)
    asked = [outlet.slug for outlet in outlets_asked(office.outlets(), what, [])]
    outcomes: dict[str, Outcome] = {}
    try:
        with office.to_read() as record:
            told = Answers(record, only=(what.slug, what.window))
            outcomes = dict(told.of(what.slug, what.window, frozenset(asked)).outcomes)
    except NoRecord:
        pass  # nobody was asked yet: all are open
    sure = (Outcome.COMPLETE, Outcome.CHECKED_BY_HAND)
    found = [outcomes.get(slug) for slug in asked]
    return CompletenessLine(
        asked=len(asked),
        complete=found.count(Outcome.COMPLETE),
        by_hand=found.count(Outcome.CHECKED_BY_HAND),
        open=tuple(slug for slug, outcome in zip(asked, found, strict=True) if outcome not in sure),
    )
