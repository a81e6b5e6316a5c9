"""Review: one piece at a time, or many by ticks; every word can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, Response

from crawler.models import Decision
from jehona import actions
from jehona.actions.errors import NothingDone, Wrong
from jehona.actions.review import Card, Look, Verdicts
from jehona.actions.review_order import Narrowed, Show
from jehona.desk import forms_of
from jehona.desk.house import Notice
from jehona.desk.marked import stretches
from jehona.desk.rendering import render
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit

# Pieces of a list on one page.
PAGE: Final = 100
# Seconds; what is longer ago is told in minutes.
MINUTE: Final = 60
# Of a page that was kept: not even what it holds may be asked for, and it is nobody's origin.
SANDBOX: Final = "sandbox; default-src 'none'; frame-ancestors 'self'; base-uri 'none'"


# --- looking -------------------------------------------------------------------------------


def review(visit: Visit) -> Response:
    """One card, or the list of them."""
    slug, narrowed = visit.event(), _narrowed(visit.asked)
    if not visit.office.gathered:
        event = visit.office.event(slug)
        return visit.page("nothing_gathered.html", heading="desk_review", event=event)
    actions.matches.bring_up(visit.office, slug)
    if visit.asked("view") == "list" or visit.wants_json:
        return _list(visit, slug, narrowed)
    look = actions.review.look(
        visit.office,
        slug,
        narrowed,
        piece=visit.asked("piece"),
        after=visit.asked("after"),
        with_story=bool(visit.asked("story")),
    )
    return _card_page(visit, look)


def story(visit: Visit) -> Response:
    """The other pieces that carry the same text: a part of the card, fetched behind it."""
    card = actions.review.card(visit.office, visit.event(), visit.part("piece"))
    return HTMLResponse(render(visit, "review_story.html", card=card, names=_names(visit)))


def kept(visit: Visit) -> Response:
    """The page as it was kept: its text in a sandbox, where nothing runs and nothing is fetched."""
    page = actions.kept_pages.kept_page(visit.office, visit.event(), visit.part("piece"))
    answer = HTMLResponse(render(visit, "kept_page.html", page=page))
    answer.headers["content-security-policy"] = SANDBOX
    return answer


def _list(visit: Visit, slug: str, narrowed: Narrowed) -> Response:
    start = _whole(visit.asked("from"))
    queue = actions.review.queue(
        visit.office,
        slug,
        show=narrowed.show,
        outlet=narrowed.outlet,
        language=narrowed.language,
        day=narrowed.day,
        start=start,
        most=PAGE,
    )
    if visit.wants_json:
        return visit.json(queue.as_json())
    return visit.page(
        "review_list.html",
        queue=queue,
        narrowed=narrowed,
        asked=_asked(narrowed),
        filtered=narrowed != Narrowed(show=narrowed.show),
        link=_linker(slug, narrowed),
        most=PAGE,
        names=_names(visit),
    )


def _card_page(visit: Visit, look: Look) -> Response:
    narrowed = look.narrowed
    history = look.card.history if look.card else ()
    return visit.page(
        "review.html",
        look=look,
        narrowed=narrowed,
        asked=_asked(narrowed),
        filtered=narrowed != Narrowed(show=narrowed.show),
        remark=next((one.value for one in reversed(history) if one.kind == "remark"), None),
        link=_linker(look.event.slug, narrowed),
        marked=_marked(look.card),
        names=_names(visit),
    )


# --- deciding ------------------------------------------------------------------------------


def decide(visit: Visit) -> Response:
    """A verdict upon one card; what follows is the next one."""
    slug, narrowed, piece = visit.event(), _narrowed(visit.typed), visit.typed("piece") or ""
    verdict = visit.typed("verdict")
    made = actions.review.decide(
        visit.office,
        slug,
        accept=[piece] if verdict == "accepted" else [],
        reject=[piece] if verdict == "rejected" else [],
        note=visit.typed("note"),
        seen={piece: visit.typed("seen") or actions.review.NOBODY},
    )
    if made.overruled:
        _tell(visit, Notice(text=_overruled(visit, made), bad=True))
    return _next(visit, slug, narrowed, after=piece)


def decide_many(visit: Visit) -> Response:
    """One verdict upon all that is ticked, or none any more."""
    slug, narrowed, ticked = visit.event(), _narrowed(visit.typed), visit.ticked("piece")
    verdict = visit.typed("verdict")
    if not ticked:
        return _back(visit, slug, narrowed, Notice(text=visit.say("desk_none_ticked"), bad=True))
    if verdict == "taken-back":
        taken = actions.review.take_back(visit.office, slug, ticked)
        return _back(visit, slug, narrowed, Notice(text=visit.say("desk_taken_back", n=len(taken))))
    made = actions.review.decide(
        visit.office,
        slug,
        accept=ticked if verdict == "accepted" else [],
        reject=ticked if verdict == "rejected" else [],
        note=visit.typed("note"),
    )
    return _back(visit, slug, narrowed, _done(visit, slug, made, narrowed, verdict))


def accept_sure(visit: Visit) -> Response:
    """Accept all that waits without a doubt, whatever is narrowed."""
    slug, narrowed = visit.event(), _narrowed(visit.typed)
    made = actions.review.accept_all(visit.office, slug, note=visit.typed("note"))
    return _back(visit, slug, narrowed, _done(visit, slug, made, narrowed, "accepted"))


def undo(visit: Visit) -> Response:
    """Take back one's own last verdict, all of it where it was many; or that upon a piece."""
    slug, narrowed, piece = visit.event(), _narrowed(visit.typed), visit.typed("piece")
    try:
        taken: tuple[Decision, ...]
        if piece:
            taken = (actions.review.undo(visit.office, slug, piece),)
        else:
            taken = actions.review.undo_last(visit.office, slug)
    except NothingDone:
        return _back(
            visit, slug, narrowed, Notice(text=visit.say("desk_nothing_to_undo"), bad=True)
        )
    notice = Notice(text=visit.say("desk_taken_back", n=len(taken)))
    if len(taken) > 1 or visit.typed("view"):
        return _back(visit, slug, narrowed, notice)
    _tell(visit, notice)
    return _next(visit, slug, narrowed, piece=taken[0].article)


def remark(visit: Visit) -> Response:
    """What is printed beside a piece; nothing takes it back."""
    slug, piece = visit.event(), visit.typed("piece") or ""
    actions.decisions.put(
        visit.office, event=slug, url=piece, said={"remark": visit.typed("remark")}
    )
    narrowed = _narrowed(visit.typed)
    _tell(visit, Notice(text=visit.say("desk_remark_kept")))
    return _next(visit, slug, narrowed, piece=piece)


def _next(visit: Visit, slug: str, narrowed: Narrowed, **where: Any) -> Response:
    """The next card: as the answer to a page that asked beside itself, else by going there."""
    if visit.request.headers.get("x-jehona") == "card":
        return _card_page(visit, actions.review.look(visit.office, slug, narrowed, **where))
    return visit.go(f"/events/{slug}/review", query={**_asked(narrowed), **where})


def _back(visit: Visit, slug: str, narrowed: Narrowed, notice: Notice) -> Response:
    """To the queue as it was looked at, with what was done."""
    view = {"view": "list"} if visit.typed("view") == "list" else {}
    return visit.go(f"/events/{slug}/review", notice, {**_asked(narrowed), **view})


def _tell(visit: Visit, notice: Notice) -> None:
    if visit.session is not None:
        visit.house.notices[visit.session.digest] = notice


def _done(
    visit: Visit, slug: str, made: Verdicts, narrowed: Narrowed, verdict: str | None
) -> Notice:
    """What was decided at once, with the way back where the page itself has none."""
    text = visit.say(f"desk_many_{verdict}", n=len(made.made))
    if not made.made or visit.typed("view") != "list":
        return Notice(text=text)
    fields = {**_asked(narrowed), "view": "list"}
    return Notice(text=text, undo=f"/events/{slug}/review/undo", fields=fields)


def _overruled(visit: Visit, made: Verdicts) -> str:
    theirs, now = made.overruled[-1], visit.house.clock()
    seconds = max(0, int((now - theirs.at).total_seconds()))
    ago = (
        visit.say("desk_seconds_ago", n=seconds)
        if seconds < MINUTE
        else forms_of.ago(theirs.at, now, visit.language, visit.zone)
    )
    return visit.say(f"desk_overruled_{theirs.value or 'taken_back'}", by=theirs.by, ago=ago)


# --- what was asked ------------------------------------------------------------------------


def _narrowed(field: Any) -> Narrowed:
    """The filters of a page or of its form. Raises Wrong for what none has."""
    show, day = field("show") or Show.WAITING.value, field("day")
    try:
        return Narrowed(
            show=Show(show),
            outlet=field("outlet"),
            language=field("language"),
            day=date.fromisoformat(day) if day else None,
        )
    except ValueError:
        raise Wrong(
            "{show:.40}, {day:.40}: the queue has no such part", show=show, day=day or ""
        ) from None


def _asked(narrowed: Narrowed) -> dict[str, str]:
    """The filters as a page or a form has them."""
    told = {
        "show": "" if narrowed.show is Show.WAITING else narrowed.show.value,
        "outlet": narrowed.outlet,
        "language": narrowed.language,
        "day": narrowed.day and narrowed.day.isoformat(),
    }
    return {name: value for name, value in told.items() if value}


def _linker(slug: str, narrowed: Narrowed) -> Any:
    """`link(show="rejected")`: the queue with the same filters, but for what is said."""

    def link(**other: str | None) -> str:
        asked: Mapping[str, str | None] = {**_asked(narrowed), **other}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"/events/{slug}/review" + (f"?{query}" if query else "")

    return link


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else 0  # noqa: PLR2004


def _names(visit: Visit) -> Mapping[str, str]:
    return {slug: outlet.name for slug, outlet in visit.office.outlets().items()}


def _marked(card: Card | None) -> dict[str, Any]:
    """The fields of a card in stretches, and its reasons."""
    if card is None:
        return {}
    article = card.piece.article
    text = article.text or ""
    # many outlets' lists give the beginning of the text for a lead
    begins = " ".join(text.split()).startswith(
        " ".join((article.lead or "").split()).rstrip("….[] ")
    )
    lead = None if text and begins else article.lead
    fields = {"headline": article.headline, "lead": lead, "text": text}
    return {
        name: tuple(stretches(text, [mark for mark in card.marks if mark.field == name]))
        for name, text in fields.items()
    }


PAGES: Final[tuple[Page, ...]] = (
    shown("/events/{slug}/review", review, reads=True, looks=True),
    shown("/events/{slug}/review/{piece}/story", story),
    shown("/events/{slug}/review/{piece}/kept", kept),
    done("/events/{slug}/review/decide", decide),
    done("/events/{slug}/review/many", decide_many),
    done("/events/{slug}/review/sure", accept_sure),
    done("/events/{slug}/review/undo", undo),
    done("/events/{slug}/review/remark", remark),
)
