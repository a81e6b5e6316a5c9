"""A roundup post as its editor arranged it: one TOML file, its order is the order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Headlines = Literal["original", "translation", "both"]
Genre = Literal["news", "interview", "opinion", "statement", "report", "video"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPiece:
    """One piece as a post calls it."""

    # its address or key, as typed: "a_7f3k2"
    name: str
    # the editor's own wording, instead of headline and translation
    headline: str | None = None
    # printed behind it
    genre: Genre | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPicture:
    """A picture of the folder `media/`."""

    # its path there, without a way out: "fair.jpg"
    file: str
    # for who does not see it
    alt: str | None = None
    # under it
    caption: str | None = None
    # whether a site shows it above the post, too
    featured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostBlock:
    """One block: a text, pieces, a picture, a video, a chart, or what came in since."""

    # Markdown
    text: str | None = None
    # slug: pieces under the outlet's name
    outlet: str | None = None
    # pieces under words of the editor
    heading: str | None = None
    pieces: tuple[PostPiece, ...] = ()
    # a file of media/
    picture: str | None = None
    # an address of a player, or a file of media/
    video: str | None = None
    alt: str | None = None
    caption: str | None = None
    # pieces per day
    chart: Literal["days"] | None = None
    # addresses or keys of what came in since: not printed
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostDocument:
    """What an editor made of a report."""

    title: str
    # how the headline of a piece is called
    headlines: Headlines = "both"
    # False: bare titles
    links: bool = True
    # whether the closing line tells how complete the list is
    completeness: bool = True
    # addresses or keys of what was seen, and is not wanted
    left_out: tuple[str, ...] = ()
    # of the site, by name
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    # of the post's address
    slug: str | None = None
    # above the text
    picture: PostPicture | None = None
    blocks: tuple[PostBlock, ...] = ()
    # the TOML file it came from
    source: Path | None = None

    def names(self) -> Iterator[str]:
        """Every piece that is named anywhere, as it is named: those are placed."""
        for block in self.blocks:
            yield from (piece.name for piece in block.pieces)
            yield from block.new
        yield from self.left_out
