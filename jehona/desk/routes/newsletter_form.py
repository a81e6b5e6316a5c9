"""The form of an issue: read into a selection in hand; the order of its fields is the order."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, get_args

from crawler.models import Genre, Language, Pick, PostPicture, Selection
from jehona.actions.newsletter_editing import EntryInHand, IssueInHand
from jehona.actions.post_in_hand import TRAY
from jehona.desk.visit import Visit

GENRES: Final = get_args(Genre)
LANGUAGES: Final = get_args(Language)
LONGEST_NUMBER: Final = 6
# what an entry is by; its form has them hidden
NAMED: Final = ("url", "article", "event")


def read(visit: Visit, number: int) -> IssueInHand:
    """What was typed, as it was typed."""
    entries: list[EntryInHand] = []
    tray: list[EntryInHand] = []
    lies = entries
    for row in visit.ticked("row"):
        if row == TRAY:
            lies = tray
        else:
            lies.append(_entry(visit, row))
    return IssueInHand(
        selection=_selection(visit, number), entries=tuple(entries), tray=tuple(tray)
    )


def _selection(visit: Visit, number: int) -> Selection:
    language = visit.typed("issue-language")
    return Selection(
        number=number,
        title=line(visit, "title"),
        introduction=_text(visit, "introduction"),
        event=line(visit, "event"),
        language=next((code for code in LANGUAGES if code == language), None),
        layout="list" if visit.typed("layout") == "list" else "full",
        sections=visit.typed("sections") is not None,
        unsubscribe=line(visit, "unsubscribe"),
        picture=_picture(visit, "above"),
    )


def _entry(visit: Visit, row: str) -> EntryInHand:
    origin, genre = visit.typed(f"{row}-origin") or "", visit.typed(f"{row}-genre")
    known = origin.isdecimal() and len(origin) <= LONGEST_NUMBER
    pick = Pick(
        url=line(visit, f"{row}-url"),
        article=line(visit, f"{row}-article"),
        event=line(visit, f"{row}-event"),
        headline=line(visit, f"{row}-headline"),
        excerpt=_text(visit, f"{row}-excerpt"),
        outlet=line(visit, f"{row}-outlet"),
        genre=next((one for one in GENRES if one == genre), None),
        section=line(visit, f"{row}-section"),
    )
    pick = replace(pick, picture=_picture(visit, row))
    return EntryInHand(id=row, pick=pick, origin=int(origin) if known else None)


def _picture(visit: Visit, where: str) -> PostPicture | None:
    file = line(visit, f"{where}-file")
    if file is None:
        return None
    alt, caption = line(visit, f"{where}-alt"), line(visit, f"{where}-caption")
    return PostPicture(file=file, alt=alt, caption=caption)


def line(visit: Visit, name: str) -> str | None:
    """A field on one line: what was pasted with line ends has blanks."""
    return " ".join((visit.typed(name) or "").split()) or None


def _text(visit: Visit, name: str) -> str | None:
    """A field of several lines; a browser sends two signs for each of their ends."""
    return (visit.typed(name) or "").replace("\r\n", "\n").replace("\r", "\n") or None
