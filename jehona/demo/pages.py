"""The web pages of a desk: front page, archives, posts, robots.txt (pure).

A plain theme as WordPress 6.1 ships it: no JSON-LD and no og:, only `time[datetime]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from jehona.demo.answers import Answer, Header, page
from jehona.demo.feeds import MONTHS_SQ
from jehona.demo.newsdesk import Desk, Post
from jehona.demo.rest import api_of, content_of, excerpt_of
from jehona.demo.sitemaps import address
from jehona.demo.typeset import texturize

# Shown by every outlet's theme beside the article: boilerplate that no reader should keep.
FOOTER: Final = "Të gjitha të drejtat e rezervuara."


def front(desk: Desk, number: int) -> Answer:
    """The newest posts, the sticky ones on top of the first page."""
    posts = desk.listed()
    rows = posts[(number - 1) * desk.rows : number * desk.rows]
    if not rows and number > 1:
        return not_found(desk)
    pins = [post for post in posts if post.sticky] if number == 1 else []
    rest_of = [post for post in rows if not (number == 1 and post.sticky)]
    older = f'<a class="next" href="{desk.address}/page/{number + 1}/">Më të vjetra</a>'
    body = "".join(_teaser(desk, post) for post in [*pins, *rest_of])
    more = older if number * desk.rows < len(posts) else ""
    return _html(desk, 200, _name(desk), f"<main>{body}<nav>{more}</nav></main>")


def days(desk: Desk, prefix: str) -> Answer:
    """The archive page of a year, month or day ("2026-05")."""
    rows = [post for post in desk.listed() if post.at.startswith(prefix)]
    if not rows:
        return not_found(desk)
    body = "".join(_teaser(desk, post) for post in rows[: desk.rows])
    return _html(desk, 200, f"{prefix} &#8211; {_name(desk)}", f"<main>{body}</main>")


def article(desk: Desk, post: Post) -> Answer:
    """The page of one post."""
    title = texturize(post.headline)
    section = f'<p class="cat">{escape(post.section)}</p>' if post.section else ""
    head = f'<link rel="canonical" href="{desk.link(post)}" />'
    body = f"""<main><article id="post-{post.id}">
{section}<h1 class="entry-title">{title}</h1>
<p class="entry-meta">{_time(desk, post)} <span class="author">{escape(post.by)}</span></p>
<div class="entry-content">{content_of(post)}</div>
</article></main>"""
    return _html(desk, 200, f"{title} &#8211; {_name(desk)}", body, head)


def not_found(desk: Desk) -> Answer:
    """A page that is not there."""
    body = "<main><h1>Faqja nuk u gjet</h1></main>"
    return _html(desk, 404, f"Faqja nuk u gjet &#8211; {_name(desk)}", body)


def robots(desk: Desk) -> Answer:
    """robots.txt: WordPress' own, or the desk's."""
    if desk.robots == "":
        return not_found(desk)
    named = address(desk)
    usual = "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\n"
    usual += f"Sitemap: {named}\n" if named else ""
    text = usual if desk.robots is None else desk.robots
    return page(200, text, *_announced(desk), content_type="text/plain; charset=utf-8")


def _name(desk: Desk) -> str:
    return escape(desk.name, quote=False)


def _time(desk: Desk, post: Post) -> str:
    offset = "" if desk.zone == "UTC" else _offset(desk, post)
    return f'<time datetime="{post.at}{offset}">{spoken(post.at)}</time>'


def _offset(desk: Desk, post: Post) -> str:
    """How far the site's clock is ahead of UTC at that moment, as `+02:00`."""
    minutes = _minutes(post.at) - _minutes(desk.to_gmt(post.at))
    minutes = (minutes + 720) % 1440 - 720
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _minutes(local: str) -> int:
    clock = local[11:16]
    return int(clock[:2]) * 60 + int(clock[3:]) if clock.replace(":", "").isdigit() else 0


def spoken(local: str) -> str:
    """`16 Maj 2026, 10:30`; what is no date stays as it is."""
    try:
        year, month, day = local[:10].split("-")
        return f"{int(day)} {MONTHS_SQ[int(month) - 1]} {year}, {local[11:16]}"
    except (ValueError, IndexError):
        return local


def _teaser(desk: Desk, post: Post) -> str:
    link = f'<a href="{escape(desk.link(post))}">{texturize(post.headline)}</a>'
    return f"""<article class="post-{post.id}{" sticky" if post.sticky else ""}">
<h2 class="entry-title">{link}</h2>{_time(desk, post)}
<div class="entry-summary"><p>{excerpt_of(post)}</p></div></article>
"""


def _html(desk: Desk, status: int, title: str, body: str, head: str = "") -> Answer:
    name = _name(desk)
    feed = f"""<link rel="alternate" type="application/rss+xml" title="{name} &raquo; Prurje" \
href="{desk.address}/feed/" />
<link rel="alternate" type="application/rss+xml" title="{name} &raquo; Prurje për Komentet" \
href="{desk.address}/comments/feed/" />"""
    if desk.feed_format == "atom":
        feed = feed.replace("application/rss+xml", "application/atom+xml")
    api = f'<link rel="https://api.w.org/" href="{api_of(desk)}" />'
    text = f"""<!DOCTYPE html>
<html lang="{desk.language}">
<head>
	<meta charset="UTF-8" />
	<title>{title}</title>
{feed if desk.declares_feed and desk.feed != "none" else ""}
{api if desk.rest == "open" else ""}{head}
	<meta name="generator" content="WordPress 6.1.9" />
</head>
<body>
<header><a href="{desk.address}/">{name}</a> <p>{escape(desk.tagline)}</p></header>
{body}
<footer>{name}. {FOOTER}</footer>
</body>
</html>
"""
    never = ("Cache-Control", "no-cache, must-revalidate, max-age=0")
    fresh = (never,) if status == 404 else ()  # noqa: PLR2004 - what is not there now may come
    return page(status, text, *fresh, *_announced(desk))


def _announced(desk: Desk) -> Sequence[Header]:
    """`Link` to the API, on every page of a site whose REST is open."""
    if desk.rest != "open":
        return ()
    return (("Link", f'<{api_of(desk)}>; rel="https://api.w.org/"'),)
