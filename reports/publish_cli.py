"""`jehona publish`: the report as a post on a site, once, and never over somebody's work."""

from __future__ import annotations

import getpass
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from crawler.cli.desk import (
    JsonOption,
    WorkspaceOption,
    Wrong,
    print_json,
    words,
    workspace_of,
)
from crawler.models import Language, Site, Workspace
from reports import cli as telling
from reports.publishing.post import Post, Status

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.linkcheck import Checked
    from crawler.record.receipts import Receipts
    from reports.nouns import Report
    from reports.passwords import Password
    from reports.publishing.outcome_words import LinkTold, Told
    from reports.publishing.publish import Published, Wish

LEFT_ALONE, REFUSED = 3, 1
# exit codes: done in part, nothing could be done


def mount(app: typer.Typer) -> None:
    """Add the command."""
    app.command("publish", rich_help_panel="Tell")(publish)


def publish(
    event: Annotated[str, typer.Argument(metavar="EVENT")],
    to: Annotated[
        str, typer.Option("--to", metavar="SITE", help="Name of [sites.NAME] in jehona.toml.")
    ],
    status: Annotated[
        Status | None,
        typer.Option("--status", help="Else a draft, and an update leaves it as it stands."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; only look at the site.")
    ] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Publish with pieces that nobody has reviewed.")
    ] = False,
    anew: Annotated[
        bool, typer.Option("--anew", help="Make a new post, whatever became of the last one.")
    ] = False,
    no_link_check: Annotated[
        bool, typer.Option("--no-link-check", help="Do not ask whether the links still lead there.")
    ] = False,
    no_chart: Annotated[bool, typer.Option("--no-chart", help="Without the chart.")] = False,
    language: Annotated[
        telling.Tongues | None,
        typer.Option("--language", help="Of what readers see. Else the workspace's."),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", envvar="JEHONA_USER", help="Who publishes.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a draft of the report on a WordPress site, or bring our untouched one up to date.

    A post that somebody changed since is left alone: the difference is shown, and what to paste.
    """
    from reports.publishing.outcome_words import Told, document, show  # noqa: PLC0415
    from reports.publishing.publish import Wish  # noqa: PLC0415 - requests
    from reports.publishing.refusals import Refused  # noqa: PLC0415
    from reports.publishing.report_post import with_archives  # noqa: PLC0415

    desk, now, out = workspace_of(workspace), datetime.now(UTC), words(to_stderr=as_json)
    site, password = _site(desk, to)
    report = telling.report_of(desk, event, now=now)
    checked = () if no_link_check else _linked(desk, report, out)
    report = with_archives(report, _swapped(report, checked))
    _want_reviewed(report, checked, status, anyway=anyway)
    spoken: Language = language.value if language else desk.language
    post = _post(desk, report, spoken, chart=not no_chart)
    wish = Wish(by=by or getpass.getuser(), at=now, status=status, anew=anew, only_look=dry_run)
    try:
        with _receipts(desk, event, site, only_look=dry_run) as book:
            done = _placed(desk, site, password, post, book, wish)
    except Refused as refused:
        words(to_stderr=True).print(str(refused), markup=False)
        raise typer.Exit(REFUSED) from None
    links = _links(report, checked)
    told = Told(site=site, post=post, done=done, links=links, dry_run=dry_run)
    told = _paste(desk, report, told, spoken)
    show(told, out)
    if as_json:
        print_json(document(told))
    raise typer.Exit(LEFT_ALONE if done.left else 0)


# --- whose site, and who we are there --------------------------------------------------


def _site(desk: Workspace, name: str) -> tuple[Site, Password]:
    """The site and the password for it. Raises Wrong: unknown, not https, no user, no password."""
    from crawler.urls import is_loopback  # noqa: PLC0415
    from reports.passwords import find_password  # noqa: PLC0415

    site = next((site for site in desk.sites if site.name == name), None)
    if site is None:
        known = ", ".join(site.name for site in desk.sites) or "none"
        raise Wrong(
            f"--to {name}: no [sites.{name}] in {desk.root / 'jehona.toml'}; there: {known}"
        )
    parts = urlsplit(site.url)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise Wrong(f"[sites.{name}] url: a password goes only to https://, this is {parts.scheme}")
    if not site.user:
        raise Wrong(f'[sites.{name}] has no user: write user = "NAME", the log-in name there')
    variable = f"JEHONA_SITE_{name.upper().replace('-', '_')}_PASSWORD"
    password = find_password(variable, f"jehona-{name}", site.user, os.environ)
    if password is None:
        keyring = f"keyring set jehona-{name} {site.user}"
        raise Wrong(f"no application password for {name}: set {variable}, or type `{keyring}`")
    return site, password


@contextmanager
def _receipts(desk: Workspace, event: str, site: Site, *, only_look: bool) -> Iterator[Receipts]:
    """The receipts, behind the run lock where something will be written. Raises RecordRefused."""
    from crawler.cli.crawling import locked_record  # noqa: PLC0415
    from crawler.record import open_record  # noqa: PLC0415
    from crawler.record.receipts import Receipts  # noqa: PLC0415

    if only_look:
        with open_record(desk.record, desk.snapshots, readonly=True) as record:
            yield Receipts(record=record, event=event, site=site.name)
        return
    with locked_record(desk, wait=5) as record:
        yield Receipts(record=record, event=event, site=site.name)


def _placed(
    desk: Workspace, site: Site, password: Password, post: Post, book: Receipts, wish: Wish
) -> Published:
    """The post on the site. Raises Refused, RecordRefused."""
    from crawler.guest import user_agent  # noqa: PLC0415
    from reports.publishing.publish import Publishing  # noqa: PLC0415
    from reports.publishing.rest import Rest  # noqa: PLC0415
    from reports.publishing.wordpress import connect  # noqa: PLC0415

    rest = Rest(site=site, password=password, agent=user_agent(desk.contact))
    there = connect(rest)
    return Publishing(post=post, site=there, book=book, wish=wish, sleep=time.sleep).go()


# --- what is said ------------------------------------------------------------------------


def _post(desk: Workspace, report: Report, language: Language, *, chart: bool) -> Post:
    from reports.publishing.chart import chart as drawn  # noqa: PLC0415
    from reports.publishing.report_post import post_of  # noqa: PLC0415

    picture = drawn(report, language, desk.brand.colour) if chart else None
    return post_of(report, language, picture)


def _linked(desk: Workspace, report: Report, out: Console) -> tuple[Checked, ...]:
    """Where every link of the report leads now."""
    from crawler.linkcheck import Link, check_links  # noqa: PLC0415
    from crawler.registry import load_outlets  # noqa: PLC0415

    links = [
        Link(
            article=piece.article,
            outlet=piece.outlet,
            url=piece.url,
            headline=piece.headline,
            typed=piece.by_hand,
        )
        for piece in report.pieces
    ]
    out.print(f"looking where {len(links)} links lead (--no-link-check leaves this out)")
    return check_links(desk, load_outlets(desk), links)


def _swapped(report: Report, checked: Sequence[Checked]) -> frozenset[str]:
    """The pieces whose link gives way to the archived copy that a person gave."""
    from crawler.linkcheck import LinkState  # noqa: PLC0415

    astray = {
        one.link.article
        for one in checked
        if one.state in (LinkState.DEAD, LinkState.REDIRECTED, LinkState.RETITLED)
    }
    return frozenset(p.article for p in report.pieces if p.archive and p.article in astray)


def _want_reviewed(
    report: Report, checked: Sequence[Checked], status: Status | None, *, anyway: bool
) -> None:
    """To publish at once wants everything reviewed and no link dead. Raises Wrong."""
    from crawler.linkcheck import LinkState  # noqa: PLC0415
    from reports.sentences import statement  # noqa: PLC0415

    if anyway or status is not Status.PUBLISH:
        return
    dead = [one for one in checked if one.state is LinkState.DEAD and _stands(one, report)]
    told = []
    if report.summary.unreviewed:
        told.append(f"{report.summary.unreviewed} of {report.summary.pieces} pieces not reviewed")
    if dead:
        told.append(f"{len(dead)} dead link{'s' if len(dead) > 1 else ''}")
    if told:
        raise Wrong(
            f"not published: {', '.join(told)} ({statement(report, 'en')}). Say --anyway to "
            "publish all the same, or leave --status out for a draft"
        )


def _stands(one: Checked, report: Report) -> bool:
    """Whether the post would still lead to this link: no archived copy took its place."""
    return any(p.article == one.link.article and p.url == one.link.url for p in report.pieces)


# --- what became of it ---------------------------------------------------------------------


def _paste(desk: Workspace, report: Report, told: Told, language: Language) -> Told:
    """The same, with the block to paste into a post that was left alone, written to a file too."""
    from reports.publishing.report_post import update_block  # noqa: PLC0415

    done = told.done
    if not done.more:
        return told
    block = update_block(done.more, done.since, report.event, language)
    if told.dry_run:
        return replace(told, paste=block)
    desk.out.mkdir(parents=True, exist_ok=True)
    path = desk.out / f"{report.event.slug}-{told.site.name}-update.html"
    telling.save(block, path)
    return replace(told, paste=block, file=path)


def _links(report: Report, checked: Sequence[Checked]) -> tuple[LinkTold, ...]:
    """What a person should know of the links, those that lead where they should left out."""
    from crawler.linkcheck import LinkState  # noqa: PLC0415
    from reports.publishing.outcome_words import LinkTold  # noqa: PLC0415

    pieces = {piece.article: piece for piece in report.pieces}
    return tuple(
        LinkTold(
            article=one.link.article,
            url=one.link.url,
            headline=pieces[one.link.article].shown,
            outlet=pieces[one.link.article].outlet_name,
            state=one.state.value,
            note=one.note,
            archive=None if _stands(one, report) else pieces[one.link.article].archive,
        )
        for one in checked
        if one.state is not LinkState.ALIVE
    )
