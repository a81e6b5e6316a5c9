"""The list pages of an unknown site: which pages hold its news, how each is read and numbered.

The front page says which pages may be lists. They are opened, the likeliest first, until what the
front page shows is found in them. What nobody could find makes the outlet's file honest: the front
page stands in it as a list too, so that no crawl calls itself complete.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

from crawler.models import Find, Outlet, Way
from crawler.outcomes import Reason, Trouble
from crawler.probing.opened import (
    Opened,
    follows,
    is_fresh,
    missing,
    news_of,
    tells_more,
    without_doubles,
)
from crawler.probing.ways import Probe, Voice, failed, listing_probe
from crawler.reading.finder import (
    Pager,
    Section,
    Sheet,
    data_in,
    endpoints_in,
    lists_in,
    pager_of,
    sections_of,
    sheet_of,
)
from crawler.reading.finder.data import markup_in
from crawler.reading.numbering import FROM_ONE, PAGE, declared
from crawler.urls import alias_key, belongs

if TYPE_CHECKING:
    from spiders.asking import Answer

KEPT: Final = 2
# requests that are left for other ways
MOST_SECTIONS: Final = 12
# list pages that a file declares
ENOUGH: Final = 2.0
# what speaks for a section before it is opened
NOT_THERE: Final = (404, 410)
ENDPOINTS: Final = 3
# addresses of scripts that are asked
ENDING: Final = frozenset({Reason.BUDGET, Reason.RATE_LIMIT, Reason.DNS, Reason.INTERRUPTED})


@dataclass(slots=True, kw_only=True)
class Lists:
    """What looking for lists came to."""

    probes: list[Probe] = field(default_factory=list)
    # lists that were opened and read
    linked: list[Find] = field(default_factory=list)
    # of the same shape, only linked
    refused: list[Probe] = field(default_factory=list)
    # why not
    notes: list[str] = field(default_factory=list)
    # what a person should know
    reasons: list[str] = field(default_factory=list)
    # what was seen of them


class Finding:
    """One look for lists."""

    def __init__(self, voice: Voice, outlet: Outlet, zone: str) -> None:
        self.voice, self.outlet, self.zone = voice, outlet, zone
        self.found = Lists()
        self.anchors: list[str] = []
        self.front: Sheet | None = None
        self.asked: set[str] = set()
        # names of the pages that were opened
        self.behind = False
        # whether a page behind the front page is taken for it
        self.given: list[Opened] = []
        # the section that a person pasted

    async def from_front(self, answer: Answer) -> Lists:
        """The lists of a site, beginning at its front page. Raises Trouble only for its end."""
        self.front = self._sheet(answer)
        if self.front is None:
            self._refuse(answer.url, "its front page is no web page")
            return self.found
        first = self._opened(self.front, answer)
        if first is not None and (root := await self._root(first)):
            # a section was pasted, and the site has more
            self.given, self.front, first = [first], root.sheet, root
        opened = await self._collect(first)
        if not opened:
            await self._by_script(self.front, answer)
            if self.found.probes:
                return self.found
            if first is None:
                self._refuse(answer.url, _why_not(self.front))
                return self.found
            opened = [first]
        if first is None and not self.behind and not any(one.pager for one in opened):
            # a door without news of its own, as a choice of languages is
            self.behind, door = True, opened[0].answer
            assert door
            return await self.from_front(door)
        await self._conclude(opened, first)
        return self.found

    async def _root(self, pasted: Opened) -> Opened | None:
        """The site's front page, where it shows pieces that the pasted page lacks."""
        parts = urlsplit(pasted.sheet.url)
        if parts.path in {"", "/"} or not pasted.pager:
            return None
        self.asked.add(alias_key(pasted.sheet.url))
        try:
            answer = await self.voice.get(f"{parts.scheme}://{parts.netloc}/", also=NOT_THERE)
        except Trouble as trouble:
            if trouble.reason in ENDING:
                raise
            return None
        sheet = self._sheet(answer) if answer.status not in NOT_THERE else None
        root = self._opened(sheet, answer) if sheet else None
        return root if root and missing(news_of(root), [pasted]) else None

    # --- pages

    def _sheet(self, answer: Answer) -> Sheet | None:
        sheet = sheet_of(
            answer.body, url=answer.landed or answer.url, charset=answer.charset,
            fetched=answer.fetched, zone=self.zone, is_own=lambda url: belongs(url, self.outlet),
        )  # fmt: skip
        if sheet is not None:
            self.anchors += [link.url for link in sheet.links]
        return sheet

    def _opened(self, sheet: Sheet, answer: Answer) -> Opened | None:
        """The list of a page: what its rows print, or data that tell more."""
        printed = lists_in(sheet)
        data, counts = data_in(sheet, self.anchors)
        best = printed[0] if printed else None
        if data and tells_more(data[0], best):
            best = data[0]
        if best is None:
            return None
        pager = pager_of(sheet, len(best.rows))
        others = tuple(shape for shape in printed if shape is not best)
        return Opened(
            sheet=sheet, answer=answer, shape=best, pager=pager, counts=counts, others=others
        )

    async def _open(self, url: str) -> Opened | None:
        """Another page of the site; None where it holds no list, and why is kept."""
        self.asked.add(alias_key(url))
        try:
            answer = await self.voice.get(url)
        except Trouble as trouble:
            if trouble.reason in ENDING:
                raise
            self.found.refused.append(failed(Find(way=Way.LISTING, url=url), trouble, self.outlet))
            return None
        sheet = self._sheet(answer)
        opened = self._opened(sheet, answer) if sheet else None
        if opened is None:
            self._refuse(url, "no rows that repeat")
        return opened

    def _refuse(self, url: str, words: str) -> None:
        trouble = Trouble(Reason.UNREADABLE, f"{urlsplit(url).path or '/'}: {words}")
        self.found.refused.append(failed(Find(way=Way.LISTING, url=url), trouble, self.outlet))

    # --- which pages

    async def _collect(self, first: Opened | None) -> list[Opened]:
        """The pages whose lists hold the news, redundant ones left out."""
        assert self.front
        wanted = news_of(first)
        opened = [first] if first and first.pager else list(self.given)
        if opened and not missing(wanted, opened):
            return opened
        pieces = [row.url for row in first.shape.rows] if first else []
        offered = sections_of(self.front, pieces)
        try:
            opened += await self._sections(offered, first, wanted)
        except Trouble as trouble:
            self.found.notes.append(f"not every section was opened: {trouble.note}")
        whole = [one for one in opened if one.whole and not missing(wanted, [one])]
        kept = whole[:1] or without_doubles(opened)
        self._link(offered, kept)
        return kept

    async def _sections(
        self, offered: Sequence[Section], first: Opened | None, wanted: dict[str, datetime | None]
    ) -> list[Opened]:
        """Sections that hold lists of news, until one is found that holds all of it."""
        opened: list[Opened] = []
        for section in offered:
            if self.voice.left <= KEPT or (section.worth < ENOUGH and opened):
                break
            if alias_key(section.url) in self.asked:
                continue
            found = await self._open(section.url)
            if found is None or not is_fresh(found, first):
                continue
            found.whole = section.whole
            opened.append(found)
            if section.whole and not missing(wanted, [found]):
                break
        return opened

    def _link(self, offered: Sequence[Section], kept: Sequence[Opened]) -> None:
        """Sections that were not opened any more: declared, so that none is passed over."""
        if not kept or kept[0].whole:
            return
        asked = {alias_key(one.sheet.url) for one in kept} | self.asked
        tail = _tail_of(kept[0])
        for section in offered:
            if alias_key(section.url) in asked or section.worth < ENOUGH or tail is None:
                continue
            if len(kept) + len(self.found.linked) >= MOST_SECTIONS:
                words = "its menu offers more sections than are declared"
                self.found.notes.append(f"{words}: {section.url} and others are not asked")
                return
            self.found.linked.append(replace(kept[0].find, url=section.url + tail))

    async def _conclude(self, opened: list[Opened], first: Opened | None) -> None:
        """Prove the pages of one, and say what is missing."""
        try:
            await self._prove_pages(opened)
        except Trouble as trouble:
            self.found.notes.append(f"its second page was not seen: {trouble.note}")
        for one in opened[:MOST_SECTIONS]:
            self._take(one)
        wanted = news_of(first)
        lost = missing(wanted, opened)
        if first and lost:
            self.found.notes.append(
                f"{len(lost)} of the {len(wanted)} pieces on the front page stand in none "
                "of its lists: the front page is asked too, and nothing is complete without it"
            )
            shapes = (first.shape, *first.others)
            lacking = max(shapes, key=lambda shape: len(lost & shape.names))
            self._take(replace(first, shape=lacking, pager=None))
        if not any(PAGE in probe.find.url for probe in self.found.probes):
            self.found.notes.append(
                "no link to older pages was found: a crawl is complete only as far as its lists "
                "reach back"
            )

    def _take(self, one: Opened) -> None:
        assert one.answer
        try:
            probe = listing_probe(one.answer, self.outlet, one.find, self.zone)
        except Trouble as trouble:
            self.found.refused.append(failed(one.find, trouble, self.outlet))
            return
        self.found.probes.append(probe)
        self.found.reasons.append(f"{urlsplit(one.sheet.url).path}: {', '.join(one.shape.reasons)}")

    # --- their pages

    async def _prove_pages(self, opened: list[Opened]) -> None:
        """Open the second page of the first list; where none is linked, look for one."""
        one = opened[0]
        if one.pager is None and one.counts:
            one.pager = Pager(url=_with_page(one.sheet.url))
        if one.pager is None:
            await self._more_by_script(one)
            return
        if self.voice.left <= 0:
            return
        if not await self._turns(one):
            self.found.notes.append(
                f"{urlsplit(one.pager.url).path}: its second page shows no other rows"
            )
            one.pager = None
            await self._more_by_script(one)

    async def _turns(self, one: Opened) -> bool:
        """Whether another page of a list shows other rows."""
        find = one.find
        numbering = declared(find) or FROM_ONE
        for place in (2, 3):
            url = numbering.address(find.url, place)
            if self.voice.left <= 0:
                return True
            answer = await self.voice.get(url, also=NOT_THERE)
            if answer.status in NOT_THERE and find.first == "":
                continue
            if answer.status in NOT_THERE:
                return False
            try:
                probe = listing_probe(answer, self.outlet, find, self.zone)
            except Trouble:
                return False
            names = {alias_key(row.url) for row in probe.rows}
            if names - one.shape.names:
                return follows(one.shape.dates, [row.published for row in probe.rows])
            if find.first != "":
                return False
        return False

    # --- what scripts load

    async def _more_by_script(self, one: Opened) -> None:
        """The address from which a button or a scroll gets older rows, in place of the page."""
        for endpoint in endpoints_in(one.sheet)[:ENDPOINTS]:
            if PAGE not in endpoint.url or self.voice.left <= KEPT:
                continue
            found = await self._answers(
                endpoint.url, 1, len(one.shape.rows), offset=endpoint.offset
            )
            if found is not None and (found.shape.names & one.shape.names or found.shape.newest):
                one.answer, one.sheet, one.shape, one.pager = (
                    found.answer, found.sheet, found.shape, found.pager,
                )  # fmt: skip
                return

    async def _by_script(self, sheet: Sheet, answer: Answer) -> None:
        """A page that shows nothing: its scripts may name where its rows come from."""
        for endpoint in endpoints_in(sheet)[:ENDPOINTS]:
            if self.voice.left <= 0:
                return
            found = await self._answers(endpoint.url, 1, 0, offset=endpoint.offset)
            if found is not None:
                self._take(found)
                return

    async def _answers(self, url: str, place: int, rows: int, *, offset: bool) -> Opened | None:
        """What an endpoint gives for the first page, as a list with its pages."""
        number = 0 if offset else place
        try:
            answer = await self.voice.get(url.replace(PAGE, str(number)))
        except Trouble as trouble:
            if trouble.reason in ENDING:
                raise
            return None
        sheet = self._data_sheet(answer)
        found = self._opened_data(sheet, answer) if sheet else None
        if found is None:
            return None
        step = len(found.shape.rows) if offset else None
        if PAGE in url:
            found.pager = Pager(url=url, first=0 if offset else 1, step=step)
        return found

    def _data_sheet(self, answer: Answer) -> Sheet | None:
        sheet = self._sheet(answer)
        if sheet is not None or self.front is None:
            return sheet
        return replace_body(self.front, answer)

    def _opened_data(self, sheet: Sheet, answer: Answer) -> Opened | None:
        data, _ = data_in(sheet, self.anchors)
        if data:
            return Opened(sheet=sheet, answer=answer, shape=data[0])
        for key, markup in markup_in(sheet):
            inner = sheet_of(
                markup.encode(), url=sheet.url, charset="utf-8", fetched=sheet.fetched,
                zone=sheet.zone, is_own=sheet.is_own,
            )  # fmt: skip
            for shape in lists_in(inner)[:1] if inner else ():
                told = replace(shape, find=replace(shape.find, json=key))
                return Opened(sheet=sheet, answer=answer, shape=told)
        printed = lists_in(sheet)
        return Opened(sheet=sheet, answer=answer, shape=printed[0]) if printed else None


def replace_body(front: Sheet, answer: Answer) -> Sheet:
    """An answer that is no page, looked at with the front page's eyes."""
    url = answer.landed or answer.url
    return replace(
        front, url=url, base=url, body=answer.body, charset=answer.charset, fetched=answer.fetched
    )


# --- addresses and reasons -----------------------------------------------------------------


def _tail_of(one: Opened) -> str | None:
    """What a section's address has behind it where it is numbered: `?page={page}`."""
    url, here = one.find.url, one.sheet.url
    return url[len(here) :] if url.startswith(here) and not urlsplit(here).query else None


def _with_page(url: str) -> str:
    parts = urlsplit(url)
    query = f"{parts.query}&page={PAGE}" if parts.query else urlencode({"page": PAGE}, safe="{}")
    return urlunsplit(parts._replace(query=query))


def _why_not(sheet: Sheet) -> str:
    """Why a front page leads to no list."""
    scripts = sum(1 for _ in sheet.root.iter("script"))
    words = len("".join(map(str, sheet.root.itertext())).split())
    if scripts and len(sheet.links) < 10:  # noqa: PLR2004
        return (
            f"{len(sheet.links)} links and {words} words, {scripts} scripts: it is drawn in the "
            "browser, and neither its data nor an address of them stands in the page"
        )
    return "no rows that repeat"
