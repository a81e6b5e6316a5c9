"""Matching: the like of an event in another town is only asked about."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crawler.matching import LINE, match
from crawler.models import Article, Event, Keywords


def event(*any_of: tuple[str, ...], **more: Any) -> Event:
    return Event(
        slug="maratona",
        title=more.pop("title", "Maratona"),
        first_day=date(2026, 10, 4),
        last_day=date(2026, 10, 25),
        zone="Europe/Tirane",
        keywords=Keywords(any=any_of),
        **more,
    )


def article(headline: str, lead: str = "", *, language: str = "sq") -> Article:
    return Article(
        key="a_1",
        outlet="gazeta",
        url="https://gazeta.example/1",
        headline=headline,
        lead=lead or None,
        language=language,
        published=None,
        precision=None,
    )


RACE = event(("maratonë",), place="Durrës")
BY_KEYWORD = event(("maratonë", "Durrës"))
FAIR = event(("panair", "libër"), ("book fair",), place="Shkodër", title="Panairi i Librit")


@pytest.mark.parametrize(
    ("wanted", "given", "words"),
    [
        pytest.param(RACE, article("Maratona e Tiranës nis"), "Maratona e Tiranës", id="genitive"),
        pytest.param(RACE, article("Sot maratonë në Korçë"), "maratonë në Korçë", id="në"),
        pytest.param(RACE, article("Neser maratone ne Korce"), "maratone ne Korce", id="plain"),
        pytest.param(
            BY_KEYWORD,
            article("Maratona e Tiranës, hapen regjistrimet", "Vrapues nga Durrësi, ulje çmimi."),
            "Maratona e Tiranës",
            id="its town is where somebody is from",
        ),
        pytest.param(
            FAIR,
            article("Panairi i librit i Prizrenit"),
            "Panairi i librit i Prizrenit",
            id="a name of several words",
        ),
        pytest.param(
            FAIR,
            article("The book fair in Pristina", language="en"),
            "fair in Pristina",
            id="english",
        ),
    ],
)
def test_the_like_of_it_in_another_town_is_only_asked_about(
    wanted: Event, given: Article, words: str
) -> None:
    found = match(wanted, given)
    assert found is not None
    assert found.doubt is not None
    assert found.doubt.startswith(f'about another place: "{words}"')
    assert [sign.words for sign in found.signals if sign.kind == "other-place"] == [words]
    assert found.score < LINE


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        pytest.param(RACE, article("Maratona e Durrësit nis"), id="its own town"),
        pytest.param(RACE, article("Maratona mbush shëtitoren"), id="no town"),
        pytest.param(RACE, article("Pas maratonës së Tiranës, radha e Durrësit"), id="both"),
        pytest.param(RACE, article("Maratona e Tiranës", "Në Durrës e dyta."), id="in the lead"),
        pytest.param(RACE, article("Maratonë e shkurtër, në Korçë shi"), id="further away"),
        pytest.param(RACE, article("Maratona. Në Korçë shi"), id="another sentence"),
        pytest.param(RACE, article("Maratona e fier dhe fiereve"), id="a common word"),
        pytest.param(RACE, article("Maratona e Ardianit"), id="a name that is no town"),
        pytest.param(RACE, article("Maratona hapet", "Maratona e Tiranës qe e gjatë."), id="later"),
        pytest.param(event(("maratonë",)), article("Maratona e Tiranës"), id="no town is known"),
        pytest.param(event(("libër",), place="Durrës"), article("Libri i Tiranës"), id="no event"),
    ],
)  # fmt: skip
def test_what_may_be_the_event_counts(wanted: Event, given: Article) -> None:
    found = match(wanted, given)
    assert found is not None
    assert found.doubt is None
    assert found.score >= LINE
