"""Addresses fit to stand in a link."""

from __future__ import annotations

from urllib.parse import quote, urlsplit


def web_address(url: str) -> str | None:
    """`url` fit to stand in a link; None for other schemes and for nonsense."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return quote(url.strip(), safe="%/:?#@!$&'*+,;=~-._")
