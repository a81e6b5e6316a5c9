"""An outlet written as TOML is read back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import RegistryError, read_outlet
from crawler.config.outlet_file import outlet_text, write_outlet
from crawler.models import Evidence, Expect, Find, Outlet, Way

OUTLET = Outlet(
    slug="gazeta-shembull",
    name="Gazeta Shembull",
    home="https://gazeta.example/",
    languages=("sq",),
    country="AL",
    zone="Europe/Tirane",
    hosts=("cdn.gazeta.example",),
    find=(
        Find(way=Way.FEED, url="https://gazeta.example/feed/"),
        Find(
            way=Way.LISTING, url="https://gazeta.example/k?f={page}", row="article", link="h2 a",
            headline="h2", date="time",
        ),
    ),
    expect=Expect(per_week=(20, 400)),
    evidence=(Evidence(what="feed", grade="A", seen=date(2026, 9, 28), note="10 rows"),),
)  # fmt: skip
TEXT = """\
# seen by a person
name      = "Gazeta Shembull"
home      = "https://gazeta.example/"
languages = ["sq"]
hosts     = ["cdn.gazeta.example"]
country   = "AL"
zone      = "Europe/Tirane"

[[find]]
way = "feed"
url = "https://gazeta.example/feed/"

[[find]]
way      = "listing"
url      = "https://gazeta.example/k?f={page}"
row      = "article"
link     = "h2 a"
headline = "h2"
date     = "time"

[expect]
per_week = [20, 400]

[[evidence]]
what  = "feed"
grade = "A"
seen  = 2026-09-28
note  = "10 rows"
"""


def test_the_file_reads_well() -> None:
    assert outlet_text(OUTLET, notes=["seen by\na person"]) == TEXT


def test_it_is_read_back(tmp_path: Path) -> None:
    path = write_outlet(OUTLET, tmp_path / "outlets")
    assert replace(read_outlet(path), source=None) == OUTLET


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = write_outlet(OUTLET, tmp_path)
    with pytest.raises(RegistryError, match="never overwritten"):
        write_outlet(replace(OUTLET, name="Tjetër"), tmp_path)
    assert read_outlet(path).name == "Gazeta Shembull"


def test_what_would_be_refused_is_not_left_behind(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="languages"):
        write_outlet(replace(OUTLET, languages=("xx",)), tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "outlets").write_text("", "utf-8")
    with pytest.raises(RegistryError, match="outlets"):
        write_outlet(OUTLET, tmp_path / "outlets")


@given(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn")), min_size=1
    )
)
def test_any_name_is_quoted(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    text = name.strip()[:200]
    if not text or not text.isprintable():
        return
    path = write_outlet(replace(OUTLET, name=text), tmp_path_factory.mktemp("w"))
    assert read_outlet(path).name == text


@pytest.mark.parametrize(
    ("first", "step"), [(0, None), ("", None), (1, None), (None, 10), ("", 20)], ids=str
)
def test_how_a_list_is_numbered_is_written_as_it_is_read(
    tmp_path: Path, first: int | Literal[""] | None, step: int | None
) -> None:
    url = "http://127.0.0.1:1/lajme?p={page}"
    find = Find(way=Way.LISTING, url=url, row="article", link="a", first=first, step=step)
    outlet = Outlet(slug="gazeta", name="Gazeta", home="http://127.0.0.1:1/", find=(find,))
    assert read_outlet(write_outlet(outlet, tmp_path)).find == (find,)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ('url = "https://g.example/"\nfirst = 0', '"url" needs a {page}'),
        ('url = "https://g.example/{page}"\nfirst = -1', "from 0 to 1000"),
        ('url = "https://g.example/{page}"\nfirst = "one"', "whole number"),
        ('url = "https://g.example/{page}"\nstep = 0', "from 1 to 1000"),
        ('url = "https://g.example/{page}"\nstep = "10"', "whole number"),
    ],
)
def test_numbers_that_number_nothing_are_refused(tmp_path: Path, keys: str, words: str) -> None:
    file = tmp_path / "gazeta.toml"
    listing = f'[[find]]\nway = "listing"\nrow = "article"\nlink = "a"\n{keys}\n'
    file.write_text(f'name = "Gazeta"\n{listing}', "utf-8")
    with pytest.raises(RegistryError) as refused:
        read_outlet(file)
    assert words in str(refused.value)
