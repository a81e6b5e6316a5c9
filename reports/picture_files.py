"""A picture that goes into a report: opened, made small and written anew, so that no byte of the
file that somebody gave, and nothing that a camera wrote into it, goes along.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from PIL import Image as Photo
from PIL import ImageOps, UnidentifiedImageError

from crawler.failure import Failure
from crawler.limits import OUR_PICTURE, PICTURE_DOTS
from reports.pictures import Image

# What is opened; whatever else Pillow could read is not tried.
KINDS: Final = ("JPEG", "PNG", "WEBP", "GIF")
# Pixels of the longer side: sharp across half a page.
LONGEST_SIDE: Final = 800
# Of a JPEG: about 80 kB for a photograph of that size.
QUALITY: Final = 80


class BrokenPicture(Failure):
    """A picture that cannot be shown: one line for whoever chose it."""


def picture_in(path: Path, alt: str) -> Image:
    """The office's own picture in a file, made small. Raises BrokenPicture, naming the file."""
    try:
        with path.open("rb") as file:
            body = file.read(OUR_PICTURE + 1)
    except OSError as error:
        raise BrokenPicture(
            "{path}: the picture cannot be read ({reason})", path=path, reason=error.strerror
        ) from None
    if len(body) > OUR_PICTURE:
        raise BrokenPicture("{path}: the picture is too large: make it smaller", path=path)
    try:
        return shrunk(body, alt)
    except ValueError as error:
        raise BrokenPicture("{path}: {reason}", path=path, reason=error) from None


def shrunk(body: bytes, alt: str, *, source: str | None = None) -> Image:
    """The picture in these bytes, turned upright and made small.

    Raises ValueError, in words, for what is no picture of a known kind, broken, or too many dots.
    """
    try:
        with Photo.open(io.BytesIO(body), formats=KINDS) as opened:
            if opened.width * opened.height > PICTURE_DOTS:
                raise ValueError("the picture has too many dots: make it smaller")
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _written(upright, alt, source)
    except (UnidentifiedImageError, OSError, SyntaxError, Photo.DecompressionBombError):
        words = "cannot be read as a picture: save it again as PNG or JPEG"
        raise ValueError(words) from None


def _written(photo: Photo.Image, alt: str, source: str | None) -> Image:
    """On white where it is transparent; nothing but its dots is kept."""
    seen = photo.convert("RGBA")
    paper = Photo.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Image(
        body=out.getvalue(), width=paper.width, height=paper.height, alt=alt, source=source
    )
