"""An editor's Markdown as passages and runs: what may stand in a post, and nothing else (pure).

Paragraphs, bold, italic, links and lists (commonmark.org), read by markdown-it-py. There is no
HTML and no picture in it, whatever was written: each form sets these nouns in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from reports.formats.plain import web_address

if TYPE_CHECKING:
    from markdown_it.token import Token

# rules of markdown-it-py beside paragraphs; no html, no image, no code, no heading
_RULES: Final = ("emphasis", "link", "autolink", "list", "escape", "entity", "newline")
_BREAKS: Final = ("softbreak", "hardbreak")
_LISTS: Final = ("bullet_list_open", "ordered_list_open")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words that are set alike."""

    text: str
    # plain, no blank at its ends
    space: bool = False
    # whether a blank stands before it
    bold: bool = False
    italic: bool = False
    address: str | None = None
    # http or https


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph, which has one item, or a list."""

    kind: Literal["paragraph", "bullets", "numbers"]
    items: tuple[tuple[Run, ...], ...]


def plain_passage(text: str) -> Passage:
    """A paragraph of words that are no Markdown."""
    return Passage(kind="paragraph", items=((Run(text=text),),))


def prose(markdown: str) -> tuple[Passage, ...]:
    """The passages of a Markdown text; a list inside a list goes on in the outer one."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only where a post is set

    tokens = MarkdownIt("zero", {"html": False}).enable(list(_RULES)).parse(markdown)
    return tuple(_passages(tokens))


def plain_words(passages: Iterable[Passage]) -> tuple[str, ...]:
    """The words of each paragraph and item, without markup."""
    return tuple(
        "".join(f"{' ' if run.space else ''}{run.text}" for run in item)
        for passage in passages
        for item in passage.items
    )


def _passages(tokens: Sequence[Token]) -> Iterator[Passage]:
    items: list[tuple[Run, ...]] = []
    kind: Literal["bullets", "numbers"] = "bullets"
    for token in tokens:
        if token.type in _LISTS and token.level == 0:
            kind, items = ("numbers" if token.type == _LISTS[1] else "bullets"), []
        elif token.type in ("bullet_list_close", "ordered_list_close") and token.level == 0:
            if items:
                yield Passage(kind=kind, items=tuple(items))
        elif token.type == "inline" and (runs := tuple(_runs(token.children or ()))):
            if token.level == 1:
                yield Passage(kind="paragraph", items=(runs,))
            else:
                items.append(runs)


def _runs(tokens: Iterable[Token]) -> Iterator[Run]:
    """The runs of one paragraph; line ends and other blanks are one blank."""
    depth = {"strong": 0, "em": 0}
    address: str | None = None
    begun = space = False
    for token in tokens:
        name = token.type.partition("_")[0]
        if name in depth:
            depth[name] += token.nesting
        elif name == "link":
            address = web_address(str(token.attrGet("href"))) if token.nesting > 0 else None
        words = " ".join(token.content.split())
        space |= token.type in _BREAKS or token.content[:1].isspace()
        if words:
            bold, italic = depth["strong"] > 0, depth["em"] > 0
            yield Run(text=words, space=begun and space, bold=bold, italic=italic, address=address)
            begun, space = True, token.content[-1:].isspace()
