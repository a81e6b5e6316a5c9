"""The seal: a chain over what runs keep and find; every change is seen, and nothing else is."""

from __future__ import annotations

import random
import sqlite3
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.evidence.seal import Line, follows, line
from crawler.models import Check, Layer, Outcome, Way
from crawler.record import open_record, sealing, write
from crawler.record.backup import backup
from crawler.record.prune import prune
from crawler.record.restore import restore
from crawler.record.snapshot_store import digest_of, packed
from crawler.record.verify import Verified, verify_record
from tests.record.pieces import NOON, begin, piece, store

LATER = NOON + timedelta(days=400)
CHECK = Check(outlet="gazeta-shembull", way=Way.FEED, outcome=Outcome.COMPLETE, read=6, at=NOON)


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A closed record: two runs of six pieces with a check each, and one that was cut off."""
    folder = tmp_path / "var"
    with open_record(folder / "coverage.db", folder / "snapshots") as record:
        for first in (0, 10, 20):
            run = begin(record)
            for number in range(first, first + 6):
                body = random.Random(number).randbytes(300 + number)
                store(record, run, piece(number, layer=Layer.FEED), body=body)
            write.save_check(record, run, CHECK)
            if first < 20:
                write.end_run(record, run, NOON)
        write.end_lost_runs(record)
    return folder


def looked_over(var: Path) -> Verified:
    return verify_record(var / "coverage.db", var / "snapshots")


def said(found: Verified) -> list[str]:
    return [each.line for each in found.damage]


def sql(var: Path, *statements: str) -> None:
    with closing(sqlite3.connect(var / "coverage.db", isolation_level=None)) as conn:
        for statement in statements:
            conn.execute(statement)


# --- what is whole ------------------------------------------------------------------------


def test_each_run_ends_with_a_line_also_one_that_was_cut_off(var: Path) -> None:
    with open_record(var / "coverage.db", var / "snapshots") as record:
        chain = list(sealing.lines(record.conn))
    assert [(one.number, one.run, one.what, one.leaves) for one in chain] == [
        (1, 1, "run", 8), (2, 2, "run", 8), (3, 3, "run", 8),
    ]  # fmt: skip
    assert [one.previous for one in chain] == [None, chain[0].digest, chain[1].digest]
    seal = looked_over(var).seal
    assert seal is not None
    assert (seal.digest, seal.lines, seal.sealed, seal.pruned) == (chain[-1].digest, 3, 24, 0)
    assert said(looked_over(var)) == []


def test_what_a_person_checked_is_sealed(var: Path) -> None:
    with open_record(var / "coverage.db", var / "snapshots") as record:
        write.checked_by_hand(
            record, event="festa", outlet="gazeta-shembull", found=1, note=None, by="Ana", at=NOON
        )
        last = sealing.latest(record)
    assert last is not None
    assert (last.number, last.leaves) == (4, 2)
    assert looked_over(var).whole


def test_a_run_under_way_has_no_line_yet_and_is_no_damage(var: Path) -> None:
    with open_record(var / "coverage.db", var / "snapshots") as record:
        run = begin(record)
        store(record, run, piece(99, layer=Layer.FEED))
        assert looked_over(var).whole
        write.end_run(record, run, NOON)
    assert looked_over(var).whole


def test_pruned_is_told_from_changed(var: Path) -> None:
    with open_record(var / "coverage.db", var / "snapshots") as record:
        done = prune(record, older_than=NOON - timedelta(hours=3), at=LATER)
        last = sealing.latest(record)
        assert last is not None
        assert (last.what, last.leaves, last.run) == ("pruned", done.snapshots, None)
        # the numbers of rows that went are given anew
        run = begin(record)
        store(record, run, piece(77, layer=Layer.FEED))
        write.end_run(record, run, LATER)
    found = looked_over(var)
    assert said(found) == []
    assert found.seal is not None
    assert found.seal.pruned == done.snapshots > 0


def test_a_prune_of_nothing_writes_no_line(var: Path) -> None:
    with open_record(var / "coverage.db", var / "snapshots") as record:
        prune(record, older_than=NOON - timedelta(days=4000), at=LATER)
        assert len(list(sealing.lines(record.conn))) == 3


def test_a_backup_holds_the_seal_and_restoring_keeps_it(var: Path, tmp_path: Path) -> None:
    before = looked_over(var).seal
    with open_record(var / "coverage.db", var / "snapshots") as record:
        made = backup(record, tmp_path / "kopje.zip")
    assert made.seal == before
    put = restore(tmp_path / "kopje.zip", tmp_path / "re/coverage.db", tmp_path / "re/snapshots")
    assert put.seal == before
    assert looked_over(tmp_path / "re").whole


def test_an_earlier_releases_record_is_sealed_from_now_on(tmp_path: Path) -> None:
    fixture = Path(__file__).parent / "fixtures" / "first-release.zip"
    var = tmp_path / "var"
    with zipfile.ZipFile(fixture) as archive:
        archive.extractall(var)
    assert looked_over(var).seal is None
    with open_record(var / "coverage.db", var / "snapshots") as record:
        unsealed = looked_over(var)
        assert unsealed.seal is not None
        assert unsealed.seal.digest is None
        write.end_lost_runs(record)
        run = begin(record)
        store(record, run, piece(77, layer=Layer.FEED))
        write.end_run(record, run, LATER)
    found = looked_over(var)
    assert said(found) == []
    assert found.seal is not None
    assert found.seal.since == "2026-06-14T12:00:00Z"
    assert found.seal.runs_before == unsealed.seal.runs_before > 0


# --- what was changed ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE pages SET status = 404 WHERE id = 3", "page 3, line 1 of the seal"),
        ("UPDATE pages SET fetched = '2025-05-11T12:00:00Z' WHERE id = 8", "page 8, line 2"),
        ("UPDATE checks SET read = 7 WHERE id = 2", "check 2, line 2 of the seal"),
        ("UPDATE runs SET version = 'x' WHERE number = 3", "run 3, line 3 of the seal"),
        ("DELETE FROM checks WHERE id = 3", "lacks what was sealed (check 3, line 3"),
        (
            "INSERT INTO runs (started, state, version) VALUES ('2025', 'finished', '1')",
            "has no line in the seal (run 4)",
        ),
        (
            "INSERT INTO checks SELECT 99, " + ", ".join(
                f'"{name}"' for name in sealing.COLUMNS["check"]
            ) + " FROM checks WHERE id = 1",
            "holds what was not sealed with its run (check 99 of run 1)",
        ),
        ("UPDATE seals SET why = 'x' WHERE number = 1", "line 1 of the seal, of"),
        ("UPDATE sealed SET gone = 2 WHERE kind = 'page' AND row = 1", "of run 1"),
        ("DELETE FROM sealed WHERE kind = 'check' AND row = 1", "what line 1 of the seal covers"),
    ],
)  # fmt: skip
def test_a_changed_row_is_named(var: Path, statement: str, place: str) -> None:
    sql(var, statement)
    found = looked_over(var)
    assert not found.whole
    assert any(place in each for each in said(found)), said(found)


def test_bytes_put_in_the_place_of_others_are_seen_whatever_their_own_digest(var: Path) -> None:
    pack = var / "snapshots/run-000001.pack"
    frame = packed(b"krejt tjeter")
    with pack.open("ab") as file:
        at = file.tell()
        file.write(frame)
    sql(
        var,
        f'UPDATE pages SET "offset" = {at}, length = {len(frame)}, '
        f"digest = '{digest_of(frame)}' WHERE id = 2",
    )
    (line_told,) = said(looked_over(var))
    assert "run-000001.pack is not what was sealed" in line_told


def test_a_row_changed_with_its_digest_breaks_its_line(var: Path) -> None:
    sql(var, f"UPDATE sealed SET digest = '{'0' * 64}' WHERE kind = 'run' AND row = 2")
    told = said(looked_over(var))
    assert any("what line 2 of the seal covers" in each for each in told)


def test_one_bit_in_any_kept_frame_is_found(var: Path) -> None:
    chance = random.Random(20)
    for pack in sorted((var / "snapshots").glob("*.pack")):
        whole = pack.read_bytes()
        for at in chance.sample(range(len(whole)), 60):
            turned = bytearray(whole)
            turned[at] ^= 1 << chance.randrange(8)
            pack.write_bytes(turned)
            (told,) = said(looked_over(var))
            first, last = told.split("bytes ")[1].split(":")[0].split(" to ")
            assert pack.name in told
            assert int(first) <= at < int(last)
        pack.write_bytes(whole)
    assert looked_over(var).whole


def test_one_letter_in_any_sealed_column_is_found(var: Path) -> None:
    with closing(sqlite3.connect(var / "coverage.db", isolation_level=None)) as conn:
        for kind, (table, number) in sealing.TABLES.items():
            for name in sealing.COLUMNS[kind]:
                if name in {"run", "state", "seconds"} or (kind, name) == ("run", "number"):
                    continue
                conn.execute("BEGIN")
                row, was = conn.execute(
                    f'SELECT {number}, "{name}" FROM {table} LIMIT 1'
                ).fetchone()
                other = was + 1 if isinstance(was, int) else f"{was or ''}x"
                other = 7 if was is None and name in {"listed", "status"} else other
                conn.execute(f'UPDATE {table} SET "{name}" = ? WHERE {number} = ?', (other, row))
                conn.execute("COMMIT")
                told = said(looked_over(var))
                assert any(f"{kind} {row}, line" in each for each in told), (name, told)
                conn.execute(f'UPDATE {table} SET "{name}" = ? WHERE {number} = ?', (was, row))
    assert looked_over(var).whole


# --- the chain by itself --------------------------------------------------------------------


def chain(count: int) -> list[Line]:
    made: list[Line] = []
    for number in range(count):
        before = made[-1] if made else None
        made.append(line(before, at="2025", what="run", run=number, leaves=1, content=f"{number}"))
    return made


def test_a_line_follows_only_its_own() -> None:
    one, two, three = chain(3)
    assert follows(one, None)
    assert follows(two, one)
    assert not follows(three, one)
    assert not follows(two, None)
    assert not follows(three, None)
