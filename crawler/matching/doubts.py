"""Why a match is only asked about, each reason in one sentence (pure).

The one place that says them: the record keeps the English words in `Match.doubt`, and the kind and
the outlet's own words as a signal, from which any language can be told again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from crawler.matching.signals import WHOLLY
from crawler.models import DoubtKind, Language, Match, Signal

# {words} are the outlet's own.
_SENTENCES: Final[Mapping[str, Mapping[Language, str]]] = {
    "other-edition": {
        "en": 'about another edition: "{words}", and nothing names this',
        "sq": "për një edicion tjetër: “{words}”, dhe asgjë nuk e përmend këtë",
    },
    "other-place": {
        "en": 'about another place: "{words}", and nothing names this event\'s',
        "sq": "për një vend tjetër: “{words}”, dhe asgjë nuk e përmend vendin e kësaj ngjarjeje",
    },
    "common-words": {
        "en": '"{words}" may be common words here, not the event\'s name',
        "sq": "“{words}” mund të jenë këtu fjalë të zakonshme, jo emri i ngjarjes",
    },
    "person": {
        "en": '"{words}" is a person here, and nothing names the event',
        "sq": "“{words}” është këtu një person, dhe asgjë nuk e përmend ngjarjen",
    },
    "other-thing": {
        "en": '"{words}" is something else of that name',
        "sq": "“{words}” është diçka tjetër me këtë emër",
    },
    "only-hosts": {
        "en": 'names only who or where: "{words}", and not the event',
        "sq": "përmend vetëm kush ose ku: “{words}”, dhe jo ngjarjen",
    },
    "only-topic": {
        "en": 'names only the topic: "{words}", and not the event',
        "sq": "përmend vetëm temën: “{words}”, dhe jo ngjarjen",
    },
    "far-apart": {
        "en": 'the keywords stand far apart: "{words}"',
        "sq": "fjalët kyçe janë larg njëra-tjetrës: “{words}”",
    },
    "other-event": {
        "en": 'about another event: "{words}"',
        "sq": "për një ngjarje tjetër: “{words}”",
    },
    "related-event": {
        "en": 'about something beside the event: "{words}"',
        "sq": "për diçka pranë ngjarjes: “{words}”",
    },
    "misspelt": {
        "en": 'spelled otherwise than the keywords: "{words}"',
        "sq": "shkruar ndryshe nga fjalët kyçe: “{words}”",
    },
    "other-language": {
        "en": 'in another language, where the keywords have no words: "{words}"',
        "sq": "në një gjuhë tjetër, për të cilën nuk ka fjalë kyçe: “{words}”",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One reason to ask a person."""

    kind: DoubtKind
    # which
    words: str
    # as the outlet printed them
    settled: bool = False
    # its words leave no doubt, and nothing in the piece speaks for the event: nobody need be asked

    def said(self, language: Language = "en") -> str:
        """The sentence, without a full stop."""
        return _SENTENCES[self.kind][language].replace("{words}", self.words)

    @property
    def signal(self) -> Signal:
        """As the record keeps it."""
        return Signal(kind=self.kind, words=self.words, worth=WHOLLY)


def told(match: Match, language: Language) -> str | None:
    """Why a match is asked about, in a language; None where it is counted.

    A match that older rules judged keeps the English sentence that they wrote.
    """
    if match.doubt is None:
        return None
    for signal in match.signals:
        if signal.kind in _SENTENCES and signal.worth == WHOLLY:
            return _SENTENCES[signal.kind][language].replace("{words}", signal.words)
    return match.doubt
