"""The form of a post: read into a document in hand; the order of its fields is the order."""

from __future__ import annotations

from typing import Any, Final, get_args

from crawler.models import Genre, Headlines, PostBlock, PostDocument, PostPicture, PostPiece
from jehona.actions.errors import Wrong
from jehona.actions.post_in_hand import LEFT_OUT, TRAY, BlockInHand, PieceInHand, PostInHand
from jehona.desk.visit import Visit

HEADLINES: Final = get_args(Headlines)
GENRES: Final = get_args(Genre)
LONGEST_NUMBER: Final = 6


def read(visit: Visit) -> PostInHand:
    """What was typed, as it was typed. Raises Wrong for a form that is none of ours."""
    blocks: list[tuple[BlockInHand, list[PieceInHand]]] = []
    tray: list[PieceInHand] = []
    left_out: list[PieceInHand] = []
    lies: list[PieceInHand] = tray
    for row in visit.ticked("row"):
        if row in (TRAY, LEFT_OUT):
            lies = tray if row == TRAY else left_out
        elif row.startswith("b"):
            lies = []
            blocks.append((_block(visit, row), lies))
        else:
            lies.append(_piece(visit, row))
    return PostInHand(
        post=_post(visit),
        blocks=tuple(_with(block, pieces) for block, pieces in blocks),
        tray=tuple(tray),
        left_out=tuple(left_out),
    )


def _with(block: BlockInHand, pieces: list[PieceInHand]) -> BlockInHand:
    if pieces and block.kind != "pieces":
        raise Wrong("pieces stand in a block of pieces: choose another")
    return BlockInHand(id=block.id, block=block.block, pieces=tuple(pieces), origin=block.origin)


def _post(visit: Visit) -> PostDocument:
    said = visit.typed("headlines")
    return PostDocument(
        title=_line(visit, "title") or "",
        headlines=next((one for one in HEADLINES if one == said), "both"),
        links=visit.typed("links") is not None,
        completeness=visit.typed("completeness") is not None,
        categories=_commas(visit, "categories"),
        tags=_commas(visit, "tags"),
        slug=_line(visit, "slug"),
        picture=_above(visit),
    )


def _above(visit: Visit) -> PostPicture | None:
    file = _line(visit, "above-file")
    if file is None:
        return None
    return PostPicture(
        file=file,
        alt=_line(visit, "above-alt"),
        caption=_line(visit, "above-caption"),
        featured=visit.typed("above-featured") is not None,
    )


def _block(visit: Visit, row: str) -> BlockInHand:
    kind, origin = visit.typed(f"{row}-kind"), visit.typed(f"{row}-origin") or ""
    known = origin.isdecimal() and len(origin) <= LONGEST_NUMBER
    return BlockInHand(
        id=row, block=PostBlock(**_fields(visit, row, kind)), origin=int(origin) if known else None
    )


def _fields(visit: Visit, row: str, kind: str | None) -> dict[str, Any]:
    """What a block of this kind says; an empty field says nothing, but keeps its kind."""
    if kind == "text":
        return {"text": _text(visit, f"{row}-text")}
    if kind == "chart":
        return {"chart": "days"}
    if kind in ("picture", "video"):
        words = {key: _line(visit, f"{row}-{key}") for key in ("alt", "caption")}
        return {kind: _line(visit, f"{row}-file") or "", **words}
    return {key: _line(visit, f"{row}-{key}") for key in ("outlet", "heading")}


def _piece(visit: Visit, row: str) -> PieceInHand:
    name = _line(visit, f"{row}-name")
    if name is None:
        raise Wrong("the piece is there no more: look at the post again")
    genre = visit.typed(f"{row}-genre")
    piece = PostPiece(
        name=name,
        headline=_line(visit, f"{row}-headline"),
        genre=next((one for one in GENRES if one == genre), None),
    )
    return PieceInHand(id=row, piece=piece)


def _line(visit: Visit, name: str) -> str | None:
    """A field on one line: what was pasted with line ends has blanks."""
    return " ".join((visit.typed(name) or "").split()) or None


def _text(visit: Visit, name: str) -> str:
    """A field of several lines; a browser sends two signs for each of their ends."""
    return (visit.typed(name) or "").replace("\r\n", "\n").replace("\r", "\n")


def _commas(visit: Visit, name: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in (visit.typed(name) or "").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
