"""Errors that are sentences: one family, turned into exit codes in one place."""

from __future__ import annotations

import pytest

from crawler.config import NoWorkspace, RegistryError
from crawler.failure import Failure
from crawler.record import NoRecord, RecordRefused
from jehona import cli
from jehona.actions.errors import DoneInPart, NothingDone, Wrong
from reports.mailing import NotSent
from reports.publishing.refusals import Refusal, Refused
from reports.text_templates import TemplateBroken


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (Wrong("--since x: not a date"), 2),
        (RegistryError("events/festa.toml: line 3: title: it is empty"), 2),
        (NoWorkspace("There is no jehona.toml here."), 2),
        (TemplateBroken("templates/roundup.md.jinja: line 2: unknown word"), 2),
        (NothingDone("no outlet answered"), 1),
        (NotSent("mail.example refuses the password"), 1),
        (Refused(next(iter(Refusal)), "https://office.example"), 1),
        (DoneInPart("two of three mails went out"), 3),
        (RecordRefused("var/coverage.db is damaged"), 4),
        (NoRecord("nothing was gathered yet"), 4),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Failure) else str(value),
)
def test_a_failure_is_its_line_and_its_code(
    failure: Failure, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing on stdout, the sentence on stderr."""

    def fails() -> None:
        raise failure

    assert cli.run(fails) == code
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", f"{failure}\n")


def test_a_fault_of_ours_stays_loud() -> None:
    """No sentence is made up for what nobody foresaw."""

    def fails() -> None:
        raise KeyError("url")

    with pytest.raises(KeyError):
        cli.run(fails)
