"""An outlet's file as a form has it: changed in place, retired, brought back.

Whether its name may lead into a private network (`private`) is a person's word in the file alone:
no form sets it.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from crawler.config.edited import digest_of
from crawler.config.outlet_file import set_outlet, set_use
from crawler.models import Outlet
from jehona.actions.editing import saving
from jehona.actions.errors import Unknown, Wrong
from jehona.actions.office import Office

# Keys of one line of text each.
LINES: Final = ("name", "home", "kind", "country", "zone", "owner", "declined")
LISTS: Final = ("languages", "hosts")
# Of a number, as typed.
LONGEST: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedOutlet:
    """What a form says of an outlet."""

    name: str = ""
    home: str = ""
    kind: str = ""
    # codes, between commas or blanks
    languages: str = ""
    country: str = ""
    zone: str = ""
    owner: str = ""
    tier: str = ""
    # seconds between two requests
    delay: str = ""
    # further hosts of its own, between commas or blanks
    hosts: str = ""
    # why it is not asked
    declined: str = ""
    # pieces a week
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an outlet's file says, and by which it is known again."""

    outlet: Outlet
    typed: TypedOutlet
    digest: str


def standing(office: Office, slug: str) -> Standing:
    """An outlet's file as the form shows it. Raises Unknown, RegistryError."""
    outlet = office.outlets().get(slug)
    if outlet is None:
        raise Unknown("{slug}: no such outlet", slug=slug[:100])
    assert outlet.source
    return Standing(outlet=outlet, typed=_typed(outlet), digest=digest_of(outlet.source))


def save(office: Office, slug: str, typed: TypedOutlet, digest: str) -> Path:
    """Have an outlet's file say what was typed; all else in it stays. A catalogue's is copied.

    Raises Unknown, ChangedMeanwhile where the file is not the one of this digest, Wrong,
    RegistryError.
    """
    before = standing(office, slug)
    was, now = asdict(before.typed), asdict(typed)
    changed = {key: _value(key, now[key]) for key in now if now[key] != was[key]}
    if {"low", "high"} & changed.keys():
        both = [_whole(now["low"]), _whole(now["high"])]
        changed["per_week"] = both if None not in both else None
        if both.count(None) == 1:
            raise Wrong("pieces a week: the lowest and the highest that are usual, or neither")
    for key in ("low", "high"):
        changed.pop(key, None)
    return _write(office, before.outlet, changed, digest)


def retire(office: Office, slug: str, digest: str, *, use: bool) -> Path:
    """Take an outlet out of every crawl, or back in. Raises as `save`."""
    outlet = standing(office, slug).outlet
    assert outlet.source
    with saving(office):
        return set_use(outlet.source, _folder(office), use=use, digest=digest)


def _write(office: Office, outlet: Outlet, changed: dict[str, Any], digest: str) -> Path:
    assert outlet.source
    with saving(office):
        if not changed and digest_of(outlet.source) == digest:
            return outlet.source
        return set_outlet(outlet.source, _folder(office), changed, digest=digest)


def _folder(office: Office) -> Path:
    return office.workspace.root / "outlets"


def _value(key: str, text: str) -> Any:
    """What is written for a key; None takes it out. Raises Wrong."""
    if key in LISTS:
        return re.findall(r"[^\s,;]+", text)
    if key in {"tier", "low", "high"}:
        return _whole(text)
    if key == "delay":
        return _seconds(text)
    return text or None


def _whole(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or len(text) > LONGEST:
        raise Wrong("{text}: a whole number is wanted", text=text[:40])
    return int(text)


def _seconds(text: str) -> float | int | None:
    if not text:
        return None
    try:
        found = float(text.replace(",", ".")[:LONGEST])
    except ValueError:
        raise Wrong("{text}: seconds are wanted, like 1.5", text=text[:40]) from None
    return int(found) if found.is_integer() else found


def _typed(outlet: Outlet) -> TypedOutlet:
    low, high = outlet.expect.per_week or (None, None)
    return TypedOutlet(
        **{key: getattr(outlet, key) or "" for key in LINES if key != "kind"},
        kind=outlet.kind.value,
        languages=", ".join(outlet.languages),
        hosts=", ".join(outlet.hosts),
        tier="" if outlet.tier is None else str(outlet.tier),
        delay=f"{outlet.delay:g}",
        low="" if low is None else str(low),
        high="" if high is None else str(high),
    )
