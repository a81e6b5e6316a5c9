"""Answers as they were meant: unpacked by what their bytes are, redirects in any letters.

Scrapy believes what an answer says of itself and raises where that is false. Servers declare gzip
and send plain text, pack twice, and write addresses as Latin-1 into headers; none of that is a
fault of ours.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from crawler.limits import BODY
from crawler.outcomes import Reason, Trouble
from crawler.reading.packing import TooLarge, unpacked

ACCEPTED = b"gzip, deflate, br, zstd"


class Unpacking:
    """In place of Scrapy's decompression: asks for packed answers, and unpacks what is packed."""

    def __init__(self, most: int = BODY) -> None:
        self.most = most

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Unpacking:
        """Scrapy's way in."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say what we can unpack."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        """The answer with its plain body. Raises Trouble (too-large) beyond DOWNLOAD_MAXSIZE."""
        if request.method == "HEAD":
            return response
        said = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        names = [name for name in said.split(",") if name.strip()]
        try:
            found = unpacked(response.body, names, most=self.most)
        except TooLarge as error:
            words = f"{urlsplit(request.url).path}: unpacks to more than a listing can be"
            raise Trouble(Reason.TOO_LARGE, words) from error
        if names:
            response.headers.pop("Content-Encoding", None)
        if found.body is response.body:
            return response
        return response.replace(body=found.body)


class Redirects(RedirectMiddleware):
    """Scrapy's redirects; one that leads to what is no address is named."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """The request that it leads to, or the answer. Raises Trouble (redirects, unreadable)."""
        try:
            onward: Request | Response = super().process_response(request, response)
        except ValueError as error:
            place = (response.headers.get("Location") or b"").decode("latin-1")[:80]
            words = f"{urlsplit(request.url).path} redirects to {place!a}, which is no address"
            raise Trouble(Reason.UNREADABLE, words) from error
        return onward
