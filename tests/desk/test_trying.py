"""`jehona events add|show|try|quality`."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from crawler.record import read
from jehona.actions.events import terms_in
from jehona.actions.keyword_quality import ENOUGH, quality, sample, share
from tests.desk.conftest import Desk
from tests.record.pieces import piece

NEW = ("events", "add", "--title", "Dita e Bregut", "--date", "2026-05-16")


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("bletar konferencë", ("bletar", "konferencë")),
        ('"rruga e liqeneve"', ('"rruga e liqeneve"',)),
        ('bletar "rruga e liqeneve" =Korça', ("bletar", '"rruga e liqeneve"', "=Korça")),
        ("near(panair, libr*, 5) Tiranë", ("near(panair, libr*, 5)", "Tiranë")),
        ('headline:"dita e bregut" gjiri', ('headline:"dita e bregut"', "gjiri")),
        ("„dita e bregut”  x", ("„dita e bregut”", "x")),
        ("  ", ()),
    ],
)
def test_a_group_as_it_is_typed(typed: str, terms: tuple[str, ...]) -> None:
    assert terms_in(typed) == terms


def test_every_question_is_an_option(desk: Desk) -> None:
    typed = desk.type(
        *(*NEW, "--slug", "bregu", "--place", "Bregvalë", "--organiser", "Shoqata Breg"),
        *("--from", "2026-05-11", "--to", "2026-05-24", "--any", "bletar konferencë"),
        *("--any", '"rruga e liqeneve"', "--not", "recetë", "--name", "Shoqata Breg"),
        *("--outlet", "gazeta-shembull", "--introduction", "Më 16 maj…", "--yes"),
    )
    assert typed.code == 0, typed.err
    told = tomllib.loads((desk.root / "events" / "bregu.toml").read_text("utf-8"))
    assert told["keywords"] == {
        "any": [["bletar", "konferencë"], ['"rruga e liqeneve"']],
        "not": ["recetë"],
        "names": ["Shoqata Breg"],
    }
    assert str(told["date"]) == "2026-05-16"
    assert 'any form of "konferencë"' in typed.out
    assert "jehona crawl bregu" in typed.out
    shown = desk.type("events", "show", "bregu")
    assert 'any form of "bletar" AND any form of "konferencë"' in shown.out


def test_a_date_is_enough_for_a_window(desk: Desk) -> None:
    typed = desk.type(*NEW, "--any", "breg pastrim", "--json")
    assert json.loads(typed.out)["event"] == "dita-e-bregut"
    told = tomllib.loads((desk.root / "events" / "dita-e-bregut.toml").read_text("utf-8"))
    assert (str(told["from"]), str(told["to"])) == ("2026-05-09", "2026-05-30")
    assert desk.type(*NEW, "--any", "breg").code == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(("--title", "X"), "--date is needed", id="no day"),
        pytest.param(("--date", "2026-05-16", "--any", "x y"), "--title is needed", id="no title"),
        pytest.param(("--title", "X", "--date", "2026-05-16"), "--any is needed", id="no words"),
        pytest.param(("--title", "X", "--date", "16.5.26"), "has two digits", id="a day"),
        pytest.param((*NEW[2:], "--any", '"hapur'), '"hapur', id="an unbalanced quote"),
        pytest.param((*NEW[2:], "--not", "x"), "--any is needed", id="only negatives"),
        pytest.param((*NEW[2:], "--any", "x" * 10_000), "200", id="an endless term"),
        pytest.param(
            (*NEW[2:], "--any", "breg", "--from", "2026-06-01", "--to", "2026-05-01"),
            "the window ends before it begins",
            id="a window that ends before it begins",
        ),
        pytest.param((*NEW[2:], "--any", "breg", "--outlet", "gazta"), "no outlet", id="outlet"),
        pytest.param((*NEW[2:], "--any", "breg", "--slug", "Një Dy"), "slug", id="slug"),
    ],
)
def test_what_cannot_be_is_one_line_and_no_file(
    desk: Desk, words: tuple[str, ...], says: str
) -> None:
    typed = desk.type("events", "add", *words)
    assert typed.code == 2
    assert says in typed.err
    assert typed.err.count("\n") == 1
    assert [file.name for file in (desk.root / "events").iterdir()] == ["festa.toml"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param(("--any", "a OR b"), "OR would be looked for", id="an operator"),
        pytest.param(("--any", "a dhe b"), "dhe would be looked for", id="and, in words"),
        pytest.param(("--any", "bletar -recetë"), "--any: a minus before", id="a minus"),
        pytest.param(("--any", '"pa'), "--any: an unbalanced quote", id="the option is named"),
        pytest.param(("--any", "  "), "an empty group", id="an empty group"),
        pytest.param(("--any", "x y", "--slug", "Më Dy"), "write --slug me-dy", id="a slug"),
        pytest.param(("--any", "x y", "--title", "!!!"), "--slug is needed", id="no letter"),
        pytest.param(
            ("--any", "x y", "--slug", "festa"), "is never overwritten", id="there is one"
        ),
    ],
)
def test_options_are_refused_by_their_own_names(
    desk: Desk, typed: tuple[str, ...], says: str
) -> None:
    told = desk.type(*NEW, *typed, "--yes")
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert says in told.err
    assert "line " not in told.err


def test_at_a_terminal_a_wrong_answer_is_asked_for_again(desk: Desk) -> None:
    answers = (
        *("Dita e Ujit", "10 maji i kaltër", "10.05.2026", "", "2026-05-01", "", "Tiranë", ""),
        *('"rruga e', "ujë OR det", "ujë festë", "", "-kanal", "kanalizim", "", "900", "1"),
        *("Uji u kthye.", "Të gjithë erdhën.", "", "Water Day", "The water is back.", "", "y"),
    )
    told = desk.type("events", "add", keys="\n".join(answers) + "\n", at_terminal=True)
    assert told.code == 0, told.err
    assert "10 maji i kaltër: not a date" in told.out
    assert "the window ends before it begins" in told.out
    wrote = tomllib.loads((desk.root / "events" / "dita-e-ujit.toml").read_text("utf-8"))
    assert (str(wrote["from"]), str(wrote["to"])) == ("2026-05-03", "2026-05-24")
    assert wrote["keywords"] == {"any": [["ujë", "festë"]], "not": ["kanalizim"]}
    assert wrote["expected_outlets"] == ["gazeta-shembull"]
    assert wrote["introduction"] == "Uji u kthye.\n\nTë gjithë erdhën."
    assert wrote["en"] == {"title": "Water Day", "introduction": "The water is back."}
    assert "in the record: nothing was gathered yet" in told.out


def test_new_words_tell_at_once_what_they_find(filled: Desk) -> None:
    answers = "Festa\n2025-05-10\n\n\n\n\nlibër, shesh\n\n\n\n\n\nn\n"
    told = filled.type("events", "add", "--slug", "e-re", keys=answers, at_terminal=True)
    assert "in the record: 3 of 4 pieces of its days" in told.out
    assert "    gazeta-shembull: " in told.out


def test_an_introduction_by_option_has_its_paragraphs(desk: Desk) -> None:
    told = desk.type(*NEW, "--any", "breg", "--introduction", r"Një.\n\nDy.", "--yes")
    assert told.code == 0, told.err
    wrote = tomllib.loads((desk.root / "events" / "dita-e-bregut.toml").read_text("utf-8"))
    assert wrote["introduction"] == "Një.\n\nDy."


def test_an_outlet_is_named_as_people_call_it(desk: Desk) -> None:
    told = desk.type(*NEW, "--any", "breg", "--outlet", "Gazeta Shëmbull", "--yes")
    assert told.code == 0, told.err
    wrote = tomllib.loads((desk.root / "events" / "dita-e-bregut.toml").read_text("utf-8"))
    assert wrote["expected_outlets"] == ["gazeta-shembull"]


def test_nothing_is_written_before_a_person_said_so(desk: Desk) -> None:
    answers = "Dita\n2026-05-10\n\n\n\n\nujë det\n\n\n\n\n\nn\n"
    told = desk.type("events", "add", keys=answers, at_terminal=True)
    assert (told.code, told.err) == (2, "nothing was written\n")
    assert not (desk.root / "events" / "dita.toml").exists()


@pytest.fixture
def tried(desk: Desk) -> Desk:
    """Many forms of a word, a surname that looks like one, a misspelling."""
    desk.keep(
        piece(1, headline="Libri doli në shesh", lead="Në shesh."),
        piece(2, headline="Librit iu bë shesh", lead="Sheshi u mbush."),
        piece(3, headline="Libëri i ri", lead="Sheshi i ri", text="Pa fjalë."),
        piece(4, headline="Moti", lead="Shi.", text="Shi dhe erë."),
    )
    return desk


def test_the_workbench_shows_forms_with_counts_and_what_each_term_adds(tried: Desk) -> None:
    told = json.loads(tried.type("events", "try", "festa", "--json").out)
    assert told["looked_at"] == 4
    book, square = told["terms"]
    assert (book["term"], square["term"]) == ("libër", "shesh")
    forms = {form["form"]: form["articles"] for form in book["forms"]}
    assert forms["libri"] == 1
    assert forms["librit"] >= 1
    assert book["adds"] == len(told["matches"])
    assert all(form["example"] for form in book["forms"])
    typed = tried.type("events", "try", "festa")
    assert "matches among 4 articles" in typed.out


def test_an_excluded_form_changes_the_list_and_is_saved_where_people_wrote(tried: Desk) -> None:
    file = tried.root / "events" / "festa.toml"
    file.write_text("# e imja\n" + file.read_text("utf-8"), "utf-8")
    before = json.loads(tried.type("events", "try", "festa", "--json").out)
    after = json.loads(
        tried.type("events", "try", "festa", "--exclude", "Librit", "--json", "--save").out
    )
    assert after["excluded"] == ["librit"]
    assert len(after["matches"]) < len(before["matches"])
    text = file.read_text("utf-8")
    assert text.startswith("# e imja\n")
    assert tomllib.loads(text)["keywords"]["except"] == ["librit"]
    matched = json.loads(tried.type("match", "festa", "--json").out)["matches"]
    assert len(matched) == len(after["matches"])
    tried.type("events", "try", "festa", "--include", "librit", "--save")
    assert "except" not in tomllib.loads(file.read_text("utf-8"))["keywords"]


def test_a_form_of_a_phrase_is_taken_out_whole(desk: Desk) -> None:
    file = desk.root / "events" / "festa.toml"
    file.write_text(
        file.read_text("utf-8").replace('["libër", "shesh"]', '["\\"dita e bregut\\""]'), "utf-8"
    )
    desk.keep(
        piece(1, headline="Dita e Bregut nis", lead="Sot.", text="Moti."),
        piece(2, headline="Pas Ditës së Bregut", lead="Sot.", text="Moti."),
    )
    told = desk.type("events", "try", "festa", keys="99\n1\ns\n", at_terminal=True)
    assert told.code == 0, told.err
    assert "99: no number from 1 to 2" in told.out
    assert "  - gazeta-shembull: Dita e Bregut nis" in told.out
    assert tomllib.loads(file.read_text("utf-8"))["keywords"]["except"] == ["dita e bregut"]
    matched = json.loads(desk.type("match", "festa", "--json").out)["matches"]
    assert [one["headline"] for one in matched] == ["Pas Ditës së Bregut"]
    desk.type("events", "try", "festa", keys="1\ns\n", at_terminal=True)
    assert "except" not in tomllib.loads(file.read_text("utf-8"))["keywords"]


def test_a_form_that_nobody_printed_is_said(tried: Desk) -> None:
    told = tried.type("events", "try", "festa", "--exclude", "libraa")
    assert told.err.splitlines() == [
        "libraa: no form that the keywords find in the record",
        "nothing was written: --save writes it",
    ]


def test_a_warning_of_a_lone_term_is_for_lone_terms(tried: Desk) -> None:
    assert "alone is short" not in tried.type("events", "try", "festa").out
    file = tried.root / "events" / "festa.toml"
    file.write_text(file.read_text("utf-8").replace('["libër", "shesh"]', '["libër"]'), "utf-8")
    assert tried.type("events", "try", "festa").out.count("alone is short") == 1


def test_terms_and_advice_are_told_in_albanian(
    tried: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tried.root / "events" / "festa.toml"
    file.write_text(file.read_text("utf-8").replace('["libër", "shesh"]', '["qytet"]'), "utf-8")
    english = tried.type("events", "try", "festa").out
    assert "qytet alone is a very common word; add a second term to its group" in english
    monkeypatch.setenv("JEHONA_LANGUAGE", "sq")
    albanian = " ".join(tried.type("events", "try", "festa").out.split())
    assert "qytet vetëm është fjalë shumë e zakonshme" in albanian
    assert "çdo trajtë e “qytet”" in albanian
    assert "common word" not in albanian


def test_a_count_of_all_is_told_though_they_are_few(tried: Desk) -> None:
    tried.type("review", "festa", "--accept-all")
    tried.type("events", "quality", "festa", "--sample", "9", keys="r\n" * 9)
    told = tried.type("events", "quality", "festa").out
    assert "right      3 of all 3 that the keywords found" in told
    assert "missed     0 of all 1 other piece in the window" in told


def test_misspellings_are_suggested_and_never_matched(desk: Desk) -> None:
    file = desk.root / "events" / "festa.toml"
    told = file.read_text("utf-8").replace('["libër", "shesh"]', '["konferencë"]')
    file.write_text(told, "utf-8")
    desk.keep(
        piece(1, headline="Konferenca u hap"), piece(2, headline="Konfernca u mbyll", text="x")
    )
    told = json.loads(desk.type("events", "try", "festa", "--json").out)
    assert told["terms"][0]["suggestions"] == [["konfernca", 1]]
    assert len(told["matches"]) == 1


def test_quality_is_not_said_of_a_few(tried: Desk) -> None:
    typed = tried.type("events", "quality", "festa")
    assert typed.code == 0
    assert f"not said before {ENOUGH} decisions" in typed.out
    told = json.loads(tried.type("events", "quality", "festa", "--json").out)
    assert (told["precision"], told["missed"], told["missed_in_all"]) == (None, None, None)


def test_quality_from_a_sample_by_lot(desk: Desk) -> None:
    desk.keep(*(piece(n, headline=f"Moti {n}", lead="Shi.", text=f"Erë {n}.") for n in range(40)))
    typed = desk.type("events", "quality", "festa", "--sample", "30", keys="r\n" * 29 + "a\n")
    assert typed.code == 0, typed.err
    assert "1 of 30 (3 %, 1 to 17 %)" in typed.out
    told = json.loads(desk.type("events", "quality", "festa", "--json").out)
    assert (told["sampled"], told["missed"]["found"]) == (30, 1)
    assert told["unmatched"] == 40
    low, high = told["missed_in_all"]
    assert low == 1
    assert high <= 7


def test_only_the_unbroken_beginning_of_the_sample_counts(desk: Desk) -> None:
    desk.keep(*(piece(n) for n in range(6)))
    with desk.record() as record:
        drawn = [one.key for one in sample("festa", read.articles(record))]
    verdicts = dict.fromkeys((*drawn[:2], *drawn[3:]), "accepted")
    assert quality(verdicts, [], drawn).sampled == 2  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [(0, 30, 0.0, 0.1135), (30, 30, 0.8865, 1.0), (27, 30, 0.7438, 0.9654)],
)
def test_wilsons_interval(found: int, of: int, low: float, high: float) -> None:
    told = share(found, of)
    assert told is not None
    assert told.low == pytest.approx(low, abs=5e-4)
    assert told.high == pytest.approx(high, abs=5e-4)
    assert share(found, ENOUGH - 1) is None


def test_keys_of_an_events_file_are_named(desk: Desk, tmp_path: Path) -> None:
    del tmp_path
    file = desk.root / "events" / "festa.toml"
    file.write_text(file.read_text("utf-8").replace("any =", "anny ="), "utf-8")
    typed = desk.type("events", "show", "festa")
    assert typed.code == 2
    assert 'did you mean "any"' in typed.err


@pytest.mark.parametrize(
    "words",
    [("--slug", "a\nb"), ("--any", "x AND\ny"), ("--any", "near(a,\nb)"), ("--date", "1\n2")],
)
def test_what_was_typed_over_two_lines_is_told_on_one(desk: Desk, words: tuple[str, ...]) -> None:
    typed = desk.type("events", "add", "--yes", "--title", "T", "--any", "libër", *words)
    assert (typed.code, typed.err.count("\n")) == (2, 1)
