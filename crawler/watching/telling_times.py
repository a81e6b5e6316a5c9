"""When somebody is told: the digest's hour, and when it has been quiet for long enough. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta


def digest_is_due(now: datetime, *, at: time | None, last: date | None) -> bool:
    """Whether today's digest is still to come; `now` is local, `last` the day of the last one."""
    return at is not None and now.time() >= at and (last is None or last < now.date())


def bundle_is_due(now: datetime, *, latest: datetime | None, quiet: timedelta, near: bool) -> bool:
    """Whether what is new around an event's day is told: after a quiet time since the latest."""
    return near and latest is not None and now - latest >= quiet
