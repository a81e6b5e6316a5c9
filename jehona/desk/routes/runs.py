"""A run: begun, followed live, stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from crawler.models import Outcome
from crawler.outcomes import FRUITFUL
from jehona import actions
from jehona.actions.errors import Unknown
from jehona.actions.run_following import RunSoFar
from jehona.desk.house import Notice
from jehona.desk.rendering import render
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit

# Seconds between two looks at what a run wrote, and between two at whether it lives.
LOOK_EVERY: Final = 0.4
ALIVE_EVERY: Final = 2.0
# Seconds after which a silent stream says that it is there: proxies end silent ones.
BREATH: Final = 15.0
LONGEST_NUMBER: Final = 9


def start(visit: Visit) -> Response:
    """Asks the outlets: of an event, one alone, or all what is new; then shows how it goes."""
    only = visit.typed("outlet")
    number = actions.crawl_process.start(
        visit.office, event=visit.typed("event"), outlets=[only] if only else []
    )
    if number is None:
        return visit.go("/", Notice(text=visit.say("desk_starting")))
    return visit.go(f"/runs/{number}")


def stop(visit: Visit) -> Response:
    """Ends the run under way as Ctrl-C would."""
    number = actions.crawl_process.stop(visit.office)
    return visit.go(f"/runs/{number}", Notice(text=visit.say("desk_stopped", n=number)))


def run(visit: Visit) -> Response:
    """One run: its ledger, as far as it is."""
    number = _number(visit)
    standing = actions.runs.run_named(visit.office, number)
    if visit.wants_json:
        return visit.json(standing.as_json())
    so_far = actions.run_following.of_record(visit.office, standing)
    return visit.page("run.html", standing=standing, **_told(visit, so_far))


def live(visit: Visit) -> Response:
    """The same ledger as server-sent events, each whole: who reconnects missed nothing."""
    number = _number(visit)
    actions.runs.run_named(visit.office, number)
    return StreamingResponse(_stream(visit, number), media_type="text/event-stream")


async def _stream(visit: Visit, number: int) -> AsyncIterator[str]:
    so_far, silent, unseen = RunSoFar(number=number), BREATH, ALIVE_EVERY
    yield "retry: 1000\n\n"
    while True:
        moved = await run_in_threadpool(so_far.read_on, visit.office)
        if unseen >= ALIVE_EVERY:
            unseen = 0.0
            moved = await run_in_threadpool(so_far.lost, visit.office) or moved
            if not await run_in_threadpool(visit.still_in):
                return
        if moved:
            silent = 0.0
            page = await run_in_threadpool(_part, visit, so_far)
            yield _event("over" if so_far.over else "ledger", page)
        if so_far.over:
            return
        if silent >= BREATH:
            silent = 0.0
            yield ": here\n\n"
        await asyncio.sleep(LOOK_EVERY)
        silent, unseen = silent + LOOK_EVERY, unseen + LOOK_EVERY


def _part(visit: Visit, so_far: RunSoFar) -> str:
    return render(visit, "run_ledger.html", **_told(visit, so_far))


def _event(name: str, text: str) -> str:
    lines = "".join(f"data: {line}\n" for line in text.splitlines())
    return f"event: {name}\n{lines}\n"


def _told(visit: Visit, so_far: RunSoFar) -> dict[str, Any]:
    outlets = visit.office.outlets()
    names = {slug: outlets[slug].name if slug in outlets else slug for slug in so_far.outlets}
    titles = {slug: event.title for slug, event in visit.office.events().items()}
    unread = [
        one.outlet
        for one in so_far.outlets.values()
        if one.outcome and Outcome(one.outcome) not in FRUITFUL
    ]
    return {"run": so_far, "names": names, "titles": titles, "unread": unread}


def _number(visit: Visit) -> int:
    """The number of the path. Raises Unknown for what is none."""
    text = visit.part("number")
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        raise Unknown("{text}: no such run", text=text)
    return int(text)


PAGES: Final[tuple[Page, ...]] = (
    done("/runs/start", start),
    done("/runs/stop", stop),
    shown("/runs/{number}", run, reads=True),
    shown("/runs/{number}/live", live),
)
