"""An event's words tried and saved, at the desk."""

from __future__ import annotations

import html
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from jehona.actions import event_words
from jehona.actions.errors import Wrong
from jehona.actions.event_words import TypedWords
from jehona.actions.office import open_office
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser, Sit

WORDS = "/events/festa/words"


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(html.unescape(answer.text).split())


def file_of(desk: Desk, slug: str) -> Path:
    return desk.root / "events" / f"{slug}.toml"


def told(desk: Desk, slug: str = "festa") -> dict[str, Any]:
    return tomllib.loads(file_of(desk, slug).read_text("utf-8"))


def digest(desk: Desk) -> str:
    return event_words.standing(open_office(desk.root), "festa").digest


@pytest.fixture
def full(sit: Sit, filled: Desk) -> Browser:
    return sit(filled.root).enter()


# --- its words -----------------------------------------------------------------------------


def test_words_are_tried_and_nothing_is_written(full: Browser, filled: Desk) -> None:
    before = file_of(filled, "festa").read_bytes()
    page = read(full.get(WORDS))
    assert "3 pieces found" in page
    assert ">libër shesh</textarea>" in page
    page = read(full.post(f"{WORDS}/try", {"any": "moti"}))
    assert "One piece found" in page
    assert ">moti</textarea>" in page
    assert file_of(filled, "festa").read_bytes() == before


def test_of_many_pieces_the_newest_are_looked_at_and_the_page_says_so(
    full: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_words, "LOOKED_AT", 2)
    page = read(full.get(WORDS))
    assert "of the newest 2 of its days looked at" in page
    assert "3 pieces found" not in page


def test_a_part_alone_is_told_to_a_page_that_asks(full: Browser) -> None:
    page = read(full.post(f"{WORDS}/try", {"any": "moti", "part": "1"}))
    assert "One piece found" in page
    assert "<html" not in page


def test_a_form_is_taken_out(full: Browser, filled: Desk) -> None:
    form = {"any": "libër", "except": "librit", "digest": digest(filled)}
    page = read(full.post(f"{WORDS}/try", form))
    assert 'value="librit" aria-label="Never counts: librit" checked' in page
    assert full.post(WORDS, form).status_code == 303
    assert told(filled)["keywords"] == {"any": [["libër"]], "except": ["librit"]}


def test_a_near_miss_is_named(full: Browser) -> None:
    page = read(full.post(f"{WORDS}/try", {"any": "libbri"}))
    assert "0 pieces found" in page
    assert "Nearly the same, and not found: <strong>libri</strong> (3)" in page


@pytest.mark.parametrize("typed", ["", "near(", '"libër', ","])
def test_words_that_cannot_be_read_are_named_and_stay(
    full: Browser, filled: Desk, typed: str
) -> None:
    page = read(full.post(f"{WORDS}/try", {"any": typed}))
    assert 'class="sentence"' in page
    read(full.post(WORDS, {"any": typed, "digest": digest(filled)}), 400)
    assert told(filled)["keywords"] == {"any": [["libër", "shesh"]]}


def test_a_file_that_changed_meanwhile_is_not_written_over(full: Browser, filled: Desk) -> None:
    seen, file = digest(filled), file_of(filled, "festa")
    file.write_text(file.read_text("utf-8").replace('"shesh"', '"panair"'), "utf-8")
    page = read(full.post(WORDS, {"any": "libër rrugë", "digest": seen}), 409)
    assert "somebody else changed it meanwhile" in page
    assert "libër panair" in page
    assert ">libër rrugë</textarea>" in page
    assert told(filled)["keywords"] == {"any": [["libër", "panair"]]}
    read(full.post(WORDS, {"any": "libër rrugë", "digest": digest(filled)}), 303)
    assert told(filled)["keywords"] == {"any": [["libër", "rrugë"]]}


def test_what_a_person_wrote_around_the_words_stays(full: Browser, filled: Desk) -> None:
    file = file_of(filled, "festa")
    text = file.read_text("utf-8").replace("[keywords]", "# tonat\n[keywords] # fjalët")
    file.write_text(text, "utf-8")
    full.post(WORDS, {"any": "libër", "names": "Shoqata Breg", "digest": digest(filled)})
    after = file.read_text("utf-8")
    assert "# tonat\n[keywords] # fjalët" in after
    assert after.partition("[keywords]")[0] == text.partition("[keywords]")[0]
    assert told(filled)["keywords"]["names"] == ["Shoqata Breg"]


WORD = some.text("abçëxyz", min_size=1, max_size=5)
TERM = some.one_of(
    WORD,
    some.lists(WORD, min_size=2, max_size=3).map(" ".join),
    some.lists(WORD, min_size=1, max_size=3).map(lambda one: f'"{" ".join(one)}"'),
    some.tuples(WORD, WORD).map(lambda pair: f"near({pair[0]}, {pair[1]}, 5)"),
)


@given(some.lists(some.lists(TERM, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3))
def test_a_group_is_read_back_as_it_was_shown(groups: list[tuple[str, ...]]) -> None:
    lines = "\n".join(map(event_words.line_of, groups))
    assert event_words.read(TypedWords(any=lines)).any == tuple(groups)


def test_a_comma_alone_is_no_word() -> None:
    with pytest.raises(Wrong, match="comma"):
        event_words.read(TypedWords(any=", ,"))
