"""`jehona outlets check`: does each declared way still answer, and how is the outlet doing?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from crawler.models import Outcome
from crawler.outcomes import Reason, exit_code
from jehona import actions
from jehona.cli.common import JsonOption, WorkspaceOption, office_of, print_json, words
from jehona.cli.crawl_progress import sign_of
from jehona.cli.speech import reader, tell, tells
from reports.words.reasons import what_to_do

if TYPE_CHECKING:
    from jehona.actions.outlets import Health

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def outlets_check(
    slugs: Annotated[
        list[str] | None, typer.Argument(metavar="[SLUG]...", help="Only these. Else all in use.")
    ] = None,
    suggest: Annotated[
        bool,
        typer.Option("--suggest", help="Propose expectations and better ways, from the record."),
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask one page of each declared way; say what came, and the outlet's usual rhythm.

    Nothing is stored: the record is only read.
    """
    healths = actions.outlets.check(office_of(workspace), slugs or [], suggest=suggest)
    if as_json:
        print_json({"outlets": [health.as_json() for health in healths]})
    else:
        _show(healths)
    raise typer.Exit(exit_code(health.outcome for health in healths))


def _show(healths: Sequence[Health]) -> None:
    table, out = Table(box=None, header_style="dim", padding=(0, 2, 0, 0)), words()
    for column in tells("", "outlet", "way", "outcome"):
        table.add_column(column, no_wrap=True)
    for column in tells("rows", "newest", "oldest", "last complete", "a week"):
        table.add_column(column, justify="right", no_wrap=True)
    for health in healths:
        for row in _rows(health):
            table.add_row(*row)
    out.print(table)
    for health in healths:
        for line in _remarks(health):
            out.print(line)
    answering = sum(health.outcome is Outcome.COMPLETE for health in healths)
    out.print(tell("\n{answering} of {n} outlets answer", answering=answering, n=len(healths)))


def _rows(health: Health) -> Iterator[tuple[Text | str, ...]]:
    """One line a way; the outlet's own figures stand on its first."""
    success = f"{health.last_success:%Y-%m-%d}" if health.last_success else tell("never")
    usual = health.rhythm.per_week if health.rhythm else None
    own = (success, "–" if usual is None else f"{usual:.0f}")
    if not health.probes:
        told = (sign_of(health.outcome), health.outlet.name, "–", tell(health.outcome.value))
        yield (*told, "–", "–", "–", *own)
    for at, probe in enumerate(health.probes):
        name = health.outlet.name if at == 0 else ""
        head = (sign_of(probe.outcome), name, tell(probe.find.way.value), tell(probe.outcome.value))
        days = (_day(probe.newest), _day(probe.oldest))
        yield (*head, str(len(probe.rows) or "–"), *days, *(own if at == 0 else ("", "")))


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "–"


def _remarks(health: Health) -> Iterator[str]:
    """What each way said where it failed, the rhythm by weekday, and the suggestions."""
    said = [
        line
        for probe in health.probes
        if probe.reason
        for line in (
            f"  {tell(probe.find.way)}: {probe.note}",
            f"  → {_step(probe.next_step, probe.reason, health)}",
        )
    ]
    if not health.probes and health.next_step:
        said.append(f"  → {_step(health.next_step, health.reason, health)}")
    if health.rhythm and health.rhythm.weekdays:
        days = zip(tells(*DAYS), health.rhythm.weekdays, strict=True)
        shown = "  ".join(f"{day} {count:g}" for day, count in days)
        weeks = len(health.rhythm.weeks)
        said.append(tell("  usually {days}  (of {n} complete weeks)", days=shown, n=weeks))
    said += [tell("  suggestion: {told}", told=line) for line in health.suggestions]
    if said:
        yield f"\n{health.outlet.name}"
        yield from said


def _step(english: str | None, reason: Reason | None, health: Health) -> str | None:
    """What to do, in the reader's language."""
    if reason is None or reader().language == "en":
        return english
    return what_to_do(reason, reader().language, health.outlet.slug)
