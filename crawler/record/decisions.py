"""What people decide about pieces: only ever added to, never changed or deleted (law 4).

The latest of a kind holds, by its moment and then its uid, so that two records which know the same
decisions hold the same, in whatever order they learnt them. Taking something back is a decision
too: one without a value.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeAlias, cast, get_args

from crawler.models import NOWHERE, UNNAMED, Decided, Decision, DecisionKind, Verdict, link_of
from crawler.models.post import Genre
from crawler.record import Record, rows
from crawler.record.storing import address

__all__ = [
    "Refused",
    "SameText",
    "Taken",
    "UnknownArticle",
    "decide",
    "export",
    "flaw",
    "fresh",
    "history",
    "holding",
    "same_text",
    "take",
    "undo",
]

KINDS: Final = get_args(DecisionKind)
LONGEST: Final = 20_000  # characters of a value or a note; a translation of a headline has 100
LONGEST_LINE: Final = 200_000
# characters of an exported decision
# To be said on the telephone: no l, o, 0, 1; twelve of them are 60 bits.
UID_SIGNS: Final = "abcdefghijkmnpqrstuvwxyz23456789"
UID_LENGTH: Final = 12
OF_AN_EVENT: Final = frozenset({"match", "pin", "tier", "highlight", "message"})
# mean nothing without one
CHOICES: Final = {
    "match": frozenset({"accepted", "rejected"}),
    "same-text": frozenset({"same", "other"}),
    "genre": frozenset(get_args(Genre)),
    "highlight": frozenset({"yes"}),
}
# may say of which language they are: an excerpt without one is for all readers
SPOKEN: Final = frozenset({"translation", "excerpt"})
NUMBERS: Final = frozenset({"tier", "pin"})
NOBODY: Final = "unknown"
# who decided what a release kept without a name

_SLUG = re.compile(r"[a-z0-9-]{1,200}")
_UID = re.compile(r"d_[a-z0-9]{6,40}")
_NUMBER = re.compile(r"[1-9]\d{0,3}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_ADDRESS = re.compile(r"https?://[^\s<>\"']{1,2000}")

_COLUMNS = (
    "d.uid, d.kind, d.event, a.key, o.key, d.value, d.language, d.note, d.by, d.at, "
    "a.outlet, a.url, o.outlet, o.url"
)
_FROM = "FROM decisions AS d JOIN articles AS a ON a.id = d.article"
_OTHER = "LEFT JOIN articles AS o ON o.id = d.other"
_ORDER = "ORDER BY d.at, d.uid"
_INSERT = """
INSERT INTO decisions (uid, event, article, other, kind, value, language, note, by, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uid) DO NOTHING"""
_LAST = """
SELECT max(at) FROM decisions
WHERE kind = ?1 AND (article IN (?2, ?3) OR other IN (?2, ?3))"""
_OF_KEY = """
SELECT id, outlet FROM articles WHERE key = ?1 UNION ALL
SELECT a.id, a.outlet FROM merged AS m JOIN articles AS a ON a.id = m.article WHERE m.key = ?1"""
_OF_ADDRESS = """
SELECT article FROM aliases
WHERE outlet = ? AND kind = ? AND value = ? AND article NOT NULL"""

Asked: TypeAlias = tuple[Any, ...] | Mapping[str, Any]


class UnknownArticle(LookupError):
    """No article of the record has this key, nor did one that it became."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameText:
    """Two pieces that a person joined or split; the latest word of a pair."""

    one: str
    # key, the smaller of the two
    two: str
    # key of the other
    same: bool
    # True: they carry one text; False: they do not
    by: str
    # who
    at: datetime
    # aware


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A line that was not taken."""

    line: int
    # its number in the file, from 1
    why: str
    # one sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What an import did."""

    added: int
    # decisions the record did not have
    known: int
    # decisions it had
    refused: tuple[Refused, ...] = ()
    # lines that say nothing we can use, in the order of the file


# --- deciding ---------------------------------------------------------------------------


def fresh(
    kind: DecisionKind,
    article: str,
    *,
    event: str | None,
    value: str | None,
    by: str,
    at: datetime,
    other: str | None = None,
    language: str | None = None,
    note: str | None = None,
) -> Decision:
    """A decision with a uid of its own. `at` is aware."""
    word = "".join(secrets.choice(UID_SIGNS) for _ in range(UID_LENGTH))
    return Decision(
        uid=f"d_{word}",
        kind=kind,
        article=article,
        event=event,
        value=value,
        other=other,
        language=language,
        note=note,
        by=by,
        at=at,
    )


def decide(record: Record, decision: Decision) -> Decision:
    """Adds a decision and gives it as it was kept.

    Whoever decides now knows what was decided before, so theirs holds even where a colleague's
    clock ran ahead: the moment becomes the first after the latest one upon these pieces. One of
    a uid that is known is not added again. Raises UnknownArticle, and ValueError (one sentence)
    for a decision that says nothing.
    """
    if wrong := flaw(decision):
        raise ValueError(wrong)
    with record.transaction():
        article, other = _numbers(record, decision)
        asked = (decision.kind, article, other)
        last = rows.maybe_instant(record.conn.execute(_LAST, asked).fetchone()[0])
        if last is not None and last >= decision.at:
            decision = replace(decision, at=last + timedelta(microseconds=1))
        _insert(record, decision, article, other)
    return decision


def undo(
    record: Record,
    *,
    kind: DecisionKind,
    article: str,
    event: str | None,
    by: str,
    at: datetime,
    other: str | None = None,
    language: str | None = None,
    note: str | None = None,
) -> Decision:
    """Takes back what holds of a kind, by one more decision; then nothing of that kind holds."""
    return decide(
        record,
        fresh(
            kind,
            article,
            event=event,
            value=None,
            by=by,
            at=at,
            other=other,
            language=language,
            note=note,
        ),
    )


def flaw(decision: Decision) -> str | None:
    """What is wrong with a decision, in one sentence; None for a good one."""
    kind, event = decision.kind, decision.event
    texts = (decision.value, decision.note, decision.by)
    wrong = {
        f'kind "{kind!s:.40}" is not known: {", ".join(KINDS)}': kind not in KINDS,
        "the uid is not one: d_ and letters and digits": not _UID.fullmatch(decision.uid),
        "the event is not a slug": event is not None and not _SLUG.fullmatch(event),
        f"a {kind} needs an event": event is None and kind in OF_AN_EVENT,
        f"more than {LONGEST:,} characters": any(text and len(text) > LONGEST for text in texts),
        "the moment has no zone": decision.at.tzinfo is None,
    }
    first = next((sentence for sentence, holds in wrong.items() if holds), None)
    return first or _flaw_of_words(decision) or _flaw_of_value(decision)


def _flaw_of_words(decision: Decision) -> str | None:
    """What is wrong with what only some kinds have: a second piece, a language."""
    language = decision.language
    if (decision.kind == "same-text") != (decision.other is not None):
        return "a same-text names two pieces, and nothing else does"
    lacks = decision.kind == "translation" and language is None
    if lacks or (language is not None and decision.kind not in SPOKEN):
        return "a translation names its language, an excerpt may, and nothing else does"
    if language is not None and not _LANGUAGE.fullmatch(language):
        return "the language is not an ISO 639-1 code, like en"
    return None


def _flaw_of_value(decision: Decision) -> str | None:
    value = decision.value
    if value is None:
        return None
    choices = CHOICES.get(decision.kind)
    if choices and value not in choices:
        return f'a {decision.kind} is {" or ".join(sorted(choices))}, not "{value:.40}"'
    if decision.kind in NUMBERS and not _NUMBER.fullmatch(value):
        return f"a {decision.kind} is a whole number from 1 to 9999"
    if decision.kind == "archive" and not _ADDRESS.fullmatch(value):
        return "an archived copy has an address that begins with http"
    return None if value.strip() else "there are no words in it: leave the value out to take back"


def _insert(record: Record, decision: Decision, article: int, other: int | None) -> bool:
    """Whether the decision is a new one."""
    texts = (decision.value, decision.language, decision.note, decision.by)
    kept = (None if text is None else rows.clean(text) for text in texts)
    columns = (decision.uid, decision.event, article, other, decision.kind, *kept)
    return record.conn.execute(_INSERT, (*columns, _moment(decision.at))).rowcount > 0


def _moment(instant: datetime) -> str:
    """UTC text that sorts, to the microsecond: people press keys quickly."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def _numbers(record: Record, decision: Decision) -> tuple[int, int | None]:
    """The ids of the pieces a decision names. Raises UnknownArticle, ValueError for one piece."""
    article = _number(record, decision.article)
    if decision.other is None:
        return article, None
    other = _number(record, decision.other)
    if other == article:
        raise ValueError("both keys name one piece by now")
    return article, other


def _number(record: Record, key: str) -> int:
    found = record.conn.execute(_OF_KEY, (key,)).fetchone()
    if found is None:
        raise UnknownArticle(f"there is no article {key}")
    return int(found[0])


# --- what holds -------------------------------------------------------------------------


def holding(
    record: Record, event: str, articles: Collection[str] | None = None
) -> dict[str, Decided]:
    """What holds of every piece upon which something was decided, by key, for one event.

    Decisions without an event hold in every one. `articles` (keys) narrows.
    """
    sql = (
        f"SELECT a.key, d.kind, d.value, d.language, d.note, d.by {_FROM} "
        f"WHERE (d.event = ? OR d.event IS NULL) AND d.kind <> 'same-text' {_ORDER}"
    )
    latest: dict[str, dict[tuple[str, str | None], tuple[Any, ...]]] = {}
    for key, kind, value, language, *who in record.conn.execute(sql, (event,)):
        if articles is None or key in articles:
            latest.setdefault(key, {})[kind, language] = (value, *who)
    held = ((key, _decided(said)) for key, said in latest.items())
    return {key: decided for key, decided in held if decided != Decided()}


def _decided(said: Mapping[tuple[str, str | None], tuple[Any, ...]]) -> Decided:
    """The latest of every kind as one noun; what was taken back is not there."""
    here = {names: told for names, told in said.items() if told[0] is not None}
    value = {kind: told[0] for (kind, language), told in here.items() if language is None}
    _, note, by = here.get(("match", None), (None, None, None))
    return Decided(
        verdict=cast("Verdict | None", value.get("match")),
        note=note,
        by=by,
        headline=value.get("headline"),
        translations={
            str(language): (words, who or NOBODY)
            for (kind, language), (words, _, who) in here.items()
            if kind == "translation"
        },
        tone=value.get("tone"),
        tier=int(value["tier"]) if "tier" in value else None,
        pin=int(value["pin"]) if "pin" in value else None,
        archive=value.get("archive"),
        excerpt=value.get("excerpt"),
        excerpts={str(t): words for (k, t), (words, *_) in here.items() if k == "excerpt" and t},
        remark=value.get("remark"),
        genre=value.get("genre"),
        highlight="highlight" in value,
        picture=value.get("picture"),
        messages=tuple((value.get("message") or "").splitlines()),
    )


def same_text(record: Record, event: str) -> tuple[SameText, ...]:
    """The pairs of pieces that people joined or split, for one event or for all, oldest first."""
    latest: dict[tuple[str, str], SameText | None] = {}
    for decision in _decisions(
        record, "(d.event = ? OR d.event IS NULL) AND d.kind = 'same-text'", (event,)
    ):
        if decision.other is None or decision.other == decision.article:
            continue  # united since
        one, two = sorted((decision.article, decision.other))
        latest[one, two] = decision.value and SameText(  # type: ignore[assignment]
            one=one, two=two, same=decision.value == "same", by=decision.by, at=decision.at
        )
    said = (pair for pair in latest.values() if pair)
    return tuple(sorted(said, key=lambda pair: (pair.at, pair.one, pair.two)))


def history(
    record: Record, *, event: str | None = None, article: str | None = None
) -> tuple[Decision, ...]:
    """Every decision ever made, in the order in which they hold; of one event, of one piece."""
    number = None if article is None else _number(record, article)
    where = (
        "(:event IS NULL OR d.event = :event OR d.event IS NULL) "
        "AND (:number IS NULL OR d.article = :number OR d.other = :number)"
    )
    return tuple(_decisions(record, where, {"event": event, "number": number}))


def _decisions(record: Record, where: str, asked: Asked) -> Iterator[Decision]:
    return (decision for decision, _ in _told(record, where, asked))


def _told(record: Record, where: str, asked: Asked) -> Iterator[tuple[Decision, tuple[Any, ...]]]:
    """Decisions, each with outlet and address of its pieces."""
    sql = f"SELECT {_COLUMNS} {_FROM} {_OTHER} WHERE {where} {_ORDER}"
    for row in record.conn.execute(sql, asked):
        yield _decision_of(row), row[10:]


def _decision_of(row: rows.SqlRow) -> Decision:
    return Decision(
        uid=row[0],
        kind=row[1],
        event=row[2],
        article=row[3],
        other=row[4],
        value=row[5],
        language=row[6],
        note=row[7],
        by=row[8] or NOBODY,
        at=rows.instant_of(row[9]),
    )


# --- between colleagues -----------------------------------------------------------------


def export(record: Record) -> Iterator[str]:
    """Every decision as a line of JSON without its line end, in the order in which they hold."""
    for decision, (outlet, url, other_outlet, other_url) in _told(record, "1", ()):
        other = decision.other and {
            "key": decision.other,
            **rows.place(other_outlet, other_url),
        }
        line = {
            "uid": decision.uid,
            "kind": decision.kind,
            "event": decision.event,
            "article": decision.article,
            **rows.place(outlet, url),
            "other": other,
            "value": decision.value,
            "language": decision.language,
            "note": decision.note,
            "by": decision.by,
            "at": _moment(decision.at),
        }
        yield rows.to_json(line)


def take(record: Record, lines: Iterable[str]) -> Taken:
    """Adds the decisions of an export, each once: all that can be used, in one transaction.

    A piece is found by its key, by a key that it lost, else by its address at its outlet. Empty
    lines say nothing. A line that cannot be used is refused by its number and the others stand:
    the same file may be taken again once its pieces are there.
    """
    added, known, refused = 0, 0, []
    with record.transaction():
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                new = _take(record, line)
            except (ValueError, LookupError) as wrong:
                refused.append(Refused(line=number, why=str(wrong)))
                continue
            added, known = added + new, known + (not new)
    return Taken(added=added, known=known, refused=tuple(refused))


def _take(record: Record, line: str) -> bool:
    """Whether the line's decision is new. Raises ValueError, UnknownArticle."""
    said = _opened(line)
    decision = _decision_in(said)
    if wrong := flaw(decision):
        raise ValueError(wrong)
    other = said.get("other")
    if other is not None and not isinstance(other, dict):
        raise ValueError("other is not a piece: key, outlet, url")
    article = _find(record, decision.article, said)
    if other is None:
        return _insert(record, decision, article, None)
    second = _find(record, other.get("key"), other)
    return _insert(record, decision, article, second)


def _opened(line: str) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise ValueError(f"longer than {LONGEST_LINE:,} characters")
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("not a line of JSON") from None
    if not isinstance(said, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - of a file, not of our code
    return said


def _decision_in(said: Mapping[str, Any]) -> Decision:
    """The decision a line holds, unchecked but for types. Raises ValueError."""
    other = said.get("other")
    text = {name: said.get(name) for name in ("event", "value", "language", "note")}
    text["other"] = other.get("key") if isinstance(other, dict) else None
    needed = {name: said.get(name) for name in ("uid", "kind", "article", "by")}
    for name, value in (text | needed).items():
        if not isinstance(value, str) and not (value is None and name in text):
            raise ValueError(f"{name} is {'missing' if value is None else 'not text'}")
    return Decision(at=_moment_in(said.get("at")), **(text | needed))  # type: ignore[arg-type]


def _moment_in(text: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
        return moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        raise ValueError("at is not a moment, like 2025-05-10T07:30:00Z") from None


def _find(record: Record, key: object, place: Mapping[str, Any]) -> int:
    """The piece of this key or, as another record may have named it otherwise, of its place."""
    outlet, url, clip = place.get("outlet"), place.get("url"), place.get("clip")
    if isinstance(clip, str) and url is None:
        outlet, url = outlet or UNNAMED, NOWHERE + clip
    for number, home in record.conn.execute(_OF_KEY, (str(key),)):
        if outlet in {None, home}:
            return int(number)
    if isinstance(outlet, str) and isinstance(url, str):
        bare = link_of(url) is None
        name = ("guid", url) if bare else ("url", address(url).value)
        found = record.conn.execute(_OF_ADDRESS, (outlet, *name)).fetchone()
        if found is not None:
            return int(found[0])
        url = link_of(url) or "without an address"
    raise UnknownArticle(f"the record has no piece {key!s:.40} of {outlet!s:.80}, {url!s:.200}")
