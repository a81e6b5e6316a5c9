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
# lines: each request has two
MOST_STEPS: Final = 60
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One request of a look."""

    url: str
    # None: not yet answered, or it failed
    status: int | None = None
    # why it failed, a code of docs/outcomes.md
    reason: str | None = None


def steps_file(office: Office, who: str) -> Path:
    """Where the steps of somebody's look are written: `who` is letters and figures."""
    return office.workspace.var / "probes" / f"steps-{who[:16]}.jsonl"


def steps(file: Path) -> tuple[Step, ...]:
    """What was asked so far, each address once; nothing before a look begins."""
    found: dict[str, Step] = {}
    try:
        lines = file.read_text("utf-8").splitlines()[:MOST_STEPS]
    except FileNotFoundError:
        return ()
    for line in lines:
        # the last one may be half written
        if line.endswith("}"):
            step = Step(**json.loads(line))
            found[step.url] = step
    return tuple(found.values())


def look(office: Office, url: str, *, told: Path | None = None) -> SiteLook:
    """Look at a site with at most twelve requests; nothing is written.

    What is asked goes to the file `told` while it is. Raises Wrong for what is no address,
    NothingDone where nothing answered.
    """
    root = str(office.workspace.root.absolute())
    asked = [sys.executable, "-m", "jehona", "outlets", "add", "-w", root, "--json"]
    if told is not None:
        told.parent.mkdir(parents=True, exist_ok=True)
        told.unlink(missing_ok=True)
        asked += ["--steps", str(told.absolute())]
    # `--` ends the options: an address never is one
    asked += ["--", url]
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
