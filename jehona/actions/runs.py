"""The runs of the record, and how each stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.models import Run, Way
from crawler.record import NoRecord, Record, read, standing
from crawler.record.lock import RunLock
from crawler.run.ledger import results, window_json
from crawler.run.run_events import RunState, ended_as, events_file
from jehona.actions.errors import Unknown
from jehona.actions.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStanding:
    """A run and how it stands."""

    run: Run
    state: RunState
    # its events; None where there are none: by hand, before there were any, or pruned
    events: Path | None

    @property
    def by_hand(self) -> bool:
        """Whether a person brought what it has: no outlet was asked."""
        return bool(self.run.checks) and all(c.way is Way.BY_HAND for c in self.run.checks)

    def as_json(self) -> dict[str, Any]:
        """One run of the document of docs/json.md."""
        run, ended = self.run, results(self.run.checks)
        return {
            "run": run.number,
            "event": run.event,
            "window": window_json(run.window) if run.window else None,
            "started": run.started,
            "finished": run.finished,
            "state": self.state,
            "by_hand": self.by_hand,
            "outlets": len(ended),
            "complete": sum(result.outcome == "complete" for result in ended),
            "read": sum(result.speaks.read for result in ended),
            "new": sum(check.new for check in run.checks),
            "requests": sum(check.requests for check in run.checks),
            "events": self.events,
        }


def runs(office: Office) -> tuple[RunStanding, ...]:
    """Every run of the record, the newest first. Raises NoRecord where there is none yet."""
    var = office.workspace.var
    with office.to_read() as record:
        found = read.runs(record)
        alive = RunLock(var / "run.lock").held
        # after the look at the lock: a run that ended meanwhile is no lost one
        states = read.run_states(record)
    return tuple(_standing(var, run, states[run.number], alive=alive) for run in found)


def run_named(office: Office, number: int) -> RunStanding:
    """One run. Raises NoRecord, Unknown."""
    var = office.workspace.var
    with office.to_read() as record:
        found = read.run(record, number)
        if found is None:
            raise Unknown("run {number}: the record has none such", number=number)
        alive = RunLock(var / "run.lock").held
        state = read.run_states(record, number)[number]
    return _standing(var, found, state, alive=alive)


def under_way(office: Office) -> int | None:
    """The number of the run that is under way; None where none is. Raises RecordRefused."""
    if not RunLock(office.workspace.var / "run.lock").held:
        return None
    try:
        with office.to_read() as record:
            return standing.running(record)
    except NoRecord:
        return None


def newest(record: Record, most: int) -> tuple[Run, ...]:
    """The newest runs that are over, the newest first, each with its ledger."""
    return tuple(read.runs(record, most=most))


def _standing(var: Path, run: Run, kept: str, *, alive: bool) -> RunStanding:
    state, place = RunState(kept), events_file(var, run.number)
    if state is not RunState.RUNNING:
        # the record does not tell a run that was stopped from one that failed
        state = ended_as(var, run.number, run.started) or state
    elif not alive:
        state = RunState.INTERRUPTED
    return RunStanding(run=run, state=state, events=place if place.exists() else None)
