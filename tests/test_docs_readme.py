"""README, architecture, choices and the page on running regularly say what is true today."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any, Final

import pytest
import typer

from crawler.config import load_outlets, load_workspace
from crawler.models import Workspace
from crawler.record import history, open_record, read
from crawler.run import conductor, session
from crawler.run.ledger import ledger_json
from jehona import cli
from jehona.actions import crawl
from reports.formats.json import document
from reports.models import Brought
from spiders import asking, dated, wordpress
from tests import test_imports
from tests.reports.full import full

ROOT: Final = Path(__file__).resolve().parent.parent
NAMES: Final = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/README.md",
    "docs/glossary.md",
    "docs/architecture.md",
    "docs/choices.md",
    "docs/running-regularly.md",
    "docs/json.md",
    "docs/events.md",
    "docs/reviewing.md",
    "docs/telling.md",
)
PAGES: Final = {name: (ROOT / name).read_text("utf-8") for name in NAMES}
PICTURE: Final = "docs/pictures/demo.svg"
OURS: Final = "crawler|spiders|reports|tests|scripts|docs|data|bench"

FENCED: Final = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INDENTED: Final = re.compile(r"^ {4}(\S.*)$", re.MULTILINE)
TYPED: Final = re.compile(r'(?:^|/|\\|=)jehona(?:\.exe)?(?:\\?")? (.+)')
ANCHORED: Final = re.compile(r"\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)")
PATH: Final = re.compile(rf"`((?:{OURS})/[^`\s:]*)(?:::(\w+))?`")
MEMBER: Final = re.compile(r"`(?:crawler\.)?(\w+)\.(\w+)`")
DEPENDENCY: Final = re.compile(r"^[A-Za-z0-9-]+")
ROW: Final = re.compile(r"^\| `([\w.-]+)` \|", re.MULTILINE)

every_page = pytest.mark.parametrize("page", NAMES)


# --- what people are told to type --------------------------------------------------


def commands() -> Iterator[tuple[str, str]]:
    """What stands behind `jehona` in the code blocks, with its page."""
    for page, text in PAGES.items():
        blocks = "\n".join([*FENCED.findall(text), *INDENTED.findall(text)])
        for line in blocks.splitlines():
            if found := TYPED.search(line):
                yield page, found[1]


def spoken(line: str) -> list[str]:
    """The words of a command as its shell hands them over."""
    bare = re.split(r" (?:>>|\|) ", line)[0].replace('\\"', '"')
    # the closing quote of a command that stands inside another one's
    bare = bare.removesuffix('"') if bare.count('"') % 2 else bare
    return shlex.split(bare.replace("\\", "/"))


@pytest.mark.parametrize(("page", "line"), sorted(set(commands())))
def test_a_command_is_understood_as_it_stands(page: str, line: str) -> None:
    understood(spoken(line))


def understood(words: list[str]) -> None:
    """Reads a command line as `jehona` would, and runs nothing. Raises where it would refuse."""
    command: Any = cli.build()
    context = command.make_context("jehona", words)
    while hasattr(command, "commands"):
        left = [*context._protected_args, *context.args]
        if not left and command.invoke_without_command:
            # a command with commands of its own: `jehona desk`
            return
        name, command, words = command.resolve_command(context, left)
        context = command.make_context(name, words, parent=context)


@pytest.mark.parametrize(
    "line",
    ["crawl --evry 1h", "crawl --way walking", "checked OUTLET --event e", "tell", "report e -x"],
)
def test_a_wrong_command_is_noticed(line: str) -> None:
    with pytest.raises(typer.TyperException):
        understood(spoken(line))


def test_the_two_commands_stand_on_the_first_screen() -> None:
    first = PAGES["README.md"].split("\n## ")[0]
    assert {"make demo", "make test"} <= set(re.findall(r"make \w+", first))
    assert len(re.findall(r"!\[[^\]]+\]\(docs/pictures/\S+\)", first)) == 1


def test_the_catalogue_is_as_large_as_the_readme_says() -> None:
    said = f"{len(load_outlets(load_workspace(ROOT / 'data')))} outlets come with the program"
    assert said in PAGES["README.md"]


# --- what is pointed at ------------------------------------------------------------


@every_page
def test_a_heading_that_is_linked_is_there(page: str) -> None:
    for target, anchor in ANCHORED.findall(PAGES[page]):
        linked = ((ROOT / page).parent / target).read_text("utf-8") if target else PAGES[page]
        headings = re.findall(r"^#+ (.+)$", linked, re.MULTILINE)
        assert anchor in {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings}


@every_page
def test_a_path_that_is_named_exists(page: str) -> None:
    for name, test in PATH.findall(PAGES[page]):
        path = ROOT / name
        # the folder `data/var` is made by use
        assert path.exists() or name.startswith("data/var"), name
        assert not test or f"def {test}(" in path.read_text("utf-8"), f"{name}::{test}"


def test_every_law_names_a_test() -> None:
    rows = re.findall(r"^\| \*\*(\d)\. .*$", PAGES["docs/architecture.md"], re.MULTILINE)
    proved = re.findall(r"^\| \*\*(\d)\. .*::test_", PAGES["docs/architecture.md"], re.MULTILINE)
    assert rows == proved == list("1234567")


@every_page
def test_a_member_that_is_named_exists(page: str) -> None:
    for module, member in MEMBER.findall(PAGES[page]):
        path = next((p for p in places(module) if p.exists()), None)
        if path is not None and member not in {"py", "toml", "md"}:
            kept = path.read_text("utf-8")
            assert re.search(rf"^(?:async )?(?:def|class) {member}\b|^{member}\b", kept, re.M), (
                member
            )


def places(module: str) -> tuple[Path, ...]:
    """Where a module of ours may be."""
    return (ROOT / f"crawler/{module}.py", ROOT / f"spiders/{module}.py", ROOT / f"{module}.py")


def test_the_rooms_are_the_house() -> None:
    """Every folder and loose module that the tree of the architecture names, and no other."""
    plan = PAGES["docs/architecture.md"].split("## The rooms")[1].split("## ")[0]
    rooms = dict.fromkeys(re.findall(r"^ {4}(\w+/|\w+\.py)", plan, re.MULTILINE))
    assert not [room for room in rooms if not (ROOT / room).exists()]
    for room in ("jehona", "crawler"):
        told = re.search(rf"^ {{4}}{room}/.*\n((?: {{6}}.*\n)+)", plan, re.MULTILINE)
        inside = set(re.findall(r"^ {6}(\w+/|\w+\.py)", told[1] if told else "", re.MULTILINE))
        there = {p.name + "/" * p.is_dir() for p in (ROOT / room).iterdir()}
        assert inside == there - {"__init__.py", "__main__.py", "__pycache__/", "shipped/"}


# --- what is counted ---------------------------------------------------------------


def per(delta: Any, unit: int) -> int:
    """A length of time in whole units of so many seconds."""
    return int(delta.total_seconds() // unit)


DAY: Final = 86_400
WORDS: Final = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve")  # fmt: skip


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("docs/architecture.md", f"at most {session.SIDE_BY_SIDE} at once"),
        ("docs/choices.md", f"at most {session.SIDE_BY_SIDE} outlets side by side"),
        ("docs/architecture.md", f"more than {WORDS[wordpress.MOST_TYPES]}, or one"),
        ("docs/architecture.md", f"{WORDS[dated.FOOT]} older rows at its foot"),
        ("docs/architecture.md", f"has {WORDS[int(asking.VANISHED)]} or more pieces"),
        ("docs/architecture.md", f"{WORDS[int(asking.EXPECTED)]} or more were to be expected"),
        ("docs/architecture.md", f"over {WORDS[int(history.ENOUGH_DAYS)]} days on"),
        ("docs/architecture.md", f"functions at {test_imports.LINES_OF_A_FUNCTION} lines"),
        ("docs/architecture.md", f"files at {test_imports.LINES_OF_A_FILE},"),
        ("docs/running-regularly.md", f"{WORDS[per(conductor.OVERLAP, DAY)]} days before the end"),
        ("docs/running-regularly.md", f"{per(conductor.LONGEST_LOOK, DAY)} days at most"),
        ("docs/running-regularly.md", f"`{crawl.SHORTEST_EVERY // 60:.0f}m`: we are guests"),
    ],
    ids=lambda word: word if word in NAMES else None,
)
def test_a_number_is_the_codes(page: str, said: str) -> None:
    assert said in " ".join(PAGES[page].split())


# --- JSON --------------------------------------------------------------------------

# keys whose own keys are another noun's: an event's file, a window
WHOLE: Final = (
    *("event", "window", "method", "doubtful"),
    *("pieces[].changes", "pieces[].signals", "outlets[].checks[].numbers"),
)
KEY: Final = re.compile(r"^\| `([\w.\[\]]+)` \|", re.MULTILINE)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The workspace of a demo."""
    folder = tmp_path_factory.mktemp("demo")
    words = [sys.executable, "-m", "jehona", "demo", "--output", str(folder)]
    subprocess.run(words, check=True, capture_output=True, cwd=ROOT)
    return load_workspace(folder)


def keys(document: Any, path: str = "") -> Iterator[str]:
    """The paths of a document's values: "outlets[].checks[].way"."""
    if path in WHOLE:
        yield path
    elif isinstance(document, list) and any(isinstance(item, dict) for item in document):
        for item in document:
            yield from keys(item, f"{path}[]")
    elif isinstance(document, dict):
        for name, value in document.items():
            yield from keys(value, f"{path}.{name}" if path else name)
    else:
        yield path


def told(heading: str) -> set[str]:
    """The keys in the table under a heading of docs/json.md."""
    return set(KEY.findall(PAGES["docs/json.md"].split(f"## {heading}\n")[1].split("\n## ")[0]))


def test_the_keys_of_a_crawl(played: Workspace) -> None:
    with open_record(played.record, played.snapshots, readonly=True) as record:
        run = read.run(record, 1)
    assert run is not None
    # what a note counts has names of its own: docs/outcomes.md has them all
    there = {re.sub(r"(\.numbers)\..*", r"\1", key) for key in keys(ledger_json(run))}
    assert there == told("A crawl")


def test_the_keys_of_a_report() -> None:
    """Of an invented one: it has a row of everything, which no demo has."""
    made = full()
    tones = {"positive": 1, "neutral": 0, "negative": 0}
    brought = (Brought(outlet="radio-vale", outlet_name="Radio Valë", matched=1),)
    made = replace(made, summary=replace(made.summary, tones=tones), brought=brought)
    assert set(keys(document(made))) == told("A report")


# --- libraries and picture ---------------------------------------------------------


def declared() -> list[str]:
    """Every library that pyproject.toml asks for."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = asked["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    named = [name for some in [*lists, asked["build-system"]["requires"]] for name in some]
    return [found[0] for name in named if (found := DEPENDENCY.match(name))]


def test_every_library_has_its_reason_and_every_reason_a_library() -> None:
    tables = PAGES["docs/choices.md"].split("## Libraries")[1].split("## Weighed")[0]
    # what an extra asks for its tests may ask for, too
    assert sorted(ROW.findall(tables)) == sorted(set(declared()))


def test_the_picture_shows_what_the_demo_prints(tmp_path: Path) -> None:
    drawn = tmp_path / "demo.svg"
    subprocess.run(
        [sys.executable, "-m", "scripts.picture", str(drawn)],
        check=True, capture_output=True, cwd=ROOT,
    )  # fmt: skip
    assert seen(drawn) == seen(ROOT / PICTURE), "run: python -m scripts.picture"


def seen(picture: Path) -> list[str]:
    """The words of a picture, whatever they look like."""
    drawn = picture.read_text("utf-8")
    words = [unescape(part) for part in re.findall(r"<text[^>]*>([^<]*)</text>", drawn)]
    assert "jehona" in words
    return " ".join(words).split()


def test_the_picture_asks_nobodys_server() -> None:
    drawn = (ROOT / PICTURE).read_text("utf-8")
    assert not re.search(r"url\((?!#)|href=|@import|<script", drawn)
