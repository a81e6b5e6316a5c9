"""What a hostile answer costs: every reader on 400,000 characters of one thing, a CPU second each.

    python -m bench.hostile [--length 400000] [--reader NAME ...] [--all]

A reader is a process of its own, ended where one call takes longer than PATIENCE. In `make bench`
each reader meets the units that search through most readers; `--all` gives all of them.
"""

from __future__ import annotations

import argparse
import csv
import json
import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, Final

from bench.figures import Section

LENGTH: Final = 400_000
# characters of an answer
BAR: Final = 1.0
# CPU seconds of one call
PATIENCE: Final = 5.0
# CPU seconds after which a call is ended
NOW: Final = datetime(2026, 5, 30, 12, tzinfo=UTC)
ZONE: Final = "Europe/Tirane"
HOME: Final = "https://gazeta.example/"

# what a flood is made of; the first are those of `make bench`
SOME: Final = (
    "a", " ", "\n", "//", "a | ", "</", "<!--", "<a ", "<p>", "<p>a", "<b>", "&#", "&amp;", "[",
    "{", "\"", "'", "1", "12.05.2025 ", "e\u0301", "\u0301", "a, ", "=",
)  # fmt: skip
MORE: Final = (
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Worst:
    """The costliest unit of a reader."""

    reader: str
    unit: str
    seconds: float
    # CPU; PATIENCE where it was ended
    over: tuple[str, ...]
    # units beyond the bar


def section(length: int = LENGTH) -> tuple[Section, ...]:
    """The table of `make bench`."""
    found = [_worst(name, SOME, length) for name in readers()]
    slow = sorted(found, key=lambda one: -one.seconds)
    over = [one.reader for one in slow if one.over]
    bar = f"bar of {BAR:g} s a call: " + (f"NOT kept by {', '.join(over)}" if over else "kept")
    return (
        Section(
            name="hostile",
            title=f"What {length:,} characters of one thing cost a reader, CPU seconds",
            columns=("reader", "costliest unit~", "seconds"),
            rows=tuple((one.reader, repr(one.unit), f"{one.seconds:.2f}") for one in slow[:12]),
            notes=(f"{len(found)} readers x {len(SOME)} units; {bar}",),
            data={one.reader: {"unit": one.unit, "seconds": one.seconds} for one in found},
        ),
    )


def _worst(name: str, units: Sequence[str], length: int) -> Worst:
    costs = dict(_costs(name, units, length))
    unit = max(costs, key=lambda one: costs[one])
    over = tuple(one for one, seconds in costs.items() if seconds > BAR)
    return Worst(reader=name, unit=unit, seconds=costs[unit], over=over)


def _costs(name: str, units: Sequence[str], length: int) -> Iterator[tuple[str, float]]:
    """Unit and CPU seconds; a call that does not end is ended with its process."""
    context = multiprocessing.get_context("fork")
    left = list(units)
    while left:
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(target=_measured, args=(name, left, length, theirs))
        child.start()
        theirs.close()
        for unit in list(left):
            # wall clock, generously: a loaded machine is no fault of a reader
            if not ours.poll(PATIENCE * 4):
                break
            try:
                seconds = ours.recv()
            except EOFError:
                break
            left.remove(unit)
            yield unit, seconds
        else:
            child.join()
            return
        child.kill()
        child.join()
        yield left.pop(0), PATIENCE


def _measured(name: str, units: Sequence[str], length: int, answers: Connection) -> None:
    act = readers()[name]
    signal.signal(signal.SIGVTALRM, _give_up)
    _once(act, "a" * 100)
    for unit in units:
        flood = unit * (length // len(unit))
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
        began = time.process_time()
        _once(act, flood)
        answers.send(time.process_time() - began)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


class _TooLong(BaseException):
    """PATIENCE is over."""


def _give_up(*_: object) -> None:
    raise _TooLong


def _once(act: Act, flood: str) -> None:
    """One call; refusals are answers."""
    from crawler.outcomes import Trouble  # noqa: PLC0415
    from crawler.reading import Unreadable  # noqa: PLC0415

    try:
        act(flood)
    except (_TooLong, Unreadable, Trouble, ValueError, csv.Error):
        return


# --- the readers ------------------------------------------------------------------------


def readers() -> Mapping[str, Act]:
    """Every public reader of what others send, by name: each takes the flood alone or in place."""
    return {**_addresses(), **_texts(), **_lists(), **_pages(), **_judging(), **_sites()}


def _addresses() -> dict[str, Act]:
    from crawler import urls  # noqa: PLC0415
    from crawler.reading import addresses  # noqa: PLC0415

    return {
        "urls.canonical": lambda s: urls.canonical(HOME + s),
        "urls.alias_key": lambda s: urls.alias_key(HOME + s),
        "urls.normal_host": urls.normal_host,
        "urls.is_loopback": urls.is_loopback,
        "urls.joined": lambda s: urls.joined(HOME, s),
        "urls.without_noise": lambda s: urls.without_noise(f"{HOME}?{s}"),
        "addresses.names_of": lambda s: addresses.names_of(HOME + s),
        "addresses.days_of": lambda s: addresses.days_of(HOME + s),
        "addresses.number_of": lambda s: addresses.number_of(HOME + s),
    }


def _texts() -> dict[str, Act]:
    from crawler.reading import anonymize, dates, languages, row_fields, text, waits  # noqa: PLC0415

    return {
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
    }


def _lists() -> dict[str, Act]:
    from crawler.reading import payload, rest, robots, tables  # noqa: PLC0415

    found: dict[str, Act] = {
        "robots.robots_text": lambda s: robots.robots_text(s.encode()),
        "robots.rules": _robots,
        "tables.table_rows": lambda s: list(tables.table_rows(s)),
        "payload.xml_payload": lambda s: payload.xml_payload(s.encode(), ("rss", "urlset")),
        "payload.json_payload": lambda s: payload.json_payload(s.encode()),
        "payload.page_start": lambda s: payload.page_start(s.encode()),
        "payload.text_lines": lambda s: payload.text_lines(s.encode()),
        "rest.parse_rest_index": lambda s: rest.parse_rest_index(s.encode()),
        "rest.rest_page": lambda s: rest.rest_page(s.encode()),
        "rest.rest_refusal": lambda s: rest.rest_refusal(s.encode(), asked=100),
        "listings: a page": lambda s: _listing(s, "div", "a"),
        "listings: inside a row": lambda s: _listing(f'<div class="r">{s}</div>', ".r", "a"),
        "listings: a link": lambda s: _listing(
            f'<div class="r"><a href="{s}">a</a></div>', ".r", "a"
        ),
        "list_shape.propose_listing": _shape,
        "site_facts.site_facts": _site_facts,
        "front_page.front_links": _front,
    }
    for name, around in FEEDS.items():
        found[f"feeds: {name}"] = partial(_feed, around)
    for name, around in SITEMAPS.items():
        found[f"sitemaps: {name}"] = partial(_sitemap, around)
    for name in ("title", "content", "excerpt", "date", "link", "guid"):
        found[f"rest: {name}"] = partial(_rest, name)
    return found


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


def _robots(flood: str) -> object:
    from protego import Protego  # noqa: PLC0415

    from crawler.reading.robots import robots_text  # noqa: PLC0415

    rules = Protego.parse(robots_text(f"User-agent: *\nDisallow: /{flood}".encode()))
    return rules.can_fetch(f"{HOME}{'a' * 500}", "Jehona"), rules.crawl_delay("Jehona")


def _outlet() -> Any:
    from crawler.models import Outlet  # noqa: PLC0415

    return Outlet(slug="gazeta", name="Gazeta", home=HOME, languages=("sq",))


def _sitemap(around: str, flood: str) -> object:
    from crawler.reading.sitemaps import parse_sitemap  # noqa: PLC0415

    return parse_sitemap(around.replace("@", flood).encode(), url=HOME, base=NOW, zone=ZONE)


def _feed(around: str, flood: str) -> object:
    from crawler.reading.feeds import feed_lead, parse_feed, read_feed_entry  # noqa: PLC0415

    outlet = _outlet()
    page = parse_feed(around.replace("@", flood).encode(), charset="utf-8")
    leads = [
        feed_lead(entry, outlet=outlet, position=at, fetched=NOW)
        for at, entry in enumerate(page.entries)
    ]
    site = {"zone": ZONE}
    return [read_feed_entry(lead, outlet=outlet, fetched=NOW, site=site) for lead in leads]


def _rest(name: str, flood: str) -> object:
    from crawler.reading.rest import parse_rest_page, read_rest_row, rest_lead  # noqa: PLC0415

    row: dict[str, Any] = {
        "id": 1, "date": "2026-05-30T10:00:00", "link": f"{HOME}1", "guid": {"rendered": HOME},
        "title": {"rendered": "Libri"}, "content": {"rendered": ""}, "excerpt": {"rendered": ""},
    }  # fmt: skip
    row[name] = {"rendered": flood} if isinstance(row[name], dict) else flood
    if name == "link":
        row[name] = HOME + flood
    outlet, site = _outlet(), {"zone": ZONE, "base": "posts"}
    rows = parse_rest_page(json.dumps([row]).encode())
    leads = [rest_lead(one, base="posts", site_zone=ZONE, position=0) for one in rows]
    return [read_rest_row(lead, outlet=outlet, fetched=NOW, site=site) for lead in leads]


def _listing(markup: str, row: str, link: str) -> object:
    from crawler.models import Find, Way  # noqa: PLC0415
    from crawler.reading.listings import listing_lead, parse_listing, read_listing_row  # noqa: PLC0415

    find = Find(way=Way.LISTING, url=HOME, row=row, link=link, headline=link, date="time")
    rows = parse_listing(f"<html><body>{markup}".encode(), url=HOME, charset=None, find=find)
    outlet = _outlet()
    leads = [
        listing_lead(one, outlet=outlet, fetched=NOW, zone=ZONE, position=at)
        for at, one in enumerate(rows)
    ]
    return [
        read_listing_row(dict(lead.row), outlet=outlet, fetched=NOW, zone=ZONE) for lead in leads
    ]


def _shape(flood: str) -> object:
    from crawler.reading.list_shape import propose_listing  # noqa: PLC0415

    return propose_listing(
        f"<html><body>{flood}".encode(), url=HOME, charset=None, fetched=NOW, zone=ZONE,
        is_article=lambda url: url.startswith(HOME),
    )  # fmt: skip


def _site_facts(flood: str) -> object:
    from crawler.reading.site_facts import site_facts  # noqa: PLC0415

    return site_facts(f"<html><body>{flood}".encode(), HOME, None)


def _front(flood: str) -> object:
    from crawler.reading.front_page import front_links  # noqa: PLC0415

    return front_links(f"<html><head>{flood}".encode(), HOME, {"link": flood})


# --- pages ------------------------------------------------------------------------------

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


def _pages() -> dict[str, Act]:
    from crawler.reading import boilerplate  # noqa: PLC0415
    from crawler.reading.page import read_page  # noqa: PLC0415

    outlet = _outlet()
    found: dict[str, Act] = {
        "boilerplate.shown": lambda s: boilerplate.shown(_page(text=s).encode(), None),
    }
    for name, around in PAGES.items():
        quoted = name.startswith("JSON-LD ")
        found[f"page: {name}"] = partial(_read_page, around, quoted=quoted)
    found["page: its address"] = lambda s: read_page(
        _page().encode(), url=HOME + s[:2_000], charset=None, fetched=NOW, outlet=outlet
    )
    return found


def _read_page(around: str, flood: str, *, quoted: bool) -> object:
    from crawler.reading.page import read_page  # noqa: PLC0415

    inside = json.dumps(flood)[1:-1].replace("</", "<\\/") if quoted else flood
    return read_page(
        around.replace("@", inside).encode(), url=f"{HOME}kulture/libri-u-hap", charset=None,
        fetched=NOW, outlet=_outlet(),
    )  # fmt: skip


# --- what is kept -----------------------------------------------------------------------


def _judging() -> dict[str, Act]:
    from crawler.language import folding, stemming  # noqa: PLC0415
    from crawler.matching import teasers, terms  # noqa: PLC0415
    from crawler.outcomes import judge_status  # noqa: PLC0415
    from crawler.stories import facts  # noqa: PLC0415

    return {
        "outcomes.judge_status": lambda s: judge_status(200, {}, f"<html>{s}".encode()),
        "folding.fold": folding.fold,
        "folding.words": folding.words,
        "stemming.index_words": lambda s: stemming.index_words("sq", s),
        "terms.read_term": terms.read_term,
        "teasers.foreign": teasers.foreign,
        "teasers.last_paragraph": teasers.last_paragraph,
        "facts.facts_of": facts.facts_of,
        "judging: text": lambda s: _judged(text=f"Festa e librit. {s}"),
        "judging: headline": lambda s: _judged(headline=f"Festa e librit {s}"),
        "stories: opening": _opened,
        "stories: headline": _headed,
    }


def _article(**said: Any) -> Any:
    from crawler.models import Article  # noqa: PLC0415

    told = {"headline": "Libri", "lead": None, "text": None, **said}
    return Article(
        key="a_1", outlet="gazeta", url=f"{HOME}1", published=NOW, precision="minute",
        language="sq", byline=(), section=None, **told,
    )  # fmt: skip


def _judged(**said: Any) -> object:
    from crawler.matching.judging import Matcher  # noqa: PLC0415

    return Matcher(_event()).judge(_article(**said))


def _event() -> Any:
    from pathlib import Path  # noqa: PLC0415
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from crawler.config import load_event, load_workspace  # noqa: PLC0415

    with TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("outlets", "events"):
            (root / name).mkdir()
        (root / "jehona.toml").write_text(f'zone = "{ZONE}"\n', "utf-8")
        (root / "events" / "festa.toml").write_text(_EVENT, "utf-8")
        return load_event(load_workspace(root), "festa")


_EVENT: Final = """
title = "Festa e Librit"
date = 2026-05-30
from = 2026-05-25
to = 2026-06-05
zone = "Europe/Tirane"
place = "Tiranë"
[keywords]
any = [["libër", "festë"], ["\\"festa e librit\\""]]
not = ["recetë"]
"""


def _opened(flood: str) -> object:
    from crawler.stories.comparing import compare  # noqa: PLC0415
    from crawler.stories.text_views import opening_of  # noqa: PLC0415

    one = opening_of(_article(text=flood))
    two = opening_of(_article(text=f"Sot {flood}"))
    return compare(one, two) if one and two else None


def _headed(flood: str) -> object:
    from crawler.stories import stories  # noqa: PLC0415

    text = "Fjalë pas fjale shkruhet ky lajm. Askush nuk e di se ku mbaron ai sot. Kështu thonë."
    said = ({"headline": f"{head} {flood}", "lead": flood} for head in ("Sot u hap", "Nesër hapet"))
    one, two = (_article(text=text, **each) for each in said)
    return stories([one, replace(two, key="a_2")])


def _sites() -> dict[str, Act]:
    from reports.formats.plain import plain  # noqa: PLC0415
    from reports.publishing import gutenberg, html_text, post  # noqa: PLC0415

    return {
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
    }


def main(words: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.hostile", description=__doc__)
    parser.add_argument("--length", type=int, default=LENGTH, help="characters of each answer")
    parser.add_argument("--reader", nargs="*", default=[], help="only those named so")
    parser.add_argument("--all", action="store_true", help="all units, some minutes more")
    asked = parser.parse_args(words)
    units = (*SOME, *MORE) if asked.all else SOME
    chosen = [n for n in readers() if not asked.reader or any(r in n for r in asked.reader)]
    for name in chosen:
        one = _worst(name, units, asked.length)
        over = " ".join(map(repr, one.over))
        print(f"{one.seconds:7.2f} s  {name}  {one.unit!r}  {over}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
