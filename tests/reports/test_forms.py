"""One report, every form: the same pieces, the same words, and nothing that an outlet set off."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, get_args
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup

from crawler.models import Language
from reports.formats.columns import PIECES
from reports.formats.json import document
from reports.formats.plain import LONGEST, plain
from reports.forms import Edition
from reports.models import Piece, Report
from reports.sentences import moment
from tests.reports.attacks import attacked
from tests.reports.full import full, silent
from tests.reports.readers import PAPERS, READ, READERS, csv_rows, squeezed, workbook
from tests.reports.set_report import to_html

LANGUAGES: Final = get_args(Language)
every_form = pytest.mark.parametrize("form", READERS)
every_report = pytest.mark.parametrize(
    "report", [pytest.param(full(), id="full"), pytest.param(attacked(), id="attacked")]
)


def shown(piece: Piece, form: str) -> str:
    """The headline as a form is to show it."""
    if form == "json":
        return "".join(
            "\ufffd" if "\ud800" <= one <= "\udfff" else one for one in piece.headline or ""
        )
    if form in READ:
        return plain(piece.corrected or piece.headline or "", LONGEST)
    return plain(piece.headline or "", 32_000)


@every_form
@every_report
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_piece_is_linked_once_in_every_form(
    form: str, report: Report, language: Language
) -> None:
    links = READERS[form](report, language).links
    wanted = [piece.url for piece in report.pieces]
    assert sorted(link for link in links if link in set(wanted)) == sorted(wanted)


@every_form
@every_report
def test_every_headline_is_in_every_form(form: str, report: Report) -> None:
    words = READERS[form](report, "sq").words
    lost = [
        piece.headline
        for piece in report.pieces
        if not _holds(words, squeezed(shown(piece, form)), form)
    ]
    # a formula has its apostrophe, and no font of ours has Chinese letters and signs
    kept = {"csv": "=+-@＝;", "pdf": "中＝"}.get(form, "")
    assert [headline for headline in lost if not set(headline or "") & set(kept)] == []


def _holds(words: str, headline: str, form: str) -> bool:
    """Whether the words hold a headline; a reader of PDF takes the hyphen of a torn word along."""
    return headline in words or (form == "pdf" and headline in words.replace("-", ""))


@every_form
def test_what_waits_is_shown_but_not_among_the_pieces(form: str) -> None:
    report = full()
    links = READERS[form](report, "en").links
    waiting = {piece.url for piece in report.doubtful}
    assert bool(waiting & set(links)) == (form in READ)


@pytest.mark.parametrize("form", PAPERS)
def test_papers_say_whose_words_they_are(form: str) -> None:
    words = READERS[form](full(), "en").words
    for told in (
        "Panairi i librit hapet në Bregvalë me gjashtëdhjetë botues (translated by ana)",
        "(machine translation: 127.0.0.1:5000)",
        "Tone, by a person: pozitiv",
        "Until 16 May, 17:05 it was: Hapet panairi, polemika për stendat",
        "Headline corrected by a person; read at the outlet: Fotografi nga panairi",
        "added by hand",
        "12 min later",
        "1 h 35 min later",
        "no longer at the outlet",
    ):
        assert squeezed(told) in words


@pytest.mark.parametrize("form", PAPERS)
def test_an_empty_report_says_why_it_may_be_believed(form: str) -> None:
    words = READERS[form](silent(), "en").words
    assert squeezed("This can be believed: every outlet on the list was checked.") in words
    assert squeezed("What was published") not in words


@every_form
def test_an_empty_report_has_no_row(form: str) -> None:
    assert READERS[form](silent(), "sq").links == ()


# --- counts and fields -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counts:
    """How many a form says there are."""

    pieces: int
    outlets: int
    texts: int


def counts_in(form: str, report: Report) -> Counts:
    """As a form says it: rows counted where it is a table, its own figures elsewhere."""
    if form == "json":
        told = document(report)["summary"]
        return Counts(told["pieces"], told["outlets"], told["texts"])
    if form == "html":
        return Counts(*(_card(report, name) for name in ("pieces", "outlets", "distinct texts")))
    if form in PAPERS:
        found = re.search(
            r"(\d+)piecesin(\d+)outlets\(\d+owners\),(\d+)distincttexts",
            READERS[form](report, "en").words,
        )
        assert found is not None
        return Counts(*map(int, found.groups()))
    rows = _table(form, report)
    stories = [row["story"] for row in rows]
    texts = len({story for story in stories if story}) + stories.count("")
    return Counts(len(rows), len({row["outlet"] for row in rows}), texts)


def _card(report: Report, name: str) -> int:
    page = BeautifulSoup(to_html(report, "en"), "lxml")
    cards = {card.dt.get_text(strip=True): card.dd for card in page.select(".cards > div")}  # type: ignore[union-attr]
    return int(str(cards[name].get_text(strip=True)))  # type: ignore[union-attr]


def _table(form: str, report: Report) -> list[dict[str, str]]:
    if form == "csv":
        heads, *rows = csv_rows(report, "en")
    else:
        sheet = workbook(report, "en").worksheets[1].iter_rows(values_only=True)
        heads, *rows = [[_written(value) for value in row] for row in sheet]
    return [dict(zip(heads, row, strict=True)) for row in rows]


@every_form
def test_every_form_counts_the_same(form: str) -> None:
    told = full().summary
    assert counts_in(form, full()) == Counts(told.pieces, told.outlets, told.texts)


# what every form shows of a piece beside its headline and its address
FIELDS: Final[dict[str, Callable[[Piece], list[str]]]] = {
    "outlet": lambda piece: [piece.outlet_name],
    "translation": lambda piece: [piece.translation or ""],
    "which machine translated": lambda piece: [
        (piece.translation_by or "").removeprefix("machine: ") if piece.by_machine else ""
    ],
    "correction": lambda piece: [piece.corrected or ""],
    "note": lambda piece: [piece.note or ""],
    "tone": lambda piece: [piece.tone or ""],
    "archive": lambda piece: [piece.archive or ""],
    "earlier headlines": lambda piece: [change.old for change in piece.changes],
}


@pytest.mark.parametrize(
    ("form", "field"),
    [(form, field) for form in READERS for field in FIELDS],
)
def test_every_form_has_every_field(form: str, field: str) -> None:
    read = READERS[form](full(), "sq")
    wanted = {squeezed(value) for piece in full().pieces for value in FIELDS[field](piece) if value}
    assert wanted
    lost = {value for value in wanted if not _holds(read.words, value, form)}
    assert lost <= set(read.links)


@every_form
def test_every_form_says_when(form: str) -> None:
    report = full()
    words = READERS[form](report, "sq").words
    zone = ZoneInfo(report.event.zone)
    for piece in report.dated:
        if piece.copy_of and form in PAPERS:
            continue  # told by how much later it came
        assert piece.published is not None
        local = piece.published.astimezone(zone)
        if form in READ:
            assert squeezed(moment(piece.published, report.event, "sq", piece.precision)) in words
        else:
            assert local.strftime("%Y-%m-%d") in words


@every_form
def test_every_form_marks_what_a_machine_wrote(form: str) -> None:
    words = READERS[form](full(), "sq").words
    assert (
        "machine:127.0.0.1:5000" if form not in READ else "përkthimautomatik:127.0.0.1"
    ) in words


# --- tables hold the same, cell by cell -------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", Edition)
def test_csv_and_excel_have_the_same_cells(language: Language, edition: Edition) -> None:
    heads, *rows = csv_rows(full(), language, edition=edition)
    sheet = workbook(full(), language, edition).worksheets[1]
    table = [[_written(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    assert sorted(table[0]) == sorted(heads)
    order = [table[0].index(head) for head in heads]
    assert [[row[at] for at in order] for row in table[1:]] == rows


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute) == (0, 0)
        return value.strftime("%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


# column of a table, and the key of the JSON document that says the same
SAME: Final[dict[str, Callable[[dict[str, Any]], Any]]] = {
    "col_outlet": lambda row: row["outlet_name"],
    "col_url": lambda row: row["url"],
    "col_headline": lambda row: row["headline"],
    "col_archive": lambda row: row["archive"],
    "col_note": lambda row: row["note"],
    "col_by": lambda row: row["by"],
    "col_tone": lambda row: row["tone"],
    "col_translation": lambda row: row["translation"],
    "col_translation_by": lambda row: row["translation_by"],
    "col_corrected": lambda row: row["corrected"],
    "col_story": lambda row: row["story"],
    "col_lag": lambda row: row["lag_minutes"],
    "col_owner": lambda row: row["owner"],
    "col_tier": lambda row: row["tier"],
    "col_article": lambda row: row["article"],
    "col_score": lambda row: row["score"],
    "col_byline": lambda row: ", ".join(row["byline"]),
    "col_published": lambda row: (row["published"] or "").replace("T", " ")[
        : 10 if row["precision"] == "day" else 16
    ],
    "col_decision": lambda row: {"accepted": "i pranuar", None: "ende pa u parë"}[row["decision"]],
}


@pytest.mark.parametrize("name", SAME)
def test_csv_and_json_have_the_same_fields(name: str) -> None:
    at = [column.name for column in PIECES].index(name)
    rows = csv_rows(full(), "sq")[1:]
    told = [SAME[name](row) for row in document(full())["pieces"]]
    assert [row[at] for row in rows] == ["" if value is None else str(value) for value in told]


@pytest.mark.parametrize("form", READERS)
def test_an_address_that_is_none_of_the_web_is_never_a_link(form: str) -> None:
    report = full()
    first = replace(report.pieces[0], url="javascript:alert(1)", archive="file:///etc/passwd")
    texts = tuple(
        replace(text, pieces=tuple(first if p.article == first.article else p for p in text.pieces))
        for text in report.texts
    )
    made = replace(report, pieces=(first, *report.pieces[1:]), texts=texts)
    links = READERS[form](made, "sq").links
    # JSON and CSV hold addresses and no links
    assert form in ("json", "csv") or not [link for link in links if not link.startswith("http")]
