"""Packed answers are unpacked by what their bytes are, whatever is said of them."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
import zstandard

from crawler.reading import Unreadable
from crawler.reading.packing import TooLarge, ungzipped, unpacked

TEXT = "".join(
    f"<item><title>Lajmi {n} është këtu</title><guid>{n * 7919}</guid></item>" for n in range(400)
).encode()
MOST = 1_000_000


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


PACK = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "deflate-raw": raw_deflate,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}
names = pytest.mark.parametrize("name", PACK)


@names
def test_as_it_is_said(name: str) -> None:
    found = unpacked(PACK[name](TEXT), [name.removesuffix("-raw")], most=MOST)
    assert (found.body, found.whole) == (TEXT, True)


@names
@pytest.mark.parametrize(
    "plain",
    [TEXT, b"", b"{}", b"[]", b"User-agent: *\n", "lajme të reja".encode("cp1252"), b"\x00\x01x"],
    ids=["feed", "empty", "json", "list", "robots", "latin-1", "binary"],
)
def test_packed_is_said_and_plain_is_sent(name: str, plain: bytes) -> None:
    assert unpacked(plain, [name.removesuffix("-raw")], most=MOST).body == plain


@pytest.mark.parametrize("said", [[], ["identity"], ["utf-8"], ["none"], ["br"], ["deflate"]])
def test_gzip_that_is_not_said(said: list[str]) -> None:
    assert unpacked(gzip.compress(TEXT), said, most=MOST).body == TEXT


@pytest.mark.parametrize("outer", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("said", [1, 2])
def test_packed_twice(outer: str, said: int) -> None:
    body = PACK[outer](gzip.compress(TEXT))
    assert unpacked(body, [["gzip", outer], [outer]][said - 1], most=MOST).body == TEXT


def test_several_codings_in_their_order() -> None:
    body = brotli.compress(zlib.compress(TEXT))
    assert unpacked(body, ["deflate", " BR "], most=MOST).body == TEXT


@pytest.mark.parametrize("tail", [b"<!-- 0.2 s -->", b"\0" * 100, b"\n"])
def test_what_stands_behind_gzip_is_left(tail: bytes) -> None:
    found = ungzipped(gzip.compress(TEXT) + tail, most=MOST)
    assert (found.body, found.whole) == (TEXT, True)


@pytest.mark.parametrize("name", ["gzip", "deflate", "deflate-raw", "br"])
def test_what_breaks_off_is_as_far_as_it_came(name: str) -> None:
    packed = PACK[name](TEXT)
    found = unpacked(packed[: len(packed) * 2 // 3], [name.removesuffix("-raw")], most=MOST)
    assert TEXT.startswith(found.body)
    assert 0 < len(found.body) < len(TEXT)
    assert not found.whole


def test_damaged_gzip_gives_what_came_before_the_fault() -> None:
    packed = bytearray(gzip.compress(TEXT * 40, 1))
    packed[-200:-100] = b"\0" * 100
    found = ungzipped(bytes(packed), most=10 * MOST)
    assert found.body[:1000] == TEXT[:1000]
    assert not found.whole


@pytest.mark.parametrize(
    "head",
    [b"\x08\0\0\0\0\0\x03lajme.xml\0", b"\x10\0\0\0\0\0\x03x\0", b"\x04\0\0\0\0\0\x03\x02\0ab",
     b"\x02\0\0\0\0\0\x03cc", b"\x1e\0\0\0\0\0\x03\x01\0an\0c\0hh"],
    ids=["name", "comment", "extra", "checked", "all"],
)  # fmt: skip
def test_heads_and_feet_of_gzip(head: bytes) -> None:
    packed = b"\x1f\x8b\x08" + head + raw_deflate(TEXT)
    whole = gzip.compress(TEXT)[-8:]
    for foot in (whole, b"", whole[:3], whole + gzip.compress(b"")):
        found = ungzipped(packed + foot, most=MOST)
        assert (found.body, found.whole) == (TEXT, True)


def test_gzip_of_which_nothing_comes() -> None:
    with pytest.raises(Unreadable):
        ungzipped(b"\x1f\x8b\x08\0\0", most=MOST)
    assert unpacked(b"\x1f\x8b\x08\0\0", ["gzip"], most=MOST).body == b"\x1f\x8b\x08\0\0"


@names
def test_a_bomb_is_refused_before_it_is_whole(name: str) -> None:
    with pytest.raises(TooLarge, match="more than 0 MB"):
        unpacked(PACK[name](b"a" * 5 * MOST), [name.removesuffix("-raw")], most=MOST)


def test_gzip_that_is_not_said_and_too_large_is_left_to_its_reader() -> None:
    bomb = gzip.compress(b"a" * 5 * MOST)
    assert unpacked(bomb, [], most=MOST).body == bomb


def test_packed_without_end() -> None:
    body = TEXT
    for _ in range(9):
        body = gzip.compress(body)
    assert ungzipped(body, most=MOST).body.startswith(b"\x1f\x8b")
