"""The roundup as a post on a site: once, and never over somebody's work."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from crawler.models import Language, Site
from crawler.record.lock import SiteLock
from crawler.record.receipts import Receipts
from crawler.run.link_check import Checked
from jehona.actions import links, papers, post_forms, roundup, sites
from jehona.actions.errors import Wrong
from jehona.actions.office import Office
from jehona.actions.report import kept_report, report_of
from jehona.actions.roundup import Composed, RoundupOptions
from reports.credentials import Password
from reports.forms import Form, Status
from reports.media import CHART
from reports.models import Report
from reports.publishing import messages, wordpress
from reports.publishing.post import Post
from reports.publishing.publish import Published, Publishing, Wish
from reports.publishing.report_post import post_of, update_block, with_archives
from reports.publishing.rest import Rest
from reports.publishing.sync_policy import Action
from reports.sentences import statement

# Seconds that a colleague who is publishing is waited for.
PATIENCE: Final = 20.0


class NotReady(Wrong):
    """A post that a careful editor would not publish yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What became of a post, or would."""

    site: Site
    post: Post
    done: Published
    # those that do not simply lead to their piece
    links: tuple[links.LinkNote, ...] = ()
    # the block to paste into a post that was left alone
    paste: str | None = None
    # where it was written to
    file: Path | None = None
    # nothing was sent
    dry_run: bool = False

    @property
    def sentence(self) -> str:
        """One line: what was done, or would be."""
        return messages.sentence(self.done, self.site, dry_run=self.dry_run)

    @property
    def edit(self) -> str | None:
        """Where an editor works on it."""
        if self.done.post is None or self.done.action is Action.DELETED:
            return None
        return f"{self.site.url.rstrip('/')}/wp-admin/post.php?post={self.done.post}&action=edit"

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md; no password is in it, there is none to put in."""
        done = self.done
        return {
            "event": self.post.event,
            "site": self.site.name,
            "dry_run": self.dry_run,
            "action": done.action.value,
            "status": done.status,
            "post": done.post,
            "link": done.link,
            "edit": self.edit,
            "marker": done.marker,
            "title": self.post.title,
            "pieces": list(self.post.pieces),
            "more": [asdict(entry) for entry in done.more],
            "since": done.since,
            "difference": list(done.difference),
            "update": self.paste,
            "update_file": str(self.file) if self.file else None,
            "links": [asdict(link) for link in self.links],
            "notes": list(done.notes),
            "blocks": done.blocks,
        }


def publish(
    office: Office,
    event: str,
    *,
    to: str,
    options: RoundupOptions,
    status: Status | None = None,
    anyway: bool = False,
    anew: bool = False,
    dry_run: bool = False,
    check_links: bool = True,
    looking: Callable[[int], None] | None = None,
) -> Publication:
    """Make the post of an event on the site `to`, or bring our untouched one up to date.

    Without a `status` it is a draft, and an update leaves it as it stands; `anyway` publishes what
    nobody reviewed, `anew` makes a new post whatever became of the last. `looking` is told how many
    links are looked at. Raises Unknown for a site, Wrong for one that cannot be used, NotReady,
    Refused where the site does not do it, RecordRefused.
    """
    site = sites.site_named(office.workspace, to)
    password = sites.password_of(site)
    make = report_of if dry_run else kept_report
    report = make(office, event, language=options.language)
    composed = roundup.compose(office, event, options, report=report)
    checked: tuple[Checked, ...] = ()
    if check_links:
        chosen = _chosen(report, composed)
        if looking:
            looking(len(links.linked(chosen)))
        checked = links.look(office, chosen)
        # links that went astray lead to the copies that a person gave
        report = with_archives(report, links.astray(checked))
        composed = roundup.compose(office, event, options, report=report)
    report = _chosen(report, composed)
    if status is Status.PUBLISH and not anyway:
        _want_reviewed(report, checked)
        _want_settled(composed)
    if not dry_run:
        roundup.keep(office, composed)
    post = _post(office, report, composed)
    wish = Wish(by=office.who(), at=office.clock(), status=status, anew=anew, only_look=dry_run)
    done = place_on(office, site, password, post, wish)
    left = roundup.not_shown(office, composed.roundup, Form.BLOCKS)
    if left:
        done = replace(done, notes=(*done.notes, f"templates/: not shown: {'; '.join(left)}"))
    notes = links.notes(checked, report)
    made = Publication(site=site, post=post, done=done, links=notes, dry_run=dry_run)
    return _with_paste(office, report, made, options.language)


def _chosen(report: Report, composed: Composed) -> Report:
    """The report of the pieces that stand in the post, others of the editor's behind them."""
    printed = {piece.article: piece for piece in composed.pieces}
    ours = tuple(piece for piece in report.pieces if printed.pop(piece.article, None))
    return replace(report, pieces=(*ours, *printed.values()))


def _want_settled(composed: Composed) -> None:
    """To publish at once wants everything new placed, and nothing lost. Raises NotReady."""
    kinds = ("new", "lost")
    left = [one.told for one in composed.readiness.obstacles if one.kind in kinds]
    if left:
        raise NotReady("not published: {left} ({file})", left="; ".join(left), file=composed.file)


def _want_reviewed(report: Report, checked: Sequence[Checked]) -> None:
    """To publish at once wants every piece reviewed and no link dead. Raises NotReady."""
    unreviewed = sum(1 for piece in report.pieces if piece.decision is None)
    gone = links.dead(checked, report)
    obstacles = []
    if unreviewed:
        obstacles.append(f"{unreviewed} of {len(report.pieces)} pieces not reviewed")
    if gone:
        obstacles.append(f"{gone} dead link{'s' if gone > 1 else ''}")
    if obstacles:
        raise NotReady(
            "not published: {obstacles} ({statement})",
            obstacles=", ".join(obstacles),
            statement=statement(report, "en"),
        )


def _post(office: Office, report: Report, composed: Composed) -> Post:
    """The roundup as blocks by the workspace's own template, with its files.

    Raises TemplateBroken, BrokenMedium.
    """
    picture = post_forms.drawn(office, report, composed) if composed.chart else None
    blocks, insets = post_forms.placed(office, composed.roundup, picture)
    lost = post_forms.shown_nowhere(blocks, insets)
    made = post_of(composed.roundup, blocks)
    made = replace(
        made, insets=insets, picture=picture if CHART in {i.name for i in lost} else None
    )
    return _as_the_document_says(office, made, composed)


def _as_the_document_says(office: Office, made: Post, composed: Composed) -> Post:
    """The post with what is set once, where it is made."""
    document = composed.post
    if document is None:
        return made
    above = document.picture
    if above and above.featured:
        made = replace(made, featured=post_forms.inset(office, above.file, above.alt))
    return replace(made, slug=document.slug, categories=document.categories, tags=document.tags)


def place_on(office: Office, site: Site, password: Password, post: Post, wish: Wish) -> Published:
    """The post on the site. Raises Refused, RecordRefused."""
    rest = Rest(site=site, password=password, agent=office.workspace.agent)
    # who will write something is alone
    lock = SiteLock(office.workspace.var / "publish.lock")
    with (
        nullcontext() if wish.only_look else lock.acquire(PATIENCE),
        office.by_hand(readonly=wish.only_look) as record,
    ):
        book = Receipts(record=record, event=post.event, site=site.name)
        there = wordpress.connect(rest)
        return Publishing(post=post, site=there, book=book, wish=wish, sleep=time.sleep).go()


def _with_paste(
    office: Office, report: Report, made: Publication, language: Language
) -> Publication:
    """The same, with the block to paste into a post that was left alone, written to a file too."""
    if not made.done.more:
        return made
    block = update_block(made.done.more, made.done.since, report.event, language)
    if made.dry_run:
        return replace(made, paste=block)
    name = f"{report.event.slug}-{made.site.name}-update.html"
    (file,) = papers.save_out(office, {name: block})
    return replace(made, paste=block, file=file)
