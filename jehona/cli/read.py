"""`jehona read`: what one page says, all candidates of every field, and why one won."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from crawler.models import Outlet, Workspace
from jehona.actions.as_json import plain
from jehona.actions.errors import Wrong
from jehona.cli.common import (
    NAMED_FIRST,
    JsonOption,
    WorkspaceOption,
    print_json,
    words,
    workspace_of,
)

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from crawler.outcomes import Reason
    from crawler.reading.page.page_models import Candidate, Habits, PageReading

FIELDS = (
    "headline", "published", "byline", "lead", "text", "section", "language", "canonical",
    "image", "paywall",
)  # fmt: skip
# in the order in which a reader asks
LONGEST_FILE = 16 * 1024 * 1024
# bytes, unpacked; a page is cut to less anyhow
SHOWN = 70
# characters of a value in the table; all of it is in the JSON
GZIPPED = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page at hand, with what was known before it was read."""

    url: str
    # its address, "" where a file does not say
    body: bytes
    # as saved or answered
    charset: str | None
    # of the Content-Type header
    fetched: datetime
    # aware; of a file: when it was last written
    outlet: Outlet | None
    # whose it is


class Refused(Exception):
    """There is nothing to show: one line says why."""

    def __init__(self, reason: Reason, line: str) -> None:
        super().__init__(line)
        self.reason = reason


def read(
    what: Annotated[
        str, typer.Argument(metavar="URL|FILE", help="A page on the web, or saved (.html, .gz).")
    ],
    outlet: Annotated[
        str | None,
        typer.Option("--outlet", "-o", metavar="SLUG", help="Whose page. Else by its address."),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="URL", help="The address a file had. Else as it says."),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read one page, and show every candidate of every field with what won and why.

    A file needs no network. A page on the web is asked for like any other; nothing is kept.
    """
    desk = _desk(workspace, needed=outlet is not None)
    web = _is_address(what)
    if web and url:
        raise Wrong("--url is for a file: a page on the web has its address")
    try:
        page = _asked(what, desk, outlet) if web else _saved(Path(what), desk, outlet, url)
        said = _said(page, habits_of(desk, page.outlet), desk.zone if desk else None)
    except Refused as refused:
        raise typer.Exit(_refuse(what, refused, as_json=as_json)) from None
    if as_json:
        print_json(document(page, said))
        return
    _show(page, said)


# --- the page ----------------------------------------------------------------------


def _is_address(what: str) -> bool:
    return urlsplit(what).scheme.lower() in {"http", "https"}


def _desk(named: Path | None, *, needed: bool) -> Workspace | None:
    """The workspace, if one is named, needed or near: a page can be read without."""
    from crawler.config import NoWorkspace  # noqa: PLC0415

    try:
        return workspace_of(named)
    except NoWorkspace:
        if named or needed or NAMED_FIRST.get() or os.environ.get("JEHONA_WORKSPACE"):
            raise
        return None


def _asked(url: str, desk: Workspace | None, slug: str | None) -> Page:
    """The page at an address. Raises Refused, Wrong."""
    from crawler.outcomes import Trouble  # noqa: PLC0415
    from crawler.run.fetch_one import fetch  # noqa: PLC0415 - Scrapy

    outlet = _outlet(url, desk, slug)
    contact = desk.contact if desk else None
    want_contact(url, desk, contact)
    try:
        answer = fetch(url, outlet, contact=contact, now=datetime.now(UTC))
    except Trouble as trouble:
        raise Refused(trouble.reason, trouble.note) from trouble
    return Page(
        url=url,
        body=answer.body,
        charset=answer.charset,
        fetched=answer.fetched,
        outlet=outlet,
    )


def want_contact(url: str, desk: Workspace | None, contact: str | None) -> None:
    """Raises Wrong for a stranger's address where we give no contact, and for none at all."""
    from crawler.urls import host_of, is_loopback  # noqa: PLC0415

    try:
        host = host_of(url)
    except ValueError:
        raise Wrong(f"{url[:200]}: not an address") from None
    if contact or is_loopback(host):
        return
    where = f"{desk.root / 'jehona.toml'}: write" if desk else "in a workspace's jehona.toml write"
    raise Wrong(f'{where} contact = "you@office.example" first: {host} must know who asks')


def _saved(path: Path, desk: Workspace | None, slug: str | None, url: str | None) -> Page:
    """The page in a file. Raises Refused, Wrong."""
    body, written = _bytes_of(path)
    address = url or _claimed(body)
    return Page(
        url=address,
        body=body,
        charset=None,
        fetched=written,
        outlet=_outlet(address, desk, slug),
    )


def _bytes_of(path: Path) -> tuple[bytes, datetime]:
    """What stands in the file, unpacked, and when it was written. Raises Wrong."""
    try:
        if not path.is_file():
            what = "a folder" if path.is_dir() else "no such file, and no address with http(s)://"
            raise Wrong(f"{path}: {what}")
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        with path.open("rb") as file:
            packed = file.read(2) == GZIPPED
            file.seek(0)
            if not packed:
                return file.read(LONGEST_FILE), written
            with gzip.GzipFile(fileobj=file) as inside:
                return inside.read(LONGEST_FILE), written
    except (OSError, EOFError, ValueError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise Wrong(f"{path}: cannot be read: {reason}") from error


def _claimed(body: bytes) -> str:
    """The address a saved page gives itself, "" without one. Raises Refused."""
    from crawler.outcomes import Reason  # noqa: PLC0415
    from crawler.reading import Unreadable  # noqa: PLC0415
    from crawler.reading.page.page_meta import claimed_address  # noqa: PLC0415 - lxml

    try:
        return claimed_address(body, None) or ""
    except Unreadable as error:
        raise Refused(Reason.UNREADABLE, error.reason) from error


def _outlet(url: str, desk: Workspace | None, slug: str | None) -> Outlet | None:
    """The outlet named, else the one in use whose address this is. Raises RegistryError."""
    from crawler.config import load_outlets, outlets_asked  # noqa: PLC0415
    from crawler.urls import belongs  # noqa: PLC0415

    if desk is None:
        return None
    outlets = load_outlets(desk)
    if slug is not None:
        return outlets_asked(outlets, None, [slug])[0]
    return next((one for one in outlets.values() if url and belongs(url, one)), None)


def habits_of(desk: Workspace | None, outlet: Outlet | None) -> Habits | None:
    """What the record learnt of the outlet, None without a record. Raises RecordRefused."""
    if desk is None or outlet is None or not desk.record.exists():
        return None
    from crawler.record import open_record  # noqa: PLC0415
    from crawler.run.learn_boilerplate import known  # noqa: PLC0415

    with open_record(desk.record, desk.snapshots, readonly=True) as record:
        return known(record, outlet.slug)


def _said(page: Page, habits: Habits | None, zone: str | None) -> PageReading:
    from crawler.outcomes import Reason  # noqa: PLC0415
    from crawler.reading import Unreadable  # noqa: PLC0415
    from crawler.reading.page import read_page  # noqa: PLC0415 - lxml

    try:
        return read_page(
            page.body,
            url=page.url,
            charset=page.charset,
            fetched=page.fetched,
            outlet=page.outlet,
            zone=zone,
            habits=habits,
            closer=True,
        )
    except Unreadable as error:
        raise Refused(Reason.UNREADABLE, error.reason) from error


def _refuse(what: str, refused: Refused, *, as_json: bool) -> int:
    """Say why there is nothing to show; the exit code of it."""
    from crawler.outcomes import MEANINGS, exit_code  # noqa: PLC0415

    outcome = MEANINGS[refused.reason].outcome
    line = f"{what}: {outcome.value}, {refused.reason.value}: {refused}"
    if as_json:
        reason = refused.reason.value
        print_json({"url": what, "outcome": outcome, "reason": reason, "note": str(refused)})
    words(to_stderr=True).print(line, markup=False)
    return exit_code([outcome])


# --- what it says ------------------------------------------------------------------


def document(page: Page, said: PageReading) -> dict[str, Any]:
    """The reading as JSON: the contract's words for a page read by itself."""
    reading = said.reading
    fields = {name: _field(name, said) for name in FIELDS}
    return {
        "url": page.url or None,
        "outlet": page.outlet.slug if page.outlet else None,
        "fetched": page.fetched,
        "kind": said.kind,
        "fields": fields,
        "modified": reading.modified,
        "aliases": reading.aliases,
        "boilerplate": said.boilerplate,
        "notes": reading.notes,
    }


def _field(name: str, said: PageReading) -> dict[str, Any]:
    """One field: the value that stands, how sure, and all candidates, the winner first."""
    kept = getattr(said.reading, name, None)
    found = [plain(one) for one in _candidates(name, said)]
    won = next((one for one in found if one["won"]), None)
    value = plain(kept.value) if kept else won and won["value"]
    layer = kept.layer if kept else won and won["layer"]
    return {
        "value": value,
        "layer": layer,
        "confidence": said.confidence.get(name),
        "candidates": [{key: one[key] for key in one if key != "field"} for one in found],
    }


def _candidates(name: str, said: PageReading) -> list[Candidate]:
    return [one for one in said.candidates if one.field == name]


def _show(page: Page, said: PageReading) -> None:
    """The table, and what else a reader should know."""
    out = words()
    whose = page.outlet.name if page.outlet else "no outlet that we know"
    head = f"{said.kind.value} of {whose}, {page.url or 'without an address'}"
    out.print(head, style="bold", markup=False)
    out.print(_table(said))
    for line in said.boilerplate:
        out.print(f"stands under other pieces too: {_cut(line)}", markup=False)
    for note in said.reading.notes:
        out.print(f"note: {note}", markup=False)


def _table(said: PageReading) -> Table:
    from rich.table import Table  # noqa: PLC0415 - not on the path of --help

    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for name in ("field", "", "value"):
        table.add_column(name, no_wrap=name != "value", overflow="fold")
    table.add_column("from", overflow="fold")
    table.add_column("weight", justify="right", no_wrap=True)
    table.add_column("why", overflow="fold")
    for name in FIELDS:
        for row in _rows(name, said):
            table.add_row(*row)
    return table


def _rows(name: str, said: PageReading) -> Iterator[Sequence[Text]]:
    from rich.text import Text  # noqa: PLC0415

    found = _candidates(name, said)
    sure = said.confidence.get(name)
    stands = said.reading.published if name == "published" else None
    label = f"{name} {sure:.0%}" if found and sure is not None else name
    if not found:
        yield (Text(label, "bold"), Text("–", "dim"), Text("nothing is said", "dim"))
    for at, one in enumerate(found):
        style = "" if one.won else "dim"
        sign = Text("✓", "green") if one.won else Text(" ")
        value = stands.value if one.won and stands else one.value
        cells = (_worded(name, value), one.layer.removeprefix("page:"), f"{one.weight:.1f}")
        told = (Text(cell, style) for cell in (*cells, one.why))
        yield (Text("" if at else label, "bold"), sign, *told)


def _worded(name: str, value: Any) -> str:
    """A value in one short line."""
    if name == "text":
        return f"{len(value):,} characters: {_cut(value)}"
    if name == "published":
        moment = value.instant.isoformat(sep=" ", timespec="minutes")
        return moment[:10] if value.precision == "day" else str(moment)
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return _cut(str(value))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:SHOWN]}…" if len(line) > SHOWN else line
