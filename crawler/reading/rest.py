"""Rows of the WordPress REST API: pages of posts, and what a site says of itself.

Checked against WordPress 6.1 with a type of post of its own. Dates: `date_gmt` is UTC, `date` the
site's clock; drafts and imports carry "0000-00-00T00:00:00" or null for the former.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any, Final

from crawler.models import Alias, Layer, Lead, Outlet, Reading, Said
from crawler.reading import Unreadable, picture
from crawler.reading.addresses import printed
from crawler.reading.date_order import (
    NOTHING_PROVEN,
    Orders,
    is_ambiguous,
)
from crawler.reading.payload import json_payload
from crawler.reading.rest_dates import published_of, rendered, said_date
from crawler.reading.row_fields import (
    body_of,
    digest_of,
    first_words,
    headline_of,
    is_web_address,
    language_of,
    lead_of,
    noted,
    uncut,
)
from crawler.reading.text import plain, unbroken_words
from crawler.reading.zones import zone_of
from crawler.urls import alias_key

NOT_ARTICLES: Final = frozenset({
    # of WordPress
    "pages", "media", "blocks", "menu-items", "menus", "navigation", "templates", "template-parts",
    "global-styles", "font-families", "font-faces", "users", "comments", "categories", "tags",
    "taxonomies", "types", "statuses", "widgets", "plugins", "themes", "search", "sidebars",
    # of page builders, shops and forms
    "elementor_library", "e-landing-page", "e-floating-buttons", "product", "products",
    "shop_order", "product_variation", "popup", "wpcf7_contact_form", "acf-field-group",
    "jet-engine", "jet-theme-core", "et_pb_layout", "wp_theme_patterns",
})  # fmt: skip
# rest bases of what is no article


@dataclass(frozen=True, slots=True, kw_only=True)
class RestRow:
    """One post as the API gave it."""

    data: Mapping[str, Any]
    # parsed: {"id": 123, "link": "https://...", "title": {"rendered": "..."}}
    raw: str
    # its very characters on the page
    position: int
    # its place among the page's rows, from 0
    shares_guid: bool = False
    # whether another row of the page has its guid: then it names nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class RestPage:
    """An answered page of posts."""

    rows: tuple[RestRow, ...]
    # those that can be articles
    notes: tuple[str, ...] = ()
    # what was passed over: ("row 3 has no link",)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestIndex:
    """What a site says of itself at /wp-json/."""

    name: str
    # as readers know it: "Gazeta Shembull"
    zone: str
    # of its clock, as `site_zone` takes it: "Europe/Tirane", "Etc/GMT-2", "+05:30"
    types: tuple[tuple[str, str], ...]
    # rest base and path of each public type of post: (("posts", "wp/v2/posts"),)
    url: str | None
    # its home: "https://gazeta.example"
    most: Mapping[str, int] = field(default_factory=dict)
    # rest base -> rows a page at most, where the index tells a smaller number than 100

    def to_json(self) -> dict[str, Any]:
        """As a JSON object, for `from_json`."""
        types = [list(pair) for pair in self.types]
        told = {"name": self.name, "zone": self.zone, "types": types, "url": self.url}
        return {**told, "most": dict(self.most)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> RestIndex:
        """What `to_json` gave."""
        types = tuple((str(base), str(path)) for base, path in kept["types"])
        known = {"name": kept["name"], "zone": kept["zone"], "url": kept["url"]}
        return cls(types=types, most=dict(kept.get("most", {})), **known)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestRefusal:
    """Why the API refused to list, as its JSON says."""

    code: str | None
    # WordPress' word for it: "rest_invalid_param"; None: not WordPress' own answer
    most: int | None
    # rows a page that it would give, where `per_page` was too large for it


def rest_refusal(body: bytes, *, asked: int) -> RestRefusal:
    """What a refusal says to `asked` rows a page; of what is not WordPress' JSON, nothing.

    `rest_invalid_param` names the parameter and its bounds in words of the site's language:
    "per_page must be between 1 (inclusive) and 20 (inclusive)".
    """
    try:
        answer, _ = _decoded(json_payload(body), 0, "the JSON breaks off")
    except Unreadable:
        return RestRefusal(code=None, most=None)
    code = answer.get("code") if isinstance(answer, dict) else None
    if not isinstance(code, str):
        return RestRefusal(code=None, most=None)
    data = answer.get("data")
    named = data.get("params") if isinstance(data, dict) else None
    told = named.get("per_page") if isinstance(named, dict) else None
    numbers = [int(found) for found in _SMALL_NUMBER.findall(str(told or "")[:500])]
    below = [number for number in numbers if 0 < number < asked]
    return RestRefusal(code=_short(code), most=max(below, default=None))


_SMALL_NUMBER: Final = re.compile(r"(?<![0-9])[0-9]{1,4}(?![0-9])")
# The most that WordPress gives (rest_invalid_param above it).
MOST_ROWS: Final = 100


def site_zone(zone: str) -> tzinfo:
    """The zone that `RestIndex.zone` names. Raises ValueError for none."""
    return zone_of(zone)


# --- pages --------------------------------------------------------------------------

_DECODER: Final = json.JSONDecoder(strict=False)
_GAP: Final = re.compile(r"[\s,]*")


def parse_rest_page(body: bytes) -> tuple[RestRow, ...]:
    """The rows of a page of posts that can be articles. Raises Unreadable for anything else."""
    return rest_page(body).rows


def rest_page(body: bytes) -> RestPage:
    """The same with notes on what was passed over. Raises Unreadable.

    What PHP prints around the JSON is skipped, NUL bytes and a byte order mark too.
    """
    text = json_payload(body)
    if text[0] != "[":
        raise _not_rows(text)
    rows: list[RestRow] = []
    notes: list[str] = []
    for number, (data, raw) in enumerate(_elements(text)):
        if fault := _fault(data):
            notes.append(f"row {number} {fault}")
        else:
            rows.append(RestRow(data=data, raw=raw, position=len(rows)))
    return RestPage(rows=_with_shared_guids(rows), notes=tuple(notes))


def parse_rest_row(body: bytes) -> RestRow:
    """One post's JSON alone, as a snapshot keeps it. Raises Unreadable for anything else."""
    text = json_payload(body)
    data, end = _decoded(text, 0, "the JSON of the row breaks off")
    if fault := _fault(data):
        raise Unreadable(f"the row {fault}")
    return RestRow(data=data, raw=text[:end], position=0)


def _elements(text: str) -> list[tuple[Any, str]]:
    """Each element of a JSON array with its characters. Raises Unreadable where it breaks."""
    elements: list[tuple[Any, str]] = []
    at = _past(text, 1)
    while text[at : at + 1] != "]":
        value, end = _decoded(text, at, f"the JSON breaks off after {len(elements)} rows")
        elements.append((value, text[at:end]))
        at = _past(text, end)
    return elements


def _past(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _decoded(text: str, at: int, reason: str) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError) as error:
        raise Unreadable(reason) from error


def _not_rows(text: str) -> Unreadable:
    """What a body is that is no array, in words; WordPress's errors by their code."""
    if text[0] == "<":
        title = re.search(r"<title[^>]{0,200}>([^<]{1,300})", text[:65_536], re.IGNORECASE)
        return Unreadable("an HTML page, not JSON" + (f": {_short(title[1])}" if title else ""))
    if text[0] != "{":
        return Unreadable(f"not JSON: {text[:60]!a}")
    answer, _ = _decoded(text, 0, "the JSON breaks off")
    code = answer.get("code")
    if not isinstance(code, str):
        return Unreadable("a JSON object, not a page of posts")
    return Unreadable(f"WordPress says {_short(code)}: {_short(answer.get('message'))}", code=code)


def _short(text: object) -> str:
    return plain(str(text or ""))[:120]


def _fault(data: Any) -> str | None:
    """Why a row cannot be an article, None where it can."""
    if not isinstance(data, dict):
        return "is no post"
    if not isinstance(data.get("id"), int | str) or not str(data["id"]).strip():
        return "has no id"
    link = data.get("link")
    if not isinstance(link, str) or not is_web_address(link):
        return "has no link"
    try:
        alias_key(link)
    except ValueError as error:
        return f"has a link that is none: {error}"
    return None


def _with_shared_guids(rows: Sequence[RestRow]) -> tuple[RestRow, ...]:
    """Imports give many posts one guid: such a guid joins nothing."""
    guids = [_guid(row.data) for row in rows]
    counts = Counter(guids)
    return tuple(
        replace(row, shares_guid=counts[guid] > 1) for row, guid in zip(rows, guids, strict=True)
    )


# --- the index -------------------------------------------------------------------------

_POSTS_ARGUMENTS: Final = frozenset({"after", "before", "slug", "search", "status", "offset"})
# what only the posts controller takes, of the collections that WordPress and shops offer
_NAMED: Final = re.compile(r"/(?:[\w-]+/v\d+)/([\w-]+)\Z")


def parse_rest_index(body: bytes) -> RestIndex:
    """Zone, public types of posts and name of a site. Raises Unreadable for anything else."""
    text = json_payload(body)
    index, _ = _decoded(text, 0, "the JSON breaks off") if text[0] == "{" else (None, 0)
    if not isinstance(index, dict) or not isinstance(index.get("routes"), dict):
        raise _not_rows(text) if text[0] != "[" else Unreadable("no index of a WordPress site")
    home, types = index.get("home") or index.get("url"), _types(index["routes"])
    return RestIndex(
        name=_short(index.get("name")),
        zone=_zone(index),
        types=types,
        most=dict(_maxima(index["routes"], types)),
        url=home if isinstance(home, str) and is_web_address(home) else None,
    )


def _zone(index: Mapping[str, Any]) -> str:
    """The zone by name, else by its offset: whole hours as the zone database names them.

    "Etc/GMT-2" is two hours *east*: POSIX counts the other way round.
    """
    name = index.get("timezone_string")
    try:
        if isinstance(name, str) and name.strip():
            zone_of(name.strip())
            return name.strip()
    except (ValueError, KeyError, OSError):
        pass
    try:
        minutes = round(float(index.get("gmt_offset") or 0) * 60)
    except (TypeError, ValueError, OverflowError):
        minutes = 0
    if abs(minutes) > 14 * 60:
        raise Unreadable(f"no clock has an offset of {minutes} minutes")
    hours, rest = divmod(minutes, 60)
    if not rest and -12 <= hours <= 14:  # noqa: PLR2004 - all that the zone database has
        return f"Etc/GMT{-hours:+d}" if hours else "UTC"
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _types(routes: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Rest base and path of the collections of posts, posts first; core's own path wins."""
    found: dict[str, str] = {}
    for path, route in routes.items():
        named = _NAMED.match(path)
        if named is None or named[1] in NOT_ARTICLES or not _lists_posts(route):
            continue
        if named[1] not in found or path.startswith("/wp/v2/"):
            found[named[1]] = path.strip("/")
    return tuple(sorted(found.items(), key=lambda pair: (pair[0] != "posts", pair[0])))


def _lists_posts(route: Any) -> bool:
    """Whether GET on a route is answered by WordPress's posts controller for anyone."""
    endpoints = route.get("endpoints") if isinstance(route, dict) else None
    for endpoint in endpoints if isinstance(endpoints, list) else []:
        if isinstance(endpoint, dict) and "GET" in _list(endpoint.get("methods")):
            arguments = endpoint.get("args")
            return isinstance(arguments, dict) and _takes_posts(arguments)
    return False


def _maxima(
    routes: Mapping[str, Any], types: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, int]]:
    """Rest base and the maximum of its `per_page`, where it is smaller than WordPress' own."""
    for base, path in types:
        for endpoint in _list(routes.get(f"/{path}", {}).get("endpoints")):
            arguments = endpoint.get("args") if isinstance(endpoint, dict) else None
            per_page = arguments.get("per_page") if isinstance(arguments, dict) else None
            most = per_page.get("maximum") if isinstance(per_page, dict) else None
            if isinstance(most, int) and 0 < most < MOST_ROWS:
                yield base, most
                break


def _takes_posts(arguments: Mapping[str, Any]) -> bool:
    status = arguments.get("status")
    public = isinstance(status, dict) and status.get("default") in ("publish", ["publish"])
    return public and arguments.keys() >= _POSTS_ARGUMENTS


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


# --- leads -------------------------------------------------------------------------------


def rest_leads(
    rows: Iterable[RestRow], *, base: str, site_zone: str, fetched: datetime, orders: Orders
) -> list[Lead]:
    """The rows of a page as leads, as `rest_lead` makes each."""
    return [
        rest_lead(
            row,
            base=base,
            site_zone=site_zone,
            position=row.position,
            fetched=fetched,
            orders=orders,
        )
        for row in rows
    ]


def rest_lead(
    row: RestRow,
    *,
    base: str,
    site_zone: str,
    position: int,
    fetched: datetime | None = None,
    orders: Orders = NOTHING_PROVEN,
) -> Lead:
    """A post of the type `base` ("posts") as a lead; `site_zone` is `RestIndex.zone`.

    Dates that only people print need `fetched`, aware, and are read in the order that
    `rest_orders` found.
    """
    data = row.data
    post = Alias(kind="post", value=f"{base}:{data['id']}")
    guid = None if row.shares_guid else _guid(data)
    guids = (Alias(kind="guid", value=guid),) if guid else ()
    when = published_of(data, site_zone, fetched, orders)
    return Lead(
        url=data["link"].strip(),
        aliases=(post, *guids, Alias(kind="url", value=alias_key(data["link"]))),
        published=when.instant if when else None,
        digest=digest_of(_digested(data, orders)),
        position=position,
        row=data,
    )


_DIGESTED: Final = (
    "id", "type", "link", "guid", "date_gmt", "date", "modified_gmt", "modified",
    "title", "excerpt", "content",
)  # fmt: skip


def _guid(data: Mapping[str, Any]) -> str | None:
    return printed(rendered(data, "guid")) or None


def _digested(data: Mapping[str, Any], orders: Orders) -> Iterator[str]:
    """What a row says; its dates in numbers say another day once the list proves its order."""
    yield from (rendered(data, name) for name in _DIGESTED)
    if "month-first" in orders and is_ambiguous(rendered(data, "date")):
        yield from sorted(orders)


# --- reading --------------------------------------------------------------------------------


def read_rest_row(
    lead: Lead, *, outlet: Outlet, fetched: datetime, site: Mapping[str, Any]
) -> Reading:
    """What a REST row says. `site["zone"]` is `RestIndex.zone`, `site["orders"]` what
    `rest_orders` said of its page."""
    data = lead.row
    headline, no_headline = headline_of(rendered(data, "title"), "rest:title")
    text, cut = body_of(rendered(data, "content"), "rest:content")
    excerpt, shortened = _excerpt(data, text)
    published, undated = said_date(data, "date", fetched, site)
    modified, unedited = said_date(data, "modified", fetched, site)
    return Reading(
        layer=Layer.REST,
        url=lead.url,
        aliases=lead.aliases,
        headline=headline,
        published=published,
        modified=modified,
        lead=excerpt,
        text=text,
        language=language_of(headline, excerpt, prior=outlet.languages, place="rest:title+excerpt"),
        picture=_picture(data, lead.url),
        notes=noted(no_headline, cut, shortened, undated, unedited, _locked(data)),
    )


def _picture(data: Mapping[str, Any], base: str) -> Said[str] | None:
    """The featured picture, as a usual plugin tells it; else the first one of the text."""
    told = data.get("jetpack_featured_media_url")
    featured = picture.named((("rest:jetpack_featured_media_url", told),), base)
    return featured or picture.first_in(rendered(data, "content"), base, "rest:content")


def _excerpt(
    data: Mapping[str, Any], text: Said[str] | None
) -> tuple[Said[str] | None, str | None]:
    """The excerpt; without one the first words of the text.

    At a <!--more--> WordPress cuts the automatic excerpt of its REST rows but not of its feed:
    there the feed's words are made from the text, so that both ways say the same.
    """
    excerpt, note = lead_of(rendered(data, "excerpt"), "rest:excerpt")
    if excerpt is None:
        return (first_words(text.value, "rest:content") if text else None), note
    content = rendered(data, "content")
    if "<!--more" in content:
        whole = first_words(unbroken_words(content), "rest:content")
        if whole and uncut(whole.value).startswith(uncut(excerpt.value)):
            return whole, note
    return excerpt, note


def _locked(data: Mapping[str, Any]) -> str | None:
    content = data.get("content")
    locked = isinstance(content, dict) and content.get("protected") is True
    return "behind a password at the outlet" if locked else None
