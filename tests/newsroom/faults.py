"""What goes wrong at real sites, beside the challenge that the demo shows.

    desk.fault = too_many(retry_after=7)
    desk.fault = unavailable(only="feed", times=2)      # the first two feed requests

Faults of a body spoil listings unless told else.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from functools import lru_cache
from itertools import cycle
from typing import Any, Final

from jehona.demo.answers import HTML, Answer, Ask, Header, document, page
from jehona.demo.faults import Fault, Genuine, always

LISTINGS: Final = r"/wp-json/wp/v2/(?!types)|/feed|[?&]feed="


FEEDS: Final = r"/feed|[?&]feed="


REST: Final = r"/wp-json|[?&]rest_route="


# headers that an answer of 304 keeps
VALIDATED: Final = frozenset({"Content-Type", "ETag", "Last-Modified"})
MEGABYTE: Final = 1_000_000


# Where a hostile listing would like to lead a crawler.
HOSTILE: Final = (
    "file:///etc/passwd",
    "http://10.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "javascript:alert(1)",
    "ftp://desk.example/lajm",
    "http://[::1]:22/",
    "http://192.168.1.1:8080/admin",
    "data:text/html,lajm",
)


def too_many(retry_after: int | str = 2, **where: Any) -> Fault:
    """429 with `Retry-After`, in seconds or as a date."""
    headers = (("Retry-After", str(retry_after)), ("Content-Type", HTML))
    return always("429", Answer(status=429, headers=headers, body=b"Too Many Requests\n"), where)


def unavailable(retry_after: int | str = 2, **where: Any) -> Fault:
    """503 with `Retry-After`."""
    headers = (("Retry-After", str(retry_after)), ("Content-Type", HTML))
    return always("503", Answer(status=503, headers=headers, body=b"Service Unavailable\n"), where)


def consent(status: int = 200, **where: Any) -> Fault:
    """A page that wants cookies accepted first, on every path."""
    told = (
        "<!doctype html><title>Para se të vazhdoni</title><body>"
        '<div id="consent-page">Pranoni cookies për të vazhduar. Accept cookies to continue.</div>'
    )
    return always("consent", page(status, told), where)


def no_rest(**where: Any) -> Fault:
    """REST answers 401, as hardened sites do."""
    told = {
        "code": "rest_not_logged_in",
        "message": "REST API restricted",
        "data": {"status": 401},
    }
    return always("norest", document(401, told), {"only": REST, **where})


def no_feed(**where: Any) -> Fault:
    """Feeds answer 404, without a feed body."""
    return always("nofeed", page(404, "no feeds\n"), {"only": FEEDS, **where})


def hang_up(**where: Any) -> Fault:
    """The connection closes without an answer."""
    return always("hang-up", Answer(status=0), where)


def slow(seconds: float, **where: Any) -> Fault:
    """The genuine answer, late."""
    return Fault(name="slow", spoil=lambda _, genuine: genuine().but(wait=seconds), **where)


def redirect_loop(**where: Any) -> Fault:
    """Each address sends to another one, without end."""

    def spoil(ask: Ask, _: Genuine) -> Answer:
        turn = int(ask.words.get("turn", "0")) + 1
        plain = re.sub(r"[?&]turn=\d+", "", ask.target)
        to = f"{plain}{'&' if '?' in plain else '?'}turn={turn}"
        return Answer(status=302, headers=(("Location", to), ("Content-Type", HTML)))

    return Fault(name="redirect-loop", spoil=spoil, **{"only": LISTINGS, **where})


def empty_body(**where: Any) -> Fault:
    """200 and not a byte."""
    return _bodies("empty", lambda answer: answer.but(body=b""), where)


def not_a_listing(**where: Any) -> Fault:
    """200 with a web page where a listing should be."""
    told = "<!DOCTYPE html><html><title>Së shpejti</title><body><h1>Faqja po ndërtohet</h1></html>"
    return always("not-a-listing", page(200, told), {"only": LISTINGS, **where})


def truncated(share: float = 0.6, **where: Any) -> Fault:
    """The body ends in the middle, as if that were all."""
    return _bodies(
        "truncated", lambda answer: answer.but(body=_whole(answer)[: _part(answer, share)]), where
    )


def broken_off(share: float = 0.6, **where: Any) -> Fault:
    """The connection breaks in the middle of the body."""
    return _bodies("broken-off", lambda answer: answer.but(cut=_part(answer, share)), where)


def no_items(**where: Any) -> Fault:
    """A valid listing with not one row, as a wrong rewrite rule gives."""

    def strip(answer: Answer) -> Answer:
        if _is_json(answer):
            zero = (("X-WP-Total", "0"), ("X-WP-TotalPages", "0"))
            kept = _without(answer.headers, "X-WP-Total", "X-WP-TotalPages", "Link")
            return answer.but(body=b"[]", headers=(*kept, *zero))
        bare = re.sub(rb"<(item|entry)>.*?</\1>", b"", _whole(answer), flags=re.DOTALL)
        return answer.but(body=bare)

    return _bodies("no-items", strip, where)


def hostile_links(**where: Any) -> Fault:
    """Rows that lead to files, private addresses and other schemes."""

    def mislead(answer: Answer) -> Answer:
        turn = cycle(HOSTILE)
        if not _is_json(answer):
            lead = re.compile(rb"(?<=<link>).*?(?=</link>)|(?<=text/html\" href=\").*?(?=\")")
            head, item, rest = _whole(answer).partition(b"<item>")
            if not item:
                head, item, rest = _whole(answer).partition(b"<entry>")
            return answer.but(body=head + item + lead.sub(lambda _: next(turn).encode(), rest))
        rows = json.loads(_whole(answer))
        if not isinstance(rows, list):
            return answer
        misled = [{**row, "link": next(turn)} for row in rows]
        return answer.but(body=json.dumps(misled).encode())

    return _bodies("hostile-links", mislead, where)


def charset(
    body: str, *, header: str | None = None, declared: str | None = None, **where: Any
) -> Fault:
    """The body in another encoding than it says.

    `body` is what the bytes are in; `header` what Content-Type says, None: nothing;
    `declared` what the XML declaration says, None: UTF-8 as before, "": no declaration.
    """

    def write(answer: Answer) -> Answer:
        text = _whole(answer).decode()
        if _is_json(answer):
            raw = _json_letters(json.dumps(json.loads(text), ensure_ascii=False), body)
        else:
            raw = _declare(text, declared).encode(body, "xmlcharrefreplace")
        kind = dict(answer.headers).get("Content-Type", HTML).partition(";")[0]
        told = f"{kind}; charset={header}" if header else kind
        kept = _without(answer.headers, "Content-Type")
        return answer.but(body=raw, headers=(*kept, ("Content-Type", told)))

    return _bodies(f"charset-{body}", write, where)


def entity_bomb(**where: Any) -> Fault:
    """A feed whose DOCTYPE would unpack to gigabytes ("billion laughs")."""
    nested = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">\n' for level in range(1, 10))
    doctype = f'<!DOCTYPE rss [\n<!ENTITY l0 "ha">\n{nested}]>'

    def arm(answer: Answer) -> Answer:
        text = _whole(answer).decode()
        text = re.sub(r"(<\?xml[^>]*\?>)", lambda found: found[1] + doctype, text, count=1)
        return answer.but(body=re.sub(r"<title>", "<title>&l9;", text, count=2).encode())

    return _bodies("entity-bomb", arm, {"only": FEEDS, **where})


def flood(megabytes: int = 50, **where: Any) -> Fault:
    """A well-formed listing that does not end before so many megabytes, streamed."""

    def pour(answer: Answer) -> Answer:
        row, head, tail, between = _shape(answer)
        return answer.but(body=_pour(row, head, tail, between, megabytes * MEGABYTE))

    return _bodies("flood", pour, where)


def header_flood(lines: int = 5_000, size: int = 20, **where: Any) -> Fault:
    """The genuine answer behind so many more headers, each of so many bytes."""
    more = tuple((f"X-Flood-{number}", "f" * size) for number in range(lines))

    def spoil(_: Ask, genuine: Genuine) -> Answer:
        answer = genuine()
        return answer.but(headers=(*answer.headers, *more))

    return Fault(name="header-flood", spoil=spoil, **where)


def gzip_bomb(megabytes: int = 500, **where: Any) -> Fault:
    """A small answer that unpacks to so many megabytes."""

    def pack(answer: Answer) -> Answer:
        headers = (*answer.headers, ("Content-Encoding", "gzip"))
        return answer.but(body=_packed(_whole(answer)[:2_000], megabytes), headers=headers)

    return _bodies("gzip-bomb", pack, where)


def conditional(**where: Any) -> Fault:
    """No fault of a site: 304 where all validators that the asker sent are the site's."""

    def spoil(ask: Ask, genuine: Genuine) -> Answer:
        answer = genuine()
        told = {name: value for name, value in answer.headers if name in VALIDATED}
        if not told.keys() >= {"ETag", "Last-Modified"} or not _known(ask, told):
            return answer
        return Answer(status=304, headers=tuple(told.items()))

    return Fault(name="conditional", spoil=spoil, **where)


def _known(ask: Ask, told: Mapping[str, str]) -> bool:
    tag, since = ask.headers.get("if-none-match"), ask.headers.get("if-modified-since")
    if tag is None and since is None:
        return False
    same_tag = tag is None or told["ETag"] in tag
    return same_tag and (since is None or _moment(since) >= _moment(told["Last-Modified"]))


def _moment(http_date: str) -> float:
    try:
        return parsedate_to_datetime(http_date).timestamp()
    except ValueError:
        return 0.0


# --- how bodies are spoiled -----------------------------------------------------------


def _bodies(name: str, change: Callable[[Answer], Answer], where: dict[str, Any]) -> Fault:
    def spoil(_: Ask, genuine: Genuine) -> Answer:
        answer = genuine()
        return change(answer) if answer.status == 200 else answer

    return Fault(name=name, spoil=spoil, **{"only": LISTINGS, **where})


def _whole(answer: Answer) -> bytes:
    return answer.body if isinstance(answer.body, bytes) else b"".join(answer.body)


def _part(answer: Answer, share: float) -> int:
    return int(len(_whole(answer)) * share)


def _is_json(answer: Answer) -> bool:
    return "json" in dict(answer.headers).get("Content-Type", "")


def _without(headers: tuple[Header, ...], *names: str) -> tuple[Header, ...]:
    return tuple(header for header in headers if header[0] not in names)


def _declare(text: str, declared: str | None) -> str:
    if declared is None:
        return text
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return re.sub(r"^<\?xml[^>]*\?>", head, text)


def _json_letters(text: str, encoding: str) -> bytes:
    """JSON in an encoding; letters it does not have as `\\uXXXX`."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_letter(letter, encoding) for letter in text).encode(encoding)


def _letter(letter: str, encoding: str) -> str:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(letter)[1:-1]
    return letter


def _shape(answer: Answer) -> tuple[bytes, bytes, bytes, bytes]:
    """One row of a listing, what stands before and after all rows, and between two."""
    body = _whole(answer)
    if _is_json(answer):
        rows = json.loads(body)
        row = json.dumps(rows[0] if isinstance(rows, list) and rows else {}).encode()
        return row, b"[", b"]", b","
    found = re.search(rb"<(item|entry)>.*?</\1>\s*", body, re.DOTALL)
    if found is None:
        return b"<!-- -->", body, b"", b""
    return found[0], body[: found.start()], body[body.rindex(b"</" + found[1]) :], b""


def _pour(row: bytes, head: bytes, tail: bytes, between: bytes, size: int) -> Iterator[bytes]:
    many = between.join([row] * (65_536 // max(1, len(row)) + 1))
    yield head + many
    for _ in range(size // len(many)):
        yield between + many
    closing = re.sub(rb"^</(item|entry)>", b"", tail)
    yield closing


@lru_cache(maxsize=4)
def _packed(head: bytes, megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    spaces = b" " * MEGABYTE
    parts = [packer.compress(head), *(packer.compress(spaces) for _ in range(megabytes))]
    return b"".join([*parts, packer.flush()])
