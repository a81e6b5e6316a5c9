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
from crawler.record import (
    decisions,
    opening,
    report_queries,
    search,
    search_index,
    similarity_cache,
    versions,
)
from crawler.run import politeness
from jehona.actions import report as report_action
from jehona.cli import report
from reports import coverage, keyword_words
from reports.formats import html
from reports.formats import json as document
from reports.models import Report

LOADED: Final = (
    *(
        politeness,
        event_matches,
        stories,
        decisions,
        similarity_cache,
        opening,
        report_queries,
        search,
        search_index,
        versions,
    ),
    *(coverage, keyword_words, html, document),
)
# what the steps below import where they need it
STEPS: Final = (
    ("related", event_matches, "related"),
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
    clock, desk = Clock(), load_workspace(folder)
    with ExitStack() as patched:
        for name, module, step in STEPS:
            timed = clock.timed(name, getattr(module, step))
            patched.enter_context(patch.object(module, step, timed))
        made = clock.timed("report", report_action.kept_report)(desk, event, now=now, language="sq")
        page = clock.timed("html", report.written)(desk, made, report.Format.HTML, "sq")
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
