"""Many readings of one piece, one state: by an order of trust, whatever order they come in.

Pure. Three rules, a field at a time:

1. A better layer replaces and a worse one does not; neither is an edit at the outlet.
2. A layer that contradicts *itself* has seen an edit: a revision. One edit that several layers
   report is one revision: each field counts its edits, each layer remembers at which count it
   last changed its mind.
3. Saying nothing, or saying the same again, changes nothing. Other words out of the same bytes
   (`digest`) are our reader's improvement and no edit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from enum import Enum
from hashlib import blake2b
from typing import TypeAlias

from crawler.models import Layer, Reading, Said, Tongue, When
from crawler.urls import alias_key, without_noise

Value: TypeAlias = str | When | Tongue | tuple[str, ...]

BEST_FIRST = (Layer.REST, Layer.FEED, Layer.PAGE, Layer.LISTING, Layer.SITEMAP, Layer.CLIP)
# REST gives the outlet's own fields; a feed has clean titles and zones; a page must be guessed
# at; a listing shortens; a sitemap dates by the last change; a clip is a person's copy
TRUST: Mapping[str, tuple[Layer, ...]] = {
    "url": BEST_FIRST,
    "headline": BEST_FIRST,
    "published": BEST_FIRST,
    "lead": BEST_FIRST,
    "text": BEST_FIRST,
    "byline": BEST_FIRST,
    "section": BEST_FIRST,
    "language": BEST_FIRST,
    # the page names its picture for those who pass it on; rows of lists carry small ones
    "picture": (Layer.PAGE, *(layer for layer in BEST_FIRST if layer is not Layer.PAGE)),
}
_RANK = {name: {layer: -at for at, layer in enumerate(order)} for name, order in TRUST.items()}
OURS = frozenset({"language"})
# what we conclude ourselves: another conclusion is never an edit at the outlet
NO_EDITS = OURS | {"picture"}
# nor is another address of a picture: it changes with its size and where it is kept
LONG = 200
# characters; a longer value is remembered by its hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The value that stands in one field, and who said it."""

    value: Value
    # what we understood
    layer: Layer
    # whose word it is
    said: str
    # the place inside the layer: "rest:title"
    raw: str | None = None
    # as printed, where it differs
    edits: int = 0
    # how many edits of this field are known


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What a layer last said in one field."""

    mark: str
    # the value itself when it is short, else its hash
    edits: int = 0
    # how many edits of the field were known when the layer last changed its mind


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerState:
    """What one layer last said about one article."""

    digest: str | None = None
    # of the bytes it was read from
    said: Mapping[str, Saying] = field(default_factory=dict)
    # field -> what it said; fields it never filled are absent


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What stands in an article."""

    fields: Mapping[str, Kept] = field(default_factory=dict)
    # only filled ones
    modified: Said[When] | None = None
    # the latest edit any layer names


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One edit at the outlet."""

    field: str
    # "headline"
    old: str
    # as text
    new: str
    # as text
    layer: Layer
    # who noticed first


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a reading made of an article."""

    state: State
    # what stands now
    layer: LayerState
    # what the reading's layer says now
    revisions: tuple[Revision, ...]
    # edits that were not known before


class _Verdict(Enum):
    KEEP = "keep"
    REPLACE = "replace"
    EDIT = "edit"


def merge(
    current: State | None,
    reading: Reading,
    previous: LayerState | None,
    *,
    digest: str | None = None,
) -> Merged:
    """What stands after `reading`, given what stood and what its layer last said.

    `digest` is of the bytes the reading came from. Readings of distinct layers give the same
    state in any order; repeating one changes nothing.
    """
    before = previous or LayerState()
    state = current or State()
    reread = digest is not None and before.digest == digest
    kept, said = dict(state.fields), dict(before.said)
    revisions: list[Revision] = []
    for name, new in _spoken(reading):
        old, mark = kept.get(name), _mark(new.value)
        last = said.get(name)
        if old is not None and last is not None and last.mark == mark:
            continue
        verdict = _judge(name, old, new, last, reread)
        if verdict is not _Verdict.KEEP:
            kept[name] = _with_edits(new, old, verdict)
        if verdict is _Verdict.EDIT and old is not None:
            revisions.append(_revision(name, old, new))
        said[name] = Saying(mark=mark, edits=kept[name].edits)
    return Merged(
        state=State(fields=kept, modified=_later(state.modified, reading.modified)),
        layer=LayerState(digest=digest, said=said),
        revisions=tuple(revisions),
    )


def unite(first: State, second: State) -> State:
    """What stands when two articles turn out to be one; a tie goes to `first`, the older."""
    kept = dict(first.fields)
    for name, other in second.fields.items():
        own = kept.get(name)
        if own is None or _better(name, other, own):
            kept[name] = other
    return State(fields=kept, modified=_later(first.modified, second.modified))


def as_text(value: Value) -> str:
    """A field's value as a revision shows it; instants in their own offset."""
    match value:
        case When():
            return value.instant.isoformat(timespec="seconds")
        case Tongue():
            return value.code
        case tuple():
            return "; ".join(value)
        case _:
            return value


def _judge(name: str, old: Kept | None, new: Kept, last: Saying | None, reread: bool) -> _Verdict:
    if old is None:
        return _Verdict.REPLACE
    may_edit = not reread and name not in NO_EDITS and not (name == "url" and _one_place(old, new))
    if old.layer is new.layer:
        return _Verdict.EDIT if may_edit and _differs(old, new) else _Verdict.REPLACE
    if _better(name, new, old):
        return _Verdict.REPLACE
    # worse, but it changed its mind and nobody has told us of an edit since: this is one
    news = may_edit and last is not None and last.edits == old.edits
    return _Verdict.EDIT if news else _Verdict.KEEP


def _better(name: str, new: Kept, old: Kept) -> bool:
    return _worth(name, new) > _worth(name, old)


def _worth(name: str, kept: Kept) -> tuple[bool, int]:
    """A date to the minute beats a bare day; then the order of trust decides."""
    exact = isinstance(kept.value, When) and kept.value.precision == "minute"
    return exact, _RANK[name][kept.layer]


def _differs(old: Kept, new: Kept) -> bool:
    """Whether a layer's new word is an edit; the minute of a known day is a refinement."""
    if not (isinstance(old.value, When) and isinstance(new.value, When)):
        return old.value != new.value
    if old.value.precision == "day" and new.value.precision == "minute":
        return old.value.instant.date() != new.value.instant.date()
    return old.value.instant != new.value.instant


def _one_place(old: Kept, new: Kept) -> bool:
    """Whether two addresses are spellings of one: that is no edit, whoever changed his mind."""
    try:
        return alias_key(as_text(old.value)) == alias_key(as_text(new.value))
    except ValueError:
        return False


def _with_edits(new: Kept, old: Kept | None, verdict: _Verdict) -> Kept:
    edits = (old.edits if old else 0) + (verdict is _Verdict.EDIT)
    if not edits:
        return new
    return Kept(value=new.value, layer=new.layer, said=new.said, raw=new.raw, edits=edits)


def _revision(name: str, old: Kept, new: Kept) -> Revision:
    return Revision(field=name, old=as_text(old.value), new=as_text(new.value), layer=new.layer)


def _spoken(reading: Reading) -> Iterator[tuple[str, Kept]]:
    """The fields in which `reading` says something."""
    layer = reading.layer
    yield "url", Kept(value=without_noise(reading.url), layer=layer, said=layer.value)
    for name in _FIELDS:
        said: Said[Value] | None = getattr(reading, name)
        if said is not None and said.value not in ("", ()):
            yield name, Kept(value=said.value, layer=layer, said=said.layer, raw=said.raw)


_FIELDS = tuple(name for name in TRUST if name != "url")


def _mark(value: Value) -> str:
    if isinstance(value, When):
        return f"{value.instant.astimezone(UTC).isoformat()} {value.precision}"
    text = as_text(value)
    if len(text) <= LONG:
        return text
    return f"#{blake2b(text.encode('utf-8', 'replace'), digest_size=12).hexdigest()}"


def _later(one: Said[When] | None, other: Said[When] | None) -> Said[When] | None:
    """The later instant; a tie is settled by name, so that order does not matter."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda said: (said.value.instant, said.layer, said.raw or ""))
