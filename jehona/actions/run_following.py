"""A run followed by its events: the ledger as far as it came, for whoever looks on.

The file `var/runs/N.jsonl` is read anew from where one left off; several may read it at once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from crawler.run.ledger import results
from crawler.run.run_events import RunState, What, events_file
from jehona.actions import runs
from jehona.actions.office import Office
from jehona.actions.runs import RunStanding

# bytes read at once
PIECE: Final = 1 << 20


@dataclass(slots=True, kw_only=True)
class OutletSoFar:
    """How far one outlet is."""

    # slug
    outlet: str
    # whether it is being asked now
    asking: bool = False
    # as its events told: None where they did not
    way: str | None = None
    listed: int | None = None
    read: int | None = None
    new: int | None = None
    requests: int | None = None
    outcome: str | None = None
    reason: str | None = None


@dataclass(slots=True, kw_only=True)
class RunSoFar:
    """A run as far as its events tell. `read_on` brings it up to what is written by now."""

    number: int
    event: str | None = None
    # aware; None before it began
    started: datetime | None = None
    ended: datetime | None = None
    state: RunState | None = None
    outlets: dict[str, OutletSoFar] = field(default_factory=dict)
    # bytes of the file that were read
    _at: int = 0

    @property
    def done(self) -> int:
        """Outlets that are through."""
        return sum(one.outcome is not None and not one.asking for one in self.outlets.values())

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.state not in (None, RunState.RUNNING)

    def read_on(self, office: Office) -> bool:
        """Take in what was written since; whether there was anything. Nothing where no file is."""
        try:
            with events_file(office.workspace.var, self.number).open("rb") as file:
                file.seek(self._at)
                told = file.read(PIECE)
        except FileNotFoundError:
            return False
        # the last line may be half written
        whole = told[: told.rfind(b"\n") + 1]
        self._at += len(whole)
        for line in whole.splitlines():
            self.take(json.loads(line))
        return bool(whole)

    def lost(self, office: Office) -> bool:
        """Whether its process is gone though it did not say that it ended; it is then over."""
        if self.over or runs.under_way(office) == self.number:
            return False
        # it may have ended between the two looks
        self.read_on(office)
        if self.over:
            return False
        self.state = RunState.INTERRUPTED
        for one in self.outlets.values():
            one.asking = False
        return True

    def take(self, told: dict[str, Any]) -> None:
        """Take in one event as its line has it."""
        what = told["what"]
        if what == What.RUN_STARTED:
            self.event = told.get("event")
            self.started = datetime.fromisoformat(told["at"])
            self.state = RunState.RUNNING
            asked = told.get("outlets", ())
            self.outlets = {slug: OutletSoFar(outlet=slug) for slug in asked}
        elif what == What.RUN_ENDED:
            self.ended = datetime.fromisoformat(told["at"])
            self.state = RunState(told["state"])
            for one in self.outlets.values():
                one.asking = False
        elif told.get("outlet"):
            self._take_of_outlet(told)

    def _take_of_outlet(self, told: dict[str, Any]) -> None:
        slug = told["outlet"]
        one = self.outlets.setdefault(slug, OutletSoFar(outlet=slug))
        one.asking = told["what"] != What.OUTLET_ENDED
        for name in ("way", "listed", "read", "new", "requests", "outcome", "reason"):
            if name in told:
                setattr(one, name, told[name])
        if told["what"] == What.CHECK_STARTED:
            # the next way is tried: what the one before came to is not the outlet's yet
            one.outcome = one.reason = None


def of_record(office: Office, standing: RunStanding) -> RunSoFar:
    """A run that is over by its ledger, one under way by its events."""
    found = RunSoFar(number=standing.run.number, event=standing.run.event)
    while found.read_on(office):
        pass
    found.lost(office)
    found.started, found.state = standing.run.started, found.state or standing.state
    if standing.state is RunState.RUNNING and not found.over:
        return found
    found.state, found.ended = standing.state, standing.run.finished or found.ended
    for result in results(standing.run.checks):
        told = {"outlet": result.outlet, "what": What.OUTLET_ENDED, **result.counts}
        found.take(told)
    return found
