"""What the tests of evidence share: an office, and an authority that stamps its seals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.record import write
from tests.conftest import require_component
from tests.desk.conftest import Desk, desk, filled
from tests.evidence.authority import Authority, at_work, founded, missing
from tests.record.pieces import NOON, begin, piece, store

__all__ = ["desk", "filled"]


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys and certificates of an authority, made once."""
    require_component("openssl", missing())
    return founded(tmp_path_factory.mktemp("authority") / "tsa").folder


@pytest.fixture
def authority(keys: Path) -> Iterator[Authority]:
    """An authority at work on loopback."""
    with at_work(Authority(keys)) as ours:
        yield ours


@pytest.fixture
def kept(filled: Desk) -> Desk:
    """The office, with a finished run whose piece matches."""
    with filled.record() as record:
        run = begin(record)
        store(record, run, piece(50))
        write.end_run(record, run, NOON)
    return filled


@pytest.fixture
def stamping(kept: Desk, authority: Authority) -> Desk:
    """The office, which has its seals stamped."""
    (kept.root / "tsa.pem").write_bytes(authority.root.read_bytes())
    named_in(kept, authority.url)
    return kept


def named_in(office: Desk, url: str) -> None:
    """jehona.toml, with the authority."""
    (office.root / "jehona.toml").write_text(
        f'contact = "zyra@office.example"\n[evidence]\nstamp = "{url}"\nstamp_ca = "tsa.pem"\n',
        "utf-8",
    )
