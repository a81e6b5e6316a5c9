"""The closer reading: what the fast reader left as a fragment, without believing a class name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.reading.page import read_page
from crawler.reading.page.closer import closer_text
from crawler.reading.page.html import tree_of

PARTS = (
    "Panairi i mjaltit u hap të shtunën në sheshin e Lugjasit me tridhjetë e dy tryeza.",
    "Bletarët sollën mjaltë gështenje, dëllinje dhe lulesh nga fshatrat e luginës.",
    "Organizatorët thanë se vitin tjetër panairi do të zgjasë tri ditë në vend të dy.",
)
LINKS = "".join(
    f'<li><a href="/{n}">Një lajm tjetër i ditës me një titull të gjatë {n}</a></li>'
    for n in range(9)
)


def page(body: str) -> bytes:
    """A page whose body stands where themes put teasers."""
    return f"""<html lang="sq"><head><title>Panairi i mjaltit hapet në Lugjas</title></head><body>
<nav><p>Një paragraf i gjatë në menunë e faqes që nuk i përket asnjë lajmi fare.</p></nav>
<h1>Panairi i mjaltit hapet në Lugjas</h1>{body}
<ul>{LINKS}</ul></body></html>""".encode()


def closer(body: bytes, ours: str) -> str | None:
    """What is found beside the fragment `ours`."""
    return closer_text(tree_of(body, None)[0], ours)


BODY = page("<div><section>" + "".join(f"<p>{part}</p>" for part in PARTS) + "</section></div>")


def test_the_element_with_the_most_prose_is_the_body() -> None:
    """Menus, lists of other pieces and headings are none of it."""
    assert closer(BODY, PARTS[0][:45]) == "\n".join(PARTS)


def test_a_quotation_and_a_list_among_the_prose_are_told_in_order() -> None:
    """Each line once, though a quotation holds a paragraph of its own."""
    mixed = page(
        f"<div><p>{PARTS[0]}</p><blockquote><p>{PARTS[1]}</p></blockquote>"
        f"<ul><li>Mjaltë gështenje</li></ul><p>{PARTS[2]}</p></div>"
    )
    told = [PARTS[0], PARTS[1], "Mjaltë gështenje", PARTS[2]]
    assert closer(mixed, "") == "\n".join(told)


@pytest.mark.parametrize(
    ("body", "ours"),
    [
        (page('<div><p><a href="/1">Lexo lajmin e plotë të ditës së sotme këtu</a></p></div>'), ""),
        (page("<p>Shkurt.</p>"), ""),
        (BODY, "Fjalë " * 200),
        (BODY, "\n".join(PARTS)[:200]),
    ],
    ids=["only links", "only labels", "no fragment", "not twice as much"],
)
def test_what_we_have_stands(body: bytes, ours: str) -> None:
    """Where nothing better is there, nothing is made up."""
    assert closer(body, ours) is None


def test_a_whole_reading_takes_what_was_found() -> None:
    """A page of divisions and breaks keeps its text with and without the closer reading."""
    said = [
        read_page(
            BODY,
            url="https://gazeta.example/panairi",
            charset=None,
            outlet=None,
            fetched=datetime(2026, 5, 17, tzinfo=UTC),
            closer=closely,
        ).reading
        for closely in (False, True)
    ]
    assert [one.text and one.text.value for one in said] == ["\n".join(PARTS)] * 2
