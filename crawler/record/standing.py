"""How events and outlets stand, counted in the record: nothing is matched or judged for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crawler.models import Check, Outcome, Window
from crawler.outcomes import RANK
from crawler.record import Record
from crawler.record.rows import CHECK, check_of, maybe_instant, utc_text

_SAID: Final = """
SELECT article, value, max(at || uid) FROM decisions
WHERE event = ? AND kind = 'match' GROUP BY article"""
_KEPT: Final = """
SELECT a.id, a.outlet, a.born, m.doubt IS NOT NULL
FROM matches AS m JOIN articles AS a ON a.id = m.article WHERE m.event = ?"""
_OUTLETS_OF: Final = "SELECT DISTINCT outlet FROM articles WHERE id IN ({})"
_SEEN_UP_TO: Final = "SELECT max(number) FROM runs WHERE finished <= ?"
_RUNNING: Final = "SELECT max(number) FROM runs WHERE state = 'running'"
_NEWEST: Final = f"""
SELECT run, {CHECK} FROM checks WHERE outlet = :outlet AND run = (
  SELECT max(run) FROM checks WHERE outlet = :outlet AND way NOT IN ('by-hand', 'proof'))
  AND way NOT IN ('by-hand', 'proof')
ORDER BY id"""  # noqa: S608 - constant names
_ANSWERS: Final = """
SELECT c.outlet, c.run, runs.event, c.way = 'by-hand', c.outcome, c.at, c.since, c.until
FROM checks AS c JOIN runs ON runs.number = c.run ORDER BY c.run DESC, c.id DESC"""
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


class Answers:
    """Every check of the record, as far as it may answer for an event; read once for many events.

    As `read.latest_checks` does it: the newest run of this event, or one that covers its window,
    and the newest check by hand for it.
    """

    __slots__ = ("_rows",)

    def __init__(self, record: Record) -> None:
        """Reads them, the newest first."""
        self._rows = record.conn.execute(_ANSWERS).fetchall()

    def of(self, event: str, window: Window, outlets: Collection[str]) -> Answered:
        """What is known of an event's outlets."""
        since, until = utc_text(window.start), utc_text(window.end)
        spoke: dict[tuple[str, bool], int] = {}
        found: dict[str, list[Outcome]] = {}
        latest = ""
        for outlet, run, of_event, by_hand, outcome, at, first, last in self._rows:
            covers = not by_hand and first is not None and first <= since and last >= until
            if outlet not in outlets or not (of_event == event or covers):
                continue
            # all checks of the newest run speak, and those that a person made last
            if spoke.setdefault((outlet, by_hand), run) == run:
                found.setdefault(outlet, []).append(Outcome(outcome))
                latest = latest if by_hand else max(latest, at or "")
        best = {slug: min(some, key=lambda one: RANK[one]) for slug, some in found.items()}
        return Answered(outcomes=best, at=maybe_instant(latest or None))


def pieces_of(
    record: Record, event: str, *, outlets: Collection[str], seen_up_to: int | None
) -> PieceCounts:
    """How many pieces of an event wait, at `outlets` and where somebody accepted one.

    `seen_up_to` is the last run of which somebody saw the pieces; None: they saw none.
    """
    said = {article: value for article, value, _ in record.conn.execute(_SAID, (event,))}
    accepted = [article for article, value in said.items() if value == "accepted"]
    counted = {*outlets, "", *_outlets_of(record, accepted)}
    sure = doubtful = rejected = new = 0
    for article, outlet, born, doubted in record.conn.execute(_KEPT, (event,)):
        if outlet not in counted:
            continue
        verdict = said.get(article)
        if verdict is None:
            sure, doubtful = sure + (not doubted), doubtful + doubted
            new += seen_up_to is None or born > seen_up_to
        rejected += verdict == "rejected"
    return PieceCounts(
        sure=sure, doubtful=doubtful, accepted=len(accepted), rejected=rejected, new=new
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
