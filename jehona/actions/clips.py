"""Pieces that people add by hand: one by its address, or a whole list of old clippings."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from crawler.config import slug_from
from crawler.failure import Failure
from crawler.models import (
    Decided,
    Layer,
    Lead,
    ListingPage,
    Outlet,
    OutletKind,
    Reading,
    SnapshotKind,
    Way,
)
from crawler.reading.clips import address_of_clip, clip_lead, read_clip
from crawler.reading.row_fields import is_web_address
from crawler.reading.tables import table_rows
from crawler.reading.typed_dates import NO_DATE, WrongDate, is_relative_day, typed_moment
from crawler.record import Record, decisions, read, report_queries, write

NEEDED: Final = ("outlet", "headline", "published")
OPTIONAL: Final = ("url", "byline", "lead", "text", "language", "translation")
MOST_ROWS: Final = 20_000
LONGEST: Final = {"headline": 1_000, "text": 200_000}
# characters; of other cells:
LONGEST_CELL: Final = 5_000


class WrongClips(Failure):
    """A list that cannot be taken in: one line that names line and column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One piece that somebody brings."""

    line: int
    # of the file, the header is 1; 0 for one that was typed
    outlet: str
    # slug
    told: Mapping[str, str]
    # url, headline, published, byline, lead, text, language: what is known
    translation: str | None = None
    # of the headline, a person's words


@dataclass(frozen=True, slots=True, kw_only=True)
class Clipped:
    """What a list became."""

    new: int
    # pieces that the record did not have
    known: int
    # pieces that it had
    articles: tuple[str, ...]
    # keys of all of them, in the order of the list


# --- a list -----------------------------------------------------------------------------


def clips_in(
    text: str, outlets: Mapping[str, Outlet], *, fetched: datetime, zone: str, new_outlets: bool
) -> tuple[list[Clip], list[Outlet]]:
    """The clips of a table, and the outlets that it names and nobody described.

    Columns are found by name in any order; comma, semicolon or tab part them. An outlet is named
    by slug or name. Raises WrongClips for the first thing that cannot be right.
    """
    rows = table_rows(text)
    strangers: dict[str, Outlet] = {}
    try:
        names = _columns(next(rows, []))
        clips = [
            _clip(rows.line_num, _row(rows.line_num, names, cells), outlets, strangers)
            for cells in _bounded(rows)
        ]
    except csv.Error as error:
        raise WrongClips(f"line {rows.line_num}: it is no table: {error}") from None
    if not clips:
        raise WrongClips("line 1: there is no row under the names of the columns")
    if strangers and not new_outlets:
        first = next(clip for clip in clips if clip.outlet in strangers)
        raise WrongClips(
            f"line {first.line}: outlet: nobody described {strangers[first.outlet].name!r}: "
            "mend the name, or give --new-outlets"
        )
    known = {**outlets, **strangers}
    dated = [_dated(clip, known[clip.outlet], fetched, zone) for clip in clips]
    return dated, list(strangers.values())


def _columns(head: Sequence[str]) -> list[str]:
    names = [name.strip().lower() for name in head]
    known = (*NEEDED, *OPTIONAL)
    for name in NEEDED:
        if name not in names:
            raise WrongClips(f"line 1: the column {name} is missing; known: {', '.join(known)}")
    for name in names:
        if name not in known:
            raise WrongClips(f"line 1: unknown column {name!r:.60}; known: {', '.join(known)}")
    return names


def _bounded(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for at, cells in enumerate(rows, 2):
        if at > MOST_ROWS:
            raise WrongClips(f"line {at}: more than {MOST_ROWS:,} rows: part the list")
        if any(cell.strip() for cell in cells):
            yield cells


def _row(line: int, names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells by column; a comma that nobody quoted would push them one to the right."""
    if len(cells) > len(names):
        raise WrongClips(
            f"line {line}: {len(cells)} cells under {len(names)} columns: "
            "put a cell that holds a comma into quotes"
        )
    return dict(zip(names, cells, strict=False))


def _clip(
    line: int,
    row: Mapping[str, str],
    outlets: Mapping[str, Outlet],
    strangers: dict[str, Outlet],
) -> Clip:
    told = {name: cell.strip() for name, cell in row.items() if cell and cell.strip()}
    for name in NEEDED:
        if name not in told:
            raise WrongClips(f"line {line}: {name}: it is empty")
    for name, cell in told.items():
        if len(cell) > LONGEST.get(name, LONGEST_CELL):
            raise WrongClips(f"line {line}: {name}: longer than {len(cell) - 1:,} characters")
    if "url" in told and not is_web_address(told["url"]):
        raise WrongClips(f"line {line}: url: {told['url']!r:.80} is no address with http(s)://")
    outlet = _outlet(told.pop("outlet"), outlets, strangers)
    translation = told.pop("translation", None)
    return Clip(line=line, outlet=outlet, told=told, translation=translation)


def _outlet(name: str, outlets: Mapping[str, Outlet], strangers: dict[str, Outlet]) -> str:
    """The slug of an outlet named by slug or name; a stranger gets one."""
    if name in outlets:
        return name
    folded = name.casefold()
    for slug, outlet in outlets.items():
        if outlet.name.casefold() == folded:
            return slug
    slug = slug_from(name)
    if slug in outlets:
        return slug
    strangers.setdefault(slug, Outlet(slug=slug, name=name, kind=OutletKind.PRINT))
    return slug


def _dated(clip: Clip, outlet: Outlet, fetched: datetime, zone: str) -> Clip:
    """The clip with a date that says the same tomorrow. Raises WrongClips for what is none."""
    typed, languages = clip.told["published"], outlet.languages or ("sq", "en")
    try:
        when = typed_moment(typed, now=fetched, zone=outlet.zone or zone, languages=languages)
    except WrongDate as error:
        why = str(error).removeprefix(NO_DATE)
        raise WrongClips(f"line {clip.line}: published: {typed!r:.60} is no date: {why}") from None
    if not is_relative_day(typed):
        return clip
    said = when.instant.isoformat(timespec="minutes")
    told = {**clip.told, "published": said if when.precision == "minute" else said[:10]}
    return replace(clip, told=told)


# --- into the record ----------------------------------------------------------------------


def keep(
    record: Record,
    run: int,
    clips: Sequence[Clip],
    outlets: Mapping[str, Outlet],
    *,
    fetched: datetime,
    zone: str,
) -> Clipped:
    """Stores clips, an outlet a page; the same list brought twice is the same pieces.

    In the transaction of the caller's run. Raises RecordRefused.
    """
    keys: dict[tuple[str, str], str] = {}
    new = 0
    for slug in dict.fromkeys(clip.outlet for clip in clips):
        outlet = outlets[slug]
        page, rows = _page(outlet, [c for c in clips if c.outlet == slug], fetched, zone)
        new += len(write.store_page(record, run, page, rows).new)
        for lead in page.leads:
            if key := read.key_of(record, slug, lead.aliases):
                keys[slug, lead.url] = key
    told = (keys[clip.outlet, address_of_clip(clip.told, outlets[clip.outlet])] for clip in clips)
    articles = tuple(told)
    return Clipped(new=new, known=len(set(articles)) - new, articles=articles)


def _page(
    outlet: Outlet, clips: Sequence[Clip], fetched: datetime, zone: str
) -> tuple[ListingPage, list[tuple[Lead, Reading]]]:
    """One page of clips; a piece that a list names twice is told by its first line."""
    here = outlet.zone or zone
    once: dict[str, Clip] = {}
    for clip in clips:
        once.setdefault(address_of_clip(clip.told, outlet), clip)
    leads = tuple(
        clip_lead(clip.told, outlet=outlet, fetched=fetched, zone=here, position=at)
        for at, clip in enumerate(once.values())
    )
    page = ListingPage(
        outlet=outlet.slug,
        way=Way.BY_HAND,
        layer=Layer.CLIP,
        kind=SnapshotKind.CLIP,
        url=outlet.home or f"urn:jehona:outlet:{outlet.slug}",
        fetched=fetched,
        body=b"",
        charset="utf-8",
        leads=leads,
        site={"zone": here},
    )
    read_them = [
        (lead, read_clip(dict(lead.row), outlet=outlet, fetched=fetched, zone=here))
        for lead in leads
    ]
    return page, read_them


def page_and_clip(
    answer: ListingPage, outlet: Outlet, said: Reading
) -> tuple[ListingPage, list[tuple[Lead, Reading]]]:
    """A fetched page as the record keeps it: its own bytes, read as they are."""
    lead = Lead(
        url=said.url,
        aliases=said.aliases,
        published=said.published.value.instant if said.published else None,
        digest=_digest(said),
        position=0,
        row={"listed": None},
    )
    site = {**answer.site, "address": said.url}
    page = replace(answer, outlet=outlet.slug, way=Way.BY_HAND, leads=(lead,), site=site)
    return page, [(lead, said)]


def _digest(said: Reading) -> str:
    from hashlib import blake2b  # noqa: PLC0415

    words = (said.headline, said.text, said.published)
    return blake2b(repr(words).encode("utf-8", "replace"), digest_size=12).hexdigest()


def under_its_address(record: Record, outlet: Outlet, said: Reading) -> Reading:
    """A page that a person brings, under the address that the outlet's own listing gave its piece.

    A piece that only people brought takes the page's address: nobody gave a better one.
    """
    key = read.key_of(record, outlet.slug, said.aliases)
    known = read.article(record, key) if key else None
    if known is None or report_queries.by_hand(record, (known.key,)):
        return said
    return replace(said, url=known.url)


def accept(
    record: Record,
    clips: Sequence[Clip],
    articles: Sequence[str],
    *,
    event: str | None,
    language: str,
    by: str,
    at: datetime,
    note: str | None = None,
    turn: bool = False,
) -> tuple[str, ...]:
    """What bringing a piece says: it is about the event, and these are a person's words.

    What holds already is not said again, so that a list brought twice adds nothing. A piece that
    was rejected stays so, unless told to `turn` it; the answer names those that stayed, by key.
    """
    left: list[str] = []
    with record.transaction():
        held = decisions.holding(record, event or "", articles)
        for clip, key in zip(clips, articles, strict=True):
            said = held.get(key, Decided())
            if event is not None and said.verdict == "rejected" and not turn:
                left.append(key)
            elif event is not None and (said.verdict != "accepted" or (note and note != said.note)):
                verdict = decisions.fresh(
                    "match", key, event=event, value="accepted", by=by, at=at, note=note
                )
                decisions.decide(record, verdict)
            words, _ = said.translations.get(language, (None, None))
            if clip.translation and clip.translation != words:
                told = decisions.fresh(
                    "translation",
                    key,
                    event=None,
                    value=clip.translation,
                    language=language,
                    by=by,
                    at=at,
                )
                decisions.decide(record, told)
    return tuple(dict.fromkeys(left))
