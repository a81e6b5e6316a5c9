"""What is asked of a record: for gathering, for the ledger, for reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crawler.models import (
    Alias,
    Because,
    Check,
    Layer,
    Match,
    Outcome,
    Signal,
    SnapshotKind,
    Way,
    Window,
)
from crawler.record import Record, decisions, history, open_record, read, write
from tests.record.pieces import NOON, begin, page_of, piece, store

GAZETA = "gazeta-shembull"
MAY = Window.of_days(date(2025, 5, 5), date(2025, 5, 20), "Europe/Tirane")
REST, FEED, LISTING = Layer.REST, Layer.FEED, Layer.LISTING


# --- unchanged ------------------------------------------------------------------------


def test_rows_of_the_same_bytes_are_unchanged(record: Record, run: int) -> None:
    store(record, run, piece(1), piece(2))
    page = page_of([piece(3), piece(2), piece(1, headline="Tjetër")])
    assert read.unchanged(record, page) == {1: 2}


def test_what_another_layer_said_does_not_count(record: Record, run: int) -> None:
    store(record, run, piece(1))
    assert read.unchanged(record, page_of([piece(1, layer=FEED)])) == {}


def test_what_another_outlet_said_does_not_count(record: Record, run: int) -> None:
    store(record, run, piece(1))
    assert read.unchanged(record, page_of([piece(1)], outlet="gazeta-tjeter")) == {}


def test_a_piece_that_was_gone_is_news(record: Record, run: int) -> None:
    store(record, run, piece(1))
    write.mark_gone(record, run, [1], NOON)
    assert read.unchanged(record, page_of([piece(1)])) == {}


def test_a_row_listed_twice_is_known_twice(record: Record, run: int) -> None:
    sticky = piece(1, section="E veçantë")
    store(record, run, sticky, piece(1))
    assert read.unchanged(record, page_of([sticky, piece(1)])) == {0: 1, 1: 1}


def test_a_new_piece_behind_a_shared_guid_is_not_taken_for_a_known_one(
    record: Record, run: int
) -> None:
    same = (Alias(kind="guid", value="same"),)
    first, second = (piece(n, layer=FEED, aliases=same) for n in (1, 2))
    store(record, run, first)
    page = page_of([first, second])
    assert 1 not in read.unchanged(record, page)


def test_a_new_piece_of_the_same_moment_behind_a_shared_guid(record: Record, run: int) -> None:
    same = (Alias(kind="guid", value="same"),)
    first, second = (piece(n, layer=FEED, aliases=same, published=NOON) for n in (1, 2))
    store(record, run, first)
    assert 1 not in read.unchanged(record, page_of([first, second]))


def test_another_address_of_a_known_piece_with_another_date_is_read(
    record: Record, run: int
) -> None:
    other = piece(1, layer=LISTING, url="https://gazeta.example/b/")
    store(record, run, piece(1))
    store(record, run, piece(1, layer=LISTING), replace(other, aliases=piece(1).aliases))
    store(record, run, piece(1, url=other.url))
    known = piece(1, layer=LISTING)
    moved = replace(other, published=piece(9).published)
    assert read.unchanged(record, page_of([known, other])) == {0: 1, 1: 1}
    assert read.unchanged(record, page_of([known, moved])) == {0: 1}


def test_a_row_known_by_its_weaker_name_only(record: Record, run: int) -> None:
    broken = (Alias(kind="guid", value="same"),)
    page = [piece(n, layer=FEED, aliases=broken) for n in (1, 2)]
    store(record, run, *page)
    assert read.unchanged(record, page_of(page)) == {0: 1, 1: 2}


def test_an_empty_page_has_nothing_unchanged(record: Record) -> None:
    assert read.unchanged(record, page_of([])) == {}


# --- history ----------------------------------------------------------------------------


def test_known_are_rows_of_any_name(record: Record, run: int) -> None:
    store(record, run, piece(1))
    page = page_of([piece(2), piece(1, headline="Tjetër", layer=LISTING)])
    assert history.known(record, GAZETA, page.leads, before=9) == {1}
    assert history.known(record, GAZETA, page.leads, before=1) == frozenset()


@pytest.mark.parametrize(
    ("asked", "missed"),
    [
        ({}, {2: "posts:2"}),
        ({"seen": {1, 2}}, {}),
        ({"types": ("posts",)}, {2: "posts:2"}),
        ({"types": ("books",)}, {}),
        ({"layer": FEED}, {}),
        ({"outlet": "gazeta-tjeter"}, {}),
        ({"window": Window.of_days(date(2025, 6, 1), date(2025, 6, 2), "UTC")}, {}),
    ],
    ids=["one", "none", "type", "other-type", "other-layer", "other-outlet", "other-window"],
)
def test_missing_are_pieces_the_layer_listed_once(
    record: Record, run: int, asked: dict[str, Any], missed: dict[int, str]
) -> None:
    store(record, run, piece(1), piece(2), piece(3, published=None))
    usual = {"outlet": GAZETA, "layer": REST, "window": MAY, "types": (), "seen": {1}}
    assert history.missing(record, **(usual | asked)) == missed


def test_what_is_gone_is_not_missing_again(record: Record, run: int) -> None:
    store(record, run, piece(1))
    write.mark_gone(record, run, [1], NOON)
    assert (
        history.missing(record, outlet=GAZETA, layer=REST, window=MAY, types=(), seen=set()) == {}
    )


def test_an_id_seen_and_then_united_is_not_missing(record: Record, run: int) -> None:
    urls = ["https://gazeta.example/a/", "https://gazeta.example/b/"]
    for url in urls:
        store(record, run, piece(1, layer=LISTING, url=url))
    names = tuple(Alias(kind="url", value=url[8:-1]) for url in urls)
    store(record, run, piece(1, layer=LISTING, url=urls[0], aliases=names))
    asked: dict[str, Any] = {"outlet": GAZETA, "layer": LISTING, "window": MAY, "types": ()}
    assert history.missing(record, **asked, seen={2}) == {}


# --- the ledger -------------------------------------------------------------------------


def check(outlet: str = GAZETA, **said: Any) -> Check:
    return Check(**{"outlet": outlet, "way": Way.WORDPRESS, "outcome": Outcome.COMPLETE, **said})


def covering(window: Window = MAY, **said: Any) -> Check:
    return check(since=window.start, until=window.end, **said)


def test_a_check_comes_back_as_it_was_saved(record: Record, run: int) -> None:
    zone = ZoneInfo("Europe/Tirane")
    said = covering(
        listed=29, read=29, new=3, changed=2, gone=1, requests=4, seconds=1.5,
        reached=datetime(2025, 5, 5, tzinfo=zone), types=("posts", "books"),
        note="shënim", next_step="pyet", by=None, at=NOON,
    )  # fmt: skip
    write.save_check(record, run, said)
    (saved,) = read.checks(record, run)
    assert saved == said
    assert saved.reached
    assert saved.reached.isoformat() == "2025-05-05T00:00:00+02:00"


@pytest.mark.parametrize(
    "only",
    [None, (), ("https://gazeta.example/libri-1/", "https://gazeta.example/libri-2/")],
    ids=["not-compared", "nothing-alone", "two-alone"],
)
def test_what_one_way_found_alone_is_kept(
    record: Record, run: int, only: tuple[str, ...] | None
) -> None:
    before = check(at=NOON)
    write.save_check(record, run, before)
    after = replace(before, only=only, note="cross-check", read=7)
    write.amend_check(record, run, 0, after)
    assert read.checks(record, run) == (after,)


def test_of_two_checks_of_one_second_the_one_that_is_meant_is_amended(
    record: Record, run: int
) -> None:
    one = check(at=NOON, read=2)
    write.save_check(record, run, one)
    write.save_check(record, run, one)
    amended = replace(one, read=4)
    write.amend_check(record, run, 0, amended)
    assert read.checks(record, run) == (amended, one)


def test_a_run_comes_back_with_its_window_and_ledger(record: Record) -> None:
    number = begin(record, event="festa", window=MAY)
    write.save_check(record, number, check())
    write.end_run(record, number, NOON + timedelta(minutes=5))
    (run,) = read.runs(record)
    assert run == read.run(record, number)
    assert (run.event, run.window, run.started) == ("festa", MAY, NOON)
    assert (run.finished, len(run.checks)) == (NOON + timedelta(minutes=5), 1)
    assert read.run(record, 99) is None


def test_a_run_cut_off_is_interrupted_when_the_next_begins(record: Record) -> None:
    write.end_run(record, begin(record), NOON)
    begin(record)
    begin(record)
    states = record.conn.execute("SELECT state FROM runs ORDER BY number").fetchall()
    assert states == [("finished",), ("interrupted",), ("running",)]


def test_a_check_by_hand_does_not_end_the_run_under_way(record: Record, run: int) -> None:
    said = by_hand(record, found=2)
    assert (said.outcome, said.read, said.by) == (Outcome.CHECKED_BY_HAND, 2, "Ana")
    write.end_run(record, run, NOON)
    assert [each.finished is not None for each in read.runs(record)] == [True, True]
    assert read.runs(record)[0].checks == (said,)


def by_hand(record: Record, *, found: int, event: str = "festa") -> Check:
    return write.checked_by_hand(
        record, event=event, outlet=GAZETA, found=found, note="në kiosk", by="Ana", at=NOON
    )


def test_the_newest_run_of_the_event_answers(record: Record) -> None:
    for note in ("i vjetër", "i ri"):
        run = begin(record, event="festa", window=MAY)
        write.save_check(record, run, check(note=f"{note} 1"))
        write.save_check(record, run, check(note=f"{note} 2", way=Way.FEED))
    assert notes(record) == ["i ri 1", "i ri 2"]


def test_a_routine_run_that_covers_the_window_answers(record: Record) -> None:
    write.save_check(record, begin(record, event="festa", window=MAY), check(note="i vjetër"))
    write.save_check(record, begin(record), covering(note="rutinë"))
    assert notes(record) == ["rutinë"]


@pytest.mark.parametrize(
    "other",
    [
        check(note="asgjë"),
        check(note="pjesë", since=MAY.start + timedelta(hours=1), until=MAY.end),
        check(note="pjesë", since=MAY.start, until=MAY.end - timedelta(hours=1)),
        covering(outlet="gazeta-tjeter"),
    ],
    ids=["answers-for-nothing", "begins-late", "ends-early", "another-outlet"],
)
def test_a_routine_run_that_covers_less_does_not_answer(record: Record, other: Check) -> None:
    write.save_check(record, begin(record, event="festa", window=MAY), check(note="i ngjarjes"))
    write.save_check(record, begin(record), other)
    assert notes(record) == ["i ngjarjes"]


def test_the_newest_check_by_hand_stands_behind(record: Record) -> None:
    write.save_check(record, begin(record, event="festa", window=MAY), check(note="makina"))
    for found in (1, 2):
        by_hand(record, found=found)
    by_hand(record, found=9, event="tjetër")
    latest = read.latest_checks(record, event="festa", window=MAY, outlets=[GAZETA])[GAZETA]
    assert [(each.way, each.read) for each in latest] == [(Way.WORDPRESS, 0), (Way.BY_HAND, 2)]


def test_an_outlet_never_checked_says_so(record: Record) -> None:
    assert read.latest_checks(record, event="festa", window=MAY, outlets=["x"]) == {"x": ()}


def notes(record: Record) -> list[str | None]:
    latest = read.latest_checks(record, event="festa", window=MAY, outlets=[GAZETA])
    return [each.note for each in latest[GAZETA]]


def test_the_last_complete_check_is_of_this_outlet_and_way(record: Record, run: int) -> None:
    for said in (
        check(note="1"),
        check(note="2"),
        check(note="3", outcome=Outcome.PARTIAL),
        check(note="4", way=Way.FEED),
        check(note="5", outlet="gazeta-tjeter"),
    ):
        write.save_check(record, run, said)
    last = read.last_complete(record, GAZETA, Way.WORDPRESS)
    assert last
    assert last.note == "2"
    assert read.last_complete(record, GAZETA, Way.SITEMAP) is None


# --- articles -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "inside"),
    [
        (MAY.start, True),
        (MAY.start - timedelta(seconds=1), False),
        (MAY.end - timedelta(seconds=1), True),
        (MAY.end, False),
        (MAY.start.astimezone(ZoneInfo("America/New_York")), True),
    ],
    ids=["first-moment", "just-before", "last-second", "end", "another-zone"],
)
def test_a_window_is_half_open(record: Record, run: int, published: datetime, inside: bool) -> None:
    store(record, run, piece(1, published=published))
    assert bool(list(read.articles(record, window=MAY))) is inside


def test_articles_of_some_outlets_undated_first(record: Record, run: int) -> None:
    store(record, run, piece(1), piece(2), piece(3, published=None))
    store(record, run, piece(4), outlet="gazeta-tjeter")
    asked: dict[str, Any] = {"window": MAY, "outlets": [GAZETA]}
    assert [a.url[-2] for a in read.articles(record, **asked)] == ["2", "1"]
    assert [a.url[-2] for a in read.articles(record, **asked, undated=True)] == ["3", "2", "1"]
    assert list(read.articles(record, outlets=[])) == []


def test_a_piece_that_is_gone_was_coverage(record: Record, run: int) -> None:
    store(record, run, piece(1))
    write.mark_gone(record, run, [1], NOON)
    assert [a.gone_since for a in read.articles(record, window=MAY)] == [NOON]


@pytest.mark.parametrize(
    "name",
    [
        "https://gazeta.example/2025/05/libri-1/",
        "http://www.gazeta.example/2025/05/libri-1?utm_source=x",
        "gazeta.example/2025/05/libri-1",
    ],
)
def test_an_article_by_any_spelling_of_its_address(record: Record, run: int, name: str) -> None:
    store(record, run, piece(1))
    found = read.article(record, name)
    assert found
    assert found == read.article(record, found.key)


@pytest.mark.parametrize("name", ["a_nobody", "", "http://[", "https://gazeta.example/"])
def test_no_article(record: Record, run: int, name: str) -> None:
    store(record, run, piece(1))
    assert read.article(record, name) is None


def test_the_newest_piece_of_an_outlet(record: Record, run: int) -> None:
    store(record, run, piece(1), piece(2), piece(3, published=None))
    assert read.newest(record, GAZETA) == NOON - timedelta(hours=1)
    assert read.newest(record, "x") is None


# --- memory, matches, counts ----------------------------------------------------------------


def test_what_is_remembered_of_an_outlet(record: Record) -> None:
    for value in ("i vjetër", {"feed": ["ç"], "n": 1}):
        write.remember(record, GAZETA, "fakt", value, NOON)
    assert read.recall(record, GAZETA, "fakt") == ({"feed": ["ç"], "n": 1}, NOON)
    assert read.recall(record, GAZETA, "tjetër") is None


BECAUSE = (
    Because(term="libër", form="Libri", field="headline", snippet="Libri 1"),
    Because(term="festë", form="Festa", field="text", snippet="Festa", place="boilerplate"),
)


def found(key: str, **changes: Any) -> Match:
    told = {"score": 1.0, "because": BECAUSE, "rules": "stem-1"}
    return Match(article=key, event="festa", **{**told, **changes})


def say(record: Record, key: str, value: str | None) -> None:
    said = decisions.fresh("match", key, event="festa", value=value, by="Ana", at=NOON)
    decisions.decide(record, said)


def keys_of(record: Record) -> list[str]:
    return [article.key for article in read.articles(record)]


def test_matches_are_kept_whole(record: Record, run: int) -> None:
    store(record, run, piece(1))
    (key,) = keys_of(record)
    signal = Signal(kind="other-edition", words="edicioni 2023", worth=-0.4)
    match = found(key, signals=(signal,), doubt="only in a teaser")
    write.save_matches(record, "festa", [match])
    assert read.matches(record, "festa") == [match]
    say(record, key, "accepted")
    assert read.matches(record, "festa") == [replace(match, decision="accepted")]
    say(record, key, None)
    assert read.matches(record, "festa") == [match]
    assert read.matches(record, "tjetër") == []


def test_matches_are_replaced_and_decisions_stay(record: Record, run: int) -> None:
    store(record, run, piece(1), piece(2))
    keys = keys_of(record)
    say(record, keys[1], "rejected")
    for key in keys:
        write.save_matches(record, "festa", [found(key)])
    assert read.matches(record, "festa") == [found(keys[1], decision="rejected")]
    write.save_matches(record, "festa", [])
    assert read.matches(record, "festa") == []
    assert [said.value for said in decisions.history(record)] == ["rejected"]


def test_what_was_accepted_keeps_its_match(record: Record, run: int) -> None:
    store(record, run, piece(1), piece(2))
    one, two = keys_of(record)
    write.save_matches(record, "festa", [found(one), found(two)])
    say(record, one, "accepted")
    write.save_matches(record, "festa", [])
    assert read.matches(record, "festa") == [found(one, decision="accepted")]
    write.save_matches(record, "festa", [found(one, score=0.5)])
    assert read.matches(record, "festa") == [found(one, score=0.5, decision="accepted")]


def test_matches_of_some_articles_alone_are_replaced(record: Record, run: int) -> None:
    store(record, run, piece(1), piece(2))
    one, two = keys_of(record)
    write.save_matches(record, "festa", [found(one), found(two)])
    write.save_matches(record, "festa", [found(two, score=0.5)], among=[two])
    assert read.matches(record, "festa") == [found(one), found(two, score=0.5)]
    write.save_matches(record, "festa", [], among=[one])
    assert read.matches(record, "festa") == [found(two, score=0.5)]


def test_articles_by_their_ids(record: Record, run: int) -> None:
    store(record, run, piece(1), piece(2), piece(3, published=None))
    every = {article.key for article in read.articles(record, undated=True)}
    assert {article.key for article in read.articles_of(record, [3, 1, 2, 9])} == every
    assert list(read.articles_of(record, [])) == []


def test_the_outlets_that_have_articles(record: Record, run: int) -> None:
    assert read.outlets(record) == []
    store(record, run, piece(1), piece(2))
    store(record, run, piece(1), outlet="fletorja")
    assert read.outlets(record) == ["fletorja", GAZETA]


def test_how_much_a_record_holds(record: Record, run: int) -> None:
    store(record, run, piece(1), piece(2, published=None))
    store(record, run, piece(1, headline="Tjetër"), outlet="gazeta-tjeter")
    write.mark_gone(record, run, [1], NOON)
    counts = read.counts(record)
    assert (counts.outlets, counts.articles, counts.undated, counts.gone) == (2, 3, 1, 1)
    assert (counts.revisions, counts.snapshots, counts.runs) == (1, 3, 1)
    assert counts.bytes > 0


# --- snapshots ----------------------------------------------------------------------------


def test_a_row_of_json_is_kept_alone(record: Record, run: int) -> None:
    page = page_of([piece(n) for n in range(3)])
    fresh = page.leads[1]
    write.store_page(record, run, page, [(fresh, piece(1))])
    (kept,) = read.snapshots_of(record, GAZETA)
    assert (kept.snapshot.body, kept.snapshot.position) == (b'[{"id": 1}]', 0)
    assert (kept.snapshot.kind, kept.snapshot.charset) == (SnapshotKind.REST_ROW, "utf-8")
    assert (kept.snapshot.url, kept.snapshot.fetched) == (page.url, NOON)
    assert (kept.snapshot.site, kept.layer) == ({"zone": "Europe/Tirane"}, REST)


@pytest.mark.parametrize("raw", [None, 7], ids=["no-slice", "not-text"])
def test_without_its_slice_the_whole_page_is_kept(record: Record, run: int, raw: Any) -> None:
    page = page_of([piece(0), piece(1)])
    page = replace(page, leads=tuple(replace(lead, row={"raw": raw}) for lead in page.leads))
    write.store_page(record, run, page, [(page.leads[1], piece(1))])
    (kept,) = read.snapshots_of(record, GAZETA)
    assert (kept.snapshot.body, kept.snapshot.position) == (page.body, 1)


def test_a_feed_is_kept_whole(record: Record, run: int) -> None:
    store(record, run, piece(1, layer=FEED), piece(2, layer=FEED), body=b"<rss/>", charset=None)
    kept = list(read.snapshots_of(record, GAZETA))
    assert [(each.snapshot.body, each.snapshot.position) for each in kept] == [
        (b"<rss/>", 0),
        (b"<rss/>", 1),
    ]
    (one,) = read.snapshots_of(record, GAZETA, article=kept[1].article)
    assert one == kept[1] == read.snapshot(record, one.number)
    assert read.snapshot(record, 99) is None


def test_bytes_of_a_slice_are_kept_as_given(record: Record, run: int) -> None:
    page = page_of([piece(1)], charset="windows-1252")
    lead = replace(page.leads[0], row={"raw": b'{"t": "\xeb"}'})
    write.store_page(record, run, page, [(lead, piece(1))])
    (kept,) = read.snapshots_of(record, GAZETA)
    assert (kept.snapshot.body, kept.snapshot.charset) == (b'[{"t": "\xeb"}]', "windows-1252")


# --- the dump -------------------------------------------------------------------------------


def test_two_gatherings_of_the_same_have_the_same_dump(
    record: Record, run: int, tmp_path: Path
) -> None:
    store(record, run, piece(1), piece(2))
    store(record, run, piece(1, headline="Tjetër"))
    with open_record(tmp_path / "other.db", tmp_path / "other") as other:
        begin(other)
        later: dict[str, Any] = {"fetched": datetime(2025, 6, 1, tzinfo=UTC)}
        store(other, begin(other), piece(2), **later)
        last = begin(other)
        store(other, last, piece(1), **later)
        store(other, last, piece(1, headline="Tjetër"), **later)
        assert read.logical_dump(other) == read.logical_dump(record)
        store(other, last, piece(1, headline="Krejt tjetër"))
        assert read.logical_dump(other) != read.logical_dump(record)
