"""Where a piece belongs: its own address, its section, its picture, its wall."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote, urljoin, urlsplit

from crawler.models import Alias
from crawler.reading.page.gather import Facts
from crawler.reading.page.names import is_name, squeezed
from crawler.reading.page.nouns import Candidate
from crawler.reading.page.structured import ARTICLES, kinds, words
from crawler.reading.text import plain
from crawler.urls import alias_key, canonical, host_of, registrable_domain

_POST: Final = re.compile(r"[?&]p=(\d{1,12})\b")
_REST_POST: Final = re.compile(r"/wp/v2/(posts|pages|[a-z_-]{2,30})/(\d{1,12})\b")
LONGEST_SECTION: Final = 60
LONGEST_URL: Final = 2_000


def canonical_of(facts: Facts, url: str) -> list[Candidate]:
    """Addresses that the page gives itself, on its own registrable domain; the winner first."""
    said = [("link", href) for href in facts.links.get("canonical", ())[:1]]
    said += [("og:url", raw) for raw in facts.metas.get("og:url", ())[:1]]
    for thing in facts.things:
        if kinds(thing) & ARTICLES:
            raw = words(thing.get("url")) or _id_of(thing.get("mainEntityOfPage"))
            if raw:
                said.append(("json-ld", raw))
            break
    found = []
    for rank, (layer, raw) in enumerate(said):
        value = own_address(raw, url)
        if value:
            found.append(
                Candidate(
                    field="canonical",
                    value=value,
                    layer=f"page:{layer}",
                    raw=raw[:300],
                    weight=3.0 - rank,
                )
            )
    return found


def _id_of(value: Any) -> str | None:
    if isinstance(value, dict):
        return words(value.get("@id")) or words(value.get("url"))
    return words(value)


@lru_cache(maxsize=256)
def own_address(raw: str, url: str) -> str | None:
    """`raw` in normal spelling when it is an address of the page's own site, not its front page."""
    try:
        value = canonical(urljoin(url, raw.strip()))
        same = urlsplit(value).netloc == urlsplit(url).netloc
        if not same and registrable_domain(host_of(value)) != registrable_domain(host_of(url)):
            return None
    except ValueError:
        return None
    if (
        urlsplit(value).path in {"", "/"}
        and not urlsplit(value).query
        and urlsplit(url).path not in {"", "/"}
    ):
        return None
    return value


def aliases_of(facts: Facts, url: str, own: str | None) -> tuple[Alias, ...]:
    """Names of the piece, strongest first: WordPress's post id, canonical URL, the URL asked."""
    found: list[Alias] = []
    for href in facts.links.get("alternate", ()):
        rest = _REST_POST.search(unquote(href))
        if rest and rest[1] not in {"categories", "tags", "users"}:
            found.append(Alias(kind="post", value=f"{rest[1]}:{rest[2]}"))
    for href in facts.links.get("shortlink", ()):
        post = _POST.search(href)
        if post and not found:
            found.append(Alias(kind="post", value=f"posts:{post[1]}"))
    for address in (own, url):
        if address:
            try:
                found.append(Alias(kind="url", value=alias_key(address)))
            except ValueError:
                continue
    return tuple(dict.fromkeys(found))


def section_of(
    facts: Facts, *, url: str, headline: str | None, names: frozenset[str]
) -> list[Candidate]:
    """Candidates for the rubric, the winner first."""
    found: list[Candidate] = []
    for layer, raw, weight in _sections(facts, url):
        value = plain(raw).strip(" /|»›>")
        bare = squeezed(value)
        if (
            not bare
            or len(value) > LONGEST_SECTION
            or bare.isdigit()
            or bare in _HOME
            or (headline and bare == squeezed(headline))
        ):
            continue
        if layer != "url" and is_name(value, names) and not value.islower():
            weight -= 2.0
        found.append(
            Candidate(
                field="section", value=value, layer=f"page:{layer}", raw=raw[:200], weight=weight
            )
        )
    found.sort(key=lambda c: -c.weight)
    return found


_HOME = frozenset(
    [
        "home",
        "homepage",
        "kreu",
        "ballina",
        "kryefaqja",
        "startseite",
        "start",
        "accueil",
        "inicio",
        "news",
        "lajme",
        "index",
        "article",
        "articles",
        "artikel",
        "lajmi",
        "post",
        "posts",
        "blog",
        "uncategorized",
        "category",
        "kategori",
    ]
)


def _sections(facts: Facts, url: str) -> Iterator[tuple[str, str, float]]:
    for thing in facts.things:
        types = kinds(thing)
        if types & ARTICLES:
            raw = words(thing.get("articleSection"))
            if raw:
                yield "json-ld", raw, 6.0
        if "breadcrumblist" in types:
            items = thing.get("itemListElement")
            names = [name for name in map(_crumb, items if isinstance(items, list) else ()) if name]
            if len(names) > 1:
                yield "breadcrumb", names[-2] if len(names) > 2 else names[0], 4.0  # noqa: PLR2004
    for name in (
        "article:section",
        "section",
        "og:article:section",
        "cxenseparse:recs:category",
        "parsely-section",
    ):
        raw = facts.meta(name)
        if raw:
            yield f"meta:{name}", raw, 5.5
    for spot in facts.sections[:10]:
        if spot.text and len(spot.text) < LONGEST_SECTION:
            yield "visible", spot.text, 2.5
            break
    steps = [step for step in urlsplit(url).path.split("/") if step]
    for step in steps[:-1]:
        if not re.search(r"\d", step) and len(step) > 2 and step.count("-") < 3:  # noqa: PLR2004
            yield "url", step.replace("-", " "), 1.5
            break


def _crumb(item: Any) -> str | None:
    if not isinstance(item, dict):
        return None
    return words(item.get("name")) or words(
        item["item"].get("name") if isinstance(item.get("item"), dict) else None
    )


def image_of(facts: Facts, url: str) -> list[Candidate]:
    """Addresses of the piece's picture, the winner first."""
    said: list[tuple[str, str]] = []
    for name in (
        "og:image",
        "og:image:url",
        "og:image:secure_url",
        "twitter:image",
        "twitter:image:src",
    ):
        raw = facts.meta(name)
        if raw:
            said.append((f"meta:{name}", raw))
    for thing in facts.things:
        if kinds(thing) & ARTICLES and thing.get("image"):
            raw = _picture(thing["image"])
            if raw:
                said.append(("json-ld", raw))
            break
    found = []
    for rank, (layer, raw) in enumerate(said):
        try:
            value = urljoin(url, raw.strip())
        except ValueError:
            continue
        if not value.startswith(("http://", "https://")) or len(value) > LONGEST_URL:
            continue
        found.append(
            Candidate(
                field="image", value=value, layer=f"page:{layer}", raw=raw[:300], weight=5.0 - rank
            )
        )
    return found


def _picture(value: Any) -> str | None:
    if isinstance(value, list):
        return next((raw for raw in map(_picture, value[:3]) if raw), None)
    if isinstance(value, dict):
        return words(value.get("url")) or words(value.get("contentUrl")) or words(value.get("@id"))
    return words(value)


_LOCKED: Final = frozenset(
    {"locked", "paid", "premium", "metered", "subscriber", "subscribers", "plus", "abo"}
)


def paywall_of(facts: Facts) -> list[Candidate]:
    """Whether the page says that it is behind a wall, the winner first; empty where nothing is said."""
    found = []
    for thing in facts.things:
        free = thing.get("isAccessibleForFree")
        if free is not None and kinds(thing) & ARTICLES | ({"webpage"} & kinds(thing)):
            value = str(free).strip().lower() in {
                "false",
                "0",
                "no",
                "http://schema.org/false",
                "https://schema.org/false",
            }
            found.append(
                Candidate(
                    field="paywall",
                    value=value,
                    layer="page:json-ld",
                    raw=str(free)[:40],
                    weight=3.0,
                )
            )
    tier = facts.meta("article:content_tier", "og:content_tier", "content_tier")
    if tier:
        found.append(
            Candidate(
                field="paywall",
                value=tier.lower() in _LOCKED,
                layer="page:meta:content_tier",
                raw=tier[:40],
                weight=2.0,
            )
        )
    if facts.walls:
        found.append(
            Candidate(
                field="paywall",
                value=True,
                layer="page:class",
                raw=f"{facts.walls} elements",
                weight=1.0,
            )
        )
    found.sort(key=lambda c: -c.weight)
    return found
