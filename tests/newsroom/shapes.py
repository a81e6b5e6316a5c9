"""What a WordPress site answers, reduced to what a crawler sees: the same for a real and a fake.

To record anew from a real site that holds `recorded/posts.json` (see `recorded/README.md`):

    python tests/newsroom/shapes.py http://127.0.0.92:8092 > tests/newsroom/recorded/answers.json

and with excerpts only in its feeds (`rss_use_excerpt`):

    python tests/newsroom/shapes.py ADDRESS /feed/ /feed/atom/ > .../excerpts.json
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener
from xml.etree import ElementTree

BASE = "http://desk.example"
NO_PORT = "http://desk-without-port.example"
HEADERS = [
    "content-type",
    "link",
    "x-wp-total",
    "x-wp-totalpages",
    "allow",
    "last-modified",
    "etag",
    "location",
    "cache-control",
]
POSTS = "/wp-json/wp/v2/posts"
ROUTES = "/wp-json/?_fields=routes"
FEW = "_fields=id,date&order=asc&per_page=3"
FRESH = {"If-Modified-Since": "Thu, 20 Jun 2024 08:00:00 GMT"}
STALE = {"If-Modified-Since": "Thu, 20 Jun 2024 07:59:59 GMT"}

# What is asked of both; `FURTHER` holds request headers.
TARGETS = (
    "/wp-json/?_fields=name,home,gmt_offset,timezone_string,namespaces",
    "/wp-json/?_fields=url,description",
    "/wp-json/wp/v2/types",
    "/wp-json/wp/v2/types/video",
    "/wp-json/wp/v2/types?_fields=slug",
    "/wp-json/wp/v2/types/none",
    f"{POSTS}?per_page=2",
    f"{POSTS}?per_page=100&_fields=id,title,excerpt,content,modified,modified_gmt",
    f"{POSTS}?per_page=7&page=2&_fields=id",
    f"{POSTS}?per_page=7&page=4&_fields=id,type,link,guid.rendered",
    f"{POSTS}?per_page=7&page=5",
    f"{POSTS}?per_page=101",
    f"{POSTS}?per_page=0",
    f"{POSTS}?page=0",
    f"{POSTS}?page=abc",
    f"{POSTS}?order=up",
    f"{POSTS}?orderby=size",
    f"{POSTS}?include=5,x",
    f"{POSTS}?include=5,6,7777&_fields=id",
    f"{POSTS}?include[]=5&include[]=6&_fields=id",
    f"{POSTS}?exclude=4&{FEW}",
    f"{POSTS}?{FEW}&after=2024-06-12T04:00:00",
    f"{POSTS}?{FEW}&after=2024-06-12T17:00:00",
    f"{POSTS}?{FEW}&after=2024-06-12T16:59:59",
    f"{POSTS}?{FEW}&after=2024-06-12T15:00:00Z",
    f"{POSTS}?{FEW}&after=2024-06-12T14:59:59Z",
    f"{POSTS}?{FEW}&after=2024-06-12T17:00:00%2B02:00",
    f"{POSTS}?{FEW}&after=2024-06-12T17:00:00+02:00",
    f"{POSTS}?{FEW}&after=2024-06-12",
    f"{POSTS}?{FEW}&before=2024-06-01T21:00:00",
    f"{POSTS}?{FEW}&after=2024-06-04T23:59:59&before=2024-06-05T00:00:01",
    f"{POSTS}?{FEW}&modified_after=2024-06-20T09:59:59",
    f"{POSTS}?{FEW}&modified_after=2024-06-20T10:00:00",
    f"{POSTS}?{FEW}&offset=22",
    f"{POSTS}?_fields=id&orderby=modified&order=desc&per_page=2",
    f"{POSTS}?after=2030-01-01T00:00:00",
    f"{POSTS}?after=2030-01-01T00:00:00&page=2",
    f"{POSTS}/5?_fields=id,sticky,status",
    f"{POSTS}/999999",
    f"{POSTS}/12",
    "/wp-json/wp/v2/videos?_fields=id,type,title",
    "/wp-json/wp/v2/pages",
    "/wp-json/wp/v2/media",
    "/wp-json/wp/v2/menu-items",
    "/wp-json/wp/v2/templates",
    "/wp-json/wp/v2/blocks",
    "/wp-json/wp/v2/nothing",
    "/wp-json/nothing/v1",
    "/?rest_route=/wp/v2/posts/6&_fields=id,modified",
    "/feed/",
    "/feed",
    "/?feed=rss2",
    "/feed/rss2/",
    "/feed/?paged=2",
    "/feed/?paged=3",
    "/feed/?paged=4",
    "/feed/?paged=0",
    "/feed/?paged=abc",
    "/feed/atom/",
    "/2024/06/05/feed/",
    "/2024/06/05/feed/?paged=2",
    "/2024/06/feed/?paged=3",
    "/2024/feed/",
    "/2023/06/05/feed/",
    "/2023/06/05/feed/?paged=2",
    "/2024/13/45/feed/",
    "/?m=20240605&feed=rss2",
    "/?m=20230605&feed=rss2",
    "/?m=202406&feed=rss2&paged=2",
    "/?m=202406&feed=rss2&paged=4",
    "/robots.txt",
    "/wp-sitemap-posts-post-1.xml",
    "/?p=5",
    "/?p=999999",
    "/2024/06/lajmi-1",
    "/feed/?fresh",
    "/feed/?stale",
    "/feed/?paged=2&fresh",
    ROUTES,
)
FURTHER: dict[str, dict[str, str]] = {
    "/feed/?fresh": FRESH,
    "/feed/?stale": STALE,
    "/feed/?paged=2&fresh": FRESH,
}


def shape(status: int, headers: dict[str, str], body: bytes, address: str) -> dict[str, Any]:
    """An answer as tests compare it; `headers` have lower-case names."""
    host = urlsplit(address)

    def plain(text: str) -> str:
        text = text.replace(address, BASE).replace(f"{host.scheme}://{host.hostname}", NO_PORT)
        return text.replace(f"{host.hostname}:{host.port}", "desk.example")

    kept = {name: plain(headers[name]) for name in HEADERS if name in headers}
    return {"status": status, "headers": kept, "body": _content(kept, body, plain)}


def _content(headers: dict[str, str], body: bytes, plain: Any) -> Any:
    kind = headers.get("content-type", "").lower()
    if not body or "html" in kind:
        return None
    if "json" in kind:
        return _unlinked(json.loads(plain(body.decode().replace("\\/", "/"))))
    if "xml" in kind:
        return _outline(ElementTree.fromstring(plain(body.decode()).strip()))
    return plain(body.decode()).strip()


def _unlinked(content: Any) -> Any:
    """Without `_links`, which say what the rows say already; routes by their arguments."""
    if isinstance(content, dict) and "routes" in content:
        return _routes(content["routes"])
    if isinstance(content, dict):
        return {name: _unlinked(value) for name, value in content.items() if name != "_links"}
    return [_unlinked(value) for value in content] if isinstance(content, list) else content


def _routes(routes: dict[str, Any]) -> dict[str, list[str]]:
    """The names of the GET arguments of each collection of content."""
    return {
        route: sorted(endpoint["args"])
        for route, told in routes.items()
        if re.fullmatch(r"/wp/v2/[a-z-]+", route)
        for endpoint in told["endpoints"]
        if "GET" in endpoint["methods"]
    }


def _outline(node: ElementTree.Element) -> Any:
    """Element by element: attributes of empty ones, text of leaves, children of the others."""
    if len(node):
        return [[child.tag, _outline(child)] for child in node]
    text = (node.text or "").strip()
    return text if text or not node.attrib else dict(sorted(node.attrib.items()))


class _Stay(HTTPRedirectHandler):
    """Shows redirects instead of following them."""

    def redirect_request(self, *args: Any, **words: Any) -> None:
        return None


def fetch(address: str, target: str) -> dict[str, Any]:
    """Asks a served site and reduces its answer."""
    request = Request(address + target, headers=FURTHER.get(target, {}))
    try:
        with build_opener(_Stay).open(request) as found:
            told = {name.lower(): value for name, value in found.headers.items()}
            return shape(found.status, told, found.read(), address)
    except HTTPError as refused:
        with refused:
            told = {name.lower(): value for name, value in refused.headers.items()}
            return shape(refused.code, told, refused.read(), address)


def _main(address: str, *targets: str) -> None:
    """One line a target, so that a change shows as one line."""
    recorded = {target: fetch(address, target) for target in targets or TARGETS}
    lines = (f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in recorded.items())
    print("{" + ",\n".join(lines) + "}")  # noqa: T201


if __name__ == "__main__":
    _main(*sys.argv[1:])
