"""Who signed: people before organisations, every source weighed.

Sources: JSON-LD authors, meta, microdata and rel="author", names of classes, and lines beside the
headline that say "By" (in many languages) or print a name beside the date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from crawler.reading.page.class_names import Mark
from crawler.reading.page.facts import Facts, Spot
from crawler.reading.page.page_models import Candidate
from crawler.reading.page.people import (
    CAPITAL,
    DATED,
    DOMAIN,
    ROLE,
    distinct,
    is_organisation,
    names_in,
    without_site,
)
from crawler.reading.page.shown_days import nearness
from crawler.reading.page.site_names import squeezed
from crawler.reading.page.structured import ARTICLES, Thing, kinds, words

MOST_NAMES: Final = 12
# people of one piece
SIGNED: Final = 4.4
# weight from which people go before organisations
CERTAIN: Final = 5.5
# weight of a fuller list that replaces a shorter one, of at most FULLEST names
FULLEST: Final = 4
LONGEST_SIGNED: Final = 110
# characters of an element whose class alone promises names
LONGEST_LINE: Final = 140
# characters of a line that may name the author
AROUND: Final = (-20, 60)
# elements before and after the headline where such a line may stand
_ONE_NAME = (
    rf"{CAPITAL}(?:\s+(?:{CAPITAL}|de|von|van|der|den|al|el|bin|da|di|la|du|dos|ten)){{1,4}}"
)
_OPENS: Final = re.compile(
    r"(?:^|[|•·,–—-]\s*|\b(?:[Ww]ritten|[Pp]osted|[Rr]eported|Artikel|Beitrag|Verfasst|"
    r"Geschrieben|Publi[ée]|Publicado|Shkruar)\s+)"
    r"(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|[Pp]or|[Nn]ga|NGA|Autor(?:in|en|i)?|Author|Text|"
    r"Автор|Di|Door|Av|Af|Od)(?:\s*:\s*|\s+|(?<=By)(?=[A-Z]))"
    rf"((?:(?:Dr|Prof)\.?\s+)*{_ONE_NAME}(?:\s*(?:,|&|and|und|et|y|e|dhe)\s+{_ONE_NAME}){{0,4}})"
)
_OTHER_LABELS: Final = (
    r"(?:Publikuar|Përditësuar|Postuar|Botuar|Foto|Kamera|Published|Posted|Updated|Data|Ora"
    r"|Објавено|Ажурирано|Фото)\b"
)
# what may follow a name and is none
_WORD: Final = rf"(?!{_OTHER_LABELS}){CAPITAL}(?!\w*\s*:)"
_PRINTED: Final = (
    rf"(?:(?:[A-ZÇËА-Я][a-zçëа-я]{{0,2}}\.\s?){{2,4}}"
    rf"|{_WORD}(?:\s+(?:(?:i|e|të|së)\s+)?{_WORD}){{0,4}})"
)
# initials, a person, or an organisation as Albanian links it: "Zëri i Lumit"
_LABEL: Final = (
    r"(?i:shkruar\s+nga|postuar\s+nga|botuar\s+nga|dërguar\s+nga|shkroi|shkruan|përgatiti|pergatiti"
    r"|autor(?:i|ja|e|ët|et)?|gazetar(?:i|ja|e)?|nga|by|author|пишува|автор)"
)
_ENDING: Final = (
    rf"(?=\s*(?:$|[|•·(/,–—-])|\s+\d|\s+[^\W\d]+\s*:|\s+{_OTHER_LABELS}"
    r"|\s+(?:më|me|në|ne|on|at|te|во|на)\s)"
)
_SIGNED: Final = re.compile(
    rf"(?:^|[|•·,–—-]\s*|\d\s+|\bCES?T\s+)\W{{0,3}}{_LABEL}\s*[:：]?\s+"
    rf"({_PRINTED}(?:\s*(?:,|&|dhe|and|и)\s+{_PRINTED}){{0,4}}){_ENDING}"
)
# "Data: 03.06.2019 Ora: 18:40 Nga: Lira Modeli"
_SIGNATURE: Final = re.compile(
    rf"\W{{0,3}}(?:{_LABEL}\s*[:：]|(?i:shkruar\s+nga|përgatiti|pergatiti))\s+({_PRINTED})\W*"
)
_LINKED_NAME: Final = rf"{CAPITAL}\s+(?:(?:i|e|të|së)\s+)?{CAPITAL}"
_BEHIND_DATE: Final = re.compile(
    rf"(?:(?:19|20)\d\d|\d\d:\d\d)\s+((?:[A-ZÇË]{{2,6}}|Redaksia|Newsroom|{_LINKED_NAME}))$"
)
_AHEAD_OF_DATE: Final = re.compile(
    rf"((?:Redaksia|Newsroom|{_LINKED_NAME}))\s*[,|–—-]?\s+(?:\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}"
    r"|\d{1,2}\s[^\W\d]{3,10},?\s\d{4})[\s,|–—-]*(?:ora\s+)?(?:\d{1,2}[:.]\d\d)?"
)
# an agency, a desk or a person beside day or clock
_FULL_NAME: Final = re.compile(rf"{CAPITAL}\s+(?:{CAPITAL}\s+)?{CAPITAL}")
_BARS: Final = re.compile(r"\s*[|•·]\s*|\s+[/–—-]\s+")
_SHORT: Final = re.compile(
    r"(?:[A-ZÇËА-Я][a-zçëа-я]{0,2}\.\s?){2,4}|[A-ZÇË]{3,5}|Redaksia|Newsroom"
)
# initials, an agency or a desk between bars
_METAS: Final = (
    ("author", 6.0), ("article:author_name", 6.0), ("byl", 6.5), ("parsely-author", 6.5),
    ("sailthru.author", 6.5), ("dc.creator", 5.5), ("dcterms.creator", 5.5),
    ("article:author", 5.0), ("og:article:author", 5.0), ("creator", 5.0),
    ("cxenseparse:author", 6.5), ("cxenseparse:recs:author", 6.0), ("citation_author", 6.0),
    ("authors", 6.0), ("og:author", 5.0), ("article.author", 5.0), ("dc.contributor", 4.0),
)  # fmt: skip
_LABELS: Final = frozenset(
    ("written by", "author", "by", "verfasst von", "geschrieben von", "écrit par", "escrito por",
     "scritto da", "shkruar nga")
)  # fmt: skip
# what twitter:label1 says where twitter:data1 names the author

_UNSIGNED: Final = frozenset(("", "sq", "mk"))
# languages whose outlets write themselves in where nobody signed; elsewhere newsrooms sign so

_Raw = tuple[str, list[str], float]
# layer, bylines as printed, weight


def byline_of(facts: Facts, *, headline_at: int | None, site: frozenset[str]) -> list[Candidate]:
    """Candidates whose values are tuples of names, the winner first."""
    language = (facts.lang or "")[:2].lower()
    told = [_candidate(raw, site, language) for raw in _all(facts, headline_at)]
    weighed = [one for one in told if one is not None]
    counted = [_supported(one, weighed) for one in weighed]
    signed = any(c.weight >= SIGNED and _people(c) for c in counted)
    counted.sort(key=lambda c: (signed and not _people(c), -c.weight))
    return _spelled(_complete(counted))


def _spelled(weighed: list[Candidate]) -> list[Candidate]:
    """A winner that is a login gives way to the same name as it is printed: "anakodra"."""
    if not weighed or any(" " in name for name in weighed[0].value):
        return weighed
    mine = set(map(squeezed, weighed[0].value))
    for one in weighed[1:]:
        if set(map(squeezed, one.value)) == mine and all(" " in name for name in one.value):
            return [one, *(c for c in weighed if c is not one)]
    return weighed


def _candidate(raw: _Raw, site: frozenset[str], language: str) -> Candidate | None:
    layer, raws, weight = raw
    names = distinct(without_site(name, site) for name in names_in(raws, language))
    if layer.startswith(("json-ld", "meta")) and language in _UNSIGNED:
        # the outlet in its own metadata has signed nothing
        names = tuple(name for name in names if squeezed(name) not in site)
    if names and DOMAIN.fullmatch(names[0]):
        names = names[:1]
    people = tuple(name for name in names if not is_organisation(name, site))
    if not names or len(people or names) > MOST_NAMES:
        return None
    return Candidate(
        field="byline",
        value=people or names,
        layer=f"page:{layer}",
        raw=" | ".join(raws),
        weight=weight if people else weight - 3.0,
        why="people sign" if people else "an organisation signs",
    )


def _people(one: Candidate) -> bool:
    return one.why.startswith("people")


def _complete(weighed: list[Candidate]) -> list[Candidate]:
    """A winner that leaves out people who sign visibly gives way to the fuller list."""
    if not weighed:
        return weighed
    mine = set(map(squeezed, weighed[0].value))
    for one in weighed[1:]:
        fuller = mine < set(map(squeezed, one.value)) and len(one.value) <= FULLEST
        whole = all(" " in name for name in one.value)
        if fuller and whole and one.weight >= CERTAIN and _people(one):
            return [one, *(c for c in weighed if c is not one)]
    return weighed


def _supported(one: Candidate, others: list[Candidate]) -> Candidate:
    mine = set(map(squeezed, one.value))
    layers = {o.layer for o in others if o is not one and mine & set(map(squeezed, o.value))}
    if not layers:
        return one
    why = f"{one.why}, {len(layers)} other places agree"
    return replace(one, weight=one.weight + min(1.5, 0.5 * len(layers)), why=why)


# --- sources ------------------------------------------------------------------------------


def _all(facts: Facts, headline_at: int | None) -> Iterator[_Raw]:
    yield from _in_json(facts)
    for name, weight in _METAS:
        raws = [raw for raw in facts.metas.get(name, ()) if not raw.startswith("http")]
        if raws:
            yield f"meta:{name}", raws, weight
    if (facts.meta("twitter:label1") or "").lower() in _LABELS:
        yield "meta:twitter:data1", facts.metas.get("twitter:data1", []), 2.0
    yield from _visible(facts, headline_at)
    yield from _spoken(facts, headline_at or 0)


def _in_json(facts: Facts) -> Iterator[_Raw]:
    known = {str(t["@id"]): t for t in facts.things if t.get("@id") and t.get("name")}
    for thing in facts.things:
        if kinds(thing) & ARTICLES:
            for key, weight in (("author", 8.0), ("creator", 6.5)):
                raws = list(_authors(thing.get(key), known))
                if raws:
                    yield f"json-ld:{key}", raws, weight


def _authors(value: Any, known: Mapping[str, Thing]) -> Iterator[str]:
    """Names of an author value: text, objects, and objects that point at others by @id."""
    for one in (value if isinstance(value, list) else [value])[:MOST_NAMES]:
        if isinstance(one, dict):
            there = one if one.get("name") else known.get(str(one.get("@id")), one)
            said = there.get("name")
            names = said[:MOST_NAMES] if isinstance(said, list) else [said]
            yield from filter(None, map(words, names))
        elif isinstance(one, str) and one.strip():
            yield one


def _visible(facts: Facts, headline_at: int | None) -> Iterator[_Raw]:
    groups: dict[str, list[tuple[float, Spot]]] = {}
    for spot in facts.names:
        kind = "microdata" if "author" in spot.prop else "rel" if spot.rel else "class"
        longest = LONGEST_SIGNED if kind == "class" else LONGEST_LINE
        weight = _worth(spot, facts, headline_at) if len(spot.text) <= longest else 0.0
        if weight > 0:
            groups.setdefault(kind, []).append((weight, spot))
    for kind, found in groups.items():
        best = max(weight for weight, _ in found)
        raws = _innermost([spot for weight, spot in found if weight >= best - 0.2])
        if raws:
            yield kind, raws, best


def _innermost(spots: list[Spot]) -> list[str]:
    """The texts of spots; of two that stand in each other, the one that is a name alone."""
    texts: list[str] = []
    last = spots[0].order + AROUND[1]
    for spot in spots:
        text = spot.text or (spot.value or "" if spot.prop else "")
        if spot.order > last or not any(names_in([text])):
            continue
        bare = squeezed(text)
        outer = [old for old in texts if bare in squeezed(old)]
        if outer:
            texts = [text if old in outer else old for old in texts]
        elif not any(squeezed(old) in bare for old in texts):
            texts.append(text)
    return list(dict.fromkeys(texts))


def _worth(spot: Spot, facts: Facts, headline_at: int | None) -> float:
    """How much the place of a name speaks for it; nothing does among comments and teasers."""
    zone = facts.nodes[spot.node].zone
    if zone & (Mark.COMMENTS | Mark.TEASER):
        return 0.0
    weight = 4.0 + 1.5 * ("author" in spot.prop) + 1.0 * spot.rel
    weight -= 0.8 * bool((zone | spot.mark) & Mark.BIO)
    weight += 0.8 * bool(_OPENS.match(spot.text))
    return weight + (nearness(spot.order, headline_at) if headline_at is not None else 0.0)


def _spoken(facts: Facts, headline_at: int) -> Iterator[_Raw]:
    """A line beside the headline that says "By" and a name, or prints a name beside the date."""
    first, last = headline_at + AROUND[0], headline_at + AROUND[1]
    for block in facts.blocks:
        zone = facts.nodes[block.node].zone
        if block.order < first or len(block.text) > LONGEST_LINE or zone & _ELSEWHERE:
            continue
        text = block.apart or block.text
        if block.order > last:
            signed = _SIGNATURE.fullmatch(text)
            if signed:
                yield "below the text", [signed[1]], 4.4
                return
            continue
        opens = _OPENS.search(text) or _SIGNED.search(text)
        if opens:
            yield "beside the headline", [opens[1]], 4.4 if opens.start() else 4.6
            return
        names = _beside_date(text, below=block.order >= headline_at)
        if names:
            yield "beside the date", names, 4.0
            return


_ELSEWHERE: Final = Mark.COMMENTS | Mark.TEASER


def _beside_date(text: str, *, below: bool) -> list[str]:
    """Names in a line of date, names and bars: "22.03.2026 | 15:25 | Ana Shembulli".

    Agencies, desks and initials only `below` the headline: above it the site prints its own name.
    """
    if not DATED.search(f" {text}"):
        return []
    behind = _BEHIND_DATE.search(text) or _AHEAD_OF_DATE.fullmatch(text)
    if behind:
        return [behind[1]]
    parts = _BARS.split(text)
    if len(parts) == 1:
        return []
    named = [part for part in parts if _FULL_NAME.fullmatch(part) and not ROLE.search(part)][:3]
    if named or not below:
        return named
    return [part for part in (parts[0], parts[-1]) if _SHORT.fullmatch(part)][:1]
