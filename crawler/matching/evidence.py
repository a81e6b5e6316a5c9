"""What in a piece speaks for an event beside the words of a group (pure).

Its place, day, organiser and names, other words of it near by, words for what happens at one; and
whether the words of a group stand so that they speak of one thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from crawler.language.albanian import stem
from crawler.language.folding import folded_words
from crawler.matching.naming import Names, bare
from crawler.matching.places import DAYS, KINDS, stemmed
from crawler.matching.printing import is_press, word_before
from crawler.matching.standing import Found, Group, Piece, every
from crawler.matching.terms import LINKS, BadTerm, Term, read_term
from crawler.models import Event, Signal

NEAR: Final = 25
# words around a keyword of the text in which other words speak of the same
RIGHT_AFTER: Final = 2
# days after the event in which its words with its place speak of it

# What happens at one; ours.
_AT_ONE: Final = stemmed(
    "organizator organizues pjesëmarrës vizitor stendë biletë program edicion fitues ftuar hyrje"
    " skenë juri garues konkurrues ekspozues mysafir vullnetar pilot ceremoni hapje mbyllje"
    " organiser organizer visitor participant ticket programme program winner stage jury"
)

# How events are spoken of that are told in few words; ours.
_OF_ALL: Final = stemmed(
    "kombëtar kombëtare ndërkombëtar ndërkombëtare tradicional tradicionale punime"
)


class Facts:
    """What an event's file says of it, made ready."""

    def __init__(self, event: Event, names: Names, abroad: Sequence[Term] = ()) -> None:
        self.names = names
        self.day = event.date
        self.zone = event.zone
        self.hosts = (*_terms(names.places), *_terms(names.organisers))
        # its places and organisers
        self.abroad = abroad
        # the same as other languages write them
        self.event_words = frozenset(_event_words(names))
        # stems of the words that are the event's and no place, body or person
        self.telling = (KINDS | self.event_words | names.title) - names.home
        # stems by which a text speaks of such an event: kinds, and the words of this one


class Evidence:
    """What speaks for one event in one piece."""

    def __init__(self, facts: Facts, piece: Piece, signals: Sequence[Signal]) -> None:
        self.facts = facts
        self.piece = piece
        self.signals = signals

    @cached_property
    def corroborated(self) -> bool:
        """Whether the piece names the event's place, day, organiser or names in its own words."""
        if any(_is_evidence(signal) for signal in self.signals):
            return True
        return any(found.own for found in self.hosts)

    @cached_property
    def hosts(self) -> list[Found]:
        """Where the event's places and organisers stand."""
        return [found for term in self.facts.hosts for found in self.piece.find(term)]

    @cached_property
    def is_of_the_day(self) -> bool:
        """Whether it came out on the event's day or right after it."""
        published, day = self.piece.told.article.published, self.facts.day
        if published is None or day is None:
            return False
        after = (published.astimezone(ZoneInfo(self.facts.zone)).date() - day).days
        return 0 <= after <= RIGHT_AFTER

    def stems_near(self, found: Found) -> set[str]:
        """Of headline and lead, else of the words around it."""
        if found.part.name != "text":
            return self._head
        low, high = found.hit.first - NEAR, found.hit.last + NEAR + 1
        return {_stem(word.folded) for word in found.part.words[max(0, low) : high]}

    @cached_property
    def _head(self) -> set[str]:
        parts = (part for part in self.piece.told.parts if part.name != "text")
        return {_stem(word.folded) for part in parts for word in part.words}

    def is_hosted_abroad(self, group: Group) -> bool:
        """Whether a text in another language names a host that the group does not ask for."""
        if self.piece.told.article.language in {"sq", None}:
            return False
        asked = {found[0].term.written for found in group}
        wanted = (host for host in self.facts.abroad if host.written not in asked)
        return any(found.own for host in wanted for found in self.piece.find(host))

    @property
    def is_understood(self) -> bool:
        """Whether its words are ones we know enough of to say that nothing speaks for the event."""
        return self.piece.told.article.language in {"sq", None}

    def is_supported(self, group: Group) -> bool:
        """Whether anything beside the words of a group speaks of such an event: a host, a day, a
        word for a kind of event or for what happens at one.
        """
        if self.has_host(group) or self.speaks_near(group):
            return True
        own = [found for found in every([group]) if found.own]
        return self.is_one_sentence(own, held=frozenset({"ne", "in"}))

    def has_host(self, group: Group) -> bool:
        """Whether it names the day, or a host that the group does not ask for."""
        asked = {found[0].term.written for found in group}
        if any(_is_evidence(signal) for signal in self.signals if signal.kind != "place"):
            return True
        return any(found.own and found.term.written not in asked for found in self.hosts)

    def has_other_words(self, group: Group) -> bool:
        """Whether another of the event's words is near, which the group does not ask for."""
        return not (self.facts.event_words - DAYS).isdisjoint(self._near(group))

    def speaks_near(self, group: Group) -> bool:
        """Whether a word for such an event, or for what happens at one, is near."""
        return not (_AT_ONE | self.facts.telling).isdisjoint(self._near(group))

    def is_of_all(self, group: Group) -> bool:
        """Whether an event of the whole country is spoken of near by: konferenca kombëtare."""
        return not _OF_ALL.isdisjoint(self._near(group))

    def _near(self, group: Group) -> set[str]:
        """The stems around the words of a group, but for those that it asks for."""
        asked = {_stem(word) for found in group for word in folded_words(found[0].term.written)}
        own = (found for found in every([group]) if found.own)
        return {stem for found in own for stem in self.stems_near(found)} - asked

    def is_one_sentence(
        self, own: Sequence[Found], held: frozenset[str] = frozenset({"ne", "in", "nje"})
    ) -> bool:
        """Whether a kind of event and a topic stand in one sentence that is no press conference; a
        topic that says where or somebody is none: ekspozitë bujqësore në pazarin e Lushnjës, një
        bletar në konferencën për turizmin.
        """
        kinds = [found for found in own if self.facts.names.role(found.term) == "kind"]
        return any(
            kind.part is found.part
            and kind.part.same_sentence(*sorted((kind.hit.first, found.hit.first)))
            and not is_press(kind)
            for kind in kinds
            for found in own
            if self.facts.names.role(found.term) not in {"kind", "place"}
            and word_before(found.part, found.hit.first) not in held
        )

    def is_near_host(self, told: Group) -> bool:
        """Whether a sentence of the text that holds one of the words names a host as well."""
        return any(
            host.part is found.part
            and found.part.name == "text"
            and found.part.same_sentence(*sorted((found.hit.first, host.hit.first)))
            for found in every([told])
            for host in self.hosts
        )


def _event_words(names: Names) -> Iterator[str]:
    for group in names.groups:
        for written in group:
            role = names.role(read_term(written))
            if role in {"kind", "name"} or (role == "word" and not bare(written)[:1].isupper()):
                yield from (_stem(word) for word in folded_words(written) if word not in LINKS)


def _terms(written: Iterable[str]) -> Iterator[Term]:
    for each in written:
        try:
            yield read_term(each)
        except BadTerm:
            continue


def _is_evidence(signal: Signal) -> bool:
    """A day counts where it is printed: what came out on it need not be about it."""
    if signal.kind == "date":
        return not (signal.words[:4].isdecimal() and signal.words[4:5] == "-")
    return signal.kind in {"place", "organiser", "name"}


@lru_cache(maxsize=65_536)
def _stem(folded: str) -> str:
    return stem(folded)
