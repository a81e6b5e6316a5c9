"""The desk for programs: every page of the table by a token, refused what is not reading."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pytest

from crawler.record import open_record
from crawler.record.dump import logical_dump
from jehona.desk.documents import DOCUMENTS
from jehona.desk.routes import PAGES, Page
from tests.desk.conftest import Desk
from tests.pages.conftest import PORT, Browser, Sit
from tests.pickup.conftest import own
from tests.record.pieces import piece

__all__ = ["own"]

SHUT: Final = 401
READ: Final = [page for page in PAGES if page.method == "GET" and not page.open]
SEEN: Final = [page for page in READ if page.reads or page.path in DOCUMENTS]


def named(page: Page) -> str:
    return f"{page.method} {page.path}"


def at(page: Page) -> str:
    slug = "gazeta-shembull" if page.path.startswith("/outlets") else "festa"
    parts = {"slug": slug, "number": "1", "piece": "a_1", "name": "x"}
    path = page.path
    for name, value in parts.items():
        path = path.replace(f"{{{name}}}", value)
    return path


@pytest.fixture
def outside(sit: Sit, own: Desk) -> Browser:
    """A program before the door of an office that has gathered, with an issue of its letter."""
    assert own.type("match", "festa").code == 0
    assert own.type("review", "festa", "--accept", piece(1).url).code == 0
    assert own.type("newsletter", "-n", "1", "--event", "festa").code == 0
    return sit(own.root)


def asked(outside: Browser, **more: str) -> dict[str, str]:
    token = outside.house.access.new_token("faqja")
    return {"authorization": f"Bearer {token}", "accept": "application/json", **more}


def kept(root: Path) -> tuple[str, dict[str, str]]:
    """What the record knows, and every file of the workspace but those of the record and door."""
    with open_record(
        root / "var" / "coverage.db", root / "var" / "snapshots", readonly=True
    ) as record:
        dump = logical_dump(record)
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and "var" not in path.parts)
    return dump, {str(path): sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("page", SEEN, ids=named)
def test_every_read_page_is_a_document(outside: Browser, page: Page) -> None:
    answer = outside.get(at(page), headers=asked(outside))
    assert answer.status_code == 200, answer.text
    if "feed." in page.path:
        return
    assert answer.headers["content-type"] == "application/json"
    found: Any = answer.json()
    assert isinstance(found, dict)
    if page.path.startswith("/events/{slug}"):
        line = found["complete"]
        assert (line["outlets"], line["complete"], line["open"]) == (1, 0, ["gazeta-shembull"])
        assert line["sentence"] == "0 of 1 outlets checked completely; 1 not read to the end"


def test_the_pages_of_an_event_are_documents() -> None:
    names = ("words", "review", "clips", "stories", "titles", "post", "publish", "report")
    wanted = {f"/events/{{slug}}/{name}" for name in (*names, "summary", "pickup", "evidence")}
    wanted |= {"/", "/events", "/events/{slug}", "/outlets", "/outlets/{slug}", "/compare", "/sent"}
    wanted |= {"/newsletters", "/newsletters/{number}", "/search", "/runs/{number}"}
    assert wanted - {page.path for page in SEEN} == set()


@pytest.mark.parametrize("page", [page for page in READ if page not in SEEN], ids=named)
def test_what_is_for_people_is_shut_to_a_token(outside: Browser, page: Page) -> None:
    """Forms, frames, what runs, the desk's own."""
    assert outside.get(at(page), headers=asked(outside)).status_code == SHUT


@pytest.mark.parametrize("page", [page for page in PAGES if page.method == "POST"], ids=named)
def test_nothing_is_written_with_a_token(outside: Browser, own: Desk, page: Page) -> None:
    before = kept(own.root)
    answer = outside.post(at(page), {"event": "festa", "name": "x"}, headers=asked(outside))
    assert page.open or answer.status_code == SHUT, answer.text
    assert kept(own.root) == before


@pytest.mark.parametrize("page", SEEN, ids=named)
@pytest.mark.parametrize(
    "how", ["another host", "another port", "revoked", "unknown", "none", "basic", "written"]
)
def test_each_is_refused(outside: Browser, page: Page, how: str) -> None:
    headers = asked(outside)
    status = {"another host": 421, "another port": 421}.get(how, SHUT)
    if how == "another host":
        headers["host"] = f"evil.example:{PORT}"
    elif how == "another port":
        headers["host"] = "127.0.0.1:1"
    elif how == "revoked":
        outside.house.access.revoke_token("faqja")
    elif how == "unknown":
        headers["authorization"] = "Bearer " + "x" * 43
    elif how == "none":
        del headers["authorization"]
    elif how == "basic":
        headers["authorization"] = headers["authorization"].replace("Bearer", "Basic")
    ask = outside.client.put if how == "written" else outside.client.get
    answer = ask(at(page), headers=headers)
    if how == "written":
        assert answer.status_code in (403, 405)
        return
    assert answer.status_code == status
    assert "Festa" not in answer.text


def test_a_program_is_never_given_a_page_for_people(outside: Browser, sit: Sit, desk: Desk) -> None:
    ana = outside.enter()
    answer = ana.get("/settings", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (406, "this page has no document")


def test_before_anything_was_gathered(sit: Sit, desk: Desk) -> None:
    program = sit(desk.root)
    headers = asked(program)
    assert program.get("/events/festa/review", headers=headers).status_code == 409
    line = program.get("/events/festa", headers=headers).json()["complete"]
    assert (line["outlets"], line["complete"]) == (1, 0)


def test_readers_edition_of_the_report_is_asked_for(outside: Browser, own: Desk) -> None:
    assert own.type("review", "festa", "--accept", piece(2).url, "--note", "fshehtësi").code == 0
    headers = asked(outside)
    full = outside.get("/events/festa/report", headers=headers)
    assert "fshehtësi" in full.text
    asked_for = outside.get("/events/festa/report?edition=readers", headers=headers)
    assert "fshehtësi" not in asked_for.text
