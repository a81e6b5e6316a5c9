"""A record whose addresses were named by other rules: named anew, nothing lost, one piece one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.models import Alias, Layer
from crawler.record import Record, decisions, open_record, read
from crawler.record.rekeying import is_keyed
from crawler.urls import KEYS
from tests.record.pieces import NOON, begin, piece, store

HOME = "https://gazeta.example"
LISTING = Layer.LISTING


def named(*values: str, post: int | None = None) -> tuple[Alias, ...]:
    """Aliases as an earlier release wrote them."""
    posts = () if post is None else (Alias(kind="post", value=f"posts:{post}"),)
    return (*posts, *(Alias(kind="url", value=value) for value in values))


def opened(folder: Path) -> Record:
    return open_record(folder / "coverage.db", folder / "snapshots")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A record of before: three visits of one piece, its AMP page, a neighbour."""
    with opened(tmp_path) as record:
        run = begin(record)
        for visit in (1, 2, 3):
            tail = f"lajme/1;jsessionid=A{visit}"
            alias = named(f"gazeta.example/{tail}")
            store(record, run, piece(1, layer=LISTING, url=f"{HOME}/{tail}", aliases=alias))
        amp = named("amp.gazeta.example/lajme/1")
        store(
            record, run, piece(1, layer=Layer.FEED, url=f"{HOME}/lajme/1?utm_source=x", aliases=amp)
        )
        store(record, run, piece(2, url=f"{HOME}/lajme/2", aliases=named("gazeta.example/lajme/2")))
        record.conn.execute("UPDATE keyed SET rules = 'addresses-1'")
    return tmp_path


def decide(record: Record, key: str, value: str) -> None:
    verdict = decisions.fresh("match", key, event="festa", value=value, by="Ana", at=NOON)
    decisions.decide(record, verdict)


def test_pieces_that_are_one_become_one_with_all_that_was_decided(old: Path) -> None:
    with opened(old) as record:
        kept = {article.url: article.key for article in read.articles(record)}
        assert sorted(kept) == [f"{HOME}/lajme/1", f"{HOME}/lajme/2"]
        assert set(record.conn.execute("SELECT value FROM aliases")) == {
            ("gazeta.example/lajme/1",),
            ("gazeta.example/lajme/2",),
        }
        assert len(list(read.snapshots_of(record, "gazeta-shembull"))) == 5
        assert record.conn.execute("SELECT count(*) FROM merged").fetchone() == (3,)
        assert not record.conn.execute("PRAGMA foreign_key_check").fetchall()


def test_a_decision_on_any_of_them_holds(tmp_path: Path) -> None:
    with opened(tmp_path) as record:
        run = begin(record)
        for visit in (1, 2):
            alias = named(f"gazeta.example/a?phpsessid={visit}")
            store(record, run, piece(1, layer=LISTING, url=f"{HOME}/a?v={visit}", aliases=alias))
        younger = read.article(record, f"{HOME}/a?v=2")
        assert younger
        decide(record, younger.key, "rejected")
        record.conn.execute("UPDATE keyed SET rules = 'addresses-1'")
    with opened(tmp_path) as record:
        (left,) = read.articles(record)
        assert read.article(record, younger.key) == left
        assert decisions.holding(record, "festa")[left.key].verdict == "rejected"


def test_it_is_done_once_and_again_where_the_rules_moved_on(old: Path) -> None:
    with opened(old) as record:
        assert is_keyed(record.conn)
        then = read.logical_dump(record)
    with opened(old) as record:
        assert read.logical_dump(record) == then
        record.conn.execute("DELETE FROM keyed")
    with opened(old) as record:
        assert record.conn.execute("SELECT rules FROM keyed").fetchall() == [(KEYS,)]
        assert read.logical_dump(record) == then


@pytest.mark.parametrize(
    ("one", "two"),
    [
        # two post ids
        (
            {"aliases": named("m.gazeta.example/a", post=1)},
            {"aliases": named("gazeta.example/a", post=2)},
        ),
        # another headline and another date: the address was given to another piece
        (
            {"aliases": named("m.gazeta.example/a"), "headline": "Libri u hap"},
            {
                "aliases": named("gazeta.example/a"),
                "headline": "Ura u mbyll",
                "published": NOON - timedelta(days=9),
            },
        ),
    ],
)
def test_pieces_that_only_share_an_address_stay_two(
    tmp_path: Path, one: dict[str, object], two: dict[str, object]
) -> None:
    with opened(tmp_path) as record:
        run = begin(record)
        store(record, run, piece(1, layer=LISTING, url=f"{HOME}/1", **one))
        store(record, run, piece(1, layer=LISTING, url=f"{HOME}/2", **two))
        before = [article.key for article in read.articles(record)]
        record.conn.execute("UPDATE keyed SET rules = 'addresses-1'")
    with opened(tmp_path) as record:
        assert [article.key for article in read.articles(record)] == before


def test_a_name_that_joins_nothing_joins_nothing_afterwards(tmp_path: Path) -> None:
    with opened(tmp_path) as record:
        store(record, begin(record), piece(1, aliases=named("m.gazeta.example/a"), url=f"{HOME}/a"))
        outlet = "gazeta-shembull"
        record.conn.execute(
            "INSERT INTO aliases VALUES (?, 'url', 'gazeta.example/a', NULL)", (outlet,)
        )
        record.conn.execute("UPDATE keyed SET rules = 'addresses-1'")
    with opened(tmp_path) as record:
        held = dict(record.conn.execute("SELECT value, article FROM aliases").fetchall())
        assert held == {"m.gazeta.example/a": 1, "gazeta.example/a": None}


def test_an_address_that_lost_its_number_is_kept_and_its_pieces_are_apart_from_now_on(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as record:
        lost = named("gazeta.example/lajm.php")
        store(record, begin(record), piece(1, layer=LISTING, url=f"{HOME}/lajm.php", aliases=lost))
        record.conn.execute("UPDATE keyed SET rules = 'addresses-1'")
    with opened(tmp_path) as record:
        for number in (7, 8):
            alias = named(f"gazeta.example/lajm.php?pk_lajm={number}")
            url = f"{HOME}/lajm.php?pk_lajm={number}"
            store(record, begin(record), piece(number, layer=LISTING, url=url, aliases=alias))
        assert len(list(read.articles(record))) == 3
