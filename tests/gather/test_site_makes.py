"""Every make of invented site by its address: understood, and never "complete" where rows lack."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest

from crawler.models import Find, Outlet, Way
from crawler.outcomes import Reason, Trouble
from crawler.probing.site import Proposal, propose
from crawler.probing.ways import Row, listing_probe
from crawler.reading.numbering import FROM_ONE, PAGE, declared
from jehona import cli
from spiders.asking import Answer
from tests.gather import scripted
from tests.gather.site_makes import MAKES, PIECES, Make

SINCE, UNTIL = "2026-05-07", "2026-05-14"
ZONE = "Europe/Tirane"
ROOT = "http://127.0.0.1:8001"
MOST = 12
DEEPEST = 12
# pages of a list that are walked here
OPEN = [name for name, make in MAKES.items() if not make.honest]
CRAWLED = [
    "headings of days above rows with hours", "two table rows a piece", "data of a script",
    "an endpoint of markup", "a feed of one section", "a feed for each section",
    "days on the pieces alone", "one section refused", "drawn in the browser",
    "a front page and no more", "older ones behind a moment", "pages counted from the oldest on",
    "archives by month",
]  # fmt: skip
Told = dict[str, tuple[str | None, str | None]]


class Voice:
    """Asks a make without a network, within the budget of a look."""

    def __init__(self, make: Make) -> None:
        self.make = make
        self.left = MOST - 1
        # robots.txt is asked ahead of everything

    async def get(self, url: str, *, also: Sequence[int] = ()) -> Answer:
        """The answer at `url`. Raises Trouble."""
        if self.left <= 0:
            raise Trouble(Reason.BUDGET, "spent")
        self.left -= 1
        return self.ask(url, also)

    def ask(self, url: str, also: Sequence[int] = ()) -> Answer:
        """The same beside the budget."""
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        said = self.make.answers(unquote(parts.path), query)
        if said is None and 404 not in also:
            raise Trouble(Reason.NOT_FOUND, "404")
        said = said or scripted.GONE
        body = said.body.replace("{ROOT}", ROOT).encode()
        kind = {"content-type": said.kind}
        return Answer(
            url=url, status=said.status, headers=kind, body=body, charset="utf-8",
            fetched=datetime(2026, 5, 20, 20, tzinfo=UTC), landed=url,
        )  # fmt: skip


def proposed(make: Make) -> tuple[Proposal, Voice]:
    voice = Voice(make)
    outlet = Outlet(slug="prova", name="", home=ROOT + make.home, delay=0)
    today = date(2026, 5, 20)
    return asyncio.run(propose(voice, outlet, zone=ZONE, today=today)), voice


def walked(voice: Voice, outlet: Outlet, find: Find) -> list[Row]:
    """The rows of every page of a list."""
    numbering, rows = declared(find) or FROM_ONE, []
    for place in range(1, DEEPEST):
        with suppress(Trouble):
            answer = voice.ask(numbering.address(find.url, place))
            rows += listing_probe(answer, outlet, find, ZONE).rows
        if PAGE not in find.url:
            break
    return rows


def local(moment: datetime | None) -> str | None:
    return moment.astimezone(ZoneInfo(ZONE)).date().isoformat() if moment else None


def right(make: Make) -> Told:
    inside = [p for p in PIECES if SINCE <= p.at.date().isoformat() <= UNTIL]
    return {make.path(p): (p.headline, p.at.date().isoformat()) for p in inside}


def wrong(make: Make, has: Told) -> list[Any]:
    wanted = right(make)
    return [(path, row, has.get(path)) for path, row in wanted.items() if has.get(path) != row]


@pytest.mark.parametrize("name", OPEN)
def test_a_make_is_understood(name: str) -> None:
    make = MAKES[name]
    found, voice = proposed(make)
    rows = [row for probe in found.probes if probe.find.way is Way.FEED for row in probe.rows]
    for find in found.outlet.find:
        rows += walked(voice, found.outlet, find) if find.way is Way.LISTING else []
    has = {row.url.removeprefix(ROOT): (row.headline, local(row.published)) for row in rows}
    if name == "days on the pieces alone":
        has = {path: (said, right(make).get(path, ("", ""))[1]) for path, (said, _) in has.items()}
    assert wrong(make, has) == [], [*found.outlet.find, *found.notes]


def typed(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """What a command says as JSON."""
    capsys.readouterr()
    command = ["-w", str(folder), *words, "--json"]
    with suppress(SystemExit):
        cli.run(lambda: cli.build()(command, prog_name="jehona", standalone_mode=False))
    return json.loads(capsys.readouterr().out)


def recorded(folder: Path, root: str) -> Told:
    """What the record has."""
    if not (folder / "var/coverage.db").exists():
        return {}
    with closing(sqlite3.connect(folder / "var/coverage.db")) as record:
        rows = record.execute("SELECT url, headline, published FROM articles").fetchall()
    days = {url: local(datetime.fromisoformat(when)) if when else None for url, _, when in rows}
    return {url.removeprefix(root): (headline, days[url]) for url, headline, _ in rows}


@pytest.mark.parametrize("name", CRAWLED)
def test_what_was_written_is_crawled_whole_or_said_not_to_be(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make = MAKES[name]
    with scripted.served(make.answers, robots=make.robots) as site:
        (tmp_path / "outlets").mkdir()
        (tmp_path / "jehona.toml").write_text(f'zone = "{ZONE}"\n', "utf-8")
        words = (site.root + make.home, "--slug", "prova", "--yes")
        added = typed(tmp_path, capsys, "outlets", "add", *words)
        assert added["requests"] <= MOST
        days = ("--since", SINCE, "--until", UNTIL)
        crawled = typed(tmp_path, capsys, "crawl", "--outlet", "prova", *days)
        lacking = wrong(make, recorded(tmp_path, site.root))
    assert not lacking or make.honest
    assert not lacking or crawled["outlets"][0]["outcome"] != "complete"


def test_a_site_in_other_clothes_is_looked_at_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make = MAKES["a card that is one link"]
    old = {"way": "listing", "url": "{ROOT}/lajme", "row": "div.e-vjeter", "link": "a"}
    with scripted.served(make.answers) as site:
        scripted.outlet(tmp_path, site, old)
        told = typed(tmp_path, capsys, "outlets", "check", "pasqyra", "--suggest")
    offers = [one for one in told["outlets"][0]["suggestions"] if "[[find]]" in one]
    assert len(offers) == 1
    assert 'row      = "a.karte"' in offers[0]


class NoCertificate(Voice):
    """Speaks http alone."""

    async def get(self, url: str, *, also: Sequence[int] = ()) -> Answer:
        """The answer at `url`. Raises Trouble."""
        if url.startswith("https://"):
            raise Trouble(Reason.CERTIFICATE, "no certificate")
        return await super().get(url, also=also)


def test_a_site_without_certificate_is_asked_by_http_where_nobody_typed_a_scheme() -> None:
    make = MAKES["a card that is one link"]
    outlet = Outlet(slug="prova", name="", home=ROOT.replace("http", "https") + "/", delay=0)
    looks = {plain: propose(
        NoCertificate(make), outlet, zone=ZONE, today=date(2026, 5, 20), plain=plain
    ) for plain in (None, ROOT + "/")}  # fmt: skip
    assert asyncio.run(looks[ROOT + "/"]).outlet.home == ROOT + "/"
    with pytest.raises(Trouble, match="no certificate"):
        asyncio.run(looks[None])
