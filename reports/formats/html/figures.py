"""The charts of the page, each at the width of a desk and of a telephone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from crawler.models import Language
from reports import charts
from reports.charts.days import bins_of, placed
from reports.formats.html.links import code
from reports.formats.html.rows import texts_of
from reports.models import Report, Text
from reports.sentences import headline
from reports.words import say

# How many texts get a chart of their own, and from how many copies on.
TEXTS_DRAWN = 2
COPIES_DRAWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart with its words."""

    title: str
    # what it shows, a sentence
    about: str
    # what is drawn
    wide: Markup
    # for a desk and for paper
    narrow: Markup
    # for a telephone
    lang: str | None = None
    # of the quoted headline, where `about` is one
    quoted: bool = False
    # whether `about` is a headline
    legend: bool = False
    # whether firsts and copies are told apart
    whole: bool = False
    # whether it takes the whole width


def figures(report: Report, language: Language) -> Iterator[Figure]:
    """Those about the whole first, then the texts with most copies."""
    if placed(report):
        yield _days(report, language)
    if report.pieces:
        about = say("chart_outlets", language)
        yield replace(
            _drawn(
                charts.outlets_title(report, language),
                about,
                partial(charts.outlets, report, language),
            ),
            legend=True,
        )
    for text in _travelled(report):
        first = text.first
        told = _drawn(
            charts.spread_title(text, language),
            headline(first, language),
            partial(charts.spread, text, language),
        )
        yield replace(told, quoted=True, lang=code(first.language))


def tiles(report: Report, language: Language) -> tuple[Markup, Markup]:
    """One sign for every outlet, at both widths."""
    wide, narrow = (
        Markup(charts.tiles(report, language, width=width))  # noqa: S704 - drawn escaped
        for width in (charts.WIDE, charts.NARROW - 40)
    )
    return wide, narrow


def _days(report: Report, language: Language) -> Figure:
    about = say("chart_by_day" if bins_of(report).step == 1 else "chart_by_week", language)
    if apart := sum(p.published is not None for p in report.pieces) - len(placed(report)):
        about += f" · {say('chart_outside', language, n=apart)}"
    draw = partial(charts.days, report, language)
    return replace(_drawn(charts.days_title(report, language), about, draw), legend=True)


def _drawn(title: str, about: str, draw: Callable[..., str]) -> Figure:
    """The drawings escape every word themselves."""
    wide, narrow = (Markup(draw(width=width)) for width in (charts.WIDE, charts.NARROW))  # noqa: S704
    return Figure(title=title, about=about, wide=wide, narrow=narrow)


def _travelled(report: Report) -> list[Text]:
    """The texts with most copies, the earlier first among equals."""
    copied = [text for text in texts_of(report) if len(text.copies) >= COPIES_DRAWN]
    return sorted(copied, key=lambda text: -len(text.copies))[:TEXTS_DRAWN]
