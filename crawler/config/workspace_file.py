"""Small changes to jehona.toml that leave what a person wrote around them (tomlkit)."""

from __future__ import annotations

from pathlib import Path

import tomlkit

from crawler.config.files import reason
from crawler.config.refusals import RegistryError
from crawler.config.workspaces import load_workspace
from crawler.files import write_whole
from crawler.models import Site


def set_site(root: Path, site: Site) -> Path:
    """Writes `[sites.NAME]` into a workspace's jehona.toml; what is there of it is replaced.

    Raises RegistryError where it cannot be written or would not be read back; it stays then.
    """
    path = root / "jehona.toml"
    before = path.read_text("utf-8-sig")
    document = tomlkit.parse(before)
    sites = document.setdefault("sites", tomlkit.table(is_super_table=True))
    table = tomlkit.table()
    table["url"] = site.url
    if site.user:
        table["user"] = site.user
    sites[site.name] = table
    try:
        write_whole(path, tomlkit.dumps(document), replace=True)
        load_workspace(root)
    except OSError as error:
        raise RegistryError("{path}: {reason}", path=path, reason=reason(error)) from error
    except RegistryError:
        write_whole(path, before, replace=True)
        raise
    return path
