"""`jehona collect`: crawl for another machine, sealed as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jehona import actions
from jehona.cli.common import (
    ByOption,
    EventOption,
    JsonOption,
    OutletsOption,
    WaitOption,
    WorkspaceOption,
    office_of,
    print_json,
    say_written,
    words,
)
from jehona.cli.crawl_progress import print_crawled, watching
from jehona.cli.speech import tell


def collect(
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Where the bundle goes.")],
    event: EventOption = None,
    outlet: OutletsOption = None,
    wait: WaitOption = 0.0,
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Crawl for another machine: what came is sealed as one file, which `jehona take` takes there.

    It has a record of its own in var/collecting, which tells it what is new.
    """
    office = office_of(workspace, by=by)
    plan = actions.bundles.plan(office, event=event, outlets=outlet or [])
    console = words(to_stderr=as_json, unheard=True)
    with watching(console, plan.outlets) as watcher:
        done = actions.bundles.collect(office, plan, to, watcher=watcher, wait=wait)
    if as_json:
        print_json(done.as_json())
        raise typer.Exit(done.crawled.code)
    print_crawled(console, done.crawled)
    say_written([*done.earlier, done.file])
    console.print(tell("take it where the record is: jehona take {file}", file=done.file.name))
    raise typer.Exit(done.crawled.code)
