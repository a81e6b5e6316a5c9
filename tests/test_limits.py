"""What others send is cut before it is searched: each limit, and that work does not grow past it.

Nothing here is timed: the characters that a reader was given, or the calls it made, are counted.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from crawler import limits
from crawler.limits import (
    ADDRESS,
    ADDRESS_SHOWN,
    ATTRIBUTES,
    FEED_ROWS,
    HOST,
    JSON_LD_ITEMS,
    JSON_LD_OBJECTS,
    LINE_MARKUP,
    LIST_ROWS,
    LONG_READING,
    META,
    META_NAMES,
    METAS,
    PAGE,
    SITEMAP_ROWS,
    TEXT_MARKUP,
    TITLE,
)
from crawler.models import Find, SnapshotKind, Way
from crawler.reading import payload
from crawler.reading.feeds import parse_feed
from crawler.reading.list_shape import propose_listing
from crawler.reading.listings import parse_listing
from crawler.reading.page import structured
from crawler.reading.page.facts import Facts
from crawler.reading.page.headline import headline_of
from crawler.reading.page.html import tree_of
from crawler.reading.page.page_facts import facts_of
from crawler.reading.page.site_names import squeezed
from crawler.reading.page.structured import things_of
from crawler.reading.site_facts import site_facts
from crawler.reading.sitemaps import parse_sitemap
from crawler.reading.text import excerpt_of, plain, text_of
from crawler.run import page_store
from crawler.run.turns import aside
from crawler.urls import alias_key, canonical, host_of, normal_host
from reports.publishing import gutenberg, html_text

NOW = datetime(2026, 5, 30, 12, tzinfo=UTC)
FLOOD = 400_000
# characters of a hostile answer


def facts(head: str) -> Facts:
    """What is kept of a page with this head."""
    root, _ = tree_of(f"<html><head>{head}</head><body><p>Fjalë.</p></body></html>", None)
    return facts_of(root)


# --- addresses ------------------------------------------------------------------------


@pytest.mark.parametrize("read", [canonical, alias_key, host_of])
@pytest.mark.parametrize("unit", ["//", "a", "@", "//a@", "/../", "%25", ";", "?", "&", "."])
def test_a_flood_in_an_address_is_refused_in_a_short_line(
    read: Callable[[str], str], unit: str
) -> None:
    flood = "http://gazeta.example" + unit * (FLOOD // len(unit))
    with pytest.raises(ValueError, match=f"more than {ADDRESS:,} characters") as refused:
        read(flood)
    assert len(str(refused.value)) < ADDRESS_SHOWN + 100


def test_a_host_is_cut_before_it_is_brought_into_ascii() -> None:
    with pytest.raises(ValueError, match=f"more than {HOST:,} characters"):
        normal_host("ë" * FLOOD)


@pytest.mark.parametrize(
    "address",
    [
        "https://ana:fshehte@gazeta.example/" + "a" * ADDRESS,
        "https://ana:" + "fshehte" * ADDRESS + "@gazeta.example/",
        "ftp://ana:fshehte@gazeta.example/" + "//" * ADDRESS,
    ],
)
def test_a_password_is_hidden_wherever_the_line_is_cut(address: str) -> None:
    with pytest.raises(ValueError, match=r"//\.\.\.@gazeta\.example") as refused:
        canonical(address)
    assert "fshehte" not in str(refused.value)


# --- the head of a page ---------------------------------------------------------------


def test_what_a_meta_says_is_cut() -> None:
    said = facts(f'<meta property="og:title" content="{"a | " * (FLOOD // 4)}">').metas["og:title"]
    assert [len(one) for one in said] == [META]


def test_names_of_metas_and_their_contents_are_counted() -> None:
    many = facts('<meta property="og:title" content="a">' * (10 * METAS))
    assert len(many.metas["og:title"]) == METAS
    names = facts("".join(f'<meta name="n{n}" content="a">' for n in range(10 * META_NAMES)))
    assert len(names.metas) == META_NAMES


def test_addresses_in_the_head_are_counted_and_long_ones_left_out() -> None:
    links = facts(
        f'<link rel="canonical" href="/{"a" * ADDRESS}">'
        + '<link rel="canonical" href="/a">' * (10 * METAS)
    ).links["canonical"]
    assert links == ["/a"] * METAS


@pytest.mark.parametrize("unit", ["a | ", "a: ", "a - ", "–a ", "|", "ë » "])
@pytest.mark.parametrize("where", ["og:title", "json-ld", "listing", "ruled"])
def test_a_title_is_cut_before_names_are_cut_off_it(unit: str, where: str) -> None:
    def folded(length: int) -> int:
        """How many strings the readers of headlines fold for a title of `length`."""
        flood = unit * (length // len(unit))
        given = Facts()
        if where == "og:title":
            given.metas["og:title"] = [flood]
        if where == "json-ld":
            given.things = ({"@type": "NewsArticle", "headline": flood},)
        squeezed.cache_clear()
        headline_of(
            given, url="https://gazeta.example/lajme/festa-e-librit", names=frozenset({"gazeta"}),
            listed=flood if where == "listing" else None,
            ruled=flood if where == "ruled" else None,
        )  # fmt: skip
        return squeezed.cache_info().misses

    assert folded(FLOOD // 10) == folded(FLOOD)
    assert folded(FLOOD) < 2 * TITLE


@pytest.mark.parametrize(
    "nested", [[[{}] * 400] * 400, [[[]] * 400] * 400, [[[[]] * 60] * 60] * 60]
)
def test_objects_of_json_ld_are_counted_however_they_nest(nested: Any) -> None:
    assert len(things_of([json.dumps(nested)])) <= JSON_LD_OBJECTS
    looked = list(structured._flat(nested))
    assert len(looked) <= JSON_LD_ITEMS


def test_a_tag_with_more_attributes_than_any_page_has_is_left_out() -> None:
    many = " ".join(f"a{n}=b" for n in range(10 * ATTRIBUTES))
    root, _ = tree_of(f"<html><body><p {many}>Fjalë</p><p>Libri</p></body></html>", None)
    assert max(len(el.attrib) for el in root.iter()) <= ATTRIBUTES


def test_a_page_is_cut_and_says_so() -> None:
    _, notes = tree_of("<p>a</p>" * (PAGE // 8 + 1), None)
    assert notes == (f"page of {8 * (PAGE // 8 + 1):,} bytes cut to {PAGE:,}",)


@pytest.mark.parametrize(
    ("unit", "kept", "most"),
    [
        ("<h2 class=entry-title>Libri</h2>", "headings", 10 * limits.SPOTS),
        ("<time datetime=2026-05-20>20 maj</time>", "dates", limits.SPOTS),
        ("<p class=byline>Ana Bega</p>", "names", limits.SPOTS),
        ("<p class=lead>Libri u hap.</p>", "leads", limits.SPOTS),
    ],
)
def test_spots_of_a_page_are_counted(unit: str, kept: str, most: int) -> None:
    root, _ = tree_of(f"<html><body>{unit * (10 * limits.SPOTS)}</body></html>", None)
    assert 0 < len(getattr(facts_of(root), kept)) <= most


def test_elements_of_a_page_are_counted() -> None:
    root, _ = tree_of("<html><body>" + "<p>a</p>" * (limits.ELEMENTS + 500), None)
    found = facts_of(root)
    assert limits.ELEMENTS <= found.elements <= limits.ELEMENTS + 1
    assert len(found.blocks) <= limits.ELEMENTS + 1


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        ("a" * limits.SPOT, True),
        ("a" * (limits.SPOT + 1), False),
        ("<b>a</b>" * limits.SPOT_ELEMENTS, True),
        ("<b>a</b>" * (limits.SPOT_ELEMENTS + 1), False),
    ],
)
def test_a_long_byline_is_none(inside: str, kept: bool) -> None:
    body = f"<p class=lead>Libri u hap.</p><p class=byline>{inside}</p>"
    root, _ = tree_of(f"<html><body>{body}</body></html>", None)
    assert bool(facts_of(root).names) is kept


def test_a_front_page_is_cut_before_it_is_read() -> None:
    late = "<title>Gazeta</title>"
    for space, name in ((100, "Gazeta"), (limits.FRONT_PAGE, None)):
        page = "<html><head>" + " " * space + late
        assert site_facts(page.encode(), "https://gazeta.example/", None).name == name


def test_a_list_without_selectors_is_cut_and_its_links_are_counted() -> None:
    asked: list[str] = []

    def is_article(url: str) -> bool:
        asked.append(url)
        return True

    row = '<li class=r><a href="/lajme/{0}">Libri numër {0} u hap</a></li>'
    many = "".join(row.format(n) for n in range(100_000)).encode()
    assert len(many) > 2 * limits.FRONT_PAGE
    find = propose_listing(
        many, url="https://gazeta.example/", charset=None, fetched=NOW, zone="Europe/Tirane",
        is_article=is_article,
    )  # fmt: skip
    assert find is not None
    assert find.row == "li.r"
    assert len(asked) == limits.SHAPE_LINKS


# --- an answer ----------------------------------------------------------------------------


def test_places_where_json_may_begin_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = 0

    class Counting:
        """The decoder, and how often it was asked."""

        def raw_decode(self, *given: Any) -> Any:
            nonlocal tried
            tried += 1
            return decoder.raw_decode(*given)

    decoder = json.JSONDecoder()
    monkeypatch.setattr(payload, "_DECODER", Counting())
    payload.json_payload(b"Notice: " + b'{"a": 1} ' * (FLOOD // 9))
    assert 0 < tried <= limits.JSON_STARTS


# --- lists ------------------------------------------------------------------------------


def test_rows_of_a_feed_are_counted_and_a_note_says_so() -> None:
    item = "<item><title>Libri</title><link>https://gazeta.example/{}</link></item>"
    rows = "".join(item.format(n) for n in range(FEED_ROWS + 5))
    page = parse_feed(f"<rss><channel>{rows}</channel></rss>".encode(), charset=None)
    assert len(page.entries) == FEED_ROWS
    assert any(f"{FEED_ROWS} rows" in note for note in page.notes)


def test_rows_of_a_sitemap_are_counted_and_it_says_so() -> None:
    lines = "\n".join(f"https://gazeta.example/{n}" for n in range(SITEMAP_ROWS + 5))
    found = parse_sitemap(
        lines.encode(), url="https://gazeta.example/", base=NOW, zone="Europe/Tirane"
    )
    assert (len(found.rows), found.cut) == (SITEMAP_ROWS, True)


def test_rows_of_a_list_page_are_counted_and_long_addresses_are_none() -> None:
    find = Find(way=Way.LISTING, url="https://gazeta.example/", row="div", link="a")
    rows = "".join(f'<div><a href="/{n}">a</a></div>' for n in range(LIST_ROWS + 5))
    far = f'<div><a href="/{"a" * FLOOD}">a</a></div>'
    found = parse_listing(f"{far}{rows}".encode(), url=find.url, charset=None, find=find)
    assert len(found) <= LIST_ROWS
    assert max(len(row.url) for row in found) < ADDRESS


@pytest.mark.parametrize("read", [plain, excerpt_of, text_of])
def test_markup_of_a_field_is_cut(read: Callable[[str], str]) -> None:
    longest = TEXT_MARKUP if read is text_of else LINE_MARKUP
    assert read("a" * longest + "b").count("b") == 0


# --- blocks and markup of a site --------------------------------------------------------


@pytest.mark.parametrize("unit", ["<!-- wp:x {", "<!--", "<!-- wp:p {} ", "{} -->", "-->"])
def test_a_comment_is_looked_at_once(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0

    class Counting:
        """The pattern, and how often it was asked."""

        def fullmatch(self, *given: Any) -> Any:
            nonlocal looked
            looked += 1
            return pattern.fullmatch(*given)

    pattern = gutenberg._DELIMITER
    monkeypatch.setattr(gutenberg, "_DELIMITER", Counting())
    flood = unit * (FLOOD // len(unit))
    assert "x" in gutenberg.after_first(flood, "x")
    assert looked <= flood.count("-->")


@pytest.mark.parametrize("unit", ["</", "<!--", "<a ", "<![CDATA[", "<p>a", '<a href="', "<!-- >"])
def test_markup_without_an_end_is_read_to_its_end(unit: str) -> None:
    assert html_text.readable(f"<p>Libri <a href='/a'>u hap</a></p>{unit * 100_000}")[0] == (
        "Libri u hap </a>"
    )


# --- one outlet beside the others -------------------------------------------------------


def test_long_answers_are_read_in_a_thread_and_short_ones_are_not() -> None:
    async def both() -> tuple[int, int]:
        short = await aside(LONG_READING, threading.get_ident)
        return short, await aside(LONG_READING + 1, threading.get_ident)

    here, there = asyncio.run(both())
    assert here == threading.get_ident() != there


@pytest.mark.parametrize(("pause", "turns"), [(0.0, 5), (1_000.0, 0)])
def test_rows_let_other_outlets_have_their_turn(
    pause: float, turns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = 0

    async def turn(_: float) -> None:
        nonlocal given
        given += 1

    clock = iter(range(1_000_000))
    monkeypatch.setattr(page_store, "READING_SLICE", pause)
    monkeypatch.setattr(page_store, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    monkeypatch.setattr(page_store, "asyncio", SimpleNamespace(sleep=turn))
    leads = tuple(SimpleNamespace(position=at, url="", row={}) for at in range(6))
    store = page_store.PageStore(SimpleNamespace())  # type: ignore[arg-type]

    async def unreadable(page: Any, lead: Any) -> None:
        """Every row."""

    monkeypatch.setattr(store, "_read", unreadable)
    page: Any = SimpleNamespace(leads=leads, kind=None)
    assert asyncio.run(store._read_rows(page, {0: 1})) == []
    assert given == turns


@pytest.mark.parametrize(("size", "apart"), [(LONG_READING, False), (LONG_READING + 1, True)])
def test_the_long_page_of_a_piece_is_read_in_a_thread(
    size: int, apart: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    def read(*_given: Any, **_named: Any) -> None:
        threads.append(threading.get_ident())

    monkeypatch.setattr(page_store, "read_lead", read)
    assignment: Any = SimpleNamespace(outlet=None, habits=None)
    page: Any = SimpleNamespace(kind=SnapshotKind.HTML, body=bytes(size))
    lead: Any = None
    asyncio.run(page_store.PageStore(assignment)._read(page, lead))
    assert (threads != [threading.get_ident()]) is apart
