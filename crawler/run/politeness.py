"""The only door to other people's machines: who we say we are, what we may ask, how slowly.

One request at a time per outlet, robots.txt (RFC 9309), Retry-After (RFC 9110 10.2.3), and never
to a host that is not the outlet's own, to another scheme, or to a private address that nobody
typed: names are judged in `crawler.run.address_guard`, when they resolve.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from email.message import Message
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.limits import CRAWL_DELAY, WAIT, WAITS
from crawler.models import ROBOT_NAME
from crawler.outcomes import Reason, Trouble, judge_status
from crawler.reading.robots import robots_text
from crawler.reading.waits import asked_wait
from crawler.run.crawl_task import Errand
from crawler.urls import belongs, is_loopback, is_private_host, place_of, private_places

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.run.crawl_task import Assignment

log = logging.getLogger(__name__)

SLOT = "download_slot"
TOO_MANY_REQUESTS = 429
UNAVAILABLE = 503


def _assignment(crawler: Crawler) -> Assignment | Errand:
    spider: Any = crawler.spider
    assignment: Assignment | Errand = spider.assignment
    return assignment


class OwnHosts:
    """Refuses a request that leaves the outlet, and any but loopback without a contact."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OwnHosts:
        """Scrapy's way in."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Judge the address; give every request of an outlet the same slot.

        Raises Trouble (off-limits) for a host that is not the outlet's own.
        """
        sent = _assignment(self.crawler)
        outlet = sent.outlet
        if isinstance(sent, Errand) and sent.tally.requests >= sent.budget:
            words = f"{sent.budget} requests made, a look costs no more"
            raise Trouble(Reason.BUDGET, words, requests=sent.budget)
        request.meta[SLOT] = outlet.slug
        host = urlsplit(request.url).hostname or ""
        if not belongs(request.url, outlet):
            raise Trouble(Reason.OFF_LIMITS, f"leads to {_origin(request.url)}, which is not its")
        if is_private_host(host) and place_of(request.url) not in private_places(outlet):
            raise Trouble(Reason.PRIVATE, f"{_origin(request.url)} is private, and nobody typed it")
        if not self.crawler.settings.get("CONTACT") and not is_loopback(host):
            raise Trouble(Reason.OFF_LIMITS, "without a contact only loopback is crawled")


class Robots:
    """Obeys robots.txt and its crawl-delay; one look per origin and run."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Robots:
        """Scrapy's way in."""
        return cls(crawler)

    async def process_request(self, request: Request) -> Response | None:
        """Ask robots.txt first. Raises Trouble (robots) where it refuses.

        A spider that asks for robots.txt itself (its `Sitemap:` lines) gets what is kept: the
        outlet is asked once.
        """
        if request.meta.get("robots"):
            return None
        rules = await self._rules(_origin(request.url))
        if urlsplit(request.url).path == "/robots.txt":
            named = "".join(f"Sitemap: {address}\n" for address in rules.sitemaps)
            return Response(request.url, status=200, body=named.encode())
        if not rules.can_fetch(request.url, ROBOT_NAME):
            path = urlsplit(request.url).path
            raise Trouble(Reason.ROBOTS, f"its robots.txt refuses {path}", address=path)
        self._slow_down(rules)
        return None

    async def _rules(self, origin: str) -> Protego:
        kept = _assignment(self.crawler).robots
        if origin not in kept:
            kept[origin] = await self._fetch(origin)
        return kept[origin]

    async def _fetch(self, origin: str) -> Protego:
        """RFC 9309, 2.3.1: 4xx means no rules; no answer or 5xx means stay away for now."""
        request = Request(f"{origin}/robots.txt", meta={"robots": True}, callback=NO_CALLBACK)
        assert self.crawler.engine is not None
        try:
            answer = await self.crawler.engine.download_async(request)
        except Trouble as astray:
            if astray.reason is not Reason.OFF_LIMITS:
                raise
            return Protego.parse("")
        return _rules_of(answer)

    def _slow_down(self, rules: Protego) -> None:
        """A crawl-delay above the outlet's own wins, up to a bound."""
        asked = rules.crawl_delay(ROBOT_NAME)
        assert self.crawler.engine is not None
        slot = self.crawler.engine.downloader.slots.get(_assignment(self.crawler).outlet.slug)
        if asked and slot and asked > slot.delay:
            slot.delay = min(float(asked), CRAWL_DELAY)


class RetryAfter:
    """Waits as long as a 429 or 503 asks, twice at most and never longer than a minute."""

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the request once more after the wait, or the answer as it is."""
        waits = request.meta.get("waits", 0)
        wait = _retry_after(response, datetime.now(UTC))
        if wait is None or wait > WAIT or waits >= WAITS:
            return response
        log.info("%s asks to wait %.0f s", _origin(request.url), wait)
        await asyncio.sleep(wait)
        return request.replace(dont_filter=True, meta={**request.meta, "waits": waits + 1})


def _rules_of(answer: Response) -> Protego:
    """The rules of an answered robots.txt. Raises Trouble where the server fails."""
    trouble = judge_status(answer.status, {}, b"")
    if trouble and trouble.reason in {Reason.SERVER_ERROR, Reason.RATE_LIMIT}:
        raise trouble.said(f"/robots.txt {trouble.note}", address="/robots.txt")
    return Protego.parse("" if trouble else robots_text(answer.body, _charset(answer)))


def _charset(answer: Response) -> str | None:
    """The charset parameter of the Content-Type header."""
    told = Message()
    told["Content-Type"] = (answer.headers.get("Content-Type") or b"").decode("latin-1")
    return told.get_content_charset()


def _retry_after(response: Response, now: datetime) -> float | None:
    """Seconds that a 429 or 503 asks to wait; None where it does not say."""
    if response.status not in {TOO_MANY_REQUESTS, UNAVAILABLE}:
        return None
    return asked_wait((response.headers.get("Retry-After") or b"").decode("latin-1"), now)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
