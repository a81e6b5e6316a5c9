"""Pieces by outlet: first or only texts, then copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from crawler.models import Language
from reports.charts.strokes import (
    PAGE,
    WIDE,
    Palette,
    box,
    copy_box,
    fit,
    margin,
    ranked,
    svg,
    word,
)
from reports.models import Report
from reports.sentences import names
from reports.words import say

# From one bar to the next.
PITCH: Final = 25


def outlets_title(report: Report, language: Language) -> str:
    """Who published most, in a sentence."""
    rows = ranked(report.pieces)
    counted = Counter(piece.outlet for piece in report.pieces)
    most = max(counted.values(), default=0)
    leading = [name for slug, name in rows if slug and counted[slug] == most]
    if most < 2 or len(leading) > 3:  # noqa: PLR2004 - a list of four says nothing
        return say("chart_outlets", language)
    return say("chart_most", language, names=names(leading, language), n=most)


def outlets(
    report: Report, language: Language, *, width: int = WIDE, colours: Palette = PAGE
) -> str:
    """A bar for each outlet: first or only texts, then copies."""
    rows = ranked(report.pieces)
    total = Counter(piece.outlet for piece in report.pieces)
    copies = Counter(p.outlet for p in report.pieces if p.copy_of is not None)
    left = margin(width)
    unit = (width - left - 40) / max([total[slug] for slug, _ in rows] + [1])
    body: list[str] = []
    for at, (slug, name) in enumerate(rows):
        y = PITCH * at
        if not slug:
            body.append(word(left, y + 16, _rest(total, rows, language), colours.muted))
            continue
        body.append(word(left - 8, y + 16, fit(name, left - 10), colours.ink, anchor="end"))
        body += _bar(left, y, total[slug] * unit, copies[slug] * unit, colours)
        x = left + total[slug] * unit + 7
        body.append(word(x, y + 16, str(total[slug]), colours.ink, bold=True))
    told = f"{say('chart_outlets', language)}. {outlets_title(report, language)}."
    return svg(width, PITCH * len(rows) + 4, told, body)


def _bar(x: float, y: float, whole: float, copied: float, colours: Palette) -> Iterator[str]:
    if own := whole - copied:
        yield box(x, y + 4, own, 16, colours.accent)
    if copied:
        yield copy_box(x + own, y + 4, copied, 16, colours)


def _rest(total: Counter[str], rows: Sequence[tuple[str, str]], language: Language) -> str:
    """`3 more: 4 pieces`."""
    shown = {slug for slug, _ in rows}
    others = [slug for slug in total if slug not in shown]
    pieces = say("pieces", language, n=sum(total[slug] for slug in others))
    return f"{say('chart_more', language, n=len(others))}: {pieces}"
