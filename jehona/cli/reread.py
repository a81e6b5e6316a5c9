"""`jehona reread`: kept snapshots through today's readers."""

from __future__ import annotations

from typing import Final

from crawler.models import link_of
from jehona import actions
from jehona.cli.common import (
    JsonOption,
    OutletsOption,
    WorkspaceOption,
    office_of,
    print_json,
    words,
)
from jehona.cli.speech import tell

# Characters of a value that a line shows.
SHOWN: Final = 70


def reread(
    outlet: OutletsOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read what is kept again, with today's readers and selectors, and say what changed.

    Changes are kept as revisions of ours: a better reader is no edit at the outlet.
    """
    told = actions.reread.read_again(office_of(workspace), outlet or [])
    if as_json:
        print_json(told.as_json())
        return
    out, every = words(), [one for some in told.changed.values() for one in some]
    for slug, some in told.changed.items():
        for one in some:
            piece = link_of(one.url) or one.article
            out.print(f"{slug}: {piece} {one.field}: {_short(one.old)} → {_short(one.new)}")
        if told.unread.get(slug):
            out.print(
                tell(
                    "{slug}: {n} snapshots can no longer be read",
                    slug=slug,
                    n=told.unread[slug],
                )
            )
    pieces = len({one.article for one in every})
    out.print(tell("{pieces} pieces read otherwise, in {n} fields", pieces=pieces, n=len(every)))


def _short(text: str | None) -> str:
    if not text:
        return tell("nothing")
    line = " ".join(text.split())
    return f"“{line[:SHOWN]}…”" if len(line) > SHOWN else f"“{line}”"
