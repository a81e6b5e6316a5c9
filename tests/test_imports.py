"""The house's lines, held: imports point one way, one library one home, nothing outgrows a screen.

Everything is read from the syntax tree, so imports inside functions and under TYPE_CHECKING count
too: a direction is a direction whether it costs time or not. Only `jehona --help` is really run.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
OURS: Final = ("crawler", "spiders", "reports", "jehona")

# --- who may import whom -----------------------------------------------------------

PURE: Final = (
    "crawler.failure",
    "crawler.limits",
    "crawler.models",
    "crawler.files",
    "crawler.config",
    "crawler.urls",
    "crawler.outcomes",
    "crawler.reading",
    "crawler.language",
    "crawler.matching",
    "crawler.stories",
    "crawler.pickup",
    "crawler.evidence",
    "crawler.bundles",
)
ACTS: Final = (*PURE, "crawler", "spiders")
# What a terminal's view needs: actions, nouns, what may go wrong, what one may ask for.
VIEW: Final = (
    "crawler.config",
    "crawler.failure",
    "crawler.models",
    "crawler.outcomes",
    "crawler.record.errors",
    "jehona.actions",
    "jehona.cli",
    "reports.forms",
    "reports.words",
)
# What a page needs: the same, words that reports have too, and whom a server answers.
DESK: Final = (
    "crawler.config",
    "crawler.failure",
    "crawler.models",
    "crawler.outcomes",
    "crawler.record.errors",
    "jehona.actions",
    "jehona.own_host",
    "reports.forms",
    "reports.words",
)
# Views that reach past the actions, with what they take there; none may be added.
REACHING: Final[Mapping[str, tuple[str, ...]]] = {
    "jehona.cli.common": ("crawler.reading.typed_dates",),
    "jehona.cli.crawl_progress": ("crawler.run",),
    "jehona.cli.demo": ("jehona.demo.play",),
    "jehona.cli.outlets_add": ("crawler.probing",),
    "jehona.cli.scrapy_commands": ("crawler.run",),
    "jehona.cli.stories": ("crawler.stories",),
}

MAY_IMPORT: Final[Mapping[str, tuple[str, ...]]] = {
    # the most specific name wins; a module may always import from its own folder
    "crawler.failure": (),
    "crawler.limits": (),
    "crawler.models": (),
    "crawler.files": ("crawler.failure",),
    # a file is whole or not there: like the registry it knows the disk, and nothing else
    "crawler.config": PURE,
    "crawler.urls": PURE,
    "crawler.urls.noise": (),
    "crawler.bundles": PURE,
    "jehona.own_host": ("crawler.urls",),
    "crawler.outcomes": PURE,
    "crawler.reading": PURE,
    "crawler.language": (),
    "crawler.matching": PURE,
    "crawler.stories": PURE,
    "crawler.pickup": PURE,
    "crawler.evidence": ("crawler.failure", "crawler.limits"),
    "crawler.run.crawl_task": PURE,
    # what a spider is sent out with: words only
    "crawler.record": PURE,
    "spiders": (*PURE, "crawler.run.crawl_task", "crawler.run.politeness", "crawler.run.turns"),
    "crawler": ACTS,
    # the conductor, politeness, the page store, settings, probing and their like
    "reports": (*PURE, "crawler.record.read", "crawler.record.receipts"),
    "jehona.actions": (*ACTS, "reports", "jehona.own_host"),
    # what a person can do, once: opens the record, has it related, hands both to the tellers
    "jehona.demo": (*PURE, "jehona.own_host"),
    "jehona.demo.play": (*ACTS, "reports", "jehona.actions", "jehona.demo"),
    # what a press office does with that newsroom
    "jehona.desk": DESK,
    "jehona.cli": VIEW,
    # the commands that open it
    "jehona.cli.desk": (*VIEW, "jehona.desk"),
    **{view: (*VIEW, *further) for view, further in REACHING.items()},
    "jehona": ("jehona.cli",),
}

# --- where a library lives ---------------------------------------------------------

HOMES: Final[Mapping[str, tuple[str, ...]]] = {
    "css_inline": ("reports.mail_styles",),
    "bs4": ("crawler.reading.page.closer",),
    "dateparser": ("crawler.reading.dates",),
    "langdetect": ("crawler.reading.languages",),
    "sqlite_utils": ("crawler.record",),
    "sqlite3": ("crawler.record",),
    "filelock": ("crawler.record",),
    "typer": ("jehona.cli",),
    "rich": ("jehona.cli",),
    "rapidfuzz": (
        "crawler.watching.corrections",
        "crawler.stories",
        "crawler.pickup",
        "jehona.actions.keyword_trial",
        "jehona.actions.audit",
    ),
    "psycopg": ("crawler.pool",),
    "psycopg_pool": ("crawler.pool",),
    "procrastinate": ("crawler.pool",),
    "starlette": ("jehona.desk",),
    "uvicorn": ("jehona.desk.server",),
    "tomlkit": (
        "crawler.config.edited",
        "crawler.config.event_file",
        "crawler.config.outlet_file",
        "crawler.config.post_file",
        "crawler.config.selection_file",
        "crawler.config.toml_changes",
        "crawler.config.workspace_file",
    ),
    "keyring": ("reports.credentials",),
    "requests": (
        "reports.ping",
        "reports.publishing.rest",
        "reports.stamp_authority",
        "reports.translating",
        "reports.web_archive",
    ),
    "rfc3161_client": ("crawler.evidence.stamp",),
    "cryptography": ("crawler.evidence.stamp",),
    "warcio": ("crawler.evidence.warc",),
    "snowballstemmer": ("crawler.language.stemming",),
    "tldextract": ("crawler.urls", "crawler.run.politeness"),
    "zstandard": ("crawler.record", "crawler.reading.packing"),
    "brotli": ("crawler.reading.packing",),
    "PIL": ("reports.picture_files",),
    "docx": (
        "reports.formats.docx",
        "reports.formats.wordml",
        "reports.formats.wordstyles",
        "reports.formats.newsletter_docx",
        "reports.formats.roundup_docx",
    ),
    "typst": ("reports.formats.drawings", "reports.formats.pdf", "reports.publishing.chart"),
    "python_calamine": ("crawler.reading.workbooks",),
    "xlsxwriter": (
        "reports.formats.xlsx",
        "reports.formats.sheets",
        "reports.formats.summary_sheet",
        "reports.formats.comparison_xlsx",
    ),
}

# --- what purity forbids -----------------------------------------------------------

IMPURE: Final = (
    "aiohttp",
    "asyncio",
    "http.client",
    "random",
    "requests",
    "scrapy",
    "socket",
    "sqlite3",
    "sqlite_utils",
    "subprocess",
    "time",
    "twisted",
    "urllib.request",
    "urllib3",
)
CLOCK: Final = ("now", "today", "utcnow")

# --- sizes, with the reason for each exception -------------------------------------

LINES_OF_A_FUNCTION: Final = 30
LINES_OF_A_FILE: Final = 500
LONGER_FUNCTIONS: Final[Mapping[str, str]] = {}
LONGER_FILES: Final[Mapping[str, str]] = {}

HEAVY: Final = (
    "bs4",
    "dateparser",
    "docx",
    "jinja2",
    "keyring",
    "langdetect",
    "lxml",
    "procrastinate",
    "psycopg",
    "python_calamine",
    "requests",
    "scrapy",
    "sqlite_utils",
    "starlette",
    "tldextract",
    "twisted",
    "typst",
    "uvicorn",
    "xlsxwriter",
    "zstandard",
)


def sources() -> dict[str, Path]:
    """Our modules by dotted name."""
    found: list[Path] = []
    for folder in OURS:
        found += sorted((ROOT / folder).rglob("*.py"))
    return {dotted(path): path for path in found}


def dotted(path: Path) -> str:
    """`crawler/reading/dates.py` as `crawler.reading.dates`; a folder by its own name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def named(module: str) -> str:
    """`crawler.reading.dates` as `crawler/reading/dates.py`, the way exceptions are listed."""
    return f"{module.replace('.', '/')}.py"


MODULES: Final = sources()
every_module = pytest.mark.parametrize("module", sorted(MODULES))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(module: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, `from a import b` as `a.b`."""
    for node in ast.walk(tree(MODULES[module])):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = base_of(module, node)
            yield from ((node.lineno, f"{start}.{name.name}") for name in node.names)


def base_of(module: str, node: ast.ImportFrom) -> str:
    """The absolute name that `from ... import` starts at."""
    if not node.level:
        return node.module or ""
    is_folder = MODULES[module].name == "__init__.py"
    folder = module.split(".") if is_folder else module.split(".")[:-1]
    up = folder[: len(folder) - node.level + 1]
    return ".".join([*up, node.module] if node.module else up)


def is_in(name: str, place: str) -> bool:
    """Whether a dotted name is `place` or stands inside it."""
    return name == place or name.startswith(f"{place}.")


def most_specific(module: str, places: Mapping[str, tuple[str, ...]]) -> str:
    """The longest of `places` that holds the module."""
    return max((place for place in places if is_in(module, place)), key=len)


def at(module: str, line: int) -> str:
    """`.../crawler/gather.py:12`, as an editor jumps to it."""
    return f"{MODULES[module]}:{line}"


@every_module
def test_imports_point_one_way(module: str) -> None:
    home = most_specific(module, MAY_IMPORT)
    allowed = (home, *MAY_IMPORT[home])
    wrong = [
        f"{at(module, line)} imports {name}"
        for line, name in imported(module)
        if is_ours(name) and not any(is_in(name, place) for place in allowed)
    ]
    assert not wrong, f"{home} may import {', '.join(MAY_IMPORT[home]) or 'nothing of ours'}"


@pytest.mark.parametrize("view", sorted(REACHING))
def test_a_view_reaches_past_the_actions_only_while_it_must(view: str) -> None:
    reached = [
        name
        for module in MODULES
        if is_in(module, view)
        for _, name in imported(module)
        if any(is_in(name, place) for place in REACHING[view])
        and not any(is_in(name, place) for place in VIEW)
    ]
    assert reached, f"{view} is a view like the others now: take it out of REACHING"


def is_ours(name: str) -> bool:
    """Whether a name is of this project; the version is a constant and belongs to no layer."""
    return any(is_in(name, place) for place in OURS) and name != "crawler.__version__"


@every_module
def test_a_library_has_one_home(module: str) -> None:
    wrong = [
        f"{at(module, line)} imports {name}, whose home is {', '.join(HOMES[library])}"
        for line, name in imported(module)
        for library in [name.split(".")[0]]
        if library in HOMES and not any(is_in(module, home) for home in HOMES[library])
    ]
    assert not wrong


@every_module
def test_nobody_says_import_crawler(module: str) -> None:
    """Scrapy's `from_crawler(cls, crawler)` would hide the package behind its argument."""
    bare = [at(module, line) for line, name in imported(module) if name in {"crawler", "spiders"}]
    assert not bare


@pytest.mark.parametrize("module", [m for m in sorted(MODULES) if any(is_in(m, p) for p in PURE)])
def test_the_core_is_pure(module: str) -> None:
    reached = [
        f"{at(module, line)} imports {name}"
        for line, name in imported(module)
        if any(is_in(name, impure) for impure in IMPURE)
    ]
    asked = [
        f"{at(module, node.lineno)} asks the clock"
        for node in ast.walk(tree(MODULES[module]))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK
    ]
    assert not reached + asked


@every_module
def test_a_function_fits_a_screen(module: str) -> None:
    name = named(module)
    long = {
        f"{name}:{node.name}": lines_of(node)
        for node in ast.walk(tree(MODULES[module]))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and lines_of(node) > LINES_OF_A_FUNCTION
    }
    assert set(long) <= set(LONGER_FUNCTIONS), long


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body alone: a command's signature is the table of its options."""
    told = isinstance(node.body[0], ast.Expr) and ast.get_docstring(node) is not None
    body = node.body[1:] if told and len(node.body) > 1 else node.body
    return (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1


@every_module
def test_a_file_has_one_reason_to_change(module: str) -> None:
    name = named(module)
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= LINES_OF_A_FILE or name in LONGER_FILES


@pytest.mark.parametrize("name", sorted(LONGER_FILES))
def test_an_exception_is_still_needed(name: str) -> None:
    lines = len((ROOT / name).read_text(encoding="utf-8").splitlines())
    assert lines > LINES_OF_A_FILE, "shorter now: take the exception out"


HELP = """
import contextlib, io, sys
from jehona import cli
sys.argv = ["jehona", *{words!r}]
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    cli.main()
print(*sorted(name for name in {heavy!r} if name in sys.modules))
"""


@pytest.mark.parametrize(
    "words", [["--help"], ["crawl", "--help"], ["--version"]], ids=["help", "crawl-help", "version"]
)
def test_help_waits_for_no_heavy_library(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HELP.format(words=words, heavy=HEAVY)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout.split() == []


VIEWS: Final = """
import sys
from importlib import import_module
from jehona.cli.commands import TABLE
for entry in TABLE:
    if entry.target:
        import_module(f"jehona.cli.{{entry.target.split(':')[0]}}")
print(*sorted(name for name in {heavy!r} if name in sys.modules))
"""


def test_no_view_waits_for_a_heavy_library() -> None:
    """Every command's module at once: what is heavy is loaded by an action, when it is called."""
    done = subprocess.run(
        [sys.executable, "-c", VIEWS.format(heavy=HEAVY)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout.split() == []


# What only few who load a module need, and a tenth of a second or a reactor of everybody else: the
# rest stands at the top of modules that are themselves loaded late.
INNER: Final = 40


def test_few_imports_stand_inside_functions() -> None:
    inner = [
        at(module, node.lineno)
        for module in MODULES
        for function in ast.walk(tree(MODULES[module]))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert len(set(inner)) <= INNER, sorted(set(inner))


TELLING: Final = """
import sys
from jehona.actions import newsletter, report, roundup, translations
print(*sorted(name for name in ("scrapy", "twisted", "requests", "typst", "docx", "xlsxwriter")
              if name in sys.modules))
"""


def test_telling_waits_for_no_crawler() -> None:
    """Nor for what one form alone needs."""
    done = subprocess.run(
        [sys.executable, "-c", TELLING], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == []


def test_the_walk_sees_our_modules() -> None:
    """The other tests are worth nothing on an empty list."""
    assert {"crawler.models", "jehona", "spiders.wordpress"} <= set(MODULES)


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ("from .gather import run", test_imports_point_one_way),
        ("import jehona.cli", test_imports_point_one_way),
        ("def f():\n    from crawler.record import read", test_imports_point_one_way),
        ("import dateparser.search", test_a_library_has_one_home),
        ("def f():\n    from rich.text import Text", test_a_library_has_one_home),
        ("import typer", test_a_library_has_one_home),
        ("import crawler", test_nobody_says_import_crawler),
        ("from urllib.request import urlopen", test_the_core_is_pure),
        ("now = datetime.now(UTC)", test_the_core_is_pure),
        ("def f():\n" + "    f()\n" * (LINES_OF_A_FUNCTION + 1), test_a_function_fits_a_screen),
        ("x = 1\n" * (LINES_OF_A_FILE + 1), test_a_file_has_one_reason_to_change),
    ],
    ids=[
        "relative",
        "upwards",
        "lazy",
        "home",
        "rich",
        "typer",
        "bare",
        "network",
        "clock",
        "long",
        "long-file",
    ],
)
def test_a_breach_is_seen(
    line: str, broken: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = tmp_path / "urls.py"
    probe.write_text(line, encoding="utf-8")
    monkeypatch.setitem(MODULES, "crawler.urls", probe)
    with pytest.raises(AssertionError):
        broken("crawler.urls")
