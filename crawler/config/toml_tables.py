"""A table of a TOML file, read strictly: every key is known, or the file is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crawler.config.refusals import Place, nearest
from crawler.config.secret_forms import secret_in
from crawler.config.values import Reader, T, expected

SECRETS = frozenset(
    {"password", "passwd", "pass", "key", "api_key", "apikey", "token", "secret"}
    | {"application_password", "app_password"}
)
NO_SECRETS = "this file holds no secrets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a key of a table may hold."""

    read: Reader[Any]
    # how its value is read
    field: str | None = None
    # the noun's own name for it, where it differs: "first_day" of `from`
    required: bool = False
    # whether the table is nothing without it


Keys = Mapping[str, Key]


def read_table(
    value: object, place: Place, keys: Keys, *, secret: str = NO_SECRETS
) -> dict[str, Any]:
    """The fields of a noun. `secret` says where a password belongs instead.

    Raises RegistryError for an unknown key, a missing one, a value that holds a secret and one
    that cannot be read.
    """
    if not isinstance(value, dict):
        raise expected("a table", value, place)
    for name in value:
        if name not in keys:
            raise _stranger(name, place, keys, secret)
    for name, key in keys.items():
        if key.required and name not in value:
            raise place.refusal(
                'the key "{name}" is missing. Known keys: {keys}', name=name, keys=", ".join(keys)
            )
    for name, told in value.items():
        if found := secret_in(told):
            raise place.key(name).refusal("{found}; {secret}", found=found, secret=secret)
    present = {name: key for name, key in keys.items() if name in value}
    return {
        key.field or name: key.read(value[name], place.key(name)) for name, key in present.items()
    }


def _stranger(name: str, place: Place, keys: Keys, secret: str) -> Exception:
    if name.lower() in SECRETS:
        return place.key(name).refusal(
            "a secret does not belong in this file; {secret}", secret=secret
        )
    guess = nearest(name, keys) or "."
    return place.refusal(
        'unknown key "{name}"{guess} Known keys: {keys}',
        name=name,
        guess=guess,
        keys=", ".join(keys),
        key=name,
    )


def rows(read: Reader[T]) -> Reader[tuple[T, ...]]:
    """An array of tables: `[[find]]`."""

    def read_rows(value: object, place: Place) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise expected(f"tables that begin with [[{place.where}]]", value, place)
        return tuple(read(row, place.as_row(number)) for number, row in enumerate(value, 1))

    return read_rows
