"""What an answer's headers say: what they count, by one strict reader, and what they prove."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from crawler.limits import KEPT_HEADER

# Digits as RFC 9110 has them (2.1: DIGIT is 0-9): "²" and "٤" are digits to Python, not here.
_DIGITS: Final = re.compile(r"[0-9]{1,15}")


PROVING: Final = (
    "date", "last-modified", "etag", "age", "expires", "cache-control", "content-type",
    "content-language", "content-encoding", "content-length", "content-location", "server", "via",
    "link", "x-wp-total", "x-wp-totalpages",
)  # fmt: skip
# When an answer was made, by whom, of what, and how many rows it counts. No cookie is kept.


def proving(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that are kept beside an answer's bytes; `headers` with names in small letters."""
    return {name: headers[name][:KEPT_HEADER] for name in PROVING if name in headers}


def count_of(said: str | None) -> int | None:
    """The whole number of a header, None where it says none.

    A header that was sent twice comes as "45, 45": it counts where both say the same.
    """
    parts = {part.strip() for part in (said or "").split(",")}
    only = parts.pop() if len(parts) == 1 else ""
    return int(only) if _DIGITS.fullmatch(only) else None
