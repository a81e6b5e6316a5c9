"""`jehona clip FILE`: a list of pieces, shown as it was understood before it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from jehona import actions
from jehona.actions.errors import Wrong
from jehona.cli.asking import at_terminal, confirmed
from jehona.cli.common import counted, shown, words
from jehona.cli.speech import tell

if TYPE_CHECKING:
    from jehona.actions.clips import ClipList, Clipped, Saying
    from jehona.actions.office import Office

# What a list's file is called by its ending; anything else that is typed is an address.
ENDINGS: Final = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"))
# Rows of a list that are shown, and characters of a headline.
SHOWN_ROWS: Final = 10
SHOWN: Final = 60


def is_list(word: str) -> bool:
    """Whether what was typed where an address may stand is the name of a list."""
    return "://" not in word and Path(word).suffix.lower() in ENDINGS


def bring(
    office: Office,
    file: Path,
    saying: Saying,
    *,
    new_outlets: bool,
    dry_run: bool,
    sure: bool,
) -> Clipped | ClipList:
    """Take a list in, all or nothing; at a terminal it is shown first, and a person agrees.

    Raises Wrong with file, row and column.
    """
    asks = at_terminal() and not (sure or dry_run)
    brought = actions.clips.read_list(office, file, new_outlets=new_outlets or asks)
    if dry_run:
        return brought
    if asks:
        show(brought)
        if not confirmed(_question(brought), usual=True):
            raise Wrong("{file}: nothing was kept", file=file)
    return actions.clips.take_list(office, brought, saying)


def show(brought: ClipList) -> None:
    """A list as it was understood."""
    out = words()
    for clip in brought.clips[:SHOWN_ROWS]:
        told = clip.told
        row = (clip.outlet or "-", told["published"], told["headline"][:SHOWN], told.get("url", ""))
        out.print("  " + "  ".join(shown(each) for each in row if each))
    if (more := len(brought.clips) - SHOWN_ROWS) > 0:
        out.print(tell("  ... and {more} more", more=more))
    for line in remarks(brought):
        out.print(line, style="yellow")


def remarks(brought: ClipList) -> list[str]:
    """What was passed over in a list, and what it brings along."""
    told = []
    if brought.other_sheets:
        others = ", ".join(map(shown, brought.other_sheets))
        sheet = shown(brought.sheet)
        told.append(
            tell("the sheet {sheet} was read, and not: {others}", sheet=sheet, others=others)
        )
    if brought.left_out:
        columns = ", ".join(map(shown, brought.left_out))
        told.append(tell("columns left out: {columns}", columns=columns))
    if brought.strangers:
        names = ", ".join(shown(one.name) for one in brought.strangers)
        told.append(tell("new outlets: {names}", names=names))
    return told


def _question(brought: ClipList) -> str:
    many = counted(len(brought.clips), "piece")
    new = len(brought.strangers)
    if not new:
        return tell("Take in {pieces}?", pieces=many)
    outlets = counted(new, "outlet")
    return tell("Take in {pieces}, write files for {outlets}?", pieces=many, outlets=outlets)
