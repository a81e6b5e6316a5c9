"""var/crawl.log: warnings of Scrapy and ours, for whoever looks why; never a secret."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from crawler.files import PRIVATE, make_private

LOG_BYTES: Final = 1_000_000
KEPT: Final = 2
# older logs
# A log-in in a header, a key in a query, a password in an address: whoever repeats ours, and
# whatever an outlet printed of its own.
_LOGIN: Final = re.compile(r"\b(basic|bearer|digest)\s{1,3}[\w+/=.~-]{8,}", re.IGNORECASE)
_NAMED: Final = re.compile(
    r"((?:proxy-)?authorization|(?:set-)?cookie|(?:x-)?api[_-]?key|password|passwd|secret)"
    r"(['\"]?\s{0,3}[:=]\s{0,3}['\"]?)[^\s'\",;&]+",
    re.IGNORECASE,
)
_USERINFO: Final = re.compile(r"://[^\s/@]{1,200}@")


@contextmanager
def logged(place: Path) -> Iterator[None]:
    """Warnings go to this file, not between people's lines."""
    handler = _Log(place, maxBytes=LOG_BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(_Blotted("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    # What it warns of holds what a server sent, and `publish` and `translate` say it themselves.
    handler.addFilter(lambda record: not record.name.startswith("urllib3"))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()


def blotted(text: str) -> str:
    """`text` without log-ins, keys and passwords, by the names they stand under."""
    text = _LOGIN.sub(r"\1 ***", text)
    return _USERINFO.sub("://***@", _NAMED.sub(r"\1\2***", text))


class _Blotted(logging.Formatter):
    """Lines and traces without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        """As logging's own, blotted."""
        return blotted(super().format(record))


class _Log(RotatingFileHandler):
    """Its owner's alone: what a mail server answered names people.

    One that cannot be written (a full disk) is left out: the command says itself why.
    """

    def _open(self) -> TextIOWrapper:
        """The file to append to."""
        place = Path(self.baseFilename)
        for older in ("", *(f".{number}" for number in range(1, KEPT + 1))):
            make_private(place.with_name(f"{place.name}{older}"))
        made = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE)
        return os.fdopen(made, "a", encoding=self.encoding)

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing more can be done."""
