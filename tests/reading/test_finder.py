# ruff: noqa: E501 - markup stands on one line
"""The finder of lists: what a person teaches it, and pages that mean it no good."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.reading.finder import (
    Sheet,
    data_in,
    endpoints_in,
    lists_in,
    pager_of,
    sections_of,
    sheet_of,
    taught,
)
from crawler.reading.listings import parse_listing

HOME = "https://pasqyra.example/"
NAMES = ("Mulliri i fshatit hapet sërish", "Kori i grave fton në provë", "Ura e vjetër ndriçohet")


def sheet(body: str) -> Sheet | None:
    return sheet_of(
        f"<html><body>{body}</body></html>".encode(),
        url=HOME,
        charset="utf-8",
        fetched=datetime(2026, 5, 20, tzinfo=UTC),
        zone="Europe/Tirane",
        is_own=lambda url: url.startswith(HOME),
    )


NEWS = "".join(
    f"<div class='r'><h3><a href='/l/{n}'>{name}</a></h3><i>{20 - n}.05.2026</i></div>"
    for n, name in enumerate(NAMES)
)
READ = "".join(
    f"<p class='m'><a href='/v/{n}'>{name} dikur</a></p>" for n, name in enumerate(NAMES)
)


def test_two_headlines_that_a_person_points_at_are_a_list() -> None:
    page = sheet(NEWS + READ)
    assert page is not None
    for folder, row in (("l", "div.r"), ("v", "p.m")):
        shape = taught(page, [f"{HOME}{folder}/0", f"{HOME}{folder}/2"])
        assert shape is not None
        assert shape.find.row == row
        assert [one.url for one in shape.rows] == [f"{HOME}{folder}/{n}" for n in range(3)]


def test_two_links_of_no_common_pattern_teach_nothing() -> None:
    page = sheet(NEWS + READ)
    assert page is not None
    assert taught(page, [f"{HOME}l/0", f"{HOME}v/0"]) is None


def test_two_rows_are_enough_where_a_person_points_at_both() -> None:
    page = sheet("".join(f"<li><a href='/l/{n}'>{NAMES[n]}</a></li>" for n in range(2)))
    assert page is not None
    shape = taught(page, [f"{HOME}l/0", f"{HOME}l/1"])
    assert shape is not None
    read = parse_listing(page.body, url=HOME, charset="utf-8", find=shape.find)
    assert [row.headline for row in read] == list(NAMES[:2])


PAGERS: dict[str, tuple[str, str, tuple[str, object, object] | None]] = {
    "numbers from one": ("/lajme", "<a href='?p=1'>1</a><a href='?p=2'>2</a>", ("?p={page}", 1, None)),
    "from zero": ("/lajme", "<a href='?p=1'>2</a><a href='?p=2'>3</a>", ("?p={page}", 0, None)),
    "rows": ("/lajme", "<a href='?start=10'>2</a><a href='?start=20'>3</a>", ("?start={page}", "", 10)),
    "next alone": ("/lajme", "<a href='/lajme/faqja/2'>Më të vjetra</a>", ("/faqja/{page}", None, None)),
    "a file": ("/lajme.htm", "<a href='lajme_2.htm'>2</a><a href='lajme_3.htm'>3</a>", ("_{page}.htm", "", None)),
    "a relation": ("/lajme", "<link rel='next' href='/lajme/2/'>", ("/lajme/{page}/", None, None)),
    "pieces with numbers": ("/lajme", "<a href='/l/1'>Një lajm i gjatë me numër një</a>", None),
    "years of an archive": ("/lajme", "<a href='/viti/2024'>2024</a><a href='/viti/2025'>2025</a>", None),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGERS)
def test_pages_are_numbered_as_the_links_to_them_say(name: str) -> None:
    path, links, wanted = PAGERS[name]
    page = sheet_of(
        f"<html><body>{NEWS}{links}</body></html>".encode(),
        url=HOME.rstrip("/") + path,
        charset="utf-8",
        fetched=datetime(2026, 5, 20, tzinfo=UTC),
        zone="Europe/Tirane",
        is_own=lambda url: url.startswith(HOME),
    )
    assert page is not None
    pager = pager_of(page, 10)
    if wanted is None:
        assert pager is None
        return
    tail, first, step = wanted
    assert pager is not None
    assert pager.url.endswith(tail)
    assert (pager.first, pager.step) == (first, step)


HOSTILE = {
    "nothing": "",
    "one link": "<a href='/x'>x</a>",
    "links to nowhere": "<a href='http://['>një lajm i gjatë</a>" * 9,
    "deep": "<div>" * 200 + NEWS,
    "half a script": "<script>window.X = [{" + "[" * 500 + "</script>",
    "numbers": "<a href='?" + "&".join(f"p{n}={n}" for n in range(60)) + "'>2</a>",
    "a selector's letters": "".join(
        f"<div class='a\"b]:x {n}'><a href='/l/{n}'>Një lajm me numër {n}</a></div>"
        for n in range(5)
    ),
    "data without end": '<script type="application/json">' + '{"a":' * 300 + "</script>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_page_is_too_odd(name: str) -> None:
    page = sheet(HOSTILE[name])
    if page is None:
        return
    for shape in lists_in(page):
        assert parse_listing(page.body, url=HOME, charset="utf-8", find=shape.find)
    assert pager_of(page, 10) is None or name == "numbers"
    assert isinstance(data_in(page), tuple)
    assert isinstance(endpoints_in(page), tuple)
    assert isinstance(sections_of(page, []), tuple)
