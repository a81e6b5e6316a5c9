"""The invented report with our words in its pieces, and how sure we are beyond outcomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from crawler.models import Outlet
from reports.how_sure import HowSure, TrackRecord, Unseen
from reports.models import Report
from reports.own_words import MessageFound, OwnText, OwnWords, Taking
from tests.reports.full import MADE, full

SENTENCES: Final = (
    ("Shoqata Shembull hap të shtunën panairin e librit me gjashtëdhjetë botues.", 8),
    ("Në sheshin e vjetër do të ngrihen 12 tenda | dhe hyrja është *pa* pagesë.", 3),
    ("Kundërrevolucionarizimi lexohet me zë në mbrëmje.", 0),
)
STATEMENT: Final = "Një libër në shesh është një libër që i takon të gjithëve"


def told(sentences: tuple[tuple[str, int], ...] = SENTENCES) -> Report:
    """Eight pieces of the full report took the first sentence over, three the second."""
    report = full()
    some = report.pieces[:8]
    taking = tuple(
        Taking(
            article=piece.article,
            outlet=piece.outlet,
            file="releases/2026-05-10.md",
            sentences=tuple(at for at, (_, n) in enumerate(sentences) if place < n),
            share_of_release=0.5,
            share_of_piece=0.25,
            lag_minutes=12 if place == 1 else None,
            copied_from=some[0].article if place == 1 else None,
        )
        for place, piece in enumerate(some)
    )
    own = OwnWords(
        texts=(OwnText(file="releases/2026-05-10.md", held=40, sentences=sentences),),
        taking=taking,
        messages=(MessageFound(name="Libra për çdo shkollë", pieces=5, outlets=4, ticked=2),),
        quoted=((STATEMENT, 4),),
    )
    return replace(report, own_words=own, how_sure=_how_sure(report))


def _how_sure(report: Report) -> HowSure:
    tracks = tuple(
        TrackRecord(
            outlet=Outlet(slug=row.outlet, name=row.outlet_name),
            since=MADE - timedelta(days=20),
            until=MADE,
            days=17.5,
            longest_gap=2.5,
            pieces=120,
            undated=6,
            median_minutes=95,
        )
        for row in report.completeness[:3]
    )
    return HowSure(unseen=Unseen(at_least=3, ways=("wordpress", "sitemap")), tracks=tracks)
