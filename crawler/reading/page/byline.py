"""Who signed: names without "By", roles and places; organisations only where nobody else signs.

Sources weighed as everywhere: JSON-LD authors, meta, microdata and rel="author", names of classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from crawler.reading.page.days import MONTHS, fold
from crawler.reading.page.gather import Facts, Spot
from crawler.reading.page.marks import Mark
from crawler.reading.page.names import squeezed
from crawler.reading.page.nouns import Candidate
from crawler.reading.page.structured import ARTICLES, kinds, words
from crawler.reading.text import plain

_CAPITAL = r"(?:[A-ZÀ-ÝŠŽČĆĐА-ЯË][\w.'’-]*\.?)"
_ONE_NAME = (
    rf"{_CAPITAL}(?:\s+(?:{_CAPITAL}|de|von|van|der|den|al|el|bin|da|di|la|du|dos|ten)){{1,4}}"
)
_OPENS: Final = re.compile(
    r"(?:^|[|•·,–—-]\s*|\b(?:[Ww]ritten|[Pp]osted|[Rr]eported|Artikel|Beitrag|Verfasst|Geschrieben|Publi[ée]|Publicado|Shkruar)\s+)"
    r"(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|[Pp]or|[Nn]ga|NGA|Autor(?:in|en|i)?|Author|Text|Автор|Di|Door|Av|Af|Od)(?:\s*:\s*|\s+|(?<=By)(?=[A-Z]))"
    rf"((?:(?:Dr|Prof)\.?\s+)*{_ONE_NAME}(?:\s*(?:,|&|and|und|et|y|e|dhe)\s+{_ONE_NAME}){{0,4}})"
)
_FULL_NAME: Final = re.compile(rf"{_CAPITAL}\s+(?:{_CAPITAL}\s+)?{_CAPITAL}")
_BARS: Final = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+")
LONGEST_SIGNED: Final = 110
# characters of an element whose class alone promises names
LONGEST_LINE: Final = 140
# characters of a line that may name the author
MOST_NAMES: Final = 12
LONGEST_NAME: Final = 60
SIGNED: Final = 4.4
# weight from which people go before organisations
_BY: Final = re.compile(
    r"^(?:(?:written|posted|published|reported|reviewed|story|text|words|analysis|article|interview|photos?|opinion|review)\s+)?"
    r"(?:by|von|par|por|di|da|av|af|door|od|autor(?:in|en|a|es|i)?|authors?|auteurs?|author:|nga|text|texte|texto|"
    r"testo|tekst|escribe|publicado por|erstellt von|beitrag von|verfasst von|geschrieben von|gastbeitrag von|shkruar nga|shkruan|geschreven door|escrito por|scritto da|écrit par|ein gastbeitrag von|ein artikel von|eine analyse von|"
    r"ein kommentar von|автор|από|του)\s*[:：]?\s+",
    re.IGNORECASE,
)
_DOMAIN: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}")
# "gazeta.example": what follows is its town
_SPLIT: Final = re.compile(
    r"\s*(?:[;|•·/\n]|\s[–—-]\s|,(?!\s*(?:jr|sr|phd|md|m\.d|ph\.d|ii|iii)\b)|\s&\s|\s\+\s)\s*"
    r"|\s+(?:and|und|et|y|e|dhe|og|och|en|i|и|with|mit|avec|con)\s+(?=[A-ZÀ-ÝÄÖÜŠŽČĆĐА-ЯËÇ])"
)
_ROLE: Final = re.compile(
    r"\b(?:editors?|reporters?|correspondents?|writers?|contributors?|columnists?|journalists?|producers?|staff|desk|team|newsroom|"
    r"redaktion|redakteur(?:in)?|redaktor(?:in)?|korrespondent(?:in)?|volont[äa]r(?:in)?|reporterin|journaliste?n?|chef|leiter(?:in)?|"
    r"redacci[óo]n|redazione|r[ée]daction|redaksia|redakcia|redakce|redakcja|redactie|redaksjonen|director|professor|"
    r"news|agency|agence|agentur|press|media|magazine|tv|radio|online|updated?|published|last|min read|minutes?|"
    r"published|photo|photography|foto|bild|image|source|quelle|via|follow|share|email|twitter|view|more|all|posts?|"
    r"comment|comments|uhr|subscribe|read|gazetar[ei]?|kryeredaktor[ei]?|special|senior|chief|freelance|opinion|sponsored|"
    r"january|february|march|april|june|july|august|september|october|november|december|januar|februar|märz|juni|juli|oktober|dezember)\b",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(
    r"(?:staff|writer|reporter|correspondent|editor|contributor|columnist|journalist|producer|freelance|senior|lifestyle|author|"
    r"redakteur(?:in)?|redaktor(?:in)?|korrespondent(?:in)?|reporterin|journalistin|volont[äa]r(?:in)?|autor(?:in)?|gazetar[ei]?|novinar(?:ka)?)",
    re.IGNORECASE,
)
_ORGANISATION: Final = re.compile(
    r"\b(?:redaktion|redacci[óo]n|redazione|r[ée]daction|redaksia|redakcia|redakce|redakcja|redactie|redaksjonen|staff|desk|team|newsroom|"
    r"news|agency|agence|agentur|press|media|magazine|magazin|tv|radio|online|gmbh|ag|inc|ltd|llc|e\.v|verlag|"
    r"association|institute?|universit\w+|ministry|ministerium|verband|verein|associated|reuters|afp|dpa|ap|apa|sda|ansa|efe|"
    r"editors?|editorial|admin|administrator|webmaster|contributors?|guest|company|corporation|group|zeitung|times|post|daily|gazeta|journal)\b",
    re.IGNORECASE,
)
_JUNK: Final = re.compile(
    r"https?:|www\.|\w@[\w.-]+\.\w|[{}<>=_#\[\]]|\d{3,}|\bundefined\b|\bnull\b", re.IGNORECASE
)
_TAIL: Final = re.compile(
    r"(?:\s*\([^)]{0,80}\)|\s+(?:in|im|aus|für|for|at|of|på|na|on|en|am|vom|sagt|a|is|ist|updated|hat|has|el|le|hace)\s.*|\s+(?:in|im|on|am|el|le)"
    r"|\s*@\w+|\s+\d.*|\s기자|\s*記者)$"
)
_INSIDE: Final = re.compile(
    r"^.{2,60}?\d.{0,20}?(?:[\s·|•]|^)(?:by|von|par|por|nga|di|door|av)\s+(?=[A-ZÀ-ÝŠŽČĆĐА-Я])"
)
# "18 January 2017 by Ana Shembull"
_PICTURE: Final = re.compile(
    r"^\W*(?:foto|photo|image|bild|picture|getty|credit|zdj[ęe]cie|снимка|illustration)s?\b(?!\s+(?:by|und|and|editor))",
    re.IGNORECASE,
)
# the picture's author is not the piece's
_LABEL: Final = re.compile(
    r"^(?:interview|text|texte|texto|testo|foto|photo|story|words|autor(?:in|en)?|authors?|redaktion|著者|作者|文|記者)\s*[:：]\s*",
    re.IGNORECASE,
)
_SLUG: Final = re.compile(r"([a-zà-ÿ]{3,14})[.-]([a-zà-ÿ]{4,16})")
# "ana-shembull", "ana.shembull": an account, not a domain
_DATED: Final = re.compile(r"\s+\d")
_STOP: Final = frozenset(
    [
        "posted",
        "publicado",
        "published",
        "zuletzt",
        "geändert",
        "aktualisiert",
        "geschrieben",
        "written",
        "autor",
        "autoren",
        "author",
        "authors",
        "autores",
        "auteur",
        "name",
        "email",
        "erforderlich",
        "facebook",
        "twitter",
        "linkedin",
        "instagram",
        "whatsapp",
        "about",
        "über",
        "anonymous",
        "unknown",
        "guest",
        "gast",
        "no",
        "stand",
        "veröffentlicht",
        "red",
        "agenturen",
        "agentur",
        "publiziert",
        "published:",
        "politik",
        "second",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
        "staff",
        "afficher",
        "voir",
        "publié",
        "advertisement",
        "anzeige",
        "share",
        "teilen",
        "kommentare",
        "kommentieren",
        "kontakt",
        "contact",
        "see",
        "bio",
        "profile",
        "profil",
        "follow",
        "mehr",
        "more",
        "von",
        "by",
        "nga",
    ]
)


def byline_of(facts: Facts, *, headline_at: int | None, site: frozenset[str]) -> list[Candidate]:
    """Candidates whose values are tuples of names, the winner first."""
    weighed: list[Candidate] = []
    for layer, raws, weight in _said(facts, headline_at):
        names = _distinct(_without_site(name, site) for name in _names(raws))
        if any(_DOMAIN.fullmatch(name) for name in names[:1]):
            names = names[:1]
        people = tuple(name for name in names if not _organisation(name, site))
        kept = people or names
        if not kept or len(kept) > MOST_NAMES:
            continue
        if not people:
            weight -= 3.0
        weighed.append(
            Candidate(
                field="byline",
                value=kept,
                layer=f"page:{layer}",
                raw=" | ".join(raws)[:300],
                weight=weight,
                why="people" if people else "an organisation signs",
            )
        )
    counted = [_supported(one, weighed) for one in weighed]
    signed = any(c.weight >= SIGNED and _people(c) for c in counted)
    counted.sort(key=lambda c: (signed and not _people(c), -c.weight))
    return _complete(counted)


def _people(one: Candidate) -> bool:
    return one.why.startswith("people")


def _complete(weighed: list[Candidate]) -> list[Candidate]:
    """A winner that leaves out people who sign visibly gives way to the fuller list."""
    if not weighed:
        return weighed
    mine = {squeezed(name) for name in weighed[0].value}
    for one in weighed[1:]:
        other = {squeezed(name) for name in one.value}
        if (
            mine < other
            and len(other) <= 4
            and one.weight >= 5.5
            and "people" in one.why
            and all(" " in n for n in one.value)
        ):
            return [one, *(c for c in weighed if c is not one)]
    return weighed


def _supported(one: Candidate, others: list[Candidate]) -> Candidate:
    mine = {squeezed(name) for name in one.value}
    layers = {o.layer for o in others if o is not one and mine & {squeezed(n) for n in o.value}}
    more = min(1.5, 0.5 * len(layers))
    return Candidate(
        field=one.field,
        value=one.value,
        layer=one.layer,
        raw=one.raw,
        weight=one.weight + more,
        why=f"{one.why}, {len(layers)} other places agree" if layers else one.why,
    )


def _said(facts: Facts, headline_at: int | None) -> Iterator[tuple[str, list[str], float]]:
    by_id = {
        thing["@id"]: thing
        for thing in facts.things
        if isinstance(thing.get("@id"), str) and thing.get("name")
    }
    for thing in facts.things:
        if kinds(thing) & ARTICLES:
            for key, weight in (("author", 8.0), ("creator", 6.5)):
                raws = list(_authors(thing.get(key), by_id))
                if raws:
                    yield f"json-ld:{key}", raws, weight
    for name, weight in (
        ("author", 6.0),
        ("article:author_name", 6.0),
        ("byl", 6.5),
        ("parsely-author", 6.5),
        ("sailthru.author", 6.5),
        ("dc.creator", 5.5),
        ("dcterms.creator", 5.5),
        ("article:author", 5.0),
        ("og:article:author", 5.0),
        ("creator", 5.0),
        ("cxenseparse:author", 6.5),
        ("cxenseparse:recs:author", 6.0),
        ("citation_author", 6.0),
        ("authors", 6.0),
        ("og:author", 5.0),
        ("article.author", 5.0),
        ("dc.contributor", 4.0),
        ("twitter:data1", 2.0),
    ):
        raws = [raw for raw in facts.metas.get(name, ()) if not raw.startswith("http")]
        if raws and (
            name != "twitter:data1" or (facts.meta("twitter:label1") or "").lower() in _LABELS
        ):
            yield f"meta:{name}", raws, weight
    yield from _visible(facts, headline_at)
    yield from _spoken(facts, headline_at)


_LABELS = frozenset(
    {
        "written by",
        "author",
        "by",
        "verfasst von",
        "geschrieben von",
        "écrit par",
        "escrito por",
        "scritto da",
        "shkruar nga",
    }
)


def _authors(value: Any, by_id: dict[str, Any]) -> Iterator[str]:
    for one in (value if isinstance(value, list) else [value])[:MOST_NAMES]:
        if isinstance(one, dict):
            known = by_id.get(str(one.get("@id"))) if not one.get("name") else None
            name = words((known or one).get("name"))
            if name:
                yield name
        elif isinstance(one, str) and one.strip():
            yield one


def _visible(facts: Facts, headline_at: int | None) -> Iterator[tuple[str, list[str], float]]:
    groups: dict[str, list[tuple[float, Spot]]] = {}
    for spot in facts.names[:150]:
        weight = _worth(spot, facts, headline_at)
        if (
            weight <= 0
            or len(spot.text) > LONGEST_LINE
            or ((kind := _sort(spot)) == "class" and len(spot.text) > LONGEST_SIGNED)
        ):
            continue
        groups.setdefault(kind, []).append((weight, spot))
    for kind, found in groups.items():
        best = max(weight for weight, _ in found)
        near = [spot for weight, spot in found if weight >= best - 0.2]
        raws = _innermost(near, several=kind != "class")
        if raws:
            yield kind, raws, best


def _spoken(facts: Facts, headline_at: int | None) -> Iterator[tuple[str, list[str], float]]:
    """A line beside the headline that says "By" and a name, or prints a name beside the date."""
    at = headline_at or 0
    for block in facts.blocks:
        if block.order < at - 20 or len(block.text) > LONGEST_LINE:
            continue
        if block.order > at + 60:
            return
        if facts.nodes[block.node].zone & (Mark.COMMENTS | Mark.TEASER):
            continue
        opens = _OPENS.search(block.text)
        if opens:
            yield "beside the headline", [opens[1]], 4.6 if opens.start() == 0 else 4.4
            return
        parts = _BARS.split(block.text)
        names = [part for part in parts if _FULL_NAME.fullmatch(part) and not _ROLE.search(part)]
        if len(parts) > 1 and names and _DATED.search(f" {block.text}"):
            yield "beside the date", names[:3], 4.0
            return


def _sort(spot: Spot) -> str:
    return "microdata" if "author" in spot.prop else "rel" if spot.rel else "class"


def _innermost(spots: list[Spot], *, several: bool) -> list[str]:
    """The texts of spots; of two that stand in each other, the one that is a name alone."""
    texts: list[str] = []
    first = spots[0].order
    for spot in spots:
        if spot.order > first + 60:
            break
        text = spot.text or (spot.value or "" if spot.prop else "")
        if not text or not list(_names([text])):
            continue
        shadowed = [old for old in texts if squeezed(text) and squeezed(text) in squeezed(old)]
        if shadowed:
            texts = [text if old in shadowed else old for old in texts]
        elif not any(squeezed(old) in squeezed(text) for old in texts):
            texts.append(text)
    return list(dict.fromkeys(texts))


def _worth(spot: Spot, facts: Facts, headline_at: int | None) -> float:
    zone = facts.nodes[spot.node].zone if spot.node >= 0 else 0
    if zone & (Mark.COMMENTS | Mark.TEASER):
        return 0.0
    weight = 4.0
    if "author" in spot.prop:
        weight += 1.5
    if spot.rel:
        weight += 1.0
    if zone & Mark.BIO or spot.mark & Mark.BIO:
        weight -= 0.8
    if _BY.match(spot.text + " "):
        weight += 0.8
    if headline_at is not None:
        away = spot.order - headline_at
        weight += 1.0 if -10 <= away <= 50 else 0.0 if -40 <= away <= 150 else -0.8
    return weight


def _names(raws: Iterable[str]) -> Iterator[str]:
    """Names out of raw bylines."""
    for raw in raws:
        text = plain(raw)
        if _PICTURE.match(text):
            continue
        inside = _INSIDE.search(text)
        text = text[inside.end() :] if inside else text
        for _ in range(2):
            text = _BY.sub("", text).strip(" ,:;–—-|•")
        if "," in text and text.count(",") == 1 and ";" not in text and _surname_first(text):
            last, first = (part.strip() for part in text.split(","))
            text = f"{first} {last}"
        for part in _SPLIT.split(text):
            name = _name(part)
            if name:
                yield name


def _without_site(name: str, site: frozenset[str]) -> str:
    """ "Ana Shembull Gazeta" without the site's own name at the end."""
    listed = name.split()
    while len(listed) > 2 and squeezed(listed[-1]) in site:  # noqa: PLR2004
        listed.pop()
    return " ".join(listed)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Names once each, whatever their capitals and accents."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(squeezed(name), name)
    return tuple(found.values())


def _surname_first(text: str) -> bool:
    last, first = (part.strip() for part in text.split(",", 1))
    return (
        " " not in last
        and " " not in first
        and bool(last)
        and bool(first)
        and not _ROLE.search(text)
    )


_ENDS: Final = frozenset(["follow", "contactar", "von", "by", "bearbeiten", "par"])


def _name(part: str) -> str | None:
    text = _LABEL.sub("", _BY.sub("", part.strip() + " ").strip())
    dated = _DATED.search(text) is not None
    for _ in range(2):
        text = _TAIL.sub("", text).strip(" ,:;–—-|•.»\"'“”")
    listed = text.split()
    if dated and len(listed) > 1 and fold(listed[-1]).strip(".") in MONTHS:
        listed.pop()
    while len(listed) > 2 and _TITLE.fullmatch(listed[-1]):  # noqa: PLR2004
        listed.pop()
    text = " ".join(listed)
    if (
        not text
        or len(text) > LONGEST_NAME
        or _JUNK.search(text)
        or not any(c.isalpha() for c in text)
    ):
        return None
    if listed[0][0].isdigit() or len(listed) > 5 or (text.islower() and len(listed) > 1):  # noqa: PLR2004
        return None
    if (
        listed[0].casefold() in _STOP
        or fold(text).strip(".") in MONTHS
        or listed[-1].casefold() in _ENDS
    ):
        return None
    if text.isupper() and len(listed) > 1:
        text = text.title()
    slug = _SLUG.fullmatch(text)
    return f"{slug[1]} {slug[2]}".title() if slug else text


def _organisation(name: str, site: frozenset[str]) -> bool:
    bare = squeezed(name)
    if bare in site or _ORGANISATION.search(name) or _ROLE.search(name):
        return True
    if name.isupper() and " " not in name:
        return True
    return "." in name and " " not in name
