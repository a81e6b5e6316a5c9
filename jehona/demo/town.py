"""The demo's outlets: read from `data/demo/`, and a workspace that points at them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from crawler.config import shipped
from jehona.demo.faults import challenge
from jehona.demo.newsdesk import Desk, Post

ADDRESS: Final = "{address}"
FAULTS: Final = {"challenge": challenge}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandCheck:
    """What a person looked through: what `jehona checked` would be told."""

    outlet: str
    # slug
    found: int
    # pieces
    by: str
    # who looked
    at: datetime
    # aware
    note: str
    # in words


def demo_folder() -> Path:
    """Where the demo's files are, in a checkout and in an installed copy."""
    return shipped() / "demo"


def demo_desks(folder: Path | None = None) -> list[Desk]:
    """The desks that are served, one file each in `desks/`, by slug."""
    files = sorted(((folder or demo_folder()) / "desks").glob("*.toml"))
    return [_desk(path) for path in files]


def demo_checks(folder: Path | None = None) -> tuple[HandCheck, ...]:
    """What was checked by hand (`checked.toml`)."""
    rows = _toml((folder or demo_folder()) / "checked.toml")["checked"]
    return tuple(HandCheck(**row) for row in rows)


def write_demo_workspace(
    directory: Path, addresses: Mapping[str, str], folder: Path | None = None
) -> Path:
    """Writes jehona.toml, outlets/ and events/ into `directory`, which may exist.

    `addresses` are the desks' by slug, as `Newsroom.open` gives them; outlets without one
    have none. Files that are there are replaced, `var/` is left alone. Gives `directory`.
    """
    source = folder or demo_folder()
    for name in ("jehona.toml", "outlets", "events"):
        for template in _templates(source / name):
            text = template.read_text("utf-8")
            target = directory / template.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_filled(text, template, addresses), "utf-8", newline="\n")
    return directory


def _templates(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.glob("*.toml"))


def _filled(text: str, template: Path, addresses: Mapping[str, str]) -> str:
    if ADDRESS not in text:
        return text
    if template.stem not in addresses:
        raise ValueError(f"{template.name}: no desk of that name is served")
    return text.replace(ADDRESS, addresses[template.stem])


def _desk(path: Path) -> Desk:
    told = _toml(path)
    posts = [Post(**row) for row in told.pop("post")]
    if "fault" in told:
        told["fault"] = FAULTS[told["fault"]]()
    return Desk(slug=path.stem, posts=posts, **told)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))
