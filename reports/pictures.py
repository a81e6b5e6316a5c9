"""A picture that goes into a report: bytes that we made ourselves, with words and a source."""

from __future__ import annotations

import base64
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture, small and re-encoded."""

    # JPEG
    body: bytes
    # pixels
    width: int
    height: int
    # for those who do not see it
    alt: str
    # whose it is, where it is not the office's: "gazeta.example"
    source: str | None = None

    @property
    def data_uri(self) -> str:
        """The picture as an address that needs no network."""
        return f"data:image/jpeg;base64,{base64.b64encode(self.body).decode()}"
