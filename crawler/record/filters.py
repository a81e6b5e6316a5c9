"""The WHERE that narrows articles to a window and outlets, as an index can follow it."""

from __future__ import annotations

import json
from collections.abc import Collection

from crawler.models import Window
from crawler.record import rows

_INSIDE = "a.published >= :since AND a.published < :until"


def narrowed(
    window: Window | None, outlets: Collection[str] | None, undated: bool
) -> tuple[str, dict[str, str | None]]:
    """A condition on `articles AS a`, and its parameters.

    No `window` or no `outlets` does not narrow; with `undated`, articles without a date pass
    whatever the window.
    """
    conditions = [_of_time(window, undated)]
    asked: dict[str, str | None] = {}
    if window is not None:
        asked |= {"since": rows.utc_text(window.start), "until": rows.utc_text(window.end)}
    if outlets is not None:
        conditions.append("a.outlet IN (SELECT value FROM json_each(:outlets))")
        asked["outlets"] = json.dumps(sorted(outlets))
    return " AND ".join(conditions), asked


def _of_time(window: Window | None, undated: bool) -> str:
    if window is None:
        return "1" if undated else "a.published NOT NULL"
    return f"({_INSIDE} OR a.published IS NULL)" if undated else _INSIDE
