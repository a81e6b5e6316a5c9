"""A post made of a roundup, and the block to paste into one that was left alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from crawler.models import Event, Language
from reports.models import Piece, Report
from reports.publishing.gutenberg import heading, items, link, paragraph, text
from reports.publishing.post import Entry, Post
from reports.roundup import Mention, Roundup
from reports.sentences import moment
from reports.words import say


def post_of(made: Roundup, blocks: str) -> Post:
    """The post of a roundup; `blocks` is the roundup as Gutenberg markup, without a marker."""
    mentions = (
        one for section in made.sections for told in section.mentions for one in (told, *told.also)
    )
    entries = {mention.article: entry_of(mention) for mention in mentions}
    return Post(
        event=made.event,
        title=made.title,
        blocks=blocks.strip(),
        language=made.language,
        entries=tuple(entries.values()),
    )


def entry_of(mention: Mention) -> Entry:
    """What a list says of one piece, as the post words it."""
    words = mention.headline
    if mention.translation:
        note = f" ({mention.translation_note})" if mention.translation_note else ""
        words = f"{words} – {mention.translation}{note}"
    if mention.remark:
        words = f"{words} ({mention.remark})"
    return Entry(
        article=mention.article,
        outlet=mention.outlet,
        headline=words,
        url=mention.address or "",
    )


def with_archives(report: Report, astray: Collection[str]) -> Report:
    """The report with archived copies only where the outlet's own link went astray, by key.

    A copy that a person gave is linked in the place of a dead link, and not before.
    """

    def own(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
        return tuple(p if p.article in astray else replace(p, archive=None) for p in pieces)

    texts = tuple(replace(told, pieces=own(told.pieces)) for told in report.texts)
    return replace(report, pieces=own(report.pieces), texts=texts)


def update_block(
    more: Sequence[Entry], since: datetime | None, event: Event, language: Language
) -> str:
    """`Update: 3 more since ...` with the list: blocks to paste into a post that we leave alone."""
    if since is None:
        title = say("update_missing", language, n=len(more))
    else:
        when = moment(since, event, language)
        title = say("update_more", language, n=len(more), when=when)
    return "\n\n".join([heading(text(title), level=3), *_lists(more)])


def _lists(entries: Iterable[Entry]) -> Iterator[str]:
    """Each outlet's name, and under it its linked headlines."""
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.outlet, []).append(entry)
    for outlet, rows in grouped.items():
        if outlet:
            yield paragraph(f"<strong>{text(outlet)}:</strong>")
        yield items(link(entry.headline, entry.url) for entry in rows)
