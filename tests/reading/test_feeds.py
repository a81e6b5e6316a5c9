"""Feeds: dialects, broken XML, charsets, hostile bodies, and what a row says.

`pages/` holds feeds of a real WordPress 6.1 with invented posts; only its address was changed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.limits import FEED_ROWS
from crawler.models import Alias, Find, Layer, Outlet, Reading, Way
from crawler.reading import Unreadable
from crawler.reading.feeds import FeedPage, feed_lead, parse_feed, read_feed_entry

PAGES = Path(__file__).parent / "pages"
FETCHED = datetime(2024, 6, 20, 12, tzinfo=UTC)
OUTLET = Outlet(slug="gazeta", name="Gazeta", home="https://gazeta.example/", languages=("sq",))

ITEM = """<item><title>{title}</title><link>https://gazeta.example/{n}</link>
<guid isPermaLink="false">https://gazeta.example/?p={n}</guid>
<pubDate>Sat, 15 Jun 2024 08:30:00 +0000</pubDate>
<description>Çmimi është {n}</description></item>"""


def rss(*items: str, head: str = "<title>Gazeta</title>") -> str:
    """An RSS page."""
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'
    )


def item(n: int = 1, title: str = "Çmimi i ri") -> str:
    """A row of it."""
    return ITEM.format(n=n, title=title)


def one(inside: str) -> dict[str, Any]:
    """The only row of a page, with an address if it has none."""
    link = "" if "<link>" in inside else "<link>https://gazeta.example/1</link>"
    (entry,) = parse_feed(rss(f"<item>{link}{inside}</item>").encode(), charset=None).entries
    return dict(entry)


def reading(inside: str, outlet: Outlet = OUTLET) -> Reading:
    """What that row says."""
    lead = feed_lead(one(inside), outlet=outlet, position=0, fetched=FETCHED)
    return read_feed_entry(lead, outlet=outlet, fetched=FETCHED, site={})


def titles(page: FeedPage) -> list[str]:
    """The rows' titles as given."""
    return [str(entry.get("title")) for entry in page.entries]


# --- dialects -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "generator"),
    [
        ("feed.xml", "rss", "https://wordpress.org/?v=6.1.9"),
        ("feed-atom.xml", "atom", "WordPress"),
        ("feed-rdf.xml", "rss", None),
    ],
)
def test_a_recorded_feed(name: str, kind: str, generator: str | None) -> None:
    page = parse_feed((PAGES / name).read_bytes(), charset="utf-8")
    assert (page.title, page.kind, page.generator) == ("Gazeta Provë & Shokët", kind, generator)
    assert len(page.entries) == 6
    assert not page.ill_formed
    assert page.notes == ()
    assert page.links == {"alternate": "http://gazeta.example:8091"}


def test_a_page_past_the_end_is_a_feed_without_rows() -> None:
    page = parse_feed((PAGES / "feed-past-the-end.xml").read_bytes(), charset="utf-8")
    assert page.entries == ()
    assert page.title.startswith("Faqja nuk u gjet")


@pytest.mark.parametrize(
    "empty", ["<rss/>", "<feed/>", rss(), '<rss version="2.0"><channel/></rss>']
)
def test_a_feed_without_rows_is_a_feed(empty: str) -> None:
    assert parse_feed(empty.encode(), charset=None).entries == ()


def test_links_for_a_walk_but_never_to_itself() -> None:
    links = "".join(
        f'<atom:link rel="{rel}" href="https://gazeta.example/{rel}"/>'
        for rel in ("self", "hub", "next", "prev-archive", "previous")
    )
    head = (
        f'<title>x</title><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next"/>{links}'
    )
    page = parse_feed(rss(item(), head=head).encode(), charset=None)
    assert page.links == {
        rel: f"https://gazeta.example/{rel}" for rel in ("next", "prev-archive", "previous")
    }


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazeta</title><entry>
<title type="html">Ura &lt;em&gt;e re&lt;/em&gt;</title><id>tag:gazeta.example,2024:1</id>
<link rel="self" href="https://gazeta.example/1.atom"/><link rel="alternate" href="/2024/ura"/>
<published>2024-06-15T10:30:00+02:00</published><updated>2024-06-16T10:30:00+02:00</updated>
<author><name>Ana Shembull</name><email>ana@gazeta.example</email></author>
<author><name>Beni Shembull</name></author><category term="Vendi" label="Vendi"/>
<summary>Ura hapet sot.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Ura <b>hapet</b> sot.</p>
<p>Këmbësorët kalojnë të parët.</p></div></content></entry></feed>"""

ATOM_FIELDS = {
    "headline": "Ura e re",
    "lead": "Ura hapet sot.",
    "text": "Ura hapet sot.\nKëmbësorët kalojnë të parët.",
    "byline": ("Ana Shembull", "Beni Shembull"),
    "section": "Vendi",
}


def atom_reading(text: str = ATOM) -> Reading:
    """What the Atom row says."""
    (entry,) = parse_feed(text.encode(), charset=None).entries
    lead = feed_lead(entry, outlet=OUTLET, position=0, fetched=FETCHED)
    return read_feed_entry(lead, outlet=OUTLET, fetched=FETCHED, site={})


@pytest.mark.parametrize("field", ATOM_FIELDS)
def test_a_field_of_an_atom_row(field: str) -> None:
    assert getattr(atom_reading(), field).value == ATOM_FIELDS[field]


def test_dates_and_address_of_an_atom_row() -> None:
    read = atom_reading()
    assert read.url == "https://gazeta.example/2024/ura"
    assert read.aliases[0] == Alias(kind="guid", value="tag:gazeta.example,2024:1")
    assert read.published is not None
    assert read.modified is not None
    assert read.published.value.instant == datetime(2024, 6, 15, 8, 30, tzinfo=UTC)
    assert read.modified.value.instant == datetime(2024, 6, 16, 8, 30, tzinfo=UTC)


def test_an_edit_is_no_publication() -> None:
    read = atom_reading(ATOM.replace("<published>2024-06-15T10:30:00+02:00</published>", ""))
    assert read.published is None
    assert read.modified is not None
    assert "no date of publication" in read.notes


def test_atom_without_its_namespace() -> None:
    read = atom_reading(ATOM.replace(' xmlns="http://www.w3.org/2005/Atom"', ""))
    assert read.headline is not None
    assert read.headline.value == "Ura e re"


# --- broken XML -------------------------------------------------------------------------

BROKEN = {
    "bare-ampersand": rss(item(1, "Ana & Beni"), item(2)),
    "html-entity": rss(item(1, "Ana&nbsp;&amp; Beni"), item(2)),
    "unclosed-item": rss(item(1, "Ana &amp; Beni").replace("</item>", ""), item(2)),
    "unclosed-title": rss(item(1, "Ana &amp; Beni").replace("</title>", ""), item(2)),
    "stray-end-tag": rss(item(1, "Ana &amp; Beni</b>"), item(2)),
    "stray-bracket": rss(item(1, "Ana &amp; Beni") + "< 5", item(2)),
    "undeclared-prefix": rss(item(1, "Ana &amp; Beni") + "<media:thumbnail url='x'/>", item(2)),
    "cut-behind-the-rows": rss(item(1, "Ana &amp; Beni"), item(2))[:-15],
    "control-character": rss(item(1, "Ana\x0b &amp; \x01Beni"), item(2)),
    "unquoted-attribute": rss(item(1, "Ana &amp; Beni"), item(2)).replace('="false"', "=false"),
    "behind-the-end": rss(item(1, "Ana &amp; Beni"), item(2)) + "<script>x</script>",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_broken_xml_loses_no_row(text: str) -> None:
    page = parse_feed(text.encode(), charset=None)
    assert [entry["link"] for entry in page.entries] == [
        "https://gazeta.example/1",
        "https://gazeta.example/2",
    ]
    assert " ".join(titles(page)[0].split()).startswith("Ana & Beni")
    assert titles(page)[1] == "Çmimi i ri"
    assert page.ill_formed == ("\x0b" not in text and not text.endswith("</script>"))


AHEAD = {
    "blank": "\n\n  ",
    "mark": "\ufeff",
    "junk": "Notice: something\n",
    "php": "<br />\n<b>Warning</b>: something in <b>/x.php</b><br />\n",
    "comment": "<!-- cached -->",
    "stylesheet": '<?xml-stylesheet type="text/xsl" href="x.xsl"?>',
    "doctype": '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "https://x.example/rss.dtd">',
    "subset": '<!DOCTYPE rss [<!ENTITY a "Ana"><!ENTITY rss "<rss>">]>',
}


@pytest.mark.parametrize("ahead", AHEAD.values(), ids=AHEAD)
def test_what_stands_ahead_of_the_root_is_passed_over(ahead: str) -> None:
    text = ahead + rss(item()).removeprefix('<?xml version="1.0"?>')
    assert titles(parse_feed(text.encode(), charset=None)) == ["Çmimi i ri"]


def test_entities_of_a_doctype_do_not_exist() -> None:
    bomb = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(20)
    )
    outside = '<!ENTITY file SYSTEM "file:///etc/passwd">'
    text = f"<!DOCTYPE rss [{bomb}{outside}]>" + rss(item(1, "a&u;b&file;c")).partition("?>")[2]
    assert titles(parse_feed(text.encode(), charset=None)) == ["a&u;b&file;c"]


def test_markup_left_unescaped_in_a_description_is_text() -> None:
    read = reading("<title>x</title><description><p>Ura <b>hapet</b></p><p>sot</p></description>")
    assert read.lead is not None
    assert read.lead.value == "Ura hapet sot"


# --- charsets -----------------------------------------------------------------------------

SPOKEN = rss(item(1, "Çmimi është “i ri”"))
WESTERN = rss(item(1, "Çmimi është i ri"))


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (SPOKEN.encode(), None),
        (SPOKEN.encode(), "iso-8859-1"),
        (SPOKEN.encode(), "utf-16"),
        (SPOKEN.encode(), "no-such-charset"),
        (SPOKEN.replace("?>", ' encoding="iso-8859-1"?>', 1).encode(), None),
        (SPOKEN.replace("?>", ' encoding="utf-16"?>', 1).encode(), "utf-8"),
        (b"\xef\xbb\xbf" + SPOKEN.encode(), "windows-1252"),
        (SPOKEN.encode("utf-16"), None),
        (SPOKEN.encode("utf-16-le"), None),
        (SPOKEN.encode("utf-16-be"), "utf-8"),
        (SPOKEN.encode("cp1252"), None),
        (SPOKEN.encode("cp1252"), "windows-1252"),
        (SPOKEN.encode("cp1252"), "iso-8859-1"),
        (SPOKEN.encode("cp1252"), "utf-8"),
        (SPOKEN.encode("cp1252"), "base64"),
        (SPOKEN.replace("?>", ' encoding="windows-1250"?>', 1).encode("cp1250"), "utf-8"),
        (SPOKEN.replace("i ri", "i \0ri").encode(), None),
    ],
    ids=["utf-8", "header-lies", "header-lies-16", "header-unknown", "declaration-lies",
         "declaration-lies-16", "mark", "utf-16", "utf-16-le", "utf-16-be", "undeclared-1252",
         "1252", "latin-1-is-1252", "header-lies-8", "header-no-charset", "1250", "nul"],
)  # fmt: skip
def test_charsets(body: bytes, charset: str | None) -> None:
    assert titles(parse_feed(body, charset=charset)) == ["Çmimi është “i ri”"]


def test_latin_2_keeps_albanian() -> None:
    body = WESTERN.replace("?>", ' encoding="ISO-8859-2"?>', 1).encode("iso-8859-2")
    assert titles(parse_feed(body, charset=None)) == ["Çmimi është i ri"]


def test_one_broken_character_does_not_break_the_others() -> None:
    body = rss(item(1, "Çmimi është shumë i lartë"), item(2)).encode() + b"\xff"
    assert titles(parse_feed(body, charset=None))[0] == "Çmimi është shumë i lartë"


# --- what is no feed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "an empty body, not a feed"),
        (b" \n\0", "an empty body, not a feed"),
        (b'{"items": []}', "JSON, not a feed"),
        (b"[]", "JSON, not a feed"),
        (b"<!doctype html><title>A &amp; b</title>", "an HTML page, not a feed: A & b"),
        (b"<html><body>x</body></html>", "an HTML page, not a feed"),
        (b"<html><script>'<rss><channel>'</script></html>", "an HTML page, not a feed"),
        (b"<?xml version='1.0'?><urlset><url/></urlset>", "XML, but <urlset> is no feed"),
        (b"no feeds\n", "not a feed: 'no feeds'"),
        (b"\x1f\x8b\x08\x00", "not a feed: "),
    ],
    ids=["empty", "blank", "json", "json-array", "html", "html-bare", "html-with-a-feed-inside",
         "sitemap", "text", "binary"],
)  # fmt: skip
def test_what_is_no_feed(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as raised:
        parse_feed(body, charset=None)
    assert str(raised.value).startswith(reason)
    assert "\n" not in str(raised.value)


FIVE_MB = 5_000_000
START = "<rss><channel><title>x</title>"
HOSTILE = {
    "elements": START + "<a/>" * (FIVE_MB // 4),
    "nested": START + "<a>" * (FIVE_MB // 3),
    "tags": START + "<x " * (FIVE_MB // 3),
    "brackets": START + "< " * (FIVE_MB // 2),
    "ampersands": START + "& " * (FIVE_MB // 2),
    "entities": START + "&x;" * (FIVE_MB // 3),
    "attributes": START + "<item " + " ".join(f'a{n}="x"' for n in range(FIVE_MB // 12)) + "/>",
    "one-attribute": START + "<item " + 'a="x" ' * (FIVE_MB // 6) + "/>",
    "namespaces": START + "<item " + " ".join(f'xmlns:a{n}="x"' for n in range(200_000)) + "/>",
    "cdata": START + "<![CDATA[" * (FIVE_MB // 9),
    "cdata-in-elements": START + "<a><![CDATA[" * (FIVE_MB // 12),
    "cdata-in-elements-and-one-end": START + "<a><![CDATA[" * (FIVE_MB // 12) + "]]>",
    "cdata-in-many-elements": START + "".join(f"<a{n}><![CDATA[" for n in range(FIVE_MB // 18)),
    "comments": START + "<!--" * (FIVE_MB // 4),
    "doctypes": "<!DOCTYPE x [" * (FIVE_MB // 13),
    "title": START + "<item><title>" + "a " * (FIVE_MB // 2),
    "categories": START + "<item>" + "<category>a</category>" * (FIVE_MB // 22),
    "links": START + '<link xmlns="http://www.w3.org/2005/Atom" rel="next" href="x"/>' * 70_000,
    "unclosed-items": START + "<item><title>x</title>" * (FIVE_MB // 22),
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_feed_is_only_long(text: str) -> None:
    try:
        page = parse_feed(text.encode(), charset=None)
    except Unreadable:
        return
    assert len(page.entries) <= FEED_ROWS


def test_more_rows_than_anyone_lists_are_cut_and_noted() -> None:
    page = parse_feed(rss(*(item(n) for n in range(FEED_ROWS + 20))).encode(), charset=None)
    assert len(page.entries) == FEED_ROWS
    assert page.notes == ("more than 500 rows, the first 500 are read",)


# --- rows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        "<item><title>x</title></item>",
        "<item><title>x</title><link>javascript:alert(1)</link></item>",
        "<item><title>x</title><link>file:///etc/passwd</link></item>",
        "<item><title>x</title><link>https://a:b@gazeta.example/</link></item>",
        "<item><title>x</title><link>https://[gazeta/</link></item>",
        "<item/>",
    ],
    ids=["none", "script", "file", "password", "malformed", "empty"],
)
def test_rows_that_can_be_no_article_are_passed_over_by_name(row: str) -> None:
    page = parse_feed(rss(item(1), row, item(2)).encode(), charset=None)
    assert len(page.entries) == 2
    (note,) = page.notes
    assert note.startswith("row 1 has ")


FEEDBURNER = (
    "<link>https://feeds.example/~r/1</link>"
    "<feedburner:origLink>https://gazeta.example/o</feedburner:origLink>"
)


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        ("<link> https://gazeta.example/a?b=1&amp;c=2 </link>", "https://gazeta.example/a?b=1&c=2"),
        ("<link>/a</link>", "https://gazeta.example/a"),
        ("<link>//gazeta.example/a</link>", "https://gazeta.example/a"),
        ("<link></link><guid>https://gazeta.example/g</guid>", "https://gazeta.example/g"),
        ("<link></link><guid isPermaLink='false'>https://gazeta.example/g</guid>",
         "https://gazeta.example/g"),
        (FEEDBURNER, "https://gazeta.example/o"),
    ],
    ids=["query", "relative", "no-scheme", "guid", "guid-no-permalink", "feedburner"],
)  # fmt: skip
def test_the_address_of_a_row(inside: str, url: str) -> None:
    assert feed_lead(one(inside), outlet=OUTLET, position=0, fetched=FETCHED).url == url


def test_a_relative_address_is_completed_by_the_page() -> None:
    entry = one("<link>../2024/ura</link>")
    page = "https://cdn.gazeta.example/feeds/all.xml"
    lead = feed_lead(entry, outlet=OUTLET, position=0, fetched=FETCHED, url=page)
    assert lead.url == "https://cdn.gazeta.example/2024/ura"


def test_without_a_home_the_declared_feed_completes() -> None:
    found = Find(way=Way.FEED, url="https://gazeta.example/feed/")
    outlet = Outlet(slug="gazeta", name="Gazeta", find=(found,))
    lead = feed_lead(one("<link>/a</link>"), outlet=outlet, position=0, fetched=FETCHED)
    assert lead.url == "https://gazeta.example/a"


def test_a_relative_address_that_nothing_completes_is_refused() -> None:
    outlet = Outlet(slug="gazeta", name="Gazeta")
    with pytest.raises(Unreadable, match="a relative link and no address"):
        feed_lead(one("<link>/a</link>"), outlet=outlet, position=0, fetched=FETCHED)


def test_a_lead() -> None:
    lead = feed_lead(one(item(7)), outlet=OUTLET, position=4, fetched=FETCHED)
    assert lead.aliases == (
        Alias(kind="guid", value="https://gazeta.example/?p=7"),
        Alias(kind="url", value="gazeta.example/7"),
    )
    assert lead.published == datetime(2024, 6, 15, 8, 30, tzinfo=UTC)
    assert (lead.position, len(lead.digest)) == (4, 32)


def test_a_guid_that_two_rows_share_names_neither() -> None:
    rows = [item(n).replace("?p=1", "?p=2") for n in (1, 2)]
    page = parse_feed(rss(*rows).encode(), charset=None)
    leads = [feed_lead(e, outlet=OUTLET, position=0, fetched=FETCHED) for e in page.entries]
    assert [[alias.kind for alias in lead.aliases] for lead in leads] == [["url"], ["url"]]


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (("Çmimi është 1", "Çmimi ishte 1"), False),
        (("Çmimi i ri", "Çmimi i vjetër"), False),
        (("08:30:00", "08:31:00"), False),
        (("<description>", "<comments>https://gazeta.example/5</comments><description>"), True),
    ],
    ids=["summary", "title", "date", "comments"],
)
def test_what_a_digest_sees(change: tuple[str, str], same: bool) -> None:
    first, again = (
        feed_lead(one(text), outlet=OUTLET, position=0, fetched=FETCHED).digest
        for text in (item(1), item(1).replace(*change))
    )
    assert (first == again) is same


DATES = {
    "rfc": ("<pubDate>Sat, 15 Jun 2024 10:30:00 +0200</pubDate>", "2024-06-15T08:30:00+00:00"),
    "no-zone": ("<pubDate>2024-06-15 10:30:00</pubDate>", "2024-06-15T08:30:00+00:00"),
    "albanian": ("<pubDate>Sht, 15 Qer 2024 10:30:00 +0200</pubDate>", "2024-06-15T08:30:00+00:00"),
    "dublin-core": ("<dc:date>2024-06-15T08:30:00Z</dc:date>", "2024-06-15T08:30:00+00:00"),
    "day": ("<pubDate>15/06/2024</pubDate>", "2024-06-14T22:00:00+00:00"),
    "future": ("<pubDate>Thu, 01 Jan 2099 00:00:00 +0000</pubDate>", None),
    "past": ("<pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate>", None),
    "words": ("<pubDate>së shpejti</pubDate>", None),
    "none": ("", None),
}


@pytest.mark.parametrize(("inside", "instant"), DATES.values(), ids=DATES)
def test_the_date_of_a_row(inside: str, instant: str | None) -> None:
    lead = feed_lead(one(inside), outlet=OUTLET, position=0, fetched=FETCHED)
    assert lead.published == (datetime.fromisoformat(instant) if instant else None)
    read = reading(inside)
    assert (read.published and read.published.value.instant) == lead.published
    assert any("date" in note or "refused" in note for note in read.notes) == (instant is None)


LONG = "Ura hapet sot dhe këmbësorët kalojnë të parët. " * 40
CUT = "<description>Ura hapet […]</description>"
FULL = "<content:encoded>&lt;p&gt;Ura hapet&lt;/p&gt;&lt;p&gt;sot&lt;/p&gt;</content:encoded>"
SHORT = "<content:encoded>&lt;p&gt;Ura hapet&lt;/p&gt;</content:encoded>"
AGAIN = "<content:encoded>&lt;p&gt;Ura hapet […]&lt;/p&gt;</content:encoded>"
TEXTS = {
    "full": (CUT + FULL, "Ura hapet…", "Ura hapet\nsot"),
    "short-post": ("<description>Ura hapet</description>" + SHORT, "Ura hapet", "Ura hapet"),
    "excerpt-twice": (CUT + AGAIN, "Ura hapet…", None),
    "only-content": (SHORT, "Ura hapet", "Ura hapet"),
    "only-summary": ("<description>Ura hapet</description>", "Ura hapet", None),
    "text-as-summary": (
        f"<description>{LONG}</description>",
        " ".join(LONG.split()[:55]) + "…",
        LONG.strip(),
    ),
    "nothing": ("<title>x</title>", None, None),
}


@pytest.mark.parametrize(("inside", "lead", "text"), TEXTS.values(), ids=TEXTS)
def test_excerpt_and_text_of_a_row(inside: str, lead: str | None, text: str | None) -> None:
    read = reading(inside)
    assert (read.lead and read.lead.value) == lead
    assert (read.text and read.text.value) == text


@pytest.mark.parametrize(
    ("inside", "byline"),
    [
        ("<dc:creator>Ana Shembull</dc:creator>", ("Ana Shembull",)),
        ("<author>ana@gazeta.example (Ana Shembull)</author>", ("Ana Shembull",)),
        ("<author>ana@gazeta.example</author>", None),
        ("<dc:creator>Ana &amp;amp; Beni</dc:creator>", ("Ana & Beni",)),
        ("<dc:creator></dc:creator>", None),
        ("", None),
    ],
    ids=["creator", "author", "address-only", "escaped", "empty", "none"],
)
def test_the_byline_of_a_row(inside: str, byline: tuple[str, ...] | None) -> None:
    read = reading(inside)
    assert (read.byline and read.byline.value) == byline


@pytest.mark.parametrize(
    ("inside", "section"),
    [
        ("<category>Kulturë</category><category>Libra</category>", "Kulturë"),
        ("<category>Uncategorized</category><category>Libra</category>", "Libra"),
        ("<category>Uncategorized</category>", None),
        ("<category>Sport &amp;amp; Lojëra</category>", "Sport & Lojëra"),
        ("", None),
    ],
)
def test_the_section_of_a_row(inside: str, section: str | None) -> None:
    read = reading(inside)
    assert (read.section and read.section.value) == section


def test_every_field_says_where_it_is_from() -> None:
    read = reading(
        "<title>Ana &amp;amp; Beni</title><description>Ura</description>"
        "<dc:creator>Ana</dc:creator><category>K</category>"
        "<pubDate>Sat, 15 Jun 2024 08:30:00 +0000</pubDate>"
    )
    assert read.layer is Layer.FEED
    said = [read.headline, read.lead, read.byline, read.section, read.published, read.language]
    assert [s.layer for s in said if s] == [
        "feed:title", "feed:summary", "feed:author", "feed:category", "feed:published",
        "feed:title+summary",
    ]  # fmt: skip
    assert read.headline is not None
    assert (read.headline.value, read.headline.raw) == ("Ana & Beni", "Ana &amp; Beni")
    assert read.published is not None
    assert read.published.raw == "Sat, 15 Jun 2024 08:30:00 +0000"


def test_a_feeds_own_language_serves_an_outlet_without_one() -> None:
    text = rss(item(1, "1-0"), head="<title>x</title><language>it-IT</language>")
    text = text.replace("Çmimi është 1", "2024")
    (entry,) = parse_feed(text.encode(), charset=None).entries
    outlet = Outlet(slug="gazeta", name="Gazeta", home="https://gazeta.example/")
    lead = feed_lead(entry, outlet=outlet, position=0, fetched=FETCHED)
    read = read_feed_entry(lead, outlet=outlet, fetched=FETCHED, site={})
    assert read.language is not None
    assert (read.language.value.code, read.language.value.source) == ("it", "prior")
