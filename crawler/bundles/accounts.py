"""What one answer told, as JSON and back: the page, its rows, what was read of them. Pure.

A row is spelled as the crawl delivered it, so that who stores it again stores the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from crawler.limits import ADDRESS
from crawler.models import (
    Alias,
    Layer,
    Lead,
    ListingPage,
    Reading,
    Response,
    Said,
    SnapshotKind,
    Tongue,
    Way,
    When,
)

Told: TypeAlias = dict[str, Any]
TEXTS: Final = ("headline", "lead", "text", "section", "picture")
WHENS: Final = ("published", "modified")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One answer as it was told: what was kept of it, and what its rows say."""

    # with all its rows; the body is what is kept of the answer
    page: ListingPage
    # of the rows that were news to who asked
    readings: tuple[tuple[Lead, Reading], ...]
    # position of such a row -> its place in the kept body, None: the body is the piece's own
    places: Mapping[int, int | None]
    # whether the body is the whole answer
    whole: bool

    @property
    def outlet(self) -> str:
        """Slug."""
        return self.page.outlet

    @property
    def at(self) -> datetime:
        """When it was told."""
        return self.page.fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """Pieces that an outlet no longer lists."""

    # slug
    outlet: str
    # aware, when that was noticed
    at: datetime
    # the names of each piece
    pieces: tuple[tuple[Alias, ...], ...]


def spelled(one: Account | Gone) -> Told:
    """As JSON can spell it; the body travels beside it."""
    if isinstance(one, Gone):
        pieces = [_names(names) for names in one.pieces]
        return {"what": "gone", "outlet": one.outlet, "at": _moment(one.at), "pieces": pieces}
    page, said = one.page, {lead.position: reading for lead, reading in one.readings}
    return {
        "what": "page",
        "outlet": page.outlet,
        "way": page.way.value,
        "layer": page.layer.value,
        "kind": page.kind.value,
        "url": page.url,
        "fetched": _moment(page.fetched),
        "charset": page.charset,
        "site": dict(page.site),
        "response": page.response and _response(page.response),
        "whole": one.whole,
        "rows": [_row(lead, said.get(lead.position), one.places) for lead in page.leads],
    }


def understood(told: Any, body: bytes) -> Account | Gone:
    """What `spelled` spelled. Raises ValueError, KeyError, TypeError where it is not that."""
    if told["what"] == "gone":
        pieces = tuple(_aliases(names) for names in told["pieces"])
        return Gone(outlet=_text(told["outlet"]), at=_aware(told["at"]), pieces=pieces)
    if told["what"] != "page":
        raise ValueError(told["what"])
    leads = tuple(_lead(row) for row in told["rows"])
    pairs = zip(leads, told["rows"], strict=True)
    readings = tuple((lead, _reading(row["said"])) for lead, row in pairs if "said" in row)
    places = {int(row["position"]): row["kept"] for row in told["rows"] if "said" in row}
    if len({lead.position for lead in leads}) != len(leads):
        raise ValueError("two rows at one place")
    return Account(
        page=_page(told, body, leads), readings=readings, places=places, whole=bool(told["whole"])
    )


def _page(told: Told, body: bytes, leads: tuple[Lead, ...]) -> ListingPage:
    response = told["response"]
    return ListingPage(
        outlet=_text(told["outlet"]),
        way=Way(told["way"]),
        layer=Layer(told["layer"]),
        kind=SnapshotKind(told["kind"]),
        url=_address(told["url"]),
        fetched=_aware(told["fetched"]),
        body=body,
        charset=_maybe_text(told["charset"]),
        leads=leads,
        site=dict(told["site"]),
        response=None if response is None else _answered(response),
    )


def _row(lead: Lead, said: Reading | None, places: Mapping[int, int | None]) -> Told:
    row: Told = {
        "url": lead.url,
        "names": _names(lead.aliases),
        "published": lead.published and _moment(lead.published),
        "digest": lead.digest,
        "position": lead.position,
        "shares": bool(lead.row.get("shares_link")),
    }
    if said is not None:
        row |= {"kept": places.get(lead.position), "said": _said(said)}
    return row


def _lead(row: Told) -> Lead:
    return Lead(
        url=_address(row["url"]),
        aliases=_aliases(row["names"]),
        published=None if row["published"] is None else _aware(row["published"]),
        digest=_text(row["digest"]),
        position=int(row["position"]),
        row={"shares_link": True} if row["shares"] else {},
    )


def _said(reading: Reading) -> Told:
    told: Told = {
        "layer": reading.layer.value,
        "url": reading.url,
        "names": _names(reading.aliases),
        "notes": list(reading.notes),
    }
    for name in (*TEXTS, "byline"):
        if (one := getattr(reading, name)) is not None:
            told[name] = [one.value if name != "byline" else list(one.value), one.layer, one.raw]
    for name in WHENS:
        if (date := getattr(reading, name)) is not None:
            when = date.value
            spelled_when = [_moment(when.instant), when.precision, when.rule]
            told[name] = [spelled_when, date.layer, date.raw]
    if (tongue := reading.language) is not None:
        value = [tongue.value.code, tongue.value.source, tongue.value.confidence]
        told["language"] = [value, tongue.layer, tongue.raw]
    return told


def _reading(told: Told) -> Reading:
    fields: dict[str, Any] = {}
    for name in TEXTS:
        if name in told:
            value, layer, raw = told[name]
            fields[name] = Said(value=_text(value), layer=_text(layer), raw=_maybe_text(raw))
    if "byline" in told:
        who, layer, raw = told["byline"]
        names = tuple(_text(one) for one in who)
        fields["byline"] = Said(value=names, layer=_text(layer), raw=_maybe_text(raw))
    for name in WHENS:
        if name in told:
            when, layer, raw = told[name]
            fields[name] = Said(value=_when(when), layer=_text(layer), raw=_maybe_text(raw))
    if "language" in told:
        (code, source, sure), layer, raw = told["language"]
        tongue = Tongue(code=_text(code), source=_text(source), confidence=float(sure))
        fields["language"] = Said(value=tongue, layer=_text(layer), raw=_maybe_text(raw))
    return Reading(
        layer=Layer(told["layer"]),
        url=_address(told["url"]),
        aliases=_aliases(told["names"]),
        notes=tuple(_text(note) for note in told["notes"]),
        **fields,
    )


def _when(told: Sequence[Any]) -> When:
    instant, precision, rule = told
    if precision not in ("day", "minute"):
        raise ValueError(precision)
    return When(instant=_aware(instant), precision=precision, rule=_text(rule))


def _response(response: Response) -> Told:
    return {
        "status": response.status,
        "headers": dict(response.headers),
        "landed": response.landed,
        "digest": response.digest,
    }


def _answered(told: Told) -> Response:
    headers = {_text(name): _text(value) for name, value in told["headers"].items()}
    return Response(
        status=int(told["status"]),
        headers=headers,
        landed=_text(told["landed"]),
        digest=_text(told["digest"]),
    )


def _names(aliases: Sequence[Alias]) -> list[list[str]]:
    return [[alias.kind, alias.value] for alias in aliases]


def _aliases(told: Sequence[Sequence[str]]) -> tuple[Alias, ...]:
    return tuple(_alias(kind, value) for kind, value in told)


def _alias(kind: str, value: str) -> Alias:
    if kind not in ("post", "guid", "url"):
        raise ValueError(kind)
    return Alias(kind=kind, value=_text(value))  # type: ignore[arg-type]


def _moment(instant: datetime) -> str:
    return instant.isoformat()


def _aware(told: str) -> datetime:
    moment = datetime.fromisoformat(told)
    if moment.utcoffset() is None:
        raise ValueError(told)
    return moment


def _address(told: Any) -> str:
    """An address of the web, as rows of listings have them; anything else is no row of ours."""
    text = _text(told)
    if not text.startswith(("http://", "https://")) or len(text) > ADDRESS:
        raise ValueError(text[:80])
    return text


def _text(told: Any) -> str:
    if not isinstance(told, str):
        raise TypeError(type(told).__name__)
    return told


def _maybe_text(told: Any) -> str | None:
    return None if told is None else _text(told)
