"""Not a way of finding: one page whose address a person typed."""

from __future__ import annotations

from collections.abc import AsyncIterator

from crawler.models import Layer, ListingPage, SnapshotKind
from spiders.walk import Walk


class Page(Walk):
    """The page at the assignment's address."""

    name = "page"

    async def walk(self) -> AsyncIterator[ListingPage]:
        """The page."""
        answer = await self.asking.piece(self.assignment.find.url)
        yield self.asking.page(
            answer, (), layer=Layer.PAGE, kind=SnapshotKind.HTML, site=answer.place
        )
