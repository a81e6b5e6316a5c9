"""What one page says: of the web or saved, with every candidate of every field."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from crawler.config import outlets_asked
from crawler.models import Outlet, Workspace
from crawler.outcomes import MEANINGS, Reason, Trouble
from crawler.reading import Unreadable
from crawler.reading.page import read_page
from crawler.reading.page.address import moved_to
from crawler.reading.page.page_meta import claimed_address
from crawler.reading.page.page_models import Candidate, Habits, PageReading
from crawler.run.fetch_one import fetch
from crawler.run.learn_boilerplate import known
from crawler.urls import belongs, host_of, is_loopback
from jehona.actions.as_json import plain
from jehona.actions.errors import Wrong
from jehona.actions.office import Office, now_utc

# In the order in which a reader asks.
FIELDS: Final = (
    "headline", "published", "byline", "lead", "text", "section", "language", "canonical",
    "image", "paywall",
)  # fmt: skip
# Bytes of a saved page, unpacked; a page is cut to less anyhow.
LONGEST_FILE: Final = 16 * 1024 * 1024
GZIPPED: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page at hand, with what was known before it was read."""

    # its address, "" where a file does not say
    url: str
    # as saved or answered
    body: bytes
    # of the Content-Type header
    charset: str | None
    # with a zone; of a file: when it was last written
    fetched: datetime
    # whose it is
    outlet: Outlet | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSaid:
    """A page and what it says."""

    page: Page
    said: PageReading

    def as_json(self) -> dict[str, Any]:
        """The reading as JSON: the contract's words for a page read by itself."""
        reading = self.said.reading
        return {
            "url": self.page.url or None,
            "outlet": self.page.outlet.slug if self.page.outlet else None,
            "fetched": self.page.fetched,
            "kind": self.said.kind,
            "fields": {name: self._field(name) for name in FIELDS},
            "modified": reading.modified,
            "aliases": reading.aliases,
            "boilerplate": self.said.boilerplate,
            "notes": reading.notes,
        }

    def candidates(self, name: str) -> list[Candidate]:
        """Of one field, the winner first."""
        return [one for one in self.said.candidates if one.field == name]

    def _field(self, name: str) -> Mapping[str, Any]:
        """One field: the value that stands, how sure, and all candidates."""
        kept = getattr(self.said.reading, name, None)
        found = [plain(one) for one in self.candidates(name)]
        won = next((one for one in found if one["won"]), None)
        return {
            "value": plain(kept.value) if kept else won and won["value"],
            "layer": kept.layer if kept else won and won["layer"],
            "confidence": self.said.confidence.get(name),
            "candidates": [{key: one[key] for key in one if key != "field"} for one in found],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingSaid:
    """There is nothing to show, by a reason of the ledger."""

    url: str
    reason: Reason
    note: str

    def as_json(self) -> dict[str, Any]:
        """What a program is told in place of a reading."""
        outcome = MEANINGS[self.reason].outcome
        return {
            "url": self.url,
            "outcome": outcome,
            "reason": self.reason.value,
            "note": self.note,
        }


def read(
    office: Office | None, what: str, *, outlet: str | None = None, url: str | None = None
) -> PageSaid | NothingSaid:
    """Read the page at an address, or in a file (.html, .gz); nothing is kept.

    `url` is the address that a file had. Without an office no outlet is known. Raises Wrong for
    what is no address and no readable file, and where a stranger would be asked without a contact;
    RegistryError for an unknown outlet.
    """
    web = urlsplit(what).scheme.lower() in {"http", "https"}
    if web and url:
        raise Wrong("--url is for a file: a page on the web has its address")
    try:
        page = _asked(office, what, outlet) if web else _saved(office, Path(what), outlet, url)
        said = read_page(
            page.body,
            url=page.url,
            charset=page.charset,
            fetched=page.fetched,
            outlet=page.outlet,
            zone=office.workspace.zone if office else None,
            habits=habits_of(office, page.outlet),
            closer=True,
        )
    except Trouble as trouble:
        return NothingSaid(url=what, reason=trouble.reason, note=trouble.note)
    except Unreadable as error:
        return NothingSaid(url=what, reason=Reason.UNREADABLE, note=error.reason)
    return PageSaid(page=page, said=said)


def want_contact(url: str, workspace: Workspace | None) -> None:
    """Raises Wrong for a stranger's address where we give no contact, and for none at all."""
    try:
        host = host_of(url)
    except ValueError:
        raise Wrong("{url}: not an address", url=url[:200]) from None
    if is_loopback(host) or (workspace and workspace.contact):
        return
    file = workspace and workspace.root / "jehona.toml"
    where = f"{file}: write" if file else "in a workspace's jehona.toml write"
    raise Wrong(
        '{where} contact = "you@office.example" first: {host} must know who asks',
        where=where,
        host=host,
    )


def habits_of(office: Office | None, outlet: Outlet | None) -> Habits | None:
    """What the record learnt of the outlet, None without a record. Raises RecordRefused."""
    if office is None or outlet is None or not office.workspace.record.exists():
        return None
    with office.to_read() as record:
        return known(record, outlet.slug)


def _asked(office: Office | None, url: str, slug: str | None) -> Page:
    """The page at an address. Raises Trouble, Wrong."""
    outlet = _outlet(office, url, slug)
    want_contact(url, office.workspace if office else None)
    contact = office.workspace.contact if office else None
    now = office.clock() if office else now_utc()
    answer = fetch(url, outlet, contact=contact, now=now)
    return Page(
        url=moved_to(url, answer.site),
        body=answer.body,
        charset=answer.charset,
        fetched=answer.fetched,
        outlet=outlet,
    )


def _saved(office: Office | None, path: Path, slug: str | None, url: str | None) -> Page:
    """The page in a file. Raises Unreadable, Wrong."""
    body, written = _bytes_of(path)
    address = url or claimed_address(body, None) or ""
    outlet = _outlet(office, address, slug)
    return Page(url=address, body=body, charset=None, fetched=written, outlet=outlet)


def _bytes_of(path: Path) -> tuple[bytes, datetime]:
    """What stands in the file, unpacked, and when it was written. Raises Wrong."""
    try:
        if not path.is_file():
            what = "a folder" if path.is_dir() else "no such file, and no address with http(s)://"
            raise Wrong("{path}: {what}", path=path, what=what)
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
        raise Wrong("{path}: cannot be read: {reason}", path=path, reason=reason) from error


def _outlet(office: Office | None, url: str, slug: str | None) -> Outlet | None:
    """The outlet named, else the one in use whose address this is. Raises RegistryError."""
    if office is None:
        return None
    outlets = office.outlets()
    if slug is not None:
        return outlets_asked(outlets, None, [slug])[0]
    return next((one for one in outlets.values() if url and belongs(url, one)), None)
