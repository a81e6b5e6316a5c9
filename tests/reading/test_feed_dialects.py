"""Dialects of RSS and Atom: namespaces, bases, dates, titles, links, and feeds that break off."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.models import Lead, Outlet
from crawler.reading import Unreadable
from crawler.reading.feeds import FeedPage, feed_lead, parse_feed, read_feed_entry

URL = "https://gazeta.example/feeds/all.xml"
FETCHED = datetime(2025, 5, 20, 12, tzinfo=UTC)
OUTLET = Outlet(slug="gazeta", name="Gazeta", home="https://gazeta.example/", languages=("sq",))
MAY_8 = datetime(2025, 5, 8, 8, tzinfo=UTC)

RSS_ROW = (
    "<item><title>Ura e re</title><link>https://gazeta.example/1</link><guid>g1</guid>"
    "<pubDate>Thu, 08 May 2025 10:00:00 +0200</pubDate><description>Hapet sot</description></item>"
)
ATOM_ROW = (
    '<entry><title>Ura e re</title><link href="https://gazeta.example/1"/><id>g1</id>'
    "<published>2025-05-08T10:00:00+02:00</published><summary>Hapet sot</summary></entry>"
)
OLD_ATOM_ROW = ATOM_ROW.replace("published>", "issued>")


def page(body: str) -> FeedPage:
    """A read page."""
    return parse_feed(body.encode(), charset=None)


def lead(entry: Mapping[str, Any], outlet: Outlet = OUTLET) -> Lead:
    """A row as a lead."""
    return feed_lead(entry, outlet=outlet, position=0, fetched=FETCHED, url=URL)


def one(inside: str, rss: str = "<rss version='2.0'>", head: str = "") -> Lead:
    """The only row of a feed."""
    (entry,) = page(f"{rss}<channel>{head}<item>{inside}</item></channel></rss>").entries
    return lead(entry)


def headline(row: Lead) -> str | None:
    """What its reading says."""
    said = read_feed_entry(row, outlet=OUTLET, fetched=FETCHED, site={}).headline
    return said.value if said else None


# --- namespaces ---------------------------------------------------------------------------

NAMESPACES = {
    "none": "",
    "unknown": "https://rregullat.example/rss.html",
    "userland": "http://backend.userland.com/rss2",
    "userland-capitals": "http://backend.userland.com/RSS2",
    "userland-slash": "http://backend.userland.com/RSS2/",
    "userland-091": "http://backend.userland.com/rss091",
    "harvard": "http://blogs.law.harvard.edu/tech/rss",
    "cyber": "http://cyber.law.harvard.edu/rss/rss.html",
    "rss-1": "http://purl.org/rss/1.0/",
    "rss-0.9": "http://my.netscape.com/rdf/simple/0.9/",
    "atom": "http://www.w3.org/2005/Atom",
    "atom-0.3": "http://purl.org/atom/ns#",
    "media": "http://media.example/",
    "blank": " ",
}


@pytest.mark.parametrize("space", NAMESPACES.values(), ids=NAMESPACES)
@pytest.mark.parametrize(
    "text",
    [
        "<rss version='2.0'{}><channel>{}<title>Gazeta</title>" + RSS_ROW + "</channel></rss>",
        "<feed{}>{}<title>Gazeta</title>" + ATOM_ROW + "</feed>",
        "<feed{}>{}<title>Gazeta</title>" + OLD_ATOM_ROW + "</feed>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'{}><channel>{}"
        "<title>Gazeta</title></channel>" + RSS_ROW + "</rdf:RDF>",
        "<RSS{}><CHANNEL>{}<TITLE>Gazeta</TITLE>"
        + RSS_ROW.replace("item", "ITEM").replace("title", "Title").replace("link", "LINK")
        + "</CHANNEL></RSS>",
    ],
    ids=["rss", "atom", "atom-0.3", "rdf", "capitals"],
)
@pytest.mark.parametrize("fault", ["", "<x y=z/>"], ids=["well-formed", "mended"])
def test_any_default_namespace(text: str, space: str, fault: str) -> None:
    found = page(text.format(f' xmlns="{space}"' if space else "", fault))
    assert found.title == "Gazeta"
    (entry,) = found.entries
    row = lead(entry)
    assert (row.url, row.published, headline(row)) == (
        "https://gazeta.example/1",
        MAY_8,
        "Ura e re",
    )
    assert (entry["guid"], entry["summary"]) == ("g1", "Hapet sot")


def test_a_feed_that_has_one_prefix_for_everything() -> None:
    text = f'<a:feed xmlns:a="https://x.example/">{ATOM_ROW}</a:feed>'
    for name in ("entry", "title", "link", "id", "published", "summary"):
        text = text.replace(f"<{name}", f"<a:{name}").replace(f"</{name}", f"</a:{name}")
    (entry,) = page(text).entries
    assert (entry["title"], entry["published"]) == ("Ura e re", "2025-05-08T10:00:00+02:00")


@pytest.mark.parametrize(
    "ahead",
    ["<!DOCTYPE html>", '<!DOCTYPE html PUBLIC "a" "b">\n', "<!doctype rss>", "<!-- <html> -->"],
)
def test_a_doctype_ahead_of_a_feed(ahead: str) -> None:
    assert len(page(f"{ahead}<rss><channel>{RSS_ROW}</channel></rss>").entries) == 1


def test_elements_of_other_namespaces_are_not_the_rows() -> None:
    row = one(
        "<media:content xmlns:media='http://search.yahoo.com/mrss/'><media:title>Foto</media:title>"
        "</media:content><x:title xmlns:x='https://x.example/'>X</x:title>"
        "<source><title>Burimi</title></source><image><title>Foto</title></image>"
        "<title>Ura e re</title><link>/1</link>"
    )
    assert headline(row) == "Ura e re"


# --- addresses ---------------------------------------------------------------------------------

ADDRESSES = {
    "page": ("", "", "<link>1.html</link>", "https://gazeta.example/feeds/1.html"),
    "root": ("https://a.example/x/", "", "<link>1</link>", "https://a.example/x/1"),
    "nested": ("https://a.example/x/", "y/", "<link>1</link>", "https://a.example/x/y/1"),
    "row": ("", "https://a.example/x/", "<link>1</link>", "https://a.example/x/1"),
    "relative-base": ("/lajme/", "", "<link>1</link>", "https://gazeta.example/lajme/1"),
    "absolute-link": (
        "https://a.example/x/", "", "<link>https://b.example/1</link>", "https://b.example/1",
    ),
    "rooted-link": ("https://a.example/x/y/", "", "<link>/1</link>", "https://a.example/1"),
    "no-scheme": ("", "", "<link>//cdn.example/1</link>", "https://cdn.example/1"),
    "no-scheme-and-base": ("http://a.example/", "", "<link>//b.example/1</link>", "http://b.example/1"),
    "host-alone": ("", "", "<link>www.gazeta.example/1</link>", "https://www.gazeta.example/1"),
    "own-host-alone": ("", "", "<link>gazeta.example/1</link>", "https://gazeta.example/1"),
    "broken-base": ("http://[", "", "<link>/1</link>", "https://gazeta.example/1"),
    "like-a-letter": (
        "", "", "<link>/l.php?kat=2&amp;section=7&amp;copy=1</link>",
        "https://gazeta.example/l.php?kat=2&section=7&copy=1",
    ),
    "raw-ampersand": (
        "", "", "<link>/l.php?kat=2&section=7</link>",
        "https://gazeta.example/l.php?kat=2&section=7",
    ),
    "escaped-twice": ("", "", "<link>/l?a=1&amp;amp;b=2</link>", "https://gazeta.example/l?a=1&b=2"),
    "folded": ("", "", "<link>\n  https://gazeta.example/\n  1\n</link>", "https://gazeta.example/1"),
    "cdata": ("", "", "<link><![CDATA[ /1?a=1&b=2 ]]></link>", "https://gazeta.example/1?a=1&b=2"),
    "comment": ("", "", "<link>/<!-- x -->1</link>", "https://gazeta.example/1"),
    "atom-link": ("", "", '<link href="/1"/>', "https://gazeta.example/1"),
    "guid": ("", "", "<guid>https://gazeta.example/1</guid>", "https://gazeta.example/1"),
}  # fmt: skip


@pytest.mark.parametrize(("root", "row", "link", "url"), ADDRESSES.values(), ids=ADDRESSES)
@pytest.mark.parametrize("fault", ["", "<x y=z/>"], ids=["well-formed", "mended"])
def test_the_address_of_a_row(root: str, row: str, link: str, url: str, fault: str) -> None:
    start = f"<rss xml:base='{root}'>" if root else "<rss>"
    item = f"<item xml:base='{row}'>" if row else "<item>"
    (entry,) = page(f"{start}<channel>{fault}{item}{link}</item></channel></rss>").entries
    assert lead(entry).url == url


LINKS = (
    '<link rel="self" href="/self"/><link rel="alternate" type="application/json" href="/json"/>'
    '<link rel="alternate" type="text/html" hreflang="en" href="/en/1"/>'
    '<link rel="alternate" type="text/html" hreflang="sq-AL" href="/sq/1"/>'
    '<link rel="alternate" type="text/html" hreflang="en" href="/en/2"/>'
)


@pytest.mark.parametrize(
    ("languages", "path"),
    [(("sq",), "/sq/1"), (("en",), "/en/1"), (("mk",), "/en/1"), ((), "/en/1")],
)
def test_of_several_links_the_one_in_the_outlets_language(
    languages: tuple[str, ...], path: str
) -> None:
    (entry,) = page(f"<feed><entry>{LINKS}</entry></feed>").entries
    outlet = Outlet(slug="g", name="G", home="https://gazeta.example/", languages=languages)
    assert lead(entry, outlet).url == f"https://gazeta.example{path}"


def test_the_first_link_of_several_that_tell_no_language() -> None:
    links = '<link rel="alternate" href="/1"/><link href="/2"/><link rel="enclosure" href="/3"/>'
    (entry,) = page(f"<feed><entry>{links}</entry></feed>").entries
    assert lead(entry).url == "https://gazeta.example/1"


# --- dates -----------------------------------------------------------------------------------

OWN = "<pubDate>Thu, 08 May 2025 10:00:00 +0200</pubDate>"
DC = "<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>{}</dc:date>"
TERMS = "<t:created xmlns:t='http://purl.org/dc/terms/'>{}</t:created>"
DATES = {
    "own": (OWN, MAY_8),
    "own-then-day": (OWN + DC.format("2025-05-08"), MAY_8),
    "day-then-own": (DC.format("2025-05-08") + OWN, MAY_8),
    "own-then-old": (OWN + TERMS.format("2019-01-05"), MAY_8),
    "own-then-empty": (OWN + DC.format(""), MAY_8),
    "own-then-unreadable": (OWN + DC.format("së shpejti"), MAY_8),
    "only-other": (DC.format("2025-05-08T08:00:00Z"), MAY_8),
    "empty-then-other": ("<pubDate/>" + DC.format("2025-05-08T08:00:00Z"), MAY_8),
    "unreadable-then-other": (
        "<pubDate>së shpejti</pubDate>" + DC.format("2025-05-08T08:00:00Z"), MAY_8,
    ),
    "published-in-rss": ("<published>2025-05-08T08:00:00Z</published>", MAY_8),
    "created": ("<created>2025-05-08T08:00:00Z</created>", MAY_8),
    "capitals": (OWN.replace("pubDate", "PubDate"), MAY_8),
    "edit-alone": ("<updated>2025-05-08T08:00:00Z</updated>", None),
    "none": ("", None),
}  # fmt: skip


@pytest.mark.parametrize(("dates", "instant"), DATES.values(), ids=DATES)
def test_the_date_of_a_row(dates: str, instant: datetime | None) -> None:
    row = one(f"<title>Ura</title><link>/1</link>{dates}")
    assert row.published == instant
    said = read_feed_entry(row, outlet=OUTLET, fetched=FETCHED, site={}).published
    assert (said and said.value.instant) == instant


def test_in_atom_the_publication_stands_before_dublin_core() -> None:
    text = ATOM_ROW.replace("<summary>", DC.format("2025-05-08") + "<summary>")
    (entry,) = page(f"<feed xmlns='http://www.w3.org/2005/Atom'>{text}</feed>").entries
    assert lead(entry).published == MAY_8


# --- titles -----------------------------------------------------------------------------------

SPACES = "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/'"
TITLES = {
    "plain": "<title>Ura e re hapet</title>",
    "link": '<title><a href="/1" hreflang="sq">Ura e re</a> hapet</title>',
    "emphasis": "<title>Ura <em>e re</em> hapet</title>",
    "nested": "<title><h2><a href='/1'>Ura <b>e re</b></a></h2> hapet</title>",
    "cdata": "<title><![CDATA[Ura <em>e re</em> hapet]]></title>",
    "cdata-between": "<title>Ura <![CDATA[<em>e re</em>]]> hapet</title>",
    "escaped": "<title>Ura &lt;em&gt;e re&lt;/em&gt; hapet</title>",
    "escaped-twice": "<title>Ura &amp;lt;em&amp;gt;e re&amp;lt;/em&amp;gt; hapet</title>",
    "comment": "<title>Ura <!-- x -->e re hapet</title>",
    "line-breaks": "<title>\n Ura\n e re\n hapet\n</title>",
    "void": "<title>Ura<br/>e re hapet</title>",
    "dublin-core": "<dc:title>Ura e re hapet</dc:title>",
    "media": "<media:title>Ura e re hapet</media:title>",
    "empty-then-dublin-core": "<title/><dc:title>Ura e re hapet</dc:title>",
    "own-before-media": "<media:title>Foto</media:title><title>Ura e re hapet</title>",
    "xhtml": '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Ura e re hapet'
    "</div></title>",
}  # fmt: skip


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_headline(title: str) -> None:
    assert headline(one(f"{title}<link>/1</link>", f"<rss {SPACES}>")) == "Ura e re hapet"


# --- CDATA -----------------------------------------------------------------------------------

CDATA = {
    "whole": "<![CDATA[Hapet & sot]]>",
    "never-ended": "<![CDATA[Hapet & sot",
    "ended-twice": "<![CDATA[Hapet]]> & sot]]>",
    "left-by-a-cut": "<![CDATA[<p>Hapet <a href='x'>so",
    "split": "<![CDATA[Hapet ]]]]><![CDATA[> sot]]>",
}


@pytest.mark.parametrize("words", CDATA.values(), ids=CDATA)
@pytest.mark.parametrize("name", ["description", "content:encoded"])
def test_broken_cdata_swallows_no_row(name: str, words: str) -> None:
    row = (
        "<item><title><![CDATA[Ura {n}]]></title><{name}>{words}</{name}>"
        "<link>https://gazeta.example/{n}</link></item>"
    )
    rows = "".join(row.format(n=n, name=name, words=words) for n in range(3))
    found = page(f"<rss><channel>{rows}</channel></rss>")
    assert [entry["title"] for entry in found.entries] == ["Ura 0", "Ura 1", "Ura 2"]
    assert [entry["link"] for entry in found.entries] == [
        f"https://gazeta.example/{n}" for n in range(3)
    ]
    assert all("Hapet" in entry.get("summary", entry.get("content", "")) for entry in found.entries)


def test_a_feed_behind_a_page_that_nobody_ended() -> None:
    ahead = "<html><body>Warning: x</body><?xml version='1.0'?>"
    assert len(page(f"{ahead}<rss><channel>{RSS_ROW}</channel></rss>").entries) == 1


# --- where it breaks off -------------------------------------------------------------------------


def rows(kind: str, number: int) -> str:
    """So many rows, each a paragraph long."""
    row = RSS_ROW if kind == "item" else ATOM_ROW
    return "".join(
        row.replace("/1", f"/lajme.php?kat=2&amp;id={n}")
        .replace("g1", f"g{n}")
        .replace("e re", f"e {n}")
        for n in range(number)
    )


RDF = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<channel><title>G</title></channel>"
)
FEEDS = {
    "rss": ("<rss><channel><title>G</title>", "item", "</channel></rss>"),
    "atom": ("<feed xmlns='http://www.w3.org/2005/Atom'><title>G</title>", "entry", "</feed>"),
    "rdf": (RDF, "item", "</rdf:RDF>"),
}


@pytest.mark.parametrize(("start", "kind", "end"), FEEDS.values(), ids=FEEDS)
@pytest.mark.parametrize("raw", [False, True], ids=["well-formed", "to-be-mended"])
@pytest.mark.parametrize("share", range(12, 100, 8))
def test_one_that_breaks_off_gives_its_whole_rows(
    start: str, kind: str, end: str, share: int, *, raw: bool
) -> None:
    text = start + rows(kind, 7) + end
    text = text.replace("&amp;", "&") if raw else text
    cut = text[: (len(text) - len(end)) * share // 100]
    found = page(cut)
    whole = cut.count(f"</{kind}>")
    assert [entry["link"] for entry in found.entries] == [
        f"https://gazeta.example/lajme.php?kat=2&id={n}" for n in range(whole)
    ]
    assert [entry["title"] for entry in found.entries] == [f"Ura e {n}" for n in range(whole)]
    assert not found.whole
    assert page(text).whole


@pytest.mark.parametrize(
    "behind", ["<!-- 0.2 s -->", "\n<br /><b>Notice</b>: x", "<script>1</script>"]
)
def test_what_stands_behind_a_feed_breaks_nothing(behind: str) -> None:
    found = page(f"<rss><channel>{RSS_ROW}</channel></rss>{behind}")
    assert (found.whole, found.ill_formed, len(found.entries)) == (True, False, 1)


def test_a_root_alone_that_nobody_ended() -> None:
    assert page(f"<rss><channel>{RSS_ROW}</channel>").whole


# --- JSON Feed ----------------------------------------------------------------------------------

ITEM = {
    "id": 1,
    "url": "/lajme/1",
    "title": "Ura < 5 metra & e re",
    "content_html": "<p>Hapet</p><p>sot</p>",
    "summary": "Hapet sot",
    "date_published": "2025-05-08T10:00:00+02:00",
    "date_modified": "2025-05-09T10:00:00+02:00",
    "authors": [{"name": "Ana Shembull"}],
    "tags": ["Vendi"],
}
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Gazeta",
    "language": "sq",
    "next_url": "https://gazeta.example/feeds/2.json",
    "items": [ITEM, {"id": "2", "title": "pa adresë"}, "x"],
}


NOTICE = "<br />\n<b>Notice</b>: x in <b>/x.php</b> on line <b>1</b><br />\n"


@pytest.mark.parametrize("ahead", ["", "\ufeff", "\n\n", NOTICE])
def test_a_json_feed(ahead: str) -> None:
    found = page(ahead + json.dumps(JSON_FEED))
    assert (found.title, found.kind, found.whole) == ("Gazeta", "json", True)
    assert found.links == {"next": "https://gazeta.example/feeds/2.json"}
    assert found.notes == ("row 1 has no web address: ''",)
    (entry,) = found.entries
    row = lead(entry)
    read = read_feed_entry(row, outlet=OUTLET, fetched=FETCHED, site={})
    assert (row.url, row.published) == ("https://gazeta.example/lajme/1", MAY_8)
    assert headline(row) == "Ura < 5 metra & e re"
    assert (read.text and read.text.value) == "Hapet\nsot"
    assert (read.byline and read.byline.value) == ("Ana Shembull",)
    assert entry["guid"] == "1"


def test_a_json_feed_of_version_1() -> None:
    item = {"url": "https://g.example/1", "content_text": "Ana & Beni", "author": {"name": "Ana"}}
    old = {"version": "https://jsonfeed.org/version/1", "items": [item]}
    (entry,) = page(json.dumps(old).replace("/", "\\/")).entries
    assert (entry["authors"], entry["content"]) == (["Ana"], "Ana &amp; Beni")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (json.dumps(JSON_FEED)[:-20], "the JSON breaks off"),
        ('{"version": "https://jsonfeed.org/version/1"}', "a JSON Feed without items"),
        ('{"items": []}', "JSON, not a feed"),
    ],
)
def test_what_is_no_json_feed(body: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        page(body)
