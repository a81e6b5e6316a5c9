"""How a spider asks its outlet: one address at a time, within a budget, troubles by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapy import Request, Spider, signals
from scrapy.http.request import NO_CALLBACK

from crawler.models import Layer, Lead, ListingPage, Response, SnapshotKind, Way
from crawler.outcomes import Reason, Trouble, judge_failure, judge_status
from crawler.reading import Unreadable
from crawler.reading.headers import proving
from crawler.run.crawl_task import Assignment, Errand, Tally
from crawler.run.turns import aside
from crawler.urls import belongs

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from scrapy.crawler import Crawler
    from scrapy.http import Response as Download

    from crawler.reading.page.forward import Forward

T = TypeVar("T")
# Pages that stand between us and what was asked for: never an answer, whatever their status.
GATES = frozenset({Reason.CHALLENGE, Reason.CONSENT})
# characters of an address in a note
LONGEST_SHOWN = 300
DAY = timedelta(days=1)
NOT_MODIFIED = 304
MOVED_FOR_GOOD = 301
PERMANENT = frozenset({MOVED_FOR_GOOD, 308})
# RFC 9110, 15.4: the piece has a new address, for good; a page that only sends on says the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an outlet answered."""

    url: str
    # the address asked for (never what the answer says of itself)
    status: int
    # 200
    headers: dict[str, str]
    # lower-case names
    body: bytes
    # decompressed
    charset: str | None
    # of the Content-Type header
    fetched: datetime
    # aware, UTC
    landed: str = ""
    # the address that answered in the end, after redirects
    sent_on: tuple[int, ...] = ()
    # statuses of the redirects on the way: (301,)
    digest: str = ""
    # BLAKE2b of the body, 16 bytes in hexadecimal

    @property
    def response(self) -> Response:
        """How it came, as the record keeps it beside the bytes."""
        return Response(
            status=self.status,
            headers=proving(self.headers),
            landed=self.landed or self.url,
            digest=self.digest or _digest(self.body),
        )

    @property
    def place(self) -> dict[str, Any]:
        """Where the request ended, for the facts kept beside a page; empty where it was asked."""
        if not self.sent_on:
            return {}
        return {"landed": self.landed, "for_good": PERMANENT.issuperset(self.sent_on)}


def attend(crawler: Crawler, assignment: Assignment | Errand) -> None:
    """The outlet's own pace, and a count of everything that is sent to it."""
    crawler.settings.set("DOWNLOAD_DELAY", assignment.outlet.delay, priority="spider")
    crawler.signals.connect(
        _Counter(assignment).count, signals.request_reached_downloader, weak=False
    )


class _Counter:
    """Counts what is sent to the outlet, robots.txt and retries too."""

    def __init__(self, assignment: Assignment | Errand) -> None:
        self.tally = assignment.tally

    def count(self) -> None:
        self.tally.requests += 1


class Asking:
    """One outlet's conversation: asks, judges, delivers."""

    def __init__(self, spider: Spider, assignment: Assignment | Errand) -> None:
        self.spider = spider
        self.outlet = assignment.outlet
        self.budget = assignment.budget
        self.way = assignment.find.way if isinstance(assignment, Assignment) else Way.PROOF
        self.tally = assignment.tally

    async def get(
        self, url: str, *, also: Sequence[int] = (), known: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer at `url`. Statuses in `also` are answers too, but for a page between.

        `known` are the validators of what we have: 304 answers that it is the same. Raises
        Trouble for everything else, when the request budget is spent, and when what came before
        could not be kept.
        """
        if self.tally.fault is not None:
            raise Trouble(Reason.INTERRUPTED, "nothing more can be kept")
        if self.tally.requests >= self.budget:
            words = f"{self.tally.requests} requests made, the budget is spent"
            raise Trouble(Reason.BUDGET, words, requests=self.tally.requests)
        answer = _answer(await self._response(url, known or {}), url)
        trouble = judge_status(answer.status, answer.headers, answer.body)
        if trouble and (answer.status not in also or trouble.reason in GATES):
            raise trouble.said(f"{shown(url)} {trouble.note}", address=shown(url))
        return answer

    async def piece(self, url: str, *, known: Mapping[str, str] | None = None) -> Answer:
        """The page of a piece: one that only sends on is followed once, on its own site.

        With the validators `known` it may answer 304, without a body. Raises Trouble as `get`
        does, and where a page leads elsewhere, nowhere or on again.
        """
        answer = await self.get(url, also=(NOT_MODIFIED,) if known else (), known=known)
        ahead = None if answer.status == NOT_MODIFIED else _forward(answer)
        if ahead is None:
            return answer
        if not belongs(ahead.url, self.outlet):
            raise Trouble(Reason.OFF_LIMITS, f"{shown(url)}: {ahead.told}", address=shown(url))
        parts = urlsplit(ahead.url)
        if ahead.url == (answer.landed or url) or not (parts.path.strip("/") or parts.query):
            # again and again, or to the front page, as what is gone does
            raise Trouble(Reason.REDIRECTS, f"{shown(url)}: {ahead.told}", address=shown(url))
        try:
            found = await self.get(ahead.url)
        except Trouble as trouble:
            raise trouble.said(f"{shown(url)}: {ahead.told}: {trouble.note}") from None
        if _forward(found):
            words = f"{shown(url)}: {ahead.told}, and so does that"
            raise Trouble(Reason.REDIRECTS, words, address=shown(url))
        return replace(found, url=url, sent_on=(*answer.sent_on, MOVED_FOR_GOOD, *found.sent_on))

    async def _response(self, url: str, headers: Mapping[str, str]) -> Download:
        engine = self.spider.crawler.engine
        assert engine is not None
        try:
            request = Request(url, headers=dict(headers), callback=NO_CALLBACK, dont_filter=True)
        except ValueError as error:
            raise Trouble(Reason.OFF_LIMITS, f"{url[:200]}: not an address") from error
        try:
            return await engine.download_async(request)
        except Exception as error:
            if trouble := judge_failure(error, shown(url)):
                raise trouble from error
            raise

    def page(
        self,
        answer: Answer,
        leads: Sequence[Lead],
        *,
        layer: Layer,
        kind: SnapshotKind,
        site: dict[str, Any] | None = None,
        aside: bool = False,
    ) -> ListingPage:
        """The item to yield: those leads, with the bytes they stood in."""
        self.tally.delivered += 1
        return ListingPage(
            outlet=self.outlet.slug,
            way=self.way,
            layer=layer,
            kind=kind,
            url=answer.url,
            fetched=answer.fetched,
            body=answer.body,
            charset=answer.charset,
            leads=tuple(leads),
            site=site or {},
            aside=aside,
            response=answer.response,
        )


def _forward(answer: Answer) -> Forward | None:
    from crawler.reading.page.forward import forward_in  # noqa: PLC0415 - listings are no pages

    landed = answer.landed or answer.url
    return forward_in(answer.body, url=landed, charset=answer.charset, headers=answer.headers)


def _answer(response: Download, url: str) -> Answer:
    headers = {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }
    return Answer(
        url=url,
        status=response.status,
        headers=headers,
        body=response.body,
        charset=_charset(headers.get("content-type", "")),
        fetched=datetime.now(UTC),
        landed=response.url,
        sent_on=_sent_on(response),
        digest=_digest(response.body),
    )


def _digest(body: bytes) -> str:
    return blake2b(body, digest_size=16).hexdigest()


def _sent_on(response: Download) -> tuple[int, ...]:
    reasons = response.request.meta.get("redirect_reasons", ()) if response.request else ()
    return tuple(reason if isinstance(reason, int) else 0 for reason in reasons)


def shown(url: str) -> str:
    """An address as a note names it: path and query, as they were asked."""
    parts = urlsplit(url)
    asked = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or url
    return asked if len(asked) <= LONGEST_SHOWN else f"{asked[:LONGEST_SHOWN]}..."


def _charset(content_type: str) -> str | None:
    """The charset parameter of a Content-Type header (RFC 9110, 8.3.1)."""
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip():
            return value.strip().strip("\"'").lower()
    return None


def reading(parse: Callable[[bytes], T], answer: Answer) -> T:
    """What a reader makes of an answer. Raises Trouble (unreadable) with the reader's reason."""
    try:
        return parse(answer.body)
    except Unreadable as error:
        words = f"{shown(answer.url)}: {error}"
        raise Trouble(Reason.UNREADABLE, words, address=shown(answer.url)) from error


async def reading_aside(parse: Callable[[bytes], T], answer: Answer) -> T:
    """`reading` of what may be long."""
    return await aside(len(answer.body), reading, parse, answer)


def doubt_ends(tally: Tally) -> None:
    """Where a listing broke off, rows may be missing: nothing is complete, and nothing gone.

    Raises Trouble (broken-off).
    """
    if tally.broken_off:
        raise _broken_off(tally)


def end_of_walk(tally: Tally, trouble: Trouble) -> Trouble:
    """What ended a walk: a gap behind a listing that broke off is that listing's."""
    missing = trouble.reason in {Reason.GAP, Reason.EMPTY, Reason.SILENT}
    return _broken_off(tally) if tally.broken_off and missing else trouble


def _broken_off(tally: Tally) -> Trouble:
    first = f"{shown(tally.broken_off[0])} breaks off in the middle: its whole rows were read"
    more = len(set(tally.broken_off)) - 1
    others = f", and so do {more} of its other pages" if more else ""
    address = shown(tally.broken_off[0])
    return Trouble(Reason.BROKEN_OFF, first + others, address=address, pages=more + 1)


# So many pieces expected and none listed: by Poisson less than one chance in a hundred.
EXPECTED = 5.0
# A single vanished piece may be deleted; a whole window that empties is a broken listing.
VANISHED = 3


def doubt_silence(assignment: Assignment, layer: Layer, missing: int) -> None:
    """An empty window is believed only where the outlet's own history allows it.

    Raises Trouble (silent) where the record has pieces in this window, or where the
    outlet usually publishes so much that nothing at all is not credible.
    """
    if assignment.tally.seen or not assignment.silence_is_ours:
        return
    if missing >= VANISHED:
        words = f"lists nothing where the record has {missing} pieces"
        raise Trouble(Reason.SILENT, words, missing=missing)
    usual = assignment.memory.usual_per_day(layer)
    days = (min(assignment.window.end, assignment.now) - assignment.window.start) / DAY
    if usual and usual * days >= EXPECTED:
        words = f"lists nothing in {days:.0f} days; usually {usual:.0f} a day"
        raise Trouble(Reason.SILENT, words, days=round(days), per_day=round(usual))


# More vanished rows than a fifth of what came are a broken listing, not deletions.
FEW = 3
PART = 0.2


def believe_gone(assignment: Assignment, missing: Collection[int]) -> None:
    """Take known pieces that were not listed for gone, unless they are too many: then say so.

    Of one of several sections nobody can tell: the piece may stand in another.
    """
    tally = assignment.tally
    if assignment.section:
        return
    if len(missing) <= max(FEW, PART * len(tally.seen)):
        tally.gone.update(missing)
        return
    tally.notes.append(f"{len(missing)} known pieces were not listed: not believed gone")


def with_query(url: str, **parameters: object) -> str:
    """`url` with these parameters added."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    query.update({name: str(value) for name, value in parameters.items()})
    return urlunsplit(parts._replace(query=urlencode(query, safe=",:")))
