"""Scrapy's downloader for http and https, with a bound on the head of an answer.

`DOWNLOAD_MAXSIZE` bounds bodies only, and Twisted one line of a head: a server that sends header
lines for ever would fill the memory until the time is up. Scrapy names no door for a parser of
our own, so this takes the place of the classes that it puts between itself and Twisted; the pin
of Scrapy in constraints.txt and `tests/gather/test_faults.py` hold the seam.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response

from crawler.limits import HEADER_BYTES, HEADER_LINE, HEADERS
from crawler.outcomes import Reason, Trouble
from crawler.run.deprecated_names import sources_unread

with sources_unread():
    from scrapy.core.downloader.handlers.http11 import (
        HTTP11DownloadHandler,
        _LenientHTTP11ClientFactory,
        _LenientHTTP11ClientProtocol,
        _LenientHTTPClientParser,
    )

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class HeadTooLarge(Exception):
    """An answer whose head is longer than `crawler.limits` allows."""


class BoundedParser(_LenientHTTPClientParser):
    """Reads a head line by line, and no further than the limits.

    Lines of interim answers (status 1xx) count with those of the answer they announce.
    """

    MAX_LENGTH = HEADER_LINE
    lines = 0
    # read so far
    size = 0
    # bytes of them

    def lineReceived(self, line: bytes) -> None:
        """Twisted's LineReceiver. Raises HeadTooLarge."""
        self.lines += 1
        self.size += len(line)
        if self.lines > HEADERS or self.size > HEADER_BYTES:
            raise HeadTooLarge
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:
        """Twisted's LineReceiver. Raises HeadTooLarge."""
        raise HeadTooLarge


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """One connection, whose answers are read by `BoundedParser`."""

    def request(self, request: Any) -> Any:
        """Twisted's HTTP11ClientProtocol."""
        answer = super().request(request)
        # the parser's class is named nowhere that could be overridden; Scrapy does the same
        self._parser.__class__ = BoundedParser
        return answer


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Builds `BoundedProtocol`s."""

    def buildProtocol(self, addr: object) -> BoundedProtocol:
        """Twisted's Factory."""
        return BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler, with `BoundedProtocol`s in its pool."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = BoundedFactory

    async def download_request(self, request: Request) -> Response:
        """Ask. Raises Trouble (too-large) for a head beyond the limits, else as Scrapy does."""
        try:
            return await super().download_request(request)
        except DownloadFailedError as error:
            if not _for_its_head(error):
                raise
            host = urlsplit(request.url).netloc
            note = f"{host} sends more headers than any server needs"
            raise Trouble(Reason.TOO_LARGE, note) from error


def _for_its_head(error: DownloadFailedError) -> bool:
    """Whether a download failed at `BoundedParser`; Twisted keeps reasons inside reasons."""
    reasons = getattr(error.__cause__, "reasons", ())
    return any(reason.check(HeadTooLarge) for reason in reasons)
