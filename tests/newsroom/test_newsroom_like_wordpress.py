"""Our desks beside a real WordPress: the same questions, the same answers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from jehona.demo import Ask, Desk, Post, answer
from tests.newsroom.faults import conditional
from tests.newsroom.shapes import FURTHER, TARGETS, shape

RECORDED = Path(__file__).parent / "recorded"
TRUE = json.loads((RECORDED / "answers.json").read_text("utf-8"))
EXCERPTS = json.loads((RECORDED / "excerpts.json").read_text("utf-8"))
# In November the site's clock is an hour ahead of UTC.
RECORDED_AT = datetime(2026, 11, 21, 21, 30, tzinfo=UTC)
# Where our desk would be served.
ADDRESS = "http://127.0.0.7:8080"


def desk(feed: Any = "full") -> Desk:
    told = json.loads((RECORDED / "posts.json").read_text("utf-8"))
    posts = [_post(row) for row in told["posts"]]
    return Desk(
        slug="d",
        name=told["name"],
        posts=posts,
        types={"video": "videos"},
        feed=feed,
        address=ADDRESS,
        fault=conditional(),
    )


def _post(row: dict[str, Any]) -> Post:
    blocks = row["html"].replace("<!-- wp:paragraph -->", "").replace("<!-- /wp:paragraph -->", "")
    return Post(
        id=row["id"],
        headline=row["title"],
        at=row["date"],
        html=blocks,
        excerpt=row["excerpt"],
        slug=row["slug"],
        by="Editor",
        section=row["categories"][0],
        tags=tuple(row["tags"]),
        sticky=row["id"] == 5,
        type="video" if row["id"] == 12 else "post",
        modified="2024-06-20T10:00" if row["id"] == 6 else "",
    )


def ours(site: Desk, target: str) -> dict[str, Any]:
    told = {name.lower(): value for name, value in FURTHER.get(target, {}).items()}
    given = answer(site, Ask(target=target, at=RECORDED_AT, headers=told))
    assert isinstance(given.body, bytes)
    lower = {name.lower(): value for name, value in given.headers}
    return shape(given.status, lower, given.body, ADDRESS)


@pytest.mark.parametrize("target", TARGETS)
def test_same_as_wordpress(target: str) -> None:
    assert ours(desk(), target) == TRUE[target]


@pytest.mark.parametrize("target", EXCERPTS)
def test_same_as_wordpress_with_excerpts_only(target: str) -> None:
    assert ours(desk("excerpt"), target) == EXCERPTS[target]
