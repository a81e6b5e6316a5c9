"""Passwords from the environment or the system keyring: never in a file, a log or an error."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping


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
        """`text` without the secret, plain or as a log-in header spells it."""
        pair = base64.b64encode(f"{user}:{self._told}".encode()).decode()
        for secret in (pair, self._told, self._told.replace(" ", "")):
            if secret:
                text = text.replace(secret, "***")
        return text


def find_password(
    variable: str, service: str, user: str, environ: Mapping[str, str] = os.environ
) -> Password | None:
    """The password: of the environment, else of the keyring; None where neither has it."""
    told = environ.get(variable, "").strip() or _kept(service, user)
    return Password(told) if told else None


def _kept(service: str, user: str) -> str | None:
    """What the system's keyring has. A machine without one has nothing."""
    import keyring  # noqa: PLC0415 - asks the desktop
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        return keyring.get_password(service, user)
    except KeyringError:
        return None
