"""A picture that goes into a report: opened, made small and written anew, so that no byte of the
file that somebody gave, and nothing that a camera wrote into it, goes along.
"""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Final

from PIL import Image as Photo
from PIL import ImageOps, UnidentifiedImageError

from crawler.failure import Failure
from crawler.limits import COPY, OUR_PICTURE, PICTURE_DOTS, THEIR_DOTS
from reports.pictures import Image

# What is opened; whatever else Pillow could read is not tried.
KINDS: Final = ("JPEG", "PNG", "WEBP", "GIF")
# Pixels of the longer side: sharp across half a page.
LONGEST_SIDE: Final = 800
# The same of a copy of somebody else's: it stands small beside its piece.
COPY_SIDE: Final = 480
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


def shrunk(body: bytes, alt: str) -> Image:
    """The picture in these bytes, turned upright and made small.

    Raises ValueError, in words, for what is no picture of a known kind, broken, or too many dots.
    """
    found = _small(body, LONGEST_SIDE, PICTURE_DOTS)
    if found is None:
        raise ValueError("cannot be read as a picture: save it again as PNG or JPEG")
    return _written(found, alt)


def copy_of(body: bytes) -> bytes:
    """A picture of somebody else's, as a small JPEG; held to fewer dots than our own.

    Raises ValueError, in words, as `shrunk` does.
    """
    found = _small(body, COPY_SIDE, THEIR_DOTS)
    if found is None:
        raise ValueError("it is no picture that we know (JPEG, PNG, WebP, GIF)")
    return _written(found, "").body


def kept_copy(path: Path, alt: str, source: str) -> Image | None:
    """A copy that `copy_of` made, from its file; None where there is none, or it is no such one."""
    try:
        with path.open("rb") as file:
            body = file.read(COPY + 1)
        with Photo.open(io.BytesIO(body), formats=("JPEG",)) as opened:
            width, height = opened.size
    except (OSError, SyntaxError, Photo.DecompressionBombError):
        return None
    if len(body) > COPY or max(width, height) > COPY_SIDE:
        return None
    return Image(body=body, width=width, height=height, alt=alt, source=source)


def _small(body: bytes, side: int, dots: int) -> Photo.Image | None:
    """Upright and small; None for what cannot be read. Raises ValueError for too many dots."""
    with warnings.catch_warnings():
        # dots are counted here, before anything is unpacked
        warnings.simplefilter("ignore", Photo.DecompressionBombWarning)
        try:
            with Photo.open(io.BytesIO(body), formats=KINDS) as opened:
                if opened.width * opened.height > dots:
                    raise ValueError("the picture has too many dots: make it smaller")
                # a JPEG is unpacked no larger than is needed
                opened.draft("RGB", (2 * side, 2 * side))
                upright = ImageOps.exif_transpose(opened)
                upright.thumbnail((side, side))
                return upright
        except (UnidentifiedImageError, OSError, SyntaxError, Photo.DecompressionBombError):
            return None


def _written(photo: Photo.Image, alt: str) -> Image:
    """On white where it is transparent; nothing but its dots is kept."""
    seen = photo.convert("RGBA")
    paper = Photo.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Image(body=out.getvalue(), width=paper.width, height=paper.height, alt=alt)
