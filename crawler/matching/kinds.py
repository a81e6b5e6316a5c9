"""Whether a word for a kind of event speaks of another one: festivali i birrës (pure).

What an Albanian text says of a kind stands behind it, in a few shapes: a genitive, an adjective, a
name in quotes, `për` and a topic. What has none of the event's words is somebody else's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from crawler.language.albanian import stem
from crawler.matching.article_words import Part
from crawler.matching.places import TOWNS, stemmed
from crawler.matching.printing import PRESS, is_press, printed, word_before
from crawler.matching.standing import Found
from crawler.matching.terms import LINKS, QUOTES

# An Albanian noun in the genitive, folded: panairi i mjaltit, festivali i birrës.
_GENITIVE: Final = ("it", "ut", "ve", "es", "se", "as")
# What may follow a word for a kind of event and names none.
_NEUTRAL: Final = stemmed(
    "hënë martë mërkurë enjte premte shtunë diel qytet vend vit zonë qark rajon sezon muaj javë"
    " ditë fundjavë mbrëmje shekull fshat lagje bashki vendit dytë tretë katërt pestë botë rradhë"
    " radhë shqipëri kosovë janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor"
    " dhjetor kësaj këtij tyre saj tij shoqatë organizatë bashki universitet ministri institut"
)
# Kinds by their adjectives: a conference of these is none of ours unless the event says so.
_OTHERWISE: Final = stemmed("zgjedhor zgjedhore ekonomik ekonomike politik politike mjekësor")
# Endings of adjectives that say of what, and those that say only how large, how often and for whom.
_OF_WHAT: Final = ("ike", "ik", "ore", "or")
_HOW: Final = stemmed(
    "vjetor vjetore përvjetor ballkanik ballkanike publik publike historik historike unik unike"
    " shkencor shkencore akademik akademike kulturor kulturore artistik artistike dyditor dyditore"
    " treditor treditore javor javore mujor mujore veror verore dimëror dimërore pranveror"
    " pranverore vjeshtor vjeshtore botëror botërore elektronik tematik tematike fantastik"
    " fantastike simbolik simbolike sportiv olimpik olimpike rinor rinore fotografik fotografike"
)
_WHY: Final = frozenset({"per", "about"})
# Behind `për` stands no topic: për herë të parë, për të diskutuar, për nder të.
_NO_TOPIC: Final = frozenset(["here", "nje", "te", "tu", "ta", "nder", "shkak", "arsye", "vitin"])
_WHERE: Final = frozenset({"ne", "nga", "in", "at"})
# Nouns right behind a kind that say of what: maratonë negociatash, fushatë vaksinimi.
_INDEFINITE: Final = ("sh", "imi")
_SAID: Final = 4
# words behind `për` among which the topic is
_SHORTEST: Final = 5
# letters of a noun in "-sh": negociatash


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """What one piece and one event say about whose a word for a kind of event is."""

    words: frozenset[str]
    # stems of the event's own words
    topics: frozenset[str]
    # those that are no town's
    hosted: bool
    # the piece names its place, day, organiser or names
    topical: bool
    # one of its topics stands beside it

    def other(self, found: Found) -> tuple[str, bool] | None:
        """The words that say of which other event it is, as printed, and whether they leave no
        doubt: an adjective, a name or a topic may be ours in other words.
        """
        part, at = found.part, found.hit.last
        if is_press(found):
            return printed(part, max(0, at - (word_before(part, at) in PRESS)), at + 2), True
        told = [word.folded for word in part.words[at + 1 : at + 6]]
        if not told or not part.same_sentence(at, at + 1):
            return None
        if self._is_of_other_sort(part, at + 1):
            return printed(part, at, at + 1), True
        if words := self._of_other(part, at, told):
            return words, True
        last = self._adjective(part, at + 1)
        if last is None and not (self.hosted and self.topical):
            last = self._topic(part, at, told)
        if last is None and not self.hosted:
            last = self._named(part, at)
        return None if last is None else (printed(part, at, last), False)

    def _is_of_other_sort(self, part: Part, at: int) -> bool:
        """Maratonë negociatash, konferenca zgjedhore."""
        folded = part.words[at].folded
        if _stem(folded) in self.words or not part.text[part.words[at].start].islower():
            return False
        indefinite = folded.endswith(_INDEFINITE) and len(folded) >= _SHORTEST
        return indefinite or _stem(folded) in _OTHERWISE

    def _adjective(self, part: Part, at: int) -> int | None:
        """Where an adjective stands that says of what, and no topic beside it: maratona
        gastronomike.
        """
        folded, sort = part.words[at].folded, _stem(part.words[at].folded)
        if self.topical or not folded.endswith(_OF_WHAT) or len(folded) <= _SHORTEST:
            return None
        ours = sort in self.words | _HOW or self._are_ours(part, at, _SAID)
        return None if ours or part.text[part.words[at].start].isupper() else at

    def _topic(self, part: Part, at: int, told: Sequence[str]) -> int | None:
        """Where the topic ends that `për` gives it: konferencë shkencore për peshkun."""
        for why in range(min(2, len(told) - 1)):
            after = at + why + 2
            if told[why] in _WHY and told[why + 1] not in _NO_TOPIC | LINKS:
                return None if self._are_ours(part, after, _SAID) else after
        return None

    def _named(self, part: Part, at: int) -> int | None:
        """Where the name in quotes ends that it bears: çmimi "Gjergj Fishta"."""
        between = part.text[part.words[at].end : part.words[at + 1].start]
        if not any(sign in between for sign in QUOTES) or between.strip(QUOTES + " "):
            return None
        last = at + 1
        while last + 1 < len(part.words):
            if part.text[part.words[last].end : part.words[last + 1].start].strip():
                break
            last += 1
        return None if self._are_ours(part, at + 1, last - at) else last

    def _of_other(self, part: Part, at: int, told: Sequence[str]) -> str | None:
        """Festivali i birrës; an adjective may stand between: konferenca kombëtare e partisë."""
        for link in (0, 1):
            of, *more = told[link : link + 4] or [""]
            if of in LINKS and more and self._is_other(more[0]):
                of_ours = more[1] if len(more) > 1 and more[1] not in LINKS else "".join(more[2:3])
                ours = _stem(of_ours) in self.words  # the exhibition of portraits of the market
                if not ours and part.same_sentence(at, at + link + 2):
                    return printed(part, at, at + link + 2)
            if of in LINKS or _stem(of) in self.words:
                return None
        return None

    def _is_other(self, folded: str) -> bool:
        """Whether it is a noun in the genitive that the event has nothing to do with."""
        if folded in LINKS:
            return False
        return folded.endswith(_GENITIVE) and _stem(folded) not in self.words | _NEUTRAL | TOWNS

    def _are_ours(self, part: Part, first: int, many: int) -> bool:
        """Whether one of these words is the event's, before it is said where."""
        for word in part.words[first : first + many]:
            if word.folded in _WHERE:
                return False
            if _stem(word.folded) in self.topics:
                return True
        return False


@lru_cache(maxsize=65_536)
def _stem(folded: str) -> str:
    return stem(folded)
