"""Asking for the pages of pieces: only those the record has not read, troubles by name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from crawler.models import Layer, Lead, ListingPage, Reading, SnapshotKind
from crawler.outcomes import Reason, Trouble
from crawler.run.crawl_task import refusal_of
from spiders.asking import Answer, Asking

if TYPE_CHECKING:
    from crawler.run.crawl_task import Assignment

# What is not about one page: nothing more is asked.
ENDING = frozenset(
    {
        Reason.BUDGET,
        Reason.RATE_LIMIT,
        Reason.DNS,
        Reason.PRIVATE,
        Reason.PROXY,
        Reason.CERTIFICATE,
    }
)
# Pages refused one after the other: so many are a closed door, not bad luck.
CLOSED_DOOR = 5
# A page that is not there, or is no piece, is not asked for again for a day.
LASTING = frozenset(
    {
        Reason.NOT_FOUND,
        Reason.UNREADABLE,
        Reason.TOO_LARGE,
        Reason.REDIRECTS,
        Reason.OFF_LIMITS,
        Reason.ROBOTS,
    }
)


@dataclass(slots=True, kw_only=True)
class Pages:
    """The pages of one check."""

    asking: Asking
    # who asks
    assignment: Assignment
    # for whom
    asked: int = 0
    # pages that came
    refused: dict[str, Trouble] = field(default_factory=dict)
    # address -> why its page did not come; pages that are not there are not among them
    at_hand: dict[str, Answer] = field(default_factory=dict)
    # address -> a page that was looked at before it was wanted
    in_a_row: int = 0
    # refusals since the last page that came

    async def ask(
        self, leads: Sequence[Lead], listed: dict[str, Reading] | None = None
    ) -> AsyncIterator[ListingPage]:
        """The pages of these leads, those that the record has told left out.

        `listed` are what the listing said of them, by address. Raises Trouble where asking for
        more is of no use: the budget is spent, the door is closed.
        """
        memory, told = self.assignment.memory, self.assignment.memory.told(leads)
        for lead in leads:
            if lead.position in told:
                self.assignment.tally.dated[lead.url] = told[lead.position].published
            elif memory.recall(refusal_of(lead.url)) is None:
                answer = await self._answer(lead)
                if answer is not None:
                    yield self._page(answer, lead, (listed or {}).get(lead.url))

    async def fetch(self, leads: Sequence[Lead]) -> AsyncIterator[ListingPage]:
        """The pages of these leads, whatever the record has told. Raises Trouble as `ask` does."""
        for lead in leads:
            answer = await self._answer(lead)
            if answer is not None:
                yield self._page(answer, lead, None)

    async def peek(self, lead: Lead) -> Answer | None:
        """The page of a lead, kept until it is wanted; None where it is refused.

        Raises Trouble as `ask` does.
        """
        if lead.url not in self.at_hand:
            if self.assignment.memory.recall(refusal_of(lead.url)) is not None:
                return None
            answer = await self._answer(lead)
            if answer is None:
                return None
            self.at_hand[lead.url] = answer
        return self.at_hand[lead.url]

    async def _answer(self, lead: Lead) -> Answer | None:
        if lead.url in self.at_hand:
            return self.at_hand.pop(lead.url)
        try:
            answer = await self.asking.piece(lead.url)
        except Trouble as trouble:
            self._refuse(lead, trouble)
            return None
        self.in_a_row = 0
        self.asked += 1
        return answer

    def _refuse(self, lead: Lead, trouble: Trouble) -> None:
        """Name it and go on. Raises it again where going on is of no use."""
        if trouble.reason in ENDING:
            raise trouble
        self.assignment.tally.unread.append(f"{lead.url}: {trouble.note}")
        if trouble.reason in LASTING:
            self.assignment.memory.remember(refusal_of(lead.url), trouble.note)
            return
        self.refused[lead.url] = trouble
        self.in_a_row += 1
        if self.in_a_row >= CLOSED_DOOR:
            raise trouble

    def _page(self, answer: Answer, lead: Lead, listed: Reading | None) -> ListingPage:
        digest = page_digest(answer.body)
        row = {"listed": listed} if listed else {}
        piece = replace(lead, digest=digest, position=0, row=row)
        return self.asking.page(
            answer, [piece], layer=Layer.PAGE, kind=SnapshotKind.HTML, site=answer.place
        )


def page_digest(body: bytes) -> str:
    """By what a page is known to be the same again."""
    return blake2b(body, digest_size=12).hexdigest()
