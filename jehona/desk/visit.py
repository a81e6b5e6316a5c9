"""One request as a page sees it: who asks, in which language, and how to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from crawler.config import event_files
from crawler.failure import Failure
from crawler.models import Language
from jehona import actions
from jehona.actions.desk_access import Session
from jehona.actions.errors import Unknown
from jehona.actions.language import readers_language
from jehona.actions.office import Office
from jehona.desk.house import House, Notice
from jehona.desk.rendering import render
from reports.words import say

OK = 200
SEE_OTHER = 303


class Answerable(Protocol):
    """A result of an action that has a document."""

    def as_json(self) -> Any:
        """The document of docs/json.md."""


@dataclass(kw_only=True)
class Visit:
    """A request of somebody who came in, with its form read. One call of a view, one thread."""

    request: Request
    house: House
    # None where a token asks, which only reads, and on the pages before the door
    session: Session | None
    form: FormData = field(default_factory=FormData)

    # --- who and where -----------------------------------------------------------------

    @property
    def name(self) -> str | None:
        """Who sits there; None until they said."""
        return self.session.name if self.session else None

    @cached_property
    def office(self) -> Office:
        """The office as its files are now, for whoever sits there. Raises NoWorkspace."""
        return replace(self.house.office_source(by=self.name), clock=self.house.clock)

    @cached_property
    def language(self) -> Language:
        """Of what people read here: JEHONA_LANGUAGE, else the workspace's."""
        try:
            own = self.office.workspace.language
        except Failure:  # no workspace yet, or a jehona.toml that the page itself names
            own = "en" if self.request.headers.get("accept-language", "")[:2] == "en" else "sq"
        return readers_language(self.house.environ, own)

    @cached_property
    def zone(self) -> str:
        """Of the times that people read here: the workspace's."""
        try:
            return self.office.workspace.zone
        except Failure:  # as above
            return "Europe/Tirane"

    @cached_property
    def colour(self) -> str | None:
        """The office's own colour, for whoever came in; None where it has none."""
        try:
            return self.office.workspace.brand.colour if self.session else None
        except Failure:  # as above
            return None

    def still_in(self) -> bool:
        """Whether who came in has not left since: asked again by what takes long."""
        held = self.request.cookies.get(self.house.cookie)
        return bool(held) and self.house.access.session(held or "") is not None

    @cached_property
    def running(self) -> int | None:
        """The number of the run under way, which every page tells."""
        try:
            return actions.runs.under_way(self.office)
        except Failure:  # no workspace yet, or a record that the page itself tells of
            return None

    def say(self, key: str, **values: object) -> str:
        """The desk's words of a key."""
        return say(key, self.language, **values)

    # --- what was asked ----------------------------------------------------------------

    def part(self, name: str) -> str:
        """A part of the path: the slug of `/events/{slug}`."""
        return str(self.request.path_params[name])

    def event(self) -> str:
        """The slug of the path's event. Raises Unknown where the workspace has none such."""
        slug = self.part("slug")
        if slug not in event_files(self.office.workspace):
            raise Unknown("{slug}: no such event", slug=slug)
        return slug

    def asked(self, name: str) -> str | None:
        """A parameter behind the `?`, without blanks around; None where it is empty or absent."""
        return self.request.query_params.get(name, "").strip() or None

    def typed(self, name: str) -> str | None:
        """A field of the form, without blanks around; None where it is empty or absent."""
        value = self.form.get(name)
        return (value.strip() or None) if isinstance(value, str) else None

    def ticked(self, name: str) -> tuple[str, ...]:
        """Every value of a field of the form that may stand there several times."""
        return tuple(each for each in self.form.getlist(name) if isinstance(each, str))

    def file(self, name: str) -> UploadFile | None:
        """A file of the form; None where none was chosen."""
        value = self.form.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None

    @property
    def _of_an_event(self) -> bool:
        """Whether the page is one of an event."""
        return "slug" in self.request.path_params and self.request.url.path.startswith("/events/")

    @property
    def wants_json(self) -> bool:
        """Whether a program asks, not a browser."""
        return "application/json" in self.request.headers.get("accept", "")

    # --- answers -----------------------------------------------------------------------

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page of `templates/`, with the head that every page has."""
        notice = self.house.notices.pop(self.session.digest, None) if self.session else None
        return HTMLResponse(render(self, template, notice=notice, **values), status)

    def answer(self, template: str, result: Answerable, **values: Any) -> Response:
        """The same, or the result's own document where a program asks."""
        if self.wants_json:
            return self.json(result.as_json())
        return self.page(template, result=result, **values)

    def json(self, document: Any, status: int = 200) -> Response:
        """A document as `--json` prints it; one about an event says how complete it is."""
        if status == OK and self._of_an_event and isinstance(document, dict):
            line = actions.completeness.line(self.office, self.event())
            document = {**document, "complete": line.as_json()}
        text = actions.as_json.text(document)
        return Response(text, status, media_type="application/json")

    def go(
        self, path: str, notice: Notice | None = None, query: Mapping[str, str] | None = None
    ) -> Response:
        """On to another page after a form was done; it shows the notice, once."""
        if notice is not None and self.session is not None:
            self.house.notices[self.session.digest] = notice
        behind = f"?{urlencode(query)}" if query else ""
        return RedirectResponse(f"{path}{behind}", SEE_OTHER)
