"""Passwords from the environment or the system keyring: never in a file, a log or an error."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from html import escape
from types import ModuleType
from typing import ClassVar, Final
from urllib.parse import quote, quote_plus

from crawler.failure import Failure


class NotKept(Failure):
    """A machine without a keyring: what can be done instead."""

    code: ClassVar[int] = 1

    def __init__(self, variable: str) -> None:
        super().__init__(
            f"the password is right, and this machine has no keyring to keep it: set {variable}"
        )


class Password:
    """A secret that does not show itself."""

    __slots__ = ("_told",)

    def __init__(self, told: str) -> None:
        self._told = told

    def __repr__(self) -> str:
        return "Password(***)"

    def tell(self) -> str:
        """The secret itself, for the one place that sends it."""
        return self._told

    def hidden_in(self, text: str, user: str = "") -> str:
        """`text` without the secret, in every spelling that a server gives back.

        Whole texts only: what was cut before may end within the secret, where nobody knows it.
        """
        for secret in self._spellings(user):
            text = text.replace(secret, "***")
        return text

    def _spellings(self, user: str) -> list[str]:
        """Plain, as the two log-ins of HTTP and SMTP spell it, in addresses, JSON and HTML."""
        told = {self._told, self._told.replace(" ", "")}
        # HTTP's Basic (RFC 7617), SMTP's PLAIN (RFC 4616) and LOGIN
        pairs = (f"{user}:{one}" for one in told), (f"\0{user}\0{one}" for one in told), told
        coded = {
            base64.b64encode(pair.encode("utf-8", "replace")).decode().rstrip("=")
            for some in pairs
            for pair in some
        }
        quoted = {
            spell(one)
            for one in told
            for spell in (quote, quote_plus, escape, json.dumps, _in_json)
        }
        every = told | coded | {one.strip('"') for one in quoted}
        return sorted(filter(None, every), key=len, reverse=True)


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


SMTP_VARIABLE: Final = "JEHONA_SMTP_PASSWORD"
# the variable


def smtp_password(host: str, user: str | None) -> Password | None:
    """The mail server's password, wherever it lies."""
    return find_password(SMTP_VARIABLE, smtp_service(host), user or "")


def smtp_service(host: str) -> str:
    """The keyring's name for it."""
    return f"jehona smtp {host}"


def find_password(
    variable: str, service: str, user: str, environ: Mapping[str, str] = os.environ
) -> Password | None:
    """The password: of the environment, else of the keyring; None where neither has it."""
    told = environ.get(variable, "").strip() or _kept(service, user)
    return Password(told) if told else None


def keep_password(service: str, user: str, password: Password, *, instead: str) -> None:
    """Keep a password in the system's keyring. Raises NotKept, which names the variable to set."""
    keyring = _keyring()
    try:
        keyring.set_password(service, user, password.tell())
    except keyring.errors.KeyringError:
        raise NotKept(instead) from None
    # one without a store takes everything and keeps nothing
    if _kept(service, user) != password.tell():
        raise NotKept(instead)


def has_keyring() -> bool:
    """Whether this machine has something that keeps passwords: nobody is asked to open it."""
    # what keeps nothing says so by its priority (keyring.backend)
    return bool(_keyring().get_keyring().priority > 0)


def _kept(service: str, user: str) -> str | None:
    """What the system's keyring has. A machine without one has nothing."""
    keyring = _keyring()
    try:
        found: str | None = keyring.get_password(service, user)
    except keyring.errors.KeyringError:
        return None
    return found


def _keyring() -> ModuleType:
    import keyring  # noqa: PLC0415 - asks the desktop

    return keyring
