"""What a person typed or brought in a list: video, social, print, an old clippings file (pure).

A clip is a person's copy. It says what nobody else can, and every other layer is trusted before
it (`merge.TRUST`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any, Final

from crawler.models import NOWHERE, Alias, Layer, Lead, Outlet, Reading, Said
from crawler.reading import Unreadable
from crawler.reading.addresses import names_of
from crawler.reading.row_fields import first_words, language_of, moment_of, noted
from crawler.reading.typed_dates import WrongDate, typed_moment

FIELDS: Final = ("url", "headline", "published", "byline", "lead", "text", "language")
# of a kept clip; absent ones are not known
SIGNATURES: Final = ";"
# part the names of a byline


def clip_lead(
    told: Mapping[str, str], *, outlet: Outlet, fetched: datetime, zone: str, position: int
) -> Lead:
    """The lead of a clip; a piece without an address is known by outlet, headline and date.

    Raises ValueError for an address that is none of the web.
    """
    kept = {name: told[name] for name in FIELDS if told.get(name)}
    kept["url"] = address_of_clip(kept, outlet)
    raw = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    published, _ = _published(kept, outlet, fetched, zone)
    return Lead(
        url=kept["url"],
        aliases=_names(kept["url"]),
        published=published.value.instant if published else None,
        digest=blake2b(raw.encode("utf-8", "replace"), digest_size=12).hexdigest(),
        position=position,
        row={"raw": raw, **kept},
    )


def read_clip(told: Mapping[str, Any], *, outlet: Outlet, fetched: datetime, zone: str) -> Reading:
    """What a kept clip says. Raises Unreadable for one without an address."""
    url = told.get("url")
    if not isinstance(url, str):
        raise Unreadable("a clip without an address")
    headline, lead, text = (_words(told, name) for name in ("headline", "lead", "text"))
    published, refused = _published(told, outlet, fetched, zone)
    byline = tuple(
        filter(None, (n.strip() for n in str(told.get("byline") or "").split(SIGNATURES)))
    )
    return Reading(
        layer=Layer.CLIP,
        url=url,
        aliases=_names(url),
        headline=headline,
        published=published,
        lead=lead or (first_words(text.value, "clip:text") if text else None),
        text=text,
        byline=Said(value=byline, layer="clip:byline") if byline else None,
        language=language_of(headline, lead, prior=_prior(told, outlet), place="clip:language"),
        notes=noted(refused),
    )


def _words(told: Mapping[str, Any], name: str) -> Said[str] | None:
    value = told.get(name)
    return Said(value=value, layer=f"clip:{name}") if isinstance(value, str) and value else None


def _published(
    told: Mapping[str, Any], outlet: Outlet, fetched: datetime, zone: str
) -> tuple[Any, str | None]:
    typed = told.get("published")
    if not typed:
        return None, None
    try:
        when = typed_moment(
            str(typed), now=fetched, zone=zone, languages=outlet.languages or ("sq", "en")
        )
        return Said(value=when, layer="clip:published", raw=str(typed)[:100]), None
    except WrongDate:
        # a clip of an earlier release, which took more: it is read as it was
        return moment_of(
            str(typed), "clip:published", fetched=fetched, zone=zone, languages=outlet.languages
        )


def _prior(told: Mapping[str, Any], outlet: Outlet) -> tuple[str, ...]:
    """A person's word of the language stands before the outlet's usual ones."""
    said = told.get("language")
    return (str(said), *outlet.languages) if said else outlet.languages


def _names(url: str) -> tuple[Alias, ...]:
    return (Alias(kind="guid", value=url),) if url.startswith(NOWHERE) else names_of(url)


def address_of_clip(told: Mapping[str, str], outlet: Outlet) -> str:
    """Its address, or one made of what names it where it has none."""
    if told.get("url"):
        return told["url"]
    said = "\x1f".join((outlet.slug, told.get("headline", ""), told.get("published", "")))
    return NOWHERE + blake2b(said.encode("utf-8", "replace"), digest_size=10).hexdigest()
