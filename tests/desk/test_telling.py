"""What a press officer types to tell: the papers, and faults in one line that leave nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from bs4 import BeautifulSoup

from crawler.config import load_workspace
from crawler.models import Check, Tongue, Verdict, Way
from crawler.models import Outcome as Ended
from crawler.record import write
from jehona.actions.explore import command
from jehona.actions.office import Office, open_office
from jehona.actions.review import decide
from tests.desk.conftest import Desk, Typed
from tests.mail.conftest import Postbox
from tests.record.pieces import NOON, begin, piece

FORMS: Final = ("html", "md", "json", "csv", "xlsx", "docx", "pdf")
READ: Final = ("html", "md", "xlsx", "docx", "pdf")
BOOKS: Final = "https://gazeta.example/2025/05/libri-"
PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f80f0001"
    "0101001822"
)


def files(folder: Path) -> set[str]:
    """Every file below, but for the record, which is no paper."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {str(path) for path in found if "var" not in path.parts[:2]}


def one_line(typed: Typed) -> str:
    """The one line that a fault is told in."""
    assert "Traceback" not in typed.err
    assert typed.out == ""
    assert typed.err.count("\n") == 1, typed.err
    return typed.err


@pytest.fixture
def spoiling(filled: Desk, tmp_path: Path) -> Callable[..., str]:
    """Types a command that must fail, and looks that nothing was left behind."""
    (tmp_path / "file").write_text("no folder", "utf-8")
    (tmp_path / "folder.html").mkdir()

    def spoil(*words: str, code: int = 2) -> str:
        before = files(tmp_path)
        typed = filled.type(*(word.replace("{tmp}", str(tmp_path)) for word in words))
        assert typed.code == code, typed
        assert files(tmp_path) == before
        return one_line(typed)

    return spoil


Spoil = Callable[..., str]


# --- reports -----------------------------------------------------------------------------


def test_letters_that_no_font_has_are_one_line_that_says_what_helps(
    filled: Desk, tmp_path: Path
) -> None:
    told = ("--event", "festa", "--outlet", "gazeta-shembull", "--published", "2025-05-10")
    assert filled.type("clip", *told, "--headline", "Libri \U00010600 i festës").code == 0
    done = filled.type("report", "festa", "-f", "pdf", "-o", str(tmp_path / "x.pdf"))
    assert done.code == 0
    (line,) = [line for line in done.err.splitlines() if "no font" in line]
    assert "\U00010600 (U+10600)" in line
    assert str(filled.root / "fonts") in line
    assert "Noto Sans" in line


def test_every_form_at_once(filled: Desk, tmp_path: Path) -> None:
    asked = [word for form in FORMS for word in ("--format", form)]
    typed = filled.type("report", "festa", *asked, "-o", str(tmp_path))
    assert typed.code == 0, typed.err
    assert {f"festa.{form}" for form in FORMS} <= {path.name for path in tmp_path.iterdir()}
    assert typed.out.endswith("festa: 3 pieces, version 1\n")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param(("--format", "odt"), "'odt' is not one of 'html'", id="unknown format"),
        pytest.param(("-o", "{tmp}/x.odt"), ".odt is no format: give --format", id="ending"),
        pytest.param(("-o", "{tmp}/no/x.html"), "/no/x.html: cannot be written", id="no folder"),
        pytest.param(("-o", "{tmp}/file/x.pdf"), "/file/x.pdf: cannot be written", id="a file"),
        pytest.param(
            ("-f", "md", "-f", "html", "-f", "docx", "-o", "{tmp}/folder"),
            "folder.html: is a folder",
            id="one of three stands in the way",
        ),
        pytest.param(("-f", "xlsx"), "xlsx is not for a terminal", id="excel to the terminal"),
        pytest.param(("-f", "html", "-f", "md"), "html, md: a terminal shows one", id="two"),
        pytest.param(("--since-version", "9"), "no version 9 of its report; kept: 1", id="version"),
        pytest.param(
            ("--since-version", "1", "-f", "csv"), "md or json, not as csv", id="changes as csv"
        ),
    ],
)
def test_a_report_that_cannot_be_made(spoiling: Spoil, asked: tuple[str, ...], said: str) -> None:
    assert said in spoiling("report", "festa", *asked)


@pytest.mark.parametrize("verb", ["report", "roundup", "translate", "match", "stories"])
def test_an_unknown_event_names_those_that_are_known(spoiling: Spoil, verb: str) -> None:
    assert 'no event "fsta"' in spoiling(verb, "fsta")


@pytest.mark.parametrize(
    "words",
    [
        ("report", "festa"),
        ("report", "festa", "-f", "pdf", "-o", "{tmp}/x.pdf"),
        ("roundup", "festa"),
        ("translate", "festa"),
        ("newsletter", "--number", "1", "--event", "festa"),
        ("explore", "--no-open"),
    ],
    ids=lambda words: " ".join(words[:1]),
)
def test_before_the_first_crawl(desk: Desk, tmp_path: Path, words: tuple[str, ...]) -> None:
    before = files(tmp_path)
    typed = desk.type(*(word.replace("{tmp}", str(tmp_path)) for word in words))
    assert typed.code == 4
    assert "run `jehona crawl` first" in one_line(typed)
    assert files(tmp_path) == before
    assert not (desk.root / "var").exists()


LOGOS: Final[dict[str, tuple[bytes | None, str]]] = {
    "missing.png": (None, "the logo cannot be read"),
    "words.png": (b"logo", "neither PNG nor JPEG"),
    "logo.svg": (b"<svg/>", "neither PNG nor JPEG"),
    "large.png": (PNG + b"\0" * 2_000_001, "larger than 2 MB"),
}


@pytest.mark.parametrize("form", ["html", "docx", "pdf", "xlsx"])
@pytest.mark.parametrize("logo", LOGOS)
def test_a_logo_that_cannot_be_used(filled: Desk, spoiling: Spoil, form: str, logo: str) -> None:
    body, said = LOGOS[logo]
    toml = f'contact = "zyra@office.example"\n[brand]\nlogo = "{logo}"\n'
    (filled.root / "jehona.toml").write_text(toml, "utf-8")
    if body is not None:
        (filled.root / logo).write_bytes(body)
    line = spoiling("report", "festa", "-f", "md", "-f", form, "-o", "{tmp}/papers")
    assert said in line
    assert logo in line


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_logo_that_is_torn(filled: Desk, spoiling: Spoil, form: str) -> None:
    toml = 'contact = "zyra@office.example"\n[brand]\nlogo = "torn.png"\n'
    (filled.root / "jehona.toml").write_text(toml, "utf-8")
    (filled.root / "torn.png").write_bytes(PNG[:24])
    assert "logo" in spoiling("report", "festa", "-f", form, "-o", "{tmp}/x")


def test_a_record_that_was_never_matched(filled: Desk) -> None:
    told = json.loads(filled.type("report", "festa", "--json").out)
    assert told["summary"]["pieces"] == 3
    assert told["kept"] is True


def test_a_colleagues_copy_is_told_and_not_kept(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _, mode, **__: mode != os.W_OK)
    typed = filled.type("report", "festa", "-o", str(tmp_path / "x.html"))
    assert typed.code == 0, typed.err
    assert "not kept: the record cannot be written to" in typed.out
    assert (tmp_path / "x.html").stat().st_size > 10_000
    assert filled.type("roundup", "festa").code == 0
    typed = filled.type("report", "festa", "--since-version", "1")
    assert "there is no version 1 of its report; kept: none" in one_line(typed)


# --- nothing was found -------------------------------------------------------------------

SILENT: Final = """
title = "Dita e Detit"
from = 2025-05-05
to = 2025-05-20
zone = "Europe/Tirane"
expected_outlets = ["gazeta-shembull"]
[keywords]
any = [["bregdet", "varkë"]]
"""


@pytest.fixture
def silent(filled: Desk) -> Desk:
    """A second event that nobody wrote about, though its outlet was read completely."""
    (filled.root / "events" / "deti.toml").write_text(SILENT, "utf-8")
    window = (datetime(2025, 5, 4, 22, tzinfo=UTC), datetime(2025, 5, 20, 22, tzinfo=UTC))
    check = Check(
        outlet="gazeta-shembull",
        way=Way.WORDPRESS,
        outcome=Ended.COMPLETE,
        listed=4,
        read=4,
        reached=window[0],
        at=NOON,
        since=window[0],
        until=window[1],
    )
    with filled.record() as record:
        run = begin(record)
        write.save_check(record, run, check)
        write.end_run(record, run, NOON)
    return filled


BELIEVED: Final = "every outlet on the list was checked"


def words_of(path: Path) -> str:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        cells = (cell for sheet in book for row in sheet.values for cell in row)
        return " ".join(str(cell) for cell in cells if cell)
    if path.suffix == ".html":
        return BeautifulSoup(path.read_text("utf-8"), "lxml").get_text(" ")
    if path.suffix == ".docx":
        import docx  # noqa: PLC0415 - only here

        return " ".join(part.text for part in docx.Document(str(path)).paragraphs)
    if path.suffix == ".pdf":
        import pypdfium2  # noqa: PLC0415 - only here

        with pypdfium2.PdfDocument(path) as pages:
            return " ".join(page.get_textpage().get_text_range() for page in pages)
    return path.read_text("utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_an_event_without_coverage_says_why_it_may_be_believed(
    silent: Desk, tmp_path: Path, form: str
) -> None:
    place = tmp_path / f"deti.{form}"
    typed = silent.type("report", "deti", "-o", str(place), "--language", "en")
    assert typed.code == 0, typed.err
    said = words_of(place) if form in READ else typed.err
    assert BELIEVED in " ".join(said.split())
    assert "deti: 0 pieces" in typed.out


def test_a_post_about_nothing_says_so(silent: Desk) -> None:
    typed = silent.type("roundup", "deti", "--language", "en")
    assert BELIEVED in typed.out
    assert typed.err.startswith("Nothing to post: ")
    told = json.loads(silent.type("roundup", "deti", "--language", "en", "--json").out)
    assert told["ready"] is False
    assert [BELIEVED in one for one in told["before_posting"]] == [True]


# --- versions ----------------------------------------------------------------------------


def judge(desk: Desk, number: int, verdict: Verdict) -> None:
    """What a person does in `jehona review`."""
    office = open_office(desk.root, by="ana")
    said = {"accepted": (), "rejected": (), verdict: (f"{BOOKS}{number}/",)}
    decide(office, "festa", accept=said["accepted"], reject=said["rejected"])


def changed(desk: Desk, form: str = "--json") -> dict[str, list[str]]:
    typed = desk.type("report", "festa", "--since-version", "1", form)
    assert typed.code == 0, typed.err
    told = json.loads(typed.out)
    kinds = ("new", "dropped", "redated", "retitled")
    return {kind: [row["headline"] for row in told[kind]] for kind in kinds if told[kind]}


def test_what_changed_since_a_version(filled: Desk) -> None:
    filled.type("report", "festa")
    assert changed(filled) == {}
    filled.keep(
        piece(1, lead="Në Tiranë.", published=NOON - timedelta(days=1)),
        piece(2, headline="Libri 2 u mbyll në shesh"),
        piece(5),
        fetched=NOON + timedelta(days=1),
    )
    judge(filled, 3, "rejected")
    assert changed(filled) == {
        "new": ["Libri 5 u hap në shesh"],
        "dropped": ["Libri 3 u hap në shesh"],
        "redated": ["Libri 1 u hap në shesh"],
        "retitled": ["Libri 2 u mbyll në shesh"],
    }


def test_changes_go_to_a_file_too(filled: Desk, tmp_path: Path) -> None:
    filled.type("report", "festa")
    place = tmp_path / "since.md"
    typed = filled.type("report", "festa", "--since-version", "1", "-o", str(place))
    assert typed.out == f"wrote {place}\n"
    assert "Asgjë nuk ndryshoi." in place.read_text("utf-8")


def test_a_report_in_another_language_is_the_same_version(filled: Desk) -> None:
    for language in ("sq", "en", "sq"):
        told = json.loads(filled.type("report", "festa", "--language", language, "--json").out)
        assert told["version"] == 1
    assert told["method"]["understood"] == ["çdo trajtë e “libër”", "çdo trajtë e “shesh”"]


# --- translations ------------------------------------------------------------------------


@pytest.fixture
def foreign(filled: Desk) -> Desk:
    """One headline more, in English."""
    tongue = Tongue(code="en", source="words", confidence=0.9)
    filled.keep(piece(7, headline="Libri fair opens in the Shesh", language=tongue))
    return filled


def test_translations_go_out_and_come_back(foreign: Desk, tmp_path: Path) -> None:
    table = tmp_path / "tabela.csv"
    typed = foreign.type("translate", "festa", "--csv", str(table))
    assert (typed.code, "1 headlines" in typed.out) == (0, True), typed
    heads, row = csv.reader(io.StringIO(table.read_text("utf-8-sig")))
    row[heads.index("translation")] = "Panairi hapet në shesh"
    filled = io.StringIO()
    csv.writer(filled).writerows([heads, row])
    table.write_text(filled.getvalue(), "utf-8")
    assert "1 translations kept" in foreign.type("translate", "festa", "--csv", str(table)).out
    assert "0 translations kept" in foreign.type("translate", "festa", "--csv", str(table)).out
    post = foreign.type("roundup", "festa").out
    assert "Libri fair opens in the Shesh" in post
    assert "Panairi hapet në shesh" in post


def test_a_table_that_goes_out_is_json_too(foreign: Desk, tmp_path: Path) -> None:
    typed = foreign.type("translate", "festa", "--csv", str(tmp_path / "t.csv"), "--json")
    assert json.loads(typed.out)["table"] == str(tmp_path / "t.csv")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--csv", "{tmp}/file"), "file: "),
        (("--csv", "{tmp}/no/t.csv"), "no headline waits"),
        (("--url", "https://gazeta.example/none/", "--words", "x"), "no piece of festa has"),
        (("--url", "https://gazeta.example/2025/05/libri-1/"), "--url needs --words"),
        (("--machine",), "[translator] url names no server"),
        (("--machine", "--csv", "x"), "give one of --url, --csv and --machine"),
    ],
    ids=["no table", "nothing waits", "unknown piece", "no words", "no server", "two ways"],
)
def test_translations_that_cannot_be_kept(
    filled: Desk, spoiling: Spoil, asked: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    if said == "no headline waits":
        words = (word.replace("{tmp}", str(tmp_path)) for word in asked)
        assert said in filled.type("translate", "festa", *words).out
    else:
        assert said in spoiling("translate", "festa", *asked)


# --- the post and the newsletter ------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("roundup.html", ("roundup", "festa", "-f", "html", "-o", "{tmp}/x.html")),
        ("roundup.blocks", ("roundup", "festa", "-f", "blocks")),
        ("newsletter.text", ("newsletter", "--number", "1")),
    ],
)
def test_an_error_in_a_template_names_file_and_line(
    filled: Desk, spoiling: Spoil, name: str, words: tuple[str, ...]
) -> None:
    assert filled.type("newsletter", "--number", "1", "--event", "festa").code == 0
    place = filled.root / "templates" / f"{name}.jinja"
    place.parent.mkdir()
    place.write_text("një\n{{ titel }}\n", "utf-8")
    assert f"{place}, line 2: 'titel' is undefined" in spoiling(*words)


def test_a_roundup_that_cannot_be_written(spoiling: Spoil) -> None:
    assert "cannot be written" in spoiling("roundup", "festa", "-o", "{tmp}/no/x.md")


def test_a_roundup_as_json(filled: Desk) -> None:
    typed = filled.type("roundup", "festa", "--json", "--language", "en")
    told = json.loads(typed.out)
    assert told["event"] == told["roundup"]["event"] == "festa"
    assert told["ready"] is False
    assert told["before_posting"][0] == "3 pieces not yet reviewed"
    assert len(told["roundup"]["pieces"]) == 3
    assert typed.err.startswith("Not ready to post yet: 3 pieces not yet reviewed; ")


ISSUE: Final = ("newsletter", "--number", "7")


@pytest.fixture
def mailing(filled: Desk, postbox: Postbox) -> Desk:
    """An office that may send, and an issue to send."""
    smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {postbox.port}\nfrom = "zyra@office.example"\n'
    toml = f'contact = "zyra@office.example"\n[brand]\nname = "Zyra e Çështjeve"\n{smtp}'
    (filled.root / "jehona.toml").write_text(toml, "utf-8")
    assert filled.type(*ISSUE, "--event", "festa").code == 0
    return filled


def test_a_newsletter_from_its_proposal_to_the_reader(mailing: Desk, postbox: Postbox) -> None:
    place = mailing.root / "newsletters" / "7.toml"
    text = place.read_text("utf-8").replace("# headline =", 'headline = "Çelet libri" # was', 1)
    place.write_text(text, "utf-8")
    told = json.loads(mailing.type(*ISSUE, "--json").out)
    assert (told["number"], told["entries"]) == (7, 3)
    assert [Path(path).suffix for path in told["preview"]] == [".html", ".md", ".txt"]
    assert all("Çelet libri" in Path(path).read_text("utf-8") for path in told["preview"])
    typed = mailing.type(*ISSUE, "--send", "--to", "ana@reader.example")
    assert (typed.code, typed.out) == (0, "newsletter 7: sent to 1\n")
    (mail,) = postbox.mails
    assert mail["Subject"] == "Zyra e Çështjeve, nr. 7"
    assert "Çelet libri" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_an_issue_takes_headlines_from_their_translations(filled: Desk) -> None:
    filled.type(*ISSUE, "--event", "festa", "--language", "en")
    place = filled.root / "newsletters" / "7.toml"
    (url, *_) = re.findall(r'^url = "(.*)"', place.read_text("utf-8"), re.MULTILINE)
    filled.type("translate", "festa", "--language", "en", "--url", url, "--words", "Books abound")
    (text,) = (filled.root / "var" / "out").glob("newsletter-7.txt")
    assert "Books abound" not in text.read_text("utf-8")
    assert filled.type(*ISSUE).code == 0
    assert "Inside this issue:\n– Books abound\n" in text.read_text("utf-8")
    assert filled.type(*ISSUE, "--language", "sq").code == 0
    assert "Books abound" not in text.read_text("utf-8")
    place.unlink()
    filled.type(*ISSUE, "--event", "festa", "--event", "Festa e Librit", "--language", "en")
    assert '# headline = "Books abound"' in place.read_text("utf-8")


@pytest.mark.parametrize("form", ["html", "md", "text", "blocks", "docx"])
def test_an_issue_in_one_form(filled: Desk, tmp_path: Path, form: str) -> None:
    filled.type(*ISSUE, "--event", "festa")
    place = tmp_path / f"issue.{form}"
    typed = filled.type(*ISSUE, "-f", form, "-o", str(place), "--json")
    assert json.loads(typed.out)["preview"] == [str(place)]
    if form == "docx":
        assert place.read_bytes().startswith(b"PK")
    else:
        assert filled.type(*ISSUE, "--format", form).out == place.read_text("utf-8")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("-f", "docx"), "docx is not for a terminal"),
        (("-o", "x.odt"), ".odt is no format"),
        (("-f", "md", "--json"), "give -o FILE"),
        (("-f", "md", "--send", "--to", "a@b.example"), "one at a time"),
    ],
)
def test_forms_of_an_issue_that_cannot_be(
    spoiling: Spoil, asked: tuple[str, ...], said: str
) -> None:
    assert said in spoiling(*ISSUE, *asked)


def test_an_issue_goes_to_nobody_twice(mailing: Desk, postbox: Postbox) -> None:
    ana, ben = ("--to", "ana@reader.example"), ("--to", "ben@reader.example")
    mailing.type(*ISSUE, "--send", *ana)
    typed = mailing.type(*ISSUE, "--send", "--to", "ANA@reader.example", *ben)
    assert typed.out == "newsletter 7: sent to 1\n"
    assert typed.err.startswith("newsletter 7: ana@reader.example had it on ")
    assert "not sent again; --again sends it" in typed.err
    assert "changed since" not in typed.err
    typed = mailing.type(*ISSUE, "--send", *ana, *ben)
    assert (typed.code, typed.out) == (0, "newsletter 7: sent to 0\n")
    assert [mail["To"] for mail in postbox.mails] == ["ana@reader.example", "ben@reader.example"]
    mailing.type(*ISSUE, "--send", *ana, "--again")
    assert len(postbox.mails) == 3


def test_an_issue_goes_to_the_list_and_never_to_who_left_it(
    mailing: Desk, postbox: Postbox
) -> None:
    folder = mailing.root / "newsletters"
    place = folder / "recipients.txt"
    send = (*ISSUE, "--send", "--to-list")
    assert "there is no such list" in mailing.type(*send).err
    place.write_text("# lexues\nana@reader.example\n\nben@reader.example\n", "utf-8")
    place.chmod(0o640)
    typed = mailing.type(*send)
    assert (typed.code, postbox.mails) == (2, [])
    assert "chmod 600" in typed.err
    place.chmod(0o600)
    (folder / "unsubscribed.txt").write_text("BEN@Reader.example\ncen@reader.example\n", "utf-8")
    told = json.loads(mailing.type(*send, "--to", "cen@reader.example", "--again", "--json").out)
    assert told["sent"] == ["ana@reader.example"]
    assert told["unsubscribed"] == ["cen@reader.example", "ben@reader.example"]
    assert [mail["To"] for mail in postbox.mails] == ["ana@reader.example"]


@pytest.mark.parametrize("name", ["recipients.txt", "unsubscribed.txt"])
def test_a_list_with_a_line_that_is_no_address_sends_nothing(
    mailing: Desk, postbox: Postbox, name: str
) -> None:
    for one, text in (("recipients.txt", "ana@reader.example\n"), (name, "# x\nana\n")):
        place = mailing.root / "newsletters" / one
        place.write_text(text, "utf-8")
        place.chmod(0o600)
    typed = mailing.type(*ISSUE, "--send", "--to-list")
    assert (typed.code, postbox.mails) == (2, [])
    assert f"{name}: line 2: 'ana' is no mail address" in typed.err


def test_an_issue_that_changed_since_says_so(mailing: Desk) -> None:
    mailing.type(*ISSUE, "--send", "--to", "ana@reader.example")
    place = mailing.root / "newsletters" / "7.toml"
    place.write_text(place.read_text("utf-8").replace("number = 7", 'number = 7\ntitle = "Ë"'))
    assert "changed since" in mailing.type(*ISSUE, "--send", "--to", "ana@reader.example").err


def test_who_was_refused_may_be_tried_again(mailing: Desk, postbox: Postbox) -> None:
    postbox.refused = {"ben@reader.example"}
    people = ("--to", "ana@reader.example", "--to", "ben@reader.example")
    typed = mailing.type(*ISSUE, "--send", *people, "--json")
    assert typed.code == 3
    told = json.loads(typed.out)
    assert told["sent"] == ["ana@reader.example"]
    assert told["refused"] == [{"to": "ben@reader.example", "why": "550 no such user"}]
    postbox.refused = set()
    told = json.loads(mailing.type(*ISSUE, "--send", *people, "--json").out)
    assert told["sent"] == ["ben@reader.example"]
    assert [one["to"] for one in told["before"]] == ["ana@reader.example"]


@pytest.mark.parametrize("typed", ["<ana@b.example>", "'ana@b.example.'", "@b", "ana@b.example."])
def test_an_odd_address_is_wrong_use_and_nothing_goes_out(
    mailing: Desk, postbox: Postbox, typed: str
) -> None:
    done = mailing.type(*ISSUE, "--send", "--to", "ana@reader.example", "--to", typed)
    assert done.code == 2
    assert "is no mail address" in one_line(done)
    assert postbox.mails == []


def test_what_the_server_took_before_it_broke_is_kept(mailing: Desk, postbox: Postbox) -> None:
    mailing.type(*ISSUE, "--send", "--to", "ana@reader.example")
    postbox.fault = "554 full"
    typed = mailing.type(*ISSUE, "--send", "--to", "ben@reader.example")
    assert typed.code == 1
    assert typed.err == "ben@reader.example: not sent: 554 full\n"
    postbox.fault = None
    everybody = ("--to", "ana@reader.example", "--to", "ben@reader.example")
    assert "sent to 1" in mailing.type(*ISSUE, "--send", *everybody).out


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param(("--pick", "{tmp}/no.toml"), "there is no such selection", id="no file"),
        pytest.param(("--pick", "{tmp}/file"), "file: ", id="no selection"),
        pytest.param(("--send",), "--send needs --to", id="to nobody"),
        pytest.param(("--again",), "--again goes with --send", id="again"),
        pytest.param(("--event", "fsta"), 'no event "fsta"', id="event"),
        pytest.param(("--pick", "{tmp}/8.toml"), "it says 8, the command says 7", id="number"),
        pytest.param(("--pick", "{tmp}/7.toml"), "write headline =", id="unknown page"),
    ],
)
def test_a_newsletter_that_cannot_be_made(
    spoiling: Spoil, tmp_path: Path, asked: tuple[str, ...], said: str
) -> None:
    for number in (7, 8):
        entry = f'number = {number}\n[[entry]]\nurl = "https://x.example/"\n'
        (tmp_path / f"{number}.toml").write_text(entry, "utf-8")
    assert said in spoiling(*ISSUE, *asked)


def test_without_a_mail_server_nothing_is_sent(filled: Desk, spoiling: Spoil) -> None:
    filled.type(*ISSUE, "--event", "festa")
    assert "[smtp] host and from are needed" in spoiling(*ISSUE, "--send", "--to", "a@b.example")


@pytest.mark.parametrize("number", ["0", "1000001", "9" * 20])
def test_an_issue_that_is_no_number_writes_nothing(
    desk: Desk, spoiling: Spoil, number: str
) -> None:
    assert "'--number' / '-n'" in spoiling("newsletter", "-n", number, "--event", "festa")


@pytest.mark.parametrize("words", [("report", "festa", "-f", "md"), ("decisions", "export")])
def test_what_is_no_file_is_not_replaced_by_one(filled: Desk, words: tuple[str, ...]) -> None:
    assert filled.type(*words, "-o", os.devnull).code == 0
    assert not Path(os.devnull).is_file()


# --- the record in the browser ----------------------------------------------------------------


def test_explore_serves_this_record_on_this_machine_only(filled: Desk, tmp_path: Path) -> None:
    asked = command(Office(workspace=load_workspace(filled.root)), tmp_path, 8765)
    assert asked[:4] == [sys.executable, "-m", "datasette", "serve"]
    assert asked[4] == str(filled.root / "var" / "coverage.db")
    assert asked[asked.index("--host") + 1] == "127.0.0.1"
    assert asked[asked.index("--port") + 1] == "8765"
    told = json.loads((tmp_path / "metadata.json").read_text("utf-8"))
    assert "coverage" in told["databases"]


def test_explore_leaves_a_colleagues_copy_as_it_is(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = load_workspace(filled.root)
    monkeypatch.setattr(os, "access", lambda _, mode, **__: mode != os.W_OK)
    assert "--immutable" in command(Office(workspace=desk), tmp_path, 0)


def test_decisions_are_told_in_the_report(filled: Desk) -> None:
    judge(filled, 1, "accepted")
    told = json.loads(filled.type("report", "festa", "--json").out)
    assert [row["decision"] for row in told["pieces"]].count("accepted") == 1


def test_a_page_at_a_terminal_is_written_and_its_place_told(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert filled.type("report", "festa", "--format", "html").out.startswith("<!doctype html>")
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda stream: True)
    told = filled.type("report", "festa", "--format", "html").out
    assert (filled.root / "var" / "out" / "festa.html").is_file()
    assert "festa.html" in told
    assert "--open opens it" in told
    assert "<html" not in told
