"""Texts compared before: kept by what was compared, so that no pair is compared twice.

A cache and nothing more: whatever is taken out of it is only worked out again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from crawler.models import Likeness
from crawler.record import Record
from crawler.record.sql_batches import in_batches

_KNOWN = """
SELECT l.one, l.two, l.likeness, l.conflict, l.rule FROM json_each(:digests) AS j
CROSS JOIN likenesses AS l ON l.one = j.value
WHERE l.rule = :rule AND +l.two IN (SELECT value FROM json_each(:digests))"""
# the plus keeps SQLite from trying every pair: it looks up who `one` was compared with, and only
# then whether the other is asked for (sqlite.org/optoverview.html, "Disqualifying WHERE terms")
_KEEP = "INSERT OR REPLACE INTO likenesses (one, two, likeness, conflict, rule) VALUES *"
_OLD = "DELETE FROM likenesses WHERE rule <> ?"


def known(
    record: Record, digests: Collection[str], *, rule: str
) -> dict[tuple[str, str], Likeness]:
    """What `rule` said of the pairs among these digests, by pair, the smaller digest first."""
    asked = {"digests": json.dumps(sorted(digests)), "rule": rule}
    return {
        (one, two): Likeness(one=one, two=two, likeness=alike, conflict=conflict, rule=said_by)
        for one, two, alike, conflict, said_by in record.conn.execute(_KNOWN, asked)
    }


def keep(record: Record, compared: Iterable[Likeness], *, rule: str) -> None:
    """Keeps comparisons; those of any rule but `rule` go. A record that is only read stays so."""
    rows = [(each.one, each.two, each.likeness, each.conflict, each.rule) for each in compared]
    if record.readonly or not rows:
        return
    with record.transaction():
        record.conn.execute(_OLD, (rule,))
        in_batches(record.conn, _KEEP, rows)
