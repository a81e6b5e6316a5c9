"""Watching: ask the outlets whose time has come, and tell what is new once, and truly.

Every step rests on the record alone and is kept before the next, so that a watch may be killed at
any moment: what was not asked is asked again, what was written goes out, under the same name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import make_msgid
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from crawler.event_matches import stories_of
from crawler.models import Event, Match, Outcome, Outlet, Watch
from crawler.outcomes import FRUITFUL, best
from crawler.record import Record, history, read, sealing, search_index, watches
from crawler.record.watches import Delivery, Notice
from crawler.run.publishing_rate import rhythm
from crawler.watching.rhythm import next_look
from crawler.watching.telling_times import bundle_is_due, digest_is_due
from crawler.watching.unusual import is_unusual, usual_of
from jehona.actions import crawl, later_edits, second_looks
from jehona.actions.errors import Wrong
from jehona.actions.matches import EventMatches, matches_in
from jehona.actions.office import Office
from jehona.actions.second_looks import Look
from reports import notice as telling
from reports.mailing import NotSent
from reports.notice import EventNews, NewPiece, News
from reports.words import say

NEAR: Final = timedelta(days=1)
# before and after an event's day: outlets are asked more often, and what is new is told in bundles
USUAL_DAYS: Final = 28
# days before, by which a day is unusual
FIRST_PAUSE: Final = timedelta(minutes=5)
LONGEST_PAUSE: Final = timedelta(hours=6)
# before what did not go out is tried again: twice as long each time
MAIL: Final = "mail"
OTHER: Final = "other"
FROM_ENVIRONMENT: Final = "JEHONA_WATCH_URLS"


class Postman(Protocol):
    """Who brings a notice away: mail, other channels."""

    def deliver(self, office: Office, delivery: Delivery) -> None:
        """Raises NotSent, in one line, where it was not taken."""

    def ping(self, office: Office, address: str, *, well: bool) -> None:
        """Tell the office's own monitor that a round is over. Never raises."""


Ask = Callable[[Office, str, Sequence[str]], None]
# asks these outlets for an event; raises Failure in one line


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round did."""

    # slugs of the outlets whose time had come
    asked: tuple[str, ...]
    # accepted pieces that were looked at again
    again: int = 0
    # subjects of what was written
    written: tuple[str, ...]
    # notices that were taken
    sent: int
    # recipient and why, of what was not
    failed: tuple[tuple[str, str], ...]
    # aware; when there is something to do again; None: no event is under way
    next: datetime | None


def once(
    office: Office, *, ask: Ask, postman: Postman, look: Look = second_looks.look_by_crawl
) -> Round:
    """Do what is due now and leave: send what waits, ask whose time has come, look again at what
    was accepted, tell what is new.

    Raises Wrong where jehona.toml has no [watch], or nobody to tell; RegistryError, RecordRefused.
    """
    watch = _watch(office)
    first = _deliver(office, postman)
    events = _under_way(office)
    asked = [slug for event in events for slug in _ask(office, watch, event, ask)]
    again = _look_again(office, watch, look)
    written = _tell(office, watch, events)
    last = _deliver(office, postman)
    if watch.ping:
        postman.ping(office, watch.ping, well=not last.failed)
    return Round(
        asked=tuple(asked),
        again=again,
        written=written,
        sent=first.sent + last.sent,
        failed=last.failed,
        next=_next(office, events),
    )


def ask_by_crawl(office: Office, event: str, slugs: Sequence[str]) -> None:
    """Asks outlets by a run of their own: `jehona crawl --event EVENT --outlet ...`."""
    what = crawl.plan(office, event=event, outlets=slugs)
    crawl.run(office, what, watcher=lambda event: None)


def _watch(office: Office) -> Watch:
    watch, toml = office.workspace.watch, office.workspace.root / "jehona.toml"
    if watch is None:
        raise Wrong('{toml}: no [watch] yet: write it, with to = ["you@office.example"]', toml=toml)
    if not (watch.to or watch.urls or os.environ.get(FROM_ENVIRONMENT)):
        raise Wrong('{toml}: [watch] tells nobody: to = ["you@office.example"]', toml=toml)
    if watch.to and office.workspace.smtp is None:
        raise Wrong("{toml}: [watch] has mail addresses and there is no [smtp]", toml=toml)
    return watch


# --- asking ---------------------------------------------------------------------------


def _under_way(office: Office) -> list[Event]:
    """The events whose window is open, the first to end first."""
    now = office.clock()
    open_ones = [event for event in office.events().values() if event.window.holds(now)]
    return sorted(open_ones, key=lambda event: (event.last_day, event.slug))


def _ask(office: Office, watch: Watch, event: Event, ask: Ask) -> list[str]:
    """Ask the outlets of an event whose time has come; when they are asked again is kept after.

    Before a digest all are asked: what it says of nothing new is true at that hour.
    """
    outlets, now = office.outlets(), office.clock()
    expected = event.expected_outlets or [slug for slug, one in outlets.items() if one.use]
    with office.to_write() as record:
        last, due = watches.last_digest(record), watches.due(record)
        every = digest_is_due(_local(office), at=watch.digest, last=last and last[0])
        ready = [s for s in expected if (every or due.get(s, now) <= now) and outlets[s].find]
    if not ready:
        return []
    ask(office, event.slug, ready)
    with office.to_write() as record:
        later = {s: _later(office, record, watch, event, outlets[s]) for s in ready}
        watches.set_due(record, later)
    return ready


def _look_again(office: Office, watch: Watch, look: Look) -> int:
    """Look at the accepted pieces whose time has come; how many. What was looked at is kept."""
    if watch.corrections is None or not office.workspace.record.is_file():
        return 0
    with office.to_read() as record:
        pieces = second_looks.due(office, record, watch.corrections)
    if pieces:
        look(office, pieces)
    return sum(map(len, pieces.values()))


def _local(office: Office) -> datetime:
    return office.clock().astimezone(ZoneInfo(office.workspace.zone))


def _later(office: Office, record: Record, watch: Watch, event: Event, outlet: Outlet) -> datetime:
    slug, now = outlet.slug, office.clock()
    zone = outlet.zone or office.workspace.zone
    local = now.astimezone(ZoneInfo(zone))
    month = history.published(record, slug, since=now - timedelta(days=90), until=now)
    usual = rhythm(month, history.covered(record, slug), zone=zone, now=now)
    every = max(watch.every, timedelta(seconds=outlet.delay or 0))
    busy = _is_near(event, local.date())
    return next_look(local, every=every, per_week=usual.per_week, busy=busy)


def _is_near(event: Event, day: date) -> bool:
    return event.date is not None and abs(day - event.date) <= NEAR


def _next(office: Office, events: Sequence[Event]) -> datetime | None:
    with office.to_read() as record:
        moments = list(watches.due(record).values())
        moments += [delivery.due for delivery in watches.waiting(record)]
    return min(moments, default=None) if events or moments else None


# --- telling ------------------------------------------------------------------------------


def preview(office: Office) -> Notice | None:
    """Today's digest as it would be written now; None while no event is under way.

    Nothing is kept and nobody is asked. Raises RegistryError, RecordRefused, NoRecord.
    """
    events, local = _under_way(office), _local(office)
    if not events:
        return None
    watch = office.workspace.watch or Watch()
    with office.to_read() as record:
        last = watches.last_digest(record)
        looks = [_Look(office, record, event, last and last[1]) for event in events]
        edits = later_edits.untold(office, record, watch.corrections)
        news = _news(office, record, looks, edits, _changed(office, record), digest=True)
    return _notice(office, news, local, digest=True)


def _tell(office: Office, watch: Watch, events: Sequence[Event]) -> tuple[str, ...]:
    """Write a notice where one is due: at most one a round. Gives its subject."""
    local = _local(office)
    with office.to_write() as record:
        search_index.bring_up(record)
        last = watches.last_digest(record)
        looks = [_Look(office, record, event, last and last[1]) for event in events]
        digest = digest_is_due(local, at=watch.digest, last=last and last[0])
        told = [look for look in looks if digest or look.is_due(watch, local)]
        changes = _changed(office, record)
        goes = bool(told) or any(changes)
        # an edit waits for a notice that goes out anyway: the digest, where there is one
        asked = goes or digest or watch.digest is None
        edits = later_edits.untold(office, record, watch.corrections) if asked else {}
        if not (goes or edits):
            return ()
        news = _news(office, record, told, edits, changes, digest=digest)
        written = _notice(office, news, local, digest=digest and bool(events))
        _keep(record, watch, written, told, edits)
        return (written.subject,)


def _news(
    office: Office,
    record: Record,
    told: Sequence[_Look],
    edits: Mapping[str, Sequence[later_edits.Correction]],
    changes: tuple[tuple[str, ...], tuple[str, ...]],
    *,
    digest: bool,
) -> News:
    """What a notice says."""
    broke, mended = changes
    return News(
        events=tuple(look.news() for look in told),
        broke=broke,
        mended=mended,
        zone=office.workspace.zone,
        seal=_seal(record) if digest else None,
        edited=later_edits.for_notice(office, edits),
    )


def _keep(
    record: Record,
    watch: Watch,
    written: Notice,
    told: Sequence[_Look],
    edits: Mapping[str, Sequence[later_edits.Correction]],
) -> None:
    """Keep a notice with all that it told, at once."""
    watches.keep(
        record,
        written,
        told={look.event.slug: {a.key for a, _ in look.new} for look in told},
        unusual=[look.event.slug for look in told if look.unusual],
        recipients=_recipients(watch),
        edits={slug: [one.number for one in found] for slug, found in edits.items()},
    )


def _seal(record: Record) -> str | None:
    """The record's seal, which leaves the office with a digest."""
    last = sealing.latest(record)
    return last.digest if last else None


def _recipients(watch: Watch) -> list[tuple[str, str]]:
    others = [*watch.urls, *([FROM_ENVIRONMENT] if os.environ.get(FROM_ENVIRONMENT) else [])]
    return [*((MAIL, address) for address in watch.to), *((OTHER, name) for name in others)]


def _notice(office: Office, news: News, local: datetime, *, digest: bool) -> Notice:
    language, smtp = office.workspace.language, office.workspace.smtp
    sender = (smtp and (smtp.sender or smtp.user)) or "jehona@jehona.invalid"
    return Notice(
        message_id=make_msgid(domain=sender.rpartition("@")[2] or "jehona.invalid"),
        day=local.date(),
        digest=digest,
        subject=telling.subject(news, language),
        text=telling.text(news, language),
        html=telling.html(news, language),
        at=office.clock(),
    )


def _changed(office: Office, record: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of outlets that broke, and that mended, since the last notice."""
    last = watches.notices(record, 1)
    if not last:
        return (), ()
    good = {outcome.value for outcome in FRUITFUL}
    names = {slug: outlet.name for slug, outlet in office.outlets().items()}
    before, after = watches.states(record, last[0].at), watches.states(record, office.clock())
    both = [slug for slug in after if slug in before and slug in names]
    broke = (names[s] for s in both if before[s] in good and after[s] not in good)
    mended = (names[s] for s in both if before[s] not in good and after[s] in good)
    return tuple(sorted(broke)), tuple(sorted(mended))


class _Look:
    """One event, looked at for what there is to tell."""

    def __init__(
        self, office: Office, record: Record, event: Event, since: datetime | None
    ) -> None:
        self.event = event
        self._office, self._record = office, record
        self._since = max(since or event.window.start, event.window.start)
        self._matched = matches_in(record, event, office.outlets())
        known = watches.told(record, event.slug)
        self.new = [pair for pair in self._matched.counted if pair[0].key not in known]
        seen = watches.first_seen(record, [article.key for article, _ in self.new])
        self._latest = max(seen.values(), default=None)
        self.unusual = self._unusual()

    def is_due(self, watch: Watch, local: datetime) -> bool:
        """Whether it is told before the digest: after a quiet time, or on an unusual day."""
        near = _is_near(self.event, local.date())
        latest = self._latest
        return self.unusual is not None or bundle_is_due(
            local, latest=latest, quiet=watch.quiet, near=near
        )

    def news(self) -> EventNews:
        """What there is to tell."""
        names = {slug: one.name for slug, one in self._matched.outlets.items()}
        complete, incomplete = self._checked()
        desk = self._office.workspace.desk.url
        return EventNews(
            title=self.event.told_in(self._office.workspace.language).title,
            new=tuple(self._pieces(names)),
            since=self._since,
            waiting=len(self._matched.waiting),
            complete=tuple(names[slug] for slug in complete),
            incomplete=tuple(names[slug] for slug in incomplete),
            unusual=self.unusual,
            page=f"{desk}/events/{self.event.slug}" if desk else None,
        )

    def _checked(self) -> tuple[list[str], list[str]]:
        """Outlets that were checked completely since the last digest, and the others."""
        checks = read.latest_checks(
            self._record,
            event=self.event.slug,
            window=self.event.window,
            outlets=sorted(self._matched.expected),
        )
        whole: list[str] = []
        short: list[str] = []
        for slug, made in checks.items():
            after = [check for check in made if check.at and check.at >= self._since]
            done = bool(after) and best(after).outcome is Outcome.COMPLETE
            (whole if done else short).append(slug)
        return whole, short

    def _pieces(self, names: Mapping[str, str]) -> Iterator[NewPiece]:
        """The new pieces, those worth most first, each with why it stands there."""
        copies = self._copies() if self.new else {}
        ranked = sorted(
            self.new, key=lambda pair: (-copies.get(pair[0].key, 0), -pair[1].score, pair[0].key)
        )
        for article, match in ranked:
            yield NewPiece(
                headline=" ".join((article.headline or article.handle).split()),
                outlet=names.get(article.outlet, article.outlet) or "-",
                url=article.link,
                why=self._why(match, copies.get(article.key, 0)),
            )

    def _copies(self) -> Mapping[str, int]:
        """How many others carry the text of each piece that had it first."""
        counted = [article for article, _ in self._matched.counted]
        told = stories_of(self._record, self.event, counted)
        return {story.pieces[0].article: len(story.pieces) - 1 for story in told if story.pieces}

    def _why(self, match: Match, copies: int) -> str:
        language = self._office.workspace.language
        if copies:
            return say("notice_why_text", language, n=copies)
        if any(because.field == "headline" for because in match.because):
            return say("notice_why_headline", language)
        words = ", ".join(dict.fromkeys(because.term for because in match.because))
        if not words:
            return say("notice_why_person", language)
        return say("notice_why_words", language, words=words)

    def _unusual(self) -> tuple[int, float] | None:
        """Today's pieces and a usual day's, where today is out of the ordinary and untold."""
        zone = ZoneInfo(self.event.zone)
        today = self._office.clock().astimezone(zone).date()
        if watches.unusual_told(self._record, self.event.slug, today):
            return None
        days = _per_day(self._matched, zone)
        first = max(self.event.first_day, today - timedelta(days=USUAL_DAYS))
        before = [days.get(first + timedelta(days=n), 0) for n in range((today - first).days)]
        count = days.get(today, 0)
        return (count, usual_of(before)) if is_unusual(count, before) else None


def _per_day(matched: EventMatches, zone: ZoneInfo) -> Mapping[date, int]:
    found: dict[date, int] = {}
    for article, _ in matched.counted:
        if article.published:
            day = article.published.astimezone(zone).date()
            found[day] = found.get(day, 0) + 1
    return found


# --- sending ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sent:
    sent: int
    failed: tuple[tuple[str, str], ...]


def _deliver(office: Office, postman: Postman) -> _Sent:
    """Try what waits and is due; each outcome is kept before the next is tried."""
    if not office.workspace.record.is_file():
        return _Sent(0, ())
    sent, failed = 0, []
    with office.to_write() as record:
        for delivery in watches.waiting(record):
            now = office.clock()
            if delivery.due > now:
                continue
            try:
                postman.deliver(office, delivery)
            except NotSent as why:
                pause = min(FIRST_PAUSE * 2**delivery.tries, LONGEST_PAUSE)
                watches.failed(record, delivery, str(why), now + pause)
                failed.append((delivery.recipient, str(why)))
            else:
                watches.sent(record, delivery, now)
                sent += 1
    return _Sent(sent, tuple(failed))
