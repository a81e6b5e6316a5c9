"""What a front page tells, and the selectors of a list page that nobody described."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.reading.list_shape import propose_listing
from crawler.reading.listings import parse_listing
from crawler.reading.site_facts import SiteFacts, country_of, site_facts

HOME = "https://kodra.example/"
NOW = datetime(2026, 5, 30, 12, tzinfo=UTC)
WORDS = ("Ura e re hapet nesër", "Lumi del nga shtrati", "Kori i qytetit këndon", "Tregu mbyllet")


def page(body: str, head: str = "", lang: str = "sq") -> bytes:
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'.encode()
    )


def facts(body: str = "", head: str = "", lang: str = "sq") -> SiteFacts:
    return site_facts(page(body, head, lang), HOME, "utf-8")


NAMES = {
    "og": ('<meta property="og:site_name" content="Kodra"><title>Lajme</title>', "Kodra"),
    "title-after-a-dash": ("<title>Ballina - Kodra</title>", "Kodra"),
    "title-after-a-bar": ("<title>Lajmet e fundit | Kodra</title>", "Kodra"),
    "title-alone": ("<title> Kodra\n e Re </title>", "Kodra e Re"),
    "a-novel": (f"<title>{'fjalë ' * 40}</title>", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize("name", NAMES)
def test_names(name: str) -> None:
    head, said = NAMES[name]
    assert facts(head=head).name == said


@pytest.mark.parametrize(
    ("lang", "code"), [("sq", "sq"), ("sq-AL", "sq"), ("EN_us", "en"), ("", None)]
)
def test_languages(lang: str, code: str | None) -> None:
    assert facts(lang=lang).language == code


def test_sections_of_the_shared_system() -> None:
    links = "".join(
        f'<a href="{path}">x</a>'
        for path in ("/category/politike", "/category/sport/", "/category/politike", "/lajme",
                     "/english/category/news", "/category/a?x=1", "javascript:x")
    )  # fmt: skip
    found = facts(f'{links}<img src="https://cdnimpuls.com/kodra/1.jpg">')
    assert found.shared
    assert [url.removeprefix(HOME) for url in found.sections] == [
        "category/politike", "category/sport/", "english/category/news",
    ]  # fmt: skip


def test_a_section_that_holds_everything_is_enough() -> None:
    links = "".join(f'<a href="/category/{s}">x</a>' for s in ("a", "te-gjitha", "b"))
    assert facts(links).sections == (f"{HOME}category/te-gjitha",)


@pytest.mark.parametrize(("count", "shared"), [(2, False), (3, True)])
def test_numbered_articles_are_a_mark(count: int, shared: bool) -> None:
    assert facts("".join(f'<a href="/a/b-i{n}">x</a>' for n in range(count))).shared is shared


HOSTILE = {
    "no-markup": b"lajm",
    "empty": b"",
    "nested": b"<html>" + b"<div>" * 50_000,
    "binary": b"<html>" + bytes(range(256)) * 50,
    "links": b"<html>" + b'<a href="/x-i1">x</a>' * 20_000,
    "broken-link": b'<html><a href="http://[::1">x</a>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end(name: str) -> None:
    assert isinstance(site_facts(HOSTILE[name], HOME, None), SiteFacts)
    assert proposed(HOSTILE[name]) is None


@pytest.mark.parametrize(("host", "code"), [("kodra.al", "AL"), ("kodra.mk", "MK"), ("k.tv", None)])
def test_countries(host: str, code: str | None) -> None:
    assert country_of(host) == code


# --- selectors ---------------------------------------------------------------------------


def proposed(body: bytes):  # type: ignore[no-untyped-def]
    return propose_listing(
        body, url=f"{HOME}category/a", charset="utf-8", fetched=NOW, zone="Europe/Tirane",
        is_article=lambda url: "-i" in url,
    )  # fmt: skip


def rows(row: str) -> str:
    return "".join(
        row.format(link=f"/a/lajm-{n}-i{n}", headline=words, day=20 + n)
        for n, words in enumerate(WORDS)
    )


SHAPES = {
    "heading-and-class": (
        (
            '<div class="lajm"><a href="{link}"></a><h3><a href="{link}">{headline}</a></h3>'
            '<span class="data">{day} Maj 2026, 10:30</span></div>'
        ),
        ("div.lajm", "h3 a", "h3", "span.data"),
    ),
    "article-and-time": (
        (
            '<article class="x1"><h2><a href="{link}">{headline}</a></h2>'
            '<time datetime="2026-05-{day}T10:00">sot</time></article>'
        ),
        ("article", "h2 a", "h2", "time"),
    ),
    "a-link-is-the-row": (
        '<li><a class="titull" href="{link}">{headline}</a></li>',
        ("li", "a", "a", None),
    ),
    "no-date": (
        '<div class="karte"><h4><a href="{link}">{headline}</a></h4><p>fjalë</p></div>',
        ("div.karte", "h4 a", "h4", None),
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(name: str) -> None:
    row, selectors = SHAPES[name]
    body = page(f"<nav><a href='/b'>B</a></nav><main>{rows(row)}</main>")
    find = proposed(body)
    assert find is not None
    assert (find.row, find.link, find.headline, find.date) == selectors
    found = parse_listing(body, url=HOME, charset="utf-8", find=find)
    assert [one.headline for one in found] == list(WORDS)


def test_too_few_rows_are_no_pattern() -> None:
    assert proposed(page('<div class="l"><a href="/a-i1">Ura e re hapet nesër</a></div>')) is None


PAGERS = {
    "query": ('<a href="?faqja=2">2</a>', "category/a?faqja={page}"),
    "path": ('<a href="/category/a/page/2/">2</a>', "category/a/page/{page}/"),
    "another-list": ('<a href="/category/b?faqja=2">2</a>', "category/a"),
    "none": ("", "category/a"),
    "another-host": ('<a href="https://x.example/category/a?faqja=2">2</a>', "category/a"),
}


@pytest.mark.parametrize("name", PAGERS)
def test_paging(name: str) -> None:
    pager, address = PAGERS[name]
    find = proposed(page(rows(SHAPES["no-date"][0]) + pager))
    assert find is not None
    assert find.url == HOME + address
