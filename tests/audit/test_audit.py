"""`jehona audit`: of each known piece, had or not, and the right cause, each made to happen."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from crawler.models import Check, Layer, Outcome, Way
from crawler.record import write
from tests.desk.conftest import EVENT, OUTLET, Desk
from tests.record.pieces import NOON, begin, piece, store
from tests.test_docs_readme import ROOT, keys

CLOSED: Final = "https://mbyllur.example"
LATE: Final = NOON + timedelta(days=60)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """One outlet that was read completely, one that was not, one that is not asked."""
    closed = OUTLET.replace("gazeta.example", "mbyllur.example").replace("Gazeta", "Mbyllur")
    (desk.root / "outlets" / "mbyllur.toml").write_text(closed, "utf-8")
    other = OUTLET.replace("gazeta.example", "tjeter.example").replace("Gazeta", "Tjetër")
    (desk.root / "outlets" / "tjeter.toml").write_text(other, "utf-8")
    event = EVENT.replace('["gazeta-shembull"]', '["gazeta-shembull", "mbyllur"]')
    (desk.root / "events" / "festa.toml").write_text(event, "utf-8")
    desk.keep(
        piece(1),
        piece(2),
        piece(3, headline="Moti për nesër", lead="", text="Shi."),
        piece(4, published=LATE),
        piece(5, headline="Lexo edhe: libri në shesh", lead="", text="Shi dhe erë."),
    )
    desk.keep(piece(7, url="https://tjeter.example/7/"), outlet="tjeter")
    complete = Check(
        outlet="gazeta-shembull",
        way=Way.FEED,
        outcome=Outcome.COMPLETE,
        listed=4,
        read=4,
        reached=NOON - timedelta(days=9),
        at=NOON,
        since=NOON - timedelta(days=9),
        until=NOON + timedelta(days=20),
    )
    blocked = Check(outlet="mbyllur", way=Way.FEED, outcome=Outcome.BLOCKED, at=NOON)
    with desk.record() as record:
        run = begin(record, event="festa")
        write.save_check(record, run, complete)
        write.save_check(record, run, blocked)
        write.end_run(record, run, NOON)
    assert desk.type("review", "festa", "--reject", piece(2).url).code == 0
    return desk


def audited(office: Desk, text: str | bytes, *, name: str = "njohur.csv") -> dict[str, Any]:
    file = office.root / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    typed = office.type("audit", "festa", "--known", str(file), "--json")
    assert typed.code == 0, typed.err
    found: dict[str, Any] = json.loads(typed.out)
    return found


CAUSES: Final = [
    (piece(1).url, None),
    (f"{piece(1).url}?utm_source=agjencia", None),
    (piece(2).url, "rejected"),
    (piece(3).url, "no-keyword"),
    (piece(4).url, "outside-window"),
    ("https://tjeter.example/7/", "outlet-not-listed"),
    ("https://tjeter.example/2025/05/pa-u-pare/", "outlet-not-listed"),
    ("https://askush.example/1", "outlet-not-listed"),
    ("https://gazeta.example/2025/05/s-u-listua/", "not-listed-by-outlet"),
    ("https://gazeta.example/2024/01/02/dikur/", "outside-window"),
    (f"{CLOSED}/lajm/1", "outlet-not-complete"),
]


@pytest.mark.parametrize(
    ("url", "why"), CAUSES, ids=[f"{w}-{at}" for at, (_, w) in enumerate(CAUSES)]
)
def test_each_cause(office: Desk, url: str, why: str | None) -> None:
    found = audited(office, f"linku\n{url}\n")
    assert (found["known"], found["had"]) == (1, int(why is None))
    assert [one["why"] for one in found["missing"]] == ([why] if why else [])
    for one in found["missing"]:
        assert one["next_step"]
        assert "{" not in one["next_step"]


def test_a_doubtful_piece_is_told_as_such(office: Desk) -> None:
    """Another year's edition: found, and asked about before it counts."""
    office.keep(
        piece(8, headline="Libra në sheshin e vitit 2019: sheshi 2019", lead=None, text="Shi.")
    )
    matched = json.loads(office.type("match", "festa", "--json").out)["matches"]
    assert [m["url"] for m in matched if m["certainty"] == "doubtful"] == [piece(8).url]
    assert audited(office, f"link\n{piece(8).url}\n")["missing"][0]["why"] == "doubtful"


def test_by_outlet_and_headline(office: Desk) -> None:
    found = audited(
        office,
        "Media;Titulli\nGazeta Shembull;Libri 1 u hap ne shesh\n"
        "Gazeta Shembull;Diçka krejt tjetër\nMbyllur Shembull;Libri\n",
    )
    assert (found["known"], found["had"]) == (3, 1)
    assert [one["why"] for one in found["missing"]] == [
        "not-listed-by-outlet",
        "outlet-not-complete",
    ]


def test_addresses_alone_and_twice(office: Desk) -> None:
    """An agency's list has neither head nor order; a piece counts once."""
    one = piece(1).url
    found = audited(office, f"{one}\n{CLOSED}/1\n{one}\n", name="linqe.txt")
    assert (found["known"], found["had"]) == (2, 1)


def test_the_share_is_never_alone(office: Desk) -> None:
    found = audited(office, f"url\n{piece(1).url}\n{piece(3).url}\n")
    low, high = found["interval"]
    assert 0 < low < 0.5 < high < 1
    told = office.type("audit", "festa", "--known", str(office.root / "njohur.csv"))
    assert "50%, and of all such pieces" in told.out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("url\nnuk është\n", "is no address"),
        ("url\n", "no row under"),
        ("emri,vlera\n1,2\n", "the column"),
        ("url,data\nhttps://gazeta.example/1,dita e dytë\n", "dita e dytë"),
        ("media,titulli\nGazeta Shembull,\n", "outlet and a headline"),
        ("", "missing"),
    ],
)
def test_a_list_that_is_none_is_one_line(office: Desk, text: str, says: str) -> None:
    (office.root / "k.csv").write_text(text, "utf-8")
    typed = office.type("audit", "festa", "--known", str(office.root / "k.csv"))
    assert (typed.code, says in typed.err, typed.err.count("\n")) == (2, True, 1), typed.err


def test_no_such_file_is_one_line(office: Desk, tmp_path: Path) -> None:
    typed = office.type("audit", "festa", "--known", str(tmp_path / "nuk.csv"))
    assert (typed.code, "No such file" in typed.err) == (2, True)


def test_what_was_unseen_needs_two_ways_that_share_a_piece(office: Desk) -> None:
    assert audited(office, f"url\n{piece(1).url}\n")["unseen"] is None
    with office.record() as record:
        run = begin(record)
        store(record, run, piece(11, layer=Layer.LISTING), layer=Layer.LISTING, way=Way.LISTING)
    # two ways that share nothing say nothing
    assert audited(office, f"url\n{piece(1).url}\n")["unseen"] is None
    with office.record() as record:
        run = begin(record)
        store(record, run, piece(1, layer=Layer.LISTING), layer=Layer.LISTING, way=Way.LISTING)
    unseen = audited(office, f"url\n{piece(1).url}\n")["unseen"]
    assert unseen["ways"] == ["wordpress", "listing"]
    # (4+1)(2+1)/(1+1) - 1 = 6.5, of which five were seen
    assert unseen["at_least"] == 1
    assert "lower bound" in unseen["assumption"]


def test_the_docs_have_every_key(office: Desk) -> None:
    section = (ROOT / "docs" / "json.md").read_text("utf-8").split("## Known pieces, audited")[1]
    told = section.split("\n## ")[0]
    names = {key.split(".")[-1] for key in keys(audited(office, f"url\n{CLOSED}/1\n"))}
    assert {name for name in names if f"{name}`" not in told} == set()


def test_what_to_do_is_in_the_readers_language(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (office.root / "njohur.csv").write_text(f"url\n{piece(3).url}\n", "utf-8")
    words = ("audit", "festa", "--known", str(office.root / "njohur.csv"))
    assert "no keyword stands in it" in office.type(*words).out
    monkeypatch.setenv("JEHONA_LANGUAGE", "sq")
    assert "nuk ka asnjë fjalë kyçe në të" in office.type(*words).out
    # what scripts read stays English
    step = json.loads(office.type(*words, "--json").out)["missing"][0]["next_step"]
    assert step.startswith("no keyword stands in it")


def test_one_piece_in_several_spellings_counts_once(office: Desk) -> None:
    url = piece(1).url
    found = audited(office, f"url\n{url}\n{url}?utm_source=x\n{url.replace('https', 'http')}\n")
    assert (found["known"], found["had"]) == (1, 1)
