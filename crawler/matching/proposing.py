"""What a press release of ours says its event is, and by which words pieces on it stand out (pure).

Only ever a proposal: a person ticks. Words are weighed by how often the release has them against
how many pieces of the record do, as search engines weigh them.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from crawler.language.albanian import stem
from crawler.language.folding import Word, fold, folded_words, words
from crawler.language.stemming import stems_of_term
from crawler.matching.places import DAYS, TOWNS, stemmed
from crawler.pickup.sentences import weight
from crawler.reading.typed_dates import WrongDate, typed_day

# Characters of a release that are looked at; one has 2,000 to 6,000.
LOOKED_AT: Final = 40_000
TITLE: Final = 300
# Days that are tried, words that are weighed, names and lines that are proposed.
MOST_DAYS, MOST_WORDS, MOST_NAMES, MOST_LINES = 40, 60, 4, 12
# Letters of a word that may stand out.
SHORTEST: Final = 4
# Words of a name in quotation marks or in capitals.
NAME: Final = range(2, 7)
# Share of the record above which a word alone finds everything and nothing.
COMMON: Final = 0.02
# and pieces that are few, however small the record is
FEW: Final = 10
# How much more a word of the headline counts.
HEADLINE: Final = 3
# Lines that say what it is, not what it is about.
_LABELS: Final = frozenset(
    {
        *("njoftim per shtyp", "njoftim per media", "komunikate per shtyp", "komunikate shtypi"),
        *("deklarate per shtyp", "ftese per media", "press release", "media release"),
        *(
            "news release",
            "media advisory",
            "for immediate release",
            "per publikim te menjehershem",
        ),
    }
)
_DATES: Final = re.compile(
    r"\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+[^\W\d_]{3,12}(?:,?\s+\d{4})?"
    r"|[^\W\d_]{3,12}\s+\d{1,2}(?:st|nd|rd|th)?,\s+\d{4})\b"
)
_YEAR: Final = re.compile(r"\d{4}")
_QUOTED: Final = re.compile(r"[“„«\"]([^“”„«»\"\n]{5,80})[”“»\"]")
_ADDRESSES: Final = re.compile(r"\S{1,100}@\S{1,200}|https?://\S{1,500}|\bwww\.\S{1,200}")
_DATELINE: Final = re.compile(r"\s*([^\W\d_][^\W\d_ -]{2,30}),\s*\d{1,2}[ ./]")
# Inside a name: Shoqata Bregu i Gjallë, Ministry of Culture.
_LINKS: Final = frozenset({"i", "e", "te", "se", "of", "the", "per", "dhe", "and", "for"})
_SENTENCE: Final = frozenset('.!?:\n“„«"')
# What every release has: months, weekdays, who speaks. Ours.
_OF_ALL: Final = DAYS | stemmed(
    "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor hënë martë"
    " mërkurë enjte premte shtunë diel ora orë vit muaj shtyp njoftim media kontakt telefon email"
    " http https www january february march april june july august september october november"
    " december monday tuesday wednesday thursday friday saturday sunday year month press release"
    " contact phone tha shtoi theksoi said added vend herë"
)

# How many pieces of the record hold all of these, each given by its stems.
Frequency = Callable[[Sequence[Sequence[str]]], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of keywords that is proposed: all its words must stand."""

    # as a person would type it: `panair libër`, `"Festa e Librit"`
    text: str
    # in the release
    times: int
    # pieces of the record that hold its words; None without a record
    pieces: int | None
    # whether it stands out so much that it is ticked
    likely: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What a release says; None and empty where it does not."""

    title: str | None = None
    day: date | None = None
    # further days that it names
    days: tuple[date, ...] = ()
    place: str | None = None
    # the likeliest first
    lines: tuple[Line, ...] = ()


def proposed(
    text: str, *, now: datetime, zone: str, frequency: Frequency | None, total: int
) -> Proposed:
    """Title, day, place and words of a release; `total` pieces are in the record."""
    told = _told(text[:LOOKED_AT])
    title = _title(told)
    days = _days(told, now, zone)
    return Proposed(
        title=title,
        day=days[0] if days else None,
        days=days[1:],
        place=_place(told),
        lines=tuple(_lines(told, title or "", frequency, total))[:MOST_LINES],
    )


def _told(text: str) -> str:
    """What it tells: without the lines that say what it is, and without addresses."""
    lines = _ADDRESSES.sub(" ", text).splitlines()
    return "\n".join(line for line in lines if " ".join(folded_words(line)) not in _LABELS)


def _title(text: str) -> str | None:
    lines = (" ".join(line.strip(" #*_\t").split()) for line in text.splitlines())
    found = next((line for line in lines if any(map(str.isalpha, line))), None)
    return found[:TITLE] if found and found.isprintable() else None


def _days(text: str, now: datetime, zone: str) -> tuple[date, ...]:
    """The days that it names, the likeliest first: the most often named, of those the latest.

    A day without a year is of the years that the others have, else of the nearest.
    """
    spelled = _DATES.findall(text)[:MOST_DAYS]
    years = [int(year) for raw in spelled for year in _YEAR.findall(raw)]
    near = years or [now.year, now.year + 1, now.year - 1]
    tried = (_day(raw, near, now, zone) for raw in spelled)
    found = Counter(day for day in tried if day)
    return tuple(sorted(found, key=lambda day: (-found[day], -day.toordinal())))


def _day(raw: str, years: Sequence[int], now: datetime, zone: str) -> date | None:
    spelled = [raw] if _YEAR.search(raw) else [f"{raw} {year}" for year in dict.fromkeys(years)]
    found = []
    for each in spelled:
        try:
            found.append(typed_day(each, now=now, zone=zone, may_lie_ahead=True))
        except WrongDate:
            continue
    return min(found, key=lambda day: abs(day - now.date()), default=None)


def _place(text: str) -> str | None:
    """The town that it names most often, else the one of its dateline."""
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    for word in words(text):
        if text[word.start].isupper() and (town := stem(word.folded)) in TOWNS:
            printed[town][text[word.start : word.end]] += 1
    if printed:
        most = max(printed.values(), key=lambda forms: forms.total())
        return _dictionary(most)
    lines = (_DATELINE.match(line) for line in text.splitlines())
    found = next((match[1] for match in lines if match), None)
    return found.capitalize() if found and found.isupper() else found


def _dictionary(forms: Iterable[str]) -> str:
    """The likeliest form of a dictionary: the shortest, which has no ending."""
    return min(forms, key=lambda form: (len(form), form))


# --- words ---------------------------------------------------------------------------------


def _lines(text: str, title: str, frequency: Frequency | None, total: int) -> Iterator[Line]:
    """Names first, then the two words of the headline that stand out most, then each alone."""
    standing = _standing(text, title, frequency, total)
    for name, times in _names(text)[:MOST_NAMES]:
        yield _line(f'"{name}"', folded_words(name), times, frequency)
    of_title = {stem(word) for word in folded_words(title)}
    first = [each for root, each in standing.items() if root in of_title][:2]
    if len(first) > 1:
        form = " ".join(each.form for each in first)
        times = min(each.times for each in first)
        yield _line(form, [each.folded for each in first], times, frequency)
    for root, word in standing.items():
        rare = word.pieces is None or word.pieces <= max(FEW, COMMON * total)
        if rare and (word.times > 1 or root in of_title):
            yield Line(text=word.form, times=word.times, pieces=word.pieces, likely=False)


def _line(text: str, folded: Sequence[str], times: int, frequency: Frequency | None) -> Line:
    """Several words that stand together: they are ticked where the release says them twice."""
    telling = [stems_of_term(word) for word in folded if weight(word) == 1]
    pieces = frequency(telling) if frequency and telling else None
    return Line(text=text, times=times, pieces=pieces, likely=times > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    form: str
    folded: str
    times: int
    pieces: int | None


def _standing(
    text: str, title: str, frequency: Frequency | None, total: int
) -> dict[str, _Standing]:
    """Words by their stem, those that stand out most first."""
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    for word in words(text):
        if len(word.folded) >= SHORTEST and word.folded.isalpha() and weight(word.folded) == 1:
            printed[stem(word.folded)][_as_written(text, word)] += 1
    for root in _OF_ALL & printed.keys():
        del printed[root]
    of_title = {stem(word) for word in folded_words(title)}
    counted = sorted(printed, key=lambda root: (-printed[root].total(), root))[:MOST_WORDS]
    found = {}
    for root in counted:
        form = _dictionary(printed[root])
        pieces = frequency([stems_of_term(fold(form))]) if frequency else None
        found[root] = _Standing(
            form=form, folded=fold(form), times=printed[root].total(), pieces=pieces
        )

    def score(root: str) -> float:
        each = found[root]
        rarity = math.log((total + 2) / ((each.pieces or 0) + 1)) if each.pieces is not None else 1
        return each.times * rarity * (HEADLINE if root in of_title else 1)

    return {root: found[root] for root in sorted(found, key=lambda root: (-score(root), root))}


def _as_written(text: str, word: Word) -> str:
    """In small letters but for what has a capital inside a sentence: a name."""
    told = text[word.start : word.end]
    return told.lower() if _opens(text, word) or told.isupper() else told


def _names(text: str) -> list[tuple[str, int]]:
    """What stands in quotation marks, and runs of words with capitals: how often each is said."""
    quoted = (" ".join(found.split()) for found in _QUOTED.findall(text))
    every = [*(name for name in quoted if len(folded_words(name)) in NAME), *_in_capitals(text)]
    whole = f" {' '.join(folded_words(text))} "
    counted = {name: whole.count(f" {' '.join(folded_words(name))} ") for name in every}
    return sorted(counted.items(), key=lambda pair: -pair[1])


def _in_capitals(text: str) -> Iterator[str]:
    """Runs such as "Shoqata Bregu i Gjallë"; a word that opens a sentence begins none."""
    run: list[Word] = []
    for word in words(text):
        between = text[run[-1].end : word.start] if run else ""
        if run and (between.strip(" ") or not (_is_name(text, word) or word.folded in _LINKS)):
            yield from _as_name(text, run)
            run = []
        if run or (_is_name(text, word) and not _opens(text, word)):
            run.append(word)
    yield from _as_name(text, run)


def _as_name(text: str, run: list[Word]) -> Iterator[str]:
    while run and not _is_name(text, run[-1]):
        run = run[:-1]
    if len(run) in NAME:
        yield text[run[0].start : run[-1].end]


def _is_name(text: str, word: Word) -> bool:
    return text[word.start].isupper()


def _opens(text: str, word: Word) -> bool:
    before = text[: word.start].rstrip(" #*_")[-1:]
    return not before or before in _SENTENCE
