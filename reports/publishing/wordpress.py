"""A WordPress site in our words: who we are there, what of ours stands there, what we send."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from reports.publishing.gutenberg import text
from reports.publishing.insets import ENDINGS, Inset, Placed
from reports.publishing.post import digest_of, family, marker_in, words_of
from reports.publishing.refusals import Refusal, Refused, UnknownTerm
from reports.publishing.rest import Fields, NotWordPress, Rest, Unanswered

STATUSES: Final = "draft,pending,private,future,publish,trash"
# every status that a person can put a post in
WANTED: Final = "id,status,link,modified_gmt,title,content,excerpt,author"
# of a post
PAGES, PER_PAGE = 4, 50
# of the user's latest posts, where a search finds nothing: plugins replace the search
# categories or tags that a search may find: more than any real site has of one word
MOST_TERMS: Final = 100
MAY: Final = ("edit_posts", "publish_posts", "upload_files")


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Who we are on the site."""

    number: int | None
    # the site's id, None where it does not say
    name: str
    # as it is shown there
    roles: tuple[str, ...]
    # ("author",)
    may: dict[str, bool] | None
    # what the role allows: {"upload_files": True}; None where the site does not say

    def may_not(self, what: str) -> bool:
        """Whether the site says that this is not allowed."""
        return self.may is not None and not self.may.get(what, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A post as it stands on the site."""

    post: int
    # the site's id
    status: str
    # draft, pending, private, future, publish, trash
    link: str | None
    # where it can be seen
    modified: str
    # modified_gmt, as the site spells it
    title: str
    # raw; as shown where we may not edit it
    content: str
    # the same
    excerpt: str
    # the same
    raw: bool = True
    # False: we see it as every reader does, and may not edit it

    @property
    def returned(self) -> str:
        """The digest of what the site keeps."""
        return digest_of([self.title, self.content, self.excerpt])

    @property
    def words(self) -> str:
        """The digest of its readable words."""
        return words_of(self.title, self.content)


@dataclass(slots=True, kw_only=True)
class Wordpress:
    """One site, after it has said who we are."""

    rest: Rest
    # the talk
    user: User
    # who we are there

    def holding(self, number: int) -> Standing | None:
        """The post of this id, in the bin too; None where it was deleted. Raises Refused."""
        try:
            return self._read(self.rest.get(f"/wp/v2/posts/{number}", context="edit"))
        except Refused as refused:
            if "rest_post_invalid_id" in refused.detail:
                return None
            if refused.refusal is not Refusal.MAY_NOT_EDIT:
                raise
        return self._read(self.rest.get(f"/wp/v2/posts/{number}"), raw=False)

    def with_marker(self, marker: str) -> Standing | None:
        """The post with this marker, whatever its status. Raises Refused."""
        return next((one for one in self._candidates(marker) if marker in one.content), None)

    def of_event(self, event: str) -> Standing | None:
        """A post of this event that some record of ours has made. Raises Refused."""
        found = self._candidates(family(event))
        return next((one for one in found if marker_in(one.content, event)), None)

    def _candidates(self, words: str) -> Iterator[Standing]:
        """What a search finds, then the user's latest posts one page after the other."""
        yield from self._listed(search=words, per_page=PER_PAGE)
        if self.user.number is None:
            return
        for page in range(1, PAGES + 1):
            found = self._listed(
                author=self.user.number, per_page=PER_PAGE, page=page, orderby="modified"
            )
            yield from found
            if len(found) < PER_PAGE:
                return

    def _listed(self, **query: str | int) -> list[Standing]:
        asked = {"context": "edit", "status": STATUSES, "_fields": WANTED, **query}
        try:
            rows = self.rest.get("/wp/v2/posts", **asked)
        except Refused as refused:
            if "rest_post_invalid_page_number" in refused.detail:
                return []
            raise
        if not isinstance(rows, list):
            raise self.rest.refused(Refusal.UNREADABLE, "no list of posts")
        return [self._read(row) for row in rows]

    def create(self, fields: Fields) -> Standing:
        """Send a new post. Raises Unanswered where it may or may not have arrived, Refused."""
        return self._kept(self.rest.post("/wp/v2/posts", fields))

    def update(self, number: int, fields: Fields) -> Standing:
        """Send a post again. Raises Unanswered, Refused."""
        return self._kept(self.rest.post(f"/wp/v2/posts/{number}", fields))

    def _read(self, row: Any, *, raw: bool = True) -> Standing:
        try:
            return _standing(row, raw=raw)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise self.rest.refused(Refusal.UNREADABLE, "a post without an id") from None

    def _kept(self, row: Any) -> Standing:
        """The answer to what was sent: where it cannot be read, the post may stand there."""
        try:
            return self._read(row)
        except Refused as refused:
            name = self.rest.site.name
            raise Unanswered(refused.refusal, name, refused.detail, 0.0) from None

    # --- pictures and videos ---------------------------------------------------------

    def file(self, slug: str) -> Placed | None:
        """Where a file lies that was sent before; None where it was not. Raises Refused."""
        rows = self.rest.get("/wp/v2/media", slug=slug, context="edit", _fields="id,source_url")
        return next(iter(map(_media, rows)), None) if isinstance(rows, list) else None

    def upload(self, slug: str, inset: Inset) -> Placed:
        """Send a file with its words; where it lies. Raises Unanswered, Refused."""
        title = inset.alt or inset.caption or inset.name
        fields = {"slug": slug, "title": title, "alt_text": inset.alt}
        if inset.caption:
            fields["caption"] = text(inset.caption)
        name = f"{slug}.{ENDINGS[inset.media_type]}"
        row = self.rest.upload("/wp/v2/media", fields, name, inset.body, inset.media_type)
        kept = _media(row)
        if kept is None:
            raise self.rest.refused(Refusal.UNREADABLE, "a file without an address")
        return kept

    # --- categories and tags ---------------------------------------------------------

    def terms(self, kind: str, names: Sequence[str]) -> list[int]:
        """The ids of categories or tags by their names. Raises Refused for an unknown one."""
        return [self._term(kind, name) for name in names]

    def _term(self, kind: str, name: str) -> int:
        # by its longest word: the site keeps "A & B" as markup, and searches in that
        words = max(re.findall(r"\w+", name), key=len, default=name)
        rows = self.rest.get(f"/wp/v2/{kind}", search=words, per_page=MOST_TERMS, _fields="id,name")
        wanted = name.casefold()
        for row in rows if isinstance(rows, list) else ():
            told = row if isinstance(row, dict) else {}
            number = told.get("id")
            if isinstance(number, int) and unescape(str(told.get("name"))).casefold() == wanted:
                return number
        raise UnknownTerm(Refusal.UNKNOWN_TERM, self.rest.site.name, f"{kind}: {name}")


def connect(rest: Rest) -> Wordpress:
    """Find REST at its pretty or its plain address, and ask who we are.

    Raises Refused: no REST, no log-in, and why.
    """
    index = _index(rest)
    try:
        told = rest.get("/wp/v2/users/me", context="edit", _fields="id,name,roles,capabilities")
    except Refused as refused:
        raise _explained(rest, index, refused) from None
    return Wordpress(rest=rest, user=_user(told if isinstance(told, dict) else {}))


def _index(rest: Rest) -> dict[str, Any]:
    """What the site says of itself. With plain permalinks /wp-json/ is just a missing page."""
    try:
        return _told(rest)
    except NotWordPress as pretty:
        rest.plain = True
        try:
            return _told(rest)
        except NotWordPress as refused:
            raise (refused if pretty.refusal is Refusal.NO_REST else pretty) from None


def _told(rest: Rest) -> dict[str, Any]:
    told = rest.get("/", _fields="name,namespaces,authentication")
    if not isinstance(told, dict) or "wp/v2" not in told.get("namespaces", ()):
        raise NotWordPress(Refusal.NO_REST, rest.site.name)
    return told


def _explained(rest: Rest, index: dict[str, Any], refused: Refused) -> Refused:
    """Why we are nobody there: core says only that nobody is logged in.

    It looks for errors of the log-in before it tries it, so a wrong password mostly goes unsaid
    (6.1, `WP_REST_Server::serve_request`). Its index offers application passwords where they work.
    """
    if "rest_not_logged_in" not in refused.detail:
        return refused
    offered = index.get("authentication")
    works = isinstance(offered, dict) and "application-passwords" in offered
    return rest.refused(Refusal.PASSWORD if works else Refusal.PASSWORDS_OFF)


def _user(told: dict[str, Any]) -> User:
    allowed = told.get("capabilities")
    number = told.get("id")
    roles = told.get("roles")
    return User(
        number=number if isinstance(number, int) else None,
        name=str(told.get("name", "")),
        roles=tuple(map(str, roles)) if isinstance(roles, list) else (),
        may={name: bool(allowed.get(name)) for name in MAY} if isinstance(allowed, dict) else None,
    )


def _standing(row: Any, *, raw: bool = True) -> Standing:
    """A row of /wp/v2/posts. Raises KeyError, TypeError, ValueError for what is none."""
    key = "raw" if raw else "rendered"
    return Standing(
        post=int(row["id"]),
        status=str(row.get("status", "")),
        link=row.get("link") if isinstance(row.get("link"), str) else None,
        modified=str(row.get("modified_gmt", "")),
        title=_text(row, "title", key),
        content=_text(row, "content", key),
        excerpt=_text(row, "excerpt", key),
        raw=raw,
    )


def _text(row: Any, name: str, key: str) -> str:
    told = row.get(name)
    value = told.get(key) if isinstance(told, dict) else told
    return value if isinstance(value, str) else ""


def _media(row: Any) -> Placed | None:
    told = row if isinstance(row, dict) else {}
    number, address = told.get("id"), told.get("source_url")
    if not isinstance(number, int) or not isinstance(address, str):
        return None
    return Placed(number=number, url=address)
