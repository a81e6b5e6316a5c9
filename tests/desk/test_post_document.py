"""A post as its editor's document: proposed, arranged, left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jehona import actions
from jehona.actions.errors import Wrong
from jehona.actions.office import open_office
from jehona.actions.review import decide
from jehona.actions.roundup import RoundupOptions
from tests.desk.conftest import Desk
from tests.record.pieces import piece

ENGLISH = """\
[en]
title = "Book Fair"
introduction = "The fair was held."
"""


def document(desk: Desk) -> Path:
    return desk.root / "posts" / "festa.sq.toml"


def arrange(desk: Desk, text: str) -> Path:
    file = document(desk)
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def judge(desk: Desk, number: int, *, accept: bool) -> None:
    url = (piece(number).url,)
    office = open_office(desk.root, by="ana")
    decide(office, "festa", accept=url if accept else (), reject=() if accept else url)


def test_it_is_written_once_and_proposed_anew_while_nobody_touches_it(filled: Desk) -> None:
    first = filled.type("roundup", "festa")
    assert first.code == 0
    assert f"wrote {document(filled)}" in first.err
    before = document(filled).read_text("utf-8")
    again = filled.type("roundup", "festa")
    assert (again.out, "wrote" in again.err) == (first.out, False)
    judge(filled, 2, accept=False)
    assert filled.type("roundup", "festa").code == 0
    after = document(filled).read_text("utf-8")
    assert piece(2).url in before
    assert piece(2).url not in after


def test_a_dry_run_writes_none(filled: Desk) -> None:
    assert filled.type("roundup", "festa", "--dry-run").code == 0
    assert not document(filled).exists()


def test_order_and_words_of_an_editor_are_never_undone(filled: Desk) -> None:
    text = (
        'title = "Ours"\nlinks = false\ncompleteness = false\nheadlines = "original"\n'
        f'left_out = ["{piece(1).url}"]\n'
        '[[block]]\ntext = "Some **words**."\n'
        f'[[block]]\npieces = [{{ article = "{piece(3).url}", headline = "Our wording",'
        ' genre = "opinion" }]\n'
    )
    file = arrange(filled, text)
    typed = filled.type("roundup", "festa", "-f", "text")
    assert typed.out == "Ours\n\nSome words.\n\nOur wording (opinion)\n"
    assert "1 shkrim i ri nuk është vendosur" in typed.err
    assert file.read_text("utf-8") == text
    told = json.loads(filled.type("roundup", "festa", "--json").out)
    made = told["roundup"]
    assert (made["group"], made["lead_in"], made["introduction"]) == (None, "Some words.", [])
    assert made["sections"][0]["heading"] is None
    assert len(made["blocks"]) == 2
    assert len(told["new"]) == 1


def test_what_is_new_is_appended_when_an_editor_says_so(filled: Desk) -> None:
    text = f'title = "Ours"\n[[block]]\npieces = ["{piece(3).url}"]\n# mine\n'
    file = arrange(filled, text)
    shown = filled.type("roundup", "festa", "--propose")
    assert len(shown.out.splitlines()) == 2
    assert file.read_text("utf-8") == text
    assert filled.type("roundup", "festa", "--propose", "--write").code == 0
    assert file.read_text("utf-8").startswith(text)
    # each once
    again = filled.type("roundup", "festa", "--propose", "--write")
    assert "nothing new" in again.err
    assert "2 shkrime të reja nuk janë vendosur" in filled.type("roundup", "festa").err


def test_a_document_that_changed_meanwhile_is_left_alone(filled: Desk) -> None:
    file = arrange(filled, f'title = "Ours"\n[[block]]\npieces = ["{piece(3).url}"]\n')
    office = open_office(filled.root, by="ana")
    composed = actions.roundup.compose(office, "festa", RoundupOptions(language="sq"))
    file.write_text(file.read_text("utf-8") + "# a colleague\n", "utf-8")
    with pytest.raises(Wrong, match="somebody changed it just now"):
        actions.roundup.append(office, composed)
    assert file.read_text("utf-8").endswith("# a colleague\n")


def test_what_was_rejected_stays_and_is_named(filled: Desk) -> None:
    rows = ", ".join(f'"{piece(number).url}"' for number in (1, 2, 3))
    arrange(filled, f'title = "Ours"\n[[block]]\npieces = [{rows}]\n')
    judge(filled, 2, accept=False)
    typed = filled.type("roundup", "festa")
    assert piece(2).url in typed.out
    assert "1 shkrim i refuzuar ose i hequr është ende në postim: " in typed.err


@pytest.mark.parametrize("option", [("--group", "day"), ("--accepted-only",)])
def test_a_proposal_is_shaped_before_there_is_a_document(
    filled: Desk, option: tuple[str, ...]
) -> None:
    judge(filled, 2, accept=True)
    shaped = filled.type("roundup", "festa", *option)
    assert shaped.code == 0
    # and is proposed anew in its shape
    assert filled.type("roundup", "festa").out == shaped.out
    refused = filled.type("roundup", "festa", *option)
    assert refused.code == 2
    assert "the document stands" in refused.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('title = "A"\n[[block]]\npieces = ["a_nobody"]\n', "line 3: the record has no piece"),
        ('title = "A"\n[[block]]\npieces = ["https://x.example/"]\n', "line 3: the record has no"),
        ('titel = "A"\n', 'line 1: unknown key "titel"'),
    ],
)
def test_pieces_and_keys_that_nobody_knows(filled: Desk, text: str, told: str) -> None:
    file = arrange(filled, text)
    typed = filled.type("roundup", "festa")
    assert typed.code == 2
    assert f"{file}: {told}" in " ".join(typed.err.split())


@pytest.mark.parametrize("form", ["md", "html", "blocks", "text"])
def test_a_player_is_named_and_never_loaded(filled: Desk, form: str) -> None:
    arrange(filled, 'title = "A"\n[[block]]\nvideo = "https://youtu.be/abc"\ncaption = "TV"\n')
    out = filled.type("roundup", "festa", "-f", form).out
    assert "https://youtu.be/abc" in out
    assert "<iframe" not in out
    assert ("<!-- wp:embed" in out) == (form == "blocks")


def test_each_language_has_a_document_of_its_own(filled: Desk) -> None:
    event = filled.root / "events" / "festa.toml"
    told = event.read_text("utf-8").replace("[keywords]", f"{ENGLISH}[keywords]")
    event.write_text(told, "utf-8")
    out = filled.type("roundup", "festa", "--language", "en").out
    opening = "# Book Fair in the media\n\nThe fair was held"
    assert out.startswith(opening)
    assert (filled.root / "posts" / "festa.en.toml").exists()
