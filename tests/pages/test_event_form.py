"""An event at the desk: made of a form or of a press release, and changed in its file."""

from __future__ import annotations

import html
import threading
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.config.edited import digest_of
from jehona.actions import releases
from jehona.actions.errors import Wrong
from jehona.actions.office import open_office
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser, Sit
from tests.test_matching_proposing import RELEASE

NEW = {"title": "Dita e Bregut", "held": "16.5.2025", "words": "bletar breg"}
EDIT = "/events/festa/edit"
BY_HAND = """\
# festa jonë
place = "Tiranë"     # sheshi
title = "Festa e Librit"
from = 2025-05-05
to = 2025-05-20
date = "10 maj 2025"   # e shtunë
zone = "Europe/Tirane"
expected_outlets = ["gazeta-shembull"]

[en]   # për të huajt
title = "Book Fair"

# çfarë donim
[[message]]
name = "Libra për çdo shkollë"   # e para
any = [["libër", "shkollë"]]

[[message]]
name = "Më shumë biblioteka"   # e dyta
any = [["bibliotekë"]]

[keywords]   # fjalët
any = [["libër", "shesh"]]
"""


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(html.unescape(answer.text).split())


def file_of(desk: Desk, slug: str = "festa") -> Path:
    return desk.root / "events" / f"{slug}.toml"


def told(desk: Desk, slug: str = "festa") -> dict[str, Any]:
    return tomllib.loads(file_of(desk, slug).read_text("utf-8"))


@pytest.fixture
def by_hand(desk: Desk) -> Desk:
    """Its file is one that a person wrote."""
    file_of(desk).write_text(BY_HAND, "utf-8")
    return desk


def fields(desk: Desk, **changed: Any) -> dict[str, Any]:
    """The form as the page shows it, with something typed."""
    shown = {
        "digest": digest_of(file_of(desk)),
        "title": "Festa e Librit",
        "held": "2025-05-10",
        "first": "2025-05-05",
        "last": "2025-05-20",
        "place": "Tiranë",
        "title_other": "Book Fair",
        "outlet": ["gazeta-shembull"],
        "message_name": ["Libra për çdo shkollë", "Më shumë biblioteka", ""],
        "message_name_en": ["", "", ""],
        "message_words": ["libër shkollë", "bibliotekë", ""],
    }
    return shown | changed


# --- a new one -----------------------------------------------------------------------------


def test_an_event_is_made_of_one_form(ana: Browser, desk: Desk) -> None:
    page = read(ana.get("/events/new"))
    assert page.count("<h1") == 1
    # those of the latest event
    assert page.count(" checked") == 1
    assert 'value="gazeta-shembull" checked' in page
    more = {
        "never": "recetë\nmoti nesër",
        "title_other": "Day of the Shore",
        "introduction_other": "It was held.",
        "place_other": "Shore Valley",
        "message_name": ["Liqeni është i të gjithëve", ""],
        "message_name_en": ["The lake is everybody's", ""],
        "message_words": ["liqen\nbreg pastër", ""],
        "outlet": "gazeta-shembull",
    }
    made = ana.post("/events/new", NEW | more)
    assert (made.status_code, made.headers["location"]) == (303, "/events/dita-e-bregut/words")
    file = told(desk, "dita-e-bregut")
    assert file["keywords"] == {"any": [["bletar", "breg"]], "not": ["recetë", "moti nesër"]}
    assert (str(file["date"]), file["en"]["title"]) == ("2025-05-16", "Day of the Shore")
    assert file["en"]["place"] == "Shore Valley"
    assert file["message"] == [
        {
            "name": "Liqeni është i të gjithëve",
            "name_en": "The lake is everybody's",
            "any": [["liqen"], ["breg", "pastër"]],
        }
    ]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"title": ""}, "a title is needed"),
        ({"words": ""}, "which words"),
        ({"held": ""}, "its day is needed"),
        ({"held": "e premte"}, "e premte"),
        ({"title": "Festa"}, "never overwritten"),
        ({"never": "near("}, "near"),
        ({"outlet": "askush"}, "askush"),
        ({"outlet": []}, "tick at least one"),
        ({"message_name": ["X"], "message_name_en": [""], "message_words": [""]}, "a message"),
        ({"release": "x\x00y"}, "no text"),
    ],
)
def test_what_is_refused_leaves_what_was_typed(
    ana: Browser, desk: Desk, changed: dict[str, Any], why: str
) -> None:
    form = NEW | {"outlet": "gazeta-shembull", "place": "Bregvalë"} | changed
    page = read(ana.post("/events/new", form), 400)
    assert why in page
    assert 'value="Bregvalë"' in page
    assert [one.name for one in (desk.root / "events").iterdir()] == ["festa.toml"]
    assert not (desk.root / "releases").exists()


# --- of a press release --------------------------------------------------------------------


def test_a_release_proposes_and_is_kept_when_the_event_is(sit: Sit, filled: Desk) -> None:
    ana = sit(filled.root).enter()
    page = read(ana.post("/events/new/propose", {"release": RELEASE, "place": "Bregvalë"}))
    assert 'value="Dita e Bregut mbledh bletarët dhe vullnetarët në Durrës"' in page
    assert 'name="held" value="2025-05-16"' in page
    # what was typed stays
    assert 'name="place" value="Bregvalë"' in page
    assert 'name="line" value=""Ditën e Bregut"" checked' in page
    assert "pieces of the record" in page
    assert not (filled.root / "releases").exists()
    form = {
        "title": "Dita e Bregut",
        "held": "2025-05-16",
        "outlet": "gazeta-shembull",
        "words": "",
        "line": ['"Ditën e Bregut"', "bletarë"],
        "release": RELEASE,
    }
    assert ana.post("/events/new", form).status_code == 303
    file = told(filled, "dita-e-bregut")
    assert file["keywords"]["any"] == [['"Ditën e Bregut"'], ["bletarë"]]
    assert file["release"]["files"] == ["releases/2025-05-16-dita-e-bregut.md"]
    kept = filled.root / "releases" / "2025-05-16-dita-e-bregut.md"
    assert kept.read_text("utf-8") == RELEASE


def test_a_file_is_a_release_too(ana: Browser) -> None:
    files = {"release_file": ("njoftim.txt", RELEASE.encode())}
    page = read(ana.post("/events/new/propose", {"title": "E jona"}, files=files))
    assert 'name="title" required maxlength="300" value="E jona"' in page
    assert "Molo e Vjetër" in page


@pytest.mark.parametrize(
    ("name", "body", "why"),
    [
        ("../../etc/njoftim.md", b"Panairi", "no bare name"),
        ("njoftim.md", b"\x7fELF\x02\x01\x01" + bytes(200), "no text in UTF-8"),
        ("njoftim.md", b"PK\x03\x04\x14\x00\x06\x00", "no text in UTF-8"),
        ("njoftim.md", "Panairi".encode("utf-16"), "no text in UTF-8"),
        ("njoftim.md", b"x" * 200_001, "larger than 0.2 MB"),
        ("", b"", "paste a release first"),
    ],
)
def test_what_is_no_release_is_refused(
    ana: Browser, desk: Desk, name: str, body: bytes, why: str
) -> None:
    files = {"release_file": (name, body)}
    assert why in read(ana.post("/events/new/propose", {"title": "E jona"}, files=files), 400)
    assert not (desk.root / "releases").exists()


def test_a_script_in_a_release_is_words(ana: Browser) -> None:
    text = '<script>alert(1)</script> "><img src=x> Panairi'
    page = ana.post("/events/new/propose", {"release": text}).text
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_a_release_is_written_over_nothing(desk: Desk) -> None:
    office, day = open_office(desk.root), date(2025, 5, 16)
    names = [releases.keep(office, text, day=day, slug="festa") for text in ("një", "dy", "një")]
    assert names == [
        "releases/2025-05-16-festa.md",
        "releases/2025-05-16-festa-2.md",
        "releases/2025-05-16-festa.md",
    ]
    with pytest.raises(Wrong, match="no text"):
        releases.keep(office, "\x07", day=day, slug="festa")


# --- one that is there ---------------------------------------------------------------------


def test_the_form_shows_the_file_and_saves_it_as_it_was(ana: Browser, by_hand: Desk) -> None:
    page = read(ana.get(EDIT))
    assert page.count("<h1") == 1
    assert 'value="Libra për çdo shkollë"' in page
    assert ana.post(EDIT, fields(by_hand)).status_code == 303
    assert file_of(by_hand).read_text("utf-8") == BY_HAND


def test_comments_and_order_stay_in_turn_with_an_editor(ana: Browser, by_hand: Desk) -> None:
    changed: dict[str, Any] = {
        "held": "11.5.2025",
        "organiser": "Shoqata Shembull",
        "introduction_other": "It was held.",
        "message_name": ["Libra për të gjithë", "Më shumë biblioteka"],
        "message_name_en": ["Books for all", ""],
        "message_words": ["libër shkollë", "bibliotekë"],
    }
    assert ana.post(EDIT, fields(by_hand, **changed)).status_code == 303
    # an editor, in turn
    file = file_of(by_hand)
    file.write_text(file.read_text("utf-8").replace("# sheshi", "# sheshi i madh"), "utf-8")
    added = {
        "message_name": [*changed["message_name"], "Çmim i ulët"],
        "message_name_en": [*changed["message_name_en"], ""],
        "message_words": [*changed["message_words"], "çmim ulët"],
    }
    assert ana.post(EDIT, fields(by_hand, **(changed | added))).status_code == 303
    after = file.read_text("utf-8")
    for comment in (
        *("# festa jonë", "# sheshi i madh", "# e shtunë", "# për të huajt", "# çfarë donim"),
        *("# e para", "# e dyta", "# fjalët"),
    ):
        assert comment in after, comment
    places = [after.index(key) for key in ("place =", "title =", "from =", "date =", "[en]")]
    assert places == sorted(places)
    assert after.index("[[message]]") < after.index("[keywords]")
    said = told(by_hand)
    assert (str(said["date"]), said["organiser"]) == ("2025-05-11", "Shoqata Shembull")
    assert said["en"] == {"title": "Book Fair", "introduction": "It was held."}
    assert [one["name"] for one in said["message"]] == added["message_name"]
    assert said["message"][0]["name_en"] == "Books for all"
    assert said["keywords"] == {"any": [["libër", "shesh"]]}


def test_what_is_emptied_leaves_the_file(ana: Browser, by_hand: Desk) -> None:
    empty = {"title_other": "", "place": "", "message_name": [""], "message_words": [""]}
    assert ana.post(EDIT, fields(by_hand, **empty, message_name_en=[""])).status_code == 303
    said = told(by_hand)
    assert {"en", "place", "message"}.isdisjoint(said)
    assert said["keywords"] == {"any": [["libër", "shesh"]]}


def test_a_release_is_added_and_taken_out(ana: Browser, by_hand: Desk) -> None:
    assert ana.post(EDIT, fields(by_hand, release=RELEASE)).status_code == 303
    (name,) = told(by_hand)["release"]["files"]
    assert (by_hand.root / name).read_text("utf-8") == RELEASE
    assert f'value="{name}" checked' in read(ana.get(EDIT))
    ana.post(EDIT, fields(by_hand))
    assert "release" not in told(by_hand)
    assert (by_hand.root / name).exists()


def test_a_file_that_changed_meanwhile_is_not_written_over_and_both_are_shown(
    ana: Browser, by_hand: Desk
) -> None:
    seen, file = fields(by_hand, title="Festa e madhe", release=RELEASE), file_of(by_hand)
    file.write_text(BY_HAND.replace("Festa e Librit", "Festa e Besës"), "utf-8")
    page = read(ana.post(EDIT, seen), 409)
    assert "somebody else changed it meanwhile" in page
    assert ">Festa e Besës</dd>" in page
    assert 'value="Festa e madhe"' in page
    assert told(by_hand)["title"] == "Festa e Besës"
    assert not (by_hand.root / "releases").exists()
    fresh = page.partition('name="digest" value="')[2].partition('"')[0]
    assert ana.post(EDIT, seen | {"digest": fresh}).status_code == 303
    assert told(by_hand)["title"] == "Festa e madhe"


def test_of_two_at_once_one_is_told(sit: Sit, by_hand: Desk) -> None:
    seen, statuses = fields(by_hand), []
    browsers = [sit(by_hand.root).enter(name) for name in ("Ana", "Besa", "Dea")]

    def post(browser: Browser, number: int) -> None:
        statuses.append(browser.post(EDIT, seen | {"title": f"Festa {number}"}).status_code)

    threads = [
        threading.Thread(target=post, args=pair) for pair in zip(browsers, range(3), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [303, 409, 409]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"title": ""}, "a title is needed"),
        ({"held": "10.5.25"}, "two digits"),
        ({"first": "", "held": ""}, "its day is needed"),
        ({"first": "2025-06-01"}, "lies before"),
        ({"outlet": []}, "tick at least one"),
        ({"outlet": ["askush"]}, "askush"),
        ({"kept": ["../jehona.toml"]}, "releases"),
        ({"message_name": ["A", "A"], "message_name_en": ["", ""],
          "message_words": ["libër", "libër"]}, "one name"),
    ],
)  # fmt: skip
def test_what_is_refused_writes_nothing(
    ana: Browser, by_hand: Desk, changed: dict[str, Any], why: str
) -> None:
    page = read(ana.post(EDIT, fields(by_hand, **changed)), 400)
    assert why in page
    assert file_of(by_hand).read_text("utf-8") == BY_HAND


@pytest.mark.parametrize("path", ["/events/askush/edit", "/events/..%2Ffesta/edit"])
def test_no_other_event_is_shown(ana: Browser, path: str) -> None:
    assert ana.get(path).status_code == 404


def test_without_names_of_outlets_all_stay_asked(ana: Browser, desk: Desk) -> None:
    file = file_of(desk)
    file.write_text(BY_HAND.replace('expected_outlets = ["gazeta-shembull"]\n', ""), "utf-8")
    page = ana.get(EDIT).text
    ticked = [part.partition('"')[0] for part in page.split('name="outlet" value="')[1:]]
    assert ana.post(EDIT, fields(desk, outlet=ticked)).status_code == 303
    assert "expected_outlets" not in told(desk)
    ana.post(EDIT, fields(desk, outlet=["gazeta-shembull"]))
    assert told(desk)["expected_outlets"] == ["gazeta-shembull"]
