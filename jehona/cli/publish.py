"""`jehona publish`: the roundup as a post on a site, once, and never over somebody's work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from jehona import actions
from jehona.actions.errors import Unknown, Wrong
from jehona.cli.common import (
    AcceptedOnlyOption,
    EventArgument,
    EventOption,
    GroupOption,
    JsonOption,
    LanguageOption,
    WithoutCompletenessOption,
    WorkspaceOption,
    office_of,
    one_event,
    print_json,
    roundup_options,
    words,
)
from jehona.cli.speech import tell
from reports.forms import Status

if TYPE_CHECKING:
    from rich.console import Console

    from jehona.actions.links import LinkNote
    from jehona.actions.publish import Publication

LOOKING: Final = "looking where {n} links lead (or --no-link-check)"
ANYWAY: Final = "{why}. Say --anyway to publish all the same, or leave --status out for a draft"
# What is said of a link that does not simply lead to its piece.
STATES: Final = {
    "redirected": "redirected link",
    "retitled": "retitled link",
    "dead": "dead link",
    "unclear": "unclear link",
}
# Exit code: a person has to act.
LEFT_ALONE: Final = 3
# Of a difference's lines, by how they begin.
COLOURS: Final = {"+": "green", "-": "red", "@": "cyan"}


def publish(
    to: Annotated[
        str, typer.Option("--to", metavar="SITE", help="Name of [sites.NAME] in jehona.toml.")
    ],
    event: EventArgument = None,
    named: EventOption = None,
    status: Annotated[
        Status | None,
        typer.Option("--status", help="Else a draft, and an update leaves it as it stands."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; only look at the site.")
    ] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Publish what nobody reviewed, and dead links.")
    ] = False,
    anew: Annotated[
        bool, typer.Option("--anew", help="Make a new post, whatever became of the last one.")
    ] = False,
    group: GroupOption = None,
    accepted_only: AcceptedOnlyOption = False,
    without_completeness: WithoutCompletenessOption = False,
    no_link_check: Annotated[
        bool, typer.Option("--no-link-check", help="Do not ask whether the links still lead there.")
    ] = False,
    no_chart: Annotated[bool, typer.Option("--no-chart", help="Without the chart.")] = False,
    language: LanguageOption = None,
    by: Annotated[
        str | None, typer.Option("--by", envvar="JEHONA_USER", help="Who publishes.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a draft of the roundup on a WordPress site, or bring our untouched one up to date.

    A post that somebody changed since is left alone: the difference is shown, and what to paste.
    """
    office, out = office_of(workspace, by), words(to_stderr=as_json)
    options = roundup_options(
        office,
        language,
        group,
        accepted_only=accepted_only,
        without_completeness=without_completeness,
        no_chart=no_chart,
    )
    try:
        made = actions.publish.publish(
            office,
            one_event(office, event, named),
            to=to,
            options=options,
            status=status,
            anyway=anyway,
            anew=anew,
            dry_run=dry_run,
            check_links=not no_link_check,
            looking=lambda n: out.print(tell(LOOKING, n=n)),
        )
    except Unknown as unknown:
        raise Unknown("--to {unknown}", unknown=unknown) from None
    except actions.publish.NotReady as why:
        raise Wrong(ANYWAY, why=why) from None
    say_published(made, as_json=as_json)


def say_published(made: Publication, *, as_json: bool) -> None:
    """What became of a post; ends with 3 where it was left alone and a person has to act."""
    _print(made, words(to_stderr=as_json))
    if as_json:
        print_json(made.as_json())
    if made.done.left:
        raise typer.Exit(LEFT_ALONE)


def _print(made: Publication, out: Console) -> None:
    """Everything a person should know, the sentence first."""
    out.print(made.sentence)
    edit = (tell("edit: {address}", address=made.edit),) if made.edit else ()
    for line in (*edit, *made.done.notes, *map(_link_line, made.links)):
        out.print(line)
    for line in made.done.difference:
        out.print(line, style=COLOURS.get(line[:1]))
    if made.paste:
        where = tell("to paste, also in {file}:", file=made.file)
        out.print(where if made.file else tell("to paste:"))
        out.print(made.paste)
    if made.dry_run and not made.done.left:
        out.print(made.done.blocks)


def _link_line(link: LinkNote) -> str:
    instead = tell("; links {archive} instead", archive=link.archive) if link.archive else ""
    note = f": {link.note}" if link.note else ""
    where = f"{link.outlet}: {link.headline} <{link.url}>"
    return f"{tell(STATES[link.state])}: {where}{note}{instead}"
