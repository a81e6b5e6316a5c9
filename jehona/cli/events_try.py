"""`jehona events try`: keywords that a press officer can try and trust."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.text import Text

from crawler.models import Article
from jehona import actions
from jehona.cli.common import (
    EventArgument,
    EventOption,
    JsonOption,
    WorkspaceOption,
    office_of,
    one_event,
    print_json,
    shown,
    words,
)
from jehona.cli.speech import reader, tell
from jehona.cli.unasked import said_unasked
from reports.words import said

if TYPE_CHECKING:
    from rich.console import Console

    from jehona.actions.keyword_trial import TermFound, Trial, Tried

# Matches and forms in a table; --json has them all.
SHOWN: Final = 12
TICK: Final = "numbers to tick or exclude (3 or 3 5), s saves, q leaves"


def events_try(
    event: EventArgument = None,
    named: EventOption = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option("--exclude", metavar="FORM", help="Never count this form. Give it often."),
    ] = None,
    include: Annotated[
        list[str] | None,
        typer.Option("--include", metavar="FORM", help="Count an excluded form again."),
    ] = None,
    save: Annotated[
        bool, typer.Option("--save", help="Write the excluded forms into the event's file.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Try an event's keywords on the record: forms found, what each term adds, misspellings.

    At a terminal forms are ticked and excluded by number, and the list changes before you save.
    """
    office = office_of(workspace)
    slug = one_event(office, event, named)
    tried = actions.keyword_trial.try_words(
        office, slug, exclude=exclude or (), include=include or ()
    )
    aside = words(to_stderr=True)
    for form in tried.strangers:
        aside.print(tell("{form}: no form that the keywords find in the record", form=shown(form)))
    if not tried.trial.matches:
        said_unasked(office, slug, to_stderr=True)
    if as_json:
        print_json(tried.as_json())
    elif sys.stdin.isatty() and not (save or exclude or include):
        _tick(tried)
    else:
        _show(tried, words())
    if save:
        words(to_stderr=as_json).print(tell("wrote {file}", file=actions.keyword_trial.save(tried)))
    elif exclude or include:
        aside.print(tell("nothing was written: --save writes it"))


def _show(tried: Tried, out: Console, numbers: bool = False) -> None:
    """Term by term, then the list."""
    at, made = 0, tried.trial
    for term in made.terms:
        at = _show_term(term, out, at, numbers=numbers)
    told = {str(sentence) for term in made.terms for sentence in term.warnings}
    for sentence in made.advice:
        if str(sentence) not in told:
            line = shown(said(sentence, reader().language))
            out.print(tell("advice: {sentence}", sentence=line), style="yellow")
    _show_matches(tried, out)


def _show_matches(tried: Tried, out: Console) -> None:
    made, doubtful = tried.trial, tried.doubtful
    line = tell(
        "{matches} matches among {looked_at} articles of the window",
        matches=len(made.matches) - doubtful,
        looked_at=made.looked_at,
    )
    more = tell(", {n} doubtful", n=doubtful) if doubtful else ""
    out.print(Text.assemble("\n", (tried.event.slug, "bold"), f": {line}{more}"))
    for article, match in made.matches[:SHOWN]:
        doubt = actions.matches.doubt_in(match, reader().language)
        why = f" ({shown(doubt)})" if doubt else ""
        told = f"  {match.score:.2f}  {_piece(article)}{why}"
        out.print(told, style="dim" if match.doubt else None)
    if len(made.matches) > SHOWN:
        out.print(tell("  {n} more: --json has them all", n=len(made.matches) - SHOWN))


def _piece(article: Article) -> str:
    return shown(f"{article.outlet}: {article.headline or article.handle}")


def _show_change(before: Trial, now: Trial, out: Console) -> None:
    """What ticking or excluding took off the list and put onto it."""
    old, new = ({article.key: article for article, _ in made.matches} for made in (before, now))
    for key in [key for key in old if key not in new]:
        out.print(f"  - {_piece(old[key])}", style="red")
    for key in [key for key in new if key not in old]:
        out.print(f"  + {_piece(new[key])}", style="green")
    if old.keys() == new.keys():
        out.print(tell("  the list stays as it was"), style="dim")


def _show_term(term: TermFound, out: Console, at: int, *, numbers: bool) -> int:
    """One term; gives the number of its last form."""
    _show_head(term, out)
    for form in term.forms[: None if numbers else SHOWN]:
        at += 1
        mark = f"{at:>3} " if numbers else "    "
        box = "✗" if form.excluded else "✓"
        line = Text(f"{mark}{box} {shown(form.printed):<20} {form.articles:>4}  ")
        line.append(shown(form.example), style="dim")
        if form.excluded:
            line.stylize("strike dim")
        out.print(line)
    if term.suggestions:
        told = ", ".join(f"{word} ({count})" for word, count in term.suggestions)
        out.print(tell("  looks alike, not matched: {told}", told=shown(told)), style="dim")
    for sentence in term.warnings:
        out.print(f"  {shown(said(sentence, reader().language))}", style="yellow")
    return at


def _show_head(term: TermFound, out: Console) -> None:
    """The term, how it was understood, and in how many pieces it stands."""
    head = Text(shown(term.term), style="bold")
    understood = actions.events.understood_in(term.term, reader().language)
    head.append(f"  {understood}", style="not bold dim")
    out.print(head)
    much = tell(" ({share:.0%} of all: too many to tell anything)", share=term.share)
    out.print(
        tell(
            "  in {n} article{share}; alone adds {adds}",
            "  in {n} articles{share}; alone adds {adds}",
            n=term.articles,
            share=much if term.too_much else "",
            adds=term.adds,
        )
    )


def _tick(tried: Tried) -> None:
    """A person ticks and excludes forms by number until they save or leave it."""
    out = words()
    _show(tried, out, numbers=True)
    while (typed := str(typer.prompt(shown(tell(TICK)), default="q")).strip().lower()) not in (
        "q",
        "s",
    ):
        forms = [form for term in tried.trial.terms for form in term.forms]
        numbers = typed.replace(",", " ").split()
        wrong = [n for n in numbers if not n.isdecimal() or not 0 < int(n) <= len(forms)]
        if wrong:
            out.print(tell("{wrong}: no number from 1 to {n}", wrong=shown(wrong[0]), n=len(forms)))
            continue
        before = tried
        tried = actions.keyword_trial.toggled(tried, [forms[int(n) - 1] for n in numbers])
        _show(tried, out, numbers=True)
        _show_change(before.trial, tried.trial, out)
    if typed == "s":
        out.print(tell("wrote {file}", file=actions.keyword_trial.save(tried)))
