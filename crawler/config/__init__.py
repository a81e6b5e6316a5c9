"""The registry: what people write in TOML, read strictly into the nouns.

Files and their keys are described in docs/adding-an-outlet.md; what is wrong in one is a
RegistryError of one line. Nothing here touches a network, a clock or a database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from crawler.config.catalogue import (
        event_files,
        find_outlet,
        load_event,
        load_events,
        load_outlets,
        outlet_files,
        outlets_asked,
        readable_events,
        shipped,
        slugs_called,
    )
    from crawler.config.files import slug_from
    from crawler.config.new_workspace import init_workspace
    from crawler.config.outlets import read_outlet
    from crawler.config.refusals import NoWorkspace, RegistryError
    from crawler.config.unchanged import Unchanged
    from crawler.config.workspace_folder import find_workspace
    from crawler.config.workspaces import load_workspace

__all__ = [
    "NoWorkspace",
    "RegistryError",
    "Unchanged",
    "event_files",
    "find_outlet",
    "find_workspace",
    "init_workspace",
    "load_event",
    "load_events",
    "load_outlets",
    "load_workspace",
    "outlet_files",
    "outlets_asked",
    "read_outlet",
    "readable_events",
    "shipped",
    "slug_from",
    "slugs_called",
]
# Help pages and refused commands look where the workspace is, and read no outlet.
_HOMES: Final = {
    **dict.fromkeys(
        (
            "event_files",
            "find_outlet",
            "load_event",
            "load_events",
            "load_outlets",
            "outlet_files",
            "outlets_asked",
            "readable_events",
            "shipped",
            "slugs_called",
        ),
        "catalogue",
    ),
    "slug_from": "files",
    "init_workspace": "new_workspace",
    "read_outlet": "outlets",
    **dict.fromkeys(("NoWorkspace", "RegistryError"), "refusals"),
    "Unchanged": "unchanged",
    "find_workspace": "workspace_folder",
    "load_workspace": "workspaces",
}


def __getattr__(name: str) -> Any:
    """What a module of this folder has by that name (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
