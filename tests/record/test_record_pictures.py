"""The address of a piece's picture in the record: kept, replaced without an edit, filled later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from crawler.models import Layer, Outlet, Reading
from crawler.reading import snapshots
from crawler.record import Record, open_record, read
from crawler.record.reread import Reread, reread
from tests.record.pieces import NOON, begin, piece, store

OUTLET = Outlet(
    slug="gazeta-shembull", name="Gazeta", home="https://gazeta.example/", languages=("sq",)
)
FIRST, SECOND = "https://gazeta.example/f.jpg?w=300", "https://gazeta.example/f.jpg?w=1200"
FEED = f"""<rss version="2.0"><channel><title>Gazeta</title><item>
<title>Libri 1 u hap në shesh</title><link>https://gazeta.example/2025/05/libri-1/</link>
<guid>https://gazeta.example/?p=1</guid><pubDate>Sat, 10 May 2025 11:00:00 +0000</pubDate>
<enclosure url="{FIRST}" type="image/jpeg"/></item></channel></rss>""".encode()


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with closing(open_record(tmp_path / "var/coverage.db", tmp_path / "var/snapshots")) as made:
        yield made


def picture(record: Record) -> str | None:
    (article,) = read.articles(record, undated=True)
    return article.picture


def test_it_is_kept_and_another_address_is_no_edit(record: Record) -> None:
    run = begin(record)
    store(record, run, piece(1, picture=FIRST))
    assert picture(record) == FIRST
    again = store(record, run, piece(1, picture=SECOND))
    assert (picture(record), again.changed) == (SECOND, frozenset())
    store(record, run, piece(1))
    assert picture(record) == SECOND
    (key,) = [article.key for article in read.articles(record, undated=True)]
    assert read.provenance(record, key)["picture"] == {"by": "rest", "layer": "rest:picture"}


def test_a_piece_that_an_earlier_release_read_gets_it_from_its_kept_bytes(record: Record) -> None:
    store(record, begin(record), piece(1, layer=Layer.FEED, lead=None, text=None), body=FEED)
    assert picture(record) is None

    def reader(kept: Sequence[read.Kept]) -> Mapping[Layer, Reading]:
        return {one.layer: snapshots.read(one.snapshot, OUTLET) for one in kept}

    changed: list[Reread] = []
    for _ in range(2):
        changed += reread(record, begin(record), OUTLET.slug, at=NOON, reader=reader)
    assert [(one.old, one.new) for one in changed if one.field == "picture"] == [(None, FIRST)]
    assert picture(record) == FIRST
