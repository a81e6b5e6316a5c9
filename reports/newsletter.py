"""The newsletter: what is inside, and an entry each with headline, excerpt and link (pure).

An editor's selection decides what is in it and in which order; what it leaves open comes from the
record. `Newsletter` holds no markup: the templates turn it into a mail, its plain-text part, and
Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from crawler.failure import Failure
from crawler.models import Brand, Language, Layout, Pick, PostPicture, Selection
from reports.formats.colours import on_paper
from reports.formats.plain import web_address
from reports.forms import Part
from reports.mail_styles import inlined
from reports.models import Report, Text
from reports.roundup import LAST, paragraphs
from reports.text_templates import typeset
from reports.words import day, say

MOST: Final = 12
# entries of a proposal: more than anybody reads in a mail


class NothingKnown(Failure):
    """An entry that neither the selection nor the record can name: one line with its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the record has of an entry."""

    url: str | None
    # canonical; None where the piece has none
    headline: str | None
    # as printed, as a person corrected it, or a translation
    excerpt: str | None
    # a person's, else the teaser of `excerpt_of`
    outlet: str | None
    # as readers know it; None where it is not named
    language: str | None
    # ISO 639-1 of the headline
    excerpt_language: str | None = None
    # of the excerpt; None where nobody says
    by_machine: bool = False
    # whether the headline is a machine's translation, which is always marked
    genre: str | None = None
    # a person's word of what it is: "interview"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One piece of an issue."""

    headline: str
    # the editor's, else of the record
    excerpt: str
    # may be empty
    address: str | None
    # http or https; None for an announcement without a page
    outlet: str | None
    # who published it; None for a page that the record does not know
    language: str | None
    # ISO 639-1 of the headline
    excerpt_language: str | None
    # of the excerpt
    note: str | None = None
    # that a machine translated the headline, in words
    genre: str | None = None
    # in words: "Interview"
    section: str | None = None
    # what it stands under
    picture: PostPicture | None = None
    # of media/


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Entries under one heading."""

    heading: str | None
    # "Our work"; None for those that stand under none
    entries: tuple[Entry, ...]
    # in the order of the selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """One issue, ready to be typeset."""

    number: int
    # 109
    title: str
    # "Press Office Newsletter"
    language: Language
    # of our own words
    day: str
    # in words: "25 maj 2026"
    introduction: tuple[str, ...]
    # the editor's paragraphs
    layout: Layout
    # list: each title once, with its teaser
    sections: tuple[Section, ...]
    # one without a heading, unless the selection wants sections
    brand: str | None
    # "Press Office"
    colour: str
    # of headings and links: "#7a1f2b"
    logo: bool
    # whether a picture of the name `logo` comes along
    numbered: bool
    # whether the number is said beside the title: not where the title says it
    why_mail: str
    # the line at the foot of a mail
    unsubscribe: str | None
    # where readers leave the list, behind that line: "https://...", "mailto:..."
    picture: PostPicture | None = None
    # of media/, above the entries

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All, in the order in which they are printed."""
        return tuple(entry for section in self.sections for entry in section.entries)

    @property
    def subject(self) -> str:
        """Of the mail."""
        if not self.numbered:
            return self.title
        return say("newsletter_subject", self.language, title=self.title, n=self.number)


def newsletter(
    selection: Selection,
    known: Callable[[Pick], Known | None],
    language: Language,
    brand: Brand,
    made: date,
) -> Newsletter:
    """The issue of a selection; `known` says what the record has of an entry's address.

    Raises NothingKnown, one line, for an entry without a headline that the record lacks too.
    """
    title = selection.title or brand.name or say("newsletter", language)
    making = _Making(selection, language)
    entries = [making.entry(at, pick, known(pick)) for at, pick in enumerate(selection.picks, 1)]
    return Newsletter(
        number=selection.number,
        title=title,
        language=language,
        day=day(made, language),
        introduction=paragraphs(selection.introduction),
        layout=selection.layout,
        sections=_sections(entries),
        brand=brand.name,
        colour=on_paper(brand.colour),
        logo=brand.logo is not None,
        numbered=not _says(title, selection.number),
        why_mail=_why_mail(brand.name, selection.unsubscribe, language),
        unsubscribe=selection.unsubscribe,
        picture=selection.picture,
    )


def _says(title: str, number: int) -> bool:
    """Whether a title holds the number of its issue: "Buletini Nr. 108", "Newsletter No.108"."""
    marked = re.compile(
        rf"(?:\b(?:no|nr|n|numri|number|issue|vol)\b[.:]?|[#№])\s?0*{number}(?!\d)"
        rf"|(?<![\d.,/-])0*{number}\W*\Z",
        re.IGNORECASE,
    )
    return marked.search(title) is not None


def _why_mail(brand: str | None, unsubscribe: str | None, language: Language) -> str:
    at = "_at" if unsubscribe else ""
    if brand is None:
        return say(f"why_mail_ours{at}", language)
    return say(f"why_mail{at}", language, brand=brand)


class _Making:
    """Entries of one issue."""

    __slots__ = ("language", "selection")

    def __init__(self, selection: Selection, language: Language) -> None:
        self.selection = selection
        self.language: Language = language

    def entry(self, number: int, pick: Pick, had: Known | None) -> Entry:
        """What is printed of one entry. Raises NothingKnown."""
        url = had.url if had else pick.url
        address = web_address(url) if url else None
        headline = pick.headline or (had.headline if had else None)
        if not headline or (url and not address):
            raise NothingKnown(
                "[[entry]] {number}: the record has no headline for {url}: write headline = ",
                number=number,
                url=pick.url or pick.article,
            )
        ours, genre = pick.headline is not None or had is None, self._genre(pick, had)
        # the list is titles and teasers; an outlet stands there where the editor wrote it
        outlet = had.outlet if had and self.selection.layout == "full" else None
        excerpt = None if pick.excerpt is not None or had is None else had.excerpt
        section = (pick.section or genre) if self.selection.sections else None
        machine = had is not None and had.by_machine and not ours
        return Entry(
            headline=headline,
            excerpt=pick.excerpt or excerpt or "",
            address=address,
            outlet=pick.outlet or outlet,
            language=None if ours or had is None else had.language,
            excerpt_language=had.excerpt_language if had and excerpt else None,
            note=say("machine", self.language) if machine else None,
            # a heading that says it is enough
            genre=genre if section is None or pick.section else None,
            section=section,
            picture=pick.picture,
        )

    def _genre(self, pick: Pick, had: Known | None) -> str | None:
        """The editor's word, else what was decided of the piece."""
        genre = pick.genre or (had.genre if had else None)
        return say(f"entry_{genre}", self.language) if genre else None


def _sections(entries: Sequence[Entry]) -> tuple[Section, ...]:
    """The entries under their headings, which come in the order of their first; without one first.

    Behind another's they would seem to be its.
    """
    headings = sorted(
        dict.fromkeys(entry.section for entry in entries), key=lambda h: h is not None
    )
    return tuple(
        Section(heading=h, entries=tuple(entry for entry in entries if entry.section == h))
        for h in headings
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A first selection for an editor."""

    selection: Selection
    # what we would put in
    others: tuple[Pick, ...]
    # what else there is, for whoever wants it: in the same order


def proposal(report: Report, own: Iterable[str], number: int) -> Proposal:
    """A first selection for an event: MOST entries, the office's own posts before all others.

    Of the coverage each text's first piece: those that people gave a place, then by tier, then
    the texts that most others carried, then what the keywords are surest of. `own` are addresses
    of pieces of outlets of kind `own`. What a person rejected is not in it.
    """
    coverage = [text.first for text in sorted(report.texts, key=_place)]
    named = (*((url, "") for url in own), *((one.url or "", one.article) for one in coverage))
    picks = tuple(dict.fromkeys(_pick(url, key) for url, key in named if web_address(url) or key))
    selection = Selection(
        number=number,
        introduction=report.event.introduction,
        event=report.event.slug,
        picks=picks[:MOST],
    )
    return Proposal(selection=selection, others=picks[MOST:])


def _pick(url: str, key: str) -> Pick:
    """By its address, else by its key: a broadcast, a clip on paper."""
    return Pick(url=url) if web_address(url) else Pick(article=key)


def proposal_of_events(
    reports: Sequence[Report], own: Mapping[str, Iterable[str]], number: int
) -> Proposal:
    """A first selection for several events, event by event, MOST entries in all.

    Each has its share, the first more where it does not come out even; what one leaves the next
    may fill. An entry says its event where there are several, as decisions are of an event.
    """
    made = [proposal(report, own.get(report.event.slug, ()), number) for report in reports]
    if len(made) == 1:
        return made[0]
    picks: list[Pick] = []
    others: list[Pick] = []
    seen: set[Pick] = set()
    for at, one in enumerate(made):
        every = [pick for pick in (*one.selection.picks, *one.others) if pick not in seen]
        seen.update(every)
        named = [replace(pick, event=one.selection.event) for pick in every]
        share = -(-(MOST - len(picks)) // (len(made) - at))
        picks += named[:share]
        others += named[share:]
    return Proposal(selection=Selection(number=number, picks=tuple(picks)), others=tuple(others))


def _place(text: Text) -> tuple[int, int, int, float, float]:
    first = text.first
    pin = min((piece.pin for piece in text.pieces if piece.pin is not None), default=LAST)
    tier = LAST if first.tier is None else first.tier
    when = first.published.timestamp() if first.published else float("inf")
    return pin, tier, -len(text.copies), -first.score, when


Shown = Callable[[PostPicture], str]
# a picture as its form shows it: the source of an image (HTML, Markdown), a block (WordPress)


def written(
    issue: Newsletter,
    part: Part,
    *,
    own: Path | None = None,
    logo: str = "",
    shown: Shown | None = None,
) -> str:
    """The issue in one form, by the shipped template or a person's copy in `own`.

    `logo` is the address of the picture: a data URI in a preview, `cid:` in a mail; `shown` gives
    those of the others. Styles of a page stand on its elements: mail programs drop `<style>`.
    Raises TemplateBroken.
    """
    # the noun has a field of that name: whether there is a logo
    further = {"logo": logo, "entries": issue.entries, "shown": shown or _unseen}
    text = typeset(f"newsletter.{part.value}", issue, own, **further)
    return inlined(text) if part is Part.HTML else text


def _unseen(_: PostPicture) -> str:
    return ""
