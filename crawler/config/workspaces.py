"""The workspace: what its jehona.toml says."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Final

from crawler.config.files import read_toml
from crawler.config.refusals import Place
from crawler.config.toml_tables import Key, Keys, read_table
from crawler.config.values import (
    beside,
    clock,
    colour,
    contact,
    expected,
    keyring_name,
    length,
    line,
    mail,
    many,
    one_of,
    origin,
    postgresql,
    server,
    slug,
    truth,
    web,
    web_or_keyring,
    whole,
    zone,
)
from crawler.config.workspace_folder import FILE
from crawler.models import (
    Attestation,
    Brand,
    DeskPlace,
    PoolPlace,
    Site,
    Smtp,
    Translator,
    Watch,
    Workspace,
)

SHORTEST_EVERY: Final = timedelta(minutes=10)
# feeds hold 4 to 30 rows and are polled hourly; more often than this is no guest
# where a password belongs instead
FOR_ALL = (
    "it comes from JEHONA_SMTP_PASSWORD, JEHONA_TRANSLATOR_KEY, JEHONA_SITE_NAME_PASSWORD"
    " or the system keyring"
)

# What may be repeated in a refusal: neither white space nor a password.
_TYPED = re.compile(r"[\w.:/-]{1,120}")

BRAND: Keys = {"name": Key(read=line), "logo": Key(read=line), "colour": Key(read=colour)}
SMTP: Keys = {
    "host": Key(read=server, required=True),
    "port": Key(read=whole(1, 65_535)),
    "user": Key(read=line),
    "from": Key(read=mail, field="sender"),
}
TRANSLATOR: Keys = {"url": Key(read=web, required=True)}
DESK: Keys = {"port": Key(read=whole(1, 65_535)), "url": Key(read=origin)}
POOL: Keys = {"dsn": Key(read=postgresql, required=True)}
WATCH: Keys = {
    "every": Key(read=length),
    "digest": Key(read=clock),
    "to": Key(read=many(mail)),
    "urls": Key(read=many(keyring_name)),
    "ping": Key(read=web_or_keyring),
    "corrections": Key(read=length),
    "quiet": Key(read=length),
}
EVIDENCE: Keys = {
    "stamp": Key(read=web),
    "stamp_ca": Key(read=beside),
    "archive": Key(read=truth),
    "archive_at": Key(read=web),
    "screenshots": Key(read=truth),
}
SITE: Keys = {"url": Key(read=web, required=True), "user": Key(read=line)}


def _brand(value: object, place: Place) -> Brand:
    return Brand(**read_table(value, place.as_table(), BRAND))


def _smtp(value: object, place: Place) -> Smtp:
    secret = _kept("JEHONA_SMTP_PASSWORD", f'"jehona smtp {_told(value, "host", "HOST")}"', value)
    return Smtp(**read_table(value, place.as_table(), SMTP, secret=secret))


def _translator(value: object, place: Place) -> Translator:
    secret = _kept("JEHONA_TRANSLATOR_KEY", '"jehona translator"', value, name="url")
    return Translator(**read_table(value, place.as_table(), TRANSLATOR, secret=secret))


def _desk(value: object, place: Place) -> DeskPlace:
    return DeskPlace(**read_table(value, place.as_table(), DESK))


def _watch(value: object, place: Place) -> Watch:
    where = 'it lies in the keyring: urls = ["keyring:NAME"], ping = "keyring:NAME"'
    watch = Watch(**read_table(value, place.as_table(), WATCH, secret=where))
    if watch.every < SHORTEST_EVERY:
        raise place.as_table().key("every").refusal("at least 10m: we are guests")
    return watch


def _evidence(value: object, place: Place) -> Attestation:
    evidence = Attestation(**read_table(value, place.as_table(), EVIDENCE))
    if evidence.stamp and not evidence.stamp_ca:
        raise (
            place.as_table()
            .key("stamp")
            .refusal(
                'a stamp that nobody can check is none: stamp_ca = "tsa.pem" names the root '
                "certificate of the authority, a file beside jehona.toml"
            )
        )
    return evidence


def _pool(value: object, place: Place) -> PoolPlace:
    return PoolPlace(
        **read_table(value, place.as_table(), POOL, secret="set JEHONA_POOL_PASSWORD")  # noqa: S106 - where it belongs
    )


def _kept(variable: str, service: str, table: object, name: str = "user") -> str:
    """Where a secret of this table belongs: the variable, and the keyring by its own names."""
    user = _told(table, name, name.upper())
    return f"set {variable} or use the system keyring: keyring set {service} {user}"


def _told(table: object, name: str, absent: str) -> str:
    """A value as a person would type it after a command; a word in its place where it is none."""
    told = table.get(name) if isinstance(table, dict) else None
    return told if isinstance(told, str) and _TYPED.fullmatch(told) else absent


def _sites(value: object, place: Place) -> tuple[Site, ...]:
    if not isinstance(value, dict):
        raise expected("tables that begin with [sites.NAME]", value, place)
    return tuple(_site(name, table, place) for name, table in value.items())


def _site(name: str, value: object, place: Place) -> Site:
    if not isinstance(value, dict):
        raise place.refusal(
            '"{name}" stands outside a site; begin the site with [sites.NAME]', name=name
        )
    slug(name, place)
    here = Place(source=place.source, where=f"sites.{name}").as_table()
    variable = f"JEHONA_SITE_{name.upper().replace('-', '_')}_PASSWORD"
    secret = _kept(variable, f"jehona-{name}", value)
    return Site(name=name, **read_table(value, here, SITE, secret=secret))


WORKSPACE: Keys = {
    "contact": Key(read=contact),
    "language": Key(read=one_of(("sq", "en"))),
    "zone": Key(read=zone),
    "brand": Key(read=_brand),
    "smtp": Key(read=_smtp),
    "translator": Key(read=_translator),
    "sites": Key(read=_sites),
    "desk": Key(read=_desk),
    "watch": Key(read=_watch),
    "evidence": Key(read=_evidence),
    "pool": Key(read=_pool),
}


def load_workspace(root: Path) -> Workspace:
    """What `root`/jehona.toml says. Raises RegistryError, one line that names file and key."""
    path = root / FILE
    fields = read_table(read_toml(path), Place(source=path), WORKSPACE, secret=FOR_ALL)
    return Workspace(root=root, **fields)
