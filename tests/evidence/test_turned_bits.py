"""One bit turned anywhere in what is sealed is found, its place named; nothing else is damage."""

from __future__ import annotations

import os
import random
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing

import pytest

from crawler.models import Alias, Check, Layer, Outcome, Way
from crawler.record import open_record, sealing, write
from crawler.record.verify import Verified, verify_file, verify_record
from tests.desk.conftest import Desk
from tests.record.pieces import NOON, begin, piece, store

CHECK = Check(
    outlet="gazeta-shembull", way=Way.FEED, outcome=Outcome.PARTIAL, listed=9, read=6, at=NOON,
    note="gjashtë nga nëntë", next_step="provo sërish", seconds=1.5, reached=NOON,
)  # fmt: skip


@pytest.fixture
def sealed(kept: Desk) -> Desk:
    """The office, with checks and a run that was cut off beside what it had."""
    with kept.record() as record:
        run = begin(record)
        for number in range(80, 86):
            body = random.Random(number).randbytes(300 + number)
            store(record, run, piece(number, layer=Layer.FEED), body=body)
        write.save_check(record, run, CHECK)
        write.end_lost_runs(record)
    return kept


def looked_over(office: Desk) -> Verified:
    return verify_record(office.root / "var/coverage.db", office.root / "var/snapshots")


def turned(body: bytes, chance: random.Random) -> bytes:
    """The same bytes with one bit turned."""
    changed = bytearray(body)
    changed[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def in_a_pack(office: Desk, chance: random.Random) -> None:
    pack = chance.choice(sorted((office.root / "var/snapshots").glob("*.pack")))
    whole = pack.read_bytes()
    pack.write_bytes(turned(whole, chance))
    (told,) = looked_over(office).damage
    assert told.file == f"snapshots/{pack.name}"
    assert told.where is not None
    assert told.where.startswith("bytes ")
    pack.write_bytes(whole)


def in_a_row(office: Desk, chance: random.Random) -> None:
    kind = chance.choice(sorted(sealing.TABLES))
    table, number = sealing.TABLES[kind]
    column = chance.choice(sealing.COLUMNS[kind])
    with closing(sqlite3.connect(office.root / "var/coverage.db", isolation_level=None)) as conn:
        # a disk that turns a bit asks no rule of the table
        conn.execute("PRAGMA ignore_check_constraints = ON")
        asked = f'SELECT {number}, "{column}" FROM {table} WHERE "{column}" NOT NULL'
        if not (rows := conn.execute(asked).fetchall()):
            return in_a_row(office, chance)
        row, was = chance.choice(rows)
        other = one_bit_off(was, chance)
        put = f'UPDATE {table} SET "{column}" = ? WHERE {number} = ?'
        conn.execute(put, (other, row))
        # a number of a run is named by its own row, which is another now
        named = other if (kind, column) == ("run", "number") else row
        told = [each.line for each in looked_over(office).damage]
        assert any(f"{kind} {named}" in each for each in told), (kind, column, was, other, told)
        conn.execute(put, (was, row))
    return None


def one_bit_off(was: str | float, chance: random.Random) -> str | float:
    if isinstance(was, int):
        return was ^ (1 << chance.randrange(8))
    if isinstance(was, float):
        return was + 2.0 ** -chance.randrange(8)
    at = chance.randrange(len(was))
    # the lowest bits: still a letter of its own alphabet, not a control
    return was[:at] + chr(ord(was[at]) ^ (1 << chance.randrange(3))) + was[at + 1 :]


def in_the_chain(office: Desk, chance: random.Random) -> None:
    table, column, key = chance.choice([
        ("seals", "digest", "number"), ("seals", "content", "number"), ("seals", "at", "number"),
        ("seals", "leaves", "number"), ("seals", "previous", "number"),
        ("sealed", "digest", "row"), ("sealed", "body", "row"),
    ])  # fmt: skip
    with closing(sqlite3.connect(office.root / "var/coverage.db", isolation_level=None)) as conn:
        asked = f'SELECT {key}, "{column}" FROM {table} WHERE "{column}" NOT NULL'
        row, was = chance.choice(conn.execute(asked).fetchall())
        put = f'UPDATE {table} SET "{column}" = ? WHERE {key} = ? AND "{column}" IS ?'
        other = one_bit_off(was, chance)
        conn.execute(put, (other, row, was))
        told = [each.line for each in looked_over(office).damage]
        assert any("of the seal" in each for each in told), (table, column, told)
        conn.execute(put, (was, row, other))


def in_an_archive(office: Desk, chance: random.Random) -> None:
    file = office.root.parent / "festa.wacz"
    if not file.exists():
        assert office.type("evidence", "festa", "-o", str(file)).code == 0
    whole = file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        member = chance.choice(archive.infolist())
        name, body = member.filename, archive.read(member)
    at = whole.index(body, member.header_offset)
    changed = file.with_name("changed.wacz")
    changed.write_bytes(whole[:at] + turned(body, chance) + whole[at + len(body) :])
    told = [each.line for each in verify_file(changed).damage]
    # what tells the digests of the others is known by its own, which stands beside it
    names = {name, "datapackage.json"} if "datapackage" in name else {name}
    assert any(each in line for line in told for each in names) or (
        "datapackage" in name and told
    ), (name, told)


PLACES: list[Callable[[Desk, random.Random], None]] = [
    in_a_pack, in_a_row, in_the_chain, in_an_archive,
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_a_turned_bit_is_found_and_its_place_named(
    sealed: Desk, place: Callable[[Desk, random.Random], None]
) -> None:
    for seed in range(12):
        place(sealed, random.Random(seed))
    assert looked_over(sealed).whole


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_a_thousand_turned_bits_are_found(
    sealed: Desk, place: Callable[[Desk, random.Random], None]
) -> None:
    for seed in range(int(os.environ.get("JEHONA_BITS", "1000")) // len(PLACES)):
        place(sealed, random.Random(1_000 + seed))
    assert looked_over(sealed).whole


# --- what is no damage ----------------------------------------------------------------------


def test_reading_again_leaves_the_seal_alone(sealed: Desk) -> None:
    before = looked_over(sealed).seal
    assert sealed.type("reread").code in {0, 3}
    after = looked_over(sealed)
    assert before is not None
    assert after.seal is not None
    # it is a run of its own, which kept nothing
    assert (after.damage, after.seal.lines) == ((), before.lines + 1)
    assert after.seal.sealed == before.sealed + 1


def test_uniting_what_turned_out_to_be_one_leaves_the_seal_alone(sealed: Desk) -> None:
    with sealed.record() as record:
        run = begin(record)
        for visit in (1, 2):
            url = f"https://gazeta.example/lajme/1;jsessionid=A{visit}"
            alias = Alias(kind="url", value=url.removeprefix("https://"))
            store(record, run, piece(90, layer=Layer.LISTING, url=url, aliases=(alias,)))
        write.end_run(record, run, NOON)
        (pieces,) = record.conn.execute("SELECT count(*) FROM articles").fetchone()
        record.conn.execute("UPDATE keyed SET rules = 'addresses-1'")
    before = looked_over(sealed).seal
    with sealed.record() as record:
        assert record.conn.execute("SELECT count(*) FROM articles").fetchone() == (pieces - 1,)
    assert (looked_over(sealed).damage, looked_over(sealed).seal) == ((), before)


def test_a_migration_leaves_the_seal_alone(sealed: Desk) -> None:
    before = looked_over(sealed).seal
    path = sealed.root / "var/coverage.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("DROP TABLE stamps")
        conn.execute("DELETE FROM _sqlite_migrations WHERE name = '0016_stamps'")
    assert (looked_over(sealed).damage, looked_over(sealed).seal) == ((), before)
    with open_record(path, sealed.root / "var/snapshots") as record:
        assert record.conn.execute("SELECT count(*) FROM stamps").fetchone() == (0,)
    assert (looked_over(sealed).damage, looked_over(sealed).seal) == ((), before)
