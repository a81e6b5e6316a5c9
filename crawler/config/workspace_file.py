"""Small changes to jehona.toml that leave what a person wrote around them (tomlkit).

Each takes the digest of the file that was shown, None where none was, and raises ChangedMeanwhile
for another one; RegistryError where the file cannot be written or would not be read back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import tomlkit

from crawler.config.edited import Table, digest_of, edit, part, put
from crawler.config.workspace_folder import FILE
from crawler.config.workspaces import load_workspace
from crawler.models import Brand, Site, Smtp

# RFC 6409: what a mail server is asked at where no port is named.
USUAL_PORT = Smtp(host="mail").port


def workspace_digest(root: Path) -> str:
    """By which jehona.toml as it stands is known again. Raises RegistryError."""
    return digest_of(root / FILE)


def set_office(
    root: Path, *, contact: str | None, language: str, zone: str, digest: str | None = None
) -> Path:
    """Who asks, what readers read, whose days they are."""

    def change(document: Table) -> None:
        put(document, "contact", contact)
        put(document, "language", language)
        put(document, "zone", zone)

    return _edit(root, change, digest)


def set_brand(root: Path, brand: Brand, digest: str | None = None) -> Path:
    """`[brand]`."""

    def change(document: Table) -> None:
        table = part(document, "brand")
        for key in ("name", "logo", "colour"):
            put(table, key, getattr(brand, key))

    return _edit(root, change, digest)


def set_smtp(root: Path, smtp: Smtp | None, digest: str | None = None) -> Path:
    """`[smtp]`; None takes it out."""

    def change(document: Table) -> None:
        if smtp is None:
            document.pop("smtp", None)
            return
        table = part(document, "smtp")
        put(table, "host", smtp.host)
        usual = smtp.port == USUAL_PORT and "port" not in table
        put(table, "port", None if usual else smtp.port)
        put(table, "user", smtp.user)
        put(table, "from", smtp.sender)

    return _edit(root, change, digest)


def set_translator(root: Path, url: str | None, digest: str | None = None) -> Path:
    """`[translator]`; None takes it out."""

    def change(document: Table) -> None:
        if url is None:
            document.pop("translator", None)
        else:
            put(part(document, "translator"), "url", url)

    return _edit(root, change, digest)


def set_watch(
    root: Path, said: Mapping[str, str | Sequence[str]], digest: str | None = None
) -> Path:
    """`[watch]`, key by key as it is written there; without a word in any it is taken out."""

    def change(document: Table) -> None:
        if not any(said.values()):
            document.pop("watch", None)
            return
        table = part(document, "watch")
        for key, value in said.items():
            put(table, key, value if isinstance(value, str) else list(value))

    return _edit(root, change, digest)


def set_site(root: Path, site: Site, digest: str | None = None) -> Path:
    """`[sites.NAME]`."""

    def change(document: Table) -> None:
        sites = document.setdefault("sites", tomlkit.table(is_super_table=True))
        table = part(sites, site.name)
        put(table, "url", site.url)
        put(table, "user", site.user)

    return _edit(root, change, digest)


def drop_site(root: Path, name: str, digest: str | None = None) -> Path:
    """Takes `[sites.NAME]` out; nothing where there is none."""

    def change(document: Table) -> None:
        sites = document.get("sites", {})
        sites.pop(name, None)
        if not sites:
            document.pop("sites", None)

    return _edit(root, change, digest)


def _edit(root: Path, change: Callable[[Table], None], digest: str | None) -> Path:
    return edit(root / FILE, change, read_back=lambda: load_workspace(root), digest=digest)
