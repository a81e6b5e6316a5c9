"""What a report says in sentences, in the reader's language: plain text, no markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crawler.models import Event, Keywords, Language, Outcome, Precision
from reports.formats.plain import LONGEST, plain
from reports.models import Completeness, Piece, Report
from reports.words import day, say, tongue
from reports.words.reasons import what_to_do, why

# Nobody read the outlet, for one reason or another.
NOT_CHECKABLE = (
    Outcome.BLOCKED,
    Outcome.BROKEN,
    Outcome.UNREACHABLE,
    Outcome.DECLINED,
    Outcome.NO_ADDRESS,
)


def moment(
    instant: datetime,
    event: Event,
    language: Language,
    precision: Precision | None = "minute",
    *,
    year: bool = False,
) -> str:
    """`16 maj, 14:20` in the event's zone; with the year where it is not the event's, or asked."""
    local = instant.astimezone(ZoneInfo(event.zone))
    spoken = day(local.date(), language, year=year or local.year != event.first_day.year)
    if precision == "day":
        return say("day_only", language, day=spoken)
    return say("day_time", language, day=spoken, time=local.strftime("%H:%M"))


def years_apart(report: Report) -> bool:
    """Whether the pieces are of more than one year, so that no date is clear without its own."""
    zone = ZoneInfo(report.event.zone)
    dated = (piece.published for piece in report.pieces)
    return len({when.astimezone(zone).year for when in dated if when}) > 1


def lag(minutes: int, language: Language) -> str:
    """`2 h 10 min`, `1 day 3 h`: how long after, never more than two units."""
    days, rest = divmod(abs(minutes), 24 * 60)
    hours, left = divmod(rest, 60)
    told = [say("lag_days", language, n=days)] if days else []
    told += [f"{hours} h"] if hours else []
    told += [f"{left} min"] if left and not days else []
    return " ".join(told) or "0 min"


def names(told: Sequence[str], language: Language, link: str = "and") -> str:
    """`A, B dhe C`."""
    if len(told) < 2:  # noqa: PLR2004 - one needs no "and"
        return "".join(told)
    return f"{', '.join(told[:-1])} {say(link, language)} {told[-1]}"


def numbers(report: Report, language: Language) -> str:
    """`39 pieces in 3 outlets (2 owners), 37 distinct texts; in Albanian and English; ...`"""
    total = report.summary
    head = (
        f"{say('pieces', language, n=total.pieces)} {say('in_outlets', language, n=total.outlets)}"
    )
    parts = [f"{head} ({say('of_owners', language, n=total.owners)})"]
    if total.texts != total.pieces:
        parts[0] += f", {say('texts', language, n=total.texts)}"
    if total.languages:
        spoken = names([tongue(code, language) for code in total.languages], language)
        parts.append(say("in_languages", language, names=spoken))
    if total.first and total.last:
        parts.append(_span(total.first, total.last, report.event, language))
    if total.undated:
        parts.append(say("number_undated", language, n=total.undated))
    if total.unnamed:
        parts.append(say("number_unnamed", language, n=total.unnamed))
    return "; ".join(parts)


def _span(first: datetime, last: datetime, event: Event, language: Language) -> str:
    zone = ZoneInfo(event.zone)
    apart = first.astimezone(zone).year != last.astimezone(zone).year
    begin, end = (moment(when, event, language, "day", year=apart) for when in (first, last))
    key = "only_at" if begin == end else "from_to"
    return say(key, language, first=begin, last=end)


def statement(report: Report, language: Language) -> str:
    """The completeness statement: every outlet of the denominator is in it or counted by it.

    `4 of 6 outlets checked completely; nothing found at A; checked by hand: B (2 found);
    only in part: C (back to 14 May); not checkable: D (does not answer); not asked yet: E`
    """
    rows = report.completeness
    if not rows:
        return say("none_asked", language)
    brought = [
        f"{row.outlet_name} ({say('pieces', language, n=row.matched)})" for row in report.brought
    ]
    complete = [row for row in rows if row.outcome is Outcome.COMPLETE]
    parts = [say("complete_of", language, n=len(complete), total=len(rows))]
    told = {
        "nothing_at": [row.outlet_name for row in complete if not row.matched],
        "by_hand_at": [
            f"{row.outlet_name} ({say('found', language, n=row.read)})"
            for row in rows
            if row.outcome is Outcome.CHECKED_BY_HAND
        ],
        "partly_at": _partly(report, language),
        "not_checkable": [
            f"{row.outlet_name} ({outcome(row, language)})"
            for row in rows
            if row.outcome in NOT_CHECKABLE
        ],
        "not_asked": [row.outlet_name for row in rows if row.outcome is None],
        "brought_from": brought,
    }
    parts += [say(key, language, names=names(some, language)) for key, some in told.items() if some]
    return "; ".join(parts)


def _partly(report: Report, language: Language) -> list[str]:
    return [
        f"{row.outlet_name} ({how_far})" if how_far else row.outlet_name
        for row in report.completeness
        if row.outcome is Outcome.PARTIAL
        for how_far in [_reached(row, report.event, language)]
    ]


def _reached(row: Completeness, event: Event, language: Language) -> str | None:
    if row.reached is None:
        return None
    return say("back_to", language, when=moment(row.reached, event, language))


def outcome(row: Completeness, language: Language) -> str:
    """How the check of an outlet ended."""
    return say(row.outcome.value if row.outcome else "none", language)


def silence(report: Report, language: Language) -> str:
    """That no piece was found, and why it may be believed or not."""
    hand = [row for row in report.completeness if row.outcome is Outcome.CHECKED_BY_HAND]
    if found := sum(row.read for row in hand):
        where = names([row.outlet_name for row in hand if row.read], language)
        return say("no_coverage_but_hand", language, n=found, names=where)
    return f"{say('no_coverage', language)} {_trust(report, language)}"


def _trust(report: Report, language: Language) -> str:
    rows = report.completeness
    complete = [row for row in rows if row.outcome is Outcome.COMPLETE]
    sure = [row for row in rows if row.outcome in (Outcome.COMPLETE, Outcome.CHECKED_BY_HAND)]
    read = sum(row.read for row in complete)
    if not complete:
        return say("believe_none", language)
    if len(sure) == len(rows):
        return say("believe_all", language, read=read)
    return say("believe_some", language, n=len(complete), total=len(rows), read=read)


def by_hand_apart(report: Report, language: Language) -> str | None:
    """Pieces that a person found are not rows of the list: say so where there are some."""
    hand = [row for row in report.completeness if row.outcome is Outcome.CHECKED_BY_HAND]
    apart = [
        f"{row.outlet_name} ({row.note})" if row.note else row.outlet_name
        for row in hand
        if row.read > row.matched
    ]
    return say("hand_not_listed", language, names=names(apart, language)) if apart else None


def trouble(report: Report, row: Completeness, language: Language) -> str:
    """Why an outlet is not, or not wholly, in the list, and what a person can do about it."""
    half = _reached(row, report.event, language) if row.outcome is Outcome.PARTIAL else None
    behind = "; ".join(part for part in (half, _note(report, row, language)) if part)
    told = f"{outcome(row, language)} ({behind})" if behind else outcome(row, language)
    return f"{told}. {_step(row, language)}"


def _note(report: Report, row: Completeness, language: Language) -> str | None:
    """What happened; our program notes it in English, for others its code and numbers are said."""
    if language == "en":
        return row.note
    if row.reason is None or row.outcome in (Outcome.DECLINED, Outcome.NO_ADDRESS):
        # said by the outcome already
        return None
    return why(row.reason, row.numbers, language, ZoneInfo(report.event.zone))


def _step(row: Completeness, language: Language) -> str:
    if language == "en" and row.next_step:
        return row.next_step
    if row.reason:
        return what_to_do(row.reason, language, row.outlet)
    # what an earlier release noted has no code
    return say(f"step_{row.outcome.value if row.outcome else 'none'}", language)


def looked(row: Completeness, event: Event, language: Language) -> str | None:
    """Who looked by hand, and when; None where nobody did."""
    if row.outcome is not Outcome.CHECKED_BY_HAND or row.at is None:
        return None
    when = moment(row.at, event, language, "day")
    if row.by:
        return say("checked_by", language, who=row.by, when=when)
    return say("checked_on", language, when=when)


def mentions(report: Report, piece: Piece, language: Language, main: str | None = None) -> str:
    """What stands behind a headline: the date, another language than most pieces have, gone.

    `main` is the report's main language, for who asks about many pieces and has counted once.
    """
    told = []
    if piece.published:
        told.append(moment(piece.published, report.event, language, piece.precision))
    if piece.language and piece.language != (main or report.main_language):
        told.append(tongue(piece.language, language))
    if piece.gone_since:
        told.append(say("gone", language))
    return " · ".join(told)


def keywords(wanted: Keywords, language: Language) -> str:
    """`"Dita e Bregut" or panair + libr*; without: bujqësor`."""
    groups = [" + ".join(group) for group in wanted.any]
    parts = [f" {say('or', language)} ".join(groups) or " + ".join(wanted.all)]
    if wanted.any and wanted.all:
        parts.append(say("keywords_all", language, terms=", ".join(wanted.all)))
    if wanted.none:
        parts.append(say("keywords_none", language, terms=", ".join(wanted.none)))
    return "; ".join(parts)


def searched(report: Report, language: Language) -> Iterator[str]:
    """What was looked for, and in which days."""
    event = report.event
    days = {"first": day(event.first_day, language), "last": day(event.last_day, language)}
    yield say("window", language, **days, zone=event.zone)
    yield say("keywords", language, groups=keywords(event.keywords, language))


def method(report: Report, language: Language) -> Iterator[str]:
    """How the report was made and what is not in it, a sentence each."""
    how = report.method
    yield from _precision(report, language)
    if how.ways:
        ways = ", ".join(say(way.value, language) for way in how.ways)
        yield say("looked_by", language, ways=ways)
    yield say("etiquette", language)
    if how.agent:
        yield say("etiquette_name", language, agent=how.agent)
    if how.elsewhere:
        yield say("elsewhere", language, n=how.elsewhere)
    yield say("not_invented", language)
    yield made(report, language)
    if report.seal:
        yield say("record_seal", language, seal=report.seal)


def _precision(report: Report, language: Language) -> Iterator[str]:
    right = report.method.precision
    if right:
        yield say("right", language, accepted=right.accepted, decided=right.decided)
    elif report.pieces:
        yield say("right_unknown", language)
    if report.summary.unreviewed:
        yield say("unreviewed", language, n=report.summary.unreviewed)


def headline(piece: Piece, language: Language) -> str:
    """As readers see it: a person's correction first; never empty, never endless."""
    return plain(piece.corrected or piece.headline or "", LONGEST) or say("no_headline", language)


def translator(piece: Piece, language: Language) -> str:
    """Whose a translation is; a machine's always says so."""
    who = plain(piece.translation_by or "", LONGEST)
    if piece.by_machine:
        name = who.removeprefix("machine").lstrip(": ")
        told = say("machine", language)
        return f"{told}: {name}" if name else told
    return say("translated_by", language, who=who) if who else say("translation", language)


def made(report: Report, language: Language) -> str:
    """Which report this is, when and with what it was made."""
    local = report.made.astimezone(ZoneInfo(report.event.zone))
    when = f"{day(local.date(), language)}, {local:%H:%M}"
    rules = ", ".join(report.method.rules)
    told = {"version": report.version, "when": when, "software": report.method.software}
    return say("made" if rules else "made_plain", language, **told, rules=rules)
