"""The accepted pieces of an event for other programs: Atom, JSON Feed, a calendar."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from crawler.files import write_whole
from crawler.models import Workspace
from jehona.actions.errors import Wrong
from jehona.actions.office import Office
from jehona.actions.report import report_of
from reports.formats import feeds
from reports.formats.feeds import Home
from reports.forms import Feed

# Of an office that said neither who it is nor where its desk stands (RFC 2606).
NOWHERE: Final = "jehona.invalid"
MEDIA_TYPES: Final = {
    Feed.ATOM: "application/atom+xml",
    Feed.JSON: "application/feed+json",
    Feed.ICS: "text/calendar",
}


def feed(office: Office, event: str, form: Feed, *, own: str | None = None) -> str:
    """The feed of what was accepted, in the workspace's language. `own` is where it is found.

    Raises RegistryError for an unknown event, RecordRefused where there is no record.
    """
    report = report_of(office, event)
    language = office.workspace.language
    home = home_of(office.workspace, report.event.slug, own)
    if form is Feed.ATOM:
        return feeds.atom(report, home, language)
    if form is Feed.JSON:
        return feeds.json_feed(report, home, language)
    return feeds.calendar(report, home)


def write(office: Office, event: str, form: Feed, path: Path) -> Path:
    """The same into a file, which is whole at every moment. Raises Wrong where it cannot be."""
    text = feed(office, event, form)
    try:
        write_whole(path, text, replace=True)
    except OSError as error:
        raise Wrong("{path}: {reason}", path=path, reason=error.strerror or error) from None
    return path


def home_of(workspace: Workspace, event: str, own: str | None = None) -> Home:
    """By the desk's address, else by the domain of the office's contact."""
    desk = workspace.desk.url
    told = desk or workspace.contact or ""
    domain = urlsplit(told).hostname or told.rpartition("@")[2] or NOWHERE
    page = f"{desk.rstrip('/')}/events/{event}" if desk else None
    return Home(domain=domain, page=page, own=own)
