"""The review queue of an event: what waits for a person, and what they say to each piece."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from crawler.event_matches import texts_of
from crawler.matching import find, prepare, read_term
from crawler.models import Article, Decision, Event, Match, OutletKind, Verdict
from crawler.record import Record, decisions, kept_matches, read
from jehona.actions.errors import NothingDone, Unknown, Wrong
from jehona.actions.matches import (
    Pair,
    Pairs,
    kept_in,
    match_json,
    piece_named,
)
from jehona.actions.office import Office
from jehona.actions.review_order import Choices, EventPlaces, LinedUp, Narrowed, Show

# What `Piece.seen` says where nobody decided yet.
NOBODY: Final = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of the queue."""

    article: Article
    match: Match
    # of the outlet
    outlet_name: str
    # the latest word upon it, a taken-back one too; None where nobody said any
    decision: Decision | None

    @property
    def seen(self) -> str:
        """What whoever decides now knows of, for `decide`."""
        return self.decision.uid if self.decision else NOBODY

    def as_json(self, zone: ZoneInfo) -> dict[str, Any]:
        """The match of docs/json.md, and what a person looks at beside it."""
        said = self.decision
        return {
            **match_json((self.article, self.match), zone),
            "outlet_name": self.outlet_name or None,
            "language": self.article.language,
            "by": said and said.by,
            "note": said and said.note,
            "seen": self.seen,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The pieces that were asked for, in the order in which they are decided on."""

    event: Event
    # those of the stretch that was asked for
    pieces: tuple[Piece, ...]
    # how many there are of each kind, before outlet, language and day narrow them
    counts: Mapping[Show, int]
    # how many there are after that, of which `pieces` begin at `start`
    total: int
    start: int = 0
    choices: Choices = field(default_factory=Choices)
    # how many of all that waits is sure
    sure: int = 0

    def as_json(self) -> dict[str, Any]:
        """The queue; moments in the event's zone."""
        zone = ZoneInfo(self.event.zone)
        return {
            "event": self.event.slug,
            "counts": self.counts,
            "pieces": [piece.as_json(zone) for piece in self.pieces],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a keyword stands in a field: characters from `start` up to `end`."""

    field: str
    start: int
    end: int
    # as it stands in the event's file
    term: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One piece, looked at closely."""

    event: Event
    piece: Piece
    # in order, overlapping where terms do
    marks: tuple[Mark, ...]
    # the pieces that carry the same text, without it
    story: Pairs
    # every word upon it for this event, the latest last
    history: tuple[Decision, ...]
    # whether a page of it was fetched, and not only what the outlet's list said
    page_kept: bool = False

    def as_json(self) -> dict[str, Any]:
        """The card; moments in the event's zone."""
        zone, article = ZoneInfo(self.event.zone), self.piece.article
        return {
            "event": self.event.slug,
            **self.piece.as_json(zone),
            "lead": article.lead,
            "text": article.text,
            "marks": self.marks,
            "story": [match_json(pair, zone) for pair in self.story],
            "decisions": self.history,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What a person decided, as it was kept."""

    # slug
    event: str
    # address, None where it has none, and decision
    made: tuple[tuple[str | None, Decision], ...]
    # what somebody had said in the meantime: it no longer holds
    overruled: tuple[Decision, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        rows = [
            {"url": url, "decision": one.value, "article": one.article} for url, one in self.made
        ]
        overruled = {"overruled": self.overruled} if self.overruled else {}
        return {"event": self.event, "decisions": rows, **overruled}


def queue(
    office: Office,
    event: str,
    *,
    show: Show = Show.WAITING,
    outlet: str | None = None,
    language: str | None = None,
    day: date | None = None,
    start: int = 0,
    most: int | None = None,
) -> Queue:
    """The pieces of one kind, narrowed by outlet, language and day in the event's zone.

    At most `most` from the `start`th on. Read only. Raises RegistryError for an unknown event or
    outlet, RecordRefused.
    """
    what, outlets = office.event(event), office.outlets()
    narrowed = Narrowed(show=show, outlet=outlet, language=language, day=day)
    with office.to_read() as record:
        found = EventPlaces.of(record, what, outlets)
        lined_up = LinedUp.of(found, narrowed)
        shown = lined_up.places[start : None if most is None else start + most]
        pieces = _pieces(record, found, [place.key for place in shown])
    return Queue(
        event=what,
        pieces=pieces,
        counts=lined_up.counts,
        total=len(lined_up.places),
        start=start,
        choices=lined_up.choices,
        sure=lined_up.sure,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One card of a queue, with its place in it: what a page shows at a time."""

    event: Event
    narrowed: Narrowed
    # None where the queue is empty, or has been gone through
    card: Card | None
    # from 0; None where the card is not of this queue
    place: int | None
    total: int
    # keys of the pieces before and after it
    before: str | None
    after: str | None
    counts: Mapping[Show, int]
    choices: Choices
    # how many of all that waits is sure
    sure: int


def look(
    office: Office,
    event: str,
    narrowed: Narrowed,
    *,
    piece: str | None = None,
    after: str | None = None,
    with_story: bool = False,
) -> Look:
    """The card of `piece`, else of what comes after another, else the first of the queue.

    Both are named by key or address; what comes `after` one that was decided is what came after it
    before. Without `with_story` its card has no other pieces: `card` has them. Read only. Raises
    as `card` does.
    """
    what, outlets = office.event(event), office.outlets()
    with office.to_read() as record:
        found = EventPlaces.of(record, what, outlets)
        lined_up = LinedUp.of(found, narrowed)
        if piece is not None:
            key: str | None = piece_named(record, piece, what.slug).key
        else:
            key = lined_up.after(after and piece_named(record, after, what.slug).key)
        shown = key and _card(record, found, key, with_story=with_story)
        place = lined_up.place(key)
        return Look(
            event=what,
            narrowed=narrowed,
            card=shown or None,
            place=place,
            total=len(lined_up.places),
            before=lined_up.key_at(place - 1) if place else None,
            after=None if place is None else lined_up.key_at(place + 1),
            counts=lined_up.counts,
            choices=lined_up.choices,
            sure=lined_up.sure,
        )


def card(office: Office, event: str, article: str) -> Card:
    """One piece of an event, by key or address: its words marked, why, its story, who said what.

    Read only. Raises RegistryError, RecordRefused; Unknown for what is no piece of this event.
    """
    what = office.event(event)
    with office.to_read() as record:
        key = piece_named(record, article, what.slug).key
        found = EventPlaces.of(record, what, office.outlets())
        return _card(record, found, key, with_story=True)


def _card(record: Record, found: EventPlaces, key: str, *, with_story: bool) -> Card:
    """Raises Unknown for what is no piece of this event."""
    event = found.event
    of_event = any(place.key == key for place in found.every)
    piece = next(iter(_pieces(record, found, [key])), None) if of_event else None
    if piece is None:
        raise Unknown(
            "{key}: no keyword of {slug} finds it, and nobody accepted it", key=key, slug=event.slug
        )
    return Card(
        event=event,
        piece=piece,
        marks=tuple(_marks(event, piece.article)),
        story=_story(record, found, key) if with_story else (),
        history=decisions.history(record, event=event.slug, article=key),
        page_kept=read.has_page(record, key),
    )


def _story(record: Record, found: EventPlaces, key: str) -> Pairs:
    """The other counted pieces that carry the same text, the first to publish first."""
    own = {slug for slug, outlet in found.asked.items() if outlet.kind is OutletKind.OWN}
    counted = found.asked.keys() - own
    keys = [p.key for p in found.every if p.outlet in counted and p.counts]
    texts = _whole(record, found, dict.fromkeys((*keys, key)))
    stories = texts_of(record, found.event, [one[0] for one in texts.values()]).stories
    of_it = ([piece.article for piece in story.pieces] for story in stories)
    same = next((each for each in of_it if key in each), [])
    return tuple(texts[one] for one in same if one != key)


def _pieces(record: Record, found: EventPlaces, keys: Sequence[str]) -> tuple[Piece, ...]:
    """These pieces of an event with all their words and reasons, in this order."""
    whole = _whole(record, found, keys)
    last = kept_matches.verdicts(record, found.event.slug, keys)
    return tuple(_piece(whole[key], found, last) for key in keys if key in whole)


def _whole(record: Record, found: EventPlaces, keys: Collection[str]) -> Mapping[str, Pair]:
    """By key."""
    if found.judged:
        told = [found.judged[key] for key in keys if key in found.judged]
    else:
        told = list(kept_matches.whole(record, found.event.slug, keys))
    return {pair[0].key: pair for pair in told}


def decide(
    office: Office,
    event: str,
    *,
    accept: Sequence[str] = (),
    reject: Sequence[str] = (),
    waiting: Literal["sure", "all"] | None = None,
    note: str | None = None,
    seen: Mapping[str, str] | None = None,
) -> Verdicts:
    """Keep verdicts upon pieces, by key or address, and upon all that waits: all or none.

    `seen` has what was known of a piece by its key (`Piece.seen`): where somebody decided since,
    the new word holds, and theirs is told. Raises RegistryError, Unknown for a piece that the
    record does not have, Wrong for nobody and for two verdicts upon one piece, RecordRefused.
    """
    what, by, now = office.event(event), office.who(), office.clock()
    outlets = office.outlets() if waiting else {}
    with office.existing() as record, record.transaction():
        said: dict[str, tuple[Article, Verdict]] = {}
        for name, verdict in _named(accept, reject):
            article = piece_named(record, name, what.slug)
            if said.setdefault(article.key, (article, verdict))[1] != verdict:
                raise Wrong("{name}: --accept and --reject at once: which?", name=name)
        found = kept_in(record, what, outlets) if waiting else None
        for article, _ in (found.waiting if waiting == "all" else found.sure) if found else ():
            said.setdefault(article.key, (article, "accepted"))
        last = kept_matches.verdicts(record, what.slug, said)
        made = [
            (article.link, _keep(record, what.slug, key, verdict, by=by, at=now, note=note))
            for key, (article, verdict) in said.items()
        ]
    overruled = [
        one
        for key, uid in (seen or {}).items()
        if key in said and (one := last.get(key)) and one.uid != uid
    ]
    return Verdicts(event=what.slug, made=tuple(made), overruled=tuple(overruled))


def accept_all(
    office: Office, event: str, *, doubtful: bool = False, note: str | None = None
) -> Verdicts:
    """Accept all that waits, the doubtful ones only where it is said. Raises as `decide`."""
    return decide(office, event, waiting="all" if doubtful else "sure", note=note)


def undo(office: Office, event: str, article: str) -> Decision:
    """Take back the verdict upon a piece, by key or address: it waits again. Raises as `decide`."""
    what, by, now = office.event(event).slug, office.who(), office.clock()
    with office.existing() as record:
        key = piece_named(record, article, what).key
        return _keep(record, what, key, None, by=by, at=now)


def take_back(office: Office, event: str, articles: Sequence[str]) -> tuple[Decision, ...]:
    """Take back the verdicts upon several pieces, by key or address: all or none.

    Raises as `decide`.
    """
    what, by, now = office.event(event).slug, office.who(), office.clock()
    with office.existing() as record, record.transaction():
        keys = dict.fromkeys(piece_named(record, name, what).key for name in articles)
        return tuple(_keep(record, what, key, None, by=by, at=now) for key in keys)


def undo_last(office: Office, event: str) -> tuple[Decision, ...]:
    """Take back what who acts decided last: all of it, where it was many at once.

    Raises NothingDone where nothing of theirs holds, RegistryError, RecordRefused.
    """
    what, by, now = office.event(event).slug, office.who(), office.clock()
    with office.existing() as record, record.transaction():
        mine = [one for one in latest_verdicts(record, what).values() if one.by == by and one.value]
        if not mine:
            raise NothingDone("{what}: there is nothing to undo, {by}", what=what, by=by)
        # not by moments: between two of them the clock may have been set back
        last = kept_matches.came_last(record, [one.uid for one in mine])
        latest = next(one.at for one in mine if one.uid == last)
        return tuple(
            _keep(record, what, one.article, None, by=by, at=now)
            for one in mine
            if one.at == latest
        )


def _named(accept: Iterable[str], reject: Iterable[str]) -> Iterator[tuple[str, Verdict]]:
    for name in accept:
        yield name, "accepted"
    for name in reject:
        yield name, "rejected"


def _keep(
    record: Record, event: str, article: str, verdict: Verdict | None, **said: Any
) -> Decision:
    return decisions.decide(
        record, decisions.fresh("match", article, event=event, value=verdict, **said)
    )


def latest_verdicts(record: Record, event: str) -> dict[str, Decision]:
    """The latest verdict of the event by article key, taken-back ones too."""
    return {
        one.article: one
        for one in decisions.history(record, event=event)
        if one.kind == "match" and one.event == event
    }


def _piece(pair: Pair, found: EventPlaces, last: Mapping[str, Decision]) -> Piece:
    article, match = pair
    outlet = found.outlets.get(article.outlet)
    return Piece(
        article=article,
        match=match,
        outlet_name=outlet.name if outlet else article.outlet,
        decision=last.get(article.key),
    )


def _marks(event: Event, article: Article) -> Iterator[Mark]:
    """Every place where a keyword that helps stands, but for forms that a person took out."""
    keywords, parts = event.keywords, prepare(article).parts
    terms = dict.fromkeys((*(t for group in keywords.any for t in group), *keywords.all))
    terms |= dict.fromkeys(keywords.names)
    for part in parts:
        hits = ((hit, term) for term in terms for hit in find(read_term(term), part))
        for hit, term in sorted(hits, key=lambda one: (one[0].first, -one[0].last)):
            there = part.words[hit.first : hit.last + 1]
            folded = [word.folded for word in there]
            if {" ".join(folded), *folded}.isdisjoint(keywords.excluded):
                yield Mark(field=part.name, start=there[0].start, end=there[-1].end, term=term)
