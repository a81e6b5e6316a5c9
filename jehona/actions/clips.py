"""Pieces that people add by hand: one by its address, or a whole list of old clippings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from crawler import __version__, event_matches
from crawler.config import find_outlet
from crawler.config.outlet_file import write_outlet
from crawler.models import (
    NO_OUTLET,
    UNNAMED,
    Article,
    Decided,
    Event,
    Layer,
    Lead,
    ListingPage,
    Outlet,
    Reading,
    SnapshotKind,
    Way,
    link_of,
)
from crawler.outcomes import Trouble
from crawler.reading import Unreadable
from crawler.reading.clips import address_of_clip, clip_lead, read_clip
from crawler.reading.page import read_page
from crawler.reading.page.address import moved_to, settled
from crawler.reading.tables import WrongTable
from crawler.record import Record, decisions, read, report_queries, write
from crawler.run.fetch_one import fetch
from crawler.urls import belongs
from jehona.actions.clip_list import Clip, WrongClips, clips_in, clips_of
from jehona.actions.errors import Wrong
from jehona.actions.office import Office
from jehona.actions.pages import habits_of, want_contact
from jehona.actions.papers import body_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What a person says of the pieces that are brought."""

    # slug or title of the event that they are about, None for none
    event: str | None = None
    # beside the decision
    note: str | None = None
    # a piece that was rejected is accepted, too
    turn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One piece as it was understood."""

    # its key, which every command finds it by
    article: str
    # slug, None where it is not named
    outlet: str | None
    headline: str | None
    # None where it has none
    url: str | None
    # the local day, and the minute where it is known; None undated
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clipped:
    """What became of what was brought."""

    # slug
    event: str | None
    # pieces that the record did not have
    new: int
    # pieces that it had
    known: int
    # published outside the event's window, and counted all the same
    outside_window: int
    # in the order in which they were brought
    pieces: tuple[Brought, ...]
    # keys of pieces that were rejected before and stay so
    left_rejected: tuple[str, ...]
    # names of outlets whose files were written; None where no list was brought
    new_outlets: tuple[str, ...] | None = None

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md; it has no pieces of a list."""
        listed = self.new_outlets is not None
        return {
            "dry_run": False,
            "event": self.event,
            "new": self.new,
            "known": self.known,
            "outside_window": self.outside_window,
            "pieces": () if listed else self.pieces,
            "left_rejected": self.left_rejected,
            **({"new_outlets": self.new_outlets} if listed else {}),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipList:
    """A list as it was understood, nothing of it kept."""

    # by which it is told
    file: Path
    clips: tuple[Clip, ...]
    # outlets that it names and nobody described
    strangers: tuple[Outlet, ...]
    # what cannot be taken in, at its cells; nothing is, while one stands here
    faults: tuple[WrongClips, ...] = ()
    # the sheet of a workbook that was read, and those that were not
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()
    # headings of columns that hold something and say nothing to us
    left_out: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md for what is only looked at."""
        names = [outlet.name for outlet in self.strangers]
        return {
            "dry_run": True,
            "rows": len(self.clips),
            "new_outlets": names,
            "sheet": self.sheet,
            "left_out": self.left_out,
        }


# --- what is brought ----------------------------------------------------------------------


def page(office: Office, url: str, saying: Saying, *, outlet: str | None = None) -> Clipped:
    """Fetch the page of a piece, read it and keep it; it counts as accepted, by who acts.

    Raises Wrong, with the way on, where the page cannot be had or says too little; RegistryError
    for an unknown outlet or event, RecordRefused.
    """
    bringing = Bringing.of(office, saying)
    whose = bringing.outlet(url, outlet)
    answer, said = _read(office, url, whose)
    with bringing.kept_whole() as (record, run):
        said = _under_its_address(record, whose, said)
        found, rows = _page_and_clip(answer, whose, said)
        told = {"url": said.url, "headline": said.headline.value if said.headline else ""}
        new = len(write.store_page(record, run, found, rows).new)
        done = bringing.keep(record, run, [Clip(line=0, outlet=whose.slug, told=told)])
        return replace(done, new=new, known=1 - new)


def typed(
    office: Office,
    saying: Saying,
    *,
    headline: str | None,
    published: str | None,
    url: str | None = None,
    outlet: str | None = None,
) -> Clipped:
    """Keep a piece that a person tells: video, social, print. Raises as `page` does."""
    for name, value in (("headline", headline), ("published", published)):
        if not value:
            raise Wrong("--{name} is needed where the page cannot be had", name=name)
    if outlet is None and not url:
        raise Wrong("--outlet is needed where there is no URL; --no-outlet where none is named")
    bringing = Bringing.of(office, saying)
    whose = bringing.outlet(url or "", outlet)
    told = {"outlet": whose.slug, "url": url, "headline": headline, "published": published}
    row = {name: value for name, value in told.items() if value}
    clips, _ = clips_of(
        [(0, row)], bringing.outlets, fetched=office.clock(), zone=office.workspace.zone
    )
    with bringing.kept_whole() as (record, run):
        return bringing.keep(record, run, clips)


def read_list(office: Office, file: Path, *, new_outlets: bool = False) -> ClipList:
    """Read a list strictly, CSV or XLSX, and keep nothing: Wrong names file, row and column."""
    found = look_at_list(office, body_of(file), name=file, new_outlets=new_outlets)
    if found.faults:
        first, more = found.faults[0], len(found.faults) - 1
        further = ", ".join(str(one).partition(": ")[0] for one in found.faults[1:4])
        rest = f" ({more} more: {further}{', ...' if more > 3 else ''})" if more else ""  # noqa: PLR2004
        raise Wrong("{file}: {first}{rest}", file=file, first=first, rest=rest)
    return found


def look_at_list(office: Office, body: bytes, *, name: Path, new_outlets: bool = False) -> ClipList:
    """What a list says, and its faults by cell; nothing is kept. Raises Wrong for no list at all.

    Whoever shows it, asks, and gives it to `take_list` then.
    """
    try:
        listed = clips_in(
            body,
            office.outlets(),
            fetched=office.clock(),
            zone=office.workspace.zone,
            new_outlets=new_outlets,
        )
    except WrongTable as wrong:
        raise Wrong("{name}: {wrong}", name=name, wrong=wrong) from None
    return ClipList(
        file=name,
        clips=listed.clips,
        strangers=listed.strangers,
        faults=listed.faults,
        sheet=listed.sheet,
        other_sheets=listed.other_sheets,
        left_out=tuple(column.heading for column in listed.left_out),
    )


def take_list(office: Office, brought: ClipList, saying: Saying) -> Clipped:
    """Keep a list that was read, all of it or nothing. Raises RecordRefused, Wrong for a fault."""
    if brought.faults:
        raise Wrong("{file}: {faults}", file=brought.file, faults=brought.faults[0])
    bringing = Bringing.of(office, saying, brought.strangers)
    with bringing.kept_whole() as (record, run):
        # first, so that no piece is of an outlet that has no file; killed here, files are left
        # that the same list then finds
        for outlet in brought.strangers:
            notes = (f"Named by {brought.file.name}, {bringing.by}",)
            write_outlet(outlet, office.workspace.root / "outlets", notes=notes)
        done = bringing.keep(record, run, brought.clips)
    return replace(done, new_outlets=tuple(outlet.name for outlet in brought.strangers))


def _read(office: Office, url: str, outlet: Outlet) -> tuple[ListingPage, Reading]:
    """The answer and what it says. Raises Wrong with the way on where it says too little."""
    way_on = "tell it with --outlet, --headline and --published"
    place = office.workspace
    want_contact(url, place)
    try:
        answer = fetch(url, outlet, contact=place.contact, now=office.clock())
        found = read_page(
            answer.body,
            url=moved_to(url, answer.site),
            charset=answer.charset,
            fetched=answer.fetched,
            outlet=outlet,
            zone=place.zone,
            habits=habits_of(office, outlet),
            closer=True,
        )
        said = settled(found, url, answer.site, typed=True)
    except Trouble as trouble:
        raise Wrong("{url}: {note}: {way_on}", url=url, note=trouble.note, way_on=way_on) from None
    except Unreadable as error:
        raise Wrong(
            "{url}: {reason}: {way_on}", url=url, reason=error.reason, way_on=way_on
        ) from None
    if said.headline is None:
        raise Wrong(
            "{url}: the page has no headline that can be read: {way_on}", url=url, way_on=way_on
        )
    return answer, said


# --- into the record ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Bringing:
    """One person bringing pieces."""

    office: Office
    saying: Saying
    event: Event | None
    by: str
    # by slug; those that a list names and nobody described are among them
    outlets: Mapping[str, Outlet]

    @classmethod
    def of(cls, office: Office, saying: Saying, strangers: Sequence[Outlet] = ()) -> Bringing:
        """Raises RegistryError for an unknown event, Wrong for nobody."""
        return cls(
            office=office,
            saying=saying,
            event=office.event(saying.event) if saying.event else None,
            by=office.who(),
            outlets={
                **office.outlets(),
                UNNAMED: NO_OUTLET,
                **{outlet.slug: outlet for outlet in strangers},
            },
        )

    def outlet(self, url: str, name: str | None) -> Outlet:
        """The outlet named (UNNAMED: none is), else whose address it is.

        Raises RegistryError, Wrong.
        """
        if name is not None:
            return find_outlet(name, self.outlets)
        for outlet in self.outlets.values():
            if belongs(url, outlet):
                return outlet
        raise Wrong(
            "{url}: no outlet has this address: give --outlet SLUG, add it with "
            "`jehona outlets add`, or say --no-outlet",
            url=url[:200],
        )

    @contextmanager
    def kept_whole(self) -> Iterator[tuple[Record, int]]:
        """The record and a run of one's own in it: all is kept and accepted, or nothing.

        A crawl may be under way: neither disturbs the other.
        """
        event = self.event
        with self.office.by_hand() as record:
            with write.run_by_hand(
                record,
                event=event.slug if event else None,
                window=event.window if event else None,
                at=self.office.clock(),
                version=__version__,
            ) as run:
                yield record, run
            if event is not None:
                event_matches.match_again(record, event)

    def keep(self, record: Record, run: int, clips: Sequence[Clip]) -> Clipped:
        """Store and accept, in the transaction of the run."""
        new, keys = self._store(record, run, clips)
        left = accept(record, self, clips, keys)
        kept = [read.article(record, key) for key in keys]
        dated = [article.published for article in kept if article and article.published]
        event = self.event
        return Clipped(
            event=event.slug if event else None,
            new=new,
            known=len(set(keys)) - new,
            outside_window=sum(not event.window.holds(when) for when in dated) if event else 0,
            pieces=tuple(
                Brought(
                    article=key,
                    outlet=clip.outlet or None,
                    headline=clip.told.get("headline"),
                    url=clip.told.get("url"),
                    published=_day(article, self.office.workspace.zone),
                )
                for clip, key, article in zip(clips, keys, kept, strict=True)
            ),
            left_rejected=left,
        )

    def _store(self, record: Record, run: int, clips: Sequence[Clip]) -> tuple[int, list[str]]:
        """How many are new, and the key of each: an outlet a page, brought twice one piece."""
        keys: dict[tuple[str, str], str] = {}
        new = 0
        for slug in dict.fromkeys(clip.outlet for clip in clips):
            of_outlet = [clip for clip in clips if clip.outlet == slug]
            found, rows = self.page_of(self.outlets[slug], of_outlet)
            new += len(write.store_page(record, run, found, rows).new)
            for lead in found.leads:
                if key := read.key_of(record, slug, lead.aliases):
                    keys[slug, lead.url] = key
        addresses = [address_of_clip(clip.told, self.outlets[clip.outlet]) for clip in clips]
        return new, [keys[clip.outlet, url] for clip, url in zip(clips, addresses, strict=True)]

    def page_of(
        self, outlet: Outlet, clips: Sequence[Clip]
    ) -> tuple[ListingPage, list[tuple[Lead, Reading]]]:
        """One page of clips; a piece that a list names twice is told by its first line."""
        here, fetched = outlet.zone or self.office.workspace.zone, self.office.clock()
        once: dict[str, Clip] = {}
        for clip in clips:
            once.setdefault(address_of_clip(clip.told, outlet), clip)
        leads = tuple(
            clip_lead(clip.told, outlet=outlet, fetched=fetched, zone=here, position=at)
            for at, clip in enumerate(once.values())
        )
        found = ListingPage(
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
        return found, [
            (lead, read_clip(dict(lead.row), outlet=outlet, fetched=fetched, zone=here))
            for lead in leads
        ]


def accept(
    record: Record, bringing: Bringing, clips: Sequence[Clip], keys: Sequence[str]
) -> tuple[str, ...]:
    """What bringing a piece says: it is about the event, and these are a person's words.

    What holds already is not said again, so that a list brought twice adds nothing. A piece that
    was rejected stays so, unless it is to turn; the answer names those that stayed, by key.
    """
    event = bringing.event.slug if bringing.event else None
    note, turn = bringing.saying.note, bringing.saying.turn
    language = bringing.office.workspace.language
    who: dict[str, Any] = {"by": bringing.by, "at": bringing.office.clock()}
    left: dict[str, None] = {}
    with record.transaction():
        held = decisions.holding(record, event or "", keys)
        for clip, key in zip(clips, keys, strict=True):
            said = held.get(key, Decided())
            if event and said.verdict == "rejected" and not turn:
                left[key] = None
            elif event and (said.verdict != "accepted" or (note and note != said.note)):
                verdict = decisions.fresh(
                    "match", key, event=event, value="accepted", note=note, **who
                )
                decisions.decide(record, verdict)
            words, _ = said.translations.get(language, (None, None))
            if clip.translation and clip.translation != words:
                value = clip.translation
                translated = decisions.fresh(
                    "translation", key, event=None, value=value, language=language, **who
                )
                decisions.decide(record, translated)
    return tuple(left)


def _page_and_clip(
    answer: ListingPage, outlet: Outlet, said: Reading
) -> tuple[ListingPage, list[tuple[Lead, Reading]]]:
    """A fetched page as the record keeps it: its own bytes, read as they are."""
    words = repr((said.headline, said.text, said.published))
    lead = Lead(
        url=said.url,
        aliases=said.aliases,
        published=said.published.value.instant if said.published else None,
        digest=blake2b(words.encode("utf-8", "replace"), digest_size=12).hexdigest(),
        position=0,
        row={"listed": None},
    )
    site = {**answer.site, "address": said.url}
    found = replace(answer, outlet=outlet.slug, way=Way.BY_HAND, leads=(lead,), site=site)
    return found, [(lead, said)]


def _under_its_address(record: Record, outlet: Outlet, said: Reading) -> Reading:
    """A page that a person brings, under the address that the outlet's own listing gave its piece.

    A piece that only people brought takes the page's address: nobody gave a better one.
    """
    key = read.key_of(record, outlet.slug, said.aliases)
    known = read.article(record, key) if key else None
    if known is None or report_queries.by_hand(record, (known.key,)):
        return said
    return replace(said, url=known.url)


def brought(article: Article, zone: str) -> Brought:
    """A piece of the record as it is shown to who brought it."""
    return Brought(
        article=article.key,
        outlet=article.outlet or None,
        headline=article.headline,
        url=link_of(article.url),
        published=_day(article, zone),
    )


def _day(article: Article | None, zone: str) -> str | None:
    if article is None or article.published is None:
        return None
    local = article.published.astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%d}" if article.precision == "day" else f"{local:%Y-%m-%d %H:%M}"
