"""Evidence at the desk: how the seal stands, two files to take along, honest words."""

from __future__ import annotations

import html
import zipfile
from io import BytesIO
from typing import Any

import pytest

from crawler.evidence.wacz_check import look_over
from crawler.record import decisions, read, sealing, write
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser, Sit
from tests.record.pieces import NOON, begin, piece, store

AT = "/events/festa/evidence"


def words(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(html.unescape(answer.text).split())


@pytest.fixture
def sealed(sit: Sit, filled: Desk) -> Browser:
    """The desk of a record that has a seal."""
    with filled.record() as record:
        run = begin(record)
        store(record, run, piece(50))
        write.end_run(record, run, NOON)
    return sit(filled.root).enter()


def accept(office: Desk) -> str:
    with office.record() as record:
        key = next(a.key for a in read.articles(record) if a.url.endswith("-50/"))
        told = decisions.fresh("match", key, event="festa", value="accepted", by="Ana", at=NOON)
        decisions.decide(record, told)
    return key


def test_the_seal_and_what_it_does_not_show_stand_there(sealed: Browser, filled: Desk) -> None:
    page = words(sealed.get(AT))
    with filled.record() as record:
        last = sealing.latest(record)
    assert last is not None
    assert page.count("<h1") == 1
    for told in (
        last.digest,
        "the outlet can deny it",
        "No court was asked",
        "not to be shared",
        "nobody accepted one yet",
        "names one",
    ):
        assert told in page
    assert f"{AT}/clippings" not in page
    assert f'href="{AT}"' in words(sealed.get("/events/festa"))


def test_the_archive_is_whole_and_is_given_to_a_form_alone(sealed: Browser) -> None:
    answer = sealed.post(f"{AT}/archive")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="festa.wacz"'
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        looked = look_over(archive)
    assert (looked.wrong, looked.sealed > 0) == ((), True)
    for what in ("archive", "clippings"):
        assert sealed.get(f"{AT}/{what}").status_code in {404, 405}


def test_clippings_of_accepted_pieces_come_as_one_zip(sealed: Browser, filled: Desk) -> None:
    assert "nobody accepted a piece yet" in words(sealed.post(f"{AT}/clippings"), 400)
    key = accept(filled)
    assert "1 clipping (ZIP of PDF)" in words(sealed.get(AT))
    answer = sealed.post(f"{AT}/clippings")
    assert answer.status_code == 200
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        (name,) = archive.namelist()
        assert name.endswith(f"-gazeta-shembull-{key}.pdf")
        assert archive.read(name).startswith(b"%PDF")


def test_nobody_gathered_anything_yet(sit: Sit, desk: Desk) -> None:
    page = words(sit(desk.root).enter().get(AT))
    assert ("No outlet was asked yet" in page, f"{AT}/archive" in page) == (True, False)
