"""The forms of a list's rows beside plain CSS: attributes, bare lines, day headings, data."""

from __future__ import annotations

import json

import pytest

from crawler.models import Find, Way
from crawler.reading import Unreadable
from crawler.reading.listings import parse_listing

HOME = "https://pasqyra.example/lajme/"
NAMES = ("Mulliri i fshatit hapet sërish", "Kori i grave fton në provë", "Ura e vjetër ndriçohet")
DAYS = ("12.05.2026", "11.05.2026", "10.05.2026")
ROWS = tuple(zip(NAMES, DAYS, strict=True))


def told(body: str, **find: str | None) -> list[tuple[str, str | None, str | None]]:
    """Address, headline and date of each row."""
    declared = Find(way=Way.LISTING, url=HOME, **find)  # type: ignore[arg-type]
    rows = parse_listing(body.encode(), url=HOME, charset="utf-8", find=declared)
    return [
        (row.url.removeprefix("https://pasqyra.example"), row.headline, row.date) for row in rows
    ]


def page(rows: str) -> str:
    return f"<html><body><main>{rows}</main></body></html>"


FLAT = "".join(
    f'<h3><a href="/l/{n}">{name}</a></h3><p>Fjali.</p><em>{day}</em><hr>'
    for n, (name, day) in enumerate(ROWS)
)
BARE = "".join(
    f'<a href="/l/{n}">{name}</a><br>{day}, ora 10:30<br><br>' for n, (name, day) in enumerate(ROWS)
)
ALT = "".join(
    f'<div class="v"><a href="/l/{n}"><img alt="{name}"></a><b>{name[:9]}…</b><i>{day}</i></div>'
    for n, (name, day) in enumerate(ROWS)
)
OWN = "".join(f'<li><a href="/l/{n}">{name}</a> {day}</li>' for n, (name, day) in enumerate(ROWS))
HEADED = "".join(
    f'<h4>{day}</h4><ul><li><i>10.30</i><a href="/l/{n}">{name}</a></li></ul>'
    for n, (name, day) in enumerate(ROWS)
)
LINKED = "".join(
    f'<div data-href="/l/{n}"><b>{name}</b><i>{day}</i></div>' for n, (name, day) in enumerate(ROWS)
)
TABLES = (
    "<table><tr><td><table>"
    + "".join(
        f'<tr><td><a href="/l/{n}">{name}</a></td><td>{day}</td></tr>'
        for n, (name, day) in enumerate(ROWS)
    )
    + "</table></td></tr></table>"
)
FORMS: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "a date beside the heading": (FLAT, {"row": "h3", "link": "a", "date": "~ em"}, DAYS),
    "a bare line behind": (
        BARE,
        {"row": "main > a", "link": "a", "date": "~"},
        tuple(f"{d}, ora 10:30" for d in DAYS),
    ),
    "an attribute": (
        ALT,
        {"row": "div.v", "link": "a", "headline": "img::attr(alt)", "date": "i"},
        DAYS,
    ),
    "its own text": (OWN, {"row": "li", "link": "a", "date": "li::text"}, DAYS),
    "a heading and a clock": (
        HEADED,
        {"row": "li", "link": "a", "date": "i", "day": "h4"},
        tuple(f"{d}, 10:30" for d in DAYS),
    ),
    "an address in an attribute": (
        LINKED,
        {"row": "main > div", "link": "div::attr(data-href)", "headline": "b", "date": "i"},
        DAYS,
    ),
    "tables in tables": (TABLES, {"row": "tr", "link": "a", "date": "td:nth-of-type(2)"}, DAYS),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_row_is_read_in_every_form(form: str) -> None:
    body, find, days = FORMS[form]
    wanted = [(f"/l/{n}", name, day) for n, (name, day) in enumerate(zip(NAMES, days, strict=True))]
    assert told(page(body), **find) == wanted


POSTS = [
    {"slug": f"l-{n}", "id": n, "title": name, "at": f"2026-05-1{n}T10:00:00Z"}
    for n, name in enumerate(NAMES)
]
DATA = json.dumps({"a": {"posts": POSTS}})
HELD: dict[str, str] = {
    "a script of data": f'<script type="application/json" id="x">{DATA}</script>',
    "an assignment": f"<script>var v = 1; window.__DATA__ = {DATA};</script>",
    "an attribute": f"<div data-page='{DATA}'></div>",
    "the answer itself": DATA,
}


@pytest.mark.parametrize("held", HELD)
def test_rows_that_are_data(held: str) -> None:
    body = HELD[held]
    body = body if body.startswith("{") else page(body)
    rows = told(body, json="a.posts", link="/artikull/{id}/{slug}", headline="title", date="at")
    assert rows == [
        (f"/artikull/{n}/l-{n}", name, f"2026-05-1{n}T10:00:00Z") for n, name in enumerate(NAMES)
    ]


def test_markup_in_data_is_read_by_its_rows() -> None:
    body = json.dumps({"ok": True, "html": OWN})
    rows = told(body, json="html", row="li", link="a", date="li::text")
    assert [headline for _, headline, _ in rows] == list(NAMES)
    assert told(json.dumps({"ok": True, "html": ""}), json="html", row="li", link="a") == []


MOMENTS = {
    1778580000: "2026-05-12T10:00:00+00:00",
    1778580000000: "2026-05-12T10:00:00+00:00",
    7: None,
    True: None,
}


@pytest.mark.parametrize(("number", "moment"), MOMENTS.items(), ids=str)
def test_numbers_are_seconds_or_thousandths(number: int, moment: str | None) -> None:
    posts = [
        {"url": "/l/1", "title": NAMES[0], "at": number},
        {"url": "/l/2", "title": NAMES[1], "at": "dje"},
    ]
    assert (
        told(json.dumps(posts), json=".", link="url", headline="title", date="at")[0][2] == moment
    )


def test_the_end_of_a_list_of_data_is_empty() -> None:
    assert told('{"a": []}', json="a", link="url") == []


@pytest.mark.parametrize(
    ("body", "find", "words"),
    [
        ('{"a": 1}', {"json": "b", "link": "url"}, 'json = "b" leads to no list'),
        ('{"a": [{"url": ""}]}', {"json": "a", "link": "url"}, 'link = "url" finds no address'),
        ('{"a": [{"url": "/l"}]}', {"json": "a", "link": "url", "date": "at"}, 'date = "at" finds'),
        ('{"a": 1}', {"json": "html", "row": "li", "link": "a"}, 'json = "html" leads to no'),
        (page(OWN), {"row": "li", "link": "a", "day": "h4"}, 'day = "h4" finds nothing above'),
    ],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_a_broken_declaration(
    body: str, find: dict[str, str], words: str
) -> None:
    with pytest.raises(Unreadable, match=words.replace("(", r"\(")):
        told(body, **find)
