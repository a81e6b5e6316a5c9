"""The blocks of a report document: nouns without markup, which every form sets in the same order.

    Document -> Section -> Text, Cards, Facts, Chart, Pieces, Table, ...

Whatever stands in a block is fit to be shown to whom the edition is for: who sets it leaves
nothing out and adds nothing, so that all forms of an edition hold the same pieces and figures.
Words are plain (`reports.formats.plain`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from crawler.models import Language, Outcome
from reports.charts import Palette
from reports.forms import Edition
from reports.pictures import Image


class Draw(Protocol):
    """A drawing of a chart as SVG, so many pixels wide, in these colours."""

    def __call__(self, *, width: int, colours: Palette) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a piece was published, as it is shown, filtered and sorted."""

    # "16 maj, 14:20"
    words: str
    # for <time datetime>, in the event's zone
    iso: str
    # since 1970
    minutes: int
    # local: "2026-05-16"
    day: str


# Undated pieces stand after all others.
UNDATED = Moment(words="", iso="", minutes=9_999_999_999, day="")

MarkKind = Literal[
    "gone", "changed", "edited", "corrected", "before", "by-hand", "byline", "genre", "remark",
    "archive", "translation", "note", "tone", "pin",
]  # fmt: skip
# Marks that are short enough to stand behind the date on paper.
BEHIND: tuple[MarkKind, ...] = ("gone", "by-hand", "genre", "byline", "pin")
# Words of the office, not of the outlet.
OURS: tuple[MarkKind, ...] = ("remark", "note", "tone", "pin", "genre")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something said of a piece beside its headline."""

    kind: MarkKind
    # "Tone, by a person: positive"
    words: str
    # of a translation: whose it is, "machine translation: 127.0.0.1:5000"
    by: str | None = None
    # of an archived copy
    address: str | None = None
    # of a translation: whether a machine's
    machine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One piece as a form shows it."""

    # "p12", its own in the document
    anchor: str
    # place of its outlet among those that published, by name
    outlet_at: int
    # as readers know it
    outlet: str
    # the house behind it
    owner: str | None
    # "level 2", the full edition only
    tier: str | None
    # as readers see it, cut where it is none
    headline: str
    # of the web, None for any other scheme
    address: str | None
    # ISO 639-1, of the headline; None where it is no code
    language: str | None
    # the language in words, "–" where it is not known
    spoken: str
    # whether it is another language than most pieces have
    foreign: bool
    # when it was published
    at: Moment
    # the first words, None where none are known or where they are the first piece's own
    lead: str | None
    # on paper behind it: "16 maj, 12:40 · English", of a copy "12 min later"
    told: str
    # what is said beside it
    marks: tuple[Mark, ...]
    # whether nobody of the report carried its text before
    first: bool
    # of a copy, how long after the first: "2 h 10 min"
    lag: str | None
    # of a copy, the outlet of the first
    after: str | None
    # of a first with copies, how long until the last of them: "2 days"
    within: str | None
    # of a copy: whether its headline is that of the first
    same: bool
    # a person's yes; None in an edition that does not tell
    accepted: bool | None
    # why it was found, the full edition only
    why: tuple[str, ...]
    # who carried the same text later
    copies: tuple[Line, ...] = ()
    # beside it, with its source
    picture: Image | None = None

    @property
    def below(self) -> tuple[Mark, ...]:
        """The marks that stand below it on paper."""
        return tuple(mark for mark in self.marks if mark.kind not in BEHIND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph."""

    # lead: the one sentence above all; statement: how complete; note: small
    looks: Literal["lead", "statement", "plain", "note"]
    words: str
    # of an outlet's own words, which a clipping has; None: the document's
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One figure of the summary."""

    # "40"
    figure: str
    # "pieces"
    words: str
    # what stands under it
    told: str = ""
    # whether it asks a person for something
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """The figures side by side."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Questions and their answers: what, where, when."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurdle:
    """Something that stands between the report and a post."""

    # the section that tells it: "waiting"
    place: str
    # "2 pieces not yet reviewed"
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the report can be posted; the office's alone."""

    # now, later, nothing
    state: str
    # "Not ready to post yet"
    head: str
    # the same in one clause
    why: str
    hurdles: tuple[Hurdle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """One sign for every outlet asked; words beside it say the same."""

    draw: Draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing with its words."""

    # "days", "outlets", "spread", "tones"
    name: str
    # what it shows, a sentence
    title: str
    # what is drawn
    about: str
    draw: Draw
    # what it says to those who do not see it
    told: str
    # of the quoted headline, where `about` is one
    language: str | None = None
    # whether `about` is a headline
    quoted: bool = False
    # whether firsts and copies are told apart
    legend: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subhead:
    """A heading inside a section."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The texts that began on one day."""

    # "16 maj"; words for no date
    words: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Every piece of the report, once: by the day of its text's first publication."""

    days: tuple[Day, ...]
    # how many in all
    total: int
    # what a page may filter by: outlets, languages and days, values with their words
    outlets: tuple[tuple[int, str], ...]
    languages: tuple[tuple[str, str], ...]
    dates: tuple[tuple[str, str], ...]
    # whether some words are the office's own
    owned: bool

    @property
    def lines(self) -> tuple[Line, ...]:
        """The first of each text, in order."""
        return tuple(line for day in self.days for line in day.lines)

    @property
    def undated(self) -> bool:
        """Whether one of them has no date."""
        return any(not line.at.day for line in self.every)

    @property
    def every(self) -> tuple[Line, ...]:
        """All lines, copies after their first."""
        return tuple(one for line in self.lines for one in (line, *line.copies))


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlights:
    """Pieces that a person wants to stand out, with picture and words."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Pieces that are no part of the list, each with its outlet and reasons."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A piece of the list, or an address, pointed at."""

    words: str
    # "p12" where it is a line of the list
    anchor: str | None
    address: str | None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointers:
    """Rows of pieces that are pointed at: one each, or pairs."""

    rows: tuple[tuple[Pointer, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of a list."""

    words: str
    # what it is about, before its words
    name: str | None = None
    # of the outlet that it is about
    outcome: Outcome | None = None
    # whether it is about an outlet, and has the sign of its outcome
    signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list of sentences."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One outlet of the denominator."""

    # as readers know it
    name: str
    outcome: Outcome | None
    # in words
    ended: str
    # who looked by hand, or how far back a half check got
    seen: str | None
    # drawn: what was read of what is listed, and what of it is in the report; "" where nothing was
    gauge: Callable[[Palette], str]
    # the cells behind the outcome
    cells: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The row as a table of words has it."""
        ended = f"{self.ended} ({self.seen})" if self.seen else self.ended
        return (self.name, ended, *self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlets:
    """The table of outlets."""

    # outlet, outcome, then those of the cells
    columns: tuple[str, ...]
    # which of them are counts
    numbers: tuple[int, ...]
    rows: tuple[Checked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A headline that an outlet replaced."""

    outlet: str
    before: str
    after: str
    when: str
    address: str | None
    language: str | None

    @property
    def words(self) -> tuple[str, ...]:
        """The row as a table of words has it."""
        return (self.outlet, self.before, self.after, self.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The table of replaced headlines."""

    columns: tuple[str, ...]
    rows: tuple[Changed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Any other table of words."""

    columns: tuple[str, ...]
    # which of them are counts
    numbers: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmLine:
    """One sentence of ours, as warm as it was printed."""

    # pieces that took it over
    count: int
    words: str
    # 0 (by nobody) to 4 (most): its ground; the count says the same without colour
    heat: int
    # who took it over, the full edition only
    by: tuple[Pointer, ...] = ()
    # "and 3 more"; "" where `by` has all
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warm:
    """A text of ours, sentence by sentence."""

    # count, sentence
    columns: tuple[str, str]
    lines: tuple[WarmLine, ...]


Block = (
    Text | Cards | Facts | Verdict | Tiles | Chart | Subhead | Pieces | Highlights | Lines
    | Pointers | Items | Outlets | Changes | Table | Warm
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the document under one heading."""

    # its name in every language: "pieces", "method"
    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What stands above all."""

    # of the event
    title: str
    # day, place, organiser, days looked at; as far as they are known
    about: tuple[str, ...]
    # the office's own paragraphs
    introduction: tuple[str, ...]
    # the office's own, where it gave one
    picture: Image | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report as every form sets it."""

    edition: Edition
    language: Language
    # "Media coverage report"
    kind: str
    cover: Cover
    sections: tuple[Section, ...]
