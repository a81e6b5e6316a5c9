"""An office with pieces about an event at two outlets, and what a ledger says of them."""

from __future__ import annotations

from tests.desk.conftest import desk, filled, postbox

__all__ = ["desk", "filled", "postbox"]
