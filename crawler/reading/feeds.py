"""RSS and Atom: pages of a feed, and what their rows say.

`feed_xml` parses what outlets send, `feed_fields` knows the dialects. A feed's link to itself is
never trusted: measured, it drops the port and may name another host.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from crawler.models import Alias, Layer, Lead, Outlet, Reading, Said
from crawler.reading import Unreadable, picture
from crawler.reading.date_order import (
    NOTHING_PROVEN,
    Orders,
    is_ambiguous,
    kept_orders,
    proofs,
)
from crawler.reading.feed_fields import entries_of, head_of, links_of
from crawler.reading.feed_xml import parse_xml
from crawler.reading.json_feed import json_entries, json_feed
from crawler.reading.row_fields import (
    DEFAULT_ZONE,
    body_of,
    digest_of,
    first_words,
    headline_of,
    is_web_address,
    language_of,
    lead_of,
    moment_of,
    noted,
    uncut,
)
from crawler.reading.text import plain, text_of
from crawler.urls import alias_key

RELATIONS: Final = frozenset({
    "next", "previous", "prev", "prev-archive", "next-archive", "current", "first", "last",
    "alternate",
})  # fmt: skip
# links of a feed that a walk may use (RFC 5005, RFC 4287); never "self" and "hub"
FULL_TEXT: Final = 1_200
# characters; a description longer than that, without a content element, is the text itself
_ALIKE: Final = 100
# characters that make two beginnings one
_UNSORTED: Final = frozenset(
    {"uncategorized", "uncategorised", "pa kategori", "të pakategorizuara"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """An answered page of a feed."""

    title: str
    # of the feed: "Gazeta Shembull"
    generator: str | None
    # "https://wordpress.org/?v=6.1.9"
    kind: str
    # "rss", "atom" or "json"
    entries: tuple[Mapping[str, Any], ...]
    # what `feed_lead` takes: {"title": "...", "link": "...", "published": "..."}
    links: Mapping[str, str]
    # rel -> address as given: {"prev-archive": "https://..."}
    ill_formed: bool
    # whether the outlet's XML had to be mended
    whole: bool = True
    # whether it came to its end; of one that broke off the last, unfinished row is left
    notes: tuple[str, ...] = ()
    # what was passed over: ("row 3 has no link",)


def parse_feed(body: bytes, *, charset: str | None) -> FeedPage:
    """A page of a feed; one without rows is a page too. Raises Unreadable for anything else.

    `charset` is the Content-Type header's word. Rows that cannot be an article (no http or https
    address) are passed over with a note.
    """
    if feed := json_feed(body):
        return _of_json(feed)

    xml = parse_xml(body, charset=charset)
    kept, notes = _articles(entries_of(xml))
    head = head_of(xml)
    return FeedPage(
        title=plain(head["title"]),
        generator=head["generator"] or None,
        kind=xml.kind,
        entries=kept,
        links=_walkable(links_of(xml)),
        ill_formed=xml.ill_formed,
        whole=xml.whole,
        notes=(*xml.notes, *notes),
    )


def _of_json(feed: Mapping[str, Any]) -> FeedPage:
    kept, notes = _articles(json_entries(feed))
    told = (("next", feed.get("next_url")), ("alternate", feed.get("home_page_url")))
    return FeedPage(
        title=plain(str(feed.get("title") or "")),
        generator=None,
        kind="json",
        entries=kept,
        links=_walkable((name, link) for name, link in told if isinstance(link, str)),
        ill_formed=False,
        notes=notes,
    )


def _articles(rows: Sequence[dict[str, Any]]) -> tuple[tuple[dict[str, Any], ...], tuple[str, ...]]:
    """The rows that can be articles, and what was passed over."""
    faults = [_fault(entry) for entry in rows]
    notes = [f"row {number} {fault}" for number, fault in enumerate(faults) if fault]
    kept = _told_apart([entry for entry, fault in zip(rows, faults, strict=True) if not fault])
    return tuple(_without_shared_guids(kept)), tuple(notes)


def _walkable(told: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Where a walk may go, the first address of each relation."""
    links: dict[str, str] = {}
    for relation, address in told:
        if relation in RELATIONS:
            links.setdefault(relation, address)
    return links


# --- pages --------------------------------------------------------------------------


def _fault(entry: Mapping[str, Any]) -> str | None:
    """Why a row cannot be an article, None where it can."""
    link = _link(entry, "https://relative.invalid/")
    if link is None:
        return f"has no web address: {plain(str(entry.get('link', '')))[:80]!a}"
    try:
        alias_key(link)
    except ValueError as error:
        return f"has a link that is none: {error}"
    return None


def _link(entry: Mapping[str, Any], base: str, languages: Sequence[str] = ()) -> str | None:
    """The row's address, absolute: of several the one in the outlet's language, else the first.

    Its guid where that is an address and there is no link.
    """
    links = entry.get("links") or {}
    in_ours = (links[language] for language in languages if language in links)
    link = next(in_ours, entry.get("link", ""))
    for name, raw in (("link", link), ("guid", entry.get("guid") or "")):
        told = _with_scheme(str(raw), base)
        if not told or (name == "guid" and not is_web_address(told)):
            continue
        try:
            absolute = urljoin(base, told)
        except ValueError:
            continue
        if is_web_address(absolute):
            return absolute
    return None


def _with_scheme(told: str, base: str) -> str:
    """An address that begins with a host and no slashes is no path of the page's own folder."""
    host = urlsplit(base).netloc
    hosts = ("www.", f"{host}/") if host else ("www.",)
    return f"//{told}" if told.lower().startswith(hosts) else told


def _without_shared_guids(entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """A guid that several rows of a page share names none of them."""
    counts = Counter(entry.get("guid") for entry in entries)
    shared = {guid for guid, count in counts.items() if guid and count > 1}
    return [{**entry, "guid": None} if entry.get("guid") in shared else entry for entry in entries]


def _told_apart(entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows that have one link and are several pieces all the same, marked "shares_link".

    A live page with dated reports is listed so. Guid, title or date tell them apart; a piece that
    is listed twice has the same guid, or the same title and date.
    """
    pieces: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        others = pieces.setdefault(str(entry.get("link", "")), [])
        if not any(_is_listed_twice(entry, other) for other in others):
            others.append(entry)
    shared = {link for link, others in pieces.items() if link and len(others) > 1}
    return [
        {**entry, "shares_link": True} if entry.get("link") in shared else entry
        for entry in entries
    ]


def _is_listed_twice(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if one.get("guid") and one.get("guid") == other.get("guid"):
        return True
    return all(one.get(name) == other.get(name) for name in ("title", "published"))


# --- leads ----------------------------------------------------------------------------


def feed_orders(
    entries: Sequence[Mapping[str, Any]], *, outlet: Outlet, fetched: datetime
) -> Orders:
    """Which order of day and month the rows of a page prove."""
    printed = (text for entry in entries for text in _printed_dates(entry))
    return proofs(printed, base=fetched, zone=outlet.zone or DEFAULT_ZONE)


def _printed_dates(entry: Mapping[str, Any]) -> Iterator[str]:
    yield from (str(entry.get(name) or "") for name in _DATED)
    yield from map(str, entry.get("dates", ()))


def feed_lead(
    entry: Mapping[str, Any],
    *,
    outlet: Outlet,
    position: int,
    fetched: datetime,
    url: str | None = None,
    orders: Orders = NOTHING_PROVEN,
) -> Lead:
    """A row as a lead. `url` is the page's address, for relative links; without it the outlet's.

    `orders` is what `feed_orders` says of all its rows.

    A row's date is None where it is refused (`read_feed_entry` says why), and an edit's date is
    never taken for it. Raises Unreadable for a relative link that nothing completes.
    """
    base = url or outlet.home or next((find.url for find in outlet.find), "")
    link = _link(entry, base, outlet.languages)
    if link is None:
        raise Unreadable(f"a relative link and no address to complete it: {entry.get('link')!a}")
    guid = entry.get("guid")
    guids = (Alias(kind="guid", value=guid),) if guid else ()
    zone = outlet.zone or DEFAULT_ZONE
    published = _moment(
        entry, "published", fetched, zone=zone, languages=outlet.languages, orders=orders
    )[0]
    return Lead(
        url=link,
        aliases=(*guids, Alias(kind="url", value=alias_key(link))),
        published=published.value.instant if published else None,
        digest=digest_of(_digested(entry, orders)),
        position=position,
        row=entry,
    )


_DATED: Final = ("published", "updated")
_DIGESTED: Final = (
    "title", "link", "guid", "published", "updated", "summary", "content", "authors", "categories",
)  # fmt: skip


def _digested(entry: Mapping[str, Any], orders: Orders) -> Iterator[str]:
    """What a row says; its dates in numbers say another day once the list proves its order."""
    yield from (str(entry.get(name, "")) for name in _DIGESTED)
    if "month-first" in orders and any(map(is_ambiguous, _printed_dates(entry))):
        yield from sorted(orders)


def _moment(
    entry: Mapping[str, Any],
    name: str,
    fetched: datetime,
    *,
    zone: str,
    languages: Sequence[str],
    orders: Orders,
) -> tuple[Said[Any] | None, str | None]:
    """The row's date; its further ones serve where the first is missing or cannot be read."""
    others = entry.get("dates", ()) if name == "published" else ()
    texts = [text for text in (str(entry.get(name) or ""), *map(str, others)) if text]
    if not texts:
        return None, "no date of publication" if name == "published" else None
    refusals = []
    for text in texts:
        said, refused = moment_of(
            text, f"feed:{name}", fetched=fetched, zone=zone, languages=languages, orders=orders
        )
        if said:
            return said, None
        refusals.append(refused)
    return None, refusals[0]


# --- reading ------------------------------------------------------------------------------


def read_feed_entry(
    lead: Lead, *, outlet: Outlet, fetched: datetime, site: Mapping[str, Any]
) -> Reading:
    """What a row of a feed says. `site["zone"]` serves dates without an offset, if the outlet
    names no zone of its own; `site["orders"]` is what `feed_orders` said of its page."""
    entry = lead.row
    zone = outlet.zone or str(site.get("zone") or DEFAULT_ZONE)
    headline, no_headline = headline_of(str(entry.get("title", "")), "feed:title")
    orders = kept_orders(site) or NOTHING_PROVEN
    published, undated = _moment(
        entry, "published", fetched, zone=zone, languages=outlet.languages, orders=orders
    )
    modified, unedited = _moment(
        entry, "updated", fetched, zone=zone, languages=outlet.languages, orders=orders
    )
    excerpt, text, cut = _words(entry)
    return Reading(
        layer=Layer.FEED,
        url=lead.url,
        aliases=lead.aliases,
        headline=headline,
        published=published,
        modified=modified,
        lead=excerpt,
        text=text,
        byline=_byline(entry),
        section=_section(entry),
        language=language_of(
            headline, excerpt, prior=_prior(entry, outlet), place="feed:title+summary"
        ),
        picture=_picture(entry, lead.url),
        notes=noted(no_headline, undated, unedited, *cut),
    )


def _words(
    entry: Mapping[str, Any],
) -> tuple[Said[str] | None, Said[str] | None, tuple[str | None, ...]]:
    """Excerpt, text and notes: a content that says no more than the summary is no text."""
    summary, content = str(entry.get("summary", "")), str(entry.get("content", ""))
    if not content and len(summary) > FULL_TEXT and len(text_of(summary)) > FULL_TEXT:
        summary, content = "", summary
    excerpt, shortened = lead_of(summary, "feed:summary")
    text, cut = body_of(content, "feed:content")
    if text and _is_excerpt(text.value, excerpt):
        text = None
    if excerpt is None and content:
        excerpt = first_words(text_of(content), "feed:content")
    return excerpt, text, (shortened, cut)


def _is_excerpt(text: str, excerpt: Said[str] | None) -> bool:
    """Whether a content element is an excerpt over again: its beginning, or cut off with dots."""
    line = " ".join(text.split("\n"))
    known = uncut(excerpt.value) if excerpt else ""
    cut = uncut(line)
    if len(line) < len(known):
        return known.startswith(cut)
    return cut != line and line.startswith(known[:_ALIKE])


def _byline(entry: Mapping[str, Any]) -> Said[tuple[str, ...]] | None:
    names = tuple(entry.get("authors", ()))
    return Said(value=names, layer="feed:author") if names else None


def _section(entry: Mapping[str, Any]) -> Said[str] | None:
    """The first category that is one."""
    names = (name for name in entry.get("categories", ()) if name.lower() not in _UNSORTED)
    first = next(names, None)
    return Said(value=first[:200], layer="feed:category") if first else None


def _picture(entry: Mapping[str, Any], base: str) -> Said[str] | None:
    """What the row names; else the first picture of its text, else of its excerpt."""
    told = picture.named((("feed:picture", raw) for raw in entry.get("pictures", ())), base)
    if told:
        return told
    content, summary = str(entry.get("content", "")), str(entry.get("summary", ""))
    return picture.first_in(content, base, "feed:content") or picture.first_in(
        summary, base, "feed:summary"
    )


def _prior(entry: Mapping[str, Any], outlet: Outlet) -> tuple[str, ...]:
    """The outlet's languages; what a feed says of itself is often the software's default."""
    said = str(entry.get("language", ""))
    return outlet.languages or ((said,) if said else ())
