"""Who one is, what jehona.toml says, whether it works, and what keeps the record safe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from starlette.responses import FileResponse, Response

from crawler import __version__
from crawler.failure import Failure
from jehona import actions
from jehona.actions.editing import ChangedMeanwhile
from jehona.actions.upkeep import LookedOver
from jehona.desk.house import Notice
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.uploads import upload
from jehona.desk.visit import Visit
from reports.words import said

AT: Final = "/settings"
# bytes of a logo, and one more that tells it is larger
LARGEST_LOGO: Final = 2_000_000
# Each form of the page, with its fields.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "office": ("contact", "language", "zone"),
    "brand": ("brand_name", "colour"),
    "mail": ("host", "port", "user", "sender"),
    "translator": ("translator",),
    "site": ("site_name", "site_url", "site_user"),
}
# what lies where, with the word for it: of the workspace's folder
FOLDERS: Final = (
    ("jehona.toml", "desk_place_settings"),
    ("outlets", "desk_place_outlets"),
    ("events", "desk_place_events"),
    ("releases", "desk_where_releases"),
    ("media", "desk_where_media"),
    ("posts", "desk_where_posts"),
    ("newsletters", "desk_place_newsletters"),
    ("templates", "desk_where_templates"),
    ("var/coverage.db", "desk_where_record"),
    ("var/snapshots", "desk_where_pages"),
    ("var/out", "desk_where_out"),
    ("var/backups", "desk_backups"),
)


def settings(visit: Visit) -> Response:
    """What jehona.toml says, without a secret: it holds none."""
    return _page(visit)


def _page(visit: Visit, status: int = 200, **beside: Any) -> Response:
    """The page; `form` names the one that was refused, whose fields hold what was typed."""
    now = actions.settings.standing(visit.office)
    told = {"form": None, "wrong": None, "crossed": False} | beside
    typed = _standing_fields(now)
    theirs = dict(typed)
    for name in FIELDS.get(told["form"] or "", ()):
        typed[name] = visit.typed(name) or ""
    return visit.page(
        "settings.html",
        status,
        now=now,
        workspace=now.workspace,
        typed=typed,
        theirs=[(name, theirs[name]) for name in FIELDS.get(told["form"] or "", ())],
        tokens=visit.house.access.keys.tokens(),
        backups=actions.backups.listed(visit.office),
        gathered=visit.office.gathered,
        folders=FOLDERS,
        forced=visit.house.environ.get("JEHONA_LANGUAGE"),
        logo_failed=said(now.logo_failed, visit.language) if now.logo_failed else None,
        version=__version__,
        **told,
    )


def _standing_fields(now: actions.settings.Standing) -> dict[str, str]:
    """What each field holds before anybody types."""
    place, smtp = now.workspace, now.workspace.smtp
    return {
        "contact": place.contact or "",
        "language": place.language,
        "zone": place.zone,
        "brand_name": place.brand.name or "",
        "colour": place.brand.colour or "",
        "host": smtp.host if smtp else "",
        "port": str(smtp.port) if smtp else "",
        "user": (smtp.user if smtp else "") or "",
        "sender": (smtp.sender if smtp else "") or "",
        "translator": place.translator.url if place.translator else "",
        **dict.fromkeys(FIELDS["site"], ""),
    }


# --- the forms of the file -----------------------------------------------------------------


def _saved(form: str, save: Callable[[Visit, str], object]) -> Callable[[Visit], Response]:
    """A form that writes jehona.toml; what was typed stays where it is refused."""

    def view(visit: Visit) -> Response:
        try:
            save(visit, visit.typed("digest") or "")
        except ChangedMeanwhile as crossed:
            told = said(crossed, visit.language)
            return _page(visit, 409, form=form, wrong=told, crossed=True)
        except Failure as refused:
            return _page(visit, 400, form=form, wrong=said(refused, visit.language))
        return visit.go(f"{AT}#{form}", Notice(text=visit.say("desk_settings_saved")))

    return view


def _office(visit: Visit, digest: str) -> None:
    actions.settings.save_office(
        visit.office,
        digest,
        contact=visit.typed("contact"),
        language=visit.typed("language") or "",
        zone=visit.typed("zone") or "",
    )


def _brand(visit: Visit, digest: str) -> None:
    logo = upload(visit, "logo", most=LARGEST_LOGO)
    actions.settings.save_brand(
        visit.office,
        digest,
        name=visit.typed("brand_name"),
        colour=visit.typed("colour"),
        logo=logo.body if logo else None,
        without_logo=bool(visit.typed("without_logo")),
    )


def _mail(visit: Visit, digest: str) -> None:
    names = FIELDS["mail"]
    actions.settings.save_mail(visit.office, digest, **{name: visit.typed(name) for name in names})


def _translator(visit: Visit, digest: str) -> None:
    actions.settings.save_translator(visit.office, digest, url=visit.typed("translator"))


def _taken(visit: Visit, digest: str) -> None:
    actions.settings.take_site(visit.office, digest, visit.typed("name") or "")


# --- what is tried -------------------------------------------------------------------------


def mail_tried(visit: Visit) -> Response:
    """Sends a mail to an address; a password that was typed is kept where it was right."""
    to = visit.typed("to") or ""
    try:
        tried = actions.settings.try_mail(visit.office, to, visit.typed("password"))
    except Failure as failure:
        return _page(visit, 400, form="try", wrong=said(failure, visit.language), to=to)
    text = visit.say("desk_mail_went", to=tried.to)
    if tried.not_kept:
        text = f"{text} {_sentence(visit, tried.not_kept)}"
    elif tried.kept:
        text = f"{text} {visit.say('desk_password_kept')}"
    return visit.go(f"{AT}#mail", Notice(text=text, bad=tried.kept is False))


def site_added(visit: Visit) -> Response:
    """Writes a site into the file, and logs in there where a password was typed."""
    typed = {name: visit.typed(f"site_{name}") for name in ("name", "url", "user")}
    try:
        site = actions.settings.save_site(visit.office, visit.typed("digest") or "", **typed)
    except ChangedMeanwhile as crossed:
        told = said(crossed, visit.language)
        return _page(visit, 409, form="site", wrong=told, crossed=True)
    except Failure as refused:
        return _page(visit, 400, form="site", wrong=said(refused, visit.language))
    if not visit.typed("password"):
        return visit.go(f"{AT}#sites", Notice(text=visit.say("desk_settings_saved")))
    return _logged_in(visit, site.name)


def site_tried(visit: Visit) -> Response:
    """Logs in at a site that the file has."""
    return _logged_in(visit, visit.typed("name") or "")


def _logged_in(visit: Visit, name: str) -> Response:
    password = visit.typed("password") or ""
    try:
        there, not_kept = actions.settings.log_in(visit.office, name, password)
    except Failure as failure:
        return _page(visit, 400, form=f"site-{name}", wrong=said(failure, visit.language))
    if there is None:
        assert not_kept
        return visit.go(f"{AT}#sites", Notice(text=_sentence(visit, not_kept), bad=True))
    text = visit.say("desk_logged_in", site=there.site.url, name=there.name)
    return visit.go(f"{AT}#sites", Notice(text=text))


def _sentence(visit: Visit, failure: Failure) -> str:
    words = said(failure, visit.language)
    return f"{words[:1].upper()}{words[1:]}."


# --- what keeps the record -----------------------------------------------------------------


def backed_up(visit: Visit) -> Response:
    """Copies the record into a new file, and looks the copy over."""
    made, told = actions.backups.make(visit.office)
    text = visit.say("desk_backed_up", file=made.name, size=made.size / 1e6)
    return _found(visit, f"{text} {_holds(visit, told)}", told)


def looked_over(visit: Visit) -> Response:
    """Looks over the record, or a backup."""
    name = visit.typed("name")
    told = (
        actions.backups.look_over(visit.office, name)
        if name
        else actions.upkeep.verify(visit.office)
    )
    what = name or visit.say("desk_where_record")
    return _found(visit, f"{what}: {_holds(visit, told)}", told)


def restored(visit: Visit) -> Response:
    """Puts a backup in the place of a record that is not there."""
    told = actions.backups.restore(visit.office, visit.typed("name") or "")
    return _found(visit, f"{visit.say('desk_restored')} {_holds(visit, told)}", told)


def backup_file(visit: Visit) -> Response:
    """A backup, to take it along."""
    found = actions.backups.one(visit.office, visit.part("name"))
    return FileResponse(found.path, filename=found.name, media_type="application/zip")


def _found(visit: Visit, text: str, told: LookedOver) -> Response:
    return visit.go(f"{AT}#keeping", Notice(text=text, bad=not told.found.whole))


def _holds(visit: Visit, told: LookedOver) -> str:
    found = told.found
    if found.whole:
        return visit.say("desk_is_whole", n=found.articles)
    first = found.damage[0].line if found.damage else ""
    return visit.say("desk_is_damaged", n=len(found.damage) + found.more, first=first)


PAGES: Final[tuple[Page, ...]] = (
    shown(AT, settings),
    done("/settings/office", _saved("office", _office)),
    done("/settings/brand", _saved("brand", _brand)),
    done("/settings/mail", _saved("mail", _mail)),
    done("/settings/mail/try", mail_tried),
    done("/settings/translator", _saved("translator", _translator)),
    done("/settings/sites", site_added),
    done("/settings/sites/login", site_tried),
    done("/settings/sites/take", _saved("sites", _taken)),
    done("/settings/backup", backed_up),
    done("/settings/verify", looked_over),
    done("/settings/restore", restored),
    shown("/settings/backups/{name}", backup_file),
)
