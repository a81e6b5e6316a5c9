"""An outlet asks that its texts go: nothing of them is left, all else stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.models import Because, Layer, Match
from crawler.record import Record, open_record, read, sealing, search_index, versions, write
from crawler.record.errors import RecordRefused
from crawler.record.prune_outlet import prune_outlet
from crawler.record.verify import verify_record
from tests.record.pieces import NOON, begin, piece, store

WORD = "zurkapanxha"
# stands in texts only
STEM = b"zurkapan"


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Two pieces of one outlet, the first matched, reported and edited."""
    made = open_record(tmp_path / "var/coverage.db", tmp_path / "var/snapshots")
    for turn in ("para", "pas"):
        run = begin(made)
        for number in (1, 2):
            text = f"Teksti {turn} i {WORD} {number}."
            picture = f"https://gazeta.example/{WORD}-{number}.jpg"
            told = piece(
                number, layer=Layer.FEED, text=text, lead=f"Hyrja {turn} {WORD}.", picture=picture
            )
            store(made, run, told, body=text.encode() * 9)
        write.end_run(made, run, NOON)
    search_index.bring_up(made)
    key = made.conn.execute("SELECT key FROM articles WHERE id = 1").fetchone()[0]
    why = Because(term="panxhë", form=WORD, field="text", snippet=f"i {WORD} në")
    write.save_matches(
        made, "festa", [Match(event="festa", article=key, score=1.0, because=(why,), rules="r")]
    )
    because = [
        {"field": "text", "term": "t", "form": WORD, "snippet": WORD},
        {"field": "headline", "snippet": "Libri 1"},
    ]
    ours = {"outlet": "gazeta-shembull", "lead": WORD, "because": because}
    document = {"pieces": [ours, {"outlet": "tjeter", "lead": "mbetet"}]}
    versions.keep(made, "festa", document, NOON)
    return made


def everything(var: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(var.rglob("*")) if path.is_file())


def test_no_word_of_its_texts_is_left_and_headlines_stay(record: Record, tmp_path: Path) -> None:
    heads = record.conn.execute("SELECT key, url, headline, published FROM articles").fetchall()
    assert STEM in everything(tmp_path / "var")
    done = prune_outlet(record, "gazeta-shembull", at=NOON)
    assert done.snapshots == 4
    assert record.conn.execute(
        "SELECT key, url, headline, published FROM articles"
    ).fetchall() == heads  # fmt: skip
    record.close()
    assert STEM not in everything(tmp_path / "var")
    assert list((tmp_path / "var/snapshots").iterdir()) == []


def test_verify_says_pruned_and_not_changed(record: Record, tmp_path: Path) -> None:
    prune_outlet(record, "gazeta-shembull", at=NOON)
    last = sealing.latest(record)
    assert last is not None
    assert (last.what, last.why, last.leaves) == ("pruned", "gazeta-shembull asked", 4)
    found = verify_record(record.path, tmp_path / "var/snapshots")
    assert (found.damage, found.seal and found.seal.pruned) == ((), 4)


def test_kept_reports_and_matches_lose_the_words_alone(record: Record) -> None:
    prune_outlet(record, "gazeta-shembull", at=NOON)
    told = versions.load(record, "festa", 1)
    assert told is not None
    assert [piece["lead"] for piece in told["pieces"]] == [None, "mbetet"]
    assert [why["snippet"] for why in told["pieces"][0]["because"]] == ["", "Libri 1"]
    assert versions.next_number(record, "festa", told) == 1
    assert record.conn.execute("SELECT event FROM matches").fetchall() == [("festa",)]


def test_another_outlet_and_a_dry_run_lose_nothing(record: Record) -> None:
    before = read.logical_dump(record)
    assert prune_outlet(record, "gazeta-shembull", at=NOON, dry_run=True).snapshots == 4
    assert prune_outlet(record, "tjeter", at=NOON).snapshots == 0
    assert read.logical_dump(record) == before


def test_once_more_changes_nothing(record: Record) -> None:
    prune_outlet(record, "gazeta-shembull", at=NOON)
    before = read.logical_dump(record)
    assert prune_outlet(record, "gazeta-shembull", at=NOON).snapshots == 0
    assert (read.logical_dump(record), len(list(sealing.lines(record.conn)))) == (before, 3)


def test_while_somebody_reads_on_it_says_that_the_file_still_holds_them(
    record: Record, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(record.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM articles").fetchone()
        record.conn.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(RecordRefused, match="run the same command again"):
            prune_outlet(record, "gazeta-shembull", at=NOON)
        reader.execute("COMMIT")
    # the log and the file itself, with the record still open
    prune_outlet(record, "gazeta-shembull", at=NOON)
    assert STEM not in everything(tmp_path / "var")
    assert verify_record(record.path, tmp_path / "var/snapshots").whole
