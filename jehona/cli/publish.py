"""`jehona publish`: the roundup as a post on a site, once, and never over somebody's work."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

import typer

from crawler.models import Language, Site, Workspace
from jehona.actions import report as report_action
from jehona.actions.errors import Wrong
from jehona.cli.common import (
    JsonOption,
    WorkspaceOption,
    print_json,
    who,
    words,
    workspace_of,
)
from jehona.cli.report import EventArgument, LanguageOption, save
from jehona.cli.roundup import RoundupGroup, typeset_roundup
from reports.publishing.status import Status

if TYPE_CHECKING:
    from crawler.record.receipts import Receipts
    from crawler.run.link_check import Checked
    from reports.credentials import Password
    from reports.models import Report
    from reports.publishing.messages import Told
    from reports.publishing.post import Post
    from reports.publishing.publish import Published, Wish

LEFT_ALONE: Final = 3
REFUSED: Final = 1
# exit codes: done in part, nothing could be done
PATIENCE: Final = 20.0
# seconds that a colleague who is publishing is waited for


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What of the report goes into the post, and how."""

    language: Language
    # of what readers see
    group: RoundupGroup
    # what the headlines stand under
    accepted_only: bool
    # without what nobody accepted
    footnote: bool
    # how complete the list is, at its foot
    chart: bool
    # pieces per day, as a picture


def publish(
    event: EventArgument,
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
        bool, typer.Option("--anyway", help="Publish what nobody reviewed, and dead links.")
    ] = False,
    anew: Annotated[
        bool, typer.Option("--anew", help="Make a new post, whatever became of the last one.")
    ] = False,
    group: Annotated[
        RoundupGroup, typer.Option("--group", help="What the headlines stand under.")
    ] = RoundupGroup.OUTLET,
    accepted_only: Annotated[
        bool, typer.Option("--accepted-only", help="Leave out what nobody accepted.")
    ] = False,
    without_completeness: Annotated[
        bool, typer.Option("--without-completeness", help="Leave out how complete the list is.")
    ] = False,
    no_link_check: Annotated[
        bool, typer.Option("--no-link-check", help="Do not ask whether the links still lead there.")
    ] = False,
    no_chart: Annotated[bool, typer.Option("--no-chart", help="Without the chart.")] = False,
    language: LanguageOption = None,
    by: Annotated[
        str | None, typer.Option("--by", envvar="JEHONA_USER", help="Who publishes.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a draft of the roundup on a WordPress site, or bring our untouched one up to date.

    A post that somebody changed since is left alone: the difference is shown, and what to paste.
    """
    from jehona.actions import links  # noqa: PLC0415 - requests
    from reports.publishing.messages import Told, document, show  # noqa: PLC0415
    from reports.publishing.publish import Wish  # noqa: PLC0415

    desk, now, out = workspace_of(workspace), datetime.now(UTC), words(to_stderr=as_json)
    site, password = _site(desk, to)
    spoken: Language = language.value if language else desk.language
    choice = Choice(
        language=spoken,
        group=group,
        accepted_only=accepted_only,
        footnote=not without_completeness,
        chart=not no_chart,
    )
    report = _chosen(desk, event, now, choice, keep=not dry_run)
    checked: tuple[Checked, ...] = ()
    if not no_link_check:
        out.print(f"looking where {len(links.linked(report))} links lead (or --no-link-check)")
        checked = links.look(desk, report)
        report = _archived(report, checked)
    _want_reviewed(report, checked, status, anyway=anyway)
    post = _post(desk, report, choice)
    wish = Wish(by=who(by), at=now, status=status, anew=anew, only_look=dry_run)
    done = _placed(desk, site, password, post, wish)
    told = Told(site=site, post=post, done=done, links=links.told(checked, report), dry_run=dry_run)
    told = _paste(desk, report, told, spoken)
    show(told, out)
    if as_json:
        print_json(document(told))
    raise typer.Exit(LEFT_ALONE if done.left else 0)


# --- whose site, and who we are there --------------------------------------------------


def _site(desk: Workspace, name: str) -> tuple[Site, Password]:
    """The site and the password for it. Raises Wrong: unknown, not https, no user, no password."""
    from crawler.urls import is_loopback  # noqa: PLC0415
    from reports.credentials import find_password  # noqa: PLC0415

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
    """The receipts; who will write something is alone. Raises RecordRefused."""
    from crawler.record.lock import SiteLock  # noqa: PLC0415
    from crawler.record.receipts import Receipts  # noqa: PLC0415
    from jehona.cli.crawl import hand_record  # noqa: PLC0415

    with (
        nullcontext() if only_look else SiteLock(desk.var / "publish.lock").acquire(PATIENCE),
        hand_record(desk, readonly=only_look) as record,
    ):
        yield Receipts(record=record, event=event, site=site.name)


def _placed(desk: Workspace, site: Site, password: Password, post: Post, wish: Wish) -> Published:
    """The post on the site; a refusal of the site ends the command. Raises RecordRefused."""
    from crawler.run.politeness import user_agent  # noqa: PLC0415
    from reports.publishing.publish import Publishing  # noqa: PLC0415
    from reports.publishing.rest import Rest  # noqa: PLC0415
    from reports.publishing.wordpress import connect  # noqa: PLC0415

    rest = Rest(site=site, password=password, agent=user_agent(desk.contact))
    with _receipts(desk, post.event, site, only_look=wish.only_look) as book:
        there = connect(rest)
        return Publishing(post=post, site=there, book=book, wish=wish, sleep=time.sleep).go()


# --- what is said ------------------------------------------------------------------------


def _chosen(desk: Workspace, event: str, now: datetime, choice: Choice, *, keep: bool) -> Report:
    """The report, with the pieces that go into the post; kept as a version where it goes out."""
    make = report_action.kept_report if keep else report_action.report_of
    report = make(desk, event, now=now, language=choice.language)
    if not choice.accepted_only:
        return report
    return replace(report, pieces=tuple(p for p in report.pieces if p.decision == "accepted"))


def _archived(report: Report, checked: Sequence[Checked]) -> Report:
    from jehona.actions.links import astray  # noqa: PLC0415
    from reports.publishing.report_post import with_archives  # noqa: PLC0415

    return with_archives(report, astray(checked))


def _post(desk: Workspace, report: Report, choice: Choice) -> Post:
    """The roundup as blocks by the workspace's own template. Raises Wrong."""
    from reports import roundup as rounding  # noqa: PLC0415
    from reports.publishing.chart import chart  # noqa: PLC0415
    from reports.publishing.report_post import post_of  # noqa: PLC0415

    made = rounding.roundup(
        report,
        choice.language,
        group=rounding.Group(choice.group.value),
        accepted_only=choice.accepted_only,
        footnote=choice.footnote,
    )
    blocks = typeset_roundup(desk, made, rounding.Form.BLOCKS)
    picture = chart(report, choice.language, desk.brand.colour) if choice.chart else None
    return post_of(report, made, blocks, picture)


def _want_reviewed(
    report: Report, checked: Sequence[Checked], status: Status | None, *, anyway: bool
) -> None:
    """To publish at once wants every piece reviewed and no link dead. Raises Wrong."""
    from jehona.actions.links import dead  # noqa: PLC0415
    from reports.sentences import statement  # noqa: PLC0415

    if anyway or status is not Status.PUBLISH:
        return
    unreviewed = sum(1 for piece in report.pieces if piece.decision is None)
    gone = dead(checked, report)
    told = [f"{unreviewed} of {len(report.pieces)} pieces not reviewed"] if unreviewed else []
    told += [f"{gone} dead link{'s' if gone > 1 else ''}"] if gone else []
    if told:
        raise Wrong(
            f"not published: {', '.join(told)} ({statement(report, 'en')}). Say --anyway to "
            "publish all the same, or leave --status out for a draft"
        )


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
    save(block, path)
    return replace(told, paste=block, file=path)
