"""`jehona clip`: a piece told by a person, a page, and a whole list of old clippings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.models import Article
from crawler.record import decisions, read
from jehona.demo import Newsroom
from jehona.demo.newsdesk import Desk as NewsDesk
from jehona.demo.newsdesk import Post
from tests.desk.conftest import Desk

URL = "https://gazeta.example/2025/05/libri-{}/"
HEAD = "outlet,url,headline,published,byline,text,translation"


def articles(desk: Desk) -> list[Article]:
    with desk.record() as record:
        return sorted(read.articles(record, undated=True), key=lambda one: one.url)


def brought(desk: Desk, *rows: str, head: str = HEAD) -> Path:
    file = desk.root / "clips.csv"
    file.write_text("\n".join((head, *rows)) + "\n", "utf-8-sig")
    return file


def test_a_piece_without_a_page_is_told_and_accepted(desk: Desk) -> None:
    typed = desk.type(
        *("clip", "--event", "festa", "--outlet", "gazeta-shembull", "--note", "nga arkivi"),
        *("--headline", "Libri në ekran", "--published", "10 maj 2025, ora 20:00"),
    )
    assert typed.code == 0, typed.err
    (one,) = articles(desk)
    assert (one.headline, one.language, one.precision) == ("Libri në ekran", "sq", "minute")
    assert one.published == datetime(2025, 5, 10, 18, tzinfo=UTC)
    assert one.url.startswith("urn:jehona:clip:")
    with desk.record() as record:
        (decided,) = decisions.holding(record, "festa").values()
    assert (decided.verdict, decided.by, decided.note) == ("accepted", "ana", "nga arkivi")


@pytest.mark.parametrize("option", ["--dry-run", "--new-outlets"])
def test_what_is_for_lists_keeps_no_single_piece(desk: Desk, option: str) -> None:
    words = ("--outlet", "gazeta-shembull", "--headline", "X", "--published", "2025-05-10")
    typed = desk.type("clip", *words, "--event", "festa", option)
    assert (typed.code, typed.err.count("\n")) == (2, 1)
    assert not (desk.root / "var" / "coverage.db").exists()


def test_the_day_is_told_as_it_was_understood(desk: Desk) -> None:
    words = ("--outlet", "gazeta-shembull", "--headline", "Video", "--published", "3.6.2025 18:30")
    typed = desk.type("clip", *words, "--event", "festa")
    (one,) = articles(desk)
    assert typed.out.splitlines() == [
        f"gazeta-shembull  2025-06-03 18:30  Video  {one.key}",
        "outside the event's window, and counted all the same: 1 piece",
        "1 new, 0 known already, accepted for festa",
    ]


def test_told_twice_is_one_piece(desk: Desk) -> None:
    words = ("clip", URL.format(5), "--headline", "Libri", "--published", "2025-05-10")
    assert "1 new" in desk.type(*words).out
    assert "0 new, 1 known" in desk.type(*words).out
    assert len(articles(desk)) == 1


def test_what_the_program_found_is_joined_and_its_words_stay(filled: Desk) -> None:
    before = len(articles(filled))
    typed = filled.type("clip", URL.format(2), "--headline", "Tjetër", "--published", "2025-05-09")
    assert "0 new, 1 known" in typed.out, typed.err
    assert len(articles(filled)) == before
    assert "Tjetër" not in {one.headline for one in articles(filled)}


def test_a_list_comes_along_with_all_it_says(desk: Desk) -> None:
    file = brought(
        desk,
        f"gazeta-shembull,{URL.format(1)},Libri hapet,2025-05-10 09:30,Ana Shembull; Ben,Teksti.,",
        'Gazeta Shembull,,"Libri, në letër",11.05.2025,,,The book on paper',
        "Radio e Vjetër,,Zëri i librit,12 maj 2025,,,",
    )
    dry = desk.type("clip", "--csv", str(file), "--new-outlets", "--dry-run")
    assert "3 pieces can be taken in; nothing was kept; new outlets: Radio e Vjetër" in dry.out
    assert not (desk.root / "var" / "coverage.db").exists()
    typed = desk.type("clip", "--csv", str(file), "--event", "festa", "--new-outlets")
    assert "3 new, 0 known already, accepted for festa" in typed.out, typed.err
    found = {one.headline: one for one in articles(desk)}
    assert found["Libri hapet"].byline == ("Ana Shembull", "Ben")
    assert found["Libri hapet"].text == "Teksti."
    assert found["Zëri i librit"].outlet == "radio-e-vjeter"
    assert (desk.root / "outlets" / "radio-e-vjeter.toml").exists()
    with desk.record() as record:
        held = decisions.holding(record, "festa")
    assert held[found["Libri, në letër"].key].translations == {"sq": ("The book on paper", "ana")}
    before = desk.type("decisions", "list").out
    again = desk.type("clip", "--csv", str(file), "--event", "festa")
    assert "0 new, 3 known already" in again.out
    assert desk.type("decisions", "list").out == before


def test_a_piece_that_a_list_names_twice_is_one(desk: Desk) -> None:
    row = f"gazeta-shembull,{URL.format(1)},{{}},2025-05-10,,,"
    file = brought(desk, row.format("Libri"), row.format("Libri përsëri"))
    assert "1 new, 0 known" in desk.type("clip", "--csv", str(file)).out


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_list_of_another_spreadsheet(desk: Desk, mark: str) -> None:
    file = brought(
        desk,
        mark.join(("10.05.2025", "Libri, në shesh", "gazeta-shembull")),
        head=mark.join(("Published", "Headline", "Outlet")),
    )
    assert "1 new" in desk.type("clip", "--csv", str(file)).out
    assert articles(desk)[0].headline == "Libri, në shesh"


GOOD = "gazeta-shembull,,Libri,2025-05-10,,,"


@pytest.mark.parametrize(
    ("rows", "head", "says"),
    [
        pytest.param(
            [GOOD] * 5 + ["gazeta-shembull,,Libri,31.02.2025,,,"],
            HEAD,
            "line 7: published: '31.02.2025' is no date: there is no day 31.2.2025",
            id="a wrong date in line 7",
        ),
        pytest.param(["gazta,,Libri,2025-05-10,,,"], HEAD, "line 2: outlet: ", id="outlet"),
        pytest.param(["gazeta-shembull,,,2025-05-10,,,"], HEAD, "2: headline: it is", id="empty"),
        pytest.param(
            ["gazeta-shembull,javascript:1,L,2025-05-10,,,"], HEAD, "line 2: url: ", id="address"
        ),
        pytest.param([], "outlet,headline", "line 1: the column published is", id="a column"),
        pytest.param([], HEAD + ",titel", "line 1: unknown column 'titel'", id="a stranger"),
        pytest.param(
            [GOOD, f"gazeta-shembull,,{'x' * 1001},2025-05-10,,,"],
            HEAD,
            "line 3: headline: longer",
            id="a novel",
        ),
        pytest.param([], HEAD, "line 1: there is no row", id="nothing but a head"),
        pytest.param(
            ["gazeta-shembull,,Libri, festë,2025-05-10,,,"],
            HEAD,
            "line 2: 8 cells under 7 columns",
            id="a comma that nobody quoted",
        ),
        pytest.param(['gazeta-shembull,,"Lib', "ri,2025"], HEAD, "line 3", id="an open quote"),
    ],
)
def test_a_wrong_list_is_one_line_with_file_line_and_column(
    desk: Desk, rows: list[str], head: str, says: str
) -> None:
    file = brought(desk, *rows, head=head)
    typed = desk.type("clip", "--csv", str(file), "--event", "festa")
    assert typed.code == 2
    assert says in typed.err
    assert str(file) in typed.err
    assert typed.err.count("\n") == 1
    assert not (desk.root / "var" / "coverage.db").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param((), "give the URL of a piece", id="nothing"),
        pytest.param(("--headline", "x"), "--published is needed", id="no date"),
        pytest.param(("--headline", "x", "--published", "2025-05-10"), "--outlet is", id="whose"),
        pytest.param(("https://x.example/1",), "no outlet has this address", id="a stranger's"),
        pytest.param(
            (URL.format(1), "--headline", "x", "--published", "shumë herët"),
            "--published: 'shumë herët' is no date",
            id="no date at all",
        ),
        pytest.param(("--csv", "no.csv"), "no.csv: cannot be read", id="no file"),
        pytest.param(("--csv", "no.csv", "--headline", "x"), "leave URL", id="both"),
        pytest.param((URL.format(1), "--event", "fest"), 'did you mean "festa"', id="event"),
    ],
)
def test_mistakes_are_one_line(desk: Desk, words: tuple[str, ...], says: str) -> None:
    typed = desk.type("clip", *words)
    assert typed.code == 2
    assert says in typed.err
    assert typed.err.count("\n") == 1


@pytest.fixture
def served(desk: Desk) -> Iterator[NewsDesk]:
    """An outlet on loopback that lists nothing we read, and has one page."""
    post = Post(
        headline="Festa e Librit u hap",
        at="2025-05-10T09:30",
        text="Në shesh u hap festa. Libri doli në mes të njerëzve dhe shumë veta erdhën.",
    )
    news = NewsDesk(slug="fletorja", name="Fletorja", posts=[post])
    newsroom = Newsroom([news], clock=lambda: datetime.now(UTC))
    with newsroom.open():
        lines = f'name = "Fletorja"\nhome = "{news.address}/"\ndelay = 0.0\nlanguages = ["sq"]\n'
        (desk.root / "outlets" / "fletorja.toml").write_text(lines, "utf-8")
        yield news


def test_a_page_is_fetched_read_and_accepted(desk: Desk, served: NewsDesk) -> None:
    url = served.link(next(iter(served.listed())))
    typed = desk.type("clip", url, "--event", "festa", "--json")
    assert typed.code == 0, typed.err
    told = json.loads(typed.out)
    assert (told["new"], told["known"]) == (1, 0)
    (one,) = articles(desk)
    assert one.headline == "Festa e Librit u hap"
    assert one.text is not None
    assert "Në shesh u hap festa" in one.text
    with desk.record() as record:
        assert decisions.holding(record, "festa")[one.key].verdict == "accepted"


def test_a_page_that_is_not_there_says_the_way_on(desk: Desk, served: NewsDesk) -> None:
    typed = desk.type("clip", f"{served.address}/nothing-here/", "--event", "festa")
    assert typed.code == 2
    assert "tell it with --outlet, --headline and --published" in typed.err
    assert typed.err.count("\n") == 1


@pytest.mark.parametrize("name", ["gazeta-shembull", "Gazeta Shembull", "GAZETA SHËMBULL"])
def test_event_and_outlet_are_named_by_slug_or_name(desk: Desk, name: str) -> None:
    file = brought(desk, f"{name},{URL.format(1)},Libri,2025-05-10")
    typed = desk.type("clip", "--csv", str(file), "--event", "Festa e Librit", "--json")
    assert (typed.code, json.loads(typed.out)["event"]) == (0, "festa"), typed.err
    told = ("--outlet", name, "--headline", "Libri", "--published", "2025-05-10", "--json")
    typed = desk.type("clip", URL.format(1), "--event", "Festa e Librit", *told)
    (one,) = json.loads(typed.out)["pieces"]
    assert (typed.code, one["outlet"]) == (0, "gazeta-shembull")


def test_a_name_of_two_outlets_is_refused_at_its_cell(desk: Desk) -> None:
    file = desk.root / "outlets" / "e-dyta.toml"
    file.write_text('name = "Gazeta Shembull"', "utf-8")
    listed = brought(desk, f"Gazeta Shembull,{URL.format(1)},Libri,2025-05-10")
    typed = desk.type("clip", "--csv", str(listed))
    assert typed.code == 2
    assert "line 2: outlet: 'Gazeta Shembull' is e-dyta and gazeta-shembull: say which" in typed.err
    assert articles(desk) == []


def test_a_list_is_stored_and_accepted_or_neither(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = brought(desk, *(f"gazeta-shembull,{URL.format(n)},Libri {n},2025-05-10" for n in "123"))

    def stumble(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("jehona.actions.clips.accept", stumble)
        assert desk.type("clip", "--csv", str(file), "--event", "festa").code == 130
    assert articles(desk) == []
    with desk.record() as record:
        assert record.conn.execute("SELECT count(*) FROM runs").fetchone() == (0,)
    assert desk.type("clip", "--csv", str(file), "--event", "festa").code == 0
    with desk.record() as record:
        assert len(decisions.holding(record, "festa")) == 3
    assert desk.type("verify").code == 0


# --- what a pasted link may not change --------------------------------------------------


@pytest.fixture
def crawled(desk: Desk, served: NewsDesk) -> str:
    """The address of a piece that the outlet's own feed told."""
    file = desk.root / "outlets" / "fletorja.toml"
    find = f'[[find]]\nway = "feed"\nurl = "{served.address}/feed/"\n'
    file.write_text(file.read_text("utf-8") + find, "utf-8")
    window = ("--since", "2025-05-05", "--until", "2025-05-20")
    assert desk.type("crawl", "--outlet", "fletorja", *window).code == 0
    return served.link(next(iter(served.listed())))


def test_a_pasted_link_changes_neither_the_address_nor_where_a_piece_came_from(
    desk: Desk, crawled: str
) -> None:
    told = ("--outlet", "fletorja", "--headline", "Festa", "--published", "2025-05-10")
    shared = ("?fbclid=IwAR0x&utm_source=facebook", "?utm_source=x&amp;utm_medium=y", "amp/")
    for tail in (*shared, "#comment"):
        typed = desk.type("clip", crawled + tail, "--event", "festa", *told)
        assert "0 new, 1 known" in typed.out, typed.err
    # its page says which address is its own
    typed = desk.type("clip", f"{crawled}?unknown-share=12", "--event", "festa")
    assert "0 new, 1 known" in typed.out, typed.err
    (piece,) = json.loads(desk.type("report", "festa", "--json").out)["pieces"]
    assert (piece["url"], piece["by_hand"]) == (crawled, False)


def test_a_piece_that_people_brought_is_kept_under_the_address_readers_land_on(
    desk: Desk, served: NewsDesk
) -> None:
    post = next(iter(served.listed()))
    link = served.link(post)
    for url in (f"{served.address}/?p={post.id}", f"{link}?fbclid=x"):
        assert desk.type("clip", url, "--event", "festa").code == 0
    (piece,) = json.loads(desk.type("report", "festa", "--json").out)["pieces"]
    assert (piece["url"], piece["by_hand"]) == (link, True)


def rejected(desk: Desk) -> str:
    """The key of a piece that somebody rejected."""
    words = ("clip", URL.format(5), "--headline", "Libri", "--published", "2025-05-10")
    desk.type(*words)
    assert desk.type("review", "festa", "--reject", URL.format(5)).code == 0
    with desk.record() as record:
        ((key, held),) = decisions.holding(record, "festa").items()
    assert held.verdict == "rejected"
    return key


def verdict(desk: Desk, key: str) -> str | None:
    with desk.record() as record:
        return decisions.holding(record, "festa")[key].verdict


def test_a_rejected_piece_stays_rejected_unless_it_is_turned(desk: Desk) -> None:
    key = rejected(desk)
    words = ("clip", URL.format(5), "--headline", "Libri", "--published", "2025-05-10")
    typed = desk.type(*words, "--event", "festa", "--note", "prapë")
    assert (typed.code, verdict(desk, key)) == (3, "rejected")
    assert f"but for 1 rejected piece ({key}): --accept turns it" in typed.out
    told = desk.type(*words, "--event", "festa", "--json")
    assert (told.code, json.loads(told.out)["left_rejected"]) == (3, [key])
    turned = desk.type(*words, "--event", "festa", "--accept")
    assert (turned.code, verdict(desk, key)) == (0, "accepted")
    assert desk.type(*words, "--event", "festa").code == 0


def test_a_list_turns_no_rejected_piece_either(desk: Desk) -> None:
    key = rejected(desk)
    rows = [f"gazeta-shembull,{URL.format(n)},Libri,2025-05-10,,," for n in (5, 6)]
    file = brought(desk, *rows)
    typed = desk.type("clip", "--csv", str(file), "--event", "festa")
    assert (typed.code, verdict(desk, key)) == (3, "rejected")
    with desk.record() as record:
        held = decisions.holding(record, "festa")
    assert sorted(str(one.verdict) for one in held.values()) == ["accepted", "rejected"]
    assert desk.type("clip", "--csv", str(file), "--event", "festa", "--accept").code == 0
    assert verdict(desk, key) == "accepted"
