"""How a check ends, and how each ending is recognised from real signals (pure).

Every trouble a listing can be in has a name here, one outcome of the closed list
in `contract.md`, and one sentence that tells a person what to do next.
The marks of challenge pages are those that thousands of public scrapers meet
(All The Places' failure classes, Cloudflare, Imperva, Sucuri and DataDome
answers); a mark counts only where the body is not what was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from crawler.models import Check, Outcome


class Reason(StrEnum):
    """Why a listing could not be read to the end."""

    ROBOTS = "robots"
    FORBIDDEN = "forbidden"
    RATE_LIMIT = "rate-limit"
    CHALLENGE = "challenge"
    CONSENT = "consent"
    NOT_FOUND = "not-found"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    SILENT = "silent"
    TOO_LARGE = "too-large"
    REDIRECTS = "redirects"
    OFF_LIMITS = "off-limits"
    PRIVATE = "private-address"
    PROXY = "proxy"
    DNS = "dns"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    CERTIFICATE = "certificate"
    SERVER_ERROR = "server-error"
    BUDGET = "budget"
    GAP = "gap"
    NOT_COUNTED = "not-counted"
    SHORT = "short"
    BROKEN_OFF = "broken-off"
    NO_WAY = "no-way"
    INTERRUPTED = "interrupted"
    FAULT = "fault"
    DECLINED = "declined"
    NO_ADDRESS = "no-address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a reason means for the ledger and for the person who reads it."""

    outcome: Outcome
    # how the check ended: Outcome.BLOCKED
    what_to_do: str
    # one sentence, what to do: "Raise `delay` in {file} ..."
    # `file` is the outlet's own

    @property
    def next_step(self) -> str:
        """What to do, where no outlet of the workspace is meant."""
        return self.step_in("the outlet's file")

    def step_in(self, file: str) -> str:
        """What to do, with the outlet's own file: `outlets/gazeta-shembull.toml`."""
        return self.what_to_do.format(file=file)


MEANINGS: Mapping[Reason, Meaning] = {
    Reason.ROBOTS: Meaning(
        outcome=Outcome.BLOCKED,
        what_to_do="Its robots.txt asks us to stay away: look by hand and record it with "
        "`jehona checked`, or ask the outlet for leave.",
    ),
    Reason.FORBIDDEN: Meaning(
        outcome=Outcome.BLOCKED,
        what_to_do="One refusal disables nothing: crawl again in an hour; if it stays, declare "
        "another way in {file} or ask the outlet.",
    ),
    Reason.RATE_LIMIT: Meaning(
        outcome=Outcome.BLOCKED,
        what_to_do="It asked us to slow down: raise `delay` in {file} and crawl later.",
    ),
    Reason.CHALLENGE: Meaning(
        outcome=Outcome.BLOCKED,
        what_to_do="It lets only people in: look by hand and record it with `jehona checked`.",
    ),
    Reason.CONSENT: Meaning(
        outcome=Outcome.BLOCKED,
        what_to_do="It shows a consent page first: look by hand and record it with `jehona "
        "checked`, or declare a feed in {file}.",
    ),
    Reason.NOT_FOUND: Meaning(
        outcome=Outcome.BROKEN,
        what_to_do="The address in {file} leads nowhere: find the new one and write it under "
        "[[find]].",
    ),
    Reason.UNREADABLE: Meaning(
        outcome=Outcome.BROKEN,
        what_to_do="It answered something that is not a listing: open the address in a browser "
        "and correct [[find]] in {file}.",
    ),
    Reason.EMPTY: Meaning(
        outcome=Outcome.BROKEN,
        what_to_do="It answered without a single row: open the address in a browser; if pieces "
        "stand there, correct [[find]] in {file}.",
    ),
    Reason.SILENT: Meaning(
        outcome=Outcome.BROKEN,
        what_to_do="It lists nothing where it usually publishes: look by hand before you "
        "believe it, and record it with `jehona checked`.",
    ),
    Reason.TOO_LARGE: Meaning(
        outcome=Outcome.BROKEN,
        what_to_do="The answer is larger than a listing can be: check the address under [[find]].",
    ),
    Reason.REDIRECTS: Meaning(
        outcome=Outcome.BROKEN,
        what_to_do="It redirects in circles: open the address in a browser and write where it "
        "ends under [[find]].",
    ),
    Reason.OFF_LIMITS: Meaning(
        outcome=Outcome.BROKEN,
        what_to_do="It leads to a host that is not declared as the outlet's own: if it is, add "
        "it to `hosts` in {file}.",
    ),
    Reason.PRIVATE: Meaning(
        outcome=Outcome.UNREACHABLE,
        what_to_do="It leads into a private network, where only what you typed is asked: if it "
        "is meant, write `private = true` in {file}.",
    ),
    Reason.PROXY: Meaning(
        outcome=Outcome.UNREACHABLE,
        what_to_do="The proxy of this computer stands between: check http_proxy, https_proxy "
        "and no_proxy (docs/etiquette.md), then crawl again.",
    ),
    Reason.DNS: Meaning(
        outcome=Outcome.UNREACHABLE,
        what_to_do="The name does not resolve: check the address and the connection, then crawl "
        "again.",
    ),
    Reason.REFUSED: Meaning(
        outcome=Outcome.UNREACHABLE,
        what_to_do="No server answers there: check the address and the connection, then crawl "
        "again.",
    ),
    Reason.TIMEOUT: Meaning(
        outcome=Outcome.UNREACHABLE,
        what_to_do="It did not answer in time: crawl again later.",
    ),
    Reason.CERTIFICATE: Meaning(
        outcome=Outcome.UNREACHABLE,
        what_to_do="Its certificate is not valid for this name: tell the outlet, and crawl "
        "again when it is mended.",
    ),
    Reason.SERVER_ERROR: Meaning(
        outcome=Outcome.UNREACHABLE,
        what_to_do="The outlet's server fails: crawl again later.",
    ),
    Reason.BUDGET: Meaning(
        outcome=Outcome.PARTIAL,
        what_to_do="The request budget was spent: crawl a shorter window, or raise --budget.",
    ),
    Reason.GAP: Meaning(
        outcome=Outcome.PARTIAL,
        what_to_do="Its listing does not reach back far enough: crawl more often, or look by "
        "hand and record it with `jehona checked`.",
    ),
    Reason.NOT_COUNTED: Meaning(
        outcome=Outcome.PARTIAL,
        what_to_do="Not all that it lists could be asked or counted: look by hand for the rest.",
    ),
    Reason.SHORT: Meaning(
        outcome=Outcome.PARTIAL,
        what_to_do="Fewer rows came than the outlet counts: crawl again.",
    ),
    Reason.BROKEN_OFF: Meaning(
        outcome=Outcome.PARTIAL,
        what_to_do="Its listing breaks off in the middle, and only its whole rows were read: "
        "crawl again; if it stays, tell the outlet.",
    ),
    Reason.NO_WAY: Meaning(
        outcome=Outcome.BROKEN,
        what_to_do="No way of finding leads to a listing: write one under [[find]] in {file}, "
        "or look by hand and record it with `jehona checked`.",
    ),
    Reason.INTERRUPTED: Meaning(
        outcome=Outcome.PARTIAL,
        what_to_do="The crawl was interrupted: start it again, it goes on where it was.",
    ),
    Reason.FAULT: Meaning(
        outcome=Outcome.BROKEN,
        what_to_do="Our own reader failed on its answer: please report it with the outlet's "
        "address.",
    ),
    Reason.DECLINED: Meaning(
        outcome=Outcome.DECLINED,
        what_to_do="It asked not to be read: look by hand and record it with `jehona checked`.",
    ),
    Reason.NO_ADDRESS: Meaning(
        outcome=Outcome.NO_ADDRESS,
        what_to_do='Write its address as `home = "https://..."` in {file}.',
    ),
}


# What a trouble may count or name, and under which name.
NUMBERS: Mapping[str, str] = {
    "address": "what was asked: path and query, or the whole address where nothing answered",
    "status": "of HTTP",
    "requests": "that were made when the budget was spent",
    "listed": "rows that the outlet counts",
    "read": "rows that came",
    "rows": "of a page that gives no more",
    "pages": "that broke off, were refused, or were read before the budget was spent",
    "wanted": "pages that were to be read",
    "files": "sitemaps after which no more are asked",
    "levels": "of sitemap indexes inside each other",
    "types": "of post that the outlet has",
    "asked": "types of post that were asked",
    "missing": "pieces of the record that are not listed any more",
    "days": "in which nothing is listed",
    "per_day": "pieces that it usually lists",
    "since": "first moment of a possible gap, ISO 8601",
    "until": "end of a possible gap, ISO 8601",
    "unread": "rows that could not be read",
}


class Trouble(Exception):
    """A listing cannot be read: why, and what was seen. One line.

    `numbers` are what the line counts or names, for whoever says it in other words: {"status": 403,
    "address": "/rss.xml"}; moments are ISO 8601. Their names stand in docs/outcomes.md.
    """

    def __init__(self, reason: Reason, note: str, **numbers: int | float | str) -> None:
        super().__init__(note)
        self.reason = reason
        self.note = note
        self.numbers = numbers

    def said(self, note: str, **numbers: int | float | str) -> Trouble:
        """The same trouble in other words, with further numbers."""
        return type(self)(self.reason, note, **{**self.numbers, **numbers})

    @property
    def outcome(self) -> Outcome:
        """The outcome of a check that found nothing but this."""
        return MEANINGS[self.reason].outcome

    @property
    def next_step(self) -> str:
        """One sentence for the person who reads the ledger."""
        return MEANINGS[self.reason].next_step


# The first kilobytes tell: a challenge page is small and its marks stand in head and body.
HEAD_BYTES = 65_536
CHALLENGE = re.compile(
    rb"just a moment\.\.\.|challenge-form|/cdn-cgi/challenge-platform|checking your browser"
    rb"|attention required! \| cloudflare|enable javascript and cookies to continue"
    rb"|_incapsula_resource|sucuri_cloudproxy|captcha-delivery\.com|px-captcha"
    rb"|verify(?:ing)? (?:that )?you are (?:a )?human|ddos-guard|awswafintegration",
    re.IGNORECASE,
)
CONSENT = re.compile(
    rb"consent\.(?:google|yahoo|youtube)\.com|id=[\"']?(?:consent-page|privacy-gate|cookie-wall)"
    rb"|class=[\"'][^\"']*(?:consent-page|privacy-gate|cookie-wall)"
    rb"|before you continue|pr[ea]nimi i cookies|accept cookies to continue"
    rb"|pranoni cookies p[e\xc3\xab]r t[e\xc3\xab] vazhduar",
    re.IGNORECASE,
)
# One of these stands in every page that the patterns find, in small letters: looking for them first
# costs a hundredth of a search without regard to case (8 ms a page of 94 KiB).
CHALLENGE_MARKS = (
    b"just a moment...",
    b"challenge-form",
    b"/cdn-cgi/challenge-platform",
    b"checking your browser",
    b"attention required! | cloudflare",
    b"enable javascript and cookies to continue",
    b"_incapsula_resource",
    b"sucuri_cloudproxy",
    b"captcha-delivery.com",
    b"px-captcha",
    b"you are human",
    b"you are a human",
    b"ddos-guard",
    b"awswafintegration",
)
CONSENT_MARKS = (
    b"consent.google.com",
    b"consent.yahoo.com",
    b"consent.youtube.com",
    b"consent-page",
    b"privacy-gate",
    b"cookie-wall",
    b"before you continue",
    b"nimi i cookies",
    b"accept cookies to continue",
    b"pranoni cookies",
)
# What only pages of pieces say: a gate has no date of publication. Cloudflare adds the address of
# its challenges to pages that it lets through.
PIECE_MARKS = (b"article:published_time", b'"datePublished"')
MARKUP = re.compile(
    rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)

# HTTP statuses that say what is wrong by themselves (RFC 9110, RFC 6585).
STATUSES: Mapping[int, tuple[Reason, str]] = {
    401: (Reason.FORBIDDEN, "refused: log in first"),
    402: (Reason.FORBIDDEN, "refused: payment required"),
    403: (Reason.FORBIDDEN, "refused"),
    404: (Reason.NOT_FOUND, "not found"),
    407: (Reason.FORBIDDEN, "refused by a proxy"),
    410: (Reason.NOT_FOUND, "gone for good"),
    429: (Reason.RATE_LIMIT, "too many requests"),
    451: (Reason.FORBIDDEN, "refused for legal reasons"),
}
SUCCESS = range(200, 300)
SERVER_ERRORS = range(500, 600)


def judge_status(status: int, headers: Mapping[str, str], body: bytes) -> Trouble | None:
    """Name the trouble of an answer by its status and marks; None where there is none.

    `headers` have lower-case names. A body is only searched for marks where it is
    markup: a feed that *reports* about a challenge page is still a feed.
    """
    if gate := _gate(headers, body):
        return Trouble(gate, f"answered {status} with a {gate} page", status=status)
    if status in SUCCESS:
        return None
    other = (Reason.SERVER_ERROR, "server error") if status in SERVER_ERRORS else None
    reason, words = STATUSES.get(status) or other or (Reason.UNREADABLE, "no listing")
    return Trouble(reason, f"answered {status} ({words})", status=status)


def _gate(headers: Mapping[str, str], body: bytes) -> Reason | None:
    """A page between us and the listing: challenge or consent."""
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return Reason.CHALLENGE
    head = body[:HEAD_BYTES]
    if not MARKUP.match(head) or any(mark in head for mark in PIECE_MARKS):
        return None
    if _bears(head, CHALLENGE_MARKS, CHALLENGE):
        return Reason.CHALLENGE
    return Reason.CONSENT if _bears(head, CONSENT_MARKS, CONSENT) else None


def _bears(head: bytes, marks: Iterable[bytes], pattern: re.Pattern[bytes]) -> bool:
    """Whether the pattern is found; it is asked only where one of its marks stands."""
    small = head.lower()
    return any(mark in small for mark in marks) and pattern.search(head) is not None


# What a downloader raises, by the name of its class (Scrapy 2.19, Twisted): names, so
# that this module stays free of both.
FAILURES: Mapping[str, tuple[Reason, str]] = {
    "CannotResolveHostError": (Reason.DNS, "its name does not resolve"),
    "DownloadConnectionRefusedError": (Reason.REFUSED, "nothing answers at its address"),
    "ConnectError": (Reason.REFUSED, "no connection to its address"),
    "NoRouteError": (Reason.REFUSED, "no route to its address"),
    "DownloadTimeoutError": (Reason.TIMEOUT, "did not answer in time"),
    "TimeoutError": (Reason.TIMEOUT, "did not answer in time"),
    "DownloadCancelledError": (Reason.TOO_LARGE, "the answer is larger than a listing can be"),
    "ResponseDataLossError": (Reason.UNREADABLE, "the answer broke off in the middle"),
    "DownloadFailedError": (Reason.REFUSED, "the connection broke"),
    "UnsupportedURLSchemeError": (Reason.OFF_LIMITS, "leads to something that is not the web"),
    "ConnectionResetError": (Reason.REFUSED, "the connection broke"),
}


def judge_failure(error: BaseException, url: str) -> Trouble | None:
    """Name the trouble of a request that got no answer; None: not a known failure."""
    if isinstance(error, Trouble):
        return error
    words = str(error)
    if "certificate" in words.lower():
        return Trouble(Reason.CERTIFICATE, f"{url}: its certificate is not valid", address=url)
    if "max redirections" in words:
        return Trouble(Reason.REDIRECTS, f"{url}: redirects without end", address=url)
    if "DOWNLOAD_MAXSIZE" in words:
        note = f"{url}: unpacks to more than a listing can be"
        return Trouble(Reason.TOO_LARGE, note, address=url)
    names = (cls.__name__ for cls in type(error).__mro__)
    known = next((FAILURES[name] for name in names if name in FAILURES), None)
    return Trouble(known[0], f"{url}: {known[1]}", address=url) if known else None


RANK: Mapping[Outcome, int] = {
    outcome: rank
    for rank, outcome in enumerate(
        (
            Outcome.COMPLETE,
            Outcome.CHECKED_BY_HAND,
            Outcome.PARTIAL,
            Outcome.BLOCKED,
            Outcome.BROKEN,
            Outcome.UNREACHABLE,
            Outcome.DECLINED,
            Outcome.NO_ADDRESS,
        )
    )
}


def best(checks: Iterable[Check]) -> Check:
    """The check that speaks for its outlet: the best outcome, the first of equals.

    Several checks of one way are sections of the outlet: the one that speaks has read what all of
    them did.
    Raises ValueError where there is no check: an outlet without one has not been asked.
    """
    made = tuple(checks)
    speaks = min(made, key=lambda check: RANK[check.outcome])
    sections = [check for check in made if check.way is speaks.way]
    if len(sections) == 1:
        return speaks
    counts = [check.listed for check in sections if check.listed is not None]
    listed = sum(counts) if len(counts) == len(sections) else None
    return replace(speaks, read=sum(check.read for check in sections), listed=listed)


# What leaves the exit code at 0: nobody failed (contract.md, exit codes).
PEACEFUL = frozenset(
    {Outcome.COMPLETE, Outcome.DECLINED, Outcome.NO_ADDRESS, Outcome.CHECKED_BY_HAND}
)
# What brought rows.
FRUITFUL = frozenset({Outcome.COMPLETE, Outcome.PARTIAL, Outcome.CHECKED_BY_HAND})


def exit_code(outcomes: Iterable[Outcome]) -> int:
    """0 done, 3 done in part, 1 nothing could be done (contract.md).

    Outlets that decline or have no address neither help nor raise it.
    """
    ended = tuple(outcomes)
    if all(outcome in PEACEFUL for outcome in ended):
        return 0
    return 3 if any(outcome in FRUITFUL for outcome in ended) else 1
