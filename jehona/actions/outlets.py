"""The outlets of a workspace: whether each way still answers, and a new one by its address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from crawler import probing
from crawler.config import outlets_asked, slug_from
from crawler.config.files import SLUG
from crawler.config.outlet_file import find_text, outlet_text, write_outlet
from crawler.models import Event, Find, Outcome, Outlet, Way, Workspace
from crawler.outcomes import MEANINGS, RANK, Reason
from crawler.record import Record, history
from crawler.run.publishing_rate import ENOUGH, Rhythm, rhythm
from crawler.urls import belongs, canonical, host_of, is_loopback, typed_hosts
from jehona.actions.errors import Wrong
from jehona.actions.office import Office

if TYPE_CHECKING:
    from crawler.probing import Looked, Probe, Proposal

# Of the record, for the rhythm.
LOOKED_BACK: Final = timedelta(weeks=13)
# Checks by a way that tell how well it works; fewer than the second tell nothing.
RECENT, FEWEST = 10, 3
# Share of complete checks that one way must be ahead of another.
CLEARLY: Final = 0.3
# A look at one way: robots.txt, an index, a page, a redirect.
REQUESTS_A_WAY: Final = 5
# Rows of a site that a person is shown before its file is written.
SHOWN_ROWS: Final = 10
# Characters of what was typed in place of an address.
SHOWN_NAME: Final = 60
FINDING: Final = (Way.WORDPRESS, Way.FEED, Way.SITEMAP, Way.LISTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How an outlet is doing."""

    outlet: Outlet
    # the best of its probes, or why it was not asked
    outcome: Outcome
    # what a person can do
    next_step: str | None
    # why it was not asked; None where it was
    reason: Reason | None
    # one for each declared way, in order
    probes: tuple[Probe, ...]
    # what looking cost
    requests: int
    # when a crawl was last complete; None: never
    last_success: datetime | None
    # by the record; None without one
    rhythm: Rhythm | None
    # what to write into its file, or what is missing for it; where it was asked for
    suggestions: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """One outlet of the document of docs/json.md."""
        usual = self.rhythm
        return {
            "outlet": self.outlet.slug,
            "outcome": self.outcome,
            "next_step": self.next_step,
            "requests": self.requests,
            "last_success": self.last_success,
            "per_week": usual.per_week if usual else None,
            "weekdays": usual.weekdays if usual else [],
            "complete_weeks": len(usual.weeks) if usual else 0,
            "suggestions": self.suggestions,
            "ways": [way_json(probe) for probe in self.probes],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a site offers, as far as twelve requests tell."""

    # as it was typed
    url: str
    # None where nothing answered: `reason` and `note` say why
    proposal: Proposal | None
    reason: Reason
    note: str
    requests: int
    # the raw answers, kept
    answers: Path
    looked: Looked[Proposal]
    # where no way answered: the outlet as far as it is known, to be gone on with by hand
    draft: Proposal | None = None

    @property
    def refused(self) -> tuple[Probe, ...]:
        """What was tried and did not answer."""
        proposal = self.proposal or self.draft
        return proposal.refused if proposal else ()

    def as_json(self, written: Path | None = None) -> dict[str, Any]:
        """The document of docs/json.md; `written` is the file that was made of it."""
        if self.proposal is None:
            meaning = MEANINGS[self.reason]
            return {
                "url": self.url,
                "outcome": meaning.outcome,
                "note": self.note,
                "next_step": meaning.next_step,
                "requests": self.requests,
                "answers": self.answers,
                "refused": [way_json(probe) for probe in self.refused],
                "written": written,
            }
        preview = self.proposal.preview
        return {
            "outlet": replace(self.proposal.outlet, source=written),
            "ways": [way_json(probe) for probe in self.proposal.probes],
            "refused": [way_json(probe) for probe in self.proposal.refused],
            "rows": preview.rows[:SHOWN_ROWS] if preview else [],
            "notes": self.proposal.notes,
            "requests": self.requests,
            "answers": self.answers,
            "file": outlet_text(self.proposal.outlet),
            "written": written,
        }


def way_json(probe: Probe) -> dict[str, Any]:
    """One way's answer."""
    return {
        "way": probe.find.way,
        "url": probe.find.url,
        "outcome": probe.outcome,
        "rows": len(probe.rows),
        "listed": probe.listed,
        "newest": probe.newest,
        "oldest": probe.oldest,
        "note": probe.note,
        "next_step": probe.next_step,
    }


# --- who is asked --------------------------------------------------------------------------


def asked(office: Office, event: Event | None, slugs: Sequence[str] = ()) -> tuple[Outlet, ...]:
    """Who is asked: those named, else the event's, else all in use.

    Raises RegistryError for an unknown one, Wrong where a stranger would be and we give no contact.
    """
    outlets = outlets_asked(office.outlets(), event, slugs)
    strangers = [outlet for outlet in outlets if not stays_on_loopback(outlet)]
    if strangers:
        _want_contact(office.workspace, f"{strangers[0].name} and other outlets")
    return outlets


def stays_on_loopback(outlet: Outlet) -> bool:
    """Whether every address of the outlet's file is on this machine."""
    return all(is_loopback(host) for host in typed_hosts(outlet))


def _want_contact(workspace: Workspace, who: str) -> None:
    if not workspace.contact:
        raise Wrong(
            '{root}: write contact = "you@office.example" first: {who} must know who asks',
            root=workspace.root / "jehona.toml",
            who=who,
        )


# --- how they are doing --------------------------------------------------------------------


def check(office: Office, slugs: Sequence[str] = (), *, suggest: bool = False) -> list[Health]:
    """Ask one page of each declared way; the record is only read, nothing is stored.

    Raises as `asked`, and RecordRefused.
    """
    outlets = asked(office, None, slugs)
    probes = _probed(office.workspace, [one for one in outlets if _why_not(one) is None])
    anew = _looked_anew(office, outlets, probes) if suggest else {}
    if not office.workspace.record.exists():
        healths = [_health(office, one, probes, None, suggest=suggest) for one in outlets]
    else:
        with office.to_read() as record:
            healths = [_health(office, one, probes, record, suggest=suggest) for one in outlets]
    return [
        replace(one, suggestions=(*anew.get(one.outlet.slug, ()), *one.suggestions))
        for one in healths
    ]


# Why a list that answered cannot be read: its site has other clothes, or moved it.
CHANGED: Final = frozenset({Reason.UNREADABLE, Reason.EMPTY, Reason.NOT_FOUND, Reason.NO_WAY})


def _looked_anew(
    office: Office,
    outlets: Sequence[Outlet],
    probed: Mapping[str, tuple[tuple[Probe, ...], int]],
) -> dict[str, tuple[str, ...]]:
    """What the sites offer today whose declared ways cannot be read any more, by slug.

    Costs twelve requests more for each of them.
    """
    changed = [
        one
        for one in outlets
        if one.home and any(p.reason in CHANGED for p in probed.get(one.slug, ((), 0))[0])
    ]
    if not changed:
        return {}
    workspace, today = office.workspace, _today(office)

    async def look_again(voice: Any, outlet: Outlet) -> Proposal:
        zone = outlet.zone or workspace.zone
        return await probing.propose(voice, replace(outlet, find=()), zone=zone, today=today)

    looked = probing.look_at(workspace, changed, look_again)
    return {one.slug: tuple(_offers(one, looked[one.slug])) for one in changed}


def _offers(outlet: Outlet, looked: Looked[Proposal]) -> Iterator[str]:
    """The ways that answer today and stand in no file, as they would be written."""
    found = looked.found.outlet.find if looked.found else ()
    fresh = [find for find in found if find not in outlet.find]
    if not fresh:
        why = looked.trouble.note if looked.trouble else "no list pages were found"
        yield f"its site was looked at again, and offers nothing else: {why}"
    for find in fresh:
        yield f"its site changed; this answers today, for {place_of(outlet)}:\n{find_text(find)}"


def _today(office: Office) -> date:
    return office.clock().astimezone(ZoneInfo(office.workspace.zone)).date()


def _why_not(outlet: Outlet) -> Reason | None:
    """Why an outlet is not asked at all."""
    if outlet.declined:
        return Reason.DECLINED
    return None if outlet.find or outlet.home else Reason.NO_ADDRESS


def _declared(outlet: Outlet) -> tuple[Find, ...]:
    """The ways of its file; without one, the feed that its front page may name."""
    front = (Find(way=Way.FEED, url=outlet.home),) if outlet.home else ()
    return outlet.find or front


def _probed(
    workspace: Workspace, outlets: Sequence[Outlet]
) -> Mapping[str, tuple[tuple[Probe, ...], int]]:
    """Each outlet's probes and what they cost."""
    if not outlets:
        return {}

    async def ask(voice: Any, outlet: Outlet) -> tuple[Probe, ...]:
        zone = outlet.zone or workspace.zone
        return tuple(
            [await probing.probe_way(voice, outlet, f, zone=zone) for f in _declared(outlet)]
        )

    most = max(len(_declared(outlet)) for outlet in outlets) * REQUESTS_A_WAY
    looked = probing.look_at(workspace, outlets, ask, budget=most)
    return {slug: (one.found or (), one.requests) for slug, one in looked.items()}


def _health(
    office: Office,
    outlet: Outlet,
    probed: Mapping[str, tuple[tuple[Probe, ...], int]],
    record: Record | None,
    *,
    suggest: bool,
) -> Health:
    probes, requests = probed.get(outlet.slug, ((), 0))
    reason = _why_not(outlet)
    speaks = MEANINGS[reason] if reason else min(probes, key=lambda probe: RANK[probe.outcome])
    usual = _rhythm(office, outlet, record) if record else None
    return Health(
        outlet=outlet,
        outcome=speaks.outcome,
        next_step=speaks.next_step,
        reason=reason,
        probes=probes,
        requests=requests,
        last_success=history.last_success(record, outlet.slug) if record else None,
        rhythm=usual,
        suggestions=tuple(_suggestions(outlet, record, usual)) if suggest else (),
    )


def _rhythm(office: Office, outlet: Outlet, record: Record) -> Rhythm:
    now = office.clock()
    dates = history.published(record, outlet.slug, since=now - LOOKED_BACK, until=now)
    stretches = history.covered(record, outlet.slug)
    return rhythm(dates, stretches, zone=outlet.zone or office.workspace.zone, now=now)


def _suggestions(outlet: Outlet, record: Record | None, usual: Rhythm | None) -> Iterator[str]:
    if record is None or usual is None:
        yield "no record yet: crawl first, four complete weeks tell what is usual"
        return
    yield _expectation(outlet, usual)
    yield from _better_way(outlet, record)


def _expectation(outlet: Outlet, usual: Rhythm) -> str:
    proposed = usual.expectation
    if proposed is None:
        have, lack = len(usual.weeks), usual.missing
        noun = "week is" if lack == 1 else "weeks are"
        return (
            f"per_week: {have} of {ENOUGH} complete weeks are in the record; {lack} more {noun} "
            "needed: crawl with --since and --until"
        )
    if outlet.expect.per_week == proposed:
        return f"per_week = {list(proposed)} is what the record says too"
    counts = ", ".join(str(count) for _, count in usual.weeks[:ENOUGH])
    return (
        f"[expect] per_week = {list(proposed)} in {place_of(outlet)}: the last weeks had {counts}"
    )


def _better_way(outlet: Outlet, record: Record) -> Iterator[str]:
    """A way that was complete more often than the first declared one, by the ledger."""
    if not _declared(outlet):
        return
    first = _declared(outlet)[0].way
    ratings = {way: _rating(record, outlet, way) for way in FINDING}
    known = {way: rating for way, rating in ratings.items() if rating is not None}
    if first not in known:
        return
    best = max(known, key=lambda way: known[way])
    if known[best] - known[first] > CLEARLY:
        there = any(find.way is best for find in outlet.find)
        what = f'put way = "{best}" first' if there else f'declare way = "{best}"'
        yield (
            f"{what} in {place_of(outlet)}: {known[best]:.0%} of its last checks were complete, "
            f"{known[first]:.0%} by {first}"
        )


def _rating(record: Record, outlet: Outlet, way: Way) -> float | None:
    """The share of complete ones of a way's last checks; None for too few."""
    made = history.recent_checks(record, outlet.slug, way, most=RECENT)
    if len(made) < FEWEST:
        return None
    return sum(one.outcome is Outcome.COMPLETE for one in made) / len(made)


# --- a new one -----------------------------------------------------------------------------


def look(office: Office, url: str, *, name: str | None = None, slug: str | None = None,
         steps: Path | None = None) -> Look:  # fmt: skip
    """Look at a site with at most twelve requests, and propose its file; answers are kept.

    What is asked goes to `steps` while it is, a line each. Raises Wrong for what is no address,
    slug or name, for a file that exists, and where we give no contact.
    """
    workspace = office.workspace
    outlet = _typed(workspace, url, name, slug)
    today, plain = _today(office), _plain(url, outlet.home or "")
    looked = probing.look_at(
        workspace,
        [outlet],
        lambda voice, one: probing.propose(
            probing.telling(voice, steps), one, zone=workspace.zone, today=today, plain=plain
        ),
    )[outlet.slug]
    told = looked.found
    named = slug or slug_from(told.outlet.name if told else host_of(outlet.home or ""))
    if told:
        _refuse_known(workspace, named)
        notes = (*told.notes, *_also_known(office, told.outlet, named))
        told = replace(told, outlet=replace(told.outlet, slug=named), notes=notes)
    trouble = looked.trouble or (told.trouble if told else None)
    nothing = "no REST, no feed, no sitemap and no list pages answered"
    whole = bool(told and told.probes)
    return Look(
        url=url,
        proposal=told if whole else None,
        reason=trouble.reason if trouble else Reason.NO_WAY,
        note=trouble.note if trouble else nothing,
        requests=looked.requests,
        answers=probing.keep_answers(looked.answers, workspace.var / "probes" / named),
        looked=looked,
        draft=told if told and not whole and told.seen and trouble is None else None,
    )


def add(office: Office, proposal: Proposal) -> Path:
    """Write a proposed outlet's file: which. Raises RegistryError; nothing is overwritten.

    Where no way answered the file says why, and how to go on.
    """
    day = _today(office).isoformat()
    notes = [f"Looked at by `jehona outlets add` on {day}; the evidence says what was seen."]
    if not proposal.probes:
        notes += _to_go_on(proposal)
    return write_outlet(proposal.outlet, office.workspace.root / "outlets", notes=notes)


def _to_go_on(proposal: Proposal) -> Iterator[str]:
    """Why each way did not answer, and the lines that a person may write."""
    yield "No way of finding answered:"
    for probe in proposal.refused:
        path = urlsplit(probe.find.url).path or "/"
        yield f"- {probe.find.way.value} {path}: {probe.note}"
    yield "Open the site, look for a page that lists its pieces, and write what stands there"
    yield "(docs/adding-an-outlet.md). Or look by hand: jehona checked."
    home = proposal.outlet.home or ""
    yield from (
        "[[find]]", 'way = "listing"', f'url = "{urljoin(home, "/lajme?page={page}")}"',
        'row = "article"', 'link = "h2 a"', 'date = "time"',
    )  # fmt: skip


def keep_fixture(found: Look, folder: Path) -> Path:
    """What came, with invented words, as an offline fixture in a folder of `folder`: which."""
    assert found.proposal
    outlet = found.proposal.outlet
    return probing.write_fixture(
        found.looked.answers, folder / outlet.slug, home=outlet.home or "", name=outlet.name
    )


def place_of(outlet: Outlet) -> str:
    """Where its file goes, as people call it: "outlets/gazeta.toml"."""
    return f"outlets/{outlet.slug}.toml"


def _typed(workspace: Workspace, url: str, name: str | None, slug: str | None) -> Outlet:
    """What a person typed, as an outlet to be looked at. Raises Wrong."""
    if "://" not in url and ("." not in url or " " in url.strip()) and not _is_here(url):
        named = "" if "@" in url or ":" in url else f' "{url[:SHOWN_NAME]}"'
        raise Wrong(
            "URL:{named} is no address: copy the site's from the browser, as in "
            "https://gazeta.example; what readers call it goes into --name",
            named=named,
        )
    try:
        home = canonical(url if "://" in url else f"{_scheme(url)}://{url}")
    except ValueError as error:
        # the address is not shown: it may hold a password
        raise Wrong("URL: {error}", error=error) from None
    if slug is not None and not SLUG.fullmatch(slug):
        raise Wrong("--slug {slug}: a slug has only a-z, 0-9 and hyphens", slug=slug)
    if name is not None and not (name.strip() and name.isprintable()):
        raise Wrong("--name: one line, as readers know the outlet")
    local = is_loopback(host_of(home))
    if not local:
        _want_contact(workspace, host_of(home))
    if slug is not None:
        _refuse_known(workspace, slug)
    delay = 0.0 if local else 1.5
    return Outlet(slug=slug or "look", name=(name or "").strip(), home=home, delay=delay)


def _is_here(url: str) -> bool:
    """Whether an address without scheme is on this machine."""
    host = url.strip().partition("/")[0].rpartition(":")[0] or url.strip().partition("/")[0]
    try:
        return is_loopback(host_of(f"http://{host}"))
    except ValueError:
        return False


def _scheme(url: str) -> str:
    return "http" if _is_here(url) else "https"


def _plain(url: str, home: str) -> str | None:
    """The address by http, where a person typed no scheme and a site may have no certificate."""
    named = "://" in url or not home.startswith("https://")
    return None if named else f"http://{home.removeprefix('https://')}"


def _refuse_known(workspace: Workspace, slug: str) -> None:
    """Nothing is overwritten, a file of the workspace least of all. Raises Wrong."""
    path = workspace.root / "outlets" / f"{slug}.toml"
    if path.exists():
        raise Wrong("{path}: exists, and is never overwritten; --slug names another", path=path)


def _also_known(office: Office, outlet: Outlet, slug: str) -> Sequence[str]:
    """What else the workspace knows of this site: two files would count one voice twice."""
    known = office.outlets()
    if slug in known:
        return (f"replaces the catalogue's {slug} whole",)
    same = [one.slug for one in known.values() if one.home and belongs(one.home, outlet)]
    return (f"the same site as {same[0]}: two files count one voice twice",) if same else ()
