"""A post of a roundup: its words, everything escaped, archived copies where a link went astray."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from crawler.models import Language
from reports.forms import Form
from reports.models import Report
from reports.publishing.gutenberg import marked
from reports.publishing.html_text import links, readable
from reports.publishing.post import Post, marker_in
from reports.publishing.report_post import post_of, update_block, with_archives
from reports.roundup import roundup, written
from tests.reports.made import EVENT, outlet, piece, report

HOSTILE = '<script>alert(1)</script> [gallery] "><img onerror=x>'
COPY = "https://archive.example/1"


def made() -> Report:
    pieces = [
        piece("gazeta", 1, headline=HOSTILE, text="Një tekst."),
        piece("fletorja", 1, text="Tjetër fare."),
        piece("gazeta", 2, published=None, precision=None, headline="Pa datë", text="I tretë."),
    ]
    event = replace(EVENT, introduction="Dita u mbajt & u mbyll [sot].\n\nPa bujë.")
    return report([outlet("fletorja"), outlet("gazeta")], pieces, event=event)


def post(told: Report, language: Language = "en") -> Post:
    said = roundup(told, language)
    return post_of(said, written(said, Form.BLOCKS))


def test_a_post_says_what_the_roundup_says() -> None:
    told = post(made())
    lines = readable(told.blocks)
    assert lines[:2] == ["Dita u mbajt & u mbyll [sot].", "Pa bujë."]
    assert f"{HOSTILE} <http://gazeta.example/1/>" in lines
    assert "Pa datë <http://gazeta.example/2/>" in lines
    assert told.title == "Dita e Bregut in the media"
    assert sorted(entry.headline for entry in told.entries) == sorted(
        [HOSTILE, "Dita e Bregut, lajmi 1", "Pa datë"]
    )


def test_no_headline_is_markup_or_a_shortcode() -> None:
    blocks = post(made(), "sq").blocks
    assert "<script" not in blocks
    assert "<img" not in blocks
    assert "[" not in blocks


def test_the_marker_comes_whatever_the_template_does() -> None:
    blocks = marked(post(made()).blocks, "jehona-dita-0123abcd")
    assert marker_in(blocks, "dita") == "jehona-dita-0123abcd"
    assert readable(blocks) == readable(post(made()).blocks)


def test_no_coverage_is_said() -> None:
    told = post(report([outlet("gazeta")]))
    assert readable(told.blocks)[0].startswith("No piece about this event was found.")
    assert told.entries == ()


def test_an_archived_copy_is_linked_where_the_link_went_astray_and_not_before() -> None:
    whole = made()
    given = tuple(replace(one, archive=f"{COPY}/{one.article}") for one in whole.pieces)
    by_key = {one.article: one for one in given}
    texts = tuple(
        replace(text, pieces=tuple(by_key[one.article] for one in text.pieces))
        for text in whole.texts
    )
    told = replace(whole, pieces=given, texts=texts)
    key = "a_gazeta_1"
    linked = links(post(with_archives(told, {key})).blocks)
    assert f"{COPY}/{key}" in linked
    assert {"http://fletorja.example/1/", "http://gazeta.example/2/"} <= linked
    assert "http://gazeta.example/1/" not in linked
    assert not any(COPY in url for url in links(post(with_archives(told, set())).blocks))


def test_an_update_names_how_many_since_when() -> None:
    entries = post(made()).entries
    since = datetime(2026, 5, 20, 6, 0, tzinfo=UTC)
    lines = readable(update_block(entries[:2], since, EVENT, "en"))
    assert lines[0] == "Update: 2 more since 20 May, 08:00"
    assert readable(update_block(entries[:1], None, EVENT, "sq"))[0] == "Përditësim: edhe 1 shkrim"


def test_an_updates_outlets_stand_together() -> None:
    told = post(made())
    mixed = sorted(told.entries, key=lambda entry: entry.url.split("/")[-2])
    lines = readable(update_block(mixed, None, EVENT, "en"))
    assert lines.count("Gazeta:") == 1
