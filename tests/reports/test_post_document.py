"""A document set as an editor wants it: bare titles in the reader's language, in their order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.models import (
    NO_OUTLET,
    UNNAMED,
    Decided,
    Headlines,
    PostBlock,
    PostDocument,
    PostPiece,
)
from reports.coverage import Beside
from reports.forms import Form, Group
from reports.models import Report
from reports.post_document import Known, arranged, name_of, proposed
from reports.roundup import roundup, written
from tests.reports.made import outlet, piece, report
from tests.reports.test_roundup import told

SLUGS = ("a", "b", "c", "d")
TITLES = ("Fair one", "Fair two", "Fair three", "Fair four", "Fair five", "Fair six")


def known(made: Report) -> Known:
    pieces = {name: one for one in made.pieces for name in (one.article, name_of(one))}
    outlets = {one.outlet: one.outlet_name for one in made.pieces}
    return Known(pieces=pieces, outlets=outlets, player=lambda _: None)


def translated() -> Report:
    """Six pieces at four outlets, each with an English title."""
    matched = [piece(SLUGS[n % 4], n + 1, headline=f"Titulli {n}") for n in range(6)]
    said = {
        article.key: Decided(translations={"en": (title, "ana")})
        for (article, _), title in zip(matched, TITLES, strict=True)
    }
    outlets = [outlet(slug, name=f"Outlet {slug.upper()}") for slug in SLUGS]
    return report(outlets, matched, beside=Beside(decided=said), language="en")


def keys(*numbers: int) -> tuple[PostPiece, ...]:
    return tuple(PostPiece(name=f"a_{SLUGS[n % 4]}_{n + 1}") for n in numbers)


def test_a_post_of_bare_english_titles_in_the_editors_order() -> None:
    made = translated()
    post = PostDocument(
        title="Reflections on the fair",
        headlines="translation",
        links=False,
        completeness=False,
        blocks=(
            PostBlock(text="First paragraph.\n\nThe media wrote:"),
            PostBlock(pieces=keys(5, 0)),
            PostBlock(pieces=keys(3)),
            PostBlock(outlet="c", pieces=keys(2)),
            PostBlock(pieces=keys(1)),
            PostBlock(outlet="a", pieces=keys(4)),
        ),
    )
    text = written(arranged(post, made, "en", known(made), completeness=True), Form.TEXT)
    assert [line for line in text.splitlines() if line] == [
        "Reflections on the fair",
        "First paragraph.",
        "The media wrote:",
        "Fair six",
        "Fair one",
        "Fair four",
        "Outlet C:",
        "Fair three",
        "Fair two",
        "Outlet A:",
        "Fair five",
    ]


@pytest.mark.parametrize(
    ("headlines", "shown"),
    [
        ("original", ("Titulli 0", None)),
        ("translation", ("Fair one", None)),
        ("both", ("Titulli 0", "Fair one")),
    ],
)
def test_three_ways_to_call_a_headline(headlines: Headlines, shown: tuple[str, str | None]) -> None:
    made = translated()
    post = PostDocument(title="A", headlines=headlines, blocks=(PostBlock(pieces=keys(0)),))
    (section,) = arranged(post, made, "en", known(made), completeness=True).sections
    (mention,) = section.mentions
    assert (mention.headline, mention.translation) == shown
    assert mention.address


def test_a_machine_is_marked_in_the_place_of_the_original_too() -> None:
    made = translated()
    machine = tuple(replace(one, translation_by="machine: host") for one in made.pieces)
    made = replace(made, pieces=machine)
    post = PostDocument(title="A", headlines="translation", blocks=(PostBlock(pieces=keys(0)),))
    text = written(arranged(post, made, "en", known(made), completeness=True), Form.MD)
    assert "(machine translation)" in text


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.DOCX])
def test_an_untouched_proposal_reads_as_the_roundup(form: Form) -> None:
    made = told()
    post = proposed(made, "sq", group=Group.OUTLET, accepted_only=False)
    assert written(arranged(post, made, "sq", known(made), completeness=True), form) == written(
        roundup(made, "sq"), form
    )


@pytest.mark.parametrize("group", list(Group))
def test_a_proposal_names_every_piece(group: Group) -> None:
    made = told()
    post = proposed(made, "sq", group=group, accepted_only=False)
    assert set(post.names()) == {name_of(one) for one in made.pieces}


def test_pieces_without_outlet_stand_without_a_heading() -> None:
    outlets = [NO_OUTLET, outlet("a", name="Outlet A")]
    made = report(outlets, [piece(UNNAMED, 1, headline="Bare"), piece("a", 2, headline="Named")])
    post = proposed(made, "sq", group=Group.OUTLET, accepted_only=False)
    text = written(arranged(post, made, "sq", known(made), completeness=False), Form.TEXT)
    assert [(block.outlet, block.heading) for block in post.blocks if block.pieces] == [
        (None, None),
        ("a", None),
    ]
    lines = [line for line in text.splitlines() if line and "://" not in line]
    assert lines[-3:] == ["Bare", "Outlet A:", "Named"]
