"""Bundles of an invented outlet, as random histories of what several collectors were told."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from crawler.bundles.accounts import Account, Gone, spelled, understood
from crawler.models import Alias, Layer, Reading, Run
from crawler.record import Record, open_record, taking, write
from crawler.record.dump import logical_dump
from crawler.record.taking import Origin
from tests.record.pieces import NOON, default_aliases, page_of, piece

LAYERS = (Layer.REST, Layer.FEED, Layer.LISTING)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A bundle without its file."""

    origin: Origin
    told: tuple[Account | Gone, ...]


def history(seed: int, bundles: int, *, outlets: int = 1, pieces: int = 5) -> list[Sealed]:
    """What collectors were told, in the order of time: edits, three layers, shared names, gone."""
    chance = random.Random(seed)
    return [_bundle(chance, n, outlets, pieces) for n in range(bundles)]


def _bundle(chance: random.Random, number: int, outlets: int, pieces: int) -> Sealed:
    at = NOON + timedelta(minutes=10 * number)
    outlet = f"gazeta-{chance.randrange(outlets)}"
    told = tuple(
        _account(chance, outlet, at + timedelta(seconds=5 * n), pieces)
        for n in range(chance.randint(1, 3))
    )
    run = Run(number=number + 1, event=None, window=None, started=at, finished=at)
    digest = sha256(f"{number} {chance.random()}".encode()).hexdigest()
    origin = Origin(
        digest=digest, collector="Ana@desk", previous=None, run=run, state="finished", version="0"
    )
    return Sealed(origin, told)


def _account(chance: random.Random, outlet: str, at: datetime, pieces: int) -> Account | Gone:
    if chance.random() < 0.1:
        return Gone(outlet=outlet, at=at, pieces=(names(chance.randrange(pieces), Layer.REST),))
    layer = chance.choice(LAYERS)
    numbers = chance.sample(range(pieces), chance.randint(1, min(4, pieces)))
    readings = [told(chance, number, layer) for number in numbers]
    page = page_of(
        readings, outlet=outlet, fetched=at, url=f"https://gazeta.example/{layer}/{at:%H%M%S}"
    )
    return Account(
        page=page,
        readings=tuple(zip(page.leads, readings, strict=True)),
        places={lead.position: lead.position for lead in page.leads},
        whole=False,
    )


def told(chance: random.Random, number: int, layer: Layer) -> Reading:
    """Most say what they said; some were edited, some have a name that others have too."""
    edit = chance.choice(("", "", "", " (e re)", " (korrigjim)"))
    aliases = names(number, layer)
    if chance.random() < 0.1:
        aliases = (*aliases, Alias(kind="guid", value=f"e-perbashket-{chance.randrange(2)}"))
    return piece(number, layer=layer, headline=f"Libri {number} u hap{edit}", aliases=aliases)


def names(number: int, layer: Layer) -> tuple[Alias, ...]:
    return default_aliases(number, layer, f"https://gazeta.example/2025/05/libri-{number}/")


def travelled(one: Account | Gone) -> Account | Gone:
    """As it comes out of a file."""
    body = one.page.body if isinstance(one, Account) else b""
    return understood(json.loads(json.dumps(spelled(one))), body)


def taken(folder: Path, bundles: Sequence[Sealed], *, twice: bool = False) -> str:
    """The dump of a record that took these, in this order."""
    with opened(folder) as record:
        for sealed in bundles:
            for _ in range(1 + twice):
                take(record, sealed)
        whole(record)
        return logical_dump(record)


def take(record: Record, sealed: Sealed) -> None:
    if taking.taken_as(record, sealed.origin.digest) is None:
        taking.take(record, sealed.origin, map(travelled, sealed.told), at=NOON)


def gathered(folder: Path, bundles: Sequence[Sealed]) -> str:
    """The dump of the one machine that was told all of it, in the order of time."""
    with opened(folder) as record:
        run = write.begin_run(record, event=None, window=None, started=NOON, version="0")
        for one in _in_order(bundles):
            if isinstance(one, Gone):
                owners = taking.owners_of(record, one.outlet, one.pieces)
                write.mark_gone(record, run, owners, one.at)
                continue
            known = taking.read.unchanged(record, one.page)
            fresh = [pair for pair in one.readings if pair[0].position not in known]
            write.store_page(record, run, one.page, fresh)
        return logical_dump(record)


def _in_order(bundles: Sequence[Sealed]) -> Iterator[Account | Gone]:
    for sealed in sorted(bundles, key=lambda one: one.origin.run.started):
        yield from sealed.told


def opened(folder: Path) -> Record:
    return open_record(folder / "coverage.db", folder / "snapshots")


def whole(record: Record) -> None:
    assert record.conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert record.conn.execute("PRAGMA foreign_key_check").fetchall() == []
