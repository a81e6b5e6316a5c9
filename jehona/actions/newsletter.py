"""A numbered newsletter: a selection proposed, the issue of a selection, its preview, its mail."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from crawler.config.media import MEDIA
from crawler.config.selections import read_selection, write_selection
from crawler.limits import MAIL_PICTURES
from crawler.models import Decided, Language, OutletKind, Pick, Selection, Smtp, link_of
from crawler.record import Record, decisions, mailings, read
from crawler.record.mailings import Mailing
from jehona.actions import papers
from jehona.actions.errors import Unknown, Wrong
from jehona.actions.office import Office
from jehona.actions.papers import Body
from jehona.actions.report import report_of
from reports import formats, mailing
from reports.brand import Logo, logo_of
from reports.credentials import SMTP_VARIABLE, Password, smtp_password
from reports.excerpts import excerpt_of
from reports.forms import Part
from reports.mailing import LOGO, Letter, Sending, WrongAddress, address_of, content_id
from reports.media import Medium, media
from reports.newsletter import (
    Known,
    Newsletter,
    NothingKnown,
    Shown,
    newsletter,
    proposal_of_events,
    written,
)
from reports.publishing.gutenberg import image

__all__ = ["Mailing", "WrongAddress", "issue_of", "place_of", "preview", "propose", "send"]

# Of a workspace: the selections.
FOLDER = "newsletters"
ENDINGS = {Part.HTML: "html", Part.MD: "md", Part.TEXT: "txt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A selection that was written for an editor."""

    place: Path
    # pieces at its end that are not in the issue
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue, ready to be looked at or mailed."""

    newsletter: Newsletter
    logo: Logo | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """An issue as files to look at."""

    number: int
    entries: int
    # the page first, then Markdown and plain text
    paths: tuple[Path, ...]

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        return {"number": self.number, "entries": self.entries, "preview": self.paths}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How the mails of an issue went."""

    number: int
    # recipients that the server took it for
    sent: tuple[str, ...]
    # recipient, and why in words
    refused: tuple[tuple[str, str], ...]
    # those that had it, and were left out
    before: tuple[Mailing, ...]
    # those of newsletters/unsubscribed.txt
    unsubscribed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        return {
            "number": self.number,
            "sent": self.sent,
            "refused": [{"to": to, "why": why} for to, why in self.refused],
            "unsubscribed": self.unsubscribed,
            "before": [{"to": one.recipient, "at": one.at} for one in self.before],
        }


# --- the selection -------------------------------------------------------------------------


def place_of(office: Office, number: int) -> Path:
    """The file of an issue's selection."""
    return office.workspace.root / FOLDER / f"{number}.toml"


def propose(
    office: Office, events: Sequence[str], number: int, *, language: Language | None = None
) -> Proposed | None:
    """Write a first selection; None where one stands: what an editor arranged is theirs.

    Of several events the entries come event by event, each piece once. Raises Wrong where there
    is nothing to choose from, and as `report_of`.
    """
    place = place_of(office, number)
    if place.exists():
        return None
    spoken = language or office.workspace.language
    reports = [report_of(office, event, language=spoken) for event in dict.fromkeys(events)]
    own = [o.slug for o in office.outlets().values() if o.kind is OutletKind.OWN]
    with office.to_read() as record:
        posts = {
            report.event.slug: [
                article.url
                for article in read.articles(record, window=report.event.window, outlets=own)
            ]
            for report in (reports if own else ())
        }
        made = proposal_of_events(reports, posts, number)
        made = replace(made, selection=replace(made.selection, language=language))
        every = (*made.selection.picks, *made.others)
        if not every:
            raise Wrong(
                "{events}: there is nothing to choose from yet: no piece, no post of your own",
                events=", ".join(events),
            )
        known = _told(every, _knower(office, record, made.selection.event, spoken))
    write_selection(made.selection, place, known, others=made.others)
    return Proposed(place=place, others=len(made.others))


def known_of(office: Office, selection: Selection, picks: Sequence[Pick]) -> dict[str, Known]:
    """What the record has of each, by its address or key. Raises RecordRefused."""
    spoken = selection.language or office.workspace.language
    with office.to_read() as record:
        know = _knower(office, record, selection.event, spoken)
        names = ((pick.url or pick.article, know(pick)) for pick in picks)
        return {name: one for name, one in names if name and one}


def offered(
    office: Office, events: Sequence[str], *, language: Language | None = None
) -> tuple[Pick, ...]:
    """Everything that these events have for an issue, event by event. Raises as `propose`."""
    spoken = language or office.workspace.language
    reports = [report_of(office, event, language=spoken) for event in dict.fromkeys(events)]
    made = proposal_of_events(reports, {}, 1)
    return (*made.selection.picks, *made.others)


def _told(
    picks: Sequence[Pick], know: Callable[[Pick], Known | None]
) -> dict[str, tuple[str, str | None]]:
    """Headline and excerpt of each, by its address or key, as comments show them."""
    found = {
        name: one for pick in picks if (name := pick.url or pick.article) and (one := know(pick))
    }
    return {name: (one.headline or "", one.excerpt) for name, one in found.items()}


def _knower(
    office: Office, record: Record, event: str | None, language: Language
) -> Callable[[Pick], Known | None]:
    """What the record has of an entry, people's own words first, for readers of `language`."""
    outlets = office.outlets()
    of_event: dict[str, dict[str, Decided]] = {}

    def know(pick: Pick) -> Known | None:
        name = pick.article or pick.url
        article = read.article(record, name) if name else None
        if article is None:
            return None
        slug = pick.event or event or ""
        if slug not in of_event:
            of_event[slug] = decisions.holding(record, slug)
        said = of_event[slug].get(article.key, Decided())
        there = said.translations.get(language) if article.language != language else None
        words, by = there or (said.headline or article.headline, "")
        outlet = outlets.get(article.outlet)
        teaser = said.excerpts.get(language) or said.excerpt
        return Known(
            url=link_of(article.url),
            headline=words,
            excerpt=teaser or excerpt_of(article.lead, article.text),
            outlet=(outlet.name if outlet else article.outlet) or None,
            language=language if there else article.language,
            excerpt_language=None if teaser else article.language,
            by_machine=by.startswith("machine"),
            genre=said.genre,
        )

    return know


# --- the issue -----------------------------------------------------------------------------


def issue_of(office: Office, number: int, place: Path, language: Language | None = None) -> Issue:
    """The issue of a selection's file; in `language`, else the selection's, else the workspace's.

    Raises Unknown, Wrong, RegistryError, RecordRefused.
    """
    return made_of(office, _selection(place, number), language)


def made_of(office: Office, selection: Selection, language: Language | None = None) -> Issue:
    """The issue of a selection, written or not. Raises Wrong, RecordRefused."""
    workspace = office.workspace
    spoken = language or selection.language or workspace.language
    today = office.clock().astimezone(ZoneInfo(workspace.zone)).date()
    logo = logo_of(workspace)
    with office.to_read() as record:
        know = _knower(office, record, selection.event, spoken)
        try:
            made = newsletter(selection, know, spoken, workspace.brand, today)
        except NothingKnown as unknown:
            raise Wrong("{source}: {unknown}", source=selection.source, unknown=unknown) from None
    return Issue(newsletter=made, logo=logo)


def _selection(place: Path, number: int) -> Selection:
    if not place.exists():
        raise Unknown(
            "{place}: there is no such selection: --event EVENT proposes one", place=place
        )
    selection = read_selection(place)
    if selection.number != number:
        raise Wrong(
            "{place}: number: it says {number}, the command says {number2}",
            place=place,
            number=selection.number,
            number2=number,
        )
    return selection


def preview(office: Office, issue: Issue) -> Preview:
    """The issue as files in `out`; nothing leaves the machine. Raises as `papers.save`."""
    made, logo = issue.newsletter, issue.logo.data_uri if issue.logo else ""
    paths = papers.save_out(
        office,
        {
            f"newsletter-{made.number}.{ending}": _text(office, issue, part, logo)
            for part, ending in ENDINGS.items()
        },
    )
    return Preview(number=made.number, entries=len(made.entries), paths=tuple(paths))


def save(office: Office, issue: Issue, form: Part, path: Path) -> Preview:
    """The issue in one form, as a file. Raises as `papers.save`, TemplateBroken."""
    papers.save({path: body(office, issue, form)})
    return Preview(
        number=issue.newsletter.number, entries=len(issue.newsletter.entries), paths=(path,)
    )


def body(office: Office, issue: Issue, form: Part) -> Body:
    """The issue in one form. Raises TemplateBroken."""
    if form is Part.DOCX:
        made = office.clock().astimezone(ZoneInfo(office.workspace.zone)).date()
        return formats.newsletter_docx.to_docx(
            issue.newsletter, office.workspace.brand, made, pictures_of(office, issue.newsletter)
        )
    return _text(office, issue, form, issue.logo.data_uri if issue.logo else "")


def _text(
    office: Office, issue: Issue, part: Part, logo: str = "", shown: Shown | None = None
) -> str:
    """The issue in one form; without `shown` its pictures as one looks at them or pastes them."""
    made = issue.newsletter
    if shown is None and part is Part.HTML:
        files = pictures_of(office, made)
        shown = lambda picture: files[picture.file].data_uri  # noqa: E731
    elif shown is None and part is Part.MD:
        shown = lambda picture: f"{MEDIA}/{picture.file}"  # noqa: E731
    elif shown is None and part is Part.BLOCKS:
        shown = lambda one: image(None, None, one.alt or "", one.caption)  # noqa: E731
    return written(made, part, own=office.workspace.templates, logo=logo, shown=shown)


def pictures_of(office: Office, issue: Newsletter) -> dict[str, Medium]:
    """Its pictures by their names in media/. Raises BrokenMedium."""
    shown = (issue.picture, *(entry.picture for entry in issue.entries))
    return media(office.workspace.root / MEDIA, [one.file for one in shown if one])


# --- the mail ------------------------------------------------------------------------------


def recipients(office: Office) -> list[str]:
    """The addresses of `newsletters/recipients.txt`, one a line.

    Raises Unknown where there is no such file, Wrong where others than its owner may read it or
    a line is no address.
    """
    place = office.workspace.root / FOLDER / "recipients.txt"
    if not place.exists():
        raise Unknown("{place}: there is no such list: one address a line, chmod 600", place=place)
    if os.name == "posix" and place.stat().st_mode & 0o077:
        raise Wrong(
            "{place}: others may read it, and it holds addresses: chmod 600 {place}", place=place
        )
    found = _addresses(place)
    if not found:
        raise Wrong("{place}: there is no address in it: one a line", place=place)
    return found


def unsubscribed(office: Office) -> frozenset[str]:
    """Who never gets mail, by `name_of`: `newsletters/unsubscribed.txt`. Raises Wrong."""
    place = office.workspace.root / FOLDER / "unsubscribed.txt"
    return frozenset(map(name_of, _addresses(place))) if place.exists() else frozenset()


def _addresses(place: Path) -> list[str]:
    """The addresses of a list; empty lines and those that begin with # are none."""
    try:
        lines = place.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise Wrong(
            "{place}: cannot be read ({reason})", place=place, reason=error.strerror
        ) from None
    except UnicodeError:
        raise Wrong("{place}: it is not UTF-8 text", place=place) from None
    told = [(at, one.strip()) for at, one in enumerate(lines, 1)]
    named = [(at, one) for at, one in told if one and not one.startswith("#")]
    for at, one in named:
        try:
            address_of(one)
        except WrongAddress as wrong:
            raise Wrong("{place}: line {at}: {wrong}", place=place, at=at, wrong=wrong) from None
    return [one for _, one in named]


def name_of(told: str) -> str:
    """By what addresses are compared, however their domain is written."""
    address = address_of(told)
    return mailings.name_of(f"{address.username}@{address.domain}")


def send(
    office: Office,
    issue: Issue,
    to: Sequence[str],
    *,
    again: bool = False,
    test: bool = False,
    had: Callable[[Sequence[Mailing], bool], None] | None = None,
) -> Sent:
    """One mail to each who has not had this issue; with `again` to everybody.

    A `test` goes to everybody and is not kept: who gets it still gets the issue itself.
    Nobody of newsletters/unsubscribed.txt gets one. `had` is told who has it already, and whether
    it has changed since, before anything is sent.
    Raises WrongAddress before anything else, Wrong where jehona.toml does not say by whom or a
    password is missing, NotSent, RecordRefused where it cannot be kept what went to whom.
    """
    smtp = office.workspace.smtp
    letter = _letter(office, issue)
    assert smtp is not None
    left_out = unsubscribed(office)
    gone = tuple(one for one in to if name_of(one) in left_out)
    password = _password(smtp)
    number, digest = issue.newsletter.number, _digest(letter)
    with office.to_write() as record:
        earlier = {} if again or test else mailings.went(record, number)
        people: dict[str, str] = {}
        for one in to:
            people.setdefault(mailings.name_of(one), one)
        before = tuple(earlier[name] for name in people if name in earlier)
        left = [one for name, one in people.items() if name not in earlier and one not in gone]
        if before and had:
            had(before, any(one.digest != digest for one in before))

        def keep(recipient: str) -> None:
            """Kept as soon as it is taken: what breaks after it does not send it again."""
            if test:
                return
            kept = Mailing(number=number, recipient=recipient, digest=digest, at=now)
            mailings.keep(record, kept)

        now = office.clock()
        went = Sending(sent=(), refused=())
        if left:
            went = mailing.send(letter, left, smtp, password, now, taken=keep)
    mailed = Sent(number=number, sent=went.sent, refused=went.refused, before=before)
    return replace(mailed, unsubscribed=gone)


def _letter(office: Office, issue: Issue) -> Letter:
    """The issue as it is mailed. Raises Wrong where jehona.toml does not say by whom."""
    workspace = office.workspace
    if workspace.smtp is None or workspace.smtp.sender is None:
        raise Wrong(
            "{root}: [smtp] host and from are needed to send", root=workspace.root / "jehona.toml"
        )
    pictures = _mailed(pictures_of(office, issue.newsletter))
    return Letter(
        sender=workspace.smtp.sender,
        name=workspace.brand.name,
        subject=issue.newsletter.subject,
        html=_text(
            office,
            issue,
            Part.HTML,
            f"cid:{LOGO}" if issue.logo else "",
            lambda picture: f"cid:{content_id(pictures[picture.file])}",
        ),
        text=_text(office, issue, Part.TEXT),
        logo=issue.logo,
        unsubscribe=issue.newsletter.unsubscribe,
        pictures=tuple(pictures.values()),
    )


def _mailed(pictures: dict[str, Medium]) -> dict[str, Medium]:
    """Pictures as a mail may carry them. Raises Wrong."""
    for name, picture in pictures.items():
        if picture.media_type == "image/webp":
            raise Wrong("{name}: Outlook shows no WebP: save it as JPEG or PNG", name=name)
    size = sum(len(picture.body) for picture in pictures.values())
    if size > MAIL_PICTURES:
        most = MAIL_PICTURES // 1024**2
        raise Wrong(
            "{pictures}: more than {most} MB for one mail: make them smaller",
            pictures=", ".join(pictures),
            most=most,
        )
    return pictures


def digest_of(office: Office, issue: Issue) -> str:
    """Of what readers of a mail would see. Raises Wrong where jehona.toml does not say by whom."""
    return _digest(_letter(office, issue))


def _digest(letter: Letter) -> str:
    """Of what readers see."""
    seen = "\0".join((letter.subject, letter.html, letter.text))
    return blake2b(seen.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _password(smtp: Smtp) -> Password | None:
    password = smtp_password(smtp.host, smtp.user)
    if smtp.user and password is None:
        raise Wrong(
            "{host} needs a password for {user}: set {variable}, or the keyring",
            host=smtp.host,
            user=smtp.user,
            variable=SMTP_VARIABLE,
        )
    return password
