"""The telling verbs without a terminal: what they refuse, what they keep, what they leave alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from crawler.record import decisions, open_record, versions
from jehona import actions
from jehona.actions.errors import Unknown, Wrong
from jehona.actions.office import Office, open_office
from jehona.actions.publish import NotReady, Publication
from jehona.actions.roundup import RoundupOptions
from reports.forms import Form, Group, ReportForm, Status
from tests.desk.conftest import Desk
from tests.publishing.pretend import SECRET, USER, Pretend, pretending
from tests.record.pieces import piece

NOW: Final = datetime(2025, 5, 21, 9, 30, tzinfo=UTC)
OPTIONS: Final = RoundupOptions(language="sq", chart=False)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pretend]:
    monkeypatch.setenv("JEHONA_SITE_HOUSE_PASSWORD", SECRET)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with pretending() as served:
        yield served


@pytest.fixture
def office(filled: Desk, site: Pretend) -> Office:
    """The office of three pieces, with a site to publish to; ana acts, at one moment."""
    toml = filled.root / "jehona.toml"
    house = f'[sites.house]\nurl = "{site.url}"\nuser = "{USER}"\n'
    toml.write_text(toml.read_text("utf-8") + house, "utf-8")
    opened = open_office(filled.root, by="ana")
    return Office(workspace=opened.workspace, clock=lambda: NOW, name="ana")


def accept(filled: Desk, *numbers: int) -> None:
    for number in numbers:
        url = piece(number).url
        assert filled.type("review", "festa", "--accept", url).code == 0


def kept(office: Office) -> dict[str, bytes]:
    """Every file of the workspace, but for locks and logs."""
    root = office.workspace.root
    files = (path for path in root.rglob("*") if path.is_file())
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in files
        if path.suffix not in {".lock", ".log"}
    }


# --- looking never writes ------------------------------------------------------------------

LOOKS: Final[dict[str, Callable[[Office], object]]] = {
    "report": lambda office: actions.report.report_of(office, "festa"),
    "roundup": lambda office: actions.roundup.compose(office, "festa", OPTIONS),
    "waiting": lambda office: actions.translations.waiting(office, "festa", "en"),
    "dry-run": lambda office: actions.translations.keep(
        office,
        "festa",
        actions.translations.of_piece(office, "festa", piece(1).url, "The book", "en"),
        "en",
        dry_run=True,
    ),
    "publish": lambda office: actions.publish.publish(
        office, "festa", to="house", options=OPTIONS, dry_run=True, check_links=False
    ),
}


@pytest.mark.parametrize("look", list(LOOKS))
def test_looking_never_writes(office: Office, site: Pretend, look: str) -> None:
    before = kept(office)
    LOOKS[look](office)
    assert kept(office) == before
    assert {asked.method for asked in site.asked} <= {"GET"}


# --- what goes out -------------------------------------------------------------------------


def published(office: Office, **further: bool) -> Publication:
    return actions.publish.publish(
        office,
        "festa",
        to="house",
        options=OPTIONS,
        status=Status.PUBLISH,
        check_links=False,
        **further,
    )


@pytest.mark.parametrize(("accepted", "left"), [((), 3), ((1,), 2), ((1, 2), 1)])
def test_a_page_cannot_skip_what_nobody_reviewed(
    filled: Desk, office: Office, site: Pretend, accepted: tuple[int, ...], left: int
) -> None:
    accept(filled, *accepted)
    with pytest.raises(NotReady, match=f"^not published: {left} of 3 pieces not reviewed") as why:
        published(office)
    assert why.value.code == 2
    assert "--" not in str(why.value)
    assert not site.posts
    assert published(office, anyway=True).done.status == "publish"


def test_what_is_reviewed_goes_out(filled: Desk, office: Office, site: Pretend) -> None:
    accept(filled, 1, 2, 3)
    made = published(office)
    assert made.done.status == "publish"
    assert len(site.posts) == 1
    assert made.as_json()["pieces"] == list(made.post.pieces)
    assert len(made.post.pieces) == 3


def test_a_draft_asks_for_no_review(office: Office, site: Pretend) -> None:
    made = actions.publish.publish(office, "festa", to="house", options=OPTIONS, check_links=False)
    assert (made.done.status, len(site.posts)) == ("draft", 1)


def test_a_site_nobody_declared(office: Office) -> None:
    with pytest.raises(Unknown, match=r"^elsewhere: no \[sites\.elsewhere\] .*; there: house$"):
        actions.publish.publish(office, "festa", to="elsewhere", options=OPTIONS)


# --- what is kept --------------------------------------------------------------------------


def test_a_report_is_a_version_when_it_says_something_new(filled: Desk, office: Office) -> None:
    numbers = [actions.report.kept_report(office, "Festa e Librit").version for _ in range(2)]
    accept(filled, 1)
    looked = actions.report.report_of(office, "festa")
    numbers += [looked.version, actions.report.kept_report(office, "festa").version]
    assert (numbers, looked.kept) == ([1, 1, 2, 2], False)
    with open_record(office.workspace.record, office.workspace.snapshots) as record:
        assert [one.made for one in versions.versions(record, "festa")] == [NOW, NOW]


def test_a_version_that_is_not_kept(office: Office) -> None:
    made = actions.report.kept_report(office, "festa")
    with pytest.raises(Unknown, match=r"there is no version 7 of its report; kept: 1$"):
        actions.report.since(office, made, 7, [ReportForm.MD], language="sq")


def test_a_translation_carries_the_moment_and_the_person(office: Office) -> None:
    said = actions.translations.of_piece(office, "festa", piece(1).url, " The  book ", "en")
    assert actions.translations.keep(office, "festa", said, "en").kept == 1
    with open_record(office.workspace.record, office.workspace.snapshots) as record:
        (made,) = decisions.history(record)
    assert (made.value, made.by, made.at) == ("The book", "ana", NOW)


@pytest.mark.parametrize(
    ("url", "words", "error"),
    [("https://x.example/", "The book", Unknown), (piece(1).url, "  ", Wrong)],
)
def test_a_translation_of_nothing(office: Office, url: str, words: str, error: type[Wrong]) -> None:
    with pytest.raises(error):
        actions.translations.of_piece(office, "festa", url, words, "en")


def test_what_an_editor_arranged_is_not_proposed_again(office: Office) -> None:
    first = actions.newsletter.propose(office, ["Festa e Librit"], 7)
    assert first is not None
    first.place.write_text(first.place.read_text("utf-8") + "# mine\n", "utf-8")
    assert actions.newsletter.propose(office, ["festa"], 7) is None
    assert first.place.read_text("utf-8").endswith("# mine\n")
    issue = actions.newsletter.issue_of(office, 7, first.place, "sq")
    made = actions.newsletter.preview(office, issue)
    assert [path.suffix for path in made.paths] == [".html", ".md", ".txt"]
    assert all(path.parent == office.workspace.out for path in made.paths)


def test_one_type_of_options_for_post_and_roundup(filled: Desk, office: Office) -> None:
    accept(filled, 2)
    options = RoundupOptions(
        language="en", group=Group.DAY, accepted_only=True, completeness=False, chart=False
    )
    composed = actions.roundup.compose(office, "festa", options)
    made = actions.publish.publish(office, "festa", to="house", options=options, check_links=False)
    assert made.post.blocks == actions.roundup.text(office, composed.roundup, Form.BLOCKS).strip()
    assert made.post.pieces == composed.roundup.pieces
    assert (len(made.post.pieces), composed.roundup.footnote) == (1, None)


# --- where papers go -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("forms", "output", "names"),
    [
        ([ReportForm.MD], "raport", ["raport"]),
        ([ReportForm.MD, ReportForm.PDF], "raport.html", ["raport.md", "raport.pdf"]),
        ([ReportForm.MD], ".", ["festa.md"]),
        ([ReportForm.MD, ReportForm.CSV], ".", ["festa.md", "festa.csv"]),
    ],
)
def test_the_place_of_each_form(
    tmp_path: Path, forms: list[ReportForm], output: str, names: list[str]
) -> None:
    places = actions.papers.places(forms, tmp_path / output, "festa")
    assert places == dict(zip(forms, (tmp_path / name for name in names), strict=True))


def test_every_paper_or_none(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(Wrong, match="b: is a folder"):
        actions.papers.save({tmp_path / "a": "Fjala", tmp_path / "b": b""})
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    assert actions.papers.save({tmp_path / "a": "Fjala", tmp_path / "c": b"\0"})
    assert (tmp_path / "a").read_bytes() == b"Fjala\n"
    assert (tmp_path / "c").read_bytes() == b"\0"
