"""The sitemaps of a desk: WordPress' own, a plugin's with `lastmod`, a news sitemap (pure)."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from jehona.demo.answers import Answer, page
from jehona.demo.newsdesk import Desk, Post

# URLs in one file of WordPress' own sitemaps.
SITEMAP_URLS: Final = 2000
# Rows of a news sitemap: Google wants the last two days only, at most a thousand.
NEWS_ROWS: Final = 1000
XML: Final = "application/xml; charset=UTF-8"
PLAIN: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS: Final = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def sitemap(desk: Desk, path: str) -> Answer | None:
    """What stands at `path` if it is one of the desk's sitemaps."""
    if desk.sitemaps == "core":
        return _core(desk, path)
    if desk.sitemaps == "lastmod" and path in {"/sitemap.xml", "/sitemap.xml.gz"}:
        return _zipped(_lastmod(desk), path.endswith(".gz"))
    if desk.sitemaps == "news" and path == "/sitemap-news.xml":
        return page(200, _news(desk), content_type=XML)
    return None


def address(desk: Desk) -> str | None:
    """The sitemap that robots.txt names."""
    names = {"core": "/wp-sitemap.xml", "lastmod": "/sitemap.xml", "news": "/sitemap-news.xml"}
    return desk.address + names[desk.sitemaps] if desk.sitemaps in names else None


def _core(desk: Desk, path: str) -> Answer | None:
    """As 6.1 writes them: oldest first, no `lastmod`."""
    if path == "/wp-sitemap.xml":
        return page(200, _index(_core_files(desk)), content_type=XML)
    for kind in ("post", "page", *desk.types):
        number = path.removeprefix(f"/wp-sitemap-posts-{kind}-").removesuffix(".xml")
        if number.isdecimal():
            posts = desk.listed(kind)[::-1]
            some = posts[(int(number) - 1) * SITEMAP_URLS : int(number) * SITEMAP_URLS]
            urls = (f"<url><loc>{escape(desk.link(post))}</loc></url>" for post in some)
            return page(200, _urlset(urls), content_type=XML) if some else None
    return None


def _core_files(desk: Desk) -> Iterable[str]:
    for kind in ("post", "page", *desk.types):
        for number in range(-(-len(desk.listed(kind)) // SITEMAP_URLS)):
            yield f"{desk.address}/wp-sitemap-posts-{kind}-{number + 1}.xml"


def _lastmod(desk: Desk) -> str:
    """Newest first, each with the UTC of its last edit."""
    return _urlset(
        f"<url><loc>{escape(desk.link(post))}</loc>"
        f"<lastmod>{desk.to_gmt(post.edited)}+00:00</lastmod></url>"
        for post in _every(desk)
    )


def _news(desk: Desk) -> str:
    """Google's extension: headline and date in the row."""
    rows = (
        f"<url><loc>{escape(desk.link(post))}</loc><news:news><news:publication>"
        f"<news:name>{escape(desk.name)}</news:name><news:language>{desk.language}</news:language>"
        f"</news:publication><news:publication_date>{desk.to_gmt(post.at)}+00:00"
        f"</news:publication_date><news:title>{escape(post.headline)}</news:title>"
        "</news:news></url>"
        for post in _every(desk)[:NEWS_ROWS]
    )
    return _urlset(rows, NEWS)


def _every(desk: Desk) -> Sequence[Post]:
    posts = [post for kind in ("post", *desk.types) for post in desk.listed(kind)]
    return sorted(posts, key=lambda post: (post.at, post.id), reverse=True)


def _zipped(text: str, zipped: bool) -> Answer:
    answer = page(200, text, content_type="application/x-gzip" if zipped else XML)
    body = answer.body if isinstance(answer.body, bytes) else b""
    return answer.but(body=gzip.compress(body, mtime=0)) if zipped else answer


def _urlset(rows: Iterable[str], *names: str) -> str:
    return f"{_HEAD}<urlset {' '.join((PLAIN, *names))}>{''.join(rows)}</urlset>\n"


def _index(files: Iterable[str]) -> str:
    rows = "".join(f"<sitemap><loc>{file}</loc></sitemap>" for file in files)
    return f"{_HEAD}<sitemapindex {PLAIN}>{rows}</sitemapindex>\n"
