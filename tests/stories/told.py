"""Invented articles with texts to group."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.models import Article

NINE = datetime(2025, 5, 10, 9, tzinfo=UTC)
HONEY = (
    "Shoqata e bletarëve të Bregvalës organizoi panairin e mjaltit në sheshin kryesor, ku morën"
    " pjesë shumë prodhues nga fshatrat e luginës. Vizitorët provuan mjaltë gështenje dhe propolis,"
    " ndërsa nxënësit e shkollës shpjeguan si ndërtohet një koshere. Kryetari i shoqatës tha se"
    " qëllimi është që mjalti vendas të gjejë vend në hotelet e bregdetit."
)
BRIDGE = (
    "Punimet për urën e re të këmbësorëve mbi lumë përfunduan para afatit, njoftoi bashkia. Ura"
    " lidh lagjen e vjetër me parkun dhe është ndërtuar me dru dhe çelik. Ndriçimi do të vendoset"
    " gjatë javëve në vijim, kurse banorët kërkojnë edhe një stol për pleqtë."
)
CHOIR = (
    "Kori i të moshuarve festoi me një mbrëmje këngësh qytetare në pallatin e kulturës. Anëtarja"
    " më e vjetër, një ish-mësuese, këndoi pa mikrofon. Në fund publiku u ngrit në këmbë dhe"
    " koristët shpërndanë kopje të librit me notat e mbledhura ndër vite."
)


def piece(number: int, text: str | None = HONEY, **said: Any) -> Article:
    """Article `a_NUMBER` of its own outlet, each a quarter of an hour after the last."""
    outlet = said.pop("outlet", f"gazeta-{number}")
    fields: dict[str, Any] = {
        "key": f"a_{number}",
        "outlet": outlet,
        "url": f"https://{outlet}.example/{number}/",
        "headline": f"Lajmi {number}",
        "published": NINE + timedelta(minutes=15 * number),
        "precision": "minute",
        "language": "sq",
        "text": text,
    }
    return Article(**fields | said)


def template(day: str, degrees: str, *, rest: str = "") -> str:
    """One day of a form that is filled in daily."""
    return (
        f"Sipas institutit, ditën e {day} vendi do të ndikohet nga masa ajrore të qëndrueshme."
        f" Temperaturat pritet të arrijnë deri në {degrees} gradë në ultësirë, kurse në zonat"
        f" malore do të ketë vranësira të shpeshta pasdite. {rest}"
    )
