"""Why a site does not do what we ask, in words, with what to do next (pure).

Codes are those of WordPress core (wp-includes/rest-api, class-wp-application-passwords.php,
user.php), statuses those of RFC 9110. `docs/publishing.md` has the table for people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from typing import ClassVar

from crawler.failure import Failure

LONGEST_SAYING = 200
# characters of the site's own words that an error shows
LONGEST_TOLD = 2_000
# characters of them that are looked at for it


class Refusal(StrEnum):
    """What stands in the way."""

    PASSWORD = "password"  # noqa: S105 - the name of a refusal
    PASSWORDS_OFF = "passwords-off"
    REST_OFF = "rest-off"
    NO_REST = "no-rest"
    FIREWALL = "firewall"
    MAY_NOT_WRITE = "may-not-write"
    MAY_NOT_PUBLISH = "may-not-publish"
    MAY_NOT_EDIT = "may-not-edit"
    MAY_NOT_UPLOAD = "may-not-upload"
    TOO_LARGE = "too-large"
    UNKNOWN_TERM = "unknown-term"
    BUSY = "busy"
    SERVER = "server"
    MOVED = "moved"
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    SILENT = "silent"
    UNREADABLE = "unreadable"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """One refusal in words."""

    what: str
    # what happened: "does not take this user name and application password"
    next_step: str
    # what a person can do


MEANINGS: Mapping[Refusal, Meaning] = {
    Refusal.PASSWORD: Meaning(
        what="does not take this user name and application password",
        next_step="Compare `user` in jehona.toml with the log-in name, and make a new application "
        "password (Users, Profile, Application Passwords): the log-in password does not work "
        "here. If both are right, its web server may drop the Authorization header: "
        "docs/publishing.md.",
    ),
    Refusal.PASSWORDS_OFF: Meaning(
        what="has application passwords switched off",
        next_step="WordPress switches them off where a site is not https, and security plugins "
        "do: ask the administrator to allow them for this user.",
    ),
    Refusal.REST_OFF: Meaning(
        what="keeps its REST interface closed",
        next_step="A security plugin usually does this: ask the administrator to allow it for "
        "users who are logged in.",
    ),
    Refusal.NO_REST: Meaning(
        what="has no WordPress REST interface at this address",
        next_step="Write the address of the site itself under [sites.NAME] `url`, with the folder "
        "if WordPress is in one; if it is right, REST is switched off there.",
    ),
    Refusal.FIREWALL: Meaning(
        what="answers with a web page instead of its REST interface",
        next_step="A firewall or a maintenance page stands before it: ask the administrator to let "
        "`Jehona` pass to /wp-json/.",
    ),
    Refusal.MAY_NOT_WRITE: Meaning(
        what="does not let this user write posts",
        next_step="Ask the administrator for the role of contributor or author.",
    ),
    Refusal.MAY_NOT_PUBLISH: Meaning(
        what="does not let this user publish",
        next_step="Leave --status out for a draft, or say --status pending: an editor publishes "
        "it.",
    ),
    Refusal.MAY_NOT_EDIT: Meaning(
        what="does not let this user change that post",
        next_step="An editor may have published it or taken it over: change it there by hand.",
    ),
    Refusal.MAY_NOT_UPLOAD: Meaning(
        what="does not let this user upload",
        next_step="The post goes without pictures and the chart: ask for the role of author to "
        "have them.",
    ),
    Refusal.TOO_LARGE: Meaning(
        what="finds what we send too large",
        next_step="Make the file smaller, publish without the chart (--no-chart), or ask the "
        "administrator to raise upload_max_filesize and post_max_size.",
    ),
    Refusal.UNKNOWN_TERM: Meaning(
        what="has no such category or tag",
        next_step="Make it there first, or write it in the document as the site has it.",
    ),
    Refusal.BUSY: Meaning(
        what="is busy and asked us to come again",
        next_step="Start the command again in some minutes: nothing is posted twice.",
    ),
    Refusal.SERVER: Meaning(
        what="failed on its side",
        next_step="Start the command again later, nothing is posted twice; if it stays, show the "
        "administrator this line.",
    ),
    Refusal.MOVED: Meaning(
        what="sends us to another address",
        next_step="We do not carry a password there: if it is the site's own, write it under "
        "[sites.NAME] `url`.",
    ),
    Refusal.UNREACHABLE: Meaning(
        what="cannot be reached",
        next_step="Check the address under [sites.NAME] `url` and the connection.",
    ),
    Refusal.CERTIFICATE: Meaning(
        what="shows a certificate that is not valid for its name",
        next_step="The password was not sent. Tell the administrator.",
    ),
    Refusal.SILENT: Meaning(
        what="gave no answer in time",
        next_step="Start the command again: it looks first whether the post is there, and makes "
        "no second one.",
    ),
    Refusal.UNREADABLE: Meaning(
        what="answered something that is not WordPress",
        next_step="A plugin may print warnings into its answers: show the administrator this line.",
    ),
    Refusal.REFUSED: Meaning(
        what="refused",
        next_step="Read what it says, and ask the administrator where it does not help.",
    ),
}

# A code of WordPress that says what is wrong by itself.
CODES: Mapping[str, Refusal] = {
    "incorrect_password": Refusal.PASSWORD,
    "invalid_username": Refusal.PASSWORD,
    "invalid_email": Refusal.PASSWORD,
    "application_passwords_disabled": Refusal.PASSWORDS_OFF,
    "application_passwords_disabled_for_user": Refusal.PASSWORDS_OFF,
    "rest_no_route": Refusal.NO_REST,
    "rest_not_logged_in": Refusal.REST_OFF,
    "rest_cannot_access": Refusal.REST_OFF,
    "rest_disabled": Refusal.REST_OFF,
    "rest_cannot_create": Refusal.MAY_NOT_WRITE,
    "rest_forbidden_status": Refusal.MAY_NOT_WRITE,
    "rest_cannot_publish": Refusal.MAY_NOT_PUBLISH,
    "rest_cannot_edit": Refusal.MAY_NOT_EDIT,
    "rest_forbidden_context": Refusal.MAY_NOT_EDIT,
    "rest_upload_file_too_big": Refusal.TOO_LARGE,
    "rest_upload_limited_space": Refusal.TOO_LARGE,
}
# Of any other answer the status says it.
STATUSES: Mapping[int, Refusal] = {
    401: Refusal.REST_OFF,
    403: Refusal.REST_OFF,
    404: Refusal.NO_REST,
    413: Refusal.TOO_LARGE,
    429: Refusal.BUSY,
    503: Refusal.BUSY,
}
# Where no WordPress answered, but something before it.
PAGES: Mapping[int, Refusal] = {
    401: Refusal.FIREWALL,
    403: Refusal.FIREWALL,
    406: Refusal.FIREWALL,
    418: Refusal.FIREWALL,
}
SERVER_ERRORS = range(500, 600)


class Refused(Failure):
    """The site does not do what we ask. One line: which site, what happened, what to do next."""

    code: ClassVar[int] = 1

    def __init__(self, refusal: Refusal, site: str, detail: str = "") -> None:
        meaning = MEANINGS[refusal]
        aside = f" ({detail})" if detail else ""
        super().__init__(f"{site} {meaning.what}{aside}. {meaning.next_step}")
        self.refusal = refusal
        self.detail = detail


class UnknownTerm(Refused):
    """A category or tag that the site does not have: the document is to be mended."""

    code: ClassVar[int] = 2


def refusal_of(status: int, code: str | None) -> Refusal:
    """What an answer means that is not a success; `code` is None where it is no WordPress error."""
    if code is not None and code in CODES:
        return CODES[code]
    known = STATUSES if code is not None else {**STATUSES, **PAGES}
    if status in known:
        return known[status]
    return Refusal.SERVER if status in SERVER_ERRORS else Refusal.REFUSED


def saying(words: object, hidden: Callable[[str], str] = str) -> str:
    """The site's own words, on one line, without markup, short.

    `hidden` blots out a secret: before anything is cut, and again in what the words turn out to
    say, since half a secret is none that anybody would find.
    """
    told = hidden(str(words))[:LONGEST_TOLD]
    plain = hidden(unescape(re.sub(r"<[^<>]{0,500}>", " ", told)))
    shown = " ".join("".join(c if c.isprintable() else " " for c in plain).split())
    return shown if len(shown) <= LONGEST_SAYING else f"{shown[:LONGEST_SAYING].rstrip()}…"
