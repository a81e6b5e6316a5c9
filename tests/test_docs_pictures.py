"""The pictures of the README are there, small, described, and show what a demo makes today."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import Final

import pytest

from scripts import desk_pictures
from scripts.pictures import SHOTS, WIDTH, pages, seen

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "docs" / "pictures"
LARGEST: Final = 250_000
# bytes of a picture
DRAWN: Final = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".txt")

every_shot = pytest.mark.parametrize("name", SHOTS)


@pytest.fixture(scope="module")
def fresh() -> dict[str, str]:
    """Report and post of a demo of today."""
    return pages()


@every_shot
def test_a_picture_shows_what_the_demo_makes(fresh: dict[str, str], name: str) -> None:
    kept = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    assert list(seen(fresh[name], SHOTS[name])) == kept, "run: make pictures"


@every_shot
def test_a_picture_is_as_wide_as_it_says_and_small(name: str) -> None:
    body = (FOLDER / f"{name}.png").read_bytes()
    width, height = struct.unpack(">II", body[16:24])
    assert body[:8] == b"\x89PNG\r\n\x1a\n"
    assert (width, len(body) < LARGEST, 600 < height < 1400) == (WIDTH, True, True)


@pytest.mark.parametrize("name", desk_pictures.SHOTS)
def test_a_picture_of_the_desk_is_as_wide_as_it_says_and_small(name: str) -> None:
    body = (FOLDER / f"{name}.png").read_bytes()
    width, height = struct.unpack(">II", body[16:24])
    assert body[:8] == b"\x89PNG\r\n\x1a\n"
    assert (width, len(body) < LARGEST, 300 < height < 1400) == (WIDTH, True, True)


@pytest.mark.parametrize("name", DRAWN)
def test_a_page_shows_it_in_words_too(name: str) -> None:
    pages = (ROOT / "README.md", ROOT / "docs" / "desk.md")
    told = "".join(page.read_text("utf-8") for page in pages)
    (alt,) = re.findall(rf"!\[([^\]]*)\]\((?:docs/)?pictures/{re.escape(name)}\)", told)
    assert len(alt.split()) > 5
