"""Moments and numbers in the reader's form and zone (pure)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from crawler.models import Language
from crawler.outcomes import Reason
from reports import words
from reports.words import reasons, say

KNOWN: Final = frozenset(each.value for each in Reason)
# between thousands; a blank that does not break
PARTS: dict[Language, str] = {"sq": "\u00a0", "en": ","}


def day(moment: date | datetime, language: Language, zone: str) -> str:
    """`10 maj 2025`; of a moment the day that it is in `zone`."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(ZoneInfo(zone)).date()
    return words.day(moment, language)


def when(moment: datetime, language: Language, zone: str) -> str:
    """`10 maj 2025, 09:30` in `zone`."""
    return f"{day(moment, language, zone)}, {moment.astimezone(ZoneInfo(zone)):%H:%M}"


def ago(moment: datetime, now: datetime, language: Language, zone: str) -> str:
    """`12 minutes ago`, `today, 09:30`, else the day and the time."""
    passed, here = now - moment, ZoneInfo(zone)
    minutes = int(passed / timedelta(minutes=1))
    clock = f"{moment.astimezone(here):%H:%M}"
    if timedelta(0) <= passed < timedelta(minutes=1):
        return say("desk_just_now", language)
    if timedelta(0) <= passed < timedelta(hours=1):
        return say("desk_minutes_ago", language, n=minutes)
    days = (now.astimezone(here).date() - moment.astimezone(here).date()).days
    if days in (0, 1):
        return say("desk_today_at" if days == 0 else "desk_yesterday_at", language, time=clock)
    return when(moment, language, zone)


def number(count: int, language: Language) -> str:
    """`12,480` as the language parts thousands."""
    return f"{count:,}".replace(",", PARTS[language])


def clock(moment: datetime, zone: str) -> str:
    """`09:30` in `zone`."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"


def why(reason: str | None, numbers: reasons.Numbers, language: Language, zone: str) -> str | None:
    """Why a check ended early; None where nothing ended it, or its code is of another version."""
    if reason not in KNOWN:
        return None
    return reasons.why(reason, numbers, language, ZoneInfo(zone))


def what_to_do(reason: str | None, language: Language, slug: str) -> str | None:
    """What a person can do about it, for the outlet `slug`; None as `why`.

    What is a command at a terminal is a button of these pages.
    """
    if reason not in KNOWN:
        return None
    button = f"„{say('desk_looked_by_hand', language)}“"
    return reasons.what_to_do(reason, language, slug).replace("`jehona checked`", button)
