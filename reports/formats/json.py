"""The report document (`contract.md`, "schema": 1): every key is there, null where not known."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from crawler.models import Event
from reports.forms import Edition
from reports.models import Completeness, Piece, Report, Text
from reports.readers_edition import told_to

SCHEMA: Final = 1
_HALVES: Final = re.compile("[\ud800-\udfff]")


def to_json(report: Report, edition: Edition = Edition.FULL) -> str:
    """The document as text, readable; half a surrogate pair, which no file can hold, becomes �.

    For readers every key is there too, and what they may not see is null.
    """
    shown = told_to(report, edition)
    told = {**document(shown), **_further(shown)}
    if edition is Edition.READERS:
        told["pieces"] = [{**piece, "score": None, "pin": None} for piece in told["pieces"]]
    words = json.dumps(told, ensure_ascii=False, indent=2, default=_said) + "\n"
    return _HALVES.sub("\ufffd", words)


def _further(report: Report) -> dict[str, Any]:
    """What is worked out beside a report, and so in none of its versions."""
    sure = report.how_sure.as_json() if report.how_sure else {"unseen": None, "track_record": None}
    return {"own_words": report.own_words and report.own_words.as_json(), **sure}


def document(report: Report) -> dict[str, Any]:
    """The document; instants are ISO 8601 in the event's zone."""
    zone = ZoneInfo(report.event.zone)
    handles = {piece.url: piece.handle for piece in report.pieces}
    return {
        "schema": SCHEMA,
        "event": _event(report.event),
        "made": _instant(report.made, zone),
        "version": report.version,
        "summary": _summary(report, zone),
        "completeness": [_completeness(row, zone) for row in report.completeness],
        "pieces": [_piece(piece, zone) for piece in report.pieces],
        "stories": [_story(text, handles) for text in report.texts],
        "method": _method(report),
        "doubtful": [_piece(piece, zone) for piece in report.doubtful],
        "kept": report.kept,
        "brought": [asdict(row) for row in report.brought],
        "seal": report.seal,
    }


def _said(value: object) -> str:
    """A moment of a track record. Raises TypeError for anything else."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    raise TypeError(value)


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
        "by_hand": row.by_hand,
    }


def _piece(piece: Piece, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "article": piece.article,
        "url": piece.link,
        "outlet": piece.outlet or None,
        "owner": piece.owner,
        "headline": piece.headline,
        "translation": piece.translation,
        "translation_by": piece.translation_by,
        "published": _instant(piece.published, zone),
        "precision": piece.precision,
        "language": piece.language,
        "byline": list(piece.byline),
        "lead": piece.lead,
        "story": piece.story,
        "copy_of": piece.copy_of,
        "decision": piece.decision,
        "note": piece.note,
        "tone": piece.tone,
        "archive": piece.archive,
        "because": [asdict(why) for why in piece.because],
        "outlet_name": piece.outlet_name if piece.outlet else None,
        "score": piece.score,
        "gone_since": _instant(piece.gone_since, zone),
        **_beside(piece, zone),
    }


def _beside(piece: Piece, zone: ZoneInfo) -> dict[str, Any]:
    """What came to a piece after the first release, so after its keys."""
    return {
        "kind": piece.kind.value if piece.outlet else None,
        "by": piece.by,
        "corrected": piece.corrected,
        "lag_minutes": piece.lag_minutes,
        "tier": piece.tier,
        "pin": piece.pin,
        "excerpt": piece.excerpt,
        "remark": piece.remark,
        "genre": piece.genre,
        "highlight": piece.highlight,
        "picture": piece.picture,
        "changes": [
            {"old": change.old, "new": change.new, "at": _instant(change.at, zone)}
            for change in piece.changes
        ],
        "edits": [{"at": _instant(edit.at, zone), "what": edit.what} for edit in piece.edits],
        "by_hand": piece.by_hand,
        "signals": [asdict(signal) for signal in piece.signals],
    }


def _story(text: Text, handles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "story": text.key,
        "first": text.first.link,
        "pieces": [_carrier(text, piece) for piece in text.pieces],
        "possibly": [[handles.get(url, url) for url in pair] for pair in text.possibly],
    }


def _carrier(text: Text, piece: Piece) -> dict[str, Any]:
    """One piece of a story; a report does not know how like a copy is to the others."""
    first = piece is text.first
    lag, likeness = (0, 100) if first else (piece.lag_minutes, None)
    outlet = piece.outlet or None
    return {"url": piece.link, "outlet": outlet, "lag_minutes": lag, "likeness": likeness}


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
        "understood": list(report.method.keywords),
        "precision": asdict(report.method.precision) if report.method.precision else None,
        "agent": report.method.agent,
    }
