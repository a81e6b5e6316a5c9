"""Pictures and videos in their places in a post, before anybody knows their address on a site."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from reports.publishing.gutenberg import image, video

# where a picture or a video goes; no comment of a block, so that nothing takes it for one
_TOKEN: Final = re.compile(r"<!-- jehona:inset (\d{1,4}) -->")
# hexadecimal digits of a file's digest: the same file goes up once, whatever post it stands in
_DIGITS: Final = 12
_NAMED: Final = 40
# characters of a file's own name in its name on the site
ENDINGS: Final = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "video/quicktime": "mov",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "video/ogg": "ogv",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inset:
    """A picture or a video of ours that stands somewhere in a post."""

    # as people know it: "fair.jpg"
    name: str
    body: bytes
    # "image/jpeg"
    media_type: str
    # for who does not see it; may be empty
    alt: str = ""
    # under it
    caption: str | None = None

    @property
    def digest(self) -> str:
        """Of the file and what is said of it."""
        told = "\0".join((self.media_type, self.alt, self.caption or ""))
        return hashlib.sha256(self.body + b"\0" + told.encode()).hexdigest()

    @property
    def slug(self) -> str:
        """By which a site finds the file again: "jehona-fair-1f0c9a2b44d1"."""
        stem = re.sub(r"[^a-z0-9]+", "-", PurePosixPath(self.name).stem.lower())[:_NAMED]
        file = hashlib.sha256(self.body).hexdigest()[:_DIGITS]
        return "-".join(part for part in ("jehona", stem.strip("-"), file) if part)

    @property
    def file(self) -> str:
        """Its name on the way to a site."""
        return f"{self.slug}.{ENDINGS[self.media_type]}"

    def block(self, placed: Placed | None) -> str:
        """Its block; without a place an empty one that an editor fills by hand."""
        number, url = (placed.number, placed.url) if placed else (None, None)
        if self.media_type.startswith("video/"):
            return video(number, url, self.caption)
        return image(number, url, self.alt, self.caption)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a file lies on a site."""

    # the site's id
    number: int
    url: str


def token(number: int) -> str:
    """What stands in blocks where the inset of this number goes."""
    return f"<!-- jehona:inset {number} -->"


def empty(blocks: str, insets: Sequence[Inset]) -> str:
    """The blocks with every inset's words and no file: as they are read."""
    return _TOKEN.sub(lambda found: insets[int(found[1])].block(None), blocks)


def filled(blocks: str, insets: Sequence[Inset], placed: Sequence[Placed | None]) -> str:
    """The blocks with each inset that has a place; without those that have none."""

    def block(found: re.Match[str]) -> str:
        at = int(found[1])
        where = placed[at]
        return insets[at].block(where) if where else ""

    return re.sub(r"\n{3,}", "\n\n", _TOKEN.sub(block, blocks)).strip()
