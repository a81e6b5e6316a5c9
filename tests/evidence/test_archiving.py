"""Addresses of accepted pieces given to a web archive: by choice, once, politely, answer kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from crawler.record import decisions, read
from jehona.actions import archiving
from jehona.actions.archiving import PAUSE, give_to_archive
from jehona.actions.office import Office, open_office
from tests.desk.conftest import Desk
from tests.evidence.test_clippings import accept
from tests.record.pieces import begin, piece, store

STAMP = "20250521080000"


@dataclass
class Archive:
    """A web archive on loopback."""

    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    # address, who asks
    status: int = 302
    headers: dict[str, str] = field(default_factory=dict)
    # in the place of its own


@contextmanager
def at_work(archive: Archive) -> Iterator[Archive]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = self.path.removeprefix("/save/")
            archive.asked.append((page, self.headers["User-Agent"]))
            self.send_response(archive.status)
            told = archive.headers or {"Location": f"{archive.url}/web/{STAMP}/{page}"}
            for name, value in told.items():
                self.send_header(name, value.format(page=page))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    archive.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield archive
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def archive() -> Iterator[Archive]:
    with at_work(Archive()) as ours:
        yield ours


@pytest.fixture
def chosen(kept: Desk, archive: Archive) -> Desk:
    """The office, which accepted two pieces and chose that archive."""
    (kept.root / "jehona.toml").write_text(
        'contact = "zyra@office.example"\n'
        f'[evidence]\narchive = true\narchive_at = "{archive.url}/save/"\n',
        "utf-8",
    )
    with kept.record() as record:
        keys = [a.key for a in read.articles(record) if a.url[-3:-1] in {"-1", "50"}]
    accept(kept, *keys)
    return kept


def office_of(desk: Desk) -> Office:
    return open_office(desk.root, by="Ana")


def test_each_accepted_piece_is_given_once_and_the_copy_is_kept(
    chosen: Desk, archive: Archive
) -> None:
    waited: list[float] = []
    done = give_to_archive(office_of(chosen), "festa", wait=waited.append)
    assert (len(done.copies), done.refused, done.left, waited) == (2, (), 0, [PAUSE])
    assert all("zyra@office.example" in who for _, who in archive.asked)
    with chosen.record() as record:
        held = decisions.holding(record, "festa")
        urls = {a.key: a.url for a in read.articles(record)}
    for key, place in done.copies.items():
        assert place == f"{archive.url}/web/{STAMP}/{urls[key]}"
        assert held[key].archive == place
    again = give_to_archive(office_of(chosen), "festa", wait=waited.append)
    assert (again.copies, len(archive.asked)) == ({}, 2)


REFUSED = {
    "elsewhere": (302, {"Location": "https://tjeter.example/web/2025/http"}, "names no copy", 2),
    "no copy": (302, {"Location": "/login"}, "names no copy", 2),
    "nothing": (200, {"X-None": "1"}, "names no copy", 2),
    "enough": (429, {"X-None": "1"}, "wants no more now", 1),
    "ill": (503, {"X-None": "1"}, "wants no more now", 1),
}


@pytest.mark.parametrize("how", REFUSED)
def test_what_is_no_copy_is_said_and_not_kept(
    chosen: Desk, archive: Archive, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(archiving, "PAUSE", 0.0)
    archive.status, archive.headers, told, asked = REFUSED[how]
    done = chosen.type("evidence", "festa", "--archive")
    assert (done.code, told in done.err, len(archive.asked)) == (3, True, asked)
    assert ("1 piece not asked for" in done.err) == (asked == 1)
    with chosen.record() as record:
        assert not [one for one in decisions.holding(record, "festa").values() if one.archive]


def test_a_place_in_content_location_is_a_copy_too(chosen: Desk, archive: Archive) -> None:
    archive.status, archive.headers = 200, {"Content-Location": f"/web/{STAMP}/{{page}}"}
    done = give_to_archive(office_of(chosen), "festa", wait=lambda seconds: None)
    assert {place.partition("/web/")[0] for place in done.copies.values()} == {archive.url}


def test_private_addresses_stay_here(chosen: Desk, archive: Archive) -> None:
    with chosen.record() as record:
        store(record, begin(record), piece(77, url="http://10.0.0.7/2025/libri-77/"))
        key = next(a.key for a in read.articles(record) if "10.0.0.7" in a.url)
    accept(chosen, key)
    done = give_to_archive(office_of(chosen), "festa", wait=lambda seconds: None)
    assert key not in done.copies
    assert not [page for page, _ in archive.asked if "10.0.0.7" in page]


def test_nothing_is_given_away_that_nobody_chose(kept: Desk, archive: Archive) -> None:
    done = kept.type("evidence", "festa", "--archive")
    assert (done.code, "[evidence] archive = true first" in done.err) == (2, True)
    (kept.root / "jehona.toml").write_text("[evidence]\narchive = true\n", "utf-8")
    done = kept.type("evidence", "festa", "--archive")
    assert (done.code, "contact = ... first" in done.err, archive.asked) == (2, True, [])


def test_an_archive_that_is_away_is_said(chosen: Desk) -> None:
    text = (chosen.root / "jehona.toml").read_text()
    (chosen.root / "jehona.toml").write_text(
        text.partition("archive_at")[0] + 'archive_at = "http://127.0.0.1:9/save/"\n'
    )
    done = chosen.type("evidence", "festa", "--archive")
    assert (done.code, "does not answer" in done.err) == (3, True)


def test_pictures_that_are_wished_are_said_to_be_taken_by_nobody(
    kept: Desk, tmp_path: object
) -> None:
    (kept.root / "jehona.toml").write_text("[evidence]\nscreenshots = true\n", "utf-8")
    done = kept.type("evidence", "festa", "-o", str(kept.root / "a.wacz"))
    assert (done.code, "no picture is taken yet" in done.err) == (0, True)
