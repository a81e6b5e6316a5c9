"""An outlet as the TOML file that a person would have written: aligned keys, a reason for each.

Only what is known is written. What is written is read back before it counts, so that the file
of a hostile name is never one that the registry then refuses.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from crawler.config.edited import Table, edit, part, put
from crawler.config.files import reason
from crawler.config.outlets import read_outlet
from crawler.config.refusals import RegistryError
from crawler.files import write_whole
from crawler.models import Evidence, Find, Outlet, OutletKind

Pair = tuple[str, str]


def outlet_text(outlet: Outlet, *, notes: Sequence[str] = ()) -> str:
    """The TOML of an outlet; `notes` become comments at its head."""
    head = [f"# {_comment(note)}" for note in notes]
    parts = ["\n".join([*head, *aligned(_top(outlet))])]
    parts += [find_text(find) for find in outlet.find]
    if outlet.expect.per_week:
        low, high = outlet.expect.per_week
        parts.append(f"[expect]\nper_week = [{low}, {high}]")
    parts += ["\n".join(["[[evidence]]", *aligned(_evidence(row))]) for row in outlet.evidence]
    return "\n\n".join(parts) + "\n"


def find_text(find: Find) -> str:
    """One way of finding as it stands in an outlet's file."""
    return "\n".join(["[[find]]", *aligned(_find(find))])


def write_outlet(outlet: Outlet, folder: Path, *, notes: Sequence[str] = ()) -> Path:
    """Write `folder`/SLUG.toml and return it.

    Raises RegistryError where the file exists (nothing is overwritten), cannot be written, or
    would not be read back.
    """
    return keep_text(outlet_text(outlet, notes=notes), folder, outlet.slug)


def keep_text(text: str, folder: Path, slug: str) -> Path:
    """Write the text of an outlet's file as `folder`/SLUG.toml and return it. Raises as above."""
    path = folder / f"{slug}.toml"
    try:
        write_whole(path, text)
    except FileExistsError:
        raise RegistryError(
            "{path}: exists, and is never overwritten; --slug names another", path=path
        ) from None
    except OSError as error:
        raise RegistryError("{path}: {reason}", path=path, reason=reason(error)) from error
    try:
        read_outlet(path)
    except RegistryError:
        path.unlink()
        raise
    return path


def set_use(source: Path, folder: Path, *, use: bool, digest: str | None = None) -> Path:
    """Writes an outlet's file into `folder` with this `use`, everything else as it stands.

    `source` may be the catalogue's, which stays as it is. Raises ChangedMeanwhile where it is not
    the one of `digest`, RegistryError.
    """
    return set_outlet(source, folder, {"use": use}, digest=digest)


def set_outlet(
    source: Path, folder: Path, changed: Mapping[str, Any], *, digest: str | None = None
) -> Path:
    """Writes an outlet's file into `folder` with these keys; None takes one out. Raises as above.

    `per_week` is the one of `[expect]`.
    """
    path = folder / source.name

    def change(document: Table) -> None:
        for key, value in changed.items():
            put(part(document, "expect") if key == "per_week" else document, key, value)
        if not document.get("expect", True):
            document.pop("expect")

    folder.mkdir(exist_ok=True)
    return edit(
        path,
        change,
        read_back=lambda: read_outlet(path),
        digest=digest,
        source=None if source.absolute() == path.absolute() else source,
    )


def _top(outlet: Outlet) -> Iterator[Pair]:
    yield "name", quoted(outlet.name)
    kind = None if outlet.kind is OutletKind.PORTAL else outlet.kind.value
    for key, value in (("home", outlet.home), ("kind", kind)):
        if value:
            yield key, quoted(value)
    for key in ("languages", "hosts"):
        if values := getattr(outlet, key):
            yield key, f"[{', '.join(map(quoted, values))}]"
    named = {key: getattr(outlet, key) for key in ("country", "zone", "owner")}
    yield from ((key, quoted(value)) for key, value in named.items() if value)
    if not outlet.use:
        yield "use", "false"
    if outlet.delay < 1:
        yield "delay", f"{outlet.delay:g}"


def _find(find: Find) -> Iterator[Pair]:
    yield "way", quoted(find.way.value)
    yield "url", quoted(find.url)
    for key in ("row", "link", "headline", "date", "day", "json"):
        if value := getattr(find, key):
            yield key, quoted(value)
    if find.first is not None:
        yield "first", str(find.first) if find.first != "" else quoted("")
    if find.step is not None:
        yield "step", str(find.step)


def _evidence(row: Evidence) -> Iterator[Pair]:
    yield "what", quoted(row.what)
    yield "grade", quoted(row.grade)
    if row.seen:
        yield "seen", row.seen.isoformat()
    if row.note:
        yield "note", quoted(row.note)


def aligned(pairs: Iterable[Pair]) -> list[str]:
    """`key = value` a line, the signs of equality under each other."""
    known = list(pairs)
    width = max(len(key) for key, _ in known)
    return [f"{key:<{width}} = {value}" for key, value in known]


def quoted(text: str) -> str:
    """A basic string of TOML: JSON's escapes are TOML's, but for DEL (toml.io, 1.0)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> str:
    return "".join(c for c in " ".join(text.split()) if c.isprintable())
