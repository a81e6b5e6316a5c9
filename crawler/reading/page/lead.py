"""The lead: the standfirst that readers see, else the description that the page gives machines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from crawler.reading.page.class_names import Mark
from crawler.reading.page.facts import Block, Facts, Spot
from crawler.reading.page.page_models import Candidate
from crawler.reading.page.site_names import likeness, squeezed
from crawler.reading.page.structured import ARTICLES, kinds, words
from crawler.reading.text import plain

SHORTEST: Final = 20
LONGEST: Final = 1_200
NEAR: Final = 12
# elements between headline and standfirst
NEXT_LINE: Final = (40, 420)
# characters of a standfirst
_CUT: Final = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")


SHORTEST_SHOWN: Final = 40
# characters of a visible standfirst
COMPARED: Final = 300
# characters that tell whether two places say the same
ALIKE: Final = 0.8
# likeness from which two places say the same
_DESCRIPTIONS: Final = (
    ("og:description", 4.0),
    ("description", 4.0),
    ("twitter:description", 3.0),
    ("dc.description", 3.0),
    ("sailthru.description", 3.0),
)
_ELSEWHERE: Final = Mark.COMMENTS | Mark.TEASER | Mark.BOILER | Mark.CAPTION | Mark.BIO
_AWAY: Final = ((1, 12, 2.2), (13, 25, 1.2), (-9, 60, 0.0))
# from, to (elements after the headline), what it is worth; -2 further away


def lead_of(
    facts: Facts, *, headline: str | None, headline_at: int | None, listed: str | None
) -> list[Candidate]:
    """All candidates, the winner first."""
    bare = squeezed(headline or "")
    weighed: list[Candidate] = []
    for layer, raw, weight in _said(facts, headline_at, listed):
        text = plain(raw)
        if SHORTEST <= len(text) <= LONGEST and squeezed(text[:COMPARED]) != bare:
            less = 1.0 if _CUT.search(text) else 0.0
            weighed.append(
                Candidate(
                    field="lead", value=text, layer=f"page:{layer}", raw=raw, weight=weight - less
                )
            )
    counted = [_supported(one, weighed) for one in weighed]
    counted.sort(key=lambda c: -c.weight)
    return _whole(counted)


def _alike(one: str, other: str) -> bool:
    return one == other or likeness(one[:COMPARED], other[:COMPARED]) > ALIKE


def _supported(one: Candidate, others: list[Candidate]) -> Candidate:
    rest = [o for o in others if o.layer != one.layer]
    agree = {o.layer for o in rest if _alike(o.value, one.value)}
    why = f"{len(agree)} other places say the same" if agree else "nobody else says the same"
    return replace(one, weight=one.weight + min(1.6, 0.8 * len(agree)), why=why)


def _whole(weighed: list[Candidate]) -> list[Candidate]:
    """A winner that was cut gives way to the same words in full."""
    if not weighed or not _CUT.search(weighed[0].value):
        return weighed
    start = squeezed(_CUT.sub("", weighed[0].value))
    for one in weighed[1:]:
        if squeezed(one.value).startswith(start[:200]) and len(one.value) > len(weighed[0].value):
            return [one, *(c for c in weighed if c is not one)]
    return weighed


def _said(
    facts: Facts, headline_at: int | None, listed: str | None
) -> Iterator[tuple[str, str, float]]:
    pieces = (thing for thing in facts.things if kinds(thing) & ARTICLES)
    told = next(filter(None, (words(thing.get("description")) for thing in pieces)), None)
    if told:
        yield "json-ld", told, 4.2
    for name, weight in _DESCRIPTIONS:
        text = facts.meta(name)
        if text:
            yield f"meta:{name}", text, weight
    if listed:
        yield "listing", listed, 3.5
    for spot in facts.leads:
        weight = _worth(spot, facts, headline_at)
        if weight > 0:
            yield "visible", spot.text, weight
    line = _next_line(facts, headline_at) if headline_at is not None else None
    if line:
        yield "next line", line.text, 5.2 if line.tag in {"h2", "h3", "h4"} else 4.6


def _next_line(facts: Facts, headline_at: int) -> Block | None:
    """The line that follows the headline at once, before byline and text."""
    for block in facts.blocks:
        if block.order <= headline_at + 1 or len(block.text) == 1:
            continue
        zone = facts.nodes[block.node].zone
        if block.order - headline_at > NEAR or zone & (_ELSEWHERE | Mark.BODY):
            return None
        size = len(block.text)
        fits = NEXT_LINE[0] <= size <= NEXT_LINE[1] and block.linked <= 0.3 * size
        return block if fits and not block.text.endswith(":") else None
    return None


def _worth(spot: Spot, facts: Facts, headline_at: int | None) -> float:
    """What the place of a standfirst says; 0 among other pieces."""
    if len(spot.text) < SHORTEST_SHOWN or facts.nodes[spot.node].zone & _ELSEWHERE:
        return 0.0
    weight = 3.8 + 1.0 * (spot.prop in {"description", "alternativeheadline"})
    if headline_at is None:
        return weight
    away = spot.order - headline_at
    return weight + next((more for first, last, more in _AWAY if first <= away <= last), -2.0)
