"""The strokes that charts are drawn with: SVG elements as text, every word escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final

from reports.formats.plain import plain
from reports.models import Piece

# What a drawing says to those who do not see it is at most this long.
LONG: Final = 4000
WIDE: Final = 560
NARROW: Final = 328
# Outlets with a row of their own; the others share one.
ROWS: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of a drawing, in any spelling of CSS."""

    ink: str
    # words
    muted: str
    # words beside the point
    line: str
    # hairlines
    accent: str
    # what counts
    soft: str
    # the same, weaker: copies
    band: str
    # behind the day of the event
    paper: str
    # behind everything
    good: str
    # checked completely
    fair: str
    # in part
    bad: str
    # not at all


PAGE: Final = Palette(
    ink="var(--ink)", muted="var(--muted)", line="var(--line)", accent="var(--accent)",
    soft="var(--soft)", band="var(--band)", paper="var(--paper)", good="var(--good)",
    fair="var(--fair)", bad="var(--bad)",
)  # fmt: skip
PRINT: Final = Palette(
    ink="#1b1b1f", muted="#5c5f66", line="#d9d9de", accent="#7a1f2b", soft="#d9b3b8",
    band="#f4ecec", paper="#ffffff", good="#1a6b3c", fair="#8a5a00", bad="#a3262a",
)  # fmt: skip


def svg(width: float, height: float, told: str, body: Iterable[str]) -> str:
    """The whole drawing; `told` is what it says to those who do not see it."""
    size = f'viewBox="0 0 {number(width)} {number(height)}" {_at(width=width, height=height)}'
    label = escape(plain(told, LONG))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{label}" '
        f'font-size="12" font-family="Noto Sans, Amiri, sans-serif">{"".join(body)}</svg>'
    )


def margin(width: int) -> int:
    """The room for the names of outlets."""
    return 142 if width > NARROW else 104


def fit(words: str, room: float, size: float = 12) -> str:
    """Words that fit into so many pixels, by the width of an average letter."""
    letters = max(3, int(room / (size * 0.56)))
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


def word(
    x: float,
    y: float,
    words: str,
    ink: str,
    *,
    anchor: str = "start",
    size: float = 12,
    bold: bool = False,
) -> str:
    """Words on their base line."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text {_at(x=x, y=y, font_size=size)} fill="{ink}" '
        f'text-anchor="{anchor}"{weight}>{escape(plain(words))}</text>'
    )


def box(x: float, y: float, width: float, height: float, ink: str, *, round_by: float = 0) -> str:
    """A filled rectangle."""
    corner = f" {_at(rx=round_by)}" if round_by else ""
    return f'<rect {_at(x=x, y=y, width=width, height=height)}{corner} fill="{ink}"/>'


def copy_box(x: float, y: float, width: float, height: float, colours: Palette) -> str:
    """A copy is paler than a first, and framed, so that it is told apart in grey too."""
    inside = _at(x=x + 0.5, y=y + 0.5, width=max(width - 1, 0.5), height=max(height - 1, 0.5))
    return f'<rect {inside} fill="{colours.soft}" stroke="{colours.accent}"/>'


def dot(x: float, y: float, radius: float, ink: str) -> str:
    """A filled circle."""
    return f'<circle {_at(cx=x, cy=y, r=radius)} fill="{ink}"/>'


def rule(x1: float, y1: float, x2: float, y2: float, ink: str, *, thick: float = 1) -> str:
    """A straight line."""
    return f'<line {_at(x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=thick)} stroke="{ink}"/>'


def number(value: float) -> str:
    """A length to a tenth of a pixel: "12.5", "3"."""
    return f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def _at(**lengths: float) -> str:
    return " ".join(f'{name.replace("_", "-")}="{number(at)}"' for name, at in lengths.items())


def ranked(pieces: Iterable[Piece]) -> tuple[tuple[str, str], ...]:
    """Slug and name of outlets, most pieces first; ("", "") for those without a row."""
    held = tuple(pieces)
    names = {piece.outlet: piece.outlet_name for piece in held}
    counted = Counter(piece.outlet for piece in held)
    order = sorted(names.items(), key=lambda pair: (-counted[pair[0]], pair[1], pair[0]))
    return (*order[: ROWS - 1], ("", "")) if len(order) > ROWS else tuple(order)
