"""Parts that both editions have: the figures, the charts, how complete the list is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from crawler.models import Language, Outcome
from reports import charts
from reports.charts.days import bins_of, placed
from reports.document.blocks import Block, Card, Chart, Checked, Highlights, Outlets, Text, Tiles
from reports.document.piece_lines import Scribe, code, short, texts_of
from reports.formats.plain import plain
from reports.models import Completeness, Piece, Report
from reports.models import Text as Carried
from reports.sentences import (
    by_hand_apart,
    headline,
    looked,
    moment,
    names,
    outcome,
    statement,
)
from reports.words import say, tongue

# How many texts get a chart of their own, and from how many copies on.
TEXTS_DRAWN: Final = 2
COPIES_DRAWN: Final = 2


def figures(report: Report, language: Language) -> Iterator[Card]:
    """The figures that everybody is told."""
    total = report.summary
    for name in ("pieces", "texts", "outlets", "owners"):
        number: int = getattr(total, name)
        yield Card(figure=f"{number}", words=say(f"card_{name}", language, n=number))
    codes = total.languages
    spoken = names([short(tongue(one, language)) for one in codes], language)
    words = say("card_languages", language, n=len(codes))
    yield Card(figure=f"{len(codes)}", words=words, told=spoken)


def judged(report: Report) -> int:
    """Pieces whose tone a person judged, in one of the three words."""
    return sum(report.summary.tones.values())


def tones_told(report: Report, language: Language) -> str:
    """`positive 12, neutral 4, negative 2 (18 of 44 pieces judged by a person)`."""
    counted: Mapping[str, int] = report.summary.tones
    each = ", ".join(f"{say(f'tone_{tone}', language)} {n}" for tone, n in counted.items() if n)
    return f"{each} ({charts.tones_title(counted, report.summary.pieces, language)})"


# --- charts ---------------------------------------------------------------------------


def drawings(report: Report, language: Language) -> Iterator[Chart]:
    """Those about the whole first, then the texts with most copies."""
    if placed(report):
        yield _days(report, language)
    if report.summary.outlets > 1:
        yield _outlets(report, language)
    for text in travelled(report)[:TEXTS_DRAWN]:
        yield _spread(text, language)
    if judged(report):
        yield _tones(report, language)


def _days(report: Report, language: Language) -> Chart:
    about = say("chart_by_day" if bins_of(report).step == 1 else "chart_by_week", language)
    title = charts.days_title(report, language)
    told = f"{about}. {title}."
    if apart := sum(p.published is not None for p in report.pieces) - len(placed(report)):
        about += f" · {say('chart_outside', language, n=apart)}"
    draw = partial(charts.days, report, language)
    return Chart(name="days", title=title, about=about, draw=draw, told=told, legend=True)


def _outlets(report: Report, language: Language) -> Chart:
    title, about = charts.outlets_title(report, language), say("chart_outlets", language)
    draw = partial(charts.outlets, report, language)
    # where no outlet leads the title says what is drawn
    about = "" if about == title else about
    return Chart(name="outlets", title=title, about=about, draw=draw, told=title, legend=True)


def _spread(text: Carried, language: Language) -> Chart:
    title, quoted = charts.spread_title(text, language), headline(text.first, language)
    return Chart(
        name="spread",
        title=title,
        about=quoted,
        draw=partial(charts.spread, text, language),
        told=f"{title}: {quoted}",
        language=code(text.first.language),
        quoted=True,
    )


def _tones(report: Report, language: Language) -> Chart:
    counted, pieces = report.summary.tones, report.summary.pieces
    title = charts.tones_title(counted, pieces, language)
    about = say("tones", language)
    draw = partial(charts.tones, counted, pieces, language)
    told = f"{about}: {tones_told(report, language)}"
    return Chart(name="tones", title=title, about=about, draw=draw, told=told)


def travelled(report: Report) -> list[Carried]:
    """The texts that others copied, most copies first, the earlier first among equals."""
    copied = [text for text in texts_of(report) if len(text.copies) >= COPIES_DRAWN]
    return sorted(copied, key=lambda text: -len(text.copies))


# --- how complete ---------------------------------------------------------------------


def how_complete(report: Report, language: Language) -> Iterator[Block]:
    """The statement of completeness, drawn beside it."""
    yield Text(looks="statement", words=plain(f"{statement(report, language)}."))
    if report.completeness:
        yield Tiles(draw=partial(charts.tiles, report, language))
    if apart := by_hand_apart(report, language):
        yield Text(looks="plain", words=plain(apart))


def outlets(report: Report, language: Language, columns: tuple[str, ...]) -> Outlets:
    """The table of outlets with these columns behind the outcome; counts are right."""
    counts = ("listed", "read", "matched")
    return Outlets(
        columns=tuple(say(name, language) for name in ("col_outlet", "outcome", *columns)),
        numbers=tuple(at for at, name in enumerate(columns, 2) if name in counts),
        rows=tuple(_checked(report, row, language, columns) for row in report.completeness),
    )


def _checked(
    report: Report, row: Completeness, language: Language, columns: tuple[str, ...]
) -> Checked:
    cells = {
        "listed": "–" if row.listed is None else str(row.listed),
        "read": "–" if row.outcome is None else str(row.read),
        "matched": _matched(row, language),
        "how": ", ".join(say(way.value, language) for way in row.how) or "–",
    }
    return Checked(
        name=short(row.outlet_name),
        outcome=row.outcome,
        ended=outcome(row, language),
        seen=_seen(report, row, language),
        gauge=partial(_gauge, row),
        cells=tuple(cells[name] for name in columns),
    )


def _gauge(row: Completeness, colours: charts.Palette) -> str:
    return charts.gauge(row, colours=colours)


def _matched(row: Completeness, language: Language) -> str:
    """What came of reading, and apart from it what a person brought."""
    if row.by_hand and row.outcome is not Outcome.CHECKED_BY_HAND:
        return say("matched_by_hand", language, n=row.matched, hand=row.by_hand)
    return str(row.matched)


def _seen(report: Report, row: Completeness, language: Language) -> str | None:
    if told := looked(row, report.event, language):
        return short(told)
    if row.outcome is Outcome.PARTIAL and row.reached:
        return say("back_to", language, when=moment(row.reached, report.event, language))
    return None


# --- highlights -----------------------------------------------------------------------


def highlights(report: Report, scribe: Scribe) -> Iterator[Block]:
    """The pieces that a person wants to stand out: by the place they gave, then by time."""
    chosen = [piece for piece in report.pieces if piece.highlight]
    if chosen:
        yield Highlights(lines=tuple(scribe.apart(piece) for piece in sorted(chosen, key=_place)))


def _place(piece: Piece) -> tuple[int, bool, float]:
    when = piece.published
    return piece.pin or 1_000_000, when is None, when.timestamp() if when else 0.0
