"""Rows that are data: lists of objects in a page's JSON that look like pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from crawler.models import Find, Way
from crawler.reading import Unreadable
from crawler.reading.finder.lists import Shape
from crawler.reading.finder.sheet import Sheet, is_headline
from crawler.reading.json_rows import ITSELF, at, documents, moment_of
from crawler.reading.listings import parse_listing
from crawler.urls import joined

FEWEST: Final = 3
# rows; fewer tell no pattern
SLUG: Final = 6
# characters of a slug; shorter words stand anywhere
DEPTH: Final = 9
# levels of JSON that are looked into
VISITED: Final = 20_000
# values of one page that are looked at
HEADLINES: Final = (
    "title", "headline", "titulli", "titull", "name", "heading", "naslov", "titolo", "subject", "t",
)  # fmt: skip
LINKS: Final = (
    "url", "link", "href", "permalink", "path", "uri", "canonical", "lidhja", "@id", "adresa",
)  # fmt: skip
DATES: Final = (
    "datePublished", "publishedAt", "published_at", "published", "publishDate", "publish_date",
    "pubDate", "date", "data", "createdAt", "created_at", "created", "time", "timestamp",
    "dateCreated", "koha", "ts",
)  # fmt: skip
SLUGS: Final = ("slug", "alias", "seo", "id", "_id", "uid", "nid", "code")
_PAGED: Final = re.compile(
    r"^(?:page|pages|pageCount|pageSize|totalPages|total_pages|lastPage|last_page|hasMore|has_more"
    r"|hasNext|nextPage|next_page|perPage|per_page|current_page|currentPage|total|pagination"
    r"|offset|limit|faqja|faqe)$"
)
_PICTURE: Final = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif)\b|/_next/image|/thumb|/uploads?/|/media/", re.IGNORECASE
)
_FAMED: Final = re.compile(
    r"most|popular|trend|lexuar|related|hero|featured|breaking", re.IGNORECASE
)
_BESIDE: Final = re.compile(
    r"^(?:cover|image|img|foto|photo|thumb\w*|author|autor\w*|category|categor\w*|kategori\w*"
    r"|media|avatar|picture|user|tag\w*|section)\.",
    re.IGNORECASE,
)
# fields of what belongs to a piece and is not the piece


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    path: str
    rows: list[Mapping[str, Any]]


def data_in(sheet: Sheet, anchors: Sequence[str] = ()) -> tuple[tuple[Shape, ...], bool]:
    """Lists of the data of a page, the best first, and whether the data count pages.

    `anchors` are addresses of the site: by them one sees how an address is made of a slug.
    """
    try:
        values = list(documents(sheet.body, sheet.charset))
    except Unreadable:
        return (), False
    lists = [one for value in values for one in _lists(value)]
    known = [row for one in lists for row in one.rows]
    shapes = [shape for one in lists if (shape := _shape(sheet, one, known, anchors))]
    shapes.sort(key=lambda shape: -shape.score)
    return tuple(shapes), any(_counts(value) for value in values)


def markup_in(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """(path, markup) of texts in an answer of JSON that hold rows."""
    try:
        values = list(documents(sheet.body, sheet.charset))
    except Unreadable:
        return
    for value in values[:1]:
        if isinstance(value, Mapping):
            for key, text in value.items():
                if isinstance(text, str) and text.count("<a") >= FEWEST and "." not in key:
                    yield key, text


def _walk(value: Any, path: str, depth: int, left: list[int]) -> Iterator[tuple[str, Any]]:
    left[0] -= 1
    if depth > DEPTH or left[0] < 0:
        return
    yield path, value
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if "." not in str(key) and isinstance(inner, (list, Mapping)):
                yield from _walk(inner, f"{path}.{key}" if path else str(key), depth + 1, left)
    elif isinstance(value, list):
        for place, inner in enumerate(value[:50]):
            if isinstance(inner, (list, Mapping)):
                yield from _walk(inner, f"{path}.{place}" if path else str(place), depth + 1, left)


def _lists(value: Any) -> Iterator[_List]:
    for path, found in _walk(value, "", 0, [VISITED]):
        if isinstance(found, list) and len(found) >= FEWEST:
            rows = [row for row in found if isinstance(row, Mapping)]
            if len(rows) == len(found):
                yield _List(path=path or ITSELF, rows=rows)


def _counts(value: Any) -> bool:
    for _, found in _walk(value, "", 0, [VISITED]):
        if isinstance(found, Mapping) and sum(bool(_PAGED.match(str(key))) for key in found) > 1:
            return True
    return False


def _shape(
    sheet: Sheet, one: _List, known: Sequence[Mapping[str, Any]], anchors: Sequence[str]
) -> Shape | None:
    headline = _field(one.rows, HEADLINES, lambda text: is_headline(_said(text)))
    link = _link(sheet, one.rows, known, anchors)
    if headline is None or link is None:
        return None
    date = _field(one.rows, DATES, lambda value: _reads(sheet, value) is not None)
    find = Find(
        way=Way.LISTING, url=sheet.url, json=one.path, link=link, headline=headline, date=date
    )
    try:
        rows = parse_listing(sheet.body, url=sheet.url, charset=sheet.charset, find=find)
    except Unreadable:
        return None
    ours = tuple(row for row in rows if sheet.is_own(row.url) and is_headline(row.headline or ""))
    if len({row.url for row in ours}) < FEWEST:
        return None
    dates = tuple(moment for row in ours if row.date and (moment := sheet.reads(row.date)))
    falling = len(dates) >= FEWEST and all(a >= b for a, b in pairwise(dates))
    score = min(len(ours), 30) * (1 + bool(dates) + falling) * _fame(one.path)
    told = (f"{len(ours)} rows of data", f"its days stand in {date or 'no field of them'}")
    return Shape(find=find, rows=ours, dates=dates, score=score, reasons=told)


def _fame(path: str) -> float:
    """Lists of what is read most are no lists of news."""
    return 0.2 if _FAMED.search(path) else 1.0


def _field(rows: Sequence[Mapping[str, Any]], names: Sequence[str], fits: Any) -> str | None:
    """The path of a field that serves in most rows: known names first, one level deep too."""
    first = list(_fields(rows[0]))
    leaf = {path: path.rpartition(".")[2].lower() for path in first}
    ranked = [path for name in names for path in first if leaf[path] == name.lower()]
    ranked = [path for path in ranked if _of_its_own(path)]
    ranked.sort(key=lambda path: path.count("."))
    for path in dict.fromkeys([*ranked, *(p for p in first if "." not in p)]):
        good = sum(bool(fits(at(row, path))) for row in rows)
        if good > len(rows) * 2 / 3:
            return path
    return None


def _fields(row: Mapping[str, Any]) -> Iterator[str]:
    for key, value in row.items():
        if "." in str(key):
            continue
        yield str(key)
        if isinstance(value, Mapping):
            yield from (f"{key}.{inner}" for inner in value if "." not in str(inner))


def _of_its_own(path: str) -> bool:
    return _BESIDE.match(path) is None


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("rendered")
    return value if isinstance(value, str) and "://" not in value else ""


def _reads(sheet: Sheet, value: Any) -> datetime | None:
    text = moment_of(value)
    return sheet.reads(text) if text else None


def _link(
    sheet: Sheet,
    rows: Sequence[Mapping[str, Any]],
    known: Sequence[Mapping[str, Any]],
    anchors: Sequence[str],
) -> str | None:
    """An address that stands in the row, else one that is made of what stands there."""

    def is_piece(value: Any) -> bool:
        if not isinstance(value, str) or not value.startswith(("/", "http", "./", "../")):
            return False
        url = joined(sheet.base, value)
        path = urlsplit(url).path if url and sheet.is_own(url) else ""
        return len(path.strip("/")) > 1 and not _PICTURE.search(value)

    path = _field(rows, LINKS, is_piece)
    if path and len({at(row, path) for row in rows}) > len(rows) * 2 / 3:
        return path
    return _made(sheet, rows, known, anchors)


def _made(
    sheet: Sheet,
    rows: Sequence[Mapping[str, Any]],
    known: Sequence[Mapping[str, Any]],
    anchors: Sequence[str],
) -> str | None:
    """`/artikull/{slug}`, by a link of the site that ends in the slug of a known row."""
    keys = [path for path in _fields(rows[0]) if path.rpartition(".")[2] in SLUGS]
    for row in known:
        values = {path: str(value) for path in keys if (value := _slug(at(row, path)))}
        templates = (_template(url, values) for url in anchors) if values else iter(())
        if template := next(filter(None, templates), None):
            return template
    whole = [path for path in keys if all("/" in _slug(at(row, path)) for row in rows)]
    return f"/{{{whole[0]}}}" if whole else None


def _slug(value: Any) -> str:
    """What may stand in an address, empty for anything else."""
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _template(url: str, values: Mapping[str, str]) -> str | None:
    """An address with the values of a row as holes; None where it does not hold what names it."""
    parts = urlsplit(url)
    holes = sorted(values.items(), key=lambda item: -len(item[1]))
    steps = [_holed(step, holes) for step in unquote(parts.path).split("/")]
    pairs = [_holed_pair(pair, holes) for pair in parts.query.split("&")]
    named = {path for _, found in (*steps, *pairs) for path in found}
    if not any("." not in path and _names(values[path]) for path in named):
        return None
    query = "&".join(pair for pair, _ in pairs)
    return "/".join(step for step, _ in steps) + (f"?{query}" if query else "")


def _names(value: str) -> bool:
    """Whether a value is a piece's alone, not a word that stands anywhere."""
    return len(value) >= SLUG or value.isdigit()


def _holed(step: str, holes: Sequence[tuple[str, str]]) -> tuple[str, tuple[str, ...]]:
    """A step of a path with its holes, and which they are."""
    found: list[str] = []
    for path, value in holes:
        pattern = rf"(?<![^\W_{{]){re.escape(value)}(?![^\W_}}])"
        if len(value) > 1 and (made := re.sub(pattern, f"{{{path}}}", step, count=1)) != step:
            step = made
            found.append(path)
            if _names(value):
                break
    return step, tuple(found)


def _holed_pair(pair: str, holes: Sequence[tuple[str, str]]) -> tuple[str, tuple[str, ...]]:
    name, _, said = pair.partition("=")
    path = next((path for path, value in holes if value and value == said), None)
    return (f"{name}={{{path}}}", (path,)) if path else (pair, ())
