"""A kept page as a person may look at it: its words and their order, and nothing that acts (pure).

What is left are elements of text without an attribute, so that nothing runs, nothing is fetched
and nothing leads anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from lxml import etree

from crawler.reading.page.html import tree_of

# kept, without attributes; of every other element only what it holds
KEPT: Final = frozenset(
    {
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "pre"),
        *("ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "time"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
        *("b", "strong", "i", "em", "u", "s", "sub", "sup", "small", "mark", "q", "cite", "code"),
        *("article", "section", "main", "header", "footer", "aside", "nav", "div"),
    }
)
# gone with all that they hold
GONE: Final = frozenset(
    {
        *("script", "style", "template", "noscript", "iframe", "frame", "frameset", "object"),
        *("embed", "applet", "svg", "math", "canvas", "audio", "video", "picture", "source"),
        *("head", "title", "meta", "link", "base", "input", "button", "select", "textarea"),
    }
)
# without an end tag
EMPTY: Final = frozenset({"br", "hr"})
# letters of what is shown
MOST: Final = 400_000


def harmless(body: bytes, charset: str | None) -> str:
    """The markup of the page's text, escaped anew. Raises Unreadable for what is no HTML."""
    tree, _ = tree_of(body, charset)
    return harmless_tree(tree, {})


def harmless_tree(tree: etree._Element, leads: Mapping[etree._Element, str]) -> str:
    """The same of a page that was parsed; links of `leads` lead there, as the whole window."""
    told, length = list[str](), 0
    # a page may be nested deeper than Python recurses
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start" and _name(element) in GONE:
            walk.skip_subtree()
        said = _said(event, element, leads.get(element))
        told.append(said)
        length += len(said)
        if length > MOST:
            break
    return "".join(told)


def _said(event: str, element: etree._Element, lead: str | None) -> str:
    name = _name(element)
    if event in {"comment", "pi"}:
        return escape(element.tail or "")
    if event == "end":
        close = f"</{name}>" if (name in KEPT and name not in EMPTY) or lead else ""
        return close + escape(element.tail or "")
    if name in GONE:
        return ""
    opened = f"<{name}>" if name in KEPT else ""
    if lead:
        opened = f'<a href="{escape(lead)}" target="_top">'
    return opened + escape(element.text or "")


def _name(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""
