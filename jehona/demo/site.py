"""One desk's site: which answer a request gets (pure)."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from jehona.demo import pages
from jehona.demo.answers import Answer, Ask, moved
from jehona.demo.feeds import empty_feed, feed, wanted
from jehona.demo.newsdesk import Desk
from jehona.demo.rest import rest
from jehona.demo.shared import shared
from jehona.demo.sitemaps import sitemap

_DAYS: Final = re.compile(r"/(\d{4})/(?:(\d{2})/(?:(\d{2})/)?)?")
_PAGE: Final = re.compile(r"/page/(\d+)/")
_COMMENTS: Final = re.compile(r"(/.+/)feed/")


def answer(desk: Desk, ask: Ask) -> Answer:
    """What the desk answers just now, its fault included."""
    fault = desk.fault
    if fault is not None and desk.fires(fault, ask):
        return fault.spoil(ask, lambda: genuine(desk, ask))
    return genuine(desk, ask)


def genuine(desk: Desk, ask: Ask) -> Answer:
    """What a healthy site answers."""
    if ask.path == "/robots.txt":
        return pages.robots(desk)
    if (found := sitemap(desk, ask.path)) is not None:
        return found
    if desk.system == "shared":
        return shared(desk, ask)
    route = _route(ask)
    if route is not None:
        return pages.not_found(desk) if desk.rest == "none" else rest(desk, ask, route)
    return _feed(desk, ask) or _page(desk, ask)


def _route(ask: Ask) -> str | None:
    """The REST route asked for: /wp-json/... or ?rest_route=..."""
    if ask.path == "/wp-json" or ask.path.startswith("/wp-json/"):
        return ask.path.removeprefix("/wp-json")
    return ask.words.get("rest_route") if ask.path == "/" else None


def _feed(desk: Desk, ask: Ask) -> Answer | None:
    asked = wanted(desk, ask)
    if asked is None:
        comments = _COMMENTS.fullmatch(ask.path)
        known = comments and (comments[1] == "/comments/" or desk.at_path(comments[1]))
        return empty_feed(desk, ask) if known else None
    if desk.feed == "none" or (asked.days and not desk.archives):
        return pages.not_found(desk)
    return feed(desk, ask, asked)


def _page(desk: Desk, ask: Ask) -> Answer:
    if ask.path == "/" and ask.words.get("p", "").isdecimal():
        post = desk.post(int(ask.words["p"]))
        return moved(desk.link(post)) if post else pages.not_found(desk)
    if ask.path == "/" or (found := _PAGE.fullmatch(ask.path)):
        return pages.front(desk, int(found[1]) if ask.path != "/" and found else 1)
    return _article(desk, ask)


def _article(desk: Desk, ask: Ask) -> Answer:
    if post := desk.at_path(ask.path):
        return pages.article(desk, post)
    if desk.at_path(f"{ask.path}/"):
        return moved(f"{desk.address}{urlsplit(ask.target).path}/")
    if found := _DAYS.fullmatch(ask.path):
        return pages.days(desk, "-".join(part for part in found.groups() if part))
    return pages.not_found(desk)
