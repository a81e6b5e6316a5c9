"""What a hostile answer is: every reader, and 400,000 characters of one thing for it to read.

A reader runs in a process of its own, ended where one call takes longer than PATIENCE.
"""

from __future__ import annotations

import csv
import json
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, Final

from protego import Protego

from crawler import urls
from crawler.language import folding, stemming
from crawler.matching import Matcher, teasers, terms
from crawler.models import Article, Event, Find, Keywords, Outlet, Way
from crawler.outcomes import Trouble, judge_status
from crawler.reading import (
    Unreadable,
    addresses,
    anonymize,
    boilerplate,
    dates,
    feeds,
    front_page,
    languages,
    list_shape,
    listings,
    payload,
    rest,
    robots,
    row_fields,
    site_facts,
    sitemaps,
    tables,
    text,
    waits,
)  # fmt: skip
from crawler.reading.page import read_page
from crawler.stories import facts, stories
from crawler.stories.comparing import compare
from crawler.stories.text_views import opening_of
from reports.formats.plain import plain
from reports.publishing import gutenberg, html_text, post

# characters of an answer
LENGTH: Final = 400_000
# CPU seconds after which one call is ended
PATIENCE: Final = 5.0
NOW: Final = datetime(2026, 5, 30, 12, tzinfo=UTC)
ZONE: Final = "Europe/Tirane"
HOME: Final = "https://gazeta.example/"
OUTLET: Final = Outlet(slug="gazeta", name="Gazeta", home=HOME, languages=("sq",))

# what a flood is made of
UNITS: Final = (
    "a", " ", "\n", "//", "a | ", "</", "<!--", "<a ", "<p>", "<p>a", "<b>", "&#", "&amp;", "[",
    "{", "\"", "'", "1", "12.05.2025 ", "e\u0301", "\u0301", "a, ", "=",
    "\t", "\r\n", "\x00", "\u200b", "\ufeff", "ë", "م", "中", "\U0001f5de", "A", "Ana Bega ", "a.",
    "a-", "a'", "_", "-", "\u2013", ".", ",", ":", ";", "|", "/", "\\", "?", "&", "%", "%41", "#",
    "@", "a@b.example ", "<", ">", "<>", "< ", "<?", "<!", "<![CDATA[", "]]>", "-->",
    "<!DOCTYPE x [", "<!ENTITY a 'b'>", "<div>", "<div><p>a</div>", "<i>a</i>",
    "<a href='/a'>a</a>", "<br>", "<td>", "<tr><td>a", "<table>", "<ul><li>", "<script>",
    "<style>", "<h1>a</h1>", "<h1>", "<time>", "<meta name=a>",
    "<time datetime='2025-05-10'>a</time>", "<link rel=a href=b>",
    "<span class='author'>A B</span>", "<img src=a alt=b>", "<item>",
    "<item><title>a</title><link>https://gazeta.example/a</link></item>",
    "<url><loc>https://gazeta.example/a</loc></url>", "<entry/>", "<title>", "<x:y>", "<a b='c'",
    "&lt;", "&lt;p&gt;", "&nbsp", "&#1;", "&#x;", "&a;", "[caption]", "[/caption]", "[vc_row ",
    "[gallery", "]", "[[", "[1,", "{}", "{\"a\":", "{\"a\":1},", "\"a\",", "\\\"", "\\u", "null,",
    "}", "(", ")", "((", "0", "9 ", "1,", "10/05/2025 ", "2025-05-10 ", "10 maj 2025 ", "10:30 ",
    "maj ", "dje ", "para 2 ditësh ", "yesterday ", "https://gazeta.example/a ", "http://",
    "www.", "Nga Ana ", "Lexo edhe: ", "fjalë ", "libër ", "Libri ", "u hap. ", "Sa: ", "12 ",
    "\xab ", "\xbb ", "\u061c", "User-agent: *\n", "Disallow: /*a*a*a$\n", "Sitemap: a\n", "* ",
    "*a", "$", "<!-- wp:x {", "<!-- wp:p -->", "<!-- /wp:p -->", "<!-- wp:p /-->",
    "<!-- wp:p {} ",
)  # fmt: skip

Act = Callable[[str], object]


def costs_of(name: str, units: Sequence[str], length: int) -> Iterator[tuple[str, float]]:
    """Unit and CPU seconds; a call that does not end is ended with its process."""
    context, left = multiprocessing.get_context("fork"), list(units)
    while left:
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(target=_measured, args=(name, tuple(left), length, theirs))
        child.start()
        theirs.close()
        try:
            # wall clock, generously: a loaded machine is no fault of a reader
            while left and ours.poll(PATIENCE * 4):
                seconds = ours.recv()
                yield left.pop(0), seconds
        except EOFError:
            pass  # the call did not end: its unit is named below
        child.kill()
        child.join()
        if left:
            yield left.pop(0), PATIENCE


def _measured(name: str, units: Sequence[str], length: int, answers: Connection) -> None:
    act = readers()[name]
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    once(act, "a" * 100)
    for unit in units:
        flood = unit * (length // len(unit))
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
        began = time.process_time()
        once(act, flood)
        answers.send(time.process_time() - began)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def once(act: Act, flood: str) -> None:
    """One call; refusals are answers."""
    try:
        act(flood)
    except (Unreadable, Trouble, ValueError, csv.Error):
        return


# --- the readers: where the flood stands --------------------------------------------------

_ITEM: Final = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>G</title><item>'
    "<title>Libri</title><link>https://gazeta.example/1</link>{}</item></channel></rss>"
)
FEEDS: Final[Mapping[str, str]] = {
    "a feed": "@",
    "behind a start": "<rss><channel>@",
    "inside an item": _ITEM.format("@"),
    "title": _ITEM.format("<title>@</title>"),
    "title in CDATA": _ITEM.format("<title><![CDATA[@]]></title>"),
    "link": _ITEM.format("<link>https://gazeta.example/@</link>"),
    "guid": _ITEM.format("<guid>@</guid>"),
    "date": _ITEM.format("<pubDate>@</pubDate>"),
    "author": _ITEM.format("<dc:creator>@</dc:creator>"),
    "category": _ITEM.format("<category>@</category>"),
    "description": _ITEM.format("<description><![CDATA[@]]></description>"),
    "content": _ITEM.format("<content:encoded><![CDATA[@]]></content:encoded>"),
    "an attribute": _ITEM.format('<enclosure url="@"/>'),
    "Atom's content": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>'
    '<link href="https://gazeta.example/1"/><title type="html">@</title>'
    '<content type="html">@</content></entry></feed>',
}
_SITEMAP: Final = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{}</urlset>'
)
SITEMAPS: Final[Mapping[str, str]] = {
    "a sitemap": "@",
    "behind a start": "<urlset><url><loc>",
    "inside": _SITEMAP.format("@"),
    "address": _SITEMAP.format("<url><loc>https://gazeta.example/@</loc></url>"),
    "date": _SITEMAP.format("<url><loc>https://gazeta.example/1</loc><lastmod>@</lastmod></url>"),
    "headline": _SITEMAP.format(
        "<url><loc>https://gazeta.example/1</loc><news:news><news:title>@</news:title>"
        "</news:news></url>"
    ),
}


_TEXT: Final = "<p>Banorët u mblodhën në sheshin kryesor të qytetit për festën e librit.</p>" * 5


def _page(head: str = "", above: str = "", text: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>Libri u hap</title>{head}</head><body>{above}"
        f"<h1>Libri u hap</h1><div class='entry-content'>{_TEXT}{text}</div></body></html>"
    )


_JSON: Final = '<script type="application/ld+json">{}</script>'


def _said(field: str) -> str:
    whole = {"@type": "NewsArticle", "headline": "Libri u hap", field: "@"}
    return _page(_JSON.format(json.dumps(whole)))


PAGES: Final[Mapping[str, str]] = {
    "a page": "@",
    "a body": "<html><body><h1>Libri u hap</h1>@",
    "a head": "<html><head>@",
    "text": _page(text="@"),
    "above": _page(above="@"),
    "a paragraph": _page(text="<p>@</p>"),
    "a tag": _page(text='<p class="@">a</p>'),
    "an open tag": _page(text="<p @"),
    "h1": _page(above="<h1>@</h1>"),
    "title": _page("<title>@</title>"),
    "og:title": _page('<meta property="og:title" content="@">'),
    "description": _page('<meta name="description" content="@">'),
    "author": _page('<meta name="author" content="@">'),
    "published": _page('<meta property="article:published_time" content="@">'),
    "site name": _page('<meta property="og:site_name" content="@">'),
    "section": _page('<meta property="article:section" content="@">'),
    "canonical": _page('<link rel="canonical" href="https://gazeta.example/@">'),
    "byline": _page(above='<span class="author">@</span>'),
    "time": _page(above="<time>@</time>"),
    "a date": _page(above='<span class="date">@</span>'),
    "a lead": _page(above='<div class="lead">@</div>'),
    "breadcrumbs": _page(above='<div class="breadcrumb">@</div>'),
    "JSON-LD": _page(_JSON.format("@")),
    "a list in JSON-LD": _page(_JSON.format("[@]")),
    "JSON-LD headline": _said("headline"),
    "JSON-LD author": _said("author"),
    "JSON-LD date": _said("datePublished"),
    "JSON-LD section": _said("articleSection"),
    "JSON-LD text": _said("articleBody"),
    "JSON-LD type": _said("@type"),
    "JSON-LD publisher": _said("publisher"),
}


EVENT: Final = Event(
    slug="festa", title="Festa e Librit", date=date(2026, 5, 30), first_day=date(2026, 5, 25),
    last_day=date(2026, 6, 5), zone=ZONE, place="Tiranë",
    keywords=Keywords(any=(("libër", "festë"), ('"festa e librit"',)), none=("recetë",)),
)  # fmt: skip


def readers() -> Mapping[str, Act]:
    """Every public reader of what others send, by name: each takes the flood alone or in place."""
    return {
        **{f"feeds: {name}": partial(_feed, around) for name, around in FEEDS.items()},
        **{f"sitemaps: {name}": partial(_sitemap, around) for name, around in SITEMAPS.items()},
        **{f"rest: {name}": partial(_rest, name) for name in REST},
        **{f"page: {name}": partial(_page_of, name) for name in PAGES},
        "page: its address": lambda s: read_page(
            _page().encode(), url=HOME + s[:2_000], charset=None, fetched=NOW, outlet=OUTLET
        ),
        "boilerplate.shown": lambda s: boilerplate.shown(_page(text=s).encode(), None),
        "urls.canonical": lambda s: urls.canonical(HOME + s),
        "urls.alias_key": lambda s: urls.alias_key(HOME + s),
        "urls.normal_host": urls.normal_host,
        "urls.is_loopback": urls.is_loopback,
        "urls.joined": lambda s: urls.joined(HOME, s),
        "urls.without_noise": lambda s: urls.without_noise(f"{HOME}?{s}"),
        "addresses.names_of": lambda s: addresses.names_of(HOME + s),
        "addresses.days_of": lambda s: addresses.days_of(HOME + s),
        "addresses.number_of": lambda s: addresses.number_of(HOME + s),
        "text.plain": text.plain,
        "text.text_of": text.text_of,
        "text.unbroken_words": text.unbroken_words,
        "text.excerpt_of": text.excerpt_of,
        "text.clean": text.clean,
        "row_fields.digest_of": lambda s: row_fields.digest_of([s]),
        "row_fields.uncut": row_fields.uncut,
        "row_fields.first_words": lambda s: row_fields.first_words(s, ""),
        "dates.read_date": lambda s: dates.read_date(
            s, base=NOW, zone=ZONE, languages=("sq", "mk", "en")
        ),
        "dates.read_machine": lambda s: dates.read_machine(s, zone=ZONE),
        "languages.read_language": lambda s: languages.read_language(s, s, prior=("sq",)),
        "waits.asked_wait": lambda s: waits.asked_wait(s, NOW),
        "anonymize.words_of": anonymize.words_of,
        "robots.robots_text": lambda s: robots.robots_text(s.encode()),
        "robots.rules": lambda s: Protego.parse(
            robots.robots_text(f"User-agent: *\nDisallow: /{s}".encode())
        ).can_fetch(f"{HOME}{'a' * 500}", "Jehona"),
        "tables.csv_table": lambda s: tables.csv_table(s, len),
        "payload.xml_payload": lambda s: payload.xml_payload(s.encode(), ("rss", "urlset")),
        "payload.json_payload": lambda s: payload.json_payload(s.encode()),
        "payload.page_start": lambda s: payload.page_start(s.encode()),
        "payload.text_lines": lambda s: payload.text_lines(s.encode()),
        "rest.parse_rest_index": lambda s: rest.parse_rest_index(s.encode()),
        "rest.rest_page": lambda s: rest.rest_page(s.encode()),
        "rest.rest_refusal": lambda s: rest.rest_refusal(s.encode(), asked=100),
        "listings: a page": lambda s: _listing(s, "div"),
        "listings: inside a row": lambda s: _listing(f'<div class="r">{s}</div>', ".r"),
        "listings: a link": lambda s: _listing(f'<div class="r"><a href="{s}">a</a></div>', ".r"),
        "list_shape.propose_listing": lambda s: list_shape.propose_listing(
            f"<html><body>{s}".encode(), url=HOME, charset=None, fetched=NOW, zone=ZONE,
            is_article=lambda url: url.startswith(HOME),
        ),
        "site_facts.site_facts": lambda s: site_facts.site_facts(
            f"<html><body>{s}".encode(), HOME, None
        ),
        "front_page.front_links": lambda s: front_page.front_links(
            f"<html><head>{s}".encode(), HOME, {"link": s}
        ),
        "outcomes.judge_status": lambda s: judge_status(200, {}, f"<html>{s}".encode()),
        "folding.fold": folding.fold,
        "folding.words": folding.words,
        "stemming.index_words": lambda s: stemming.index_words("sq", s),
        "terms.read_term": terms.read_term,
        "teasers.foreign": teasers.foreign,
        "teasers.last_paragraph": teasers.last_paragraph,
        "facts.facts_of": facts.facts_of,
        "judging: text": lambda s: Matcher(EVENT).judge(_article(text=f"Festa e librit. {s}")),
        "judging: headline": lambda s: Matcher(EVENT).judge(
            _article(headline=f"Festa e librit {s}")
        ),
        "stories: opening": _opened,
        "stories: headline": _headed,
        "post.words_of": lambda s: post.words_of(s, s),
        "post.marker_in": lambda s: post.marker_in(s, "festa"),
        "html_text.readable": html_text.readable,
        "html_text.links": html_text.links,
        "html_text.difference": lambda s: html_text.difference(s, f"a {s}"),
        "gutenberg.after_first": lambda s: gutenberg.after_first(s, "x"),
        "gutenberg.marked": lambda s: gutenberg.marked(s, "m"),
        "gutenberg.marked in a block": lambda s: gutenberg.marked(
            f"<!-- wp:paragraph -->\n<p {s}", "m"
        ),
        "formats.plain": plain,
    }  # fmt: skip


def _sitemap(around: str, flood: str) -> object:
    return sitemaps.parse_sitemap(
        around.replace("@", flood).encode(), url=HOME, base=NOW, zone=ZONE
    )


def _feed(around: str, flood: str) -> object:
    page = feeds.parse_feed(around.replace("@", flood).encode(), charset="utf-8")
    leads = (
        feeds.feed_lead(entry, outlet=OUTLET, position=at, fetched=NOW)
        for at, entry in enumerate(page.entries)
    )
    site = {"zone": ZONE}
    return [feeds.read_feed_entry(each, outlet=OUTLET, fetched=NOW, site=site) for each in leads]


REST: Final[Mapping[str, Any]] = {
    "title": {"rendered": "Libri"}, "content": {"rendered": ""}, "excerpt": {"rendered": ""},
    "date": "2026-05-30T10:00:00", "link": f"{HOME}1", "guid": {"rendered": HOME},
}  # fmt: skip


def _rest(name: str, flood: str) -> object:
    said = {"rendered": flood} if isinstance(REST[name], dict) else flood
    row = {"id": 1, **REST, name: HOME + flood if name == "link" else said}
    site = {"zone": ZONE, "base": "posts"}
    leads = (
        rest.rest_lead(one, base="posts", site_zone=ZONE, position=0)
        for one in rest.parse_rest_page(json.dumps([row]).encode())
    )
    return [rest.read_rest_row(each, outlet=OUTLET, fetched=NOW, site=site) for each in leads]


def _listing(markup: str, row: str) -> object:
    find = Find(way=Way.LISTING, url=HOME, row=row, link="a", headline="a", date="time")
    body = f"<html><body>{markup}".encode()
    leads = (
        listings.listing_lead(one, outlet=OUTLET, fetched=NOW, zone=ZONE, position=at)
        for at, one in enumerate(listings.parse_listing(body, url=HOME, charset=None, find=find))
    )
    return [
        listings.read_listing_row(dict(each.row), outlet=OUTLET, fetched=NOW, zone=ZONE)
        for each in leads
    ]


def _page_of(name: str, flood: str) -> object:
    quoted = name.startswith("JSON-LD ")
    inside = json.dumps(flood)[1:-1].replace("</", "<\\/") if quoted else flood
    return read_page(
        PAGES[name].replace("@", inside).encode(), url=f"{HOME}kulture/libri-u-hap", charset=None,
        fetched=NOW, outlet=OUTLET,
    )  # fmt: skip


def _article(**said: Any) -> Article:
    told = {"headline": "Libri", "lead": None, "text": None, **said}
    return Article(
        key="a_1", outlet="gazeta", url=f"{HOME}1", published=NOW, precision="minute",
        language="sq", byline=(), section=None, **told,
    )  # fmt: skip


def _opened(flood: str) -> object:
    one, two = (opening_of(_article(text=told)) for told in (flood, f"Sot {flood}"))
    return compare(one, two) if one and two else None


def _headed(flood: str) -> object:
    words = "Fjalë pas fjale shkruhet ky lajm. Askush nuk e di se ku mbaron ai sot. Kështu thonë."
    heads = (f"{head} {flood}" for head in ("Sot u hap", "Nesër hapet"))
    one, two = (_article(text=words, headline=head, lead=flood) for head in heads)
    return stories([one, replace(two, key="a_2")])
