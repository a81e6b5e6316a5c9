"""Finding by sitemaps: the files that may hold the window, then pages, newest first.

`url` is a sitemap, an index, or the front page or robots.txt that names them. A row seldom tells
when its piece was published: the address's day and `lastmod` (not older than) choose candidates,
their pages tell, until a whole batch is older than the window. News sitemaps carry headline and
date: their rows are coverage without a page.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from crawler.limits import SITEMAP_DEPTH, SITEMAPS
from crawler.models import Layer, Lead, ListingPage, SnapshotKind
from crawler.outcomes import Reason, Trouble
from crawler.reading.robots import robots_text, sitemaps_of
from crawler.reading.sitemaps import (
    CORE,
    NO_NEWS,
    SitemapDocument,
    SitemapFile,
    SitemapRow,
    newest_first,
    newest_side,
    parse_sitemap,
    read_sitemap_row,
    sitemap_lead,
)
from crawler.urls import belongs
from spiders.asking import (
    Answer,
    believe_gone,
    doubt_ends,
    doubt_silence,
    reading_aside,
    shown,
)
from spiders.pages import CLOSED_DOOR, LASTING, Pages
from spiders.walk import Walk

if TYPE_CHECKING:
    from crawler.run.crawl_task import Assignment
from crawler.run.turns import aside

# Rows that are asked for before looking whether the window is passed.
BATCH = 10
# `lastmod` may mean that an old piece was edited: so many older batches end the walk.
PATIENCE = 3
USUAL = ("/sitemap_index.xml", "/sitemap.xml", "/wp-sitemap.xml")
NOT_THERE = (404, 410)
# Troubles after which no further file is asked.
NO_MORE = frozenset({Reason.BUDGET, Reason.RATE_LIMIT, Reason.INTERRUPTED})


class Sitemap(Walk):
    """Rows of sitemaps and the pages of those that may lie in the window."""

    name = "sitemap"

    def __init__(self, assignment: Assignment) -> None:
        super().__init__(assignment)
        self.pages = Pages(asking=self.asking, assignment=assignment)
        self.seen: set[str] = set()
        self.covered: set[str] = set()
        self.failed: list[Trouble] = []
        self.closed: Trouble | None = None
        self.files = self.in_a_row = self.answered = self.rows = self.ours = self.strangers = (
            self.others
        ) = 0
        self.oldest: datetime | None = None
        self.whole = self.passed = self.newer = False
        self.start_at = 0
        self.alone = True

    async def walk(self) -> AsyncIterator[ListingPage]:
        """Every page and row of the window."""
        async for page in self._find():
            yield page
        await self._settle()

    async def after(self) -> AsyncIterator[ListingPage]:
        """What a reader of the ledger should know."""
        if self.tally.trouble:
            # rows do not stand by their dates, so what was left out may lie anywhere
            self.tally.holes = self.tally.trouble.reason is not Reason.GAP
        self._remark()
        async for page in super().after():
            yield page

    async def _find(self) -> AsyncIterator[ListingPage]:
        roots = await self._roots()
        self.alone = len(roots) == 1
        for file in roots:
            if not belongs(file.url, self.assignment.outlet):
                self.strangers += 1
                continue
            async for page in self._file(file, depth=0):
                yield page
            if self._guessed(file) and self.answered:
                break
        self._doubt_files()

    def _doubt_files(self) -> None:
        """No file answered, or none has a row of ours: then nothing was found. Raises Trouble."""
        if not self.answered and self.failed:
            raise self.failed[0]
        if not self.answered:
            words = "robots.txt names no sitemap of its own, and the usual addresses hold none"
            raise Trouble(Reason.NOT_FOUND, words)
        if not self.rows and not self.whole and not self.failed:
            raise Trouble(Reason.EMPTY, f"{shown(self.assignment.find.url)} lists not a single row")
        if self.rows and not self.ours:
            raise Trouble(Reason.OFF_LIMITS, "every row of its sitemaps leads to other hosts")

    async def _settle(self) -> None:
        """The walk is done: doubt an empty window, name what vanished and what was refused."""
        if self.failed:
            raise self.failed[0]
        doubt_ends(self.tally)
        missing = self.assignment.memory.missing(Layer.SITEMAP, self.window, ())
        self._doubt_refusals()
        doubt_silence(self.assignment, Layer.SITEMAP, len(missing))
        self._doubt_reach()
        self.tally.reached = self.window.start
        believe_gone(self.assignment, missing)

    def _doubt_refusals(self) -> None:
        """A refused page whose row tells no headline and date is no coverage. Raises Trouble."""
        refused = {u: t for u, t in self.pages.refused.items() if u not in self.covered}
        if refused:
            url, trouble = next(iter(refused.items()))
            words = f"{len(refused)} pages that may lie in the window were refused"
            words = f"{words}, first {shown(url)}: {trouble.note}"
            raise trouble.said(words, pages=len(refused), address=shown(url))

    def _doubt_reach(self) -> None:
        """A listing of the newest pieces only may begin inside the window. Raises Trouble (gap)."""
        if self.whole or (self.oldest and self.oldest < self.window.start):
            return
        begins = self.oldest or self.window.end
        if self.assignment.memory.covered(self.window.start, min(begins, self.assignment.now)):
            return
        self.tally.reached = max(begins, self.window.start)
        words = f"its sitemaps begin at {begins:%Y-%m-%d %H:%M}"
        raise Trouble(Reason.GAP, words, until=begins.isoformat(timespec="seconds"))

    def _remark(self) -> None:
        """What a reader of the ledger should know."""
        if self.strangers:
            self.tally.notes.append(f"{self.strangers} rows lead to other hosts: not followed")
        if self.others:
            self.tally.notes.append(f"{self.others} sitemaps of other things were left out")

    # --- which files

    async def _roots(self) -> tuple[SitemapFile, ...]:
        """The declared sitemap, or those that robots.txt names, or the usual ones."""
        url = self.assignment.find.url
        if urlsplit(url).path not in {"", "/", "/robots.txt"} or urlsplit(url).query:
            return (SitemapFile(url=url),)
        named = await self._named(urljoin(url, "/robots.txt"))
        usual = tuple(urljoin(url, path) for path in USUAL)
        return tuple(SitemapFile(url=address) for address in named or usual)

    async def _named(self, robots: str) -> tuple[str, ...]:
        answer = await self.asking.get(robots, also=NOT_THERE)
        if answer.status in NOT_THERE:
            return ()
        return sitemaps_of(robots_text(answer.body, answer.charset), robots)

    async def _file(self, file: SitemapFile, *, depth: int) -> AsyncIterator[ListingPage]:
        """One file and everything below it."""
        if file.url in self.seen:
            if depth:
                self.tally.notes.append(f"{shown(file.url)} names itself: read once")
            return
        self.seen.add(file.url)
        answered = await self._document(file, depth)
        if answered is None:
            return
        answer, found = answered
        self.answered += 1
        self.in_a_row = 0
        if found.files:
            async for page in self._index(found.files, depth + 1):
                yield page
        elif found.rows:
            async for page in self._walk(found, answer):
                yield page

    async def _document(
        self, file: SitemapFile, depth: int
    ) -> tuple[Answer, SitemapDocument] | None:
        """What the file's address answers, read; one of several may fail alone."""
        guessed = self._guessed(file)
        try:
            self._bound(file, depth)
            answer = await self.asking.get(file.url, also=NOT_THERE if guessed else ())
            return None if answer.status in NOT_THERE else (answer, await self._read(answer))
        except Trouble as trouble:
            if (self.alone and not depth) or trouble.reason in NO_MORE:
                raise
            # a site that answers its home page for everything has no sitemap at a usual address
            if not guessed or trouble.reason is not Reason.UNREADABLE:
                self._fail(trouble)
            return None

    def _fail(self, trouble: Trouble) -> None:
        """Name it and go on. Raises it again where refusals in a row are a closed door."""
        self.failed.append(trouble)
        self.in_a_row += trouble.reason not in LASTING
        if self.in_a_row >= CLOSED_DOOR:
            raise trouble

    def _guessed(self, file: SitemapFile) -> bool:
        return file.url != self.assignment.find.url and urlsplit(file.url).path in USUAL

    def _bound(self, file: SitemapFile, depth: int) -> None:
        self.files += 1
        if depth > SITEMAP_DEPTH:
            raise Trouble(
                Reason.UNREADABLE, f"{shown(file.url)}: an index {depth} levels deep", levels=depth
            )
        if self.files > SITEMAPS:
            raise Trouble(Reason.BUDGET, f"more than {SITEMAPS} sitemaps", files=SITEMAPS)

    async def _read(self, answer: Answer) -> SitemapDocument:
        found = await reading_aside(
            lambda body: parse_sitemap(body, url=answer.url, base=answer.fetched, zone=self.zone),
            answer,
        )
        if not found.whole:
            self.tally.broken_off.append(answer.url)
        if found.unread:
            self.tally.notes.append(f"{shown(answer.url)}: {found.unread} rows name no address")
        if found.cut:
            self.tally.notes.append(f"{shown(answer.url)} holds more rows than a sitemap may")
        self.rows += len(found.rows)
        return found

    async def _index(self, files: Sequence[SitemapFile], depth: int) -> AsyncIterator[ListingPage]:
        """The files of an index that may hold the window, series by series, newest first."""
        ours = [file for file in files if self._is_ours(file)]
        held = [file for file in ours if file.may_hold(self.window)]
        self.whole = self.whole or any("news" not in file.url for file in ours)
        series: dict[str, list[SitemapFile]] = {}
        for file in held:
            series.setdefault(file.series, []).append(file)
        for some in sorted(series.values(), key=lambda some: "news" not in some[0].url):
            async for page in self._series(some, depth):
                yield page

    def _is_ours(self, file: SitemapFile) -> bool:
        if not belongs(file.url, self.assignment.outlet):
            self.strangers += 1
            return False
        if NO_NEWS.search(urlsplit(file.url).path):
            self.others += 1
            return False
        return True

    async def _series(self, files: Sequence[SitemapFile], depth: int) -> AsyncIterator[ListingPage]:
        """Files that continue one another: from the newest end until the window is passed."""
        left, last = _by_age(files), True
        self.passed = self.newer = False
        while left:
            self.passed = False
            async for page in self._file(left.pop(-1 if last else 0), depth=depth):
                yield page
            if self.passed and (self.newer or not last):
                return
            # everything there was older: perhaps the newest stand at the other end
            last = last and not self.passed

    # --- which rows

    async def _walk(self, found: SitemapDocument, answer: Answer) -> AsyncIterator[ListingPage]:
        """The rows of one file that may lie in the window, the newest first."""
        self.whole = self.whole or bool(CORE.search(answer.url))
        ours, rows = await aside(len(answer.body), self._chosen, found, answer.url)
        self.ours += len(ours)
        certain = [row for row in rows if row.certain]
        async for page in self._batches(certain, answer, patience=len(certain)):
            yield page
        vague = [row for row in rows if not row.certain]
        async for page in self._vague(vague, answer):
            yield page
        if not rows and ours:
            self.passed = all(
                (row.span()[1] or self.window.end) < self.window.start for row in ours
            )

    def _chosen(
        self, found: SitemapDocument, url: str
    ) -> tuple[Sequence[SitemapRow], Sequence[SitemapRow]]:
        """The outlet's own rows, and those of them that may lie in the window, newest first."""
        for row in found.rows:
            self._note_age(row)
        ours = [row for row in found.rows if self._belongs(row)]
        return ours, newest_first(ours, self.window, newest_side(ours, url) or "last")

    async def _vague(
        self, rows: Sequence[SitemapRow], answer: Answer
    ) -> AsyncIterator[ListingPage]:
        """Rows that do not tell their day: jump to the window, walk through it."""
        modified = any(row.lastmod for row in rows)
        async for page in self._jump(rows):
            yield page
        start = self.start_at
        patience = PATIENCE if modified else 1
        async for page in self._batches(rows[start:], answer, patience=patience):
            yield page
        if modified and start:
            # edited since: a late `lastmod` hides when a piece was published
            async for page in self._batches(rows[:start], answer, patience=len(rows)):
                yield page

    async def _jump(self, rows: Sequence[SitemapRow]) -> AsyncIterator[ListingPage]:
        """Find the batch where the window ends: by ever longer leaps, then by halves."""
        self.start_at, low, high, step = 0, 0, None, BATCH
        if self.window.end >= self.assignment.now:
            return
        while (probe := min(low + step, len(rows) - 1)) > low and probe - low >= BATCH:
            async for page in self._ask(self._leads([rows[probe]])):
                yield page
            when = self.tally.dated.get(rows[probe].url)
            if when is not None and when >= self.window.end:
                low = probe
                step = step * 2 if high is None else (high - low) // 2
            else:
                high = probe
                step = (high - low) // 2
        self.start_at = low - low % BATCH if low >= BATCH else 0

    async def _batches(
        self, rows: Sequence[SitemapRow], answer: Answer, *, patience: int
    ) -> AsyncIterator[ListingPage]:
        """Batch after batch, until `patience` whole ones in a row were older than the window."""
        older = 0
        for first in range(0, len(rows), BATCH):
            batch = rows[first : first + BATCH]
            leads = self._leads(batch)
            async for page in self._ask(leads):
                yield page
            yield self._listed(leads, answer)
            self._reach(batch)
            if self.closed and not all(row.headline and row.published for row in batch):
                raise self.closed
            older = older + 1 if self._is_older(batch) else 0
            if older and older >= patience:
                self.passed = True
                return

    async def _ask(self, leads: Sequence[Lead]) -> AsyncIterator[ListingPage]:
        """The pages of these rows, as long as the door is open."""
        listed = {lead.url: self._said(lead) for lead in leads if "headline" in lead.row}
        if self.closed:
            return
        try:
            async for page in self.pages.ask(leads, listed):
                yield page
        except Trouble as trouble:
            self.closed = trouble

    def _said(self, lead: Lead) -> Any:
        outlet, fetched = self.assignment.outlet, self.assignment.now
        return read_sitemap_row(dict(lead.row), outlet=outlet, fetched=fetched, zone=self.zone)

    def _leads(self, rows: Sequence[SitemapRow]) -> list[Lead]:
        return [sitemap_lead(row, position=row.position) for row in rows]

    def _listed(self, leads: Sequence[Lead], answer: Answer) -> ListingPage:
        """The rows that are coverage: read and not outside, or with a headline and date inside."""
        leads = [lead for lead in leads if self._is_inside(lead)]
        self.covered.update(lead.url for lead in leads)
        return self.asking.page(
            answer,
            leads,
            layer=Layer.SITEMAP,
            kind=SnapshotKind.SITEMAP,
            site={"zone": self.zone},
        )

    def _is_inside(self, lead: Lead) -> bool:
        if lead.url in self.tally.dated:
            when = self.tally.dated[lead.url] or lead.published
            return when is None or self.window.holds(when)
        named = lead.published is not None and "headline" in lead.row
        return named and self.window.holds(lead.published or self.window.end)

    def _is_older(self, rows: Sequence[SitemapRow]) -> bool:
        dates = self._dates(rows)
        return bool(dates) and max(dates) < self.window.start

    def _dates(self, rows: Sequence[SitemapRow]) -> list[datetime]:
        found = (self.tally.dated.get(row.url) for row in rows)
        return [when for when in found if when]

    def _reach(self, rows: Sequence[SitemapRow]) -> None:
        """Remember how far back we got, should the walk end here."""
        if dates := self._dates(rows):
            self.newer = self.newer or max(dates) >= self.window.start
            self.oldest = self._older(min(dates))
            self.tally.reached = max(min(dates), self.window.start)

    def _note_age(self, row: SitemapRow) -> None:
        last = row.span()[1]
        self.oldest = self._older(last) if last else self.oldest
        self.newer = self.newer or bool(last and last >= self.window.start)

    def _older(self, moment: datetime) -> datetime:
        return min(moment, self.oldest) if self.oldest else moment

    def _belongs(self, row: SitemapRow) -> bool:
        """Whether a row leads to the outlet: a stranger's page is never asked for."""
        if belongs(row.url, self.assignment.outlet):
            return True
        self.strangers += 1
        return False


def _by_age(files: Sequence[SitemapFile]) -> list[SitemapFile]:
    """The newest last: by the last change where all tell it, else by number."""
    if all(file.lastmod for file in files):
        return sorted(files, key=lambda f: f.lastmod.instant if f.lastmod else f.number)
    if any(CORE.search(file.url) for file in files) or len({f.number for f in files}) == len(files):
        return sorted(files, key=lambda file: file.number)
    return list(files)
