"""An event's matches as they are kept: nothing is judged, and no text is read until it is shown.

Beside them stands what they were matched by (`basis`): while that is the event of today, they are
what matching anew would find, and a page need not do it at each look.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple, TypeAlias, cast

from crawler.models import Article, Decision, Match, Verdict
from crawler.record import Record, rows

Pair: TypeAlias = tuple[Article, Match]

# no lead, text, byline or section: they are most of what an article holds
_SKETCH: Final = (
    'a.key, a.outlet, a.url, a.headline, a.published, a."offset", a.precision, a.language, '
    "NULL, NULL, '[]', NULL, a.gone_since, a.picture"
)
_KEPT: Final = f"""
SELECT m.score, m.rules, m.doubt, a.id, {_SKETCH}
FROM matches AS m JOIN articles AS a ON a.id = m.article WHERE m.event = ?"""  # noqa: S608 - constant names
_ACCEPTED: Final = f"""
SELECT a.id, {_SKETCH} FROM json_each(?) AS j CROSS JOIN articles AS a ON a.id = j.value"""  # noqa: S608 - constant names
_PLACES: Final = """
SELECT a.id, a.key, a.outlet, a.language, a.published, m.score, m.doubt IS NOT NULL
FROM matches AS m JOIN articles AS a ON a.id = m.article WHERE m.event = ?"""
_PLACES_OF: Final = """
SELECT a.id, a.key, a.outlet, a.language, a.published, 0.0, 0
FROM json_each(?) AS j CROSS JOIN articles AS a ON a.id = j.value"""
_WHOLE: Final = f"""
SELECT {rows.ARTICLE}, m.event IS NOT NULL, {rows.MATCH}
FROM articles AS a LEFT JOIN matches AS m ON m.article = a.id AND m.event = :event
WHERE a.key IN (SELECT value FROM json_each(:keys))"""  # noqa: S608 - constant names
_VERDICTS: Final = """
SELECT article, value FROM decisions WHERE event = ? AND kind = 'match' ORDER BY at, uid"""
_LATEST: Final = """
SELECT d.uid, a.key, d.value, d.note, d.by, d.at
FROM articles AS a JOIN decisions AS d ON d.article = a.id AND d.event = :event
WHERE d.kind = 'match' AND a.key IN (SELECT value FROM json_each(:keys)) ORDER BY d.at, d.uid"""
_CAME_LAST: Final = """
SELECT uid FROM decisions WHERE uid IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT 1"""
_BASIS: Final = "SELECT basis FROM matched WHERE event = ?"
_KEEP: Final = "INSERT OR REPLACE INTO matched (event, basis) VALUES (?, ?)"
_WIDTH: Final = rows.ARTICLE.count(",") + 1
_FORGET: Final = "DELETE FROM matched"
_DONE: Final = "DELETE FROM matched WHERE event NOT IN (SELECT value FROM json_each(?))"
_BEGUN: Final = "SELECT EXISTS (SELECT 1 FROM matched WHERE event = '')"
_WAITS: Final = "SELECT EXISTS (SELECT 1 FROM unindexed)"
BY_HAND: Final = "by-hand"
# the rules of a match that no keyword made: a person added the piece


class Place(NamedTuple):
    """What lines up a piece among those of its event: less than a sketch, and much quicker."""

    # the article's
    key: str
    # slug
    outlet: str
    # ISO 639-1
    language: str | None
    # UTC as the record spells it; None: undated
    published: str | None
    score: float
    # whether it is only asked about before somebody decides
    doubtful: bool
    # a person's word
    verdict: Verdict | None

    @property
    def counts(self) -> bool:
        """As `Match.counts`."""
        return self.verdict == "accepted" or (self.verdict is None and not self.doubtful)


def places(record: Record, event: str) -> tuple[Place, ...]:
    """The pieces that `sketches` gives, in no order."""
    said = _verdicts(record, event)
    found = record.conn.execute(_PLACES, (event,)).fetchall()
    there = {row[0] for row in found}
    missing = [at for at, value in said.items() if value == "accepted" and at not in there]
    if missing:
        found += record.conn.execute(_PLACES_OF, (json.dumps(missing),)).fetchall()
    return tuple(Place._make((*row[1:], said.get(row[0]))) for row in found)


def place_of(pair: Pair) -> Place:
    """The place of a piece that was read whole."""
    article, match = pair
    return Place(
        key=article.key,
        outlet=article.outlet,
        language=article.language,
        published=rows.maybe_utc(article.published),
        score=match.score,
        doubtful=match.doubt is not None,
        verdict=match.decision,
    )


def sketches(record: Record, event: str) -> list[Pair]:
    """The event's pieces as a list needs them, in no order: without words and without reasons.

    Each has a person's verdict; those that a person accepted are there though nothing matches.
    """
    said = _verdicts(record, event)
    found, there = list[Pair](), set[int]()
    for score, rules, doubt, number, *row in record.conn.execute(_KEPT, (event,)):
        there.add(number)
        match = Match(
            article=row[0],
            event=event,
            score=score,
            because=(),
            rules=rules,
            decision=said.get(number),
            doubt=doubt,
        )
        found.append((rows.article_of(row), match))
    missing = [at for at, value in said.items() if value == "accepted" and at not in there]
    for _, *row in record.conn.execute(_ACCEPTED, (json.dumps(missing),)):
        article = rows.article_of(row)
        found.append((article, by_hand(article.key, event)))
    return found


def by_hand(article: str, event: str) -> Match:
    """The match of a piece that no keyword found and a person accepted."""
    return Match(
        article=article, event=event, score=0.0, because=(), rules=BY_HAND, decision="accepted"
    )


def whole(record: Record, event: str, articles: Collection[str]) -> Iterator[Pair]:
    """These articles (keys) with all their words, each with its kept match and the verdict.

    One that is neither matched nor accepted is left out.
    """
    said = verdicts(record, event, articles)
    asked = {"event": event, "keys": json.dumps(sorted(articles))}
    for row in record.conn.execute(_WHOLE, asked):
        article = rows.article_of(row[:_WIDTH])
        latest = said.get(article.key)
        verdict = cast("Verdict | None", latest and latest.value)
        if row[_WIDTH]:
            yield article, rows.match_of(article.key, event, verdict, row[_WIDTH + 1 :])
        elif verdict == "accepted":
            yield article, by_hand(article.key, event)


def verdicts(record: Record, event: str, articles: Collection[str]) -> dict[str, Decision]:
    """The latest verdict of the event upon each of these (keys), one that was taken back too."""
    asked = {"event": event, "keys": json.dumps(sorted(articles))}
    return {
        key: Decision(
            uid=uid,
            kind="match",
            article=key,
            event=event,
            value=value,
            note=note,
            by=by or "unknown",
            at=rows.instant_of(at),
        )
        for uid, key, value, note, by, at in record.conn.execute(_LATEST, asked)
    }


def came_last(record: Record, uids: Collection[str]) -> str | None:
    """Which of these decisions came into the record last, whatever the clock said."""
    row = record.conn.execute(_CAME_LAST, (json.dumps(sorted(uids)),)).fetchone()
    return row and str(row[0])


def basis(record: Record, event: str) -> str | None:
    """By what the event was matched last against everything; None: never, or nobody knows."""
    found = record.conn.execute(_BASIS, (event,)).fetchone()
    return found and str(found[0])


def keep_basis(record: Record, event: str, matched_by: str) -> None:
    """Keeps by what the event was matched, inside the transaction that keeps its matches."""
    record.conn.execute(_KEEP, (event, matched_by))


def forget_basis(record: Record) -> None:
    """Of no event is it known any more by what it was matched: the next look matches anew."""
    with record.transaction():
        record.conn.execute(_FORGET)


def begin_taking_up(record: Record) -> None:
    """Marks that pieces are indexed which no event was held against yet, until `taken_up`.

    Whoever is killed in between leaves the mark (`was_broken_off`).
    """
    with record.transaction():
        keep_basis(record, "", "begun")


def taken_up(record: Record, events: Collection[str]) -> None:
    """The pieces that were indexed are matched against these events (slugs), and no other."""
    with record.transaction():
        record.conn.execute(_DONE, (json.dumps(sorted(events)),))


def was_broken_off(record: Record) -> bool:
    """Whether pieces were indexed and not matched, or are being so just now."""
    return bool(record.conn.execute(_BEGUN).fetchone()[0])


def something_waits(record: Record) -> bool:
    """Whether pieces wait to be indexed and matched, as they do until a crawl has ended."""
    return bool(record.conn.execute(_WAITS).fetchone()[0])


def _verdicts(record: Record, event: str) -> dict[int, Verdict | None]:
    return dict(record.conn.execute(_VERDICTS, (event,)).fetchall())
