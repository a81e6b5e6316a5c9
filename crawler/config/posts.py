"""A post's document: its TOML file, strictly, and the file of a proposal.

The shape is docs/publishing.md's. What a person wrote is changed by appending only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, get_args

from crawler.config.files import SLUG, parsed, reason, toml_text
from crawler.config.media import PICTURES, video, within
from crawler.config.outlet_file import quoted
from crawler.config.refusals import Place, RegistryError, shown
from crawler.config.toml_tables import Key, Keys, read_table, rows
from crawler.config.values import expected, line, many, one_of, slug, truth, words
from crawler.files import write_whole
from crawler.models import Genre, Headlines, PostBlock, PostDocument, PostPicture, PostPiece

# of these a block is exactly one
_KINDS: Final = ("text", "pieces", "picture", "video", "chart", "new")
_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "outlet": ("pieces",),
    "heading": ("pieces",),
    "alt": ("picture", "video"),
    "caption": ("picture", "video"),
}
# what stands beside which kind


PIECE: Keys = {
    "article": Key(read=line, field="name", required=True),
    "headline": Key(read=line),
    "genre": Key(read=one_of(get_args(Genre))),
}


def _pieces(value: object, place: Place) -> tuple[PostPiece, ...]:
    if not isinstance(value, list) or not value:
        raise expected("a list of addresses and keys in square brackets", value, place)
    return tuple(_piece(each, place) for each in value)


def _piece(value: object, place: Place) -> PostPiece:
    if isinstance(value, str):
        return PostPiece(name=line(value, place))
    return PostPiece(**read_table(value, place, PIECE))


PICTURE: Keys = {
    "file": Key(read=within(PICTURES), required=True),
    "alt": Key(read=line),
    "caption": Key(read=line),
    "featured": Key(read=truth),
}

BLOCK: Keys = {
    "text": Key(read=words),
    "outlet": Key(read=slug),
    "heading": Key(read=line),
    "pieces": Key(read=_pieces),
    "picture": Key(read=within(PICTURES)),
    "video": Key(read=video),
    "alt": Key(read=line),
    "caption": Key(read=line),
    "chart": Key(read=one_of(("days",))),
    "new": Key(read=many(line)),
}


def post_picture(value: object, place: Place) -> PostPicture:
    """A table of a picture of media/, with its words."""
    return PostPicture(**read_table(value, place.as_table(), PICTURE))


def _block(value: object, place: Place) -> PostBlock:
    fields = read_table(value, place, BLOCK)
    kinds = [kind for kind in _KINDS if kind in fields]
    if len(kinds) != 1:
        told = " and ".join(kinds) or "none of them"
        raise place.key(kinds[-1] if kinds else "").refusal(
            "a block has one of {kinds}; here: {told}", kinds=", ".join(_KINDS), told=told
        )
    for name, wanted in _BESIDE.items():
        if name in fields and kinds[0] not in wanted:
            raise place.key(name).refusal(
                "stands beside {wanted}, not {kinds}", wanted=" or ".join(wanted), kinds=kinds[0]
            )
    if "outlet" in fields and "heading" in fields:
        raise place.key("heading").refusal("a block has an outlet or a heading, not both")
    return PostBlock(**fields)


def _site_slug(value: object, place: Place) -> str:
    word = line(value, place)
    if not SLUG.fullmatch(word):
        raise place.refusal("a slug has only a-z, 0-9 and hyphens, not {word}", word=shown(word))
    return word


POST: Keys = {
    "title": Key(read=line, required=True),
    "headlines": Key(read=one_of(get_args(Headlines))),
    "links": Key(read=truth),
    "completeness": Key(read=truth),
    "left_out": Key(read=many(line)),
    "categories": Key(read=many(line)),
    "tags": Key(read=many(line)),
    "slug": Key(read=_site_slug),
    "picture": Key(read=post_picture),
    "block": Key(read=rows(_block), field="blocks"),
}


def read_post(path: Path) -> PostDocument:
    """The document of a TOML file. Raises RegistryError, one line that names file and key."""
    return post_in(toml_text(path), path)


def post_in(text: str, path: Path) -> PostDocument:
    """The document that `text` is, as if it stood in `path`. Raises as `read_post`."""
    place = Place(source=path)
    return PostDocument(source=path, **read_table(parsed(text, path), place, POST))


def unknown_piece(path: Path, name: str) -> RegistryError:
    """The refusal of a piece that the record does not have, with its line."""
    # a document that is not written yet has no lines
    lines = path.read_text("utf-8-sig").splitlines() if path.is_file() else []
    at = next((number for number, text in enumerate(lines, 1) if name in text), None)
    where = f"line {at}: " if at else ""
    return RegistryError(
        "{path}: {where}the record has no piece {name}: bring it with `jehona clip`, "
        "or take it out",
        path=path,
        where=where,
        name=shown(name),
    )


# --- written --------------------------------------------------------------------------------

Told = Mapping[str, str]
# what a comment says of a piece, by name: "Gazeta Shembull: Panairi hapet"


def post_text(post: PostDocument, told: Told) -> str:
    """The TOML of a proposal, with what is `told` of each piece as a comment."""
    return "\n".join(_lines(post, told)) + "\n"


def write_post(path: Path, text: str, *, replace: bool) -> None:
    """Writes the file. Raises RegistryError where it stands and is not to be replaced."""
    try:
        write_whole(path, text, replace=replace)
    except FileExistsError:
        raise RegistryError(
            "{path}: somebody wrote it just now; look at it again", path=path
        ) from None
    except OSError as error:
        raise RegistryError("{path}: {reason}", path=path, reason=reason(error)) from error


def with_new(text: str, names: tuple[str, ...], told: Told) -> str:
    """The text of a document with a block of what came in at its end; nothing else changes."""
    block = "\n".join(_list("new", names, told))
    return f"{text.rstrip()}\n\n[[block]]\n{block}\n"


def _lines(post: PostDocument, told: Told) -> Iterator[str]:
    yield "# The order of the blocks is the order in the post: move, delete, write."
    yield "# Nobody's changes are undone: what comes in later is appended, when you say so."
    yield f"title        = {quoted(post.title)}"
    yield f"headlines    = {quoted(post.headlines)}  # original | translation | both"
    yield f"links        = {'true' if post.links else 'false'}"
    yield f"completeness = {'true' if post.completeness else 'false'}"
    if post.left_out:
        yield from _list("left_out", post.left_out, told)
    for block in post.blocks:
        yield ""
        yield "[[block]]"
        yield from _block_lines(block, told)


def _block_lines(block: PostBlock, told: Told) -> Iterator[str]:
    if block.text is not None:
        text = long_text(block.text) if "\n" in block.text else quoted(block.text)
        yield f"text = {text}"
    for key in ("outlet", "heading", "chart"):
        if value := getattr(block, key):
            yield f"{key} = {quoted(value)}"
    if block.pieces:
        yield from _list("pieces", tuple(piece.name for piece in block.pieces), told)


def long_text(text: str) -> str:
    """A string of several lines, as TOML."""
    inside = "\n".join(quoted(line)[1:-1] for line in text.split("\n"))
    return f'"""\n{inside}"""'


def comment_of(told: str) -> str:
    """What is told as it may stand in a comment: on one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in told).split())


def _list(key: str, names: tuple[str, ...], told: Told) -> Iterator[str]:
    yield f"{key} = ["
    for name in names:
        said = comment_of(told.get(name, ""))
        yield f"  {quoted(name)},{f'  # {said}' if said else ''}"
    yield "]"
