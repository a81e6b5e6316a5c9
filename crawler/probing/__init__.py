"""Looking at outlets: what an unknown site offers, and whether a declared way still answers.

A look costs at most twelve requests, goes through the guest like every crawl (robots.txt,
delay, address guard), and stores no piece.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from crawler.probing.errands import Looked, look_at
    from crawler.probing.fixture import write_fixture
    from crawler.probing.kept import keep_answers
    from crawler.probing.site import Proposal, propose
    from crawler.probing.steps import telling
    from crawler.probing.ways import Probe, Row, probe_way

__all__ = [
    "Looked",
    "Probe",
    "Proposal",
    "Row",
    "keep_answers",
    "look_at",
    "probe_way",
    "propose",
    "telling",
    "write_fixture",
]
# The readers of all ways stand behind a look, and who lists outlets looks at none.
_HOMES: Final = {
    **dict.fromkeys(("Looked", "look_at"), "errands"),
    "write_fixture": "fixture",
    "keep_answers": "kept",
    **dict.fromkeys(("Proposal", "propose"), "site"),
    "telling": "steps",
    **dict.fromkeys(("Probe", "Row", "probe_way"), "ways"),
}


def __getattr__(name: str) -> Any:
    """What a module of this folder has by that name (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
