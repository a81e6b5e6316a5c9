"""var/crawl.log holds what went wrong, and never a secret."""

from __future__ import annotations

import base64
import logging
import os
from pathlib import Path

import pytest

from jehona.actions.log import blotted, logged

SECRET = "abcd EFGH ijkl MNOP"
PAIR = base64.b64encode(f"ana:{SECRET}".encode()).decode()


@pytest.mark.parametrize(
    "line",
    [
        f"Authorization: Basic {PAIR}",
        f"unparsed data: 'X-Sent Authorization: Basic {PAIR}\\r\\nX: y'",
        f"authorization = bearer {PAIR}",
        f"Proxy-Authorization: Basic {PAIR}",
        f"{{'api_key': '{PAIR}', 'q': 'x'}}",
        f"POST /?api-key={PAIR}&q=1",
        f"Cookie: {PAIR}",
        f"http://ana:{PAIR}@proxy.example:3128/ does not answer",
        f"password='{PAIR}'",
    ],
)
def test_what_stands_under_the_name_of_a_secret_is_blotted(line: str) -> None:
    assert PAIR not in blotted(line)
    assert "***" in blotted(line)


@pytest.mark.parametrize(
    "line",
    [
        "https://gazeta.example/2026/05/ana@office.example/ answered 500",
        "a basic fault while reading row 12",
        "ValueError: not a token: x",
    ],
)
def test_other_words_stay(line: str) -> None:
    assert blotted(line) == line


def test_a_site_that_gives_our_log_in_back_in_a_broken_header_leaves_no_trace(
    tmp_path: Path,
) -> None:
    place = tmp_path / "crawl.log"
    with logged(place):
        logging.getLogger("urllib3.connection").warning("Failed to parse headers: %s", PAIR)
        logging.getLogger("scrapy.core").warning("Authorization: Basic %s", PAIR)
        fault = ValueError(f"Authorization: Basic {PAIR}")
        logging.getLogger("crawler").error("our own fault", exc_info=fault)
    told = place.read_text("utf-8")
    assert PAIR not in told
    assert told.count("***") >= 2
    assert "Failed to parse" not in told


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_log_is_its_owners_alone(tmp_path: Path) -> None:
    place, older = tmp_path / "crawl.log", tmp_path / "crawl.log.1"
    older.write_text("x", "utf-8")
    for path in (place, older):
        path.touch()
        path.chmod(0o644)
    with logged(place):
        logging.getLogger("scrapy.core").warning("250 ana@reader.example")
    assert [path.stat().st_mode & 0o777 for path in (place, older)] == [0o600, 0o600]
    assert "ana@reader.example" in place.read_text("utf-8")
