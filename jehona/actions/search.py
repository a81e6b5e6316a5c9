"""Search over the record: what holds these words, and what each event made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from crawler.config import RegistryError, event_files, find_outlet, outlets_asked
from crawler.matching import BadTerm, Part, Term, find, prepare, read_term
from crawler.matching.groups import groups_of, members_of
from crawler.models import Article, Event, Outlet
from crawler.reading.typed_dates import NO_DATE, WrongDate, typed_day
from crawler.record import Record, newest, rows
from crawler.record.newest import Fate, Filters, Hits
from jehona.actions.errors import Wrong
from jehona.actions.events import terms_in
from jehona.actions.office import Office
from jehona.actions.review import Mark

# Pieces of one answer.
MOST: Final = 20
# Words of one search; more only narrow.
MOST_WORDS: Final = 12
LONGEST: Final = 400
# Pieces that are looked at for one answer: the index finds a few too many at most.
LOOKED_AT: Final = 80
# Where an answer may begin.
FURTHEST: Final = 5_000


class Why(StrEnum):
    """What became of a piece in an event, and why."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WAITING = "waiting"
    DOUBTFUL = "doubtful"
    OUTLET_NOT_LISTED = "outlet-not-listed"
    OUTSIDE_WINDOW = "outside-window"
    RULED_OUT = "ruled-out"
    NO_KEYWORD = "no-keyword"
    NOT_MATCHED_YET = "not-matched-yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for; None does not narrow."""

    # as typed: all must stand, in any form; quotes keep words together
    words: str = ""
    # slug or title: why it took each piece, or did not
    event: str | None = None
    # slug or name
    outlet: str | None = None
    # days in the office's zone, both included
    since: date | None = None
    until: date | None = None
    # ISO 639-1
    language: str | None = None
    # where the answer begins, as `Found.more` says
    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one event made of one piece."""

    # slug
    event: str
    why: Why
    # why it is only asked about; the words that are missing or that rule it out
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One piece that holds the words."""

    article: Article
    outlet_name: str
    stands: tuple[Mark, ...]
    # of the chosen event alone, else of every one that has anything of it
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One answer."""

    asked: Asked
    hits: tuple[SearchHit, ...]
    # where the next answer begins, None at the end
    more: int | None
    # about how many there are; None where something narrows that the index does not know
    about: int | None

    def as_json(self, zone: ZoneInfo) -> dict[str, Any]:
        """The document; moments in `zone`."""
        return {
            "words": self.asked.words,
            "event": self.asked.event,
            "about": self.about,
            "more": self.more,
            "hits": [
                {
                    "article": hit.article.key,
                    "url": hit.article.link,
                    "outlet": hit.article.outlet or None,
                    "headline": hit.article.headline,
                    "published": hit.article.published and hit.article.published.astimezone(zone),
                    "precision": hit.article.precision,
                    "language": hit.article.language,
                    "events": hit.verdicts,
                }
                for hit in self.hits
            ],
        }


def search(office: Office, asked: Asked) -> Found:
    """The newest pieces that hold all the words, with what events made of them.

    Read only, and bounded. Raises Wrong for words that cannot be read, RegistryError for an unknown
    outlet or event, RecordRefused.
    """
    terms, outlets = _terms(asked.words), office.outlets()
    event = office.event(asked.event) if asked.event else None
    zone = ZoneInfo(office.workspace.zone)
    filters = _filters(asked, outlets, zone)
    listed = frozenset(one.slug for one in outlets_asked(outlets, event, [])) if event else None
    with office.to_read() as record:
        among = newest.hits(record, members_of(terms.values())) if terms else newest.EVERYTHING
        found, more = _looked_at(record, asked, terms, among, filters)
        fates = newest.fates(record, [article.key for article, _ in found])
    known = event_files(office.workspace)
    hits = tuple(
        SearchHit(
            article=article,
            outlet_name=outlets[article.outlet].name if article.outlet in outlets else "",
            stands=_stands(terms, parts),
            verdicts=(
                (_verdict(event, article, parts, fates[article.key].get(event.slug), listed),)
                if event
                else tuple(_kept(fates[article.key], known))
            ),
        )
        for article, parts in found
    )
    about = among.about if filters == Filters() else None
    return Found(asked=asked, hits=hits, more=more, about=about)


def day_typed(office: Office, text: str | None) -> date | None:
    """A day as people type it; None for nothing. Raises Wrong."""
    if not text:
        return None
    zone = office.workspace.zone
    try:
        return typed_day(text, now=office.clock(), zone=zone, may_lie_ahead=True)
    except WrongDate as wrong:
        raise Wrong(
            "{text!r:.60} is no date: {why}", text=text, why=str(wrong).removeprefix(NO_DATE)
        ) from None


def _terms(words: str) -> dict[str, Term]:
    """Each term as it was typed, and read. Raises Wrong."""
    if len(words) > LONGEST:
        raise Wrong("more than {longest} characters: look for fewer words", longest=LONGEST)
    found = {}
    for typed in terms_in(words)[:MOST_WORDS]:
        try:
            found[typed] = read_term(typed)
        except BadTerm as bad:
            raise Wrong("{typed:.80}: {bad}", typed=typed, bad=bad) from None
    return found


def _filters(asked: Asked, outlets: Mapping[str, Outlet], zone: ZoneInfo) -> Filters:
    def at(day: date | None, further: int = 0) -> str | None:
        if day is None:
            return None
        start = datetime.combine(day, time(), zone) + timedelta(days=further)
        return rows.utc_text(start)

    return Filters(
        outlet=find_outlet(asked.outlet, outlets).slug if asked.outlet else None,
        language=asked.language,
        since=at(asked.since),
        until=at(asked.until, 1),
    )


def _looked_at(
    record: Record,
    asked: Asked,
    terms: Mapping[str, Term],
    among: Hits,
    filters: Filters,
) -> tuple[list[tuple[Article, Sequence[Part]]], int | None]:
    """The pieces of one answer in which every term stands, and where the next begins."""
    found: list[tuple[Article, Sequence[Part]]] = []
    start = min(max(asked.start, 0), FURTHEST)
    for place, article in newest.newest(record, among, filters, start):
        if len(found) == MOST or place - start == LOOKED_AT:
            return found, place if place <= FURTHEST else None
        parts = prepare(article).parts
        if all(any(_stands_in(term, part) for part in parts) for term in terms.values()):
            found.append((article, parts))
    return found, None


def _stands_in(term: Term, part: Part) -> bool:
    return next(find(term, part), None) is not None


def _stands(terms: Mapping[str, Term], parts: Sequence[Part]) -> tuple[Mark, ...]:
    """Every place where the words stand."""
    return tuple(
        Mark(
            field=part.name,
            start=part.words[hit.first].start,
            end=part.words[hit.last].end,
            term=typed,
        )
        for part in parts
        for typed, term in terms.items()
        for hit in find(term, part)
    )


def _kept(fates: Mapping[str, Fate], known: Mapping[str, Any]) -> Iterator[Verdict]:
    """What is kept of every event that is there still."""
    for event in sorted(fates.keys() & known.keys()):
        if why := _said(fates[event]):
            doubt = fates[event].doubt
            yield Verdict(event=event, why=why, told=(doubt,) if doubt else ())


def _said(fate: Fate | None) -> Why | None:
    if fate is None:
        return None
    if fate.verdict:
        return Why(fate.verdict)
    if not fate.matched:
        return None
    return Why.DOUBTFUL if fate.doubt else Why.WAITING


def _verdict(
    event: Event,
    article: Article,
    parts: Sequence[Part],
    fate: Fate | None,
    listed: frozenset[str] | None,
) -> Verdict:
    """Why an event took a piece, or did not."""
    said = _said(fate)
    if said in {Why.ACCEPTED, Why.REJECTED}:
        return Verdict(event=event.slug, why=said)
    if listed is not None and article.outlet and article.outlet not in listed:
        return Verdict(event=event.slug, why=Why.OUTLET_NOT_LISTED)
    if said is not None:
        told = (fate.doubt,) if fate and fate.doubt else ()
        return Verdict(event=event.slug, why=said, told=told)
    if article.published is not None and not event.window.holds(article.published):
        return Verdict(event=event.slug, why=Why.OUTSIDE_WINDOW)
    return _by_words(event, parts)


def _by_words(event: Event, parts: Sequence[Part]) -> Verdict:
    """By the words that stand, and those that are missing of the group that is nearest."""
    against = [typed for typed in event.keywords.none if _anywhere(typed, parts)]
    missing = [
        [typed for typed in group if not _anywhere(typed, parts)]
        for group in groups_of(event.keywords)
    ]
    nearest = min(missing, key=len, default=[])
    if nearest or not missing:
        return Verdict(event=event.slug, why=Why.NO_KEYWORD, told=tuple(nearest))
    if against:
        return Verdict(event=event.slug, why=Why.RULED_OUT, told=tuple(against))
    return Verdict(event=event.slug, why=Why.NOT_MATCHED_YET)


def _anywhere(typed: str, parts: Sequence[Part]) -> bool:
    term = read_term(typed)
    return any(_stands_in(term, part) for part in parts)


def readable_events(office: Office) -> tuple[Event, ...]:
    """Every event whose file can be read, the latest first: what one may choose."""
    events = []
    for slug in event_files(office.workspace):
        try:
            events.append(office.event(slug))
        except RegistryError:
            # a wrong file is named where its event is
            continue
    return tuple(sorted(events, key=lambda one: one.first_day, reverse=True))
