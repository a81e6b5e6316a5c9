"""What was sent where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was sent where: a post on a site."""

    # slug
    event: str
    # name in jehona.toml: "house"
    site: str
    # the site's id, None while the answer is outstanding
    post: int | None
    # class in the post's first block, by which a lost post is found again: "jehona-dita-4f2a"
    marker: str
    # of the post as sent
    digest: str | None
    # of its readable words, by which a post whose answer was lost is known again
    words: str | None = None
    # of the content as the site gave it back: WordPress may set it out anew
    returned: str | None = None
    # what the site said after it (`modified_gmt`), to see whether somebody touched it
    modified: str | None
    # draft, pending, publish
    status: str | None
    # where the post can be seen
    link: str | None
    # keys of the articles in it
    pieces: tuple[str, ...]
    # aware
    at: datetime
    # who sent it
    by: str
