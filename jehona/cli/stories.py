"""`jehona stories`: which articles of an event carry the same text, and what people say to that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final
from zoneinfo import ZoneInfo

import typer

from crawler.models import Article, Event, Match, OutletKind, Story, StoryPiece, Workspace
from jehona.actions.errors import Wrong
from jehona.cli.common import (
    JsonOption,
    WorkspaceOption,
    counted,
    print_json,
    shown,
    who,
    words,
    workspace_of,
)

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.record import Record
    from crawler.stories import Possibly, Related

PANEL: Final = "Relate"
HOUR: Final = 60
DAY: Final = 24 * HOUR
# in minutes
EXACT: Final = 100
# likeness of a copy to the letter
_PLAIN = re.compile(r"[\w:/.~%=,+@-]+", re.ASCII)
# an address that every shell takes as it stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person says of two pieces on the command line."""

    value: str
    # same, other
    urls: tuple[str, str]
    # their addresses or keys
    by: str
    # who
    note: str | None
    # why


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is printed."""

    event: Event
    # whose stories
    found: Related
    # stories and questions
    articles: Mapping[str, Article]
    # by key
    names: Mapping[str, str]
    # of outlets, by slug


def stories(
    event: Annotated[str, typer.Argument(metavar="EVENT", show_default=False)],
    same: Annotated[
        tuple[str, str] | None,
        typer.Option("--same", metavar="URL URL", help="These two carry the same text."),
    ] = None,
    apart: Annotated[
        tuple[str, str] | None,
        typer.Option("--apart", metavar="URL URL", help="These two do not."),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who says so.", show_default=False)] = None,
    note: Annotated[str | None, typer.Option("--note", help="Why.", show_default=False)] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Which pieces of an event carry the same text: who had it first, and the others' lag.

    What you say with --same and --apart holds whatever the program thinks.
    """
    from crawler.config import load_event  # noqa: PLC0415
    from crawler.record import open_existing  # noqa: PLC0415

    desk, said = workspace_of(workspace), _said(same, apart, by, note)
    what = load_event(desk, event)
    with open_existing(desk.record, desk.snapshots) as record:
        if said:
            _decide(record, what, said, words(to_stderr=as_json))
        telling = _telling(record, desk, what)
    if as_json:
        print_json(_json(telling))
        return
    _print(telling, words())


def _said(
    same: tuple[str, str] | None, apart: tuple[str, str] | None, by: str | None, note: str | None
) -> Said | None:
    """Raises Wrong for both at once, and for a note upon nothing."""
    if same and apart:
        raise Wrong("--same and --apart: one at a time")
    urls = same or apart
    if urls is None:
        if by or note:
            raise Wrong("--by and --note go with --same URL URL or --apart URL URL")
        return None
    return Said(value="same" if same else "other", urls=urls, by=who(by), note=note)


def _decide(record: Record, event: Event, said: Said, out: Console) -> None:
    """Keep what a person says. Raises Wrong for a piece that the record does not have."""
    from crawler.record import decisions  # noqa: PLC0415

    one, two = (_piece(record, url) for url in said.urls)
    if one.key == two.key:
        raise Wrong(
            f"--{'same' if said.value == 'same' else 'apart'}: both name one piece: {one.url}"
        )
    decision = decisions.fresh(
        "same-text",
        one.key,
        other=two.key,
        event=event.slug,
        value=said.value,
        note=said.note,
        by=said.by,
        at=datetime.now(UTC),
    )
    try:
        decisions.decide(record, decision)
    except ValueError as wrong:
        raise Wrong(f"--{'same' if said.value == 'same' else 'apart'}: {wrong}") from None
    verb = "carry the same text" if said.value == "same" else "do not carry the same text"
    out.print(f"kept: {one.url} and {two.url} {verb}, says {said.by}", markup=False)


def _piece(record: Record, name: str) -> Article:
    from crawler.record import read  # noqa: PLC0415

    found = read.article(record, name)
    if found is None:
        raise Wrong(
            f"{shown(name)}: the record has no piece of this address: "
            "`jehona match EVENT --json` has them all"
        )
    return found


def _telling(record: Record, desk: Workspace, event: Event) -> Telling:
    """The stories of what a report of the event would count."""
    from crawler.config import load_outlets, outlets_asked  # noqa: PLC0415
    from crawler.event_matches import related, texts_of  # noqa: PLC0415

    outlets = load_outlets(desk)
    asked = outlets_asked(outlets, event, [])
    counted = {outlet.slug for outlet in asked if outlet.kind is not OutletKind.OWN}
    pairs = related(record, event, sorted(counted))
    own = {slug for slug, outlet in outlets.items() if outlet.kind is OutletKind.OWN}
    articles = {
        a.key: a
        for a, match in pairs
        if (a.outlet in counted or (match.decision == "accepted" and a.outlet not in own))
        and _counts(match)
    }
    return Telling(
        event=event,
        found=texts_of(record, event, articles.values()),
        articles=articles,
        names={slug: outlet.name for slug, outlet in outlets.items()},
    )


def _counts(match: Match) -> bool:
    """Rejected ones do not, doubtful ones only when a person accepted them."""
    return match.decision == "accepted" or (match.decision is None and match.doubt is None)


# --- JSON -----------------------------------------------------------------------------


def _json(telling: Telling) -> dict[str, Any]:
    """The document of docs/json.md."""
    found = telling.found
    return {
        "event": telling.event.slug,
        "stories": [_story_json(telling, story) for story in found.stories],
        "possibly": [
            {
                "urls": [pair.earlier, pair.later],
                "likeness": pair.likeness,
                "conflict": pair.conflict,
            }
            for pair in found.possibly
        ],
        "overruled": [
            [telling.articles[key].url for key in pair] for pair in telling.found.overruled
        ],
    }


def _story_json(telling: Telling, story: Story) -> dict[str, Any]:
    return {
        "story": story.key,
        "first": story.first,
        "pieces": [_piece_json(telling, piece) for piece in story.pieces],
        "possibly": story.possibly,
    }


def _piece_json(telling: Telling, piece: StoryPiece) -> dict[str, Any]:
    article = telling.articles[piece.article]
    published = article.published and article.published.astimezone(ZoneInfo(telling.event.zone))
    return {
        "article": piece.article,
        "url": piece.url,
        "outlet": piece.outlet,
        "headline": article.headline,
        "published": published,
        "precision": article.precision,
        "lag_minutes": piece.lag_minutes,
        "likeness": piece.likeness,
    }


# --- words ----------------------------------------------------------------------------


def _print(telling: Telling, out: Console) -> None:
    """Texts in several pieces, then those in one, then what a person should look at."""
    told = telling.found.stories
    several = [story for story in told if len(story.pieces) > 1]
    alone = [story for story in told if len(story.pieces) == 1]
    carry = "carries" if len(telling.articles) == 1 else "carry"
    out.print(
        f"{telling.event.slug}: {counted(len(telling.articles), 'piece')} {carry} "
        f"{counted(len(told), 'text')}, {len(several)} of them in more than one piece",
        markup=False,
    )
    if not told:
        out.print(f"next: jehona match {telling.event.slug}", markup=False)
    for story in several:
        out.print()
        for piece in story.pieces:
            out.print(_line(telling, story, piece), overflow="ignore", crop=False)
    if alone:
        out.print("\nIn one piece", style="bold")
    for story in alone:
        out.print(_line(telling, story, story.pieces[0]), overflow="ignore", crop=False)
    _print_questions(telling, out)


def _line(telling: Telling, story: Story, piece: StoryPiece) -> Any:
    """The first by its date, a copy indented by its lag; headlines are never markup."""
    from rich.text import Text  # noqa: PLC0415

    article = telling.articles[piece.article]
    name = shown(telling.names.get(piece.outlet, piece.outlet))
    headline = shown(article.headline) or piece.url
    if piece is story.pieces[0]:
        date = _date(article, telling.event)
        number = (f"{story.key:<6}", "dim")
        return Text.assemble(number, f"{date:<16}  ", (name, "bold"), f"  {headline}")
    lag = spelled(piece.lag_minutes) or _date(article, telling.event)
    likeness = f"  {piece.likeness} % alike" if piece.likeness < EXACT else ""
    return Text.assemble(f"{'':<6}{lag:>16}  ", (name, "bold"), f"  {headline}", (likeness, "dim"))


def _date(article: Article, event: Event) -> str:
    """No more exact than it is known."""
    if article.published is None:
        return "undated"
    if article.precision != "minute":
        return f"{article.published:%Y-%m-%d}"
    return f"{article.published.astimezone(ZoneInfo(event.zone)):%Y-%m-%d %H:%M}"


def spelled(minutes: int | None) -> str:
    """A lag as people say it: "+2 h 10 min", "+1 d 3 h"; "" where it is not known."""
    if minutes is None:
        return ""
    days, hours = divmod(minutes, DAY)
    hours, rest = divmod(hours, HOUR)
    parts = [(days, "d"), (hours, "h"), (rest if not days else 0, "min")]
    said = " ".join(f"{number} {unit}" for number, unit in parts if number)
    return f"+{said or '0 min'}"


def _print_questions(telling: Telling, out: Console) -> None:
    """Every pair with its reason, and the two commands that decide it."""
    by_url = {article.url: article for article in telling.articles.values()}
    if telling.found.possibly:
        out.print("\nPossibly the same text: you decide", style="bold")
    for pair in telling.found.possibly:
        _print_question(telling, pair, (by_url[pair.earlier], by_url[pair.later]), out)
    for keys in telling.found.overruled:
        one, two = (telling.articles[key].url for key in keys)
        line = f"{one} and {two} cannot be one text: what you joined them to is held apart"
        out.print(line, markup=False)


def _print_question(
    telling: Telling, pair: Possibly, ends: tuple[Article, Article], out: Console
) -> None:
    reason = pair.conflict or "no conflict, but much is different"
    out.print(f"\n{pair.likeness} % alike; {shown(reason)}", markup=False)
    for end in ends:
        name = shown(telling.names.get(end.outlet, end.outlet))
        headline = shown(end.headline) or "without a headline"
        out.print(f"  {_date(end, telling.event):<16}  {name}  {headline}", markup=False)
    for option in ("same", "apart"):
        typed = " ".join(_typed(end) for end in ends)
        out.print(f"  jehona stories {telling.event.slug} --{option} {typed}", markup=False)


def _typed(article: Article) -> str:
    """Its address, or its key where a shell would read more into the address."""
    return article.url if _PLAIN.fullmatch(article.url) else article.key
