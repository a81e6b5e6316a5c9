"""What a page holds, as the readers of its fields get it: the nouns of the walk in `gather`."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.reading.page.class_names import Mark
from crawler.reading.page.structured import Thing


@dataclass(slots=True)
class Node:
    """One block element."""

    tag: str
    parent: int
    # index in `Facts.nodes`, -1 for the root
    mark: int
    # what its own names promise
    prop: str
    # itemprop, lower-case, "" without
    order: int
    # place in the page
    names: str = ""
    # class names, as written
    zone: int = Mark.NONE
    # marks of the element and of those around it that deserve belief (`zones`)
    size: int = 0
    # characters of unlinked text inside
    weight: float = 0.0
    # good text inside, for `text`


@dataclass(slots=True)
class Block:
    """One run of text between two block borders."""

    text: str
    tag: str
    linked: int
    # characters inside links
    node: int
    # index of the node around it
    order: int
    # place in the page
    apart: str = ""
    # the same with a bar between elements that touch ("Ana Kodra | 16 maj"), "" where none do
    onward: int = 0
    # characters behind its last link


@dataclass(slots=True)
class Heading:
    """h1 to h3, or an element whose names or itemprop promise the headline."""

    tag: str
    text: str
    order: int
    mark: int
    prop: str
    node: int
    linked: bool
    # the whole heading is a link
    parted: bool = False
    # elements inside split it into parts: a kicker, a date


@dataclass(slots=True)
class Spot:
    """An element that promises a date, a name, a lead or a section."""

    tag: str
    text: str
    # all text inside, "" where it is longer than limits.SPOT
    value: str | None
    # datetime, content or title attribute
    prop: str
    order: int
    mark: int
    node: int
    rel: bool = False
    # rel="author"
    linked: bool = False
    # inside a link


@dataclass(slots=True)
class Facts:
    """What the page holds, in page order."""

    lang: str | None = None
    title: str = ""
    metas: dict[str, list[str]] = field(default_factory=dict)
    # lower-case name, property or itemprop -> contents
    links: dict[str, list[str]] = field(default_factory=dict)
    # lower-case rel -> addresses
    things: tuple[Thing, ...] = ()
    # JSON-LD
    headings: list[Heading] = field(default_factory=list)
    dates: list[Spot] = field(default_factory=list)
    names: list[Spot] = field(default_factory=list)
    leads: list[Spot] = field(default_factory=list)
    sections: list[Spot] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    # places of the long runs of text without a link
    walls: int = 0
    elements: int = 0
    began: str = ""
    # where `text` began to look for the body, in words

    def meta(self, *names: str) -> str | None:
        """The first content of the first of `names` that the page fills."""
        for name in names:
            for content in self.metas.get(name, ()):
                if content:
                    return content
        return None
