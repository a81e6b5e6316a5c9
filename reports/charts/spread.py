"""One text over time: the first at zero, every copy at its lag."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log1p
from statistics import median_low
from typing import Final

from crawler.models import Language
from reports.charts.strokes import PAGE, ROWS, WIDE, Palette, dot, fit, margin, rule, svg, word
from reports.models import Piece, Text
from reports.sentences import lag
from reports.words import say

# Ticks of the axis of lags, minutes.
TICKS: Final = (0, 15, 60, 180, 720, 1440, 4320, 10080, 43200)


def spread_title(text: Text, language: Language) -> str:
    """How far and how fast a text went, in a sentence."""
    others = {piece.outlet for piece in text.copies} - {text.first.outlet}
    told = say("chart_spread", language, n=len(others))
    lags = [piece.lag_minutes for piece in text.copies if piece.lag_minutes is not None]
    if len(lags) < 3:  # noqa: PLR2004 - half of two is one
        return told
    return f"{told}, {say('chart_half', language, lag=lag(median_low(lags), language))}"


def spread(text: Text, language: Language, *, width: int = WIDE, colours: Palette = PAGE) -> str:
    """The first at zero, every copy at its lag; the axis is stretched towards the beginning."""
    shown = text.pieces[:ROWS]
    left, right, pitch, top = margin(width), 96, 22, 24
    longest = max([piece.lag_minutes or 0 for piece in text.pieces] + [15])
    scale = _Stretched(left=left + 6, width=width - left - right - 6, longest=longest)
    height = top + pitch * (len(shown) + (len(shown) < len(text.pieces))) + 6
    body = [*_axis_of_lags(scale, height, colours, language)]
    for at, piece in enumerate(shown):
        body += _lollipop(piece, scale, top + pitch * at + 11, colours, language, first=not at)
    if hidden := len(text.pieces) - len(shown):
        more = say("chart_more", language, n=hidden)
        body.append(word(left - 8, height - 8, more, colours.muted, anchor="end"))
    told = f"{spread_title(text, language)}: {text.first.shown}"
    return svg(width, height, told, body)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretched:
    left: float
    # where zero stands
    width: float
    # up to the longest
    longest: int
    # minutes

    def x(self, minutes: int) -> float:
        return self.left + self.width * log1p(minutes / 20) / log1p(self.longest / 20)


def _axis_of_lags(
    scale: _Stretched, height: float, colours: Palette, language: Language
) -> Iterator[str]:
    last = -100.0
    for tick in TICKS:
        if tick > scale.longest or (x := scale.x(tick)) - last < 48:  # noqa: PLR2004 - a word's room
            continue
        last = x
        yield rule(x, 18, x, height, colours.line)
        told = lag(tick, language) if tick else "0"
        yield word(x, 12, told, colours.muted, anchor="middle", size=11)


def _lollipop(
    piece: Piece, scale: _Stretched, y: float, colours: Palette, language: Language, *, first: bool
) -> Iterator[str]:
    yield word(scale.left - 14, y + 4, fit(piece.outlet_name, scale.left - 16), colours.ink,
                anchor="end", bold=first)  # fmt: skip
    if piece.lag_minutes is None and not first:
        yield word(scale.left, y + 4, say("chart_no_lag", language), colours.muted, size=11)
        return
    x = scale.x(max(piece.lag_minutes or 0, 0))
    if not first:
        yield rule(scale.left, y, x, y, colours.soft, thick=2)
    yield dot(x, y, 6 if first else 4.5, colours.accent)
    told = say("first", language) if first else f"+{lag(piece.lag_minutes or 0, language)}"
    yield word(x + 10, y + 4, told, colours.ink if first else colours.muted, size=11, bold=first)
