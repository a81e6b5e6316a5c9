"""The selectors of a list's rows: CSS, and the few forms that old pages need besides (pure).

`h2 a` chooses an element inside the row and reads its text; `img::attr(alt)` an attribute of it;
`li::text` only what stands in the element itself, not in those inside it; `~ span.data` an element
between the row and the next one, and `~` alone the first line there that names a day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from crawler.limits import DATE, ROW_LINES
from crawler.reading import Unreadable

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml import etree

_ENDING: Final = re.compile(r"::(?:text|attr\(\s*([A-Za-z_][\w:-]*)\s*\))\s*\Z")
Finder = Callable[[Any], list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSelector:
    """One selector, taken apart."""

    css: str
    # what is chosen; empty: any line
    behind: bool = False
    # between the row and the next one, not inside the row
    attribute: str | None = None
    # what is read of it: "alt"
    bare: bool = False
    # only its own text, without that of elements inside it


def taken_apart(selector: str) -> RowSelector:
    """`~ img::attr(alt)` in its parts; whether its CSS is any is for `compiled`."""
    text = selector.strip()
    ending = _ENDING.search(text)
    text = text[: ending.start()] if ending else text
    behind = text.startswith("~")
    return RowSelector(
        css=text.removeprefix("~").strip(),
        behind=behind,
        attribute=ending[1] if ending else None,
        bare=bool(ending) and not ending[1] if ending else False,
    )


@lru_cache(maxsize=256)
def compiled(css: str, name: str) -> Finder:
    """A compiled selector. Raises Unreadable for what is none; `name` is its key in the file."""
    from lxml.cssselect import CSSSelector, SelectorError  # noqa: PLC0415 - heavy

    try:
        return cast(Finder, CSSSelector(css, translator="html"))
    except SelectorError as error:
        raise Unreadable(f'{name} = "{css}" is no CSS selector') from error


def chosen(
    row: etree._Element, selector: str, name: str, rows: Collection[etree._Element]
) -> etree._Element | None:
    """The first element that a selector means for a row; the row itself where it is that.

    `rows` are all rows of the page: what stands behind a row ends at the next.
    """
    parts = taken_apart(selector)
    if not parts.css:
        return None
    find = compiled(parts.css, name)
    inside: Iterator[etree._Element] = following(row, rows) if parts.behind else iter((row,))
    return next((found[0] for each in inside if (found := find(each))), None)


def following(row: etree._Element, rows: Collection[etree._Element]) -> Iterator[etree._Element]:
    """The elements behind a row that stand beside it, up to the next row or what holds one."""
    for beside in row.itersiblings():
        if beside in rows or any(each in rows for each in beside.iterdescendants()):
            return
        yield beside


def lines_behind(row: etree._Element, rows: Collection[etree._Element]) -> Iterator[str]:
    """What is printed between a row and the next one, a line a text."""
    yield _squeezed(row.tail)
    for beside in following(row, rows):
        yield from (_squeezed(text) for text in list(beside.itertext())[:ROW_LINES])
        yield _squeezed(beside.tail)


def said(element: etree._Element, selector: str) -> str:
    """What a chosen element says by its selector: an attribute, its own text, else all its text."""
    parts = taken_apart(selector)
    if parts.attribute:
        return _squeezed(element.get(parts.attribute))
    if parts.bare:
        own = (element.text, *(child.tail for child in element))
        return " | ".join(filter(None, map(_squeezed, own)))[:DATE]
    return _squeezed("".join(map(str, element.itertext())))


def _squeezed(text: object) -> str:
    return " ".join(str(text or "").split())
