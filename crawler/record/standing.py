"""How events and outlets stand, counted in the record: nothing is matched or judged for it."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any, Final

from crawler.models import Check, Outcome, Window
from crawler.outcomes import RANK
from crawler.record import Record
from crawler.record.rows import CHECK, check_of, maybe_instant, utc_text

_SAID: Final = """
SELECT article, value, max(at || uid) FROM decisions
WHERE event = ? AND kind = 'match' GROUP BY article"""
_KEPT: Final = """
SELECT a.outlet, m.doubt IS NOT NULL, a.born > :seen, count(*)
FROM matches AS m JOIN articles AS a ON a.id = m.article WHERE m.event = :event GROUP BY 1, 2, 3"""
_DECIDED: Final = """
SELECT m.article, a.outlet, m.doubt IS NOT NULL, a.born > :seen
FROM json_each(:said) AS j CROSS JOIN matches AS m ON m.event = :event AND m.article = j.value
JOIN articles AS a ON a.id = m.article"""
_OUTLETS_OF: Final = "SELECT DISTINCT outlet FROM articles WHERE id IN ({})"
_SEEN_UP_TO: Final = "SELECT max(number) FROM runs WHERE finished <= ?"
_RUNNING: Final = "SELECT max(number) FROM runs WHERE state = 'running'"
_NEWEST: Final = f"""
SELECT run, {CHECK} FROM checks WHERE outlet = :outlet AND run = (
  SELECT max(run) FROM checks WHERE outlet = :outlet AND way NOT IN ('by-hand', 'proof'))
  AND way NOT IN ('by-hand', 'proof')
ORDER BY id"""  # noqa: S608 - constant names
_ANSWERS: Final = """
SELECT c.outlet, c.run, c.way = 'by-hand', runs.event, c.outcome, c.at, c.since, c.until
FROM checks AS c JOIN runs ON runs.number = c.run WHERE {} ORDER BY c.id"""
# what can answer for any event at all; for one
_ANY: Final = "runs.event IS NOT NULL OR c.since IS NOT NULL"
_ONE: Final = "runs.event = :event OR c.since <= :since AND c.until >= :until"
_BY_HAND: Final = f"""
SELECT {CHECK} FROM checks WHERE outlet = ? AND way = 'by-hand' ORDER BY id DESC LIMIT 1"""  # noqa: S608
_OF_OUTLET: Final = f"""
SELECT run, {CHECK} FROM checks WHERE outlet = ? ORDER BY run DESC, id LIMIT ?"""  # noqa: S608
_HELD: Final = """
SELECT count(*), max(published), sum(published >= ?) FROM articles WHERE outlet = ?"""
_ROWS: Final = """
SELECT key, url, headline, published, precision, language, gone_since FROM articles
WHERE outlet = ? ORDER BY published DESC, id DESC LIMIT ?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceCounts:
    """The kept pieces of an event, as people and rules left them."""

    # nobody decided: those that count as they are, and those that are only asked about
    sure: int = 0
    doubtful: int = 0
    accepted: int = 0
    rejected: int = 0
    # of what waits: what came since somebody looked
    new: int = 0

    @property
    def waiting(self) -> int:
        """What nobody decided on."""
        return self.sure + self.doubtful


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the record has of an outlet."""

    pieces: int
    # when its newest piece was published; None: none is dated
    newest: datetime | None
    # published since the moment that was asked for
    recent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One piece as its outlet lists it."""

    key: str
    url: str
    headline: str | None
    published: datetime | None
    # "day" | "minute"
    precision: str | None
    language: str | None
    gone_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What is known of one event's outlets."""

    # slug -> how its newest checks came out, at best
    outcomes: Mapping[str, Outcome]
    # when the outlets last were asked, aware; None: nobody asked them
    at: datetime | None


@dataclass(frozen=True, slots=True)
class _Spoke:
    """The checks at one outlet, by machine or by hand, that may answer for some event."""

    # run -> event of the run, outcome, when, from when, up to when: as the record spells them
    runs: dict[int, list[tuple[str | None, str, str | None, str | None, str | None]]]
    # by machine: run, from when, up to when; the newest first
    stretches: list[tuple[int, str, str]]
    # event -> the newest of its own runs
    own: dict[str, int]
    # of the stretches: up to when the so many oldest reach, from when the so many newest do, the
    # latter from behind: both grow, so that one finds in them where a search begins and ends
    up_to: list[str]
    since: list[str]

    def measure(self) -> None:
        """All stretches are here."""
        self.up_to.extend(accumulate((last for _, _, last in reversed(self.stretches)), max))
        self.since.extend(accumulate((first for _, first, _ in self.stretches), min))
        self.since.reverse()

    def newest(self, event: str, since: str, until: str) -> int | None:
        """The newest run of which a check answers for an event."""
        own, count = self.own.get(event, -1), len(self.stretches)
        begin, end = count - bisect_right(self.since, since), count - bisect_left(self.up_to, until)
        for run, first, last in self.stretches[begin:end]:
            if run <= own:
                break
            if first <= since and last >= until:
                return run
        return own if own >= 0 else None


class Answers:
    """The checks of the record that may answer for an event; read once for many events.

    As `read.latest_checks` does it: the newest run of this event, or one that covers its window,
    and the newest check by hand for it.
    """

    __slots__ = ("_spoke",)

    def __init__(self, record: Record, *, only: tuple[str, Window] | None = None) -> None:
        """Reads them; `only` one event's (slug, window) where no other is asked for."""
        # by outlet and whether by hand
        self._spoke: dict[tuple[str, int], _Spoke] = {}
        said: dict[str, str] = {}
        if only:
            since, until = utc_text(only[1].start), utc_text(only[1].end)
            said = {"event": only[0], "since": since, "until": until}
        rows = record.conn.execute(_ANSWERS.format(_ONE if only else _ANY), said).fetchall()
        for outlet, run, by_hand, *check in sorted(rows, key=_run, reverse=True):
            self._add((outlet, by_hand), run, tuple(check))
        for spoke in self._spoke.values():
            spoke.measure()

    def _add(self, whose: tuple[str, int], run: int, check: tuple[Any, ...]) -> None:
        spoke = self._spoke.get(whose)
        if spoke is None:
            spoke = self._spoke[whose] = _Spoke({}, [], {}, [], [])
        spoke.runs.setdefault(run, []).append(check)
        event, _, _, first, last = check
        if event is not None:
            spoke.own.setdefault(event, run)
        if first is not None and not whose[1]:
            spoke.stretches.append((run, first, last))

    def of(self, event: str, window: Window, outlets: Collection[str]) -> Answered:
        """What is known of an event's outlets."""
        since, until = utc_text(window.start), utc_text(window.end)
        best, latest = dict[str, Outcome](), ""
        for outlet in outlets:
            found = list[Outcome]()
            for by_hand in (0, 1):
                for outcome, at in self._spoken(event, (outlet, by_hand), since, until):
                    found.append(Outcome(outcome))
                    latest = latest if by_hand else max(latest, at or "")
            if found:
                best[outlet] = min(found, key=lambda one: RANK[one])
        return Answered(outcomes=best, at=maybe_instant(latest or None))

    def _spoken(
        self, event: str, whose: tuple[str, int], since: str, until: str
    ) -> Iterator[tuple[str, str | None]]:
        """Outcome and moment of what answers: the checks of the newest run of which any does."""
        spoke = self._spoke.get(whose)
        run = spoke.newest(event, since, until) if spoke else None
        if spoke is None or run is None:
            return
        for of_event, outcome, at, first, last in spoke.runs[run]:
            covers = not whose[1] and first is not None and first <= since and (last or "") >= until
            if of_event == event or covers:
                yield outcome, at


def _run(row: Sequence[Any]) -> int:
    return int(row[1])


def pieces_of(
    record: Record, event: str, *, outlets: Collection[str], seen_up_to: int | None
) -> PieceCounts:
    """How many pieces of an event wait, at `outlets` and where somebody accepted one.

    `seen_up_to` is the last run of which somebody saw the pieces; None: they saw none.
    """
    said = {
        article: value
        for article, value, _ in record.conn.execute(_SAID, (event,))
        if value is not None
    }
    accepted = [article for article, value in said.items() if value == "accepted"]
    counted = {*outlets, "", *_outlets_of(record, accepted)}
    asked = {"event": event, "seen": -1 if seen_up_to is None else seen_up_to}
    waiting = Counter[tuple[int, int]]()
    for outlet, doubted, new, count in record.conn.execute(_KEPT, asked):
        if outlet in counted:
            waiting[doubted, new] += count
    rejected = 0
    asked["said"] = json.dumps(sorted(said))
    for article, outlet, doubted, new in record.conn.execute(_DECIDED, asked) if said else ():
        if outlet in counted:
            waiting[doubted, new] -= 1
            rejected += said[article] == "rejected"
    return PieceCounts(
        sure=waiting[0, 0] + waiting[0, 1],
        doubtful=waiting[1, 0] + waiting[1, 1],
        accepted=len(accepted),
        rejected=rejected,
        new=waiting[0, 1] + waiting[1, 1],
    )


def _outlets_of(record: Record, articles: Collection[int]) -> set[str]:
    sql = _OUTLETS_OF.format(", ".join(map(str, articles)))
    return {outlet for (outlet,) in record.conn.execute(sql)}


def seen_up_to(record: Record, at: datetime) -> int:
    """The last run that was over at a moment; 0: none was."""
    return int(record.conn.execute(_SEEN_UP_TO, (utc_text(at),)).fetchone()[0] or 0)


def running(record: Record) -> int | None:
    """The newest run that says it runs; its process may be gone."""
    found = record.conn.execute(_RUNNING).fetchone()[0]
    return None if found is None else int(found)


def newest_checks(record: Record, outlet: str) -> tuple[Check, ...]:
    """The checks of the newest run that asked an outlet for its listing; none: never asked."""
    found = record.conn.execute(_NEWEST, {"outlet": outlet})
    return tuple(check_of(row[1:]) for row in found)


def newest_hand_check(record: Record, outlet: str) -> Check | None:
    """What a person last saw there; None: nobody looked."""
    row = record.conn.execute(_BY_HAND, (outlet,)).fetchone()
    return check_of(row) if row else None


def checks_of(record: Record, outlet: str, *, most: int) -> tuple[tuple[int, Check], ...]:
    """The newest checks of an outlet, by hand too, each with its run."""
    found = record.conn.execute(_OF_OUTLET, (outlet, most))
    return tuple((row[0], check_of(row[1:])) for row in found)


def held(record: Record, outlet: str, *, since: datetime) -> Held:
    """What the record has of an outlet, and how much of it was published since a moment."""
    row = record.conn.execute(_HELD, (utc_text(since), outlet)).fetchone()
    return Held(pieces=row[0], newest=maybe_instant(row[1]), recent=row[2] or 0)


def rows_of(record: Record, outlet: str, *, most: int) -> tuple[Row, ...]:
    """The newest pieces of an outlet, undated ones last."""
    return tuple(
        Row(
            key=row[0],
            url=row[1],
            headline=row[2],
            published=maybe_instant(row[3]),
            precision=row[4],
            language=row[5],
            gone_since=maybe_instant(row[6]),
        )
        for row in record.conn.execute(_ROWS, (outlet, most))
    )
