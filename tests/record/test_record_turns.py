"""Who waits to write goes before a crawl that holds pages; whoever was killed holds up nobody."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from filelock import FileLock

from crawler.record import Record, open_record, turns, write
from crawler.run import page_store
from tests.record.pieces import NOON, page_of, piece


def gather(record: Record, run: int, number: int) -> None:
    page = page_of([piece(number)])
    write.gather_page(record, run, page, [(page.leads[0], piece(number))])


def turn_of(record: Record) -> Path:
    return record.path.with_name("coverage.db-turn")


def test_a_person_goes_before_the_pages_that_a_crawl_holds(record: Record, run: int) -> None:
    gather(record, run, 1)

    def write_by_hand() -> None:
        with open_record(record.path, record.store.folder) as other:
            write.remember(other, "gazeta-shembull", "zone", "UTC", NOON)

    person = threading.Thread(target=write_by_hand)
    person.start()
    while person.is_alive():
        record.give_way()
        person.join(0.005)
    # it was given way, not settled by anything else, and nobody waits any longer
    assert record.gathered == 0
    assert not turn_of(record).exists()


def test_nobody_waits_and_the_pages_stay_together(record: Record, run: int) -> None:
    gather(record, run, 1)
    record.give_way()
    assert record.gathered == 1
    assert not turn_of(record).exists()


def test_who_need_not_wait_says_nothing(record: Record) -> None:
    with record.transaction():
        assert not turn_of(record).exists()


def test_whoever_was_killed_while_waiting_holds_up_nobody(record: Record, run: int) -> None:
    turn_of(record).touch()
    gather(record, run, 1)
    record.give_way()
    assert record.gathered == 1
    assert not turn_of(record).exists()


def test_a_crawl_waits_for_others_and_not_for_ever(
    record: Record, run: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[float] = []
    clock = iter(range(1_000))
    told = SimpleNamespace(monotonic=lambda: next(clock) / 100, sleep=looks.append)
    monkeypatch.setattr(turns, "time", told)
    with FileLock(str(turn_of(record)), thread_local=False):
        gather(record, run, 1)
    assert 1 <= len(looks) <= 10
    assert record.gathered == 1


@pytest.mark.parametrize(("waiting", "settled"), [(True, 1), (False, 0)])
def test_a_page_store_looks_until_it_is_time_or_nothing_waits(
    monkeypatch: pytest.MonkeyPatch, waiting: bool, settled: int
) -> None:
    monkeypatch.setattr(page_store, "WAIT", 0.02)
    monkeypatch.setattr(page_store, "LOOK", 0.001)
    said: list[str] = []

    def give_way() -> bool:
        said.append("look")
        return waiting

    memory = SimpleNamespace(settle=lambda: said.append("settle"), give_way=give_way)
    store = page_store.PageStore(SimpleNamespace(memory=memory))  # type: ignore[arg-type]

    async def kept() -> None:
        store._settle_soon()
        while store.waiting is not None:
            await asyncio.sleep(0.001)

    asyncio.run(kept())
    assert "look" in said
    assert said.count("settle") == settled
