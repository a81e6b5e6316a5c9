"""Pieces by outlet: first or only texts, then copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

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
from reports.nouns import Report
from reports.sentences import names
from reports.words import say


def outlets_title(report: Report, language: Language) -> str:
    """Who published most, in a sentence."""
    counted = Counter(piece.outlet_name for piece in report.pieces)
    if not counted:
        return say("chart_outlets", language)
    most = max(counted.values())
    leading = sorted(name for name, count in counted.items() if count == most)
    if len(leading) > 3 or most == 1:  # noqa: PLR2004 - a list of four says nothing
        return say("chart_outlets", language)
    return say("chart_most", language, names=names(leading, language), n=most)


def outlets(
    report: Report, language: Language, *, width: int = WIDE, colours: Palette = PAGE
) -> str:
    """A bar for each outlet: first or only texts, then copies."""
    total = Counter(piece.outlet_name for piece in report.pieces)
    copies = Counter(p.outlet_name for p in report.pieces if p.copy_of is not None)
    rows = ranked(piece.outlet_name for piece in report.pieces)
    left, pitch = margin(width), 25
    most = max((total[name] for name in rows), default=1) or 1
    unit = (width - left - 40) / most
    body: list[str] = []
    for at, name in enumerate(rows):
        if not name:
            body.append(word(left, pitch * at + 16, _rest(total, rows, language), colours.muted))
            continue
        y, own = pitch * at, (total[name] - copies[name]) * unit
        body.append(word(left - 8, y + 16, fit(name, left - 10), colours.ink, anchor="end"))
        body.append(box(left, y + 4, own, 16, colours.accent) if own else "")
        if copies[name]:
            body.append(copy_box(left + own, y + 4, copies[name] * unit, 16, colours))
        x = left + total[name] * unit + 7
        body.append(word(x, y + 16, str(total[name]), colours.ink, bold=True))
    told = f"{say('chart_outlets', language)}. {outlets_title(report, language)}."
    return svg(width, pitch * len(rows) + 4, told, body)


def _rest(total: Counter[str], rows: Sequence[str], language: Language) -> str:
    """`3 more: 4 pieces`."""
    others = [name for name in total if name not in rows]
    pieces = say("pieces", language, n=sum(total[name] for name in others))
    return f"{say('chart_more', language, n=len(others))}: {pieces}"
