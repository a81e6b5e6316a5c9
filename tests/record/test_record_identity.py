"""Which rows are one piece (law 5), without a database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.models import Alias
from crawler.record.identity import Known, Placed, Row, last_resorts, place, shared
from crawler.record.keys import LONGEST, SHORTEST, first_free, key_of, keys_of

NOON = datetime(2025, 5, 10, 12, tzinfo=UTC)


def post(number: int, base: str = "posts") -> Alias:
    return Alias(kind="post", value=f"{base}:{number}")


def guid(value: str) -> Alias:
    return Alias(kind="guid", value=value)


def url(value: str) -> Alias:
    return Alias(kind="url", value=f"gazeta.example/{value}")


def row(*aliases: Alias, digest: str = "", at: int | None = None, headline: str = "") -> Row:
    """A row; its digest is of all it says, its date `at` hours after noon."""
    published = None if at is None else NOON + timedelta(hours=at)
    told = digest or repr((aliases, at, headline))
    return Row(aliases=aliases, digest=told, published=published, headline=headline or None)


def groups(placed: Placed) -> list[list[int]]:
    """Which rows are one piece, as positions."""
    found: dict[int, list[int]] = {}
    for at, article in enumerate(placed.articles):
        found.setdefault(article, []).append(at)
    return sorted(found.values())


def page(*rows: Row) -> Placed:
    """A page into an empty record."""
    return place(rows, {}, {}, shared(rows))


# --- new pieces ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "pieces"),
    [
        ([row(post(1), url("a")), row(post(2), url("b"))], [[0], [1]]),
        ([row(post(1), url("a")), row(url("a"))], [[0, 1]]),
        ([row(guid("g"), url("a")), row(guid("g"), url("a"), digest="sticky")], [[0, 1]]),
        ([row(url("a"), at=1, headline="L"), row(url("a"), at=1, headline="L!")], [[0, 1]]),
        ([row(post(1), guid("g"), url("a")), row(post(2), guid("g"), url("b"))], [[0], [1]]),
        ([row(guid("g"), url("a")), row(guid("g"), url("b"))], [[0], [1]]),
        ([row(guid("g"), url("home"), at=1), row(guid("h"), url("home"), at=2)], [[0], [1]]),
        ([row(post(1), url("home")), row(post(2), url("home"))], [[0], [1]]),
        (
            [row(guid("g"), url("home"), at=n, headline=f"Libri {n}") for n in range(3)],
            [[0], [1], [2]],
        ),
        (
            [row(post(1), guid("g"), url("home")), row(post(2), guid("g"), url("home"))],
            [[0], [1]],
        ),
        ([row(post(5), url("libri")), row(post(5, "en/posts"), url("en/book"))], [[0], [1]]),
        (
            [row(post(5), guid("g"), url("a")), row(post(5, "en/posts"), guid("g"), url("b"))],
            [[0], [1]],
        ),
        (
            [row(post(5), guid("g"), url("a")), row(guid("g")), row(url("a"))],
            [[0, 1, 2]],
        ),
    ],
    ids=[
        "two-posts",
        "address-joins",
        "sticky-twice",
        "one-address-one-date",
        "one-guid-for-all-posts",
        "one-guid-for-all-addresses",
        "one-address-for-all",
        "one-address-for-two-posts",
        "one-guid-and-address-for-all",
        "one-guid-and-address-for-two-posts",
        "another-language-of-one-id",
        "another-language-with-one-guid",
        "any-alias-joins",
    ],
)
def test_a_page_into_an_empty_record(rows: list[Row], pieces: list[list[int]]) -> None:
    assert groups(page(*rows)) == pieces


def test_what_several_pieces_share_is_ignored_by_name() -> None:
    placed = page(row(guid("g"), url("a")), row(guid("g"), url("b")))
    assert placed.ambiguous == {guid("g")}
    assert guid("g") not in placed.bound
    assert placed.notes == ["guid 'g' is ignored: several pieces of one page carry it"]


def test_where_nothing_else_is_left_the_headline_is_the_name() -> None:
    rows = [row(guid("g"), at=n, headline=f"Libri {n}") for n in range(2)]
    placed = page(*rows)
    assert placed.bound == {last_resorts(each)[0]: -1 - at for at, each in enumerate(rows)}


def test_a_piece_is_born_by_its_strongest_name() -> None:
    assert page(row(url("a"), guid("g"), post(7))).births == {-1: post(7)}


# --- pieces the record knows ----------------------------------------------------------

LIBRI = Known(posts=frozenset({"posts:1"}), headline="Libri", published=NOON)
FESTA = Known(posts=frozenset({"posts:2"}), headline="Festa", published=NOON)
BARE = Known(headline="Libri", published=NOON)


def known_page(
    rows: Iterable[Row], owners: dict[Alias, int | None], known: dict[int, Known]
) -> Placed:
    listed = list(rows)
    return place(listed, owners, known, shared(listed))


@pytest.mark.parametrize("name", [post(1), guid("g"), url("a")], ids=["post", "guid", "url"])
def test_any_alias_joins(name: Alias) -> None:
    placed = known_page([row(name, url("new"))], {name: 7}, {7: LIBRI})
    assert placed.articles == [7]
    assert placed.bound == {url("new"): 7}
    assert not placed.births


def test_two_articles_joined_by_one_row_become_the_oldest() -> None:
    placed = known_page([row(guid("g"), url("a"))], {guid("g"): 9, url("a"): 7}, {7: BARE, 9: BARE})
    assert (placed.articles, placed.united) == ([7], {9: 7})


def test_three_articles_joined_by_one_row_become_the_oldest() -> None:
    owners: dict[Alias, int | None] = {post(1): 8, guid("g"): 9, url("a"): 7}
    placed = known_page([row(post(1), guid("g"), url("a"))], owners, {7: BARE, 8: LIBRI, 9: BARE})
    assert placed.articles == [7]
    assert placed.united == {9: 8, 8: 7}


def test_a_new_piece_of_the_page_joins_a_known_one_when_a_row_says_so() -> None:
    rows = [row(url("a")), row(guid("g"), url("a"), digest="same piece")]
    placed = known_page(rows, {guid("g"): 7}, {7: BARE})
    assert placed.articles == [7, 7]
    assert placed.united == {-1: 7}


@pytest.mark.parametrize("name", [guid("g"), url("a")], ids=["guid", "url"])
def test_two_posts_are_two_articles_whatever_else_they_share(name: Alias) -> None:
    placed = known_page([row(post(2), name)], {name: 7}, {7: LIBRI})
    assert placed.articles == [-1]
    assert placed.bound == {post(2): -1}


def test_an_article_that_became_a_post_on_this_page_takes_no_other_post() -> None:
    owners: dict[Alias, int | None] = {url("a"): 7, guid("g"): 9}
    rows = [row(guid("g"), url("a"), at=0), row(post(2), url("a"), at=0)]
    placed = place(rows, owners, {7: BARE, 9: LIBRI}, ())
    assert placed.articles == [7, -1]


def test_an_article_that_loses_its_only_name_is_known_by_its_headline() -> None:
    rows = [row(guid("g"), at=n, headline=word) for n, word in enumerate(["Libri", "Festa"])]
    placed = known_page(rows, {guid("g"): 7}, {7: BARE})
    assert placed.articles == [7, -1]


def test_two_doors_to_one_post_are_one_article() -> None:
    rows = [row(post(1, "en/posts"), guid("g"), url("a"))]
    placed = known_page(rows, {guid("g"): 7, url("a"): 7}, {7: LIBRI})
    assert placed.articles == [7]


def test_a_row_that_names_two_posts_belongs_to_the_stronger_name() -> None:
    placed = known_page(
        [row(guid("g"), url("b"))], {guid("g"): 7, url("b"): 8}, {7: LIBRI, 8: FESTA}
    )
    assert (placed.articles, placed.united) == ([7], {})
    assert placed.notes


def test_an_address_passes_from_a_piece_that_is_gone() -> None:
    gone = Known(posts=frozenset({"posts:1"}), gone=True)
    placed = known_page([row(post(2), url("a"))], {url("a"): 7}, {7: gone})
    assert placed.articles == [-1]
    assert placed.bound[url("a")] == -1


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (row(guid("g"), url("b"), at=9, headline="Tjetër"), False),
        (row(guid("g"), url("b"), at=0, headline="Tjetër"), True),
        (row(guid("g"), url("b"), at=9, headline="Libri"), True),
        (row(guid("g"), at=9, headline="Tjetër"), True),
        (row(guid("g"), url("a"), at=9, headline="Tjetër"), True),
    ],
    ids=["all-other", "same-date", "same-headline", "no-address", "same-address"],
)
def test_a_guid_alone_does_not_make_another_piece_an_edit(change: Row, same: bool) -> None:
    owners: dict[Alias, int | None] = {guid("g"): 7, url("a"): 7}
    placed = known_page([change], owners, {7: BARE})
    assert placed.articles == [7 if same else -1]
    assert (guid("g") in placed.ambiguous) is not same


def test_an_alias_known_as_ambiguous_joins_nothing() -> None:
    placed = known_page([row(guid("g"), url("b"))], {guid("g"): None}, {})
    assert placed.bound == {url("b"): -1}


# --- properties -----------------------------------------------------------------------


@given(st.lists(st.integers(0, 8), min_size=1), st.randoms(use_true_random=False))
def test_one_piece_a_post_in_any_order_and_cut_of_names(posts: list[int], random: object) -> None:
    """Rows that know some of a post's names: what they join is the post, in any order."""
    rows = [_row_of(number, at) for at, number in enumerate(posts)]
    numbered = list(zip(posts, rows, strict=True))
    random.shuffle(numbered)  # type: ignore[attr-defined]
    full = [row(post(n), guid(f"g{n}"), url(f"u{n}"), digest=f"full {n}") for n in set(posts)]
    placed = page(*full, *(each for _, each in numbered))
    pieces = dict(zip(set(posts), placed.articles, strict=False))
    assert placed.articles[len(full) :] == [pieces[number] for number, _ in numbered]


def _row_of(number: int, at: int) -> Row:
    names = (post(number), guid(f"g{number}"), url(f"u{number}"))
    return row(names[at % 3], digest=f"{number} {at}")


# --- keys -----------------------------------------------------------------------------


def test_a_key_is_short_and_the_same_for_the_same_birth() -> None:
    assert key_of("gazeta", post(1)) == key_of("gazeta", post(1))
    assert len(key_of("gazeta", post(1))) == len("a_") + SHORTEST


@pytest.mark.parametrize(
    ("outlet", "alias"), [("tjeter", post(1)), ("gazeta", post(2)), ("gazeta", guid("posts:1"))]
)
def test_another_birth_has_another_key(outlet: str, alias: Alias) -> None:
    assert key_of(outlet, alias) != key_of("gazeta", post(1))


def test_a_key_that_is_taken_grows() -> None:
    spellings = keys_of("gazeta", post(1))
    assert key_of("gazeta", post(1), {spellings[0]}) == spellings[1]
    assert [len(key) for key in spellings] == list(range(SHORTEST + 2, LONGEST + 3))


def test_no_key_left_is_loud() -> None:
    with pytest.raises(ValueError, match="no key is left"):
        first_free(["a_x"], {"a_x"})
