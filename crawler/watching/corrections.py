"""What an edit of a piece is worth telling: more than typos, tickers and counts of readers. Pure.

Sentences are held against each other, whatever their order; what is left is looked at word by
word. A number, a name, a "not" count; letters that were mended do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from crawler.language.folding import fold, folded_words

LONGEST: Final = 100_000
# characters of a text that are looked at
MOST: Final = 400
# sentences of it
AT_ONCE: Final = 80
# words; a longer sentence is looked at in parts
ALIKE: Final = 55.0
# of 100 (ratio of their words): two sentences are one, edited
WHOLE: Final = 4
# words: a shorter new sentence is a label or a caption
SLIPS: Final = 2
# letters of a long word that may be mended; one of a short one
LONG_WORD: Final = 6

_END: Final = re.compile(r"\n+|(?<=[.!?…”\"])\s+(?=[\"“„«'(\[]?[^\W\d_a-z]|[0-9])")
_CLOCK: Final = re.compile(r"^\W*(?:ora\s+)?[0-2]?[0-9][:.][0-5][0-9]\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?<=\d)[.,\s](?=\d{3}\b)")
_LIVE: Final = re.compile(r"^\W*(?:live|drejtperdrejt|minute pas minute)\b|\blive blog\b")
_LABELS: Final = frozenset(
    {"foto", "fotot", "video", "videot", "galeri", "galeria", "live", "drejtperdrejt", "ekskluzive"}
)
# words that a headline is dressed with
_NOT: Final = frozenset({"nuk", "s", "mos", "pa", "jo", "not", "no", "never", "kurre", "asnje"})
_READERS: Final = (
    r"lexuar|lexime|shikuar|shikime|klikime|komente?|shperndarje|pelqime|views?|reads?|shares?"
    r"|comments?|likes?"
)
_COUNT: Final = re.compile(rf"^(?:\b(?:{_READERS}|here|nga|vete|persona|times)\b|\W|\d)*$")
_STAMP: Final = re.compile(
    r"^\W*(?:perditesuar|perditesimi i fundit|ndryshuar|publikuar|botuar|last updated|updated)\b"
    r"[^a-z]*(?:(?:me|ne|ora|oren|at|on|janar|shkurt|mars|prill|maj|qershor|korrik|gusht|shtator"
    r"|tetor|nentor|dhjetor)\b[^a-z]*)*$"
)
_BOX: Final = re.compile(
    r"^\W*(?:lexo(?:ni)? (?:edhe|gjithashtu|me shume)|shiko(?:ni)? edhe|shih(?:ni)? edhe"
    r"|na ndiqni|ndiqni ne|reklame?|publicitet|shperndaje|abonohu(?:ni)?|foto\b|burimi\b|read also"
    r"|read more|follow us|advertisement|subscribe|share this)\b"
)
# stems, folded; "përditësim" is not among them: each ticker calls its rows so
_CORRECTING: Final = re.compile(
    r"\b(?:korrigj\w*|saktesim\w*|pergenjeshtr\w*|demanti?\w*|version\w* te mepars\w*"
    r"|kerko\w* (?:te )?ndjese\w*|shenim i redaksise|errata|corrections?|corrected"
    r"|clarifications?|retract\w*|an earlier version|we apologi[sz]e)\b"
)


class What(StrEnum):
    """What changed in a piece."""

    WITHDRAWN = "withdrawn"
    CORRECTION = "correction"
    HEADLINE = "headline"
    LEAD = "lead"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A piece's words at one moment; "" where there are none."""

    headline: str = ""
    lead: str = ""
    text: str = ""
    # whether the outlet took it away
    gone: bool = False


def weigh(before: Wording, after: Wording, *, across: bool = False) -> tuple[What, ...]:
    """What of an edit is told, weightiest first; nothing for noise.

    `across` says that the two were said in different places (a feed, the page), which begin and
    end elsewhere: then only sentences that both have are held against each other.
    """
    if after.gone:
        return () if before.gone else (What.WITHDRAWN,)
    live = _is_live(before) and _is_live(after)
    found = [What.CORRECTION] if _calls_itself_corrected(before, after) else []
    if before.headline and after.headline and not live:
        found += [What.HEADLINE] if _is_reworded(before.headline, after.headline) else []
    if before.lead and after.lead and not live and not _is_cut(before.lead, after.lead):
        lead = _changed(before.lead, after.lead, across=across, live=live)
        found += [What.LEAD] if lead else []
    if before.text and after.text and _changed(before.text, after.text, across=across, live=live):
        found.append(What.TEXT)
    return tuple(found)


def _is_live(words: Wording) -> bool:
    return any(_LIVE.search(fold(part)) for part in (words.headline, words.lead))


def _calls_itself_corrected(before: Wording, after: Wording) -> bool:
    """Whether words of correction came that were not there."""
    was, now = _corrections(before), _corrections(after)
    return bool(now - was)


def _corrections(words: Wording) -> Counter[str]:
    text = fold(f"{words.headline}\n{words.lead}\n{words.text[:LONGEST]}")
    return Counter(found[:7] for found in _CORRECTING.findall(text))


def _is_cut(before: str, after: str) -> bool:
    """Whether one lead is the other's beginning: excerpts are as long as a setting says."""
    was, now = folded_words(before), folded_words(after)
    short = min(len(was), len(now))
    return bool(short) and was[: short - 1] == now[: short - 1] and len(was) != len(now)


def _changed(before: str, after: str, *, across: bool, live: bool) -> bool:
    """Whether sentences say something else, are new or went."""
    was, now = _sentences(before), _sentences(after)
    gone, new = list((was - now).elements()), list((now - was).elements())
    for old in list(gone):
        match = process.extractOne(old, new, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if match is None:
            continue
        gone.remove(old)
        new.remove(match[0])
        if _differ(old.split(), match[0].split()):
            return True
    if across or live:
        return False
    gone, new = _joined_away(gone, new)
    return any(len(each.split()) >= WHOLE for each in (*gone, *new))


def _joined_away(gone: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    """Without sentences that were only cut or joined at another place."""
    there, here = f" {' '.join(new)} ", f" {' '.join(gone)} "
    return (
        [each for each in gone if f" {each} " not in there],
        [each for each in new if f" {each} " not in here],
    )


def _sentences(text: str) -> Counter[str]:
    """The sentences of a text as folded words, without what readers and tickers leave there."""
    found: Counter[str] = Counter()
    for raw in _END.split(text[:LONGEST])[:MOST]:
        if raw and (said := raw.strip()) and not _is_noise(said):
            words = folded_words(_plain_numbers(said))
            parts = (words[at : at + AT_ONCE] for at in range(0, len(words), AT_ONCE))
            found.update(" ".join(part) for part in parts)
    return found


def _is_noise(sentence: str) -> bool:
    plain = fold(sentence)
    return bool(
        _CLOCK.search(plain) or _COUNT.match(plain) or _STAMP.match(plain) or _BOX.match(plain)
    )


def _plain_numbers(text: str) -> str:
    """12.500 and 12 500 are 12500."""
    return _NUMBER.sub("", text)


def _is_reworded(before: str, after: str) -> bool:
    was, now = _dressed_down(before), _dressed_down(after)
    return was != now and _differ(was, now)


def _dressed_down(headline: str) -> list[str]:
    return [word for word in folded_words(_plain_numbers(headline)) if word not in _LABELS]


def _differ(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether two wordings of a sentence say something else: mended letters do not."""
    return any(not _is_mended(old, new) for old, new in _replaced(was, now))


def _replaced(
    was: Sequence[str], now: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal":
            yield was[a:b], now[c:d]


def _is_mended(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether a stretch of words was only spelled otherwise."""
    if _NOT & set(old) != _NOT & set(new) or _numbers(old) != _numbers(new):
        return False
    if len(old) == len(new):
        return all(_is_slip(one, other) for one, other in zip(old, new, strict=True))
    if old and new:
        return _is_slip("".join(old), "".join(new))
    # a small word of grammar came or went
    return all(len(word) <= 3 for word in (*old, *new))  # noqa: PLR2004


def _numbers(words: Sequence[str]) -> list[str]:
    return sorted(word for word in words if word.isdigit())


def _is_slip(one: str, other: str) -> bool:
    if any(sign.isdigit() for sign in one + other):
        return one == other
    allowed = SLIPS if min(len(one), len(other)) >= LONG_WORD else 1
    return OSA.distance(one, other) <= allowed


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a text, and whether the other text lacks them."""

    text: str
    changed: bool


def side_by_side(before: str, after: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Both texts in stretches, what the other lacks marked; blanks and line ends stay."""
    was, now = _tokens(before), _tokens(after)
    # words that stand everywhere are no anchors (autojunk): else a long text takes seconds
    matcher = SequenceMatcher(None, [fold(word) for word in was], [fold(word) for word in now])
    left: list[Stretch] = []
    right: list[Stretch] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if a < b:
            left.append(Stretch("".join(was[a:b]), what != "equal"))
        if c < d:
            right.append(Stretch("".join(now[c:d]), what != "equal"))
    return tuple(left), tuple(right)


def shortened(stretches: Sequence[Stretch], room: int = 200) -> tuple[Stretch, ...]:
    """The same with so many characters around what is marked; what is left out is "…"."""
    return tuple(
        each if each.changed else _shortened(each, room, first=at == 0, last=each is stretches[-1])
        for at, each in enumerate(stretches)
    )


def _shortened(one: Stretch, room: int, *, first: bool, last: bool) -> Stretch:
    """Its ends beside what is marked; both where it stands alone."""
    alone = first and last
    head = one.text[:room] if alone or not first else ""
    tail = one.text[-room:] if alone or not last else ""
    if len(head) + len(tail) + room >= len(one.text):
        return one
    return Stretch(" … ".join((head, tail)), changed=False)


def _tokens(text: str) -> list[str]:
    """Words with what follows them."""
    return re.findall(r"\S+\s*|\s+", text[:LONGEST])
