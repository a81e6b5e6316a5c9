"""An issue of the newsletter as a post on a site, by the rules of any other post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from crawler.models import Event, PostPicture
from jehona.actions import papers, post_forms, sites
from jehona.actions.newsletter import Issue
from jehona.actions.office import Office
from jehona.actions.publish import Publication, place_on
from reports.forms import Part, Status
from reports.newsletter import Entry, written
from reports.publishing.insets import Inset, token
from reports.publishing.post import Entry as Named
from reports.publishing.post import Post
from reports.publishing.publish import Wish
from reports.publishing.report_post import update_block

# in the place of an event's slug: by it receipts and markers are found
_CALLED: Final = "newsletter-{number}"


def publish(
    office: Office,
    issue: Issue,
    *,
    to: str,
    status: Status | None = None,
    anew: bool = False,
    dry_run: bool = False,
) -> Publication:
    """Make a draft of the issue on the site `to`, or bring our untouched one up to date.

    Raises Unknown for a site, Wrong for one that cannot be used, Refused where the site does not
    do it, TemplateBroken, BrokenMedium, RecordRefused.
    """
    site = sites.site_named(office.workspace, to)
    password = sites.password_of(site)
    post = _post(office, issue)
    wish = Wish(by=office.who(), at=office.clock(), status=status, anew=anew, only_look=dry_run)
    done = place_on(office, site, password, post, wish)
    made = Publication(site=site, post=post, done=done, dry_run=dry_run)
    return _with_paste(office, issue, made)


def _post(office: Office, issue: Issue) -> Post:
    """The issue as blocks, with its files."""
    made = issue.newsletter
    pictures = list(dict.fromkeys(_pictures(issue)))
    insets = tuple(_inset(office, picture) for picture in pictures)
    blocks = written(
        made,
        Part.BLOCKS,
        own=office.workspace.templates,
        shown=lambda picture: token(pictures.index(picture)),
    )
    return Post(
        event=_CALLED.format(number=made.number),
        title=made.subject,
        blocks=blocks.strip(),
        language=made.language,
        entries=tuple(_named(entry) for entry in made.entries),
        insets=insets,
    )


def _pictures(issue: Issue) -> Iterator[PostPicture]:
    for picture in (issue.newsletter.picture, *(one.picture for one in issue.newsletter.entries)):
        if picture:
            yield picture


def _inset(office: Office, picture: PostPicture) -> Inset:
    return post_forms.inset(office, picture.file, picture.alt, picture.caption)


def _named(entry: Entry) -> Named:
    """An entry as a receipt keeps it: by its address, else by its words."""
    return Named(
        article=entry.address or entry.headline,
        outlet=entry.outlet or "",
        headline=entry.headline,
        url=entry.address or "",
    )


def _with_paste(office: Office, issue: Issue, made: Publication) -> Publication:
    """The same, with what a post lacks that was left alone, to paste, in a file too."""
    if not made.done.more:
        return made
    today = office.clock().date()
    about = Event(
        slug=made.post.event,
        title=made.post.title,
        first_day=today,
        last_day=today,
        zone=office.workspace.zone,
    )
    block = update_block(made.done.more, made.done.since, about, issue.newsletter.language)
    if made.dry_run:
        return replace(made, paste=block)
    name = f"{made.post.event}-{made.site.name}-update.html"
    (file,) = papers.save_out(office, {name: block})
    return replace(made, paste=block, file=file)
