"""`jehona clip`: a piece that the program did not find, added by hand; or a whole list of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final
from zoneinfo import ZoneInfo

import typer

from crawler import __version__
from crawler.models import Article, Event, Outlet, Workspace
from jehona.actions.errors import Wrong
from jehona.cli.common import (
    JsonOption,
    WorkspaceOption,
    counted,
    print_json,
    shown,
    who,
    words,
    workspace_of,
)

if TYPE_CHECKING:
    from crawler.record import Record
    from jehona.actions.clips import Clip, Clipped

PANEL: Final = "Relate"
LARGEST: Final = 64_000_000
# bytes of a list


@dataclass(frozen=True, slots=True)
class _Saying:
    """What a person says of the pieces that he brings."""

    event: Event | None
    # they are about it
    by: str
    # who
    note: str | None
    # beside the decision
    turn: bool
    # a piece that was rejected is accepted, too


def clip(
    url: Annotated[
        str | None, typer.Argument(metavar="[URL]", help="Of the piece.", show_default=False)
    ] = None,
    event: Annotated[
        str | None, typer.Option("--event", "-e", metavar="EVENT", help="What it is about.")
    ] = None,
    outlet: Annotated[
        str | None, typer.Option("--outlet", metavar="SLUG", help="Whose. Else by its address.")
    ] = None,
    headline: Annotated[
        str | None, typer.Option("--headline", metavar="TEXT", help="Where no page can be had.")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="10.5.2025 09:30, 10 maj 2025, dje"),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="Many: outlet, url, headline, published, ..."),
    ] = None,
    new_outlets: Annotated[
        bool, typer.Option("--new-outlets", help="Write files for outlets that a list names.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the list, and keep nothing.")
    ] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Accept a piece that was rejected, too.")
    ] = False,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT")] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who adds it. Else JEHONA_USER.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add a piece by hand: its page is fetched and read, or told where no page can be had.

    With --event it counts as accepted, by you; one that was rejected stays so (code 3) without
    --accept. A list brings many at once, all or none.
    """
    from crawler.config import load_event, load_outlets  # noqa: PLC0415

    desk = workspace_of(workspace)
    found = load_event(desk, event) if event else None
    saying, outlets = _Saying(found, who(by), note, turn=accept), load_outlets(desk)
    if csv is None and (dry_run or new_outlets):
        raise Wrong("--dry-run and --new-outlets go with --csv; `jehona read URL` shows one page")
    if csv is not None:
        if url or headline or published or outlet:
            raise Wrong("--csv brings its own: leave URL, --outlet, --headline and --published out")
        done = _list(desk, csv, outlets, saying, new_outlets=new_outlets, dry_run=dry_run)
    elif headline is None and published is None:
        done = _page(desk, url, outlets, outlet, saying)
    else:
        told = {"url": url, "headline": headline, "published": published}
        done = _typed(desk, told, outlets, outlet, saying)
    if as_json:
        print_json(done)
    else:
        _say(done)
    if done.get("left_rejected"):
        raise typer.Exit(3)


def _say(done: Mapping[str, Any]) -> None:
    for row in done.get("pieces", ()):
        told = (row["outlet"], row["published"] or "undated", row["headline"], row["url"])
        words().print("  ".join(shown(each) for each in told if each), markup=False)
    if outside := done.get("outside_window"):
        line = f"outside the event's window, and counted all the same: {counted(outside, 'piece')}"
        words().print(line, markup=False)
    if done["dry_run"]:
        line = f"{counted(done['rows'], 'piece')} can be taken in; nothing was kept"
        strangers = ", ".join(done["new_outlets"])
        line += f"; new outlets: {strangers}" if strangers else ""
    else:
        line = f"{done['new']} new, {done['known']} known already"
        line += f", accepted for {done['event']}" if done["event"] else ""
        line += _left_alone(done)
    words().print(line, markup=False)


def _left_alone(done: Mapping[str, Any]) -> str:
    """What is said of pieces that were rejected before; "" where there are none."""
    left = done["left_rejected"]
    if not left:
        return ""
    return (
        f", but for {counted(len(left), 'rejected piece')} ({', '.join(left)}): --accept turns it"
    )


# --- one piece --------------------------------------------------------------------------


def _page(
    desk: Workspace,
    url: str | None,
    outlets: Mapping[str, Outlet],
    slug: str | None,
    saying: _Saying,
) -> dict[str, Any]:
    """Fetch the page, read it, keep it. Raises Wrong where that gives no headline or date."""
    from crawler.record import write  # noqa: PLC0415
    from jehona.actions.clips import Clip, page_and_clip, under_its_address  # noqa: PLC0415

    if not url:
        raise Wrong("give the URL of a piece, or --csv FILE")
    outlet = _outlet_of(url, outlets, slug)
    answer, said = _read(desk, url, outlet)
    with _kept_whole(desk, saying.event, answer.fetched) as (record, run):
        said = under_its_address(record, outlet, said)
        page, rows = page_and_clip(answer, outlet, said)
        told = {"url": said.url, "headline": said.headline.value if said.headline else ""}
        one = Clip(line=0, outlet=outlet.slug, told=told)
        new = len(write.store_page(record, run, page, rows).new)
        done = _kept(record, desk, run, [one], outlets, saying)
        return {**done, "new": new, "known": 1 - new}


def _read(desk: Workspace, url: str, outlet: Outlet) -> tuple[Any, Any]:
    """The answer and what it says. Raises Wrong with the way on where it says too little."""
    from crawler.outcomes import Trouble  # noqa: PLC0415
    from crawler.reading import Unreadable  # noqa: PLC0415
    from crawler.reading.page import read_page  # noqa: PLC0415
    from crawler.reading.page.address import moved_to, settled  # noqa: PLC0415
    from crawler.run.fetch_one import fetch  # noqa: PLC0415 - Scrapy
    from jehona.actions.office import Office  # noqa: PLC0415
    from jehona.actions.pages import habits_of, want_contact  # noqa: PLC0415

    way_on = "tell it with --outlet, --headline and --published"
    want_contact(url, desk)
    try:
        answer = fetch(url, outlet, contact=desk.contact, now=datetime.now(UTC))
        page = read_page(
            answer.body,
            url=moved_to(url, answer.site),
            charset=answer.charset,
            fetched=answer.fetched,
            outlet=outlet,
            zone=desk.zone,
            habits=habits_of(Office(workspace=desk), outlet),
            closer=True,
        )
        said = settled(page, url, answer.site, typed=True)
    except Trouble as trouble:
        raise Wrong(f"{url}: {trouble.note}: {way_on}") from None
    except Unreadable as error:
        raise Wrong(f"{url}: {error.reason}: {way_on}") from None
    if said.headline is None:
        raise Wrong(f"{url}: the page has no headline that can be read: {way_on}")
    return answer, said


def _typed(
    desk: Workspace,
    told: Mapping[str, str | None],
    outlets: Mapping[str, Outlet],
    slug: str | None,
    saying: _Saying,
) -> dict[str, Any]:
    """A piece told by a person: video, social, print. Raises Wrong for what is missing."""
    for name in ("headline", "published"):
        if not told[name]:
            raise Wrong(f"--{name} is needed where the page cannot be had")
    if slug is None and not told["url"]:
        raise Wrong("--outlet is needed where there is no URL")
    outlet = _outlet_of(told["url"] or "", outlets, slug)
    row = {"outlet": outlet.slug, **{key: value for key, value in told.items() if value}}
    clips, _ = _checked(_as_table(row), outlets, desk, new_outlets=False, source=None)
    with _kept_whole(desk, saying.event, datetime.now(UTC)) as (record, run):
        return _kept(record, desk, run, clips, outlets, saying)


def _as_table(row: Mapping[str, str]) -> str:
    """One row as a table, so that what is typed is checked like what is brought."""
    import csv  # noqa: PLC0415
    import io  # noqa: PLC0415

    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerows((row.keys(), row.values()))
    return out.getvalue()


def _outlet_of(url: str, outlets: Mapping[str, Outlet], slug: str | None) -> Outlet:
    """The outlet named, else whose address it is. Raises RegistryError, Wrong."""
    from crawler.config import outlets_asked  # noqa: PLC0415
    from crawler.urls import belongs  # noqa: PLC0415

    if slug is not None:
        return outlets_asked(outlets, None, [slug])[0]
    for outlet in outlets.values():
        if belongs(url, outlet):
            return outlet
    raise Wrong(
        f"{url[:200]}: no outlet has this address: give --outlet SLUG, "
        "or add it with `jehona outlets add`"
    )


# --- a list -----------------------------------------------------------------------------


def _list(
    desk: Workspace,
    path: Path,
    outlets: Mapping[str, Outlet],
    saying: _Saying,
    *,
    new_outlets: bool,
    dry_run: bool,
) -> dict[str, Any]:
    clips, strangers = _checked(_text(path), outlets, desk, new_outlets=new_outlets, source=path)
    if dry_run:
        names = [outlet.name for outlet in strangers]
        return {"dry_run": True, "rows": len(clips), "new_outlets": names}
    from crawler.config.outlet_file import write_outlet  # noqa: PLC0415

    known = {**outlets, **{outlet.slug: outlet for outlet in strangers}}
    with _kept_whole(desk, saying.event, datetime.now(UTC)) as (record, run):
        # first, so that no piece is of an outlet that has no file; killed here, files are left
        # that the same list then finds
        for outlet in strangers:
            write_outlet(
                outlet, desk.root / "outlets", notes=(f"Named by {path.name}, {saying.by}",)
            )
        done = _kept(record, desk, run, clips, known, saying)
    return {**done, "pieces": [], "new_outlets": [outlet.name for outlet in strangers]}


def _text(path: Path) -> str:
    """The list as text. Raises Wrong."""
    try:
        with path.open("rb") as file:
            body = file.read(LARGEST + 1)
        if len(body) > LARGEST:
            raise Wrong(f"{path}: larger than {LARGEST // 1_000_000} MB: part the list")
        return body.decode("utf-8-sig")
    except OSError as error:
        raise Wrong(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise Wrong(f"{path}: it is not UTF-8: save it as CSV UTF-8") from None


def _checked(
    text: str,
    outlets: Mapping[str, Outlet],
    desk: Workspace,
    *,
    new_outlets: bool,
    source: Path | None,
) -> tuple[list[Clip], list[Outlet]]:
    """The clips of a table. Raises Wrong, which names file, line and column."""
    from jehona.actions.clips import WrongClips, clips_in  # noqa: PLC0415

    try:
        return clips_in(
            text, outlets, fetched=datetime.now(UTC), zone=desk.zone, new_outlets=new_outlets
        )
    except WrongClips as wrong:
        if source is not None:
            raise Wrong(f"{source}: {wrong}") from None
        raise Wrong(f"--{str(wrong).partition(': ')[2]}") from None


# --- into the record ----------------------------------------------------------------------


@contextmanager
def _kept_whole(desk: Workspace, event: Event | None, at: datetime) -> Iterator[tuple[Record, int]]:
    """The record and a run of one's own in it: what is brought is kept and accepted, or nothing.

    A crawl may be under way: neither disturbs the other.
    """
    from crawler.record import write  # noqa: PLC0415
    from jehona.cli.crawl import hand_record  # noqa: PLC0415

    with hand_record(desk) as record:
        with write.run_by_hand(
            record,
            event=event.slug if event else None,
            window=event.window if event else None,
            at=at,
            version=__version__,
        ) as run:
            yield record, run
        if event is not None:
            from crawler import event_matches  # noqa: PLC0415

            event_matches.match_event(record, event)


def _kept(
    record: Record,
    desk: Workspace,
    run: int,
    clips: Sequence[Clip],
    outlets: Mapping[str, Outlet],
    saying: _Saying,
) -> dict[str, Any]:
    """Store and accept, in the transaction of the run."""
    from jehona.actions import clips as clips_action  # noqa: PLC0415

    now, event = datetime.now(UTC), saying.event
    done = clips_action.keep(record, run, clips, outlets, fetched=now, zone=desk.zone)
    slug = event.slug if event else None
    left = clips_action.accept(
        record, clips, done.articles, event=slug, language=desk.language, by=saying.by, at=now,
        note=saying.note, turn=saying.turn,
    )  # fmt: skip
    return {**_told(record, desk, clips, done, event), "left_rejected": list(left)}


def _told(
    record: Record, desk: Workspace, clips: Sequence[Clip], done: Clipped, event: Event | None
) -> dict[str, Any]:
    """What was kept, with the day as it was understood: "dje" is one, too."""
    from crawler.record import read  # noqa: PLC0415

    kept = [read.article(record, key) for key in done.articles]
    dated = [article.published for article in kept if article and article.published]
    rows = [
        {
            "article": key,
            "outlet": clip.outlet,
            "headline": clip.told.get("headline"),
            "url": clip.told.get("url"),
            "published": _day(article, desk.zone),
        }
        for clip, key, article in zip(clips, done.articles, kept, strict=True)
    ]
    outside = sum(not event.window.holds(when) for when in dated) if event else 0
    slug = event.slug if event else None
    told = {"dry_run": False, "event": slug, "new": done.new, "known": done.known}
    return {**told, "outside_window": outside, "pieces": rows}


def _day(article: Article | None, zone: str) -> str | None:
    """The local day, and the minute where it is known."""
    if article is None or article.published is None:
        return None
    local = article.published.astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%d}" if article.precision == "day" else f"{local:%Y-%m-%d %H:%M}"
