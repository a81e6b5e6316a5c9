"""Not a way of finding: the pages of pieces that the record has, as proof of what stood there."""

from __future__ import annotations

from collections.abc import AsyncIterator

from crawler.models import ListingPage
from spiders.pages import Pages
from spiders.walk import Walk


class Proof(Walk):
    """The pages of the assignment's pieces."""

    name = "proof"

    async def walk(self) -> AsyncIterator[ListingPage]:
        """A page a piece; the first that was refused is told."""
        self.tally.listed = len(self.assignment.pieces)
        pages = Pages(asking=self.asking, assignment=self.assignment)
        async for page in pages.fetch(self.assignment.pieces):
            yield page
        if pages.refused:
            raise next(iter(pages.refused.values()))
