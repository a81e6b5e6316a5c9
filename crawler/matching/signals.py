"""What beside the keywords speaks for a match: the event's place, day, organiser, names (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from crawler.matching.finding import find
from crawler.matching.snippets import one_line
from crawler.matching.teasers import Span, within
from crawler.matching.terms import BadTerm, Term, read_term
from crawler.matching.told import Part, Told
from crawler.models import Event, Signal, SignalKind

# Ours, ordinal: a name of the event says more than its town, which is in every local piece.
WORTH: Final[Mapping[SignalKind, float]] = {
    "place": 0.05,
    "date": 0.05,
    "organiser": 0.1,
    "name": 0.1,
    "other-edition": -0.1,
    "boilerplate": -0.3,
}
# A piece that is wholly about another edition.
WHOLLY: Final = -0.4

# Months by their first letters, folded: Albanian (also inflected), English, Italian; Persian.
_MONTHS: Final = (
    ("janar", "january", "gennaio", "ژانویه"),
    ("shkurt", "february", "febbraio", "فوریه"),
    ("mars", "march", "marzo", "مارس"),
    ("prill", "april", "aprile", "آوریل"),
    ("maj", "may", "maggio", "مه"),
    ("qershor", "june", "giugno", "ژوئن"),
    ("korrik", "july", "luglio", "ژوئیه"),
    ("gusht", "august", "agosto", "اوت"),
    ("shtator", "september", "settembre", "سپتامبر"),
    ("tetor", "october", "ottobre", "اکتبر"),
    ("nentor", "november", "novembre", "نوامبر"),
    ("dhjetor", "december", "dicembre", "دسامبر"),
)
_ENDINGS: Final = frozenset({"", "i", "it", "in", "y"})
_DAY: Final = re.compile(r"0?(\d{1,2})(?:st|nd|rd|th)?")

Foreign = Mapping[str, Collection[Span]]
# per field: what is not the piece's own


class Helpers:
    """The event's place, day, organiser and names, made ready."""

    def __init__(self, event: Event) -> None:
        self.day = event.date
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

    def _day(self, told: Told, day: date) -> str | None:
        """The event's day as printed; its ISO day where the piece came out on it."""
        for part in told.parts:
            if printed := _written_day(part, day):
                return printed
        published = told.article.published
        if published and published.astimezone(ZoneInfo(self.zone)).date() == day:
            return day.isoformat()
        return None


def _terms(event: Event) -> Iterator[tuple[SignalKind, Term]]:
    """What is written by hand and is no keyword may hold anything: unreadable, it helps nothing."""
    named: Sequence[tuple[SignalKind, str | None]] = (
        ("place", event.place),
        ("organiser", event.organiser),
        *(("name", name) for name in event.keywords.names if name != event.organiser),
    )
    for kind, text in named:
        try:
            if text:
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


def _written_day(part: Part, day: date) -> str | None:
    """The day as a field prints it: 10 maj, 10 Maj 2025, May 10, 10.05.2025, 2025-05-10."""
    folded = [word.folded for word in part.words]
    for at in part.by_word.get(str(day.year), ()):
        for first in (at - 2, at):
            numbers = folded[first : first + 3] if first >= 0 else []
            if _numeric(numbers, day):
                return one_line(part.text[part.words[first].start : part.words[first + 2].end])
    for at, (one, two) in enumerate(pairwise(folded)):
        if (_is_day(one, day) and _is_month(two, day)) or (
            _is_month(one, day) and _is_day(two, day)
        ):
            return one_line(part.text[part.words[at].start : part.words[at + 1].end])
    return None


def _numeric(numbers: Sequence[str], day: date) -> bool:
    if len(numbers) != 3 or not all(number.isdecimal() for number in numbers):  # noqa: PLR2004
        return False
    return [int(number) for number in numbers] in (
        [day.day, day.month, day.year],
        [day.year, day.month, day.day],
    )


def _is_day(folded: str, day: date) -> bool:
    found = _DAY.fullmatch(folded)
    return found is not None and int(found[1]) == day.day


def _is_month(folded: str, day: date) -> bool:
    return any(
        folded.startswith(name) and folded[len(name) :] in _ENDINGS
        for name in _MONTHS[day.month - 1]
    )
