"""A printed date in pieces: figures, words with their meanings, what belongs to a byline.

Nothing is searched for: a character that stands in no date refuses the whole string. Left out are
a short name in front of the date or behind it ("Nga Redaksia - 23 Qershor 2024", "Kulturë | Dje
14:20") and counters ("128 shikime", "3 min lexim").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from crawler.reading.date_words import PHRASES, WORDS, Sense, fold

Reason: TypeAlias = Literal[
    "unknown-word",  # the only one that dateparser may know better
    "not-a-date",
    "incomplete",
    "two-dates",
    "impossible",
    "two-orders",
]


class NoDate(Exception):
    """The words are no date, not enough of one, or more than one: `readings` are these days."""

    def __init__(self, reason: Reason, *readings: date) -> None:
        super().__init__(reason)
        self.reason = reason
        self.readings = readings


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One piece of the string."""

    kind: Literal["word", "number", "clock", "triple", "pair", "offset"]
    # what it looks like
    text: str
    # folded
    senses: Mapping[Sense, float] = field(default_factory=dict)
    # of a word: what it may mean
    parts: tuple[int, ...] = ()
    # of figures: (23, 6, 2024)
    new_chunk: bool = False
    # whether a strong separator stands before it

    def may_be(self, *senses: Sense) -> bool:
        """Whether one of these is a meaning of the word."""
        return any(sense in self.senses for sense in senses)


_LETTER: Final = r"[^\W\d_]"
_PIECES: Final = re.compile(
    rf"""
      (?P<space>(?:[\s,;:|•·∙●◦‣▪/\\–—―()\[\]@<>«»‹›→"“”„…،؛.\-]|'(?!\d))+)
    | (?P<clock>\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:[.,]\d{{1,9}})?)?(?![\d:]) | \d{{1,2}}h\d{{2}}(?!\w))
    | (?P<triple>\d{{1,4}}\s?(?P<mark>[./-])\s?\d{{1,2}}\s?(?P=mark)\s?\d{{1,4}}
        (?!\d|:|(?P=mark)\d))
    | (?P<pair>\d{{1,2}}[./]\d{{1,2}}(?![./]?\d))
    | (?P<number>'?\d+)(?:-?(?:st|nd|rd|th|te)(?!{_LETTER}))?
    | (?P<phrase>{"|".join(re.escape(phrase) for phrase in PHRASES)})(?!{_LETTER})
    | (?P<half>(?:[ap]\.?\ ?m|[pm]\.?\ ?d|[πμ]\.\ ?μ|[قب]\.\ ?ظ)\.?)(?!{_LETTER})
    | (?P<word>{_LETTER}+)
    """,
    re.VERBOSE,
)
_OFFSET: Final = re.compile(
    r"\s*(?:(?:utc|gmt)\s*(?P<sign>[+-])(?P<hour>\d{1,2})(?::?(?P<minute>\d{2}))?"
    r"|(?P<east>\+)(?P<hours>\d{2})(?::?(?P<minutes>\d{2}))?"
    r"|(?P<west>-)(?P<back>\d{2})(?:(?<=\s-..):)?(?P<rest>00|15|30|45))(?![\d:./])"
)
# "GMT+2", "+02:00", "+02", "-0400", " -05:00"; not the second half of "10:00-12:00"
_STRONG: Final = re.compile(r"[|•·∙●◦‣▪–—―<>«»‹›→,،؛;()\[\]]|(?:^|\s)[-/](?:\s|$)")
_WEEKDAY_APART: Final = re.compile(r"(یک|دو|سه|چهار|پنج)\s+شنبه")
_HALF: Final[Mapping[str, float]] = {"am": 0, "pd": 0, "πμ": 0, "قظ": 0}
_LONGEST: Final = 200
# characters; no outlet prints a longer date
_NAME_WORDS: Final = 4


# of a byline or a rubric beside a date
def dated_segments(text: str) -> Iterator[list[Token]]:
    """The tokens that may be a date, the most telling stretch of the string first.

    "Publikuar: A | Përditësuar: B" gives A, then B. Raises NoDate.
    """
    for segment in _segments(_tokens(text)):
        known = _without_names(_without_counters(segment))
        if not all(token.may_be("noise") for token in known):
            yield known


def is_relative(tokens: Sequence[Token]) -> bool:
    marked = any(token.may_be("ago", "before") for token in tokens)
    pairs = pairwise(tokens)
    counted = any(amount(a) is not None and b.may_be("unit") for a, b in pairs)
    return marked and counted


def amount(token: Token) -> float | None:
    """The number that a token says."""
    if token.kind == "number" and not token.text.startswith("'"):
        return token.parts[0]
    return token.senses.get("number")


# --- pieces -----------------------------------------------------------------------


@lru_cache(maxsize=256)
def _tokens(text: str) -> tuple[Token, ...]:
    """Raises NoDate at a character that stands in no date.

    Kept for a while: the dates of a list are looked at twice, for its order and then each.
    """
    folded = _WEEKDAY_APART.sub(r"\1شنبه", fold(text[: _LONGEST + 1]).strip())
    if not folded or len(folded) > _LONGEST:
        raise NoDate("not-a-date")
    tokens: list[Token] = []
    at, gap = 0, ""
    while at < len(folded):
        after_clock = bool(tokens) and (tokens[-1].kind == "clock" or tokens[-1].may_be("half"))
        piece = (_OFFSET.match(folded, at) if after_clock else None) or _PIECES.match(folded, at)
        if piece is None:
            raise NoDate("unknown-word")
        at = piece.end()
        if piece.re is _PIECES and piece["space"]:
            gap = piece["space"]
            continue
        tokens.append(_token(piece, new_chunk=bool(_STRONG.search(gap))))
        gap = ""
    return tuple(tokens)


def _token(piece: re.Match[str], *, new_chunk: bool) -> Token:
    text = piece[0]
    figures = tuple(int(digits) for digits in re.findall(r"\d+", text))
    if piece.re is _OFFSET:
        hours = int(piece["hour"] or piece["hours"] or piece["back"])
        minutes = int(piece["minute"] or piece["minutes"] or piece["rest"] or 0)
        east = -1 if "-" in text else 1
        return Token(kind="offset", text=text, parts=(east * (hours * 60 + minutes),))
    if piece["word"] or piece["phrase"]:
        return Token(kind="word", text=text, senses=WORDS.get(text, {}), new_chunk=new_chunk)
    if piece["half"]:
        letters = re.sub(r"\W", "", text)
        senses: Mapping[Sense, float] = {"half": _HALF.get(letters, 1)}
        return Token(kind="word", text=text, senses=senses, new_chunk=new_chunk)
    for kind in ("clock", "triple", "pair", "number"):
        if piece[kind]:
            return Token(kind=kind, text=piece[kind], parts=figures, new_chunk=new_chunk)
    raise NoDate("not-a-date")


# --- segments, names, counters ------------------------------------------------------


def _segments(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """What stands behind "published", then what has no label, then what was updated."""
    parts: dict[Sense | None, list[Token]] = {"published": [], None: [], "updated": []}
    label: Sense | None = None
    for token in tokens:
        if token.may_be("published"):
            label = "published"
        elif token.may_be("updated"):
            label = "updated"
        else:
            parts[label].append(token)
    yield from filter(None, parts.values())


def _without_counters(tokens: list[Token]) -> list[Token]:
    """Without "128 shikime", "3 min lexim", "2.318 lexime", "2 318 lexime"."""
    kept: list[Token] = []
    for token in tokens:
        if not token.may_be("counter"):
            kept.append(token)
            continue
        group = None
        while kept and _counts(kept[-1], group):
            group = kept.pop()
    return kept


def _counts(token: Token, behind: Token | None) -> bool:
    """Whether a number is counted, or is the thousands of the group of three behind it."""
    if token.kind != "number" or not token.text.isdigit():
        return False
    return behind is None or (len(behind.text) == 3 and len(token.text) <= 3)  # noqa: PLR2004


def _without_names(tokens: list[Token]) -> list[Token]:
    """Without a byline, and without a short chunk of other words at either end.

    A chunk ends at a strong separator. Where something was taken away, what is left must be
    a date on its own: with a year, or "2 hours ago", or "yesterday" with a clock.
    """
    left = _without_byline(tokens)
    chunks = _chunks(left)
    while chunks and _is_name(chunks[0]):
        chunks.pop(0)
    while chunks and _is_name(chunks[-1]):
        chunks.pop()
    kept = [token for chunk in chunks for token in chunk]
    if len(kept) < len(tokens) and kept and not _stands_alone(kept):
        raise NoDate("unknown-word")
    return kept


def _without_byline(tokens: list[Token]) -> list[Token]:
    at = next((n for n, token in enumerate(tokens) if token.may_be("by")), None)
    if at is None:
        return tokens
    end = at + 1
    while end < len(tokens) and _is_of_a_name(tokens, end):
        end += 1
    return tokens[:at] + tokens[end:] if end - at <= _NAME_WORDS + 1 else tokens


def _is_of_a_name(tokens: Sequence[Token], at: int) -> bool:
    """Names may look like dates ("Marta", "Prill"), but no figures follow them."""
    token, following = tokens[at], tokens[at + 1 : at + 2]
    dated = token.may_be("month", "day") and any(next_.kind != "word" for next_ in following)
    return token.kind == "word" and not token.new_chunk and not dated


def _chunks(tokens: Iterable[Token]) -> list[list[Token]]:
    chunks: list[list[Token]] = []
    for token in tokens:
        if token.new_chunk or not chunks:
            chunks.append([])
        chunks[-1].append(token)
    return chunks


def _is_name(chunk: Sequence[Token]) -> bool:
    words = all(token.kind == "word" for token in chunk)
    return words and len(chunk) <= _NAME_WORDS and any(not token.senses for token in chunk)


def _stands_alone(tokens: Sequence[Token]) -> bool:
    years = any(t.kind == "triple" or (t.kind == "number" and t.parts[0] > 999) for t in tokens)  # noqa: PLR2004
    clock = any(token.kind == "clock" for token in tokens)
    named = any(token.may_be("day", "month") for token in tokens)
    return years or is_relative(tokens) or (clock and named)
