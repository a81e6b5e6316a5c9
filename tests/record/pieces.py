"""Readings and pages built by hand, of invented posts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from crawler.language.stemming import index_words
from crawler.models import (
    Alias,
    Layer,
    Lead,
    ListingPage,
    Reading,
    Said,
    SnapshotKind,
    Tongue,
    Way,
    When,
)
from crawler.record import Record, search_index, write

NOON = datetime(2025, 5, 10, 12, tzinfo=UTC)
"""When every page of these tests was fetched."""
CUT = re.compile("[0-9a-z\x80-\U0010ffff]+")
"""How the index cuts its words: "(1)", which "⑴" is folded to, is a 1 to it."""
WAYS = {Layer.REST: Way.WORDPRESS, Layer.FEED: Way.FEED, Layer.LISTING: Way.LISTING}


def piece(number: int, *, layer: Layer = Layer.REST, **said: Any) -> Reading:
    """A reading of the invented post `number`; `said` replaces fields of it."""
    url = said.pop("url", f"https://gazeta.example/2025/05/libri-{number}/")
    aliases = said.pop("aliases", default_aliases(number, layer, url))
    when = said.pop("published", NOON - timedelta(hours=number))
    words = {
        "headline": f"Libri {number} u hap në shesh",
        "lead": f"Hapja e librit {number}.",
        "text": f"Teksti i plotë i librit {number}.",
        **said,
    }
    texts = {
        name: None if text is None else Said(value=text, layer=f"{layer}:{name}")
        for name, text in words.items()
    }
    tongue = Tongue(code="sq", source="words", confidence=0.9)
    return Reading(
        layer=layer,
        url=url,
        aliases=aliases,
        published=when and Said(value=dated(when), layer=f"{layer}:date", raw=when.isoformat()),
        **{"language": Said(value=tongue, layer=f"{layer}:headline"), **texts},
    )


def dated(instant: datetime) -> When:
    """`instant` to the minute."""
    return When(instant=instant, precision="minute", rule="iso")


def default_aliases(number: int, layer: Layer, url: str) -> tuple[Alias, ...]:
    """What the layer usually knows: REST the post id, REST and feed the guid, all the address."""
    names = [Alias(kind="url", value=url.removeprefix("https://").rstrip("/"))]
    if layer in (Layer.REST, Layer.FEED):
        names.insert(0, Alias(kind="guid", value=f"https://gazeta.example/?p={number}"))
    if layer is Layer.REST:
        names.insert(0, Alias(kind="post", value=f"posts:{number}"))
    return tuple(names)


def lead_of(reading: Reading, position: int) -> Lead:
    """The row a reading was read from; the digest is of what it says."""
    digest = blake2b(repr(reading).encode("utf-8", "replace"), digest_size=8).hexdigest()
    return Lead(
        url=reading.url,
        aliases=reading.aliases,
        published=reading.published.value.instant if reading.published else None,
        digest=digest,
        position=position,
        row={"raw": f'{{"id": {position}}}'},
    )


def page_of(readings: Sequence[Reading], **changes: Any) -> ListingPage:
    """One page that lists `readings`, fetched at noon."""
    layer = readings[0].layer if readings else Layer.REST
    page = ListingPage(
        outlet="gazeta-shembull",
        way=WAYS[layer],
        layer=layer,
        kind=SnapshotKind.REST_ROW if layer is Layer.REST else SnapshotKind.FEED_ENTRY,
        url="https://gazeta.example/list",
        fetched=NOON,
        body=b"[" + b",".join(b'{"id": %d}' % at for at in range(len(readings))) + b"]",
        charset="utf-8",
        leads=tuple(lead_of(reading, at) for at, reading in enumerate(readings)),
        site={"zone": "Europe/Tirane"},
    )
    return replace(page, **changes)


def store(record: Record, run: int, *readings: Reading, **changes: Any) -> write.Stored:
    """Stores one page of `readings`, every row of it read."""
    page = page_of(readings, **changes)
    return write.store_page(record, run, page, list(zip(page.leads, readings, strict=True)))


def begin(record: Record, **asked: Any) -> int:
    """A routine run."""
    return write.begin_run(
        record, **{"event": None, "window": None, "started": NOON, "version": "0", **asked}
    )


def check_index(record: Record) -> None:
    """Brought up, the index holds the words of every article and no other; the file is whole."""
    search_index.bring_up(record)
    held = {(number, term) for term, number in record.conn.execute(_vocabulary(record))}
    articles = record.conn.execute("SELECT id, language, headline, lead, text FROM articles")
    told = {number: index_words(*texts) for number, *texts in articles}
    assert held == {(number, cut) for number, words in told.items() for cut in CUT.findall(words)}
    assert search_index.waiting(record) == []
    assert record.conn.execute("SELECT count(*) FROM unindexed").fetchone() == (0,)
    assert record.conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert record.conn.execute("PRAGMA foreign_key_check").fetchall() == []


def _vocabulary(record: Record) -> str:
    record.conn.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.cut USING fts5vocab (main, stems_fts, instance)"
    )
    return "SELECT term, doc FROM temp.cut"
