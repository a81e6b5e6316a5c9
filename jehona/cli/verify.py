"""`jehona verify`: the record or a backup looked over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jehona import actions
from jehona.cli.common import (
    JsonOption,
    WorkspaceOption,
    counted,
    office_of,
    print_json,
    words,
)
from jehona.cli.speech import tell

if TYPE_CHECKING:
    from jehona.actions.upkeep import LookedOver

# Exit code: something is changed or damaged.
DAMAGED: Final = 1


def verify(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help="A backup or an archive of an event. Else the record.",
            show_default=False,
        ),
    ] = None,
    stamp_ca: Annotated[
        Path | None,
        typer.Option(
            "--stamp-ca",
            metavar="FILE",
            help="Root certificates for the stamps of FILE, else those of jehona.toml.",
            show_default=False,
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look the record or a backup over: is everything there as it was written?

    Ends with 0 where it is whole, with 1 where something is changed or damaged.
    """
    upkeep = actions.upkeep
    if file:
        told = upkeep.verify_backup(file, stamp_ca=stamp_ca)
    else:
        told = upkeep.verify(office_of(workspace), stamp_ca=stamp_ca)
    if as_json:
        print_json(told.as_json())
    else:
        _say(told)
    raise typer.Exit(0 if told.found.whole else DAMAGED)


def _say(told: LookedOver) -> None:
    out, found = words(), told.found
    state = tell("whole: {holds}", holds=holds(told)) if found.whole else tell("damaged")
    out.print(f"{found.file}: {state}")
    say_damage(told)
    _say_seal(told)
    if not found.whole and found.kind.startswith("record"):
        out.print(
            tell(
                "move {parent} away, keep it, and `jehona restore` the last backup",
                parent=found.file.parent,
            )
        )
    for orphan in found.orphans:
        out.print(
            tell(
                "{file}: {bytes:,} bytes that nothing refers to, harmless",
                file=orphan.file,
                bytes=orphan.bytes,
            )
        )


def _say_seal(told: LookedOver) -> None:
    """The seal, since when it is kept, and what it does not cover."""
    seal, out = told.found.seal, words()
    if told.found.kind == "evidence" and seal is None:
        return
    if seal is None or seal.digest is None or seal.since is None:
        out.print(tell("no seal yet: the next run begins one"))
        return
    out.print(tell("seal {seal}, kept since {since}", seal=seal.digest, since=seal.since))
    _say_stamps(told)
    if seal.pruned:
        out.print(
            tell("  {answers} pruned since, as it says", answers=counted(seal.pruned, "answer"))
        )
    if seal.runs_before:
        out.print(
            tell(
                "  {runs} of earlier releases stand before it",
                runs=counted(seal.runs_before, "run"),
            )
        )


def _say_stamps(told: LookedOver) -> None:
    """How many lines an authority stamped, the latest when, and whether that was looked at."""
    seal = told.found.seal
    if seal is None or not seal.stamped:
        return
    words().print(
        tell(
            "  {lines} stamped by an authority, the last at {at}",
            lines=counted(seal.stamped, "line"),
            at=seal.stamped_at,
        )
    )
    if seal.unchecked:
        words().print(
            tell("  who signed was not looked at: --stamp-ca FILE, its root certificates")
        )


def say_damage(told: LookedOver) -> None:
    """Each place of damage on a line; nothing where all is whole."""
    for each in told.found.damage:
        words().print(f"  {each.line}")
    if told.found.more:
        words().print(tell("  and {places}", places=counted(told.found.more, "further place")))


def holds(told: LookedOver) -> str:
    """How much it is: "30 pieces, 4 decisions, 12 kept pages in 2 packs"."""
    found = told.found
    if found.kind == "evidence":
        return ", ".join((counted(found.articles, "piece"), counted(found.pages, "answer")))
    held = [counted(found.articles, "piece"), counted(found.decisions, "decision")]
    if found.kind != "record alone":
        pages, packs = counted(found.pages, "kept page"), counted(found.packs, "pack")
        held.append(tell("{pages} in {packs}", pages=pages, packs=packs))
    return ", ".join(held)
