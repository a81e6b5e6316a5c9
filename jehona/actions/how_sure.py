"""How sure we are beyond outcomes: what two ways let nobody see, how outlets were followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

from crawler.models import Event, Language
from crawler.record import Record, history
from jehona.actions.estimates import unseen
from jehona.actions.office import Office
from jehona.actions.track_record import track_record
from reports.document.sureness import unseen_told
from reports.how_sure import HowSure, Unseen

__all__ = ["HowSure", "Unseen", "how_sure", "unseen_of", "unseen_said", "unseen_told"]

# Layers of the record whose lists are a way of finding; a page and a clip are none.
LISTING: Final[Mapping[str, str]] = {
    "rest": "wordpress",
    "feed": "feed",
    "sitemap": "sitemap",
    "listing": "listing",
}


def how_sure(office: Office, event: str, outlets: Sequence[str]) -> HowSure:
    """The same for a report: over these outlets of the event's denominator, in their order.

    Raises RegistryError, RecordRefused.
    """
    what, known = office.event(event), office.outlets()
    with office.to_read() as record:
        return HowSure(
            unseen=unseen_of(record, what, outlets),
            tracks=tuple(track_record(record, known[slug]) for slug in outlets if slug in known),
        )


def unseen_said(
    office: Office, event: str, outlets: Sequence[str], language: Language
) -> str | None:
    """The estimate as a sentence with its assumption, in a reader's language; None: there is none.

    Raises RegistryError, RecordRefused.
    """
    with office.to_read() as record:
        found = unseen_of(record, office.event(event), outlets)
    return unseen_told(found, language) if found else None


def unseen_of(record: Record, event: Event, outlets: Sequence[str]) -> Unseen | None:
    """The estimate over the outlets that two ways listed, by the pair of ways that shares most."""
    listed = [history.listed_by(record, slug, event.window) for slug in outlets]
    pairs = combinations(LISTING, 2)
    found = [pair for pair in (_pair(one, two, listed) for one, two in pairs) if pair]
    return max(found, default=(0, None), key=lambda pair: pair[0])[1]


def _pair(
    one: str, two: str, listed: Sequence[Mapping[str, set[int]]]
) -> tuple[int, Unseen] | None:
    """How many pieces two layers share, and what follows, over the outlets that both listed."""
    both = [layers for layers in listed if one in layers and two in layers]
    firsts = {article for layers in both for article in layers[one]}
    seconds = {article for layers in both for article in layers[two]}
    estimate = unseen((LISTING[one], LISTING[two]), firsts, seconds)
    return (len(firsts & seconds), estimate) if estimate else None
