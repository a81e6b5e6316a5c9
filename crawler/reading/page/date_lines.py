"""The days that a line near the headline names, each with what the words beside it make of it.

"Përditësuar: 22 tetor 2025, 12:05 · Publikuar: 21 tetor 2025, 13:15" is two days of two sorts;
"Dita e librit mbahet më 24 maj 2025" and "24 - 26 maj 2025" are days of something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from crawler.reading.page.printed_days import MONTHS, days_of, fold

Role = Literal["published", "modified", "other"]
CONTEXT: Final = 60
# characters before a day that may be its label
BEHIND: Final = 40
# characters behind it
LABEL: Final = 16
# characters behind a day in which it may be said that it is of an edit
SENTENCE: Final = 4
# words in lower-case beside a day from which a line is a sentence about it
_EDITED: Final = re.compile(
    r"\b(?:updated?|modified|edited|edit|aktualisiert|geandert|mis a jour|modifiee?|actualizado"
    r"|aggiornat[oa]|atualizado|bijgewerkt|opdateret|oppdatert|uppdaterad|aktualizova?no?"
    r"|zaktualizowan[oa]|perditesuar|perditesimi|perditesua|ndryshuar|ndryshua|modifikuar"
    r"|rifreskuar|redaktuar|azurirano|ажурирано|изменето|обновлено|stand)\b|更新"
)
_PUBLISHED: Final = re.compile(
    r"\b(?:publiku[ae]r?|publikimit?|botuar?|botimit?|postuar?|postua|derguar|hedhur|shkruar"
    r"|published|posted|first published|publie|publicado|veroffentlicht|pubblicato|objavljeno"
    r"|objaveno|објавено|објавена|објавен|постирано|written|geschrieben|verfasst|erschienen)\b|掲載"
)
_ANOTHER: Final = re.compile(r"[|•·/:]|\d")
# what parts a label that follows a day from the next day's
_LABELS: Final = re.compile(
    r"\b(?:data|date|dt|datum|датум|koha|ora|time|dita|day|me|on|am|at|ne|во|на|u|e|i|le|shtuar"
    r"|krijuar|created|added|nga|by|from|author|autor\w*)\b"
)
_DAYS_BEFORE: Final = re.compile(r"(?:^|\D)\d{1,2}\s*\.?\s*(?:-|–|—|deri|dhe|e|and|to|до|и)\s*$")
_DAYS_BEHIND: Final = re.compile(
    r"\s*(?:-|–|—|deri\s+me|to|до)\s*\d{1,2}\s?(?:[./]\s?\d|\s[^\W\d]{3})"
)
_BOUND: Final = re.compile(
    r"\b(?:deri(?:\s+(?:me|ne|sa))?|until|till|before|after|since|that|qe|prej|mbahet|nis(?:et|in)?"
    r"|hapet|fillon|zhvillohet|organizohet|celet|starton|nisur|mbajtur|zhvilluar|lindur|vdekur"
    r"|seit|gultig|bis|ngarkuar|uploaded|held|starts?|opens?|begins?|takes place|born|died"
    r"|до|од|почнува|се одржува)"
    r"(?:\s+(?:me|ne|on|from|nga|daten?|te))*[\s:]*$"
)
_LOWER: Final = re.compile(r"(?<![^\W\d_])[^\W\d_A-ZÀ-ÝËÇЀ-Я][^\W\d_]+")
_CUT: Final = re.compile(r"[|•·/»>]|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Named:
    """One day that a line names."""

    moment: datetime
    # naive
    clock: bool
    # whether the time of the day stands with it
    shape: str
    # "dotted", "day month year"
    role: Role
    # by the words beside it
    labelled: bool
    # a word says that it is this


def days_in(text: str, *, month_first: bool | None, line: bool = True) -> list[Named]:
    """The days of a short text in their order; of a `line` that is a sentence none is the piece's.

    `month_first` as for `printed_days.first_day`.
    """
    named = list(days_of(text, month_first=month_first))
    if not named:
        return []
    found: list[Named] = []
    folded = fold(text)
    same = len(folded) == len(text)
    end = 0
    for start, stop, moment, clock, shape in named:
        before, behind = folded[max(end, start - CONTEXT) : start], folded[stop : stop + BEHIND]
        printed = text if same else folded
        role, labelled = _role(before, behind, first=not found)
        if not labelled and role == "published":
            beside = (printed[max(end, start - CONTEXT) : start], printed[stop:])
            role = "other" if _of_else(before, behind) or (line and _tells(*beside)) else role
        found.append(Named(moment, clock, shape, role, labelled))
        end = stop
    return found


def _role(before: str, behind: str, *, first: bool) -> tuple[Role, bool]:
    """What the nearest label before a day says, else one that follows the only day."""
    edited = max((m.end() for m in _EDITED.finditer(before)), default=-1)
    published = max((m.end() for m in _PUBLISHED.finditer(before)), default=-1)
    if edited > published:
        return "modified", True
    if published >= 0:
        return "published", True
    told = _EDITED.search(behind[:LABEL]), _PUBLISHED.search(behind)
    if first and told[0] and not told[1]:
        return "modified", True
    return "published", told[1] is not None and not _ANOTHER.search(behind[: told[1].start()])


def _of_else(before: str, behind: str) -> bool:
    """Whether a day is part of a range or bound by a word: "deri më 22 maj", "24 - 26 maj"."""
    if _BOUND.search(before) or _DAYS_BEHIND.match(behind):
        return True
    return _DAYS_BEFORE.search(before) is not None


def _tells(before: str, behind: str) -> bool:
    """Whether a line tells something of its day: in one segment too many words stand beside it."""
    near = _CUT.split(before)[-1] + " " + _CUT.split(behind)[0]
    words = [w for w in _LOWER.findall(near) if w[0].islower() and not _LABELS.fullmatch(w)]
    return len([word for word in words if fold(word) not in MONTHS]) >= SENTENCE
