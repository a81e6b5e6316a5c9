"""Looking a record or a backup over: the database, the packs beside it, and what nobody needs.

SQLite keeps no checksums: what is checked is that every page, index and reference hangs together
and every text can be read (sqlite.org/pragma.html, integrity_check), that every kept page unpacks
to what its own checksum says, and what lies about that nothing refers to. Nothing is changed.
"""

from __future__ import annotations

import sqlite3
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, Final, Literal, NamedTuple

from sqlite_utils import Database

from crawler.evidence import wacz_check
from crawler.evidence.seal import body_digest
from crawler.files import drafts_in
from crawler.record import opening
from crawler.record.errors import is_damage, translating, translating_disk
from crawler.record.scratch import scratch_database
from crawler.record.seal_check import SealState, check_seal, is_sealing, seal_of_archive
from crawler.record.snapshot_store import body_if_whole, is_pack_name, pack_name
from crawler.record.stamps import Judge

MOST: Final = 100
# places of damage that are told one by one
FOLDER: Final = "snapshots"
# of the packs in a backup, as in var/
BROKEN_ZIP: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    struct.error,
)  # fmt: skip
# what `zipfile` raises at bytes that were cut off or turned

Kind = Literal["record", "backup", "record alone", "evidence"]
Pack = AbstractContextManager[tuple[BinaryIO, int] | None]
# an open pack and its bytes; None where it is missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One thing that is not as it was written."""

    file: str
    # "coverage.db", "snapshots/run-000007.pack"
    what: str
    # "is missing", "row 5 missing from index ..."
    where: str | None = None
    # "45 kept pages", "bytes 100 to 220: https://..."

    @property
    def line(self) -> str:
        """All of it in a line."""
        return f"{self.file} {self.what}" + (f" ({self.where})" if self.where else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """Bytes that nothing refers to: of killed runs. Harmless; `prune` sweeps packs."""

    file: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What looking over found."""

    file: Path
    kind: Kind
    # record: with its packs; backup: a zip; record alone: a database without packs; evidence: an
    # archive of an event, whose pages are its articles
    articles: int
    decisions: int
    pages: int
    # kept pages
    packs: int
    # that hold them
    damage: tuple[Damage, ...]
    # at most MOST
    more: int
    # places of damage beyond those
    orphans: tuple[Orphan, ...]
    seal: SealState | None = None
    # None: of an earlier release, which sealed nothing

    @property
    def whole(self) -> bool:
        """Whether nothing is damaged."""
        return not self.damage


@dataclass(slots=True, kw_only=True)
class _Findings:
    """What was found so far."""

    counts: dict[str, int] = field(default_factory=dict)
    damage: list[Damage] = field(default_factory=list)
    more: int = 0
    orphans: list[Orphan] = field(default_factory=list)
    seal: SealState | None = None
    judge: Judge | None = None
    # of stamps; None: they are only counted

    def add(self, file: str, what: str, where: str | None = None) -> None:
        if len(self.damage) >= MOST:
            self.more += 1
            return
        self.damage.append(Damage(file=file, what=what, where=where))

    def told(self, file: Path, kind: Kind) -> Verified:
        number = self.counts.get
        return Verified(
            file=file,
            kind=kind,
            articles=number("articles", 0),
            decisions=number("decisions", 0),
            pages=number("pages", 0),
            packs=number("packs", 0),
            damage=tuple(self.damage),
            more=self.more,
            orphans=tuple(self.orphans),
            seal=self.seal,
        )


# --- what can be looked over ----------------------------------------------------------------


def verify_record(path: Path, snapshots: Path | None, *, judge: Judge | None = None) -> Verified:
    """Looks the record at `path` over, with its packs unless `snapshots` is None.

    Without a `judge` stamps are only counted.

    It may be in use, but not beside a `prune`: the caller holds the lock of the packs. Raises
    RecordRefused where it cannot be judged: locked, forbidden, of a newer version.
    """
    found = _Findings(judge=judge)
    packs = _folder(snapshots) if snapshots else None
    with (
        translating_disk(path),
        translating(path),
        _telling(found, path.name),
        closing(opening.connect_as_it_is(path)) as conn,
    ):
        conn.execute("BEGIN")
        _database(conn, path, found)
        if packs:
            _packs(conn, packs, found)
            _orphans(conn, path.parent, snapshots or path.parent, found)
    return found.told(path, "record" if packs else "record alone")


def verify_copy(conn: sqlite3.Connection, path: Path) -> Verified:
    """Looks over a copy of a record that is open already; `path` is its name for people."""
    found = _Findings()
    with translating(path), _telling(found, path.name):
        _database(conn, path, found)
    return found.told(path, "record alone")


def verify_file(path: Path, *, beside: Path | None = None, judge: Judge | None = None) -> Verified:
    """Looks a backup over: a zip with the packs, or a record alone.

    A `coverage.db` with its `snapshots/` beside it is looked over as a record; `beside` as for
    `verify_zip`. Raises RecordRefused as `verify_record`.
    """
    with translating_disk(path), path.open("rb") as file:
        if path.suffix.lower() == ".wacz":
            return _evidence(file, path, judge)
        if path.suffix.lower() == ".zip" or file.read(2) == b"PK":
            return verify_zip(file, path, beside=beside, judge=judge)
    snapshots = path.with_name(FOLDER)
    is_record = path.name == opening.RECORD and snapshots.is_dir()
    return verify_record(path, snapshots if is_record else None, judge=judge)


def verify_zip(
    file: BinaryIO, path: Path, *, beside: Path | None, judge: Judge | None = None
) -> Verified:
    """Looks over the backup that `file` holds; `path` is its name for people.

    The record in it is unpacked on the disk of `beside` (default: of the system's own drafts).
    Raises RecordRefused.
    """
    found = _Findings(judge=judge)
    with translating_disk(path):
        try:
            with zipfile.ZipFile(file) as archive:
                _zip(archive, path, beside or _drafts() / path.name, found)
        except BROKEN_ZIP as error:
            found.add(path.name, "is cut off or damaged", str(error) or None)
    return found.told(path, "backup")


def _evidence(file: BinaryIO, path: Path, judge: Judge | None) -> Verified:
    """Looks over an archive of an event: members, records, the chain they are sealed by."""
    found = _Findings(judge=judge)
    try:
        with zipfile.ZipFile(file) as archive:
            looked = wacz_check.look_over(archive)
    except (*BROKEN_ZIP, KeyError, TypeError, AttributeError, RecursionError) as error:
        found.add(path.name, "is cut off or damaged, or no archive of ours", str(error) or None)
        return found.told(path, "evidence")
    for member, what, where in looked.wrong:
        found.add(member, what, where)
    found.seal = seal_of_archive(looked, found.add, judge)
    found.counts |= {"articles": looked.pages, "pages": looked.answers}
    return found.told(path, "evidence")


# --- a zip ------------------------------------------------------------------------------


def unpack_record(archive: zipfile.ZipFile, into: BinaryIO) -> None:
    """The record's bytes out of a backup. Raises KeyError without one, BROKEN_ZIP, OSError."""
    with archive.open(opening.RECORD) as record:
        while piece := record.read(1 << 20):
            into.write(piece)
    into.flush()


def _zip(archive: zipfile.ZipFile, path: Path, beside: Path, found: _Findings) -> None:
    if opening.RECORD not in archive.namelist():
        found.add(path.name, f"is no backup of a record: there is no {opening.RECORD} in it")
        return
    with ExitStack() as opened:
        # a full disk is that of the draft, not the backup's
        with translating_disk(beside):
            scratch = opened.enter_context(scratch_database(beside))
            unpack_record(archive, scratch.file)
        opened.enter_context(translating(path))
        opened.enter_context(_telling(found, opening.RECORD))
        _database(scratch.reader, path, found)
        used = _packs(scratch.reader, lambda name: _member(archive, name), found)
        known = {opening.RECORD, *(f"{FOLDER}/{name}" for name in used)}
        found.orphans += [
            Orphan(file=each.filename, bytes=each.file_size)
            for each in archive.infolist()
            if each.filename not in known
        ]


@contextmanager
def _member(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[BinaryIO, int] | None]:
    try:
        told = archive.getinfo(f"{FOLDER}/{name}")
    except KeyError:
        yield None
        return
    with archive.open(told) as member:
        yield member, told.file_size  # type: ignore[misc]  # typeshed has it as IO[bytes]


def _drafts() -> Path:
    return Path(tempfile.gettempdir())


# --- the database -----------------------------------------------------------------------


@contextmanager
def _telling(found: _Findings, file: str) -> Iterator[None]:
    """What SQLite cannot read is damage; a lock or a full disk is not."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        found.add(file, str(error))


def _database(conn: sqlite3.Connection, path: Path, found: _Findings) -> None:
    """Pages, indexes, references and texts of a record. Raises RecordRefused for a newer one."""
    if stranger := opening.stranger(Database(conn, execute_plugins=False), path):
        found.add(opening.RECORD, stranger)
        return
    for (line,) in conn.execute(f"PRAGMA integrity_check({MOST * 10})"):
        for said in str(line).splitlines():
            if said != "ok" and not said.startswith("*** in database"):
                found.add(opening.RECORD, said)
    for table, row, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        found.add(
            opening.RECORD, f"refers to a row of {parent} that is not there", f"{table} {row}"
        )
    for table in _tables(conn):
        with _telling(found, opening.RECORD):
            found.counts[table] = sum(1 for _ in conn.execute(f'SELECT * FROM "{table}"'))  # noqa: S608
    if is_sealing(conn):
        with _telling(found, opening.RECORD):
            found.seal = check_seal(
                conn, lambda what, where: found.add(opening.RECORD, what, where), found.judge
            )


def _tables(conn: sqlite3.Connection) -> list[str]:
    """Our own tables, without those that make the search index up."""
    asked = "SELECT name FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return [str(name) for (name,) in conn.execute(asked)]


# --- the packs --------------------------------------------------------------------------


class _Page(NamedTuple):
    """Where a page was kept."""

    offset: int
    length: int
    url: str
    digest: str | None
    body: str | None
    # as it was sealed, None where it was not


def _packs(
    conn: sqlite3.Connection, opened: Callable[[str], Pack], found: _Findings
) -> frozenset[str]:
    """Every kept page is there and unpacks; gives the names of the packs that hold any."""
    if found.counts.get("pages") is None:
        return frozenset()
    columns = {name for (name,) in conn.execute("SELECT name FROM pragma_table_info('pages')")}
    # records of earlier releases have no digests
    digest = "digest" if "digest" in columns else "NULL"
    asked = f'SELECT pack, "offset", length, url, {digest}, {_body(conn)} FROM pages ORDER BY 1, 2'  # noqa: S608
    used = set()
    for name, rows in groupby(conn.execute(asked), key=lambda row: str(row[0])):
        used.add(name)
        _pack(name, [_Page(*row[1:]) for row in rows], opened, found)
    found.counts["packs"] = len(used)
    return frozenset(used)


def _body(conn: sqlite3.Connection) -> str:
    """What a page's bytes were sealed as, for a query; earlier releases sealed nothing."""
    if not is_sealing(conn):
        return "NULL"
    return "(SELECT body FROM sealed WHERE kind = 'page' AND row = pages.id AND gone IS NULL)"


def _pack(
    name: str,
    pages: Sequence[_Page],
    opened: Callable[[str], Pack],
    found: _Findings,
) -> None:
    file = f"{FOLDER}/{name}"
    with opened(name) if is_pack_name(name) else nullcontext() as there:
        if there is None:
            found.add(file, "is missing", f"{len(pages)} kept pages")
            return
        pack, size = there
        for at, page in enumerate(pages):
            place = f"bytes {page.offset} to {page.offset + page.length}: {page.url}"
            if min(page.offset, page.length) < 0:
                found.add(file, "has no such place", place)
                continue
            if page.offset + page.length > size:
                left = f"{len(pages) - at} kept pages from byte {page.offset} on"
                found.add(file, "is cut off", left)
                return
            pack.seek(page.offset)
            body = body_if_whole(pack.read(page.length), page.digest)
            if body is None:
                found.add(file, "is not what was kept", place)
            elif page.body is not None and body_digest(body) != page.body:
                found.add(file, "is not what was sealed", place)


def _folder(snapshots: Path) -> Callable[[str], Pack]:
    @contextmanager
    def opened(name: str) -> Iterator[tuple[BinaryIO, int] | None]:
        path = snapshots / name
        with translating_disk(path):
            if not path.exists():
                yield None
                return
            with path.open("rb") as pack:
                yield pack, path.stat().st_size

    return opened


def _orphans(conn: sqlite3.Connection, var: Path, snapshots: Path, found: _Findings) -> None:
    """Packs nobody refers to, torn ends of killed runs, drafts. A run under way has none yet."""
    asked = (
        'SELECT pack, sum(length) FROM (SELECT DISTINCT pack, "offset", length FROM pages) '
        "GROUP BY pack"
    )
    used = {str(pack): int(length) for pack, length in conn.execute(asked)}
    running = conn.execute("SELECT number FROM runs WHERE state = 'running'")
    growing = {pack_name(run) for (run,) in running}
    for pack in sorted(snapshots.glob("*.pack")):
        left = pack.stat().st_size - used.get(pack.name, 0)
        if left > 0 and pack.name not in growing:
            found.orphans.append(Orphan(file=f"{FOLDER}/{pack.name}", bytes=left))
    for draft in (*drafts_in(var), *drafts_in(snapshots)):
        name = draft.relative_to(var).as_posix() if draft.is_relative_to(var) else draft.name
        found.orphans.append(Orphan(file=name, bytes=draft.stat().st_size))
