"""A person points at two headlines of a site's kept front page: the list that they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from crawler.config.outlet_file import outlet_text
from crawler.config.outlets import read_outlet
from crawler.files import write_whole
from crawler.limits import BODY
from crawler.models import Evidence, Find, Outlet
from crawler.reading.finder import Shape, Sheet, pager_of, sheet_of, taught
from crawler.reading.page.harmless import harmless_tree
from crawler.urls import belongs
from jehona.actions.errors import NothingDone, Wrong
from jehona.actions.office import Office
from jehona.actions.site_look import SiteLook

# Links that can be pointed at; a front page has 50 to 300.
MOST: Final = 400
# Letters of a link that is shown, of the shortest that may be a headline.
SHOWN, SHORTEST = 160, 8
ROWS: Final = 10
# What somebody points at: two tell a pattern.
POINTED: Final = 2
OK: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A link of the page, which may be a headline."""

    # its place on the page, by which it is pointed at
    number: int
    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage:
    """The front page that a look kept."""

    headlines: tuple[Headline, ...]
    sheet: Sheet


def front_page(office: Office, look: SiteLook) -> FrontPage:
    """What can be pointed at. Raises NothingDone where no page is kept any more."""
    outlet = _outlet(office, look)
    for kept, body in _pages(office, look):
        sheet = sheet_of(
            body,
            url=str(kept["landed"] or kept["url"]),
            charset=kept.get("charset"),
            fetched=datetime.fromisoformat(str(kept["fetched"])),
            zone=outlet.zone or office.workspace.zone,
            is_own=lambda url: belongs(url, outlet),
        )
        headlines = tuple(_headlines(sheet)) if sheet else ()
        if sheet and len(headlines) >= POINTED:
            return FrontPage(headlines=headlines, sheet=sheet)
    raise NothingDone("no page of the site is kept: look at it again")


def shown(page: FrontPage, address: str) -> str:
    """The page's words, harmless; what can be pointed at leads to `address` with its number."""
    numbers = {one.number for one in page.headlines}
    leads = {
        link.element: f"{address}{link.place}" for link in page.sheet.links if link.place in numbers
    }
    return harmless_tree(page.sheet.root, leads)


def teach(office: Office, look: SiteLook, numbers: Sequence[int]) -> SiteLook:
    """The look with the list in which two headlines stand, in place of what was proposed.

    Raises Wrong for fewer than two, NothingDone where they stand in no common list.
    """
    page = front_page(office, look)
    by_number = {one.number: one for one in page.headlines}
    chosen = [by_number[number] for number in dict.fromkeys(numbers) if number in by_number]
    if len(chosen) != POINTED:
        raise Wrong("two headlines are wanted, neither more nor fewer")
    shape = taught(page.sheet, [one.url for one in chosen])
    if shape is None:
        raise NothingDone("these two stand in no common list: choose two of one column")
    return _with(office, look, page.sheet, shape)


def _with(office: Office, look: SiteLook, sheet: Sheet, shape: Shape) -> SiteLook:
    pager = pager_of(sheet, len(shape.rows))
    find = replace(shape.find, url=sheet.url)
    if pager:
        find = replace(find, url=pager.url, first=pager.first, step=pager.step)
    outlet = replace(
        _outlet(office, look), find=(find,), evidence=(_evidence(office, find, len(shape.rows)),)
    )
    document = look.document
    told = {
        "outlet": document["outlet"],
        "ways": [_way(find, shape)],
        "refused": [one for one in document["refused"] if one["url"] != find.url],
        "rows": [_row(sheet, row) for row in shape.rows[:ROWS]],
        "notes": [],
        "requests": document["requests"],
        "answers": document["answers"],
        "file": outlet_text(outlet),
        "written": None,
    }
    return SiteLook(document=told)


def _way(find: Find, shape: Shape) -> dict[str, Any]:
    return {
        "way": find.way.value,
        "url": find.url,
        "outcome": "complete",
        "rows": len(shape.rows),
        "listed": None,
        "newest": shape.newest,
        "oldest": min(shape.dates, default=None),
        "note": f"{len(shape.rows)} rows",
        "next_step": None,
    }


def _row(sheet: Sheet, row: Any) -> dict[str, Any]:
    moment = sheet.reads(row.date) if row.date else None
    published = moment.isoformat() if moment else None
    return {"url": row.url, "headline": row.headline, "published": published}


def _evidence(office: Office, find: Find, rows: int) -> Evidence:
    today = office.clock().astimezone(ZoneInfo(office.workspace.zone)).date()
    note = f"{rows} rows, by two headlines that a person pointed at"
    return Evidence(what=find.way.value, grade="A", seen=today, note=note)


def _outlet(office: Office, look: SiteLook) -> Outlet:
    """The outlet of the proposed file."""
    file = _folder(office, look) / f"{look.slug}.toml"
    write_whole(file, str(look.document["file"]), replace=True)
    return read_outlet(file)


def _folder(office: Office, look: SiteLook) -> Path:
    """Where the answers of the look lie: in var/probes, and nowhere else."""
    folder = Path(str(look.document["answers"])).resolve()
    if not folder.is_relative_to((office.workspace.var / "probes").resolve()):
        raise NothingDone("no page of the site is kept: look at it again")
    return folder


def _pages(office: Office, look: SiteLook) -> Iterator[tuple[Mapping[str, Any], bytes]]:
    """The pages that came, in order, each as it came."""
    folder = _folder(office, look)
    try:
        listed = json.loads((folder / "answers.json").read_text("utf-8"))
        for kept in listed:
            if "html" in str(kept["content-type"]).lower() and kept["status"] == OK:
                with (folder / Path(str(kept["file"])).name).open("rb") as file:
                    yield kept, file.read(BODY)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NothingDone("no page of the site is kept: look at it again") from error


def _headlines(sheet: Sheet) -> Iterator[Headline]:
    """Links with words, each address once."""
    seen = set[str]()
    for link in sheet.links:
        if len(link.text) >= SHORTEST and link.url not in seen and len(seen) < MOST:
            seen.add(link.url)
            yield Headline(number=link.place, text=link.text[:SHOWN], url=link.url)
