"""`jehona review` and `jehona decisions`: keys, options, undo, export and import."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.record import decisions, read
from jehona.actions import review
from jehona.actions.office import open_office
from jehona.cli import terminal
from jehona.cli.review import Walk
from tests.desk.conftest import Desk
from tests.record.pieces import piece

URL = "https://gazeta.example/2025/05/libri-{}/"


def verdicts(desk: Desk) -> dict[str, str | None]:
    with desk.record() as record:
        held = decisions.holding(record, "festa")
        keys = {a.key: a.url for a in read.articles(record, undated=True)}
    return {keys[key][-2]: decided.verdict for key, decided in held.items()}


def test_a_walk_keeps_every_key_at_once(filled: Desk) -> None:
    typed = filled.type("review", "festa", keys="a\nr\nq\n")
    assert typed.code == 0, typed.err
    assert sorted(str(v) for v in verdicts(filled).values()) == ["accepted", "rejected"]
    assert "1 accepted, 1 rejected, 1 still wait" in typed.out
    again = filled.type("review", "festa", keys="s\n")
    assert "1/1" in again.out
    assert "0 accepted, 0 rejected, 1 still wait" in again.out


def test_undo_takes_back_the_last_one_and_comes_back_to_it(filled: Desk) -> None:
    typed = filled.type("review", "festa", keys="u\na\nu\nr\nq\n")
    assert "nothing to undo" in typed.out
    assert list(verdicts(filled).values()) == ["rejected"]
    with filled.record() as record:
        assert [one.value for one in decisions.history(record)] == ["accepted", None, "rejected"]


def test_what_somebody_decided_in_the_meantime_is_told_and_ones_own_is_not(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A colleague decides after the queue was shown and before a key is pressed."""
    for keys in ("a\nu\nr\nu\na\nq\n", "u\na\nu\nr\nq\n"):
        assert "in the meantime" not in filled.type("review", "festa", keys=keys).out
    press, office = Walk._sign, open_office(filled.root, by="ben")

    def later(walk: Walk) -> str:
        for one in review.queue(office, "festa").pieces:
            review.decide(office, "festa", reject=[one.article.key])
        return press(walk)

    monkeypatch.setattr(Walk, "_sign", later)
    typed = filled.type("review", "festa", keys="a\n")
    assert "ben rejected in the meantime; yours holds" in typed.out
    assert sorted(str(v) for v in verdicts(filled).values()).count("accepted") == 2


def test_a_note_stands_beside_the_next_decision_only(filled: Desk) -> None:
    filled.type("review", "festa", keys="n\nnga konferenca\na\na\nq\n")
    with filled.record() as record:
        assert [one.note for one in decisions.history(record)] == ["nga konferenca", None]
        assert {one.by for one in decisions.history(record)} == {"ana"}


def test_why_shows_every_reason_and_the_address(filled: Desk) -> None:
    typed = filled.type("review", "festa", keys="w\nq\n")
    assert "Libri" in typed.out
    assert "https://gazeta.example/" in typed.out


def test_keys_that_mean_nothing_are_asked_again_and_the_end_of_input_quits(filled: Desk) -> None:
    typed = filled.type("review", "festa", keys="x\n\na\n")
    assert typed.code == 0
    assert len(verdicts(filled)) == 1


def test_verdicts_by_address_all_or_none(filled: Desk) -> None:
    wrong = filled.type("review", "festa", "--accept", URL.format(1), "--reject", URL.format(77))
    assert wrong.code == 2
    assert "jehona clip URL --event festa" in wrong.err
    assert verdicts(filled) == {}
    typed = filled.type(
        *("review", "festa", "--accept", URL.format(1), "--reject", URL.format(9), "--json")
    )
    with filled.record() as record:
        keys = {one.url: one.key for one in read.articles(record, undated=True)}
    assert json.loads(typed.out) == {
        "event": "festa",
        "decisions": [
            {"url": URL.format(n), "decision": said, "article": keys[URL.format(n)]}
            for n, said in ((1, "accepted"), (9, "rejected"))
        ],
    }
    assert verdicts(filled) == {"1": "accepted", "9": "rejected"}


def test_accept_all_takes_what_waits_and_nothing_that_was_decided(filled: Desk) -> None:
    filled.type("review", "festa", "--reject", URL.format(2), "--by", "ben")
    typed = filled.type("review", "festa", "--accept-all")
    assert typed.code == 0
    assert verdicts(filled) == {"1": "accepted", "2": "rejected", "3": "accepted"}
    assert "nothing waits" in filled.type("review", "festa", "--accept-all").out
    assert "nothing waits for review" in filled.type("review", "festa").out


def test_doubtful_ones_wait_at_the_end_until_somebody_takes_them_as_well(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.keep(
        piece(8, headline="Libra në sheshin e vitit 2019: sheshi 2019", lead=None, text="Shi.")
    )
    told = json.loads(filled.type("match", "festa", "--json").out)["matches"]
    assert [(one["certainty"], one["doubt"] is None) for one in told].count(("sure", True)) == 3
    assert [one["url"] for one in told if one["certainty"] == "doubtful"] == [URL.format(8)]
    tried = filled.type("events", "try", "festa")
    assert "3 matches among" in tried.out
    assert ", 1 doubtful" in tried.out
    assert json.loads(filled.type("events", "try", "festa", "--json").out)["doubtful"] == 1
    walked = filled.type("review", "festa", keys="s\ns\ns\ns\n").out
    assert walked.index("doubtful: about another edition") > walked.index("4/4")
    monkeypatch.setenv("JEHONA_LANGUAGE", "sq")
    asked = "për një edicion tjetër: “2019”, dhe asgjë nuk e përmend këtë"
    assert asked in " ".join(filled.type("match", "festa").out.split())
    assert asked in " ".join(filled.type("review", "festa", keys="s\ns\ns\ns\n").out.split())
    monkeypatch.setenv("JEHONA_LANGUAGE", "en")
    filled.type("review", "festa", "--accept-all")
    assert "8" not in verdicts(filled)
    assert filled.type("review", "festa", "--doubtful").code == 2
    filled.type("review", "festa", "--accept-all", "--doubtful")
    assert verdicts(filled)["8"] == "accepted"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        pytest.param(("review", "festa"), 4, "run `jehona crawl` first", id="no record"),
        pytest.param(("review", "feta"), 2, 'did you mean "festa"', id="no such event"),
        pytest.param(("decisions", "list"), 4, "run `jehona crawl` first", id="nothing to list"),
        pytest.param(("decisions", "import", "no.jsonl"), 2, "no.jsonl", id="no such file"),
    ],
)
def test_mistakes_are_one_line(desk: Desk, words: tuple[str, ...], code: int, says: str) -> None:
    typed = desk.type(*words)
    assert (typed.code, says in typed.err) == (code, True), typed.err
    assert typed.err.count("\n") == 1


def test_set_says_the_rest_and_takes_it_back(filled: Desk) -> None:
    typed = filled.type(
        *("decisions", "set", "festa", URL.format(1), "--tone", "pozitiv", "--tier", "1"),
        *("--pin", "2", "--headline", "E saktë", "--archive", "https://archive.example/x"),
    )
    assert typed.code == 0, typed.err
    with filled.record() as record:
        (decided,) = decisions.holding(record, "festa").values()
    assert (decided.tone, decided.tier, decided.pin) == ("positive", 1, 2)
    assert (decided.headline, decided.archive) == ("E saktë", "https://archive.example/x")
    filled.type("decisions", "set", "festa", URL.format(1), "--undo", "tone", "--undo", "pin")
    with filled.record() as record:
        (decided,) = decisions.holding(record, "festa").values()
    assert (decided.tone, decided.pin, decided.tier) == (None, None, 1)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param((), "say what to set", id="nothing"),
        pytest.param(("--undo", "all"), "one of match, headline", id="no such kind"),
        pytest.param(("--archive", "ftp://x"), "begins with http", id="no address"),
        pytest.param(("--tier", "0"), "tier", id="no tier"),
    ],
)
def test_what_cannot_be_set_is_one_line(filled: Desk, words: tuple[str, ...], says: str) -> None:
    typed = filled.type("decisions", "set", "festa", URL.format(1), *words)
    assert typed.code == 2
    assert says in typed.err


def test_what_is_exported_comes_into_a_colleagues_copy_once(filled: Desk, tmp_path: Path) -> None:
    filled.type("review", "festa", "--accept", URL.format(1), "--note", "po")
    file = tmp_path / "decisions.jsonl"
    assert filled.type("decisions", "export", "-o", str(file)).code == 0
    assert "1 added" not in filled.type("decisions", "import", str(file)).out
    with filled.record() as record:
        record.conn.execute("DELETE FROM decisions")
    file.write_text(file.read_text("utf-8") + "{not json\n", "utf-8")
    typed = filled.type("decisions", "import", str(file))
    assert typed.code == 3
    assert "line 2: not a line of JSON" in typed.err
    assert "1 added, 0 known already, 1 refused" in typed.out
    assert verdicts(filled) == {"1": "accepted"}
    assert "accepted" in filled.type("decisions", "list", "festa").out


def test_one_piece_has_one_verdict_at_a_time(filled: Desk) -> None:
    url = json.loads(filled.type("match", "festa", "--json").out)["matches"][0]["url"]
    typed = filled.type("review", "festa", "--accept", url, "--reject", url)
    assert (typed.code, typed.err) == (2, f"{url}: --accept and --reject at once: which?\n")
    assert filled.type("decisions", "list").out == "0 decisions\n"


def test_a_list_of_decisions_says_of_which_event_and_which_two(filled: Desk) -> None:
    found = json.loads(filled.type("match", "festa", "--json").out)["matches"]
    one, two = (match["url"] for match in found[:2])
    filled.type("review", "festa", "--accept", one, "--note", "pse jo")
    filled.type("stories", "festa", "--same", one, two)
    first, second, last = filled.type("decisions", "list").out.splitlines()
    assert "  ana  festa  match: accepted (pse jo)  " in first
    assert f"same-text: same  {found[0]['headline']}  and  {found[1]['headline']}" in second
    assert last == "2 decisions"
    mistyped = filled.type("decisions", "list", "fest")
    assert (mistyped.code, mistyped.err.count("\n")) == (2, 1)


def test_an_import_that_fits_nothing_is_short(filled: Desk, tmp_path: Path) -> None:
    path = tmp_path / "not.csv"
    path.write_text("a,b\n" * 40, "utf-8")
    typed = filled.type("decisions", "import", str(path))
    assert typed.code == 1
    assert len(typed.err.splitlines()) == 11
    assert "30 more" in typed.err


def test_a_narrow_terminal_has_three_lines_a_piece(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "PIPED_WIDTH", 80)
    lines = filled.type("match", "festa").out.splitlines()
    first = next(at for at, line in enumerate(lines) if "gazeta-shembull" in line)
    assert lines[first].endswith("gazeta-shembull  not decided")
    assert lines[first + 1].startswith("      Libri")
    assert "(headline)" in lines[first + 2]
    assert max(map(len, lines)) <= 80
