"""The lead: the standfirst that readers see, else the description that the page gives machines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crawler.reading.page.gather import Facts, Spot
from crawler.reading.page.marks import Mark
from crawler.reading.page.names import likeness, squeezed
from crawler.reading.page.nouns import Candidate
from crawler.reading.page.structured import ARTICLES, kinds, words
from crawler.reading.text import plain

SHORTEST: Final = 20
LONGEST: Final = 1_200
NEAR: Final = 12
# elements between headline and standfirst
NEXT_LINE: Final = (40, 420)
# characters of a standfirst
_CUT: Final = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")


def lead_of(
    facts: Facts, *, headline: str | None, headline_at: int | None, listed: str | None
) -> list[Candidate]:
    """All candidates, the winner first."""
    weighed: list[Candidate] = []
    for layer, raw, weight in _said(facts, headline_at, listed):
        text = plain(raw)
        if not SHORTEST <= len(text) <= LONGEST or (
            headline and squeezed(text) == squeezed(headline)
        ):
            continue
        if _CUT.search(text):
            weight -= 1.0
        weighed.append(
            Candidate(field="lead", value=text, layer=f"page:{layer}", raw=raw[:600], weight=weight)
        )
    counted = []
    for one in weighed:
        agree = {
            o.layer for o in weighed if o.layer != one.layer and likeness(o.value, one.value) > 0.8
        }
        counted.append(
            Candidate(
                field="lead",
                value=one.value,
                layer=one.layer,
                raw=one.raw,
                weight=one.weight + min(1.6, 0.8 * len(agree)),
                why=f"{len(agree)} other places say the same" if agree else "",
            )
        )
    counted.sort(key=lambda c: -c.weight)
    return _whole(counted)


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
    for thing in facts.things:
        if kinds(thing) & ARTICLES:
            text = words(thing.get("description"))
            if text:
                yield "json-ld", text, 4.2
                break
    for name, weight in (
        ("og:description", 4.0),
        ("description", 4.0),
        ("twitter:description", 3.0),
        ("dc.description", 3.0),
        ("sailthru.description", 3.0),
    ):
        text = facts.meta(name)
        if text:
            yield f"meta:{name}", text, weight
    if listed:
        yield "listing", listed, 3.5
    for spot in facts.leads[:40]:
        weight = _worth(spot, facts, headline_at)
        if weight > 0 and spot.text:
            yield "visible", spot.text, weight
    yield from _next_line(facts, headline_at)


def _next_line(facts: Facts, headline_at: int | None) -> Iterator[tuple[str, str, float]]:
    """The line that follows the headline at once, before byline and text."""
    if headline_at is None:
        return
    for block in facts.blocks:
        if block.order <= headline_at + 1 or len(block.text) < 2:  # noqa: PLR2004
            continue
        zone = facts.nodes[block.node].zone
        if block.order - headline_at > NEAR or zone & (
            Mark.BOILER | Mark.TEASER | Mark.CAPTION | Mark.COMMENTS | Mark.BIO
        ):
            return
        fits = NEXT_LINE[0] <= len(block.text) <= NEXT_LINE[1] and not block.linked > 0.3 * len(
            block.text
        )
        if (
            fits
            and block.text[-1] not in ":"
            and not (zone | facts.nodes[block.node].mark) & Mark.BODY
        ):
            yield "next line", block.text, 5.2 if block.tag in {"h2", "h3", "h4"} else 4.6
        return


def _worth(spot: Spot, facts: Facts, headline_at: int | None) -> float:
    zone = facts.nodes[spot.node].zone if spot.node >= 0 else 0
    if zone & (Mark.COMMENTS | Mark.TEASER | Mark.BOILER | Mark.CAPTION | Mark.BIO):
        return 0.0
    if len(spot.text) < 40:  # noqa: PLR2004
        return 0.0
    weight = 3.8 + (1.0 if spot.prop in {"description", "alternativeheadline"} else 0.0)
    if headline_at is not None:
        away = spot.order - headline_at
        weight += (
            2.2 if 0 < away <= 12 else 1.2 if 0 < away <= 25 else 0.0 if -10 < away <= 60 else -2.0
        )
    return weight
