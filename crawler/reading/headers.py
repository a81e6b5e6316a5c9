"""What an answer's headers count: how many rows, how many pages. One strict reader."""

from __future__ import annotations

import re
from typing import Final

# Digits as RFC 9110 has them (2.1: DIGIT is 0-9): "²" and "٤" are digits to Python, not here.
_DIGITS: Final = re.compile(r"[0-9]{1,15}")


def count_of(said: str | None) -> int | None:
    """The whole number of a header, None where it says none.

    A header that was sent twice comes as "45, 45": it counts where both say the same.
    """
    parts = {part.strip() for part in (said or "").split(",")}
    only = parts.pop() if len(parts) == 1 else ""
    return int(only) if _DIGITS.fullmatch(only) else None
