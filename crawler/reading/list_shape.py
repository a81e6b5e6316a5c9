"""The selectors of a list page that nobody has described yet: a proposal, proved by reading (pure).

Rows are the largest elements that hold one article's links each; the selectors are the simplest
that find them again. What is proposed has been read with `parse_listing` and found at least
three rows with addresses, headlines and, where the page shows any, dates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.limits import FRONT_PAGE, SHAPE_LINKS, SHAPE_ROWS
from crawler.models import Find, Way, When
from crawler.reading import Unreadable
from crawler.reading.dates import read_date
from crawler.reading.listings import ListingRow, parse_listing
from crawler.reading.page.html import tree_of
from crawler.urls import joined

if TYPE_CHECKING:
    from lxml import etree

FEWEST_ROWS: Final = 3
# fewer tell no pattern
SHORTEST_HEADLINE: Final = 12
# characters; "Lexo më shumë" and section names are shorter, or no heading
LONGEST_DATE: Final = 60
# characters; a longer text is not a date beside a headline
CLASS: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# class names that need no escaping; utility frameworks have others
HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5")
PAGE_WORDS: Final = ("faqja", "faqe", "page", "p", "pg", "paged")


def propose_listing(
    body: bytes,
    *,
    url: str,
    charset: str | None,
    fetched: datetime,
    zone: str,
    is_article: Callable[[str], bool],
) -> Find | None:
    """A listing that reads this page, None where no pattern holds; `{page}` where it links one.

    `is_article` judges an absolute address. The rows are proved; dates may be missing.
    """
    body = body[:FRONT_PAGE]
    try:
        root, _ = tree_of(body, charset)
    except Unreadable:
        return None
    rows = _rows(root, url, is_article)
    shape = _commonest(rows)
    if shape is None:
        return None
    some = [row for row in rows if _signature(row) == shape][:SHAPE_ROWS]
    address = paged_address(root, url) or url
    for find in _candidates(shape, some, address, _dater(fetched, zone)):
        if _is_proved(find, body, url, charset):
            return find
    return None


def _rows(
    root: etree._Element, url: str, is_article: Callable[[str], bool]
) -> list[etree._Element]:
    """For each article the largest element that holds no link to another."""
    links: dict[etree._Element, str] = {}
    for a in root.iter("a"):
        href = joined(url, a.get("href") or "")
        if href and len(links) < SHAPE_LINKS and is_article(href):
            links[a] = href
    held: dict[etree._Element, set[str]] = {}
    for a, href in links.items():
        for above in (a, *a.iterancestors()):
            held.setdefault(above, set()).add(href)
    found: dict[etree._Element, None] = {}
    for a in links:
        lone = [above for above in (a, *a.iterancestors()) if len(held[above]) == 1]
        found[lone[-1]] = None
    return [row for row in found if row.tag not in {"html", "body"}]


def _commonest(rows: Sequence[etree._Element]) -> str | None:
    counted = Counter(_signature(row) for row in rows)
    for shape, count in counted.most_common(1):
        return shape if count >= FEWEST_ROWS else None
    return None


def _signature(element: etree._Element) -> str:
    """The simplest selector: a class that says something, else the tag."""
    names = [name for name in (element.get("class") or "").split() if CLASS.fullmatch(name)]
    plain = [name for name in names if not re.search(r"\d", name)]
    if str(element.tag) == "article" or not plain:
        return str(element.tag)
    return f"{element.tag}.{plain[0]}"


def _candidates(
    shape: str, rows: Sequence[etree._Element], url: str, is_date: Callable[[str], bool]
) -> Iterable[Find]:
    """With a date first, then without: a date that cannot be read is worse than none."""
    heading = next((tag for tag in HEADINGS if _share(rows, tag) > 1 / 2), None)
    link = f"{heading} a" if heading and _share(rows, f"{heading} a") > 1 / 2 else "a"
    headline = heading or link
    date = _date_selector(rows, is_date)
    for dated in dict.fromkeys((date, None)):
        yield Find(way=Way.LISTING, url=url, row=shape, link=link, headline=headline, date=dated)


def _share(rows: Sequence[etree._Element], selector: str) -> float:
    """In how many of the rows a tag, or a tag inside a tag, stands."""
    path = ".//" + "//".join(selector.split())
    return sum(row.find(path) is not None for row in rows) / len(rows)


def _date_selector(rows: Sequence[etree._Element], is_date: Callable[[str], bool]) -> str | None:
    """`time`, else the element whose text is a date in most rows."""
    if _share(rows, "time") > 1 / 2:
        return "time"
    counted: Counter[str] = Counter()
    for row in rows:
        counted.update({_signature(e) for e in row.iter() if _says_date(e, is_date)})
    for selector, count in counted.most_common(1):
        return selector if count > len(rows) / 2 else None
    return None


def _says_date(element: etree._Element, is_date: Callable[[str], bool]) -> bool:
    if not isinstance(element.tag, str) or len(element):
        return False
    text = " ".join("".join(map(str, element.itertext())).split())
    return 0 < len(text) <= LONGEST_DATE and any(c.isdigit() for c in text) and is_date(text)


def _dater(fetched: datetime, zone: str) -> Callable[[str], bool]:
    def is_date(text: str) -> bool:
        return isinstance(read_date(text, base=fetched, zone=zone, languages=("sq", "en")), When)

    return is_date


def _is_proved(find: Find, body: bytes, url: str, charset: str | None) -> bool:
    try:
        rows = parse_listing(body, url=url, charset=charset, find=find)
    except Unreadable:
        return False
    return len({row.url for row in rows if _is_whole(row, find)}) >= FEWEST_ROWS


def _is_whole(row: ListingRow, find: Find) -> bool:
    named = row.headline is not None and len(row.headline) >= SHORTEST_HEADLINE
    return named and (find.date is None or row.date is not None)


def paged_address(root: etree._Element, url: str) -> str | None:
    """The page's own address with `{page}`, by the link to its second page; None without one."""
    here = urlsplit(url)
    for a in root.iter("a"):
        href = joined(url, a.get("href") or "")
        there = urlsplit(href) if href else None
        if there is None or there.netloc != here.netloc:
            continue
        if there.path.rstrip("/") == here.path.rstrip("/") and (query := _numbered(there.query)):
            return urlunsplit(there._replace(query=query))
        if there.path.rstrip("/") == f"{here.path.rstrip('/')}/page/2":
            return urlunsplit(there._replace(path=f"{here.path.rstrip('/')}/page/{{page}}/"))
    return None


def _numbered(query: str) -> str | None:
    """`faqja=2` as `faqja={page}`."""
    pairs = parse_qsl(query)
    if not any(name in PAGE_WORDS and value == "2" for name, value in pairs):
        return None
    named = [(name, "{page}" if name in PAGE_WORDS else value) for name, value in pairs]
    return urlencode(named, safe="{}")
