"""What outlets and people wrote, fit to be shown: visible letters on one line."""

from __future__ import annotations

import unicodedata
from typing import Final

# A headline longer than this is not one.
LONGEST: Final = 300
# Invisible signs that carry no letter; the joiners of Arabic script stay.
_JOINERS: Final = "\u200c\u200d"


def plain(text: str, longest: int = LONGEST) -> str:
    """`text` on one line, without control signs and halves of letters, cut at the end."""
    shown = " ".join(text.split())
    if not shown.isprintable():
        shown = "".join(letter for letter in shown if _visible(letter))
    return shown if len(shown) <= longest else shown[:longest].rstrip() + "…"


def _visible(letter: str) -> bool:
    return letter in _JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
