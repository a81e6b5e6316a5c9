"""What the owner of a site asks in robots.txt holds, whatever the bytes it is written in."""

from __future__ import annotations

import codecs
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from crawler.limits import ROBOTS
from crawler.reading.robots import robots_text, sitemaps_of

CLOSED = "User-agent: *\nDisallow: /\n"
PART = "User-agent: *\nDisallow: /lajme/\nSitemap: https://gazeta.example/harta.xml\n"
NEWS, HOME = "https://gazeta.example/lajme/1", "https://gazeta.example/kulture/1"
MARK = "\ufeff"


def rules(body: bytes | str, charset: str | None = None) -> Protego:
    told = body.encode() if isinstance(body, str) else body
    return Protego.parse(robots_text(told, charset))


WRITTEN = {
    "plain": PART.encode(),
    "a mark": codecs.BOM_UTF8 + PART.encode(),
    "two marks": codecs.BOM_UTF8 * 2 + PART.encode(),
    "a mark saved as letters": b"\xc3\xaf\xc2\xbb\xc2\xbf" + PART.encode(),
    "a mark before each line": "".join(MARK + line for line in PART.splitlines(True)).encode(),
    "a mark within the field": PART.replace("agent", f"{MARK}agent").encode(),
    "utf-16, little": codecs.BOM_UTF16_LE + PART.encode("utf-16-le"),
    "utf-16, big": codecs.BOM_UTF16_BE + PART.encode("utf-16-be"),
    "utf-16 without a mark": PART.encode("utf-16-le"),
    "utf-16, big, without a mark": PART.encode("utf-16-be"),
    "utf-32, little": codecs.BOM_UTF32_LE + PART.encode("utf-32-le"),
    "utf-32, big": codecs.BOM_UTF32_BE + PART.encode("utf-32-be"),
    "code page behind": PART.encode() + "# përgjithësisht\n".encode("cp1250"),
    "code page before": "# çdo robot\n".encode("latin-1") + PART.encode(),
    "empty bytes": PART.replace("\n", "\0\n").encode(),
    "old Mac": PART.replace("\n", "\r").encode(),
    "Windows": PART.replace("\n", "\r\n").encode(),
    "the wrong way round": PART.replace("\n", "\n\r").encode(),
    "line separators": PART.replace("\n", "\u2028").encode(),
    "paragraph separators": PART.replace("\n", "\u2029").encode(),
    "next lines": PART.replace("\n", "\u0085").encode(),
    "form feeds": PART.replace("\n", "\f").encode(),
    "blank lines between": PART.replace("\n", "\n\n").encode(),
    "comments between": PART.replace("\n", "\n# për robotët\n\n").encode(),
    "zipped": gzip.compress(PART.encode()),
    "marks nobody sees": PART.replace("*", "\u200b*\u200e").encode(),
    "hard spaces": PART.replace(": ", ":\u00a0").encode(),
    "wide colons": PART.replace(": ", "\uff1a").encode(),
    "a typographer's hyphen": PART.replace("User-agent", "User\u2013agent").encode(),
    "capitals": PART.replace("User-agent", "USER-AGENT").replace("Dis", "DIS").encode(),
    "a notice before": b"<br />\n<b>Warning</b>:  harta on line <b>3</b><br />" + PART.encode(),
    "as a page": f"<html><pre>{PART}</pre></html>".encode(),
    "a break for an end": PART.replace("\n", "<br>").encode(),
}


@pytest.mark.parametrize("body", WRITTEN.values(), ids=WRITTEN)
def test_rules_hold_however_they_are_written(body: bytes) -> None:
    held = rules(body)
    assert not held.can_fetch(NEWS, "Jehona")
    assert held.can_fetch(HOME, "Jehona")
    assert list(held.sitemaps) == ["https://gazeta.example/harta.xml"]


@pytest.mark.parametrize(
    "body",
    [
        f"{MARK}User-agent: GPTBot\nUser-agent: Jehona\nDisallow: /lajme/\n",
        "User-agent: GPTBot\n\n# edhe ky\n\nUser-agent: Jehona\n\nDisallow: /lajme/\n",
        "User-agent: GPTBot\nSitemap: https://g.example/h\nUser-agent: Jehona\nDisallow: /lajme/",
        "User-agent: Jehona/0.1.0 (+press@office.example)\nDisallow: /lajme/\n",
        "User-agent: GPTBot, Jehona\nDisallow: /lajme/\n",
        'User-agent: "jehona"\nDisallow: /lajme/\n',
        "User-agent: JEHONA  # i zyrës\nDisallow: /lajme/\n",
    ],
)
def test_we_are_meant_by_our_name(body: str) -> None:
    held = rules(body)
    assert not held.can_fetch(NEWS, "Jehona")
    assert held.can_fetch(HOME, "Jehona")
    assert held.can_fetch(NEWS, "Strange")


@pytest.mark.parametrize("page", ["cp1252", "latin-1", "cp1250", "iso-8859-2"])
@pytest.mark.parametrize("declared", [None, "iso-8859-1", "windows-1250", "utf-8", "nonsense\0"])
def test_a_path_in_a_code_page_is_refused_in_every_spelling(
    page: str, declared: str | None
) -> None:
    held = rules("User-agent: *\nDisallow: /çështje/\n".encode(page), declared)
    assert not held.can_fetch("https://gazeta.example/%C3%A7%C3%ABshtje/1", "Jehona")
    assert not held.can_fetch("https://gazeta.example/%E7%EBshtje/1", "Jehona")
    assert held.can_fetch(NEWS, "Jehona")


def test_a_declared_code_page_tells_which_letters_they_are() -> None:
    held = rules("User-agent: *\nDisallow: /вести/\n".encode("cp1251"), "windows-1251")
    path = "%D0%B2%D0%B5%D1%81%D1%82%D0%B8"
    assert not held.can_fetch(f"https://gazeta.example/{path}/1", "Jehona")


@pytest.mark.parametrize(
    "body",
    [
        "<!doctype html><html><head><title>404</title></head><body>User-agent</body></html>",
        '{"code": "rest_no_route", "data": {"status": 404}}',
        "",
        MARK,
        "\0" * 64,
    ],
)
def test_what_is_no_robots_txt_forbids_nothing(body: str) -> None:
    assert rules(body).can_fetch(NEWS, "Jehona")


def test_marks_within_a_path_belong_to_it() -> None:
    held = rules("User-agent: *\nDisallow: /می\u200cخواهم/\n")
    assert not held.can_fetch("https://gazeta.example/می\u200cخواهم/1", "Jehona")
    assert held.can_fetch("https://gazeta.example/میخواهم/1", "Jehona")


@pytest.mark.parametrize(
    ("told", "seconds"), [("2", 2.0), ("2,5", 2.5), ("0.5", 0.5), ("10s", 10.0), ("shumë", None)]
)
def test_a_crawl_delay_with_a_comma_or_a_unit(told: str, seconds: float | None) -> None:
    assert rules(f"User-agent: *\nCrawl-delay: {told}\n").crawl_delay("Jehona") == seconds


def test_no_line_is_cut_in_two_at_the_bound() -> None:
    rule = b"Disallow: /lajme/e-vjeter/\n"
    body = b"User-agent: *\n" + rule * (ROBOTS // len(rule) + 10)
    last = robots_text(body).splitlines()[-1]
    assert last == "disallow: /lajme/e-vjeter/"


def test_a_zipped_one_is_unpacked_to_the_bound_and_no_further() -> None:
    bomb = gzip.compress(b"User-agent: *\nDisallow: /\n" + b"#\n" * 5_000_000)
    assert len(robots_text(bomb)) <= ROBOTS
    assert not rules(bomb).can_fetch(NEWS, "Jehona")


@given(st.binary(max_size=400))
def test_any_bytes_are_read(body: bytes) -> None:
    rules(body).can_fetch(NEWS, "Jehona")


@given(st.text(max_size=60).filter(lambda words: "\0" not in words), st.sampled_from(["\n", "\r"]))
def test_no_comment_before_takes_the_rules_away(words: str, end: str) -> None:
    comment = "#" + " ".join(words.split())
    assert not rules(f"{comment}{end}{CLOSED}").can_fetch(NEWS, "Jehona")


SITEMAPS = {
    "absolute": ("https://gazeta.example/s.xml", "https://gazeta.example/s.xml"),
    "relative": ("/harta/s.xml", "https://gazeta.example/harta/s.xml"),
    "bare": ("s.xml", "https://gazeta.example/s.xml"),
    "no-scheme": ("//cdn.gazeta.example/s.xml", "https://cdn.gazeta.example/s.xml"),
    "quoted": ('"/s.xml"', "https://gazeta.example/s.xml"),
    "bracketed": ("<https://gazeta.example/s.xml>", "https://gazeta.example/s.xml"),
    "escaped": ("/s.php?a=1&amp;b=2", "https://gazeta.example/s.php?a=1&b=2"),
    "comment": ("/s.xml # lajmet", "https://gazeta.example/s.xml"),
    "letters": ("/hartë s.xml", "https://gazeta.example/hartë s.xml"),
    "empty": ("", None),
    "broken": ("http://[gazeta/s.xml", None),
    "script": ("javascript:alert(1)", None),
}


@pytest.mark.parametrize(("value", "address"), SITEMAPS.values(), ids=SITEMAPS)
@pytest.mark.parametrize("field", ["Sitemap", "SITEMAP ", "\ufeffsitemap"])
def test_a_sitemap_line(field: str, value: str, address: str | None) -> None:
    body = f"{field}: {value}\nUser-agent: *\nDisallow: /admin/\n{field}: {value}\n".encode()
    named = sitemaps_of(robots_text(body), "https://gazeta.example/robots.txt")
    assert named == ((address,) if address else ())
