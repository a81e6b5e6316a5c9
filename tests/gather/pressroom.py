"""A press room of the tests: desks of the fictional newsroom and the commands typed beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from jehona import cli
from jehona.demo import Asked, Desk, Newsroom

ZONE = "Europe/Tirane"
CONTENT = ("/robots.txt", "/wp-json", "/feed", "?m=", "?feed=", "?paged=")

WAYS = {
    "wordpress": ("/wp-json/", ""),
    "feed": ("/feed/", ""),
    "sitemap": ("/", ""),
    "sitemap-shared": ("/", ""),
    "listing": (
        "/page/{page}/",
        'row = "article"\nlink = "h2 a"\nheadline = "h2"\ndate = "time"',
    ),
    "listing-shared": (
        "/category/te-gjitha?faqja={page}",
        'row = ".lajm"\nlink = "h3 a"\nheadline = "h3"\ndate = ".data"',
    ),
}
# way -> path and selectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A command that ended."""

    code: int
    # exit code
    out: str
    # stdout
    err: str
    # stderr

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    def of(self, outlet: str) -> Any:
        """What `crawl --json` says of one outlet."""
        return next(row for row in self.json["outlets"] if row["outlet"] == outlet)


class Pressroom:
    """A workspace whose outlets are desks served on loopback."""

    def __init__(
        self, folder: Path, newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self.newsroom, self.capsys = folder, newsroom, capsys
        (folder / "outlets").mkdir()
        (folder / "events").mkdir()
        (folder / "jehona.toml").write_text(f'zone = "{ZONE}"\n', "utf-8")

    def outlet(self, desk: Desk, *ways: str, extra: str = "") -> None:
        """An outlet file for a desk; `ways` in order of preference."""
        lines = [f'name = "{desk.name}"', f'home = "{desk.address}/"', 'languages = ["sq"]']
        lines += ["delay = 0.0", extra]
        for way in ways:
            path, selectors = WAYS[f"{way}-shared" if desk.system == "shared" else way]
            lines += ["[[find]]", f'way = "{way}"', f'url = "{desk.address}{path}"', selectors]
        (self.folder / "outlets" / f"{desk.slug}.toml").write_text("\n".join(lines), "utf-8")

    def type(self, *words: str) -> Typed:
        """Type `jehona WORDS` in this workspace."""
        self.capsys.readouterr()
        typed = ["-w", str(self.folder), *words]
        code = cli.run(lambda: cli.build()(typed, prog_name="jehona", standalone_mode=False))
        out, err = self.capsys.readouterr()
        return Typed(code=code, out=out, err=err)

    def crawl(self, *words: str, outlets: Sequence[Desk] = ()) -> Typed:
        """`jehona crawl --json` of these desks, all by default."""
        asked = [desk.slug for desk in outlets] or list(self.newsroom.desks)
        named = [word for slug in asked for word in ("--outlet", slug)]
        return self.type("crawl", "--json", *named, *words)

    def asked(self, desk: Desk) -> list[str]:
        """What the desk was asked, in order."""
        return self.newsroom.asked(desk.slug)

    def pages(self, desk: Desk) -> list[Asked]:
        """Requests that are neither robots.txt nor a listing."""
        log = [entry for entry in self.newsroom.log if entry.desk == desk.slug]
        return [entry for entry in log if not any(part in entry.target for part in CONTENT)]


@contextmanager
def pressroom(
    folder: Path, capsys: pytest.CaptureFixture[str], *desks: Desk
) -> Iterator[Pressroom]:
    """Serve the desks and open a workspace beside them."""
    newsroom = Newsroom(list(desks), clock=lambda: datetime.now(UTC))
    with newsroom.open():
        yield Pressroom(folder, newsroom, capsys)
