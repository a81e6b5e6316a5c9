"""The brand's one colour, such that it can be read: on light paper, on dark, under a heading.

Contrast is WCAG 2.2's (relative luminance, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio);
4.5 to 1 is what level AA asks of small words. A brand in pale yellow still gives links that
can be read: its colour is made darker, on dark paper lighter, until it does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from colorsys import hls_to_rgb, rgb_to_hls
from typing import Final

from reports.charts import Palette

OURS: Final = "#8c2f39"
# where the workspace names no colour, or none that is one
READABLE: Final = 4.6
# a little above the 4.5 of level AA, for rounding

Rgb = tuple[float, float, float]
WHITE: Final = (255.0, 255.0, 255.0)
SOFT: Final = 0.70
BAND: Final = 0.92
# how much paper is in the colour of copies, and in that behind the day of the event
HEATS: Final = (1.0, 0.9, 0.8, 0.7, 0.58)
# the same for each step of warmth; `report.css` has them too
STEPS: Final = 40
EVEN: Final = 0.18
# luminance at which white and black ink have the same contrast
_COLOUR: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)

LIGHT: Final = {"good": "#1a6b3c", "fair": "#8a5a00", "bad": "#a3262a"}
DARK: Final = {"good": "#62c48b", "fair": "#e0ae4a", "bad": "#f0837f"}


def colour(given: str | None) -> str:
    """`#rrggbb`; ours where none, or none that is one, was given."""
    return _written(_read(given)) if given and _COLOUR.fullmatch(given) else OURS


def readable(given: str | None) -> tuple[str, str]:
    """Ink and paint of a heading: white on the office's colour, or black where that is light."""
    paint = colour(given)
    return ("#ffffff" if luminance(paint) < EVEN else "#000000"), paint


def on_paper(given: str | None) -> str:
    """The office's colour as ink on white paper, made darker where it could not be read."""
    return _written(_readable(_read(colour(given)), WHITE))


def palettes(brand: str | None) -> tuple[Palette, Palette]:
    """Light and dark from "#7a1f2b" or "#abc". Raises ValueError for anything else."""
    own = _read(brand or OURS)
    light = _palette(
        own, paper="#ffffff", ink="#1a1b1e", muted="#5d6068", line="#dcdde1", signs=LIGHT
    )
    dark = _palette(
        own, paper="#15171b", ink="#e9e9ec", muted="#a2a6af", line="#34373e", signs=DARK
    )
    return light, dark


def heats(brand: str | None) -> tuple[str, ...]:
    """Grounds on white paper, none to warmest, of the office's colour; black is read on each."""
    accent = _read(on_paper(brand))
    return tuple(_written(_mixed(accent, WHITE, paper)) for paper in HEATS)


def contrast(one: str, other: str) -> float:
    """How well one colour is read on another: 1 (not at all) to 21."""
    return _contrast(_read(one), _read(other))


def luminance(paint: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    return _luminance(_read(paint))


def _palette(
    own: Rgb, *, paper: str, ink: str, muted: str, line: str, signs: Mapping[str, str]
) -> Palette:
    ground = _read(paper)
    accent = _readable(own, ground)
    return Palette(
        ink=ink, muted=muted, line=line, paper=paper,
        accent=_written(accent), soft=_written(_mixed(accent, ground, SOFT)),
        band=_written(_mixed(accent, ground, BAND)),
        good=signs["good"], fair=signs["fair"], bad=signs["bad"],
    )  # fmt: skip


def _readable(own: Rgb, ground: Rgb) -> Rgb:
    """The nearest lightness of the same hue that can be read, on the event's band too."""
    hue, lightness, saturation = rgb_to_hls(*(part / 255 for part in own))
    goal = 0.0 if _luminance(ground) > 0.5 else 1.0  # noqa: PLR2004 - light or dark paper
    for step in range(STEPS + 1):
        share = step / STEPS
        moved = _of_hls(hue, lightness + (goal - lightness) * share, saturation)
        if _contrast(moved, _mixed(moved, ground, BAND)) >= READABLE:
            return moved
    return _of_hls(hue, goal, saturation)


def _of_hls(hue: float, lightness: float, saturation: float) -> Rgb:
    red, green, blue = (255 * part for part in hls_to_rgb(hue, lightness, saturation))
    return red, green, blue


def _contrast(one: Rgb, other: Rgb) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004


def _mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def _read(colour: str) -> Rgb:
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f'a colour is written "#7a1f2b", not {colour[:20]!r}')
    digits = colour[1:] if len(colour) > 4 else "".join(2 * digit for digit in colour[1:])  # noqa: PLR2004
    red, green, blue = (float(int(digits[at : at + 2], 16)) for at in (0, 2, 4))
    return red, green, blue


def _written(colour: Rgb) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in colour)
