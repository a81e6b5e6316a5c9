"""An office with pieces about an event, to be watched."""

from __future__ import annotations

from tests.desk.conftest import desk, filled, postbox

__all__ = ["desk", "filled", "postbox"]
