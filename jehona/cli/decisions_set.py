"""`jehona decisions set`: what a person says of one piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from jehona import actions
from jehona.actions.errors import Wrong
from jehona.cli.common import (
    ByOption,
    JsonOption,
    Tongues,
    WorkspaceOption,
    office_of,
    print_json,
    shown,
    words,
)
from jehona.cli.speech import tell

if TYPE_CHECKING:
    from crawler.models import DecisionKind


# what a command that sets nothing is answered
WHAT = (
    "say what to set: --headline, --tone, --tier, --pin, --archive, --excerpt, "
    "--remark, --genre, --highlight, --picture, --undo"
)


def decisions_set(
    event: Annotated[str, typer.Argument(metavar="EVENT")],
    url: Annotated[str, typer.Argument(metavar="URL")],
    headline: Annotated[
        str | None, typer.Option("--headline", metavar="TEXT", help="What is really printed.")
    ] = None,
    tone: Annotated[
        str | None, typer.Option("--tone", metavar="WORD", help="positive, neutral, negative")
    ] = None,
    tier: Annotated[int | None, typer.Option("--tier", metavar="N", min=1, max=9999)] = None,
    pin: Annotated[
        int | None,
        typer.Option("--pin", metavar="N", min=1, max=9999, help="Place in the roundup."),
    ] = None,
    archive: Annotated[
        str | None, typer.Option("--archive", metavar="URL", help="An archived copy.")
    ] = None,
    excerpt: Annotated[
        str | None, typer.Option("--excerpt", metavar="TEXT", help="For the newsletter.")
    ] = None,
    language: Annotated[
        Tongues | None,
        typer.Option("--language", help="With --excerpt: for readers of this language alone."),
    ] = None,
    remark: Annotated[
        str | None, typer.Option("--remark", metavar="TEXT", help="Printed beside the piece.")
    ] = None,
    genre: Annotated[
        str | None,
        typer.Option(
            "--genre", metavar="WORD", help="news, interview, opinion, statement, report, video"
        ),
    ] = None,
    highlight: Annotated[
        bool, typer.Option("--highlight", help="It is to stand out; --undo highlight ends it.")
    ] = False,
    picture: Annotated[
        str | None, typer.Option("--picture", metavar="FILE", help="A file of media/.")
    ] = None,
    undo: Annotated[
        list[str] | None,
        typer.Option("--undo", metavar="KIND", help="match, headline, tone, tier, pin, ..."),
    ] = None,
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="Private: why.")
    ] = None,
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say something of a piece: a corrected headline, tone, tier, its place, an archived copy."""
    told: dict[DecisionKind, str | int | None] = {
        "headline": headline,
        "tone": tone,
        "archive": archive,
        "excerpt": excerpt,
        "tier": tier,
        "pin": pin,
        "remark": remark,
        "genre": genre,
        "highlight": "yes" if highlight else None,
        "picture": picture,
    }
    said: dict[DecisionKind, str | None] = {
        kind: str(value) for kind, value in told.items() if value is not None
    }
    said |= dict.fromkeys(actions.decisions.kinds_of(undo or []))
    if not said:
        raise Wrong(WHAT)
    if language and "excerpt" not in said:
        raise Wrong("--language goes with --excerpt, or --undo excerpt")
    made = actions.decisions.put(
        office_of(workspace, by), event=event, url=url, said=said, note=note, language=language
    )
    if as_json:
        print_json({"decisions": made})
        return
    for one in made:
        value = tell("taken back") if one.value is None else one.value
        words().print(f"{one.kind}: {shown(value)}")
