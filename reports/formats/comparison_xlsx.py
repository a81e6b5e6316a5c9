"""A comparison as an Excel workbook: a table of typed figures and a chart of Excel's own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from crawler.models import Brand, Language
from reports.comparison import Comparison, Side
from reports.formats.colours import palettes
from reports.formats.plain import capital, plain
from reports.formats.sheets import OPTIONS, Sheet, Table, Value, looks_of
from reports.words import say

COUNTS: Final = ("pieces", "texts", "outlets", "owners")
OWN: Final = ("taken", "share", "carried", "quoted", "changed", "gone")
CHART: Final = {"width": 760, "height": 320}


def to_comparison_xlsx(
    told: Comparison, language: Language, brand: Brand, *, made: datetime
) -> bytes:
    """The workbook; `made` is aware."""
    import xlsxwriter  # noqa: PLC0415 - only who asks for a workbook waits for it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        created = made.astimezone(UTC).replace(tzinfo=None)
        company = plain(brand.name or "", 250)
        book.set_properties({"title": told.title, "company": company, "created": created})
        looks = looks_of(book, brand)
        sheet = book.add_worksheet(say("paper_summary", language))
        Sheet(sheet, _table(told.sides, language, say("paper_summary", language)), looks).fill()
        if told.sides:
            _draw(book, sheet, len(told.sides), brand, language)
        if told.events:
            name = say("compare_events", language)
            Sheet(book.add_worksheet(name), _table(told.events, language, name), looks).fill()
    return out.getvalue()


def _table(sides: Sequence[Side], language: Language, name: str) -> Table:
    heads = (
        say("col_what", language),
        *(capital(say(f"card_{one}", language, n=2)) for one in COUNTS),
        *(capital(say(key, language)) for key in ("compare_on_day", "compare_asked", "complete")),
        *(capital(say(key, language)) for key in ("checked-by-hand", "compare_from", "compare_to")),
        *(capital(say(f"compare_{key}", language)) for key in OWN),
    )
    return Table(
        name=name,
        headings=heads,
        widths=(44, *(12 for _ in heads[1:])),
        wraps=(True, *(False for _ in heads[1:])),
        rows=[_row(side) for side in sides],
    )


def _row(side: Side) -> Sequence[Value]:
    checked = side.checked
    return (
        plain(side.name),
        *(getattr(side, name) for name in COUNTS),
        side.on_the_day,
        checked.outlets,
        checked.complete,
        checked.by_hand,
        side.first,
        side.last,
        *_own(side),
    )


def _own(side: Side) -> Sequence[Value]:
    """Empty where the event names nothing of ours: nothing was measured."""
    own = side.own
    told: Sequence[Value] = (None,) * 4
    if own is not None:
        told = (own.pieces, own.share, own.carried if own.messages else None, own.quoted)
    return (*told, side.changed, side.gone)


def _draw(book: object, sheet: object, sides: int, brand: Brand, language: Language) -> None:
    """Bars of pieces, and beside each how many outlets were checked of those asked."""
    colours, _ = palettes(brand.colour)
    chart = book.add_chart({"type": "bar"})  # type: ignore[attr-defined]
    name = sheet.get_name()  # type: ignore[attr-defined]
    for column, colour in ((1, colours.accent), (6, colours.line), (7, colours.good)):
        chart.add_series(
            {
                "name": [name, 0, column],
                "categories": [name, 1, 0, sides, 0],
                "values": [name, 1, column, sides, column],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    title = say("compare_bars", language)
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"reverse": True})
    chart.set_size(CHART)
    sheet.insert_chart(sides + 2, 0, chart, {"description": title})  # type: ignore[attr-defined]
