"""A post's markup as lines that people can read and compare: text, links with their addresses."""

from __future__ import annotations

from difflib import unified_diff
from html.parser import HTMLParser

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


class _Lines(HTMLParser):
    """Collects the lines. Whatever it is fed, it only reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line: list[str] = []
        self.targets: list[str] = []
        self.reached: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self.unread += 1
        if tag in BLOCKS:
            self.end()
        if tag == "a":
            self.targets.append(dict(attrs).get("href") or "")
            self.reached.append(self.targets[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag in UNREAD:
            self.unread = max(0, self.unread - 1)
        if tag == "a" and self.targets:
            self.line.append(f" <{self.targets.pop()}>")
        if tag in BLOCKS:
            self.end()

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.line.append(data)

    def end(self) -> None:
        """Ends the line."""
        words = plain("".join(self.line))
        if words:
            self.lines.append(words)
        self.line = []


def readable(markup: str) -> list[str]:
    """The lines of markup as a reader reads them, links with their addresses behind them."""
    reader = _Lines()
    reader.feed(markup[:LONGEST])
    reader.close()
    reader.end()
    return reader.lines


def links(markup: str) -> frozenset[str]:
    """The addresses that markup leads to."""
    reader = _Lines()
    reader.feed(markup[:LONGEST])
    return frozenset(reader.reached)


def difference(theirs: str, ours: str) -> tuple[str, ...]:
    """The unified difference from what stands on the site to what we would write, line by line."""
    lines = unified_diff(
        readable(theirs), readable(ours), "on the site", "this report", lineterm="", n=1
    )
    return tuple(lines)
