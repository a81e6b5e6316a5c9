"""The roundup post: what the event was, and each outlet with its headlines (pure).

A `Roundup` holds what an editor publishes, in the order they want it, without any markup; the
templates beside this module turn it into Markdown, HTML, WordPress blocks or plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from crawler.models import Language
from reports.formats.plain import web_address
from reports.forms import Form, Group
from reports.models import Piece, Report, Text
from reports.sentences import day, moment, silence, statement
from reports.text_templates import typeset
from reports.words import say

# Where nobody gave a place or a tier, a piece stands behind those that have one.
LAST: Final = 1_000_000
_BLANK_LINES: Final = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One linked headline."""

    outlet: str
    # as readers know it: "Gazeta Shembull"
    headline: str
    # as printed, or as a person corrected it
    address: str | None
    # http or https; None where nothing may be linked
    language: str | None
    # ISO 639-1 of the headline
    when: str
    # in words, empty where undated: "16 maj, 09:30"
    translation: str | None = None
    # of the headline; None where the reader needs none or has none
    translation_note: str | None = None
    # who translated, in words, where it was a machine
    also: tuple[Mention, ...] = ()
    # copies of the same text elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Headlines under one heading."""

    heading: str
    # "Gazeta Shembull", "16 maj 2026"
    mentions: tuple[Mention, ...]
    # in the order people gave, else by time


@dataclass(frozen=True, slots=True, kw_only=True)
class Roundup:
    """A post, ready to be typeset."""

    event: str
    # slug
    language: Language
    # of our own words
    title: str
    # "Dita e Bregut në media"
    introduction: tuple[str, ...]
    # the office's own paragraphs
    lead_in: str
    # the sentence that introduces the list
    group: Group
    # what the sections are
    sections: tuple[Section, ...]
    # none where nothing was published
    footnote: str | None
    # how complete the list is; None where it was switched off by name
    pieces: tuple[str, ...]
    # keys of the articles in it, copies too


def roundup(
    report: Report,
    language: Language,
    *,
    group: Group = Group.OUTLET,
    accepted_only: bool = False,
    footnote: bool = True,
) -> Roundup:
    """The roundup of a report; with `accepted_only` what nobody accepted is left out."""
    texts = _wanted(report.texts, accepted_only=accepted_only)
    making = _Making(report, language)
    return Roundup(
        event=report.event.slug,
        language=language,
        title=say("roundup_title", language, title=report.event.title),
        introduction=_paragraphs(report.event.introduction),
        lead_in=_lead_in(report, texts, language),
        group=group,
        sections=making.sections(texts, group),
        footnote=_footnote(report, language) if footnote else None,
        pieces=tuple(piece.article for text in texts for piece in text.pieces),
    )


def _wanted(texts: Iterable[Text], *, accepted_only: bool) -> tuple[Text, ...]:
    """The texts with the pieces that are wanted; the earliest of these is the first."""
    if not accepted_only:
        return tuple(texts)
    kept = (
        Text(key=text.key, pieces=tuple(p for p in text.pieces if p.decision == "accepted"))
        for text in texts
    )
    return tuple(text for text in kept if text.pieces)


def _paragraphs(introduction: str | None) -> tuple[str, ...]:
    told = (introduction or "").split("\n\n")
    return tuple(" ".join(one.split()) for one in told if one.strip())


def _lead_in(report: Report, texts: Sequence[Text], language: Language) -> str:
    if not texts:
        return silence(report, language) if not report.pieces else say("roundup_none", language)
    outlets = {piece.outlet for text in texts for piece in text.pieces}
    return say("roundup_list", language, n=len(outlets), title=report.event.title)


def _footnote(report: Report, language: Language) -> str:
    made = day(report.made.date(), language)
    return say("roundup_footnote", language, told=statement(report, language), when=made)


class _Making:
    """Sections of one roundup."""

    __slots__ = ("language", "report")

    def __init__(self, report: Report, language: Language) -> None:
        self.report = report
        self.language: Language = language

    def sections(self, texts: Sequence[Text], group: Group) -> tuple[Section, ...]:
        ordered = sorted(texts, key=self._of_day if group is Group.DAY else _placed)
        grouped: dict[str, list[Text]] = {}
        for text in _by_outlet(ordered) if group is Group.OUTLET else ordered:
            grouped.setdefault(self._heading(text, group), []).append(text)
        write = self._story if group is Group.STORY else self._mentions
        return tuple(Section(heading=name, mentions=write(some)) for name, some in grouped.items())

    def _heading(self, text: Text, group: Group) -> str:
        if group is Group.DAY:
            return self._day(text)
        return text.first.shown if group is Group.STORY else text.first.outlet_name

    def _day(self, text: Text) -> str:
        local = self._local_day(text)
        return day(local, self.language) if local else say("undated", self.language)

    def _local_day(self, text: Text) -> date | None:
        published = text.first.published
        return published and published.astimezone(ZoneInfo(self.report.event.zone)).date()

    def _of_day(self, text: Text) -> tuple[date, int, int, bool, float, str]:
        return (self._local_day(text) or date.max, *_placed(text))

    def _mentions(self, texts: Iterable[Text]) -> tuple[Mention, ...]:
        return tuple(self._mention(text.first, text.copies) for text in texts)

    def _story(self, texts: Iterable[Text]) -> tuple[Mention, ...]:
        """Under a story's headline each outlet that carried it, the first one first."""
        return tuple(self._mention(piece) for text in texts for piece in text.pieces)

    def _mention(self, piece: Piece, copies: Iterable[Piece] = ()) -> Mention:
        translation, note = self._translation(piece)
        return Mention(
            outlet=piece.outlet_name,
            headline=piece.shown,
            address=web_address(piece.archive or piece.url),
            language=piece.language,
            when=self._when(piece),
            translation=translation,
            translation_note=note,
            also=tuple(self._mention(copy) for copy in copies),
        )

    def _when(self, piece: Piece) -> str:
        if piece.published is None:
            return ""
        return moment(piece.published, self.report.event, self.language, piece.precision)

    def _translation(self, piece: Piece) -> tuple[str | None, str | None]:
        """The translation beside the original; what a machine wrote is marked, always."""
        if piece.translation is None or piece.language == self.language:
            return None, None
        note = say("machine", self.language) if piece.by_machine else None
        return piece.translation, note


def _placed(text: Text) -> tuple[int, int, bool, float, str]:
    """The order that people gave, else tier, else time; undated ones last."""
    first = text.first
    pin = min((p.pin for p in text.pieces if p.pin is not None), default=LAST)
    tier = LAST if first.tier is None else first.tier
    return pin, tier, *_moment(first)


def _moment(piece: Piece) -> tuple[bool, float, str]:
    if piece.published is None:
        return True, 0.0, piece.article
    return False, piece.published.timestamp(), piece.article


def _by_outlet(texts: Sequence[Text]) -> list[Text]:
    """An outlet's texts together, outlets by the place of their best one."""
    best: dict[str, int] = {}
    for at, text in enumerate(texts):
        best.setdefault(text.first.outlet, at)
    return sorted(texts, key=lambda text: best[text.first.outlet])


def written(made: Roundup, form: Form, *, own: Path | None = None, marker: str = "") -> str:
    """The roundup in one form, by the shipped template or by a person's copy in `own`.

    `marker` is the class of the first block (blocks only). Raises TemplateBroken.
    """
    words = {field.name: getattr(made, field.name) for field in fields(made)}
    text = typeset(f"roundup.{form.value}", {**words, "marker": marker}, made.language, own)
    return _BLANK_LINES.sub("\n\n", text).strip() + "\n"
