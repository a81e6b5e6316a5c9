"""The sites that posts go to: where they are, who we are there, and the password for it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crawler.config import load_workspace
from crawler.config.workspace_file import set_site
from crawler.models import Site, Workspace
from crawler.urls import is_loopback
from jehona.actions.errors import Unknown, Wrong
from jehona.actions.office import Office
from reports.credentials import Password, find_password, keep_password
from reports.publishing import wordpress
from reports.publishing.rest import Rest


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedIn:
    """A password that the site took, and that is kept."""

    site: Site
    # as the site calls who we are there
    name: str
    # what our role is there
    roles: tuple[str, ...]


def site_named(workspace: Workspace, name: str) -> Site:
    """The site, as passwords may go to it. Raises Unknown; Wrong: no https, no user."""
    site = next((site for site in workspace.sites if site.name == name), None)
    if site is None:
        known = ", ".join(site.name for site in workspace.sites) or "none"
        place = workspace.root / "jehona.toml"
        raise Unknown(
            "{name}: no [sites.{name}] in {place}; there: {known}",
            name=name,
            place=place,
            known=known,
        )
    parts = urlsplit(site.url)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise Wrong(
            "[sites.{name}] url: a password goes only to https://, this is {scheme}",
            name=name,
            scheme=parts.scheme,
        )
    if not site.user:
        raise Wrong(
            '[sites.{name}] has no user: write user = "NAME", the log-in name there', name=name
        )
    return site


def password_of(site: Site) -> Password:
    """Of the environment, else of the keyring. Raises Wrong where neither has it."""
    password = find_password(variable_of(site), service_of(site), site.user or "", os.environ)
    if password is None:
        raise Wrong(
            "no application password for {name}: type `jehona sites login {name}`, or "
            "set {variable_of}",
            name=site.name,
            variable_of=variable_of(site),
        )
    return password


def variable_of(site: Site) -> str:
    """The environment's name for its password."""
    return f"JEHONA_SITE_{site.name.upper().replace('-', '_')}_PASSWORD"


def service_of(site: Site) -> str:
    """The keyring's name for its password."""
    return f"jehona-{site.name}"


def add(office: Office, site: Site) -> Office:
    """Write `[sites.NAME]` into jehona.toml; the office as it is then. Raises RegistryError."""
    set_site(office.workspace.root, site)
    return replace(office, workspace=load_workspace(office.workspace.root))


def login(office: Office, name: str, password: str) -> LoggedIn:
    """Try a password at the site, and keep it in the system's keyring where it was taken.

    Raises Unknown, Wrong as `site_named`; Refused where the site does not take it; NotKept where
    this machine has no keyring.
    """
    site = site_named(office.workspace, name)
    secret = Password(password.strip())
    if not secret.tell():
        raise Wrong("{name}: no password was given", name=name)
    user = wordpress.connect(Rest(site=site, password=secret, agent=office.workspace.agent)).user
    keep_password(service_of(site), site.user or "", secret, instead=variable_of(site))
    return LoggedIn(site=site, name=user.name, roles=user.roles)
