"""A run as its readers want it: by outlet, with the check that speaks for it (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from crawler.models import Check, Outcome, Run, Window
from crawler.outcomes import best

if TYPE_CHECKING:
    from crawler.run.health import Change, Miss


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletResult:
    """What a run found at one outlet."""

    outlet: str
    # slug
    speaks: Check
    # the check with the best outcome
    checks: tuple[Check, ...]
    # in the order they were made

    @property
    def outcome(self) -> Outcome:
        """The best of its checks."""
        return self.speaks.outcome

    @property
    def counts(self) -> dict[str, Any]:
        """What an event of the run says of it."""
        return {
            "way": self.speaks.way,
            "listed": self.speaks.listed,
            "read": self.speaks.read,
            "new": _sum(self.checks, "new"),
            "requests": _sum(self.checks, "requests"),
            "outcome": self.outcome,
            "reason": self.speaks.reason,
        }


def results(checks: Iterable[Check]) -> tuple[OutletResult, ...]:
    """Checks by outlet, outlets in the order in which they first stand."""
    made: dict[str, list[Check]] = {}
    for check in checks:
        made.setdefault(check.outlet, []).append(check)
    return tuple(
        OutletResult(outlet=slug, speaks=best(some), checks=tuple(some))
        for slug, some in made.items()
    )


def ledger_json(
    run: Run,
    *,
    health: Sequence[Change] = (),
    expectations: Sequence[Miss] = (),
    stamp: dict[str, str | None] | None = None,
) -> dict[str, Any]:
    """The document of `crawl --json`, with what `crawler.run.health` found, and who stamped it."""
    return {
        "run": run.number,
        "event": run.event,
        "window": window_json(run.window) if run.window else None,
        "outlets": [_outlet_json(result) for result in results(run.checks)],
        "health": list(health),
        "expectations": list(expectations),
        "stamp": stamp,
    }


def window_json(window: Window) -> dict[str, str]:
    """Whole local days, both included."""
    days = {"from": window.first_day.isoformat(), "to": window.last_day.isoformat()}
    return {**days, "zone": window.zone}


def _outlet_json(result: OutletResult) -> dict[str, Any]:
    speaks, checks = result.speaks, result.checks
    return {
        "outlet": result.outlet,
        "outcome": result.outcome.value,
        "listed": speaks.listed,
        "read": speaks.read,
        "new": _sum(checks, "new"),
        "changed": _sum(checks, "changed"),
        "gone": _sum(checks, "gone"),
        "requests": _sum(checks, "requests"),
        "reached": _moment(speaks.reached),
        "seconds": round(sum(check.seconds for check in checks), 1),
        "next_step": speaks.next_step,
        "checks": [_check_json(check) for check in checks],
    }


def _check_json(check: Check) -> dict[str, Any]:
    return {
        "way": check.way.value,
        "outcome": check.outcome.value,
        "listed": check.listed,
        "read": check.read,
        "requests": check.requests,
        "reached": _moment(check.reached),
        "types": list(check.types),
        "note": check.note,
        "reason": check.reason,
        "numbers": dict(check.numbers),
        "only": None if check.only is None else list(check.only),
    }


def _sum(checks: Sequence[Check], name: str) -> int:
    return sum(getattr(check, name) for check in checks)


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
