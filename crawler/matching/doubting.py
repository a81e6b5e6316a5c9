"""Whether the words of a group name the event, or only stand in a text about something else (pure).

Sure is a piece that names the event: its name as a name, or its words together with its place, day
or organiser. Everything here looks for what says otherwise, and the first reason found is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from crawler.language.albanian import stem
from crawler.language.folding import folded_words
from crawler.matching.article_words import Part
from crawler.matching.doubts import Doubt
from crawler.matching.evidence import Evidence, Facts
from crawler.matching.kinds import Ours
from crawler.matching.naming import GIVEN, Names, Role, bare, is_thing
from crawler.matching.places import KINDS, stemmed
from crawler.matching.printing import (
    are_together,
    follows_name,
    is_capital,
    is_early,
    is_idiom,
    is_name,
    is_press,
    is_quoted,
    is_small_name,
    printed,
    says_kind,
    stands_bare,
    stands_beside,
    stands_for_kind,
)
from crawler.matching.snippets import LONGEST, one_line
from crawler.matching.standing import Found, Group, Piece, every
from crawler.matching.terms import LINKS, QUOTES, Term, read_term
from crawler.models import Event, Signal

ENOUGH: Final = 2
# keywords of a group that has more, of which one is misspelt: the others tell what was meant
KIND_BEFORE: Final = 3
# words before a person's name among which "memoriali" makes it an event's

# What a piece may be about beside a kind of event.
_ACTIVITIES: Final = KINDS | stemmed(
    "kurs trajnim leksion premierë punëtori aksion mbledhje panel workshop training course lecture"
)
_PLACED: Final = frozenset({"kind", "place"})
# A group of these alone: maratonë, Vlorë.
# Doubts that are none where nothing speaks for the event.
_SETTLED: Final = frozenset({"common-words", "person", "other-thing", "far-apart", "other-event"})


class Doubting:
    """The reasons to doubt a match of one event."""

    def __init__(self, event: Event, names: Names, abroad: Sequence[Term] = ()) -> None:
        self.names = names
        self.facts = Facts(event, names, abroad)
        self._alone = all(len(group) == 1 for group in names.groups)
        roles = (names.role(read_term(term)) for group in names.groups for term in group)
        self._says_more = not {"kind", "name", "person"}.isdisjoint(roles)

    def of(self, piece: Piece, groups: Sequence[Group], signals: Sequence[Signal]) -> Doubt | None:
        """The reason to ask about a piece in whose own words `groups` stand whole."""
        look = Look(self, piece, signals)
        doubts = [look.of(group) for group in groups]
        if None in doubts:
            return look.related(groups)
        doubt = next(filter(None, doubts), None)
        if doubt is None:
            return None
        settled = (
            doubt.kind in _SETTLED
            and (doubt.kind != "other-event" or doubt.settled)
            and look.evidence.is_understood
            and not any(map(look.evidence.is_supported, groups))
            and not (doubt.kind == "far-apart" and look.is_likely(groups))
            and not (doubt.kind == "common-words" and _is_plain(groups))
        )
        return replace(doubt, settled=settled)

    def close(self, piece: Piece, group: Group) -> bool:
        """Whether the words of a group that is only suggested stand together in one place."""
        own = [[found for found in places if found.own] for places in group]
        return all(own) and are_together(own, piece)

    def vouches(self, piece: Piece, group: Group, signals: Sequence[Signal]) -> bool:
        """Whether a name that is only suggested is the event's all the same: its day, a host or
        another of its words that the group does not ask for is named as well, or the group has more
        words than a slip can make, and nothing is to be doubted.
        """
        look = Look(self, piece, signals)
        roles = {self.names.role(found[0].term) for found in group}
        if roles <= {"place", "organiser", "venue"}:
            return False
        named = (
            (len(group) > ENOUGH and look.evidence.is_understood)
            or look.evidence.has_host(group)
            or look.evidence.has_other_words(group)
            or look.evidence.is_hosted_abroad(group)
        )
        return named and look.of(group) is None

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
        self.facts = doubting.facts
        self.evidence = Evidence(doubting.facts, piece, signals)

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
                if all(map(is_idiom, own)) or (role == "word" and all(map(is_small_name, own))):
                    return Doubt(kind="common-words", words=own[0].because.form)
                people = [self._person(found) for found in own] if role != "name" else []
                if role != "person" and people and all(people):
                    return Doubt(kind="person", words=str(people[0]))
        return None

    def _person(self, found: Found) -> str | None:
        """`Artan Durrësi`, and where the keyword is a given name, `Zana Krasniqi` or `Zana`."""
        if found.term.written.strip().casefold() not in GIVEN:
            return self._surname(found)
        if is_quoted(found) or self._kind_beside(found):
            return None
        return printed(found.part, found.hit.first, found.hit.last + follows_name(found))

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
        if self.evidence.corroborated or self.evidence.is_of_the_day:
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
        better = self.facts.event_words if proper else self.doubting.says_more
        if "kind" in roles or not better:
            return None
        if self._names_event(group) or self._is_title(group):
            return None
        words = ", ".join(dict.fromkeys(found[0].because.form for found in group))
        return Doubt(kind="only-hosts" if proper else "only-topic", words=words)

    def _is_title(self, group: Group) -> bool:
        """Whether the words stand as in the event's title: bazarin e bamirësisë."""
        asked = {_stem(word) for found in group for word in folded_words(found[0].term.written)}
        one, *others = [[found for found in places if found.own] for places in group]
        return asked <= self.names.title and any(
            all(any(_are_side_by_side(first, other) for other in places) for places in others)
            for first in one
            if others
        )

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
            wanted = self.facts.event_words | (self.names.title - self.names.home)
            own = (found for found in every([group]) if found.own)
            return any(len(wanted & self.evidence.stems_near(found)) >= least for found in own)
        if self.evidence.has_host(group) or ("place" in roles and self.evidence.is_of_the_day):
            return True
        if not self.facts.hosts and len(group) > 1:
            return True  # nobody said where or by whom, so nothing more can be asked for
        asked = {_stem(word) for found in group for word in folded_words(found[0].term.written)}
        wanted = self.facts.telling - asked
        return any(
            wanted & self.evidence.stems_near(found) for found in every([group]) if found.own
        )

    # --- kinds ------------------------------------------------------------------------

    def _kind(self, group: Group) -> Doubt | None:
        """Where every word for the kind of event belongs to another: festivali i birrës."""
        for places in group:
            if self.names.role(places[0].term) == "kind":
                others = [
                    self._ours(group).other(found)
                    if not self.doubting.words_alone or is_press(found)
                    else None
                    for found in places
                    if found.own
                ]
                told = [other for other in others if other]
                if told and len(told) == len(others):
                    plain = all(plainly for _, plainly in told)
                    return Doubt(kind="other-event", words=told[0][0], settled=plain)
        return None

    def _ours(self, group: Group) -> Ours:
        """What the piece says of whose its words for kinds of events are."""
        own = [found for found in every([group]) if found.own]
        return Ours(
            words=self.names.own,
            topics=self.names.own - self.names.home,
            hosted=self.evidence.corroborated,
            topical=self.evidence.is_one_sentence(own),
        )

    # --- together ---------------------------------------------------------------------

    def _apart(self, group: Group) -> Doubt | None:
        """Where the words of a group stand far from one another, or without any of the event's."""
        own = [[found for found in places if found.own] for places in group]
        roles = [self.names.role(places[0].term) for places in own]
        told = [places for places, role in zip(own, roles, strict=True) if role != "place"]
        if {*roles} == _PLACED:
            told = own  # the place alone makes the kind this event's
        if len(group) == 1 or not told:
            return None
        if are_together(told, self.piece):
            return self._loose(group) if "kind" in roles else None
        begun = any(found.part.name != "text" for found in every([told]))
        if (begun and self.evidence.is_near_host(told)) or self._is_followed_up(own):
            return None
        return _far(group)

    def _loose(self, group: Group) -> Doubt | None:
        """Where the kind and the topic stand in different sentences, and nothing says that they
        belong together: no host, no day, no other word of the event or for what happens at one.
        """
        evidence = self.evidence
        own = [found for found in every([group]) if found.own]
        if not self.facts.hosts or evidence.corroborated or evidence.is_of_the_day:
            return None
        if all(self.names.role(found.term) in {"kind", "place"} for found in own):
            return None
        if evidence.is_one_sentence(own, held=frozenset()) or evidence.speaks_near(group):
            return None
        if evidence.is_of_all(group):
            return None
        shown = (f.part.name == "headline" and stands_bare(f) for f in own if self._is_kind(f))
        return None if any(shown) else _far(group)

    def _is_followed_up(self, own: Group) -> bool:
        """Whether headline and lead hold a topic or a name and a host, and the text goes back to
        the event as one that is known: "kur u dhamë në festival".
        """
        kinds = [places for places in own if self._is_kind(places[0])]
        if any(any(f.part.name != "text" for f in each) == (each in kinds) for each in own):
            return False
        if not any(host.own and host.part.name != "text" for host in self.evidence.hosts):
            return False
        placed = {self.names.role(places[0].term) for places in own} == _PLACED
        back = any(stands_bare(found) for places in kinds for found in places)
        return back and (not placed or self.evidence.is_of_the_day)

    def is_likely(self, groups: Sequence[Group]) -> bool:
        """Whether the piece begins with a word of its keywords, or holds a kind and its place."""
        if any(is_early(found, self.piece) for found in every(groups) if found.own):
            return True
        return any({self.names.role(f[0].term) for f in group} == _PLACED for group in groups)

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

    def _is_kind(self, found: Found) -> bool:
        return self.names.role(found.term) == "kind"

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
                if found in _ACTIVITIES - self.names.own and not self._is_ours(each, place):
                    return one_line(each.text[each.words[place].start :])[:60]
            if each is part:
                return None
        return None

    def _is_ours(self, part: Part, at: int) -> bool:
        """Whether a word of the event says of what it is: aksioni i pastrimit."""
        told = [word.folded for word in part.words[at + 1 : at + 3]]
        return len(told) > 1 and told[0] in LINKS and _stem(told[1]) in self.names.own


def _far(group: Group) -> Doubt:
    words = " … ".join(dict.fromkeys(found[0].because.form for found in group))
    return Doubt(kind="far-apart", words=words[:LONGEST])


def _are_side_by_side(one: Found, other: Found) -> bool:
    """Whether nothing but a link stands between two words."""
    left, right = sorted((one.hit, other.hit))
    between = one.part.words[left.last + 1 : right.first]
    return one.part is other.part and all(word.folded in LINKS for word in between)


def _is_plain(groups: Sequence[Group]) -> bool:
    """Whether a keyword of several words is written small, so that they may be meant as printed."""
    written = (found[0].term for group in groups for found in group)
    return any(len(term.runs[0].forms) > 1 and bare(term.written).islower() for term in written)


@lru_cache(maxsize=65_536)
def _stem(folded: str) -> str:
    return stem(folded)
