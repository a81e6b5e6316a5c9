"""The table of commands: it says what each function says, and loads none to be listed."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from jehona import cli
from jehona.cli.commands import TABLE
from jehona.cli.lazy_group import Entry

CALLED = [entry for entry in TABLE if entry.target]


@pytest.mark.parametrize("entry", CALLED, ids=lambda entry: entry.name)
def test_the_table_has_the_words_of_the_function(entry: Entry) -> None:
    """A docstring that changes changes the table."""
    told = inspect.cleandoc(entry.load().help).split("\n\n", maxsplit=1)[0]
    assert entry.help == " ".join(told.split())


@pytest.mark.parametrize("words", [(), ("outlets",), ("decisions",)], ids=" ".join)
def test_the_help_imports_no_command(words: tuple[str, ...]) -> None:
    """Neither the first page nor a group's."""
    code = (
        "import sys\nfrom jehona import cli\n"
        f"sys.argv = ['jehona', *{words!r}, '--help']\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        "print('LOADED', *sorted(n for n in sys.modules if n.startswith(('jehona', 'spiders'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    page, _, loaded = done.stdout.partition("LOADED")
    assert "Usage: jehona" in page
    commands = {f"jehona.cli.{(entry.target or '').partition(':')[0]}" for entry in TABLE}
    assert not commands & set(loaded.split())


def test_the_help_lists_every_command_under_its_heading(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Groups too, in the order of the table."""
    cli.run(lambda: cli.build()(["--help"], prog_name="jehona", standalone_mode=False))
    page = capsys.readouterr().out
    named = [entry.name for entry in TABLE if " " not in entry.name]
    found = [line.split()[1] for line in page.splitlines() if line.startswith("│ ")]
    assert [word for word in found if word in named] == named


def test_a_slip_is_answered_with_what_is_near() -> None:
    """Without importing what was not meant."""
    assert cli.run(lambda: cli.build()(["craw"], prog_name="jehona", standalone_mode=False)) == 2
