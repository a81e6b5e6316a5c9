"""The report document: the keys of the contract, all there."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from crawler.models import Outcome
from reports.document import document as laid_out
from reports.formats.json import document, to_json
from reports.formats.markdown import set_markdown
from reports.forms import Edition
from tests.reports.full import full
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
    "unnamed",
    "tones",
    "doubtful",
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
    "doubtful",
    "kept",
    "brought",
    "seal",
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
    told = {"term": "festë", "form": "Festën", "field": "headline", "snippet": "…Festën…"}
    assert row["because"] == [{**told, "place": None}]


def test_rows_are_those_of_the_summary() -> None:
    told = document(report([outlet("a")], [piece("a", number) for number in range(1, 9)]))
    assert len(told["pieces"]) == told["summary"]["pieces"] == 8


def test_the_method_tells_the_words_looked_for() -> None:
    told = document(report([outlet("a")]))["method"]
    assert told["keywords"]["not"] == ["futboll"]
    assert told["window"] == {"from": "2026-05-11", "to": "2026-05-24", "zone": "Europe/Tirane"}


def test_a_piece_tells_all_that_people_and_the_record_say_of_it() -> None:
    pieces = {row["article"]: row for row in document(full())["pieces"]}
    first, copy = pieces["a_1"], pieces["a_1_1"]
    assert (first["story"], first["copy_of"]) == ("s_1", None)
    assert (copy["story"], copy["copy_of"], copy["lag_minutes"]) == ("s_1", "a_1", 12)
    assert pieces["a_2"]["note"] == "Fotografia është e jona."
    assert (pieces["a_2"]["tone"], pieces["a_2"]["pin"]) == ("pozitiv", 1)
    assert pieces["a_6"]["translation_by"] == "machine: 127.0.0.1:5000"
    assert pieces["a_11"]["corrected"] == "Fotografi nga Panairi i Librit"
    assert pieces["a_11"]["by_hand"] is True
    assert pieces["a_4"]["archive"] == "https://arkiva.example/2026/tv-kodra/"
    assert pieces["a_4"]["changes"] == [
        {
            "old": "Hapet panairi, polemika për stendat",
            "new": "Hapet panairi, radhë që në mëngjes",
            "at": "2026-05-16T17:05:00+02:00",
        }
    ]


def test_stories_are_those_of_the_contract() -> None:
    stories = {row["story"]: row for row in document(full())["stories"]}
    assert [list(row) for row in stories.values()] == [
        ["story", "first", "pieces", "possibly"]
    ] * len(stories)
    second = stories["s_2"]
    assert second["first"] == "https://gazeta.example/a_2/"
    assert [row["lag_minutes"] for row in second["pieces"]] == [0, 4, 66, 142, 1300]
    assert stories["s_14"]["possibly"] == [
        ["https://letrari.example/a_14/", "https://gazeta.example/a_8/"]
    ]


def test_what_waits_is_apart_and_not_counted() -> None:
    told = document(full())
    assert [row["article"] for row in told["doubtful"]] == ["a_91", "a_92"]
    assert told["summary"]["doubtful"] == 2
    assert not {row["article"] for row in told["pieces"]} & {"a_91", "a_92"}


def test_a_half_surrogate_is_still_a_file() -> None:
    told = to_json(report([outlet("a")], [piece("a", headline="gjysma \ud83d \x00")]))
    assert json.loads(told.encode())["pieces"][0]["headline"] == "gjysma \ufffd \x00"


def test_the_seal_is_told_in_both_editions() -> None:
    told = report([outlet("a")], [piece("a")], {"a": [check("a", Outcome.COMPLETE)]})
    sealed = replace(told, seal="ab" * 32)
    assert document(sealed)["seal"] == "ab" * 32
    for edition in Edition:
        page = set_markdown(laid_out(sealed, "en", edition))
        assert f"Seal of the record: {'ab' * 32}" in page
        assert "Seal of the record" not in set_markdown(laid_out(told, "en", edition))
