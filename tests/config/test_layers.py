"""The shipped catalogue with the workspace's files on top, and who is asked in a run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from crawler.config import (
    RegistryError,
    catalogue,
    load_outlets,
    outlet_files,
    outlets_asked,
    shipped,
)
from crawler.models import Event, Outlet, Workspace


@pytest.fixture
def layers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """An installed copy that ships two outlets, and a workspace above it."""
    ship = tmp_path / "crawler" / "shipped" / "outlets"
    ship.mkdir(parents=True)
    (ship / "b-news.toml").write_text('name = "B News"\ncountry = "AL"\nowner = "B"')
    (ship / "c-tv.toml").write_text('name = "C TV"')
    monkeypatch.setattr(catalogue, "PACKAGE", tmp_path / "crawler")
    office = tmp_path / "office"
    (office / "outlets").mkdir(parents=True)
    return Workspace(root=office)


def own(workspace: Workspace, slug: str, text: str) -> Path:
    path = workspace.root / "outlets" / f"{slug}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_installed_copy_ships_inside_the_package(layers: Workspace) -> None:
    assert shipped() == layers.root.parent / "crawler" / "shipped"


def test_a_checkout_ships_its_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "PACKAGE", tmp_path / "crawler")
    assert shipped() == tmp_path / "data"


def test_without_files_of_its_own_a_workspace_has_the_catalogue(layers: Workspace) -> None:
    assert list(load_outlets(layers)) == ["b-news", "c-tv"]


def test_a_workspace_adds_and_all_are_sorted(layers: Workspace) -> None:
    own(layers, "a-radio", 'name = "A Radio"')
    own(layers, "z-radio", 'name = "Z Radio"')
    assert list(load_outlets(layers)) == ["a-radio", "b-news", "c-tv", "z-radio"]
    assert list(outlet_files(layers)) == ["a-radio", "b-news", "c-tv", "z-radio"]


def test_a_file_of_the_same_slug_replaces_whole(layers: Workspace) -> None:
    path = own(layers, "b-news", 'name = "B News Plus"')
    outlet = load_outlets(layers)["b-news"]
    zone = layers.zone
    assert outlet == Outlet(slug="b-news", name="B News Plus", source=path, zone=zone)


def test_an_outlet_keeps_its_own_clock_else_the_offices(layers: Workspace) -> None:
    office = replace(layers, zone="America/New_York")
    own(office, "b-news", 'name = "B News"\nzone = "Europe/Athens"')
    zones = {slug: outlet.zone for slug, outlet in load_outlets(office).items()}
    assert zones == {"b-news": "Europe/Athens", "c-tv": "America/New_York"}


def test_a_shipped_file_that_is_replaced_is_not_read(layers: Workspace) -> None:
    (shipped() / "outlets" / "b-news.toml").write_text("nonsense")
    own(layers, "b-news", 'name = "B News"')
    assert load_outlets(layers)["b-news"].name == "B News"


def test_an_outlet_out_of_use_is_listed_and_not_asked(layers: Workspace) -> None:
    own(layers, "b-news", 'name = "B News"\nuse = false')
    outlets = load_outlets(layers)
    assert outlets["b-news"].use is False
    assert slugs(outlets_asked(outlets, None, [])) == ["c-tv"]


def test_the_shipped_layer_is_never_written(layers: Workspace) -> None:
    before = {path: path.read_bytes() for path in shipped().rglob("*.toml")}
    own(layers, "b-news", 'name = "B News Plus"')
    load_outlets(layers)
    assert {path: path.read_bytes() for path in shipped().rglob("*") if path.is_file()} == before


def test_a_wrong_shipped_file_is_named(layers: Workspace) -> None:
    path = shipped() / "outlets" / "c-tv.toml"
    path.write_text('nmae = "C TV"')
    with pytest.raises(RegistryError, match='unknown key "nmae"') as refused:
        load_outlets(layers)
    assert str(refused.value).startswith(str(path))


# --- who is asked ----------------------------------------------------------------------

OUTLETS = {
    "a": Outlet(slug="a", name="A"),
    "b": Outlet(slug="b", name="B", use=False),
    "c": Outlet(slug="c", name="C"),
    "d": Outlet(slug="d", name="D", declined="asked us not to"),
}


def event(*expected: str) -> Event:
    return Event(
        slug="festa",
        title="Festa",
        first_day=date(2025, 5, 5),
        last_day=date(2025, 5, 20),
        zone="Europe/Tirane",
        expected_outlets=expected,
    )


def slugs(outlets: tuple[Outlet, ...]) -> list[str]:
    return [outlet.slug for outlet in outlets]


ASKED = {
    "all in use; a declined one is asked for, to be counted": (None, [], ["a", "c", "d"]),
    "the event's, in its order": (event("c", "a"), [], ["c", "a"]),
    "an event that expects nobody in particular": (event(), [], ["a", "c", "d"]),
    "an expected one that was taken out": (event("a", "b"), [], ["a"]),
    "those named": (None, ["c"], ["c"]),
    "those named, not the event's": (event("a"), ["c"], ["c"]),
    "each once": (None, ["c", "a", "c"], ["c", "a"]),
    "one out of use that a person names": (None, ["b"], ["b"]),
}


@pytest.mark.parametrize(("about", "named", "expected"), ASKED.values(), ids=ASKED)
def test_who_is_asked(about: Event | None, named: list[str], expected: list[str]) -> None:
    assert slugs(outlets_asked(OUTLETS, about, named)) == expected


NAMED = {
    "radio": Outlet(slug="radio", name="Radio Shkëmbi", use=False),
    "r-2": Outlet(slug="r-2", name="Lajmi"),
    "r-3": Outlet(slug="r-3", name="LAJMI"),
    "lajmi": Outlet(slug="lajmi", name="Lajmi i Ri"),
}


@pytest.mark.parametrize("name", ["radio", "Radio Shkëmbi", "radio shkembi", "RADIO-SHKËMBI"])
def test_a_name_serves_where_a_slug_does(name: str) -> None:
    assert slugs(outlets_asked(NAMED, None, [name, "radio"])) == ["radio"]


def test_a_slug_comes_before_a_name() -> None:
    assert slugs(outlets_asked(NAMED, None, ["lajmi"])) == ["lajmi"]


def test_a_name_of_two_is_refused_with_both() -> None:
    with pytest.raises(RegistryError, match='"Lajmi" is the name of r-2 and r-3: say which'):
        outlets_asked(NAMED, None, ["Lajmi"])


@pytest.mark.parametrize("name", ["", "…", "Lajmi i"])
def test_what_nobody_is_called(name: str) -> None:
    with pytest.raises(RegistryError, match="there is no outlet"):
        outlets_asked({**NAMED, "x": Outlet(slug="x", name="…")}, None, [name])


@pytest.mark.parametrize("about", [None, event("a")])
def test_an_unknown_name_is_an_error(about: Event | None) -> None:
    outlets = {"b-news": Outlet(slug="b-news", name="B News"), **OUTLETS}
    with pytest.raises(RegistryError) as refused:
        outlets_asked(outlets, about, ["b-nwes"])
    assert str(refused.value) == (
        'there is no outlet "b-nwes"; did you mean "b-news"? `jehona outlets list` shows them all'
    )


@pytest.mark.parametrize(
    ("outlets", "about"), [({}, None), ({"b": OUTLETS["b"]}, None), (OUTLETS, event("b"))]
)
def test_nobody_left_to_ask_is_an_error(outlets: dict[str, Outlet], about: Event | None) -> None:
    with pytest.raises(RegistryError, match="no outlet is left to ask"):
        outlets_asked(outlets, about, [])
