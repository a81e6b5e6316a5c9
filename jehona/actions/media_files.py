"""Pictures and videos that a person brings into `media/`: judged by their bytes, named by us."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from crawler.config.files import slug_from
from crawler.config.media import MEDIA, PICTURES, VIDEOS
from crawler.files import refuse_full, whole_file
from crawler.limits import OUR_PICTURE, OUR_VIDEO
from jehona.actions.errors import Wrong
from jehona.actions.office import Office
from reports.media import ENDINGS, kind_of
from reports.picture_files import shrunk

# files that are offered; who has more types the name
OFFERED: Final = 500
# further names that are tried where one is taken
TRIED: Final = 1_000
# characters of a name that lead somewhere; a browser sends none of them
_LEADING: Final = frozenset("/\\\0")


def keep(office: Office, called: str, body: bytes) -> str:
    """Put a picture or a video into `media/`; its path there, by which a document names it.

    A file that lies there with the same bytes is not put there again, none is ever overwritten.
    Raises Wrong for a name that is a path, and for bytes that are no picture or video of ours
    (an SVG may carry scripts) or too many of them, DiskFull.
    """
    if not _LEADING.isdisjoint(called) or called in (".", "..") or not called.isprintable():
        raise Wrong("{name:.80}: a path is no name of a file", name=_shown(called))
    kind = _kind(called, body)
    folder = office.workspace.root / MEDIA
    folder.mkdir(parents=True, exist_ok=True)
    stem, ending = slug_from(Path(called).stem)[:80], ENDINGS[kind][0]
    for number in range(1, TRIED):
        place = folder / f"{stem}{f'-{number}' if number > 1 else ''}{ending}"
        if _put(place, body):
            return place.name
    raise Wrong("{name:.80}: too many files of this name", name=_shown(called))


def is_picture(name: str) -> bool:
    """Whether a file of this name stands still."""
    return name.lower().endswith(PICTURES)


def offered(office: Office) -> tuple[str, ...]:
    """The pictures and videos of `media/`, by their paths there, sorted."""
    folder = office.workspace.root / MEDIA
    if not folder.is_dir():
        return ()
    known = (*PICTURES, *VIDEOS)
    files = (file for file in folder.rglob("*") if file.is_file() and file.suffix.lower() in known)
    names = sorted(file.relative_to(folder).as_posix() for file in files)
    return tuple(name for name in names if not name.startswith("."))[:OFFERED]


def _kind(called: str, body: bytes) -> str:
    """The media type that the bytes say. Raises Wrong."""
    kind, name = kind_of(body), _shown(called)
    if kind is None:
        raise Wrong("{name:.80}: no picture or video that we know; nothing was kept", name=name)
    most = OUR_PICTURE if kind.startswith("image/") else OUR_VIDEO
    if len(body) > most:
        megabytes = most // 1024**2
        raise Wrong("{name:.80}: larger than {most} MB: make it smaller", name=name, most=megabytes)
    if kind.startswith("image/"):
        try:
            shrunk(body, "")
        except ValueError:
            raise Wrong(
                "{name:.80}: it cannot be opened as a picture: save it again as JPEG or PNG",
                name=name,
            ) from None
    return kind


def _put(place: Path, body: bytes) -> bool:
    """False where another file has the name."""
    try:
        with whole_file(place) as file:
            file.write(body)
    except FileExistsError:
        return place.is_file() and place.read_bytes() == body
    except OSError as error:
        refuse_full(error, place)
        reason = error.strerror
        raise Wrong("{place}: cannot be written ({reason})", place=place, reason=reason) from None
    return True


def _shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in name)
