"""One report, in a process of its own, as `jehona report EVENT --format html` makes it.

    python -m bench.telling_ours WORKSPACE EVENT [--profile FILE]

Everything is imported before the clock starts; the record is opened after. The last line is JSON:
CPU seconds of the whole and of its steps, pieces, texts, bytes.
"""

from __future__ import annotations

import cProfile
import json
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar
from unittest.mock import patch

from crawler import event_matches, stories
from crawler.config import load_workspace
from crawler.record import opening, versions
from jehona.actions import matches
from jehona.actions import report as report_action
from jehona.actions.office import Office
from reports.forms import ReportForm
from reports.models import Report

# What the steps below import where they need it.
LOADED: Final = (stories, opening)
STEPS: Final = (
    ("related", matches, "related"),
    ("stories", event_matches, "stories_of"),
    ("kept", versions, "keep"),
)

Asked = ParamSpec("Asked")
Given = TypeVar("Given")


class Clock:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def timed(self, name: str, step: Callable[Asked, Given]) -> Callable[Asked, Given]:
        """The same step, its CPU added up under `name`."""

        def run(*args: Asked.args, **more: Asked.kwargs) -> Given:
            begun = time.process_time()
            try:
                return step(*args, **more)
            finally:
                self.spent[name] = self.spent.get(name, 0.0) + time.process_time() - begun

        return run


def tell(folder: Path, event: str, now: datetime) -> tuple[Report, int, Clock]:
    """The report of an event as a page: the report, its bytes, and what each step took."""
    clock, office = Clock(), Office(workspace=load_workspace(folder), clock=lambda: now)
    with ExitStack() as patched:
        for name, module, step in STEPS:
            timed = clock.timed(name, getattr(module, step))
            patched.enter_context(patch.object(module, step, timed))
        made = clock.timed("report", report_action.kept_report)(office, event, language="sq")
        pages = clock.timed("html", report_action.written)(
            office, made, [ReportForm.HTML], language="sq"
        )
        page = pages[ReportForm.HTML].body
    return made, len(page), clock


def main(words: Sequence[str]) -> None:
    """See the module."""
    folder, event, *profile = words
    watch = cProfile.Profile()
    if profile:
        watch.enable()
    begun = time.process_time()
    made, size, clock = tell(Path(folder), event, datetime.now(UTC))
    whole = time.process_time() - begun
    if profile:
        watch.disable()
        watch.dump_stats(profile[-1])
    counts = {"pieces": made.summary.pieces, "texts": made.summary.texts, "bytes": size}
    found: dict[str, Any] = {"whole": whole, **clock.spent, **counts}
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
