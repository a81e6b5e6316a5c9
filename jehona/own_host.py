"""Whom a server of ours answers: who asked it by its own name (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from crawler.urls import DEFAULT_PORTS, is_loopback


def names_here(hosts: Sequence[str], port: int) -> bool:
    """Whether the Host headers of a request name this machine and this port, exactly once.

    Any page in a browser can lead a name of its own here (DNS rebinding); none can make the
    browser say another name than its own.
    """
    try:
        parts = urlsplit(f"http://{hosts[0] if len(hosts) == 1 else ''}")
        told = DEFAULT_PORTS["http"] if parts.port is None else parts.port
    except ValueError:
        return False
    plain = "@" not in parts.netloc and [parts.netloc] == list(hosts)
    return plain and told == port and is_loopback(parts.hostname or "")
