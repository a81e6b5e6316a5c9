"""What jehona.toml says of watching, as a form changes it, and what today's digest would say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from crawler.config import load_workspace
from crawler.config.workspace_file import set_watch, workspace_digest
from crawler.models import Watch
from crawler.record import NoRecord
from crawler.record.watches import Notice
from jehona.actions import watch
from jehona.actions.editing import saving
from jehona.actions.office import Office

UNITS: Final = ((timedelta(days=1), "d"), (timedelta(hours=1), "h"), (timedelta(minutes=1), "m"))
# of a length of time as the file writes it, the longest first


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchFields:
    """[watch] as it is typed; "" where the file says nothing."""

    every: str = ""
    digest: str = ""
    # one address a line
    to: str = ""
    # one "keyring:NAME" a line
    urls: str = ""
    ping: str = ""
    corrections: str = ""
    quiet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchStanding:
    """How watching is set, and by which the file is known again."""

    fields: WatchFields
    # of the file
    digest: str
    # whether there is a [watch], and a mail server
    has_watch: bool
    has_mail: bool
    # today's digest as it would be written now; None where no event is under way
    preview: Notice | None


def standing(office: Office) -> WatchStanding:
    """The settings with a preview. Nothing is kept. Raises RegistryError, RecordRefused."""
    place = load_workspace(office.workspace.root)
    try:
        preview = watch.preview(office)
    except NoRecord:
        preview = None
    return WatchStanding(
        fields=_fields(place.watch),
        digest=workspace_digest(place.root),
        has_watch=place.watch is not None,
        has_mail=place.smtp is not None,
        preview=preview,
    )


def save(office: Office, digest: str, fields: WatchFields) -> None:
    """Write [watch]; without a word in any field it is taken out.

    Raises ChangedMeanwhile where the file is not the one of `digest`; RegistryError, which names
    the key that cannot be read.
    """
    said = {
        "every": fields.every,
        "digest": fields.digest,
        "to": _each(fields.to),
        "quiet": fields.quiet,
        "urls": _each(fields.urls),
        "ping": fields.ping,
        "corrections": fields.corrections,
    }
    with saving(office):
        set_watch(office.workspace.root, said, digest)


def _fields(told: Watch | None) -> WatchFields:
    if told is None:
        return WatchFields()
    return WatchFields(
        every=length_text(told.every),
        digest=f"{told.digest:%H:%M}" if told.digest else "",
        to="\n".join(told.to),
        urls="\n".join(told.urls),
        ping=told.ping or "",
        corrections=length_text(told.corrections) if told.corrections else "",
        quiet=length_text(told.quiet),
    )


def length_text(length: timedelta) -> str:
    """As jehona.toml writes it: "14d", "1h", "90m"."""
    for unit, letter in UNITS:
        if length >= unit and not length % unit:
            return f"{length // unit}{letter}"
    return f"{length // UNITS[-1][0]}m"


def _each(typed: str) -> list[str]:
    return [one for one in re.split(r"[\s,;]+", typed) if one]
