"""The office's colour, and ink that can be read on it (WCAG 2.2, contrast of 4.5 to 1)."""

from __future__ import annotations

import re
from typing import Final

# Where the office gave no colour: a dark blue that prints well.
OURS: Final = "#1f3a5f"
_HEX: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def colour(given: str | None) -> str:
    """`#rrggbb`; ours where none, or none that is one, was given."""
    if given is None or not _HEX.fullmatch(given):
        return OURS
    digits = given[1:] if len(given) == len("#rrggbb") else "".join(2 * one for one in given[1:])
    return f"#{digits.lower()}"


def readable(given: str | None) -> tuple[str, str]:
    """Ink and paint of a heading: white on the office's colour, or black where that is light."""
    paint = colour(given)
    return ("#ffffff" if luminance(paint) < 0.18 else "#000000"), paint  # noqa: PLR2004 - where both inks have the same contrast


def on_paper(given: str | None) -> str:
    """The office's colour as ink on white paper: ours where theirs is too light to be read."""
    asked = colour(given)
    return asked if (1.05 / (luminance(asked) + 0.05)) >= 4.5 else OURS  # noqa: PLR2004 - WCAG


def luminance(paint: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    parts = (int(paint[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
