"""What an answer told comes out of a file as it went in, whatever is in it."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone

import pytest

from crawler.bundles.accounts import Account, spelled, understood
from crawler.bundles.ledger import spelled_check, spelled_run, understood_run
from crawler.models import (
    Alias,
    Check,
    Layer,
    Lead,
    Outcome,
    Reading,
    Response,
    Run,
    Said,
    Tongue,
    Way,
    When,
    Window,
)
from tests.record.pieces import NOON, page_of, piece

EAST = NOON.astimezone(timezone(timedelta(hours=2)))


def full() -> Reading:
    when = Said(
        value=When(instant=EAST, precision="minute", rule="iso"), layer="page:time", raw="r"
    )
    texts = ("headline", "lead", "text", "section", "picture")
    return Reading(
        layer=Layer.PAGE,
        url="https://gazeta.example/1",
        aliases=(Alias(kind="post", value="posts:1"), Alias(kind="url", value="gazeta.example/1")),
        published=when,
        modified=when,
        byline=Said(value=("Ana Shembull", "B\ud800"), layer="page:by"),
        language=Said(value=Tongue(code="sq", source="words", confidence=0.7), layer="page:html"),
        notes=("date 2099 is in the future",),
        **{name: Said(value=f"{name} ë \u0000", layer=f"page:{name}", raw=name) for name in texts},
    )


def account(reading: Reading) -> Account:
    lead = Lead(
        url=reading.url,
        aliases=reading.aliases,
        published=EAST,
        digest="ab",
        position=3,
        row={"shares_link": True},
    )
    page = page_of(
        [],
        leads=(lead,),
        body=b"bytes",
        layer=Layer.PAGE,
        site={"zone": "Europe/Tirane", "list": ["a"]},
        response=Response(
            status=200, headers={"etag": "x"}, landed="https://l.example", digest="d"
        ),
    )
    return Account(page=page, readings=((lead, reading),), places={3: None}, whole=True)


def test_every_field_of_a_reading_travels() -> None:
    reading = full()
    empty = [one.name for one in fields(reading) if getattr(reading, one.name) in (None, ())]
    assert empty == []
    one = account(reading)
    assert understood(json.loads(json.dumps(spelled(one))), b"bytes") == one


def test_every_field_of_a_check_and_a_run_travels() -> None:
    check = Check(
        outlet="gazeta", way=Way.FEED, outcome=Outcome.PARTIAL, listed=9, read=8, new=7, changed=6,
        gone=5, requests=4, reached=EAST, seconds=1.5, types=("posts",), note="n", next_step="s",
        reason="gap", numbers={"status": 403, "at": "x"}, by="Ana", at=NOON, since=NOON, until=NOON,
        only=("https://gazeta.example/1",),
    )  # fmt: skip
    assert [one.name for one in fields(check) if getattr(check, one.name) is None] == []
    window = Window(start=EAST, end=EAST + timedelta(days=1), zone="Europe/Tirane")
    run = Run(number=7, event="festa", window=window, started=NOON, finished=NOON, checks=(check,))
    told = json.loads(json.dumps([spelled_run(run, "finished"), [spelled_check(check)]]))
    assert understood_run(*told) == (run, "finished")


@pytest.mark.parametrize(
    "change",
    [
        {"url": "javascript:alert(1)"},
        {"url": "https://" + "a" * 3000},
        {"published": "2025-05-10T12:00:00"},
        {"names": [["nobody", "x"]]},
        {"digest": 7},
        {"position": "x"},
        {"said": {"layer": "rest"}},
    ],
)
def test_a_row_that_is_none_is_not_believed(change: dict[str, object]) -> None:
    told = json.loads(json.dumps(spelled(account(piece(1)))))
    told["rows"][0] |= change
    with pytest.raises((ValueError, KeyError, TypeError)):
        understood(told, b"")


def test_two_rows_at_one_place_are_not_believed() -> None:
    told = json.loads(json.dumps(spelled(account(piece(1)))))
    told["rows"] *= 2
    with pytest.raises(ValueError, match="one place"):
        understood(told, b"")


def test_the_moment_keeps_its_offset() -> None:
    one = understood(json.loads(json.dumps(spelled(account(full())))), b"")
    assert isinstance(one, Account)
    assert one.page.leads[0].published == EAST.replace(tzinfo=timezone(timedelta(hours=2)))
    assert one.page.fetched == datetime(2025, 5, 10, 12, tzinfo=UTC)
