"""A post arranged by a person: its document taken in hand, looked at, written where it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.config.files import toml_text
from crawler.config.post_file import Change, changed, made
from crawler.config.posts import post_in, post_text, write_post
from crawler.models import Language, PostBlock, PostDocument
from jehona.actions import papers, post_in_hand, roundup
from jehona.actions.editing import digest_of, saving, sound, unchanged
from jehona.actions.errors import Wrong
from jehona.actions.office import Office
from jehona.actions.post_in_hand import BlockInHand, PostInHand
from jehona.actions.roundup import Composed, RoundupOptions
from reports.models import Piece, Report
from reports.post_document import name_of, told_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A document in somebody's hand, beside what the file says."""

    composed: Composed
    hand: PostInHand
    # of the file as it was read; "" where there is none
    digest: str

    @property
    def pieces(self) -> Mapping[str, Piece]:
        """What each name stands for: those of the document, and of all that was reported."""
        every = self.composed.report.pieces
        known = {name: piece for piece in every for name in (name_of(piece), piece.article)}
        return {**known, **self.composed.named}


def take_up(office: Office, event: str, language: Language) -> Taken:
    """The document as it stands, else as it is proposed. Raises as `roundup.compose`."""
    composed = roundup.compose(office, event, RoundupOptions(language=language))
    return _taken(composed)


def _taken(composed: Composed) -> Taken:
    assert composed.post is not None
    hand = post_in_hand.taken_up(
        composed.post,
        [name_of(piece) for piece in composed.new],
        from_file=composed.proposal is None,
    )
    return Taken(composed=composed, hand=hand, digest=digest_of(composed.read))


def look(
    office: Office, event: str, language: Language, hand: PostInHand, *, report: Report
) -> Composed:
    """The post as it is in hand, of the event's `report`; nothing is written.

    Raises RegistryError for what no document may hold.
    """
    file = roundup.place_of(office, event, language)
    post = replace(_document(hand, ()), source=file)
    told = told_of(report.pieces)
    text = changed(_blank(post), Change(post=post, origins=_none(post), told=told), file)
    options = RoundupOptions(language=language)
    return roundup.compose(office, event, options, report=report, typed=text)


def as_text(hand: PostInHand, report: Report) -> str:
    """The document in hand as a file would have it, for people to read; it need not be right."""
    post = _document(hand, ())
    change = Change(post=post, origins=_none(post), told=told_of(report.pieces))
    return made(_blank(post), change)


def save(
    office: Office,
    event: str,
    language: Language,
    hand: PostInHand,
    digest: str,
    *,
    over: bool = False,
) -> Path:
    """Write the document where the file is still the one of `digest`; a first time too.

    What nobody changed stays as it stands, comments and order too. With `over`, what somebody else
    wrote meanwhile is written over, and kept in `var/replaced`. Raises ChangedMeanwhile,
    RegistryError for what no document may hold, Wrong for a heading without pieces.
    """
    options = RoundupOptions(language=language)
    composed = roundup.compose(office, event, options)
    _want_full(hand)
    file = composed.file
    with saving(office):
        stands = file.read_bytes() if file.is_file() else None
        unchanged(file, stands, digest)
        text = _text(composed, hand)
        # what names no piece of the record is refused before it stands there
        roundup.compose(office, event, options, report=composed.report, typed=text)
        if over and stands is not None:
            papers.lay_aside(office, file, stands)
        write_post(file, text, replace=stands is not None)
    return file


def upon(office: Office, event: str, language: Language, hand: PostInHand) -> Taken:
    """The same in hand, upon the file as it is now. Raises as `roundup.compose`."""
    stands = take_up(office, event, language)
    theirs = stands.composed.post if stands.composed.proposal is None else None
    return replace(stands, hand=post_in_hand.set_upon(hand, theirs or PostDocument(title="")))


def theirs(office: Office, event: str, language: Language) -> str:
    """The file as it stands, for people to read; "" where there is none. Raises RegistryError."""
    file = roundup.place_of(office, event, language)
    return toml_text(file) if file.is_file() else ""


# --- the document ------------------------------------------------------------------------------


def _text(composed: Composed, hand: PostInHand) -> str:
    """What is to be written: upon the file, or anew where nobody touched what was proposed."""
    told = told_of(composed.report.pieces)
    if composed.proposal is not None:
        post = _document(hand, ())
        return changed(
            _blank(post), Change(post=post, origins=_none(post), told=told), composed.file
        )
    text = toml_text(composed.file)
    stands = post_in(text, composed.file)
    tray = {one.piece.name for one in hand.tray}
    new = [
        (at, replace(block, new=tuple(name for name in block.new if name in tray)))
        for at, block in enumerate(stands.blocks)
        if block.new
    ]
    waiting = [(at, block) for at, block in new if block.new]
    post = _document(hand, tuple(block for _, block in waiting))
    origins = (*(one.origin for one in _kept(hand)), *(at for at, _ in waiting))
    change = Change(post=post, origins=sound(origins, len(stands.blocks)), told=told)
    return changed(text, change, composed.file)


def _document(hand: PostInHand, new: tuple[PostBlock, ...]) -> PostDocument:
    blocks = tuple(
        replace(one.block, pieces=tuple(piece.piece for piece in one.pieces)) for one in _kept(hand)
    )
    left_out = dict.fromkeys(one.piece.name for one in hand.left_out)
    return replace(hand.post, blocks=(*blocks, *new), left_out=tuple(left_out))


def _kept(hand: PostInHand) -> list[BlockInHand]:
    """The blocks that a document holds: one of pieces has some, a text says something."""
    return [
        one
        for one in hand.blocks
        if not one.is_empty and not (one.kind == "pieces" and not one.pieces)
    ]


def _want_full(hand: PostInHand) -> None:
    for one in hand.blocks:
        if one.kind == "pieces" and not one.pieces and not one.is_empty:
            told = one.block.heading or one.block.outlet
            raise Wrong(
                '"{heading}" has no piece: move one into it, or take the block away', heading=told
            )


def _blank(post: PostDocument) -> str:
    """A document without blocks, to begin with."""
    return post_text(replace(PostDocument(title=post.title or "–"), blocks=()), {})


def _none(post: PostDocument) -> tuple[None, ...]:
    return (None,) * len(post.blocks)
