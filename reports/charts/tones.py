"""The tones that people gave, in three bars; what nobody judged is in none of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crawler.models import Language
from reports.charts.strokes import PAGE, WIDE, Palette, box, margin, svg, word
from reports.words import say

# From one bar to the next.
PITCH: Final = 25


def tones_title(tones: Mapping[str, int], pieces: int, language: Language) -> str:
    """How many of the pieces a person judged."""
    return say("tones_judged", language, n=sum(tones.values()), total=pieces)


def tones(
    counted: Mapping[str, int],
    pieces: int,
    language: Language,
    *,
    width: int = WIDE,
    colours: Palette = PAGE,
) -> str:
    """A bar for each of the three, its name before it and its number behind."""
    inks = {"positive": colours.good, "neutral": colours.muted, "negative": colours.bad}
    left = margin(width)
    unit = (width - left - 40) / max(*counted.values(), 1)
    body: list[str] = []
    for at, (tone, ink) in enumerate(inks.items()):
        y, n = PITCH * at, counted.get(tone, 0)
        name = say(f"tone_{tone}", language)
        body.append(word(left - 8, y + 16, name, colours.ink, anchor="end"))
        if n:
            body.append(box(left, y + 4, n * unit, 16, ink))
        body.append(word(left + n * unit + 7, y + 16, str(n), colours.ink, bold=True))
    told = f"{say('tones', language)}. {tones_title(counted, pieces, language)}."
    return svg(width, PITCH * len(inks) + 4, told, body)
