"""A clipping laid out: the piece with its proofs, and what it may not be used for."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.models import Language
from reports.clipping import Clipping, KeptProof
from reports.document.blocks import Block, Cover, Document, Facts, Section, Text
from reports.formats.plain import plain
from reports.forms import Edition
from reports.sentences import moment
from reports.words import say, tongue


def clipping_document(told: Clipping, language: Language) -> Document:
    """The paper of one piece, for the office's own proof; its frame in `language`."""
    sections = (
        Section(key=key, title=say(title, language), blocks=tuple(made))
        for key, title, made in (
            ("source", "clipping_source", _source(told, language)),
            ("text", "clipping_text", _text(told, language)),
            ("kept", "clipping_kept", _kept(told, language)),
        )
    )
    outlet = told.outlet or say("outlet_unnamed", language)
    headline = plain(told.headline or "", 300) or say("clipping_no_headline", language)
    return Document(
        edition=Edition.FULL,
        language=language,
        kind=say("clipping", language),
        cover=Cover(
            title=headline,
            about=(plain(outlet, 120), *_day(told, language)),
            introduction=(),
            picture=None,
        ),
        sections=tuple(sections),
    )


def _day(told: Clipping, language: Language) -> tuple[str, ...]:
    if told.published is None:
        return (say("clipping_undated", language),)
    return (moment(told.published, told.event, language, told.precision, year=True),)


def _source(told: Clipping, language: Language) -> Iterator[Block]:
    yield Text(looks="lead", words=say("clipping_notice", language))
    rows = (
        ("fact_clip_outlet", told.outlet or say("outlet_unnamed", language)),
        ("fact_clip_headline", told.headline),
        ("fact_clip_published", _dated(told, language)),
        ("fact_clip_byline", ", ".join(told.byline)),
        ("fact_clip_language", tongue(told.language, language) if told.language else None),
        ("fact_clip_address", told.address),
        ("fact_clip_archive", told.archive),
        ("fact_clip_key", told.article),
        ("fact_event", told.event.title),
    )
    yield Facts(rows=tuple((say(key, language), plain(said, 600)) for key, said in rows if said))


def _dated(told: Clipping, language: Language) -> str:
    """The day, how exact it is, who says so and how it stood there."""
    if told.published is None:
        return say("clipping_undated", language)
    (when,) = _day(told, language)
    if told.dated_by is None:
        return when
    by = say(f"clipping_by_{told.dated_by}", language)
    raw = plain(told.dated_as or "", 120)
    return say("clipping_dated_as" if raw else "clipping_dated", language, at=when, by=by, raw=raw)


def _text(told: Clipping, language: Language) -> Iterator[Block]:
    if not told.text:
        yield Text(looks="plain", words=say("clipping_no_text", language))
        return
    if told.lead_only:
        yield Text(looks="note", words=say("clipping_lead_only", language))
    for paragraph in told.text:
        yield Text(looks="plain", words=plain(paragraph), language=told.language)


def _kept(told: Clipping, language: Language) -> Iterator[Block]:
    if not told.kept:
        yield Text(looks="plain", words=say("clipping_nothing_kept", language))
    for each in told.kept:
        yield Facts(rows=tuple(_proof(each, told, language)))
    seal = say("record_seal", language, seal=told.seal) if told.seal else ""
    yield Text(looks="note", words=plain(f"{say('clipping_shows', language)} {seal}"))


def _proof(each: KeptProof, told: Clipping, language: Language) -> Iterator[tuple[str, str]]:
    fetched = moment(each.fetched, told.event, language, year=True)
    yield say("fact_clip_asked", language), plain(each.url, 600)
    yield say("fact_clip_fetched", language), f"{fetched} ({told.event.zone})"
    if each.digest is None or each.line is None:
        yield say("fact_clip_digest", language), say("clipping_unsealed", language)
        return
    yield say("fact_clip_digest", language), each.digest
    yield say("fact_clip_line", language), str(each.line)
