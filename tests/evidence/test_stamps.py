"""Stamps of the seal: asked once a run, kept, checked by us and by openssl, no other line's."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.evidence import stamp
from crawler.evidence.seal import line
from crawler.record import sealing, write
from crawler.record.stamps import Stamp, every_stamp, latest_stamp, stamps_over
from jehona.actions.errors import Wrong
from jehona.actions.office import open_office
from jehona.actions.stamps import stamp_seal
from reports.stamp_authority import LARGEST, NotStamped
from tests.desk.conftest import Desk
from tests.evidence.authority import Authority, openssl
from tests.evidence.conftest import named_in
from tests.record.pieces import NOON, begin, piece, store

pytestmark = pytest.mark.real


def stamped(office: Desk) -> Stamp | None:
    workspace = open_office(office.root).workspace
    with office.record() as record:
        return stamp_seal(record, workspace)


def seal_of(office: Desk) -> str:
    with office.record() as record:
        last = sealing.latest(record)
    assert last is not None
    return last.digest


def another_run(office: Desk, number: int) -> None:
    with office.record() as record:
        run = begin(record)
        store(record, run, piece(number))
        write.end_run(record, run, NOON)


def sql(office: Desk, statement: str, *values: object) -> None:
    path = office.root / "var/coverage.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute(statement, values)


def test_a_seal_is_stamped_once_and_verify_says_so(stamping: Desk, authority: Authority) -> None:
    first = stamped(stamping)
    assert first is not None
    assert (first.authority, stamped(stamping)) == (authority.url, None)
    assert len(authority.seen) == 1
    done = stamping.type("verify")
    assert (done.code, f"1 line stamped by an authority, the last at {first.at}" in done.out) == (
        0, True,
    )  # fmt: skip
    assert "not looked at" not in done.out


def test_openssl_accepts_what_is_kept_by_the_seal_as_printed(
    stamping: Desk, authority: Authority, tmp_path: Path
) -> None:
    kept = stamped(stamping)
    assert kept is not None
    (tmp_path / "1.tsr").write_bytes(kept.answer)
    said = openssl(
        tmp_path, "ts", "-verify", "-digest", seal_of(stamping), "-in", "1.tsr",
        "-CAfile", str(authority.root),
    )  # fmt: skip
    assert "Verification: OK" in said


def test_a_stamp_moved_to_another_line_is_refused(stamping: Desk) -> None:
    stamped(stamping)
    another_run(stamping, 60)
    sql(stamping, "UPDATE stamps SET seal = seal + 1")
    done = stamping.type("verify")
    assert (done.code, "is the stamp of another seal" in done.out) == (1, True)


def test_another_authoritys_certificate_does_not_fit(
    stamping: Desk, tmp_path: Path, authority: Authority
) -> None:
    stamped(stamping)
    openssl(
        tmp_path, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-config", str(authority.folder / "ts.cnf"), "-keyout", "k", "-out", "other.pem",
        "-subj", "/CN=Rrenja e proves", "-extensions", "root",
    )  # fmt: skip
    done = stamping.type("verify", "--stamp-ca", str(tmp_path / "other.pem"))
    assert (done.code, "is not signed by the authority of stamp_ca" in done.out) == (1, True)


def test_a_turned_bit_anywhere_in_a_stamp_is_found(stamping: Desk) -> None:
    kept = stamped(stamping)
    assert kept is not None
    judge = stamp.Judge(roots=stamp.roots_in((stamping.root / "tsa.pem").read_bytes()))
    assert judge.moment(kept.answer, seal_of(stamping)) == kept.at
    places = range(0, len(kept.answer), 7)
    wrong = [at for at in places if _is_found(judge, kept, seal_of(stamping), at)]
    # a bit of the authority's own certificate's wrapping may be one that nothing is made of
    assert len(wrong) >= len(places) - 2, set(places) - set(wrong)
    sql(stamping, "UPDATE stamps SET at = '2025-05-10T00:00:00Z'")
    assert "is not what was kept" in stamping.type("verify").out


def _is_found(judge: stamp.Judge, kept: Stamp, seal: str, at: int) -> bool:
    body = bytearray(kept.answer)
    body[at] ^= 1
    try:
        return judge.moment(bytes(body), seal) != kept.at
    except stamp.NoStamp:
        return True


FAULTS = {
    "no stamp": (b"nuk ka", 200, "application/timestamp-reply", "is no stamp that can be read"),
    "empty": (b"", 200, "application/timestamp-reply", "is no stamp that can be read"),
    "endless": (b"0" * (LARGEST + 9), 200, "application/timestamp-reply", "come to an end"),
    "a page": (b"<html>", 200, "text/html", "does not answer as a stamp authority"),
    "an error": (b"", 503, "application/timestamp-reply", "status 503"),
    "a redirect": (b"", 302, "application/timestamp-reply", "status 302"),
    # PKIStatus 2, rejection, with a word
    "refused": (
        bytes.fromhex("300b3009020102300 40c026a6f".replace(" ", "")),
        200,
        "application/timestamp-reply",
        "was refused by the authority: jo",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_authority_that_gives_none_is_said_and_nothing_is_kept(
    stamping: Desk, authority: Authority, fault: str
) -> None:
    authority.fault, authority.status, authority.kind, told = FAULTS[fault]
    with pytest.raises(NotStamped, match=told):
        stamped(stamping)
    with stamping.record() as record:
        assert latest_stamp(record) is None


def test_an_answer_to_another_question_is_refused(stamping: Desk, authority: Authority) -> None:
    first = stamped(stamping)
    assert first is not None
    sql(stamping, "DELETE FROM stamps")
    authority.fault = first.answer
    with pytest.raises(NotStamped, match="Nonce"):
        stamped(stamping)


def test_certificates_that_are_none_are_said(stamping: Desk) -> None:
    (stamping.root / "tsa.pem").write_text("jo")
    with pytest.raises(Wrong, match=r"tsa\.pem: holds no certificate"):
        stamped(stamping)
    (stamping.root / "tsa.pem").unlink()
    done = stamping.type("verify")
    assert (done.code, "tsa.pem: cannot be read" in done.err) == (2, True)


def test_a_crawl_has_its_seal_stamped_and_a_failure_is_loud_and_fails_nothing(
    stamping: Desk, authority: Authority
) -> None:
    # nobody is asked, so that the run ends at once
    (stamping.root / "outlets/gazeta-shembull.toml").write_text('name = "Gazeta Shembull"\n')
    done = stamping.type("crawl", "--event", "festa", "--json")
    assert (done.code, "stamp" in done.err) == (0, False)
    told = json.loads(done.out)["stamp"]
    assert (told["authority"], told["why"]) == (authority.url, None)
    authority.status = 500
    done = stamping.type("crawl", "--event", "festa", "--json")
    assert done.code == 0
    assert "the seal of this run has no stamp" in done.err
    assert "has no stamp" in (stamping.root / "var/crawl.log").read_text("utf-8")
    assert "status 500" in json.loads(done.out)["stamp"]["why"]
    # the next one covers what was left out
    authority.status = 200
    assert "stamp" not in stamping.type("crawl", "--event", "festa").err
    with stamping.record() as record:
        every = every_stamp(record.conn)
        first, last = [one.seal for one in every]
        assert last == first + 2
        assert [one.seal for one in stamps_over(record.conn, [1, first + 1])] == [first, last]
        assert [one.seal for one in stamps_over(record.conn, [last])] == [last]


def test_a_backup_holds_stamps_and_says_when_nobody_looked_at_them(
    stamping: Desk, tmp_path: Path
) -> None:
    stamped(stamping)
    assert stamping.type("backup", str(tmp_path / "kopje.zip")).code == 0
    done = stamping.type("verify", str(tmp_path / "kopje.zip"))
    assert (done.code, "who signed was not looked at: --stamp-ca FILE" in done.out) == (0, True)
    done = stamping.type(
        "verify", str(tmp_path / "kopje.zip"), "--stamp-ca", str(stamping.root / "tsa.pem")
    )
    assert (done.code, "not looked at" in done.out) == (0, False)


def test_nobody_is_asked_where_no_authority_is_named(kept: Desk) -> None:
    assert stamped(kept) is None


def test_what_the_extra_lacks_is_said(stamping: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jehona.actions.stamps.stamping", None)
    with pytest.raises(NotStamped, match=r"pip install 'jehona\[evidence\]'"):
        stamped(stamping)


def test_an_authority_that_is_away_is_said(stamping: Desk) -> None:
    named_in(stamping, "http://127.0.0.1:9/")
    with pytest.raises(NotStamped, match="does not answer"):
        stamped(stamping)


def test_two_questions_of_one_line_differ_by_their_nonce() -> None:
    first = line(None, at="2025-05-10T07:30:00Z", what="run", leaves=0, content="0", run=1)
    assert stamp.ask(first).nonce != stamp.ask(first).nonce
