"""Where a piece belongs: its own address, its section, its picture, its wall."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote, urljoin, urlsplit

from crawler.models import Alias
from crawler.reading.page.facts import Facts
from crawler.reading.page.html import tree_of
from crawler.reading.page.page_facts import facts_of
from crawler.reading.page.page_models import Candidate
from crawler.reading.page.site_names import is_name, squeezed
from crawler.reading.page.structured import ARTICLES, Thing, kinds, words
from crawler.reading.picture import address_of
from crawler.reading.text import plain
from crawler.urls import alias_key, canonical, host_of, registrable_domain, without_fragment

_POST: Final = re.compile(r"[?&]p=(\d{1,12})\b")
_REST_POST: Final = re.compile(r"/wp/v2/(posts|pages|[a-z_-]{2,30})/(\d{1,12})\b")
LONGEST_SECTION: Final = 60
LONGEST_URL: Final = 2_000


def canonical_of(facts: Facts, url: str) -> list[Candidate]:
    """Addresses that the page gives itself, on its own registrable domain; the winner first."""
    said = [("link", href) for href in facts.links.get("canonical", ())[:1]]
    said += [("og:url", raw) for raw in facts.metas.get("og:url", ())[:1]]
    for piece in _pieces(facts):
        raw = words(piece.get("url")) or _id_of(piece.get("mainEntityOfPage"))
        said += [("json-ld", raw)] if raw else []
    found: list[Candidate] = []
    for layer, raw in said:
        value = own_address(raw, url)
        if value:
            found.append(_candidate("canonical", value, layer, raw, 3.0 - len(found)))
    return found


def claimed_address(body: bytes, charset: str | None) -> str | None:
    """The web address that a saved page gives itself, believed for want of another.

    Raises `crawler.reading.Unreadable` for what is not HTML.
    """
    root, _ = tree_of(body, charset)
    facts = facts_of(root)
    pieces = (words(p.get("url")) or _id_of(p.get("mainEntityOfPage")) for p in _pieces(facts))
    said = (*facts.links.get("canonical", ()), *facts.metas.get("og:url", ()), *pieces)
    for raw in said:
        if raw and urlsplit(raw.strip()).scheme in {"http", "https"}:
            return str(raw).strip()[:LONGEST_URL]
    return None


def _pieces(facts: Facts) -> list[Thing]:
    """The first article of the page's JSON-LD, in a list."""
    return [thing for thing in facts.things if kinds(thing) & ARTICLES][:1]


def _candidate(field: str, value: Any, layer: str, raw: str, weight: float) -> Candidate:
    layer = f"page:{layer}"
    return Candidate(field=field, value=value, layer=layer, raw=raw, weight=weight, why="by rank")


def _id_of(value: Any) -> str | None:
    if isinstance(value, dict):
        return words(value.get("@id")) or words(value.get("url"))
    return words(value)


@lru_cache(maxsize=256)
def own_address(raw: str, url: str) -> str | None:
    """`raw` in normal spelling when it is an address of the page's own site, not its front page."""
    try:
        value = canonical(urljoin(url, raw.strip()))
        ours = _same_site(host_of(value), host_of(url))
    except ValueError:
        return None
    return value if ours and (not _is_front(value) or _is_front(url)) else None


def _is_front(url: str) -> bool:
    """Whether an address is a site's front page; "/?p=12" and "/#!/lajm/1" are none."""
    parts = urlsplit(without_fragment(url))
    return parts.path in {"", "/"} and not parts.query and not parts.fragment


def _same_site(one: str, other: str) -> bool:
    """Whether two hosts belong together; the public suffix list is asked last, it is large."""
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    if one == other or one.endswith(f".{other}") or other.endswith(f".{one}"):
        return True
    return registrable_domain(one) == registrable_domain(other)


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
    nothing = {"", squeezed(headline or ""), *_HOME}
    found: list[Candidate] = []
    for layer, raw, weight in _sections(facts, url):
        value = plain(raw).strip(" /|»›>")
        bare = squeezed(value)
        if bare in nothing or len(value) > LONGEST_SECTION or bare.isdigit():
            continue
        ours = layer != "url" and is_name(value, names) and not value.islower()
        found.append(_candidate("section", value, layer, raw, weight - 2.0 * ours))
    found.sort(key=lambda c: -c.weight)
    return found


_HOME: Final = frozenset(
    """
    home homepage kreu ballina kryefaqja startseite start accueil inicio news lajme index article
    articles artikel lajmi post posts blog uncategorized category kategori
    """.split()  # noqa: SIM905
)
_SECTION_METAS: Final = (
    "article:section", "section", "og:article:section", "cxenseparse:recs:category",
    "parsely-section",
)  # fmt: skip


def _sections(facts: Facts, url: str) -> Iterator[tuple[str, str, float]]:
    for piece in _pieces(facts):
        yield "json-ld", words(piece.get("articleSection")) or "", 6.0
    for name in _SECTION_METAS:
        yield f"meta:{name}", facts.meta(name) or "", 5.5
    for thing in facts.things:
        if "breadcrumblist" in kinds(thing):
            yield "breadcrumb", _last_crumb(thing.get("itemListElement")), 4.0
    for spot in facts.sections[:1]:
        yield "visible", spot.text, 2.5
    for step in [step for step in urlsplit(url).path.split("/") if step][:-1]:
        if _SECTION_STEP.fullmatch(step):
            yield "url", step.replace("-", " "), 1.5
            return


_SECTION_STEP: Final = re.compile(r"[^\W\d]{3,}(?:-[^\W\d]+){0,2}")


def _last_crumb(items: Any) -> str:
    """The last crumb but the piece itself."""
    names = [name for name in map(_crumb, items if isinstance(items, list) else ()) if name]
    return names[max(0, len(names) - 2)] if len(names) > 1 else ""


def _crumb(item: Any) -> str | None:
    if not isinstance(item, dict):
        return None
    return words(item.get("name")) or words(
        item["item"].get("name") if isinstance(item.get("item"), dict) else None
    )


_PICTURE_METAS: Final = (
    "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src",
)  # fmt: skip


def image_of(facts: Facts, url: str) -> list[Candidate]:
    """Addresses of the piece's picture, the winner first."""
    said = [(f"meta:{name}", facts.meta(name)) for name in _PICTURE_METAS]
    said += [("json-ld", _picture(piece.get("image"))) for piece in _pieces(facts)]
    found: list[Candidate] = []
    for layer, raw in said:
        value = address_of(raw, url) if raw else None
        if raw and value:
            found.append(_candidate("image", value, layer, raw, 5.0 - len(found)))
    return found


def _picture(value: Any) -> str | None:
    if isinstance(value, list):
        return next((raw for raw in map(_picture, value[:3]) if raw), None)
    if isinstance(value, dict):
        return words(value.get("url")) or words(value.get("contentUrl")) or words(value.get("@id"))
    return words(value)


_LOCKED: Final = frozenset(
    ("locked", "paid", "premium", "metered", "subscriber", "subscribers", "plus", "abo")
)
_TIERS: Final = ("article:content_tier", "og:content_tier", "content_tier")


def paywall_of(facts: Facts) -> list[Candidate]:
    """Whether the page says that a wall stands before it; the winner first, empty: not said."""
    found = []
    for thing in facts.things:
        free = thing.get("isAccessibleForFree")
        if free is not None and kinds(thing) & (ARTICLES | {"webpage"}):
            raw = str(free)[:60]
            shut = raw.strip().lower().rsplit("/", 1)[-1] in {"false", "0", "no"}
            found.append(_candidate("paywall", shut, "json-ld", raw, 3.0))
    tier = facts.meta(*_TIERS)
    if tier:
        found.append(_candidate("paywall", tier.lower() in _LOCKED, "meta:content_tier", tier, 2.0))
    if facts.walls:
        found.append(_candidate("paywall", True, "class", f"{facts.walls} elements", 1.0))
    return found
