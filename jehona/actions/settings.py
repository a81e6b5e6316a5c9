"""What jehona.toml says, as forms change it; and whether mail goes out by it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from hashlib import blake2b
from html import escape
from pathlib import Path
from typing import Final

from crawler.config import load_workspace, slug_from
from crawler.config.workspace_file import (
    drop_site,
    set_brand,
    set_office,
    set_site,
    set_smtp,
    set_translator,
    workspace_digest,
)
from crawler.failure import Failure
from crawler.files import whole_file
from crawler.models import Brand, Site, Smtp, Workspace
from jehona.actions import sites
from jehona.actions.editing import saving
from jehona.actions.errors import Unknown, Wrong
from jehona.actions.office import Office
from reports import brand as brands
from reports import mailing
from reports.brand import BrokenLogo
from reports.credentials import (
    SMTP_VARIABLE,
    NotKept,
    Password,
    has_keyring,
    keep_password,
    smtp_password,
    smtp_service,
)
from reports.mailing import Letter
from reports.words import say

ENDINGS: Final = {"image/png": "png", "image/jpeg": "jpg"}
# Of a port, as typed.
LONGEST_PORT: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The settings as they stand, and by which the file is known again."""

    workspace: Workspace
    digest: str
    # whether this machine keeps passwords
    keyring: bool
    # variables of passwords, those that are set
    variables: frozenset[str]
    # the variable of each site, by its name
    of_sites: dict[str, str]
    # the logo as an address; None where there is none, or none that can be shown
    logo: str | None
    # why the logo cannot be shown
    logo_failed: Failure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A mail that the server took."""

    # "ana@office.example"
    to: str
    # whether the password is in the keyring now; None where none was typed
    kept: bool | None
    # why it is not
    not_kept: Failure | None = None


def standing(office: Office) -> Standing:
    """The settings. Raises RegistryError."""
    place = load_workspace(office.workspace.root)
    of_sites = {site.name: sites.variable_of(site) for site in place.sites}
    known = (SMTP_VARIABLE, *of_sites.values())
    logo, failed = None, None
    try:
        found = brands.logo_of(place)
        logo = found.data_uri if found else None
    except BrokenLogo as broken:
        failed = broken
    return Standing(
        workspace=place,
        digest=workspace_digest(place.root),
        keyring=has_keyring(),
        variables=frozenset(name for name in known if os.environ.get(name, "").strip()),
        of_sites=of_sites,
        logo=logo,
        logo_failed=failed,
    )


# --- the file ------------------------------------------------------------------------------
# Each raises ChangedMeanwhile where the file is not the one of `digest`, Wrong, RegistryError.


def save_office(
    office: Office, digest: str, *, contact: str | None, language: str, zone: str
) -> None:
    """Who asks, in which language readers read, whose days they are."""
    with saving(office):
        set_office(_root(office), contact=contact, language=language, zone=zone, digest=digest)


def save_brand(
    office: Office,
    digest: str,
    *,
    name: str | None,
    colour: str | None,
    logo: bytes | None = None,
    without_logo: bool = False,
) -> None:
    """How papers look. A logo's bytes become a file beside jehona.toml, of our own naming.

    Raises BrokenLogo too, for what is neither PNG nor JPEG, or larger than a logo.
    """
    found = brands.logo_in(logo) if logo else None
    with saving(office):
        kept = None if without_logo else office.workspace.brand.logo
        if found is not None and workspace_digest(_root(office)) == digest:
            kept = f"logo-{blake2b(found.body, digest_size=4).hexdigest()}"
            kept = f"{kept}.{ENDINGS[found.media_type]}"
            with whole_file(_root(office) / kept, replace=True) as file:
                file.write(found.body)
        set_brand(_root(office), Brand(name=name, colour=colour, logo=kept), digest)


def save_mail(
    office: Office,
    digest: str,
    *,
    host: str | None,
    port: str | None,
    user: str | None,
    sender: str | None,
) -> None:
    """Where mail goes out; without a server none does."""
    if host is None and (user or sender):
        raise Wrong(say("desk_mail_host_needed", office.language()))
    smtp = Smtp(host=host, port=_port(office, port), user=user, sender=sender) if host else None
    with saving(office):
        set_smtp(_root(office), smtp, digest)


def save_translator(office: Office, digest: str, *, url: str | None) -> None:
    """The server that proposes translations; without an address none does."""
    with saving(office):
        set_translator(_root(office), url, digest)


def save_site(
    office: Office, digest: str, *, name: str | None, url: str | None, user: str | None
) -> Site:
    """A site that posts go to, under a name; its log-in is another step (`sites.login`)."""
    if not url or not user:
        raise Wrong(say("desk_site_needs", office.language()))
    site = Site(name=slug_from(name or "house"), url=url, user=user)
    with saving(office):
        set_site(_root(office), site, digest)
    return site


def take_site(office: Office, digest: str, name: str) -> None:
    """Takes a site out. Raises Unknown where there is none such."""
    if name not in {site.name for site in office.workspace.sites}:
        raise Unknown("{name}: no such site", name=name[:80])
    with saving(office):
        drop_site(_root(office), name, digest)


def _root(office: Office) -> Path:
    return office.workspace.root


def _port(office: Office, typed: str | None) -> int:
    if typed is None:
        return Smtp(host="mail").port
    if not typed.isdecimal() or len(typed) > LONGEST_PORT:
        raise Wrong(say("desk_port_wrong", office.language()))
    return int(typed)


# --- whether it works ----------------------------------------------------------------------


def try_mail(office: Office, to: str, password: str | None = None) -> Tried:
    """Send a mail that says that it arrived. A password that was typed is kept where it was right.

    Raises Wrong without a server, WrongAddress, NotSent with what the server said.
    """
    smtp = office.workspace.smtp
    if smtp is None or not (smtp.sender or smtp.user):
        raise Wrong(say("desk_mail_first", office.language()))
    secret = Password(password) if password else smtp_password(smtp.host, smtp.user)
    done = mailing.send(_letter(office, smtp), [to], smtp, secret, office.clock())
    for recipient, why in done.refused:
        raise mailing.NotSent("{recipient}: {why}", recipient=recipient, why=why)
    if not password:
        return Tried(to=to, kept=None)
    assert secret
    try:
        keep_password(smtp_service(smtp.host), smtp.user or "", secret, instead=SMTP_VARIABLE)
    except NotKept as refused:
        return Tried(to=to, kept=False, not_kept=refused)
    return Tried(to=to, kept=True)


def _letter(office: Office, smtp: Smtp) -> Letter:
    language = office.language()
    text = say("desk_mail_trial_text", language, host=smtp.host)
    return Letter(
        sender=smtp.sender or smtp.user or "",
        name=office.workspace.brand.name,
        subject=say("desk_mail_trial", language),
        html=f'<!doctype html><html lang="{language}"><body><p>{escape(text)}</p></body></html>',
        text=text,
        logo=None,
    )


def log_in(
    office: Office, name: str, password: str
) -> tuple[sites.LoggedIn | None, Failure | None]:
    """Try a site's password and keep it: who we are there, or why it could not be kept.

    Raises as `sites.login`, but for a machine without a keyring.
    """
    place = replace(office, workspace=load_workspace(_root(office)))
    try:
        return sites.login(place, name, password), None
    except NotKept as refused:
        return None, refused
