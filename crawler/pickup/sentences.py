"""A text cut into sentences, each as it is compared: its words, its facts, its names. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from crawler.language.folding import fold, folded_words, words
from crawler.pickup.marks import quotations_in
from crawler.pickup.negation import denials
from crawler.stories.facts import Placed, facts_of, tokens_of

LONGEST: Final = 100_000
# characters of a text that are read
KEY: Final = 5
# letters by which two forms of a word are one: "kursantë", "kursantët"
QUOTATION: Final = 6
# words; what is shorter between quotation marks is a title
LAST: Final = 12
# characters of a sentence's end in which a shortened word is looked for
SLIGHT: Final = 0.35
# what a word of grammar weighs beside one that tells something

_END = re.compile(r"\n+|(?<=[.!?…])[\"'“”„«»’)\]]*+\s+")
# Where a point ends no sentence: "nr. 5", "p.sh. dy", "Dr. Hoxha", "2. korrik".
_SHORTENED = re.compile(
    r"(?:\b(?:nr|dr|prof|mr|mrs|ms|st|znj|zonj|zot|inxh|av|doc|vs|p\.sh|etj|no|vol|fq|p)|\b\d{1,2}|\b\w)\.\Z",
    re.IGNORECASE,
)
# Thousands that are set apart by a blank: "9 300" is 9300.
_APART = re.compile(r"(?<![\d.,:])(\d{1,3})((?:[ \u00a0\u202f]\d{3})+)(?![\d.,:]*\d)")
# Words of grammar, folded; a longer one that is none of these tells something.
_GRAMMAR: Final = frozenset(
    re.findall(
        r"\w+",
        """
        dhe ose por nga per nje mbi nen tek qe kur nese sepse pasi ndersa kurse ishte eshte jane
        kane kishte kishin qene behet behen cdo kjo ky keto keta ata ato atij asaj tij saj tyre
        vet edhe vetem shume disa duke mund duhet deri gjate prej sipas midis rreth pas para
        lidhur cila cili cilat cilet ketij kesaj aty ketu tani nuk ishin pra sic the and for
        from with that this these those are was were been have has had not but who which will
        would can could may must its their his her our your they them than then when where while
        into onto over under after before about between during also only each every some any all
        more most such
        """,
    )
)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence. No slots: each part is worked out once, if asked."""

    raw: str
    # as printed, numbers with their thousands together

    @cached_property
    def folded(self) -> str:
        """In small letters without marks."""
        return fold(self.raw)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Folded, in order; a number with its inner signs is one."""
        return tuple(tokens_of(self.folded))

    @cached_property
    def seen(self) -> frozenset[str]:
        """How its words begin that tell something: cheap, to see what is worth comparing."""
        return frozenset(filter(None, map(_telling, folded_words(self.raw))))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What is compared of each word: how it begins, or what fact it begins."""
        told = {at: value for at, (_, value) in self.placed}
        return tuple(told.get(at, word[:KEY]) for at, word in enumerate(self.words))

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """What each word weighs."""
        return tuple(map(weight, self.words))

    @cached_property
    def weight(self) -> float:
        """What all its words weigh together."""
        return sum(self.weights)

    @cached_property
    def telling(self) -> frozenset[str]:
        """The keys of the words that tell something."""
        pairs = zip(self.keys, self.weights, strict=True)
        return frozenset(key for key, each in pairs if each == 1)

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Its numbers, weekdays, months and their like, each with the place of its first word."""
        return facts_of(self.folded)

    @cached_property
    def denials(self) -> frozenset[int]:
        """The places of its words that deny."""
        return denials(self.words)

    @cached_property
    def names(self) -> frozenset[str]:
        """The keys of words with a capital that do not open it; none where most have one."""
        found = words(self.raw)
        capital = [word for word in found if self.raw[word.start].isupper()]
        if 2 * len(capital) > len(found):
            return frozenset()
        return frozenset(word.folded[:KEY] for word in capital if word is not found[0])

    @cached_property
    def quotations(self) -> tuple[Sentence, ...]:
        """What stands in it between quotation marks, where that is longer than a title."""
        found = (Sentence(raw=words) for words in quotations_in(self.raw))
        return tuple(words for words in found if len(words.keys) >= QUOTATION)


@lru_cache(maxsize=65_536)
def _telling(folded: str) -> str:
    """How a word begins that tells something; "" of one of grammar."""
    return folded[:KEY] if weight(folded) == 1 else ""


@lru_cache(maxsize=65_536)
def weight(folded: str) -> float:
    """What a word weighs: a number or a word that tells something 1, a word of grammar SLIGHT."""
    if folded.isdigit():
        return 1.0
    return SLIGHT if len(folded) <= 2 or folded in _GRAMMAR else 1.0  # noqa: PLR2004


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order; what has no word in it is none.

    Blank lines and line ends cut too. At most LONGEST characters are read.
    """
    found: list[str] = []
    for part in _END.split(_together(text[:LONGEST])):
        if found and _SHORTENED.search(found[-1][-LAST:]):
            found[-1] = f"{found[-1]} {part}"
        elif any(map(str.isalnum, part)):
            found.append(part)
    return tuple(Sentence(raw=" ".join(part.split())) for part in found)


def sentence(raw: str) -> Sentence:
    """One sentence as it is printed."""
    return Sentence(raw=" ".join(_together(raw).split()))


def _together(text: str) -> str:
    """The text with each number in one piece."""
    return _APART.sub(lambda found: re.sub(r"\D", "", found[0]), text)
