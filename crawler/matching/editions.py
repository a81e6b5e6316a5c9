"""Whether a text speaks of another edition of the event, by its year or number (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from crawler.language.folding import words
from crawler.matching.article_words import Part
from crawler.matching.days import Day
from crawler.matching.finding import Hit
from crawler.models import Event

OLDEST: Final = 1950
# a smaller number beside an event is no year
LONGEST_WINDOW: Final = 366
# days; a longer one says nothing about the event's year
BESIDE: Final = 2
# words that may stand between a keyword and "vitin e kaluar"

_ORDINAL: Final = re.compile(r"(\d{1,3})(?:st|nd|rd|th|te)?")
# Between a keyword and its year: Panairi i Librit, i mbajtur në vitin 2023; 2023 book fair.
_JOINS: Final = frozenset(
    re.findall(
        r"\w+",
        "e i te se ne per viti vitit vitin vit u mbajt mbajtur zhvillua zhvilluar organizua"
        " organizuar edicioni edicionin edicionit of in the edition year held for سال در",
    )
)
_EDITION: Final = ("edicion", "edition")
# Last year's, as a beginning of folded words side by side.
_LAST: Final[tuple[tuple[str, ...], ...]] = (
    ("vitin", "e", "kaluar"), ("vitit", "te", "kaluar"), ("viti", "i", "kaluar"),
    ("vitin", "e", "shkuar"), ("vitit", "te", "shkuar"), ("nje", "vit", "me", "pare"),
    ("edicioni", "i", "kaluar"), ("edicionin", "e", "kaluar"), ("edicionit", "te", "kaluar"),
    ("edicioni", "i", "meparshem"), ("edicionin", "e", "meparshem"),
    ("edicionit", "te", "meparshem"), ("last", "year"), ("last", "edition"),
    ("previous", "edition"), ("a", "year", "ago"), ("anno", "scorso"), ("سال", "گذشته"),
    ("پارسال",), ("para", "nje", "viti"), ("para", "dy", "vitesh"), ("dy", "vjet", "me", "pare"),
    ("i", "vjetshem"), ("e", "vjetshme"), ("te", "vjetshem"), ("te", "vjetshme"), ("vjet",),
    ("nje", "vit", "pas"), ("vite", "me", "pare"), ("vite", "pas"), ("vjet", "pas"),
    ("edicioni", "i", "ardhshem"), ("edicionin", "e", "ardhshem"),
    ("edicionit", "te", "ardhshem"), ("edicioni", "tjeter"), ("edicionin", "tjeter"),
    ("edicioni", "i", "shkuar"), ("edicionin", "e", "shkuar"), ("edicionit", "te", "shkuar"),
    ("next", "edition"), ("edizione", "scorsa"), ("scorsa", "edizione"),
    ("vitin", "qe", "shkoi"), ("vitin", "qe", "kaloi"), ("two", "years", "ago"),
)  # fmt: skip
# "More than last year" speaks of this one.
_COMPARES: Final = frozenset(
    re.findall(
        r"\w+",
        "se sesa krahasuar krahasim ndryshe pas sikur than like after compared unlike since"
        " versus dopo از برخلاف",
    )
)
# How many years: pesë vjet, dyzet vjet.
_NUMERALS: Final = ("dhjete", "zet", "qind", "mije", "gjashte", "shtate", "tete", "nente", "pese")
_SOME: Final = frozenset({"nje", "dy", "tre", "tri", "kater", "shume", "disa", "pak", "cdo", "sa"})
_FOUNDED: Final = ("themel", "krijua", "lindur", "found", "establish", "launch")
# Beside a keyword they speak of now.
_TODAY: Final = ("sot", "sonte", "dje", "neser", "today", "tonight", "yesterday", "امروز")
SAME_DAY: Final = 5
# words that may stand between a keyword and "sot"
# This edition, in the words of a text without a year.
_NOW: Final[tuple[tuple[str, ...], ...]] = (
    ("sivjet",), ("kete", "vit"), ("ketij", "viti"), ("ky", "vit"), ("kete", "edicion"),
    ("ketij", "edicioni"), ("ky", "edicion"), ("rikthehet",), ("kthehet",), ("rikthim",),
    ("this", "year"), ("this", "edition"), ("returns",), ("return",), ("امسال",),
    ("kesaj", "here"), ("kesaj", "radhe"),
)  # fmt: skip


def _by_first(phrases: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], []).append(phrase)
    return found


_LAST_BY_FIRST: Final = _by_first(_LAST)
_NOW_BY_FIRST: Final = _by_first(_NOW)
_ORDINALS: Final = {
    word: number
    for number, spelled in enumerate(
        re.findall(
            r"[\w,]+",
            "pare,first dyte,second trete,third katert,fourth peste,fifth gjashte,sixth"
            " shtate,seventh tete,eighth nente,ninth dhjete,tenth njembedhjete,eleventh"
            " dymbedhjete,twelfth trembedhjete,thirteenth katermbedhjete,fourteenth"
            " pesembedhjete,fifteenth gjashtembedhjete,sixteenth shtatembedhjete,seventeenth"
            " tetembedhjete,eighteenth nentembedhjete,nineteenth njezete,twentieth",
        ),
        start=1,
    )
    for word in spelled.split(",")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Words that name another edition."""

    part: Part
    # the field
    hit: Hit
    # the words
    alone: bool
    # it speaks of an edition by itself: "edicioni i vitit 2023"

    @property
    def printed(self) -> str:
        """As the outlet printed it."""
        within = self.part.words
        return self.part.text[within[self.hit.first].start : within[self.hit.last].end]


class Editions:
    """What an event's file says about its own edition."""

    def __init__(self, event: Event) -> None:
        self.years = _years_of(event)
        self.day = Day(event.date) if event.date else None
        self.number = next(_numbers(_folded(f"{event.title} . {event.introduction or ''}")), None)

    def others(self, part: Part, hits: Sequence[Hit]) -> list[Mark]:
        """The marks of another edition in a field, those beside one of `hits`, in order."""
        found = [*self._years(part, hits), *self._numbers(part), *_last_year(part, hits)]
        return sorted(found, key=lambda mark: mark.hit)

    def this(self, part: Part, hits: Sequence[Hit]) -> bool:
        """Whether a field speaks of the event's own edition: its year, number or day, or now."""
        if any(year in part.by_word for year in map(str, self.years)):
            return True
        if self.day and self.day.printed(part):
            return True
        if self.number is not None and self.number in _numbers(list(_spelled(part))):
            return True
        likely = _in_question(part, _NOW_BY_FIRST)
        if any(True for phrase in likely for _ in _sequences(part, phrase)):
            return True
        return any(
            _within(at, hits, SAME_DAY) for day in _TODAY for at in part.by_word.get(day, ())
        )

    def _years(self, part: Part, hits: Sequence[Hit]) -> Iterator[Mark]:
        if not self.years:
            return
        latest = max(self.years) + 1
        for year, at in part.years:
            if OLDEST <= year <= latest and year not in self.years:
                yield from filter(None, [_joined(part, at, hits)])

    def _numbers(self, part: Part) -> Iterator[Mark]:
        if self.number is None:
            return
        folded = list(_spelled(part))
        for at in range(len(folded)):
            number, last = _number_at(folded, at)
            if number not in {None, self.number}:
                yield Mark(part=part, hit=Hit(first=at, last=last), alone=True)


def _spelled(part: Part) -> Iterator[str]:
    return (word.folded for word in part.words)


def _years_of(event: Event) -> frozenset[int]:
    """The years of the event; none where its window is too long to tell."""
    if event.date is not None:
        return frozenset({event.date.year})
    if (event.last_day - event.first_day).days > LONGEST_WINDOW:
        return frozenset()
    return frozenset({event.first_day.year, event.last_day.year})


def _joined(part: Part, at: int, hits: Sequence[Hit]) -> Mark | None:
    """The mark of a year that belongs to a keyword or to the word edition."""
    if any(hit.first <= at <= hit.last for hit in hits):
        return None  # the keyword itself has a year
    left, right = _reach(part, at, -1), _reach(part, at, 1)
    edition = [place for place in range(left, right + 1) if _is_edition(part, place)]
    beside = any(left - 1 <= hit.last < at or at < hit.first <= right + 1 for hit in hits)
    if not edition and not beside:
        return None
    first = min([at, *edition])
    return Mark(part=part, hit=Hit(first=first, last=max([at, *edition])), alone=bool(edition))


def _reach(part: Part, at: int, step: int) -> int:
    """How far joining words go on from a year; 4 at most."""
    last = at
    for place in range(at + step, at + 5 * step, step):
        if not 0 <= place < len(part.words) or part.words[place].folded not in _JOINS:
            break
        last = place
    return last


def _is_edition(part: Part, at: int) -> bool:
    return part.words[at].folded.startswith(_EDITION)


def _last_year(part: Part, hits: Sequence[Hit]) -> Iterator[Mark]:
    for phrase in _in_question(part, _LAST_BY_FIRST):
        for found in _sequences(part, phrase):
            alone = phrase[0].startswith(_EDITION) or phrase[-1] == "edition"
            alone = alone or phrase[-1].startswith("vjetsh") or phrase == ("vjet",)
            if phrase == ("vjet",) and _counts_years(part, found.first):
                continue
            if not _is_compared(part, found.first) and (alone or _beside(part, found, hits)):
                yield Mark(part=part, hit=found, alone=alone)


def _counts_years(part: Part, at: int) -> bool:
    """Whether "vjet" is years and not last year: pesë vjet, 25 vjet më parë, shumë vjet pas."""
    before = part.words[at - 1].folded if at else ""
    return before.isdecimal() or before.endswith(_NUMERALS) or before in _SOME


def _is_compared(part: Part, at: int) -> bool:
    """Whether these words are what this edition is held against; "si ishte" only asks how."""
    before = [word.folded for word in part.words[max(0, at - 3) : at]]
    return before[-1:] == ["si"] or not _COMPARES.isdisjoint(before)


def _beside(part: Part, mark: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a keyword stands at most BESIDE words away; "founded a year ago" is no edition."""
    around = part.words[max(0, mark.first - BESIDE - 1) : mark.last + BESIDE + 2]
    if any(word.folded.startswith(_FOUNDED) for word in around):
        return False
    return _within(mark.first, hits, BESIDE) or _within(mark.last, hits, BESIDE)


def _within(at: int, hits: Sequence[Hit], most: int) -> bool:
    """Whether a keyword stands beside a word, with at most so many words between them."""
    return any(
        hit.first - most - 1 <= at < hit.first or hit.last < at <= hit.last + most + 1
        for hit in hits
    )


def _in_question(
    part: Part, by_first: Mapping[str, Sequence[tuple[str, ...]]]
) -> Iterator[tuple[str, ...]]:
    """The phrases whose first word a field has: most have none."""
    for first in by_first.keys() & part.by_word.keys():
        yield from by_first[first]


def _sequences(part: Part, phrase: tuple[str, ...]) -> Iterator[Hit]:
    """Where these folded words stand side by side."""
    if not all(word in part.by_word for word in phrase):
        return
    for at in part.by_word[phrase[0]]:
        stood = part.words[at : at + len(phrase)]
        if tuple(word.folded for word in stood) == phrase:
            yield Hit(first=at, last=at + len(phrase) - 1)


# --- numbers ----------------------------------------------------------------------


def _folded(text: str) -> list[str]:
    return [word.folded for word in words(text)]


def _numbers(folded: Sequence[str]) -> Iterator[int]:
    """The numbers of editions that a text names: edicioni i 12-të, 12th edition."""
    for at in range(len(folded)):
        number, _ = _number_at(folded, at)
        if number is not None:
            yield number


def _number_at(folded: Sequence[str], at: int) -> tuple[int | None, int]:
    """The number that begins at, or belongs to "edition" at, this place, and where it ends."""
    if folded[at].startswith("edicion"):
        after = at + 1 + (folded[at + 1 : at + 2] in (["i"], ["e"], ["te"]))
        ending = folded[after + 1 : after + 2] in (["te"], ["ti"], ["tin"])  # 11-të is two words
        return (_number(folded[after]), after + ending) if after < len(folded) else (None, at)
    if folded[at + 1 : at + 2] == ["edition"]:
        return _number(folded[at]), at + 1
    return None, at


def _number(folded: str) -> int | None:
    found = _ORDINAL.fullmatch(folded)
    return int(found[1]) if found else _ORDINALS.get(folded)
