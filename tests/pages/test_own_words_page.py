"""Our words at the desk: warm sentences, pieces beside, ticks given and taken back."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup

from jehona.actions import how_sure
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser, Sit
from tests.pickup.conftest import own
from tests.record.pieces import piece

__all__ = ["own"]

AT = "/events/festa/pickup"
MESSAGE = "Libra për çdo shkollë"


@pytest.fixture
def ana(sit: Sit, own: Desk) -> Browser:
    return sit(own.root).enter()


def soup(answer: Any, status: int = 200) -> BeautifulSoup:
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "lxml")


def words(answer: Any, status: int = 200) -> str:
    return " ".join(soup(answer, status).get_text(" ").split())


def document(own: Desk) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(own.type("pickup", "festa", "--json").out)
    return found


def test_the_release_stands_warm_and_the_pieces_beside_it(ana: Browser) -> None:
    page = soup(ana.get(AT))
    assert len(page.select("h1")) == 1
    rows = page.select(".warm > li")
    assert [" ".join(row["class"]) for row in rows] == ["heat0", "heat0", "heat4", "heat4"]
    assert [row.select_one(".count").find(string=True) for row in rows] == ["0", "0", "1", "1"]
    assert len(page.select(".beside > li")) == 2
    assert page.select("[style], script:not([src])") == []


def test_a_sentence_shows_who_took_it_over_in_whose_words(ana: Browser) -> None:
    page = soup(ana.get(f"{AT}?release=0&sentence=2"))
    (row,) = page.select(".beside > li")
    assert "Në shesh do të ngrihen 12 tenda dhe hyrja është pa pagesë." in row.get_text()
    assert "100 of 100 alike" in row.get_text()
    assert page.select_one(".warm [aria-current]") is not None


@pytest.mark.parametrize(
    "query", ["release=0&sentence=9", "release=7&sentence=0", "release=-1&sentence=0", "sentence=2",
              "release=x&sentence=", "release=0&sentence=99999999999999999999"]
)  # fmt: skip
def test_a_number_that_is_none_shows_all(ana: Browser, query: str) -> None:
    assert len(soup(ana.get(f"{AT}?{query}")).select(".beside > li")) == 2


def test_a_person_ticks_and_takes_it_back(ana: Browser, own: Desk) -> None:
    url = piece(4).url
    assert "ticked: 0" in words(ana.get(AT))
    sent = ana.post(f"{AT}/tick", {"piece": url, "message": MESSAGE, "on": "1"})
    assert sent.headers["location"] == AT
    page = soup(ana.get(AT))
    assert f"Ticked: {MESSAGE}" in page.get_text()
    assert "a person found it" in page.get_text()
    books = document(own)["messages"][0]
    assert (books["ticked"], len(books["pieces"])) == (1, 1)
    undo = page.select_one(".notice form")
    assert undo is not None
    fields = {str(one["name"]): str(one["value"]) for one in undo.select("input")}
    ana.post(str(undo["action"]), fields)
    assert document(own)["messages"][0]["ticked"] == 0


def test_the_tick_is_by_who_sits_there(ana: Browser, own: Desk) -> None:
    ana.post(f"{AT}/tick", {"piece": piece(2).url, "message": MESSAGE, "on": "1"})
    assert '"Ana"' in own.type("decisions", "list", "festa", "--json").out


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"piece": "https://gazeta.example/nuk", "message": MESSAGE}, "the record has no"),
        ({"piece": piece(1).url, "message": "Tjetër"}, "no message of festa"),
        ({"message": MESSAGE}, ""),
    ],
)
def test_a_slip_is_a_sentence(ana: Browser, fields: dict[str, str], says: str) -> None:
    answer = ana.post(f"{AT}/tick", {**fields, "on": "1"})
    assert answer.status_code in (400, 404)
    assert says in html.unescape(answer.text)


def test_statements_stand_with_who_quotes_them(ana: Browser) -> None:
    told = words(ana.get(AT))
    assert "„ Leximi është e vetmja pasuri që shtohet kur ndahet ”" in told
    assert "3 statements that no piece quotes" in told


def test_what_is_written_anywhere_is_words(ana: Browser, own: Desk) -> None:
    attack = '"><script>alert(1)</script>'
    event = own.root / "events" / "festa.toml"
    event.write_text(event.read_text("utf-8").replace(MESSAGE, "<b onclick=x>Libra"), "utf-8")
    release = own.root / "releases" / "2025-05-08.md"
    release.write_text(f"{release.read_text('utf-8')}\n{attack} në shesh\n", "utf-8")
    told = ana.get(AT).text
    assert "<script>alert" not in told
    assert "<b onclick" not in told


def test_nothing_of_ours_says_what_to_write(ana: Browser, own: Desk) -> None:
    event = own.root / "events" / "festa.toml"
    event.write_text(event.read_text("utf-8").partition("[release]")[0], "utf-8")
    told = words(ana.get(AT))
    assert "names nothing of ours" in told
    assert "[release] files" in told


def test_as_json(ana: Browser, own: Desk) -> None:
    found = ana.get(AT, headers={"accept": "application/json"}).json()
    assert found["releases"][0]["taken_by"] == [0, 0, 1, 1]
    assert {key: found[key] for key in document(own)} == document(own)


# --- what came of it ---------------------------------------------------------------------------


def test_the_summary(ana: Browser) -> None:
    told = words(ana.get("/events/festa/summary?language=en"))
    for part in (
        "What came of it",
        "1 outlet took over",
        "Books for every school",
        "AMEC",
        "not asked yet",
    ):
        assert part in told, part


@pytest.mark.parametrize("form", ["html", "md", "json", "docx", "pdf"])
def test_it_is_taken_along(ana: Browser, form: str) -> None:
    answer = ana.post("/events/festa/summary/file", {"form": form, "language": "sq"})
    assert answer.status_code == 200
    assert f'filename="festa-summary.{form}"' in answer.headers["content-disposition"]
    assert len(answer.content) > 500


def test_a_form_that_it_has_not(ana: Browser) -> None:
    assert ana.post("/events/festa/summary/file", {"form": "xlsx"}).status_code == 400


def test_the_summary_of_a_release_that_is_not_there_says_so(ana: Browser, own: Desk) -> None:
    (own.root / "releases" / "2025-05-08.md").unlink()
    assert "put the release there" in words(ana.get("/events/festa/summary"))
    asked = ana.get("/events/festa/summary", headers={"accept": "application/json"})
    assert (asked.status_code, "put the release there" in asked.json()["error"]) == (400, True)


def test_what_two_ways_let_nobody_see_stands_beside_completeness(
    ana: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "dy rrugët" not in words(ana.get("/events/festa/summary"))
    found = how_sure.Unseen(at_least=3, ways=("feed", "sitemap"))
    monkeypatch.setattr(how_sure, "unseen_of", lambda *_: found)
    said = words(ana.get("/events/festa/summary"))
    assert how_sure.unseen_told(found, "sq") in said
    assert "3" in how_sure.unseen_told(found, "sq")
