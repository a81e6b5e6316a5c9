"""The head of the page: the numbers, and whether the report can be posted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.models import Language, Outcome
from reports.formats.html.links import short
from reports.nouns import Completeness, Report
from reports.sentences import NOT_CHECKABLE, moment, names
from reports.words import say, tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One number of the summary."""

    value: str
    # "40"
    name: str
    # "shkrime"
    told: str = ""
    # what stands under it
    asks: bool = False
    # whether it asks a person for something


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurdle:
    """Something that stands between the report and a post."""

    place: str
    # where on the page: "waiting"
    told: str
    # "2 shkrime ende pa u parë"


def cards(report: Report, language: Language) -> Iterator[Card]:
    """The numbers, the most general first."""
    total = report.summary
    for name in ("pieces", "texts", "outlets", "owners"):
        number: int = getattr(total, name)
        yield Card(value=f"{number}", name=say(f"card_{name}", language, n=number))
    yield _languages(report, language)
    for key, instant in (("first", total.first), ("last", total.last)):
        if instant:
            date, _, time = moment(instant, report.event, language).rpartition(", ")
            yield Card(value=date, told=time, name=say(f"card_{key}", language))
    for key in ("unreviewed", "undated"):
        number = getattr(total, key)
        asks = bool(number) and key == "unreviewed"
        yield Card(value=f"{number}", name=say(f"card_{key}", language), asks=asks)


def _languages(report: Report, language: Language) -> Card:
    codes = report.summary.languages
    spoken = names([short(tongue(code, language)) for code in codes], language)
    return Card(
        value=f"{len(codes)}", name=say("card_languages", language, n=len(codes)), told=spoken
    )


def hurdles(report: Report, language: Language) -> tuple[Hurdle, ...]:
    """What has to be settled before a post; none: it can go out."""
    found = (
        ("waiting", "post_unreviewed", report.summary.unreviewed),
        ("waiting", "post_doubtful", len(report.doubtful)),
        ("unchecked", "post_unchecked", len(open_ends(report))),
    )
    told = [Hurdle(place=place, told=say(key, language, n=n)) for place, key, n in found if n]
    if not report.completeness:
        told.append(Hurdle(place="method", told=say("none_asked", language)))
    return tuple(told)


def open_ends(report: Report) -> tuple[Completeness, ...]:
    """Outlets on which no statement of coverage stands: closed, half read, unasked."""
    half = (*NOT_CHECKABLE, Outcome.PARTIAL, None)
    return tuple(row for row in report.completeness if row.outcome in half)
