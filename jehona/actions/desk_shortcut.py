"""An icon that opens the desk: a freedesktop.org desktop entry, version 1.5."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from crawler.files import write_whole
from jehona.actions.errors import Wrong
from jehona.actions.office import Office

NAME: Final = "jehona-desk.desktop"
# What a value of a key of type string escapes, and what stands in a quoted argument of Exec.
QUOTED: Final = ("\\", '"', "`", "$")


def install(office: Office, environ: Mapping[str, str]) -> Path:
    """Write the entry for this workspace among the user's applications, over an earlier one.

    Raises Wrong where the system has no such entries, or the folder's name fits in none.
    """
    if sys.platform != "linux":
        raise Wrong("--install-shortcut: only where desktops follow freedesktop.org: docs/desk.md")
    home = environ.get("XDG_DATA_HOME") or f"{environ.get('HOME', '')}/.local/share"
    target = Path(home) / "applications" / NAME
    if not target.is_absolute():
        raise Wrong(
            "--install-shortcut: neither XDG_DATA_HOME nor HOME says where applications are"
        )
    write_whole(target, entry(office, Path(sys.executable)), replace=True)
    return target


def entry(office: Office, python: Path) -> str:
    """The text of the entry."""
    brand = office.workspace.brand.name
    root = office.workspace.root.absolute()
    asked = (str(python), "-m", "jehona", "desk", "-w", str(root))
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Version=1.5",
        f"Name={_line(f'Jehona · {brand}' if brand else 'Jehona')}",
        "Comment=What the media published about your events",
        f"Exec={' '.join(map(_argument, asked))}",
        # it ends with its window: a desk that nobody sees would be found by nobody
        "Terminal=true",
        "Categories=Office;",
    )
    return "\n".join(lines) + "\n"


def _argument(text: str) -> str:
    """One argument of Exec: quoted, with its own escapes under those of a string."""
    if not text.isprintable():
        raise Wrong("--install-shortcut: the folder's name has a sign that no entry can hold")
    for sign in QUOTED:
        text = text.replace(sign, "\\" + sign)
    return f'"{_line(text)}"'.replace("%", "%%")


def _line(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", " ")
