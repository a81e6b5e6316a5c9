"""The simplest selector that finds some elements again, and no others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from crawler.reading import Unreadable
from crawler.reading.row_selectors import compiled

if TYPE_CHECKING:
    from lxml import etree

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z_-]*")
# class names and ids without digits: those with one number something, or are made by a machine
_PASSING: Final = frozenset(
    {"first", "last", "odd", "even", "active", "current", "lazy", "clearfix", "row", "col", "cf",
     "alt", "left", "right"}
)  # fmt: skip
OLD: Final = (
    "width",
    "bgcolor",
    "valign",
    "align",
    "size",
    "face",
    "color",
    "itemprop",
    "role",
    "rel",
)
# attributes by which pages without classes tell their parts apart
PLAIN: Final = re.compile(r"[\w#%.-]{1,20}")
# values of these that need no escaping
MOST_TRIED: Final = 60
# selectors of one group of rows
_DEEP: Final = 7
# ancestors that a selector may name


def names_of(element: etree._Element) -> list[str]:
    """The class names that say what an element is."""
    found = [name for name in (element.get("class") or "").split() if _NAME.fullmatch(name)]
    return sorted(found, key=lambda name: name in _PASSING)


def step(element: etree._Element) -> str:
    """An element's tag with the class that says most: its place in a path."""
    names = names_of(element)
    return f"{element.tag}.{names[0]}" if names else str(element.tag)


def spellings(element: etree._Element) -> Iterator[str]:
    """The selectors of one element, the plainest first."""
    tag, names = str(element.tag), names_of(element)
    if tag == "article" or tag.startswith("h"):
        yield tag
    yield from (f"{tag}.{name}" for name in names)
    yield tag
    if len(names) > 1:
        yield f"{tag}.{names[0]}.{names[1]}"
    ident = element.get("id") or ""
    if _NAME.fullmatch(ident):
        yield f"{tag}#{ident}"
    for key in OLD:
        value = element.get(key) or ""
        if PLAIN.fullmatch(value):
            yield f'{tag}[{key}="{value}"]'


def paths(element: etree._Element) -> Iterator[str]:
    """Selectors of one element in its place: alone, inside what marks its part of the page."""
    plain = list(dict.fromkeys(spellings(element)))
    yield from plain
    inner = plain[0]
    chain = inner
    for above in list(element.iterancestors())[:_DEEP]:
        if above.tag in {"html", "body"}:
            yield f"body > {chain}"
            return
        marks = [one for one in dict.fromkeys(spellings(above)) if one != above.tag]
        for mark in marks[:4]:
            yield f"{mark} {inner}"
            yield f"{mark} > {chain}"
        chain = f"{step(above)} > {chain}"
        yield chain


def selects(root: etree._Element, selector: str) -> list[etree._Element]:
    """What a selector finds; nothing where it is none."""
    try:
        return compiled(selector, "row")(root)
    except Unreadable:
        return []


def row_selector(
    root: etree._Element,
    rows: Sequence[etree._Element],
    strangers: Collection[etree._Element],
    *,
    most: int = MOST_TRIED,
) -> str | None:
    """The simplest selector that finds these rows, and nothing that holds one of `strangers`.

    `strangers` are links that belong to no row, `most` is how many selectors are
    tried. None where every selector finds other things too.
    """
    wanted = set(rows)
    best: tuple[float, str] | None = None
    for selector in islice(dict.fromkeys(paths(rows[0])), most):
        found = selects(root, selector)
        if not found:
            continue
        hits = sum(one in wanted for one in found)
        wrong = sum(
            one not in wanted and any(link in strangers for link in one.iter("a")) for one in found
        )
        value = hits / len(wanted) - wrong / len(found)
        if hits == len(wanted) and not wrong:
            return selector
        if best is None or value > best[0]:
            best = (value, selector)
    return best[1] if best and best[0] > 2 / 3 else None
