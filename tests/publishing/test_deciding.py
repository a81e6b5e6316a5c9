"""What may be done with what stands on the site: the whole table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.models import Receipt
from reports.forms import Status
from reports.publishing.gutenberg import marked, paragraph, text
from reports.publishing.post import Post
from reports.publishing.sync_policy import Action, Known, decide, raised
from reports.publishing.wordpress import Standing

POST = Post(event="dita", title="Dita", blocks=paragraph("Një"), language="sq", entries=())
NEWER = replace(POST, blocks=paragraph("Dy"))
MARK = "jehona-dita-0123abcd"
STANDING = Standing(
    post=5,
    status="draft",
    link=None,
    modified="2026-05-20T08:00:00",
    title=text(POST.title),
    content=marked(POST.blocks, MARK),
    excerpt="",
)
ANSWERED = Receipt(
    event="dita",
    site="house",
    post=5,
    marker=MARK,
    digest=POST.digest,
    words=POST.words,
    returned=STANDING.returned,
    modified=STANDING.modified,
    status="draft",
    link=None,
    pieces=(),
    at=datetime(2026, 5, 20, 8, 0, tzinfo=UTC),
    by="ana",
)
LOST = replace(ANSWERED, post=None, returned=None, modified=None, status=None)
LOST_UPDATE = replace(LOST, digest=NEWER.digest, words=NEWER.words)
ARRIVED = replace(STANDING, content=marked(NEWER.blocks, MARK), modified="2026-05-20T09:00:00")
Row = tuple[Receipt | None, Receipt | None, Standing | None, Post, Action]

ROWS: dict[str, Row] = {
    "nothing-yet": (None, None, None, POST, Action.CREATE),
    "anothers": (None, None, STANDING, POST, Action.ELSEWHERE),
    "same": (ANSWERED, ANSWERED, STANDING, POST, Action.UNCHANGED),
    "new-words": (ANSWERED, ANSWERED, STANDING, NEWER, Action.UPDATE),
    "edited": (ANSWERED, ANSWERED, replace(STANDING, content="<p>x</p>"), NEWER, Action.TOUCHED),
    "saved-again": (ANSWERED, ANSWERED, replace(STANDING, modified="x"), POST, Action.TOUCHED),
    "published": (ANSWERED, ANSWERED, replace(STANDING, status="publish"), POST, Action.TOUCHED),
    "closed-to-us": (ANSWERED, ANSWERED, replace(STANDING, raw=False), POST, Action.TOUCHED),
    "binned": (ANSWERED, ANSWERED, replace(STANDING, status="trash"), NEWER, Action.TRASHED),
    "deleted": (ANSWERED, ANSWERED, None, NEWER, Action.DELETED),
    "lost-and-not-there": (LOST, None, None, POST, Action.CREATE),
    "lost-and-there": (LOST, None, STANDING, POST, Action.UNCHANGED),
    "lost-and-there-with-news": (LOST, None, STANDING, NEWER, Action.UPDATE),
    "lost-and-edited": (LOST, None, replace(STANDING, content="<p>x</p>"), POST, Action.TOUCHED),
    "lost-and-binned": (LOST, None, replace(STANDING, status="trash"), POST, Action.TRASHED),
    "update-lost-and-there": (LOST_UPDATE, ANSWERED, ARRIVED, NEWER, Action.UNCHANGED),
    "update-never-there": (LOST_UPDATE, ANSWERED, STANDING, NEWER, Action.UPDATE),
    "update-lost-and-edited": (
        LOST_UPDATE,
        ANSWERED,
        replace(ARRIVED, content="<p>x</p>"),
        NEWER,
        Action.TOUCHED,
    ),
    "update-lost-and-deleted": (LOST_UPDATE, ANSWERED, None, NEWER, Action.DELETED),
}


@pytest.mark.parametrize("row", ROWS)
def test_what_becomes_of_it(row: str) -> None:
    last, answered, standing, post, action = ROWS[row]
    known = Known(last=last, answered=answered, standing=standing)
    assert decide(post, known.settled(), None) is action


def test_every_action_has_a_row() -> None:
    assert {row[-1] for row in ROWS.values()} == set(Action)


@pytest.mark.parametrize(
    ("stands", "asked", "sent"),
    [
        ("draft", None, None),
        ("draft", Status.DRAFT, None),
        ("draft", Status.PUBLISH, Status.PUBLISH),
        ("pending", Status.DRAFT, None),
        ("pending", Status.PUBLISH, Status.PUBLISH),
        ("publish", Status.DRAFT, None),
        ("publish", Status.PENDING, None),
        ("private", Status.PUBLISH, None),
        ("future", Status.DRAFT, None),
    ],
)
def test_a_status_is_only_raised(stands: str, asked: Status | None, sent: Status | None) -> None:
    assert raised(replace(STANDING, status=stands), asked) is sent


def test_a_status_alone_is_a_reason_to_write() -> None:
    known = Known(last=ANSWERED, answered=ANSWERED, standing=STANDING)
    assert decide(POST, known, Status.PUBLISH) is Action.UPDATE


def test_a_site_that_sets_markup_out_anew_is_known_again_by_its_words() -> None:
    content = f'<p class="{MARK}">\n  Një\n</p>'
    known = Known(last=LOST, answered=None, standing=replace(STANDING, content=content))
    assert known.arrived
