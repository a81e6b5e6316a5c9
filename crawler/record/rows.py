"""Nouns to rows and back: the spelling of instants, states and checks in the tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, TypeAlias, cast
from zoneinfo import ZoneInfo

from crawler.models import (
    NOWHERE,
    Article,
    Because,
    Check,
    Layer,
    Match,
    Outcome,
    Precision,
    Response,
    Run,
    Said,
    Signal,
    Tongue,
    Verdict,
    Way,
    When,
    Window,
    link_of,
)
from crawler.reading.merge import Kept, LayerState, Saying, State, Value

SqlRow: TypeAlias = Sequence[Any]

ARTICLE = (
    'a.key, a.outlet, a.url, a.headline, a.published, a."offset", a.precision, a.language, '
    "a.lead, a.text, a.byline, a.section, a.gone_since, a.picture"
)
# the columns of `article_of`
STATE = (
    'a.url, a.headline, a.published, a."offset", a.precision, a.modified, a.language, '
    "a.byline, a.section, a.lead, a.text, a.provenance, a.picture"
)
# the columns of `state_of` and, in this order, of `columns_of`
CHECK = (
    "outlet, way, outcome, listed, read, new, changed, gone, requests, reached, seconds, types, "
    "note, next_step, by, at, since, until, only, reason, numbers"
)
# the columns of `check_of` and `columns_of_check`
VERDICT = (
    "(SELECT value FROM decisions WHERE article = {article} AND event = {event} "
    "AND kind = 'match' ORDER BY at DESC, uid DESC LIMIT 1)"
)
# the latest decision upon a match
MATCH = "m.score, m.because, m.rules, m.signals, m.doubt, m.basis"
# the columns of `match_of`, after the article's key, the event and the verdict
RUN = "number, event, since, until, zone, started, finished"

RESPONSE = "p.status, p.headers, p.landed, p.answer"
# the columns of `response_of`

_UNFIT = re.compile("[\x00\ud800-\udfff\u00ad\u200b\u2060\ufeff]")
_INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff")
_SUSPECT = ("\0", *_INVISIBLE)
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_TEXTS = ("url", "headline", "section", "lead", "text", "picture")


# --- words ------------------------------------------------------------------------


def clean(text: str) -> str:
    """`text` as SQLite can keep and find it.

    NUL and lone surrogates become U+FFFD; soft hyphens and zero-width spaces, which no reader
    sees and which would cut a word in two for the search, go.
    """
    if text.isascii():
        return text if "\0" not in text else text.replace("\0", "\ufffd")
    if not any(sign in text for sign in _SUSPECT) and _is_whole(text):
        return text  # the usual case, three times as fast as the pattern
    return _UNFIT.sub(lambda bad: "" if bad[0] in _INVISIBLE else "\ufffd", text)


def to_json(value: object) -> str:
    """Compact JSON; lone surrogates inside are replaced."""
    return clean(_COMPACT.encode(value))


def _is_whole(text: str) -> bool:
    """Whether no half of a surrogate pair stands alone."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


# --- instants ---------------------------------------------------------------------


def utc_text(instant: datetime) -> str:
    """An aware instant as text that sorts: "2025-05-10T07:30:00Z"."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def maybe_utc(instant: datetime | None) -> str | None:
    """`utc_text`, None for None."""
    return None if instant is None else utc_text(instant)


def instant_of(text: str) -> datetime:
    """The aware instant, in UTC, that `utc_text` spelled."""
    return datetime.fromisoformat(text)


def maybe_instant(text: str | None) -> datetime | None:
    """`instant_of`, None for None."""
    return None if text is None else datetime.fromisoformat(text)


@lru_cache(maxsize=256)
def _offset(seconds: int) -> timezone:
    return timezone(timedelta(seconds=seconds))


def _at_source(text: str | None, offset: int | None) -> datetime | None:
    instant = maybe_instant(text)
    return instant.astimezone(_offset(offset)) if instant and offset is not None else instant


# --- articles ---------------------------------------------------------------------


def article_of(row: SqlRow) -> Article:
    """The article of a row of the columns `ARTICLE`."""
    return Article(
        key=row[0],
        outlet=row[1],
        url=row[2],
        headline=row[3],
        published=_at_source(row[4], row[5]),
        precision=row[6],
        language=row[7],
        lead=row[8],
        text=row[9],
        byline=tuple(json.loads(row[10])) if row[10] != "[]" else (),
        section=row[11],
        gone_since=maybe_instant(row[12]),
        picture=row[13],
    )


def columns_of(state: State) -> tuple[Any, ...]:
    """The columns `STATE` of what stands in an article."""
    fields = state.fields
    texts = {name: _value(fields, name) for name in _TEXTS}
    when = cast("When | None", _value(fields, "published"))
    tongue = cast("Tongue | None", _value(fields, "language"))
    byline = _value(fields, "byline")
    return (
        texts["url"],
        texts["headline"],
        maybe_utc(when.instant) if when else None,
        _seconds_east(when.instant) if when else None,
        when.precision if when else None,
        utc_text(state.modified.value.instant) if state.modified else None,
        tongue.code if tongue else None,
        to_json(byline) if byline else "[]",
        texts["section"],
        texts["lead"],
        texts["text"],
        to_json(_provenance(state)),
        texts["picture"],
    )


def state_of(row: SqlRow) -> State:
    """What stands in an article, from the columns `STATE`."""
    why: dict[str, dict[str, Any]] = json.loads(row[11])
    values: dict[str, Value | None] = {
        "url": row[0],
        "headline": row[1],
        "published": _when(row[2], row[3], row[4], why.get("published")),
        "language": _tongue(row[6], why.get("language")),
        "byline": tuple(json.loads(row[7])) or None,
        "section": row[8],
        "lead": row[9],
        "text": row[10],
        "picture": row[12],
    }
    fields = {name: _kept(value, why[name]) for name, value in values.items() if value is not None}
    return State(fields=fields, modified=_modified(row[5], why.get("modified")))


def _value(fields: Mapping[str, Kept], name: str) -> Value | None:
    kept = fields.get(name)
    return None if kept is None else kept.value


def _seconds_east(instant: datetime) -> int:
    offset = instant.utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def _provenance(state: State) -> dict[str, dict[str, Any]]:
    why = {name: _why(kept) for name, kept in state.fields.items()}
    if state.modified is not None:
        why["modified"] = _why_modified(state.modified)
    return why


def _why(kept: Kept) -> dict[str, Any]:
    why: dict[str, Any] = {"by": kept.layer.value, "layer": kept.said}
    if kept.raw is not None:
        why["raw"] = kept.raw
    if kept.edits:
        why["edits"] = kept.edits
    if isinstance(kept.value, When):
        why["rule"] = kept.value.rule
    if isinstance(kept.value, Tongue):
        why |= {"source": kept.value.source, "confidence": kept.value.confidence}
    return why


def _why_modified(said: Said[When]) -> dict[str, Any]:
    when = said.value
    why: dict[str, Any] = {"layer": said.layer, "rule": when.rule, "precision": when.precision}
    return why | {"offset": _seconds_east(when.instant), "raw": said.raw}


def _kept(value: Value, why: Mapping[str, Any]) -> Kept:
    return Kept(
        value=value,
        layer=Layer(why["by"]),
        said=why["layer"],
        raw=why.get("raw"),
        edits=why.get("edits", 0),
    )


def _when(
    text: str | None, offset: int | None, precision: Precision | None, why: Any
) -> When | None:
    instant = _at_source(text, offset)
    if instant is None or precision is None:
        return None
    return When(instant=instant, precision=precision, rule=why["rule"])


def _tongue(code: str | None, why: Any) -> Tongue | None:
    if code is None:
        return None
    return Tongue(code=code, source=why["source"], confidence=why["confidence"])


def _modified(text: str | None, why: Any) -> Said[When] | None:
    instant = _at_source(text, why["offset"] if why else None)
    if instant is None:
        return None
    when = When(instant=instant, precision=why["precision"], rule=why["rule"])
    return Said(value=when, layer=why["layer"], raw=why["raw"])


# --- matches ----------------------------------------------------------------------


def match_of(article: str, event: str, decision: Verdict | None, row: SqlRow) -> Match:
    """The match of a row of the columns `MATCH`."""
    score, because, rules, signals, doubt, basis = row
    return Match(
        article=article,
        event=event,
        score=score,
        because=tuple(Because(**why) for why in json.loads(because)),
        rules=rules,
        decision=decision,
        signals=tuple(Signal(**each) for each in json.loads(signals or "[]")),
        doubt=doubt,
        basis=basis,
    )


# --- readings ---------------------------------------------------------------------


def said_of(layer: LayerState) -> str:
    """The column `readings.said`."""
    return to_json({name: [said.mark, said.edits] for name, said in layer.said.items()})


def layer_of(digest: str, said: str) -> LayerState:
    """What a layer last said, from its columns."""
    fields = json.loads(said)
    return LayerState(
        digest=digest,
        said={name: Saying(mark=mark, edits=edits) for name, (mark, edits) in fields.items()},
    )


# --- the ledger -------------------------------------------------------------------


def columns_of_check(check: Check) -> tuple[Any, ...]:
    """The columns `CHECK`."""
    return (
        check.outlet,
        check.way.value,
        check.outcome.value,
        check.listed,
        check.read,
        check.new,
        check.changed,
        check.gone,
        check.requests,
        check.reached.isoformat(timespec="seconds") if check.reached else None,
        check.seconds,
        to_json(check.types),
        check.note and clean(check.note),
        check.next_step and clean(check.next_step),
        check.by and clean(check.by),
        maybe_utc(check.at),
        maybe_utc(check.since),
        maybe_utc(check.until),
        None if check.only is None else to_json(check.only),
        check.reason,
        to_json(check.numbers) if check.numbers else None,
    )


def check_of(row: SqlRow) -> Check:
    """The check of a row of the columns `CHECK`."""
    return Check(
        outlet=row[0],
        way=Way(row[1]),
        outcome=Outcome(row[2]),
        listed=row[3],
        read=row[4],
        new=row[5],
        changed=row[6],
        gone=row[7],
        requests=row[8],
        reached=maybe_instant(row[9]),
        seconds=row[10],
        types=tuple(json.loads(row[11])),
        note=row[12],
        next_step=row[13],
        by=row[14],
        at=maybe_instant(row[15]),
        since=maybe_instant(row[16]),
        until=maybe_instant(row[17]),
        only=None if row[18] is None else tuple(json.loads(row[18])),
        reason=row[19],
        numbers=json.loads(row[20]) if row[20] else {},
    )


def run_of(row: SqlRow, checks: Iterable[Check]) -> Run:
    """The run of a row of the columns `RUN`."""
    return Run(
        number=row[0],
        event=row[1],
        window=_window(row[2], row[3], row[4]),
        started=instant_of(row[5]),
        finished=maybe_instant(row[6]),
        checks=tuple(checks),
    )


def _window(since: str | None, until: str | None, zone: str | None) -> Window | None:
    if since is None or until is None or zone is None:
        return None
    here = ZoneInfo(zone)
    return Window(
        start=instant_of(since).astimezone(here), end=instant_of(until).astimezone(here), zone=zone
    )


def response_columns(
    response: Response | None, url: str
) -> tuple[int | None, str | None, str | None]:
    """Status, headers and final address of an answer; no address where it is the one asked."""
    if response is None:
        return None, None, None
    landed = clean(response.landed) if response.landed != url else None
    return response.status, to_json(dict(response.headers)), landed


def response_of(row: SqlRow, url: str) -> Response | None:
    """How an answer came, from the columns of RESPONSE; None where that is not known."""
    status, headers, landed, answer = row
    if status is None:
        return None
    return Response(
        status=status, headers=json.loads(headers), landed=landed or url, digest=answer or ""
    )


def place(outlet: str, url: str) -> dict[str, str | None]:
    """Outlet and address as programs are told them.

    A piece without an address has `clip` instead: what its outlet, headline and date make, so
    that a colleague who brought it too finds it.
    """
    link = link_of(url)
    clip = {} if link else {"clip": url.removeprefix(NOWHERE)}
    return {"outlet": outlet or None, "url": link, **clip}
