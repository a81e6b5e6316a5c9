"""What is asked of a desk and what it answers: two small nouns, no sockets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

HTML: Final = "text/html; charset=UTF-8"
JSON: Final = "application/json; charset=UTF-8"

Header = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request to a desk."""

    target: str
    # as sent: "/feed/?paged=2"
    at: datetime
    # aware, by the newsroom's clock
    method: str = "GET"
    # "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    # names in small letters

    @property
    def path(self) -> str:
        """The path, unquoted."""
        return unquote(urlsplit(self.target).path) or "/"

    @property
    def words(self) -> dict[str, str]:
        """The query by name, the last one wins; `include[]=1&include[]=2` is `1,2`."""
        found: dict[str, str] = {}
        for name, value in parse_qsl(urlsplit(self.target).query, keep_blank_values=True):
            plain = name.removesuffix("[]")
            listed = plain != name and plain in found
            found[plain] = f"{found[plain]},{value}" if listed else value
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back: a body of bytes, or pieces of one that ends with the connection."""

    status: int
    # 200
    headers: tuple[Header, ...] = ()
    # without Date, Connection and Content-Length
    body: bytes | Iterable[bytes] = b""
    # whole, or in pieces
    wait: float = 0.0
    # seconds before the first byte
    cut: int | None = None
    # break the connection off after so many bytes of the body

    def but(self, **changes: Any) -> Answer:
        """The same answer with some fields changed."""
        return replace(self, **changes)


def page(status: int, markup: str, *more: Header, content_type: str = HTML) -> Answer:
    """An answer of text, in UTF-8."""
    headers = (("Content-Type", content_type), *more)
    return Answer(status=status, headers=headers, body=markup.encode())


def document(status: int, content: Any, *more: Header) -> Answer:
    """A JSON answer, escaped as PHP does it: `\\/` and `\\u00eb`."""
    text = json.dumps(content, separators=(",", ":")).replace("/", "\\/")
    return Answer(status=status, headers=(("Content-Type", JSON), *more), body=text.encode())


def moved(to: str, status: int = 301) -> Answer:
    """A redirect."""
    return Answer(status=status, headers=(("Location", to), ("Content-Type", HTML)))
