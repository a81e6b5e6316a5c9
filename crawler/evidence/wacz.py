"""A web archive of kept answers that other programs read and replay (WACZ 1.1.1, WARC 1.1).

The same answers give the same file, byte by byte: nothing in it is drawn by lot.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO, Final

WARC: Final = "archive/data.warc.gz"
INDEX: Final = "indexes/index.cdx"
PAGES: Final = "pages/pages.jsonl"
PACKAGE: Final = "datapackage.json"
DIGEST: Final = "datapackage-digest.json"
SEAL: Final = "evidence/seal.json"
REPORT: Final = "evidence/report.html"
STAMPS: Final = "evidence/stamps"
# Bytes are kept as they are after unpacking, so what told how they were packed would be wrong.
NOT_TRUE_ANY_MORE: Final = frozenset({"content-encoding", "content-length", "transfer-encoding"})
NOTICE: Final = (
    "Holds full texts and pages of others: for the office's own proof, not to be passed on or "
    "published. Shows that what was kept was not changed since its seal; not that a site really "
    "sent it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One kept answer."""

    url: str
    # that was asked
    fetched: str
    # UTC, "2025-05-10T07:30:00Z"
    body: bytes
    # without any encoding of the transfer
    mime: str
    # "text/html"
    status: int | None
    # None: not kept, or only a part of the answer is: then it is no response
    headers: Mapping[str, str]
    title: str | None
    # of the piece whose page it is, None: a list, a feed


def write(
    file: BinaryIO,
    answers: Sequence[Answer],
    *,
    warc: bytes,
    index: bytes,
    title: str,
    created: str,
    software: str,
    beside: Mapping[str, bytes],
) -> None:
    """Writes the archive of `answers`, whose records and index `crawler.evidence.warc` makes.

    `beside` are further members by name; `created` is UTC.
    """
    members = {WARC: warc, INDEX: index, PAGES: _pages(answers), **beside}
    package = _json({
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": title,
        "description": NOTICE,
        "created": created,
        "software": software,
        "resources": [_resource(name, body) for name, body in members.items()],
    })  # fmt: skip
    members[PACKAGE] = package
    members[DIGEST] = _json({"path": PACKAGE, "hash": sha256_of(package)})
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, body in members.items():
            # the first day that a zip can tell, and never now
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), body)


def _pages(answers: Sequence[Answer]) -> bytes:
    lines: list[dict[str, Any]] = [
        {"format": "json-pages-1.0", "id": "pages", "title": "Kept pages of pieces"}
    ]
    for number, answer in enumerate(answers, 1):
        if answer.title is not None:
            page = {"id": f"page-{number}", "url": answer.url, "ts": answer.fetched}
            lines.append({**page, "title": answer.title})
    return "".join(f"{json.dumps(each)}\n" for each in lines).encode()


def _resource(name: str, body: bytes) -> dict[str, Any]:
    base = name.rpartition("/")[2]
    return {"name": base, "path": name, "hash": sha256_of(body), "bytes": len(body)}


def sha256_of(body: bytes) -> str:
    """As the format writes it: "sha256:9f86..."."""
    return f"sha256:{sha256(body).hexdigest()}"


def _json(said: Mapping[str, Any]) -> bytes:
    return (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode()
