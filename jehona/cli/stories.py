"""`jehona stories`: which articles of an event carry the same text, and what people say to that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer
from rich.text import Text

from crawler.models import Article, Event, Story, StoryPiece
from jehona import actions
from jehona.actions.errors import Unknown, Wrong
from jehona.cli.common import (
    EventArgument,
    EventOption,
    JsonOption,
    WorkspaceOption,
    counted,
    office_of,
    one_event,
    print_json,
    shown,
    words,
)
from jehona.cli.speech import tell
from jehona.cli.unasked import said_unasked

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from crawler.stories import Possibly
    from jehona.actions.office import Office
    from jehona.actions.stories import EventStories

# In minutes.
HOUR: Final = 60
DAY: Final = 24 * HOUR
# Likeness of a copy to the letter.
EXACT: Final = 100
# An address that every shell takes as it stands.
_PLAIN = re.compile(r"[\w:/.~%=,+@-]+", re.ASCII)


def stories(
    event: EventArgument = None,
    same: Annotated[
        tuple[str, str] | None,
        typer.Option("--same", metavar="URL URL", help="These two carry the same text."),
    ] = None,
    apart: Annotated[
        tuple[str, str] | None,
        typer.Option("--apart", metavar="URL URL", help="These two do not."),
    ] = None,
    named: EventOption = None,
    by: Annotated[str | None, typer.Option("--by", help="Who says so.", show_default=False)] = None,
    note: Annotated[str | None, typer.Option("--note", help="Why.", show_default=False)] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Which pieces of an event carry the same text: who had it first, and the others' lag.

    What you say with --same and --apart holds whatever the program thinks.
    """
    office = office_of(workspace, by)
    slug = one_event(office, event, named)
    _judge(office, slug, same, apart, note=note, out=words(to_stderr=as_json))
    found = actions.stories.stories(office, slug)
    if as_json:
        print_json(found.as_json())
        return
    if found.articles or not said_unasked(office, slug):
        _print(found, words())


def _judge(
    office: Office,
    event: str,
    same: tuple[str, str] | None,
    apart: tuple[str, str] | None,
    *,
    note: str | None,
    out: Console,
) -> None:
    """Keep what is said of two pieces. Raises Wrong for both at once, and for a note on nothing."""
    if same and apart:
        raise Wrong("--same and --apart: one at a time")
    pair = same or apart
    if pair is None:
        if office.name or note:
            raise Wrong("--by and --note go with --same URL URL or --apart URL URL")
        return
    option = "same" if same else "apart"
    try:
        kept = actions.stories.judge(
            office, event, pair, value="same" if same else "other", note=note
        )
    except Unknown:
        raise
    except Wrong as wrong:
        raise Wrong("--{option}: {wrong}", option=option, wrong=wrong) from None
    told = (
        "kept: {one} and {two} carry the same text, says {by}"
        if same
        else "kept: {one} and {two} do not carry the same text, says {by}"
    )
    out.print(tell(told, one=kept.one, two=kept.two, by=kept.by))


def _print(found: EventStories, out: Console) -> None:
    """Texts in several pieces, then those in one, then what a person should look at."""
    told = found.found.stories
    several = [story for story in told if len(story.pieces) > 1]
    alone = [story for story in told if len(story.pieces) == 1]
    out.print(
        tell(
            "{slug}: {n} piece carries {texts}, {several} of them in more than one piece",
            "{slug}: {n} pieces carry {texts}, {several} of them in more than one piece",
            slug=found.event.slug,
            n=len(found.articles),
            texts=counted(len(told), "text"),
            several=len(several),
        ),
    )
    if not told:
        out.print(tell("next: jehona match {slug}", slug=found.event.slug))
    for story in several:
        out.print()
        for piece in story.pieces:
            out.print(_line(found, story, piece), overflow="ignore", crop=False)
    if alone:
        out.print(tell("\nIn one piece"), style="bold")
    for story in alone:
        out.print(_line(found, story, story.pieces[0]), overflow="ignore", crop=False)
    _print_questions(found, out)


def _line(found: EventStories, story: Story, piece: StoryPiece) -> Text:
    """The first by its date, a copy indented by its lag; headlines are never markup."""
    article = found.articles[piece.article]
    name = shown(found.names.get(piece.outlet, piece.outlet))
    headline = shown(article.headline) or article.handle
    if piece is story.pieces[0]:
        date = _date(article, found.event)
        number = (f"{story.key:<6}", "dim")
        return Text.assemble(number, f"{date:<16}  ", (name, "bold"), f"  {headline}")
    lag = spelled(piece.lag_minutes) or _date(article, found.event)
    likeness = tell("  {n} % alike", n=piece.likeness) if piece.likeness < EXACT else ""
    return Text.assemble(f"{'':<6}{lag:>16}  ", (name, "bold"), f"  {headline}", (likeness, "dim"))


def _date(article: Article, event: Event) -> str:
    """No more exact than it is known."""
    if article.published is None:
        return tell("undated")
    if article.precision != "minute":
        return f"{article.published:%Y-%m-%d}"
    return f"{article.published.astimezone(ZoneInfo(event.zone)):%Y-%m-%d %H:%M}"


def spelled(minutes: int | None) -> str:
    """A lag as people say it: "+2 h 10 min", "+1 d 3 h"; "" where it is not known."""
    if minutes is None:
        return ""
    days, hours = divmod(minutes, DAY)
    hours, rest = divmod(hours, HOUR)
    parts = [(days, tell("d")), (hours, "h"), (rest if not days else 0, "min")]
    said = " ".join(f"{number} {unit}" for number, unit in parts if number)
    return f"+{said or '0 min'}"


def _print_questions(found: EventStories, out: Console) -> None:
    """Every pair with its reason, and the two commands that decide it."""
    by_url = {article.url: article for article in found.articles.values()}
    if found.found.possibly:
        out.print(tell("\nPossibly the same text: you decide"), style="bold")
    for pair in found.found.possibly:
        _print_question(found, pair, (by_url[pair.earlier], by_url[pair.later]), out)
    for keys in found.found.overruled:
        one, two = (found.articles[key].handle for key in keys)
        told = "{one} and {two} cannot be one text: what you joined them to is held apart"
        out.print(tell(told, one=one, two=two))


def _print_question(
    found: EventStories, pair: Possibly, ends: tuple[Article, Article], out: Console
) -> None:
    reason = pair.conflict or tell("no conflict, but much is different")
    out.print(tell("\n{likeness} % alike; {reason}", likeness=pair.likeness, reason=shown(reason)))
    for end in ends:
        name = shown(found.names.get(end.outlet, end.outlet))
        headline = shown(end.headline) or tell("without a headline")
        out.print(f"  {_date(end, found.event):<16}  {name}  {headline}")
    for option in ("same", "apart"):
        typed = " ".join(_typed(end) for end in ends)
        out.print(f"  jehona stories {found.event.slug} --{option} {typed}")


def _typed(article: Article) -> str:
    """Its address, or its key where a shell would read more into the address."""
    return article.handle if _PLAIN.fullmatch(article.handle) else article.key
