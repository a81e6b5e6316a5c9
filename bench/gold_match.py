"""`python -m bench.gold match EVENTS FILE [--variant given|plain|keywords-plain]`.

A row is an article: headline, lead, perhaps body (or text), language, outlet and published, and
the event it is about, or null. An event: any, all, not, names, perhaps window, date, place,
organiser, title. Found is what matches without a doubt; what is only asked about is counted apart.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bench.figures import figures, rows_of
from crawler.matching import Matcher, prepare
from crawler.models import Article, Event, Keywords, Match
from crawler.reading.languages import read_language

ZONE: Final = "Europe/Tirane"
PRIOR: Final = ("sq", "en")
# languages of the catalogue's outlets: the sets name no outlet
EVER: Final = (date(1900, 1, 1), date(2999, 12, 31))
# of an event without a window
PLAIN: Final = str.maketrans("ëËçÇ", "eEcC")
VARIANTS: Final = ("given", "plain", "keywords-plain")


def judged(asked: argparse.Namespace) -> tuple[list[str], dict[str, Any]]:
    """What went wrong, and precision, recall and F1 over article x event."""
    matchers = [Matcher(event) for event in events(asked.events, asked.variant)]
    found = [
        (row, *verdict)
        for row in rows_of(asked.file)
        for verdict in verdicts(row, article(row, asked.variant), matchers)
    ]
    wrong = [
        f"{verdict}: {row['id']} {event}: {row['headline']!r} {why}"
        for row, verdict, event, why in found
        if verdict != "tp"
    ]
    return wrong, counted(verdict for _, verdict, _, _ in found)


def verdicts(
    row: Mapping[str, Any], piece: Article, matchers: Sequence[Matcher]
) -> Iterator[tuple[str, str, str]]:
    """tp, fp or fn, or "doubtful tp" or "doubtful fp", for each event that a row is about or that
    was found, with the reason.
    """
    told = prepare(piece)
    for matcher in matchers:
        match, slug = matcher.judge(told), matcher.event.slug
        expected = row["event"] == slug
        if match is not None:
            right = "tp" if expected else "fp"
            yield (f"doubtful {right}" if match.doubt else right), slug, _why(match)
        elif expected:
            yield "fn", slug, "no match"


def counted(told: Iterable[str]) -> dict[str, Any]:
    """The figures of the sure ones, and what was only asked about: what of it was right counts as
    not found in the former.
    """
    every = Counter(told)
    doubtful = {right: every[f"doubtful {right}"] for right in ("tp", "fp")}
    sure = {"tp": every["tp"], "fp": every["fp"], "fn": every["fn"] + doubtful["tp"]}
    return {**figures(**sure), **sure, "doubtful": doubtful}


def _why(match: Match) -> str:
    return match.doubt or ", ".join(f"{why.term} = {why.form}" for why in match.because)


def events(file: Path, variant: str = "given") -> list[Event]:
    """The events of a set; in two of the variants their keywords have neither ë nor ç."""
    text = file.read_text(encoding="utf-8")
    if variant != "given":
        text = text.translate(PLAIN)
    return [_event(slug, told) for slug, told in json.loads(text).items()]


def _event(slug: str, told: Mapping[str, Any]) -> Event:
    window = told.get("window") or {}
    first, last = (date.fromisoformat(window[day]) if window else None for day in ("from", "to"))
    keywords = Keywords(
        any=tuple(map(tuple, told.get("any", ()))),
        all=tuple(told.get("all", ())),
        none=tuple(told.get("not", ())),
        names=tuple(told.get("names", ())),
    )
    return Event(
        slug=slug,
        title=told.get("title", slug),
        first_day=first or EVER[0],
        last_day=last or EVER[1],
        zone=told.get("zone", ZONE),
        date=date.fromisoformat(told["date"]) if told.get("date") else None,
        place=told.get("place"),
        organiser=told.get("organiser"),
        keywords=keywords,
    )


def article(row: Mapping[str, Any], variant: str = "given") -> Article:
    """The article of a row; in the plain variant it has neither ë nor ç."""
    told = [row.get("headline"), row.get("lead"), row.get("body") or row.get("text")]
    signs = PLAIN if variant == "plain" else {}
    headline, lead, text = ((said or "").translate(signs) or None for said in told)
    return Article(
        key=str(row["id"]),
        outlet=row.get("outlet", "gazeta"),
        url=f"https://gazeta.example/{row['id']}",
        headline=headline,
        published=_published(row.get("published")),
        precision=None,
        language=row.get("language") or _language(headline, lead or text),
        lead=lead,
        text=text,
    )


def _published(written: str | None) -> datetime | None:
    """An instant; what names no zone is on Tirana's time, and a day is its midnight."""
    if not written:
        return None
    instant = datetime.fromisoformat(written)
    return instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(ZONE))


def _language(headline: str | None, lead: str | None) -> str | None:
    tongue = read_language(headline or "", lead or "", prior=PRIOR)
    return tongue.code if tongue else None
