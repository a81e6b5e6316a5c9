"""Names, titles, notes and paths come from others: no line of a terminal reads them as markup.

The tree is read, not only the lines that somebody thought of: whoever prints past the one console
that takes words for words, or past what makes them seen, is named with file and line.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.live import Live
from rich.table import Table
from rich.text import Text

from jehona.cli.common import printable, shown
from jehona.cli.terminal import Terminal

ROOT = Path(__file__).parent.parent
HOME = "jehona/cli/terminal.py"
# the one place that makes a console
PLAIN = {"echo", "secho", "prompt", "confirm", "print"}
# prints without the console, of typer and of Python
SAFE_CALLS = {"printable", "shown", "get_help", "counted"}
WRITTEN_WHOLE = {
    # documents, on stdout as they go into a file: JSON, Markdown and blocks escape for themselves
    ("jehona/cli/decisions_export.py", "write"),
    ("jehona/cli/feed.py", "write"),
    ("jehona/cli/newsletter.py", "write"),
    ("jehona/cli/common.py", "write"),
    ("jehona/cli/crawl.py", "write"),
    # a run as events, a JSON object a line
    ("jehona/cli/report.py", "write"),
    ("jehona/cli/roundup.py", "write"),
    # a slug, two closed words and two counts
}


def sources() -> list[Path]:
    """Every module of the product."""
    rooms = ("crawler", "spiders", "reports", "jehona")
    found = [file for room in rooms for file in sorted((ROOT / room).rglob("*.py"))]
    return [*found, *ROOT.glob("*.py")]


def breaches(tree: ast.AST, place: str) -> Iterator[str]:
    """What in a module would let words of others be markup or control."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rich"):
            yield from _imports(node, place)
        if isinstance(node, ast.Attribute) and node.attr in {"from_markup", "from_ansi"}:
            yield f"{place}:{node.lineno} reads markup"
        if isinstance(node, ast.Call):
            yield from _calls(node, place)


def _imports(node: ast.ImportFrom, place: str) -> Iterator[str]:
    names = {name.name for name in node.names}
    if node.module == "rich.markup" or (node.module == "rich" and names & {"print", "get_console"}):
        yield f"{place}:{node.lineno} prints markup"


def _calls(node: ast.Call, place: str) -> Iterator[str]:
    name = _name(node.func)
    if name == "Console" and place != HOME:
        yield f"{place}:{node.lineno} makes a console of its own"
    for keyword in node.keywords:
        on = not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False)
        if keyword.arg in {"markup", "emoji"} and on:
            yield f"{place}:{node.lineno} turns {keyword.arg} on"
    if _past_the_console(node, name) and (place, name) not in WRITTEN_WHOLE:
        yield f"{place}:{node.lineno} {name}() shows words as they come"


def _past_the_console(node: ast.Call, name: str) -> bool:
    """Whether a call writes to the terminal itself, and what is not made to be seen."""
    func = node.func
    plain = name in PLAIN and (
        isinstance(func, ast.Name) or (isinstance(func, ast.Attribute) and _is(func.value, "typer"))
    )
    stream = name == "write" and isinstance(func, ast.Attribute) and _is_stream(func.value)
    spoken = [*node.args, *(k.value for k in node.keywords if k.arg == "default")]
    return (plain or stream) and not all(map(_is_ours, spoken))


def _is_ours(node: ast.expr) -> bool:
    """Whether an argument is a literal of ours, or was made to be seen."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.JoinedStr):
        parts = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        return all(map(_is_ours, parts))
    if isinstance(node, ast.Call):
        return _name(node.func) in SAFE_CALLS
    return (isinstance(node, ast.Name) and node.id.isupper()) or _name(node) in OURS


OURS = {
    # a version, a slug ([a-z0-9-]+ by contract), a check's closed words, a question of ours
    "__version__",
    "slug",
    "question",
    "usual",
}


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _is_stream(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr"}


@pytest.mark.parametrize("file", sources(), ids=lambda file: str(file.relative_to(ROOT)))
def test_no_print_lets_words_of_others_be_markup(file: Path) -> None:
    """Every module of the product, by its syntax tree."""
    place = file.relative_to(ROOT).as_posix()
    assert list(breaches(ast.parse(file.read_text("utf-8")), place)) == []


@pytest.mark.parametrize(
    "code",
    [
        "from rich.markup import escape",
        "from rich import print",
        "Console(stderr=True)",
        "out.print(name, markup=True)",
        "out.print(name, emoji=wanted)",
        "Text.from_markup(name)",
        "typer.echo(outlet.name)",
        "typer.echo(f'{outlet.name} is asked')",
        "typer.prompt('->', default=piece.translation)",
        "sys.stderr.write(note)",
        "print(note)",
    ],
)
def test_the_reading_of_the_tree_sees_a_breach(code: str) -> None:
    """Each way past the console is found."""
    assert list(breaches(ast.parse(code), "jehona/cli/invented.py"))


HOSTILE = [
    "Lajme [/] Sot",
    "[red]E kuqe[/red]",
    "[link=http://a.example]Lajm[/link]",
    ":smile: Gazeta",
    "\x1b[31mGazeta\x1b[0m",
    "\x1b]8;;http://a.example\x07Gazeta\x1b]8;;\x07",
    "Gazeta\x07\x9b31m",
    "Gazeta \u202etoS",
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["line", "cell", "text", "live"])
def test_a_hostile_name_is_printed_as_it_is_written(name: str, form: str) -> None:
    """In a line, a table's cell, a styled text and a live table: its letters, and nothing done."""
    out = Terminal(file=io.StringIO(), force_terminal=True, width=100, color_system=None)
    table = Table("outlet", box=None)
    table.add_row(name)
    shows = {"line": name, "cell": table, "text": Text(name, "bold")}
    if form == "live":
        with Live(table, console=out, auto_refresh=False):
            pass
    else:
        out.print(shows[form])
    written = out.file.getvalue()  # type: ignore[attr-defined]
    assert _letters(shown(name)) in _letters(written)
    assert not set(written) & set("\x07\x9b\u202e")
    if "\x1b" in name:
        assert "\x1b[31m" not in written
        assert "\x1b]8" not in written


def _letters(text: str) -> str:
    return "".join(text.split())


def test_what_is_seen_keeps_lines_and_joiners() -> None:
    """Persian is spelled with joiners, and a sentence may have several lines."""
    assert printable("می\u200cخواهم\nnext: jehona") == "می\u200cخواهم\nnext: jehona"
    assert printable("a\x1b[31mb\tc") == "a [31mb c"
