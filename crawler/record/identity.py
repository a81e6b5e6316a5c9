"""Which rows are one piece (law 5), decided for a whole page at once. Pure.

Any alias joins, with three exceptions that keep different pieces apart:

- two post ids are two articles; only where address and guid both agree are they two doors to
  one post;
- what several different pieces of one page share (a feed with one guid for every item) names
  none of them: it is ambiguous from then on;
- a guid alone does not join a row to an article whose address, headline and date are all
  other ones.

Where an address names several pieces, headline and date together name each of them; where nothing
else is left to know a row by, its headline is its guid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import blake2b

from crawler.models import Alias

_NOBODY_YET = 0
# neither an id of the record, which begin at 1, nor a new number, which are below zero
STRENGTH = {"post": 0, "guid": 1, "url": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row of a listing tells about who it is."""

    aliases: tuple[Alias, ...]
    # strongest first
    digest: str
    # of its bytes
    published: datetime | None = None
    # aware
    headline: str | None = None
    # as printed
    shares_url: bool = False
    # whether its listing gives several pieces the same address

    def named(self, kind: str) -> frozenset[str]:
        """Its names of one kind."""
        return frozenset(alias.value for alias in self.aliases if alias.kind == kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What tells an article of the record from others."""

    posts: frozenset[str] = frozenset()
    # its post ids: {"posts:123"}
    headline: str | None = None
    # as it stands
    published: datetime | None = None
    # as it stands
    gone: bool = False
    # the outlet no longer lists it


@dataclass(slots=True)
class Placed:
    """Where the rows of a page belong."""

    articles: list[int] = field(default_factory=list)
    # one a row: an article's id, or a new one below zero: -1, -2, ...
    births: dict[int, Alias] = field(default_factory=dict)
    # new one -> the strongest alias at birth
    bound: dict[Alias, int] = field(default_factory=dict)
    # aliases that now name an article
    ambiguous: set[Alias] = field(default_factory=set)
    # aliases that from now on name nobody
    united: dict[int, int] = field(default_factory=dict)
    # article -> the older one it turned out to be
    notes: list[str] = field(default_factory=list)
    # what was ignored and why


def shared(rows: Sequence[Row]) -> set[Alias]:
    """Aliases that different pieces of one page carry; a sticky row listed twice is one piece."""
    owners: dict[Alias, list[Row]] = {}
    for row in rows:
        for alias in row.aliases:
            owners.setdefault(alias, []).append(row)
    told = {alias for row in rows if row.shares_url for alias in row.aliases if alias.kind == "url"}
    return told | {
        alias
        for alias, sharing in owners.items()
        if any(not _same_piece(sharing[0], other, alias) for other in sharing[1:])
    }


def place(
    rows: Sequence[Row],
    owners: Mapping[Alias, int | None],
    known: Mapping[int, Known],
    ambiguous: Iterable[Alias] = (),
) -> Placed:
    """Where each of `rows` belongs.

    `owners` says whom each alias names in the record (None: ambiguous; absent: unknown),
    `known` describes those articles, `ambiguous` are the page's `shared` aliases.
    """
    return _Placing(owners, known, ambiguous).all(rows)


class _Placing:
    """One page's placing: the record's owners, changed as rows are placed."""

    __slots__ = ("known", "owners", "placed")

    def __init__(
        self,
        owners: Mapping[Alias, int | None],
        known: Mapping[int, Known],
        ambiguous: Iterable[Alias],
    ) -> None:
        self.owners = dict(owners)
        self.known = dict(known)
        self.placed = Placed()
        for alias in sorted(ambiguous):
            self._give_up(alias, "several pieces of one page carry it")

    def all(self, rows: Sequence[Row]) -> Placed:
        for row in rows:
            self.placed.articles.append(self._one(row))
        # a row placed early may belong to an article that a later row united with another
        self.placed.articles = [self._final(article) for article in self.placed.articles]
        return self.placed

    def _one(self, row: Row) -> int:
        found = self._owners_of(row, self._usable(row))
        names = self._usable(row)  # again, less what was given up just now
        article = self._unite(found) if found else self._born(row, names)
        for alias in names:
            self._bind(alias, article)
        return article

    def _usable(self, row: Row) -> list[Alias]:
        """The row's aliases that name one piece, strongest first; at worst its headline."""
        names = [alias for alias in row.aliases if self.owners.get(alias, 0) is not None]
        names.sort(key=lambda alias: (STRENGTH[alias.kind], alias.value))
        shares = any(a.kind == "url" and self.owners.get(a, 0) is None for a in row.aliases)
        first, *dated = last_resorts(row)
        return [*(names or [first]), *(dated if shares else [])]

    def _owners_of(self, row: Row, names: Sequence[Alias]) -> list[int]:
        """The articles that may be this row's, the best known first."""
        naming: dict[int, list[Alias]] = {}
        for alias in names:
            owner = self.owners.get(alias)
            if owner is not None:
                naming.setdefault(self._final(owner), []).append(alias)
        return [article for article, by in naming.items() if self._may_be(row, article, by)]

    def _may_be(self, row: Row, article: int, by: Sequence[Alias]) -> bool:
        known = self.known[article]
        if list(by) == [last_resorts(row)[0]] and _dated_apart(row, known):
            return False
        kinds = {alias.kind for alias in by}
        posts = row.named("post")
        if posts and known.posts and posts.isdisjoint(known.posts):
            return kinds == {"guid", "url"}
        if kinds == {"guid"} and _another(row, known):
            for alias in by:
                self._give_up(alias, "it came back with another address, headline and date")
            return False
        return True

    def _unite(self, found: Sequence[int]) -> int:
        """One article for a row that several claim: those that can be one become the oldest."""
        first = found[0]
        for other in found[1:]:
            one, two = self.known[first].posts, self.known[other].posts
            if one and two and one.isdisjoint(two):
                self.placed.notes.append("one row names two posts: the stronger name counts")
                continue
            first = self._joined(first, other)
        return first

    def _joined(self, one: int, two: int) -> int:
        # new ones count down from -1, so the older of two new ones is the larger
        older, younger = sorted((one, two), key=lambda article: (article < 0, abs(article)))
        posts = self.known[older].posts | self.known[younger].posts
        self.known[older] = replace(self.known[older], posts=posts)
        self.placed.united[younger] = older
        return older

    def _final(self, article: int) -> int:
        while article in self.placed.united:
            article = self.placed.united[article]
        return article

    def _born(self, row: Row, names: Sequence[Alias]) -> int:
        article = -1 - len(self.placed.births)
        self.placed.births[article] = names[0]
        self.known[article] = Known(
            posts=row.named("post"), headline=row.headline, published=row.published
        )
        return article

    def _bind(self, alias: Alias, article: int) -> None:
        owner = self.owners.get(alias, _NOBODY_YET)
        if owner is None or (owner != _NOBODY_YET and not self._may_take(owner, article)):
            return
        if owner != article:
            self.owners[alias] = self.placed.bound[alias] = article
        if alias.kind == "post" and alias.value not in self.known[article].posts:
            self._learn_post(article, alias.value)

    def _may_take(self, owner: int, article: int) -> bool:
        """An address may pass from a piece that is gone to the one that stands there now."""
        final = self._final(owner)
        return final == article or self.known[final].gone

    def _name_by_headline(self, owner: int | None) -> None:
        """An article that loses a name keeps its headline as one: it may have no other."""
        article = None if owner is None else self._final(owner)
        if article is None or not (headline := self.known[article].headline):
            return
        name = _of_words(headline)
        if self.owners.setdefault(name, article) == article:
            self.placed.bound[name] = article

    def _learn_post(self, article: int, post: str) -> None:
        known = self.known[article]
        self.known[article] = replace(known, posts=known.posts | {post})

    def _give_up(self, alias: Alias, why: str) -> None:
        if alias in self.owners and self.owners[alias] is None:
            return
        self._name_by_headline(self.owners.get(alias))
        self.owners[alias] = None
        self.placed.bound.pop(alias, None)
        self.placed.ambiguous.add(alias)
        self.placed.notes.append(f"{alias.kind} {alias.value[:200]!r} is ignored: {why}")


def _same_piece(one: Row, other: Row, alias: Alias) -> bool:
    """Whether two rows of one page that share `alias` are one piece listed twice."""
    if one.digest == other.digest:
        return True
    if _apart(one, other, "post"):
        return False
    if one.named("post") and other.named("post"):
        return True
    dated_apart = _dated_apart(one, other)
    if alias.kind == "guid" and _apart(one, other, "url"):
        return False
    if alias.kind == "url" and _apart(one, other, "guid"):
        return not dated_apart
    retold = one.headline is None or one.headline != other.headline
    return not (dated_apart and retold)


def _apart(one: Row, other: Row, kind: str) -> bool:
    """Whether both have names of this kind, and none in common."""
    names, others = one.named(kind), other.named(kind)
    return bool(names and others and names.isdisjoint(others))


def _another(row: Row, known: Known) -> bool:
    """Whether nothing but a guid speaks for the row being this article."""
    retold = bool(row.headline and known.headline and row.headline != known.headline)
    return retold and _dated_apart(row, known) and bool(row.named("url"))


def _dated_apart(one: Row, other: Row | Known) -> bool:
    """Whether both tell when they were published, and not the same."""
    return bool(one.published and other.published and one.published != other.published)


def last_resorts(row: Row) -> tuple[Alias, ...]:
    """The name of a row that has no other, its headline; then headline and date together."""
    words = row.headline or row.digest
    if row.published is None:
        return (_of_words(words),)
    return _of_words(words), _of_words(f"{words} {row.published.astimezone(UTC).isoformat()}")


def _of_words(words: str) -> Alias:
    digest = blake2b(words.encode("utf-8", "replace"), digest_size=10).hexdigest()
    return Alias(kind="guid", value=f"headline:{digest}")
