"""The talk with a site: one request after the other, bounded, log-in only where it belongs.

Redirects are followed on the same origin and only where nothing is sent; a password never goes to
another. A site that asks us to wait is waited for, up to a bound. What was sent and not answered
is never sent again here: whoever sent it looks first whether it arrived.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.auth import HTTPBasicAuth

from crawler.models import Site
from crawler.reading import Unreadable
from crawler.reading.payload import json_value
from crawler.reading.waits import asked_wait
from crawler.urls import is_loopback
from reports.credentials import Password
from reports.publishing.refusals import SERVER_ERRORS, Refusal, Refused, refusal_of, saying

CONNECT, READ = 10.0, 60.0
# seconds for a connection, and between two parts of an answer: saving may run a site's own hooks
DEADLINE = 120.0
# seconds for a whole answer
LARGEST = 16 * 1024 * 1024
# bytes of an answer, unpacked; a hundred long posts have five
TRIES = 3
PAUSE = 1.0
# seconds before a second try where the site names none, twice as long each time
LONGEST_WAIT = 30.0
# a site that asks for more is left alone until somebody starts the command again
HOPS = 3
AGAIN = frozenset({429, 502, 503, 504})
# statuses that pass
SUCCESS = range(200, 300)
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PAGE = re.compile(rb"\s*<(?:!doctype|html|head|body)", re.IGNORECASE)
Fields = Mapping[str, Any]


class Unanswered(Refused):
    """Something was sent and it is not known whether it arrived."""

    def __init__(self, refusal: Refusal, site: str, detail: str = "", wait: float = PAUSE) -> None:
        super().__init__(refusal, site, detail)
        self.wait = wait
        # seconds that the site asks for


class NotWordPress(Refused):
    """A page instead of REST: the other address of REST may do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a site answered."""

    status: int
    # 201
    wait: float | None
    # seconds of a Retry-After header
    document: Any
    # its JSON; None where it is none
    is_json: bool
    # whether it was JSON
    is_page: bool = False
    # whether it was a web page

    @property
    def code(self) -> str | None:
        """The code of a WordPress error: "rest_cannot_create"."""
        told = self.document.get("code") if isinstance(self.document, dict) else None
        return told if isinstance(told, str) else None

    @property
    def message(self) -> str:
        """Its words, whole: who shows them hides what is secret, then cuts."""
        told = self.document.get("message", "") if isinstance(self.document, dict) else ""
        return str(told)


class _Session(requests.Session):
    """A session that looks at no redirect: we judge them, broken ones too."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere."""


@dataclass(slots=True, kw_only=True)
class Rest:
    """The REST interface of one site, as one user."""

    site: Site
    # where
    password: Password
    # never shown
    agent: str
    # the user agent: "Jehona/1.0 (+press@office.example)"
    sleep: Callable[[float], None] = time.sleep
    # how to wait
    session: requests.Session = field(default_factory=_Session)
    # one connection
    plain: bool = False
    # the site has plain permalinks: /?rest_route=/wp/v2/posts

    def __post_init__(self) -> None:
        user = (self.site.user or "").encode()
        self.session.auth = HTTPBasicAuth(user, self.password.tell().encode())
        self.session.headers.update({"User-Agent": self.agent, "Accept": "application/json"})
        # a proxy of the environment is right for the web, and wrong for this machine
        self.session.trust_env = not is_loopback(urlsplit(self.site.url).hostname or "")

    def get(self, path: str, **query: str | int) -> Any:
        """The JSON at a path. Raises Refused."""
        for turn in range(TRIES):
            try:
                return self._judged(self._send("GET", path, query))
            except Unanswered as unsure:
                if turn + 1 == TRIES or unsure.wait > LONGEST_WAIT:
                    raise
                self.sleep(unsure.wait * 2**turn)
        raise AssertionError("unreachable")

    def post(self, path: str, fields: Fields) -> Any:
        """Send JSON once; the JSON of the answer. Raises Unanswered, Refused."""
        return self._judged(self._send("POST", path, {}, json=dict(fields)), sent=True)

    def upload(self, path: str, fields: Fields, name: str, content: bytes, kind: str) -> Any:
        """Send a file once; the JSON of the answer. Raises Unanswered, Refused."""
        files = {"file": (name, content, kind)}
        answer = self._send("POST", path, {}, data=dict(fields), files=files)
        return self._judged(answer, sent=True)

    def refused(self, refusal: Refusal, detail: str = "") -> Refused:
        """A refusal of this site, without the secret in its words."""
        return Refused(refusal, self.site.name, self._safe(detail))

    # --- one request ---------------------------------------------------------------

    def _judged(self, answer: Answer, *, sent: bool = False) -> Any:
        """The document of a success. Raises Unanswered where another try may do, Refused."""
        good = answer.status in SUCCESS
        if good and answer.is_json:
            return answer.document
        words = saying(f"{answer.code or ''} {answer.message}", self._safe)
        detail = f"{answer.status} {words}".strip()
        if sent and good:
            raise Unanswered(Refusal.UNREADABLE, self.site.name, detail, 0.0)
        if good:
            refusal = Refusal.FIREWALL if answer.is_page else Refusal.UNREADABLE
            raise NotWordPress(refusal, self.site.name, detail)
        refusal = refusal_of(answer.status, answer.code)
        if answer.status in AGAIN or answer.status in SERVER_ERRORS:
            wait = PAUSE if answer.wait is None else answer.wait
            raise Unanswered(refusal, self.site.name, detail, wait)
        kind = Refused if answer.is_json else NotWordPress
        raise kind(refusal, self.site.name, detail)

    def _send(self, method: str, path: str, query: Mapping[str, str | int], **body: Any) -> Answer:
        address, given = self._address(path, query)
        for _ in range(HOPS):
            answer, onward = self._once(method, address, given, body)
            if onward is None:
                return answer
            self._follow(method, address, onward)
            address, given = onward, {}
        raise self.refused(Refusal.MOVED, "in circles")

    def _address(
        self, path: str, query: Mapping[str, str | int]
    ) -> tuple[str, Mapping[str, str | int]]:
        home = self.site.url.rstrip("/")
        if self.plain:
            return f"{home}/", {"rest_route": path, **query}
        return f"{home}/wp-json{path}", query

    def _once(
        self, method: str, address: str, query: Mapping[str, Any], body: Mapping[str, Any]
    ) -> tuple[Answer, str | None]:
        """One request; its answer, and where it sends us on."""
        try:
            with self.session.request(
                method,
                address,
                params=query,
                timeout=(CONNECT, READ),
                allow_redirects=False,
                stream=True,
                **body,
            ) as response:
                return _answer(response, self._read(response)), _onward(response)
        except requests.exceptions.SSLError:
            raise self.refused(Refusal.CERTIFICATE) from None
        except requests.exceptions.ConnectTimeout:
            raise self.refused(Refusal.UNREACHABLE, "no connection in time") from None
        except (requests.exceptions.Timeout, requests.exceptions.ChunkedEncodingError):
            raise Unanswered(Refusal.SILENT, self.site.name) from None
        except requests.exceptions.ConnectionError as error:
            raise self._no_connection(error) from None
        except requests.exceptions.RequestException as error:
            raise self.refused(Refusal.UNREADABLE, type(error).__name__) from None

    def _no_connection(self, error: requests.exceptions.ConnectionError) -> Refused:
        """Not reached at all, or broken off after it was sent."""
        if isinstance(error, requests.exceptions.ProxyError):
            return self.refused(Refusal.UNREACHABLE, "the proxy of this computer is in the way")
        cause = type(getattr(error.args[0] if error.args else None, "reason", None)).__name__
        if cause in {"NewConnectionError", "NameResolutionError", "ConnectTimeoutError"}:
            return self.refused(Refusal.UNREACHABLE, urlsplit(self.site.url).netloc)
        return Unanswered(Refusal.SILENT, self.site.name, "the connection broke")

    def _read(self, response: requests.Response) -> bytes:
        """The body, unpacked, within bounds."""
        parts, size, end = [], 0, time.monotonic() + DEADLINE
        for part in response.iter_content(65_536):
            size += len(part)
            parts.append(part)
            if size > LARGEST:
                raise self.refused(Refusal.UNREADABLE, f"more than {LARGEST // 1024**2} MB")
            if time.monotonic() > end:
                raise Unanswered(Refusal.SILENT, self.site.name)
        return b"".join(parts)

    def _follow(self, method: str, here: str, there: str) -> None:
        """Whether a redirect may be followed. Raises Refused (moved)."""
        if method != "GET" or _origin(here) != _origin(there):
            raise self.refused(Refusal.MOVED, saying(_shown_origin(there)))

    def _safe(self, detail: str) -> str:
        """Without the secret; of texts that were not cut yet."""
        return self.password.hidden_in(detail, self.site.user or "")


def _answer(response: requests.Response, body: bytes) -> Answer:
    """What came, JSON found behind what a site prints around it: notices, marks, comments."""
    try:
        document, is_json = _document(body), True
    except Unreadable:
        document, is_json = None, False
    return Answer(
        status=response.status_code,
        wait=asked_wait(response.headers.get("Retry-After", ""), datetime.now(UTC)),
        document=document,
        is_json=is_json,
        is_page=_PAGE.match(body) is not None,
    )


def _document(body: bytes) -> Any:
    """The JSON of an answer. Raises Unreadable where there is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return json_value(body)


def _onward(response: requests.Response) -> str | None:
    """Where an answer sends us on, absolute."""
    place = response.headers.get("Location")
    if response.status_code not in REDIRECTS or not place:
        return None
    try:
        return urljoin(response.url, place)
    except ValueError:
        return place


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        place = parts.scheme, parts.hostname, parts.port
    except ValueError:
        return "", None, None
    return place


def _shown_origin(url: str) -> str:
    scheme, host, port = _origin(url)
    if not host:
        return "an address that is none"
    return f"{scheme}://{host}" + (f":{port}" if port else "")
