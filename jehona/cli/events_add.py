"""`jehona events add`: an event's file by questions and options."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import typer

from crawler.models import Event, Keywords, Workspace
from jehona.actions.errors import Wrong
from jehona.cli.common import (
    JsonOption,
    WorkspaceOption,
    day,
    print_json,
    shown,
    words,
    workspace_of,
)

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")

BEFORE, AFTER = timedelta(days=7), timedelta(days=14)
# a week of announcements, two weeks of echo: what the shipped events have
CLOSING: Final = {'"': '"', "“": "”“", "„": "”“", "«": "»"}
# quotes that open, and what may close them: Albanian prints „so” and “so”
OPERATORS: Final = ("AND", "OR", "NOT")
# of search engines; here they would be looked for
GROUPS: Final = "Words that a piece about it has, all of one line (empty: no more)"
NEVER: Final = "Words that no piece about it has (empty: no more)"


def add_event(
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT")] = None,
    slug: Annotated[
        str | None, typer.Option("--slug", metavar="SLUG", help="Else made of the title.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--date", metavar="DAY", help="Of the event itself: 2025-05-10.")
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="Else a week before.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="Else two weeks after.")
    ] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="TEXT")] = None,
    organiser: Annotated[str | None, typer.Option("--organiser", metavar="TEXT")] = None,
    any_of: Annotated[
        list[str] | None,
        typer.Option("--any", metavar="TERMS", help="'bletar konferencë': both. Give it often."),
    ] = None,
    all_of: Annotated[list[str] | None, typer.Option("--all", metavar="TERM")] = None,
    none_of: Annotated[list[str] | None, typer.Option("--not", metavar="TERM")] = None,
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="NAME", help="Helps, never decides.")
    ] = None,
    outlet: Annotated[
        list[str] | None, typer.Option("--outlet", metavar="SLUG", help="Else all in use.")
    ] = None,
    introduction: Annotated[
        str | None, typer.Option("--introduction", metavar="TEXT", help="Opens the roundup.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write an event's file: asks for what no option tells."""
    desk = workspace_of(workspace)
    ask = _Asking(silent=yes or as_json, zone=desk.zone)
    called = ask.needed("--title", "Title", title)
    named = _slug(desk, called, slug)
    held, begin, end = _days(ask, on, first, last)
    event = Event(
        slug=named,
        title=called,
        date=held,
        first_day=begin,
        last_day=end,
        zone=desk.zone,
        place=ask.wanted("Place (may stay empty)", place),
        organiser=ask.wanted("Organiser (may stay empty)", organiser),
        expected_outlets=tuple(outlet or ()),
        introduction=introduction,
        keywords=_keywords(ask, any_of, all_of, none_of, name),
    )
    _write(ask, desk, event, as_json=as_json)


def _write(ask: _Asking, desk: Workspace, event: Event, *, as_json: bool) -> None:
    from crawler.config import load_outlets  # noqa: PLC0415
    from crawler.config.event_file import write_event  # noqa: PLC0415

    if not ask.silent:
        show_keywords(event, words())
        if not typer.confirm(f"Write events/{event.slug}.toml?", default=True):
            raise Wrong("nothing was written")
    path = write_event(event, desk.root / "events", outlets=load_outlets(desk))
    if as_json:
        print_json({"event": event.slug, "file": path})
        return
    out = words()
    out.print(f"wrote {path}", markup=False)
    if ask.silent:
        show_keywords(event, out)
    tried = "events try" if desk.record.exists() else "crawl --event"
    out.print(f"next: jehona {tried} {event.slug}", markup=False)


def _slug(desk: Workspace, title: str, slug: str | None) -> str:
    """The slug, before anybody answers a question for nothing. Raises Wrong."""
    from crawler.config import event_files, slug_from  # noqa: PLC0415

    if slug is None and not any(sign.isalnum() for sign in title):
        raise Wrong(f"--slug is needed: {shown(title)!r} has no letter to make one of")
    made = slug_from(slug or title)
    if slug and made != slug:
        raise Wrong(f"--slug {shown(slug)}: a slug has a-z, 0-9 and hyphens: write --slug {made}")
    if made in event_files(desk):
        path = desk.root / "events" / f"{made}.toml"
        raise Wrong(f"{path}: exists, and is never overwritten; --slug names another")
    return made


def _days(
    ask: _Asking, on: str | None, first: str | None, last: str | None
) -> tuple[date | None, date, date]:
    """The day itself and the window. Raises Wrong where nothing tells them."""
    held = ask.day("--date", "Date of the event (2025-05-10; may stay empty)", on)
    begin = ask.day("--from", "First day of coverage", first, held and held - BEFORE)
    if begin is None:
        raise Wrong("--date is needed, or --from and --to")
    end = ask.day("--to", "Last day of coverage", last, held and held + AFTER, not_before=begin)
    if end is None:
        raise Wrong("--date is needed, or --from and --to")
    return held, begin, end


# --- keywords --------------------------------------------------------------------------


def _keywords(
    ask: _Asking,
    any_of: Sequence[str] | None,
    all_of: Sequence[str] | None,
    none_of: Sequence[str] | None,
    names: Sequence[str] | None,
) -> Keywords:
    """The keywords as typed. Raises Wrong where nothing must stand or a term cannot be read."""
    groups = tuple(_group("--any", typed) for typed in any_of or ())
    every = tuple(_term("--all", typed) for typed in all_of or ())
    never = tuple(_term("--not", typed) for typed in none_of or ())
    helping = tuple(_term("--name", typed) for typed in names or ())
    asked = not groups and not every
    if asked:
        groups = tuple(ask.many(GROUPS, lambda typed: _group("--any", typed)))
    if not groups and not every:
        raise Wrong("--any is needed: which words stand in a piece about it?")
    if asked and not never:
        lines = ask.many(NEVER, lambda typed: _group("--not", typed))
        never = tuple(term for line in lines for term in line)
    return Keywords(any=groups, all=every, none=never, names=helping)


def _group(option: str, typed: str) -> tuple[str, ...]:
    """The terms of one group. Raises Wrong."""
    terms = terms_in(typed)
    if not terms:
        raise Wrong(f"{option} {shown(typed)!r}: an empty group; write a word in it")
    for term in terms:
        if term in OPERATORS:
            raise Wrong(
                f"{option} {shown(typed)}: {term} would be looked for; all words of one --any must"
                " stand, a further --any is or, and --not rules out"
            )
    return tuple(_term(option, term) for term in terms)


def _term(option: str, typed: str) -> str:
    """A term that can be read. Raises Wrong."""
    from crawler.matching import BadTerm, read_term  # noqa: PLC0415 - no stemmer for `--help`

    try:
        read_term(typed)
    except BadTerm as bad:
        raise Wrong(f"{option}: {shown(str(bad))}") from None
    return typed


def terms_in(group: str) -> tuple[str, ...]:
    """The terms of a group as typed: blanks part them, but not inside quotes and brackets.

    `bletar "rruga e liqeneve" near(a, b, 5)` are three.
    """
    terms, term, ends, depth = [], "", "", 0
    for sign in group.strip():
        if ends:
            ends = "" if sign in ends else ends
        else:
            ends = CLOSING.get(sign, "")
            depth += (sign == "(") - (sign == ")")
        if sign.isspace() and not ends and depth <= 0:
            terms.append(term)
            term = ""
            continue
        term += sign
    return tuple(each for each in (*terms, term) if each)


def show_keywords(event: Event, out: Console) -> None:
    """How each term was understood, and advice."""
    from crawler.matching import advice, read_term, understood  # noqa: PLC0415

    keywords = event.keywords
    for group in keywords.any:
        parts = [understood(read_term(term)) for term in group]
        out.print(f"  any  {shown(' AND '.join(parts))}", markup=False)
    for name, terms in (("all", keywords.all), ("not", keywords.none), ("name", keywords.names)):
        for term in terms:
            out.print(f"  {name:<4} {shown(understood(read_term(term)))}", markup=False)
    if keywords.excluded:
        out.print(f"  except {', '.join(map(shown, keywords.excluded))}", markup=False)
    if not (keywords.any or keywords.all):
        out.print("  no keywords: nothing can match before [keywords] any says what", markup=False)
    for sentence in advice(keywords):
        out.print(f"  advice: {shown(sentence)}", style="yellow", markup=False)


# --- questions -------------------------------------------------------------------------


class _Asking:
    """Questions for what no option told; none where nobody can answer."""

    def __init__(self, *, silent: bool, zone: str) -> None:
        self.silent = silent or not sys.stdin.isatty()
        self.zone = zone

    def needed(self, option: str, question: str, told: str | None) -> str:
        if told and told.strip():
            return told
        if self.silent:
            raise Wrong(f"{option} is needed")
        return str(typer.prompt(question))

    def wanted(self, question: str, told: str | None) -> str | None:
        if told or self.silent:
            return told
        return typer.prompt(question, default="", show_default=False) or None

    def day(
        self,
        option: str,
        question: str,
        told: str | None,
        usual: date | None = None,
        not_before: date | None = None,
    ) -> date | None:
        """A day; at a terminal a wrong one is asked for again. Raises Wrong."""

        def read(typed: str) -> date | None:
            found = day(typed, option, self.zone, may_lie_ahead=True) if typed else None
            if found and not_before and found < not_before:
                raise Wrong(f"{option} {found}: the window ends before it begins, {not_before}")
            return found

        if told or self.silent:
            return read(told or str(usual or ""))
        return self._until_right(question, read, str(usual or ""))

    def many(self, question: str, read: Callable[[str], T]) -> list[T]:
        """One answer a line until an empty one; what cannot be read is asked for again."""
        found: list[T] = []
        while not self.silent:
            one = self._until_right(question, lambda typed: read(typed) if typed else None)
            if one is None:
                break
            found.append(one)
        return found

    def _until_right(
        self, question: str, read: Callable[[str], T | None], usual: str = ""
    ) -> T | None:
        while True:
            typed = typer.prompt(question, default=usual, show_default=bool(usual)).strip()
            try:
                return read(typed)
            except Wrong as wrong:
                words().print(str(wrong).partition(" ")[2] or str(wrong), markup=False)
