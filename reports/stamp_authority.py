"""The talk with an authority that stamps seals: RFC 3161 over HTTP (3.4)."""

from __future__ import annotations

import time
from typing import ClassVar, Final
from urllib.parse import urlsplit

import requests

from crawler.failure import Failure
from crawler.urls import is_loopback

LARGEST: Final = 64 * 1024
# bytes of an answer: one with its certificates has 2 to 8 thousand
PATIENCE: Final = 15.0
# seconds for a sign of life
DEADLINE: Final = 30.0
# seconds for all of it
ASKS: Final = "application/timestamp-query"
ANSWERS: Final = "application/timestamp-reply"


class NotStamped(Failure):
    """No stamp was given; a line for people. What was sealed stays sealed. Exit code 3."""

    code: ClassVar[int] = 3


def stamp_answer(url: str, question: bytes) -> bytes:
    """What the authority answers to a question, as it came.

    `url` is the office's own choice and may be private; no redirect is followed. Raises NotStamped.
    """
    try:
        with requests.Session() as session:
            # a proxy of the environment is right for the web, and wrong for this machine
            session.trust_env = not is_loopback(urlsplit(url).hostname or "")
            with session.post(
                url, data=question, headers={"Content-Type": ASKS, "Accept": ANSWERS},
                timeout=PATIENCE, allow_redirects=False, stream=True,
            ) as response:  # fmt: skip
                return _body(url, response)
    except requests.RequestException as error:
        raise NotStamped(
            "{url}: it does not answer ({why}): check [evidence] stamp",
            url=url,
            why=type(error).__name__,
        ) from None


def _body(url: str, response: requests.Response) -> bytes:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if response.status_code != requests.codes.ok or kind != ANSWERS:
        raise NotStamped(
            "{url}: it does not answer as a stamp authority (status {status}): "
            "check [evidence] stamp",
            url=url,
            status=response.status_code,
        )
    body, end = b"", time.monotonic() + DEADLINE
    for part in response.iter_content(8192):
        body += part
        if len(body) > LARGEST or time.monotonic() > end:
            raise NotStamped("{url}: its answer does not come to an end", url=url)
    return body
