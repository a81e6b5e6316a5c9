"""An article's key: an identity of its own, short enough to say on the telephone."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Collection, Iterable
from hashlib import blake2b

from crawler.models import Alias

SHORTEST = 7
# characters after "a_": 35 bits; in a record of 100,000 some 0.15 pairs collide
LONGEST = 16
# characters that ten bytes of hash give


def key_of(outlet: str, alias: Alias, taken: Collection[str] = frozenset()) -> str:
    """The key of the article of `outlet` that was first known by `alias`.

    The same birth gives the same key; where that is `taken`, a longer one.
    """
    return first_free(keys_of(outlet, alias), taken)


def keys_of(outlet: str, alias: Alias) -> tuple[str, ...]:
    """The spellings a key may have, the shortest first."""
    birth = "\0".join((outlet, alias.kind, alias.value)).encode("utf-8", "replace")
    word = b32encode(blake2b(birth, digest_size=10).digest()).decode("ascii").lower()
    return tuple(f"a_{word[:length]}" for length in range(SHORTEST, LONGEST + 1))


def first_free(spellings: Iterable[str], taken: Collection[str]) -> str:
    """The first of `spellings` that is not `taken`. Raises ValueError where all are."""
    for key in spellings:
        if key not in taken:
            return key
    raise ValueError(f"no key is left of {', '.join(spellings)}")
