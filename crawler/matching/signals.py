"""What beside the keywords speaks for a match: the event's place, day, organiser, names (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from crawler.matching.article_words import Foreign, Told
from crawler.matching.days import Day
from crawler.matching.finding import find
from crawler.matching.snippets import one_line
from crawler.matching.teasers import within
from crawler.matching.terms import BadTerm, Term, read_term
from crawler.models import Event, Signal, SignalKind

# Ours, ordinal: a name of the event says more than its town, which is in every local piece.
WORTH: Final[Mapping[SignalKind, float]] = {
    "place": 0.05,
    "date": 0.05,
    "organiser": 0.1,
    "name": 0.1,
    "other-edition": -0.1,
    "other-place": -0.1,
}
# A piece that is wholly about another edition, or the like of it in another town.
WHOLLY: Final = -0.4


class Helpers:
    """The event's place, day, organiser and names, made ready."""

    def __init__(self, event: Event) -> None:
        self.day = Day(event.date) if event.date else None
        self.zone = event.zone
        self.terms = tuple(_terms(event))

    def among(self, told: Told, foreign: Foreign) -> Iterator[Signal]:
        """One signal for each that stands in the piece's own words."""
        for kind, term in self.terms:
            printed = _printed(term, told, foreign)
            if printed:
                yield Signal(kind=kind, words=printed, worth=WORTH[kind])
        if self.day and (printed := self._day(told, self.day)):
            yield Signal(kind="date", words=printed, worth=WORTH["date"])

    def _day(self, told: Told, day: Day) -> str | None:
        """The event's day as printed; its ISO day where the piece came out on it."""
        for part in told.parts:
            if printed := day.printed(part):
                return printed
        published = told.article.published
        if published and published.astimezone(ZoneInfo(self.zone)).date() == day.day:
            return day.day.isoformat()
        return None


def _terms(event: Event) -> Iterator[tuple[SignalKind, Term]]:
    """What is written by hand and is no keyword may hold anything: unreadable, it helps nothing."""
    named: Sequence[tuple[SignalKind, str | None]] = (
        *(("place", place) for place in (event.place or "").split(",")),
        ("organiser", event.organiser),
        *(("name", name) for name in event.keywords.names if name != event.organiser),
    )
    for kind, text in named:
        try:
            if text and text.strip():
                yield kind, read_term(text)
        except BadTerm:
            continue


def _printed(term: Term, told: Told, foreign: Foreign) -> str | None:
    for part in told.parts:
        for hit in find(term, part):
            start, end = part.words[hit.first].start, part.words[hit.last].end
            if not within(foreign.get(part.name, ()), start):
                return one_line(part.text[start:end])
    return None
