"""The records of a web archive (WARC 1.1) and their index (CDXJ); an extra."""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.evidence.wacz import NOT_TRUE_ANY_MORE, WARC, Answer, sha256_of


def records(answers: Sequence[Answer]) -> tuple[bytes, bytes]:
    """The records, and where each of them lies as CDXJ."""
    whole, lines = BytesIO(), []
    writer = WARCWriter(whole, gzip=True, warc_version="1.1")
    for number, answer in enumerate(answers):
        at = whole.tell()
        _record(writer, answer, number)
        told = {
            "url": answer.url,
            "mime": answer.mime,
            "status": str(answer.status or HTTPStatus.OK.value),
            "digest": sha256_of(answer.body),
            "length": str(whole.tell() - at),
            "offset": str(at),
            "filename": WARC.rpartition("/")[2],
        }
        stamp = "".join(sign for sign in answer.fetched if sign.isdigit())
        lines.append(f"{_sort_key(answer.url)} {stamp} {json.dumps(told)}\n")
    return whole.getvalue(), "".join(sorted(lines)).encode()


def _record(writer: WARCWriter, answer: Answer, number: int) -> None:
    name = uuid5(NAMESPACE_URL, f"{number} {answer.url} {answer.fetched} {sha256_of(answer.body)}")
    said = {"WARC-Date": answer.fetched, "WARC-Record-ID": f"<urn:uuid:{name}>"}
    if answer.status is None:
        record = writer.create_warc_record(
            answer.url, "resource", payload=BytesIO(answer.body), length=len(answer.body),
            warc_content_type=answer.mime, warc_headers_dict=said,
        )  # fmt: skip
    else:
        kept = [(k, v) for k, v in answer.headers.items() if k.lower() not in NOT_TRUE_ANY_MORE]
        http = StatusAndHeaders(
            f"{answer.status} {_phrase(answer.status)}",
            [*kept, ("content-length", str(len(answer.body)))],
            protocol="HTTP/1.1",
        )
        record = writer.create_warc_record(
            answer.url, "response", payload=BytesIO(answer.body), length=len(answer.body),
            http_headers=http, warc_headers_dict=said,
        )  # fmt: skip
    writer.write_record(record)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def _sort_key(url: str) -> str:
    """An address as indexes sort it: "example,gazeta)/2025/05/libri"."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = f"?{parts.query}" if parts.query else ""
    key = f"{','.join(reversed(host.split('.')))}{port}){parts.path or '/'}{query}"
    return key.lower().replace(" ", "%20")
