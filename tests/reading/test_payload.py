"""The payload of an answer, whatever a system prints ahead of it and behind it."""

from __future__ import annotations

import json

import pytest

from crawler.reading import Unreadable
from crawler.reading.payload import (
    AHEAD,
    json_payload,
    json_value,
    page_start,
    text_lines,
    utf8,
    xml_payload,
)
from crawler.reading.rest import parse_rest_index, parse_rest_row, rest_page

NOISE = {
    "none": "",
    "mark": "\ufeff",
    "two-marks": "\ufeff\ufeff",
    "blank-lines": "\n\n \t\r\n",
    "nul": "\0",
    "notice": "<br />\n<b>Notice</b>:  Undefined x in <b>/x/y.php</b> on line <b>9</b><br />\n",
    "warning-in-text": "\nWarning: Invalid argument supplied for foreach() in /x.php on line 3\n",
    "log-line": "[01-Dec-2026 08:00:00 UTC] PHP Deprecated: x is deprecated in /x.php on line 1\n",
    "brackets": "Notice: Cannot use [] for reading, {} given in /x.php on line 4\n",
    "array": "Array\n(\n    [0] => 1\n    [k] => { }\n)\n",
    "database": '<div id="error"><p class="wpdberror"><strong>WordPress database error:</strong>'
    " [Table &#039;x&#039; is marked as crashed]<br /><code>SELECT 1</code></p></div>",
    "xdebug": "<br />\n<font size='1'><table class='xdebug-error xe-notice' dir='ltr'><tr><th>"
    "( ! ) Notice: x in /x.php on line <i>3</i></th></tr></table></font>\n",
    "comment": "<!-- served from a cache, is it not? -->\n",
    "mark-behind-a-notice": "Notice: x in /x.php on line 1\n\ufeff",
    "style": "<style>.x{color:red}</style>",
    "number": "1",
    "ended-page": "<html><body>Fatal</body></html>\n",
}  # fmt: skip
BEHIND = {
    "none": "",
    "comment": "\n<!-- Cached 2026-12-01 -->",
    "notice": "<br />\n<b>Warning</b>:  x in <b>/x.php</b> on line <b>9</b><br />\n",
    "script": '<script>var x = {"a": [1]}</script>',
    "nul": "\0\0",
    "text": "\nDone in 0.2 s [ok]",
}
noise = pytest.mark.parametrize("ahead", NOISE.values(), ids=NOISE)
behind = pytest.mark.parametrize("tail", BEHIND.values(), ids=BEHIND)

ROW = {"id": 7, "link": "https://gazeta.example/7", "title": {"rendered": "Ura [e re] {sot}"}}
ARGS: dict[str, dict[str, str]] = {
    name: {} for name in ("after", "before", "slug", "search", "offset")
}
INDEX = {
    "name": "Gazeta",
    "timezone_string": "Europe/Tirane",
    "routes": {
        "/wp/v2/posts": {
            "endpoints": [{"methods": ["GET"], "args": {**ARGS, "status": {"default": "publish"}}}]
        }
    },
}


@noise
@behind
def test_rows_of_rest(ahead: str, tail: str) -> None:
    page = rest_page((ahead + json.dumps([ROW, ROW]) + tail).encode())
    assert [row.data for row in page.rows] == [ROW, ROW]
    assert json.loads(page.rows[0].raw) == ROW


@noise
@behind
def test_a_row_of_rest(ahead: str, tail: str) -> None:
    row = parse_rest_row((ahead + json.dumps(ROW) + tail).encode())
    assert (row.data, json.loads(row.raw)) == (ROW, ROW)


@noise
@behind
def test_the_index_of_rest(ahead: str, tail: str) -> None:
    index = parse_rest_index((ahead + json.dumps(INDEX) + tail).encode())
    assert (index.name, index.types) == ("Gazeta", (("posts", "wp/v2/posts"),))


@noise
@behind
def test_a_value(ahead: str, tail: str) -> None:
    assert json_value((ahead + json.dumps({"code": "x"}) + tail).encode()) == {"code": "x"}


@pytest.mark.parametrize("ahead", [*NOISE.values()][:8], ids=[*NOISE][:8])
def test_a_page_without_rows_behind_noise_has_none(ahead: str) -> None:
    assert rest_page(f"{ahead}[]".encode()).rows == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "an empty body, not JSON"),
        (b"\xef\xbb\xbf \0\n", "an empty body, not JSON"),
        (b"Notice: nothing came", "not JSON: 'Notice: nothing came'"),
        (b'Notice: x\n{"a": [1, 2', "the JSON breaks off"),
        (b'<!doctype html><title>x</title><script>{"a": 1}</script>', "not JSON: '<!doctype html>"),
    ],
    ids=["empty", "blank", "noise-alone", "broken-off", "page-with-json-inside"],
)
def test_no_json(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as raised:
        json_value(body)
    assert str(raised.value).startswith(reason)


def test_json_is_looked_for_near_the_start_only() -> None:
    far = " x" * AHEAD
    assert json_payload(f'{far}{{"a": 1}}'.encode()) == f'{far}{{"a": 1}}'.strip()


def test_a_long_document_that_breaks_off_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    class Counting(json.JSONDecoder):
        def raw_decode(self, s: str, idx: int = 0) -> tuple[object, int]:
            tried.append(idx)
            return super().raw_decode(s, idx)

    monkeypatch.setattr("crawler.reading.payload._DECODER", Counting(strict=False))
    body = "Notice: x\n" + '[{"a":' * 40 + "[" + "1," * AHEAD
    assert json_payload(body.encode()) == body[10:]
    assert tried == [10]


HOSTILE = {
    "starts": "x" + '{"' * 200_000,
    "arrays": "x" + "[[" * 200_000,
    "objects": "x" + '[{"a":' * 60_000,
    "strings": 'x{"a' * 100_000,
    "blanks": "x" + " " * 400_000 + "{",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_json_is_only_long(text: str) -> None:
    with pytest.raises(Unreadable):
        json_value(text.encode())


def test_json_in_another_charset() -> None:
    assert json_value(json.dumps({"a": "ë"}, ensure_ascii=False).encode("cp1252")) == {"a": "ë"}
    assert json_value(json.dumps({"a": "ë"}, ensure_ascii=False).encode("utf-16")) == {"a": "ë"}


# --- XML -----------------------------------------------------------------------------------

FEED = b'<rss version="2.0"><channel><title>x</title></channel></rss>'


@noise
@behind
def test_a_document_of_xml(ahead: str, tail: str) -> None:
    found = xml_payload(utf8(ahead.encode() + FEED + tail.encode()), ("rss", "feed"))
    assert found is not None
    assert (found.root, found.text, found.whole) == ("rss", FEED, True)


@pytest.mark.parametrize(
    ("text", "root", "whole"),
    [
        ("<rss><channel>", "rss", False),
        ("<rss/>", "rss", True),
        ("<rss", None, False),
        ("<RSS></RSS>", "RSS", True),
        ("<rdf:RDF xmlns:rdf='x'></rdf:RDF>\n", "RDF", True),
        ("<rdf:RDF xmlns:rdf='x'></RDF>", "RDF", False),
        ("<!doctype html><rss></rss>", "rss", True),
        ("<!DOCTYPE html PUBLIC 'x' 'y'>\n<rss></rss>", "rss", True),
        ("<!DOCTYPE rss [<!ENTITY a '<rss>'>]><rss></rss>", "rss", True),
        ("<html><body><rss></rss>", None, False),
        ("<html><body></body></html><rss></rss>", "rss", True),
        ("<rssx></rssx>", None, False),
    ],
)
def test_the_root_and_whether_it_ends(text: str, root: str | None, *, whole: bool) -> None:
    found = xml_payload(text.encode(), ("rss", "rdf", "feed"))
    assert (found and found.root) == root
    assert bool(found and found.whole) == whole


def test_a_doctype_that_never_ends_is_searched_once() -> None:
    assert xml_payload(b"<!DOCTYPE a [" * 5_000, ("rss",)) is None


# --- characters, pages, lines -------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("ë“".encode(), None),
        (b"\xef\xbb\xbf" + "ë“".encode(), None),
        ("ë“".encode("cp1252"), None),
        ("ë“".encode("utf-16"), None),
        ("ë“".encode("utf-16"), "utf-8"),
        ("ë\x01“\0\ufffe\ufeff".encode(), None),
    ],
)
def test_utf8(body: bytes, charset: str | None) -> None:
    assert utf8(body, charset).decode() == "ë“"


@pytest.mark.parametrize(
    ("body", "start"),
    [
        ("<!doctype html><p>x", 0),
        ("<br />\n<b>Notice</b>: x<br />\n<html>", 30),
        ("<!-- x --> <head>", 11),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "x">', 21),
        ("<title>x</title>", 0),
        ("<rss><channel><title>x</title>", None),
        ("<rdf:RDF><title>x", None),
        ("{}", None),
        ("", None),
    ],
)
def test_where_a_page_begins(body: str, start: int | None) -> None:
    assert page_start(body.encode()) == start


@pytest.mark.parametrize(
    "ahead", [NOISE[key] for key in ("notice", "comment", "mark", "blank-lines")]
)
def test_lines(ahead: str) -> None:
    text = utf8(f"{ahead}https://gazeta.example/1\r\nhttps://gazeta.example/2".encode())
    assert text_lines(text)[-2:] == ("https://gazeta.example/1", "https://gazeta.example/2")
