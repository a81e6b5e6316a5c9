"""What an editor chose for a newsletter: one TOML file, strictly; its order is the order.

number = 109
layout = "list"         # absent: "full"

[[entry]]
url = "https://office.example/2025/05/festa/"
headline = "..."        # absent: what the record has
excerpt = "..."

[[entry]]               # an announcement without a page
headline = "..."
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args

from crawler.config.files import parsed, reason, toml_text
from crawler.config.media import PICTURES, within
from crawler.config.outlet_file import quoted
from crawler.config.refusals import Place, RegistryError
from crawler.config.toml_tables import Key, Keys, read_table, rows
from crawler.config.values import line, mail_address, one_of, slug, truth, web, whole, words
from crawler.files import write_whole
from crawler.models import Genre, Pick, PostPicture, Selection

HIGHEST = 1_000_000
# number of an issue


def _headline(value: object, place: Place) -> str:
    """As printed, on one line."""
    return " ".join(words(value, place).split())


def _picture(value: object, place: Place) -> PostPicture:
    """A file of media/, alone or as a table with its words: { file = "fair.jpg", alt = "..." }."""
    if isinstance(value, str):
        return PostPicture(file=within(PICTURES)(value, place))
    told = read_table(value, place, SHOWN)
    return PostPicture(**told)


# A picture, as a table.
SHOWN: Keys = {
    "file": Key(read=within(PICTURES), required=True),
    "alt": Key(read=line),
    "caption": Key(read=line),
}
# What an entry may be called; the same words as a piece's genre has.
PICK: Keys = {
    "url": Key(read=web),
    "headline": Key(read=_headline),
    "excerpt": Key(read=words),
    "outlet": Key(read=line),
    "genre": Key(read=one_of(get_args(Genre))),
    "section": Key(read=line),
    "event": Key(read=slug),
    "article": Key(read=line),
    "picture": Key(read=_picture),
}


def _leaving(value: object, place: Place) -> str:
    """Where readers leave the list: `mailto:` (RFC 6068) or https, as RFC 8058 wants it."""
    text = line(value, place)
    scheme, _, rest = text.partition(":")
    try:
        if scheme == "mailto" and text.isascii() and mail_address(rest.partition("?")[0]):
            return text
    except ValueError:
        pass
    if scheme != "https" or not text.isascii() or set("<>, ") & set(text):
        raise place.refusal("write mailto:press@office.example or an https:// address")
    return web(text, place)


def _pick(value: object, place: Place) -> Pick:
    pick = Pick(**read_table(value, place, PICK))
    if pick.url is None and pick.headline is None and pick.article is None:
        raise place.refusal("an entry has a url, or a headline of its own: write one of the two")
    return pick


SELECTION: Keys = {
    "number": Key(read=whole(1, HIGHEST), required=True),
    "title": Key(read=line),
    "introduction": Key(read=words),
    "event": Key(read=slug),
    "language": Key(read=one_of(("sq", "en"))),
    "layout": Key(read=one_of(("list", "full"))),
    "sections": Key(read=truth),
    "picture": Key(read=_picture),
    "unsubscribe": Key(read=_leaving),
    "entry": Key(read=rows(_pick), field="picks", required=True),
}


def read_selection(path: Path) -> Selection:
    """The selection of a TOML file. Raises RegistryError, one line that names file and key."""
    return selection_in(toml_text(path), path)


def selection_in(text: str, path: Path) -> Selection:
    """The selection that `text` is, as if it stood in `path`. Raises as `read_selection`."""
    place = Place(source=path)
    selection = Selection(source=path, **read_table(parsed(text, path), place, SELECTION))
    if not selection.picks:
        raise place.key("entry").refusal("there is no [[entry]]: a newsletter needs one")
    return selection


Told = Mapping[str, tuple[str, str | None]]
# headline and excerpt of an address, as the record has them


def write_selection(
    selection: Selection, path: Path, known: Told, *, others: Sequence[Pick] = ()
) -> None:
    """Writes the file of a selection that a person will edit; it is never overwritten.

    What is `known` of an address becomes comments, so that the file can be read and nothing
    printed is turned into the editor's own words. `others` stand at its end, commented out, for
    whoever wants them. Raises RegistryError where the file exists or cannot be written.
    """
    told = "\n".join(_lines(selection, known, others)) + "\n"
    try:
        write_whole(path, told)
    except FileExistsError:
        raise RegistryError(
            "{path}: exists, and is never overwritten; give it with --pick", path=path
        ) from None
    except OSError as error:
        raise RegistryError("{path}: {reason}", path=path, reason=reason(error)) from error


def _lines(selection: Selection, known: Told, others: Sequence[Pick]) -> Iterator[str]:
    yield "# The order of the entries is the order in the newsletter: move, delete, add."
    yield "# headline and excerpt are taken from the record where an entry has none of its own."
    yield '# layout = "list" prints each title once, with its teaser below it.'
    yield f"number = {selection.number}"
    for name in ("title", "introduction", "event", "language"):
        if value := getattr(selection, name):
            yield f"{name} = {quoted(value)}"
    for pick in selection.picks:
        yield ""
        yield from _entry(pick, known)
    if others:
        yield ""
        yield f"# {len(others)} more to choose from: take the first # of each line away."
    for pick in others:
        yield ""
        yield from (f"# {line}" for line in _entry(pick, known))


def _entry(pick: Pick, known: Told) -> Iterator[str]:
    headline, excerpt = known.get(pick.url or pick.article or "", ("", None))
    yield "[[entry]]"
    for name in ("url", "article", "event"):
        if value := getattr(pick, name):
            yield f"{name} = {quoted(value)}"
    yield f"# headline = {quoted(_one_line(headline))}"
    if excerpt:
        yield f"# excerpt = {quoted(_one_line(excerpt))}"


def _one_line(text: str) -> str:
    """A comment ends with its line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
