"""Which free font has the letters of a script, by Unicode's own names (pure)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

# First word of a letter's name -> the font as Google and the distributions name it, and the package
# of Debian that brings it. All are SIL Open Font License.
_CJK: Final = "Noto Sans CJK (Debian: fonts-noto-cjk)"
_EMOJI: Final = "Noto Emoji (Debian: fonts-noto-color-emoji)"
_CORE: Final = "Noto Sans (Debian: fonts-noto-core)"
FONTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO", "IDEOGRAPHIC"), _CJK),
    **dict.fromkeys(("FULLWIDTH", "HALFWIDTH", "KANGXI"), _CJK),
    "HEBREW": "Noto Sans Hebrew (Debian: fonts-noto-core)",
    "ARABIC": "Noto Naskh Arabic (Debian: fonts-noto-core)",
    "GEORGIAN": "Noto Sans Georgian (Debian: fonts-noto-core)",
    "ARMENIAN": "Noto Sans Armenian (Debian: fonts-noto-core)",
    "THAI": "Noto Sans Thai (Debian: fonts-noto-core)",
    "DEVANAGARI": "Noto Sans Devanagari (Debian: fonts-noto-core)",
}
# Emoji stand among symbols, most of them in these planes.
_EMOJI_FROM: Final = 0x1F000
_EMOJI_TO: Final = 0x1FBFF


def font_for(letter: str) -> str:
    """A font that has this letter: "Noto Sans CJK (Debian: fonts-noto-cjk)"."""
    if _EMOJI_FROM <= ord(letter) <= _EMOJI_TO:
        return _EMOJI
    script, _, _ = unicodedata.name(letter, "").partition(" ")
    return FONTS.get(script, _CORE)
