"""What the keywords of an event are: its name, its place, its organiser, a kind or a topic (pure).

A press officer writes words and says no more of them. What they are follows from the event's title,
place and organiser where its file has them, else from the words themselves: "Shoqata ..." is an
organiser, "Galeria ..." a venue, a word for a kind of event a kind, two words beside each other a
name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final, Literal

from crawler.language.albanian import stem
from crawler.language.folding import fold, folded_words
from crawler.matching.glossary import things
from crawler.matching.groups import groups_of
from crawler.matching.places import KINDS, TOWNS, stemmed
from crawler.matching.terms import LINKS, QUOTES, Term
from crawler.models import Event

Role = Literal["name", "person", "place", "venue", "organiser", "kind", "word"]

# First words of an organiser's name, and of a venue's; ours.
ORGANISERS: Final = stemmed(
    "shoqatë fondacion institut klub federatë bashki universitet ministri kompani organizatë"
    " shoqëri qendër dhomë unioni lidhje drejtori agjenci komitet akademi kolektiv rrjet këshill"
    " association foundation institute club federation society centre center union chamber"
    " network committee NGO OJF OJQ"
)
VENUES: Final = stemmed(
    "shesh galeri pallat muze teatër sallë park kala stadium bibliotekë hotel kopsht amfiteatër"
    " kinema oborr kështjellë palestër pishinë arenë rrugicë hamam kullë plazh port"
    " square gallery palace museum theatre theater hall stadium library garden castle arena"
)
# What else than an event is called by a name; ours.
THINGS: Final = stemmed(
    "kafe kafene bar hotel restorant bujtinë rrugë rrugicë bulevard shkollë gjimnaz kopsht kompani"
    " firmë dyqan market lagje stacion anije traget ekip skuadër film roman libër serial parti"
    " çerdhe spital klinikë pallat ndërmarrje agjenci pishinë grup orkestër shesh urë fshat markë"
    " birrë verë ujë bankë radio gazetë televizion kanal familje çetë brigadë repart anijes"
    " cafe hotel restaurant street school company shop ship team novel party hospital bank band"
    " brand family"
)
# Given names that our outlets print most often; the second word of two is then a surname.
GIVEN: Final = frozenset(
    re.findall(
        r"\w+",
        " adriana afrim agim agron aida ajet alban albana albert alfred ali alket alma altin ambra"
        " ana andi andrea anila anisa anita arben arbi ardian ardit ardita arian arjan arjeta"
        " armand arta artan artur astrit avni azem bardh bardha bashkim bashkime behar belinda"
        " besa besim besnik bledi blerim blerina bora brikena briseida bujar dalip dallandyshe"
        " dardan denis dhurata diana dorina drita dritan dritero driton eda edi edlira edmond"
        " edona egla elda elena elira elisa elona elton elvis emine endri engjell enkeleda entela"
        " enver erion eriona ermal ervin ervis esat fadil fatbardha fatemeh fatime fation fatmir"
        " fatos ferdinand ferit fiqirete flamur flora florian flutura fran frano gazmend genc gent"
        " genti gentian gerta gezim gjergj gjin gjon gjovalin gresa halil hana hasan hatixhe haxhi"
        " hekuran hossein hysni ibrahim idriz ilir ilira ilirjan ina indrit irena irma ismail"
        " jehona jeta jeton john jonida jorida jozefina kadri kaltrina kastriot klea kleopatra"
        " klodian kol kreshnik kristaq kujtim lavdrim ledia lek leka leonard lindita lira liri"
        " lirim ljuba lorena lorik luan lule luljeta lulzim lumturi majlinda manjola marash maria"
        " mario marjana mark marsela martin mehmet mentor merita mevlan migena mihal mimoza mira"
        " miranda mirela mirjana mirjeta mohammad monika muharrem myslim naim nard nasi naxhije"
        " ndre ndue nertila nevila nexhmije nikoll nikolla nora olta oltion orges ornela osman pal"
        " pandeli paolo pashk pavli perlat perparim petraq petrit petro piro pjeter prenk qemal"
        " ramiz rando redi rei remzi rexhep reza rifat rina roland rovena rozana rozeta rudina"
        " sabri sadik safet saimir sali sami sandri sara saverin selim shaban shefqet shkelqim"
        " shpetim shpresa sihana silva skender sokol sonila sotir spiro stefan suela sulejman"
        " tahir taulant tef tefta teuta thoma timo tomor ton tonin trim urim valbona valdete"
        " valentin valon vangjel vasil vera vilson vjollca xhavit xhemal xhensila xhevdet ylli"
        " ymer zamir zamira zana zef zenel zenun zija zyra",
    )
)


class Names:
    """The words of an event and what each of its keywords is."""

    def __init__(self, event: Event) -> None:
        keywords = event.keywords
        self.groups = tuple(groups_of(keywords))
        terms = [*dict.fromkeys(term for group in self.groups for term in group)]
        title = "" if event.title == event.slug else event.title
        given = [part.strip() for part in (event.place or "").split(",") if part.strip()]
        hosts = [*filter(None, [event.organiser, *keywords.names])]
        self.title = frozenset(chain_stems([title])) - _LINKING
        self._given = frozenset(_stems(part) for part in given)
        self._hosts = frozenset(map(_stems, hosts))
        roles = {term: self._role_of(term) for term in terms}
        self._roles = roles
        self.places = tuple(dict.fromkeys((*given, *_having(roles, "place"))))
        self.organisers = tuple(dict.fromkeys((*hosts, *_having(roles, "organiser"))))
        told = (title, *terms, *given, *hosts)
        self.own = frozenset(chain_stems(told))
        self.kinds = frozenset(chain_stems((title, *terms))) & KINDS
        self.home = frozenset(chain_stems(self.places))

    def role(self, term: Term) -> Role:
        """What a keyword is."""
        return self._roles.get(term.written) or self._role_of(term.written)

    def _role_of(self, term: str) -> Role:
        stems = _stems(bare(term))
        if stems in self._hosts:
            return "organiser"
        if stems in self._given:
            return "place"
        if term.startswith("near("):
            return "kind"  # who writes it says which words belong together
        content = tuple(stem for stem in stems if stem not in _LINKING)
        role = _role(bare(term), content)
        if role in {"venue", "organiser"} and self.title.issuperset(content):
            return "name"
        return role


_LINKING: Final = frozenset(map(stem, LINKS)) | LINKS


def _role(text: str, content: tuple[str, ...]) -> Role:
    """What a keyword is by its own words."""
    if len(content) == 1:
        return "kind" if is_kind(fold(text)) else "place" if content[0] in TOWNS else "word"
    if not content:
        return "word"
    if text[0].isupper() and content[0] in ORGANISERS | VENUES:
        return "organiser" if content[0] in ORGANISERS else "venue"
    return "person" if is_person(text) else "name"


def is_person(text: str) -> bool:
    """Whether it is a given name and a surname: Mira Kreka, mira kreka."""
    found = folded_words(text)
    return len(found) in {2, 3} and found[0] in GIVEN and LINKS.isdisjoint(found)


@lru_cache(maxsize=65_536)
def is_kind(folded: str, language: str | None = "sq") -> bool:
    """Whether a word is one for a kind of event: konferencës; in a text of another language, or of
    a word of another script, also theirs: конференција, premio.
    """
    if _stem(folded) in KINDS:
        return True
    spelled, beginnings = _foreign_kinds()
    if folded.isascii() and language in {"sq", None}:
        return False
    return folded in spelled or folded.startswith(beginnings)


@cache
def _foreign_kinds() -> tuple[frozenset[str], tuple[str, ...]]:
    every = frozenset(word for kind in KINDS for word in things().get(kind, ()))
    beginnings = tuple(sorted(word[:-1] for word in every if word.endswith("*")))
    return every, beginnings


def is_head(folded: str) -> bool:
    """Whether it says what a named body is: shoqata, centre."""
    return _stem(folded) in ORGANISERS | VENUES


def is_thing(folded: str) -> bool:
    """Whether what stands behind it is called so and is no event: kafe, rruga, shkolla."""
    return _stem(folded) in THINGS


def bare(written: str) -> str:
    """The words of a keyword without its signs."""
    inside = written.strip()
    for before in ("headline:", "near(", "="):
        inside = inside.removeprefix(before)
    return inside.strip(QUOTES + " =)*")


def chain_stems(texts: Iterable[str]) -> Iterator[str]:
    """The Albanian stems of all words of some texts."""
    return (_stem(word) for text in texts for word in folded_words(text))


def _having(roles: dict[str, Role], role: Role) -> list[str]:
    return [bare(term) for term, found in roles.items() if found == role]


def _stems(text: str) -> tuple[str, ...]:
    return tuple(_stem(word) for word in folded_words(text))


@lru_cache(maxsize=65_536)
def _stem(folded: str) -> str:
    return stem(folded)
