"""How sure, beyond outcomes: the unseen beside the statement, how well each outlet was followed."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.models import Language
from reports.document.blocks import Block, Subhead, Table, Text
from reports.document.piece_lines import short
from reports.how_sure import HowSure, TrackRecord, Unseen
from reports.sentences import lag
from reports.words import say


def unseen_told(unseen: Unseen, language: Language) -> str:
    """The estimate as a sentence, its assumption behind it."""
    one, two = (say(way, language) for way in unseen.ways)
    told = say("sure_unseen", language, n=unseen.at_least, one=one, two=two)
    return f"{told} {say('sure_assumed', language)}"


def beyond_outcomes(sure: HowSure | None, language: Language) -> Iterator[Block]:
    """The estimate, where there is one."""
    if sure and sure.unseen:
        yield Text(looks="plain", words=unseen_told(sure.unseen, language))


def followed(sure: HowSure | None, language: Language) -> Iterator[Block]:
    """The track records, where checks answer for anything."""
    tracks = [track for track in (sure.tracks if sure else ()) if track.since or track.pieces]
    if not tracks:
        return
    names = ("track_days", "track_gap", "track_pieces", "track_undated", "track_after")
    yield Subhead(words=say("track_record", language))
    yield Text(looks="note", words=say("track_told", language))
    yield Table(
        columns=(say("col_outlet", language), *(say(name, language) for name in names)),
        numbers=(1, 2, 3, 4, 5),
        rows=tuple(_row(track, language) for track in tracks),
    )


def _row(track: TrackRecord, language: Language) -> tuple[str, ...]:
    share = track.share_undated
    after = track.median_minutes
    return (
        short(track.outlet.name),
        f"{track.days:.1f}",
        f"{track.longest_gap:.1f}" if track.longest_gap else "–",
        f"{track.pieces:,}".replace(",", "\u00a0"),
        "–" if share is None else f"{round(100 * share)} %",
        "–" if after is None else lag(after, language),
    )
