"""A post's document as somebody has it in hand: moved about, not written yet (pure).

Blocks and pieces are named by what a form calls them, so that a piece is the same one after it was
moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from crawler.models import PostBlock, PostDocument, PostPicture, PostPiece
from jehona.actions.errors import Wrong

TRAY: Final = "tray"
LEFT_OUT: Final = "left"

T = TypeVar("T", bound="BlockInHand | PieceInHand")


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceInHand:
    """A piece, as it is called."""

    # of the form: "p7"
    id: str
    piece: PostPiece


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockInHand:
    """A block with its pieces in their order."""

    # of the form: "b2"
    id: str
    # without its pieces
    block: PostBlock
    pieces: tuple[PieceInHand, ...] = ()
    # which one of the file it was, counted from 0; None: it is new
    origin: int | None = None

    @property
    def kind(self) -> str:
        """What it shows: "text", "picture", "video", "chart", else "pieces"."""
        said = self.block
        for kind in ("text", "picture", "video", "chart"):
            if getattr(said, kind) is not None:
                return kind
        return "pieces"

    @property
    def is_empty(self) -> bool:
        """Whether nobody would miss it."""
        said = self.block
        if self.kind != "pieces":
            return not getattr(said, self.kind)
        return not (self.pieces or said.outlet or said.heading)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostInHand:
    """A whole document."""

    # without its blocks and what is left out
    post: PostDocument
    blocks: tuple[BlockInHand, ...]
    # came in, and neither placed nor left out
    tray: tuple[PieceInHand, ...] = ()
    left_out: tuple[PieceInHand, ...] = ()

    def pieces(self) -> Iterator[PieceInHand]:
        """Every piece, wherever it lies."""
        for block in self.blocks:
            yield from block.pieces
        yield from self.tray
        yield from self.left_out


def taken_up(post: PostDocument, new: Sequence[str], *, from_file: bool) -> PostInHand:
    """A document taken in hand, what is `new` in the tray; `from_file`: its blocks are a file's."""
    count = iter(range(1_000_000))

    def held(piece: PostPiece) -> PieceInHand:
        return PieceInHand(id=f"p{next(count)}", piece=piece)

    blocks = tuple(
        BlockInHand(
            id=f"b{at}",
            block=replace(block, pieces=()),
            pieces=tuple(map(held, block.pieces)),
            origin=at if from_file else None,
        )
        for at, block in enumerate(post.blocks)
        if not block.new
    )
    waiting = [name for block in post.blocks for name in block.new]
    named = dict.fromkeys((*waiting, *new))
    return PostInHand(
        post=replace(post, blocks=(), left_out=()),
        blocks=blocks,
        tray=tuple(held(PostPiece(name=name)) for name in named),
        left_out=tuple(held(PostPiece(name=name)) for name in post.left_out),
    )


# --- moved -----------------------------------------------------------------------------------


def block_moved(hand: PostInHand, name: str, by: int) -> PostInHand:
    """A block one place up (-1) or down (1). Raises Wrong where there is none such."""
    at = _place(hand.blocks, name)
    return replace(hand, blocks=_moved(hand.blocks, at, by))


def piece_moved(hand: PostInHand, name: str, by: int) -> PostInHand:
    """A piece one place up or down, at the end of its block into the next one of pieces."""
    at = _block_of(hand, name)
    block = hand.blocks[at]
    place = _place(block.pieces, name)
    if 0 <= place + by < len(block.pieces):
        changed = replace(block, pieces=_moved(block.pieces, place, by))
        return replace(hand, blocks=_instead(hand.blocks, at, changed))
    others = range(at + by, len(hand.blocks) if by > 0 else -1, by)
    other = next((n for n in others if hand.blocks[n].kind == "pieces"), None)
    if other is None:
        return hand
    return piece_put(hand, name, hand.blocks[other].id, first=by > 0)


def piece_put(hand: PostInHand, name: str, to: str, *, first: bool = False) -> PostInHand:
    """A piece into a block, the tray or among what is left out; at its end, or `first`."""
    piece = next((one for one in hand.pieces() if one.id == name), None)
    if piece is None:
        raise Wrong("the piece is there no more: look at the post again")
    without = _each(hand, lambda some: tuple(one for one in some if one.id != name))

    def with_it(some: tuple[PieceInHand, ...]) -> tuple[PieceInHand, ...]:
        return (piece, *some) if first else (*some, piece)

    if to == TRAY:
        return replace(without, tray=with_it(without.tray))
    if to == LEFT_OUT:
        return replace(without, left_out=with_it(without.left_out))
    at = _place(without.blocks, to)
    block = without.blocks[at]
    if block.kind != "pieces":
        raise Wrong("pieces stand in a block of pieces: choose another")
    changed = replace(block, pieces=with_it(block.pieces))
    return replace(without, blocks=_instead(without.blocks, at, changed))


def block_added(hand: PostInHand, block: PostBlock, after: str | None = None) -> PostInHand:
    """A new block behind another, else at the end."""
    used = {one.id for one in hand.blocks}
    name = next(f"b{n}" for n in range(len(used) + 1_000) if f"b{n}" not in used)
    at = _place(hand.blocks, after) + 1 if after else len(hand.blocks)
    made = BlockInHand(id=name, block=block)
    return replace(hand, blocks=(*hand.blocks[:at], made, *hand.blocks[at:]))


def with_picture(hand: PostInHand, above: PostPicture) -> PostInHand:
    """With a picture above the text; one that stood there goes."""
    return replace(hand, post=replace(hand.post, picture=above))


def block_taken(hand: PostInHand, name: str) -> PostInHand:
    """Without a block; its pieces lie in the tray."""
    at = _place(hand.blocks, name)
    left = (*hand.blocks[:at], *hand.blocks[at + 1 :])
    return replace(hand, blocks=left, tray=(*hand.tray, *hand.blocks[at].pieces))


def _each(
    hand: PostInHand, change: Callable[[tuple[PieceInHand, ...]], tuple[PieceInHand, ...]]
) -> PostInHand:
    return replace(
        hand,
        blocks=tuple(replace(block, pieces=change(block.pieces)) for block in hand.blocks),
        tray=change(hand.tray),
        left_out=change(hand.left_out),
    )


def _block_of(hand: PostInHand, piece: str) -> int:
    for at, block in enumerate(hand.blocks):
        if any(one.id == piece for one in block.pieces):
            return at
    raise Wrong("the piece is there no more: look at the post again")


def _place(some: Sequence[T], name: str) -> int:
    at = next((n for n, one in enumerate(some) if one.id == name), None)
    if at is None:
        raise Wrong("the block is there no more: look at the post again")
    return at


def _moved(some: tuple[T, ...], at: int, by: int) -> tuple[T, ...]:
    to = min(max(at + by, 0), len(some) - 1)
    left = (*some[:at], *some[at + 1 :])
    return (*left[:to], some[at], *left[to:])


def _instead(some: tuple[T, ...], at: int, one: T) -> tuple[T, ...]:
    return (*some[:at], one, *some[at + 1 :])


# --- another's file ----------------------------------------------------------------------------


def set_upon(hand: PostInHand, theirs: PostDocument) -> PostInHand:
    """The same, upon a file that somebody wrote meanwhile: which of its blocks each one is.

    A block is the one that says the same; else, of those that are left, the first of its kind.
    """
    left = {at: block for at, block in enumerate(theirs.blocks) if not block.new}
    found: dict[str, int] = {}
    for alike in (_same, _of_a_kind):
        for mine in hand.blocks:
            at = next((at for at, block in left.items() if alike(mine, block)), None)
            if mine.id not in found and at is not None:
                found[mine.id] = at
                del left[at]
    blocks = tuple(replace(one, origin=found.get(one.id)) for one in hand.blocks)
    return replace(hand, blocks=blocks)


def _same(mine: BlockInHand, block: PostBlock) -> bool:
    return replace(mine.block, pieces=tuple(one.piece for one in mine.pieces)) == block


def _of_a_kind(mine: BlockInHand, block: PostBlock) -> bool:
    if mine.kind == "pieces":
        named = {one.name for one in block.pieces}
        return any(one.piece.name in named for one in mine.pieces)
    return bool(getattr(block, mine.kind))
