"""`jehona watch`: asks the outlets when their time comes, and tells what is new."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jehona import actions
from jehona.cli.common import WorkspaceOption, counted, office_of, shown, words
from jehona.cli.speech import tell

if TYPE_CHECKING:
    from rich.console import Console

    from jehona.actions.office import Office
    from jehona.actions.watch import Round

# Seconds between two rounds, whatever is due: a digest's hour is seen within this time.
ROUND: Final = 60.0


def watch(
    once: Annotated[
        bool, typer.Option("--once", help="Do what is due now, and leave: for cron.")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Ask the outlets when their time comes, and tell by mail what is new: once, and truly.

    What, when and whom stands in [watch] of jehona.toml. It may be stopped at any moment.
    """
    office, out = office_of(workspace), words()
    while True:
        _say(_round(office), out)
        if once:
            return
        time.sleep(ROUND)


def _round(office: Office) -> Round:
    ask = actions.watch.ask_by_crawl
    return actions.watch.once(office, ask=ask, postman=actions.postman.Postman())


def _say(done: Round, out: Console) -> None:
    """Nothing for a round in which nothing was due."""
    if done.asked:
        out.print(tell("asked: {asked}", asked=shown(", ".join(done.asked))))
    if done.again:
        out.print(tell("looked again at {pieces}", pieces=counted(done.again, "piece")))
    for subject in done.written:
        out.print(tell("told: {subject}", subject=shown(subject)))
    if done.sent:
        out.print(tell("sent: {messages}", messages=counted(done.sent, "message")))
    for recipient, why in done.failed:
        out.print(
            tell(
                "not sent to {recipient}: {why}; it is tried again",
                recipient=shown(recipient),
                why=shown(why),
            )
        )
