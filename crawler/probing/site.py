"""An unknown site, looked at: every way that answers, cheapest first, and the file it makes.

What is proposed was seen: each way was asked and showed rows, each address has its evidence of
grade A. A section of list pages that was only linked is grade B.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from crawler.config.values import LANGUAGES
from crawler.models import Evidence, Find, Outlet, Way
from crawler.outcomes import Reason, Trouble
from crawler.probing.lists import Finding
from crawler.probing.ways import (
    USUAL_SITEMAPS,
    Probe,
    Voice,
    failed,
    feed_probe,
    listing_probe,
    named_sitemaps,
    probe_way,
)
from crawler.probing.witness import lacking
from crawler.reading.front_page import FrontLinks, front_links
from crawler.reading.languages import read_language
from crawler.reading.list_shape import propose_listing
from crawler.reading.page.forward import forward_in
from crawler.reading.site_facts import ARTICLE, SiteFacts, country_of, site_facts
from crawler.urls import alias_key, belongs, host_of

if TYPE_CHECKING:
    from crawler.reading.front_page import FrontLinks
    from crawler.reading.site_facts import SiteFacts
    from spiders.asking import Answer

USUAL_FEEDS = ("feed/", "rss", "rss.xml")
# of WordPress, and of the newsroom systems seen
ORDER = (Way.WORDPRESS, Way.FEED, Way.SITEMAP, Way.LISTING)
# what a window costs: rows by the hundred, by ten, rows with headlines, rows with words for dates
MOST_FEEDS = 4
# that a page names: some name one for each section
MOST_LINKED = 12
# feeds that a file declares
SPARE = 2
# requests that are left before usual places are tried beside what was found
STALE = timedelta(days=30)
# a way that lags so far behind another is not offered: a feed that somebody forgot
PREVIEW = 10
# rows that a person is shown
ENDING = frozenset(
    {Reason.RATE_LIMIT, Reason.DNS, Reason.PRIVATE, Reason.PROXY,
     Reason.REFUSED, Reason.TIMEOUT, Reason.CERTIFICATE,
     Reason.SERVER_ERROR, Reason.OFF_LIMITS, Reason.BUDGET, Reason.REDIRECTS}
)  # fmt: skip
# what ends a look at once where the front page answers so


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a look at a site came to."""

    outlet: Outlet
    # as it would be written; without a way where none answered
    probes: tuple[Probe, ...]
    # the ways that are offered, cheapest first
    refused: tuple[Probe, ...]
    # what was tried and did not answer
    trouble: Trouble | None
    # why the front page could not be read
    notes: tuple[str, ...] = ()
    # what a person should know
    seen: bool = True
    # whether the front page could be looked at

    @property
    def preview(self) -> Probe | None:
        """The way whose rows are shown: the first that has dates and headlines."""
        whole = (probe for probe in self.probes if probe.newest and probe.rows[0].headline)
        return next(whole, self.probes[0] if self.probes else None)


@dataclass(slots=True, kw_only=True)
class _Look:
    """One look under way."""

    voice: Voice
    # who asks
    outlet: Outlet
    # what is known so far
    zone: str
    # the workspace's
    front: Answer | None = None
    # the front page
    trouble: Trouble | None = None
    # why there is none
    good: list[Probe] = field(default_factory=list)
    # ways that showed rows
    bad: list[Probe] = field(default_factory=list)
    # ways that did not
    linked: list[Find] = field(default_factory=list)
    # list pages that were only linked
    notes: list[str] = field(default_factory=list)
    # what a person should know


async def propose(
    voice: Voice, outlet: Outlet, *, zone: str, today: date, plain: str | None = None
) -> Proposal:
    """Look at `outlet.home` and propose an outlet's file.

    `plain` is its address by http, asked where nothing speaks https at its host.
    Raises Trouble where the site cannot be looked at: no answer, off limits, told to wait.
    """
    look = _Look(voice=voice, outlet=replace(outlet, zone=outlet.zone or zone), zone=zone)
    await _front(look, plain)
    facts, links = _told(look)
    marked = bool(facts.wordpress or links.rest or look.trouble)
    if marked:
        await _rest(look, links.rest)
    typed = await _feeds(look, links.feeds, usual=marked)
    if look.trouble is None and not typed:
        await _sitemaps(look, usual=marked)
    if facts.shared:
        await _sections(look, facts)
    if look.front and not typed:
        await _lists(look, look.front)
    if not marked:
        await _guesses(look, typed=typed)
    look.good.sort(key=_cost)
    return _concluded(look, facts, today)


async def _front(look: _Look, plain: str | None = None) -> None:
    """The front page; where only it is closed to us, the listings may be open."""
    assert look.outlet.home
    try:
        look.front = await look.voice.get(look.outlet.home)
    except Trouble as trouble:
        if plain and trouble.reason in {Reason.REFUSED, Reason.CERTIFICATE, Reason.TIMEOUT}:
            look.outlet = replace(look.outlet, home=plain)
            await _front(look)
            return
        if trouble.reason in ENDING:
            raise
        look.trouble = trouble
        return
    look.front = await _sent_on(look, look.front)
    landed = look.front.landed
    if landed and belongs(landed, look.outlet):
        look.outlet = replace(look.outlet, home=landed)


async def _sent_on(look: _Look, front: Answer) -> Answer:
    """The page behind a front page that only sends on, as a refresh or a script does."""
    landed = front.landed or front.url
    ahead = forward_in(front.body, url=landed, charset=front.charset, headers=front.headers)
    if ahead is None or not belongs(ahead.url, look.outlet) or ahead.url == landed:
        return front
    try:
        return await look.voice.get(ahead.url)
    except Trouble:
        return front


def _told(look: _Look) -> tuple[SiteFacts, FrontLinks]:
    front = look.front
    if front is None:
        return SiteFacts(), FrontLinks()
    at = front.landed or front.url
    return site_facts(front.body, at, front.charset), front_links(front.body, at, front.headers)


async def _rest(look: _Look, named: str | None) -> None:
    """The REST root that the page names, else WordPress' usual one."""
    if named and not belongs(named, look.outlet):
        look.notes.append(f"names a REST root on {_host(named)}, which is not its own")
        named = None
    await _try(look, Find(way=Way.WORDPRESS, url=named or _at_home(look, "wp-json/")))


async def _feeds(look: _Look, named: Sequence[str], *, usual: bool) -> bool:
    """The named feeds that tell more than the first, the typed address itself, the usual places.

    Whether the typed address is a feed.
    """
    ours = list(dict.fromkeys(url for url in named if belongs(url, look.outlet)))
    for url in named:
        if url not in ours:
            look.notes.append(f"names a feed on {_host(url)}, which is not its own host")
            break
    if look.front and not named and _try_typed(look, look.front):
        return True
    for url in ours[:MOST_FEEDS]:
        if await _try(look, Find(way=Way.FEED, url=url)):
            _drop_double(look)
    if sum(probe.find.way is Way.FEED for probe in look.good) > 1:
        # feeds of sections: those that were not opened hold pieces of the outlet too
        look.linked += [Find(way=Way.FEED, url=url) for url in ours[MOST_FEEDS:MOST_LINKED]]
    if not _has(look, Way.FEED) and usual:
        await _usual_feeds(look, set(ours), USUAL_FEEDS[: 1 if look.trouble else None])
    return False


def _drop_double(look: _Look) -> None:
    """The last feed, where the others have all its pieces; the others where it has all theirs."""
    feeds = [probe for probe in look.good if probe.find.way is Way.FEED]
    *others, last = feeds
    rows = {alias_key(row.url) for row in last.rows}
    known = {alias_key(row.url) for probe in others for row in probe.rows}
    if others and rows <= known:
        look.good.remove(last)
        return
    for probe in others:
        if {alias_key(row.url) for row in probe.rows} <= rows:
            look.good.remove(probe)


async def _usual_feeds(look: _Look, known: set[str], paths: Sequence[str]) -> None:
    for url in dict.fromkeys(_at_home(look, path) for path in paths):
        if url not in known and await _try(look, Find(way=Way.FEED, url=url)):
            return


def _has(look: _Look, *ways: Way) -> bool:
    return any(probe.find.way in ways for probe in look.good)


async def _lists(look: _Look, front: Answer) -> None:
    """The list pages, where no way that counts or lists everything answered."""
    if _has(look, Way.WORDPRESS, Way.LISTING):
        return
    _sift(look, front)
    if _has(look, Way.SITEMAP):
        return
    finding = Finding(look.voice, look.outlet, look.zone)
    try:
        await finding.from_front(front)
    except Trouble as trouble:
        look.notes.append(f"its lists were not all looked at: {trouble.note}")
    found = finding.found
    look.good += found.probes
    look.bad += found.refused if not found.probes else []
    look.linked += found.linked
    look.notes += [*found.reasons, *found.notes]


def _sift(look: _Look, front: Answer) -> None:
    """Leave out feeds and sitemaps that lack what the front page shows: they hold a part of it."""
    for way in (Way.FEED, Way.SITEMAP):
        some = [probe for probe in look.good if probe.find.way is way]
        told = lacking(front, look.outlet, some, zone=look.zone) if some else None
        if told:
            look.notes.append(f"its {way.value} {told}: left out")
            look.linked = [find for find in look.linked if find.way is not way]
            look.good = [probe for probe in look.good if probe not in some]


async def _guesses(look: _Look, *, typed: bool) -> None:
    """The usual places that nothing pointed at, as far as nothing better was found."""
    if typed or _has(look, Way.WORDPRESS):
        return
    if not look.good:
        await _rest(look, None)
    if not _has(look, Way.FEED, Way.WORDPRESS) and (not look.good or look.voice.left > SPARE):
        await _usual_feeds(look, set(), USUAL_FEEDS)
    spare = look.voice.left > SPARE or not look.good
    if not _has(look, Way.SITEMAP, Way.WORDPRESS) and spare and look.trouble is None:
        for path in USUAL_SITEMAPS[:2]:
            assert look.outlet.home
            if await _try(look, Find(way=Way.SITEMAP, url=urljoin(look.outlet.home, path))):
                return


def _try_typed(look: _Look, front: Answer) -> bool:
    """A person may have typed the feed's own address."""
    find = Find(way=Way.FEED, url=front.url)
    try:
        look.good.append(feed_probe(front, look.outlet, find))
    except Trouble:
        return False
    parts = urlsplit(front.url)
    look.outlet = replace(look.outlet, home=urlunsplit((parts.scheme, parts.netloc, "/", "", "")))
    return True


async def _sitemaps(look: _Look, *, usual: bool) -> None:
    """Those that robots.txt names, else the usual ones."""
    assert look.outlet.home
    try:
        named = await named_sitemaps(look.voice, look.outlet.home)
    except Trouble as trouble:
        look.bad.append(failed(Find(way=Way.SITEMAP, url=look.outlet.home), trouble, look.outlet))
        return
    ours = [url for url in named if belongs(url, look.outlet)]
    guessed = [urljoin(look.outlet.home, path) for path in USUAL_SITEMAPS[:2]] if usual else []
    for url in ours[:2] or guessed:
        if await _try(look, Find(way=Way.SITEMAP, url=url)):
            return


async def _sections(look: _Look, facts: SiteFacts) -> None:
    """List pages of the shared newsroom system: the first is opened, its shape is all's."""
    assert look.outlet.home
    url = facts.sections[0] if facts.sections else look.outlet.home
    try:
        look.good.append(await _section(look, url))
    except Trouble as trouble:
        look.bad.append(failed(Find(way=Way.LISTING, url=url), trouble, look.outlet))


async def _section(look: _Look, url: str) -> Probe:
    """One list page by the selectors that fit it; the front page where none is linked."""
    answer = look.front if url == look.outlet.home else await look.voice.get(url)
    find = _shape(look, answer) if answer else None
    if answer is None or find is None:
        raise Trouble(Reason.UNREADABLE, f"{urlsplit(url).path}: no rows that repeat")
    return listing_probe(answer, look.outlet, find, look.zone)


def _cost(probe: Probe) -> int:
    """Cheapest complete way first: a sitemap without headlines costs a request a piece."""
    bare = probe.find.way is Way.SITEMAP and not any(row.headline for row in probe.rows)
    return ORDER.index(probe.find.way) + (ORDER.index(Way.LISTING) if bare else 0)


def _shape(look: _Look, answer: Answer) -> Find | None:
    def is_article(url: str) -> bool:
        return bool(ARTICLE.search(urlsplit(url).path)) and belongs(url, look.outlet)

    return propose_listing(
        answer.body,
        url=answer.landed or answer.url,
        charset=answer.charset,
        fetched=answer.fetched,
        zone=look.zone,
        is_article=is_article,
    )


async def _try(look: _Look, find: Find) -> bool:
    """Whether a way shows rows; what it said either way is kept."""
    if look.voice.left <= 0:
        return False
    probe = await probe_way(look.voice, look.outlet, find, zone=look.zone)
    (look.bad if probe.reason else look.good).append(probe)
    return probe.reason is None


def _host(url: str) -> str:
    """A host for a sentence; what is no address has none."""
    try:
        return host_of(url)
    except ValueError:
        return "another host"


def _at_home(look: _Look, path: str) -> str:
    home = look.outlet.home or ""
    parts = urlsplit(home)
    folder = parts.path if parts.path.endswith("/") else parts.path.rpartition("/")[0] + "/"
    return urlunsplit(parts._replace(path=folder + path, query="", fragment=""))


# --- what it comes to --------------------------------------------------------------------


def _concluded(look: _Look, facts: SiteFacts, today: date) -> Proposal:
    fresh = tuple(_fresh(look))
    finds = tuple(find for probe in fresh for find in _with_sections(probe, facts))
    finds = tuple(dict.fromkeys((*finds, *look.linked)))
    home = look.outlet.home or ""
    outlet = replace(
        look.outlet,
        name=look.outlet.name or _name(look, facts),
        languages=_languages(look, facts),
        zone=next((probe.zone for probe in fresh if probe.zone), None),
        country=_country(home),
        find=finds,
        evidence=tuple(_evidence(look, fresh, finds, facts, today)),
    )
    return Proposal(
        outlet=outlet,
        probes=fresh,
        refused=tuple(look.bad),
        trouble=look.trouble,
        notes=tuple(look.notes),
        seen=look.front is not None and bool(look.front.body.strip()),
    )


def _fresh(look: _Look) -> Iterator[Probe]:
    """The ways that keep up with the newest of them."""
    newest = max((probe.newest for probe in look.good if probe.newest), default=None)
    for probe in look.good:
        if newest and probe.newest and newest - probe.newest > STALE:
            day = probe.newest.date().isoformat()
            look.notes.append(f"its {probe.find.way.value} ends on {day}: left out")
        else:
            yield probe


def _with_sections(probe: Probe, facts: SiteFacts) -> Iterator[Find]:
    """One list page is all of its system's: the others are sections of the same shape."""
    yield probe.find
    if probe.find.way is not Way.LISTING:
        return
    tail = _paging(probe.find.url)
    opened = urlsplit(probe.find.url).path.rstrip("/")
    for url in facts.sections[1:]:
        if urlsplit(url).path.rstrip("/") != opened:
            yield replace(probe.find, url=url + tail)


def _paging(url: str) -> str:
    """`?faqja={page}` of a section's address; nothing where it is not paged."""
    query = urlsplit(url).query
    return f"?{query}" if "{page}" in query else ""


def _name(look: _Look, facts: SiteFacts) -> str:
    """og:site_name, REST, the feed's title, the host: what a reader would recognise."""
    told = (probe.name for probe in look.good if probe.name)
    host = _host(look.outlet.home or "").removeprefix("www.")
    return facts.name or next((_bare(name) for name in told if _bare(name)), None) or host


def _bare(name: str) -> str:
    words = " ".join(name.split())
    return words if words.isprintable() and len(words) <= 80 else ""  # noqa: PLR2004 - a line


def _languages(look: _Look, facts: SiteFacts) -> tuple[str, ...]:
    """The language of most headlines; what the page declares decides where they do not tell."""
    prior = (facts.language,) if facts.language else ()
    rows = [row for probe in look.good for row in probe.rows[:PREVIEW] if row.headline]
    spoken = (read_language(row.headline or "", "", prior=prior) for row in rows)
    counted = Counter(tongue.code for tongue in spoken if tongue)
    if counted:
        return (counted.most_common(1)[0][0],)
    return _known_language(facts.language)


def _known_language(code: str | None) -> tuple[str, ...]:
    return (code,) if code and code in LANGUAGES else ()


def _country(home: str) -> str | None:
    return country_of(host_of(home))


def _evidence(
    look: _Look, probes: Sequence[Probe], finds: Sequence[Find], facts: SiteFacts, today: date
) -> Iterator[Evidence]:
    """Why each address is believed: what was seen, today."""
    a: Callable[..., Evidence] = lambda **told: Evidence(grade="A", seen=today, **told)  # noqa: E731
    if look.trouble is None:
        yield a(what="home", note="opened")
    else:
        note = re.sub(r"\s+", " ", look.trouble.note)
        yield Evidence(what="home", grade="B", seen=today, note=f"given by a person; {note}"[:300])
    opened = {probe.find: probe for probe in probes}
    for find in finds:
        if probe := opened.get(find):
            yield a(what=find.way.value, note=_seen(probe))
        else:
            words = f"{urlsplit(find.url).path} is linked from the front page, not opened"
            yield Evidence(what=find.way.value, grade="B", seen=today, note=words)
    if facts.shared:
        yield a(what="system", note="the newsroom system that several outlets share")


def _seen(probe: Probe) -> str:
    newest = f", newest {probe.newest:%Y-%m-%d}" if probe.newest else ""
    return f"{probe.note}{newest}"
