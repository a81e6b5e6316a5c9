"""Small copies of the pictures that outlets name for their pieces: where they lie, who shows them.

A picture is its author's. Nothing is copied before a person asks for it, a copy lies in
`var/pictures/` of this workspace alone, and only a report that is asked to shows it: no post,
newsletter, feed or shared page does.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Final

from crawler.files import PRIVATE, refuse_full, whole_file
from crawler.record import Record, read
from crawler.urls import host_of
from jehona.actions.office import Office
from reports.models import Report
from reports.picture_files import copy_of, kept_copy
from reports.pictures import Image

FOLDER: Final = "pictures"


def shown_in(office: Office, report: Report) -> dict[str, Image]:
    """The copies that this workspace has of the report's pieces, by article; nobody is asked.

    Beside each stands whose it is. A piece with a picture of the office's own shows that.
    """
    found: dict[str, Image] = {}
    for piece in report.pieces:
        if piece.picture or not piece.named_picture:
            continue
        alt = f"{piece.outlet_name}: {piece.shown}"
        source = piece.outlet_name if piece.outlet else host_of(piece.named_picture)
        if made := kept_copy(place_of(office, piece.named_picture), alt, source):
            found[piece.article] = made
    return found


def place_of(office: Office, address: str) -> Path:
    """Where the copy of a picture lies: one a picture, however many pieces show it."""
    name = blake2b(address.encode("utf-8", "replace"), digest_size=16).hexdigest()
    return office.workspace.var / FOLDER / f"{name}.jpg"


def keep(office: Office, address: str, body: bytes) -> None:
    """Make a small copy of these bytes. Raises ValueError, in words, for what is no picture."""
    small, place = copy_of(body), place_of(office, address)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(place, replace=True, mode=PRIVATE) as file:
            file.write(small)
    except OSError as error:
        refuse_full(error, place)
        raise


def delete(office: Office, addresses: Iterable[str]) -> int:
    """Delete the copies of these pictures; how many there were."""
    return _deleted({place_of(office, address) for address in addresses})


def sweep(office: Office, record: Record) -> int:
    """Delete copies of pictures that no piece of the record names any more; how many."""
    named = {place_of(office, address) for address in read.pictures(record)}
    there = (office.workspace.var / FOLDER).glob("*.jpg")
    return _deleted({path for path in there if path not in named})


def _deleted(places: set[Path]) -> int:
    there = [path for path in places if path.exists()]
    for path in there:
        path.unlink(missing_ok=True)
    return len(there)
