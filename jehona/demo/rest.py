"""The REST API of a desk, as WordPress 6.1 answers it (pure).

Dates without an offset are the site's local time; `after` and `before` are strict;
a page past the end is 400, but an empty list has any page; `per_page` is 1 to 100.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from jehona.demo import routes
from jehona.demo.answers import Answer, Ask, Header, document
from jehona.demo.newsdesk import Desk, Post, zone_of
from jehona.demo.typeset import excerpt, paragraphs, texturize

Params = Mapping[str, str]

MOST_PER_PAGE: Final = 100
ORDERBY: Final = (
    "author, date, id, include, modified, parent, relevance, slug, include_slugs, and title"
)
DATE_ARGS: Final = ("after", "before", "modified_after", "modified_before")
_INTEGER = re.compile(r"\s*[+-]?\d+\s*")
# `rest_parse_date` of WordPress; a naive date is the site's local time.
_DATE = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}(?::?\d{2})?)?"
)
_COMMON: Final[tuple[Header, ...]] = (
    ("X-Robots-Tag", "noindex"),
    ("X-Content-Type-Options", "nosniff"),
    ("Access-Control-Expose-Headers", "X-WP-Total, X-WP-TotalPages, Link"),
)


def rest(desk: Desk, ask: Ask, route: str) -> Answer:
    """The answer of the API to `route` ("/wp/v2/posts")."""
    if desk.rest == "refused":
        return document(401, _error("rest_not_logged_in", "REST API restricted", 401))
    if ask.method == "POST":
        told = "Sorry, you are not allowed to create posts as this user."
        return _found(desk, _error("rest_cannot_create", told, 401), status=401)
    if route in ("", "/"):
        return _found(desk, _narrowed(_index(desk, ask.at), ask.words))
    parts = route.strip("/").split("/")
    if parts[:2] == ["wp", "v2"] and len(parts) in (3, 4):
        return _collection(desk, ask, *parts[2:])
    return _no_route(desk)


def api_of(desk: Desk) -> str:
    """The address of the index, with its slash."""
    return f"{desk.address}/wp-json/"


def _found(desk: Desk, content: Any, *more: Header, status: int = 200) -> Answer:
    """An answer of a route that exists and may be read."""
    return _say(desk, status, content, *more, ("Allow", "GET"))


def _say(desk: Desk, status: int, content: Any, *more: Header) -> Answer:
    linked = any(name == "Link" for name, _ in more)
    link = () if linked else (("Link", f'<{api_of(desk)}>; rel="https://api.w.org/"'),)
    return document(status, content, *_COMMON, *link, *more)


def _error(code: str, message: str, status: int, **more: Any) -> dict[str, Any]:
    return {"code": code, "message": message, "data": {"status": status, **more}}


def _no_route(desk: Desk) -> Answer:
    told = "No route was found matching the URL and request method."
    return _say(desk, 404, _error("rest_no_route", told, 404))


def _index(desk: Desk, now: datetime) -> dict[str, Any]:
    offset = now.astimezone(zone_of(desk.zone)).utcoffset()
    hours = (offset.total_seconds() if offset else 0) / 3600
    return {
        "name": texturize(desk.name).replace("&#038;", "&amp;"),
        "description": desk.tagline,
        "url": desk.address,
        "home": desk.address,
        "gmt_offset": int(hours) if hours.is_integer() else hours,
        "timezone_string": "" if desk.zone[0] in "+-" else desk.zone,
        "namespaces": routes.NAMESPACES,
        "authentication": {},
        "routes": routes.routes(api_of(desk), dict(desk.types)),
        "site_logo": 0,
        "site_icon": 0,
        "site_icon_url": "",
        "_links": {"help": [{"href": "https://developer.wordpress.org/rest-api/"}]},
    }


def _collection(desk: Desk, ask: Ask, base: str, one: str = "") -> Answer:
    bases = {"posts": "post", "pages": "page", **{b: t for t, b in desk.types.items()}}
    if base == "types":
        return _types(desk, ask.words, one)
    if base in routes.CLOSED:
        return _say(desk, 401, _error(*routes.CLOSED[base], 401))
    if base not in bases and base not in routes.EMPTY:
        return _no_route(desk)
    if wrong := _wrong(ask.words):
        return _found(desk, wrong, status=400)
    kind = bases.get(base, "")
    return _single(desk, ask, kind, one) if one else _list(desk, ask, base, kind)


def _types(desk: Desk, words: Params, one: str) -> Answer:
    found = routes.types(api_of(desk), dict(desk.types))
    if not one:
        return _found(desk, _narrowed(found, words) or [])
    if one in found:
        return _found(desk, _narrowed(found[one], words))
    return _found(desk, _error("rest_type_invalid", "Invalid post type.", 404), status=404)


def _single(desk: Desk, ask: Ask, kind: str, one: str) -> Answer:
    post = desk.post(int(one)) if one.isdecimal() else None
    if post is None or post.type != kind:
        return _say(desk, 404, _error("rest_post_invalid_id", "ID e pavlefshme postimi.", 404))
    alternate = ("Link", f'<{desk.link(post)}>; rel="alternate"; type=text/html')
    return _found(desk, _row(desk, post, _fields(ask.words)), alternate)


# --- lists ------------------------------------------------------------------------


def _list(desk: Desk, ask: Ask, base: str, kind: str) -> Answer:
    words = ask.words
    chosen = _ordered(_chosen(desk, kind, words), words) if kind else []
    page, size = int(words.get("page", 1)), int(words.get("per_page", 10))
    pages = -(-len(chosen) // size)
    if chosen and page > pages:
        told = "The page number requested is larger than the number of pages available."
        return _found(desk, _error("rest_post_invalid_page_number", told, 400), status=400)
    skip = int(words["offset"]) if "offset" in words else (page - 1) * size
    rows = _pinned(desk, kind, page, chosen[skip : skip + size])
    fields = _fields(words)
    counts = (("X-WP-Total", str(len(chosen))), ("X-WP-TotalPages", str(pages)))
    turns = _turns(f"{api_of(desk)}wp/v2/{base}", words, page, pages)
    return _found(desk, [_row(desk, post, fields) for post in rows], *counts, *turns)


def _pinned(desk: Desk, kind: str, page: int, rows: Sequence[Post]) -> list[Post]:
    """With `pins="everywhere"`, the first page begins with the sticky posts, on top of its own."""
    if desk.pins != "everywhere" or page > 1:
        return list(rows)
    pins = [post for post in desk.listed(kind) if post.sticky]
    return [*pins, *(post for post in rows if not post.sticky)]


def _chosen(desk: Desk, kind: str, words: Params) -> Sequence[Post]:
    edges = {name: _local(desk, words[name]) for name in DATE_ARGS if name in words}
    tests: list[Callable[[Post], bool]] = []
    for name, edge in edges.items():
        tests.append(_edge(name, edge))
    if "include" in words:
        wanted = _numbers(words["include"])
        tests.append(lambda post: post.id in wanted)
    if "exclude" in words:
        unwanted = _numbers(words["exclude"])
        tests.append(lambda post: post.id not in unwanted)
    if "slug" in words:
        tests.append(lambda post: post.slug in words["slug"].split(","))
    if words.get("search"):
        needle = words["search"].casefold()
        tests.append(lambda post: needle in f"{post.headline} {post.text}".casefold())
    return [post for post in desk.listed(kind) if all(test(post) for test in tests)]


def _edge(name: str, edge: str) -> Callable[[Post], bool]:
    def day(post: Post) -> str:
        return post.edited if name.startswith("modified") else post.at

    if name.endswith("after"):
        return lambda post: day(post) > edge
    return lambda post: day(post) < edge


def _ordered(posts: Sequence[Post], words: Params) -> list[Post]:
    keys: dict[str, Callable[[Post], Any]] = {
        "id": lambda post: post.id,
        "modified": lambda post: (post.edited, post.id),
        "title": lambda post: post.headline,
        "slug": lambda post: post.slug,
    }
    key = keys.get(words.get("orderby", "date"), lambda post: (post.at, post.id))
    return sorted(posts, key=key, reverse=words.get("order", "desc") == "desc")


def _local(desk: Desk, told: str) -> str:
    """A date argument on the site's clock, as the database compares it."""
    found = _DATE.fullmatch(told)
    if found is None:
        raise ValueError(f"not checked: {told!r}")
    day, clock, offset = found.groups()
    if offset is None:
        return f"{day}T{clock}"
    return desk.to_local(datetime.fromisoformat(f"{day}T{clock}{offset}"))


def _turns(url: str, words: Params, page: int, pages: int) -> list[Header]:
    """`Link` to the pages beside this one, as WordPress builds it."""
    spelled = dict(pair for name, value in words.items() for pair in _spelled(name, value))

    def turn(number: int, rel: str) -> str:
        return f'<{url}?{urlencode({**spelled, "page": number})}>; rel="{rel}"'

    back = [turn(min(page - 1, pages), "prev")] if page > 1 else []
    on = [turn(page + 1, "next")] if page < pages else []
    return [("Link", ", ".join(back + on))] if back + on else []


def _spelled(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Lists of numbers are spelled out: `exclude[0]=4`."""
    if name not in ("include", "exclude"):
        yield name, value
        return
    for at, number in enumerate(value.split(",")):
        yield f"{name}[{at}]", number


# --- rows ---------------------------------------------------------------------------


def _row(desk: Desk, post: Post, fields: Sequence[str]) -> Any:
    """A row with the fields asked for, in WordPress' own order."""
    wanted = {name.split(".")[0] for name in fields}
    makers = _makers(desk, post)
    made = {name: make() for name, make in makers.items() if not wanted or name in wanted}
    return _pick(made, fields) if fields else made


def _makers(desk: Desk, post: Post) -> dict[str, Callable[[], Any]]:
    base = {"post": "posts", "page": "pages", **desk.types}[post.type]
    self_link = f"{api_of(desk)}wp/v2/{base}/{post.id}"
    return {
        "id": lambda: post.id,
        "date": lambda: post.at,
        "date_gmt": lambda: desk.to_gmt(post.at),
        "guid": lambda: {"rendered": desk.guid(post)},
        "modified": lambda: post.edited,
        "modified_gmt": lambda: desk.to_gmt(post.edited),
        "slug": lambda: post.slug,
        "status": lambda: "publish",
        "type": lambda: post.type,
        "link": lambda: desk.link(post),
        "title": lambda: {"rendered": texturize(post.headline)},
        "content": lambda: {"rendered": content_of(post), "protected": False},
        "excerpt": lambda: {"rendered": f"<p>{excerpt_of(post)}</p>\n", "protected": False},
        "author": lambda: 2,
        "featured_media": lambda: 0,
        "comment_status": lambda: "open",
        "ping_status": lambda: "open",
        "sticky": lambda: post.sticky,
        "template": lambda: "",
        "format": lambda: "standard",
        "meta": list,
        "categories": lambda: [2] if post.section else [],
        "tags": lambda: [3 + at for at, _ in enumerate(post.tags)],
        "_links": lambda: {"self": [{"href": self_link}]},
    }


def content_of(post: Post) -> str:
    """The body as WordPress prints it."""
    return texturize(paragraphs(post.text) if post.html is None else post.html)


def excerpt_of(post: Post) -> str:
    """The excerpt as WordPress prints it, without its paragraph."""
    return texturize(post.excerpt) if post.excerpt else excerpt(content_of(post))


# --- `_fields` and arguments ------------------------------------------------------------


def _fields(words: Params) -> list[str]:
    return [name.strip() for name in words.get("_fields", "").split(",") if name.strip()]


def _narrowed(content: dict[str, Any], words: Params) -> Any:
    fields = _fields(words)
    return _pick(content, [*fields, "_links"]) if fields else content


def _pick(content: dict[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    """Nested `_fields`: "title.rendered" keeps that one key of the title."""
    kept: dict[str, Any] = {}
    for name, value in content.items():
        inner = [field.removeprefix(f"{name}.") for field in fields if field.startswith(f"{name}.")]
        if name in fields or not (inner and isinstance(value, dict)):
            kept.update({name: value} if name in fields else {})
        elif found := _pick(value, inner):
            kept[name] = found
    return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """An argument that WordPress refuses."""

    name: str
    # "per_page"
    code: str
    # "rest_out_of_bounds"
    message: str
    # in words
    data: dict[str, str] | None = None
    # where in a list


def _wrong(words: Params) -> dict[str, Any] | None:
    """The 400 of arguments that WordPress refuses, None where all are fine."""
    found = {wrong.name: wrong for wrong in _refused(words)}
    if not found:
        return None
    params = {name: wrong.message for name, wrong in found.items()}
    details = {
        name: {"code": wrong.code, "message": wrong.message, "data": wrong.data}
        for name, wrong in found.items()
    }
    told = f"Invalid parameter(s): {', '.join(found)}"
    return _error("rest_invalid_param", told, 400, params=params, details=details)


def _refused(words: Params) -> Iterator[Wrong]:
    yield from _wrong_numbers(words)
    for name in DATE_ARGS:
        if name in words and not _DATE.fullmatch(words[name]):
            yield Wrong(name=name, code="rest_invalid_date", message="Invalid date.")
    for name, listed in (("order", "asc and desc"), ("orderby", ORDERBY)):
        if name in words and words[name] not in re.split(r",? and |, ", listed):
            message = f"{name} is not one of {listed}."
            yield Wrong(name=name, code="rest_not_in_enum", message=message)
    for name in ("include", "exclude"):
        for at, number in enumerate(words[name].split(",") if name in words else ()):
            if not _INTEGER.fullmatch(number):
                yield _no_integer(name, f"{name}[{at}]")


def _wrong_numbers(words: Params) -> Iterator[Wrong]:
    bounds = {
        "page": (1, None, "page must be greater than or equal to 1"),
        "per_page": (
            1,
            MOST_PER_PAGE,
            "per_page must be between 1 (inclusive) and 100 (inclusive)",
        ),
        "offset": (None, None, ""),
    }
    for name, (least, most, message) in bounds.items():
        told = words.get(name)
        if told is None:
            continue
        if not _INTEGER.fullmatch(told):
            yield _no_integer(name, name)
        elif (least and int(told) < least) or (most and int(told) > most):
            yield Wrong(name=name, code="rest_out_of_bounds", message=message)


def _no_integer(name: str, place: str) -> Wrong:
    message = f"{place} is not of type integer."
    return Wrong(name=name, code="rest_invalid_type", message=message, data={"param": place})


def _numbers(told: str) -> frozenset[int]:
    return frozenset(int(number) for number in told.split(","))
