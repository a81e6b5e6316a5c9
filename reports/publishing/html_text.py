"""A post's markup as lines that people can read and compare: text, links with their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import unified_diff
from typing import Any

from lxml import etree

from reports.formats.plain import plain

# fmt: off
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
})
# fmt: on
UNREAD = frozenset({"script", "style", "svg", "template"})
# what no reader sees, with all that stands inside
LONGEST = 512 * 1024
# characters of markup that are read; a roundup of a thousand pieces has half


class _Lines:
    """Collects the lines, as lxml tells them. Whatever it is fed, it only reads."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.targets: list[str] = []
        self.reached: list[str] = []
        self.unread = 0

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        if tag in UNREAD:
            self.unread += 1
        if tag in BLOCKS:
            self.end_line()
        if tag == "a":
            self.targets.append(attrs.get("href") or "")
            self.reached.append(self.targets[-1])

    def end(self, tag: str) -> None:
        if tag in UNREAD:
            self.unread = max(0, self.unread - 1)
        if tag == "a" and self.targets:
            self.line.append(f" <{self.targets.pop()}>")
        if tag in BLOCKS:
            self.end_line()

    def data(self, data: str) -> None:
        if not self.unread:
            self.line.append(data)

    def comment(self, text: str) -> None:
        """Blocks are named in comments; nobody reads them."""

    def close(self) -> _Lines:
        self.end_line()
        return self

    def end_line(self) -> None:
        words = plain("".join(self.line))
        if words:
            self.lines.append(words)
        self.line = []


def _read(markup: str) -> _Lines:
    """The lines of markup. libxml2 reads it: the standard library's is quadratic in open tags."""
    whole = markup[:LONGEST].replace("\0", "")
    if not whole.strip():
        return _Lines()
    target: Any = _Lines()
    parser = etree.HTMLParser(target=target, encoding="utf-8")
    try:
        parser.feed(whole.encode("utf-8", "replace"))
        lines: Any = parser.close()
    except etree.XMLSyntaxError:
        # nothing in it is markup or text: a lone comment
        return _Lines()
    assert isinstance(lines, _Lines)
    return lines


def readable(markup: str) -> list[str]:
    """The lines of markup as a reader reads them, links with their addresses behind them."""
    return _read(markup).lines


def links(markup: str) -> frozenset[str]:
    """The addresses that markup leads to."""
    return frozenset(_read(markup).reached)


def difference(theirs: str, ours: str) -> tuple[str, ...]:
    """The unified difference from what stands on the site to what we would write, line by line."""
    lines = unified_diff(
        readable(theirs), readable(ours), "on the site", "this report", lineterm="", n=1
    )
    return tuple(lines)
