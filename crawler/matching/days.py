"""A day as newspapers spell it (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Final

from crawler.matching.article_words import Part
from crawler.matching.snippets import one_line

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
