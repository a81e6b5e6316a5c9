"""docs/json.md has every key that the relating and telling commands print, and no other."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, Final

import pytest

from tests.test_docs_readme import ROOT, keys, told

COPY: Final = (
    "https://kodra-sot.example/english/aktualitet/"
    "dita-e-bregut-kodrinoret-pastruan-gjirin-e-kallamave-i48240"
)
# heading of docs/json.md -> the command that it describes
TYPED: Final = {
    "Stories": "stories dita-e-bregut",
    "Decisions": "decisions list",
    "An event's words, tried": "events try dita-e-bregut",
    "A piece brought by hand": "clip https://tv-valeza.example/1 --event dita-e-bregut "
    "--headline Bregu --published 2026-05-16",
    "A clip corrected": "clip --edit https://tv-valeza.example/1 --headline Gjiri",
    "Translations": f"translate dita-e-bregut --url {COPY} --words Bregu",
    "A roundup": "roundup dita-e-bregut",
    "A record looked over": "verify",
    "What changed in a report": "report dita-e-bregut --since-version 1",
}
PLAYED: Final = """\
import json, sys
from scripts.shown import run, stage
with stage() as (desk, names):
    run("jehona crawl --event dita-e-bregut", desk, names)
    run("jehona review dita-e-bregut --accept-all", desk, names)
    run("jehona report dita-e-bregut --format md --output report.md", desk, names)
    quality = run("jehona events quality dita-e-bregut --json", desk, names, alone=True)
    asked = json.loads(sys.argv[1])
    printed = {h: run(f"jehona {c} --json", desk, names, alone=True) for h, c in asked.items()}
print(json.dumps({h: json.loads(p) for h, p in {**printed, "quality": quality}.items()}))
"""


@pytest.fixture(scope="module")
def printed() -> dict[str, Any]:
    """What each of the commands prints, in a workspace where there is something of everything."""
    done = subprocess.run(
        [sys.executable, "-c", PLAYED, json.dumps(TYPED)],
        capture_output=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def akin(key: str, others: set[str]) -> bool:
    """Whether one of `others` is the key, holds it, or stands in it."""
    return any(inside(key, other) or inside(other, key) for other in others)


def inside(key: str, place: str) -> bool:
    """Whether a key is `place`, or stands in it."""
    return key == place or key.startswith((f"{place}.", f"{place}["))


@pytest.mark.parametrize("heading", TYPED)
def test_every_key_is_told_and_every_told_key_is_there(
    printed: dict[str, Any], heading: str
) -> None:
    there = set(keys(printed[heading]))
    if heading == "An event's words, tried":
        there |= set(keys(printed["quality"]))
    said = {key.removesuffix("[]") for key in told(heading)} - {"new_outlets"}
    # a list that is empty today has no keys of its own
    assert {key for key in there if not akin(key, said)} == set()
    assert {place for place in said if not akin(place, there)} == set()
