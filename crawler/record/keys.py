"""An article's key: an identity of its own, short enough to say on the telephone."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Collection
from hashlib import blake2b

from crawler.models import Alias

SHORTEST = 7
# characters after "a_": 35 bits; in a record of 100,000 some 0.15 pairs collide


def key_of(outlet: str, alias: Alias, taken: Collection[str] = frozenset()) -> str:
    """The key of the article of `outlet` that was first known by `alias`.

    The same birth gives the same key; where that is `taken`, it grows until it is free.
    """
    word = word_of(outlet, alias)
    for length in range(SHORTEST, len(word)):
        key = f"a_{word[:length]}"
        if key not in taken:
            return key
    raise ValueError(f"the key of {alias.value!r} of {outlet} is taken in every length")


def word_of(outlet: str, alias: Alias) -> str:
    """All 56 characters a key may grow to."""
    birth = "\0".join((outlet, alias.kind, alias.value))
    digest = blake2b(birth.encode("utf-8", "replace"), digest_size=35).digest()
    return b32encode(digest).decode("ascii").lower()
