"""Why a check ended as it did and what to do, from its code and numbers, in a reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Final

from crawler.models import Language
from crawler.outcomes import MEANINGS, NUMBERS, Reason
from reports.words import day, line, say

Numbers = Mapping[str, int | float | str]

_MOMENTS: Final = frozenset({"since", "until"})
# of the numbers: moments in ISO 8601


def why(reason: str, numbers: Numbers, language: Language, zone: tzinfo) -> str:
    """`its listing does not reach back far enough: from 5 May 2026, 00:00`.

    `reason` is a code of docs/outcomes.md, `zone` the one in which moments are told. Raises
    KeyError for a code that is none.
    """
    told = say(f"reason_{Reason(reason).value}", language)
    details = [
        say(f"detail_{name}", language, n=_shown(name, numbers[name], language, zone))
        for name in NUMBERS
        if name in numbers
    ]
    if not details:
        return told
    return say("reason_with", language, reason=told, details=", ".join(details))


def what_to_do(reason: str, language: Language, slug: str | None = None) -> str:
    """The next step after a check of the outlet `slug`, or of any. Raises ValueError: no code."""
    file = f"outlets/{slug}.toml" if slug else say("outlet_file", language)
    return line(MEANINGS[Reason(reason)].what_to_do, language, file=file)


def _shown(name: str, told: float | str, language: Language, zone: tzinfo) -> float | str:
    if name not in _MOMENTS:
        return told
    moment = datetime.fromisoformat(str(told))
    if moment.tzinfo is None:
        # a whole day: no zone moves it
        return day(moment.date(), language)
    local = moment.astimezone(zone)
    return f"{day(local.date(), language)}, {local:%H:%M}"
