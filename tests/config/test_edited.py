"""A TOML file that a form and an editor write in turn."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crawler.config import RegistryError, init_workspace, load_workspace
from crawler.config.edited import ChangedMeanwhile, digest_of, edit, put
from crawler.config.workspace_file import (
    drop_site,
    set_brand,
    set_office,
    set_site,
    set_smtp,
    set_translator,
    workspace_digest,
)
from crawler.models import Brand, Site, Smtp

BY_HAND = """\
# zyra jonë
zone = "Europe/Tirane"   # ora e Tiranës
contact = "zyra@office.example"

# si duken letrat
[brand]
colour = "#7a1f2b"   # e kuqja
name = "Zyra e Shtypit"

[watch]
every = "2h"  # më rrallë
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "jehona.toml").write_text(BY_HAND, "utf-8")
    return tmp_path


def text_of(root: Path) -> str:
    return (root / "jehona.toml").read_text("utf-8")


def comments(text: str) -> list[str]:
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line]


def test_comments_and_order_stay(root: Path) -> None:
    set_office(root, contact="press@office.example", language="en", zone="Europe/Tirane")
    set_brand(root, Brand(name="Press Office", colour="#003366"))
    set_smtp(root, Smtp(host="mail.example", user="zyra"))
    after = text_of(root)
    for line in ("# zyra jonë", "# ora e Tiranës", "# si duken letrat", "# e kuqja", "# më rrallë"):
        assert line in after
    assert after.index("zone") < after.index("contact") < after.index("[brand]")
    assert after.index("colour") < after.index("name =") < after.index("[watch]")
    assert tomllib.loads(after) == {
        "zone": "Europe/Tirane",
        "contact": "press@office.example",
        "language": "en",
        "brand": {"colour": "#003366", "name": "Press Office"},
        "watch": {"every": "2h"},
        "smtp": {"host": "mail.example", "user": "zyra"},
    }


def test_in_turn_with_an_editor(root: Path) -> None:
    seen = workspace_digest(root)
    by_hand = text_of(root).replace("# zyra jonë", "# zyra jonë, kati i dytë")
    (root / "jehona.toml").write_text(by_hand, "utf-8")
    with pytest.raises(ChangedMeanwhile, match=r"jehona\.toml: somebody else changed it meanwhile"):
        set_brand(root, Brand(name="Tjetër"), seen)
    assert text_of(root) == by_hand
    set_brand(root, Brand(name="Tjetër"), workspace_digest(root))
    assert "# zyra jonë, kati i dytë" in text_of(root)
    assert "colour" not in text_of(root)


def test_what_says_the_same_is_not_written_anew(root: Path) -> None:
    file = root / "jehona.toml"
    file.write_bytes(BY_HAND.replace("\n", "\r\n").encode())
    before = file.stat().st_mtime_ns, file.read_bytes()
    set_brand(root, Brand(name="Zyra e Shtypit", colour="#7a1f2b"))
    assert (file.stat().st_mtime_ns, file.read_bytes()) == before
    set_translator(root, "http://127.0.0.1:5000")
    assert file.read_bytes().startswith(BY_HAND.replace("\n", "\r\n").encode())


@pytest.mark.parametrize(
    ("host", "why"), [("me hapësirë", "host"), ("user:fshehtë@mail.example", "password")]
)
def test_what_would_not_be_read_back_is_not_written(root: Path, host: str, why: str) -> None:
    with pytest.raises(RegistryError, match=why) as refused:
        set_smtp(root, Smtp(host=host))
    assert "fshehtë" not in str(refused.value)
    assert text_of(root) == BY_HAND


def test_a_site_comes_changes_and_goes(root: Path) -> None:
    set_site(root, Site(name="house", url="https://office.example", user="zyra"))
    set_site(root, Site(name="second", url="https://second.example", user="zyra"))
    set_site(root, Site(name="house", url="https://office.example", user="ana"))
    assert [site.user for site in load_workspace(root).sites] == ["ana", "zyra"]
    drop_site(root, "house")
    assert [site.name for site in load_workspace(root).sites] == ["second"]
    drop_site(root, "second")
    assert text_of(root).rstrip() == BY_HAND.rstrip()


def test_a_new_workspace_keeps_its_hints(tmp_path: Path) -> None:
    root = tmp_path / "Jehona"
    init_workspace(root, contact="zyra@office.example")
    before = text_of(root)
    set_office(root, contact="press@office.example", language="en", zone="Europe/Tirane")
    set_smtp(root, Smtp(host="mail.example"))
    assert comments(text_of(root)) == comments(before)
    assert load_workspace(root).smtp == Smtp(host="mail.example")


def test_a_file_that_is_gone_is_named(root: Path) -> None:
    (root / "jehona.toml").unlink()
    with pytest.raises(RegistryError, match=r"jehona\.toml"):
        digest_of(root / "jehona.toml")


KEY = some.sampled_from(["a", "b", "c"])


@given(some.lists(some.tuples(KEY, some.one_of(some.none(), some.text(max_size=8))), max_size=8))
def test_any_words_are_read_back(tmp_path_factory: pytest.TempPathFactory, puts: list) -> None:  # type: ignore[type-arg]
    file = tmp_path_factory.mktemp("e") / "x.toml"
    file.write_text("# koment\na = 'një'\n\n[t]\nb = 1 # dy\n", "utf-8")
    for key, value in puts:
        edit(file, lambda table, k=key, v=value: put(table, k, v), read_back=lambda: None)  # type: ignore[misc]
    said = tomllib.loads(file.read_text("utf-8"))
    wanted = {"a": "një"} | dict(puts)
    assert said == {k: v for k, v in wanted.items() if v} | {"t": {"b": 1}}
    assert comments(file.read_text("utf-8"))[0] == " koment"
