"""Foreign words made fit for any paper: one line, no sign that a program would obey."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import quote, urlsplit

# A headline longer than this is not one; the address leads to the rest.
LONGEST: Final = 300

# Invisible signs that carry no letter go; the joiners of Arabic script and of emoji stay.
_JOINERS: Final = "\u200c\u200d"
_INVISIBLE: Final = ("Cc", "Cf", "Cs")
# Most text is plain: one look instead of one for each letter.
_PLAIN: Final = re.compile(r"[ !-~\u00a1-\u00ac\u00ae-\u024f‐-‟…]*")


def plain(text: str, longest: int | None = None) -> str:
    """`text` on one line without control, format, surrogate or no-character signs.

    Cut to `longest` letters with an ellipsis, where that is given.
    """
    shown = " ".join(text.split())
    if not _PLAIN.fullmatch(shown):
        shown = " ".join("".join(filter(visible, shown)).split())
    if longest is not None and len(shown) > longest:
        return shown[:longest].rstrip() + "…"
    return shown


def visible(letter: str) -> bool:
    """Whether a letter may stand in a paper: no control, no order of reading, half of a pair."""
    if letter in _JOINERS:
        return True
    return unicodedata.category(letter) not in _INVISIBLE and ord(letter) & 0xFFFE != 0xFFFE  # noqa: PLR2004 - U+nFFFE and U+nFFFF are no characters


def web_address(url: str) -> str | None:
    """`url` fit to stand in a link; None for other schemes and for nonsense."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    written = url.strip().encode("utf-8", "replace").decode()
    return quote(written, safe="%/:?#@!$&'*+,;=~-._")


# Left-to-right mark: what stands behind words read from the right is set behind them, not in them.
LEFT: Final = "\u200e"


def turned(text: str) -> str:
    """What has to stand behind `text` so that the digits that follow are not drawn into it."""
    return LEFT if any(unicodedata.bidirectional(one) in ("R", "AL") for one in text) else ""


def capital(text: str) -> str:
    """`text` as a heading begins."""
    return text[:1].upper() + text[1:]


def right_to_left(text: str) -> bool:
    """Whether a line is read from the right: its first letter decides (Unicode annex 9, P2)."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False
