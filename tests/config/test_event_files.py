"""Event files: what they say, and how a wrong one is refused."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawler.config import RegistryError, load_event, load_events
from crawler.config.event_file import event_text
from crawler.models import Event, EventWords, Keywords, Workspace

CONTRACT = Path(__file__).parent / "contract"  # contract.md's own samples
SHORT = 'title = "Festa"\nfrom = 2025-05-05\nto = 2025-05-20\n'
KEYS = (
    "Known keys: title, date, from, to, zone, place, organiser, expected_outlets, introduction,"
    " language, sq, en, keywords"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with one outlet of its own, on Skopje's time."""
    for folder in ("outlets", "events"):
        (tmp_path / folder).mkdir()
    (tmp_path / "outlets" / "gazeta-shembull.toml").write_text('name = "Gazeta Shembull"')
    return Workspace(root=tmp_path, zone="Europe/Skopje")


def written(workspace: Workspace, text: str, slug: str = "festa-e-librit") -> Path:
    path = workspace.root / "events" / f"{slug}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_contracts_own_event() -> None:
    event = load_event(Workspace(root=CONTRACT), "festa-e-librit")
    assert event == Event(
        slug="festa-e-librit",
        title="Festa e Librit",
        date=date(2025, 5, 10),
        first_day=date(2025, 5, 5),
        last_day=date(2025, 5, 20),
        zone="Europe/Tirane",
        place="Tiranë",
        organiser="Shoqata Shembull",
        expected_outlets=("gazeta-shembull",),
        introduction="...",
        language="sq",
        keywords=Keywords(
            any=(("libër", "festë"), ('"rruga e librit"',)),
            all=(),
            none=("recetë",),
            names=("Shoqata Shembull",),
        ),
        source=CONTRACT / "events" / "festa-e-librit.toml",
    )
    tirana = ZoneInfo("Europe/Tirane")
    assert event.window.start == datetime(2025, 5, 5, tzinfo=tirana)
    assert event.window.end == datetime(2025, 5, 21, tzinfo=tirana)


def test_an_event_without_a_zone_is_on_the_offices_time(workspace: Workspace) -> None:
    written(workspace, SHORT)
    assert load_event(workspace, "festa-e-librit").zone == "Europe/Skopje"


def test_an_event_of_one_day(workspace: Workspace) -> None:
    written(workspace, 'title = "Festa"\nfrom = 2025-05-10\nto = 2025-05-10')
    event = load_event(workspace, "festa-e-librit")
    assert event.window.first_day == event.window.last_day == date(2025, 5, 10)


def test_all_events_by_slug(workspace: Workspace) -> None:
    written(workspace, SHORT, "b")
    written(workspace, SHORT, "a")
    assert list(load_events(workspace)) == ["a", "b"]


def test_no_folder_no_events(tmp_path: Path) -> None:
    assert load_events(Workspace(root=tmp_path)) == {}


WRONG = {
    "unknown key": (f"{SHORT}titel = 1", f'unknown key "titel"; did you mean "title"? {KEYS}'),
    "unknown key in keywords": (
        f"{SHORT}[keywords]\nnone = []",
        '[keywords]: unknown key "none". Known keys: any, all, not, names',
    ),
    "missing title": (
        "from = 2025-05-05\nto = 2025-05-20",
        f'the key "title" is missing. {KEYS}',
    ),
    "missing from": ('title = "F"\nto = 2025-05-20', f'the key "from" is missing. {KEYS}'),
    "missing to": ('title = "F"\nfrom = 2025-05-05', f'the key "to" is missing. {KEYS}'),
    "from after to": (
        'title = "F"\nfrom = 2025-05-21\nto = 2025-05-20',
        "line 2: from: 2025-05-21 is after to = 2025-05-20",
    ),
    "a day of every day": (
        'title = "F"\nfrom = "dje"\nto = 2025-05-20',
        "from: 'dje': another day every day: write the date itself, like 2025-05-10",
    ),
    "a day in words without a year": (
        'title = "F"\nfrom = "5 maj"\nto = 2025-05-20',
        "from: '5 maj': the year is missing",
    ),
    "a day of two digits": (
        'title = "F"\nfrom = "5.5.25"\nto = 2025-05-20',
        "from: '5.5.25': the year has two digits, write it with four",
    ),
    "a day of the last year there is": (
        'title = "F"\nfrom = 2025-05-05\nto = 9999-12-31',
        "to: a year from 1900 to 2199, not 9999",
    ),
    "a day in numbers without quotes": (
        'title = "F"\nfrom = 05.05.2025\nto = 2025-05-20',
        '(at line 2, column 9); a day is written 2025-05-10, or in quotes: "05.05.2025"',
    ),
    "a day in words without quotes": (
        'title = "F"\nfrom = 5 maj 2025\nto = 2025-05-20',
        'a day is written 2025-05-10, or in quotes: "5 maj 2025"',
    ),
    "a day that is none": (
        'title = "F"\nfrom = 2025-02-30\nto = 2025-05-20',
        "not TOML: Invalid date or datetime (at line 2",
    ),
    "a time": (
        'title = "F"\nfrom = 2025-05-05T10:00:00\nto = 2025-05-20',
        "from: expected a day without quotes, as 2025-05-10, got a date with a time: ",
    ),
    "zone": (
        f'{SHORT}zone = "Tirana"',
        "zone: no time zone of the IANA database: 'Tirana'",
    ),
    "unknown outlet": (
        f'{SHORT}expected_outlets = ["gazeta-shembul"]',
        'expected_outlets: there is no outlet "gazeta-shembul"; did you mean "gazeta-shembull"',
    ),
    "unknown outlet, like none": (
        f'{SHORT}expected_outlets = ["xyzzy"]',
        'expected_outlets: there is no outlet "xyzzy"; `jehona outlets list` shows them all',
    ),
    "an outlet twice": (
        f'{SHORT}expected_outlets = ["gazeta-shembull", "gazeta-shembull"]',
        "expected_outlets: twice in the list: 'gazeta-shembull'",
    ),
    "an outlet's name": (
        f'{SHORT}expected_outlets = ["Gazeta Shembull"]',
        "expected_outlets: a slug has only a-z, 0-9 and hyphens, not 'Gazeta Shembull'",
    ),
    "one outlet for a list": (
        f'{SHORT}expected_outlets = "gazeta-shembull"',
        "expected_outlets: expected a list in square brackets, got a text in quotes: ",
    ),
    "a flat list of words": (
        f'{SHORT}[keywords]\nany = ["libër", "festë"]',
        '[keywords] any: expected a list of groups, as [["libër", "festë"], ["lexim"]], got a list',
    ),
    "an empty group": (
        f'{SHORT}[keywords]\nany = [["libër"], []]',
        "line 5: [keywords] any: group 2 is empty; write a word in it or take it out",
    ),
    "an empty word": (
        f'{SHORT}[keywords]\nnot = [""]',
        "line 5: [keywords] not: an empty term; write a word, or take the term out",
    ),
    "only negatives": (
        f'{SHORT}[keywords]\nnot = ["recetë"]',
        "line 5: [keywords] not: only words that must not stand; say what must, as any = ",
    ),
    "an unbalanced quote": (
        f'{SHORT}[keywords]\nany = [\n  ["libër"],\n  ["\\"rruga e librit"],\n]',
        "line 7: [keywords] any: an unbalanced quote in '\"rruga e librit'; write \"rruga e librit",
    ),
    "a quote in a literal": (
        f"{SHORT}[keywords]\nall = ['\"libri']",
        "line 5: [keywords] all: an unbalanced quote in ",
    ),
    "near of one": (
        f'{SHORT}[keywords]\nany = [["near(libër)"]]',
        "line 5: [keywords] any: near() wants two terms: 'near(libër)'; write near(festë, ",
    ),
    "a term of 10,000 characters": (
        f'{SHORT}[keywords]\nany = [["{"libër " * 2_000}"]]',
        "line 5: [keywords] any: a term of 12,000 characters; write at most 200, the few words",
    ),
    "a number for a term": (
        f"{SHORT}[keywords]\nany = [[7]]",
        "[keywords] any: expected a text in quotes, got a number: 7",
    ),
    "a name of signs": (
        f'{SHORT}[keywords]\nnames = ["--"]',
        "line 5: [keywords] names: no word in '--', only signs; write a word",
    ),
    "keywords as a list": (
        f'{SHORT}keywords = ["libër"]',
        "[keywords]: expected a table, got a list: ['libër']",
    ),
    "a password": (
        f'{SHORT}token = "fshehte"',
        "token: a secret does not belong in this file; this file holds no secrets",
    ),
    "syntax": ('title = "Festa\n', "not TOML: Illegal character '\\n' (at line 1"),
}


@pytest.mark.parametrize(("text", "expected"), WRONG.values(), ids=WRONG)
def test_a_wrong_event_is_refused_in_one_line(
    workspace: Workspace, text: str, expected: str
) -> None:
    path = written(workspace, text)
    with pytest.raises(RegistryError) as refused:
        load_event(workspace, "festa-e-librit")
    line = str(refused.value)
    assert expected in line.removeprefix(f"{path}: ")
    assert line.isprintable()
    assert "fshehte" not in line


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        pytest.param(f"{SHORT}titel = 1", "line 4: unknown key", id="a key of the top"),
        pytest.param(f"{SHORT}[keyword]\nany = []", "line 4: unknown key", id="a table"),
        pytest.param(
            f'{SHORT}[keywords]\nall = []\n# anyy = []\nanyy = [["x"]]',
            'line 7: [keywords]: unknown key "anyy"; did you mean "any"?',
            id="a key of a table",
        ),
        pytest.param(
            f'{SHORT}zone = "Tirana"', "line 4: zone: no time zone of the IANA", id="a wrong value"
        ),
        pytest.param(
            f'{SHORT}[keywords]\nany = ["x"]', "line 5: [keywords] any: expected", id="a wrong list"
        ),
        pytest.param(
            f'{SHORT}[keywords]\nany = [\n  ["x"],\n  ["\\"rruga e"],\n]',
            "line 7: [keywords] any: an unbalanced quote",
            id="a term in a list of many lines",
        ),
        pytest.param(
            f'{SHORT}[keywords]\nany = [["bletar", "-recetë"]]',
            "line 5: [keywords] any: a minus before",
            id="a minus",
        ),
        pytest.param(
            f"{SHORT}keywords = {{ anyy = [] }}", "[keywords]: unknown key", id="no line of its own"
        ),
    ],
)
def test_a_refusal_names_the_line(workspace: Workspace, text: str, begins: str) -> None:
    path = written(workspace, text)
    with pytest.raises(RegistryError) as refused:
        load_event(workspace, "festa-e-librit")
    assert str(refused.value).removeprefix(f"{path}: ").startswith(begins)


def test_one_wrong_event_does_not_hide_another(workspace: Workspace) -> None:
    written(workspace, "titel = 1", "a")
    written(workspace, SHORT, "b")
    assert load_event(workspace, "b").title == "Festa"


@pytest.mark.parametrize(
    ("slug", "advice"),
    [
        ("festa-e-librt", '; did you mean "festa-e-librit"? known: festa-e-librit'),
        ("xyzzy", "; known: festa-e-librit"),
        ("../outlets/gazeta-shembull", "; known: festa-e-librit"),
    ],
)
def test_an_event_that_is_not_there(workspace: Workspace, slug: str, advice: str) -> None:
    written(workspace, SHORT)
    with pytest.raises(RegistryError) as refused:
        load_event(workspace, slug)
    folder = workspace.root / "events"
    assert str(refused.value) == f'{folder}: there is no event "{slug}"{advice}'


def test_no_event_at_all(workspace: Workspace) -> None:
    with pytest.raises(RegistryError, match='there is no event "festa"; there are none yet'):
        load_event(workspace, "festa")


TWO = (
    'title = "Festa"\nfrom = 2025-05-05\nto = 2025-05-20\nplace = "Tiranë"\n'
    'introduction = "Erdhën."\n'
    '[en]\ntitle = "Fair"\nintroduction = "They came."\n'
)


def test_an_event_speaks_to_readers_in_their_language(workspace: Workspace) -> None:
    written(workspace, TWO)
    event = load_event(workspace, "festa-e-librit")
    english, own = event.told_in("en"), event.told_in("sq")
    assert (event.language, own.title, own.introduction) == ("sq", "Festa", "Erdhën.")
    assert (english.title, english.introduction) == ("Fair", "They came.")
    assert english.place == "Tiranë"
    assert event.untranslated("en") == () == event.untranslated("sq")


def test_an_event_in_english_has_albanian_words(workspace: Workspace) -> None:
    written(workspace, 'language = "en"\n' + TWO.replace("[en]", "[sq]"))
    event = load_event(workspace, "festa-e-librit")
    assert event.translations == (
        EventWords(language="sq", title="Fair", introduction="They came."),
    )
    assert event.told_in("sq").title == "Fair"


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        (SHORT, ("title",)),
        (SHORT + 'introduction = "Erdhën."', ("title", "introduction")),
        (SHORT + 'introduction = "Erdhën."\n[en]\ntitle = "Fair"', ("introduction",)),
    ],
)
def test_what_readers_get_untranslated_is_known(
    workspace: Workspace, text: str, lacking: tuple[str, ...]
) -> None:
    written(workspace, text)
    assert load_event(workspace, "festa-e-librit").untranslated("en") == lacking


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SHORT + '[sq]\ntitle = "F"', 'in "sq" already'),
        ('language = "en"\n' + SHORT + '[en]\ntitle = "F"', 'in "en" already'),
        ('language = "de"\n' + SHORT, "Known: sq, en"),
        (SHORT + '[en]\ntitel = "F"', 'line 5: [en]: unknown key "titel"'),
        (SHORT + "[en]\ntitle = 3", "line 5: [en] title: expected a text"),
        (SHORT + 'en = "Fair"', "expected a table"),
    ],
)
def test_wrong_words_of_the_other_language(workspace: Workspace, text: str, told: str) -> None:
    written(workspace, text)
    with pytest.raises(RegistryError, match=r".+") as refused:
        load_event(workspace, "festa-e-librit")
    assert told in str(refused.value)


def test_both_languages_survive_writing(workspace: Workspace) -> None:
    written(workspace, TWO)
    event = load_event(workspace, "festa-e-librit")
    path = workspace.root / "events" / "again.toml"
    path.write_text(event_text(event), encoding="utf-8")
    again = load_event(workspace, "again")
    assert (again.language, again.translations) == (event.language, event.translations)
