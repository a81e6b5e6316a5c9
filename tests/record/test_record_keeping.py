"""Packs, backups, pruning and the run lock: what lies beside the record."""

from __future__ import annotations

import json
import multiprocessing
import os
import sqlite3
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.models import Layer, Response
from crawler.record import Record, RecordRefused, open_record, read, write
from crawler.record.backup import backup
from crawler.record.lock import RunLock
from crawler.record.prune import Pruned, prune
from crawler.record.snapshot_store import Packs, Place, digest_of
from tests.record.pieces import NOON, begin, piece, store

GAZETA = "gazeta-shembull"
FEED = Layer.FEED


# --- packs ------------------------------------------------------------------------------


@given(st.lists(st.binary(max_size=200), max_size=5))
def test_what_is_put_is_got(tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes]) -> None:
    packs = Packs(tmp_path_factory.mktemp("packs"))
    places = [packs.put(1 + number % 2, body) for number, body in enumerate(bodies)]
    packs.sync()
    packs.close()
    assert [packs.get(place) for place in places] == bodies


def test_a_run_has_one_pack(tmp_path: Path) -> None:
    packs = Packs(tmp_path / "snapshots")
    assert packs.put(7, b"a").pack == "run-000007.pack"
    packs.close()
    assert packs.put(7, b"b").offset > 0
    packs.close()
    assert [path.name for path in packs.folder.iterdir()] == ["run-000007.pack"]


def test_a_torn_end_is_harmless(tmp_path: Path) -> None:
    packs = Packs(tmp_path)
    first = packs.put(1, b"whole")
    packs.close()
    with (tmp_path / first.pack).open("ab") as torn:
        torn.write(b"gjysm")
    second = packs.put(1, b"other")
    packs.close()
    assert (packs.get(first), packs.get(second)) == (b"whole", b"other")


def test_two_hands_on_one_pack(tmp_path: Path) -> None:
    one, other = Packs(tmp_path), Packs(tmp_path)
    places = [packs.put(1, body) for packs, body in ((one, b"a"), (other, b"b"), (one, b"c"))]
    assert [one.get(place) for place in places] == [b"a", b"b", b"c"]
    one.close()
    other.close()


def test_a_lost_pack_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(RecordRefused, match=r"run-000001\.pack is missing: restore it"):
        Packs(tmp_path).get(Place(pack="run-000001.pack", offset=0, length=9))


@pytest.mark.parametrize("change", [b"\xff", b""], ids=["flipped", "cut"])
def test_a_damaged_pack_is_refused_by_name(tmp_path: Path, change: bytes) -> None:
    packs = Packs(tmp_path)
    place = packs.put(1, bytes(range(255)))
    packs.close()
    content = (tmp_path / place.pack).read_bytes()
    (tmp_path / place.pack).write_bytes(content.replace(b"\x80", change))
    with pytest.raises(RecordRefused, match="is damaged: restore it"):
        packs.get(place)


def test_what_does_not_unpack_into_memory_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs = Packs(tmp_path)
    place = packs.put(1, b"0" * 1000)
    packs.close()
    monkeypatch.setattr("crawler.record.snapshot_store.LARGEST", 999)
    with pytest.raises(RecordRefused, match="larger than 999 bytes"):
        packs.get(place)


# --- backup -----------------------------------------------------------------------------


@pytest.fixture
def filled(record: Record, run: int) -> Record:
    """A record of four articles with a feed's page and two rows."""
    store(record, run, piece(1), piece(2))
    store(record, run, piece(3, layer=FEED), piece(4, layer=FEED), body=b"<rss/>")
    write.end_run(record, run, NOON)
    return record


def test_a_backup_is_one_whole_file_that_opens(filled: Record, tmp_path: Path) -> None:
    target = backup(filled, tmp_path / "kopje" / "may.db").file
    assert [path.name for path in target.parent.iterdir()] == ["may.db"]
    assert target.read_bytes()[18:20] == b"\1\1", "no write-ahead log (sqlite.org/fileformat.html)"
    with open_record(target, filled.store.folder) as copy:
        assert read.logical_dump(copy) == read.logical_dump(filled)


def test_a_reader_may_make_a_backup(filled: Record, tmp_path: Path) -> None:
    with open_record(filled.path, filled.store.folder, readonly=True) as reader:
        target = backup(reader, tmp_path / "may.zip").file
    assert zipfile.is_zipfile(target)


def test_a_backup_while_another_writes(filled: Record, tmp_path: Path) -> None:
    before = read.logical_dump(filled)
    with closing(sqlite3.connect(filled.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM aliases")
        backup(filled, tmp_path / "may.db")
        other.execute("ROLLBACK")
    with open_record(tmp_path / "may.db", filled.store.folder) as copy:
        assert read.logical_dump(copy) == before


def test_a_zip_holds_the_snapshots_too(filled: Record, tmp_path: Path) -> None:
    target = backup(filled, tmp_path / "may.zip").file
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == ["coverage.db", "snapshots/run-000001.pack"]
        archive.extractall(tmp_path / "restored")
    home = tmp_path / "restored"
    with open_record(home / "coverage.db", home / "snapshots") as copy:
        assert read.logical_dump(copy) == read.logical_dump(filled)
        assert bodies(copy) == bodies(filled)


@pytest.mark.parametrize("name", ["may.db", "may.zip"])
def test_a_backup_overwrites_nothing(filled: Record, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.write_bytes(b"precious")
    with pytest.raises(RecordRefused, match=f"{name} exists already: give another name"):
        backup(filled, target)
    assert target.read_bytes() == b"precious"


@pytest.mark.parametrize("name", ["may.db", "may.zip"])
def test_a_backup_that_fails_leaves_nothing(
    filled: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def stumble(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", stumble)
    folder = tmp_path / "kopje"
    with pytest.raises(RecordRefused, match="is full"):
        backup(filled, folder / name)
    assert list(folder.iterdir()) == []


def test_a_name_taken_meanwhile_is_not_overwritten(
    filled: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "may.db"
    monkeypatch.setattr(os, "fsync", lambda _: target.write_bytes(b"precious"))
    with pytest.raises(RecordRefused, match="exists already"):
        backup(filled, target)
    assert target.read_bytes() == b"precious"


def test_a_backup_where_there_are_no_hard_links(
    filled: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with open_record(backup(filled, tmp_path / "may.db").file, filled.store.folder) as copy:
        assert read.counts(copy).articles == 4


# --- prune ------------------------------------------------------------------------------

LATER = NOON + timedelta(days=400)


def bodies(record: Record) -> list[tuple[str, bytes]]:
    return [(each.article, each.snapshot.body) for each in read.snapshots_of(record, GAZETA)]


def test_pruning_takes_bytes_and_nothing_else(filled: Record) -> None:
    before = json_lines(filled)
    pruned = prune(filled, older_than=LATER, at=NOON)
    assert (pruned.snapshots, pruned.articles, pruned.dry_run) == (4, 4, False)
    assert pruned.bytes > 0
    assert bodies(filled) == []
    assert list(filled.store.folder.iterdir()) == []
    assert json_lines(filled) == [{**line, "kept": []} for line in before]


def test_a_dry_run_only_counts(filled: Record) -> None:
    before = bodies(filled)
    counted = prune(filled, older_than=LATER, at=NOON, dry_run=True)
    assert bodies(filled) == before
    done = prune(filled, older_than=LATER, at=NOON)
    assert counted == Pruned(
        snapshots=done.snapshots, articles=done.articles, bytes=done.bytes, dry_run=True
    )


def test_newer_pieces_keep_their_bytes(filled: Record) -> None:
    before = bodies(filled)
    edge = NOON - timedelta(hours=2, minutes=30)
    assert prune(filled, older_than=edge, at=NOON).articles == 2
    assert bodies(filled) == before[:2]


@pytest.mark.parametrize("table", ["matches", "decisions"])
def test_matched_and_decided_pieces_keep_their_bytes(filled: Record, table: str) -> None:
    columns = {
        "matches": "(event, article, score, because, rules) VALUES ('festa', 3, 1.0, '[]', 'x')",
        "decisions": "(uid, event, article, kind, at) VALUES ('d_1', 'festa', 3, 'match', 'x')",
    }
    filled.conn.execute(f"INSERT INTO {table} {columns[table]}")
    before = bodies(filled)
    assert prune(filled, older_than=LATER, at=NOON).articles == 2
    # the page of the feed holds the matched piece, and so its neighbour's row too
    assert bodies(filled) == before[2:]
    assert prune(filled, older_than=LATER, at=NOON).snapshots == 0


def test_an_undated_piece_is_as_old_as_its_first_sight(record: Record, run: int) -> None:
    store(record, run, piece(1, published=None))
    write.end_run(record, run, NOON)
    assert prune(record, older_than=NOON, at=NOON, dry_run=True).articles == 0
    assert (
        prune(record, older_than=NOON + timedelta(seconds=1), at=NOON, dry_run=True).articles == 1
    )


def test_a_run_under_way_keeps_its_bytes(record: Record, run: int) -> None:
    store(record, run, piece(1))
    assert prune(record, older_than=LATER, at=NOON).snapshots == 0
    assert len(bodies(record)) == 1


def test_torn_packs_of_killed_runs_are_swept(filled: Record) -> None:
    torn = filled.store.folder / "run-000099.pack"
    torn.write_bytes(b"gjysm")
    before = bodies(filled)
    prune(filled, older_than=NOON - timedelta(days=9), at=NOON, dry_run=True)
    assert torn.exists()
    prune(filled, older_than=NOON - timedelta(days=9), at=NOON)
    assert not torn.exists()
    assert bodies(filled) == before


def test_a_pack_that_somebody_is_writing_is_not_swept(filled: Record) -> None:
    path, folder = filled.path, filled.store.folder
    with (
        open_record(path, folder, wait=0.05) as pruning,
        write.run_by_hand(filled, event=None, window=None, at=NOON, version="0") as run,
    ):
        store(filled, run, piece(7, layer=FEED), body=b"sapo ardhur")
        with pytest.raises(RecordRefused, match="another program is writing"):
            prune(pruning, older_than=NOON - timedelta(days=9), at=NOON)
    assert bodies(filled)[-1][1] == b"sapo ardhur"


def test_a_run_by_hand_ends_no_run_and_is_whole_or_not_there(record: Record, run: int) -> None:
    def break_off() -> None:
        with write.run_by_hand(record, event="festa", window=None, at=NOON, version="0") as mine:
            store(record, mine, piece(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    states = "SELECT number, state FROM runs"
    assert record.conn.execute(states).fetchall() == [(run, "running")]
    assert read.counts(record).articles == 0
    with write.run_by_hand(record, event="festa", window=None, at=NOON, version="0") as mine:
        store(record, mine, piece(1))
    assert record.conn.execute(states).fetchall() == [(run, "running"), (mine, "finished")]
    assert read.counts(record).articles == 1


def test_pruning_again_and_again_keeps_what_is_left(record: Record) -> None:
    for number in range(1, 5):
        run = begin(record)
        store(record, run, piece(number), body=b"x")
        store(record, run, piece(number + 10))
        write.end_run(record, run, NOON)
    before = dict(bodies(record))
    for hours in (13, 12, 11, 3):
        prune(record, older_than=NOON - timedelta(hours=hours, minutes=-30), at=NOON)
        assert dict(bodies(record)).items() <= before.items()
    assert len(bodies(record)) == 2


def test_a_prune_that_fails_takes_nothing(filled: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = bodies(filled)
    monkeypatch.setattr(os, "fsync", stumble)
    with pytest.raises(RecordRefused, match="is full"):
        prune(filled, older_than=NOON - timedelta(hours=2, minutes=30), at=NOON)
    assert bodies(filled) == before


def json_lines(record: Record) -> list[dict[str, object]]:
    return [json.loads(line) for line in read.logical_dump(record).splitlines()]


# --- the run lock -------------------------------------------------------------------------


def test_a_second_crawl_is_refused_with_the_name_of_the_first(tmp_path: Path) -> None:
    first = rf"process {os.getpid()} on .+, since 20.+: wait for it"
    with (
        RunLock(tmp_path / "var" / "run.lock").acquire(),
        pytest.raises(RecordRefused, match=first),
    ):
        RunLock(tmp_path / "var" / "run.lock").acquire(0.01)


def test_a_lock_given_back_can_be_taken(tmp_path: Path) -> None:
    lock = RunLock(tmp_path / "run.lock")
    for _ in range(2):
        with lock.acquire():
            pass
    lock.release()
    assert not lock.holder.exists()


def test_without_a_readable_holder_the_refusal_still_reads_well(tmp_path: Path) -> None:
    with RunLock(tmp_path / "run.lock").acquire() as lock:
        lock.holder.write_text("{", encoding="utf-8")
        with pytest.raises(RecordRefused, match="another crawl of this workspace is running"):
            RunLock(tmp_path / "run.lock").acquire()


def hold(path: Path, held: object) -> None:
    """In a process of its own: takes the lock, says so, and never lets go."""
    with RunLock(path).acquire():
        held.set()  # type: ignore[attr-defined]
        multiprocessing.Event().wait()


def test_a_lock_vanishes_with_its_process(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    spawn = multiprocessing.get_context("spawn")
    held = spawn.Event()
    other = spawn.Process(target=hold, args=(path, held))
    other.start()
    try:
        assert held.wait(30)
        with pytest.raises(RecordRefused, match=f"process {other.pid} on"):
            RunLock(path).acquire()
    finally:
        other.kill()
        other.join()
    RunLock(path).acquire(5).release()


# --- answers ------------------------------------------------------------------------------


def answer_of(body: bytes, **changes: Any) -> Response:
    told = {"status": 200, "headers": {"etag": '"1"'}, "landed": "https://gazeta.example/list"}
    return Response(**{**told, "digest": digest_of(body), **changes})


def answers(record: Record) -> list[tuple[Any, ...]]:
    """Of every kept answer: its run, where it lies, how it came."""
    asked = 'SELECT run, pack, "offset", status, headers, landed FROM pages ORDER BY id'
    return record.conn.execute(asked).fetchall()


def test_rows_of_one_answer_that_come_in_parts_have_one_answer(record: Record) -> None:
    run, body = begin(record), b"<urlset>"
    for number in range(3):
        store(record, run, piece(number, layer=FEED), body=body, response=answer_of(body))
    place = ("run-000001.pack", 0)
    assert answers(record) == [(run, *place, 200, '{"etag":"\\"1\\""}', None)]
    kept = list(read.snapshots_of(record, GAZETA))
    assert [one.snapshot.response for one in kept] == [answer_of(body)] * 3


def test_the_same_bytes_at_another_hour_are_another_answer_in_the_same_place(
    record: Record,
) -> None:
    body, later = b"<urlset>", NOON + timedelta(hours=1)
    moved = answer_of(body, status=203, headers={}, landed="https://gazeta.example/tjeter")
    store(record, begin(record), piece(1, layer=FEED), body=body, response=answer_of(body))
    store(
        record, begin(record), piece(2, layer=FEED), body=body, fetched=later, response=moved
    )  # fmt: skip
    store(record, begin(record), piece(3, layer=FEED), body=body + b" ")
    (first, second, third) = answers(record)
    assert first[1:3] == second[1:3] == ("run-000001.pack", 0)
    assert second[3:] == (203, "{}", "https://gazeta.example/tjeter")
    assert third == (3, "run-000003.pack", 0, None, None, None)
    (_, kept, told) = read.snapshots_of(record, GAZETA)
    assert (kept.snapshot.response, kept.snapshot.fetched) == (moved, later)
    assert told.snapshot.response is None


def test_bytes_go_with_the_last_answer_that_lies_there(record: Record) -> None:
    body = b"<urlset>"
    old, new = NOON - timedelta(days=90), NOON
    for number, when in ((1, old), (2, new)):
        run = begin(record)
        row = piece(number, layer=FEED, published=when)
        store(record, run, row, body=body, fetched=when, response=answer_of(body))
        write.end_run(record, run, when)
    month, week = NOON - timedelta(days=30), NOON + timedelta(days=7)
    assert prune(record, older_than=month, at=NOON, dry_run=True).bytes == 0
    assert prune(record, older_than=month, at=NOON).snapshots == 1
    (kept,) = read.snapshots_of(record, GAZETA)
    assert kept.snapshot.body == body
    gone = prune(record, older_than=week, at=NOON)
    assert (gone.snapshots, gone.bytes > 0) == (1, True)
    assert answers(record) == []
    assert not list(record.store.folder.glob("*.pack"))


def test_a_cut_slice_of_a_page_is_not_taken_for_the_whole(record: Record) -> None:
    """REST pages are kept row by row: the same answer has other slices for other rows."""
    body = b'[{"id": 0},{"id": 1}]'
    for number in range(2):
        store(record, begin(record), piece(number), body=body, response=answer_of(body))
    assert len({row[1:3] for row in answers(record)}) == 2
