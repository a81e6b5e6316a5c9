"""`jehona reread`: kept snapshots through today's readers; no outlet is asked anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.models import Layer, Outlet, Reading
from jehona.cli.common import JsonOption, WorkspaceOption, print_json, words, workspace_of
from jehona.cli.crawl import locked_record

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.reading.page.page_models import Habits
    from crawler.record.read import Kept
    from crawler.record.reread import Reread

SHOWN = 70
# characters of a value that a line shows


def reread(
    outlet: Annotated[
        list[str] | None, typer.Option("--outlet", "-o", metavar="SLUG", help="Only these.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read what is kept again, with the readers of this release, and say what changed.

    Changes are kept as revisions of ours: a better reader is no edit at the outlet.
    """
    from crawler import __version__  # noqa: PLC0415
    from crawler.config import load_outlets, outlets_asked  # noqa: PLC0415
    from crawler.record import write  # noqa: PLC0415
    from crawler.record.reread import reread as again  # noqa: PLC0415
    from crawler.run import learn_boilerplate as habits  # noqa: PLC0415

    desk = workspace_of(workspace)
    asked = outlets_asked(load_outlets(desk), None, outlet or [])
    now, unread = datetime.now(UTC), Counter[str]()
    with locked_record(desk, wait=0) as record:
        run = write.begin_run(record, event=None, window=None, started=now, version=__version__)
        changed: dict[str, Sequence[Reread]] = {}
        for one in asked:
            habits.learn_outlet(record, one.slug, now)
            reader = reader_of(one, unread, habits.known(record, one.slug))
            changed[one.slug] = list(again(record, run, one.slug, at=now, reader=reader))
        write.end_run(record, run, datetime.now(UTC))
    if as_json:
        print_json(_document(run, changed, unread))
        return
    _tell(words(), changed, unread)


def reader_of(
    outlet: Outlet, unread: Counter[str], habits: Habits | None = None
) -> Callable[[Sequence[Kept]], Mapping[Layer, Reading]]:
    """Reads an article's snapshots, the listing's first: a page is read beside what it said."""
    from crawler.reading import Unreadable  # noqa: PLC0415
    from crawler.reading import snapshots as readers  # noqa: PLC0415

    def read(kept: Sequence[Kept]) -> dict[Layer, Reading]:
        said: dict[Layer, Reading] = {}
        for one in sorted(kept, key=lambda one: one.layer is Layer.PAGE):
            listed = said.get(Layer.LISTING) or said.get(Layer.SITEMAP)
            try:
                said[one.layer] = readers.read(one.snapshot, outlet, listed=listed, habits=habits)
            except Unreadable:
                unread[outlet.slug] += 1
        return said

    return read


def _document(
    run: int, changed: Mapping[str, Sequence[Reread]], unread: Mapping[str, int]
) -> dict[str, Any]:
    every = [{"outlet": slug, **asdict(one)} for slug, some in changed.items() for one in some]
    return {"run": run, "changed": every, "unread": dict(unread)}


def _tell(
    console: Console, changed: Mapping[str, Sequence[Reread]], unread: Mapping[str, int]
) -> None:
    for slug, some in changed.items():
        for one in some:
            line = f"{slug}: {one.url} {one.field}: {_short(one.old)} → {_short(one.new)}"
            console.print(line, markup=False)
        if unread.get(slug):
            console.print(f"{slug}: {unread[slug]} snapshots can no longer be read", markup=False)
    fields = sum(map(len, changed.values()))
    pieces = len({one.article for some in changed.values() for one in some})
    console.print(f"{pieces} pieces read otherwise, in {fields} fields", markup=False)


def _short(text: str | None) -> str:
    if not text:
        return "nothing"
    line = " ".join(text.split())
    return f"“{line[:SHOWN]}…”" if len(line) > SHOWN else f"“{line}”"
