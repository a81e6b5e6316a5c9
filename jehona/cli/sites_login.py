"""`jehona sites login`: the password of a site, asked for, tried and kept."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.models import Site
from jehona import actions
from jehona.actions.errors import Wrong
from jehona.cli.asking import at_terminal
from jehona.cli.common import WorkspaceOption, office_of, shown, words
from jehona.cli.speech import tell

if TYPE_CHECKING:
    from jehona.actions.office import Office


def sites_login(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of [sites.NAME]: house.")],
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Of the site, if it is new.")
    ] = None,
    user: Annotated[
        str | None, typer.Option("--user", metavar="NAME", help="The log-in name there.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Ask for a site's application password, try it there, and keep it in the system's keyring.

    A site that jehona.toml does not have is asked for and written there. Without a terminal the
    password is the first line of the input.
    """
    office = _with_site(office_of(workspace), name, url, user)
    site = actions.sites.site_named(office.workspace, name)
    made = actions.sites.login(office, name, _password(f"Application password of {site.user}"))
    roles = f" ({', '.join(map(shown, made.roles))})" if made.roles else ""
    words().print(
        tell(
            "{url}: logged in as {name}{roles}; the password is kept",
            url=site.url,
            name=shown(made.name),
            roles=roles,
        )
    )


def _with_site(office: Office, name: str, url: str | None, user: str | None) -> Office:
    """The office that knows the site. Raises Wrong, RegistryError."""
    known = next((site for site in office.workspace.sites if site.name == name), None)
    if not at_terminal() and not (url or user):
        return office
    address = url or (known.url if known else _asked("Address of the site, https://"))
    log_in = user or (known.user if known else None) or _asked("Log-in name there")
    wanted = Site(name=name, url=address, user=log_in)
    return office if wanted == known else actions.sites.add(office, wanted)


def _asked(question: str) -> str:
    if not at_terminal():
        raise Wrong("--url and --user are needed for a site that jehona.toml does not have")
    return str(typer.prompt(shown(question))).strip()


def _password(question: str) -> str:
    if at_terminal():
        return str(typer.prompt(shown(question), hide_input=True))
    return sys.stdin.readline()
