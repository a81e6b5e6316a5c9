"""Before a link is published: does it still lead to the piece we name?

Asked as an outlet's page is asked in a crawl: our name, robots.txt, the outlet's pace, one request
at a time; nothing is kept. What an outlet keeps us from looking at is unclear, not dead.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from crawler.language.folding import words
from crawler.models import Find, Outlet, Way, Workspace
from crawler.outcomes import Reason, Trouble
from crawler.probing.errands import look_at
from crawler.reading import Unreadable
from crawler.reading.page import read_page
from crawler.urls import alias_key, belongs

if TYPE_CHECKING:
    from crawler.probing.errands import Voice
    from spiders.asking import Answer

MOST_LINKS: Final = 40
# asked at one outlet: a minute at the usual pace; the others are unclear
REQUESTS_A_LINK: Final = 4
# the page and its redirects; the robots.txt of a link is asked once
OVER: Final = frozenset(
    {
        Reason.BUDGET,
        Reason.RATE_LIMIT,
        Reason.DNS,
        Reason.PRIVATE,
        Reason.PROXY,
        Reason.CERTIFICATE,
    }
)
# what is about the outlet and not about one page: nothing more is asked there


class LinkState(StrEnum):
    """Where a link leads."""

    ALIVE = "alive"
    DEAD = "dead"
    REDIRECTED = "redirected"
    RETITLED = "retitled"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to be published."""

    article: str
    # key: "a_7f3k2"
    outlet: str
    # slug
    url: str
    # where it leads
    headline: str | None
    # as the outlet printed it, None: not known
    typed: bool = False
    # a person typed the address: it may lead to another host than the outlet's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Where it leads now."""

    link: Link
    # the link
    state: LinkState
    # LinkState.DEAD
    note: str | None = None
    # in words: "answered 404 (not found)"


def check_links(
    workspace: Workspace, outlets: Mapping[str, Outlet], links: Sequence[Link]
) -> tuple[Checked, ...]:
    """Each link with where it leads, in the order given; outlets are asked side by side.

    Raises what is a fault of ours; every trouble of an outlet is a state.
    """
    asked = _by_outlet(outlets, links)
    hosts = [_typed(outlets[slug], some) for slug, some in asked.items()]
    found: dict[Link, Checked] = {}
    if hosts:
        budget = 1 + REQUESTS_A_LINK * MOST_LINKS
        look_at(workspace, hosts, _looking(asked, found), budget=budget)
    return tuple(found.get(link) or _unasked(link, outlets) for link in links)


def _by_outlet(outlets: Mapping[str, Outlet], links: Sequence[Link]) -> dict[str, tuple[Link, ...]]:
    """The links that may be asked, up to the bound of each outlet."""
    slugs = dict.fromkeys(link.outlet for link in links)
    open_ones = [slug for slug in slugs if slug in outlets and not outlets[slug].declined]
    return {
        slug: tuple(link for link in links if link.outlet == slug)[:MOST_LINKS]
        for slug in open_ones
    }


def _typed(outlet: Outlet, links: Sequence[Link]) -> Outlet:
    """The outlet, with the addresses that a person typed for its own."""
    typed = tuple(Find(way=Way.PROOF, url=link.url) for link in links if link.typed)
    return replace(outlet, find=(*outlet.find, *typed))


def _unasked(link: Link, outlets: Mapping[str, Outlet]) -> Checked:
    outlet = outlets.get(link.outlet)
    if outlet is None:
        return Checked(link=link, state=LinkState.UNCLEAR, note="its outlet has no file")
    why = "the outlet asked not to be read" if outlet.declined else "not asked: too many links"
    return Checked(link=link, state=LinkState.UNCLEAR, note=why)


def _looking(
    asked: Mapping[str, Sequence[Link]], found: dict[Link, Checked]
) -> Callable[[Voice, Outlet], Awaitable[None]]:
    """What is done at each outlet: one link after the other."""

    async def look(voice: Voice, outlet: Outlet) -> None:
        over: Trouble | None = None
        for link in asked[outlet.slug]:
            if over:
                found[link] = Checked(link=link, state=LinkState.UNCLEAR, note=over.note)
                continue
            try:
                found[link] = judge(link, await voice.get(link.url))
            except Trouble as trouble:
                found[link] = _troubled(link, trouble, outlet)
                over = trouble if trouble.reason in OVER else None

    return look


def _troubled(link: Link, trouble: Trouble, outlet: Outlet) -> Checked:
    """Missing is dead, gone to a stranger's host is redirected, all else is unclear.

    A name that does not resolve may be our own connection's fault.
    """
    if trouble.reason is Reason.OFF_LIMITS and not belongs(link.url, outlet):
        return Checked(link=link, state=LinkState.UNCLEAR, note=trouble.note)
    states = {
        Reason.NOT_FOUND: LinkState.DEAD,
        Reason.OFF_LIMITS: LinkState.REDIRECTED,
        Reason.REDIRECTS: LinkState.DEAD,
    }
    state = states.get(trouble.reason, LinkState.UNCLEAR)
    return Checked(link=link, state=state, note=trouble.note)


def judge(link: Link, answer: Answer) -> Checked:
    """Where an answered link leads: the same address, and still the headline we have."""
    moved = _key(answer.landed or link.url) != _key(link.url)
    try:
        headlines = _headlines(answer)
    except Unreadable as error:
        if moved:
            return Checked(link=link, state=LinkState.REDIRECTED, note=f"to {answer.landed}")
        return Checked(link=link, state=LinkState.UNCLEAR, note=f"no piece there: {error}")
    same = link.headline is None or any(_holds(one, link.headline) for one in headlines)
    if moved:
        kept = "" if same else ", with another headline"
        return Checked(link=link, state=LinkState.REDIRECTED, note=f"to {answer.landed}{kept}")
    if same:
        return Checked(link=link, state=LinkState.ALIVE)
    return Checked(link=link, state=LinkState.RETITLED, note=f"now: {headlines[0]}")


def _headlines(answer: Answer) -> tuple[str, ...]:
    """Every headline that the page gives itself, the likeliest first. Raises Unreadable."""
    said = read_page(
        answer.body,
        url=answer.landed or answer.url,
        charset=answer.charset,
        fetched=answer.fetched,
        outlet=None,
    )
    told = tuple(str(one.value) for one in said.candidates if one.field == "headline")
    if not told:
        raise Unreadable("no headline")
    return told


def _holds(title: str, headline: str) -> bool:
    """Whether a title is the headline, or begins or ends with it: "Headline - Gazeta"."""
    said = f" {' '.join(word.folded for word in words(title))} "
    return f" {' '.join(word.folded for word in words(headline))} " in said


def _key(url: str) -> str:
    try:
        return alias_key(url)
    except ValueError:
        return url
