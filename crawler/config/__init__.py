"""The registry: what people write in TOML, read strictly into the nouns.

Files and their keys are described in docs/adding-an-outlet.md; what is wrong in one is a
RegistryError of one line. Nothing here touches a network, a clock or a database.
"""

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
from crawler.config.workspaces import find_workspace, load_workspace

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
