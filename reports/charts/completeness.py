"""How far each outlet was checked: a sign and a colour for every outcome, a gauge for a row."""

from __future__ import annotations

from html import escape
from typing import Final

from crawler.models import Language, Outcome
from reports.charts.strokes import PAGE, WIDE, Palette, box, number, svg
from reports.formats.plain import plain
from reports.models import Completeness, Report
from reports.sentences import outcome

# A sign for every outcome, drawn in a square of 16.
SIGNS: Final = {
    "complete": '<path d="M3.5 8.5l3 3 6-7"/>',
    "partial": '<circle cx="8" cy="8" r="5"/><path d="M8 3a5 5 0 0 1 0 10z" class="solid"/>',
    "checked-by-hand": '<path d="M3.5 12.5l1-3 6-6 2 2-6 6z"/>',
    "closed": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "none": '<path d="M4 8h8"/>',
}


def sign_of(found: Outcome | None) -> str:
    """Which sign and colour an outcome has: a key of SIGNS."""
    if found is None:
        return "none"
    return found.value if found.value in SIGNS else "closed"


def colour_of(sign: str, colours: Palette) -> str:
    """The colour that goes with a sign."""
    known = {
        "complete": colours.good, "checked-by-hand": colours.good,
        "partial": colours.fair, "closed": colours.bad,
    }  # fmt: skip
    return known.get(sign, colours.muted)


def tiles(report: Report, language: Language, *, width: int = WIDE, colours: Palette = PAGE) -> str:
    """One square with a sign for every outlet, the best outcomes first."""
    order = tuple(SIGNS)
    rows = sorted(report.completeness, key=lambda row: order.index(sign_of(row.outcome)))
    size, gap = 22, 4
    across = max(1, (width + gap) // (size + gap))
    body = [
        _tile(row, (at % across) * (size + gap), (at // across) * (size + gap), colours, language)
        for at, row in enumerate(rows)
    ]
    wide = min(len(rows), across) * (size + gap) - gap
    told = "; ".join(f"{row.outlet_name}: {outcome(row, language)}" for row in rows)
    return svg(max(wide, size), -(-len(rows) // across) * (size + gap), told, body)


def _tile(row: Completeness, x: float, y: float, colours: Palette, language: Language) -> str:
    sign = sign_of(row.outcome)
    ink = colour_of(sign, colours)
    told = escape(plain(f"{row.outlet_name}: {outcome(row, language)}"))
    filled = sign == "complete"
    return (
        f'<g transform="translate({x} {y})" fill="none" stroke-width="1.8" '
        f'stroke-linecap="round" stroke-linejoin="round"><title>{told}</title>'
        f'<rect x="0.75" y="0.75" width="20.5" height="20.5" rx="5" '
        f'fill="{ink if filled else "none"}" stroke="{ink}" stroke-width="1.5"/>'
        f'<g transform="translate(3 3)" stroke="{colours.paper if filled else ink}">'
        f"{solid(sign, ink)}</g></g>"
    )


def solid(sign: str, ink: str) -> str:
    return SIGNS[sign].replace('class="solid"', f'fill="{ink}" stroke="none"')


def mark(found: Outcome | None, *, colours: Palette = PAGE) -> str:
    """The sign of an outcome, to stand before its word."""
    sign = sign_of(found)
    ink = colour_of(sign, colours)
    return (
        f'<svg class="sign" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" '
        f'fill="none" stroke="{ink}" stroke-width="1.9" stroke-linecap="round" '
        f'stroke-linejoin="round">{solid(sign, ink)}</svg>'
    )


def gauge(row: Completeness, *, width: int = 120, colours: Palette = PAGE) -> str:
    """A track as long as what the outlet lists, filled by what was read, marked by what matched."""
    if row.outcome is None or not (row.listed or row.read):
        return ""
    whole = max(row.listed or row.read, row.read, 1)
    # what a person brought was not read: it is told beside the gauge
    ours = max(row.matched - row.by_hand, 0)
    read, matched = width * row.read / whole, width * min(ours, whole) / whole
    edge = "" if row.listed is not None else ' stroke-dasharray="3 3"'
    body = (
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="7" rx="2" fill="none" '
        f'stroke="{colours.muted}"{edge}/>'
        f'<rect x="0" y="0" width="{number(read)}" height="8" rx="2" fill="{colours.soft}"/>'
    )
    if ours:
        body += box(0, 0, max(matched, 3), 8, colours.accent)
    return (
        f'<svg class="gauge" viewBox="0 0 {width} 8" width="{width}" height="8" '
        f'aria-hidden="true">{body}</svg>'
    )
