"""The talk with a web archive: an address is given, the address of its copy comes back.

As the Internet Archive's Save Page Now does it for whoever asks: GET of the archive's address with
the page's behind it, answered by a redirect to the copy, or by its place in Content-Location.
"""

from __future__ import annotations

import re
from typing import ClassVar, Final
from urllib.parse import urljoin, urlsplit

import requests

from crawler.failure import Failure
from crawler.limits import ADDRESS
from crawler.urls import is_loopback

PATIENCE: Final = 90.0
# seconds for a sign of life: it fetches the page first
COPY: Final = re.compile(r"/web/\d{4,14}(?:id_|if_)?/http")
# path of a copy: "/web/20250510120000/https://gazeta.example/1"
ENOUGH: Final = frozenset({401, 403, 429, 500, 502, 503, 504})
# after such an answer nothing more is asked of it


class NotArchived(Failure):
    """No copy was made; a line for people. `over`: nothing more is to be asked now. Exit code 3."""

    code: ClassVar[int] = 3
    over: bool = False


def saved_at(archive: str, url: str, *, agent: str) -> str:
    """The address of the copy that an archive made of `url`. `agent` says who asks.

    What comes back is believed only on the archive's own host. Raises NotArchived.
    """
    asked = f"{archive}{url}"
    try:
        with requests.Session() as session:
            session.trust_env = not is_loopback(urlsplit(archive).hostname or "")
            with session.get(
                asked, headers={"User-Agent": agent}, timeout=PATIENCE, allow_redirects=False,
                stream=True,
            ) as response:  # fmt: skip
                return _place(archive, url, response)
    except requests.RequestException as error:
        why = type(error).__name__
        raise _over(
            NotArchived("{url}: the archive does not answer ({why})", url=url, why=why)
        ) from None


def _place(archive: str, url: str, response: requests.Response) -> str:
    if response.status_code in ENOUGH:
        raise _over(
            NotArchived(
                "{url}: the archive wants no more now (status {status}): try again later",
                url=url,
                status=response.status_code,
            )
        )
    told = response.headers.get("location") or response.headers.get("content-location") or ""
    place = urljoin(archive, told[:ADDRESS])
    parts, own = urlsplit(place), urlsplit(archive)
    if (parts.scheme, parts.netloc) != (own.scheme, own.netloc) or not COPY.match(parts.path):
        raise NotArchived(
            "{url}: the archive names no copy (status {status})",
            url=url,
            status=response.status_code,
        )
    return place


def _over(failure: NotArchived) -> NotArchived:
    failure.over = True
    return failure
