"""The head of the page: the numbers, and whether the report can be posted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from crawler.models import Language
from reports.formats.html.links import short
from reports.models import Report
from reports.readiness import Kind, Readiness
from reports.sentences import moment, names
from reports.words import say, tongue

# Where on the page each obstacle is told in full.
PLACES: Final[Mapping[Kind, str]] = {
    "unreviewed": "waiting",
    "doubtful": "waiting",
    "possibly": "waiting",
    "unchecked": "unchecked",
    "unlisted": "method",
    "untranslated": "pieces",
    "new": "pieces",
    "lost": "pieces",
}


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


def hurdles(can: Readiness) -> tuple[Hurdle, ...]:
    """What has to be settled before a post, each with its place on the page."""
    return tuple(Hurdle(place=PLACES[each.kind], told=short(each.told)) for each in can.obstacles)
