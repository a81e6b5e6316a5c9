"""Lists that people bring: out of every spreadsheet, taken in whole, or refused at the cell."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crawler.limits import TABLE_ROWS
from crawler.models import Article
from crawler.reading.table_files import text_of
from crawler.reading.table_heads import Asked, read_sheet
from crawler.reading.tables import letters_of
from crawler.record import decisions, read
from tests.desk.conftest import Desk
from tests.record.pieces import piece

BROUGHT = Path(__file__).parent / "lists"
ASKED = Asked(needed=("outlet", "headline", "published"), optional=("url", "time", "lead"))
PIECES = [
    ("Bisedë në ekran; pa faqe", "radio-shkembi", "2025-05-10T16:30:00+00:00", "minute"),
    ("Mbyllet panairi: tri ditë, një mijë vetë", "pasqyra-e-bregut", "2025-05-11T22:00:00+00:00",
     "day"),
    ("Çelet panairi, „Kodra“ në festë", "pasqyra-e-bregut", "2025-05-08T07:30:00+00:00", "minute"),
]  # fmt: skip


def articles(desk: Desk) -> list[Article]:
    with desk.record() as record:
        return sorted(read.articles(record, undated=True), key=lambda one: one.headline or "")


def kept(desk: Desk) -> list[tuple[str | None, str, str, str | None]]:
    return [
        (one.headline, one.outlet, one.published.astimezone(UTC).isoformat(), one.precision)
        for one in articles(desk)
        if one.published
    ]


@pytest.mark.parametrize("name", sorted(p.name for p in BROUGHT.iterdir() if p.suffix != ".md"))
def test_a_list_is_taken_in_whole_whichever_spreadsheet_wrote_it(desk: Desk, name: str) -> None:
    typed = desk.type("clip", str(BROUGHT / name), "--event", "festa", "--new-outlets")
    assert typed.code == 0, typed.err
    assert kept(desk) == PIECES
    assert [one.url for one in articles(desk) if "urn:" not in one.url] == [
        "https://pasqyra.example/dy",
        "https://pasqyra.example/nje",
    ]


def book(*rows: list[Any], change: Callable[[Any], None] = lambda _: None) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Lista"
    for row in rows:
        sheet.append(row)
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


HEAD = ["Media", "Titulli", "Data", "Linku"]
GOOD = ["Gazeta Shembull", "Libri", date(2025, 5, 10), "https://gazeta.example/1"]


def hidden(made: Any) -> None:
    made.create_sheet("Tjetër")
    made.worksheets[0].sheet_state = "hidden"


def far(made: Any) -> None:
    made.worksheets[0]["XFD1048576"] = "x"


def wide(made: Any) -> None:
    made.worksheets[0]["ZZ2"] = "x"


def repacked(body: bytes, **parts: bytes) -> bytes:
    """A workbook with some members in place of its own, and more of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, None) or old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


BOMB = repacked(book(HEAD, GOOD), **{"xl/sharedStrings.xml": b" " * 129_000_000})
ODS = io.BytesIO()
with zipfile.ZipFile(ODS, "w") as packed:
    packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    packed.writestr("content.xml", "<x/>")
LINE = "gazeta-shembull;{};2025-05-10\n"
TOP = "outlet;headline;published\n"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        pytest.param(
            book(HEAD, GOOD, ["Gazeta Shembull", "Libri", "31.2.2025"]),
            "Lista!C3: published: '31.2.2025' is no date: there is no day 31.2.2025",
            id="a date",
        ),
        pytest.param(
            book(["Lista"], [], HEAD, GOOD, ["gazta", "Libri", "10.5.2025"], ["", "", "dje"]),
            "Lista!A5: outlet: nobody described 'gazta': mend the name, or give --new-outlets "
            "(1 more: Lista!B6)",
            id="two faults",
        ),
        pytest.param(
            book(HEAD, ["Gazeta Shembull", "Libri", date(2025, 5, 10), "gazeta"]),
            "Lista!D2: url: 'gazeta' is no address",
            id="an address",
        ),
        pytest.param(
            book([*HEAD, None], [*GOOD, "x"]),
            "Lista!E2: 'x' stands under no heading",
            id="lost",
        ),
        pytest.param(
            book([*HEAD, "Përkthmi"], GOOD), "Lista!E1: unknown column 'Përkthmi'", id="a slip"
        ),
        pytest.param(
            book(["Media", "Linku"], ["a", "b"]),
            "Lista!1: the column headline is missing",
            id="no head",
        ),
        pytest.param(book(HEAD, GOOD, change=hidden), "the column outlet is missing", id="hidden"),
        pytest.param(book(HEAD, GOOD, change=far), "row 1048576: more than 50,000 rows", id="far"),
        pytest.param(book(HEAD, GOOD, change=wide), "row 2: more than 200 columns", id="wide"),
        pytest.param(BOMB, "it unpacks to more than 128 MB", id="a bomb"),
        pytest.param(ODS.getvalue(), "a LibreOffice table (.ods): in LibreOffice: File", id="ods"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "an old Excel file (.xls)", id="xls"),
        pytest.param(book(HEAD, GOOD)[:900], "damaged, or locked", id="half of it"),
        pytest.param(
            repacked(book(HEAD, GOOD), **{"xl/worksheets/sheet1.xml": b"<worksheet><row"}),
            "one of its sheets is damaged",
            id="broken markup",
        ),
        pytest.param(b"PK\x03\x04" + b"x" * 99, "damaged, or locked by a password", id="no zip"),
        pytest.param(b"%PDF-1.7 \0\0\0 binary", "neither a workbook (.xlsx) nor", id="a paper"),
        pytest.param(b"<html><table><tr>", "it is a web page and no table", id="a page"),
        pytest.param(
            (TOP + LINE.format("x") * (TABLE_ROWS + 30)).encode(), "rows: part", id="long"
        ),
        pytest.param(
            (TOP + LINE.format("Ditë") + LINE.format("Vučić")).encode("cp1250"),
            "line 3: its letters can be read in two ways: in Excel: File > Save As > CSV UTF-8",
            id="two alphabets",
        ),
        pytest.param((TOP + LINE.format("Ditë")).encode("cp852"), "line 2: its letters", id="DOS"),
        pytest.param(
            (TOP + LINE.format("Ditën")).encode("mac_roman"), "line 2: its letters", id="a Mac"
        ),
        pytest.param((TOP + LINE.format("Новости")).encode("cp1251"), "line 2: its", id="Cyrillic"),
        pytest.param(b"\xff\xfe" + b"o\0u", "no UTF-16-LE, as its mark says", id="half a sign"),
    ],
)
def test_what_cannot_be_taken_in_is_one_line_with_its_place(
    desk: Desk, body: bytes, says: str
) -> None:
    file = desk.root / "lista.xlsx"
    file.write_bytes(body)
    typed = desk.type("clip", str(file), "--event", "festa")
    assert (typed.code, typed.err.count("\n")) == (2, 1), typed.err
    assert str(file) in typed.err
    assert says in typed.err
    assert not (desk.root / "var" / "coverage.db").exists()


def test_utf16_is_known_without_its_mark() -> None:
    for letters in ("utf-16-le", "utf-16-be"):
        assert text_of("Media;Titulli;Ditë\n".encode(letters)) == "Media;Titulli;Ditë\n"


@pytest.mark.parametrize(
    ("at", "said"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_a_column_has_the_letters_that_a_spreadsheet_shows(at: int, said: str) -> None:
    assert letters_of(at) == said


def test_the_sheet_with_the_list_is_read_and_the_others_are_named() -> None:
    def more(made: Any) -> None:
        made.create_sheet("Shënime", 0).append(["Titulli"])

    sheet = read_sheet(book(HEAD, GOOD, change=more), ASKED)
    assert (sheet.table.sheet, sheet.others) == ("Lista", ("Shënime",))


def test_a_column_that_says_nothing_to_us_is_left_out_and_said(desk: Desk) -> None:
    file = desk.root / "lista.xlsx"
    file.write_bytes(book(["Nr.", *HEAD, "Komente"], [1, *GOOD, "mirë"]))
    typed = desk.type("clip", str(file), "--dry-run")
    assert "1 piece can be taken in; nothing was kept; columns left out: Komente" in typed.out
    told = json.loads(desk.type("clip", str(file), "--dry-run", "--json").out)
    assert (told["sheet"], told["left_out"]) == ("Lista", ["Komente"])


@pytest.mark.parametrize(("answer", "code", "many"), [("po", 0, 2), ("", 0, 2), ("jo", 2, 0)])
def test_a_list_is_shown_at_a_terminal_before_it_is_kept(
    desk: Desk, answer: str, code: int, many: int
) -> None:
    file = desk.root / "lista.xlsx"
    file.write_bytes(book(HEAD, GOOD, ["Radio e Re", "Zëri", "10 maj 2025"]))
    typed = desk.type("clip", str(file), "-e", "festa", keys=f"{answer}\n", at_terminal=True)
    assert typed.code == code
    assert "gazeta-shembull  2025-05-10  Libri  https://gazeta.example/1" in typed.out
    assert "new outlets: Radio e Re" in typed.out
    assert "Take in 2 pieces, write files for 1 outlet? [Y/n]" in typed.out
    assert (desk.root / "outlets" / "radio-e-re.toml").exists() == bool(many)
    if many:
        assert len(articles(desk)) == many


# --- what we write can be taken in again ---------------------------------------------------------


@pytest.mark.parametrize("language", ["sq", "en"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_report_in_a_spreadsheet_can_be_taken_in_again(
    desk: Desk, language: str, ending: str
) -> None:
    desk.keep(piece(1), piece(2, headline="= Libri; në shesh: =1+2"))
    before = {(one.key, one.published, one.headline) for one in articles(desk)}
    out = desk.root / f"festa.{ending}"
    made = desk.type("report", "festa", "-o", str(out), "--language", language)
    assert made.code == 0, made.err
    typed = desk.type("clip", str(out), "--event", "festa", "--json")
    assert typed.code == 0, typed.err
    assert (json.loads(typed.out)["new"], json.loads(typed.out)["known"]) == (0, 2)
    assert {(one.key, one.published, one.headline) for one in articles(desk)} == before


def test_titles_go_out_and_come_back_as_a_workbook(filled: Desk) -> None:
    file = filled.root / "titujt.xlsx"
    made = filled.type("translate", "festa", "--csv", str(file), "--language", "en")
    assert "wrote" in made.out, made.err
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    column = {cell.value: cell.column for cell in sheet[1]}["translation"]
    sheet.cell(2, column).value = "The book in the square"
    book.save(file)
    typed = filled.type("translate", "festa", "--csv", str(file), "--language", "en")
    assert "1 translations kept" in typed.out, typed.err
    with filled.record() as record:
        said = [one.translations for one in decisions.holding(record, "festa").values()]
    assert {"en": ("The book in the square", "ana")} in said


def test_titles_in_a_csv_open_in_excel_with_their_letters(filled: Desk) -> None:
    file = filled.root / "titujt.csv"
    filled.type("translate", "festa", "--csv", str(file), "--language", "en")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = file.read_text("utf-8-sig").splitlines()
    file.write_bytes(
        "\r\n".join([rows[0], rows[1].removesuffix(",,") + ",Dita ë,"]).encode("cp1250")
    )
    typed = filled.type("translate", "festa", "--csv", str(file), "--language", "en")
    assert "1 translations kept" in typed.out, typed.err


def test_a_moment_of_excel_is_whole_to_the_minute() -> None:
    nearly = datetime(2025, 5, 10, 9, 29, 59, 999_900, UTC).replace(tzinfo=None)
    sheet = read_sheet(book(HEAD, ["a", "b", nearly]), ASKED)
    assert sheet.told(sheet.rows[0])["published"] == "2025-05-10 09:30"
