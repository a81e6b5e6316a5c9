"""REST rows and the index, on pages recorded from a real WordPress 6.1 with invented posts.

`pages/` holds what it answered; only its address was changed (and the index pruned to the routes
that matter). The custom types `histori`, `product` and `lajme` were registered by a test plugin.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.models import Alias, Layer, Outlet, Reading
from crawler.reading import Unreadable
from crawler.reading.rest import (
    RestIndex,
    RestRow,
    parse_rest_index,
    parse_rest_page,
    parse_rest_row,
    read_rest_row,
    rest_lead,
    rest_page,
    site_zone,
)

PAGES = Path(__file__).parent / "pages"
FETCHED = datetime(2024, 6, 20, 12, tzinfo=UTC)
OUTLET = Outlet(slug="gazeta", name="Gazeta", home="http://gazeta.example:8091", languages=("sq",))
SITE = {"zone": "Europe/Tirane", "base": "posts"}


def page(name: str = "posts.json") -> bytes:
    """A recorded answer."""
    return (PAGES / name).read_bytes()


def post(**fields: Any) -> dict[str, Any]:
    """One invented post."""
    given: dict[str, Any] = {
        "id": 7,
        "type": "post",
        "link": "https://gazeta.example/2024/06/hapet/",
        "guid": {"rendered": "https://gazeta.example/?p=7"},
        "date": "2024-06-15T10:30:00",
        "date_gmt": "2024-06-15T08:30:00",
        "modified": "2024-06-16T10:30:00",
        "modified_gmt": "2024-06-16T08:30:00",
        "title": {"rendered": "Hapet panairi &#8211; sot"},
        "excerpt": {"rendered": "<p>Hyrja &euml;sht&euml; falas [&hellip;]</p>\n"},
        "content": {"rendered": "<p>Hyrja është falas.</p><p>Deri të dielën.</p>"},
    }
    return given | fields


def row(**fields: Any) -> RestRow:
    """The same as parsed."""
    return parse_rest_page(json.dumps([post(**fields)]).encode())[0]


def reading(site: dict[str, str] | None = None, **fields: Any) -> Reading:
    """What the post says."""
    site = site or SITE
    lead = rest_lead(row(**fields), base=site["base"], site_zone=site["zone"], position=0)
    return read_rest_row(lead, outlet=OUTLET, fetched=FETCHED, site=site)


# --- pages ---------------------------------------------------------------------------


def test_a_recorded_page() -> None:
    rows = parse_rest_page(page())
    assert [r.data["id"] for r in rows] == [4, 5, 6, 9, 8, 7]
    assert [r.position for r in rows] == [0, 1, 2, 3, 4, 5]


def test_a_row_keeps_its_very_characters() -> None:
    text = '[ {"id":1,"link":"https://g.example/1"} ,\n{"link":"https:\\/\\/g.example\\/2","id":2}]'
    rows = parse_rest_page(text.encode())
    assert rows[0].raw == '{"id":1,"link":"https://g.example/1"}'
    assert rows[1].raw == '{"link":"https:\\/\\/g.example\\/2","id":2}'


TEXT = json.dumps([post(title={"rendered": "Çmimi është i ri"})], ensure_ascii=False)


@pytest.mark.parametrize(
    "body",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        b"\n\n \t" + TEXT.encode() + b"\n\0",
        TEXT.encode().replace(b"ri", b"r\0i"),
        b"<br />\n<b>Warning</b>: Undefined index in <b>/x.php</b> [7]<br />\n" + TEXT.encode(),
        TEXT.replace("ri", "r\ti").replace("r\ti", "ri\t").encode(),
    ],
    ids=["utf-8", "mark", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "blanks", "nul", "php",
         "raw-tab"],
)  # fmt: skip
def test_the_encodings_of_a_page(body: bytes) -> None:
    (only,) = parse_rest_page(body)
    assert " ".join(only.data["title"]["rendered"].split()) == "Çmimi është i ri"


def test_an_empty_page_is_a_page() -> None:
    assert parse_rest_page(b"[]") == ()


PAST_THE_END = (
    "WordPress says rest_post_invalid_page_number:"
    " The page number requested is larger than the number of pages available."
)


@pytest.mark.parametrize(
    ("body", "reason", "code"),
    [
        (b"", "an empty body, not JSON", None),
        (b" \0\n", "an empty body, not JSON", None),
        (b"<!doctype html><title>A &amp; b</title>", "an HTML page, not JSON: A & b", None),
        (b"<html><body>x", "an HTML page, not JSON", None),
        (b"Too Many Requests\n", "not JSON: 'Too Many Requests'", None),
        (page("error-page-number.json"), PAST_THE_END, "rest_post_invalid_page_number"),
        (b'{"code":"no_x","message":"REST <b>no</b>"}', "WordPress says no_x: REST no", "no_x"),
        (b'{"name":"x"}', "a JSON object, not a page of posts", None),
        (b'{"code":', "the JSON breaks off", None),
        (TEXT.encode()[:-40], "the JSON breaks off after 0 rows", None),
        (TEXT.encode()[:-1] + b",", "the JSON breaks off after 1 rows", None),
        (b"[1 2", "the JSON breaks off after 2 rows", None),
        (b"[" * 100_000, "the JSON breaks off after 0 rows", None),
        (b"[" + b"9" * 5_000 + b"]", "the JSON breaks off after 0 rows", None),
        (b"true", "not JSON: 'true'", None),
    ],
)  # fmt: skip
def test_what_is_no_page_of_posts(body: bytes, reason: str, code: str | None) -> None:
    with pytest.raises(Unreadable) as raised:
        parse_rest_page(body)
    assert (str(raised.value), raised.value.code) == (reason, code)
    assert "\n" not in raised.value.reason


NO_PASSWORD = "an address may not carry a user name or password"


@pytest.mark.parametrize(
    ("value", "note"),
    [
        (None, "row 0 is no post"),
        ([], "row 0 is no post"),
        (post(id=None), "row 0 has no id"),
        (post(id=" "), "row 0 has no id"),
        (post(link=None), "row 0 has no link"),
        (post(link=""), "row 0 has no link"),
        (post(link="javascript:alert(1)"), "row 0 has no link"),
        (post(link="file:///etc/passwd"), "row 0 has no link"),
        (post(link="/2024/hapet"), "row 0 has no link"),
        (post(link="https://a:b@gazeta.example/"), "row 0 has a link that is none: " + NO_PASSWORD),
    ],
)  # fmt: skip
def test_rows_that_can_be_no_article_are_passed_over_by_name(value: Any, note: str) -> None:
    answered = rest_page(json.dumps([value, post()]).encode())
    assert answered.notes == (note,)
    assert [r.data["id"] for r in answered.rows] == [7]
    assert answered.rows[0].position == 0


# --- the index -------------------------------------------------------------------------


def test_the_recorded_index() -> None:
    index = parse_rest_index(page("index.json"))
    assert index.name == "Gazeta Provë & Shokët"
    assert index.zone == "Europe/Tirane"
    assert index.url == "http://gazeta.example:8091"
    assert index.types == (
        ("posts", "wp/v2/posts"),
        ("histori", "wp/v2/histori"),
        ("lajme", "prova/v1/lajme"),
    )


def test_the_index_survives_being_kept() -> None:
    index = parse_rest_index(page("index.json"))
    assert RestIndex.from_json(json.loads(json.dumps(index.to_json()))) == index


@pytest.mark.parametrize(
    ("name", "offset", "zone", "hours"),
    [
        ("Europe/Tirane", 0, "Europe/Tirane", 2),
        ("", 2, "Etc/GMT-2", 2),
        ("", "2", "Etc/GMT-2", 2),
        ("", -5, "Etc/GMT+5", -5),
        ("", 0, "UTC", 0),
        ("", None, "UTC", 0),
        ("", 5.5, "+05:30", 5.5),
        ("", -3.5, "-03:30", -3.5),
        ("", 13.75, "+13:45", 13.75),
        ("Nowhere/Land", 2, "Etc/GMT-2", 2),
        ("../../etc/passwd", 2, "Etc/GMT-2", 2),
        (None, "x", "UTC", 0),
    ],
)
def test_the_clock_of_a_site(name: Any, offset: Any, zone: str, hours: float) -> None:
    index = {"timezone_string": name, "gmt_offset": offset, "routes": {}}
    found = parse_rest_index(json.dumps(index).encode())
    assert found.zone == zone
    moment = datetime(2024, 6, 15, 12, tzinfo=site_zone(found.zone))
    assert moment.utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"routes":[]}', b"<html>", b'{"code":"rest_disabled","message":"No"}',
     b'{"routes":{},"gmt_offset":99}', b'{"routes"'],
)  # fmt: skip
def test_what_is_no_index(body: bytes) -> None:
    with pytest.raises(Unreadable):
        parse_rest_index(body)


@pytest.mark.parametrize(
    "route", [None, {}, {"endpoints": None}, {"endpoints": [None]}, {"endpoints": [{"methods": 1}]},
              {"endpoints": [{"methods": ["GET"], "args": []}]}],
)  # fmt: skip
def test_routes_of_another_shape_are_no_types(route: Any) -> None:
    body = json.dumps({"routes": {"/wp/v2/posts": route}}).encode()
    assert parse_rest_index(body).types == ()


# --- leads --------------------------------------------------------------------------------


def test_a_lead() -> None:
    lead = rest_lead(row(), base="posts", site_zone="Europe/Tirane", position=3)
    assert lead.url == "https://gazeta.example/2024/06/hapet/"
    assert lead.aliases == (
        Alias(kind="post", value="posts:7"),
        Alias(kind="guid", value="https://gazeta.example/?p=7"),
        Alias(kind="url", value="gazeta.example/2024/06/hapet"),
    )
    assert lead.published == datetime(2024, 6, 15, 8, 30, tzinfo=UTC)
    assert lead.position == 3
    assert lead.row["modified_gmt"] == "2024-06-16T08:30:00"
    assert len(lead.digest) == 32


def test_a_guid_loses_its_escapes() -> None:
    guid = {"rendered": "https://gazeta.example/?post_type=histori&#038;p=7"}
    lead = rest_lead(row(guid=guid), base="histori", site_zone="UTC", position=0)
    assert lead.aliases[0].value == "histori:7"
    assert lead.aliases[1].value == "https://gazeta.example/?post_type=histori&p=7"


def test_a_guid_that_two_posts_share_names_neither() -> None:
    body = json.dumps([post(), post(id=8, link="https://gazeta.example/2024/06/tjeter/")]).encode()
    leads = [rest_lead(r, base="posts", site_zone="UTC", position=0) for r in parse_rest_page(body)]
    assert [[alias.kind for alias in lead.aliases] for lead in leads] == [["post", "url"]] * 2


@pytest.mark.parametrize("date_gmt", [None, "", "0000-00-00T00:00:00", "0000-00-00 00:00:00"])
@pytest.mark.parametrize(
    ("zone", "instant"),
    [
        ("Europe/Tirane", "2024-06-15T08:30:00+00:00"),
        ("America/New_York", "2024-06-15T14:30:00+00:00"),
        ("Etc/GMT-2", "2024-06-15T08:30:00+00:00"),
        ("+05:30", "2024-06-15T05:00:00+00:00"),
    ],
)
def test_without_a_date_in_utc_the_sites_clock_counts(
    date_gmt: str | None, zone: str, instant: str
) -> None:
    site = {"zone": zone, "base": "posts"}
    lead = rest_lead(row(date_gmt=date_gmt), base="posts", site_zone=zone, position=0)
    said = reading(site, date_gmt=date_gmt).published
    assert said is not None
    assert lead.published == said.value.instant == datetime.fromisoformat(instant)
    assert (said.raw, said.layer) == ("2024-06-15T10:30:00", "rest:date")


@pytest.mark.parametrize("date", ["1970-01-01T00:00:00", "soon", ""])
def test_a_lead_without_a_readable_date_is_undated(date: str) -> None:
    lead = rest_lead(row(date_gmt=date, date=date), base="posts", site_zone="UTC", position=0)
    assert lead.published is None


NONCE = '<p data-nonce="x9">Hyrja është falas.</p><p id="r1">Deri të dielën.</p>'
SAME: dict[str, dict[str, Any]] = {"attributes": {"content": {"rendered": NONCE}}, "site-zone": {}}


@pytest.mark.parametrize("fields", SAME.values(), ids=SAME)
def test_what_changes_with_every_request_changes_no_digest(fields: dict[str, Any]) -> None:
    first = rest_lead(row(), base="posts", site_zone="Europe/Tirane", position=0)
    again = rest_lead(row(**fields), base="posts", site_zone="UTC", position=9)
    assert again.digest == first.digest


@pytest.mark.parametrize(
    "fields",
    [
        {"title": {"rendered": "Mbyllet panairi"}},
        {"content": {"rendered": "<p>Hyrja është me pagesë.</p>"}},
        {"excerpt": {"rendered": "<p>Ndryshe</p>"}},
        {"modified_gmt": "2024-06-17T08:30:00"},
        {"date_gmt": "2024-06-15T08:31:00"},
        {"link": "https://gazeta.example/2024/06/hapet-2/"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_an_edit_changes_the_digest(fields: dict[str, Any]) -> None:
    first = rest_lead(row(), base="posts", site_zone="UTC", position=0)
    assert (
        rest_lead(row(**fields), base="posts", site_zone="UTC", position=0).digest != first.digest
    )


# --- reading --------------------------------------------------------------------------------

FIELDS = {
    "headline": ("Hapet panairi – sot", "rest:title", "Hapet panairi &#8211; sot"),
    "lead": ("Hyrja është falas…", "rest:excerpt", "<p>Hyrja &euml;sht&euml; falas [&hellip;]</p>"),
    "text": ("Hyrja është falas.\nDeri të dielën.", "rest:content", None),
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_with_its_provenance(field: str) -> None:
    said = getattr(reading(), field)
    assert (said.value, said.layer, said.raw) == FIELDS[field]


@pytest.mark.parametrize(
    ("field", "instant"),
    [("published", "2024-06-15T08:30:00+00:00"), ("modified", "2024-06-16T08:30:00+00:00")],
)
def test_a_date_with_its_provenance(field: str, instant: str) -> None:
    said = getattr(reading(), field)
    assert said.value.instant == datetime.fromisoformat(instant)
    assert (said.value.precision, said.value.rule) == ("minute", "iso")
    assert said.raw == instant[:19]
    assert said.layer in {"rest:date_gmt", "rest:modified_gmt"}


def test_the_rest_of_a_reading() -> None:
    read = reading()
    assert read.layer is Layer.REST
    assert read.language is not None
    assert read.language.value.code == "sq"
    assert (read.byline, read.section, read.notes) == (None, None, ())


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"title": {"rendered": ""}}, "no headline"),
        ({"date_gmt": "2099-01-01T00:00"}, "rest:date_gmt refused (future): 2099-01-01T00:00"),
        ({"date_gmt": "1970-01-01T00:00"}, "rest:date_gmt refused (too-old): 1970-01-01T00:00"),
        ({"date_gmt": None, "date": None}, "rest:date is empty"),
        ({"title": {"rendered": "fjala " * 2_000}}, "headline of 11,999 characters cut to 995"),
        ({"content": {"rendered": "", "protected": True}}, "behind a password at the outlet"),
        ({"content": {"rendered": "<p>x</p>" + " " * 3_000_000}},
         "text of 3,000,008 characters, the first 2,097,152 are read"),
    ],
    ids=["headline", "future", "past", "undated", "long", "password", "large"],
)  # fmt: skip
def test_what_was_refused_or_cut_is_noted(fields: dict[str, Any], note: str) -> None:
    assert note in reading(**fields).notes


def test_without_an_excerpt_the_text_begins_the_lead() -> None:
    words = " ".join(f"fjala{n}" for n in range(60))
    read = reading(excerpt={"rendered": ""}, content={"rendered": f"<p>{words}</p>"})
    assert read.lead is not None
    assert read.lead.value == " ".join(f"fjala{n}" for n in range(55)) + "…"
    assert read.lead.layer == "rest:content"


@pytest.mark.parametrize("value", [None, 5, [], {}, {"rendered": None}, {"rendered": []}])
@pytest.mark.parametrize("field", ["title", "excerpt", "content", "guid", "date", "modified_gmt"])
def test_fields_of_another_type_are_empty(field: str, value: Any) -> None:
    assert reading(**{field: value}).url == "https://gazeta.example/2024/06/hapet/"


def test_a_row_alone_reads_like_one_on_its_page() -> None:
    (on_page,) = parse_rest_page(json.dumps([post()]).encode())
    alone = parse_rest_row(on_page.raw.encode())
    assert alone.data == on_page.data
    with pytest.raises(Unreadable, match="the row has no link"):
        parse_rest_row(b'{"id": 7}')
