"""The post: blocks and pieces in the editor's order, looked at as they will stand, and saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, get_args

from starlette.responses import HTMLResponse, Response

from crawler.failure import Failure
from crawler.models import Language, PostBlock, PostPicture
from jehona import actions
from jehona.actions.editing import ChangedMeanwhile
from jehona.actions.errors import Wrong
from jehona.actions.post_editing import Taken
from jehona.actions.post_in_hand import LEFT_OUT, TRAY, PostInHand
from jehona.actions.roundup import Composed
from jehona.desk.guard import LARGEST_WITH_MEDIA
from jehona.desk.house import Notice
from jehona.desk.rendering import render
from jehona.desk.routes import post_form
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit
from reports.forms import Form
from reports.words import said

LANGUAGES: Final = get_args(Language)
# what the page of a post may do where it is looked at: show itself, and its own pictures
SANDBOX: Final = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
# Of what is taken along, and how its file ends.
TAKEN: Final[Mapping[Form, tuple[str, str]]] = {
    Form.MD: ("text/markdown", "md"),
    Form.HTML: ("text/html", "html"),
    Form.TEXT: ("text/plain", "txt"),
    Form.BLOCKS: ("text/html", "blocks.html"),
    Form.DOCX: (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
}
NAMES: Final[Mapping[str, str]] = {
    "text": "desk_block_text",
    "pieces": "desk_block_pieces",
    "chart": "desk_block_chart",
    "picture": "desk_block_picture",
    "video": "entry_video",
}
NEW: Final[Mapping[str, Callable[[str], PostBlock]]] = {
    "text": lambda _: PostBlock(text=""),
    "pieces": lambda _: PostBlock(),
    "chart": lambda _: PostBlock(chart="days"),
    "video": lambda address: PostBlock(video=address),
    "picture": lambda _: PostBlock(picture=""),
}


def post(visit: Visit) -> Response:
    """The document as it stands, else as it is proposed."""
    try:
        taken = actions.post_editing.take_up(visit.office, visit.event(), _language(visit))
    except Failure as failure:
        return _failed(visit, failure)
    return _page(visit, taken, taken.composed)


def changed(visit: Visit) -> Response:
    """One button of the form: what is in hand is changed, or written."""
    slug, language, hand = visit.event(), _language(visit), post_form.read(visit)
    what, _, of = (visit.typed("do") or "save").partition(":")
    try:
        if what == "save":
            return _saved(visit, slug, hand)
        if what == "theirs":
            return _from_theirs(visit, hand)
        hand = CHANGES[what](visit, hand, of) if what in CHANGES else hand
        wrong = None
    except ChangedMeanwhile as crossed:
        taken = actions.post_editing.upon(visit.office, slug, language, hand)
        other = actions.post_editing.theirs(visit.office, slug, language)
        told = {"wrong": said(crossed, visit.language), "other": other, "crossed": "theirs"}
        return _in_hand(visit, taken, taken.hand, status=409, **told)
    except Failure as refused:
        wrong = said(refused, visit.language)
    try:
        taken = actions.post_editing.take_up(visit.office, slug, language)
    except Failure as failure:
        return _failed(visit, failure)
    status = 400 if wrong else 200
    return _in_hand(
        visit, taken, hand, status=status, wrong=wrong, digest=visit.typed("digest") or ""
    )


def _saved(visit: Visit, slug: str, hand: PostInHand) -> Response:
    file = actions.post_editing.save(
        visit.office,
        slug,
        _language(visit),
        hand,
        visit.typed("digest") or "",
        over=visit.typed("crossed") == "theirs",
    )
    notice = Notice(text=visit.say("desk_post_saved", file=f"posts/{file.name}"))
    return visit.go(f"/events/{slug}/post", notice, {"language": _language(visit)})


def _from_theirs(visit: Visit, mine: PostInHand) -> Response:
    """What somebody else wrote in hand, what was typed beside it."""
    taken = actions.post_editing.take_up(visit.office, visit.event(), _language(visit))
    text = actions.post_editing.as_text(mine, taken.composed.report)
    return _in_hand(visit, taken, taken.hand, other=text, crossed="mine")


# --- what a button does -------------------------------------------------------------------------


def _added(visit: Visit, hand: PostInHand, kind: str) -> PostInHand:
    if kind not in NEW:
        raise Wrong(visit.say("desk_which_form"))
    block = NEW[kind](" ".join((visit.typed("new-video") or "").split()))
    return actions.post_in_hand.block_added(hand, block, visit.typed("after"))


def _uploaded(visit: Visit, hand: PostInHand, where: str) -> PostInHand:
    """A file is kept in media/ at once; its place in the post when that is saved."""
    chosen = visit.file("upload")
    if chosen is None:
        raise Wrong(visit.say("desk_post_no_file"))
    with chosen.file as file:
        name = actions.media_files.keep(visit.office, chosen.filename or "", file.read())
    alt, caption = visit.typed("upload-alt"), visit.typed("upload-caption")
    if where == "above":
        if not actions.media_files.is_picture(name):
            raise Wrong(visit.say("desk_post_no_picture", file=name))
        above = PostPicture(file=name, alt=alt, caption=caption)
        return actions.post_in_hand.with_picture(hand, above)
    block = PostBlock(alt=alt, caption=caption)
    still = actions.media_files.is_picture(name)
    block = replace(block, picture=name) if still else replace(block, video=name)
    return actions.post_in_hand.block_added(hand, block, visit.typed("after"))


def _put(visit: Visit, hand: PostInHand, piece: str) -> PostInHand:
    to = visit.typed(f"{piece}-to")
    if to is None:
        raise Wrong(visit.say("desk_post_where"))
    return actions.post_in_hand.piece_put(hand, piece, to)


def _moved(by: int) -> Callable[[Visit, PostInHand, str], PostInHand]:
    def move(_: Visit, hand: PostInHand, name: str) -> PostInHand:
        if name.startswith("b"):
            return actions.post_in_hand.block_moved(hand, name, by)
        return actions.post_in_hand.piece_moved(hand, name, by)

    return move


CHANGES: Final[Mapping[str, Callable[[Visit, PostInHand, str], PostInHand]]] = {
    "up": _moved(-1),
    "down": _moved(1),
    "put": _put,
    "leave": lambda _, hand, name: actions.post_in_hand.piece_put(hand, name, LEFT_OUT),
    "back": lambda _, hand, name: actions.post_in_hand.piece_put(hand, name, TRAY),
    "take": lambda _, hand, name: actions.post_in_hand.block_taken(hand, name),
    "add": _added,
    "upload": _uploaded,
}


# --- looked at ----------------------------------------------------------------------------------


def preview(visit: Visit) -> Response:
    """The post as it stands, in a sandbox."""
    taken = actions.post_editing.take_up(visit.office, visit.event(), _language(visit))
    return _sandboxed(visit, taken.composed)


def previewed(visit: Visit) -> Response:
    """The post as it is in hand, in a sandbox."""
    slug, language = visit.event(), _language(visit)
    taken = actions.post_editing.take_up(visit.office, slug, language)
    hand, report = post_form.read(visit), taken.composed.report
    try:
        made = actions.post_editing.look(visit.office, slug, language, hand, report=report)
        return _sandboxed(visit, made)
    except Failure as failure:
        return in_sandbox(render(visit, "sandboxed.html", sentence=said(failure, visit.language)))


def _sandboxed(visit: Visit, composed: Composed) -> Response:
    body = actions.post_forms.body(visit.office, composed, Form.HTML)
    assert isinstance(body, str)
    return in_sandbox(body)


def in_sandbox(page: str) -> Response:
    """A page that shows itself and its own pictures, and can do nothing else."""
    answer = HTMLResponse(page)
    answer.headers["content-security-policy"] = SANDBOX
    return answer


def taken_along(visit: Visit) -> Response:
    """The post as it stands, as a file of one form."""
    slug, language = visit.event(), _language(visit)
    form = next((one for one in Form if one == visit.asked("form")), None)
    if form is None:
        raise Wrong(visit.say("desk_which_form"))
    taken = actions.post_editing.take_up(visit.office, slug, language)
    body = actions.post_forms.body(visit.office, taken.composed, form)
    media, ending = TAKEN[form]
    # a slug is a-z, 0-9 and hyphens
    named = f'attachment; filename="{slug}-post.{language}.{ending}"'
    headers = {"content-disposition": named, "content-security-policy": SANDBOX}
    return Response(body, media_type=media, headers=headers)


def _in_hand(
    visit: Visit, taken: Taken, hand: PostInHand, *, status: int = 200, **told: Any
) -> Response:
    """The page with what is in hand and not written."""
    slug, language, report = visit.event(), _language(visit), taken.composed.report
    composed = None
    try:
        composed = actions.post_editing.look(visit.office, slug, language, hand, report=report)
    except Failure as failure:
        # what the button did, and what else is not right yet
        told["wrong"] = told.get("wrong") or said(failure, visit.language)
    other = {"other": visit.typed("other"), "crossed": visit.typed("crossed")}
    return _page(visit, taken, composed, status, hand=hand, unsaved=True, **{**other, **told})


def _page(
    visit: Visit, taken: Taken, composed: Composed | None, status: int = 200, **told: Any
) -> Response:
    stands, pieces = taken.composed, taken.pieces
    of_chosen = {"hand": taken.hand, "digest": taken.digest, "wrong": None, "unsaved": False}
    of_chosen |= {"other": None, "crossed": None}
    values: dict[str, Any] = {
        "event": visit.office.event(visit.event()),
        "asked": _language(visit),
        "languages": LANGUAGES,
        "stands": stands,
        "made": composed,
        "ready": actions.roundup.readiness_of(composed or stands, visit.language),
        "pieces": pieces,
        "lost": {piece.article for piece in (composed or stands).lost},
        "outlets": _outlets(taken, told.get("hand", taken.hand)),
        "files": actions.media_files.offered(visit.office),
        "is_picture": actions.media_files.is_picture,
        "headlines": post_form.HEADLINES,
        "genres": post_form.GENRES,
        "forms": list(TAKEN),
        "pressed": visit.typed("do"),
        "block_name": lambda kind: visit.say(NAMES[kind]),
        "failed": None,
        **_texts(visit, composed),
    }
    return visit.page("post.html", status, **{**values, **of_chosen, **told})


def _outlets(taken: Taken, hand: PostInHand) -> dict[str, str]:
    """What pieces may stand under, by slug: outlets that have some, and those that are named."""
    known = {one.outlet: one.outlet_name for one in taken.pieces.values() if one.outlet}
    for one in hand.blocks:
        if one.block.outlet:
            known.setdefault(one.block.outlet, one.block.outlet)
    return dict(sorted(known.items(), key=lambda pair: pair[1].casefold()))


def _texts(visit: Visit, composed: Composed | None) -> dict[str, str]:
    """What is copied: to paste with its links, and as bare text."""
    if composed is None:
        return {"rich": "", "plain": ""}
    made = composed.roundup
    return {
        "rich": actions.roundup.text(visit.office, made, Form.HTML),
        "plain": actions.roundup.text(visit.office, made, Form.TEXT),
    }


def _failed(visit: Visit, failure: Failure) -> Response:
    """What stands in the way of every post of this event."""
    told: dict[str, Any] = {"event": visit.office.event(visit.event()), "asked": _language(visit)}
    told |= {"languages": LANGUAGES, "failed": said(failure, visit.language)}
    return visit.page("post.html", 200, **told)


def _language(visit: Visit) -> Language:
    own = visit.office.workspace.language
    asked = visit.typed("language") or visit.asked("language")
    return next((code for code in LANGUAGES if code == asked), own)


PAGES: Final[tuple[Page, ...]] = (
    shown("/events/{slug}/post", post),
    done("/events/{slug}/post", changed, most=LARGEST_WITH_MEDIA),
    shown("/events/{slug}/post/preview", preview),
    done("/events/{slug}/post/preview", previewed),
    shown("/events/{slug}/post/file", taken_along),
)
