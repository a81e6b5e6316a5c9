"""Readings of one piece by several layers: what stands, what is an edit, and that order is not."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.models import Layer, Precision, Reading, Said, Tongue, When
from crawler.reading.merge import (
    BEST_FIRST,
    TRUST,
    LayerState,
    Revision,
    State,
    merge,
    unite,
)

NINE = datetime(2025, 5, 10, 9, 30, tzinfo=timezone(timedelta(hours=2)))
URL = "https://gazeta.example/libri/"


def say(layer: Layer, **fields: Any) -> Reading:
    """What `layer` says; `headline="..."` and the like, `published` an instant or a When."""
    return Reading(
        layer=layer,
        url=fields.pop("url", URL),
        aliases=(),
        **{name: said(layer, name, value) for name, value in fields.items()},
    )


def said(layer: Layer, name: str, value: Any) -> Said[Any]:
    if isinstance(value, datetime):
        value = When(instant=value, precision="minute", rule="iso")
    return Said(value=value, layer=f"{layer}:{name}")


def day(instant: datetime, precision: Precision = "day") -> When:
    return When(instant=instant, precision=precision, rule="iso")


class Story:
    """One article, read again and again."""

    def __init__(self) -> None:
        self.state: State | None = None
        self.layers: dict[Layer, LayerState] = {}
        self.revisions: list[Revision] = []

    def read(self, *readings: Reading, digest: str | None = None) -> Story:
        for reading in readings:
            merged = merge(
                self.state, reading, self.layers.get(reading.layer), digest=digest or repr(reading)
            )
            self.state, self.layers[reading.layer] = merged.state, merged.layer
            self.revisions += merged.revisions
        return self

    def __getitem__(self, name: str) -> Any:
        assert self.state is not None
        return self.state.fields[name].value

    def by(self, name: str) -> Layer:
        assert self.state is not None
        return self.state.fields[name].layer

    @property
    def edits(self) -> list[tuple[str, str, str]]:
        return [(edit.field, edit.old, edit.new) for edit in self.revisions]


REST, FEED, PAGE = Layer.REST, Layer.FEED, Layer.PAGE


# --- trust --------------------------------------------------------------------------


def test_a_first_reading_stands_and_is_no_edit() -> None:
    story = Story().read(say(FEED, headline="Libri u hap"))
    assert (story["headline"], story["url"], story.edits) == ("Libri u hap", URL, [])


@pytest.mark.parametrize("order", [(REST, FEED), (FEED, REST)], ids=["rest-feed", "feed-rest"])
def test_the_better_layer_stands_in_either_order_and_is_no_edit(order: Iterable[Layer]) -> None:
    story = Story().read(*(say(layer, headline=f"si thotë {layer}") for layer in order))
    assert (story["headline"], story.by("headline")) == ("si thotë rest", REST)
    assert story.edits == []


def test_a_worse_layer_fills_what_the_better_one_left_empty() -> None:
    story = Story().read(
        say(REST, headline="Libri"), say(PAGE, headline="Libri | Gazeta", text="I")
    )
    assert (story["headline"], story["text"], story.by("text")) == ("Libri", "I", PAGE)


@pytest.mark.parametrize("empty", ["", None], ids=["empty", "silent"])
def test_nothing_never_replaces_something(empty: str | None) -> None:
    again = say(REST, headline=empty) if empty is not None else say(REST)
    story = Story().read(say(REST, headline="Libri"), again)
    assert (story["headline"], story.edits) == ("Libri", [])


def test_no_name_never_replaces_a_name() -> None:
    story = Story().read(say(REST, byline=("Ana Shembull",)), say(REST, byline=()))
    assert (story["byline"], story.edits) == (("Ana Shembull",), [])


@pytest.mark.parametrize("order", [0, 1], ids=["day-first", "minute-first"])
def test_a_minute_of_a_worse_layer_beats_a_bare_day(order: int) -> None:
    readings = [say(REST, published=day(NINE.replace(hour=0, minute=0))), say(FEED, published=NINE)]
    story = Story().read(*(readings if order == 0 else reversed(readings)))
    assert (story["published"].instant, story.by("published"), story.edits) == (NINE, FEED, [])


def test_every_field_is_trusted_in_some_order_of_all_layers() -> None:
    assert all(set(order) == set(Layer) for order in TRUST.values())


# --- edits --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        ({"headline": "Libri"}, {"headline": "Festa"}, [("headline", "Libri", "Festa")]),
        ({"text": "një"}, {"text": "dy"}, [("text", "një", "dy")]),
        ({"byline": ("Ana",)}, {"byline": ("Ana", "Bora")}, [("byline", "Ana", "Ana; Bora")]),
        ({"url": URL}, {"url": f"{URL}2/"}, [("url", URL, f"{URL}2/")]),
        (
            {"published": NINE},
            {"published": NINE + timedelta(hours=1)},
            [("published", "2025-05-10T09:30:00+02:00", "2025-05-10T10:30:00+02:00")],
        ),
        ({"published": NINE}, {"published": NINE.astimezone(UTC)}, []),
        ({"published": day(NINE.replace(hour=0, minute=0))}, {"published": NINE}, []),
        ({"modified": NINE}, {"modified": NINE + timedelta(hours=1)}, []),
    ],
    ids=["headline", "text", "byline", "url", "date", "same-instant", "minute-of-day", "modified"],
)
def test_a_layer_that_contradicts_itself_has_seen_an_edit(
    before: Mapping[str, Any], after: Mapping[str, Any], edits: list[tuple[str, str, str]]
) -> None:
    assert Story().read(say(REST, **before), say(REST, **after)).edits == edits


def test_another_conclusion_of_ours_about_the_language_is_no_edit() -> None:
    tongues = [Tongue(code=code, source="words", confidence=0.9) for code in ("sq", "en")]
    story = Story().read(*(say(REST, language=tongue) for tongue in tongues))
    assert (story["language"].code, story.edits) == ("en", [])


def test_another_address_of_a_picture_is_no_edit_and_the_pages_own_stands() -> None:
    first, second = (f"https://gazeta.example/f.jpg?w={width}" for width in (300, 1200))
    story = Story().read(say(REST, picture=first), say(REST, picture=second))
    assert (story["picture"], story.edits) == (second, [])
    story.read(say(PAGE, picture=first), say(REST, picture=second))
    assert (story["picture"], story.by("picture"), story.edits) == (first, PAGE, [])


def test_a_worse_layer_that_changes_its_mind_brings_news() -> None:
    story = Story().read(
        say(REST, headline="Libri"), say(FEED, headline="Libri!"), say(FEED, headline="Festa!")
    )
    assert (story["headline"], story.by("headline")) == ("Festa!", FEED)
    assert story.edits == [("headline", "Libri", "Festa!")]


def test_a_worse_layer_that_differs_from_the_first_brings_no_news() -> None:
    story = Story().read(say(REST, headline="Libri"), say(FEED, headline="Tjetër"))
    assert (story["headline"], story.edits) == ("Libri", [])


def test_a_better_layer_that_repeats_an_old_word_does_not_undo_news() -> None:
    story = Story().read(
        say(REST, headline="Libri"),
        say(FEED, headline="Libri"),
        say(FEED, headline="Festa"),
        say(REST, headline="Libri", section="Kultura"),
    )
    assert (story["headline"], story["section"]) == ("Festa", "Kultura")


def test_other_words_out_of_the_same_bytes_are_our_improvement() -> None:
    story = (
        Story()
        .read(say(REST, text="i prishur"), digest="d")
        .read(say(REST, text="i saktë"), digest="d")
    )
    assert (story["text"], story.edits) == ("i saktë", [])


def test_the_latest_edit_named_by_any_layer_stands() -> None:
    later = NINE + timedelta(days=1)
    story = Story().read(say(REST, modified=later), say(FEED, modified=NINE))
    assert story.state is not None
    assert story.state.modified is not None
    assert story.state.modified.value.instant == later


def test_a_long_text_is_remembered_by_its_hash() -> None:
    story = Story().read(say(REST, text="fjalë " * 1000))
    assert len(story.layers[REST].said["text"].mark) < 100


def test_half_a_sign_is_no_reason_to_fail() -> None:
    story = Story().read(say(REST, text="\ud800" * 1000))
    assert story.layers[REST].said["text"].mark.startswith("#")


def test_of_two_articles_that_are_one_the_better_word_stands() -> None:
    older, younger = Story().read(say(FEED, headline="f")), Story().read(say(REST, headline="r"))
    assert older.state is not None
    assert younger.state is not None
    united = unite(older.state, younger.state)
    assert united.fields["headline"].value == "r"
    assert unite(older.state, older.state) == older.state


# --- properties -----------------------------------------------------------------------

WORDS = st.sampled_from(["", "Libri", "Festa", "Sheshi"])
DATES = st.none() | st.builds(
    lambda hours, precision: When(
        instant=NINE + timedelta(hours=hours), precision=precision, rule="iso"
    ),
    st.integers(0, 48),
    st.sampled_from(["day", "minute"]),
)


@st.composite
def readings(draw: st.DrawFn, layer: Layer) -> Reading:
    """Anything a layer may say."""
    names = ("headline", "lead", "text", "section", "picture")
    fields: dict[str, Any] = {name: draw(WORDS) for name in names}
    dates = {name: draw(DATES) for name in ("published", "modified")}
    url = draw(st.sampled_from([URL, f"{URL}2/"]))
    return say(layer, url=url, **fields, **{n: when for n, when in dates.items() if when})


@st.composite
def of_distinct_layers(draw: st.DrawFn) -> list[Reading]:
    layers = draw(st.lists(st.sampled_from(BEST_FIRST), unique=True, min_size=1))
    return [draw(readings(layer)) for layer in layers]


@given(of_distinct_layers(), st.randoms(use_true_random=False))
def test_any_order_of_distinct_layers_gives_the_same_state(
    spoken: list[Reading], random: Any
) -> None:
    shuffled = spoken[:]
    random.shuffle(shuffled)
    one, other = Story().read(*spoken), Story().read(*shuffled)
    assert one.state == other.state
    assert one.edits == other.edits == []


@given(of_distinct_layers(), st.data())
def test_repeating_a_reading_changes_nothing(spoken: list[Reading], data: st.DataObject) -> None:
    story = Story().read(*spoken)
    before = (story.state, dict(story.layers))
    story.read(*data.draw(st.lists(st.sampled_from(spoken))))
    assert (story.state, story.layers) == before
    assert story.edits == []


@given(of_distinct_layers(), st.data())
def test_an_edit_that_several_layers_report_is_one_in_any_order(
    spoken: list[Reading], data: st.DataObject
) -> None:
    spoken = [replace(reading, headline=said(reading.layer, "headline", "A")) for reading in spoken]
    edited = [
        replace(reading, headline=said(reading.layer, "headline", f"B {reading.layer}"))
        for reading in data.draw(st.lists(st.sampled_from(spoken), unique_by=lambda r: r.layer))
    ]
    first = Story().read(*data.draw(st.permutations(spoken)), *edited)
    other = Story().read(*spoken, *data.draw(st.permutations(edited)))
    for story in (first, other):
        assert [name for name, _, _ in story.edits].count("headline") == bool(edited)
    assert first["headline"] == other["headline"]


def test_three_layers_report_one_edit_in_every_order() -> None:
    before = [say(layer, headline="A") for layer in (REST, FEED, PAGE)]
    after = [say(layer, headline=f"B {layer}") for layer in (REST, FEED, PAGE)]
    for order in itertools.permutations(after):
        story = Story().read(*before, *order)
        assert (story["headline"], len(story.edits)) == ("B rest", 1), [r.layer for r in order]
