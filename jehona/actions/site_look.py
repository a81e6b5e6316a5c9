"""A look at a site in a process of its own: Scrapy's reactor is not one for a server's thread."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from crawler.config.outlet_file import keep_text
from jehona.actions.errors import NothingDone, Wrong
from jehona.actions.office import Office

# Seconds for at most twelve requests, each with its pause.
PATIENCE: Final = 120
LONGEST_WORDS: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLook:
    """What a site offers, as `jehona outlets add --json` tells it."""

    # docs/json.md
    document: dict[str, Any]

    @property
    def slug(self) -> str:
        """Of the file that would be written."""
        return str(self.document["outlet"]["slug"])

    def as_json(self) -> dict[str, Any]:
        """The same document."""
        return self.document


def look(office: Office, url: str) -> SiteLook:
    """Look at a site with at most twelve requests; nothing is written.

    Raises Wrong for what is no address, NothingDone where nothing answered.
    """
    root = str(office.workspace.root.absolute())
    # `--` ends the options: an address never is one
    asked = [sys.executable, "-m", "jehona", "outlets", "add", "-w", root, "--json", "--", url]
    try:
        done = subprocess.run(  # noqa: S603 - our own command, no shell
            asked,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            stdin=subprocess.DEVNULL,
            cwd=root,
        )
    except subprocess.TimeoutExpired:
        raise NothingDone(
            "it did not answer within {patience} seconds: try again later", patience=PATIENCE
        ) from None
    if done.returncode == 0:
        return SiteLook(document=json.loads(done.stdout))
    words = done.stderr[:LONGEST_WORDS].decode("utf-8", "replace").strip()
    raise (Wrong if done.returncode == Wrong.code else NothingDone)(words or "nothing answered")


def add(office: Office, found: SiteLook) -> Path:
    """Write the file that was shown. Raises RegistryError; nothing is overwritten."""
    return keep_text(str(found.document["file"]), office.workspace.root / "outlets", found.slug)
