"""Bundles into the record, by the door that a crawl uses, in whatever order they come.

What a piece says depends on the order in which it was told: an edit has a before and an after. So
each account is kept with its moment, and one that comes after a later one of the same piece is told
in its place: what hangs on the names of its rows is taken back and told again in the order of
time. All else is stored as it comes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from crawler.bundles.accounts import Account, Gone, spelled, understood
from crawler.models import Alias, Lead, ListingPage, Reading, Run
from crawler.record import Record, read, rows, sealing, write
from crawler.record.identity import last_resorts
from crawler.record.retelling import forget, give_back, owners_of
from crawler.record.snapshot_store import packed, unpacked
from crawler.record.sql_batches import in_batches
from crawler.record.storing import Storing, row_of

_KNOWN = "SELECT run FROM bundles WHERE digest = ? AND direction = 'taken'"
_BUNDLE = """
INSERT INTO bundles (digest, direction, run, collector, previous, at)
VALUES (?, 'taken', ?, ?, ?, ?)"""
_RUN = """
INSERT INTO runs (event, since, until, zone, started, finished, state, version)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_ACCOUNT = "INSERT INTO accounts (run, outlet, place, page, told) VALUES (?, ?, ?, ?, ?)"
_NAME = "INSERT INTO account_names (outlet, name, account) VALUES *"
_LATER = """
SELECT 1 FROM account_names AS n JOIN accounts AS a ON a.id = n.account
WHERE n.outlet = ? AND n.name IN (SELECT value FROM json_each(?)) AND a.place > ? LIMIT 1"""
_NAMING = """
SELECT DISTINCT account FROM account_names
WHERE outlet = ? AND name IN (SELECT value FROM json_each(?))"""
_TOLD = "SELECT run, place, page, told FROM accounts WHERE id = ?"
_LATER_HERE = """
SELECT 1 FROM aliases AS n JOIN readings AS r ON r.article = n.article AND r.layer = ?
WHERE n.outlet = ? AND n.kind = ? AND n.value = ? AND r.changed > ?"""
_BESIDE = """
SELECT kind || ' ' || value FROM aliases WHERE article IN (
  SELECT a.article FROM json_each(?) AS j CROSS JOIN aliases AS a
  ON a.outlet = ? AND a.kind = json_extract(j.value, '$[0]')
    AND a.value = json_extract(j.value, '$[1]') WHERE a.article NOT NULL)"""
_FIRST_SEEN = "SELECT min(first_seen) FROM articles WHERE id IN (SELECT value FROM json_each(?))"
_STRANGE = """
SELECT 1 FROM snapshots WHERE article IN (SELECT value FROM json_each(?1))
  AND page NOT IN (SELECT page FROM accounts WHERE page NOT NULL)
UNION ALL SELECT 1 FROM revisions WHERE article IN (SELECT value FROM json_each(?1))
  AND run NOT IN (SELECT run FROM bundles WHERE direction = 'taken') LIMIT 1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Of which sealed run."""

    # of its manifest: SHA-256
    digest: str
    # who collected
    collector: str
    # of the bundle that the collector sealed before
    previous: str | None
    # with its checks; the number is the collector's own
    run: Run
    # finished, interrupted
    state: str
    # of the program that ran it
    version: str


@dataclass(slots=True, kw_only=True)
class _Event:
    """An account in the record, with those of its rows that are told."""

    number: int
    run: int
    place: str
    page: int | None
    one: Account | Gone
    # positions of rows, or of gone pieces
    rows: set[int] = field(default_factory=set)


def taken_as(record: Record, digest: str) -> int | None:
    """The run that a bundle became here; None: it was not taken."""
    found = record.conn.execute(_KNOWN, (digest,)).fetchone()
    return int(found[0]) if found else None


def new_in(record: Record, run: int) -> int:
    """How many pieces the record has by a run."""
    return int(
        record.conn.execute("SELECT count(*) FROM articles WHERE born = ?", (run,)).fetchone()[0]
    )


def lacks(record: Record, previous: str | None) -> bool:
    """Whether the bundle that its collector sealed before was not taken yet."""
    return previous is not None and taken_as(record, previous) is None


def take(record: Record, origin: Origin, told: Iterable[Account | Gone], *, at: datetime) -> int:
    """Stores a bundle, all of it or nothing; the run that it became, sealed with its digest.

    Whatever `told` raises undoes it. Raises RecordRefused.
    """
    with record.transaction():
        run = _begin(record, origin, at)
        late: dict[str, set[str]] = {}
        for place, one in enumerate(told):
            event = _keep(record, run, f"{_moment(one.at)} {origin.digest} {place:09d}", one)
            if _comes_late(record, event):
                names = {name for names in names_of(one).values() for name in names}
                late.setdefault(one.outlet, set()).update(names)
            else:
                _tell(record, event)
        for outlet, names in late.items():
            _tell_again(record, outlet, names, run)
        for check in origin.run.checks:
            write.save_check(record, run, check)
        record.store.sync()
        sealing.seal_run(record, run, why=f"bundle {origin.digest} of {origin.collector}")
    record.store.close()
    return run


def names_of(one: Account | Gone) -> dict[int, list[str]]:
    """Position -> by what a row may be known: its names, and what stands for them in need."""
    if isinstance(one, Gone):
        return {at: [_name(alias) for alias in names] for at, names in enumerate(one.pieces)}
    said = {lead.position: reading for lead, reading in one.readings}
    named: dict[int, list[str]] = {}
    for lead in one.page.leads:
        row = row_of(lead, said.get(lead.position))
        named[lead.position] = [_name(alias) for alias in (*row.aliases, *last_resorts(row))]
    return named


# --- keeping ----------------------------------------------------------------------------


def _begin(record: Record, origin: Origin, at: datetime) -> int:
    run, window = origin.run, origin.run.window
    edges = (rows.utc_text(window.start), rows.utc_text(window.end), window.zone) if window else ()
    finished = rows.maybe_utc(run.finished)
    told = (rows.utc_text(run.started), finished, origin.state, origin.version)
    cursor = record.conn.execute(_RUN, (run.event, *(edges or (None, None, None)), *told))
    number = int(cursor.lastrowid or 0)
    whose = (origin.digest, number, origin.collector, origin.previous, rows.utc_text(at))
    record.conn.execute(_BUNDLE, whose)
    return number


def _keep(record: Record, run: int, place: str, one: Account | Gone) -> _Event:
    """The account with its names and bytes, so that it can be told at any time."""
    page = None
    if isinstance(one, Account):
        storing = Storing(record.conn, record.store, run, one.page, one.readings)
        page = storing.keep_answer(one.page.body, one.page.charset, whole=one.whole)
    told = json.dumps(spelled(one), separators=(",", ":")).encode("ascii")
    cursor = record.conn.execute(_ACCOUNT, (run, one.outlet, place, page, packed(told)))
    number = int(cursor.lastrowid or 0)
    named = names_of(one)
    names = sorted({name for names in named.values() for name in names})
    in_batches(record.conn, _NAME, [(one.outlet, name, number) for name in names])
    return _Event(number=number, run=run, place=place, page=page, one=one, rows=set(named))


def _comes_late(record: Record, event: _Event) -> bool:
    """Whether a later account tells of a piece that one of its rows may be."""
    outlet, aliases = event.one.outlet, list(_aliases_in([event]))
    each = sorted({(alias.kind, alias.value) for names in aliases for alias in names})
    beside = record.conn.execute(_BESIDE, (rows.to_json(each), outlet))
    names = {f"{kind} {value}" for kind, value in each} | {name for (name,) in beside}
    asked = (outlet, rows.to_json(sorted(names)), event.place)
    return record.conn.execute(_LATER, asked).fetchone() is not None


# --- telling ----------------------------------------------------------------------------


def _tell(record: Record, event: _Event) -> None:
    """Store what an account says of its rows, as a crawl does: what is known is only met."""
    one = event.one
    if isinstance(one, Gone):
        pieces = [names for at, names in enumerate(one.pieces) if at in event.rows]
        write.mark_gone(record, event.run, owners_of(record, one.outlet, pieces), one.at)
        return
    page = replace(one.page, leads=tuple(r for r in one.page.leads if r.position in event.rows))
    unchanged = read.unchanged(record, page)
    readings = [
        (lead, reading)
        for lead, reading in one.readings
        if lead.position in event.rows
        and lead.position not in unchanged
        and not _told_later_here(record, page, lead, reading)
    ]
    if readings:
        _Telling(record, event, page, readings, one).all()


def _told_later_here(record: Record, page: ListingPage, lead: Lead, reading: Reading) -> bool:
    """Whether the same layer told of the piece later, in what no bundle brought."""
    at, layer = rows.utc_text(page.fetched), page.layer.value
    asked = ((layer, page.outlet, a.kind, a.value, at) for a in row_of(lead, reading).aliases)
    return any(record.conn.execute(_LATER_HERE, each).fetchone() for each in asked)


class _Telling(Storing):
    """Storing rows of an answer whose bytes are kept already."""

    __slots__ = ("kept", "places")

    def __init__(
        self,
        record: Record,
        event: _Event,
        page: ListingPage,
        readings: Sequence[tuple[Lead, Reading]],
        one: Account,
    ) -> None:
        super().__init__(record.conn, record.store, event.run, page, readings)
        self.kept = event.page
        self.places = one.places

    def keep_bytes(self) -> None:
        """Where the rows stand in what was kept."""
        if self.kept is not None:
            fresh = [(article, piece.lead) for article, piece in self.pieces.items() if piece.fresh]
            self.refer(
                self.kept,
                [(article, self.places[lead.position]) for article, lead in fresh if lead],
            )


# --- telling again ----------------------------------------------------------------------


def _tell_again(record: Record, outlet: str, names: set[str], run: int) -> None:
    """Everything that hangs on these names, in the order of time."""
    events = _hanging(record, outlet, names)
    articles = owners_of(record, outlet, _aliases_in(events))
    if _partly_ours(record, articles, events):
        for event in events:
            if event.run == run:
                _tell(record, event)
        return
    forgotten = forget(record, outlet, articles, _every_alias(events))
    for event in events:
        _tell(record, event)
    give_back(record, outlet, forgotten, run)


def _hanging(record: Record, outlet: str, names: set[str]) -> list[_Event]:
    """The accounts of rows that share a name with these, or with one of those, by time."""
    found: dict[int, _Event] = {}
    seen: set[str] = set()
    fresh = names
    while fresh:
        seen |= fresh
        asked = (outlet, rows.to_json(sorted(fresh)))
        fresh = set()
        for (number,) in record.conn.execute(_NAMING, asked).fetchall():
            event = found.setdefault(number, _event(record, number))
            for position, named in names_of(event.one).items():
                if position not in event.rows and not seen.isdisjoint(named):
                    event.rows.add(position)
                    fresh |= set(named) - seen
    return sorted(found.values(), key=lambda event: event.place)


def _event(record: Record, number: int) -> _Event:
    run, place, page, told = record.conn.execute(_TOLD, (number,)).fetchone()
    one = understood(json.loads(unpacked(told, record.path)), b"")
    kept = record.conn.execute("SELECT 1 FROM pages WHERE id = ?", (page,)).fetchone()
    return _Event(number=number, run=run, place=place, page=page if kept else None, one=one)


def _partly_ours(record: Record, articles: Collection[int], events: Sequence[_Event]) -> bool:
    """Whether something was told of the pieces that no bundle brought, or that was pruned."""
    asked = (json.dumps(sorted(articles)),)
    if record.conn.execute(_STRANGE, asked).fetchone():
        return True
    (first,) = record.conn.execute(_FIRST_SEEN, asked).fetchone()
    return first is not None and first < rows.utc_text(events[0].one.at)


def _aliases_in(events: Iterable[_Event]) -> Iterator[list[Alias]]:
    for event in events:
        one = event.one
        if isinstance(one, Gone):
            yield from (list(names) for at, names in enumerate(one.pieces) if at in event.rows)
            continue
        said = {lead.position: reading for lead, reading in one.readings}
        for lead in one.page.leads:
            if lead.position in event.rows:
                row = row_of(lead, said.get(lead.position))
                yield [*row.aliases, *last_resorts(row)]


def _every_alias(events: Iterable[_Event]) -> set[Alias]:
    return {alias for names in _aliases_in(events) for alias in names}


def _name(alias: Alias) -> str:
    return rows.clean(f"{alias.kind} {alias.value}")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
