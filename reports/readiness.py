"""Can we post now? What stands in the way, in the reader's language (pure)."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.models import Language, Outcome
from reports.nouns import Report
from reports.sentences import names
from reports.words import say

# Outcomes after which nobody needs to look again.
DONE = (Outcome.COMPLETE, Outcome.CHECKED_BY_HAND, Outcome.DECLINED)


def obstacles(report: Report, language: Language) -> tuple[str, ...]:
    """What a careful editor would do first; empty where the roundup can be posted as it is."""
    return tuple(_obstacles(report, language))


def _obstacles(report: Report, language: Language) -> Iterator[str]:
    if not report.pieces:
        yield say("not_ready_empty", language)
    if report.summary.unreviewed:
        yield say("not_ready_unreviewed", language, n=report.summary.unreviewed)
    if report.summary.doubtful:
        yield say("not_ready_doubtful", language, n=report.summary.doubtful)
    pairs = {pair for text in report.texts for pair in text.possibly}
    if pairs:
        yield say("not_ready_possibly", language, n=len(pairs))
    open_ends = [row.outlet_name for row in report.completeness if row.outcome not in DONE]
    if open_ends:
        told = names(open_ends, language)
        yield say("not_ready_unchecked", language, n=len(open_ends), names=told)


def verdict(report: Report, language: Language) -> str:
    """One sentence: ready, or what stands in the way."""
    told = obstacles(report, language)
    if not told:
        return say("ready", language)
    return say("not_ready", language, told="; ".join(told))
