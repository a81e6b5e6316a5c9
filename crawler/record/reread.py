"""Kept snapshots read again: what a better reader says replaces what stood, as revisions of ours.

A better reader is no edit at the outlet: its revisions carry `reader:LAYER` where an edit carries
the layer that noticed it, and the counts of edits stay as they were. Nobody is asked anything.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias

from crawler.models import Layer, Reading
from crawler.reading.merge import BEST_FIRST, LayerState, Saying, State, as_text, merge
from crawler.record import Record, read, rows
from crawler.record.snapshot_store import Place
from crawler.record.sql_batches import in_batches
from crawler.record.storing import REVISION, REWORD, UPDATE

OURS = "reader"
# what stands before the layer of a revision that is our reader's
BATCH = 200
# articles of one transaction
RECENT = 3
# answers whose bytes are at hand
_ARTICLES = "SELECT id FROM articles WHERE outlet = ? ORDER BY id"
_LATEST = """
SELECT article, max(id) FROM snapshots WHERE article IN (SELECT value FROM json_each(?))
GROUP BY article, layer ORDER BY article, layer"""
_STATES = f"""
SELECT a.id, a.key, a.gone_since, {rows.STATE} FROM articles AS a
WHERE a.id IN (SELECT value FROM json_each(?))"""  # noqa: S608 - constant names
_SAID = """
SELECT article, layer, digest, said FROM readings
WHERE article IN (SELECT value FROM json_each(?))"""
_RESAY = "UPDATE readings SET said = ?, notes = ? WHERE article = ? AND layer = ?"

Reader: TypeAlias = Callable[[Sequence[read.Kept]], Mapping[Layer, Reading]]
# an article's latest snapshots to what they say now; unreadable ones are left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """One field that our reader now understands otherwise."""

    article: str
    # key
    url: str
    # as it stands
    field: str
    # "headline"
    old: str | None
    # as it stood, None: nothing
    new: str | None
    # as it stands, None: nothing
    layer: str
    # whose bytes: "page"


@dataclass(slots=True, kw_only=True)
class _Piece:
    """One article while its snapshots are read again."""

    number: int
    key: str
    gone: str | None
    was: State
    said: dict[Layer, LayerState]
    kept: list[read.Kept]


def reread(
    record: Record, run: int, outlet: str, *, at: datetime, reader: Reader
) -> Iterator[Reread]:
    """Reads every article of the outlet again and keeps what changed, a batch a transaction."""
    numbers = [number for (number,) in record.conn.execute(_ARTICLES, (outlet,))]
    # rows of one answer follow one another, with their own pages between them
    body_at = lru_cache(maxsize=RECENT)(record.store.get)
    for first in range(0, len(numbers), BATCH):
        with record.transaction():
            changed = [
                found
                for piece in _pieces(record, numbers[first : first + BATCH], body_at)
                for found in _again(record, run, piece, rows.utc_text(at), reader)
            ]
        yield from changed


def _pieces(
    record: Record, numbers: Sequence[int], body_at: Callable[[Place], bytes]
) -> Iterator[_Piece]:
    asked = (json.dumps(numbers),)
    said: dict[int, dict[Layer, LayerState]] = {}
    for article, layer, digest, words in record.conn.execute(_SAID, asked):
        said.setdefault(article, {})[Layer(layer)] = rows.layer_of(digest, words)
    latest: dict[int, list[int]] = {}
    for article, snapshot in record.conn.execute(_LATEST, asked):
        latest.setdefault(article, []).append(snapshot)
    for number, key, gone, *columns in record.conn.execute(_STATES, asked).fetchall():
        kept = [
            read.snapshot(record, snapshot, body_at=body_at) for snapshot in latest.get(number, ())
        ]
        yield _Piece(
            number=number,
            key=key,
            gone=gone,
            was=rows.state_of(columns),
            said=said.get(number, {}),
            kept=[one for one in kept if one],
        )


def _again(record: Record, run: int, piece: _Piece, at: str, reader: Reader) -> Iterator[Reread]:
    readings = {layer: said for layer, said in reader(piece.kept).items() if layer in piece.said}
    state, layers = _merged(piece, readings)
    changed = list(_differences(piece, state))
    if not changed and state == piece.was:
        return
    _write(record, piece, state, layers, readings)
    record.conn.executemany(
        REVISION,
        [
            (piece.number, one.field, one.old, one.new, f"{OURS}:{one.layer}", run, at)
            for one in changed
        ],
    )
    yield from changed


def _merged(
    piece: _Piece, readings: Mapping[Layer, Reading]
) -> tuple[State, dict[Layer, LayerState]]:
    """The article from its readings; what other layers said stands, counts of edits too."""
    stands = {name: kept for name, kept in piece.was.fields.items() if kept.layer not in readings}
    whole = set(piece.said) <= set(readings)
    state = State(fields=stands, modified=None if whole else piece.was.modified)
    layers: dict[Layer, LayerState] = {}
    for layer in (layer for layer in BEST_FIRST if layer in readings):
        merged = merge(state, readings[layer], None, digest=piece.said[layer].digest)
        state, layers[layer] = merged.state, _counted(merged.layer, piece.said[layer])
    fields = {
        name: replace(kept, edits=piece.was.fields[name].edits)
        if name in piece.was.fields
        else kept
        for name, kept in state.fields.items()
    }
    return State(fields=fields, modified=state.modified), layers


def _counted(new: LayerState, old: LayerState) -> LayerState:
    said = {
        name: Saying(mark=one.mark, edits=old.said[name].edits if name in old.said else one.edits)
        for name, one in new.said.items()
    }
    return LayerState(digest=new.digest, said=said)


def _differences(piece: _Piece, state: State) -> Iterator[Reread]:
    for name in dict.fromkeys((*piece.was.fields, *state.fields)):
        old, new = piece.was.fields.get(name), state.fields.get(name)
        if (old and as_text(old.value)) == (new and as_text(new.value)):
            continue
        by = new or old
        yield Reread(
            article=piece.key,
            url=str(state.fields["url"].value),
            field=name,
            old=as_text(old.value) if old else None,
            new=as_text(new.value) if new else None,
            layer=by.layer.value if by else "",
        )


def _write(
    record: Record,
    piece: _Piece,
    state: State,
    layers: Mapping[Layer, LayerState],
    readings: Mapping[Layer, Reading],
) -> None:
    c = rows.columns_of(state)
    record.conn.execute(UPDATE, (c[0], *c[2:9], *c[11:], piece.gone, piece.number))
    words = (c[1], c[9], c[10])
    was = rows.columns_of(piece.was)
    if words != (was[1], was[9], was[10]):
        in_batches(record.conn, REWORD, [(piece.number, *words)])
    for layer, said in layers.items():
        notes = readings[layer].notes
        told = (rows.said_of(said), rows.to_json(notes) if notes else None)
        record.conn.execute(_RESAY, (*told, piece.number, layer.value))
