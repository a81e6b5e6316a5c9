"""Selectors of an outlet's file (`[read]`): for pages that do not tell by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree
from lxml.cssselect import CSSSelector, SelectorError

from crawler.models import ReadRules
from crawler.reading import Unreadable
from crawler.reading.page.facts import Facts
from crawler.reading.page.page_facts import walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What the declared selectors found."""

    headline: str | None = None
    # "Festa e Librit nis sot"
    text: str | None = None
    # paragraphs by newline


def ruled(root: etree._Element, rules: ReadRules) -> Ruled:
    """Headline and text by the outlet's selectors; what `skip` names is taken out of the tree.

    Raises Unreadable for a selector that is none.
    """
    for selector in rules.skip:
        for element in _select(root, selector):
            _take_out(element)
    heads = _select(root, rules.headline) if rules.headline else []
    bodies = _select(root, rules.text) if rules.text else []
    headline = " ".join("".join(map(str, heads[0].itertext())).split()) if heads else None
    return Ruled(headline=headline or None, text=_text(bodies) if bodies else None)


def _select(root: etree._Element, selector: str) -> list[etree._Element]:
    try:
        found = CSSSelector(selector, translator="html")(root)
    except SelectorError as error:
        raise Unreadable(f"[read] has a selector that is none: {selector[:80]!r}") from error
    return (
        [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []
    )


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _text(bodies: list[etree._Element]) -> str:
    facts = Facts()
    for body in bodies:
        walk(body, facts)
    return "\n".join(block.text for block in facts.blocks)
