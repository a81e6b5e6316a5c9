"""A sign of life for the office's own monitor, so that a watch that died is noticed."""

from __future__ import annotations

import contextlib
from typing import Final

import requests

PATIENCE: Final = 20.0
# seconds


def ping(url: str, *, well: bool) -> None:
    """GET the address, or its /fail: what the usual monitors take. Never raises for one that is
    away: that is no trouble of the watch, and the monitor's to notice.
    """
    with contextlib.suppress(requests.RequestException):
        requests.get(url if well else f"{url.rstrip('/')}/fail", timeout=PATIENCE)
