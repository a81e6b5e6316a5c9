"""Headline and lead: what they say that the other piece does not say anywhere.

An editor rewrites both, so they join nothing. But under one common body - closings, calls, what
every notice of a kind says - they are all that tells two pieces apart. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

from crawler.language.folding import fold
from crawler.stories.fact_words import NUMBERS
from crawler.stories.facts import Fact, Placed, clash, facts_of, tokens_of
from crawler.stories.passages import STEM, Passages, folded, has_facts, stems_of, words_in
from crawler.stories.proper_names import inner_names

FEWEST: Final = 3
# words of a headline that says something: "Moti", "Lajmi 7" are labels
ALIKE: Final = 0.5
# of the shorter one's longer words: two leads of one wording
ABOUT: Final = 3
# longer words of both headlines and leads that the shared sentences hold where they tell of them
AMPLE: Final = 30
# shared words that tell a text even where no fact stands in them

Counted = tuple[str, str]
# the value of a number and how the word behind it begins: ("18", "tryez")

_FIRST_NAME = re.compile(r"\W*([^\W\d_]{4,}+)(?=\s*[,:–—])")
# "Gramsh, hapet panairi"
_BYLINE = re.compile(
    r"\b(?:[Nn]ga|[Ss]hkruan|[Ss]hkruar nga|[Aa]utori?|[Bb]y)[: ]\s*"
    r"(?:[^\W\d_a-zçë][\w'’-]*+\s*){2,3}+(?=[.:/|–—\n-]|\Z)"
)
# "Nga Agron Lumi." in front or at the end: who wrote it says nothing of what it tells
_LETTERS = re.compile(r"[^\W\d_]+")
TITLED: Final = 4
# longer words, all with a capital: A Headline Of That Manner, whose names cannot be told
_ENTRY = re.compile(r"\s*([^:]+):\s*(\S+(?:\s+\S+)?)\s*\Z")
# "Horoskopi: Dashi", "Çmimet e tregut: Domatja"
_SCHWA = re.compile(r"(?<=[^aeiouy])e(?=[^aeiouy]\Z)")
NAME: Final = 4
# letters that a name keeps through its endings


@dataclass(frozen=True, kw_only=True)
class Part:
    """A headline or a lead. No slots: each part is worked out once, if asked."""

    raw: str

    @cached_property
    def folded(self) -> str:
        """As it is compared."""
        return folded(self.raw)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Its words and numbers."""
        return tuple(tokens_of(self.folded))

    @cached_property
    def stems(self) -> frozenset[str]:
        """How its longer words begin."""
        return stems_of(self.tokens)

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Every fact with its place among the tokens."""
        return facts_of(self.folded)

    @cached_property
    def facts(self) -> frozenset[Fact]:
        """What it says beside numbers: days, months, seasons."""
        return frozenset(fact for _, fact in self.placed if fact[0] != NUMBERS)

    @cached_property
    def counted(self) -> frozenset[Counted]:
        """Its numbers, each with what it counts."""
        ends = (*self.tokens[1:], "")
        found = ((at, value) for at, (kind, value) in self.placed if kind == NUMBERS)
        return frozenset((value, ends[at][:STEM]) for at, value in found)

    @cached_property
    def names(self) -> frozenset[str]:
        """Its names, each as its endings leave it."""
        plain = _BYLINE.sub("", self.raw)
        words = [word for word in _LETTERS.findall(plain) if len(word) >= NAME]
        if len(words) >= TITLED and all(word[0].isupper() for word in words):
            return frozenset()
        first = _FIRST_NAME.match(plain)
        known = [first[1]] if first and first[1].istitle() else []
        return frozenset(map(name_stem, [*inner_names(plain), *known]))


NOTHING: Final = Part(raw="")
# no headline, no lead


def name_stem(word: str) -> str:
    """What a name keeps through its endings: "Kukës" and "Kuksi", "Dibër" and "Dibra" are one."""
    return _SCHWA.sub("", fold(word)[: NAME + 1])[:NAME]


class Headed(Protocol):
    """What is looked at of a piece."""

    @property
    def headline(self) -> Part:
        """Empty where it is only a label."""

    @property
    def standfirst(self) -> Part:
        """A lead that stands before the text; empty for none."""

    @property
    def lead(self) -> Part:
        """A lead that stands before the text, and the text's first paragraph or sentence."""

    @property
    def passages(self) -> Passages:
        """The text."""

    @property
    def said(self) -> frozenset[Fact]:
        """What headline and lead say beside numbers: days, months, seasons."""

    @property
    def head_names(self) -> frozenset[str]:
        """The names in headline and lead."""

    @property
    def subject(self) -> frozenset[str]:
        """How the headline's longer words begin that stand in lead or text, too."""

    @property
    def told(self) -> frozenset[Fact]:
        """Every fact of headline, lead and text."""

    @property
    def stems(self) -> frozenset[str]:
        """How every longer word of headline, lead and text begins."""

    @property
    def named(self) -> frozenset[str]:
        """Every word of headline, lead and text, as `name_stem` leaves it."""


def same_wording(one: Headed, two: Headed) -> bool:
    """Whether the leads say the same in nearly the same words."""
    if one.lead is two.lead or one.lead.folded == two.lead.folded:
        return True
    if one.standfirst.stems and two.standfirst.stems:
        return alike(one.standfirst, two.standfirst)
    return alike(one.lead, two.lead)


def alike(one: Part, two: Part) -> bool:
    """Whether two parts are of one wording, the one perhaps with more before or behind."""
    fewest = min(len(one.stems), len(two.stems))
    return len(one.stems & two.stems) >= ALIKE * fewest


def contradiction(one: Headed, two: Headed) -> str:
    """What headline and lead of both say and the other piece does not, kind by kind; "" if nothing.

    Numbers contradict where they count the same, or stand in one wording.
    """
    if one.headline.folded == two.headline.folded and one.lead.folded == two.lead.folded:
        return ""
    said = ""
    if one.said != two.said and one.said and two.said:
        mine, theirs = one.said - two.said, two.said - one.said
        if mine and theirs:
            said = clash(mine - two.told, theirs - one.told, (frozenset(), frozenset()))
    said = said or _other_numbers(one, two) or _other_names(one, two)
    said = said or _other_entry(one.headline, two.headline)
    return said or _other_word(one, two)


def _other_numbers(one: Headed, two: Headed) -> str:
    if alone := _uncommon(one.headline, two.headline, one, two):
        own, others = alone
        if _same_counted(own, others) or alike(one.headline, two.headline):
            return f"{NUMBERS}: {min(own)[0]} / {min(others)[0]}"
    if alone := _uncommon(one.lead, two.lead, one, two):
        own, others = alone
        if _same_counted(own, others) or same_wording(one, two):
            return f"{NUMBERS}: {min(own)[0]} / {min(others)[0]}"
    return ""


def _uncommon(
    mine: Part, theirs: Part, one: Headed, two: Headed
) -> tuple[list[Counted], list[Counted]] | None:
    """The numbers of two parts that the other piece does not hold; None where one has none."""
    if not mine.counted or not theirs.counted or mine.counted == theirs.counted:
        return None
    own, others = mine.counted - theirs.counted, theirs.counted - mine.counted
    if not own or not others:
        return None
    kept = [each for each in own if (NUMBERS, each[0]) not in two.told]
    left = [each for each in others if (NUMBERS, each[0]) not in one.told]
    return (kept, left) if kept and left else None


def _same_counted(own: Iterable[Counted], others: Iterable[Counted]) -> bool:
    """Whether numbers of both stand before one word: "18 tryeza", "27 tryeza"."""
    return not {what for _, what in own}.isdisjoint(what for _, what in others)


def _other_names(one: Headed, two: Headed) -> str:
    if not one.head_names or not two.head_names or one.head_names == two.head_names:
        return ""
    mine, theirs = one.head_names - two.head_names, two.head_names - one.head_names
    if not mine or not theirs:
        return ""
    own = mine - two.named, theirs - one.named
    return f"names: {min(own[0])} / {min(own[1])}" if own[0] and own[1] else ""


def _other_entry(one: Part, two: Part) -> str:
    """Of one list: the same before the colon, another word or two behind it."""
    if not one.raw or not two.raw:
        return ""
    mine, theirs = _ENTRY.match(one.folded), _ENTRY.match(two.folded)
    if not mine or not theirs or mine[1] != theirs[1]:
        return ""
    if stems_of([mine[2]]) & stems_of([theirs[2]]) or mine[2] == theirs[2]:
        return ""
    return f"subjects: {mine[2]} / {theirs[2]}"


def _other_word(one: Headed, two: Headed) -> str:
    """One headline but for a single word that is not its first: "Kërkohet kuzhinier në Lugjas".

    Who rewrites a headline changes more, or the verb in front.
    """
    mine, theirs = one.headline.tokens, two.headline.tokens
    if not mine or len(mine) != len(theirs) or mine[:1] != theirs[:1]:
        return ""
    changed = [pair for pair in zip(mine, theirs, strict=True) if pair[0] != pair[1]]
    if len(changed) != 1:
        return ""
    ((word, other),) = changed
    own = stems_of([word]) - two.stems, stems_of([other]) - one.stems
    return f"subjects: {word} / {other}" if own[0] and own[1] else ""


def other_subject(one: Headed, two: Headed) -> str:
    """What each headline says with its own text and the other piece does not: "djath / kumbu".

    For two leads of one wording: an editor who changes a word of the headline does not change the
    same word in the text, but who fills in a form does.
    """
    if not one.subject or not two.subject:
        return ""
    own = one.subject - two.stems, two.subject - one.stems
    return f"subjects: {min(own[0])}- / {min(own[1])}-" if own[0] and own[1] else ""


def nothing_of_both(one: Headed, two: Headed) -> str:
    """Whether what the two share says nothing of what they are about: a closing, a common notice.

    For two leads of other wordings.
    """
    shared = one.passages.telling & two.passages.telling
    stems = stems_of(word for each in shared for word in each.split(" "))
    both = bool(one.standfirst.stems and two.standfirst.stems)
    leads = [each.standfirst if both else each.lead for each in (one, two)]
    heads = (one.headline.stems | leads[0].stems, two.headline.stems | leads[1].stems)
    about = sum(len(head & stems) for head in heads)
    enough = words_in(shared) >= AMPLE or has_facts(shared)
    return "" if about >= ABOUT and enough else "leads: nothing in common"
