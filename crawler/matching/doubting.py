"""Whether the words of a group name the event, or only stand in a text about something else (pure).

Sure is a piece that names the event: its name as a name, or its words together with its place, day
or organiser. Everything here looks for what says otherwise, and the first reason found is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from crawler.language.albanian import stem
from crawler.language.folding import folded_words
from crawler.matching.article_words import Part
from crawler.matching.doubts import Doubt
from crawler.matching.naming import GIVEN, Names, Role, bare, is_thing
from crawler.matching.places import KINDS, TOWNS, stemmed
from crawler.matching.printing import (
    PRESS,
    are_together,
    is_capital,
    is_early,
    is_name,
    is_press,
    printed,
    says_kind,
    stands_beside,
    stands_for_kind,
    word_before,
)
from crawler.matching.snippets import LONGEST, one_line
from crawler.matching.standing import Found, Group, Piece, every
from crawler.matching.terms import LINKS, QUOTES, BadTerm, Term, read_term
from crawler.models import Event, Signal

NEAR: Final = 25
# words around a keyword of the text in which other words speak of the same
RIGHT_AFTER: Final = 2
# days after the event in which its words with its place speak of it
KIND_BEFORE: Final = 3
# words before a person's name among which "memoriali" makes it an event's

# An Albanian noun in the genitive, folded: panairi i mjaltit, festivali i birrës.
_GENITIVE: Final = ("it", "ut", "ve", "es", "se")
# What may follow a word for a kind of event and names none.
_NEUTRAL: Final = stemmed(
    "hënë martë mërkurë enjte premte shtunë diel qytet vend vit zonë qark rajon sezon muaj javë"
    " ditë fundjavë mbrëmje shekull fshat lagje bashki vendit dytë tretë katërt pestë botë rradhë"
    " radhë shqipëri kosovë janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor"
    " dhjetor kësaj këtij tyre saj tij shoqatë organizatë bashki universitet ministri institut"
)
# Kinds by their adjectives: a conference of these is none of ours unless the event says so.
_OTHERWISE: Final = stemmed("zgjedhor zgjedhore ekonomik ekonomike politik politike mjekësor")
# What a piece may be about beside a kind of event.
_ACTIVITIES: Final = KINDS | stemmed(
    "kurs trajnim leksion premierë punëtori aksion mbledhje panel workshop training course lecture"
)
# What happens at one; ours.
_AT_ONE: Final = stemmed(
    "organizator organizues pjesëmarrës vizitor stendë biletë program edicion fitues ftuar hyrje"
    " skenë juri garues konkurrues ekspozues mysafir vullnetar pilot ceremoni hapje mbyllje"
    " organiser organizer visitor participant ticket programme program winner stage jury"
)
# Doubts that are none where nothing speaks for the event.
_SETTLED: Final = frozenset({"common-words", "person", "other-thing", "far-apart", "other-event"})


class Doubting:
    """The reasons to doubt a match of one event."""

    def __init__(self, event: Event, names: Names) -> None:
        self.names = names
        self.day = event.date
        self.zone = event.zone
        self._alone = all(len(group) == 1 for group in names.groups)
        self._words = frozenset(_event_words(names))
        roles = (names.role(read_term(term)) for group in names.groups for term in group)
        self._says_more = not {"kind", "name", "person"}.isdisjoint(roles)
        self._hosts = [*_terms(names.places), *_terms(names.organisers)]
        self._telling = (KINDS | self._words | names.title) - names.home

    def of(self, piece: Piece, groups: Sequence[Group], signals: Sequence[Signal]) -> Doubt | None:
        """The reason to ask about a piece in whose own words `groups` stand whole."""
        look = Look(self, piece, signals)
        doubts = [look.of(group) for group in groups]
        if None in doubts:
            return look.related(groups)
        doubt = next(filter(None, doubts), None)
        if (
            doubt
            and doubt.kind in _SETTLED
            and look.is_understood
            and not any(map(look.is_supported, groups))
            and not (doubt.kind == "far-apart" and look.is_early(groups))
            and not (doubt.kind == "common-words" and _is_plain(groups))
        ):
            return replace(doubt, settled=True)
        return doubt

    def close(self, piece: Piece, group: Group) -> bool:
        """Whether the words of a group that is only suggested stand together in one place."""
        own = [[found for found in places if found.own] for places in group]
        return all(own) and are_together(own, piece)

    @property
    def event_words(self) -> frozenset[str]:
        """Stems of the words that are the event's and no place, body or person."""
        return self._words

    @property
    def telling(self) -> frozenset[str]:
        """Stems by which a text speaks of such an event: kinds, and the words of this one."""
        return self._telling

    @property
    def hosts(self) -> Sequence[Term]:
        """Its places and organisers."""
        return self._hosts

    @property
    def words_alone(self) -> bool:
        """Whether each of its groups is one keyword: then that is what its owner asks for."""
        return self._alone

    @property
    def says_more(self) -> bool:
        """Whether a keyword names the event or its kind: else its words are all there is."""
        return self._says_more


class Look:
    """One piece, looked at for one event."""

    def __init__(self, doubting: Doubting, piece: Piece, signals: Sequence[Signal]) -> None:
        self.doubting = doubting
        self.names = doubting.names
        self.piece = piece
        self.signals = signals

    def of(self, group: Group) -> Doubt | None:
        """The reason to doubt that a group names the event."""
        roles = {self.names.role(found[0].term) for found in group}
        named = [
            found
            for found in group
            if "kind" not in roles and self.names.role(found[0].term) in {"name", "person"}
        ]
        return (
            self._someone_else(group)
            or (self._name(named) if named else None)
            or (None if named else self._only(group, roles))
            or (None if named else self._kind(group))
            or (None if named else self._apart(group))
        )

    # --- names ------------------------------------------------------------------------

    def _someone_else(self, group: Group) -> Doubt | None:
        """Where a name stands only as somebody's surname or as the name of something else."""
        for places in group:
            own = [found for found in places if found.own]
            role = self.names.role(own[0].term)
            if role in {"name", "person", "place", "word"} and own[0].term.runs[0].style != "exact":
                things = [self._thing(found) for found in own]
                if all(things):
                    return Doubt(kind="other-thing", words=str(things[0]))
                people = [self._surname(found) for found in own] if role != "name" else []
                if role != "person" and people and all(people):
                    return Doubt(kind="person", words=str(people[0]))
        return None

    def _thing(self, found: Found) -> str | None:
        """`Kafe "Dritat e Malit"`: what else has the name."""
        at, part = found.hit.first - 1, found.part
        if at < 0 or not is_capital(part, found.hit.first) or not is_thing(part.words[at].folded):
            return None
        if _stem(part.words[at].folded) in self.names.own:
            return None
        between = part.text[part.words[at].end : part.words[at + 1].start]
        return printed(part, at, found.hit.last) if not between.strip(QUOTES + " ") else None

    def _surname(self, found: Found) -> str | None:
        """`Artan Durrësi`."""
        at, part = found.hit.first - 1, found.part
        if at < 0 or part.words[at].folded not in GIVEN or not is_capital(part, at):
            return None
        if part.text[part.words[at].end : part.words[at + 1].start].strip():
            return None
        return printed(part, at, found.hit.last)

    def _name(self, named: Sequence[Sequence[Found]]) -> Doubt | None:
        """Where a name is a person's, or its words may be common ones."""
        own = [found for places in named for found in places if found.own]
        first = own[0]
        if self.names.role(first.term) == "person":
            if any(self._kind_beside(found) for found in own):
                return None
            return Doubt(kind="person", words=first.because.form)
        if self.corroborated or self._is_of_the_day:
            return None
        if says_kind(first) or any(map(is_name, own)):
            return None
        return Doubt(kind="common-words", words=first.because.form)

    def _kind_beside(self, found: Found) -> bool:
        """`Memoriali "Agron Lisi"`, `the Agron Lisi Memorial`."""
        part, first, last = found.part, found.hit.first, found.hit.last
        around = [*range(max(0, first - KIND_BEFORE), first), last + 1]
        return any(
            at < len(part.words)
            and stands_for_kind(part, at)
            and part.same_line(*sorted((at, first)))
            for at in around
        )

    # --- words ------------------------------------------------------------------------

    def _only(self, group: Group, roles: set[Role]) -> Doubt | None:
        """Where a group holds only who and where, or only a topic, and the piece no more."""
        proper = all(self._is_proper(found) for found in group)
        better = self.doubting.event_words if proper else self.doubting.says_more
        if "kind" in roles or not better:
            return None
        if self._names_event(group):
            return None
        words = ", ".join(dict.fromkeys(found[0].because.form for found in group))
        return Doubt(kind="only-hosts" if proper else "only-topic", words=words)

    def _is_proper(self, places: Sequence[Found]) -> bool:
        role = self.names.role(places[0].term)
        return role in {"place", "organiser", "venue"} or bare(places[0].term.written)[:1].isupper()

    def _names_event(self, group: Group) -> bool:
        """Whether a word of the event stands beside a host, or another of its words is near."""
        proper = [self._is_proper(found) for found in group]
        roles = [self.names.role(found[0].term) for found in group]
        hosted = any(
            of_name and role in {"word", "organiser"}
            for of_name, role in zip(proper, roles, strict=True)
        )
        if hosted and not all(proper):
            return True
        if all(proper):
            least = 1 if len(group) > 1 else 2  # a host alone has many events of a kind
            wanted = self.doubting.event_words | (self.names.title - self.names.home)
            own = (found for found in every([group]) if found.own)
            return any(len(wanted & self._stems_near(found)) >= least for found in own)
        if self._has_host(group) or ("place" in roles and self._is_of_the_day):
            return True
        if not self.doubting.hosts and len(group) > 1:
            return True  # nobody said where or by whom, so nothing more can be asked for
        asked = {_stem(word) for found in group for word in folded_words(found[0].term.written)}
        wanted = self.doubting.telling - asked
        return any(wanted & self._stems_near(found) for found in every([group]) if found.own)

    @cached_property
    def _is_of_the_day(self) -> bool:
        """Whether it came out on the event's day or right after it."""
        published, day = self.piece.told.article.published, self.doubting.day
        if published is None or day is None:
            return False
        after = (published.astimezone(ZoneInfo(self.doubting.zone)).date() - day).days
        return 0 <= after <= RIGHT_AFTER

    def _stems_near(self, found: Found) -> set[str]:
        """Of headline and lead, else of the words around it."""
        if found.part.name != "text":
            return self._head
        low, high = found.hit.first - NEAR, found.hit.last + NEAR + 1
        return {_stem(word.folded) for word in found.part.words[max(0, low) : high]}

    @cached_property
    def _head(self) -> set[str]:
        parts = (part for part in self.piece.told.parts if part.name != "text")
        return {_stem(word.folded) for part in parts for word in part.words}

    # --- kinds ------------------------------------------------------------------------

    def _kind(self, group: Group) -> Doubt | None:
        """Where every word for the kind of event belongs to another: festivali i birrës."""
        for places in group:
            if self.names.role(places[0].term) == "kind":
                others = [
                    self._other_kind(found)
                    if not self.doubting.words_alone or is_press(found)
                    else None
                    for found in places
                    if found.own
                ]
                if others and all(others):
                    return Doubt(kind="other-event", words=str(others[0]))
        return None

    def _other_kind(self, found: Found) -> str | None:
        part, at = found.part, found.hit.last
        told = [word.folded for word in part.words[at + 1 : at + 5]]
        if is_press(found):
            return printed(part, max(0, at - (word_before(part, at) in PRESS)), at + 2)
        if told[:1] and _stem(told[0]) in _OTHERWISE - self.names.own:
            return printed(part, at, at + 1)
        for link in (0, 1):  # an adjective may stand between: konferenca kombëtare e partisë
            of, *more = told[link : link + 3] or [""]
            if of in LINKS and more and self._is_other(more[0]):
                ours = len(more) > 1 and _stem(more[1]) in self.names.own
                if not ours and part.same_sentence(at, at + link + 2):
                    return printed(part, at, at + link + 2)
            if of in LINKS or _stem(of) in self.names.own:
                return None
        return None

    def _is_other(self, folded: str) -> bool:
        """Whether it is a noun in the genitive that the event has nothing to do with."""
        found = _stem(folded)
        if folded in LINKS:
            return False
        return folded.endswith(_GENITIVE) and found not in self.names.own | _NEUTRAL | TOWNS

    # --- together ---------------------------------------------------------------------

    def _apart(self, group: Group) -> Doubt | None:
        """Where the words of a group stand far from one another, or without any of the event's."""
        told = [
            [found for found in places if found.own]
            for places in group
            if self.names.role(places[0].term) != "place"
        ]
        if len(group) == 1 or not told or are_together(told, self.piece):
            return None
        if any(found.part.name != "text" for found in every([told])) and self._is_near_host(told):
            return None
        words = " … ".join(dict.fromkeys(found[0].because.form for found in group))
        return Doubt(kind="far-apart", words=words[:LONGEST])

    def _is_near_host(self, told: Group) -> bool:
        """Whether a sentence of the text that holds one of the words names a host as well."""
        return any(
            host.part is found.part
            and found.part.name == "text"
            and found.part.same_sentence(*sorted((found.hit.first, host.hit.first)))
            for found in every([told])
            for host in self._hosts
        )

    @cached_property
    def corroborated(self) -> bool:
        """Whether the piece names the event's place, day, organiser or names in its own words."""
        if any(_is_evidence(signal) for signal in self.signals):
            return True
        return any(found.own for found in self._hosts)

    @cached_property
    def _hosts(self) -> list[Found]:
        """Where the event's places and organisers stand."""
        return [found for term in self.doubting.hosts for found in self.piece.find(term)]

    # --- for it -----------------------------------------------------------------------

    @property
    def is_understood(self) -> bool:
        """Whether its words are ones we know enough of to say that nothing speaks for the event."""
        return self.piece.told.article.language in {"sq", None}

    def is_supported(self, group: Group) -> bool:
        """Whether anything beside the words of a group speaks of such an event: a host, a day, a
        word for a kind of event or for what happens at one.
        """
        asked = {_stem(word) for found in group for word in folded_words(found[0].term.written)}
        own = [found for found in every([group]) if found.own]
        if self._has_host(group):
            return True
        if any(self._speaks_of_one(self._stems_near(found) - asked) for found in own):
            return True
        return self._is_one_sentence(own)

    def _has_host(self, group: Group) -> bool:
        """Whether it names the day, or a host that the group does not ask for."""
        terms = {found[0].term for found in group}
        if any(_is_evidence(signal) for signal in self.signals if signal.kind != "place"):
            return True
        return any(found.own and found.term not in terms for found in self._hosts)

    def _speaks_of_one(self, stems: set[str]) -> bool:
        return not (_AT_ONE.isdisjoint(stems) and self.doubting.telling.isdisjoint(stems))

    def _is_one_sentence(self, own: Sequence[Found]) -> bool:
        """Whether a kind of event and a topic stand in one sentence that is no press conference."""
        kinds = [found for found in own if self.names.role(found.term) == "kind"]
        return any(
            kind.part is found.part
            and kind.part.same_sentence(*sorted((kind.hit.first, found.hit.first)))
            and not is_press(kind)
            for kind in kinds
            for found in own
            if self.names.role(found.term) not in {"kind", "place"}
        )

    def is_early(self, groups: Sequence[Group]) -> bool:
        """Whether a word of its keywords is what the piece begins with."""
        return any(is_early(found, self.piece) for found in every(groups) if found.own)

    # --- beside -----------------------------------------------------------------------

    def related(self, groups: Sequence[Group]) -> Doubt | None:
        """Where the head speaks of another activity, held before or around the event."""
        own = [found for found in every(groups) if found.own and found.part.name != "text"]
        if not own or len(own) < sum(1 for found in every(groups) if found.own):
            return None
        marked = [found for found in own if stands_beside(found)]
        kinds = [found for found in own if self.names.role(found.term) != "place"]
        heads = [found for found in kinds if self._is_head(found)]
        if not marked or not all(stands_beside(found) for found in heads):
            return None
        activity = self._activity(min(found.hit.first for found in marked), marked[0].part)
        return Doubt(kind="related-event", words=activity) if activity else None

    def _is_head(self, found: Found) -> bool:
        """Whether it can be the event's own name: a kind, a name; a topic alone is not."""
        return self.names.role(found.term) in {"kind", "name", "person"}

    def _activity(self, at: int, part: Part) -> str | None:
        """The first word for another kind of thing to go to, before the event is named."""
        for each in self.piece.told.parts:
            if each.name == "text":
                continue
            stop = at if each is part else len(each.words)
            for place in range(stop):
                found = _stem(each.words[place].folded)
                if found in _ACTIVITIES and found not in self.names.own:
                    return one_line(each.text[each.words[place].start :])[:60]
            if each is part:
                return None
        return None


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


def _is_plain(groups: Sequence[Group]) -> bool:
    """Whether a keyword of several words is written small, so that they may be meant as printed."""
    written = (found[0].term for group in groups for found in group)
    return any(len(term.runs[0].forms) > 1 and bare(term.written).islower() for term in written)


def _is_evidence(signal: Signal) -> bool:
    """A day counts where it is printed: what came out on it need not be about it."""
    if signal.kind == "date":
        return not (signal.words[:4].isdecimal() and signal.words[4:5] == "-")
    return signal.kind in {"place", "organiser", "name"}


@lru_cache(maxsize=65_536)
def _stem(folded: str) -> str:
    return stem(folded)
