"""Receipts: begun before anything is sent, finished by the answer, the latest holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.record import Record, open_record
from crawler.record.receipts import Receipts

AT = datetime(2026, 5, 20, 8, 0, tzinfo=UTC)


def begin(book: Receipts, marker: str = "jehona-dita-1", digest: str = "d1") -> None:
    book.begin(marker=marker, digest=digest, words="w1", pieces=["a_1", "a_2"], by="ana", at=AT)


def finish(book: Receipts, post: int = 5) -> None:
    book.finish(post=post, returned="r1", modified="2026-05-20T08:00:01", status="draft", link=None)


def test_a_receipt_waits_until_it_is_answered(record: Record) -> None:
    book = Receipts(record=record, event="dita", site="house")
    assert (book.latest(), book.answered(), book.history()) == (None, None, ())
    begin(book)
    waiting = book.latest()
    assert waiting is not None
    assert (waiting.post, waiting.marker, waiting.pieces) == (None, "jehona-dita-1", ("a_1", "a_2"))
    assert (waiting.by, waiting.at, book.answered()) == ("ana", AT, None)
    finish(book)
    kept = book.latest()
    assert kept is not None
    assert (kept.post, kept.returned, kept.words) == (5, "r1", "w1")
    assert book.answered() == kept


def test_the_latest_holds_and_nothing_is_lost(record: Record) -> None:
    book = Receipts(record=record, event="dita", site="house")
    begin(book)
    finish(book)
    begin(book, digest="d2")
    latest, answered = book.latest(), book.answered()
    assert latest is not None
    assert answered is not None
    assert (latest.digest, latest.post) == ("d2", None)
    assert (answered.digest, answered.post) == ("d1", 5)
    assert [one.digest for one in book.history()] == ["d1", "d2"]


def test_events_and_sites_are_told_apart(record: Record) -> None:
    begin(Receipts(record=record, event="dita", site="house"))
    for event, site in (("dita", "garden"), ("nata", "house")):
        assert Receipts(record=record, event=event, site=site).latest() is None


def test_an_answer_to_nothing_is_loud(record: Record) -> None:
    book = Receipts(record=record, event="dita", site="house")
    with pytest.raises(ValueError, match="waits for an answer"):
        finish(book)
    begin(book)
    finish(book)
    with pytest.raises(ValueError, match="waits for an answer"):
        finish(book)


def test_a_receipt_is_read_from_a_record_that_is_only_read(record: Record) -> None:
    begin(Receipts(record=record, event="dita", site="house"))
    with open_record(record.path, record.path.parent / "snapshots", readonly=True) as read:
        latest = Receipts(record=read, event="dita", site="house").latest()
    assert latest is not None
