"""Machines: who collects together, what was put aside."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any

import pytest

from jehona import actions
from jehona.actions.errors import NothingDone
from jehona.desk.routes import pool as page
from tests.desk.conftest import Desk
from tests.pages.conftest import NOON, Browser, Sit

engine = pytest.importorskip("crawler.pool.engine", reason="the extra is not installed")
EVIL = "Ana <b>@desk-2"


def read(answer: Any) -> str:
    assert answer.status_code == 200, answer.text
    return " ".join(html.unescape(answer.text).split())


def standing(**changes: Any) -> Any:
    workers = (
        engine.WorkerStanding(
            told=EVIL,
            seen=NOON - timedelta(minutes=1),
            lives=True,
            asking=tuple(f"gazeta-{n}" for n in range(page.NAMED + 2)),
        ),
        engine.WorkerStanding(told="Besa@zyra", seen=NOON, lives=False, asking=()),
    )
    aside = (engine.PutAside(outlet="kodra", since=NOON, deaths=3),)
    known = {
        "outlets": 5000, "due": 12, "next": NOON, "waiting": 4, "asking": 2, "bundles": 1,
        "workers": workers, "aside": aside,
    }  # fmt: skip
    return engine.Standing(**{**known, **changes})


@pytest.fixture
def ana(sit: Sit, filled: Desk) -> Browser:
    return sit(filled.root).enter()


@pytest.fixture
def pooled(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A workspace with a pool; which outlets were released."""
    toml = filled.root / "jehona.toml"
    told = toml.read_text("utf-8")
    toml.write_text(f'{told}\n[pool]\ndsn = "postgresql://db.example/pool"\n', "utf-8")
    released: list[str] = []
    monkeypatch.setattr(actions.pool, "status", lambda office: standing())
    monkeypatch.setattr(actions.pool, "release", lambda office, outlet: released.append(outlet))
    return released


def test_one_machine_is_told_how_several_collect(ana: Browser) -> None:
    told = read(ana.get("/pool"))
    assert "jehona collect --to DIR" in told
    assert "jehona pool work" not in told


def test_workers_are_shown_and_what_waits_to_be_taken(ana: Browser, pooled: list[str]) -> None:
    answer = ana.get("/pool")
    told = read(answer)
    assert "Ana &lt;b&gt;@desk-2" in answer.text
    assert "gazeta-3 <small>+2</small>" in told
    assert "jehona pool take" in told
    assert "kodra" in told
    assert "gazeta-4" not in told


def test_the_same_as_json(ana: Browser, pooled: list[str]) -> None:
    told = ana.get("/pool", headers={"accept": "application/json"}).json()
    assert (told["outlets"], told["aside"][0]["deaths"]) == (5000, 3)
    assert told["next"] == NOON.isoformat(timespec="seconds")


def test_an_outlet_is_released(ana: Browser, pooled: list[str]) -> None:
    answer = ana.post("/pool/release", {"outlet": "kodra"})
    assert answer.status_code == 303
    assert pooled == ["kodra"]
    assert "kodra" in read(ana.get("/pool"))


def test_an_empty_pool_says_so(
    ana: Browser, pooled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = standing(outlets=0, due=0, next=None, workers=(), aside=(), bundles=0)
    monkeypatch.setattr(actions.pool, "status", lambda office: empty)
    told = read(ana.get("/pool"))
    assert "jehona pool work" in told
    assert "jehona pool take" not in told


def test_a_pool_that_does_not_answer_is_a_sentence(
    ana: Browser, pooled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(office: object) -> None:
        raise NothingDone("no bundle waits in the pool")

    monkeypatch.setattr(actions.pool, "status", silent)
    assert 'class="empty"' in ana.get("/pool").text
