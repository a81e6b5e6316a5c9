"""Titles: what readers see of headlines in other languages, the original beside the translation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

from starlette.responses import Response

from crawler.failure import Failure
from crawler.models import Language
from jehona import actions
from jehona.actions.translations import Foreign, Translation, Typed
from jehona.desk.house import Notice
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit
from reports.words import said

# Rows of the table; the next ones come up as these are done.
MOST: Final = 300
LANGUAGES: Final = get_args(Language)


def titles(visit: Visit) -> Response:
    """The table: what waits, or with `?show=all` everything."""
    return _page(visit, visit.asked("language"), everything=visit.asked("show") == "all")


def saved(visit: Visit) -> Response:
    """Keeps what was typed; where somebody else wrote meanwhile, both are shown."""
    slug, language = visit.event(), _language(visit, visit.typed("language"))
    rows = _rows(visit)
    found = actions.translations.of_rows(visit.office, slug, rows, language)
    actions.translations.keep(visit.office, slug, found.said, language)
    everything = visit.typed("show") == "all"
    if found.crossed:
        crossed = {piece.article: words for piece, words in found.crossed}
        return _page(visit, language, everything=everything, status=409, crossed=crossed)
    notice = _notice(visit, slug, language, found.said)
    query = {"language": language} | ({"show": "all"} if everything else {})
    return visit.go(f"/events/{slug}/titles", notice, query)


def by_machine(visit: Visit) -> Response:
    """Has the server of jehona.toml propose what nobody translated."""
    slug, language = visit.event(), _language(visit, visit.typed("language"))
    proposed = actions.translations.of_machine(visit.office, slug, language)
    actions.translations.keep(visit.office, slug, proposed, language)
    notice = Notice(text=visit.say("desk_titles_proposed", n=len(proposed)))
    return visit.go(f"/events/{slug}/titles", notice, {"language": language})


def _page(
    visit: Visit,
    asked: str | None,
    *,
    everything: bool,
    status: int = 200,
    crossed: dict[str, str] | None = None,
) -> Response:
    slug, language = visit.event(), _language(visit, asked)
    found, failed = Foreign(every=()), None
    try:
        found = actions.translations.foreign(visit.office, slug, language)
    except Failure as failure:
        failed = said(failure, visit.language)
    rows = found.every if everything else found.waiting
    if crossed:
        rows = tuple(one for one in found.every if one.article in crossed or one in rows)
    return visit.page(
        "titles.html",
        status,
        event=visit.office.event(slug),
        asked=language,
        others=[code for code in LANGUAGES if code != language],
        everything=everything,
        waiting=len(found.waiting),
        every=len(found.every),
        rows=rows[:MOST],
        more=max(0, len(rows) - MOST),
        crossed=crossed or {},
        failed=failed,
        machine=visit.office.workspace.translator,
    )


def _rows(visit: Visit) -> list[Typed]:
    """The rows of the form; the one whose own button was pressed, or all."""
    only, confirmed = visit.typed("only"), visit.ticked("confirm")
    return [
        Typed(
            article=key,
            was=visit.typed(f"was-{key}") or "",
            words=visit.typed(f"words-{key}") or "",
            confirmed=key in confirmed or key == only,
        )
        for key in visit.ticked("row")
        if only in (None, key)
    ]


def _notice(
    visit: Visit, slug: str, language: Language, said: Sequence[Translation]
) -> Notice | None:
    if not said:
        return Notice(text=visit.say("desk_titles_nothing"))
    fields: dict[str, str] = {"language": language}
    # a machine's words would come back as a person's
    undoable = len(said) == 1 and not said[0].piece.by_machine
    for one in said[:1]:
        key = one.piece.article
        before = one.piece.translation or ""
        fields |= {"row": key, f"was-{key}": one.words, f"words-{key}": before}
    told = visit.say("desk_titles_kept", n=len(said))
    undo = f"/events/{slug}/titles" if undoable else None
    return Notice(text=told, undo=undo, fields=fields)


def _language(visit: Visit, asked: str | None) -> Language:
    """The readers' language that is meant: the workspace's, or the other."""
    own = visit.office.workspace.language
    return next((code for code in LANGUAGES if code == asked), own)


PAGES: Final[tuple[Page, ...]] = (
    shown("/events/{slug}/titles", titles),
    done("/events/{slug}/titles", saved),
    done("/events/{slug}/titles/machine", by_machine),
)
