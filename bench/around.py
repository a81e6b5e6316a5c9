"""What stands around the piece on an invented page: head, scripts, menu, teasers, foot.

Made up as real pages are: the 559 pages of 48 to 150 KiB among 1,241 real ones (mean 92 KiB) have,
on average, the elements of `REAL`; `python -m bench.around CORPORA` counts both sides anew.
"""

from __future__ import annotations

import gzip
import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from lxml import etree, html

from bench.figures import Section, machine, show
from bench.posts import headlines, sentences

REAL: Final = {
    "KiB": 92.0, "elements": 735.0, "attributes": 1114.0, "KiB of attributes": 45.5,
    "KiB of scripts": 21.2, "KiB of text": 14.4, "a": 148.0, "div": 145.0, "li": 99.0, "p": 29.0,
    "span": 51.0, "img": 20.0, "h1 to h3": 12.0, "time": 1.6, "svg": 15.0, "meta": 27.0,
    "link": 23.0, "script": 27.0, "white space": 621.0,
}  # fmt: skip
# means of the real pages; a test holds the invented ones near to them
LEAST, MOST = 48 * 1024, 150 * 1024
# bytes of the real pages that are compared
WHOLE: Final = 88
# the mean of the shapes' sizes: a page of that size has the counts below
_CLASSES: Final = (
    "col", "row", "wrap", "inner", "block", "module", "grid", "item", "box", "holder", "item-inner",
    "elementor-widget", "td-block", "flex", "is-layout", "alignwide", "has-media", "u-clear",
)  # fmt: skip
_CDN: Final = "https://cdn.shtypi.example/wp-content/uploads/2024/05"
_ICON: Final = (
    "<svg class='icon icon-{0}' viewBox='0 0 24 24' aria-hidden='true'>"
    "<path d='M12 2C6.5 2 2 6.5 2 12s4.5 10 10 10 10-4.5 10-10S17.5 2 12 2zm1"
    " 15h-2v-6h2v6z'/></svg>"
)


@cache
def of_head(kib: int) -> str:
    """Metas, links, styles and scripts of a page of so many KiB, after its own metas."""
    chance = random.Random(kib)
    lines = [
        f"<meta name='verify-{at}' content='{_token(chance, 40)}'>" for at in range(_n(19, kib))
    ]
    lines += [
        f"<link rel='stylesheet' id='style-{at}-css' href='/wp-content/plugins/pl-{at}/assets/"
        f"css/main.min.css?ver={chance.randrange(100)}' media='all'>"
        for at in range(_n(22, kib))
    ]
    lines += [
        f"<script src='/wp-includes/js/dist/{_token(chance, 12)}.min.js?ver=6.4' id='js-{at}' "
        "defer></script>"
        for at in range(_n(11, kib))
    ]
    return "\n".join([*lines, *_settings(chance, kib)])


def _settings(chance: random.Random, kib: int) -> Iterator[str]:
    """Inline styles and scripts: as many bytes as nobody reads on real pages."""
    each = int(REAL["KiB of scripts"] * 1024 * kib / WHOLE / 18)
    for at in range(_n(16, kib)):
        rules = "".join(
            f".c{chance.randrange(9999)}-{n}{{margin:{n}px;color:#a1b2c3}}" for n in range(200)
        )
        setting = json.dumps({f"key{n}": chance.randrange(10**6) for n in range(300)})
        if at % 5 == 4:
            yield f"<style id='inline-{at}'>{rules[:each]}</style>"
        else:
            yield f"<script>var s{at} = '{escape(setting[:each], quote=False)}';</script>"


@cache
def above(kib: int) -> str:
    """Masthead: logo, search, menu with its submenus."""
    chance = random.Random(kib + 1)
    rows = [_menu_row(chance, at) for at in range(_n(60, kib))]
    menus = "\n".join(
        f"<ul class='sub-menu depth-{at}'>\n" + "\n".join(rows[at : at + 8]) + "\n</ul>"
        for at in range(0, len(rows), 8)
    )
    return (
        "<div id='page' class='site hfeed'>\n<header class='site-header' role='banner'>\n"
        "<div class='header-inner'>\n<a class='logo' href='/' rel='home'>"
        "<img src='/logo.svg' width='200' height='40' alt='Shtypi'></a>\n"
        f"{_form(chance)}\n<nav class='main-navigation' aria-label='Menu'>\n{menus}\n</nav>\n"
        "</div>\n</header>\n"
    )


def _form(chance: random.Random) -> str:
    inputs = "\n".join(
        f"<label for='f{at}'>{_word(chance)}</label>"
        f"<input type='text' id='f{at}' name='f{at}' placeholder='{_word(chance)}' value=''>"
        for at in range(6)
    )
    return (
        f"<form class='search-form' action='/' method='get'>\n{inputs}\n<button>K</button></form>"
    )


def _menu_row(chance: random.Random, at: int) -> str:
    kinds = f"menu-item menu-item-type-taxonomy menu-item-object-category menu-item-{at + 400}"
    name = (f"<strong>{_word(chance)}</strong>", f"<span>{_word(chance)}</span>")[at % 2]
    name = _word(chance) if at % 4 > 1 else name
    return (
        f"<li id='menu-item-{at + 400}' class='{kinds}'>\n<a href='{_way(chance)}'>{name}</a></li>"
    )


@cache
def below(kib: int, dated: bool) -> str:
    """Sharing, tags, teasers, widgets and foot; where themes date by `<time>`, teasers do too."""
    chance = random.Random(kib + 2)
    teasers = [_teaser(chance, at, dated) for at in range(_n(18, kib))]
    widgets = [_widget(chance, at) for at in range(_n(21, kib))]
    rows = [
        f"<li class='menu-item'><a href='{_way(chance)}'>{_word(chance)}</a></li>"
        for at in range(_n(26, kib))
    ]
    return (
        f"{_shares(chance, kib)}\n<aside class='related-posts widget-area' role='complementary'>\n"
        + "\n\t\t\t".join(teasers)
        + "\n</aside>\n"
        + "\n".join(widgets)
        + "\n<footer class='site-footer'>\n<div class='footer-inner'>\n<ul class='menu'>\n"
        + "\n".join(rows)
        + "\n</ul>\n<p>Shtypi, Tiranë</p>\n<p>Të gjitha të drejtat e rezervuara.</p></div>"
        "</footer>\n</div>\n"
    )


def _shares(chance: random.Random, kib: int) -> str:
    icons = "\n".join(
        f"<a class='share-btn share-{at}' rel='nofollow noopener' target='_blank' "
        f"href='https://share.example/?u={_token(chance, 60)}' data-net='{at}'>"
        f"{_ICON.format(at)}</a>"
        for at in range(_n(7, kib))
    )
    tags = "\n".join(
        f"<li class='tag'><a rel='tag' href='/etiketa/{_word(chance).lower()}/'>"
        f"{_word(chance)}</a></li>"
        for _ in range(_n(12, kib))
    )
    return f"<div class='sharing'>{icons}</div>\n<ul class='tags'>{tags}</ul>"


def _teaser(chance: random.Random, at: int, dated: bool) -> str:
    """A card: picture in sizes, section, headline; some with an excerpt, few with a date."""
    way, headline = _way(chance), escape(chance.choice(headlines()))
    name, look = _token(chance, 28), f"{_some(chance, 3)} teaser-card"
    sizes = ", ".join(
        f"{_CDN}/{name}-{w}x{w * 2 // 3}.jpg {w}w" for w in (300, 480, 768, 1024, 1536)
    )
    picture = (
        f"<img loading='lazy' decoding='async' width='300' height='200' class='wp-post-image lazy' "
        f"src='{_CDN}/{name}-300x200.jpg' srcset='{sizes}' alt='{headline}' "
        "sizes='(max-width: 300px) 100vw, 300px'>"
    )
    head = f"<h3 class='card-title'><a href='{way}' rel='bookmark'>{headline}</a></h3>"
    if at % 2:
        head = f"<div class='card-name'><a href='{way}'>{headline}</a></div>"
    words = f"<p>{escape(' '.join(chance.sample(sentences(), 2)))}</p>" if at % 2 else ""
    date = "<time class='card-time' datetime='2024-01-03T10:00:00+01:00'>03.01.2024</time>"
    return (
        f"<div class='{look}' data-id='{chance.randrange(10**6)}'>\n\t\t\t\t"
        f"<a class='thumb' href='{way}' title='{headline}'>\n\t\t\t{picture}</a>\n\t\t\t\t"
        f"<div class='{_some(chance, 2)}'>\n\t\t<span class='cat'>{_word(chance)}</span>\n\t\t\t"
        f"{head}\n\t\t{words}{date if dated and at % 4 == 0 else ''}</div>\n\t\t\t</div>"
    )


def _widget(chance: random.Random, at: int) -> str:
    """A place for advertising or a plug-in: boxes in boxes, with settings in attributes."""
    setting = escape(json.dumps({_token(chance, 8): _token(chance, 40) for _ in range(4)}))
    script = f"<script>show('slot-{at}');</script>" if at % 7 == 0 else ""
    words = escape(" ".join(chance.sample(sentences(), 2)))
    paragraph = f"<p>{words}</p>" if at % 3 == 1 else ""
    return (
        f"<!-- {_some(chance, 2)} -->\n<div class='{_some(chance, 4)}' id='slot-{at}' "
        f"data-slot='{at}' data-settings='{setting}' style='min-height:250px;width:300px'>\n"
        f"\t<div class='{_some(chance, 2)}'>\n\t\t<div class='{_some(chance, 1)}'>"
        f"<div id='w{at}'>\n</div></div>\n"
        f"\t\t<span class='sr-only'>{_word(chance)}</span>\n{paragraph}{script}{_odds(chance, at)}"
        "</div>\n</div>"
    )


def _odds(chance: random.Random, at: int) -> str:
    """What else stands on pages: tables, frames for those without scripts, icons, sections."""
    if at % 3 == 0:
        cells = "".join(f"<td>{_word(chance)}</td>" for _ in range(4))
        return f"<section>\n<table>\n<tr>{cells}</tr>\n</table>\n</section>"
    if at % 3 == 1:
        return f"<noscript><iframe src='{_way(chance)}'></iframe></noscript>\n<br>\n<br>"
    return f"<ul>\n<li><i class='fa fa-{at}'></i> <em>{_word(chance)}</em></li>\n</ul>"


def _n(count: int, kib: int) -> int:
    return max(1, round(count * kib / WHOLE))


def _token(chance: random.Random, size: int) -> str:
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=size))


def _word(chance: random.Random) -> str:
    return escape(chance.choice(headlines())[:14].strip())


def _way(chance: random.Random) -> str:
    return f"https://shtypi.example/lajme/{_token(chance, 12)}-{chance.randrange(1, 2_000)}/"


def _some(chance: random.Random, count: int) -> str:
    return " ".join(chance.sample(_CLASSES, count))


# --- what real pages have ------------------------------------------------------------------


def made_up(text: str) -> dict[str, float]:
    """What a page consists of, by the names of `REAL`, and "ms": one lxml parse."""
    body = text.encode()
    parser = html.HTMLParser(encoding="utf-8")
    spent = min(_parsed(body, parser) for _ in range(2))
    every = list(html.fromstring(body, parser=parser).iter())
    elements = [one for one in every if isinstance(one.tag, str)]
    tags = Counter(str(one.tag) for one in elements)
    scripts = [one for one in elements if one.tag in {"script", "style"}]
    words = [one.text or "" for one in elements if one not in scripts]
    words += [one.tail or "" for one in every]
    attributes = [pair for one in elements for pair in one.attrib.items()]
    return {
        "KiB": len(body) / 1024,
        "elements": len(elements),
        "attributes": len(attributes),
        "KiB of attributes": sum(len(name) + len(value) + 4 for name, value in attributes) / 1024,
        "KiB of scripts": sum(len(one.text or "") for one in scripts) / 1024,
        "KiB of text": sum(map(len, words)) / 1024,
        "h1 to h3": tags["h1"] + tags["h2"] + tags["h3"],
        "svg": tags["svg"] + tags["path"],
        "white space": sum(1 for each in words if each and each.isspace()),
        **{name: tags[name] for name in REAL if name in _COUNTED},
        "ms": spent * 1000,
    }


_COUNTED: Final = frozenset(
    ("a", "div", "li", "p", "span", "img", "time", "meta", "link", "script")
)


def _parsed(body: bytes, parser: etree.HTMLParser) -> float:
    begun = time.process_time()
    html.fromstring(body, parser=parser)
    return time.process_time() - begun


def means(pages: Iterable[dict[str, float]]) -> dict[str, float]:
    """Every figure's mean."""
    rows = list(pages)
    return {name: statistics.mean(row[name] for row in rows) for name in rows[0]}


def real(corpora: Path) -> Iterator[dict[str, float]]:
    """The make-up of the real pages of an ordinary size."""
    for file in sorted(corpora.glob("*/pages/*.html.gz")):
        body = gzip.decompress(file.read_bytes())
        if LEAST <= len(body) <= MOST:
            yield made_up(body.decode("utf-8", "replace"))


def compared(corpora: Path, invented: Callable[[int], str]) -> Section:
    """Real pages beside the invented ones."""
    theirs, ours = means(real(corpora)), means(made_up(invented(at)) for at in range(1, 101))
    return Section(
        name="made_up",
        title=f"Pages of {LEAST // 1024} to {MOST // 1024} KiB, means",
        columns=("", "real", "invented"),
        rows=tuple((name, f"{theirs[name]:.1f}", f"{ours[name]:.1f}") for name in ours),
        data={"real": theirs, "invented": ours},
    )


def main(words: Sequence[str]) -> None:
    """Count and print."""
    from bench.papers import paper  # noqa: PLC0415 - papers are made of this

    made = compared(Path(words[0]), lambda at: paper(at, "http://shtypi.example").html)
    show([made], machine())


if __name__ == "__main__":
    main(sys.argv[1:])
