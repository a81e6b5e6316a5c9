"""What a page becomes in the record: laws 1, 3, 5 and 7."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.models import Alias, Layer, Reading, Said
from crawler.record import Record, decisions, open_record, read, search, search_index, write
from crawler.record.sql_batches import ROWS
from tests.record.pieces import NOON, begin, check_index, dated, page_of, piece, store

REST, FEED, LISTING = Layer.REST, Layer.FEED, Layer.LISTING
ONE = "https://gazeta.example/2025/05/libri-1/"


def guid(value: str) -> Alias:
    return Alias(kind="guid", value=value)


def headlines(record: Record) -> list[str | None]:
    return [article.headline for article in read.articles(record, undated=True)]


# --- a page ---------------------------------------------------------------------------


def test_a_page_of_new_rows_becomes_articles(record: Record, run: int) -> None:
    stored = store(record, run, piece(1), piece(2))
    assert (stored.articles, stored.new, stored.changed) == ({0: 1, 1: 2}, {1, 2}, frozenset())
    assert headlines(record) == ["Libri 2 u hap në shesh", "Libri 1 u hap në shesh"]


def test_an_article_comes_back_as_it_was_read(record: Record, run: int) -> None:
    reading = piece(1)
    store(record, run, reading)
    known = read.article(record, ONE)
    assert known is not None
    assert reading.published
    assert known.published == reading.published.value.instant
    assert known.published.utcoffset() == reading.published.value.instant.utcoffset()
    assert (known.precision, known.language, known.url) == ("minute", "sq", ONE)
    assert (known.lead, known.text) == ("Hapja e librit 1.", "Teksti i plotë i librit 1.")


def test_a_row_with_only_headline_link_and_date_is_coverage(record: Record, run: int) -> None:
    store(record, run, piece(1, lead=None, text=None))
    assert headlines(record) == ["Libri 1 u hap në shesh"]


def test_a_row_without_a_date_is_coverage_and_undated(record: Record, run: int) -> None:
    store(record, run, piece(1, published=None))
    assert list(read.articles(record)) == []
    assert [article.published for article in read.articles(record, undated=True)] == [None]


def test_no_rows_change_nothing(record: Record, run: int) -> None:
    stored = write.store_page(record, run, page_of([]), [])
    assert (stored.articles, read.counts(record).articles) == ({}, 0)


def test_rows_read_in_any_order_keep_their_positions(record: Record, run: int) -> None:
    page = page_of([piece(1), piece(2)])
    pairs = list(zip(page.leads, [piece(1), piece(2)], strict=True))
    stored = write.store_page(record, run, page, pairs[::-1])
    assert stored.articles == {0: 1, 1: 2}


def test_the_statements_of_a_page_do_not_grow_with_its_rows(record: Record, run: int) -> None:
    def statements(numbers: range) -> int:
        said: list[str] = []
        record.conn.set_trace_callback(said.append)
        store(record, run, *(piece(number) for number in numbers))
        record.conn.set_trace_callback(None)
        return sum(word.lstrip().startswith(("SELECT", "UPDATE")) for word in said)

    assert statements(range(3)) == statements(range(10, 100))


def test_a_page_longer_than_one_statement_is_stored_whole(record: Record, run: int) -> None:
    many = ROWS * 2 + 1
    assert len(store(record, run, *(piece(number) for number in range(many))).new) == many
    edited = [piece(number, headline=f"Tjetër {number}") for number in range(many)]
    assert len(store(record, run, *edited).changed) == many
    assert all(str(each).startswith("Tjetër") for each in headlines(record))


# --- law 5: identity --------------------------------------------------------------------


@pytest.mark.parametrize("order", list(itertools.permutations((REST, FEED, LISTING))), ids="-".join)
def test_every_way_in_any_order_gives_one_article_a_post(
    record: Record, run: int, order: tuple[Layer, ...]
) -> None:
    for layer in order:
        store(record, run, *(piece(n, layer=layer, headline=f"{n} {layer}") for n in range(3)))
    assert sorted(headlines(record), key=str) == ["0 rest", "1 rest", "2 rest"]
    assert read.counts(record).revisions == 0


def test_two_addresses_of_one_post_are_one_article(record: Record, run: int) -> None:
    store(record, run, piece(1), piece(1, url="https://gazeta.example/aktualitet/libri-1/"))
    store(record, run, piece(1, layer=LISTING, url="https://gazeta.example/aktualitet/libri-1/"))
    assert read.counts(record).articles == 1
    assert read.article(record, "https://www.gazeta.example/aktualitet/libri-1")


def test_two_keys_that_are_one_are_merged_with_all_their_rows(record: Record, run: int) -> None:
    url = "https://gazeta.example/short/1"
    store(record, run, piece(1, layer=LISTING, url=url))
    store(record, run, piece(1, layer=FEED, aliases=(guid("g1"),), url=ONE))
    older, younger = (read.article(record, address) for address in (url, ONE))
    assert older
    assert younger
    decide(record, younger.key)
    names = (guid("g1"), Alias(kind="url", value="gazeta.example/short/1"))
    stored = store(record, run, piece(1, headline="Libri", aliases=names))
    assert stored.new == frozenset()
    (left,) = read.articles(record)
    assert (left.key, left.headline) == (older.key, "Libri")
    assert read.article(record, younger.key) == read.article(record, ONE) == left
    kept = {kept.layer for kept in read.snapshots_of(record, "gazeta-shembull", article=left.key)}
    assert kept == {LISTING, FEED, REST}
    assert decided(record) == [(left.key, "accepted")]
    assert found(record, "libri") == [left.key]


def test_what_only_the_younger_said_stays_in_a_merge(record: Record, run: int) -> None:
    store(record, run, piece(1, layer=LISTING, url="https://gazeta.example/a/", text=None))
    store(record, run, piece(1, layer=FEED, aliases=(guid("g"),), url=ONE, text="nga feed"))
    names = (guid("g"), Alias(kind="url", value="gazeta.example/a"))
    store(record, run, piece(1, layer=LISTING, aliases=names, text=None))
    assert [article.text for article in read.articles(record)] == ["nga feed"]


def test_what_the_younger_said_before_tells_an_edit_in_a_merge(record: Record, run: int) -> None:
    store(record, run, piece(1, headline="A"))
    feed = {"layer": FEED, "aliases": (guid("g"),), "url": "https://gazeta.example/f/"}
    store(record, run, piece(1, **feed, headline="A!"))
    names = (guid("g"), Alias(kind="url", value="gazeta.example/2025/05/libri-1"))
    store(record, run, piece(1, layer=FEED, aliases=names, headline="B!"))
    (edit,) = [edit for edit in read.revisions(record, ONE) if edit.field == "headline"]
    assert (edit.old, edit.new, read.counts(record).articles) == ("A", "B!", 1)


def test_a_merge_follows_a_merge(record: Record, run: int) -> None:
    urls = [f"https://gazeta.example/{name}/" for name in "abc"]
    for url in urls:
        store(record, run, piece(1, layer=LISTING, url=url))
    keys = [article.key for url in urls if (article := read.article(record, url))]
    for one, two in ((1, 2), (0, 1)):
        names = tuple(Alias(kind="url", value=urls[n][8:-1]) for n in (one, two))
        store(record, run, piece(1, layer=LISTING, url=urls[one], aliases=names))
    assert {read.article(record, key) for key in keys} == {read.article(record, keys[0])}
    assert read.counts(record).articles == 1


def test_ids_are_never_used_again_after_a_merge(record: Record, run: int) -> None:
    urls = ["https://gazeta.example/a/", "https://gazeta.example/b/"]
    for url in urls:
        store(record, run, piece(1, layer=LISTING, url=url))
    names = tuple(Alias(kind="url", value=url[8:-1]) for url in urls)
    store(record, run, piece(1, layer=LISTING, url=urls[0], aliases=names))
    assert store(record, run, piece(2)).new == {3}


def test_a_shared_guid_is_ignored_from_then_on(record: Record, run: int) -> None:
    broken = guid("https://gazeta.example/")
    first = piece(1, layer=FEED, aliases=(broken,))
    store(record, run, first)
    listed = [piece(n, layer=FEED, aliases=(broken,)) for n in (2, 1)]
    stored = store(record, run, *listed)
    assert len(stored.new) == 1
    assert "is ignored" in stored.notes[0]
    store(record, run, piece(3, layer=FEED, aliases=(broken,)))
    assert read.counts(record).articles == 3


def test_a_row_that_was_not_read_tells_that_a_guid_is_shared(record: Record, run: int) -> None:
    same = (guid("same"),)
    first, second = (piece(n, layer=FEED, aliases=same, published=NOON) for n in (1, 2))
    store(record, run, first)
    page = page_of([first, second])
    stored = write.store_page(record, run, page, [(page.leads[1], second)])
    assert stored.new == {2}
    assert sorted(headlines(record), key=str) == [
        "Libri 1 u hap në shesh",
        "Libri 2 u hap në shesh",
    ]


def test_a_feed_that_had_one_item_without_a_name_of_its_own(record: Record, run: int) -> None:
    home = "https://gazeta.example/"
    broken = (guid(home), Alias(kind="url", value="gazeta.example/"))
    page = [piece(n, layer=FEED, url=home, aliases=broken) for n in range(3)]
    store(record, run, page[0])
    store(record, run, *page)
    assert len(headlines(record)) == 3


def test_a_feed_without_any_name_of_its_own_is_known_by_its_headlines(
    record: Record, run: int
) -> None:
    home = "https://gazeta.example/"
    broken = (guid(home), Alias(kind="url", value="gazeta.example/"))
    page = [piece(n, layer=FEED, url=home, aliases=broken) for n in range(4)]
    store(record, run, *page)
    assert not store(record, run, *page).new
    assert len(headlines(record)) == 4


def test_a_lone_item_with_anothers_guid_is_another_piece(record: Record, run: int) -> None:
    for number in (1, 2):
        store(record, run, piece(number, layer=FEED, aliases=(guid("same"),)))
    assert len(headlines(record)) == 2
    assert read.counts(record).revisions == 0


def test_another_language_of_one_id_is_another_article(record: Record, run: int) -> None:
    english = (Alias(kind="post", value="en/posts:1"), guid("https://gazeta.example/?p=1"))
    store(record, run, piece(1), piece(2, aliases=english, url="https://gazeta.example/en/book/"))
    assert len(headlines(record)) == 2


def test_one_alias_is_one_article_at_each_outlet(record: Record, run: int) -> None:
    store(record, run, piece(1))
    store(record, run, piece(1), outlet="gazeta-tjeter")
    assert [article.outlet for article in read.articles(record)] == [
        "gazeta-shembull",
        "gazeta-tjeter",
    ]


def test_a_key_that_collides_grows(
    record: Record, run: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    spell = "crawler.record.storing.keys_of"
    monkeypatch.setattr(spell, lambda outlet, alias: ("a_same", f"a_{alias.value[-1]}"))
    store(record, run, piece(1), piece(2))
    store(record, run, piece(3))
    assert sorted(a.key for a in read.articles(record)) == ["a_2", "a_3", "a_same"]


# --- law 3 and 7: revisions, gone, nothing lost --------------------------------------------


def test_an_edit_is_a_revision_and_what_stands_is_the_new(record: Record, run: int) -> None:
    store(record, run, piece(1))
    later = begin(record)
    stored = store(record, later, piece(1, headline="Festa"), fetched=NOON + timedelta(days=1))
    (edit,) = read.revisions(record, ONE)
    assert stored.changed == {1}
    assert (edit.field, edit.old, edit.new) == ("headline", "Libri 1 u hap në shesh", "Festa")
    assert (edit.layer, edit.run, edit.at) == ("rest", later, NOON + timedelta(days=1))
    assert headlines(record) == ["Festa"]


def test_of_a_row_listed_twice_the_first_counts_and_none_is_an_edit(
    record: Record, run: int
) -> None:
    stored = store(record, run, piece(1, section="E veçantë"), piece(1, section="Kultura"))
    assert (stored.articles, stored.changed) == ({0: 1, 1: 1}, frozenset())
    assert [article.section for article in read.articles(record)] == ["E veçantë"]


def test_the_same_page_again_changes_nothing(record: Record, run: int) -> None:
    store(record, run, piece(1), piece(2))
    before, kept = read.logical_dump(record), read.counts(record)
    stored = store(record, run, piece(1), piece(2))
    assert (stored.new, stored.changed) == (frozenset(), frozenset())
    assert read.logical_dump(record) == before
    assert read.counts(record).snapshots == kept.snapshots


def test_a_better_layer_replaces_without_an_edit(record: Record, run: int) -> None:
    store(record, run, piece(1, layer=FEED, headline="nga feed"))
    assert not store(record, run, piece(1, headline="nga rest")).changed
    assert headlines(record) == ["nga rest"]
    assert found(record, "feed") == []


def test_what_is_gone_is_marked_and_comes_back(record: Record, run: int) -> None:
    store(record, run, piece(1), piece(2))
    assert write.mark_gone(record, run, [1], NOON) == 1
    assert write.mark_gone(record, run, [1], NOON + timedelta(days=1)) == 0
    gone = read.article(record, ONE)
    assert gone
    assert gone.gone_since == NOON
    stored = store(record, run, piece(1), piece(2))
    assert stored.changed == {1}
    back = read.article(record, ONE)
    assert back == replace(gone, gone_since=None)
    assert [(edit.field, edit.old, edit.new) for edit in read.revisions(record, ONE)] == [
        ("gone_since", None, "2025-05-10T12:00:00Z"),
        ("gone_since", "2025-05-10T12:00:00Z", None),
    ]


def test_a_page_is_stored_whole_or_not_at_all(
    record: Record, run: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    store(record, run, piece(1))
    before = read.logical_dump(record)
    monkeypatch.setattr("crawler.record.storing.Storing.keep_bytes", stumble)
    with pytest.raises(ZeroDivisionError):
        store(record, run, piece(1, headline="Tjetër"), piece(2))
    assert read.logical_dump(record) == before
    assert not record.conn.in_transaction


def test_why_a_field_says_what_it_says(record: Record, run: int) -> None:
    store(record, run, piece(1))
    why = read.provenance(record, ONE)
    assert why["published"] == {
        "by": "rest",
        "layer": "rest:date",
        "raw": "2025-05-10T11:00:00+00:00",
        "rule": "iso",
    }
    assert why["language"]["source"] == "words"
    assert read.provenance(record, "a_nobody") == {}


def test_the_latest_edit_the_outlet_names_is_kept(record: Record, run: int) -> None:
    reading = replace(piece(1), modified=Said(value=dated(NOON), layer="rest:modified"))
    store(record, run, reading)
    before = read.logical_dump(record)
    assert '"modified": "2025-05-10T12:00:00Z"' in before
    store(record, run, piece(1, section="Kultura"))
    assert '"modified": "2025-05-10T12:00:00Z"' in read.logical_dump(record)


def test_what_the_reader_refused_is_kept(record: Record, run: int) -> None:
    note = "date 2099-01-01 is in the future"
    store(record, run, replace(piece(1, published=None), notes=(note,)))
    assert note in read.logical_dump(record)


# --- hostile words --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_words", "kept"),
    [
        ("Libri\0 i ri", "Libri\ufffd i ri"),
        ("Libri \ud83d i ri", "Libri \ufffd i ri"),
        ("Li\u00adbri i ri", "Libri i ri"),
        ("\ufeffLib\u200bri", "Libri"),
        ("L" * 10_000, "L" * 10_000),
        ("Libri \"i\" 'ri'; DROP TABLE articles; --", None),
        ("👩\u200d👧 ë ç", None),
    ],
    ids=["nul", "half-a-sign", "soft-hyphen", "zero-width", "10000", "quotes", "emoji"],
)
def test_a_hostile_headline(record: Record, run: int, given_words: str, kept: str | None) -> None:
    says = {"headline": given_words, "lead": given_words, "byline": (given_words,)}
    store(record, run, piece(1, **says))
    (article,) = read.articles(record)
    expected = given_words if kept is None else kept
    assert (article.headline, article.lead, article.byline) == (expected, expected, (expected,))
    assert not store(record, run, piece(1, **says, language=None)).changed
    check_index(record)


def test_hostile_names_are_kept_and_found_again(record: Record, run: int) -> None:
    names = (guid("\ud800\0"), Alias(kind="url", value="gazeta.example/\ud800"))
    hostile = piece(1, aliases=names, url="https://gazeta.example/\ud800")
    store(record, run, hostile)
    assert read.unchanged(record, page_of([hostile])) == {0: 1}
    assert not store(record, run, hostile).new


def test_an_address_that_is_none_is_an_alias_as_it_is(record: Record, run: int) -> None:
    odd = piece(1, aliases=(), url="http://[not an address")
    store(record, run, odd)
    assert not store(record, run, odd).new


# --- the search index follows ------------------------------------------------------------------


def test_the_index_follows_an_edit_and_a_merge(record: Record, run: int) -> None:
    store(record, run, piece(1, headline="Vjetër", lead=None, text=None))
    store(record, run, piece(1, headline="Ri", lead=None, text="me tekst"))
    assert found(record, "vjet") == []
    assert found(record, "ri") == found(record, "teks") != []
    check_index(record)


def test_an_update_of_other_columns_leaves_the_index_alone(record: Record, run: int) -> None:
    store(record, run, piece(1))
    check_index(record)
    store(record, run, piece(1, section="Kultura"))
    write.mark_gone(record, run, [1], NOON)
    assert search_index.waiting(record) == []


# --- properties ---------------------------------------------------------------------------------

PAGES = st.lists(
    st.tuples(
        st.sampled_from([REST, FEED, LISTING]),
        st.lists(st.tuples(st.integers(0, 4), st.sampled_from("ABC")), min_size=1, max_size=4),
    ),
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(pages=PAGES)
def test_whatever_is_stored_there_is_one_article_a_post_and_a_true_index(
    tmp_path_factory: pytest.TempPathFactory,
    pages: list[tuple[Layer, list[tuple[int, str]]]],
) -> None:
    folder: Path = tmp_path_factory.mktemp("record")
    with open_record(folder / "coverage.db", folder / "snapshots") as record:
        run = begin(record)
        for layer, listed in pages:
            store(record, run, *(word(number, layer, says) for number, says in listed))
        numbers = {number for _, listed in pages for number, _ in listed}
        assert read.counts(record).articles == len(numbers)
        check_index(record)
        every = list(read.snapshots_of(record, "gazeta-shembull"))
        assert {kept.article for kept in every} == {a.key for a in read.articles(record)}


def word(number: int, layer: Layer, says: str) -> Reading:
    return piece(number, layer=layer, headline=f"{says} {number}")


# --- helpers --------------------------------------------------------------------------------------


def found(record: Record, *words: str) -> list[str]:
    search_index.bring_up(record)
    try:
        asked = [[[f"{word}*"] for word in words]]
        return [each.key for each in search.candidates(record, asked=asked, undated=True)]
    except ValueError:
        return []


def decide(record: Record, key: str) -> None:
    """A person accepts a piece."""
    accepted = decisions.fresh("match", key, event="festa", value="accepted", by="Ana", at=NOON)
    decisions.decide(record, accepted)


def decided(record: Record) -> list[tuple[str, str]]:
    sql = "SELECT a.key, d.value FROM decisions AS d JOIN articles AS a ON a.id = d.article"
    return record.conn.execute(sql).fetchall()
