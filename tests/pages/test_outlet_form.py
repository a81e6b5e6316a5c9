"""An outlet changed at the desk: its file keeps its comments, and never is made private."""

from __future__ import annotations

import html
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawler.config.edited import digest_of
from jehona.actions import outlet_form
from jehona.actions.office import open_office
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser

EDIT = "/outlets/gazeta-shembull/edit"
BY_HAND = """\
# e njohim që nga 1998
owner = "Shembull Media"   # dhe radioja
name = "Gazeta Shembull"
home = "https://gazeta.example/"
private = true   # në rrjetin tonë
languages = ["sq"]
tier = 2

[expect]   # nga regjistri
per_week = [20, 400]

[[find]]   # më e mira
way = "feed"
url = "https://gazeta.example/feed/"
"""


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(html.unescape(answer.text).split())


def file_of(desk: Desk, slug: str = "gazeta-shembull") -> Path:
    return desk.root / "outlets" / f"{slug}.toml"


def told(desk: Desk, slug: str = "gazeta-shembull") -> dict[str, Any]:
    return tomllib.loads(file_of(desk, slug).read_text("utf-8"))


@pytest.fixture
def by_hand(desk: Desk) -> Desk:
    """Its file is one that a person wrote."""
    file_of(desk).write_text(BY_HAND, "utf-8")
    return desk


def fields(desk: Desk, slug: str = "gazeta-shembull", **changed: str) -> dict[str, str]:
    now = outlet_form.standing(open_office(desk.root), slug)
    shown = {name: getattr(now.typed, name) for name in outlet_form.TypedOutlet.__slots__}
    return {"digest": now.digest} | shown | changed


def test_the_form_shows_the_file_and_saves_it_as_it_was(ana: Browser, by_hand: Desk) -> None:
    page = read(ana.get(EDIT))
    assert page.count("<h1") == 1
    assert 'value="Shembull Media"' in page
    assert ana.post(EDIT, fields(by_hand)).status_code == 303
    assert file_of(by_hand).read_text("utf-8") == BY_HAND


def test_comments_and_order_stay_and_private_is_left_alone(ana: Browser, by_hand: Desk) -> None:
    changed = {
        "owner": "Shembull Grup",
        "languages": "sq, en",
        "tier": "",
        "hosts": "cdn.gazeta.example www2.gazeta.example",
        "low": "30",
        "delay": "2,5",
        "kind": "newspaper",
    }
    assert ana.post(EDIT, fields(by_hand, **changed, private="")).status_code == 303
    after = file_of(by_hand).read_text("utf-8")
    for comment in ("# e njohim", "# dhe radioja", "# në rrjetin", "# nga regj", "# më e mira"):
        assert comment in after, comment
    assert after.index("owner") < after.index("name") < after.index("[expect]")
    said = told(by_hand)
    assert said["private"] is True
    assert said["languages"] == ["sq", "en"]
    assert "tier" not in said
    assert said["hosts"] == ["cdn.gazeta.example", "www2.gazeta.example"]
    assert (said["expect"]["per_week"], said["delay"]) == ([30, 400], 2.5)
    assert said["kind"] == "newspaper"


def test_private_is_never_set_and_a_literal_private_address_may_be_typed(
    ana: Browser, desk: Desk
) -> None:
    form = fields(desk, home="http://192.168.1.7:8080/") | {"private": "true", "use": "false"}
    assert ana.post(EDIT, form).status_code == 303
    said = told(desk)
    assert said["home"] == "http://192.168.1.7:8080/"
    assert {"private", "use"}.isdisjoint(said)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"name": ""}, "name"),
        ({"home": "gazeta"}, "home"),
        ({"home": "https://u:sekret1@gazeta.example/"}, "password"),
        ({"kind": "blog"}, "kind"),
        ({"languages": "shqip"}, "languages"),
        ({"tier": "e para"}, "whole number"),
        ({"delay": "shpejt"}, "seconds"),
        ({"delay": "0.1"}, "at least 1 second"),
        ({"low": ""}, "lowest and the highest"),
        ({"low": "500"}, "per_week"),
        ({"zone": "Hëna"}, "zone"),
    ],
)
def test_what_is_refused_is_said_and_writes_nothing(
    ana: Browser, by_hand: Desk, changed: dict[str, str], why: str
) -> None:
    page = read(ana.post(EDIT, fields(by_hand, **changed)), 400)
    alert = page.partition('role="alert">')[2].partition("</p>")[0]
    assert why in alert
    assert "sekret1" not in alert
    assert file_of(by_hand).read_text("utf-8") == BY_HAND


def test_a_file_that_changed_meanwhile_is_not_written_over_and_both_are_shown(
    ana: Browser, by_hand: Desk
) -> None:
    seen = fields(by_hand, owner="E imja")
    file_of(by_hand).write_text(BY_HAND.replace("Shembull Media", "E Besës"), "utf-8")
    page = read(ana.post(EDIT, seen), 409)
    assert "<dd>E Besës</dd>" in page
    assert 'value="E imja"' in page
    assert told(by_hand)["owner"] == "E Besës"
    assert ana.post(EDIT, seen | {"digest": digest_of(file_of(by_hand))}).status_code == 303
    assert told(by_hand)["owner"] == "E imja"


def test_an_outlet_is_retired_and_used_again(ana: Browser, by_hand: Desk) -> None:
    form = {"digest": digest_of(file_of(by_hand))}
    assert ana.post("/outlets/gazeta-shembull/retire", form).status_code == 303
    assert told(by_hand)["use"] is False
    assert "# e njohim" in file_of(by_hand).read_text("utf-8")
    page = read(ana.get("/outlets/gazeta-shembull"))
    assert "retired: no crawl asks it" in page
    # the file is another by now
    assert ana.post("/outlets/gazeta-shembull/retire", form).status_code == 409
    form = {"digest": digest_of(file_of(by_hand)), "use": "1"}
    ana.post("/outlets/gazeta-shembull/retire", form)
    assert told(by_hand)["use"] is True


def test_one_of_the_catalogue_is_copied_and_the_catalogue_stays(ana: Browser, desk: Desk) -> None:
    outlet = next(one for one in open_office(desk.root).outlets().values() if one.shipped)
    assert outlet.source
    before = outlet.source.read_text("utf-8")
    form = fields(desk, outlet.slug, owner="Pronar i Ri")
    assert ana.post(f"/outlets/{outlet.slug}/edit", form).status_code == 303
    assert told(desk, outlet.slug)["owner"] == "Pronar i Ri"
    assert outlet.source.read_text("utf-8") == before
    # who still has the catalogue's before them is told
    assert ana.post(f"/outlets/{outlet.slug}/edit", form).status_code == 409


def test_what_is_refused_of_the_catalogue_leaves_no_file(ana: Browser, desk: Desk) -> None:
    outlet = next(one for one in open_office(desk.root).outlets().values() if one.shipped)
    form = fields(desk, outlet.slug, zone="Hëna")
    assert ana.post(f"/outlets/{outlet.slug}/edit", form).status_code == 400
    assert not file_of(desk, outlet.slug).exists()


@pytest.mark.parametrize("slug", ["askush", "..%2Fjehona"])
def test_no_other_outlet_is_shown(ana: Browser, slug: str) -> None:
    assert ana.get(f"/outlets/{slug}/edit").status_code == 404
    assert ana.post(f"/outlets/{slug}/retire", {}).status_code == 404
