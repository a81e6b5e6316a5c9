"""Copies of pictures that outlets name: asked for by choice, as a guest, and bounded."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image as Photo

from crawler.limits import THEIR_DOTS
from crawler.run import fetch_pictures
from jehona.demo import Desk, Post
from jehona.demo.answers import Answer, Ask, moved, page
from jehona.demo.faults import Fault, Genuine
from tests.gather.conftest import Opened
from tests.gather.pressroom import Pressroom, Typed

EVENT = """title = "Festa e Librit"
date = 2026-05-12
from = 2026-05-10
to = 2026-05-21
zone = "Europe/Tirane"
[keywords]
any = [["festa", "libri"]]
"""
WINDOW = ("--since", "2026-05-10", "--until", "2026-05-21")
SECRET = b"GPS 41.3275 19.8187"


def photograph(side: int = 900, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    more = {"comment": SECRET} if kind == "JPEG" else {}
    Photo.new("RGB", (side, side // 2), (122, 31, 43)).save(out, kind, **more)
    return out.getvalue() + SECRET


def bomb() -> bytes:
    """A PNG of few bytes that says it has more dots than are unpacked."""
    width = 40_000
    assert width * width > THEIR_DOTS
    head = struct.pack(">IIBBBBB", width, width, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    body = zlib.compress(b"\0" * 5_001)
    parts = (b"IHDR", head), (b"IDAT", body), (b"IEND", b"")
    made = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    assert chunk in made
    return b"\x89PNG\r\n\x1a\n" + made


def picture(body: bytes, kind: str = "image/jpeg") -> Answer:
    return Answer(status=200, headers=(("Content-Type", kind),), body=body)


def desk_of(*pictures: str, slug: str = "fletorja") -> Desk:
    """A desk with a piece a picture."""
    posts = [
        Post(
            headline=f"Festa e librit, dita {n}",
            at=f"2026-05-{11 + n}T10:00:00",
            text="Libri.",
            html=f'<p>Festa e librit hapet.</p><img src="{address}">',
        )
        for n, address in enumerate(pictures)
    ]
    return Desk(slug=slug, name=f"{slug.capitalize()} e Bregut", posts=posts)


def gallery(desk: Desk, answers: Mapping[str, Answer]) -> None:
    """The desk has these files."""

    def spoil(ask: Ask, genuine: Genuine) -> Answer:
        return answers.get(ask.target) or genuine()

    desk.fault = Fault(name="gallery", spoil=spoil, only=r"^/(?:foto|robots)")


def gathered(room: Pressroom, desk: Desk) -> None:
    room.outlet(desk, "wordpress")
    (room.folder / "events/festa.toml").write_text(EVENT, "utf-8")
    assert room.crawl(*WINDOW, outlets=[desk]).code == 0


def asked(room: Pressroom, desk: Desk) -> list[str]:
    return [target for target in room.asked(desk) if target.startswith("/foto")]


def copies(room: Pressroom) -> list[Path]:
    return sorted((room.folder / "var/pictures").glob("*.jpg"))


def reasons(typed: Typed) -> list[str | None]:
    rows = sorted(typed.json["pictures"], key=lambda row: str(row["picture"]))
    return [row["reason"] for row in rows]


def test_a_copy_is_made_by_choice_alone_and_shown_by_choice_alone(
    opened: Opened, tmp_path: Path
) -> None:
    desk = desk_of("/foto/1.jpg", "/foto/1.jpg", "/foto/2.png")
    gallery(
        desk, {"/foto/1.jpg": picture(photograph()), "/foto/2.png": picture(photograph(60, "PNG"))}
    )
    with opened(desk) as room:
        gathered(room, desk)
        assert asked(room, desk) == []
        told = room.type("pictures", "festa", "--json")
        assert (told.code, [row["new"] for row in told.json["pictures"]]) == (0, [True] * 3)
        assert sorted(asked(room, desk)) == ["/foto/1.jpg", "/foto/2.png"]
        again = room.type("pictures", "festa", "--json")
        assert [row["new"] for row in again.json["pictures"]] == [False] * 3
        before = room.asked(desk)
        shown = {}
        for name, more in (("without", ()), ("with", ("--pictures",))):
            file = tmp_path / f"{name}.html"
            room.type("report", "festa", "-f", "html", "-o", str(file), *more)
            shown[name] = file.read_text("utf-8")
        assert room.asked(desk) == before
        posted = [
            room.type("roundup", "festa", "--format", form).out for form in ("html", "blocks")
        ]
        assert [("Festa e librit" in post, "image/jpeg" in post) for post in posted] == [
            (True, False), (True, False),
        ]  # fmt: skip
    assert "data:image/jpeg" not in shown["without"]
    assert shown["with"].count("data:image/jpeg") == 3
    assert shown["with"].count("Fletorja e Bregut</small>") == 3


def test_copies_are_small_anew_private_and_go_when_asked(opened: Opened) -> None:
    desk = desk_of("/foto/1.jpg")
    gallery(desk, {"/foto/1.jpg": picture(photograph(3_000))})
    with opened(desk) as room:
        gathered(room, desk)
        room.type("pictures", "festa")
        (file,) = copies(room)
        body = file.read_bytes()
        assert SECRET not in body
        assert file.stat().st_mode & 0o777 == 0o600
        with Photo.open(io.BytesIO(body)) as read:
            assert (read.format, read.size) == ("JPEG", (480, 240))
        assert room.type("pictures", "festa", "--remove").out.strip() == "1 copy deleted"
        assert copies(room) == []
        room.type("pictures", "festa")
        assert room.type("prune", "--outlet", "fletorja").code == 0
        assert copies(room) == []


HOSTILE = {
    "/foto/0-bomb.png": (picture(bomb(), "image/png"), "unreadable"),
    "/foto/1.svg.jpg": (picture(b"<svg xmlns='x'><script/></svg>", "image/svg+xml"), "unreadable"),
    "/foto/2-page.jpg": (page(200, "<html><title>Faqja</title><p>Fjalë</p></html>"), "unreadable"),
    "/foto/3-pdf.jpg": (picture(b"%PDF-1.7 ", "application/pdf"), "unreadable"),
    "/foto/4-cut.jpg": (picture(photograph()[:200]), "unreadable"),
    "/foto/5-gone.jpg": (page(404, "Nuk ka"), "not-found"),
    "/foto/6-closed.jpg": (page(403, "Jo"), "forbidden"),
    "/foto/7-away.jpg": (moved("http://tjeter.example/f.jpg", 302), "off-limits"),
    "/foto/8-inside.jpg": (moved("http://10.0.0.1/f.jpg", 302), "off-limits"),
    "/foto/9-loop.jpg": (moved("/foto/9-loop.jpg", 302), "redirects"),
}


def test_what_is_no_picture_of_theirs_is_refused_one_by_one(opened: Opened) -> None:
    desk = desk_of(*HOSTILE, "/foto/good.jpg")
    answers = {path: answer for path, (answer, _) in HOSTILE.items()}
    gallery(desk, {**answers, "/foto/good.jpg": picture(photograph())})
    with opened(desk) as room:
        gathered(room, desk)
        told = room.type("pictures", "festa", "--json")
        assert (told.code, len(copies(room))) == (3, 1)
    assert reasons(told) == [*(reason for _, reason in HOSTILE.values()), None]


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.1/foto.jpg",
        "http://169.254.169.254/latest/meta-data/f.jpg",
        "http://[::1]:8470/f.jpg",
        "http://127.0.0.1:1/f.jpg",
        "http://localhost:1/f.jpg",
    ],
)
def test_a_private_address_that_a_page_names_is_never_asked(opened: Opened, address: str) -> None:
    desk = desk_of(address)
    with opened(desk) as room:
        gathered(room, desk)
        told = room.type("pictures", "festa", "--json")
        assert told.code == 1
        assert reasons(told) == ["private-address"]


def test_a_picture_on_another_machine_of_ours_is_no_strangers(opened: Opened) -> None:
    stranger = desk_of(slug="mikpritesi")
    with opened(stranger, desk := desk_of("/foto/x.jpg")) as room:
        theirs = f'<p>Festa e librit.</p><img src="{stranger.address}/foto/x.jpg">'
        desk.edit(101, at="2026-05-12T10:00:00", html=theirs)
        gathered(room, desk)
        told = room.type("pictures", "festa", "--json")
        assert reasons(told) == ["private-address"]
        assert room.asked(stranger) == []


def test_robots_txt_holds_for_pictures_too(opened: Opened) -> None:
    desk = desk_of("/foto/1.jpg")
    rules = page(200, "User-agent: *\nDisallow: /foto/\n", content_type="text/plain")
    gallery(desk, {"/foto/1.jpg": picture(photograph()), "/robots.txt": rules})
    with opened(desk) as room:
        gathered(room, desk)
        assert reasons(room.type("pictures", "festa", "--json")) == ["robots"]
        assert asked(room, desk) == []


def test_a_host_that_is_too_busy_is_left_in_peace(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch_pictures, "MOST_PICTURES", 2)
    desk = desk_of(*(f"/foto/{n}.jpg" for n in range(3)))
    busy = page(429, "Prisni").but(headers=(("Retry-After", "3600"),))
    gallery(desk, {f"/foto/{n}.jpg": busy for n in range(3)})
    with opened(desk) as room:
        gathered(room, desk)
        told = room.type("pictures", "festa")
        assert len(asked(room, desk)) == 1
        assert told.code == 1
        rows = [line for line in told.out.splitlines() if line.startswith("Fletorja")]
        assert [("429" in row, "ask again" in row) for row in rows] == [
            (True, False), (True, False), (False, True),
        ]  # fmt: skip


def test_a_piece_without_a_picture_is_told(opened: Opened) -> None:
    desk = desk_of("data:image/gif;base64,x")
    with opened(desk) as room:
        gathered(room, desk)
        told = room.type("pictures", "festa")
        assert (told.code, "1 piece names no picture" in told.out) == (0, True)
