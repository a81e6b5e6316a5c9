"""What beside the keywords speaks for a match: the event's place, day, organiser, names (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

from crawler.matching.finding import find
from crawler.matching.snippets import one_line
from crawler.matching.teasers import within
from crawler.matching.terms import BadTerm, Term, read_term
from crawler.matching.told import Foreign, Part, Told
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
_SUFFIXES: Final = ("st", "nd", "rd", "th")


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


class Day:
    """A day in the spellings of newspapers: 10 maj, May 10th, 10.05.2025, 2025-05-10."""

    def __init__(self, day: date) -> None:
        self.day = day
        plain, full = str(day.day), f"{day.day:02}"
        self._days = frozenset({plain, full, *(f"{plain}{end}" for end in _SUFFIXES)})
        months = _MONTHS[day.month - 1]
        self._months = frozenset(f"{name}{end}" for name in months for end in _ENDINGS)
        self._numbers = ([day.day, day.month, day.year], [day.year, day.month, day.day])

    def printed(self, part: Part) -> str | None:
        """As a field prints it first, None where it does not."""
        found = next(chain(self._numeric(part), self._named(part)), None)
        if found is None:
            return None
        first, last = (part.words[at] for at in found)
        return one_line(part.text[first.start : last.end])

    def _numeric(self, part: Part) -> Iterator[tuple[int, int]]:
        for at in part.by_word.get(str(self.day.year), ()):
            for first in (at - 2, at):
                some = [word.folded for word in part.words[max(0, first) : first + 3]]
                if all(map(str.isdecimal, some)) and list(map(int, some)) in self._numbers:
                    yield first, first + 2

    def _named(self, part: Part) -> Iterator[tuple[int, int]]:
        for at in sorted(at for day in self._days for at in part.by_word.get(day, ())):
            for month in (at + 1, at - 1):
                if 0 <= month < len(part.words) and part.words[month].folded in self._months:
                    left, right = sorted((at, month))
                    between = part.text[part.words[left].end : part.words[right].start]
                    if between.strip() in {"", "."}:
                        yield left, right
