"""Sides of a comparison as bars, each with how many of its outlets were checked below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from crawler.models import Language
from reports.charts.strokes import PAGE, WIDE, Palette, box, fit, margin, svg, word
from reports.comparison import Side
from reports.formats.plain import plain
from reports.words import say

# From one side to the next, and the two bars of each.
PITCH: Final = 46
BAR: Final = 18
GAUGE: Final = 5
# Of the room of the bars, what the track of outlets takes: all of them are as long.
TRACK: Final = 0.45


def comparison(
    sides: Sequence[Side], language: Language, *, width: int = WIDE, colours: Palette = PAGE
) -> str:
    """Pieces of each side; the thin track below is all its outlets, filled by those checked."""
    most = max([side.pieces for side in sides] + [1])
    left = margin(width)
    rows = _Rows(left=left, room=width - left - 40, most=most, colours=colours)
    body = [part for at, side in enumerate(sides) for part in rows.drawn(side, at, language)]
    told = "; ".join(
        f"{side.name}: {say('pieces', language, n=side.pieces)}, {checked_told(side, language)}"
        for side in sides
    )
    return svg(width, PITCH * len(sides), told, body)


def checked_told(side: Side, language: Language) -> str:
    """`6 of 8 outlets checked completely; 1 checked by hand`."""
    checked = side.checked
    told = say("complete_of", language, n=checked.complete, total=checked.outlets)
    if checked.by_hand:
        told += f"; {say('sure_by_hand', language, n=checked.by_hand)}"
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    # pixels before the bars, and for them
    left: float
    room: float
    # pieces of the longest
    most: int
    colours: Palette

    def drawn(self, side: Side, at: int, language: Language) -> Iterator[str]:
        """The side in its place: the name, the bar of pieces, the track of outlets."""
        y, left, ink = PITCH * at, self.left, self.colours
        long = side.pieces * self.room / self.most
        yield word(left - 8, y + 16, fit(plain(side.name), left - 10), ink.ink, anchor="end")
        if side.pieces:
            yield box(left, y + 3, long, BAR, ink.accent)
        yield word(left + long + 7, y + 17, str(side.pieces), ink.ink, bold=True)
        if side.checked.outlets:
            yield from self._track(side, y, language)

    def _track(self, side: Side, y: float, language: Language) -> Iterator[str]:
        checked, track, ink = side.checked, self.room * TRACK, self.colours
        sure = checked.complete + checked.by_hand
        yield box(self.left, y + 27, track, GAUGE, ink.line, round_by=2)
        if sure:
            yield box(
                self.left, y + 27, track * sure / checked.outlets, GAUGE, ink.good, round_by=2
            )
        outlets = say("card_outlets", language, n=checked.outlets)
        told = f"{sure}/{checked.outlets} {outlets}"
        yield word(self.left + track + 7, y + 33, told, ink.muted, size=11)
