"""The report document: the keys of the contract, all there."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from crawler.models import Outcome
from reports.formats.json import document, to_json
from tests.reports.made import check, outlet, piece, report

PIECE = [
    "article",
    "url",
    "outlet",
    "owner",
    "headline",
    "translation",
    "translation_by",
    "published",
    "precision",
    "language",
    "byline",
    "lead",
    "story",
    "copy_of",
    "decision",
    "note",
    "tone",
    "archive",
    "because",
]
SUMMARY = [
    "pieces",
    "texts",
    "outlets",
    "owners",
    "languages",
    "first",
    "last",
    "unreviewed",
    "undated",
]
COMPLETENESS = ["outlet", "outcome", "listed", "read", "matched", "reached", "how"]
WHOLE = [
    "schema",
    "event",
    "made",
    "version",
    "summary",
    "completeness",
    "pieces",
    "stories",
    "method",
]


def test_every_key_of_the_contract_is_there() -> None:
    told = document(report([outlet("a")], [piece("a")], {"a": [check("a", Outcome.COMPLETE)]}))
    assert list(told) == WHOLE
    assert told["schema"] == 1
    assert set(SUMMARY) == set(told["summary"])
    assert list(told["completeness"][0])[: len(COMPLETENESS)] == COMPLETENESS
    assert list(told["pieces"][0])[: len(PIECE)] == PIECE


def test_what_is_not_known_is_null() -> None:
    bare = piece("a", headline=None, published=None, precision=None, language=None, lead=None)
    told = document(report([outlet("a")], [bare]))
    row = told["pieces"][0]
    assert [row[name] for name in ("headline", "published", "precision", "owner")] == [None] * 4
    assert told["completeness"][0]["outcome"] is None
    assert told["summary"]["first"] is None


def test_instants_are_local_and_texts_as_printed() -> None:
    late = datetime(2026, 5, 16, 22, 30, tzinfo=UTC)
    told = report([outlet("a")], [piece("a", headline="Ditë <b>&", published=late)])
    text = to_json(told)
    assert "Ditë <b>&" in text
    row = json.loads(text)["pieces"][0]
    assert row["published"] == "2026-05-17T00:30:00+02:00"
    assert row["because"] == [
        {"term": "festë", "form": "Festën", "field": "headline", "snippet": "…Festën…"}
    ]


def test_rows_are_those_of_the_summary() -> None:
    told = document(report([outlet("a")], [piece("a", number) for number in range(1, 9)]))
    assert len(told["pieces"]) == told["summary"]["pieces"] == 8


def test_the_method_tells_the_words_looked_for() -> None:
    told = document(report([outlet("a")]))["method"]
    assert told["keywords"]["not"] == ["futboll"]
    assert told["window"] == {"from": "2026-05-11", "to": "2026-05-24", "zone": "Europe/Tirane"}
