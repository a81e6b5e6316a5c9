"""Anything may come as a page: an answer or a named refusal, never another exception, never a hang.

Seeded: input N is the same on every machine. `make soak` reads 100,000 inputs.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from crawler.reading import Unreadable
from crawler.reading.page import read_page

SHAPES: Final = Path(__file__).parent / "shapes"
SEEDS: Final = [path.read_bytes() for path in sorted(SHAPES.glob("*/page.html"))]
FETCHED: Final = datetime(2026, 3, 23, 9, tzinfo=UTC)
TAGS: Final = (
    "p",
    "div",
    "span",
    "a",
    "h1",
    "time",
    "script",
    "style",
    "td",
    "li",
    "article",
    "noscript",
    "svg",
)
ATTRIBUTES: Final = ("class", "id", "itemprop", "datetime", "content", "rel", "href", "property")
VALUES: Final = (
    "entry-title",
    "author",
    "date",
    "articleBody",
    "datePublished",
    "javascript:alert(1)",
    "\x00",
    "article:published_time",
    "og:title",
    "canonical",
    "//[",
    "http://[::1",
    "\ud800",
    "é" * 300,
    "2026-02-30T25:61:61+99:99",
    "0000-00-00",
    "9" * 400,
    "<script>",
    "https://x.example/" + "a" * 3_000,
)
DATES: Final = (
    "22 Mars 2026, 15:25",
    "31.02.2026",
    "99/99/9999",
    "2026-03-22T15:25:00+25:00",
    "-1",
    "1e999",
    "1774190700",
    "9999999999999",
    "Para 999999999999 orësh",
    "２０２６年３月２２日",
    "Sun, 32 Foo 2026 99:99",
    "0001-01-01T00:00:00Z",
    "2026-W12-7",
    "12026-03-22",
    "2026-3-2 1:2:3",
    "٢٢ مارس ٢٠٢٦",
)
CHARSETS: Final = (
    None,
    "utf-8",
    "utf-16",
    "windows-1250",
    "base64",
    "rot13",
    "idna",
    "no-such",
    "\x00",
    "x" * 500,
)


def mutated(dice: random.Random) -> bytes:
    """A page of ours with bytes changed, cut, doubled or put in."""
    body = bytearray(dice.choice(SEEDS))
    for _ in range(dice.randrange(1, 30)):
        at = dice.randrange(len(body) + 1)
        match dice.randrange(4):
            case 0:
                body[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del body[at : at + dice.randrange(200)]
            case 2:
                body[at:at] = body[at : at + dice.randrange(400)]
            case _:
                body[at:at] = dice.choice(VALUES).encode("utf-8", "surrogatepass")
    return bytes(body)


def soup(dice: random.Random) -> bytes:
    """Tags without order, attributes without sense."""
    parts = ["<html><body>"] if dice.random() < 0.8 else []
    for _ in range(dice.randrange(200)):
        tag = dice.choice(TAGS)
        given = " ".join(
            f'{dice.choice(ATTRIBUTES)}="{dice.choice(VALUES)}"' for _ in range(dice.randrange(4))
        )
        parts.append(f"<{'/' if dice.random() < 0.3 else ''}{tag} {given}>{dice.choice(DATES)}")
    return "".join(parts).encode("utf-8", "surrogatepass")


def structured(dice: random.Random) -> bytes:
    """JSON-LD of any shape, broken now and then."""

    def value(depth: int) -> object:
        kinds: list[Callable[[], object]] = [
            lambda: dice.choice(DATES),
            lambda: None,
            lambda: dice.random() * 1e300,
            lambda: True,
            lambda: [value(depth + 1) for _ in range(dice.randrange(4))] if depth < 6 else [],
            lambda: (
                {dice.choice(KEYS): value(depth + 1) for _ in range(dice.randrange(6))}
                if depth < 6
                else {}
            ),
        ]
        return dice.choice(kinds)()

    text = json.dumps(
        {
            "@type": dice.choice(("NewsArticle", "WebPage", 7, ["Article"])),
            **{k: value(0) for k in KEYS},
        }
    )
    cut = dice.randrange(len(text)) if dice.random() < 0.3 else len(text)
    script = f'<script type="application/ld+json">{text[:cut]}</script>'
    return f"<title>Libri</title>{script}<h1>Libri hapet</h1>".encode()


KEYS: Final = (
    "@graph",
    "@id",
    "headline",
    "name",
    "author",
    "datePublished",
    "dateModified",
    "description",
    "image",
    "publisher",
    "mainEntityOfPage",
    "itemListElement",
    "inLanguage",
    "isAccessibleForFree",
    "articleSection",
    "url",
)


def dated(dice: random.Random) -> bytes:
    """Dates everywhere a date may stand."""
    one, two, three = (dice.choice(DATES) for _ in range(3))
    return (
        f'<html lang="sq"><meta property="article:published_time" content="{one}"><article>'
        f'<h1>Libri hapet</h1><time datetime="{two}">{three}</time>'
        f'<p class="date">{two} {one}</p><p>{three}</p></article>'
    ).encode()


def noise(dice: random.Random) -> bytes:
    """Bytes."""
    return dice.randbytes(dice.randrange(2_000))


MAKERS: Final = (mutated, mutated, soup, structured, dated, noise)


def survives(number: int) -> None:
    """Read input `number`; an answer or a named refusal."""
    dice = random.Random(number)
    body = dice.choice(MAKERS)(dice)
    try:
        page = read_page(
            body,
            url="https://gazeta.example/a/b-i1",
            charset=dice.choice(CHARSETS),
            fetched=FETCHED,
            outlet=None,
        )
    except Unreadable as refusal:
        page, reason = None, refusal.reason
    if page is None:
        assert reason
        assert "\n" not in reason
    else:
        assert page.reading.headline or page.reading.text


@pytest.mark.parametrize("hundred", range(8))
def test_anything_is_read_or_refused_by_name(hundred: int) -> None:
    for number in range(hundred * 100, hundred * 100 + 100):
        survives(number)


@pytest.mark.soak
@pytest.mark.timeout(3_600)
def test_a_hundred_thousand_inputs_are_read_or_refused() -> None:
    for number in range(100_000):
        survives(number)


LINE: Final = "Banorët u mblodhën në sheshin kryesor të qytetit për festën e librit. "
HOSTILE: Final = {
    "fifty megabytes": b"<html><body><h1>Libri hapet</h1>" + b"<p>Libri hapet sot.</p>" * 2_200_000,
    "fifty thousand deep": b"<html><body><h1>Libri</h1>" + b"<div>" * 50_000 + LINE.encode(),
    "fifty thousand deep, inline": b"<html><body><h1>Libri</h1>"
    + b"<b><i>" * 25_000
    + LINE.encode(),
    "a hundred thousand unclosed paragraphs": b"<p>" * 100_000,
    "a hundred thousand attributes": b"<html><body "
    + b"".join(b"a%d=x " % n for n in range(100_000))
    + b">x",
    "attributes without values": b"<html><body "
    + b"".join(b"a%d " % n for n in range(100_000))
    + b">x",
    "a class of a megabyte": b"<html><body><div class='" + b"author date " * 90_000 + b"'>x</div>",
    "a line of a megabyte": b"<html><body><h1>"
    + b"a" * 1_000_000
    + b"</h1><p class=date>"
    + b"1" * 1_000_000,
    "white space": b"<html><body><h1>Libri hapet</h1>" + b" \n" * 1_500_000,
    "dots and digits": b"<html><body><h1>Libri hapet</h1><p class='date'>"
    + b"1.1." * 100
    + b"</p><p>"
    + b"12 12 " * 300_000,
    "capital words": b"<html><body><h1>Libri hapet</h1><p>Nga "
    + b"Aa Bb " * 23
    + b"</p>"
    + b"<p>Nga Aa, Bb dhe Cc</p>" * 30_000,
    "separators": b"<title>" + b"a - " * 240 + b"</title><h1>" + b"a | b " * 80 + b"</h1>",
    "twenty thousand headings": b"<html><body>"
    + b"<h1><a href=x>Libri hapet sot ne qytet</a></h1>" * 20_000,
    "twenty thousand dates": b"<html><body><h1>Libri hapet</h1>"
    + b"<time class=date>22 Mars 2026</time>" * 20_000,
    "nested JSON": b"<h1>Libri</h1><script type='application/ld+json'>" + b'{"@graph":[' * 30_000,
    "long JSON": b"<h1>Libri</h1><script type='application/ld+json'>["
    + b'{"@type":"NewsArticle","headline":"x"},' * 25_000
    + b"]</script>",
    "JSON of quotes": b"<h1>Libri</h1><script type='application/ld+json'>{"
    + b'"headline":"\\"' * 60_000
    + b"</script>",
    "entities": b"<h1>Libri</h1><p>" + b"&amp;lt;" * 400_000,
    "byte order marks": b"\xff\xfe" + b"\xff\xfe<" * 100_000,
    "scripts in every attribute": b"<html><body>"
    + b"<a href='javascript:x' class='javascript:x' onload='x' rel='author'>Nga Aa</a>" * 20_000,
    "combining marks": ("<h1>a" + "\u0301" * 200_000 + "</h1>").encode(),
    "ten thousand spots in each other": b"<html><body><h1>Libri</h1>"
    + b"<span class='author date lead'>" * 200
    + b"Nga Aa Bb"
    + b"</span>" * 200
    + b"<i class=author>" * 10_000,
}


# Squared, these inputs would cost hours; they cost a second or two on a slow machine.
@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_come_to_an_end(name: str) -> None:
    with suppress(Unreadable):
        read_page(
            HOSTILE[name],
            url="https://gazeta.example/a",
            charset=None,
            fetched=FETCHED,
            outlet=None,
        )


def test_a_page_of_fifty_megabytes_says_that_it_was_cut() -> None:
    page = read_page(
        HOSTILE["fifty megabytes"],
        url="https://gazeta.example/a",
        charset=None,
        fetched=FETCHED,
        outlet=None,
    )
    assert any("cut" in note for note in page.reading.notes)


def test_text_below_two_hundred_levels_is_still_read() -> None:
    body = b"<html><body><h1>Libri hapet</h1>" + b"<div>" * 150 + LINE.encode() * 3
    page = read_page(
        body, url="https://gazeta.example/a", charset=None, fetched=FETCHED, outlet=None
    )
    assert page.reading.text is not None
    assert page.reading.text.value.startswith("Banorët")
