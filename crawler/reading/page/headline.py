"""The headline: every source weighed against the others.

What a reader sees above the piece is what other sources agree with: headings by place and
agreement, JSON-LD, og:title and <title> without site and section, the address's slug, the
listing's own words.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from crawler.reading.page.gather import Facts, Heading
from crawler.reading.page.marks import Mark
from crawler.reading.page.names import cover, is_name, likeness, parts_of, squeezed, tokens
from crawler.reading.page.nouns import Candidate
from crawler.reading.page.structured import ARTICLES, kinds, words
from crawler.reading.text import plain

LONGEST: Final = 400
MOST: Final = 30
# candidates that are weighed
AGREES: Final = 0.75
# likeness from which two sources speak of the same words
_BASE: Final = {
    "[read]": 20.0,
    "h1": 4.0,
    "listing": 3.0,
    "json-ld": 2.6,
    "microdata": 2.8,
    "og:title": 2.0,
    "twitter:title": 1.5,
    "meta": 1.4,
    "title": 1.2,
    "h2": 1.6,
    "h3": 0.6,
    "named": 1.5,
}


def slug_of(url: str) -> str:
    """The words of the address that may repeat the headline: "festa e librit nis sot"."""
    steps = [step for step in urlsplit(url).path.split("/") if step]
    best = ""
    for step in steps[-3:]:
        bare = re.sub(r"\.\w{2,5}$", "", unquote(step))
        said = " ".join(
            word for word in re.split(r"[-_+\s,.]+", bare) if word and not word.isdigit()
        )
        if said.count(" ") >= best.count(" ") and said:
            best = said
    return best if " " in best else ""


def headline_of(
    facts: Facts, *, url: str, names: frozenset[str], listed: str | None, ruled: str | None = None
) -> list[Candidate]:
    """All candidates, the winner first; empty for a page without any.

    `names` are the site's, squeezed; `listed` is the listing's headline, `ruled` what the
    outlet's own selector found.
    """
    slug = slug_of(url)
    said = _said(facts, listed)
    if ruled:
        said.insert(0, ("[read]", ruled, None))
    heads = [plain(h.text) for h in facts.headings if h.tag in {"h1", "h2"}][:60]
    sure = {squeezed(text): text for text in heads}
    trimmed: list[tuple[str, str, str, Heading | None]] = []
    for layer, raw, heading in said:
        text = plain(raw)
        if layer in {"og:title", "twitter:title", "title", "meta", "json-ld"}:
            text = without_site(text, names, sure, slug, _sections(facts))
        if text and not is_name(text, names) and len(text) <= LONGEST:
            trimmed.append((layer, text, raw, heading))
    trimmed = [_without_parts(one, trimmed, names) for one in trimmed]
    weighed = [_weighed(one, trimmed, slug, facts) for one in trimmed]
    weighed.sort(key=lambda c: -c.weight)
    return _whole(weighed)


def _whole(weighed: list[Candidate]) -> list[Candidate]:
    """A winner that stops short of what a heading and <title> print in full gives way to it."""
    if not weighed or weighed[0].layer == "page:h1":
        return weighed
    bare = squeezed(weighed[0].value)
    longer = [
        c
        for c in weighed[1:]
        if squeezed(c.value).startswith(bare) and len(squeezed(c.value)) > len(bare)
    ]
    for one in longer:
        alike = {c.layer for c in longer if squeezed(c.value) == squeezed(one.value)}
        if len(alike) > 1 and alike & {"page:h1", "page:h2", "page:microdata"}:
            return [one, *(c for c in weighed if c is not one)]
    return weighed


_Said = tuple[str, str, str, Heading | None]


def _without_parts(one: _Said, others: list[_Said], names: frozenset[str]) -> _Said:
    """A heading without the kicker or date inside it, where another source ends or starts so."""
    layer, text, raw, heading = one
    if heading is None:
        return one
    if not heading.parted:
        return layer, _without_name(text, names, others), raw, heading
    bare = squeezed(text)
    for other_layer, other, _, other_heading in others:
        inner = squeezed(other)
        if other_layer == "h3" or other_heading is heading or not 12 < len(inner) < len(bare):  # noqa: PLR2004
            continue
        if (
            other_heading is not None
            and other_heading.node != heading.node
            and other_layer != "named"
        ):
            continue
        if (bare.endswith(inner) or bare.startswith(inner)) and len(inner) > 0.3 * len(bare):
            shown = _shown(text, other)
            if shown:
                return layer, shown, raw, heading
    return one


def _without_name(text: str, names: frozenset[str], others: list[_Said]) -> str:
    """A heading without the site's name at its end, where another source has it so."""
    for end, start in parts_of(text)[-1:]:
        if is_name(text[start:], names) and any(o[1] == text[:end] for o in others):
            return text[:end]
    return text


def _shown(text: str, other: str) -> str | None:
    """`other` as `text` prints it: a tail or a head of it."""
    size = squeezed(other)
    for at in range(len(text)):
        if squeezed(text[at:]) == size:
            return text[at:].lstrip(" :|–—-·•/")
    for at in range(len(text), 0, -1):
        if squeezed(text[:at]) == size:
            return text[:at].rstrip(" :|–—-·•/")
    return None


def _said(facts: Facts, listed: str | None) -> list[tuple[str, str, Heading | None]]:
    found: list[tuple[str, str, Heading | None]] = []
    for thing in facts.things:
        if kinds(thing) & ARTICLES:
            text = words(thing.get("headline")) or words(thing.get("name"))
            if text:
                found.append(("json-ld", text, None))
                break
    for name in ("og:title", "twitter:title"):
        text = facts.meta(name)
        if text:
            found.append((name, text, None))
    text = facts.meta(
        "headline",
        "parsely-title",
        "sailthru.title",
        "dc.title",
        "dcterms.title",
        "title",
        "hdl",
        "cxenseparse:recs:title",
        "fb_title",
        "citation_title",
    )
    if text:
        found.append(("meta", text, None))
    if facts.title:
        found.append(("title", facts.title, None))
    if listed:
        found.append(("listing", listed, None))
    seen: set[tuple[str, str]] = set()
    for heading in facts.headings:
        if (heading.tag, heading.text) in seen or len(found) > MOST:
            continue
        seen.add((heading.tag, heading.text))
        layer = heading.tag if heading.tag in {"h1", "h2", "h3"} else "named"
        if heading.prop == "headline":
            layer = "h1" if layer == "h1" else "microdata"
        found.append((layer, heading.text, heading))
    return found


def _sections(facts: Facts) -> frozenset[str]:
    said = [*facts.metas.get("article:section", ()), *(facts.metas.get("section", ()))]
    for thing in facts.things:
        value = thing.get("articleSection")
        many = value if isinstance(value, list) else [value]
        said.extend(one for one in many if isinstance(one, str))
    return frozenset(squeezed(one) for one in said if one)


def without_site(
    text: str, names: frozenset[str], sure: dict[str, str], slug: str, sections: frozenset[str]
) -> str:
    """`text` without the site's name and section at either end."""
    for _ in range(3):
        cuts = parts_of(text)
        if not cuts:
            return text
        bare = squeezed(text)
        if bare in sure:
            return text
        shorter = _cut(text, cuts, names, sure, slug, sections)
        if shorter == text:
            return text
        text = shorter
    return text


def _cut(
    text: str,
    cuts: list[tuple[int, int]],
    names: frozenset[str],
    sure: dict[str, str],
    slug: str,
    sections: frozenset[str],
) -> str:
    for end, start in cuts:
        for kept in (text[:end], text[start:]):
            if squeezed(kept) in sure and len(kept) > 12:  # noqa: PLR2004
                return kept
    for end, start in reversed(cuts):
        tail = text[start:]
        if is_name(tail, names) or squeezed(tail) in sections:
            return text[:end]
    end, start = cuts[0]
    head = text[:end]
    if (is_name(head, names) or squeezed(head) in sections) and len(text) - start > 12:  # noqa: PLR2004
        return text[start:]
    return text


def _weighed(
    one: tuple[str, str, str, Heading | None],
    others: list[tuple[str, str, str, Heading | None]],
    slug: str,
    facts: Facts,
) -> Candidate:
    layer, text, raw, heading = one
    weight = _BASE[layer]
    why = [layer]
    seen: set[str] = set()
    for other_layer, other, _, _ in others:
        family = (
            "heading" if other_layer in {"h1", "h2", "h3", "named", "microdata"} else other_layer
        )
        if (other is text and other_layer == layer) or family in seen:
            continue
        if family == "heading" and heading is not None:
            continue
        like = 1.0 if squeezed(other) == squeezed(text) else likeness(text, other)
        if like >= AGREES or (len(tokens(text)) > 3 and cover(text, other) > 0.9):  # noqa: PLR2004
            seen.add(family)
            weight += 1.0 + (0.3 if like == 1.0 else 0.0)
            why.append(f"agrees with {other_layer}")
    if slug and cover(slug, text) >= 0.6:  # noqa: PLR2004
        weight += 1.0
        why.append("agrees with the address")
    weight += _place(heading, facts)
    if len(text) < 15 and len(seen) < 2:  # noqa: PLR2004
        weight -= 2.0
    return Candidate(
        field="headline",
        value=text,
        layer=f"page:{layer}",
        raw=raw,
        weight=weight,
        why=", ".join(why),
    )


def _place(heading: Heading | None, facts: Facts) -> float:
    if heading is None:
        return 0.0
    weight = 0.0
    zone = facts.nodes[heading.node].zone if heading.node < len(facts.nodes) else 0
    if zone & (Mark.BOILER | Mark.TEASER | Mark.COMMENTS):
        weight -= 1.5
    if heading.linked:
        weight -= 1.0
    if heading.prop == "headline":
        weight += 0.8
    if heading.mark & Mark.HEADLINE:
        weight += 0.4
    first = next(h for h in facts.headings if h.tag == heading.tag)
    if first is heading:
        weight += 0.3
    if heading.tag == "h1" and sum(h.tag == "h1" for h in facts.headings) == 1:
        weight += 0.5
    return weight
