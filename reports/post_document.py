"""An editor's document and a roundup: the one proposed from the other, and set as it stands (pure).

A proposal names every piece of the report: under an outlet also the copies of its texts elsewhere,
which are printed behind the headline that they copy. What an editor moves out of there is a
headline of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from crawler.models import Headlines, Language, PostBlock, PostDocument, PostPiece
from reports.formats.markdown import escape_long
from reports.formats.plain import web_address
from reports.forms import Group
from reports.models import Piece, Report
from reports.prose import plain_words, prose
from reports.roundup import Block, Making, Mention, Roundup, Section, footnote_of, roundup
from reports.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a document's names stand for."""

    pieces: Mapping[str, Piece]
    # by name
    outlets: Mapping[str, str]
    # slug -> as readers know it
    player: Callable[[str], str | None]
    # of an address of a video: "youtube"


def name_of(piece: Piece) -> str:
    """How a document names a piece: by its address, else by its key."""
    return piece.url if piece.url and web_address(piece.url) else piece.article


def told_of(pieces: Sequence[Piece]) -> dict[str, str]:
    """What a comment says of each piece, by its name in a document."""
    return {
        name_of(piece): ": ".join(filter(None, (piece.outlet_name, piece.shown)))
        for piece in pieces
    }


def proposed(
    report: Report, language: Language, *, group: Group, accepted_only: bool
) -> PostDocument:
    """The document of a report that no editor has touched yet."""
    made = roundup(report, language, group=group, accepted_only=accepted_only)
    names = {piece.article: name_of(piece) for piece in report.pieces}
    opening = "\n\n".join(map(escape_long, made.introduction))
    blocks = [PostBlock(text=text) for text in (opening, escape_long(made.lead_in)) if text]
    for section in made.sections:
        keys = (each.article for one in section.mentions for each in (one, *one.also))
        blocks.append(
            PostBlock(
                outlet=section.outlet,
                heading=None if section.outlet else _one_line(section.heading),
                pieces=tuple(PostPiece(name=names[key]) for key in keys),
            )
        )
    if made.sections:
        blocks.append(PostBlock(chart="days"))
    return PostDocument(title=made.title, blocks=tuple(blocks))


def _one_line(heading: str | None) -> str | None:
    """A heading as a document may hold it; None where no outlet is named."""
    return " ".join((heading or "").split()) or None


def arranged(
    post: PostDocument, report: Report, language: Language, known: Known, *, completeness: bool
) -> Roundup:
    """The roundup that a document describes, in its order and wording."""
    setting = _Setting(post, report, language, known)
    blocks = tuple(filter(None, map(setting.block, post.blocks)))
    if post.picture:
        above = post.picture
        blocks = (Block(picture=above.file, alt=above.alt, caption=above.caption), *blocks)
    first = next((at for at, block in enumerate(blocks) if block.section), len(blocks))
    said = [words for block in blocks[:first] for words in plain_words(block.text)]
    named = (piece.name for block in post.blocks for piece in block.pieces)
    return Roundup(
        event=report.event.slug,
        language=language,
        title=post.title,
        introduction=tuple(said[:-1]),
        lead_in=said[-1] if said else "",
        group=None,
        sections=tuple(block.section for block in blocks if block.section),
        footnote=footnote_of(report, language) if completeness and post.completeness else None,
        pieces=tuple(dict.fromkeys(known.pieces[name].article for name in named)),
        blocks=blocks,
    )


def untold(post: PostDocument, report: Report, language: Language, known: Known) -> list[Piece]:
    """Pieces that a translated post prints as they stand in another language."""
    abroad = report.event.language not in (None, language)
    if not (post.headlines == "translation" or (post.headlines == "both" and abroad)):
        return []
    called = (one for block in post.blocks for one in block.pieces if not one.headline)
    pieces = dict.fromkeys(known.pieces[one.name] for one in called)
    return [
        piece
        for piece in pieces
        if piece.language not in (None, language) and piece.translation is None
    ]


class _Setting:
    """Blocks of one document."""

    __slots__ = ("known", "language", "making", "post", "same")

    def __init__(
        self, post: PostDocument, report: Report, language: Language, known: Known
    ) -> None:
        self.post = post
        self.known = known
        self.language: Language = language
        self.making = Making(report, language)
        self.same = {piece.article: text.key for text in report.texts for piece in text.pieces}

    def block(self, block: PostBlock) -> Block | None:
        """One block as it is printed; None for what is not."""
        if block.text is not None:
            return Block(text=prose(block.text))
        if block.pieces:
            return Block(section=self._section(block))
        if block.chart:
            return Block(chart=True)
        if block.picture or block.video:
            return Block(
                picture=block.picture,
                video=block.video,
                player=self.known.player(block.video) if block.video else None,
                alt=block.alt,
                caption=block.caption,
            )
        return None

    def _section(self, block: PostBlock) -> Section:
        heading = self.known.outlets[block.outlet] if block.outlet else block.heading
        return Section(
            heading=heading,
            outlet=block.outlet,
            mentions=tuple(self._mentions(block)),
        )

    def _mentions(self, block: PostBlock) -> Iterator[Mention]:
        """Each piece; under an outlet another's copy of a text stands behind what it copies."""
        carried: dict[str, list[Piece]] = {}
        rows: list[tuple[PostPiece, Piece, list[Piece]]] = []
        for called in block.pieces:
            piece = self.known.pieces[called.name]
            text = self.same.get(piece.article, piece.article)
            elsewhere = piece.outlet and piece.outlet != block.outlet
            if block.outlet and elsewhere and text in carried:
                carried[text].append(piece)
                continue
            rows.append((called, piece, carried.setdefault(text, [])))
        for called, piece, copies in rows:
            yield self._mention(called, piece, copies)

    def _mention(self, called: PostPiece, piece: Piece, copies: Sequence[Piece]) -> Mention:
        made = _worded(self.making.mention(piece, copies), self.post.headlines, self.language)
        if called.headline:
            made = replace(
                made,
                headline=called.headline,
                language=self.language,
                translation=None,
                translation_note=None,
                remark=None,
            )
        genre = say(f"genre_{called.genre}", self.language) if called.genre else None
        made = replace(made, remark=", ".join(filter(None, (genre, made.remark))) or None)
        return made if self.post.links else _bare(made)


def _worded(made: Mention, headlines: Headlines, language: Language) -> Mention:
    """The headline as the document calls it; what a machine wrote stays marked."""
    if headlines == "both" or made.translation is None:
        return made
    bare = replace(made, translation=None, translation_note=None)
    if headlines == "original":
        return bare
    return replace(bare, headline=made.translation, language=language, remark=made.translation_note)


def _bare(made: Mention) -> Mention:
    return replace(made, address=None, also=tuple(replace(one, address=None) for one in made.also))
