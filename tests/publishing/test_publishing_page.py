"""docs/publishing.md says what the code does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crawler.models import Site
from jehona.actions.links import LinkNote
from jehona.actions.publish import Publication
from reports.publishing import rest, wordpress
from reports.publishing.messages import WORDS, WOULD
from reports.publishing.post import Entry, Post
from reports.publishing.publish import Published
from reports.publishing.refusals import MEANINGS
from reports.publishing.sync_policy import LEFT, Action

ROOT = Path(__file__).resolve().parents[2]
ENTRY = Entry(article="a_1", outlet="Gazeta", headline="Titull", url="https://a.example/1")
LINK = LinkNote(**asdict(ENTRY), state="dead", note=None, archive=None)
MADE = Publication(
    site=Site(name="house", url="https://office.example"),
    post=Post(event="dita", title="Dita", blocks="", language="sq", entries=(ENTRY,)),
    done=Published(
        action=Action.TOUCHED,
        status="draft",
        post=5,
        link=None,
        marker=None,
        blocks="",
        more=(ENTRY,),
    ),
    links=(LINK,),
)
PAGE = (ROOT / "docs" / "publishing.md").read_text("utf-8")


def test_every_refusal_stands_in_the_table_as_it_is_said() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
    told = {name: (what, step) for name, what, step in rows if step not in {"0", "3"}}
    assert told == {one.value: (says.what, says.next_step) for one, says in MEANINGS.items()}


def test_every_action_stands_in_the_table_with_its_exit_code() -> None:
    rows = dict(re.findall(r"^\| `([a-z]+)` \| [^|]+ \| ([03]) \|$", PAGE, re.MULTILINE))
    assert rows == {one.value: "3" if one in LEFT else "0" for one in Action}


def test_the_keys_of_a_post() -> None:
    page = (ROOT / "docs" / "json.md").read_text("utf-8")
    table = page.split("## A post\n")[1].split("\n## ")[0]
    told = re.findall(r"^\| `([\w.\[\]]+)` \|", table, re.MULTILINE)
    assert told == list(keys(MADE.as_json()))


def keys(found: dict[str, Any]) -> Iterator[str]:
    """The paths of a document's values: "links[].state"."""
    for name, value in found.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield from (f"{name}[].{key}" for key in value[0])
        else:
            yield name


def test_every_action_has_words() -> None:
    assert set(WORDS) == set(WOULD) == set(Action)


def test_the_numbers_are_the_codes() -> None:
    flat = " ".join(PAGE.split())
    assert f"latest {wordpress.PAGES * wordpress.PER_PAGE} posts" in flat
    assert rest.LONGEST_WAIT == 30.0
    assert "thirty seconds at most, three times" in flat
    assert rest.TRIES == 3
