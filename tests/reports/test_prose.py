"""An editor's Markdown: what is read of it, and that nothing else comes through."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.prose import Run, plain_words, prose


def test_what_an_editor_may_write() -> None:
    (paragraph, bullets, numbers) = prose(
        "Foo **bar** *baz*, [a link](https://office.example/x)\nand on."
        "\n\n- one\n- two **2**\n\n1. x"
    )
    assert paragraph.items[0] == (
        Run(text="Foo"),
        Run(text="bar", space=True, bold=True),
        Run(text="baz", space=True, italic=True),
        Run(text=","),
        Run(text="a link", space=True, address="https://office.example/x"),
        Run(text="and on.", space=True),
    )
    assert (bullets.kind, plain_words([bullets])) == ("bullets", ("one", "two 2"))
    assert (numbers.kind, plain_words([numbers])) == ("numbers", ("x",))


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "![x](https://tracker.example/pixel.png)",
        "[x](javascript:alert(1))",
        "[x](data:text/html,boo)",
        "[x](file:///etc/passwd)",
        "![x](../../etc/passwd)",
        "    indented",
        "```\ncode\n```",
        "<!-- wp:html -->",
        "[gallery]",
        "[x]: https://office.example/ 'y'",
    ],
)
def test_what_is_no_more_than_words(hostile: str) -> None:
    for passage in prose(hostile):
        for run in (run for item in passage.items for run in item):
            assert run.address is None or run.address.startswith(("http://", "https://"))


@example("-")
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for passage in prose(text):
        assert passage.items
        assert all(run.text == run.text.strip() != "" for item in passage.items for run in item)
