"""Labelled rows: sentences taken over, messages carried, statements quoted; none may be wrong.

All is invented, and was labelled before it was first judged. `sets/` holds a row a line.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

from crawler.models import KeyMessage
from crawler.pickup.messages import Message
from crawler.pickup.quotations import quoted
from crawler.pickup.sentences import sentence
from crawler.pickup.taking import Piece, release_of, taken

SETS: Final = Path(__file__).parent / "sets"
# of those to find
LEAST: Final = 0.95


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text("utf-8").splitlines()]


RELEASES: Final = {
    name: release_of(sentences)
    for name, sentences in json.loads((SETS / "releases.json").read_text("utf-8")).items()
}
COPIES: Final = rows("copies")
MESSAGES: Final = rows("messages")
QUOTATIONS: Final = rows("quotations")


def took(row: dict[str, Any]) -> set[int]:
    piece = row["piece"]
    read = Piece.of(piece["headline"], "", piece["body"])
    return {copy.sentence for copy in taken(RELEASES[row["release"]], read).copies}


@pytest.mark.parametrize("row", COPIES, ids=[f"{r['id']} {r['kind']}" for r in COPIES])
def test_exactly_these_sentences_were_taken_over(row: dict[str, Any]) -> None:
    assert took(row) == set(row["sentences"])


def test_every_kind_of_a_copy_and_of_what_only_looks_so_is_there() -> None:
    kinds = Counter(row["kind"] for row in COPIES)
    assert len(kinds) == 14
    assert min(kinds.values()) >= 15


def carried(row: dict[str, Any]) -> bool:
    told = KeyMessage(name="x", name_en=None, any=tuple(map(tuple, row["any"])))
    headline, _, text = row["text"].rpartition("\n")
    piece = Piece.of(headline, "", text)
    return Message(told=told).sentence_of(piece, row["language"]) is not None


@pytest.mark.parametrize(
    "row",
    [row for row in MESSAGES if not row["found"]],
    ids=[f"{r['id']} {r['kind']}" for r in MESSAGES if not r["found"]],
)
def test_no_message_is_found_where_none_is(row: dict[str, Any]) -> None:
    assert not carried(row)


def test_messages_are_found() -> None:
    wanted = [row for row in MESSAGES if row["found"]]
    lost = [f"{row['id']}: {row['text']}" for row in wanted if not carried(row)]
    assert len(lost) <= (1 - LEAST) * len(wanted), lost
    assert len(MESSAGES) >= 40


@pytest.mark.parametrize("row", QUOTATIONS, ids=[f"{r['id']} {r['kind']}" for r in QUOTATIONS])
def test_exactly_these_statements_are_quoted(row: dict[str, Any]) -> None:
    statements = [sentence(words) for words in row["statements"]]
    assert quoted(statements, row["text"]) == set(row["quoted"])
