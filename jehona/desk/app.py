"""The desk as an ASGI application: its pages behind one door."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from crawler.config import NoWorkspace
from crawler.failure import Failure
from jehona.actions.errors import Unknown
from jehona.desk.documents import DOCUMENTS
from jehona.desk.guard import LARGEST_FORM, TOO_LARGE, Guard, bounded
from jehona.desk.house import House
from jehona.desk.rendering import FOR_GOOD, static
from jehona.desk.routes import PAGES, Page
from jehona.desk.visit import SEE_OTHER, Visit
from reports.words import said

STATIC: Final = Path(__file__).parent / "static"
# Threads that may hold the record at once.
AT_ONCE: Final = 8
# parts of a form: ticks of a long queue
MOST_FIELDS: Final = 5_000
# By the exit code of what an action refuses: nothing could be done, wrong use, done in part, the
# record or the disk refuses.
STATUS: Final[Mapping[int, HTTPStatus]] = {
    1: HTTPStatus.CONFLICT,
    2: HTTPStatus.BAD_REQUEST,
    3: HTTPStatus.CONFLICT,
    4: HTTPStatus.SERVICE_UNAVAILABLE,
}
# refusals that have a page; others have a line
SAID: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
log = logging.getLogger(__name__)


def make_desk(house: House) -> Guard:
    """The application of one desk: what a server, and a test, is given."""
    # a few at once: what waits for a turn holds no connection
    threads = CapacityLimiter(AT_ONCE)
    routes: list[BaseRoute] = [_route(page, house, threads) for page in PAGES]
    routes.append(Mount("/static", Statics(directory=STATIC), name="static"))
    refused: Mapping[Any, Callable[[Request, Exception], Awaitable[Response]]] = {
        HTTPException: _refusal(house),
        Exception: _fault(house),
    }
    app = Starlette(routes=routes, exception_handlers=refused)
    return Guard(app=app, port=house.port, url=house.url)


class Statics(StaticFiles):
    """Our own files; one that is asked for by its digest need not be asked for again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """As Starlette gives it. Raises HTTPException for what is not there."""
        answer = await super().get_response(path, scope)
        asked = f"/static/{path}?{scope['query_string'].decode('latin-1')}"
        if answer.status_code == HTTPStatus.OK and asked == static(path):
            answer.headers["cache-control"] = FOR_GOOD
        return answer


def _route(page: Page, house: House, threads: CapacityLimiter) -> Route:
    async def endpoint(request: Request) -> Response:
        form = await _form(request, _most(page, house, request))
        visited = partial(_visited, page, house, request, form)
        try:
            return await to_thread.run_sync(visited, limiter=threads)
        finally:
            await form.close()

    return Route(page.path, endpoint, methods=[page.method])


def _most(page: Page, house: House, request: Request) -> int:
    """Bytes that a form may have: a page's own bound is for those who came in."""
    if page.most <= LARGEST_FORM:
        return page.most
    held = request.cookies.get(house.cookie)
    return page.most if held and house.access.session(held) else LARGEST_FORM


async def _form(request: Request, most: int) -> FormData:
    if request.method != "POST":
        return FormData()
    request = Request(request.scope, bounded(request.receive, request.scope, most))
    try:
        return await request.form(max_files=4, max_fields=MOST_FIELDS, max_part_size=2_000_000)
    except (HTTPException, MultiPartException) as error:
        if request.scope.get(TOO_LARGE):
            raise HTTPException(413, "larger than any form of the desk") from error
        raise


def _visited(page: Page, house: House, request: Request, form: FormData) -> Response:
    """One page for one visit, in a thread of its own: it may open the record."""
    visit = Visit(request=request, house=house, session=None, form=form)
    try:
        held = request.cookies.get(house.cookie)
        visit.session = house.access.session(held) if held else None
        if not page.open and visit.session is None and not _by_token(page, visit):
            return _locked(visit)
        if not page.open and visit.session and not visit.name and not page.nameless:
            return RedirectResponse("/who", SEE_OTHER)
        if page.looks and visit.name:
            house.looked(visit.name, visit.event())
        if page.method == "GET" and visit.wants_json and page.path in DOCUMENTS:
            return visit.json(DOCUMENTS[page.path](visit))
        return _for_whom(visit, page.view(visit))
    except NoWorkspace as none:
        return _told(visit, none) if page.path == "/welcome" else visit.go("/welcome")
    except Failure as failure:
        return _told(visit, failure)


def _locked(visit: Visit) -> Response:
    if visit.wants_json:
        sentence = "come in, or give a token (`jehona desk token`) that reads this page"
        return visit.json({"error": sentence}, HTTPStatus.UNAUTHORIZED)
    return visit.page("locked.html", HTTPStatus.UNAUTHORIZED, key="locked")


def _for_whom(visit: Visit, answer: Response) -> Response:
    """A program is never given a page for people in place of a document."""
    if not visit.wants_json or visit.request.method != "GET" or answer.media_type != "text/html":
        return answer
    if not visit.office.gathered:
        return visit.json({"error": "nothing was gathered yet"}, HTTPStatus.CONFLICT)
    return visit.json({"error": "this page has no document"}, HTTPStatus.NOT_ACCEPTABLE)


def _by_token(page: Page, visit: Visit) -> bool:
    """Whether a token lets a program read this page: `Authorization: Bearer`, or `?token=`."""
    document = page.path in DOCUMENTS and visit.wants_json
    if page.method != "GET" or not (page.reads or document):
        return False
    scheme, _, said = visit.request.headers.get("authorization", "").partition(" ")
    token = said.strip() if scheme.lower() == "bearer" else visit.asked("token")
    return bool(token) and visit.house.access.reads(token or "") is not None


def _told(visit: Visit, failure: Failure) -> Response:
    """What an action refuses, as a page with its sentence."""
    status = HTTPStatus.NOT_FOUND if isinstance(failure, Unknown) else STATUS[failure.code]
    if visit.wants_json:
        return visit.json({"error": str(failure)}, status)
    return visit.page(
        "refused.html",
        status,
        title=visit.say("desk_not_done"),
        sentence=said(failure, visit.language),
    )


def _refusal(house: House) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def refuse(request: Request, error: Exception) -> Response:
        return await run_in_threadpool(answer, request, error)

    def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        held = request.cookies.get(house.cookie)
        session = house.access.session(held) if held else None
        visit = Visit(request=request, house=house, session=session)
        if error.status_code not in SAID or visit.wants_json:
            return visit.json({"error": error.detail}, error.status_code)
        if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            title = visit.say("desk_not_done")
            most = request.scope.get(TOO_LARGE, LARGEST_FORM)
            told = visit.say("desk_form_large", megabytes=most // 1_000_000)
            return visit.page("refused.html", error.status_code, title=title, sentence=told)
        title, told = visit.say("desk_no_such_page"), visit.say("desk_no_such_page_told")
        return visit.page("refused.html", error.status_code, title=title, sentence=told)

    return refuse


def _fault(house: House) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def tell(request: Request, error: Exception) -> Response:
        # starlette raises it anew, so that the server's own log has it whole
        visit = Visit(request=request, house=house, session=None)
        title, told = visit.say("desk_our_fault"), visit.say("desk_our_fault_told")
        return visit.page("refused.html", 500, title=title, sentence=told)

    return tell
