"""`jehona evidence`: an archive that a foreign reader reads; `verify` names what changed."""

from __future__ import annotations

import gzip
import json
import zipfile
import zlib
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.evidence import wacz, warc
from crawler.record import sealing
from tests.desk.conftest import Desk

PAGE = wacz.Answer(
    url="https://gazeta.example/2025/05/libri/",
    fetched="2025-05-10T12:00:00Z",
    body="<h1>Libri u hap në shesh</h1>".encode(),
    mime="text/html",
    status=200,
    headers={"content-type": "text/html; charset=utf-8", "content-encoding": "gzip", "etag": '"9"'},
    title="Libri u hap në shesh",
)
ROWS = wacz.Answer(
    url="https://www.gazeta.example:8443/wp-json?page=2",
    fetched="2025-05-10T12:00:01Z",
    body=b'[{"id": 1}]',
    mime="application/json",
    status=None,
    headers={},
    title=None,
)


def made(*answers: wacz.Answer) -> bytes:
    whole = BytesIO()
    records, index = warc.records(answers)
    wacz.write(
        whole, answers, warc=records, index=index,
        title="Festa", created="2025-05-11T00:00:00Z", software="jehona 1",
        beside={"evidence/seal.json": b"{}", "evidence/report.html": b"<p>"},
    )  # fmt: skip
    return whole.getvalue()


def test_a_foreign_reader_finds_the_bytes_with_status_and_headers() -> None:
    with zipfile.ZipFile(BytesIO(made(PAGE, ROWS))) as archive:
        records = []
        for record in ArchiveIterator(BytesIO(archive.read(wacz.WARC)), check_digests="raise"):
            http = record.http_headers
            records.append((
                record.rec_type,
                record.rec_headers["WARC-Target-URI"],
                record.rec_headers["WARC-Date"],
                http and (http.get_statuscode(), http["etag"], http["content-encoding"]),
                record.content_stream().read(),
            ))  # fmt: skip
    assert records == [
        ("response", PAGE.url, PAGE.fetched, ("200", '"9"', None), PAGE.body),
        ("resource", ROWS.url, ROWS.fetched, None, ROWS.body),
    ]


def test_the_index_leads_to_each_record() -> None:
    with zipfile.ZipFile(BytesIO(made(PAGE, ROWS))) as archive:
        warc, lines = archive.read(wacz.WARC), archive.read(wacz.INDEX).decode().splitlines()
        pages = [json.loads(line) for line in archive.read(wacz.PAGES).splitlines()]
    keys = [line.split(" ", 2)[:2] for line in lines]
    assert keys == [
        ["example,gazeta)/2025/05/libri/", "20250510120000"],
        ["example,gazeta:8443)/wp-json?page=2", "20250510120001"],
    ]
    for line, answer in zip(lines, (PAGE, ROWS), strict=True):
        told = json.loads(line.split(" ", 2)[2])
        part = warc[int(told["offset"]) : int(told["offset"]) + int(told["length"])]
        (body,) = [one.content_stream().read() for one in ArchiveIterator(BytesIO(part))]
        assert (told["url"], body) == (answer.url, answer.body)
        assert told["digest"] == f"sha256:{sha256(body).hexdigest()}"
    assert [page.get("url") for page in pages] == [None, PAGE.url]


def test_the_same_answers_give_the_same_file() -> None:
    assert made(PAGE, ROWS) == made(PAGE, ROWS)
    assert b"own proof" in made(PAGE)


@pytest.mark.parametrize(
    "name",
    [wacz.WARC, wacz.INDEX, wacz.PAGES, "evidence/seal.json", "evidence/report.html", wacz.PACKAGE],
)
@pytest.mark.parametrize("how", ["changed", "lost"])
def test_a_changed_or_lost_member_is_named(desk: Desk, tmp_path: Path, name: str, how: str) -> None:
    file = tmp_path / "a.wacz"
    with (
        zipfile.ZipFile(BytesIO(made(PAGE, ROWS))) as old,
        zipfile.ZipFile(file, "w") as new,
    ):
        for each in old.namelist():
            body = old.read(each)
            if each != name:
                new.writestr(each, body)
            elif how == "changed":
                new.writestr(each, bytes([body[0], body[1] ^ 1]) + body[2:])
    done = desk.type("verify", str(file))
    assert done.code == 1
    assert name in done.out if (name, how) != (wacz.PACKAGE, "lost") else "a.wacz" in done.out


def test_one_turned_bit_and_an_added_member_are_named(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.wacz"
    body = made(PAGE, ROWS)
    at = body.index(b"WARC".ljust(4)) if b"WARC/1.1" in body else body.index(b"\x1f\x8b") + 30
    file.write_bytes(body[:at] + bytes([body[at] ^ 4]) + body[at + 1 :])
    done = desk.type("verify", str(file))
    assert (done.code, wacz.WARC in done.out) == (1, True)
    file.write_bytes(body)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("archive/tjeter.warc", b"")
    assert "archive/tjeter.warc was added" in desk.type("verify", str(file)).out
    for wrong in (b"", body[:500], b"leter"):
        file.write_bytes(wrong)
        assert desk.type("verify", str(file)).code == 1


def test_the_archive_of_an_event_holds_seal_and_report(kept: Desk, tmp_path: Path) -> None:
    file = tmp_path / "festa.wacz"
    done = kept.type("evidence", "festa", "-o", str(file))
    assert (done.code, done.err) == (0, "")
    assert "for your own proof" in done.out
    assert kept.type("verify", str(file)).code == 0
    with zipfile.ZipFile(file) as archive:
        seal = json.loads(archive.read("evidence/seal.json"))
        assert "<html" in archive.read("evidence/report.html").decode()
        lines = archive.read(wacz.INDEX).decode().splitlines()
    assert len(lines) == len(seal["answers"]) > 0
    sealed = [one for one in seal["answers"] if one["line"]]
    for one in sealed:
        values = [one["said"][name] for name in sealing.COLUMNS["page"]]
        assert sealing.digest_of_row("page", values, one["body"]) == one["digest"]
        assert any(one["body"] in line for line in lines)
    assert sealed


def test_what_stands_in_the_way_is_said(kept: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    done = kept.type("evidence", "festa", "-o", "festa.zip")
    assert (done.code, "the name has to end in .wacz" in done.err) == (2, True)
    monkeypatch.setattr("jehona.actions.evidence.warc", None)
    done = kept.type("evidence", "festa", "-o", "festa.wacz")
    assert (done.code, "pip install 'jehona[evidence]'" in done.err) == (2, True)
    assert not Path("festa.wacz").exists()


# --- the records against the chain --------------------------------------------------------------


def remade(old: Path, new: Path, changed: Callable[[dict[str, bytes]], None]) -> Path:
    """The archive with other members, their digests made anew: what a forger would do."""
    with zipfile.ZipFile(old) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    changed(members)
    package = json.loads(members[wacz.PACKAGE])
    for one in package["resources"]:
        one["hash"] = wacz.sha256_of(members[one["path"]])
    members[wacz.PACKAGE] = json.dumps(package).encode()
    told = {"path": wacz.PACKAGE, "hash": wacz.sha256_of(members[wacz.PACKAGE])}
    members[wacz.DIGEST] = json.dumps(told).encode()
    with zipfile.ZipFile(new, "w") as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return new


def in_warc(old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        stream, parts = BytesIO(members[wacz.WARC]), []
        while rest := stream.read():
            packer = zlib.decompressobj(wbits=31)
            parts.append(packer.decompress(rest))
            stream = BytesIO(packer.unused_data)
        assert any(old in part for part in parts)
        members[wacz.WARC] = b"".join(gzip.compress(part.replace(old, new)) for part in parts)

    return change


def in_seal(old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        assert old in members[wacz.SEAL]
        members[wacz.SEAL] = members[wacz.SEAL].replace(old, new, 1)

    return change


def without_last_record(members: dict[str, bytes]) -> None:
    at = members[wacz.WARC].rindex(b"\x1f\x8b\x08")
    members[wacz.WARC] = members[wacz.WARC][:at]


def twice_the_records(members: dict[str, bytes]) -> None:
    members[wacz.WARC] *= 2


FORGED = {
    "bytes": (in_warc(b'{"id": 0}', b'{"id": 7}'), "archive/data.warc.gz is not what was sealed"),
    "address": (in_warc(b"gazeta.example", b"gazetb.example"), "warc.gz is not what was sealed"),
    "moment": (in_warc(b"WARC-Date: 2025", b"WARC-Date: 2026"), "warc.gz is not what was sealed"),
    "a record less": (without_last_record, "warc.gz cannot be read"),
    "a record more": (twice_the_records, "warc.gz holds more than was sealed"),
    "what is said": (
        in_seal(b'"url": "https', b'"url": "httpx'),
        "seal.json is not what was sealed",
    ),
    "a line": (in_seal(b'"leaves": ', b'"leaves": 1'), "seal.json is not what was sealed (line 1"),
    "a leaf": (in_seal(b'"leaves": {"', b'"leaves": {"9'), "is not covered by its line"),
}


@pytest.mark.parametrize("what", FORGED)
def test_what_was_forged_with_its_digests_is_told_by_the_chain(
    kept: Desk, tmp_path: Path, what: str
) -> None:
    change, told = FORGED[what]
    kept.type("evidence", "festa", "-o", str(tmp_path / "festa.wacz"))
    forged = remade(tmp_path / "festa.wacz", tmp_path / "forged.wacz", change)
    done = kept.type("verify", str(forged))
    assert (done.code, told in done.out) == (1, True), done.out


def test_remade_and_unchanged_it_is_whole_and_tells_its_seal(kept: Desk, tmp_path: Path) -> None:
    kept.type("evidence", "festa", "-o", str(tmp_path / "festa.wacz"))
    same = remade(tmp_path / "festa.wacz", tmp_path / "same.wacz", lambda members: None)
    done = kept.type("verify", str(same))
    with kept.record() as record:
        last = sealing.latest(record)
    assert last is not None
    assert (done.code, f"seal {last.digest}, kept since" in done.out) == (0, True)
