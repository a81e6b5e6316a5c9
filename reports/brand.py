"""The office's logo, read once and believed only after a look at its first bytes."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crawler.failure import Failure
from crawler.models import Workspace

LARGEST: Final = 2_000_000
# bytes; a logo rides inside every report and mail
_SIGNS: Final = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
# PNG and JPEG: what paper, mail and browsers all show; SVG may carry scripts


class BrokenLogo(Failure):
    """A logo that cannot be used: one line for the person who declared it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """An image to stand at the head of a paper."""

    body: bytes
    # the file as it is
    media_type: str
    # "image/png"

    @property
    def data_uri(self) -> str:
        """The image as an address that needs no network."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.body).decode()}"


def logo_of(desk: Workspace) -> Logo | None:
    """The logo that jehona.toml names; None where it names none.

    Raises BrokenLogo for a file that is missing, too large or neither PNG nor JPEG.
    """
    if not desk.brand.logo:
        return None
    path = desk.root / desk.brand.logo
    try:
        return logo_in(_read(path))
    except BrokenLogo as broken:
        raise BrokenLogo("{path}: {broken}", path=path, broken=broken) from None


def logo_in(body: bytes) -> Logo:
    """The logo in these bytes. Raises BrokenLogo where they are no PNG or JPEG."""
    for sign, media_type in _SIGNS:
        if body.startswith(sign):
            return Logo(body=body, media_type=media_type)
    raise BrokenLogo("the logo is neither PNG nor JPEG: save it as one of them")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(LARGEST + 1)
    except OSError as error:
        raise BrokenLogo(
            "the logo cannot be read ({reason}): check [brand] logo in jehona.toml",
            reason=error.strerror,
        ) from None
    if len(body) > LARGEST:
        raise BrokenLogo(
            "the logo is larger than {largest} MB: make it less", largest=LARGEST // 1_000_000
        )
    return body
