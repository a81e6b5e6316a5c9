"""The icon: an entry that a desktop reads as it was meant, whatever the folder is called."""

from __future__ import annotations

import re
from configparser import RawConfigParser
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.models import Brand, Workspace
from jehona.actions import desk_shortcut
from jehona.actions.office import Office
from tests.desk.conftest import Desk


def read(text: str) -> dict[str, str]:
    """The keys of an entry, with the escapes of strings undone."""
    found = RawConfigParser()
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read_string(text)
    return {key: value.replace("\\\\", "\\") for key, value in found["Desktop Entry"].items()}


@pytest.mark.parametrize(
    "name", ["zyra", "Zyra e Shtypit", 'me "thonjëza"', "$HOME", "50 %", "a\\b"]
)
def test_the_folder_is_one_argument(name: str) -> None:
    office = Office(workspace=Workspace(root=Path("/zyra") / name))
    keys = read(desk_shortcut.entry(office, Path("/opt/me python/bin/python3")))
    told = re.findall(r'"((?:[^"\\]|\\.)*)"', keys["Exec"].replace("%%", "%"))
    assert [re.sub(r"\\(.)", r"\1", one) for one in told] == [
        *("/opt/me python/bin/python3", "-m", "jehona", "desk", "-w"),
        f"/zyra/{name}",
    ]


def test_a_brand_breaks_no_line() -> None:
    office = Office(workspace=Workspace(root=Path("/zyra"), brand=Brand(name="A\nExec=rm")))
    text = desk_shortcut.entry(replace(office), Path("/python"))
    assert [line for line in text.splitlines() if line.startswith("Exec=")] == [
        'Exec="/python" "-m" "jehona" "desk" "-w" "/zyra"'
    ]


def test_it_is_written_again(desk: Desk, tmp_path: Path) -> None:
    desk.monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    for _ in range(2):
        typed = desk.type("desk", "--install-shortcut")
        assert typed.code == 0
    assert (tmp_path / "share" / "applications" / "jehona-desk.desktop").exists()
