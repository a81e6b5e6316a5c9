"""Invented article pages as ten outlets' systems write them, 92 KiB on average.

Made up as real pages are: a test holds them near the means of 559 real pages of 48 to 150 KiB. JSON-LD
on seven of ten; the others tell their date by `<meta>`, by `<time>` or in Albanian words alone.
The same pages for the same numbers.
"""

# ruff: noqa: E501, ISC004 - markup stands in lines as sites write them

from __future__ import annotations

import json
import random
import re
from datetime import datetime, timedelta
from functools import cache
from html import escape
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from bench.posts import headlines, posts, sentences
from jehona.demo.pages import spoken

FIRST: Final = datetime(2024, 1, 1, 8, tzinfo=ZoneInfo("Europe/Tirane"))
APART: Final = timedelta(minutes=37)
# different bodies; headline, date, address and a closing sentence are each page's own
VARIANTS: Final = 97
# a page of that size has the counts of `HEAD`, `ABOVE` and `BELOW`
WHOLE: Final = 88


class Shape(NamedTuple):
    """How one newsroom system writes a page."""

    kib: int
    # of scripts, styles and lists of other pieces around the piece
    linked: bool
    # JSON-LD in it
    date: str
    # where a reader finds the date besides: "meta", "time", "words"
    container: str
    # what the piece stands in


SHAPES: Final = (
    Shape(80, True, "meta", "article"), Shape(60, True, "time", "div.entry-content"),
    Shape(130, True, "meta", "div.td-post-content"), Shape(40, False, "meta", "article"),
    Shape(150, True, "words", "main"), Shape(90, False, "time", "div.post-body"),
    Shape(70, True, "meta", "article"), Shape(110, True, "meta", "div.article-content"),
    Shape(55, False, "words", "div.news-text"), Shape(95, True, "time", "section.story"),
)  # fmt: skip
CLASSES: Final = (
    "col", "row", "wrap", "inner", "block", "module", "grid", "item", "box", "holder", "item-inner",
    "elementor-widget", "td-block", "flex", "is-layout", "alignwide", "has-media", "u-clear",
)  # fmt: skip
CDN: Final = "https://cdn.shtypi.example/wp-content/uploads/2024/05"
# how many of each on a page, and each: $t short and $T long tokens, $w words, $s sentences,
# $u addresses, $n numbers, $c classes, $j settings
Parts = tuple[tuple[int, str], ...]
HEAD: Final[Parts] = (
    (19, "<meta name='verify-$n' content='$T'>\n"),
    (22, "<link rel='stylesheet' id='style-$n-css' href='/wp-content/plugins/pl-$n/assets/css/main"
         ".min.css?ver=$n' media='all'>\n"),
    (11, "<script src='/wp-includes/js/dist/$t.min.js?ver=6.4' id='js-$n' defer></script>\n"),
    (13, "<script>var s$n = '$j$j$j$j$j$j';</script>\n"),
    (3, "<style id='inline-$n'>.c$n{margin:0}/*$j$j$j$j$j$j*/</style>\n"),
)  # fmt: skip
ITEM: Final = (
    "<li id='menu-item-$n' class='menu-item menu-item-type-taxonomy menu-item-object-category'>\n"
)
ABOVE: Final[Parts] = (
    (1, "<div id='page' class='site hfeed'>\n<header class='site-header'>\n<a class='logo' href='/'>"
        "<img src='/logo.svg' alt='Shtypi'></a>\n"),
    (6, "<label for='f$n'>$w</label><input type='text' id='f$n' name='f$n' placeholder='$w'>\n"),
    (30, f"{ITEM}<a href='$u'>$w</a></li>\n"),
    (15, f"{ITEM}<a href='$u'><strong>$w</strong></a></li>\n"),
    (15, f"{ITEM}<a href='$u'><span>$w</span></a></li>\n"),
    (8, "<ul class='sub-menu depth-$n'>\n</ul>\n"),
    (1, "</header>\n"),
)  # fmt: skip
PICTURE: Final = (
    "<div class='$c teaser-card' data-id='$n'>\n\t\t<a class='thumb' href='$u' title='$w'>\n\t\t<img "
    "loading='lazy' decoding='async' width='300' height='200' class='wp-post-image lazy' src='"
    f"{CDN}/$t.jpg' srcset='{CDN}/$t-300x200.jpg 300w, {CDN}/$t-480x320.jpg 480w, {CDN}/$t-768x512.jpg"
    f" 768w, {CDN}/$t-1024x682.jpg 1024w' sizes='(max-width: 300px) 100vw, 300px' alt='$w'></a>\n\t\t"
    "<div class='$c'>\n\t\t<span class='cat'>$w</span>\n\t\t"
)
WIDGET: Final = (
    "<!-- $c -->\n<div class='$c' id='slot-$n' data-slot='$n' data-settings='$T$T$T$T$T' "
    "style='min-height:250px;width:300px'>\n\t<div class='$c'>\n\t\t<div class='$c'><div id='w$n'>\n"
    "</div></div>\n\t\t<span class='sr-only'>$w</span>\n"
)
BELOW: Final[Parts] = (
    (7, "<a class='share-btn' rel='nofollow noopener' target='_blank' href='https://share.example/"
        "?u=$T' data-net='$n'><svg class='icon' viewBox='0 0 24 24'><path d='M12 2C6.5 2 2 6.5 2 12s4"
        ".5 10 10 10zm1 15h-2v-6h2v6z'/></svg></a>\n"),
    (12, "<li class='tag'><a rel='tag' href='/etiketa/$t/'>$w</a></li>\n"),
    (1, "<aside class='related-posts'>\n"),
    (9, f"{PICTURE}<h3 class='card-title'><a href='$u' rel='bookmark'>$w</a></h3>\n\t\t</div></div>\n"),
    (9, f"{PICTURE}<div class='card-name'><a href='$u'>$w</a></div>\n\t\t<p>$s $s</p></div></div>\n"),
    (1, "</aside>\n"),
    (7, f"{WIDGET}<section>\n<table>\n<tr><td>$w</td><td>$w</td></tr>\n</table>\n</section></div></div>\n"),
    (7, f"{WIDGET}<p>$s $s</p><noscript><iframe src='$u'></iframe></noscript>\n<br>\n<br></div></div>\n"),
    (7, f"{WIDGET}<ul>\n<li><i class='fa fa-$n'></i> <em>$w</em></li>\n</ul></div></div>\n"),
    (26, "<li class='menu-item'><a href='$u'>$w</a></li>\n"),
    (1, "<footer class='site-footer'><p>Të gjitha të drejtat e rezervuara.</p></footer>\n</div>\n"),
)  # fmt: skip
# teasers of themes that date by `<time>`
DATED: Final[Parts] = (
    (5, "<time class='card-time' datetime='2024-01-03T10:00:00+01:00'>03.01.2024</time>\n"),
)


class Paper(NamedTuple):
    """One page and what it tells."""

    path: str
    headline: str
    # aware, whole minutes
    at: datetime
    html: str


def path_of(number: int) -> str:
    """The page's address on its host."""
    return f"/lajme/lajmi-{number}/"


def paper(number: int, host: str) -> Paper:
    """Page `number` (from 1) as it is served at `host` ("http://127.0.0.1:8000")."""
    shape, at = SHAPES[number % len(SHAPES)], FIRST + APART * number
    headline, url = f"{headlines()[number % len(headlines())]} ({number})", host + path_of(number)
    name, _, kind = shape.container.partition(".")
    end = f"<p>Ky është lajmi i {number}-të i këtij botimi, mbyllur në orën {at:%H:%M}.</p>"
    words = spoken(f"{at:%Y-%m-%dT%H:%M}")
    date = f"<div class='meta'><span class='date'>{words}</span></div>"
    if shape.date == "time":
        date = f"<time datetime='{at.isoformat()}'>{words}</time>"
    html = (
        f"{_head(shape, headline, at, url)}{around(ABOVE, shape.kib)}<h1>{escape(headline)}</h1>{date}"
        f"<{name} class='{kind}'>{_bodies()[number % VARIANTS]}{end}</{name}>{around(BELOW, shape.kib)}"
        f"{around(DATED, shape.kib) if shape.date == 'time' else ''}</body>\n</html>"
    )
    return Paper(path_of(number), headline, at, html)


def _head(shape: Shape, headline: str, at: datetime, url: str) -> str:
    title, when = escape(headline), at.isoformat()
    piece = {
        "@type": "NewsArticle", "headline": headline, "datePublished": when,
        "author": {"@type": "Person", "name": "Drita Gjerlisi"}, "articleSection": "Aktualitet",
        "mainEntityOfPage": url,
    }  # fmt: skip
    graph = {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, piece]}
    linked = f"<script type='application/ld+json'>{json.dumps(graph, ensure_ascii=False)}</script>"
    meta = f"<meta property='article:published_time' content='{when}'>"
    return (
        f"<!doctype html>\n<html lang='sq'><head><meta charset='utf-8'><title>{title} - Shtypi</title>\n"
        f"<link rel='canonical' href='{url}'><meta property='og:title' content='{title}'>\n"
        f"<meta property='og:url' content='{url}'><meta property='og:type' content='article'>\n"
        f"<meta property='og:site_name' content='Shtypi'>{meta * (shape.date == 'meta')}"
        f"{linked * shape.linked}{around(HEAD, shape.kib)}</head>\n<body class='single'>"
    )


@cache
def _bodies() -> tuple[str, ...]:
    """Two posts in one: real pieces have 5.5 KB of words in paragraphs."""
    single = [post.html or "" for post in posts(VARIANTS, seed=7)]
    return tuple(f"{one}\n{other}" for one, other in zip(single, single[::-1], strict=True))


@cache
def around(parts: Parts, kib: int) -> str:
    """What stands around a piece on a page of so many KiB."""
    chance = random.Random(kib)
    told = "".join(each * max(1, round(count * kib / WHOLE)) for count, each in parts)
    return re.sub(r"\$([tTwsuncj])", lambda found: _filled(found[1], chance), told)


def _filled(what: str, chance: random.Random) -> str:
    token = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=40))
    return {
        "t": token[:12],
        "T": token,
        "w": escape(chance.choice(headlines())[:14].strip()),
        "s": escape(" ".join(chance.sample(sentences(), 2))),
        "u": f"https://shtypi.example/lajme/{token[:12]}-{chance.randrange(1, 2_000)}/",
        "n": str(chance.randrange(1_000)),
        "c": " ".join(chance.sample(CLASSES, 3)),
        "j": "".join(
            f"{{&quot;{token[at : at + 8]}&quot;:{token[at:]}}}," for at in range(0, 40, 8)
        ),
    }[what]
