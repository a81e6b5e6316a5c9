"""A TOML text in parts: joined they are the text, and a comment stays with what it is about."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config.outlet_file import quoted
from crawler.config.toml_parts import Item, apart_from_tail, listed, parts_of

TEXT = '''\
# head
title = "x" # [[block]]
list = ["a", # why
 "[b]"]

# about one
[[block]]
text = """
[[block]]
# no comment ""\\"
"""
other = \'\'\'
[picture]\'\'\'

# alone

[picture] # p
file = "a"
[[ block ]]
x = [[1, 2], ["]"]]
[block.sub]
y = { z = "}" }
'''


def test_each_table_takes_what_is_said_above_it() -> None:
    parts = parts_of(TEXT)
    assert "".join(part.text for part in parts) == TEXT
    assert [part.name for part in parts] == [None, "block", "picture", "block"]
    assert parts[1].text.startswith("# about one\n[[block]]")
    assert parts[1].text.endswith("# alone\n\n")
    assert parts[3].text.startswith("[[ block ]]")
    for part in parts:
        tomllib.loads(part.text)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("[]", []),
        ('["a", "b"]', [Item(value='"a"'), Item(value='"b"')]),
        ('["a", # one\n"b" # two\n]', [
            Item(value='"a"', behind="# one"), Item(value='"b"', behind="# two"),
        ]),
        ('[\n# above\n# more\n"a",\n]', [Item(value='"a"', above=("# above", "# more"))]),
        ('[{ a = "x, ]", b = [1, 2] }, \'#\']', [
            Item(value='{ a = "x, ]", b = [1, 2] }'), Item(value="'#'"),
        ]),
        ('["a", # one\n# two\n"b"]', [
            Item(value='"a"', behind="# one"), Item(value='"b"', above=("# two",)),
        ]),
    ],
)  # fmt: skip
def test_each_item_has_what_is_said_of_it(text: str, items: list[Item]) -> None:
    assert list(listed(text).items) == items


def test_what_is_said_at_the_end_stays_at_the_end() -> None:
    read = listed('[\n  "a",\n  # later\n]')
    assert read.below == ("# later",)
    assert read.text(lines=False) == '[\n  "a",\n  # later\n]'


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@given(st.lists(st.tuples(WORDS, WORDS.map(lambda w: f"# {w}".strip()), st.booleans())))
def test_a_list_is_read_as_it_was_written(rows: list[tuple[str, str, bool]]) -> None:
    lines = [
        f"{told}\n{quoted(word)}," if above else f"{quoted(word)}, {told}"
        for word, told, above in rows
    ]
    read = listed("\n".join(["[", *lines, "]"]))
    again = tomllib.loads(f"x = {read.text(lines=True)}\n")["x"]
    assert again == [word for word, _, _ in rows]
    assert [item.above or (item.behind,) for item in read.items] == [(told,) for _, told, _ in rows]


@given(st.lists(st.tuples(WORDS, st.sampled_from(["text", "long", "literal"]))))
def test_joined_the_parts_are_the_text(rows: list[tuple[str, str]]) -> None:
    written = {
        "text": quoted,
        "long": lambda word: f'"""\n[[block]]\n{quoted(word)[1:-1]}"""',
        "literal": lambda _: "'''\n[[block]]'''",
    }
    text = 'title = "x"\n' + "".join(
        f"\n# {word}\n[[block]]\nx = {written[kind](word)}\n" for word, kind in rows
    )
    parts = parts_of(text)
    assert "".join(part.text for part in parts) == text
    assert len(parts) == len(rows) + 1


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("x = 1\n# of it\n\n# later\n# [[entry]]\n", "\n# later\n# [[entry]]\n"),
        ("x = 1\n# of it", ""),
        ("x = 1\n\n\n", ""),
        ('x = """\n\n# words\n"""\n', ""),
        ("", ""),
    ],
)
def test_what_is_said_at_the_end_of_a_file_stays_there(text: str, tail: str) -> None:
    body, found = apart_from_tail(text)
    assert found == tail
    assert tail or body.rstrip() == text.rstrip()
