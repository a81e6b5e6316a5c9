"""The chart that goes along: the report's columns of days as a PNG, with the same told in words.

Set by Typst with fonts of our own: the same picture on every machine. Whatever outlets
wrote stays out of it; what it shows goes in as data, never as markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import typst

from crawler.models import Language
from reports.charts.days import Bins, bins_of, columns_alone, placed
from reports.formats.colours import palettes
from reports.models import Report
from reports.publishing.post import Picture
from reports.sentences import names
from reports.words import day, say

FEWEST: Final = 2
# columns with pieces; one tells nothing
FONTS: Final = Path(__file__).resolve().parents[1] / "fonts"
# Noto Sans, which papers are set in too
SHARPNESS: Final = 144.0
# pixels an inch: twice what screens need
MOST_TOLD: Final = 8
# columns whose numbers the words repeat one by one

PAGE: Final = """
#set page(width: 720pt, height: auto, margin: (x: 24pt, y: 22pt), fill: white)
#set text(font: "Noto Sans", size: 19pt, weight: "bold", fill: rgb("#1c1c1c"))
#sys.inputs.title
#image(bytes(sys.inputs.drawing), format: "svg", width: 100%)
"""


def chart(report: Report, language: Language, colour: str | None) -> Picture | None:
    """Pieces a day, or a week where the window is long; None where there is nothing to compare.

    `colour` is the office's, "#7a1f2b".
    """
    bins, counted = bins_of(report), Counter(place for _, place in placed(report))
    if len(counted) < FEWEST:
        return None
    what = say("post_chart_days" if bins.step == 1 else "post_chart_weeks", language)
    alt = _alt(what, bins, counted, report.event.title, language)
    light, _ = palettes(colour)
    drawing = columns_alone(report, language, told=alt, colours=light)
    return Picture(png=_png(what, drawing), alt=alt)


def _alt(what: str, bins: Bins, counted: Mapping[int, int], title: str, language: Language) -> str:
    """The numbers in words, for who does not see the picture; of many only the highest."""
    key, told = "post_chart_alt", sorted(counted)
    if len(told) > MOST_TOLD:
        key, told = (
            "post_chart_alt_top",
            sorted(told, key=lambda place: (-counted[place], place))[:3],
        )
    spoken = [f"{_named(bins, place, language)} ({counted[place]})" for place in told]
    first, last = (day(bins.begin(at), language, year=False) for at in (0, bins.number - 1))
    bars = names(spoken, language)
    return say(key, language, what=what, title=title, bars=bars, first=first, last=last)


def _named(bins: Bins, place: int, language: Language) -> str:
    begin = day(bins.begin(place), language, year=False)
    return begin if bins.step == 1 else say("post_chart_week_of", language, day=begin)


def _png(title: str, drawing: str) -> bytes:
    drawn = typst.compile(
        PAGE.encode(),
        format="png",
        ppi=SHARPNESS,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)]),
        sys_inputs={"title": title, "drawing": drawing},
    )
    assert isinstance(drawn, bytes)
    return drawn
