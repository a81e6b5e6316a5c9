"""The first sheet of a workbook: what came of it on one page, with a chart of Excel's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from crawler.models import Brand, Language
from reports import charts
from reports.charts.days import bins_of, placed
from reports.document.blocks import Card, Cards, Document, Facts, Text
from reports.formats.colours import palettes
from reports.formats.plain import capital, plain
from reports.formats.sheets import A4, LINE
from reports.models import Report
from reports.words import day, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Characters of the two columns of words, and of those that the chart draws from.
LABEL: Final = 24
WORDS: Final = 78
COUNTS: Final = (14, 12, 12)
# Pixels of the chart, which stands across the page.
CHART: Final = {"width": 760, "height": 300}
# Rows that it covers.
COVERED: Final = 16


class SummarySheet:
    """Writes the summary of a report into a worksheet."""

    def __init__(
        self, book: Workbook, sheet: Worksheet, looks: Mapping[str, Format], brand: Brand
    ) -> None:
        self._book, self._sheet, self._looks = book, sheet, looks
        self._colours, _ = palettes(brand.colour)
        self._row = 0

    def fill(self, report: Report, laid: Document, language: Language) -> None:
        """Title, figures, facts, how complete the list is, and the days drawn."""
        self._sheet.set_column(0, 0, LABEL)
        self._sheet.set_column(1, 1, WORDS)
        self._sheet.hide_gridlines(2)
        self._sheet.write_string(0, 0, laid.cover.title, self._looks["title"])
        self._sheet.set_row(0, 2 * LINE)
        self._sheet.write_string(1, 0, " · ".join(laid.cover.about), self._looks["label"])
        self._row = 3
        for section in laid.sections:
            if section.key in ("answer", "completeness"):
                self._blocks(section.blocks)
        if placed(report):
            self._days(report, language)
        self._page()

    def _blocks(self, blocks: Iterable[object]) -> None:
        for block in blocks:
            match block:
                case Text():
                    self._line("", block.words, "lead" if block.looks == "lead" else None)
                case Cards():
                    for card in block.cards:
                        self._figure(card)
                case Facts():
                    for name, words in block.rows:
                        self._line(name, words)
                case _:
                    continue
            self._row += 1

    def _figure(self, card: Card) -> None:
        words = f"{capital(card.words)} ({card.told})" if card.told else capital(card.words)
        self._sheet.write_string(self._row, 1, words, self._looks["words-wrapped"])
        if card.figure.isdecimal():
            self._sheet.write_number(self._row, 0, int(card.figure), self._looks["figure"])
        else:
            self._sheet.write_string(self._row, 0, card.figure, self._looks["figure"])
        self._row += 1

    def _line(self, name: str, words: str, look: str | None = None) -> None:
        self._sheet.write_string(self._row, 0, plain(name), self._looks["label"])
        self._sheet.write_string(self._row, 1, words, self._looks[look or "words-wrapped"])
        self._sheet.set_row(self._row, LINE * max(1, -(-len(words) // WORDS)) + 2)
        self._row += 1

    # --- the chart ----------------------------------------------------------------------

    def _days(self, report: Report, language: Language) -> None:
        """Pieces a day, firsts and copies, beside the words, and drawn from there."""
        bins, found = bins_of(report), placed(report)
        firsts = Counter(at for piece, at in found if piece.copy_of is None)
        copies = Counter(at for piece, at in found if piece.copy_of is not None)
        heads = (say("day", language), say("chart_own", language), say("copy", language))
        for at, (head, width) in enumerate(zip(heads, COUNTS, strict=True), 3):
            self._sheet.set_column(at, at, width)
            self._sheet.write_string(0, at, capital(head), self._looks["head"])
        for at in range(bins.number):
            words = day(bins.begin(at), language, year=False)
            self._sheet.write_string(at + 1, 3, words, self._looks["words"])
            self._sheet.write_number(at + 1, 4, firsts[at], self._looks["number"])
            self._sheet.write_number(at + 1, 5, copies[at], self._looks["number"])
        self._draw(bins.number, charts.days_title(report, language))

    def _draw(self, days: int, title: str) -> None:
        chart = self._book.add_chart({"type": "column", "subtype": "stacked"})
        name = self._sheet.get_name()
        for column, colour in ((4, self._colours.accent), (5, self._colours.soft)):
            chart.add_series(
                {
                    "name": [name, 0, column],
                    "categories": [name, 1, 3, days, 3],
                    "values": [name, 1, column, days, column],
                    "fill": {"color": colour},
                    "border": {"color": self._colours.accent},
                    "gap": 40,
                }
            )
        chart.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
        chart.set_legend({"position": "bottom"})
        chart.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": "#dddddd"}}})
        chart.set_size(CHART)
        self._sheet.insert_chart(self._row, 0, chart, {"description": title})
        self._row += COVERED

    def _page(self) -> None:
        """On one page of A4, lying; what the chart is drawn from is not printed."""
        self._sheet.print_area(0, 0, self._row, 1)
        self._sheet.set_landscape()
        self._sheet.set_paper(A4)
        self._sheet.fit_to_pages(1, 1)
        self._sheet.set_footer("&C&P / &N")
