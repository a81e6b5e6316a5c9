"""Every report that says something new is kept as a version."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.models import Layer, Way
from crawler.record import Record, read, report_queries, versions, write
from tests.record.pieces import page_of, piece, store

MADE = datetime(2026, 5, 25, 6, tzinfo=UTC)


def document(*headlines: str, version: int = 0) -> dict[str, Any]:
    pieces = [{"article": f"a_{at}", "headline": each} for at, each in enumerate(headlines)]
    return {
        "event": {"slug": "dita"},
        "made": f"now {version}",
        "version": version,
        "seal": f"{version}" * 64,
        "pieces": pieces,
    }


def test_a_report_that_says_the_same_is_the_same_version(record: Record) -> None:
    assert versions.keep(record, "dita", document("një"), MADE) == 1
    assert versions.keep(record, "dita", document("një", version=9), MADE) == 1
    assert versions.keep(record, "dita", document("dy"), MADE) == 2
    assert versions.keep(record, "tjetër", document("dy"), MADE) == 1
    assert [one.number for one in versions.versions(record, "dita")] == [1, 2]
    assert versions.versions(record, "dita")[0].made == MADE


def test_keywords_told_in_another_language_say_nothing_new(record: Record) -> None:
    albanian = {**document("një"), "method": {"understood": ["çdo trajtë e “festë”"], "rules": []}}
    english = {**albanian, "method": {"understood": ["any form of “festë”"], "rules": []}}
    other = {**albanian, "method": {"understood": [], "rules": ["terms-2"]}}
    told = [versions.keep(record, "dita", one, MADE) for one in (albanian, english, other)]
    assert told == [1, 1, 2]


def test_the_next_number_is_known_before_it_is_kept(record: Record) -> None:
    assert versions.next_number(record, "dita", document("një")) == 1
    versions.keep(record, "dita", document("një"), MADE)
    assert versions.next_number(record, "dita", document("një")) == 1
    assert versions.next_number(record, "dita", document("dy")) == 2


def test_what_was_kept_comes_back_whole(record: Record) -> None:
    told = document("Çfarë \\u2028 ndodhi", "<script>")
    versions.keep(record, "dita", told, MADE)
    assert versions.load(record, "dita", 1) == told
    assert versions.load(record, "dita", 2) is None
    assert versions.load(record, "tjetër", 1) is None


def test_going_back_to_an_earlier_wording_is_a_version_of_its_own(record: Record) -> None:
    numbers = [versions.keep(record, "dita", document(each), MADE) for each in ("a", "b", "a")]
    assert numbers == [1, 2, 3]


@pytest.mark.parametrize("words", [("Nesër", "Sot", "Dje")])
def test_earlier_headlines_come_oldest_first(
    record: Record, run: int, words: tuple[str, str, str]
) -> None:
    for headline in words:
        store(record, run, piece(1, headline=headline), piece(2))
    (one, two) = sorted(read.articles(record), key=lambda article: article.url)
    found = report_queries.headlines(record, [one.key, two.key, "a_nobody"])
    assert {key: [(t.old, t.new) for t in some] for key, some in found.items()} == {
        one.key: [("Nesër", "Sot"), ("Sot", "Dje")]
    }


def test_what_a_person_added_is_known(record: Record, run: int) -> None:
    store(record, run, piece(1))
    page = page_of([piece(2)])
    clip = replace(page, layer=Layer.CLIP, way=Way.BY_HAND)
    write.store_page(record, run, clip, [(page.leads[0], piece(2, layer=Layer.CLIP))])
    keys = {article.url: article.key for article in read.articles(record)}
    found = report_queries.by_hand(record, list(keys.values()))
    assert found == {keys["https://gazeta.example/2025/05/libri-2/"]}
