"""The roundup post: what the event was, and each outlet with its headlines (pure).

A `Roundup` holds what an editor publishes, in the order they want it, without any markup; the
templates beside this module turn it into Markdown, HTML, WordPress blocks or plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from crawler.models import Language
from reports.formats.plain import web_address
from reports.forms import Form, Group
from reports.models import Piece, Report, Text
from reports.prose import Passage, plain_passage
from reports.sentences import moment, silence, statement
from reports.text_templates import typeset
from reports.words import day, say

# Where nobody gave a place or a tier, a piece stands behind those that have one.
LAST: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One linked headline."""

    article: str
    # key: "a_7f3k2"
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
    remark: str | None = None
    # printed behind it: "interview"
    also: tuple[Mention, ...] = ()
    # copies of the same text elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Headlines under one heading."""

    heading: str | None
    # "Gazeta Shembull", "16 maj 2026"; None: bare headlines
    mentions: tuple[Mention, ...]
    # in the order people gave, else by time
    outlet: str | None = None
    # slug, where the heading is an outlet's name

    @property
    def shown(self) -> str | None:
        """The heading as readers see it: "Gazeta Shembull:"."""
        return f"{self.heading}:" if self.heading and self.outlet else self.heading

    @property
    def names_outlets(self) -> bool:
        """Whether each headline says who published it."""
        return self.heading is not None and self.outlet is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of a post; all but one of text, section, picture, video and chart are empty."""

    text: tuple[Passage, ...] = ()
    section: Section | None = None
    picture: str | None = None
    # a file of media/
    video: str | None = None
    # the address of a player, or a file of media/
    player: str | None = None
    # "youtube", where the video is an address
    alt: str | None = None
    caption: str | None = None
    chart: bool = False
    # pieces per day

    @property
    def file(self) -> str | None:
        """The picture or video of media/ that it shows."""
        return self.picture or (None if self.player else self.video)


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
    group: Group | None
    # what the sections are; None in an editor's document
    sections: tuple[Section, ...]
    # none where nothing was published
    footnote: str | None
    # how complete the list is; None where it was switched off by name
    pieces: tuple[str, ...]
    # keys of the articles in it, copies too
    blocks: tuple[Block, ...] = ()
    # all of it but title and footnote, in order


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
    making = Making(report, language)
    opening = paragraphs(report.event.introduction)
    lead_in = _lead_in(report, texts, language)
    sections = making.sections(texts, group)
    said = tuple(map(plain_passage, (*opening, lead_in)))
    return Roundup(
        event=report.event.slug,
        language=language,
        title=say("roundup_title", language, title=report.event.title),
        introduction=opening,
        lead_in=lead_in,
        group=group,
        sections=sections,
        footnote=footnote_of(report, language) if footnote else None,
        blocks=(Block(text=said), *(Block(section=section) for section in sections)),
        pieces=tuple(piece.article for text in texts for piece in text.pieces),
    )


def footnote_of(report: Report, language: Language) -> str:
    """The closing line: how complete the list is."""
    how_sure, made = statement(report, language), day(report.made.date(), language)
    return say("roundup_footnote", language, told=how_sure, when=made)


def _wanted(texts: Iterable[Text], *, accepted_only: bool) -> tuple[Text, ...]:
    """The texts with the pieces that are wanted; the earliest of these is the first."""
    if not accepted_only:
        return tuple(texts)
    kept = (
        Text(key=text.key, pieces=tuple(p for p in text.pieces if p.decision == "accepted"))
        for text in texts
    )
    return tuple(text for text in kept if text.pieces)


def paragraphs(introduction: str | None) -> tuple[str, ...]:
    """The office's own words, parted where a line is blank, each paragraph on one line."""
    told = (introduction or "").split("\n\n")
    return tuple(" ".join(one.split()) for one in told if one.strip())


def _lead_in(report: Report, texts: Sequence[Text], language: Language) -> str:
    if not texts:
        return silence(report, language) if not report.pieces else say("roundup_none", language)
    outlets = {piece.outlet for text in texts for piece in text.pieces if piece.outlet}
    return say("roundup_list", language, n=len(outlets), title=report.event.title)


class Making:
    """Sections and headlines of one roundup."""

    __slots__ = ("asked", "language", "report")

    def __init__(self, report: Report, language: Language) -> None:
        self.report = report
        self.language: Language = language
        self.asked = {row.outlet: at for at, row in enumerate(report.completeness)}

    def sections(self, texts: Sequence[Text], group: Group) -> tuple[Section, ...]:
        ordered = sorted(texts, key=self._placed)
        if group is Group.DAY:
            ordered.sort(key=lambda text: self._local_day(text) or date.max)
        grouped: dict[str, list[Text]] = {}
        for text in _by_outlet(ordered) if group is Group.OUTLET else ordered:
            grouped.setdefault(self._heading(text, group), []).append(text)
        by_outlet = group is Group.OUTLET
        return tuple(
            Section(
                # a piece whose outlet is not named stands bare
                heading=None if by_outlet and not some[0].first.outlet else name,
                mentions=self._mentions(some, group),
                outlet=some[0].first.outlet or None if by_outlet else None,
            )
            for name, some in grouped.items()
        )

    def _heading(self, text: Text, group: Group) -> str:
        if group is Group.DAY:
            local = self._local_day(text)
            return day(local, self.language) if local else say("undated", self.language)
        return text.first.shown if group is Group.STORY else text.first.outlet_name

    def _local_day(self, text: Text) -> date | None:
        published = text.first.published
        return published and published.astimezone(ZoneInfo(self.report.event.zone)).date()

    def _mentions(self, texts: Iterable[Text], group: Group) -> tuple[Mention, ...]:
        """Under a story's headline each outlet that carried it, the first one first."""
        if group is Group.STORY:
            return tuple(self.mention(piece) for text in texts for piece in text.pieces)
        return tuple(self.mention(text.first, text.copies) for text in texts)

    def mention(self, piece: Piece, copies: Iterable[Piece] = ()) -> Mention:
        """A piece as a headline, with the copies of its text elsewhere."""
        translation, note = self._translation(piece)
        return Mention(
            article=piece.article,
            outlet=piece.outlet_name if piece.outlet else "",
            headline=piece.shown,
            address=web_address(piece.archive or piece.url),
            language=piece.language,
            when=self._when(piece),
            translation=translation,
            translation_note=note,
            also=tuple(self.mention(copy) for copy in copies),
        )

    def _placed(self, text: Text) -> tuple[int, int, bool, float, int, int, str]:
        """The order that people gave, else tier, else time, else that of the outlets asked."""
        first = text.first
        pin = min((p.pin for p in text.pieces if p.pin is not None), default=LAST)
        tier = LAST if first.tier is None else first.tier
        undated = first.published is None
        moment_of = first.published.timestamp() if first.published else 0.0
        at = self.asked.get(first.outlet, LAST)
        return pin, tier, undated, moment_of, at, first.order, first.article

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


def _by_outlet(texts: Sequence[Text]) -> list[Text]:
    """An outlet's texts together, outlets by the place of their best one."""
    best: dict[str, int] = {}
    for at, text in enumerate(texts):
        best.setdefault(text.first.outlet, at)
    return sorted(texts, key=lambda text: best[text.first.outlet])


Shown = Callable[[Block], str]
# a block's picture, video or chart as its form shows it: the source of an image (HTML, Markdown),
# a block (WordPress); empty where there is nothing to show


def written(
    made: Roundup,
    form: Form,
    *,
    own: Path | None = None,
    marker: str = "",
    shown: Shown | None = None,
) -> str:
    """The roundup in one form, by the shipped template or by a person's copy in `own`.

    `marker` is the class of the first block (blocks only); without `shown` pictures are named.
    Raises TemplateBroken.
    """
    further = {"marker": marker, "shown": shown or _unseen}
    return typeset(f"roundup.{form.value}", made, own, **further)


def _unseen(_: Block) -> str:
    return ""
