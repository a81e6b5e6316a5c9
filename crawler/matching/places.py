"""Whether a text speaks of the like of an event in another town: maratona e Tiranës (pure).

A word for a kind of event with a town behind it, and the event's own town named nowhere but as
where somebody comes from. The event's towns are those of its place, title and keywords; where
none is known, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from crawler.language.albanian import stem
from crawler.language.folding import fold, folded_words
from crawler.matching.article_words import Part
from crawler.matching.finding import Hit
from crawler.matching.terms import LINKS
from crawler.models import Event


def stemmed(written: str) -> frozenset[str]:
    """The Albanian stems of words between spaces."""
    return frozenset(stem(fold(word)) for word in re.findall(r"\w+", written))


# What can be held in one town and in another; ours.
KINDS: Final = stemmed(
    "konferencë festival panair maratonë gjysmëmaratonë garë turne kupë ekspozitë olimpiadë forum"
    " takim kongres simpozium seminar festë karnaval koncert edicion protestë tubim samit tryezë"
    " kampionat çmim memorial karvan kamp marshim ekspeditë gala parakalim fushatë bazar aksion"
    " pastrim konkurs ceremoni vernisazh"
    " conference fair marathon race cup exhibition olympiad congress symposium rally"
    " concert summit championship tournament prize award campaign bazaar cleanup contest ceremony"
)
# Words by which events are called and much else is too.
DAYS: Final = stemmed("ditë natë javë mbrëmje fundjavë day night week")
# Towns that pieces of the catalogue's outlets speak of; words that are also common ones are left
# out unless they are printed with a capital letter, which is asked for below.
TOWNS: Final = stemmed(
    "Tiranë Durrës Vlorë Shkodër Elbasan Korçë Fier Berat Lushnjë Pogradec Kavajë Lezhë Laç Kukës"
    " Gjirokastër Patos Krujë Kuçovë Sarandë Peshkopi Burrel Cërrik Librazhd Përmet Tepelenë"
    " Himarë Ballsh Gramsh Bulqizë Pukë Rrëshen Ersekë Peqin Delvinë Kamëz Vorë Shëngjin Roskovec"
    " Selenicë Divjakë Voskopojë Prishtinë Prizren Pejë Gjakovë Mitrovicë Ferizaj Gjilan Vushtrri"
    " Podujevë Rahovec Suharekë Drenas Shkup Tetovë Gostivar Kërçovë Strugë Ohër Kumanovë Ulqin"
    " Podgoricë Preshevë Beograd Athinë Selanik Stamboll Ankara Sofje Zagreb Lubjanë Vjenë Berlin"
    " Paris Bruksel Londër Gjenevë Vashington Skopje Pristina Belgrade Athens Istanbul Vienna"
    " Brussels London Geneva Washington Tropojë Krumë Klos Maliq Prrenjas Çorovodë Skrapar Libohovë"
    " Memaliaj Konispol Finiq Mirditë Kolonjë Dibër Deçan Istog Klinë Malishevë Skenderaj Kaçanik"
    " Dragash Kamenicë Lipjan Manastir Prilep Bujanoc Guci Plavë"
)
# Before a town behind a keyword: maratona e Tiranës, panair në Fier, book fair in Fier.
_AT: Final = LINKS | {"ne", "in", "of"}
# Before a town that people come from.
_FROM: Final = frozenset({"nga", "prej", "from"})
_TOWN_AND_MORE: Final = 2
# words of a headline that begins with a town
LONGEST: Final = 6
# words of the name of an event before its town: panairi i librit dhe i artit në Fier


class Towns:
    """The towns of an event."""

    def __init__(self, event: Event) -> None:
        keywords = event.keywords
        terms = (*(term for group in keywords.any for term in group), *keywords.all)
        named = {stem(word) for text in (event.title, *terms) for word in folded_words(text)}
        self.own = stemmed(event.place or "") | (named & TOWNS)

    def elsewhere(self, part: Part, hits: Sequence[Hit]) -> Iterator[Hit]:
        """Where a keyword for a kind of event stands before another town: both, as one."""
        if not self.own:
            return
        covered = {at for hit in hits for at in range(hit.first, hit.last + 1)}
        for at in sorted(covered):
            town = at + 2
            if town in covered or town >= len(part.words) or not self._other(part, town):
                continue
            first = _kind_before(part, at, covered)
            if first is not None and part.same_sentence(first, town):
                yield Hit(first=first, last=town)

    def dateline(self, part: Part) -> Hit | None:
        """Another town with which a headline begins: "Përmet, nis festa"; None where none does."""
        if not self.own or part.name != "headline" or len(part.words) < _TOWN_AND_MORE:
            return None
        first, second = part.words[:2]
        told = part.text[first.end : second.start].strip()
        if told[:1] not in {",", ":", "-", "–", "—", "/", "|"}:
            return None
        town = _town(part, 0)
        return Hit(first=0, last=0) if town in TOWNS and town not in self.own else None

    def at_home(self, parts: Iterable[Part]) -> bool:
        """Whether one of the event's towns is named, and not only as where somebody is from."""
        return any(
            _town(part, at) in self.own and not (at and part.words[at - 1].folded in _FROM)
            for part in parts
            for at in range(len(part.words))
        )

    def _other(self, part: Part, at: int) -> bool:
        if part.words[at - 1].folded not in _AT or not _is_name(part, at):
            return False
        town = _town(part, at)
        return town in TOWNS and town not in self.own


@lru_cache(maxsize=65_536)
def _stem(folded: str) -> str:
    return stem(folded)


def _town(part: Part, at: int) -> str:
    return _stem(part.words[at].folded)


def _is_name(part: Part, at: int) -> bool:
    return part.text[part.words[at].start].isupper()


def _kind_before(part: Part, last: int, covered: set[int]) -> int | None:
    """Where the keyword for a kind of event stands that leads to this place without a gap."""
    for at in range(last, max(-1, last - LONGEST), -1):
        if at in covered and _stem(part.words[at].folded) in KINDS | DAYS:
            return at
        if at not in covered and part.words[at].folded not in LINKS:
            return None
    return None
