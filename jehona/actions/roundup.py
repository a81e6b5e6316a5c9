"""The roundup post of an event: the editor's document, whether it can go out, and its forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from crawler.config.events import unknown_outlet
from crawler.config.media import player_of
from crawler.config.posts import (
    post_in,
    post_text,
    read_post,
    unknown_piece,
    with_new,
    write_post,
)
from crawler.config.refusals import Place
from crawler.models import Article, Language, Match, Outlet, PostDocument
from crawler.record import Record, decisions, proposals, read
from jehona.actions.errors import Wrong
from jehona.actions.office import Office
from jehona.actions.report import report_of
from reports.coverage import Beside, piece_of
from reports.forms import Form, Group
from reports.models import Piece, Report
from reports.post_document import Known, arranged, proposed, told_of, untold
from reports.readiness import Readiness, State, after, readiness
from reports.roundup import Roundup, Shown, roundup, written
from reports.text_templates import copy_template, own_template

# Of the workspace: posts/EVENT.LANG.toml.
FOLDER: Final = "posts"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundupOptions:
    """What of a report goes into the post, and how."""

    # of what readers see
    language: Language
    # what the headlines of a proposal stand under; None: under their outlets
    group: Group | None = None
    # a proposal without what nobody accepted
    accepted_only: bool = False
    # how complete the list is, at its foot
    completeness: bool = True
    # pieces per day, as a picture: of a post on a site
    chart: bool = True

    @property
    def shape(self) -> str:
        """How a proposal was asked for: "outlet", "day accepted"."""
        group = self.group or Group.OUTLET
        return f"{group.value} accepted" if self.accepted_only else group.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A roundup as its document says, and whether it can be posted."""

    report: Report
    roundup: Roundup
    readiness: Readiness
    # posts/EVENT.LANG.toml
    file: Path
    # as it was read; None: there is none yet
    read: bytes | None
    # what would be written: the proposal; None where an editor's document stands
    proposal: str | None
    # stand in it, in its order
    pieces: tuple[Piece, ...]
    # whether pieces per day go along as a picture
    chart: bool
    # how the proposal was asked for
    shape: str = ""
    # the document itself, as it is read or proposed
    post: PostDocument | None = None
    # came in since, and is named nowhere
    new: tuple[Piece, ...] = ()
    # stand in it, and were rejected or are gone
    lost: tuple[Piece, ...] = ()
    # named in its `new` blocks
    waiting: tuple[Piece, ...] = ()
    # stand in it in another language than the post's, for want of a translation
    untold: tuple[Piece, ...] = ()
    # what each name in the document stands for
    named: Mapping[str, Piece] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        can = self.readiness
        ready = can.state is State.NOW
        left = [obstacle.told for obstacle in can.obstacles] or [can.why]
        return {
            "event": self.report.event.slug,
            "ready": ready,
            "before_posting": [] if ready else left,
            "roundup": self.roundup,
            "file": self.file,
            "new": [piece.article for piece in (*self.waiting, *self.new)],
            "lost": [piece.article for piece in self.lost],
        }


def place_of(office: Office, event: str, language: Language) -> Path:
    """The file of an event's post for readers of a language."""
    return office.workspace.root / FOLDER / f"{event}.{language}.toml"


def compose(
    office: Office,
    event: str,
    options: RoundupOptions,
    *,
    report: Report | None = None,
    typed: str | None = None,
) -> Composed:
    """The roundup of an event as its document stands, else as it is proposed; nothing is kept.

    `report` is the event's, where whoever asks has made it; `typed` a document that is not written
    yet, instead of the one that stands. Raises RegistryError for an unknown event and a document
    that is wrong, Wrong where a proposal is shaped and a document stands, RecordRefused where there
    is no record yet.
    """
    report = report or report_of(office, event, language=options.language)
    slug, language = report.event.slug, options.language
    file = place_of(office, slug, language)
    stands = file.read_bytes() if file.is_file() else None
    if stands is not None and (options.group or options.accepted_only):
        raise Wrong(
            "{file}: the document stands; --group and --accepted-only shape a "
            "proposal: take the file away to be proposed another",
            file=file,
        )
    with office.to_read() as record:
        if typed is not None:
            post = post_in(typed, file)
            return _arranged(office, record, report, options, stands=stands, post=post)
        held = proposals.held(record, slug, language)
        if stands is not None and (held is None or held[0] != _digest(stands)):
            post = read_post(file)
            return _arranged(office, record, report, options, stands=stands, post=post)
    shape = held[1] if held and stands is not None else options.shape
    return _proposed(report, options, file, stands, shape)


def _proposed(
    report: Report, options: RoundupOptions, file: Path, stands: bytes | None, shape: str
) -> Composed:
    """The proposal, set by the same steps as a document that somebody arranged."""
    group, _, accepted = shape.partition(" ")
    post = proposed(report, options.language, group=Group(group), accepted_only=bool(accepted))
    known = Known(
        pieces={name: piece for piece in report.pieces for name in (piece.url, piece.article)},
        outlets={piece.outlet: piece.outlet_name for piece in report.pieces},
        player=player_of,
    )
    made = arranged(post, report, options.language, known, completeness=options.completeness)
    return Composed(
        report=report,
        roundup=made,
        readiness=readiness(report, options.language),
        file=file,
        read=stands,
        proposal=post_text(post, told_of(report.pieces)),
        shape=shape,
        pieces=_printed(post, known),
        chart=options.chart and any(block.chart for block in post.blocks),
        post=post,
        named=known.pieces,
    )


def _arranged(
    office: Office,
    record: Record,
    report: Report,
    options: RoundupOptions,
    *,
    stands: bytes | None,
    post: PostDocument,
) -> Composed:
    """The document of an editor, and what it does not know yet."""
    language = options.language
    file = place_of(office, report.event.slug, language)
    known = _known(office, record, report, post)
    named = {known.pieces[name].article for name in post.names()}
    new = tuple(piece for piece in report.pieces if piece.article not in named)
    waiting = tuple(known.pieces[name] for block in post.blocks for name in block.new)
    printed = _printed(post, known)
    lost = tuple(p for p in printed if p.decision == "rejected" or p.gone_since)
    abroad = untold(post, report, language, known)
    return Composed(
        report=report,
        roundup=arranged(post, report, language, known, completeness=options.completeness),
        readiness=_ready(report, language, new=(*waiting, *new), lost=lost, untold=abroad),
        file=file,
        read=stands,
        proposal=None,
        pieces=printed,
        chart=options.chart and any(block.chart for block in post.blocks),
        new=new,
        lost=lost,
        waiting=waiting,
        untold=tuple(abroad),
        post=post,
        named=known.pieces,
    )


def readiness_of(composed: Composed, language: Language) -> Readiness:
    """Whether it can be posted, for readers of another language than the post's."""
    if composed.proposal is not None:
        return readiness(composed.report, language)
    return _ready(
        composed.report,
        language,
        new=(*composed.waiting, *composed.new),
        lost=composed.lost,
        untold=composed.untold,
    )


def _ready(
    report: Report,
    language: Language,
    *,
    new: Sequence[Piece],
    lost: Sequence[Piece],
    untold: Sequence[Piece],
) -> Readiness:
    return after(
        readiness(report, language),
        language,
        new=_in_words(new),
        lost=_in_words(lost),
        untold=_in_words(untold),
    )


def _in_words(pieces: Sequence[Piece]) -> list[str]:
    return list(told_of(pieces).values())


def _printed(post: PostDocument, known: Known) -> tuple[Piece, ...]:
    """The pieces that readers see, each once, in order."""
    pieces = (known.pieces[one.name] for block in post.blocks for one in block.pieces)
    return tuple({piece.article: piece for piece in pieces}.values())


def _known(office: Office, record: Record, report: Report, post: PostDocument) -> Known:
    """What each name in the document stands for. Raises RegistryError for what nobody knows."""
    file = post.source or Path()
    outlets = office.outlets()
    pieces = {piece.article: piece for piece in report.pieces}
    decided = decisions.holding(record, report.event.slug)
    beside = Beside(decided=decided)
    found: dict[str, Piece] = {}
    for name in post.names():
        article = read.article(record, name)
        if article is None:
            raise unknown_piece(file, name)
        found[name] = pieces.get(article.key) or _piece(article, report, outlets, beside)
    for block in post.blocks:
        if block.outlet and block.outlet not in outlets:
            sentence = unknown_outlet(block.outlet, outlets)
            raise Place(source=file).key("block").refusal(sentence)
    names = {slug: outlet.name for slug, outlet in outlets.items()}
    return Known(pieces=found, outlets=names, player=player_of)


def _piece(
    article: Article, report: Report, outlets: Mapping[str, Outlet], beside: Beside
) -> Piece:
    """A piece that the report does not count: rejected, or put there by the editor alone."""
    said = beside.decided.get(article.key)
    match = Match(
        article=article.key,
        event=report.event.slug,
        score=0.0,
        because=(),
        rules="",
        decision=said.verdict if said else None,
    )
    outlet = outlets.get(article.outlet) or Outlet(slug=article.outlet, name=article.outlet)
    return piece_of(article, match, outlet, beside, report.event.language or "sq")


# --- written down --------------------------------------------------------------------------


def keep(office: Office, composed: Composed) -> bool:
    """Write the proposal where no document stands, or nobody has touched the last; True: written.

    In a copy that cannot be written to nothing is. Raises RegistryError where somebody wrote the
    file in the meantime, RecordRefused.
    """
    text = composed.proposal
    if text is None or text.encode() == composed.read:
        return False
    with office.existing() as record:
        if record.readonly:
            return False
        _unchanged(composed)
        write_post(composed.file, text, replace=composed.read is not None)
        proposals.keep(
            record,
            composed.report.event.slug,
            composed.roundup.language,
            digest=_digest(text.encode()),
            shape=composed.shape,
        )
    return True


def appended(composed: Composed) -> str | None:
    """The document with what is new at its end, not printed; None where nothing is."""
    if not composed.new or composed.read is None:
        return None
    told = told_of(composed.new)
    return with_new(composed.read.decode("utf-8-sig"), tuple(told), told)


def append(office: Office, composed: Composed) -> int:
    """Append what is new to an editor's document, if it still is what was read; how many.

    Raises Wrong where it was changed meanwhile or cannot be appended to.
    """
    text = appended(composed)
    if text is None:
        return 0
    _unchanged(composed)
    write_post(composed.file, text, replace=True)
    return len(composed.new)


def _unchanged(composed: Composed) -> None:
    stands = composed.file.read_bytes() if composed.file.is_file() else None
    if stands != composed.read:
        raise Wrong(
            "{file}: somebody changed it just now; nothing was written, try again",
            file=composed.file,
        )


def _digest(body: bytes) -> str:
    return blake2b(body, digest_size=16).hexdigest()


# --- its forms -----------------------------------------------------------------------------


def made_of(report: Report, options: RoundupOptions) -> Roundup:
    """The roundup of a report as it would be proposed."""
    return roundup(
        report,
        options.language,
        group=options.group or Group.OUTLET,
        accepted_only=options.accepted_only,
        footnote=options.completeness,
    )


def text(office: Office, made: Roundup, form: Form, *, shown: Shown | None = None) -> str:
    """The roundup in one form, by the workspace's own template. Raises TemplateBroken.

    `shown` says how pictures, videos and the chart stand in it; without it they are named.
    """
    own = office.workspace.templates
    if made.group is None and not_shown(office, made, form) is not None:
        # an own template of before documents knows outlets and their headlines
        named = tuple(section for section in made.sections if section.outlet)
        made = replace(made, group=Group.OUTLET, sections=named)
    return written(made, form, own=own, shown=shown)


def not_shown(office: Office, made: Roundup, form: Form) -> tuple[str, ...] | None:
    """What an own template that knows no blocks leaves out; None where it is none such."""
    own = own_template(f"roundup.{form.value}", office.workspace.templates)
    if own is None or "blocks" in own.read_text("utf-8", "replace"):
        return None
    left = []
    for block in made.blocks:
        if block.section and not block.section.outlet:
            heading = block.section.heading
            left.append(f'pieces under "{heading}"' if heading else "pieces without outlet")
        elif block.picture or block.video:
            left.append(block.picture or block.video or "")
        elif block.chart:
            left.append("the chart")
    return tuple(left)


def template(office: Office, form: Form) -> Path:
    """Puts a copy of the form's template where a person may change it; gives its place."""
    return copy_template(f"roundup.{form.value}", office.workspace.templates)
