"""`jehona newsletter`: an issue from a selection that one can edit, previewed, then sent."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer

from crawler.config.selections import HIGHEST
from jehona import actions
from jehona.actions.errors import Wrong
from jehona.cli.common import (
    JsonOption,
    LanguageOption,
    WorkspaceOption,
    office_of,
    print_json,
    say_written,
    words,
)
from jehona.cli.publish import say_published
from jehona.cli.speech import tell
from reports.forms import Part, Status

if TYPE_CHECKING:
    from crawler.models import Language
    from jehona.actions.newsletter import Issue, Mailing, Proposed, Sent
    from jehona.actions.office import Office

# Exit codes: some of it went out, nothing did.
SOME, NOTHING = 3, 1
# Recipients that a line names; more are counted.
NAMED: Final = 3


def newsletter(
    number: Annotated[
        int, typer.Option("--number", "-n", metavar="N", min=1, max=HIGHEST, help="Of the issue.")
    ],
    event: Annotated[
        list[str] | None,
        typer.Option(
            "--event",
            metavar="EVENT",
            help="Propose a selection from this event; may be given several times.",
        ),
    ] = None,
    pick: Annotated[
        Path | None,
        typer.Option("--pick", metavar="FILE", help="The selection; else newsletters/N.toml."),
    ] = None,
    language: LanguageOption = None,
    form: Annotated[
        Part | None, typer.Option("--format", "-f", help="One form alone; blocks: for WordPress.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Of --format. Else to the terminal."),
    ] = None,
    publish: Annotated[
        str | None,
        typer.Option(
            "--publish",
            metavar="SITE",
            help="Make a WordPress draft of it, by the rules of `publish`.",
        ),
    ] = None,
    status: Annotated[
        Status | None, typer.Option("--status", help="With --publish: else a draft.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --publish: only look at the site.")
    ] = False,
    anew: Annotated[
        bool,
        typer.Option("--anew", help="With --publish: a new post, whatever became of the last."),
    ] = False,
    send: Annotated[
        bool, typer.Option("--send", help="Send it; without this only a preview is made.")
    ] = False,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="ADDRESS", help="May be given several times."),
    ] = None,
    to_list: Annotated[
        bool, typer.Option("--to-list", help="To those of newsletters/recipients.txt.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="With --send: to those who have had it, too.")
    ] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """A numbered newsletter: what is inside, each piece with headline, excerpt and link."""
    office = office_of(workspace)
    if again and not send:
        raise Wrong("--again goes with --send: a preview is made anew every time")
    if publish and (send or form or output):
        raise Wrong("--publish makes a post, --send mails, --format makes a file: one at a time")
    if not publish and (status or dry_run or anew):
        raise Wrong("--status, --dry-run and --anew go with --publish SITE")
    people = _recipients(office, send, to or [], to_list=to_list)
    form = _form_asked(form, output, send=send, as_json=as_json)
    place = pick or actions.newsletter.place_of(office, number)
    spoken: Language | None = language.value if language else None
    if event and pick is None:
        made = actions.newsletter.propose(office, event, number, language=spoken)
        _say_proposed(made, place)
    issue = actions.newsletter.issue_of(office, number, place, spoken)
    if publish:
        made_post = actions.newsletter_posts.publish(
            office, issue, to=publish, status=status, anew=anew, dry_run=dry_run
        )
        say_published(made_post, as_json=as_json)
    elif send:
        _send(office, issue, people, again=again, as_json=as_json)
    elif form and output is None:
        sys.stdout.write(str(actions.newsletter.body(office, issue, form)))
    else:
        _make(office, issue, form, output, place, as_json=as_json)


def _recipients(office: Office, send: bool, to: list[str], *, to_list: bool) -> list[str]:
    """To whom it goes, as it was typed and as the list has it. Raises Wrong, Unknown."""
    if to_list and not send:
        raise Wrong("--to-list goes with --send; without --send a preview is made")
    if send and not (to or to_list):
        raise Wrong("--send needs --to ADDRESS; without --send a preview is made")
    return [*to, *(actions.newsletter.recipients(office) if to_list else ())]


def _make(
    office: Office,
    issue: Issue,
    form: Part | None,
    output: Path | None,
    place: Path,
    *,
    as_json: bool,
) -> None:
    """The issue as files: the one that was asked for, else a preview in every form of a mail."""
    if form and output:
        made = actions.newsletter.save(office, issue, form, output)
    else:
        made = actions.newsletter.preview(office, issue)
    if as_json:
        print_json(made.as_json())
        return
    say_written(made.paths)
    words().print(
        tell(
            "{entries} entries in the order of {place}; --send --to sends it",
            entries=made.entries,
            place=place,
        )
    )


def _form_asked(
    form: Part | None, output: Path | None, *, send: bool, as_json: bool
) -> Part | None:
    """The form as it was named, by itself or by a file's ending. Raises Wrong."""
    if send and (form or output):
        raise Wrong("--format and -o make a file, --send mails it: one at a time")
    form = form or (_form_of(output) if output else None)
    if form is Part.DOCX and output is None:
        raise Wrong("docx is not for a terminal: give -o FILE")
    if form and as_json and output is None:
        raise Wrong("--json and a form on one stdout: give -o FILE")
    return form


def _form_of(output: Path) -> Part:
    """The form that a file's ending names. Raises Wrong."""
    ending = output.suffix.removeprefix(".").lower()
    form = {"txt": "text", "htm": "html"}.get(ending, ending)
    if form not in list(Part):
        raise Wrong(
            "{output}: .{ending} is no format: give --format, one of {known}",
            output=output,
            ending=ending,
            known=", ".join(Part),
        )
    return Part(form)


def _say_proposed(made: Proposed | None, place: Path) -> None:
    if made is None:
        line = tell("{place} stands already and is used as it is", place=place)
    else:
        more = tell(" ({n} more at its end)", n=made.others) if made.others else ""
        line = tell(
            "wrote {place}{more}: move, delete, add entries, then run this again",
            place=place,
            more=more,
        )
    words(to_stderr=True).print(line)


def _send(office: Office, issue: Issue, to: Sequence[str], *, again: bool, as_json: bool) -> None:
    number = issue.newsletter.number

    def say_had(before: Sequence[Mailing], changed: bool) -> None:
        _say_had(office, number, before, changed=changed)

    try:
        went = actions.newsletter.send(office, issue, to, again=again, had=say_had)
    except actions.newsletter.WrongAddress as wrong:
        raise Wrong("--to {wrong}", wrong=wrong) from None
    if as_json:
        print_json(went.as_json())
    else:
        _say_went(went, number)
    if went.refused:
        raise typer.Exit(SOME if went.sent else NOTHING)


def _say_had(office: Office, number: int, before: Sequence[Mailing], *, changed: bool) -> None:
    """Who has had the issue already."""
    latest = max(one.at for one in before).astimezone(ZoneInfo(office.workspace.zone))
    names = ", ".join(one.recipient for one in before[:NAMED])
    more = tell(" and {n} more", n=len(before) - NAMED) if len(before) > NAMED else ""
    words(to_stderr=True).print(
        tell(
            "newsletter {number}: {names}{more} had it on {latest:%Y-%m-%d}{since}: not sent "
            "again; --again sends it",
            number=number,
            names=names,
            more=more,
            latest=latest,
            since=tell(", and it has changed since") if changed else "",
        )
    )


def _say_went(went: Sent, number: int) -> None:
    """To how many it went, and to whom it did not."""
    err = words(to_stderr=True)
    for recipient, why in went.refused:
        err.print(tell("{recipient}: not sent: {why}", recipient=recipient, why=why))
    if n := len(went.unsubscribed):
        err.print(tell("newsletter {number}: {n} unsubscribed: not sent", number=number, n=n))
    words().print(tell("newsletter {number}: sent to {n}", number=number, n=len(went.sent)))
