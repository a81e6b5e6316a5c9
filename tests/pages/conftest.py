"""A desk without a server: pages asked for as a browser asks, in this process."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jehona.actions.desk_access import Access, DeskKeys
from jehona.desk.app import make_desk
from jehona.desk.house import House
from jehona.desk.opening import office_source
from tests.desk.conftest import Desk, desk, filled
from tests.mail.conftest import postbox

with warnings.catch_warnings():
    # it would like httpx2; httpx comes with datasette
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

__all__ = ["desk", "filled", "postbox"]

PORT = 8470
HOST = f"http://127.0.0.1:{PORT}"
NOON = datetime(2025, 5, 21, 10, tzinfo=UTC)


@dataclass
class Browser:
    """Somebody's browser at a desk."""

    house: House
    client: TestClient
    clock: Clock

    def get(self, path: str, **options: Any) -> Any:
        """A page, without following where it leads."""
        return self.client.get(path, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> Any:
        """A form of the desk's own page."""
        headers = {"origin": HOST, "sec-fetch-site": "same-origin", **options.pop("headers", {})}
        return self.client.post(path, data=data or {}, headers=headers, **options)

    def link(self) -> str:
        """A fresh one-time link."""
        return self.house.access.link(HOST).removeprefix(HOST)

    def enter(self, name: str | None = "Ana") -> Browser:
        """Comes in, and says who it is."""
        assert self.get(self.link()).status_code == 303
        if name:
            assert self.post("/who", {"name": name}).status_code == 303
        return self


@dataclass
class Clock:
    """What time it is; a test turns it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def turn(self, by: timedelta) -> None:
        self.now += by


Sit = Callable[..., Browser]


@pytest.fixture
def sit(tmp_path: Path) -> Sit:
    """`sit(root)`: a browser at the desk of a workspace, before the door."""

    def give(
        root: Path, *, url: str | None = None, language: str = "en", base: str = HOST
    ) -> Browser:
        clock = Clock()
        house = House(
            office_source=office_source(root),
            access=Access(keys=DeskKeys(root / "var"), clock=clock),
            port=PORT,
            url=url,
            home=tmp_path / "Jehona",
            clock=clock,
            environ={"JEHONA_LANGUAGE": language},
        )
        client = TestClient(make_desk(house), base_url=base, follow_redirects=False)
        return Browser(house, client, clock)

    return give


@pytest.fixture
def ana(sit: Sit, desk: Desk) -> Browser:
    """Ana at the desk of an office with an outlet and an event, nothing gathered yet."""
    return sit(desk.root).enter()
