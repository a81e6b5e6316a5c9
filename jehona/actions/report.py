"""From a workspace to a report: what every telling command begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from crawler import __version__
from crawler.models import Article, Decided, Event, Language, Match, Outlet, OutletKind, Workspace
from jehona.actions.errors import Wrong

if TYPE_CHECKING:
    from crawler.record import Record
    from reports.coverage import Beside
    from reports.models import Change, Report

Matched = Sequence[tuple[Article, Match]]


def report_of(
    desk: Workspace, slug: str, *, now: datetime, language: Language | None = None
) -> Report:
    """The report of an event from the record as it is, with the version it has or would have.

    Reads only: `kept_report` is for those that go out. Raises RegistryError for an unknown
    event, RecordRefused where there is no record yet.
    """
    from crawler.config import load_event  # noqa: PLC0415
    from crawler.record import open_record  # noqa: PLC0415

    event = load_event(desk, slug)
    with open_record(desk.record, desk.snapshots, readonly=True) as record:
        return _numbered(record, make(record, desk, event, now, language or desk.language))


def kept_report(
    desk: Workspace, slug: str, *, now: datetime, language: Language | None = None
) -> Report:
    """The same, kept as a version where it says something new.

    From a copy that cannot be written it is made all the same: `Report.kept` tells.
    """
    from crawler.config import load_event  # noqa: PLC0415
    from crawler.record import (  # noqa: PLC0415
        open_existing,
        search_index,
        versions,
    )
    from reports.formats.json import document  # noqa: PLC0415

    event = load_event(desk, slug)
    with open_existing(desk.record, desk.snapshots) as record:
        search_index.bring_up(record)
        made = make(record, desk, event, now, language or desk.language)
        if record.readonly:
            return _numbered(record, made)
        return _renumbered(made, versions.keep(record, slug, document(made), now), kept=True)


def make(
    record: Record, desk: Workspace, event: Event, now: datetime, language: Language
) -> Report:
    """The report of an event from an open record, not numbered yet."""
    from crawler.config import load_outlets  # noqa: PLC0415
    from crawler.event_matches import keep, related  # noqa: PLC0415
    from crawler.record import read  # noqa: PLC0415
    from reports.coverage import coverage  # noqa: PLC0415

    known = load_outlets(desk)
    matched = related(record, event, list(known))
    keep(record, event, matched)
    outlets = denominator(event, known, matched)
    slugs = [outlet.slug for outlet in outlets]
    return coverage(
        event,
        outlets,
        matched,
        read.latest_checks(record, event=event.slug, window=event.window, outlets=slugs),
        made=now,
        software=__version__,
        language=language,
        beside=_beside(record, desk, event, outlets, matched, language),
    )


def denominator(event: Event, known: Mapping[str, Outlet], matched: Matched) -> tuple[Outlet, ...]:
    """The outlets asked, and those of which a person accepted a piece all the same."""
    from crawler.config import outlets_asked  # noqa: PLC0415

    asked = {outlet.slug: outlet for outlet in outlets_asked(known, event, [])}
    for article, match in matched:
        outlet = known.get(article.outlet)
        if match.decision == "accepted" and outlet and outlet.kind is not OutletKind.OWN:
            asked.setdefault(outlet.slug, outlet)
    return tuple(asked.values())


def _beside(
    record: Record,
    desk: Workspace,
    event: Event,
    outlets: Sequence[Outlet],
    matched: Matched,
    language: Language,
) -> Beside:
    """People's words, texts and edits of the pieces that count."""
    from crawler.event_matches import stories_of  # noqa: PLC0415
    from crawler.record import decisions, report_queries  # noqa: PLC0415
    from crawler.run.politeness import user_agent  # noqa: PLC0415
    from reports.coverage import Beside, counted  # noqa: PLC0415
    from reports.keyword_words import all_understood  # noqa: PLC0415

    articles = [article for article, _ in counted(outlets, matched)]
    keys = [article.key for article in articles]
    decided: Mapping[str, Decided] = decisions.holding(record, event.slug)
    return Beside(
        decided=decided,
        stories=stories_of(record, event, articles),
        changes=_changes(record, keys),
        by_hand=report_queries.by_hand(record, keys),
        keywords=all_understood(event.keywords, language),
        agent=user_agent(desk.contact),
    )


def _changes(record: Record, keys: Sequence[str]) -> dict[str, tuple[Change, ...]]:
    from crawler.record import report_queries  # noqa: PLC0415
    from reports.models import Change  # noqa: PLC0415

    return {
        key: tuple(Change(old=one.old, new=one.new, at=one.at) for one in changed)
        for key, changed in report_queries.headlines(record, keys).items()
    }


def _numbered(record: Record, made: Report) -> Report:
    from crawler.record import versions  # noqa: PLC0415
    from reports.formats.json import document  # noqa: PLC0415

    number = versions.next_number(record, made.event.slug, document(made))
    stands = any(one.number == number for one in versions.versions(record, made.event.slug))
    return _renumbered(made, number, kept=stands)


def _renumbered(made: Report, number: int, *, kept: bool) -> Report:
    from dataclasses import replace  # noqa: PLC0415

    return replace(made, version=number, kept=kept)


def earlier(desk: Workspace, slug: str, number: int) -> dict[str, Any]:
    """The document of an earlier version. Raises Wrong, naming those that are kept."""
    from crawler.record import open_record, versions  # noqa: PLC0415

    with open_record(desk.record, desk.snapshots, readonly=True) as record:
        found = versions.load(record, slug, number)
        kept = versions.versions(record, slug)
    if found is None:
        known = ", ".join(str(one.number) for one in kept) or "none is kept yet"
        raise Wrong(f"{slug}: there is no version {number} of its report; kept: {known}")
    return found
