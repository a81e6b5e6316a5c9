"""A text's sentences: what two texts share word for word, wherever it stands in them.

Openings say little of a text that stands behind somebody's own first paragraph, or under another
lead. There the sentences tell: texts that share two neighbouring ones are worth a look, and one is
the other's copy where nearly all that follows its lead stands in the other. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from math import ceil
from typing import Final

from crawler.language.folding import fold
from crawler.stories.facts import facts_of

WORDS_OF_A_SENTENCE: Final = 4
# below that it is a cry: "U bë vonë!"
SHARED_WORDS: Final = 25
# in sentences that two texts share, for a passage to say anything
ANCHORED: Final = 0.3
# of the shorter text's pairs of neighbours
SHARED: Final = 0.4
# of the words behind the lead: so much stands in whole sentences that nobody touched
FEWEST_LEFT: Final = 20
# words behind the lead, for them to stand for the text
PASSAGE: Final = 120
# words behind the lead that are looked for in the other text
LONGEST_LEAD: Final = 60
# words of a first paragraph that may be somebody's own
FEWEST_OF_A_LEAD: Final = 4
# blanks; what is shorter is a byline or a call to share
STEM: Final = 5
# letters that a word keeps through its endings: "djathi", "djathit"

_WORD = re.compile(r"[^\W_]+")
_END = re.compile(r"\n+|(?<=[.!?…])[\"'“”„«»’)\]]*+\s+")
_BEGINS = re.compile(r"[.!?…\n][\"'“”„«»’)\]]*+\s+[\"'“”„«»’(\[]*+(\w++\W++\w++\W++\w++\W++\w++)")
# the first words of a sentence
_SIGNS: Final = (
    ("ë", "e"), ("ç", "c"), ("“", '"'), ("”", '"'), ("„", '"'), ("«", '"'), ("»", '"'),
    ("’", "'"), ("–", "-"), ("—", "-"), ("…", "..."),
)  # fmt: skip
# what makes an Albanian text more than ASCII

_BLANKS: Final = {at: " " for at in range(128) if not chr(at).isalnum()}
# all of ASCII that is no part of a word


def folded(text: str) -> str:
    """As `fold` says, signs aside; an Albanian text without the tables, in a tenth of the time."""
    plain = text.lower()
    for written, read in _SIGNS:
        plain = plain.replace(written, read)
    return plain if plain.isascii() else fold(text)


def words_of(text: str) -> list[str]:
    """Its words, folded."""
    return _words(folded(text))


def _words(plain: str) -> list[str]:
    """Of a folded text."""
    return plain.translate(_BLANKS).split() if plain.isascii() else _WORD.findall(plain)


def stems_of(words: Iterable[str]) -> frozenset[str]:
    """How the longer of folded words begin: "the" and "me" say nothing of what a text is about."""
    return frozenset(word[:STEM] for word in words if len(word) >= STEM)


def shingles_of(words: Sequence[str]) -> frozenset[str]:
    """Every two neighbouring words."""
    return frozenset(map(" ".join, pairwise(words)))


@dataclass(frozen=True, kw_only=True)
class Passages:
    """A text in sentences. No slots: each part is worked out once, if asked."""

    raw: str
    # paragraphs in lines
    led: bool = False
    # whether a lead stands before it, so that its own beginning is none

    @cached_property
    def folded(self) -> str:
        """As it is compared."""
        return folded(self.raw)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Each in folded words with a blank between; short ones, too, in order."""
        found = (" ".join(_words(part)) for part in _END.split(self.folded))
        return tuple(filter(None, found))

    @cached_property
    def telling(self) -> frozenset[str]:
        """The sentences that are long enough to be a text's own."""
        least = WORDS_OF_A_SENTENCE - 1
        return frozenset(each for each in self.sentences if each.count(" ") >= least)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """How every two neighbouring sentences begin: what texts with one passage share."""
        begins = _BEGINS.findall(f"\n {self.folded}")
        return frozenset(f"{one} / {two}" for one, two in pairwise(begins))

    @cached_property
    def lead(self) -> str:
        """The first paragraph where it is short and others follow, else the first sentence.

        A byline before it counts with it.
        """
        first, _, rest = self.raw.partition("\n")
        if rest and FEWEST_OF_A_LEAD <= first.count(" ") < LONGEST_LEAD:
            return first
        ends = (end for end in _END.finditer(self.raw) if _long(self.raw[: end.start()]))
        end = next(ends, None)
        return self.raw[: end.start()] if end else self.raw

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All of them, folded."""
        return tuple(_words(self.folded))

    @cached_property
    def shingles(self) -> frozenset[str]:
        """Of all words."""
        return shingles_of(self.words)

    @property
    def after_lead(self) -> str:
        """What follows the lead, as printed."""
        return self.raw if self.led else self.raw[len(self.lead) :]

    @cached_property
    def rest(self) -> frozenset[str]:
        """The word pairs that follow the lead; none where too little follows."""
        words = words_of(self.after_lead)[:PASSAGE]
        return shingles_of(words) if len(words) >= FEWEST_LEFT else frozenset()


def _long(raw: str) -> bool:
    return raw.count(" ") + raw.count("\n") >= FEWEST_OF_A_LEAD


def contained(one: Passages, two: Passages) -> float:
    """How much of what follows the one's lead stands in the other, in percent; the larger share.

    0 where the two share no passage.
    """
    if len(one.anchors & two.anchors) < min(_fewest(one), _fewest(two)):
        return 0.0
    fewest = min(len(one.rest) or len(two.rest), len(two.rest) or len(one.rest))
    if words_in(one.telling & two.telling) < max(SHARED_WORDS, SHARED * fewest):
        return 0.0
    return max(_share(one.rest, two.shingles), _share(two.rest, one.shingles))


def _share(rest: frozenset[str], other: frozenset[str]) -> float:
    return 100 * len(rest & other) / len(rest) if rest else 0.0


def words_in(sentences: Iterable[str]) -> int:
    """How many words they have together."""
    return sum(each.count(" ") + 1 for each in sentences)


def has_facts(sentences: Iterable[str]) -> bool:
    """Whether they say anything that the guard could compare."""
    return any(facts_of(each) for each in sentences)


def _fewest(text: Passages) -> int:
    """How many anchors it must share with one that has as many or more, to be compared."""
    return max(1, ceil(ANCHORED * len(text.anchors)))


def sharing(texts: Mapping[str, Passages]) -> Iterator[tuple[str, list[str]]]:
    """Each name with the smaller ones whose texts share enough neighbouring sentences."""
    times = Counter(chain.from_iterable(each.anchors for each in texts.values()))
    # an anchor of one text alone leads nowhere
    index: dict[str, list[str]] = {anchor: [] for anchor, found in times.items() if found > 1}
    fewest = {name: _fewest(each) for name, each in texts.items()}
    for name in sorted(texts):
        shared = [index[anchor] for anchor in texts[name].anchors if anchor in index]
        met, least = Counter(chain.from_iterable(shared)), fewest[name]
        yield name, [o for o, often in met.items() if often >= least or often >= fewest[o]]
        for names in shared:
            names.append(name)
