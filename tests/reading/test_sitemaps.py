"""Sitemaps as hand-made systems write them: mended like feeds, whole rows only, packed anyhow."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from crawler.reading import Unreadable
from crawler.reading.sitemaps import SitemapDocument, parse_sitemap

URL = "https://gazeta.example/harta/sitemap.xml"
FETCHED = datetime(2025, 5, 12, 12, tzinfo=UTC)
OPEN = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
)


def read(body: str | bytes, url: str = URL) -> SitemapDocument:
    """A read sitemap."""
    body = body if isinstance(body, bytes) else body.encode()
    return parse_sitemap(body, url=url, base=FETCHED, zone="Europe/Tirane")


def row(loc: str = "https://gazeta.example/1", title: str = "Ura", more: str = "") -> str:
    """A row of a news sitemap."""
    return (
        f"<url><loc>{loc}</loc><lastmod>2025-05-12</lastmod>{more}<news:news><news:publication>"
        "<news:name>Gazeta</news:name><news:language>sq</news:language></news:publication>"
        "<news:publication_date>2025-05-12T10:00:00+02:00</news:publication_date>"
        f"<news:title>{title}</news:title></news:news></url>\n"
    )


def sitemap(*rows: str, start: str = OPEN) -> str:
    """A sitemap of these rows."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{start}{"".join(rows)}</urlset>'


def addresses(found: SitemapDocument) -> list[str]:
    """What it lists."""
    return [row.url for row in found.rows]


LAST = row("https://gazeta.example/2", "E fundit")

LOCS = {
    "plain": ("https://gazeta.example/1", "https://gazeta.example/1"),
    "raw-ampersand": (
        "https://gazeta.example/l.php?kat=2&id=7",
        "https://gazeta.example/l.php?kat=2&id=7",
    ),
    "like-a-letter": (
        "https://gazeta.example/l.php?kat=2&section=7&copy=1",
        "https://gazeta.example/l.php?kat=2&section=7&copy=1",
    ),
    "escaped": (
        "https://gazeta.example/l.php?kat=2&amp;section=7",
        "https://gazeta.example/l.php?kat=2&section=7",
    ),
    "escaped-twice": (
        "https://gazeta.example/l.php?kat=2&amp;amp;id=7",
        "https://gazeta.example/l.php?kat=2&id=7",
    ),
    "numbered": (
        "https://gazeta.example/l.php?kat=2&#038;id=7",
        "https://gazeta.example/l.php?kat=2&id=7",
    ),
    "numbered-twice": (
        "https://gazeta.example/l.php?kat=2&amp;#038;id=7",
        "https://gazeta.example/l.php?kat=2&id=7",
    ),
    "cdata": (
        "<![CDATA[https://gazeta.example/l.php?kat=2&id=7]]>",
        "https://gazeta.example/l.php?kat=2&id=7",
    ),
    "comment-inside": (
        "https://gazeta.example/<!-- e re -->1",
        "https://gazeta.example/1",
    ),
    "comment-ahead": ("<!-- 1 --> https://gazeta.example/1", "https://gazeta.example/1"),
    "white-space": ("\n\t https://gazeta.example/1 \n", "https://gazeta.example/1"),
    "folded": ("https://gazeta.example/\n      1", "https://gazeta.example/1"),
    "letters": ("https://gazeta.example/kult&euml;r", "https://gazeta.example/kultër"),
    "no-scheme": ("//gazeta.example/1", "https://gazeta.example/1"),
    "relative": ("/lajme/1", "https://gazeta.example/lajme/1"),
    "relative-to-the-file": ("1.html", "https://gazeta.example/harta/1.html"),
}


@pytest.mark.parametrize(("loc", "address"), LOCS.values(), ids=LOCS)
def test_an_address(loc: str, address: str) -> None:
    found = read(sitemap(row(loc), LAST))
    assert addresses(found) == [address, "https://gazeta.example/2"]
    assert found.whole


TITLES = {
    "plain": ("Ura e re", "Ura e re"),
    "letters-by-name": ("Kultur&euml; e re", "Kulturë e re"),
    "raw-ampersand": ("Rama & Berisha", "Rama & Berisha"),
    "raw-bracket": ("Bileta < 500 lekë", "Bileta < 500 lekë"),
    "raw-bracket-and-number": ("Bileta <500 lekë", "Bileta <500 lekë"),
    "escaped-twice": ("&amp;#8220;Kodra&amp;#8221;", "“Kodra”"),
    "named-twice": ("&amp;quot;Kodra&amp;quot; thot&amp;euml;", '"Kodra" thotë'),
    "cdata": ("<![CDATA[Rama & Berisha]]>", "Rama & Berisha"),
    "cdata-with-entities": ("<![CDATA[&#8220;Kodra&#8221; &ndash; 4]]>", "“Kodra” – 4"),
    "markup": ("Ura <em>e re</em> hapet", "Ura e re hapet"),
    "escaped-markup": ("Ura &lt;em&gt;e re&lt;/em&gt;", "Ura e re"),
    "link-in-cdata": ('<![CDATA[<a href="/1">Ura</a> e re]]>', "Ura e re"),
    "comment": ("Ura <!-- x -->e re", "Ura e re"),
    "line-breaks": ("\n   Ura\n   e re\n", "Ura e re"),
    "control": ("Ura\x01 e re", "Ura e re"),
}


@pytest.mark.parametrize(("title", "headline"), TITLES.values(), ids=TITLES)
def test_a_headline(title: str, headline: str) -> None:
    found = read(sitemap(row(title=title), LAST))
    assert [row.headline for row in found.rows] == [headline, "E fundit"]
    assert all(row.published and row.language == "sq" for row in found.rows)


STARTS = {
    "no-news": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    "nothing": "<urlset>",
    "capitals": "<URLSET>",
    "prefixed": '<sm:urlset xmlns:sm="x">',
    "https": OPEN.replace("http://www.sitemaps", "https://www.sitemaps"),
    "unquoted": "<urlset xmlns=x>",
    "unbound-attribute": f"{OPEN[:-1]} xsi:schemaLocation='x y'>",
}
PICTURE = "<image:image><image:loc>https://x.example/1.jpg</image:loc></image:image>"


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_namespaces_that_are_missing_or_odd(start: str) -> None:
    body = sitemap(row("https://gazeta.example/l?a=1&amp;b=2", more=PICTURE), LAST, start=start)
    if start.startswith("<sm:"):
        body = body.replace("</urlset>", "</sm:urlset>")
    found = read(body)
    assert addresses(found) == ["https://gazeta.example/l?a=1&b=2", "https://gazeta.example/2"]
    assert [row.headline for row in found.rows] == ["Ura", "E fundit"]
    assert found.rows[0].published is not None


AROUND = {
    "mark": ("\ufeff", ""),
    "blank-lines": ("\n\n  ", "\n\n"),
    "notice": ("<br />\n<b>Deprecated</b>:  old() in <b>/x.php</b> on line <b>1</b><br />\n", ""),
    "notice-behind": ("", "\n<br />\n<b>Warning</b>: x in <b>/x.php</b> on line <b>1</b><br />"),
    "notice-in-text": ("PHP Warning:  x in /x.php on line 1\n", ""),
    "comment": ("<!-- cached -->", "<!-- generated in 0.2 seconds & more -- -->"),
    "doctype": ('<!DOCTYPE html>', ""),
    "script": ("", "<script>if (a < b && c) {}</script>"),
}  # fmt: skip


@pytest.mark.parametrize(("ahead", "behind"), AROUND.values(), ids=AROUND)
def test_what_stands_around_it(ahead: str, behind: str) -> None:
    found = read(ahead + sitemap(row(), LAST) + behind)
    assert addresses(found) == ["https://gazeta.example/1", "https://gazeta.example/2"]
    assert found.whole


@pytest.mark.parametrize(("ahead", "behind"), AROUND.values(), ids=AROUND)
def test_what_stands_around_an_index(ahead: str, behind: str) -> None:
    files = "".join(f"<sitemap><loc>/post-{n}.xml?a=1&b=2</loc></sitemap>" for n in (1, 2))
    found = read(f"{ahead}<sitemapindex>{files}</sitemapindex>{behind}")
    assert [file.url for file in found.files] == [
        f"https://gazeta.example/post-{n}.xml?a=1&b=2" for n in (1, 2)
    ]
    assert found.whole


FAULTS = {
    "row-left-open": row().replace("</url>", ""),
    "loc-left-open": "<url><loc>https://gazeta.example/1<lastmod>2025-05-12</lastmod></url>",
    "cdata-left-open": row(title="<![CDATA[Ura"),
    "title-left-open": row().replace("</news:title>", ""),
    "stray-end-tag": row(more="</b>"),
    "attribute-without-quotes": row(more="<x y=z/>"),
    "commented-row": f"<!-- {row('https://gazeta.example/old')} -->{row()}",
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_stays_inside_its_row(fault: str) -> None:
    found = read(sitemap(fault, LAST))
    assert addresses(found) == ["https://gazeta.example/1", "https://gazeta.example/2"]
    assert found.rows[1].headline == "E fundit"


WHOLE = sitemap(*(row(f"https://gazeta.example/l?a=1&amp;id={n}", f"Lajmi {n}") for n in range(6)))


@pytest.mark.parametrize("raw", [False, True], ids=["well-formed", "to-be-mended"])
@pytest.mark.parametrize("share", range(5, 100, 7))
def test_one_that_breaks_off_gives_its_whole_rows(share: int, *, raw: bool) -> None:
    text = WHOLE.replace("&amp;", "&") if raw else WHOLE
    cut = text[: len(text) * share // 100]
    found = read(cut)
    assert addresses(found) == [
        f"https://gazeta.example/l?a=1&id={n}" for n in range(cut.count("</url>"))
    ]
    assert [row.headline for row in found.rows] == [f"Lajmi {n}" for n in range(len(found.rows))]
    assert not found.whole


def test_an_index_that_breaks_off() -> None:
    found = read("<sitemapindex><sitemap><loc>/a.xml</loc></sitemap><sitemap><loc>/b.x")
    assert [file.url for file in found.files] == ["https://gazeta.example/a.xml"]
    assert not found.whole


# --- lines ------------------------------------------------------------------------------------

TEXT = "https://gazeta.example/1\nhttps://gazeta.example/2"


@pytest.mark.parametrize(
    ("body", "unread"),
    [
        (TEXT, 0),
        (TEXT.replace("\n", "\r\n\r\n") + "\r\n", 0),
        (f"# lajmet\n{TEXT}", 1),
        (f"{TEXT}\nfund", 1),
        (f"URL\n{TEXT}\n-- 2 rows --", 2),
        (f"\ufeff{TEXT}", 0),
        (f"<!-- cached -->\n{TEXT}", 0),
        (f"<br />\n{TEXT}\n<br />", 0),
    ],
    ids=["plain", "dos", "comment", "last", "head-and-foot", "mark", "html-comment", "tags"],
)
def test_a_list_of_addresses(body: str, unread: int) -> None:
    found = read(body)
    assert addresses(found) == ["https://gazeta.example/1", "https://gazeta.example/2"]
    assert found.unread == unread


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "it is no sitemap: it is empty"),
        ("fjalë\ntë tjera\nhttps://gazeta.example/", "it is no sitemap: neither XML nor a list"),
        ("<!doctype html><title>x</title>", "it is a web page, no sitemap"),
        ("<br><b>Warning</b>: x<br><html><body></body></html>", "it is a web page, no sitemap"),
        ("<rss><channel/></rss>", "it is a feed, no sitemap"),
        ("<feed/>", "it is a feed, no sitemap"),
        ("<opml/>", "it is <opml>, no sitemap"),
        ('{"a": 1}', "it is no sitemap: neither XML nor a list"),
    ],
)
def test_what_is_no_sitemap(body: str, reason: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read(body)
    assert str(raised.value).startswith(reason)


# --- packed -----------------------------------------------------------------------------------

PACKED = gzip.compress(WHOLE.encode())
HALVES = WHOLE.encode()[:500], WHOLE.encode()[500:]


@pytest.mark.parametrize(
    "body",
    [
        WHOLE.encode(),
        PACKED,
        PACKED + b"<!-- Dynamic page generated in 0.2 seconds. -->",
        PACKED + b"\0" * 512,
        gzip.compress(PACKED),
        gzip.compress(gzip.compress(PACKED)),
        b"".join(map(gzip.compress, HALVES)),
    ],
    ids=["plain", "gzip", "tail", "padded", "twice", "thrice", "members"],
)
def test_a_packed_sitemap(body: bytes) -> None:
    found = read(body, f"{URL}.gz")
    assert len(found.rows) == 6
    assert found.whole


def test_a_packed_sitemap_that_breaks_off() -> None:
    long = sitemap(*(row(f"https://gazeta.example/{n * 7919}", f"Lajmi {n}") for n in range(900)))
    found = read(gzip.compress(long.encode())[:-300])
    assert 0 < len(found.rows) < 900
    assert not found.whole
    assert all(f"<loc>{row.url}</loc>" in long for row in found.rows)


@pytest.mark.parametrize(
    "body",
    [b"\x1f\x8b\x08\0", PACKED[:12], b"\x1f\x8b\x08" + b"x" * 99],
    ids=["four bytes", "a head", "no stream"],
)
def test_damaged_gzip(body: bytes) -> None:
    with pytest.raises(Unreadable, match="its gzip is damaged"):
        read(body)


def test_a_bomb() -> None:
    with pytest.raises(Unreadable, match="more than 50 MB"):
        read(gzip.compress(b"<urlset>" + b" " * (51 * 1024 * 1024)))


HOSTILE = {
    "brackets": "<urlset>" + "<" * 400_000,
    "ampersands": "<urlset>" + "&" * 400_000,
    "rows": "<urlset>" + "<url>" * 80_000,
    "comments": "<urlset>" + "<!--" * 100_000,
    "cdata": "<urlset>" + "<![CDATA[" * 40_000,
    "prefixes": "<urlset>" + "".join(f"<p{n}:x>" for n in range(40_000)),
    "blanks-in-an-address": sitemap(row("https://x" + " " * 400_000 + "\n1")),
    "names": "<" + "a" * 400_000,
    "lines": "a\n" * 200_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bodies_are_only_long(text: str) -> None:
    try:
        found = read(text)
    except Unreadable:
        return
    assert len(found.rows) <= 50_000
