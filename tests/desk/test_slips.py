"""What a person types by mistake, or forgets, is understood or said."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from crawler.config import load_workspace
from crawler.config.outlet_file import set_use
from crawler.models import Check, Outcome, Run, Way
from crawler.outcomes import Reason
from crawler.run.run_events import RunEvent, What
from jehona.cli import asking
from jehona.cli.asking import numbers_in
from jehona.cli.crawl_progress import is_offline, watching
from jehona.cli.terminal import Terminal
from tests.desk.conftest import Desk
from tests.record.pieces import NOON

SECOND = 'name = "Radio Bregu"\nhome = "https://radio.example/"\n'


@pytest.mark.parametrize("word", ["help", "?", "ndihmë", "HELP"])
def test_help_is_help_in_any_words(desk: Desk, word: str) -> None:
    assert "Ask the listed outlets" in desk.type(word, "crawl").out
    assert "Look at a site" in desk.type("outlets", word).out


@pytest.mark.parametrize(
    ("typed", "usual", "said"),
    [("po", None, True), ("Y", None, True), ("jo", True, False), ("", True, True),
     ("", False, False),
     ("ndoshta\nn", True, False)],
)  # fmt: skip
def test_yes_is_said_in_two_languages(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, typed: str, usual: bool | None, said: bool
) -> None:
    lines = iter(typed.split("\n"))
    monkeypatch.setattr(asking.typer, "prompt", lambda *_, **__: next(lines))
    assert asking.confirmed("Ready?", usual=usual) is said


@pytest.mark.parametrize(
    ("typed", "found"),
    [("1 3", [0, 2]), ("2-4", [1, 2, 3]), ("3, 1-2", [2, 0, 1]), ("", []), ("2 2", [1])],
)
def test_numbers_are_typed_as_people_do(typed: str, found: list[int]) -> None:
    assert numbers_in(typed, 5) == found


@pytest.mark.parametrize("typed", ["0", "6", "x", "3-1", "1-", "-2", "²"])
def test_what_is_no_number_of_the_list_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"number"):
        numbers_in(typed, 5)


@pytest.mark.parametrize(
    "words",
    [("review", "festa"), ("match", "festa"), ("stories", "festa"), ("events", "try", "festa"),
     ("translate", "festa", "--csv", "t.csv")],
)  # fmt: skip
def test_that_nobody_was_asked_yet_is_said_where_a_list_is_empty_for_it(
    desk: Desk, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    with desk.record():
        pass
    typed = desk.type(*words)
    assert typed.code == 0, typed.err
    assert "festa: no outlet of this event was asked yet" in typed.out + typed.err
    assert "next: jehona crawl festa" in typed.out + typed.err


def test_after_somebody_looked_an_empty_list_is_an_answer(desk: Desk) -> None:
    desk.type("checked", "Gazeta Shembull", "-e", "festa", "--found", "0", "--note", "faqja")
    assert "was asked yet" not in desk.type("review", "festa").out


@pytest.mark.parametrize(
    ("key", "decided"), [("p", "1 accepted"), ("y", "1 accepted"), ("j", "1 rej")]
)
def test_review_takes_yes_and_no_and_explains_its_keys(
    filled: Desk, key: str, decided: str
) -> None:
    typed = filled.type("review", "festa", keys=f"?\n{key}\nq\n")
    assert "it is about the event" in typed.out
    assert "?: no such key" not in typed.out
    assert decided in typed.out


# --- a first crawl ------------------------------------------------------------------------------


def unlisted(desk: Desk) -> Path:
    """The event without a list, and a second outlet; nothing of the catalogue is in use."""
    (desk.root / "outlets" / "radio-bregu.toml").write_text(SECOND, "utf-8")
    event = desk.root / "events" / "festa.toml"
    lines = [line for line in event.read_text("utf-8").splitlines() if "expected" not in line]
    event.write_text("# shënim\n" + "\n".join(lines) + "\n", "utf-8")
    return event


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Who would be asked; nobody is."""
    found: list[list[str]] = []

    def once(_: object, plan: object, **__: object) -> int:
        found.append([outlet.slug for outlet in plan.outlets])  # type: ignore[attr-defined]
        return 0

    monkeypatch.setattr("jehona.cli.crawl.crawl_once", once)
    return found


def test_a_first_crawl_at_a_terminal_asks_whose_outlets_and_keeps_the_answer(
    desk: Desk, asked: list[list[str]]
) -> None:
    event = unlisted(desk)
    typed = desk.type("crawl", "festa", keys="9999\n2\n", at_terminal=True)
    assert typed.code == 0, typed.err
    assert "   2  Radio Bregu" in typed.out
    assert "9999: no number from 1 to" in typed.out
    assert asked == [["radio-bregu"]]
    written = event.read_text("utf-8")
    assert 'expected_outlets = ["radio-bregu"]' in written
    assert written.startswith("# shënim")
    again = desk.type("crawl", "festa", at_terminal=True)
    assert (again.code, asked[1]) == (0, ["radio-bregu"])


def test_without_a_terminal_or_with_an_empty_answer_all_in_use_are_asked(
    desk: Desk, asked: list[list[str]]
) -> None:
    unlisted(desk)
    assert desk.type("crawl", "festa").code == 0
    assert desk.type("crawl", "festa", keys="\n", at_terminal=True).code == 0
    assert asked[0] == asked[1]
    assert {"gazeta-shembull", "radio-bregu"} < set(asked[0])


def test_a_first_crawl_without_an_event_turns_the_others_off(
    desk: Desk, asked: list[list[str]]
) -> None:
    unlisted(desk)
    desk.type("crawl", keys="1\n", at_terminal=True)
    assert asked == [["gazeta-shembull"]]
    desk.type("crawl")
    assert asked[1] == ["gazeta-shembull"]


def test_what_a_file_says_beside_use_stays(desk: Desk) -> None:
    folder = desk.root / "outlets"
    path = folder / "radio-bregu.toml"
    path.write_text(SECOND + '# pse\n[[find]]\nway = "feed"\nurl = "https://radio.example/f"\n')
    set_use(path, folder, use=False)
    assert "# pse" in path.read_text("utf-8")
    assert load_workspace(desk.root)


# --- offline ------------------------------------------------------------------------------------


def ended(name: str, reason: Reason | None) -> Check:
    how = Outcome.UNREACHABLE if reason else Outcome.COMPLETE
    return Check(outlet=name, way=Way.FEED, outcome=how, reason=reason)


def run_of(*checks: Check) -> Run:
    return Run(number=1, started=NOON, event=None, window=None, checks=checks)


@pytest.mark.parametrize(
    ("reasons", "lines"),
    [
        pytest.param([Reason.DNS] * 3, 0, id="no name resolves: lines wait"),
        pytest.param([Reason.DNS], 1, id="one outlet alone may have gone"),
        pytest.param([Reason.DNS, None], 2, id="another was heard"),
        pytest.param([Reason.DNS, Reason.TIMEOUT, Reason.DNS], 3, id="another is there"),
    ],
)
def test_offline_is_one_line_and_not_one_an_outlet(
    capsys: pytest.CaptureFixture[str], reasons: list[Reason | None], lines: int
) -> None:
    checks = [ended(str(at), reason) for at, reason in enumerate(reasons)]
    with watching(Terminal(), []) as watch:
        for one in checks:
            watch(RunEvent(what=What.OUTLET_ENDED, at=NOON, run=1, checks=(one,)))
    assert capsys.readouterr().out.count("\n") == lines
    assert is_offline(run_of(*checks)) is (lines == 0)


def test_what_is_left_of_a_run_offline_is_one_line(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(ended("a", Reason.DNS), ended("b", Reason.DNS))
    done = SimpleNamespace(run=run, outlets=(1, 2), unmatched=(), unstamped=None, code=1)
    monkeypatch.setattr("jehona.actions.crawl.run", lambda *_, **__: done)
    typed = desk.type("crawl", "festa")
    assert (typed.code, typed.out.count("\n")) == (1, 1)
    assert "this computer seems to be offline: the names of all 2 outlets" in typed.out
