"""`jehona events add`: an event's file by questions and options."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import typer

from crawler.config import find_outlet
from crawler.models import Event, EventWords, Keywords, Language
from jehona import actions
from jehona.actions.errors import Wrong
from jehona.cli.asking import chosen, confirmed
from jehona.cli.common import (
    JsonOption,
    Tongues,
    WorkspaceOption,
    day,
    language_of,
    office_of,
    print_json,
    shown,
    words,
)
from jehona.cli.speech import reader, tell
from reports.words import said

if TYPE_CHECKING:
    from rich.console import Console

    from jehona.actions.events import Added
    from jehona.actions.office import Office

T = TypeVar("T")

# Pieces of the record that new words find and that are shown.
SHOWN: Final = 5

GROUPS: Final = "Words that a piece about it has, all of one line (empty: no more)"
NEVER: Final = "Words that no piece about it has (empty: no more)"


def events_add(
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
    language: Annotated[
        Tongues | None,
        typer.Option("--language", help="Of title and introduction. Else the workspace's."),
    ] = None,
    other_title: Annotated[
        str | None,
        typer.Option("--other-title", metavar="TEXT", help="For readers of the other language."),
    ] = None,
    other_introduction: Annotated[
        str | None, typer.Option("--other-introduction", metavar="TEXT", help="The same.")
    ] = None,
    other_place: Annotated[
        str | None, typer.Option("--other-place", metavar="TEXT", help="The same.")
    ] = None,
    other_organiser: Annotated[
        str | None, typer.Option("--other-organiser", metavar="TEXT", help="The same.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write an event's file: asks for what no option tells."""
    office = office_of(workspace)
    zone, spoken = office.workspace.zone, language_of(office, language)
    ask = _Asking(silent=yes or as_json, zone=zone)
    called = ask.needed("--title", "Title", title)
    # before anybody answers a question for nothing
    named = actions.events.new_slug(office, called, slug)
    held, begin, end = _days(ask, on, first, last)
    event = Event(
        slug=named,
        title=called,
        date=held,
        first_day=begin,
        last_day=end,
        zone=zone,
        place=ask.wanted("Place (may stay empty)", place),
        organiser=ask.wanted("Organiser (may stay empty)", organiser),
        keywords=_keywords(ask, any_of, all_of, none_of, name),
        expected_outlets=_expected(office, ask, outlet),
        introduction=ask.paragraphs(spoken, introduction),
        language=language.value if language else None,
        translations=_other(
            ask,
            spoken,
            title=other_title,
            introduction=other_introduction,
            place=other_place,
            organiser=other_organiser,
        ),
    )
    _tell(actions.events.add(office, _agreed(office, ask, event)), ask, as_json=as_json)


def _expected(office: Office, ask: _Asking, named: Sequence[str] | None) -> tuple[str, ...]:
    """Who should have written about it, by slug; empty: all in use. Raises RegistryError."""
    if named or ask.silent:
        known = office.outlets()
        return tuple(find_outlet(name, known).slug for name in named or ())
    outlets = actions.followed.in_use(office)
    question = "Who should have written? Numbers, like 1 3 5-7 (empty: all {n})"
    question = tell(question, n=len(outlets))
    return tuple(outlets[at].slug for at in chosen([one.name for one in outlets], question))


def _other(ask: _Asking, own: Language, **told: str | None) -> tuple[EventWords, ...]:
    """The words for readers of the other language, asked for where no option tells any."""
    if not (any(told.values()) or ask.silent):
        other: Language = "en" if own == "sq" else "sq"
        title = tell("Title in {tongue} (may stay empty)", tongue=tongue_of(other))
        told["title"] = ask.wanted(title, None)
        if told["title"]:
            told["introduction"] = ask.paragraphs(other, None)
    return actions.events.translation(own, **{name: _lines(text) for name, text in told.items()})


def tongue_of(language: Language) -> str:
    """The name of a language, as the reader has it."""
    return tell("Albanian") if language == "sq" else tell("English")


def _lines(text: str | None) -> str | None:
    """Paragraphs as an option can have them: a backslash and an n is a new line."""
    return text.replace("\\n", "\n") if text else text


def _agreed(office: Office, ask: _Asking, event: Event) -> Event:
    """The event, if the person who is shown what its words mean and find says yes. Raises Wrong."""
    if ask.silent:
        return event
    show_keywords(event.keywords, words())
    _show_found(office, event)
    if not confirmed(tell("Write events/{slug}.toml?", slug=event.slug), usual=True):
        raise Wrong("nothing was written")
    return event


def _show_found(office: Office, event: Event) -> None:
    """What the words find in the record as it is."""
    out = words()
    if not office.workspace.record.exists():
        out.print(tell("  in the record: nothing was gathered yet"))
        return
    tried = actions.keyword_trial.try_event(office, event)
    found = tried.trial.matches
    line = "  in the record: {found} of {kept} pieces of its days"
    out.print(tell(line, found=len(found), kept=tried.trial.looked_at))
    for article, _ in found[:SHOWN]:
        out.print(f"    {shown(article.outlet)}: {shown(article.headline or article.handle)}")
    if (more := len(found) - SHOWN) > 0:
        out.print(tell("    ... and {more} more", more=more))


def _tell(added: Added, ask: _Asking, *, as_json: bool) -> None:
    if as_json:
        print_json(added.as_json())
        return
    out = words()
    out.print(tell("wrote {file}", file=added.file))
    if ask.silent:
        show_keywords(added.event.keywords, out)
    out.print(tell("next: {next_step}", next_step=added.next_step))


def _days(
    ask: _Asking, on: str | None, first: str | None, last: str | None
) -> tuple[date | None, date, date]:
    """The day itself and the window. Raises Wrong where nothing tells them."""
    held = ask.day("--date", "Date of the event (2025-05-10; may stay empty)", on)
    usual = actions.events.usual_window(held) if held else (None, None)
    begin = ask.day("--from", "First day of coverage", first, usual[0])
    end = begin and ask.day("--to", "Last day of coverage", last, usual[1], not_before=begin)
    if begin is None or end is None:
        raise Wrong("--date is needed, or --from and --to")
    return held, begin, end


def _keywords(
    ask: _Asking,
    any_of: Sequence[str] | None,
    all_of: Sequence[str] | None,
    none_of: Sequence[str] | None,
    names: Sequence[str] | None,
) -> Keywords:
    """The keywords as typed, asked for where no option tells what must stand. Raises Wrong."""
    group = actions.events.group
    groups, never = [group(typed) for typed in any_of or ()], list(none_of or ())
    if not groups and not all_of:
        groups = ask.many(GROUPS, group)
        if groups and not never:
            lines = ask.many(NEVER, lambda typed: group(typed, "--not"))
            never = [term for line in lines for term in line]
    return actions.events.keywords(groups, all_of or (), never, names or ())


def show_keywords(keywords: Keywords, out: Console) -> None:
    """How each term was understood, and advice."""
    told = actions.events.as_understood(keywords, reader().language)
    for name, term in told.terms:
        out.print(f"  {name:<4} {shown(term)}")
    if not (keywords.any or keywords.all):
        out.print(tell("  no keywords: nothing can match before [keywords] any says what"))
    for sentence in told.advice:
        line = shown(said(sentence, reader().language))
        out.print(tell("  advice: {sentence}", sentence=line), style="yellow")


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
            raise Wrong("{option} is needed", option=option)
        return str(typer.prompt(shown(tell(question))))

    def wanted(self, question: str, told: str | None) -> str | None:
        if told or self.silent:
            return told
        return typer.prompt(shown(tell(question)), default="", show_default=False) or None

    def paragraphs(self, spoken: Language, told: str | None) -> str | None:
        """An introduction, a line a paragraph until an empty one."""
        if told or self.silent:
            return _lines(told)
        found: list[str] = []
        question = tell("Introduction in {tongue} (empty: no more)", tongue=tongue_of(spoken))
        while line := self.wanted(question, None):
            found.append(line)
        return "\n\n".join(found) or None

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
                raise Wrong(
                    "{option} {found}: the window ends before it begins, {not_before}",
                    option=option,
                    found=found,
                    not_before=not_before,
                )
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
            typed = typer.prompt(
                shown(tell(question)), default=usual, show_default=bool(usual)
            ).strip()
            try:
                return read(typed)
            except Wrong as wrong:
                told = said(wrong, reader().language)
                words().print(told.partition(" ")[2] or told)
