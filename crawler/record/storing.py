"""Storing one page of a listing: who its rows are, what they change, and the bytes as proof.

A page costs a handful of statements, whatever the number of its rows: one query for the names,
one for what stands, and batches for what is new.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any

from crawler.models import Alias, Lead, ListingPage, Reading, SnapshotKind
from crawler.reading.merge import LayerState, Revision, State, merge, unite
from crawler.record import rows
from crawler.record.identity import Known, Placed, Row, last_resorts, place, shared
from crawler.record.keys import first_free, keys_of
from crawler.record.merge_articles import unite_in_tables
from crawler.record.snapshot_store import Packs, Place, digest_of
from crawler.record.sql_batches import in_batches
from crawler.urls import alias_key

SLICED = frozenset(
    {
        SnapshotKind.REST_ROW,
        SnapshotKind.CLIP,
    }
)
# kept as a JSON list of the fresh rows; everything else as a whole answer
OWNERS = """
SELECT a.kind, a.value, a.article FROM json_each(?) AS j
CROSS JOIN aliases AS a ON a.outlet = ? AND a.kind = json_extract(j.value, '$[0]')
  AND a.value = json_extract(j.value, '$[1]')"""
STANDING = f"""
SELECT a.id, a.gone_since, r.digest, r.said,
  (SELECT json_group_array(value) FROM aliases WHERE article = a.id AND kind = 'post'),
  {rows.STATE}
FROM json_each(?) AS j CROSS JOIN articles AS a ON a.id = j.value
LEFT JOIN readings AS r ON r.article = a.id AND r.layer = ?"""  # noqa: S608 - constant names
NEXT = "SELECT seq FROM sqlite_sequence WHERE name = 'articles'"
TAKEN = """
SELECT key FROM articles WHERE key IN (SELECT value FROM json_each(?1))
UNION ALL SELECT key FROM merged WHERE key IN (SELECT value FROM json_each(?1))"""
INSERT = """
INSERT INTO articles (id, key, outlet, first_seen, born, url, headline, published, "offset",
  precision, modified, language, byline, section, lead, text, provenance, picture)
VALUES *"""
UPDATE = """
UPDATE articles SET url = ?, published = ?, "offset" = ?, precision = ?, modified = ?,
  language = ?, byline = ?, section = ?, provenance = ?, picture = ?, gone_since = ?
WHERE id = ?"""
REWORD = """
UPDATE articles SET headline = new.column2, lead = new.column3, text = new.column4
FROM (VALUES *) AS new WHERE articles.id = new.column1"""
# apart, because touching a word column makes the search index forget the piece
BIND = """
INSERT INTO aliases (outlet, kind, value, article) VALUES *
ON CONFLICT (outlet, kind, value) DO UPDATE SET article = excluded.article"""
READING = """
INSERT INTO readings (article, layer, digest, said, notes, first_seen, changed)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)
ON CONFLICT (article, layer) DO UPDATE SET digest = excluded.digest, said = excluded.said,
  notes = excluded.notes,
  changed = CASE WHEN digest = excluded.digest THEN changed ELSE excluded.changed END"""
REVISION = """
INSERT INTO revisions (article, field, old, new, layer, run, at) VALUES (?, ?, ?, ?, ?, ?, ?)"""
PAGE = """
INSERT INTO pages (run, outlet, kind, url, fetched, charset, site, status, headers, landed, answer,
  pack, "offset", length, digest)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
SAME = """
SELECT id, run, url, fetched, charset, site, pack, "offset", length, digest FROM pages
WHERE answer = ? AND outlet = ? AND kind = ? ORDER BY id DESC LIMIT 1"""
SNAPSHOT = "INSERT INTO snapshots (article, layer, page, position) VALUES *"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What a page became."""

    articles: Mapping[int, int]
    # position of the row -> id of its article
    new: frozenset[int]
    # articles the record did not have
    changed: frozenset[int]
    # articles of which an edit or a return was noticed
    notes: tuple[str, ...] = ()
    # what was ignored and why


@dataclass(slots=True)
class Piece:
    """One article while its page is being stored."""

    state: State = field(default_factory=State)
    # what stands
    was: State | None = None
    # what stood in the record, None for a new one
    layer: LayerState | None = None
    # what this page's layer says
    before: LayerState | None = None
    # what it said in the record
    gone: str | None = None
    # since when the outlet does not list it
    posts: frozenset[str] = frozenset()
    # its post ids
    revisions: list[Revision] = field(default_factory=list)
    # edits noticed now
    notes: tuple[str, ...] = ()
    # what the reader refused
    lead: Lead | None = None
    # the row of this page that was read into it
    back: str | None = None
    # it is listed again; since when it was gone

    @property
    def fresh(self) -> bool:
        """Whether the record did not have these bytes."""
        known = self.before.digest if self.before else None
        return self.lead is not None and self.lead.digest != known


class Storing:
    """One page on its way into the tables; the caller holds the transaction."""

    __slots__ = ("at", "conn", "packs", "page", "pieces", "readings", "run")

    def __init__(
        self,
        conn: sqlite3.Connection,
        packs: Packs,
        run: int,
        page: ListingPage,
        readings: Sequence[tuple[Lead, Reading]],
    ) -> None:
        self.conn = conn
        self.packs = packs
        self.run = run
        self.page = page
        in_order = sorted(readings, key=lambda pair: pair[0].position)
        self.readings = [(lead, tidy(reading)) for lead, reading in in_order]
        self.at = rows.utc_text(page.fetched)
        self.pieces: dict[int, Piece] = {}

    def all(self) -> Stored:
        """Every step, in order."""
        placed = self._place()
        self._unite(placed)
        self._read(placed)
        numbers = self._insert_articles(placed)
        self._bind_aliases(placed, numbers)
        self._update_articles()
        self._write_readings()
        self._write_revisions()
        self.keep_bytes()
        return self._stored(placed, numbers)

    # --- who they are

    def _place(self) -> Placed:
        every = list(self._rows())
        fresh = [row for row, is_read in every if is_read]
        owners = self._owners({alias for row in fresh for alias in row.aliases})
        ambiguous = shared([row for row, _ in every])
        unsure = [
            row
            for row in fresh
            if any(a in ambiguous or owners.get(a, 0) is None for a in row.aliases)
        ]
        owners |= self._owners({name for row in unsure for name in last_resorts(row)})
        self._load({owner for owner in owners.values() if owner is not None})
        return place(fresh, owners, self._known(), ambiguous)

    def _rows(self) -> Iterator[tuple[Row, bool]]:
        """Every row of the page, and whether it was read; those read in the order of readings."""
        read = {lead.position: reading for lead, reading in self.readings}
        for lead, reading in self.readings:
            yield row_of(lead, reading), True
        for lead in self.page.leads:
            if lead.position not in read:
                yield row_of(lead, None), False

    def _owners(self, aliases: set[Alias]) -> dict[Alias, int | None]:
        if not aliases:
            return {}
        asked = rows.to_json([(alias.kind, alias.value) for alias in aliases])
        found = self.conn.execute(OWNERS, (asked, self.page.outlet))
        return {Alias(kind=kind, value=value): article for kind, value, article in found}

    def _load(self, articles: set[int]) -> None:
        if not articles:
            return
        asked = (json.dumps(sorted(articles)), self.page.layer.value)
        for article, gone, digest, said, posts, *columns in self.conn.execute(STANDING, asked):
            state = rows.state_of(columns)
            layer = None if digest is None else rows.layer_of(digest, said)
            self.pieces[article] = Piece(
                state=state,
                was=state,
                layer=layer,
                before=layer,
                gone=gone,
                posts=frozenset(json.loads(posts)),
            )

    def _known(self) -> dict[int, Known]:
        return {article: known_of(piece) for article, piece in self.pieces.items()}

    # --- what they say

    def _unite(self, placed: Placed) -> None:
        for younger, older in placed.united.items():
            other = self.pieces.pop(younger, None)
            if other is None:
                continue
            piece = self.pieces[older]
            piece.state = unite(piece.state, other.state)
            piece.layer = piece.before = piece.before or other.before
            unite_in_tables(self.conn, younger, older, self.run, self.at)

    def _read(self, placed: Placed) -> None:
        for article, (lead, reading) in zip(placed.articles, self.readings, strict=True):
            piece = self.pieces.setdefault(article, Piece())
            if piece.lead is None:
                self._read_one(piece, lead, reading)

    def _read_one(self, piece: Piece, lead: Lead, reading: Reading) -> None:
        merged = merge(piece.state, reading, piece.layer, digest=lead.digest)
        piece.state, piece.layer, piece.lead = merged.state, merged.layer, lead
        piece.revisions += merged.revisions
        piece.notes = reading.notes
        piece.back, piece.gone = piece.gone, None

    # --- into the tables

    def _insert_articles(self, placed: Placed) -> dict[int, int]:
        """Gives new articles their ids; the answer maps the numbers below zero to them."""
        births = {n: a for n, a in placed.births.items() if n not in placed.united}
        last = self.conn.execute(NEXT).fetchone()
        first = (last[0] if last else 0) + 1
        numbers = {negative: first + at for at, negative in enumerate(births)}
        keys, outlet = self._keys(births.values()), self.page.outlet
        in_batches(
            self.conn,
            INSERT,
            [
                (numbers[n], key, outlet, self.at, self.run, *rows.columns_of(self.pieces[n].state))
                for n, key in zip(births, keys, strict=True)
            ],
        )
        self.pieces = {numbers.get(n, n): piece for n, piece in self.pieces.items()}
        return numbers

    def _keys(self, births: Iterable[Alias]) -> list[str]:
        spellings = [keys_of(self.page.outlet, alias) for alias in births]
        taken = self._taken([shortest for shortest, *_ in spellings])
        if taken:
            taken |= self._taken([key for longer in spellings for key in longer])
        keys: list[str] = []
        for spelling in spellings:
            keys.append(first_free(spelling, taken))
            taken.add(keys[-1])
        return keys

    def _taken(self, keys: Sequence[str]) -> set[str]:
        return {key for (key,) in self.conn.execute(TAKEN, (json.dumps(keys),))} if keys else set()

    def _bind_aliases(self, placed: Placed, numbers: Mapping[int, int]) -> None:
        outlet = self.page.outlet
        bound: list[tuple[str, str, str, int | None]] = [
            (outlet, alias.kind, alias.value, numbers.get(owner, owner))
            for alias, owner in placed.bound.items()
        ]
        bound += [(outlet, alias.kind, alias.value, None) for alias in placed.ambiguous]
        # in the order of the table, so that neighbours are met once
        in_batches(self.conn, BIND, sorted(bound, key=itemgetter(1, 2)))

    def _update_articles(self) -> None:
        changed = [
            (article, rows.columns_of(piece.state), piece)
            for article, piece in self.pieces.items()
            if piece.was is not None and (piece.back or piece.state != piece.was)
        ]
        self.conn.executemany(
            UPDATE,
            [(c[0], *c[2:9], *c[11:], piece.gone, article) for article, c, piece in changed],
        )
        reworded = [
            (article, c[1], c[9], c[10]) for article, c, piece in changed if reworded_by(piece)
        ]
        in_batches(self.conn, REWORD, reworded)

    def _write_readings(self) -> None:
        layer = self.page.layer.value
        self.conn.executemany(
            READING,
            [
                (
                    *(article, layer, piece.lead.digest, rows.said_of(piece.layer)),
                    *(rows.to_json(piece.notes) if piece.notes else None, self.at),
                )
                for article, piece in self.pieces.items()
                if piece.lead and piece.layer and piece.layer != piece.before
            ],
        )

    def _write_revisions(self) -> None:
        edits: list[tuple[int, str, str | None, str | None, str | None, int, str]] = [
            (article, edit.field, edit.old, edit.new, edit.layer.value, self.run, self.at)
            for article, piece in self.pieces.items()
            for edit in piece.revisions
        ]
        edits += [
            (article, "gone_since", piece.back, None, None, self.run, self.at)
            for article, piece in self.pieces.items()
            if piece.back
        ]
        self.conn.executemany(REVISION, edits)

    def keep_bytes(self) -> None:
        """The answer's bytes, where it told something new, and where its rows stand in them."""
        fresh = [(article, piece.lead) for article, piece in self.pieces.items() if piece.fresh]
        leads = [lead for _, lead in fresh if lead is not None]
        if not leads:
            return
        body, charset, positions = body_of(self.page, leads)
        page = self.keep_answer(body, charset, whole=body is self.page.body)
        self.refer(page, [(a, at) for (a, _), at in zip(fresh, positions, strict=True)])

    def refer(self, page: int, places: Sequence[tuple[int, int | None]]) -> None:
        """Which articles an answer told of: their ids, and where their rows stand in it."""
        layer = self.page.layer.value
        rows_kept = [(article, layer, page, at) for article, at in places]
        in_batches(self.conn, SNAPSHOT, rows_kept)

    def keep_answer(self, body: bytes, charset: str | None, *, whole: bool) -> int:
        """The answer's row, the one that is there where some of its rows were stored before.

        The bytes of an answer that was kept before, in whichever run, are not kept again.
        """
        page, response = self.page, self.page.response
        asked = (rows.clean(page.url), self.at, charset, rows.to_json(dict(page.site)))
        answer, same = None, None
        if whole:
            answer = response.digest if response else digest_of(body)
            same = self.conn.execute(SAME, (answer, page.outlet, page.kind.value)).fetchone()
        if same and same[1:6] == (self.run, *asked):
            return int(same[0])
        kept = (
            Place(pack=same[6], offset=same[7], length=same[8], digest=same[9])
            if same
            else self.packs.put(self.run, body)
        )
        cursor = self.conn.execute(
            PAGE,
            (
                *(self.run, page.outlet, page.kind.value, *asked),
                *rows.response_columns(response, page.url),
                answer,
                *(kept.pack, kept.offset, kept.length, kept.digest),
            ),
        )
        return int(cursor.lastrowid or 0)

    def _stored(self, placed: Placed, numbers: Mapping[int, int]) -> Stored:
        articles = {
            lead.position: numbers.get(article, article)
            for article, (lead, _) in zip(placed.articles, self.readings, strict=True)
        }
        changed = {a for a, piece in self.pieces.items() if piece.revisions or piece.back}
        return Stored(
            articles=articles,
            new=frozenset(numbers.values()),
            changed=frozenset(changed),
            notes=tuple(dict.fromkeys(placed.notes)),
        )


def row_of(lead: Lead, reading: Reading | None) -> Row:
    """What a row tells about who it is: the names of the listing and those of its reading."""
    names = lead.aliases
    if reading is not None and reading.aliases != names:
        names = tuple(dict.fromkeys((*names, *reading.aliases)))
    if not any(alias.kind == "url" for alias in names):
        names = (*names, address(lead.url))
    return Row(
        aliases=tuple(_clean_alias(alias) for alias in names),
        digest=lead.digest,
        published=lead.published,
        headline=reading.headline.value if reading and reading.headline else None,
        shares_url=bool(lead.row.get("shares_link")),
    )


def address(url: str) -> Alias:
    """The alias of an address, as it is where it cannot be read as one."""
    try:
        return Alias(kind="url", value=alias_key(url))
    except ValueError:
        return Alias(kind="url", value=url)


def known_of(piece: Piece) -> Known:
    """What tells the article from others."""
    headline = piece.state.fields.get("headline")
    published = piece.state.fields.get("published")
    return Known(
        posts=piece.posts,
        headline=str(headline.value) if headline else None,
        published=published.value.instant if published else None,  # type: ignore[union-attr]
        gone=piece.gone is not None,
    )


def reworded_by(piece: Piece) -> bool:
    """Whether one of the words that the search index holds changed."""
    was = piece.was.fields if piece.was else {}
    new = piece.state.fields
    pairs = [(was.get(name), new.get(name)) for name in ("headline", "lead", "text")]
    return any((a.value if a else None) != (b.value if b else None) for a, b in pairs)


def body_of(page: ListingPage, leads: Sequence[Lead]) -> tuple[bytes, str | None, list[int | None]]:
    """The bytes to keep for `leads`, their charset, and where each row is in them.

    Of a JSON listing only the fresh rows' own slices are kept (`lead.row["raw"]`), so that an
    hourly poll does not store 97 known rows again; anything else is kept as given.
    """
    if page.kind is SnapshotKind.HTML:
        return page.body, page.charset, [None]
    slices = [lead.row.get("raw") for lead in leads]
    if page.kind in SLICED and all(isinstance(raw, str) for raw in slices):
        body = f"[{','.join(map(str, slices))}]".encode("utf-8", "backslashreplace")
        return body, "utf-8", list(range(len(leads)))
    if page.kind is SnapshotKind.REST_ROW and all(isinstance(raw, bytes) for raw in slices):
        body = b"[" + b",".join(bytes(raw) for raw in slices if raw is not None) + b"]"
        return body, page.charset, list(range(len(leads)))
    return page.body, page.charset, [lead.position for lead in leads]


def tidy(reading: Reading) -> Reading:
    """The reading with every text as SQLite can keep it; the same one where nothing is wrong."""
    changes: dict[str, Any] = {}
    for name in ("headline", "lead", "text", "section", "picture"):
        said = getattr(reading, name)
        if said is not None and (value := rows.clean(said.value)) is not said.value:
            changes[name] = replace(said, value=value)
    if reading.byline is not None:
        names = tuple(rows.clean(name) for name in reading.byline.value)
        changes["byline"] = replace(reading.byline, value=names)
    if (url := rows.clean(reading.url)) is not reading.url:
        changes["url"] = url
    return replace(reading, **changes) if changes else reading


def _clean_alias(alias: Alias) -> Alias:
    value = rows.clean(alias.value)
    return alias if value is alias.value else Alias(kind=alias.kind, value=value)
