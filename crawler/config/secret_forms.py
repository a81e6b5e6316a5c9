"""Secrets by their form: passwords in addresses, and the tokens that services give out (pure).

Files of a workspace are mailed, shared and kept in version control, so none may hold one. Forms are
those that the services document for their secret scanners; a word that only might be a password is
not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

PASSWORD: Final = "an address may not carry a user name or password"  # noqa: S105 - what is said
TOKEN: Final = "a token does not belong in this file"  # noqa: S105 - what is said

_PASSWORD: Final = re.compile(r"[a-z][a-z0-9+.-]{0,20}://[^\s/?#@]{0,200}:[^\s/?#@]{1,200}@", re.I)
# The same without its scheme, as a mail server is typed; where to write to is none.
_BARE: Final = re.compile(r"(?!mailto:)[^\s/@:]{1,100}:[^\s/@]{1,200}@[^\s/@]{1,255}")
_TOKENS: Final = re.compile(
    r"""
      gh[oprsu]_[A-Za-z0-9]{30} | github_pat_\w{20} | glpat-[\w-]{16}
    | xox[abeoprs]-[\w-]{10} | hooks\.slack\.com/(?:services|workflows)/\w
    | discord(?:app)?\.com/api/webhooks/\d+/\w | (?:\b|bot)\d{8,10}:[\w-]{30}
    | \bsk-[\w-]{20} | \b[rs]k_(?:live|test)_\w{16} | \b(?:AKIA|ASIA)[0-9A-Z]{16}\b
    | \bAIza[\w-]{35} | \bya29\.[\w-]{20} | \bSG\.[\w-]{16,80}\.[\w-]{16} | \bkey-[0-9a-f]{32}\b
    | \beyJ[\w-]{10,2000}\.eyJ[\w-]{10} | -----BEGIN\ [A-Z ]{0,30}PRIVATE\ KEY
    | \b(?:tgram|slack|discord|pover|gotifys?|msteams|pbul|ifttt|twilio)://\w
    | [?&;](?:access_token|auth_token|api[-_]?key|token|password|passwd|pwd|client_secret|secret)
      =[^&\#\s]{6}
    """,
    re.VERBOSE | re.ASCII,
)
# An application password as WordPress prints it: six groups of four, letters of both cases and
# figures among them, since six short words may be a title.
_APPLICATION: Final = re.compile(r"(?:[A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4}")


def secret_in(value: object) -> str | None:
    """What secret a value of a TOML file holds, in words, lists looked through; None for none."""
    return next((found for text in _texts(value) if (found := _of(text))), None)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _of(text: str) -> str | None:
    if _PASSWORD.search(text) or _BARE.fullmatch(text.strip()):
        return PASSWORD
    return TOKEN if _TOKENS.search(text) or _is_application_password(text.strip()) else None


def _is_application_password(text: str) -> bool:
    kinds = (str.isdigit, str.islower, str.isupper)
    return bool(_APPLICATION.fullmatch(text)) and all(any(map(kind, text)) for kind in kinds)
