"""A run and its checks, as JSON and back. Pure."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from crawler.models import Check, Outcome, Run, Way, Window

MOMENTS: Final = ("reached", "at", "since", "until")
COUNTS: Final = ("read", "new", "changed", "gone", "requests")
WORDS: Final = ("note", "next_step", "reason", "by")


def spelled_run(run: Run, state: str) -> dict[str, Any]:
    """Without its checks."""
    window = run.window
    return {
        "number": run.number,
        "event": run.event,
        "window": window
        and {
            "start": window.start.isoformat(),
            "end": window.end.isoformat(),
            "zone": window.zone,
        },
        "started": run.started.isoformat(),
        "finished": run.finished and run.finished.isoformat(),
        "state": state,
    }


def spelled_check(check: Check) -> dict[str, Any]:
    """Every field by its name."""
    told = {field.name: getattr(check, field.name) for field in fields(check)}
    told |= {"way": check.way.value, "outcome": check.outcome.value}
    told |= {"types": list(check.types), "numbers": dict(check.numbers)}
    for name in MOMENTS:
        told[name] = told[name] and told[name].isoformat()
    return told


def understood_run(told: dict[str, Any], checks: list[dict[str, Any]]) -> tuple[Run, str]:
    """A run and its state. Raises ValueError, KeyError, TypeError where it is none."""
    window, state = told["window"], told["state"]
    if state not in ("finished", "interrupted"):
        raise ValueError(state)
    if not isinstance(checks, list):
        raise TypeError(type(checks).__name__)
    run = Run(
        number=int(told["number"]),
        event=_words(told["event"]),
        window=window
        and Window(
            start=_aware(window["start"]), end=_aware(window["end"]), zone=str(window["zone"])
        ),
        started=_aware(told["started"]),
        finished=_maybe(told["finished"]),
        checks=tuple(_check(one) for one in checks),
    )
    return run, state


def _check(told: dict[str, Any]) -> Check:
    listed, only = told["listed"], told["only"]
    fields: dict[str, Any] = {
        **{name: int(told[name]) for name in COUNTS},
        **{name: _words(told[name]) for name in WORDS},
        **{name: _maybe(told[name]) for name in MOMENTS},
    }
    return Check(
        outlet=str(told["outlet"]),
        way=Way(told["way"]),
        outcome=Outcome(told["outcome"]),
        listed=None if listed is None else int(listed),
        seconds=float(told["seconds"]),
        types=tuple(str(name) for name in told["types"]),
        numbers={str(name): _number(value) for name, value in told["numbers"].items()},
        only=None if only is None else tuple(str(url) for url in only),
        **fields,
    )


def _number(value: Any) -> int | float | str:
    if not isinstance(value, int | float | str):
        raise TypeError(type(value).__name__)
    return value


def _words(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


def _maybe(value: str | None) -> datetime | None:
    return None if value is None else _aware(value)


def _aware(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.utcoffset() is None:
        raise ValueError(value)
    return moment
