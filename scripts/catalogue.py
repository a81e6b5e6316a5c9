"""Writes what the docs say of the catalogue from the catalogue itself.

    python -m scripts.catalogue            writes docs/outlets.md and the key tables
    python -m scripts.catalogue --check    writes nothing, ends with 1 where they are stale

docs/outlets.md is the table of data/outlets/. The key tables of docs/adding-an-outlet.md stand
between `<!-- keys -->` and `<!-- end of keys -->`: the keys as the registry knows them, the
meaning as crawler/models/ says it above each field.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import get_type_hints

from crawler import models
from crawler.config import read_outlet
from crawler.config.files import toml_files
from crawler.config.outlets import EVIDENCE, EXPECT, FIND, OUTLET, READ, SEEN_WAYS
from crawler.config.toml_tables import Keys
from crawler.models import Outlet

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- keys -->", "<!-- end of keys -->"
TABLES: tuple[tuple[str, type, Keys], ...] = (
    ("At the top of the file", models.Outlet, OUTLET),
    ("`[[find]]`, one for each way, in order of preference", models.Find, FIND),
    ("`[read]`", models.ReadRules, READ),
    ("`[expect]`", models.Expect, EXPECT),
    ("`[[evidence]]`, one for each thing known", models.Evidence, EVIDENCE),
)


def main(arguments: Sequence[str], *, root: Path = ROOT) -> int:
    """Writes the generated pages, or with --check only says (1) that they are stale."""
    stale = [page for page in (outlets_page(root), keys_page(root)) if is_stale(page)]
    if "--check" in arguments:
        for path, _ in stale:
            print(
                f"{path.relative_to(root)} is stale: python -m scripts.catalogue", file=sys.stderr
            )
        return 1 if stale else 0
    for path, text in stale:
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {path.relative_to(root)}")
    return 0


def is_stale(page: tuple[Path, str]) -> bool:
    """Whether a page is not what it should be."""
    path, text = page
    return not path.exists() or path.read_text(encoding="utf-8") != text


# --- the table of outlets ---------------------------------------------------------


def outlets_page(root: Path) -> tuple[Path, str]:
    """docs/outlets.md as it should be."""
    files = toml_files(root / "data" / "outlets").values()
    outlets = sorted(map(read_outlet, files), key=lambda outlet: outlet.name.casefold())
    rows = "\n".join(row(outlet) for outlet in outlets)
    return root / "docs" / "outlets.md", f"{preface(outlets)}\n\n{HEAD}\n{rows}\n"


HEAD = "| outlet | slug | ways | grade | home | kind |\n|---|---|---|---|---|---|"


def preface(outlets: Sequence[Outlet]) -> str:
    """What the table counts."""
    found = sum(bool(outlet.find) for outlet in outlets)
    homeless = sum(outlet.home is None for outlet in outlets)
    return f"""\
# Outlets

<!-- written by scripts/catalogue.py from data/outlets/ -->

The catalogue has {len(outlets)} outlets: {found} with a declared way of finding,
{len(outlets) - found - homeless} with only a home page, {homeless} without an address.
Grade A: somebody fetched it and wrote it down, also where the answer was a refusal; B: the
address was seen; –: no address on record. It is the grade of the best declared way, else of the
home page; the file says why.

To add an outlet or an address: [adding-an-outlet.md](adding-an-outlet.md)."""


def row(outlet: Outlet) -> str:
    """One outlet's line."""
    ways = ", ".join(dict.fromkeys(find.way.value for find in outlet.find)) or "–"
    home = outlet.home or "no address"
    cells = (outlet.name, f"`{outlet.slug}`", ways, grade(outlet), home, outlet.kind.value)
    return f"| {' | '.join(cells)} |"


def grade(outlet: Outlet) -> str:
    """The best grade of a declared way, else of the home page."""
    if outlet.home is None and not outlet.find:
        return "–"
    ways = {find.way.value for find in outlet.find} or {"home"}
    grades = [evidence.grade for evidence in outlet.evidence if evidence.what in ways]
    return min(grades, default="–")


# --- the tables of keys -----------------------------------------------------------


def keys_page(root: Path) -> tuple[Path, str]:
    """docs/adding-an-outlet.md with its key tables as they should be."""
    path = root / "docs" / "adding-an-outlet.md"
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return path, f"{before}{BEGIN}\n{key_tables()}\n{END}{after}"


def key_tables() -> str:
    """Every key of an outlet's file with its meaning."""
    return "\n\n".join(key_table(title, noun, keys) for title, noun, keys in TABLES)


def key_table(title: str, noun: type, keys: Keys) -> str:
    """The keys of one TOML table."""
    said, types = comments(noun), get_type_hints(noun)
    rows = [
        f"| `{name}`{' (needed)' if key.required else ''} | {meaning} | {example} |"
        for name, key in keys.items()
        for field in [key.field or name]
        for meaning, example in [meaning_and_example(said[field], types[field])]
    ]
    return "\n".join([f"{title}:", "", "| key | meaning | example |", "|---|---|---|", *rows])


def meaning_and_example(comment: str, kind: object) -> tuple[str, str]:
    """A comment's two halves, the example as TOML writes it."""
    meaning, _, example = comment.rpartition(": ")
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        words = meaning or first_line(kind).rstrip(".")
        return f"{words}: {', '.join(values(kind))}", f'`"{example.rpartition(".")[2].lower()}"`'
    if not meaning:
        return comment.replace("False", "`false`"), ""
    if example.startswith("("):
        example = f"[{example.strip('(,)')}]"
    return meaning, f"`{example}`"


def values(kind: type[StrEnum]) -> list[str]:
    """What a person may write."""
    return [f"`{value}`" for value in (SEEN_WAYS if kind is models.Way else kind)]


def first_line(kind: type) -> str:
    """The first line of a docstring."""
    return inspect.cleandoc(kind.__doc__ or "").splitlines()[0]


def comments(noun: type) -> Mapping[str, str]:
    """The comment above each field of a noun, by the field's name."""
    source = inspect.getsource(noun)
    lines = source.splitlines()
    body = ast.parse(source).body[0]
    assert isinstance(body, ast.ClassDef)
    fields = [node for node in body.body if isinstance(node, ast.AnnAssign)]
    return {ast.unparse(field.target): comment_above(field, lines) for field in fields}


def comment_above(field: ast.AnnAssign, lines: Sequence[str]) -> str:
    """The comment on the line before a field, as a table's cell."""
    return lines[field.lineno - 2].strip().removeprefix("# ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
