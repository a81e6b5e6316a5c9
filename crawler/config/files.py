"""TOML files as they lie on disk: their names, sizes and bytes, before any meaning."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

from crawler.config.refusals import RegistryError

LARGEST = 1_048_576
# bytes of a file that a person wrote; an outlet's has about 500
SLUG = re.compile(r"[a-z0-9-]{1,100}")
AT_LINE = re.compile(r"\(at line (\d{1,7}),")
BARE_DAY = re.compile(r"\s*[a-z]+\s*=\s*(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2} \w{3,12} \d{4})\b")
LONGEST_LINE = 200
# characters of a faulty line that are looked at
# Windows opens a device instead of a file of these names, whatever the suffix
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)


def toml_files(folder: Path) -> dict[str, Path]:
    """The TOML files of a folder by slug, sorted; a missing folder has none.

    Raises RegistryError for a file whose name is no slug. Hidden files are left alone:
    editors and macOS leave such copies.
    """
    if not folder.exists():
        return {}
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        raise RegistryError("{folder}: {reason}", folder=folder, reason=reason(error)) from error
    tomls = [name for name in names if name.lower().endswith(".toml") and name[0] != "."]
    return {slug_of(folder / name): folder / name for name in tomls}


def slug_of(path: Path) -> str:
    """The slug that a file's name gives. Raises RegistryError where it gives none."""
    slug = path.name.removesuffix(".toml")
    if slug in DEVICES:
        raise RegistryError(
            '{path}: Windows keeps the name "{slug}" for a device; rename the file',
            path=path,
            slug=slug,
        )
    if not SLUG.fullmatch(slug):
        raise RegistryError(
            "{path}: a file's name is its slug, of a-z, 0-9 and hyphens; rename it to "
            '"{slug_from}.toml"',
            path=path,
            slug_from=slug_from(slug),
        )
    return slug


def slug_from(name: str) -> str:
    """A slug for a name: "Gazeta Shëmbull!" -> "gazeta-shembull"."""
    plain = unicodedata.normalize("NFKD", name.removesuffix(".TOML").lower())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    slug = "-".join(re.findall("[a-z0-9]+", letters))[:100] or "outlet"
    return f"{slug}-1" if slug in DEVICES else slug


def read_toml(path: Path) -> dict[str, Any]:
    """The top table of a TOML file. Raises RegistryError, with the line, where it is none."""
    return parsed(toml_text(path), path)


def toml_text(path: Path) -> str:
    """The text of a TOML file, within its bounds. Raises RegistryError where it is none."""
    return _decoded(_bytes(path), path)


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise RegistryError("{path}: a folder where a file should be; move it away", path=path)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise RegistryError("{path}: {reason}", path=path, reason=reason(error)) from error
    if len(raw) > LARGEST:
        raise RegistryError(
            "{path}: more than 1 MiB; such a file holds a page of text at most", path=path
        )
    return raw.removeprefix(b"\xef\xbb\xbf")  # Notepad's byte order mark


def _decoded(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise RegistryError(
            "{path}: line {line}: not UTF-8 (byte 0x{raw:02x} at {start}); save the file as UTF-8",
            path=path,
            line=line,
            raw=raw[error.start],
            start=error.start,
        ) from error


def parsed(text: str, path: Path) -> dict[str, Any]:
    """The top table of the text of `path`. Raises RegistryError, with the line."""
    last = text.count("\n") + 1
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error).replace("end of document", f"line {last}, the end")
        raise RegistryError(
            "{path}: not TOML: {said}{hint}", path=path, said=said, hint=_hint(said, text)
        ) from error
    except (ValueError, RecursionError) as error:
        # tomllib leaves a number of 5,000 digits and 5,000 open brackets to Python
        raise RegistryError("{path}: not TOML: too deep or a number too long", path=path) from error


def _hint(said: str, text: str) -> str:
    """What mends it, where the fault is a common one."""
    place = AT_LINE.search(said)
    lines = text.splitlines()
    at = int(place[1]) - 1 if place else len(lines)
    if at < len(lines) and (bare := BARE_DAY.match(lines[at][:LONGEST_LINE])):
        return f'; a day is written 2025-05-10, or in quotes: "{bare[1]}"'
    return "; text stands in quotes" if said.startswith("Invalid value") else ""


def reason(error: OSError) -> str:
    """What the system says, as the end of a line: "Permission denied"."""
    return error.strerror or type(error).__name__
