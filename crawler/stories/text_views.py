"""What is compared of an article: its first words, folded, and the facts that stand in them.

The headline is left out: real copies change it, and "Moti për nesër" repeats daily. Where there is
no text the lead stands for it. A lead that is the beginning of the text is not read twice; one that
stands before the text is read with it and without it, because the next outlet may have dropped it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Final

from crawler.language.folding import fold
from crawler.models import Article
from crawler.stories.facts import Fact, Placed, facts_of
from crawler.stories.proper_names import beginnings_of, names_of

WORDS: Final = 60
# of an opening that are compared: measured, docs/stories.md
CORE: Final = 50
# words in which a fact counts as a text's own; the last ten may be cut off at the neighbour
REACH: Final = 75
# words in which the neighbour may hold the same fact, moved by a byline or a place
FEWEST: Final = 10
# words below which nothing can be told: "Shikoni fotot nga aktiviteti"
LONGEST: Final = 1_500
# characters read for it

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

    raw: str
    # as far as it reaches, as printed: "VLORË- Shoqata Bregas prezantoi"

    @cached_property
    def folded(self) -> str:
        """As it is compared: "vlore- shoqata bregas prezantoi"."""
        return fold(self.raw)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The first WORDS words."""
        return tuple(_WORD.findall(self.folded)[:WORDS])

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
    def names(self) -> Mapping[str, str]:
        """Its names inside sentences: the letters they begin with -> as printed."""
        return names_of(self.raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What is compared of one text."""

    digest: str
    # of the views: two articles with one digest carry the same text
    views: tuple[View, ...]
    # at least one
    size: int
    # letters of the only view's words; 0 where there are several


def opening_of(article: Article, boilerplate: Collection[str] = ()) -> Opening | None:
    """What is compared of an article; None where there is too little to tell.

    `boilerplate` are lines of the text that the outlet's pages repeat.
    """
    texts = [" ".join(text.split()) for text in _texts(article, frozenset(boilerplate))]
    views = tuple(filter(_enough, dict.fromkeys(map(_view, texts))))
    if not views:
        return None
    seen = "\x1f".join(sorted(view.raw for view in views))
    digest = blake2b(seen.encode(), digest_size=12).hexdigest()
    size = len(views[0].ordered) if len(views) == 1 else 0
    return Opening(digest=digest, views=views, size=size)


def _texts(article: Article, boilerplate: Collection[str]) -> Iterator[str]:
    """The ways to read it, longest first."""
    lead, text = _without(article.lead or "", ()), _without(article.text or "", boilerplate)
    if not text:
        yield lead
    elif not lead or _begins(text, lead):
        yield text
    else:
        yield from (f"{lead}\n{text}", text)


def _without(text: str, boilerplate: Collection[str]) -> str:
    lines = text.split("\n") if boilerplate else text[:LONGEST].split("\n")
    own = (line for line in lines if line not in boilerplate and not _RIGHTS.match(line))
    return "\n".join(own)[:LONGEST]


def _begins(text: str, lead: str) -> bool:
    """Whether the lead is the text's beginning; its last word may be cut in two."""
    if text.startswith(lead) and len(_WORD.findall(lead, 0, SEEN)) > 1:
        return True  # to the letter, and nothing need be folded
    first = _WORD.findall(fold(lead[:LONGEST]))[:WORDS]
    kept = max(1, len(first) - 1)
    return first[:kept] == _WORD.findall(fold(text[: len(lead) + 200]))[:kept]


def _view(text: str) -> View:
    """As far as it reaches."""
    within = _REACHED.match(text, 0, LONGEST)
    return View(raw=within[0] if within else "")


def _enough(view: View) -> bool:
    return len(view.words) >= FEWEST
