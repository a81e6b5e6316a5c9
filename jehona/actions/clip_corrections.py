"""A piece that a person brought, corrected or taken away again by its key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from zoneinfo import ZoneInfo

from crawler import event_matches
from crawler.models import Alias, Article, Layer, Lead, Outlet, Reading, link_of
from crawler.reading.typed_dates import WrongDate, typed_moment
from crawler.record import Record, clipped, decisions, read, report_queries, write
from jehona.actions.clip_list import clips_of
from jehona.actions.clips import Bringing, Brought, Saying, brought
from jehona.actions.errors import Unknown, Wrong
from jehona.actions.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is to stand instead; None leaves it as it is."""

    headline: str | None = None
    # as people type dates
    published: str | None = None
    url: str | None = None
    # slug or name; UNNAMED: none is named
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What became of a piece."""

    what: Literal["edited", "removed"]
    piece: Brought
    # slugs of the events that it was accepted for
    events: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        return {self.what: self.piece, "events": self.events}


def edit(office: Office, name: str, correction: Correction) -> Corrected:
    """Correct what a person told of a piece; decisions and keys stay its own.

    Raises Unknown for no such piece, Wrong for one that an outlet or a page told of, or where
    nothing is to change; RegistryError for an unknown outlet, RecordRefused.
    """
    if correction == Correction():
        raise Wrong("nothing to correct: say --headline, --published, --outlet, --no-outlet or URL")
    bringing = Bringing.of(office, Saying())
    with bringing.kept_whole() as (record, run):
        article = _found(record, name)
        if clipped.layers_of(record, article.key) != {Layer.CLIP.value}:
            raise Wrong(
                "{key}: its own page or list told of it: `jehona decisions set` "
                "corrects its headline, `clip --remove` takes a clipped page away",
                key=article.key,
            )
        key = _stored(bringing, record, run, article, correction)
        events = _accepted_for(office, record, key)
    with office.by_hand() as record:
        event_matches.match_waiting(record, list(office.events().values()))
        return Corrected(what="edited", piece=_piece(office, record, key), events=events)


def remove(office: Office, name: str) -> Corrected:
    """Take a piece that a person brought out of every event; it is marked as gone, not deleted.

    Whoever brings it again has it back. Raises Unknown, Wrong, RecordRefused as `edit`.
    """
    bringing = Bringing.of(office, Saying())
    with bringing.kept_whole() as (record, run):
        article = _found(record, name)
        if not report_queries.by_hand(record, (article.key,)):
            raise Wrong(
                "{key}: the outlet's own list has it: reject it with `jehona review "
                "EVENT --reject {key}`",
                key=article.key,
            )
        piece = _piece(office, record, article.key)
        events = _accepted_for(office, record, article.key)
        for event in events:
            decisions.undo(
                record,
                kind="match",
                article=article.key,
                event=event,
                by=bringing.by,
                at=office.clock(),
            )
        write.mark_gone(record, run, [clipped.number_of(record, article.key)], office.clock())
        for about in office.events().values():
            event_matches.match_event(record, about)
    return Corrected(what="removed", piece=piece, events=events)


def _found(record: Record, name: str) -> Article:
    article = read.article(record, name)
    if article is None:
        raise Unknown(
            "{name}: the record has no such piece; `jehona review` shows keys", name=name[:200]
        )
    return article


def _accepted_for(office: Office, record: Record, key: str) -> tuple[str, ...]:
    """The events that a person accepted the piece for."""
    return tuple(
        slug
        for slug in office.events()
        if (held := decisions.holding(record, slug, (key,)).get(key)) and held.verdict == "accepted"
    )


def _piece(office: Office, record: Record, key: str) -> Brought:
    return brought(_found(record, key), office.workspace.zone)


# --- what stands instead -------------------------------------------------------------------


def _stored(
    bringing: Bringing, record: Record, run: int, article: Article, correction: Correction
) -> str:
    """Store the clip anew under all its names; the key that it has then."""
    office = bringing.office
    slug = article.outlet
    if correction.outlet is not None:
        slug = bringing.outlet("", correction.outlet).slug
    zone = bringing.outlets[slug].zone or office.workspace.zone
    told = {**_told(article, zone), "outlet": slug}
    typed = clipped.date_typed(record, article.key)
    if typed and _says(typed, article, bringing.outlets[slug], office, zone):
        # as it was typed: a list that is corrected in the same way brings the same piece
        told["published"] = typed
    told |= _said(correction)
    (clip,), _ = clips_of(
        [(0, told)], bringing.outlets, fetched=office.clock(), zone=office.workspace.zone
    )
    outlet = bringing.outlets[slug]
    found, ((lead, reading),) = bringing.page_of(outlet, [clip])
    moved = slug != article.outlet
    names = () if moved else clipped.names_of(record, article.key)
    lead, reading = _known_as(lead, reading, names)
    write.store_page(record, run, replace(found, leads=(lead,)), [(lead, reading)])
    key = read.key_of(record, slug, lead.aliases)
    assert key is not None
    if key != article.key:
        clipped.unite(record, left=article.key, stays=key, run=run, at=office.clock())
    return key


def _known_as(lead: Lead, reading: Reading, names: tuple[Alias, ...]) -> tuple[Lead, Reading]:
    """The same under its earlier names too, so that they join."""
    every = tuple(dict.fromkeys((*lead.aliases, *names)))
    return replace(lead, aliases=every), replace(reading, aliases=every)


def _told(article: Article, zone: str) -> dict[str, str]:
    """The clip as a person would type what stands."""
    published = ""
    if article.published:
        local = article.published.astimezone(ZoneInfo(zone))
        published = f"{local:%Y-%m-%d}" + (
            f" {local:%H:%M}" if article.precision == "minute" else ""
        )
    told = {
        "url": link_of(article.url) or "",
        "headline": article.headline or "",
        "published": published,
        "byline": "; ".join(article.byline),
        "lead": article.lead or "",
        "text": article.text or "",
        "language": article.language or "",
    }
    return {name: value for name, value in told.items() if value}


def _says(typed: str, article: Article, outlet: Outlet, office: Office, zone: str) -> bool:
    """Whether what was typed then says the same today, as "yesterday" does not."""
    try:
        when = typed_moment(
            typed, now=office.clock(), zone=zone, languages=outlet.languages or ("sq", "en")
        )
    except WrongDate:
        return False
    return when.instant == article.published


def _said(correction: Correction) -> Mapping[str, str]:
    told = {
        "headline": correction.headline,
        "published": correction.published,
        "url": correction.url,
    }
    return {name: value for name, value in told.items() if value}
