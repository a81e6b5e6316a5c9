"""Charts of a report as SVG text: pure functions of the report, no script, no network.

    days(report, "sq")                         pieces a day, by outlet, around the event
    outlets(report, "sq", width=NARROW)        pieces by outlet, copies apart
    spread(report.texts[0], "sq")              when the copies of one text came
    tiles(report, "sq")                        one sign for every outlet of the denominator
    gauge(row)                                 what an outlet lists, what was read, what matched

Lengths are pixels of the drawing. Every chart is drawn at two widths because letters that
shrink with a picture cannot be read on a telephone. Colours come in as a `Palette`: names of
CSS properties on a page that knows light and dark, plain colours for a picture file. Copies
are framed, outcomes have a sign: nothing is told by colour alone.
"""

from __future__ import annotations

from reports.charts.completeness import gauge, mark, sign_of, tiles
from reports.charts.days import days, days_title
from reports.charts.outlets import outlets, outlets_title
from reports.charts.spread import spread, spread_title
from reports.charts.strokes import NARROW, PAGE, PRINT, WIDE, Palette
from reports.charts.tones import tones, tones_title

__all__ = [
    "NARROW",
    "PAGE",
    "PRINT",
    "WIDE",
    "Palette",
    "days",
    "days_title",
    "gauge",
    "mark",
    "outlets",
    "outlets_title",
    "sign_of",
    "spread",
    "spread_title",
    "tiles",
    "tones",
    "tones_title",
]
