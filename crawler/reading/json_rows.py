"""The rows of a list that are data: JSON in a page, or the answer of an endpoint (pure).

`json` in an outlet's file is the path to the rows, keys and places joined by dots:
"props.pageProps.posts", "1.itemListElement", "." for the answer itself. `link`, `headline` and
`date` are paths inside a row; `link` may be an address with such paths in braces,
"/artikull/{slug}". Where `row` is declared too, the path leads to markup in which it chooses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from crawler.limits import DATE, HEADLINE, LIST_ROWS, PAGE_JSON, PAGE_JSON_LENGTH
from crawler.models import Find
from crawler.reading import Unreadable
from crawler.reading.addresses import printed
from crawler.reading.page.html import tree_of
from crawler.reading.payload import json_value
from crawler.reading.text import clean
from crawler.urls import joined

if TYPE_CHECKING:
    from lxml import etree

ITSELF: Final = "."
# the path to the document itself
HOLE: Final = re.compile(r"\{([^{}]{1,100})\}")
_ASSIGNED: Final = re.compile(r"(?:[\w.$\]'\"]\s*=|\bparse\(|\bpush\(|\(|,|:)\s*(?=[\[{])")
# where JSON may begin in a script: behind a name, or as what a function is given
_SHORTEST: Final = 40
# characters; shorter JSON holds no list of pieces
_TAGS: Final = re.compile(r"<[^<>]{1,300}>")
_DECODER: Final = json.JSONDecoder()
_EPOCH: Final = 1_000_000_000
# seconds, and a thousand times as much in milliseconds: nothing on the web is older
Told = tuple[str, str | None, str | None]
# address, headline and date of a row
_TRIES: Final = 400
# places of a script at which JSON is tried


def documents(body: bytes, charset: str | None) -> Iterator[Any]:
    """The JSON of an answer: itself, or what stands in the scripts and attributes of its page.

    Raises Unreadable for what is neither.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        yield json_value(body)
        return
    root, _ = tree_of(body, charset)
    yield from islice(_in_page(root), PAGE_JSON)


def _in_page(root: etree._Element) -> Iterator[Any]:
    """The data of a page: each script's, each attribute's, and what scripts push in pieces."""
    pushed: list[str] = []
    for text in _texts(root):
        for value in _values(text[:PAGE_JSON_LENGTH]):
            if _is_piece(value):
                pushed.append(value[1])
            else:
                yield value
    yield from _assigned("".join(pushed)[:PAGE_JSON_LENGTH])


def _is_piece(value: Any) -> bool:
    """Whether a value is a piece of a stream, `[1, "5:[..."]`, as frameworks push them."""
    return (
        isinstance(value, list)
        and len(value) == 2  # noqa: PLR2004 - its kind and its text
        and isinstance(value[0], int)
        and isinstance(value[1], str)
    )


def _texts(root: etree._Element) -> Iterator[str]:
    """Scripts, and attributes that hold data."""
    for script in root.iter("script"):
        text = str(script.text or "")
        if len(text) >= _SHORTEST and not script.get("src"):
            yield text
    for element in root.iter():
        for value in element.attrib.values():
            if len(value) >= _SHORTEST and str(value).lstrip()[:1] in {"{", "["}:
                yield str(value)


def _values(text: str) -> Iterator[Any]:
    """The JSON values of a script, or of data alone."""
    stripped = text.strip().removeprefix("<!--").strip()
    try:
        yield json.loads(stripped)
    except (ValueError, RecursionError):
        yield from _assigned(text)


def _assigned(text: str) -> Iterator[Any]:
    """What stands behind `window.X =`, or what a function is given."""
    at = 0
    for _ in range(_TRIES):
        found = _ASSIGNED.search(text, at)
        if found is None:
            return
        at = found.end()
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            continue
        if end - at >= _SHORTEST:
            yield value
            at = end


def at(value: Any, path: str) -> Any:
    """What stands at a path, None where nothing does."""
    if path == ITSELF:
        return value
    for step in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, Sequence) and not isinstance(value, str) and step.isdigit():
            value = value[int(step)] if int(step) < len(value) else None
        else:
            return None
    return value


def json_rows(body: bytes, *, url: str, charset: str | None, find: Find) -> tuple[Told, ...]:
    """Address, headline and date of each row; empty where the path leads to an empty list.

    Raises Unreadable where it leads nowhere, and where no row of a list has an address.
    """
    path = find.json or ""
    lists = [found for one in documents(body, charset) if _is_list(found := at(one, path))]
    if not lists:
        raise Unreadable(f'json = "{find.json}" leads to no list')
    read = [[row for each in one[:LIST_ROWS] if (row := _row(each, url, find))] for one in lists]
    best = max(read, key=len)
    if not best and any(lists):
        raise Unreadable(f'link = "{find.link}" finds no address in any row')
    for place, name in enumerate(("headline", "date"), 1):
        if best and getattr(find, name) and not any(row[place] for row in best):
            raise Unreadable(f'{name} = "{getattr(find, name)}" finds nothing in any row')
    return tuple(best)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)


def _row(row: Mapping[str, Any], url: str, find: Find) -> Told | None:
    href = address_of(row, find.link or "")
    address = joined(url, href) if href else None
    if address is None:
        return None
    headline = _words(at(row, find.headline)) if find.headline else None
    date = moment_of(at(row, find.date)) if find.date else None
    return address, headline[:HEADLINE] if headline else None, date[:DATE] if date else None


def address_of(row: Mapping[str, Any], link: str) -> str | None:
    """The address of a row: what stands at a path, or an address with its holes filled."""
    if not HOLE.search(link):
        said = at(row, link)
        return printed(said) or None if isinstance(said, str) else None
    parts = {path: at(row, path) for path in HOLE.findall(link)}
    if not all(isinstance(part, (str, int)) and str(part) for part in parts.values()):
        return None
    return HOLE.sub(lambda hole: quote(str(parts[hole[1]]), safe="/-._~%"), link)


def _words(value: Any) -> str | None:
    """A text without markup: WordPress and others send it as `{"rendered": ...}` too."""
    if isinstance(value, Mapping):
        value = value.get("rendered")
    if not isinstance(value, str):
        return None
    return clean(" ".join(_TAGS.sub(" ", value).split())) or None


def moment_of(value: Any) -> str | None:
    """A date as it stands; numbers are seconds or milliseconds since 1970."""
    if isinstance(value, Mapping):
        value = value.get("date") or value.get("iso")
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, str):
        return value.strip() or None
    seconds = value / 1000 if value >= _EPOCH * 1000 else value
    if not _EPOCH <= seconds < _EPOCH * 10:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def markup_at(body: bytes, charset: str | None, path: str) -> str:
    """The markup at a path of an answer; empty at the end of the list.

    Raises Unreadable where the path leads to none.
    """
    for value in documents(body, charset):
        found = at(value, path)
        if isinstance(found, str):
            return found.strip()
        if found is None and isinstance(value, Mapping) and path in value:
            return ""
    raise Unreadable(f'json = "{path}" leads to no markup')
