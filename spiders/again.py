"""Not a way of finding: pieces that somebody accepted, looked at again as sparingly as can be.

What WordPress lists is asked for by number, a hundred a request; the pages of the others only where
they are not the same as before (RFC 9110, 13.1).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from crawler.models import Layer, Lead, ListingPage, SnapshotKind, Way
from crawler.outcomes import Reason, Trouble
from crawler.run.crawl_task import Looked
from spiders.asking import NOT_MODIFIED, Answer
from spiders.pages import CLOSED_DOOR, ENDING, page_digest
from spiders.wordpress import WordPress

AWAY: Final = frozenset({Reason.NOT_FOUND, Reason.REDIRECTS})
# the page of a piece does not stand there


class Again(WordPress):
    """The assignment's pieces; what became of each is told in the tally."""

    name = "again"

    async def walk(self) -> AsyncIterator[ListingPage]:
        """Those with a number by REST, the others' pages one after the other."""
        pieces = self.assignment.pieces
        self.tally.listed = len(pieces)
        # what is refused waits for its next time, and is not asked each round
        self.tally.looked.update({lead.row["article"]: _as_before(lead) for lead in pieces})
        left = list(pieces)
        if self._rest() and any(lead.row.get("post") for lead in pieces):
            left = []
            async for page in self._by_number(pieces, left):
                yield page
        async for page in self._by_page(left):
            yield page

    def _rest(self) -> bool:
        finds = self.assignment.outlet.find
        return any(find.way is Way.WORDPRESS for find in finds)

    async def _by_number(
        self, pieces: Sequence[Lead], left: list[Lead]
    ) -> AsyncIterator[ListingPage]:
        """Posts by REST; what cannot be asked so is left for its page."""
        posts: dict[str, dict[str, Lead]] = {}
        for lead in pieces:
            base, _, number = (lead.row.get("post") or "").rpartition(":")
            posts.setdefault(base, {})[number or lead.url] = lead
        try:
            types = dict((index := await self._index()).types)
            for base in [base for base in posts if base in types]:
                asked = posts[base]
                numbers = {number: lead.row["article"] for number, lead in asked.items()}
                site = {"zone": index.zone, "base": base}
                async for page in self._include(types[base], numbers, site):
                    yield page
                self._found(posts.pop(base).values())
        except Trouble as trouble:
            if trouble.reason in ENDING:
                raise
            self.tally.notes.append(f"by number: {trouble.note}")
        left += [lead for some in posts.values() for lead in some.values()]

    def _found(self, leads: Iterable[Lead]) -> None:
        self.tally.looked.update({lead.row["article"]: Looked() for lead in leads})

    async def _by_page(self, leads: Sequence[Lead]) -> AsyncIterator[ListingPage]:
        """Pages; so many refused in a row are a closed door. Raises Trouble."""
        in_a_row = 0
        for lead in leads:
            try:
                answer = await self.asking.piece(lead.url, known=_validators(lead))
            except Trouble as trouble:
                if trouble.reason in AWAY:
                    self._missing(lead, trouble.note)
                    in_a_row = 0
                    continue
                in_a_row += 1
                if trouble.reason in ENDING or in_a_row >= CLOSED_DOOR:
                    raise
                self.tally.unread.append(f"{lead.url}: {trouble.note}")
                continue
            in_a_row = 0
            if answer.status == NOT_MODIFIED:
                self._same(lead)
            elif _led_home(answer):
                self._missing(lead, "leads to the front page")
            else:
                yield self._whole(answer, lead)

    def _same(self, lead: Lead) -> None:
        article = lead.row["article"]
        self.tally.seen.add(article)
        self.tally.looked[article] = replace(_as_before(lead), missing=None)

    def _missing(self, lead: Lead, note: str) -> None:
        """Gone where it was missing at an earlier look too: once may be an accident."""
        article, before = lead.row["article"], lead.row.get("missing")
        self.tally.notes.append(f"{lead.url}: {note}")
        self.tally.looked[article] = Looked(missing=before or self.assignment.now)
        if before is not None:
            self.tally.gone.add(article)

    def _whole(self, answer: Answer, lead: Lead) -> ListingPage:
        headers = answer.headers
        self.tally.looked[lead.row["article"]] = Looked(
            etag=headers.get("etag"), modified=headers.get("last-modified")
        )
        piece = replace(lead, digest=page_digest(answer.body), position=0, row={})
        return self.asking.page(
            answer, [piece], layer=Layer.PAGE, kind=SnapshotKind.HTML, site=answer.place
        )


def _validators(lead: Lead) -> dict[str, str]:
    """The headers by which a page is asked for only where it is another."""
    named = (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
    return {header: lead.row[name] for header, name in named if lead.row.get(name)}


def _as_before(lead: Lead) -> Looked:
    row = lead.row
    return Looked(etag=row.get("etag"), modified=row.get("modified"), missing=row.get("missing"))


def _led_home(answer: Answer) -> bool:
    """Whether a piece's address ended at the front page, as of what was taken away."""
    asked, landed = urlsplit(answer.url), urlsplit(answer.landed or answer.url)
    deep = bool(asked.path.strip("/") or asked.query)
    return deep and not (landed.path.strip("/") or landed.query)
