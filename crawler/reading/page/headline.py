"""The headline: every source weighed against the others.

What a reader sees above the piece is what other sources agree with: headings by place and
agreement, JSON-LD, og:title and <title> without site and section, the address's slug, the
listing's own words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote, urlsplit

from crawler.limits import TITLE
from crawler.reading.page.class_names import Mark
from crawler.reading.page.facts import Facts, Heading
from crawler.reading.page.labels import of_comments, of_others
from crawler.reading.page.page_models import Candidate
from crawler.reading.page.site_names import cover, is_name, parts_of, squeezed, tokens, units
from crawler.reading.page.structured import ARTICLES, kinds, words
from crawler.reading.page.unmarked import line_of
from crawler.reading.text import plain

LONGEST: Final = 400
# characters of a headline
MOST: Final = 24
# candidates that are weighed
AGREES: Final = 0.75
# likeness from which two sources speak of the same words
COVERS: Final = 0.9
# share of a headline's words that a longer source must hold to agree with it
IN_ADDRESS: Final = 0.6
# share of the address's words that agree
FEW: Final = 3
# words of a headline that is too short to be covered by chance
SHORT: Final = 15
# characters under which a candidate needs others to agree
CLOSE: Final = 6
# elements inside a heading
PART: Final = 12
# characters of the least part of a title that may be the headline
_BASE: Final = {
    "[read]": 20.0, "h1": 4.0, "listing": 3.0, "json-ld": 2.6, "microdata": 2.8, "og:title": 2.0,
    "twitter:title": 1.5, "meta": 1.4, "title": 1.2, "h2": 1.6, "h3": 0.6, "named": 1.5,
    "line": 1.7,
}  # fmt: skip
# what a source is worth alone; of pages with labels the first h1 is right in 73 of 100, JSON-LD in
# 80, og:title in 61, <title> in 15
_GLUED: Final = frozenset(("og:title", "twitter:title", "title", "meta", "json-ld"))
# sources that carry the site's name or the section with them
_TITLES: Final = frozenset(("og:title", "twitter:title", "title", "meta"))
_WHOLE: Final = frozenset(("og:title", "twitter:title", "json-ld"))
# what says nothing but the headline where it says the same as an h1
HALF: Final = 0.5
# share of a heading from which a part that stands first is no kicker
_CONFIRMING: Final = frozenset(("og:title", "title", "json-ld"))
# what confirms a heading that is no h1
AGAIN: Final = 0.3
# what the second of these adds: one field of the editor's fills them all
_ON_PAGE: Final = frozenset(("h1", "h2", "h3", "named", "microdata"))
_METAS: Final = (
    "headline", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "title", "hdl",
    "cxenseparse:recs:title", "fb_title", "citation_title",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Said:
    """What one source says."""

    layer: str
    raw: str
    text: str
    # without site, section, kicker
    heading: Heading | None = None

    @property
    def family(self) -> str:
        """Headings count once: they repeat each other."""
        return "heading" if self.layer in _ON_PAGE else self.layer


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the page before its headline."""

    names: frozenset[str]
    # of the site, squeezed
    sections: frozenset[str]
    # that the page declares, squeezed
    headings: frozenset[str]
    # h1 and h2, squeezed: what a title is cut down to
    first: tuple[str, ...]
    # h1, squeezed: a title that one of them begins with is whole


def slug_of(url: str) -> str:
    """The words of the address that may repeat the headline: "festa e librit nis sot"."""
    best = ""
    for step in [step for step in urlsplit(url).path.split("/") if step][-3:]:
        bare = re.sub(r"\.\w{2,5}$", "", unquote(step))
        parts = [part for part in re.split(r"[-_+\s,.]+", bare) if part and not part.isdigit()]
        if parts and len(parts) > best.count(" "):
            best = " ".join(parts)
    return best if " " in best else ""


def headline_of(
    facts: Facts, *, url: str, names: frozenset[str], listed: str | None, ruled: str | None = None
) -> list[Candidate]:
    """All candidates, the winner first; empty for a page without any.

    `names` are the site's, squeezed; `listed` is the listing's headline, `ruled` what the
    outlet's own selector found.
    """
    known = _known(facts, names)
    said = [_bare(one, known) for one in _all(facts, listed, ruled)]
    said = [one for one in said if 0 < len(one.text) <= LONGEST]
    said = [one for one in said if not _is_site(one, said, names)] or [
        one for one in said if squeezed(one.text) and squeezed(one.text) not in names
    ]
    said = [_without_parts(one, said, names) for one in said]
    said = [one for one in said if not _is_inner(one, said)]
    said += _unmarked(facts, said)
    slug = slug_of(url)
    weigh = _Weighing(said, slug, facts)
    weighed = [weigh.candidate(terms) for terms in weigh.terms]
    weighed.sort(key=lambda c: -c.weight)
    return _whole(weighed)


def _known(facts: Facts, names: frozenset[str]) -> _Known:
    first = {squeezed(plain(h.text)) for h in facts.headings if h.tag == "h1"}
    heads = {squeezed(plain(h.text)) for h in facts.headings[:30] if h.tag == "h2"}
    return _Known(names, _sections(facts), frozenset(heads | first), tuple(first))


def _unmarked(facts: Facts, said: list[_Said]) -> list[_Said]:
    """The line above the text, where no heading is an h1 or what a title says."""
    told = {squeezed(one.text) for one in said if one.heading is None}
    marked = any(
        one.heading is not None and (one.heading.tag == "h1" or squeezed(one.text) in told)
        for one in said
    )
    line = None if marked else line_of(facts)
    if line is None:
        return []
    return [_Said("line", line.text, plain(line.text))]


def _is_site(one: _Said, said: list[_Said], names: frozenset[str]) -> bool:
    """Whether a source says nothing but the site's name.

    One that only holds it ("Gazeta Shqip 2025") stays where another sort of source says the same.
    """
    if not is_name(one.text, names):
        return False
    bare = squeezed(one.text)
    if not bare or bare in names or one.heading is None or one.heading.tag != "h1":
        return True
    return not any(o.layer in _WHOLE and squeezed(o.raw) == bare for o in said)


# --- sources ----------------------------------------------------------------------------


def _all(facts: Facts, listed: str | None, ruled: str | None) -> list[_Said]:
    pairs = [
        ("[read]", ruled),
        ("json-ld", _in_json(facts)),
        ("og:title", facts.meta("og:title")),
        ("twitter:title", facts.meta("twitter:title")),
        ("meta", facts.meta(*_METAS)),
        ("title", facts.title),
        ("listing", listed),
    ]
    found = [_Said(layer, raw, raw) for layer, raw in pairs if raw]
    heads = {(h.tag, h.text): h for h in reversed(facts.headings) if not _is_label(h)}
    listed_ = sorted(heads.values(), key=lambda h: h.order)
    if len(listed_) > MOST - len(found):
        listed_ = _likely(listed_, found)
    return [*found, *(_Said(_layer(h), h.text, h.text, h) for h in listed_)]


def _is_label(heading: Heading) -> bool:
    """Whether a heading says what stands below it: "Më të lexuarat", "Komente (3)"."""
    return heading.tag != "h1" and (of_others(heading.text) or of_comments(heading.text))


def _likely(headings: list[Heading], titles: list[_Said]) -> list[Heading]:
    """The headings that are weighed where a page has too many: menus of 30 stand above the piece.

    Every h1, what a title repeats, then half of those that are links and half of the others.
    """
    told = [squeezed(one.raw) for one in titles]

    def rank(heading: Heading) -> bool:
        bare = squeezed(heading.text)
        named = heading.tag == "h1" or heading.prop == "headline"
        return named or (len(bare) > PART and any(bare in one for one in told))

    first = [h for h in headings if rank(h)][:MOST]
    rest = [h for h in headings if not rank(h)]
    left = max(0, MOST - len(titles) - len(first))
    kept = [h for h in rest if h.linked][: left // 2]
    kept += [h for h in rest if not h.linked][: left - len(kept)]
    return sorted([*first, *kept], key=lambda h: h.order)


def _in_json(facts: Facts) -> str | None:
    for thing in facts.things:
        if kinds(thing) & ARTICLES:
            text = words(thing.get("headline")) or words(thing.get("name"))
            if text:
                return text
    return None


def _layer(heading: Heading) -> str:
    if heading.prop == "headline" and heading.tag != "h1":
        return "microdata"
    return heading.tag if heading.tag in {"h1", "h2", "h3"} else "named"


def _sections(facts: Facts) -> frozenset[str]:
    said = [*facts.metas.get("article:section", ()), *facts.metas.get("section", ())]
    for thing in facts.things:
        value = thing.get("articleSection")
        many = value if isinstance(value, list) else [value]
        said.extend(one for one in many if isinstance(one, str))
    return frozenset(squeezed(one) for one in said if one)


# --- without site, section and kicker -----------------------------------------------------


def _bare(one: _Said, known: _Known) -> _Said:
    text = plain(one.raw)[:TITLE]
    text = without_site(text, known) if one.layer in _GLUED else text
    return _Said(one.layer, one.raw, text, one.heading)


def without_site(text: str, known: _Known) -> str:
    """`text` without the site's name and section at either end: at most three cuts."""
    for _ in range(3):
        cuts = parts_of(text)
        bare = squeezed(text)
        if not cuts or bare in known.headings or any(h.startswith(bare) for h in known.first):
            return text
        shorter = _cut(text, cuts, known)
        if shorter == text:
            return text
        text = shorter
    return text


def _cut(text: str, cuts: list[tuple[int, int]], known: _Known) -> str:
    for end, start in cuts:
        for kept in (text[:end], text[start:]):
            if len(kept) > PART and squeezed(kept) in known.headings:
                return kept
    for end, start in reversed(cuts):
        if _is_ours(text[start:], known):
            return text[:end]
    end, start = cuts[0]
    return text[start:] if _is_ours(text[:end], known) and len(text) - start > PART else text


def _is_ours(part: str, known: _Known) -> bool:
    return is_name(part, known.names) or squeezed(part) in known.sections


def _without_parts(one: _Said, others: list[_Said], names: frozenset[str]) -> _Said:
    """A heading without the kicker or date inside it, where another source ends or starts so."""
    heading = one.heading
    if heading is None:
        return one
    if not heading.parted:
        text = _without_name(one.text, names, others)
        return one if text == one.text else replace(one, text=text)
    bare = squeezed(one.text)
    inside = [other for other in others if _tells_part(other, heading)]
    for other in (*inside, *(o for o in others if _may_tell(o, heading))):
        inner = squeezed(other.text)
        fits = PART < len(inner) < len(bare) and len(inner) > 0.3 * len(bare)
        if fits and (bare.endswith(inner) or bare.startswith(inner)):
            return replace(one, text=_as_printed(one.text, inner) or one.text)
    return one


def _tells_part(other: _Said, heading: Heading) -> bool:
    """Whether an element inside a heading is named as its headline and not as its kicker.

    "headline__kicker" is named as both, "title-top" stands first and is the shorter part.
    """
    if not _stands_inside(other, heading) or other.heading is None:
        return False
    if other.heading.mark & Mark.SECTION:
        return False
    bare, inner = squeezed(heading.text), squeezed(other.text)
    return bare.endswith(inner) or len(inner) >= HALF * len(bare)


def _is_outside(other: _Said, heading: Heading) -> bool:
    """Whether a source is no part of a heading."""
    mine = other.heading
    if mine is None:
        return True
    return mine is not heading and not (
        mine.node == heading.node and 0 <= mine.order - heading.order <= CLOSE
    )


def _is_inner(one: _Said, said: list[_Said]) -> bool:
    """Whether a source is a part of an h1 that does not tell its headline."""
    outer = [o.heading for o in said if o.heading is not None and o.heading.tag == "h1"]
    around = next((h for h in outer if _stands_inside(one, h)), None)
    return around is not None and not _tells_part(one, around)


def _stands_inside(other: _Said, heading: Heading) -> bool:
    """Whether an element named "headline" stands inside the heading."""
    if other.layer != "named" or other.heading is None or other.heading is heading:
        return False
    return 0 <= other.heading.order - heading.order <= CLOSE and other.heading.node == heading.node


def _may_tell(other: _Said, heading: Heading) -> bool:
    """Whether another source may tell what of a heading is the headline."""
    if other.heading is None or other.layer == "named":
        return _is_outside(other, heading)
    return (
        other.layer != "h3" and other.heading is not heading and other.heading.node == heading.node
    )


def _without_name(text: str, names: frozenset[str], others: list[_Said]) -> str:
    """A heading without the site's name at its end, where another source has it so."""
    for end, start in parts_of(text)[-1:]:
        name = squeezed(text[start:]) and is_name(text[start:], names)
        if name and any(o.text == text[:end] for o in others):
            return text[:end]
    return text


def _as_printed(text: str, inner: str) -> str | None:
    """The tail or the head of `text` that reads `inner` when squeezed."""
    # folding takes one character after the other: the size of a part is enough
    bare, sizes = squeezed(text), [len(squeezed(letter)) for letter in text]
    left = len(bare) if bare.endswith(inner) else -1
    for at, size in enumerate(sizes):
        if left == len(inner):
            return text[at:].lstrip(" :|–—-·•/")
        left -= size
    left = len(bare) if bare.startswith(inner) else -1
    for at in range(len(text), 0, -1):
        if left == len(inner):
            return text[:at].rstrip(" :|–—-·•/")
        left -= sizes[at - 1]
    return None


# --- weights ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Terms:
    """A source as it is compared with the others: each is with each, so it is folded once."""

    one: _Said
    family: str
    bare: str
    # squeezed
    units: frozenset[str]
    long: bool
    # too many words to be covered by chance

    @classmethod
    def of(cls, one: _Said) -> _Terms:
        """Fold a source."""
        text = one.text
        return cls(one, one.family, squeezed(text), units(text), len(tokens(text)) > FEW)


class _Weighing:
    """What speaks for each source, among all of them."""

    def __init__(self, said: list[_Said], slug: str, facts: Facts) -> None:
        self.slug, self.facts = slug, facts
        self.terms = [_Terms.of(one) for one in said]
        self.tags = Counter(heading.tag for heading in facts.headings)
        self.first = {heading.tag: heading for heading in reversed(facts.headings)}
        self.confirmed = self._other_confirmed()

    def _other_confirmed(self) -> bool:
        """Whether a heading that is no h1 says what a title of the page says."""
        titles = {t.bare for t in self.terms if t.one.layer in _CONFIRMING}
        return any(
            t.bare in titles and t.one.heading is not None and t.one.heading.tag != "h1" and t.long
            for t in self.terms
        )

    def candidate(self, terms: _Terms) -> Candidate:
        """A source with its weight and why."""
        one = terms.one
        weight = _BASE[one.layer] + (self._place(one.heading) if one.heading else 0.0)
        why, families, likes = self._agreeing(terms)
        weight += likes
        if self.slug and cover(self.slug, one.text) >= IN_ADDRESS:
            weight += 1.0
            why.append("agrees with the address")
        if len(one.text) < SHORT and families < FEW:
            weight -= 2.0
        if one.layer == "h1" and families == 1 and self.confirmed:
            weight -= 2.0
            why.append("nobody says the same, another heading is confirmed")
        return Candidate(
            field="headline",
            value=one.text,
            layer=f"page:{one.layer}",
            raw=one.raw,
            weight=weight,
            why=", ".join(why),
        )

    def _agreeing(self, terms: _Terms) -> tuple[list[str], int, float]:
        """In words who says the same, how many families of sources, and what it is worth."""
        why, families, weight = [terms.one.layer], {terms.family}, 0.0
        for other in self.terms:
            if other.family in families:
                continue
            likes = _agreement(terms, other)
            if likes:
                layer = other.one.layer
                told = layer in _TITLES and not families.isdisjoint(_TITLES)
                families.add(other.family)
                weight += likes * (AGAIN if told else 1.0)
                why.append(f"agrees with {layer}")
        return why, len(families), weight

    def _place(self, heading: Heading) -> float:
        """What the place and the names of a heading say."""
        zone = self.facts.nodes[heading.node].zone
        elsewhere = zone & (Mark.BOILER | Mark.TEASER | Mark.COMMENTS)
        weight = -1.5 * bool(elsewhere) - 1.0 * heading.linked
        weight += 0.8 * (heading.prop == "headline") + 0.4 * bool(heading.mark & Mark.HEADLINE)
        weight += 0.3 * (self.first[heading.tag] is heading)
        return weight + 0.8 * (heading.tag == "h1" and self.tags["h1"] == 1)


def _agreement(terms: _Terms, other: _Terms) -> float:
    """What another source's words are worth: 1.3 for the same, 1 for much the same."""
    if other.bare == terms.bare:
        return 1.3
    mine, theirs = len(terms.units), len(other.units)
    shared = len(terms.units & other.units)
    if not shared:
        return 0.0
    covered = terms.long and shared > COVERS * mine
    return 1.0 if covered or 2 * shared >= AGREES * (mine + theirs) else 0.0


def _whole(weighed: list[Candidate]) -> list[Candidate]:
    """A winner that stops short of what a heading and <title> print in full gives way to it."""
    if not weighed or weighed[0].layer == "page:h1":
        return weighed
    bare = squeezed(weighed[0].value)
    longer = [
        c for c in weighed[1:] if squeezed(c.value).startswith(bare) and squeezed(c.value) != bare
    ]
    for one in longer:
        alike = {c.layer for c in longer if squeezed(c.value) == squeezed(one.value)}
        if len(alike) > 1 and alike & {"page:h1", "page:h2", "page:microdata"}:
            return [one, *(c for c in weighed if c is not one)]
    return weighed
