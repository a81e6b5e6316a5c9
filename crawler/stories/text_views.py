"""What is compared of an article: its first words, folded, and the facts that stand in them.

The headline joins nothing: real copies change it, and "Moti për nesër" repeats daily. Where there
is no text the lead stands for it. A lead that stands in the text is not read twice.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Final

from crawler.models import Article
from crawler.stories.facts import Fact, Placed, facts_of
from crawler.stories.heads import FEWEST as SAYING
from crawler.stories.heads import NOTHING, Part, name_stem
from crawler.stories.passages import FEWEST_OF_A_LEAD, Passages, folded, stems_of, words_of
from crawler.stories.proper_names import beginnings_of, flanks_of, names_of

WORDS: Final = 60
# of an opening that are compared: measured, docs/stories.md
CORE: Final = 50
# words in which a fact counts as a text's own; the last ten may be cut off at the neighbour
REACH: Final = 75
# words in which the neighbour may hold the same fact, moved by a byline or a place
FEWEST: Final = 10
# words below which nothing can be told: "Shikoni fotot nga aktiviteti"
LONGEST: Final = 1_500
# characters of a lead and of a text that are read
LONGEST_HEADLINE: Final = 300
# characters

SEEN: Final = 80
# letters of a lead in which two words are looked for

_WORD = re.compile(r"[^\W_]+")
# A notice of rights is nobody's text, and stands under thousands.
_RIGHTS = re.compile(
    r"\W*(?:të gjitha të drejtat (?:janë )?(?:e |të )?rezervuar|ndalohet (?:riprodhimi|kopjimi)"
    r"|te gjitha te drejtat (?:jane )?(?:e |te )?rezervuar|all rights reserved|copyright\b|©"
    r"|(?:کلیه|تمام|تمامی|همه) حقوق)",
    re.IGNORECASE,
)
_REACHED = re.compile(rf"(?:[\W_]*+[^\W_]++){{1,{REACH}}}+")


@dataclass(frozen=True, kw_only=True)
class View:
    """One way to read an article's opening. No slots: each part is worked out once, if asked."""

    text: str
    # as printed, with all that follows
    words: tuple[str, ...]
    # the first WORDS words, folded

    @cached_property
    def raw(self) -> str:
        """As far as it reaches, as printed: "VLORË- Shoqata Bregas prezantoi"."""
        within = _REACHED.match(" ".join(self.text.split()))
        return within[0] if within else ""

    @cached_property
    def folded(self) -> str:
        """As it is compared: "vlore- shoqata bregas prezantoi"."""
        return folded(self.raw)

    @cached_property
    def ordered(self) -> str:
        """The words in alphabetical order, as they are compared."""
        return " ".join(sorted(self.words))

    @cached_property
    def facts(self) -> tuple[Placed, ...]:
        """Every fact with its place."""
        return facts_of(self.folded)

    @cached_property
    def core(self) -> frozenset[Fact]:
        """The facts that count as its own."""
        return self.held(CORE)

    @cached_property
    def reach(self) -> frozenset[Fact]:
        """The facts that are no news to it."""
        return self.held(REACH)

    def held(self, first: int) -> frozenset[Fact]:
        """The facts among the first so many words."""
        return frozenset(fact for at, fact in self.facts if at < first)

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """How its words begin."""
        return beginnings_of(self.words)

    @cached_property
    def flanks(self) -> Mapping[str, int]:
        """Where every two neighbouring words stand first."""
        return flanks_of(self.words)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Its names inside sentences: the letters they begin with -> as printed."""
        return names_of(self.raw)


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What is compared of one piece. No slots: each part is worked out once, if asked."""

    digest: str
    # of the folded words of all that follows: two articles with one digest say the same
    view: View
    # lead and text, as far as they are compared word by word
    headline: Part
    # empty where it is only a label
    standfirst: Part
    # a lead that stands before the text; empty for none
    lead: Part
    # a lead that stands before the text, and the text's first paragraph or sentence
    passages: Passages
    # the text
    size: int
    # letters of the view's words

    @cached_property
    def body(self) -> View:
        """What follows the lead, be that before the text or its beginning."""
        raw = self.passages.after_lead
        return _view(raw, words_of(raw))

    @cached_property
    def said(self) -> frozenset[Fact]:
        """What headline and lead say beside numbers: days, months, seasons."""
        return self.headline.facts | self.lead.facts

    @cached_property
    def head_names(self) -> frozenset[str]:
        """The names in headline and lead."""
        return self.headline.names | self.lead.names

    @cached_property
    def subject(self) -> frozenset[str]:
        """How the headline's longer words begin that stand in lead or text, too."""
        if not self.headline.stems:
            return frozenset()
        return self.headline.stems & stems_of((*self.lead.tokens, *self.passages.words))

    @cached_property
    def told(self) -> frozenset[Fact]:
        """Every fact of headline, lead and text."""
        parts = self.headline.placed, self.lead.placed, facts_of(self.passages.folded)
        return frozenset(fact for part in parts for _, fact in part)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of headline, lead and text."""
        return frozenset((*self.headline.tokens, *self.lead.tokens, *self.passages.words))

    @cached_property
    def stems(self) -> frozenset[str]:
        """How every longer word of headline, lead and text begins."""
        return stems_of(self.words)

    @cached_property
    def named(self) -> frozenset[str]:
        """Every word of headline, lead and text, as `name_stem` leaves it."""
        return frozenset(map(name_stem, self.words))


def opening_of(article: Article, boilerplate: Collection[str] = ()) -> Opening | None:
    """What is compared of an article; None where there is too little to tell.

    `boilerplate` are lines of the text that the outlet's pages repeat.
    """
    return Reader().opening(article, frozenset(boilerplate))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads the articles of one question: what several print alike is read once."""

    openings: dict[tuple[str, str, str], Opening | None] = field(default_factory=dict)
    # by headline, lead and text, as far as they are read
    parts: dict[str, Part] = field(default_factory=lambda: {"": NOTHING})
    # as printed -> read

    def opening(self, article: Article, boilerplate: frozenset[str]) -> Opening | None:
        """As `opening_of`."""
        printed = (_headline(article.headline or ""), *_parts(article, boilerplate))
        if printed not in self.openings:
            self.openings[printed] = self._read(*printed)
        return self.openings[printed]

    def _read(self, headline: str, lead: str, text: str) -> Opening | None:
        label = lead.count(" ") < FEWEST_OF_A_LEAD
        passages = Passages(raw=text, led=bool(lead))
        before = words_of(lead)
        words = passages.words if label else (*before, *passages.words)
        if len(words) < FEWEST:
            return None
        view = _view(text if label else f"{lead}\n{text}", words)
        seen = (" ".join(part) for part in (words_of(headline), before, passages.words))
        return Opening(
            digest=blake2b("\x1f".join(seen).encode(), digest_size=12).hexdigest(),
            view=view,
            headline=self._part(headline),
            standfirst=self._part(lead),
            lead=self._part(f"{lead}\n{passages.lead}".strip()),
            passages=passages,
            size=len(view.ordered),
        )

    def _part(self, raw: str) -> Part:
        return self.parts.setdefault(raw, Part(raw=raw))


def _headline(headline: str) -> str:
    """As far as it is read; "" for a label of a word or two: "Lajmi 7", but not "Moti: 7"."""
    read = headline[:LONGEST_HEADLINE]
    return read if ":" in read or len(_WORD.findall(read)) >= SAYING else ""


def _parts(article: Article, boilerplate: Collection[str]) -> tuple[str, str]:
    """The lead that stands before the text, "" for one that stands in it, and the text."""
    lead = _without(article.lead or "", boilerplate)
    text = _without(article.text or "", boilerplate)
    if not text:
        return "", lead
    return ("", text) if not lead or _stands_in(text, lead) else (lead, text)


def _without(text: str, boilerplate: Collection[str]) -> str:
    lines = text.split("\n") if boilerplate else text[:LONGEST].split("\n")
    own = (line for line in lines if line not in boilerplate and not _RIGHTS.match(line))
    return "\n".join(own)[:LONGEST]


def _stands_in(text: str, lead: str) -> bool:
    """Whether the lead is a part of the text; its last word may be cut in two.

    It need not be the beginning: a dateline, a caption may stand before it.
    """
    if text.startswith(lead) and len(_WORD.findall(lead, 0, SEEN)) > 1:
        return True  # to the letter, and nothing need be folded
    first = words_of(lead)[:WORDS]
    kept = " ".join(first[: max(1, len(first) - 1)])
    return f" {kept} " in f" {' '.join(words_of(text))} "


def _view(text: str, words: Sequence[str]) -> View:
    """Of a text and its folded words."""
    return View(text=text, words=tuple(words[:WORDS]))
