"""Pictures and videos of a workspace's `media/`: bounded, believed by their first bytes."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crawler.failure import Failure
from crawler.limits import OUR_PICTURE, OUR_VIDEO

# what a file begins with, at which place, and what it then is. No SVG: it may carry scripts
_SIGNS: Final = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"OggS", "video/ogg"),
)
# what the names of files end with, for each of them
ENDINGS: Final = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "video/quicktime": (".mov", ".mp4", ".m4v"),
    "video/mp4": (".mp4", ".m4v", ".mov"),
    "video/webm": (".webm",),
    "video/ogg": (".ogv",),
}


# the name of the chart among pictures, which no file of media/ has: it has no ending
CHART: Final = "chart"


class BrokenMedium(Failure):
    """A file of media/ that cannot be shown: one line for the person who named it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """A picture or a video of ours."""

    # its path in media/: "fair.jpg"
    name: str
    # the file as it is
    body: bytes
    # by its first bytes: "image/jpeg"
    media_type: str

    @property
    def is_picture(self) -> bool:
        """Whether it stands still."""
        return self.media_type.startswith("image/")

    @property
    def data_uri(self) -> str:
        """As an address that needs no network."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.body).decode()}"


def medium(folder: Path, name: str) -> Medium:
    """The file of this name in the workspace's media folder.

    Raises BrokenMedium for one that leads out of it, cannot be read, is too large, or is not what
    its name says.
    """
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise BrokenMedium(
            "{path}: leads out of {folder}: copy the file into it", path=path, folder=folder
        )
    try:
        with path.open("rb") as file:
            body = file.read(OUR_VIDEO + 1)
    except OSError as error:
        raise BrokenMedium(
            "{path}: cannot be read ({reason})", path=path, reason=error.strerror
        ) from None
    kind = kind_of(body)
    if kind is None or not name.lower().endswith(ENDINGS[kind]):
        told = f"it is {kind}" if kind else "it is no picture or video that we know"
        raise BrokenMedium("{path}: {told}: save it again as its name says", path=path, told=told)
    most = OUR_PICTURE if kind.startswith("image/") else OUR_VIDEO
    if len(body) > most:
        raise BrokenMedium(
            "{path}: larger than {most} MB: make it smaller", path=path, most=most // 1024**2
        )
    return Medium(name=name, body=body, media_type=kind)


def media(folder: Path, names: Sequence[str]) -> dict[str, Medium]:
    """Several, by name. Raises BrokenMedium."""
    return {name: medium(folder, name) for name in dict.fromkeys(names)}


def kind_of(body: bytes) -> str | None:
    """The media type by the first bytes; None for what we do not know."""
    found = (kind for at, sign, kind in _SIGNS if body.startswith(sign, at))
    return next(found, None)
