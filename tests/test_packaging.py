"""What an installation rests on: pins without addresses, a version that the changelog knows."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from crawler import __version__

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINS = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
PIN = re.compile(r"[a-z0-9][a-z0-9._-]*==[a-z0-9.!+]+")
NAME = re.compile(r"[A-Za-z0-9._-]+")


def normal(name: str) -> str:
    """A distribution's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted() -> list[str]:
    """Every distribution that pyproject.toml names."""
    extras = PROJECT["optional-dependencies"].values()
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in extra)]
    return [match.group() for line in lines if (match := NAME.match(line))]


@pytest.mark.parametrize("line", PINS)
def test_a_pin_is_a_name_and_a_version(line: str) -> None:
    assert PIN.fullmatch(line)


def test_a_name_is_pinned_once() -> None:
    names = [normal(line.split("==")[0]) for line in PINS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", wanted())
def test_what_is_wanted_is_pinned(name: str) -> None:
    assert normal(name) in {normal(line.split("==")[0]) for line in PINS}, "run: make constraints"


def test_the_changelog_knows_the_version() -> None:
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_what_several_machines_need_is_an_extra_and_nothing_loads_it() -> None:
    named = " ".join(PROJECT["dependencies"]).lower()
    assert not [one for one in ("procrastinate", "psycopg", "pgqueuer") if one in named]
    extra = PROJECT["optional-dependencies"]["pool"]
    assert [line.partition(">")[0] for line in extra] == ["procrastinate", "psycopg[binary]"]
    asked = (
        "import sys; sys.modules['procrastinate'] = None; sys.modules['psycopg'] = None\n"
        "from jehona.actions import bundles, crawl, pool; assert pool.engine is None\n"
    )
    subprocess.run([sys.executable, "-c", asked], check=True, cwd=ROOT)
