"""How a crawl is watched: a live table on a terminal, plain lines when piped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.live import Live
from rich.table import Table
from rich.text import Text

from crawler.models import Check, Outcome, Outlet, Run
from crawler.outcomes import Reason
from crawler.run.ledger import OutletResult, results
from crawler.run.run_events import RunEvent, Watcher, What
from jehona.cli.speech import READER, Reader, reader, tell, tells
from reports.words.reasons import what_to_do, why

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.run.health import Change, Miss
    from jehona.actions.crawl import Crawled

SIGNS = {
    Outcome.COMPLETE: ("✓", "green"),
    Outcome.CHECKED_BY_HAND: ("✓", "green"),
    Outcome.PARTIAL: ("◐", "yellow"),
    Outcome.BLOCKED: ("✗", "red"),
    Outcome.BROKEN: ("✗", "red"),
    Outcome.UNREACHABLE: ("✗", "red"),
    Outcome.DECLINED: ("–", "dim"),
    Outcome.NO_ADDRESS: ("–", "dim"),
}
MISSED = {
    "too few": "too few pieces for what its file expects: {names}",
    "too many": "too many pieces for what its file expects: {names}",
}
TIMES_A_SECOND = 4
# Of these nothing was asked.
NOT_ASKED = frozenset((Outcome.DECLINED, Outcome.NO_ADDRESS))
# Outlets of which no name resolves: it is this computer, and not they.
OFFLINE = 2


@dataclass(slots=True)
class PlainWatch:
    """One line when an outlet is done: for pipes, logs and cron.

    While no name resolves, lines wait: it may be this computer, which one line says at the end.
    """

    # where the lines go
    console: Console
    # lines that wait; None from the first outlet on whose name resolved
    waiting: list[str] | None = field(default_factory=list)

    def __call__(self, event: RunEvent) -> None:
        """The outlet's line; a log wants results."""
        for result in results(event.checks) if event.what is What.OUTLET_ENDED else ():
            line = plain_line(result)
            if self.waiting is not None and unresolved(result):
                self.waiting.append(line)
                continue
            self.tell()
            self.console.print(line)

    def tell(self) -> None:
        """The lines that waited."""
        for line in self.waiting or ():
            self.console.print(line)
        self.waiting = None


@dataclass(frozen=True, slots=True)
class LiveWatch:
    """A table that fills while outlets are asked, side by side."""

    # who is asked, in this order
    outlets: Sequence[Outlet]
    # slug -> the last that was told of it
    asking: dict[str, RunEvent] = field(default_factory=dict)
    # by whom it is read: it is drawn by a thread of its own
    reader: Reader = field(default_factory=reader)
    # slug -> how it ended
    done: dict[str, OutletResult] = field(default_factory=dict)

    def __call__(self, event: RunEvent) -> None:
        """What happens at an outlet."""
        if event.outlet:
            self.asking[event.outlet] = event
        if event.what is What.OUTLET_ENDED:
            self.done.update({result.outlet: result for result in results(event.checks)})

    def __rich__(self) -> Table:
        """The table as it stands now: what is under way and what is done."""
        READER.set(self.reader)
        table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
        for name in tells("", "outlet", "way"):
            table.add_column(name, no_wrap=True)
        for name in tells("read", "listed", "requests"):
            table.add_column(name, justify="right")
        shown = [o for o in self.outlets if o.slug in self.asking or o.slug in self.done]
        for outlet in shown:
            table.add_row(*self._row(outlet))
        waiting = len(self.outlets) - len(shown)
        table.caption = tell(
            "{done} of {outlets} done, {waiting} waiting",
            done=len(self.done),
            outlets=len(self.outlets),
            waiting=waiting,
        )
        return table

    def _row(self, outlet: Outlet) -> tuple[Text | str, ...]:
        if result := self.done.get(outlet.slug):
            check = result.speaks
            counts = (str(check.read), _count(check.listed), str(sum_requests(result)))
            return (sign_of(result.outcome), outlet.name, tell(check.way.value), *counts)
        last = self.asking[outlet.slug]
        counts = (str(last.read or 0), _count(last.listed), str(last.requests or 0))
        return (Text("…", "cyan"), outlet.name, tell(last.way or ""), *counts)


@contextmanager
def watching(console: Console, outlets: Sequence[Outlet]) -> Iterator[Watcher]:
    """Somebody who looks on, as fits the place where words go."""
    if not console.is_terminal:
        plain = PlainWatch(console)
        yield plain
        if len(plain.waiting or ()) < OFFLINE:
            plain.tell()
        return
    watch = LiveWatch(outlets)
    with Live(watch, console=console, refresh_per_second=TIMES_A_SECOND, transient=True):
        yield watch


def print_ledger(console: Console, run: Run, outlets: Sequence[Outlet]) -> None:
    """The ledger: every outlet, its outcome, its own count, and what to do next."""
    names = {outlet.slug: outlet.name for outlet in outlets}
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for name in tells("", "outlet", "outcome", "by"):
        table.add_column(name, no_wrap=True)
    for name in tells("listed", "read", "new", "changed", "gone", "requests"):
        table.add_column(name, justify="right")
    ended = results(run.checks)
    for result in ended:
        table.add_row(*_ledger_row(result, names))
    console.print(table)
    for line in _remarks(ended, names):
        console.print(line)
    console.print(closing(ended))


def print_care(
    console: Console, misses: Sequence[Miss], changes: Sequence[Change], outlets: Sequence[Outlet]
) -> None:
    """Who broke its own expectations, and what broke or mended since the last run."""
    names = {outlet.slug: outlet.name for outlet in outlets}
    for verdict, told in MISSED.items():
        named = [names[miss.outlet] for miss in misses if miss.verdict == verdict]
        if named:
            console.print(tell(told, names=", ".join(named)))
    for change in changes:
        step = f". {change.next_step}" if change.change == "broke" and change.next_step else ""
        was = tell(
            "{before} before, {after} now",
            before=tell(change.before.value),
            after=tell(change.after.value),
        )
        console.print(f"{tell(change.change)}: {names[change.outlet]} ({was}){step}")


def unresolved(result: OutletResult) -> bool:
    """Whether an outlet was not found, by any way, because its name does not resolve."""
    return all(check.reason == Reason.DNS for check in result.checks)


def is_offline(run: Run) -> bool:
    """Whether no name of several outlets resolved: it is this computer, and not they."""
    asked = [each for each in results(run.checks) if each.outcome not in NOT_ASKED]
    return len(asked) >= OFFLINE and all(map(unresolved, asked))


def offline(outlets: int) -> str:
    """The one line that is left of a run in which no name resolved."""
    return tell(
        "this computer seems to be offline: the names of all {n} outlets do not resolve; "
        "connect it, and type the same again",
        n=outlets,
    )


def sign_of(outcome: Outcome) -> Text:
    """The sign of an outcome in its colour."""
    return Text(*SIGNS[outcome])


def _ledger_row(result: OutletResult, names: dict[str, str]) -> tuple[Text | str, ...]:
    check = result.speaks
    counts = (_count(check.listed), *map(str, (check.read, _of(result, "new"))))
    more = map(str, (_of(result, "changed"), _of(result, "gone"), sum_requests(result)))
    ways = " → ".join(tell(check.way.value) for check in result.checks)
    if result.outcome in {Outcome.DECLINED, Outcome.NO_ADDRESS}:
        ways = "–"
    outcome = Text(tell(result.outcome.value), SIGNS[result.outcome][1])
    head = (sign_of(result.outcome), names[result.outlet], outcome)
    return (*head, ways, *counts, *more)


def _remarks(ended: Sequence[OutletResult], names: dict[str, str]) -> Iterator[Text]:
    """What happened and what to do, for each outlet that has something to say."""
    for result in ended:
        notes = [note for check in result.checks if (note := note_of(check))]
        if not notes and not result.speaks.next_step:
            continue
        yield Text.assemble("\n", (names[result.outlet], "bold"))
        yield from (Text(f"  {note}") for note in notes)
        if step := step_of(result.speaks):
            yield Text(f"  → {step}", "dim")


def print_crawled(console: Console, done: Crawled) -> None:
    """What came of a run; where no name resolved, that in one line."""
    if is_offline(done.run):
        console.print(offline(len(done.outlets)))
        return
    print_ledger(console, done.run, done.outlets)
    print_care(console, done.misses, done.changes, done.outlets)


def closing(ended: Sequence[OutletResult]) -> str:
    """The run in one sentence."""
    complete = sum(result.outcome is Outcome.COMPLETE for result in ended)
    new = sum(_of(result, "new") for result in ended)
    asked = len(ended)
    return tell(
        "\n{complete} of {n} outlets checked completely, {new} new pieces",
        complete=complete,
        n=asked,
        new=new,
    )


def plain_line(result: OutletResult) -> str:
    """`gazeta-shembull: complete by wordpress, 29 read of 29 listed, 29 new, 3 requests`."""
    check = result.speaks
    if result.outcome in {Outcome.DECLINED, Outcome.NO_ADDRESS}:
        return f"{result.outlet}: {tell(result.outcome.value)}. {step_of(check)}"
    told = (
        "{outlet}: {outcome} by {way}, {read} read, {new} new, {requests} requests"
        if check.listed is None
        else "{outlet}: {outcome} by {way}, {read} read of {listed} listed, {new} new, "
        "{requests} requests"
    )
    line = tell(
        told,
        outlet=result.outlet,
        outcome=tell(result.outcome.value),
        way=tell(check.way.value),
        read=check.read,
        listed=check.listed,
        new=_of(result, "new"),
        requests=sum_requests(result),
    )
    notes = "; ".join(note for check in result.checks if (note := note_of(check)))
    line += f" ({notes})" if notes else ""
    step = step_of(check)
    return f"{line}. {step}" if step else line


def sum_requests(result: OutletResult) -> int:
    """Everything that was sent to the outlet in this run."""
    return _of(result, "requests")


def _of(result: OutletResult, name: str) -> int:
    return sum(getattr(check, name) for check in result.checks)


def _count(number: int | None) -> str:
    return "–" if number is None else str(number)


def note_of(check: Check) -> str | None:
    """What happened, as the check notes it; for others than English by its code and numbers."""
    if reader().language == "en" or check.reason is None or check.outcome is Outcome.DECLINED:
        return check.note
    return why(check.reason, check.numbers, reader().language, reader().zone)


def step_of(check: Check) -> str | None:
    """What a person can do."""
    if reader().language == "en" or check.reason is None:
        return check.next_step
    return what_to_do(check.reason, reader().language, check.outlet)
