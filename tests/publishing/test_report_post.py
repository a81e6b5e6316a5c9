"""A post of a report: outlet by outlet, everything escaped, archived copies in their place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from reports.nouns import Report
from reports.publishing.readable import readable
from reports.publishing.report_post import post_of, update_block, with_archives
from tests.reports.made import EVENT, outlet, piece, report

HOSTILE = '<script>alert(1)</script> [gallery] "><img onerror=x>'


def made() -> Report:
    pieces = [
        piece("gazeta", 1, headline=HOSTILE),
        piece("fletorja", 1),
        piece("gazeta", 2, published=None, precision=None, headline="Pa datë"),
    ]
    event = replace(EVENT, introduction="Dita u mbajt & u mbyll.\n\nPa bujë.")
    return report([outlet("fletorja"), outlet("gazeta")], pieces, event=event)


def test_a_post_reads_as_people_write_it() -> None:
    post = post_of(made(), "en")
    lines = readable(post.blocks)
    assert lines[:3] == ["Dita u mbajt & u mbyll.", "Pa bujë.", "What was published"]
    assert lines[3:5] == ["Fletorja:", "Dita e Bregut, lajmi 1 <http://fletorja.example/1/>"]
    assert lines[6] == f"{HOSTILE} <http://gazeta.example/1/>"
    assert lines[7] == "Pa datë <http://gazeta.example/2/>"
    assert post.title == "Dita e Bregut"
    assert len(post.pieces) == 3


def test_no_headline_is_markup_or_a_shortcode() -> None:
    blocks = post_of(made(), "sq").blocks
    assert "<script" not in blocks
    assert "<img" not in blocks
    assert "[gallery" not in blocks


def test_no_coverage_is_said() -> None:
    post = post_of(report([outlet("gazeta")]), "en")
    assert readable(post.blocks)[0].startswith("No piece about this event was found.")


def test_an_archived_copy_takes_the_links_place() -> None:
    whole = made()
    archived = tuple(replace(one, archive="https://archive.example/1") for one in whole.pieces)
    given = replace(whole, pieces=archived)
    key = whole.pieces[0].article
    urls = {one.article: one.url for one in with_archives(given, {key}).pieces}
    assert [k for k, url in urls.items() if url == "https://archive.example/1"] == [key]
    assert with_archives(given, set()) is given


def test_an_update_names_how_many_since_when() -> None:
    post = post_of(made(), "en")
    since = datetime(2026, 5, 20, 6, 0, tzinfo=UTC)
    lines = readable(update_block(post.entries[:2], since, EVENT, "en"))
    assert lines[0] == "Update: 2 more since 20 May, 08:00"
    assert readable(update_block(post.entries[:1], None, EVENT, "sq"))[0] == (
        "Përditësim: edhe 1 shkrim"
    )
