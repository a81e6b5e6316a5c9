"""The brand's logo inside the page: a data URI, or one clear line why not."""

from __future__ import annotations

from base64 import b64encode
from typing import Final

LARGEST: Final = 1_000_000
# bytes; a logo beyond that makes every report heavy


class BadLogo(ValueError):
    """The file is no picture that a browser shows; the message is one sentence."""


def data_uri(picture: bytes) -> str:
    """`data:image/png;base64,...` of a PNG, JPEG, GIF, WebP or SVG. Raises BadLogo."""
    if not picture:
        raise BadLogo("the logo is an empty file")
    if len(picture) > LARGEST:
        raise BadLogo(f"the logo is larger than {LARGEST:,} bytes")
    return f"data:{_kind(picture)};base64,{b64encode(picture).decode('ascii')}"


def _kind(picture: bytes) -> str:
    """The media type by the first bytes; what begins well and breaks off is refused."""
    if picture.startswith(b"\x89PNG\r\n\x1a\n"):
        return _whole("image/png", picture, b"IEND\xaeB`\x82")
    if picture.startswith(b"\xff\xd8\xff"):
        return _whole("image/jpeg", picture, b"\xff\xd9")
    if picture[:6] in (b"GIF87a", b"GIF89a"):
        return _whole("image/gif", picture, b"\x3b")
    if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        return "image/webp"
    if _is_svg(picture):
        return "image/svg+xml"
    raise BadLogo("the logo is not a PNG, JPEG, GIF, WebP or SVG picture")


def _whole(kind: str, picture: bytes, end: bytes) -> str:
    if end not in picture[-64:]:
        raise BadLogo("the logo is a picture that breaks off")
    return kind


def _is_svg(picture: bytes) -> bool:
    """An image in an <img> runs no script and loads nothing, so it need only be well-formed."""
    from lxml import etree  # noqa: PLC0415 - few logos are SVG

    try:
        root = etree.fromstring(
            picture, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
    except etree.XMLSyntaxError:
        return False
    return bool(root.tag == "{http://www.w3.org/2000/svg}svg")
