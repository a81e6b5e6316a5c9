"""The newsletter: what is inside, and an entry each with headline, excerpt and link (pure).

An editor's selection decides what is in it and in which order; what it leaves open comes from the
record. `Newsletter` holds no markup: the templates turn it into a mail, its plain-text part, and
Markdown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from crawler.failure import Failure
from crawler.models import Brand, Language, Pick, Selection
from reports.formats.colours import on_paper
from reports.formats.plain import web_address
from reports.forms import Part
from reports.models import Report, Text
from reports.roundup import LAST, paragraphs
from reports.sentences import day
from reports.text_templates import typeset
from reports.words import say

# Words of an excerpt that nobody wrote: enough to know what a piece is about, as in a real issue.
EXCERPT_WORDS: Final = 45
MOST: Final = 12
# entries of a proposal: more than anybody reads in a mail


class NothingKnown(Failure):
    """An entry that neither the selection nor the record can name: one line with its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the record has of an address."""

    url: str
    # canonical
    headline: str | None
    # as printed, or as a person corrected it
    excerpt: str | None
    # a person's, else the lead
    outlet: str
    # as readers know it
    language: str | None
    # ISO 639-1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One piece of an issue."""

    headline: str
    # the editor's, else as printed
    excerpt: str
    # may be empty
    address: str
    # http or https
    outlet: str | None
    # who published it; None for a page that the record does not know
    language: str | None
    # ISO 639-1 of headline and excerpt


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
    entries: tuple[Entry, ...]
    # in the order of the selection
    brand: str | None
    # "Press Office"
    colour: str
    # of headings and links: "#7a1f2b"
    logo: bool
    # whether a picture of the name `logo` comes along

    @property
    def subject(self) -> str:
        """Of the mail."""
        return say("newsletter_subject", self.language, title=self.title, n=self.number)


def newsletter(
    selection: Selection,
    known: Callable[[str], Known | None],
    language: Language,
    brand: Brand,
    made: date,
) -> Newsletter:
    """The issue of a selection; `known` says what the record has of an address.

    Raises NothingKnown, one line, for an entry without a headline that the record lacks too.
    """
    return Newsletter(
        number=selection.number,
        title=selection.title or brand.name or say("newsletter", language),
        language=language,
        day=day(made, language),
        introduction=paragraphs(selection.introduction),
        entries=tuple(_entry(at, pick, known) for at, pick in enumerate(selection.picks, 1)),
        brand=brand.name,
        colour=on_paper(brand.colour),
        logo=brand.logo is not None,
    )


def _entry(number: int, pick: Pick, known: Callable[[str], Known | None]) -> Entry:
    had = known(pick.url)
    headline = pick.headline or (had.headline if had else None)
    address = web_address(had.url if had else pick.url)
    if not headline or not address:
        raise NothingKnown(
            f"[[entry]] {number}: the record has no headline for {pick.url}: write headline = "
        )
    return Entry(
        headline=headline,
        excerpt=pick.excerpt or shortened((had.excerpt if had else None) or ""),
        address=address,
        outlet=pick.outlet or (had.outlet if had else None),
        language=None if pick.headline or not had else had.language,
    )


def shortened(text: str) -> str:
    """The first words of a text, and that there are more: "Më 16 maj u mbajt …"."""
    told = text.split()
    if len(told) <= EXCERPT_WORDS:
        return " ".join(told)
    return " ".join(told[:EXCERPT_WORDS]).rstrip(",;:–-") + " …"


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
    coverage = [text.first.url for text in sorted(report.texts, key=_place)]
    urls = filter(web_address, dict.fromkeys((*own, *coverage)))
    # a clip on paper has no address, and an entry without one cannot be read
    picks = tuple(Pick(url=url) for url in urls)
    selection = Selection(
        number=number,
        introduction=report.event.introduction,
        event=report.event.slug,
        picks=picks[:MOST],
    )
    return Proposal(selection=selection, others=picks[MOST:])


def _place(text: Text) -> tuple[int, int, int, float, float]:
    first = text.first
    pin = min((piece.pin for piece in text.pieces if piece.pin is not None), default=LAST)
    tier = LAST if first.tier is None else first.tier
    when = first.published.timestamp() if first.published else float("inf")
    return pin, tier, -len(text.copies), -first.score, when


def written(issue: Newsletter, part: Part, *, own: Path | None = None, logo: str = "") -> str:
    """The issue in one form, by the shipped template or a person's copy in `own`.

    `logo` is the address of the picture: a data URI in a preview, `cid:` in a mail. Raises
    TemplateBroken.
    """
    # the noun has a field of that name: whether there is a logo
    return typeset(f"newsletter.{part.value}", issue, own, logo=logo)
