"""A real PostgreSQL for the tests of the pool; skipped where there is none, unless required."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from tests.pool.postgres import PASSWORD, Server, missing, server

NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgresql(require: Callable[[str, str | None], None]) -> Iterator[Server]:
    require("postgresql", missing())
    with server() as running:
        yield running


@pytest.fixture
def dsn(postgresql: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of one test; its password is in the environment."""
    import psycopg  # noqa: PLC0415 - of an extra

    name = f"pool{next(NUMBERS)}"
    with psycopg.connect(postgresql.dsn("postgres"), password=PASSWORD, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    monkeypatch.setenv("JEHONA_POOL_PASSWORD", PASSWORD)
    return postgresql.dsn(name)
