"""Help pages and slips of the tongue, in the language of who reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from jehona import cli
from jehona.actions.language import language_above
from jehona.cli.help_words import SLIPS, recognised

# what is typed -> what Typer says of it
PROVOKED = {
    "--nope": "No such option: {option}",
    "crawl --outle x": "No such option: {option} (Possible options: {options})",
    "zzz": "No such command {name}.",
    "craw": "No such command {name}. Did you mean {guess}?",
    "read": "Missing argument {name}.",
    "outlets add": "Missing argument {name}.",
    "publish festa": "Missing option {name}.",
    "clip a b c": "Got unexpected extra argument(s) ({words})",
    "crawl --every": "Option {option} requires an argument.",
    "crawl --json=3": "Option {option} does not take a value.",
    "report x --format pdff": (
        "Invalid value for {name}: Value error, {value} is not one of {choices}."
    ),
    "crawl --budget abc": (
        "Invalid value for {name}: Input should be a valid integer,"
        " unable to parse string as an integer"
    ),
    "crawl --wait x": (
        "Invalid value for {name}: Input should be a valid number,"
        " unable to parse string as a number"
    ),
    "crawl --budget 0": (
        "Invalid value for {name}: Input should be greater than or equal to {least}"
    ),
    "desk --port 99999999": (
        "Invalid value for {name}: Input should be less than or equal to {most}"
    ),
}


def typed(words: str) -> int:
    """The exit code of a command line."""
    built = cli.build()
    return cli.run(lambda: built(words.split(), prog_name="jehona", standalone_mode=False))


@pytest.mark.parametrize("words", PROVOKED)
def test_every_slip_is_recognised_as_typer_spells_it(
    words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JEHONA_LANGUAGE", "en")
    assert typed(words) == 2
    english = capsys.readouterr().err.strip()
    found = recognised(english)
    assert found is not None
    assert found[0] == PROVOKED[words]
    assert found[0].format(**found[1]) == english

    monkeypatch.setenv("JEHONA_LANGUAGE", "sq")
    assert typed(words) == 2
    albanian = capsys.readouterr().err.strip()
    assert albanian != english
    assert not any(word in albanian for word in ("Invalid", "Missing", "option", "Input"))


def test_no_slip_is_there_that_nothing_provokes() -> None:
    assert set(PROVOKED.values()) == set(SLIPS)


def test_what_typer_says_otherwise_stays_as_it_is() -> None:
    assert recognised("Something that nobody foresaw") is None


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sq", ("Përdorimi: jehona", "Mediat që ndjekim.", "Mblidh", "Opsione")),
        ("en", ("Usage: jehona", "The outlets that we follow.", "Gather", "Options")),
    ],
)
def test_a_help_page_is_in_the_workspaces_language(
    language: str,
    told: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "jehona.toml").write_text(f'language = "{language}"\n', "utf-8")
    monkeypatch.delenv("JEHONA_LANGUAGE", raising=False)
    monkeypatch.delenv("JEHONA_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    assert typed("--help") == 0
    page = capsys.readouterr().out
    assert [words for words in told if words not in page] == []


def test_a_page_of_one_command_is_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JEHONA_LANGUAGE", "sq")
    assert typed("crawl --help") == 0
    page = capsys.readouterr().out
    assert "Dita e parë, përfshirë." in page
    assert "Trego këtë mesazh dhe dil." in page
    assert "[zakonisht: 400]" in page


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('language = "sq"\n', "sq"),
        ('language = "en"\n', "en"),
        ('language = "de"\n', "en"),
        ("language = 3\n", "en"),
        ("language = \n", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_a_file_that_says_no_language_leaves_english(
    text: str | None, language: str, tmp_path: Path
) -> None:
    if text is not None:
        (tmp_path / "jehona.toml").write_text(text, "utf-8")
    (tmp_path / "outlets").mkdir()
    assert language_above(tmp_path / "outlets", {}) == language


@pytest.mark.parametrize("typed", [["--help"], ["runs"], ["nuk-ka"]])
def test_a_language_that_we_do_not_speak_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: list[str]
) -> None:
    monkeypatch.setenv("JEHONA_LANGUAGE", "fr")
    assert cli.run(lambda: cli.build()(typed, prog_name="jehona", standalone_mode=False)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "JEHONA_LANGUAGE: we do not speak 'fr', only sq and en\n"
