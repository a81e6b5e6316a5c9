"""The report document (`contract.md`, "schema": 1): every key is there, null where not known."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from crawler.models import Event
from reports.nouns import Completeness, Piece, Report

SCHEMA: Final = 1


def to_json(report: Report) -> str:
    """The document as text, readable."""
    return json.dumps(document(report), ensure_ascii=False, indent=2) + "\n"


def document(report: Report) -> dict[str, Any]:
    """The document; instants are ISO 8601 in the event's zone."""
    zone = ZoneInfo(report.event.zone)
    return {
        "schema": SCHEMA,
        "event": _event(report.event),
        "made": _instant(report.made, zone),
        "version": report.version,
        "summary": _summary(report, zone),
        "completeness": [_completeness(row, zone) for row in report.completeness],
        "pieces": [_piece(piece, zone) for piece in report.pieces],
        "stories": [],
        "method": _method(report),
    }


def _instant(instant: datetime | None, zone: ZoneInfo) -> str | None:
    return instant.astimezone(zone).isoformat(timespec="seconds") if instant else None


def _event(event: Event) -> dict[str, Any]:
    return {
        "slug": event.slug,
        "title": event.title,
        "date": event.date.isoformat() if event.date else None,
        **_window(event),
        "place": event.place,
        "organiser": event.organiser,
        "introduction": event.introduction,
        "expected_outlets": list(event.expected_outlets),
    }


def _window(event: Event) -> dict[str, str]:
    days = {"from": event.first_day.isoformat(), "to": event.last_day.isoformat()}
    return {**days, "zone": event.zone}


def _summary(report: Report, zone: ZoneInfo) -> dict[str, Any]:
    told = report.summary
    instants = {"first": _instant(told.first, zone), "last": _instant(told.last, zone)}
    return {**asdict(told), "languages": list(told.languages), **instants}


def _completeness(row: Completeness, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "outlet": row.outlet,
        "outcome": row.outcome.value if row.outcome else None,
        "listed": row.listed,
        "read": row.read,
        "matched": row.matched,
        "reached": _instant(row.reached, zone),
        "how": [way.value for way in row.how],
        "outlet_name": row.outlet_name,
        "note": row.note,
        "next_step": row.next_step,
        "by": row.by,
        "at": _instant(row.at, zone),
    }


def _piece(piece: Piece, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "article": piece.article,
        "url": piece.url,
        "outlet": piece.outlet,
        "owner": piece.owner,
        "headline": piece.headline,
        "translation": None,
        "translation_by": None,
        "published": _instant(piece.published, zone),
        "precision": piece.precision,
        "language": piece.language,
        "byline": list(piece.byline),
        "lead": piece.lead,
        "story": None,
        "copy_of": None,
        "decision": piece.decision,
        "note": None,
        "tone": None,
        "archive": None,
        "because": [asdict(why) for why in piece.because],
        "outlet_name": piece.outlet_name,
        "score": piece.score,
        "gone_since": _instant(piece.gone_since, zone),
    }


def _method(report: Report) -> dict[str, Any]:
    wanted = report.event.keywords
    return {
        "window": _window(report.event),
        "keywords": {
            "any": [list(group) for group in wanted.any],
            "all": list(wanted.all),
            "not": list(wanted.none),
            "names": list(wanted.names),
        },
        "ways": [way.value for way in report.method.ways],
        "rules": list(report.method.rules),
        "version": report.method.software,
        "elsewhere": report.method.elsewhere,
    }
