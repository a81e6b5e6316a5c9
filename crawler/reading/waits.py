"""How long a server asks us to wait: the Retry-After header (RFC 9110, 10.2.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

# Digits that ASCII has: Python's own word for a digit also knows "²", which is no number.
_SECONDS: Final = re.compile("[0-9]+")
# More digits are a year and longer, whatever follows.
_TELLING: Final = 9


def asked_wait(header: str, now: datetime) -> float | None:
    """Seconds from `now` (aware), never below 0; None for what is neither a number nor a date.

    A date without a zone is UTC, as HTTP's dates are.
    """
    told = header.strip()
    if _SECONDS.fullmatch(told):
        return float(told[:_TELLING])
    try:
        then = parsedate_to_datetime(told)
        aware = then if then.tzinfo else then.replace(tzinfo=UTC)
        return max(0.0, (aware - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None
