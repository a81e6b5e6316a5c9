"""The newsletter: its issues, one of them arranged and looked at, a test, and the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from starlette.responses import Response

from crawler.failure import Failure
from crawler.models import Language, PostPicture
from jehona import actions
from jehona.actions.editing import ChangedMeanwhile
from jehona.actions.errors import Wrong
from jehona.actions.newsletter import Issue, Sent
from jehona.actions.newsletter_editing import IssueInHand, Taken
from jehona.desk.guard import LARGEST_WITH_MEDIA
from jehona.desk.house import Notice
from jehona.desk.rendering import render
from jehona.desk.routes import newsletter_form
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.routes.post import SANDBOX, TAKEN, in_sandbox
from jehona.desk.visit import Visit
from reports.forms import Form, Part
from reports.words import said

LANGUAGES: Final = newsletter_form.LANGUAGES
HIGHEST: Final = 999_999
# Recipients that are named.
NAMED: Final = 20


# --- the issues ------------------------------------------------------------------------------


def newsletters(visit: Visit) -> Response:
    """The issues that have a file, and a new one."""
    return _issues(visit)


def begun(visit: Visit) -> Response:
    """Proposes a new issue from events, or from those of a period."""
    try:
        number, language = _number(visit), visit.typed("language")
        events = actions.newsletter_editing.events_within(
            visit.office, _day(visit, "first"), _day(visit, "last"), visit.ticked("event")
        )
        spoken: Language | None = next((code for code in LANGUAGES if code == language), None)
        actions.newsletter_editing.new_issue(visit.office, number, events, language=spoken)
    except Failure as refused:
        return _issues(visit, 400, wrong=said(refused, visit.language))
    return visit.go(f"/newsletters/{number}", Notice(text=visit.say("desk_issue_made", n=number)))


def _number(visit: Visit) -> int:
    told = visit.typed("number") or ""
    if not (told.isascii() and told.isdecimal()) or not 1 <= int(told[:7]) <= HIGHEST:
        raise Wrong(visit.say("desk_issue_number"))
    return int(told)


def _day(visit: Visit, name: str) -> date | None:
    told = visit.typed(name)
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        raise Wrong(visit.say("desk_which_day", day=told or "")) from None


def _issues(visit: Visit, status: int = 200, *, wrong: str | None = None) -> Response:
    listed = actions.newsletter_editing.listed(visit.office)
    events = sorted(visit.office.events().values(), key=lambda one: one.first_day, reverse=True)
    return visit.page(
        "newsletters.html",
        status,
        listed=listed,
        refused=lambda failure: said(failure, visit.language),
        events=events,
        ticked=visit.ticked("event"),
        next_number=max((one.number for one in listed), default=0) + 1,
        languages=LANGUAGES,
        wrong=wrong,
    )


# --- one of them -----------------------------------------------------------------------------


def issue(visit: Visit) -> Response:
    """The selection as its file stands."""
    number = _named(visit)
    try:
        taken = actions.newsletter_editing.take_up(visit.office, number)
    except Failure as failure:
        told = {"number": number, "failed": said(failure, visit.language)}
        return visit.page("newsletter.html", 200, **told)
    return _page(visit, taken)


def changed(visit: Visit) -> Response:
    """One button of the form: what is in hand is changed, or written."""
    number = _named(visit)
    hand = newsletter_form.read(visit, number)
    what, _, of = (visit.typed("do") or "save").partition(":")
    digest = visit.typed("digest") or ""
    told: dict[str, Any] = {"other": visit.typed("other"), "crossed": visit.typed("crossed")}
    try:
        if what == "save":
            return _saved(visit, hand, digest)
        if what == "theirs":
            return _from_theirs(visit, hand)
        hand = CHANGES[what](visit, hand, of) if what in CHANGES else hand
    except ChangedMeanwhile as crossed:
        taken = actions.newsletter_editing.upon(visit.office, hand)
        other = actions.newsletter_editing.theirs(visit.office, number)
        told = {"wrong": said(crossed, visit.language), "other": other, "crossed": "theirs"}
        return _page(visit, taken, 409, unsaved=True, **told)
    except Failure as refused:
        told["wrong"] = said(refused, visit.language)
    taken = Taken(hand=hand, digest=digest)
    return _page(visit, taken, 400 if told.get("wrong") else 200, unsaved=True, **told)


def _saved(visit: Visit, hand: IssueInHand, digest: str) -> Response:
    over = visit.typed("crossed") == "theirs"
    file = actions.newsletter_editing.save(visit.office, hand, digest, over=over)
    notice = Notice(text=visit.say("desk_post_saved", file=f"newsletters/{file.name}"))
    return visit.go(f"/newsletters/{hand.selection.number}", notice)


def _from_theirs(visit: Visit, mine: IssueInHand) -> Response:
    """What somebody else wrote in hand, what was typed beside it."""
    taken = actions.newsletter_editing.take_up(visit.office, mine.selection.number)
    text = actions.newsletter_editing.as_text(mine)
    return _page(visit, taken, unsaved=True, other=text, crossed="mine")


def _uploaded(visit: Visit, hand: IssueInHand, where: str) -> IssueInHand:
    """A file is kept in media/ at once; its place in the issue when that is saved."""
    chosen = visit.file("upload")
    if chosen is None:
        raise Wrong(visit.say("desk_post_no_file"))
    with chosen.file as file:
        name = actions.media_files.keep(visit.office, chosen.filename or "", file.read())
    if not actions.media_files.is_picture(name):
        raise Wrong(visit.say("desk_post_no_picture", file=name))
    alt, caption = newsletter_form.line(visit, "upload-alt"), None
    picture = PostPicture(file=name, alt=alt, caption=caption)
    if where != "above":
        return hand
    return actions.newsletter_editing.with_picture(hand, picture)


def _offered(visit: Visit, hand: IssueInHand, _: str) -> IssueInHand:
    slug = visit.typed("from-event") or ""
    if slug not in visit.office.events():
        raise Wrong(visit.say("desk_which_event"))
    return actions.newsletter_editing.with_offered(visit.office, hand, [slug])


CHANGES: Final[Mapping[str, Callable[[Visit, IssueInHand, str], IssueInHand]]] = {
    "up": lambda _, hand, name: actions.newsletter_editing.moved(hand, name, -1),
    "down": lambda _, hand, name: actions.newsletter_editing.moved(hand, name, 1),
    "take": lambda _, hand, name: actions.newsletter_editing.taken(hand, name),
    "put": lambda _, hand, name: actions.newsletter_editing.put(hand, name),
    "own": lambda _, hand, __: actions.newsletter_editing.announced(hand),
    "offer": _offered,
    "upload": _uploaded,
}


def _page(visit: Visit, taken: Taken, status: int = 200, **told: Any) -> Response:
    hand = taken.hand
    usual: dict[str, Any] = {"wrong": None, "other": None, "crossed": None, "unsaved": False}
    usual |= {"looked": True, **told}
    try:
        actions.newsletter_editing.look(visit.office, hand)
    except Failure as failure:
        usual |= {"wrong": usual["wrong"] or said(failure, visit.language), "looked": False}
    return visit.page(
        "newsletter.html",
        status,
        number=hand.selection.number,
        hand=hand,
        digest=taken.digest,
        known=actions.newsletter_editing.known_of(visit.office, hand),
        events=visit.office.events(),
        files=actions.media_files.offered(visit.office),
        is_picture=actions.media_files.is_picture,
        genres=newsletter_form.GENRES,
        languages=LANGUAGES,
        own_language=visit.office.workspace.language,
        forms=list(Part),
        pressed=visit.typed("do"),
        smtp=visit.office.workspace.smtp,
        failed=None,
        **usual,
    )


def preview(visit: Visit) -> Response:
    """The issue as its file stands, in a sandbox."""
    return _sandboxed(visit, lambda: _issue(visit))


def previewed(visit: Visit) -> Response:
    """The issue as it is in hand, in a sandbox."""
    hand = newsletter_form.read(visit, _named(visit))
    return _sandboxed(visit, lambda: actions.newsletter_editing.look(visit.office, hand))


def _sandboxed(visit: Visit, make: Callable[[], Issue]) -> Response:
    try:
        body = actions.newsletter.body(visit.office, make(), Part.HTML)
    except Failure as failure:
        body = render(visit, "sandboxed.html", sentence=said(failure, visit.language))
    return in_sandbox(str(body))


def taken_along(visit: Visit) -> Response:
    """The issue as a file of one form."""
    number = _named(visit)
    form = next((one for one in Part if one == visit.asked("form")), None)
    if form is None:
        raise Wrong(visit.say("desk_which_form"))
    body = actions.newsletter.body(visit.office, _issue(visit), form)
    media, ending = TAKEN[Form(form.value)]
    named = f'attachment; filename="newsletter-{number}.{ending}"'
    headers = {"content-disposition": named, "content-security-policy": SANDBOX}
    return Response(body, media_type=media, headers=headers)


# --- the mail --------------------------------------------------------------------------------


def tested(visit: Visit) -> Response:
    """One mail to one address; who gets it still gets the issue itself."""
    number, to = _named(visit), visit.typed("to") or ""
    try:
        went = actions.newsletter.send(visit.office, _issue(visit), [to], test=True)
    except Failure as failure:
        return _back(visit, number, said(failure, visit.language), bad=True)
    for _, why in went.refused:
        return _back(visit, number, f"{to}: {why}", bad=True)
    if went.unsubscribed:
        return _back(visit, number, visit.say("desk_mail_left", to=to), bad=True)
    return _back(visit, number, visit.say("desk_mail_tested", to=to))


def planned(visit: Visit, status: int = 200, *, wrong: str | None = None) -> Response:
    """To how many it would go, to be confirmed."""
    number, plan = _named(visit), None
    try:
        plan = actions.newsletter_list.plan(visit.office, _issue(visit))
    except Failure as failure:
        wrong = wrong or said(failure, visit.language)
    return visit.page(
        "newsletter_list.html", status, number=number, plan=plan, wrong=wrong, named=NAMED
    )


def mailed(visit: Visit) -> Response:
    """Sends it to the list that was looked at."""
    number = _named(visit)
    token = visit.typed("token") or ""
    try:
        went = actions.newsletter_list.send(visit.office, _issue(visit), token)
    except ChangedMeanwhile as crossed:
        return planned(visit, 409, wrong=said(crossed, visit.language))
    except Failure as failure:
        return planned(visit, 400, wrong=said(failure, visit.language))
    return _back(visit, number, _went(visit, went), bad=bool(went.refused))


def _went(visit: Visit, went: Sent) -> str:
    told = visit.say("desk_mail_sent", n=len(went.sent))
    refused = "; ".join(f"{to}: {why}" for to, why in went.refused[:NAMED])
    if not refused:
        return told
    more = visit.say("desk_mail_refused", n=len(went.refused), told=refused)
    return f"{told} {more}"


def _issue(visit: Visit) -> Issue:
    number = _named(visit)
    place = actions.newsletter.place_of(visit.office, number)
    return actions.newsletter.issue_of(visit.office, number, place)


def _named(visit: Visit) -> int:
    return actions.newsletter_editing.number_named(visit.office, visit.part("number"))


def _back(visit: Visit, number: int, told: str, *, bad: bool = False) -> Response:
    return visit.go(f"/newsletters/{number}", Notice(text=told, bad=bad))


PAGES: Final[tuple[Page, ...]] = (
    shown("/newsletters", newsletters),
    done("/newsletters", begun),
    shown("/newsletters/{number}", issue),
    done("/newsletters/{number}", changed, most=LARGEST_WITH_MEDIA),
    shown("/newsletters/{number}/preview", preview),
    done("/newsletters/{number}/preview", previewed),
    shown("/newsletters/{number}/file", taken_along),
    done("/newsletters/{number}/test", tested),
    shown("/newsletters/{number}/list", planned),
    done("/newsletters/{number}/list", mailed),
)
