"""The first words of a piece, as a teaser: without the line of date above it, and whole (pure)."""

from __future__ import annotations

import re
from typing import Final

# Words of a teaser that nobody wrote: enough to know what a piece is about, as in a real issue.
EXCERPT_WORDS: Final = 45
# Characters of a lead from which on one without a full stop was cut by a feed; a subheading,
# which often has none either, is shorter.
CUT_FROM: Final = 140
# Characters of a text that are looked at.
OPENING: Final = 5_000
# Lines of date that may stand one behind the other: when published, when updated.
MOST_DATELINES: Final = 3

_MONTH: Final = (
    r"(?i:jan|shk|mar|pri|maj|qer|kor|gus|sht|tet|n[ëe]n|dhj"
    r"|feb|apr|may|jun|jul|aug|sep|oct|nov|dec)[^\W\d]{0,7}\.?"
)
_YEAR: Final = r"(?:19|20)\d\d\b"
_WEEKDAY: Final = (
    r"(?:(?i:(?:e\s+)?(?:hën|hen|mart|mërkur|merkur|enjt|premt|shtun|diel)[ëea]?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day),?\s+)?"
)
_DAY: Final = (
    rf"{_WEEKDAY}(?:\d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?{_YEAR}|{_YEAR}-\d\d-\d\d"
    rf"|\d{{1,2}}\.?\s+{_MONTH},?\s+{_YEAR}|{_MONTH}\s+\d{{1,2}},?\s+{_YEAR})"
)
_DAY_OF_A_YEAR: Final = rf"{_WEEKDAY}(?:\d{{1,2}}\.?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}})"
_CLOCK: Final = (
    r"(?i:(?:T|[,|\s–—-]+)(?:(?:ora|orën|në|at)\s+)*\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?"
    r"(?:\s*[|–—-])?)"
)
_LABEL: Final = (
    r"(?i:(?:publikuar|botuar|postuar|përditësuar|perditesuar|data|published|posted|updated)"
    r"(?:\s+(?:më|me|në|on))?\s*:?\s+)"
)
_PLACE: Final = r"[^\W\d][^\d,(.|:]{0,31}[,(|]\s*"
_FIRST_CLOCK: Final = r"\d{1,2}:\d\d\s*[|,–—-]?\s*"
_SEPARATOR: Final = r"\)?\s*(?:\([^()\d]{2,20}\)\s*)?[-–—:|/•·]+\s+"
# "22.11.2026 10:00 Kryetari", "Publikuar më 22 nëntor 2026 | ", "TIRANË, 22 nëntor (ATSH) – "
_TEXT: Final = r"\s+(?=[\"„“«A-ZÀ-ÝËÇ])"
_DATELINE: Final = re.compile(
    rf"(?:{_LABEL}|{_PLACE}|{_FIRST_CLOCK})?"
    rf"(?:{_DAY}(?:{_CLOCK})?(?:{_SEPARATOR}|\)?\s*\Z|\)?{_TEXT}|\s+(?={_LABEL}))"
    rf"|{_DAY_OF_A_YEAR}(?:{_SEPARATOR}|{_CLOCK}{_TEXT}))"
)
_DOTS: Final = re.compile(r"\s*[\[(]?(?:…|\.{2,})[\])]?\s*\Z")
_END: Final = frozenset(".!?…\"”“»’')]")


def excerpt_of(lead: str | None, text: str | None) -> str:
    """The teaser of a piece: its lead, else how its text begins; "" where there is neither."""
    body = (text or "")[:OPENING]
    told = without_dateline(lead or "") or without_dateline(body)
    return shortened(_with_dots(told, body))


def without_dateline(text: str) -> str:
    """`text` on one line, without the day, hour or place that opens it as a line of its own.

    A sentence that begins with a day keeps it: "Më 16 maj u mbajt", "16 maj 2026 është dita".
    """
    told = " ".join(text.split())
    for _ in range(MOST_DATELINES):
        found = _DATELINE.match(told)
        if found is None or not found[0]:
            break
        told = told[found.end() :].lstrip()
    return told


def _with_dots(lead: str, body: str) -> str:
    """A lead that breaks off says so, and ends with a whole word where the text tells it."""
    bare = _DOTS.sub("", lead)
    if bare != lead:
        return f"{bare}…" if bare else ""
    for line in body.splitlines():
        _, found, rest = " ".join(line.split()).partition(lead)
        if lead and found and rest:
            return _broken_off(lead, rest)
        if lead and found:
            # the whole paragraph
            return lead
    return f"{lead}…" if len(lead) >= CUT_FROM and lead[-1] not in _END else lead


def _broken_off(lead: str, rest: str) -> str:
    """The lead that `rest` goes on from."""
    if lead[-1] in _END and not rest[0].isalnum():
        return lead
    whole = lead.rpartition(" ")[0] if rest[0].isalnum() and lead[-1].isalnum() else lead
    return f"{(whole or lead).rstrip(' ,;:–-')}…"


def shortened(text: str) -> str:
    """The first words of a text, and that there are more: "Më 16 maj u mbajt …"."""
    told = text.split()
    if len(told) <= EXCERPT_WORDS:
        return " ".join(told)
    return " ".join(told[:EXCERPT_WORDS]).rstrip(",;:–-") + " …"
