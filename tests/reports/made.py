"""Invented outlets, pieces and checks for the tests of reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crawler.models import (
    Article,
    Because,
    Check,
    Event,
    Keywords,
    Language,
    Match,
    Outcome,
    Outlet,
    OutletKind,
    Way,
)
from reports.coverage import Beside, coverage
from reports.models import Report

ZONE = ZoneInfo("Europe/Tirane")
MADE = datetime(2026, 5, 25, 6, 0, tzinfo=UTC)
EVENT = Event(
    slug="dita",
    title="Dita e Bregut",
    date=date(2026, 5, 16),
    first_day=date(2026, 5, 11),
    last_day=date(2026, 5, 24),
    zone="Europe/Tirane",
    place="Bregvalë",
    keywords=Keywords(any=(('"Dita e Bregut"',), ("panair", "libr*")), none=("futboll",)),
)


def outlet(slug: str, **more: Any) -> Outlet:
    told = {"name": slug.capitalize(), "home": f"http://{slug}.example/"}
    return Outlet(slug=slug, **{**told, **more})


def check(slug: str, outcome: Outcome, way: Way = Way.FEED, **more: Any) -> Check:
    return Check(outlet=slug, way=way, outcome=outcome, **more)


def piece(slug: str, number: int = 1, **more: Any) -> tuple[Article, Match]:
    decision, rules = more.pop("decision", None), more.pop("rules", "plain-1")
    doubt = more.pop("doubt", None)
    told: dict[str, Any] = {
        "key": f"a_{slug}_{number}",
        "outlet": slug,
        "url": f"http://{slug}.example/{number}/",
        "headline": f"Dita e Bregut, lajmi {number}",
        "published": datetime(2026, 5, 16, 8, 30, tzinfo=ZONE) + timedelta(hours=number),
        "precision": "minute",
        "language": "sq",
        "text": f"Teksti {number} te {slug}.",
    }
    article = Article(**{**told, **more})
    why = Because(term="festë", form="Festën", field="headline", snippet="…Festën…")
    match = Match(
        article=article.key,
        event="dita",
        score=1.0,
        because=(why,),
        rules=rules,
        decision=decision,
        doubt=doubt,
    )
    return article, match


def report(
    outlets: Iterable[Outlet] = (),
    matched: Iterable[tuple[Article, Match]] = (),
    checks: Mapping[str, Sequence[Check]] | None = None,
    event: Event = EVENT,
    *,
    beside: Beside | None = None,
    language: Language = "sq",
) -> Report:
    return coverage(
        event,
        outlets,
        matched,
        checks or {},
        made=MADE,
        software="1.0",
        language=language,
        beside=beside,
    )


def own() -> Outlet:
    return outlet("zyra", kind=OutletKind.OWN)
