"""The post at the desk: moved about in the form, looked at, saved into its own document."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.limits import OUR_VIDEO
from jehona.desk.guard import LARGEST_FORM, LARGEST_WITH_MEDIA
from tests.desk.conftest import Desk
from tests.desk.test_post_media import DOT, FILM
from tests.pages.conftest import HOST, Browser, Sit
from tests.pages.forms import Typed, form_of
from tests.record.pieces import piece

AT = "/events/festa/post"
HOSTILE = (
    '<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3)) "q" {{7*7}}'
)
DOCUMENT = f"""\
# e jona
title = "Festa në media"   # titulli
left_out = ["{piece(3).url}"]  # jashtë

# hyrja
[[block]]
text = "Mediat shkruan:"

# nga gazeta
[[block]]
outlet = "gazeta-shembull"
pieces = [
  "{piece(1).url}",  # i pari
  "{piece(2).url}",  # i dyti
]
"""


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(html.unescape(answer.text).split())


@pytest.fixture
def ana(sit: Sit, filled: Desk) -> Browser:
    return sit(filled.root).enter()


@pytest.fixture
def file(filled: Desk) -> Path:
    """The editor's own document."""
    place = filled.root / "posts" / "festa.sq.toml"
    place.parent.mkdir()
    place.write_text(DOCUMENT, "utf-8")
    return place


def hand(ana: Browser) -> Typed:
    return form_of(ana.get(AT).text)


def press(ana: Browser, form: Typed, button: str, status: int = 200, **options: Any) -> Typed:
    """Presses a button of the form; the form as it stands then."""
    answer = ana.post(AT, form.sent(do=button), **options)
    assert answer.status_code == status, answer.text
    return form_of(answer.text)


def save(ana: Browser, form: Typed) -> None:
    answer = ana.post(AT, form.sent(do="save"))
    assert answer.status_code == 303, answer.text


def test_a_proposal_is_shown_and_written_at_the_first_save(ana: Browser, filled: Desk) -> None:
    place = filled.root / "posts" / "festa.sq.toml"
    page = ana.get(AT).text
    assert "proposed, not written yet" in page
    assert page.count("<h1") == 1
    assert not place.exists()
    save(ana, form_of(page))
    text = place.read_text("utf-8")
    assert text.count("libri-") == 3
    assert "# Gazeta Shembull: Libri 1" in text
    assert "posts/festa.sq.toml" in read(ana.get(AT))


def test_saved_as_it_was_read_not_a_sign_changes(ana: Browser, file: Path) -> None:
    save(ana, hand(ana))
    assert file.read_text("utf-8") == DOCUMENT


def test_a_block_and_a_piece_move_with_what_is_said_of_them(ana: Browser, file: Path) -> None:
    form = press(ana, hand(ana), "down:b0")
    assert form.rows == ["b1", "p0", "p1", "b0", "tray", "left", "p2"]
    form = press(ana, form, "down:p0")
    save(ana, form)
    assert (
        file.read_text("utf-8")
        == f"""\
# e jona
title = "Festa në media"   # titulli
left_out = ["{piece(3).url}"]  # jashtë

# nga gazeta
[[block]]
outlet = "gazeta-shembull"
pieces = [
  "{piece(2).url}",  # i dyti
  "{piece(1).url}",  # i pari
]

# hyrja
[[block]]
text = "Mediat shkruan:"
"""
    )


def test_desk_and_editor_write_in_turn(ana: Browser, file: Path) -> None:
    form = hand(ana)
    form["b0-text"] = "Fjalë\r\ntë reja.\r\n\r\n- një\r\n- dy"
    save(ana, form)
    by_hand = file.read_text("utf-8").replace("# nga gazeta", "# nga gazeta\n# fjala e redaktorit")
    file.write_text(by_hand + f'\n[[block]]\nheading = "Në TV"\npieces = ["{piece(3).url}"] # tv\n')
    form = hand(ana)
    assert form["b2-heading"] == "Në TV"
    form["p0-headline"] = "Fjalët tona"
    form["p0-genre"] = "interview"
    save(ana, press(ana, form, "up:b2"))
    text = file.read_text("utf-8")
    assert text.index("Në TV") < text.index("# nga gazeta\n# fjala e redaktorit\n[[block]]")
    for kept in ("# e jona", "# titulli", "# hyrja", "# tv", "# i dyti", "# i pari"):
        assert kept in text
    assert 'headline = "Fjalët tona", genre = "interview" },  # i pari' in text
    assert 'text = """\nFjalë\ntë reja.\n\n- një\n- dy"""' in text


def test_two_browsers_lose_nobody_s_words(ana: Browser, sit: Sit, filled: Desk, file: Path) -> None:
    besa = sit(filled.root).enter("Besa")
    mine, hers = hand(ana), hand(besa)
    hers["b0-text"] = "Fjalët e Besës."
    mine["b0-text"] = "Fjalët e Anës."
    save(besa, hers)
    form = press(ana, mine, "save", 409)
    assert file.read_text("utf-8").count("Fjalët e Besës.") == 1
    assert form["b0-text"] == "Fjalët e Anës."
    assert "Fjalët e Besës." in form["other"]
    # from theirs: mine stands beside it
    from_theirs = press(ana, form, "theirs")
    assert from_theirs["b0-text"] == "Fjalët e Besës."
    assert "Fjalët e Anës." in from_theirs["other"]
    # from mine: theirs is laid aside, comments stay
    save(ana, form)
    text = file.read_text("utf-8")
    assert "Fjalët e Anës." in text
    assert "# hyrja" in text
    (aside,) = (filled.root / "var" / "replaced").iterdir()
    assert "Fjalët e Besës." in aside.read_text("utf-8")


def test_a_third_hand_in_between_is_told_too(ana: Browser, file: Path) -> None:
    form = hand(ana)
    file.write_text(DOCUMENT + "# një\n", "utf-8")
    form = press(ana, form, "save", 409)
    file.write_text(DOCUMENT + "# dy\n", "utf-8")
    press(ana, form, "save", 409)
    assert file.read_text("utf-8").endswith("# dy\n")


def test_the_file_of_somebody_else_is_not_taken_for_none(ana: Browser, filled: Desk) -> None:
    form = press(ana, hand(ana), "add:text")
    place = filled.root / "posts" / "festa.sq.toml"
    place.parent.mkdir()
    place.write_text(DOCUMENT, "utf-8")
    press(ana, press(ana, form, "add:text"), "save", 409)
    assert place.read_text("utf-8") == DOCUMENT


def test_new_pieces_lie_in_the_tray_until_they_are_placed(
    ana: Browser, filled: Desk, file: Path
) -> None:
    filled.keep(piece(7), piece(8))
    form = hand(ana)
    tray = form.rows[form.rows.index("tray") + 1 : form.rows.index("left")]
    assert {form[f"{one}-name"] for one in tray} == {piece(7).url, piece(8).url}
    one, two = tray
    form[f"{one}-to"] = "b1"
    form = press(ana, press(ana, form, f"put:{one}"), f"leave:{two}")
    save(ana, form)
    text = file.read_text("utf-8")
    assert form[f"{one}-name"] in text.partition("[[block]]")[2]
    assert form[f"{two}-name"] in text.partition("[[block]]")[0]
    again = hand(ana)
    left = again.rows[-1]
    save(ana, press(ana, again, f"back:{left}"))
    assert again[f"{left}-name"] not in file.read_text("utf-8")


def test_what_waits_in_the_file_goes_when_it_is_placed(
    ana: Browser, filled: Desk, file: Path
) -> None:
    filled.keep(piece(7), piece(8))
    waiting = (
        f'\n[[block]]\nnew = [\n  "{piece(7).url}",  # shtatë\n  "{piece(8).url}",  # tetë\n]\n'
    )
    file.write_text(DOCUMENT + waiting, "utf-8")
    form = hand(ana)
    one = next(row for row in form.rows if form.get(f"{row}-name") == piece(7).url)
    form[f"{one}-to"] = "b1"
    save(ana, press(ana, form, f"put:{one}"))
    text = file.read_text("utf-8")
    assert text.index("# shtatë") < text.index("new = [")
    assert text.count(piece(7).url) == 1
    assert "# tetë" in text.partition("new = [")[2]


def test_blocks_come_and_go(ana: Browser, file: Path) -> None:
    form = hand(ana)
    form["new-video"] = "https://www.youtube.com/watch?v=abc"
    form["after"] = "b0"
    form = press(ana, form, "add:video")
    form["b2-caption"], form["after"] = "Ora 19:30", "b0"
    form = press(ana, form, "add:pieces")
    form["b3-heading"] = "Në TV"
    form["p0-to"] = "b3"
    form = press(ana, form, "put:p0")
    form = press(ana, press(ana, form, "add:chart"), "take:b0")
    save(ana, form)
    text = file.read_text("utf-8")
    assert 'video = "https://www.youtube.com/watch?v=abc"\ncaption = "Ora 19:30"' in text
    assert text.index("Në TV") < text.index("gazeta-shembull")
    assert 'chart = "days"' in text
    assert "Mediat shkruan" not in text


def test_a_block_taken_away_leaves_its_pieces_in_the_tray(ana: Browser, file: Path) -> None:
    form = press(ana, hand(ana), "take:b1")
    assert form.rows == ["b0", "tray", "p0", "p1", "left", "p2"]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", "", "title"),
        ("slug", "Jo Kështu!", "a slug has only a-z"),
        ("b1-heading", "Dhe titull", "outlet or a heading"),
        ("above-file", "../../jehona.toml", "media/"),
        ("above-file", "askund.png", "askund.png"),
        ("p0-name", "a_askund", "the record has no piece"),
        ("tags", "x" * 600, "one line of at most 500"),
    ],
)
def test_what_no_document_may_hold_is_refused_and_stays_typed(
    ana: Browser, file: Path, field: str, value: str, told: str
) -> None:
    form = hand(ana)
    form[field] = value
    answer = ana.post(AT, form.sent(do="save"))
    assert told in read(answer, 400)
    assert form_of(answer.text).get(field) == value
    assert file.read_text("utf-8") == DOCUMENT


def test_a_heading_without_pieces_is_refused(ana: Browser, file: Path) -> None:
    form = press(ana, hand(ana), "add:pieces")
    form["b2-heading"] = "Në TV"
    assert '"Në TV" has no piece' in read(ana.post(AT, form.sent(do="save")), 400)
    assert "Në TV" not in file.read_text("utf-8")


def test_hostile_words_are_words(ana: Browser, file: Path) -> None:
    form = hand(ana)
    form["title"] = form["b0-text"] = form["p0-headline"] = form["b1-heading"] = HOSTILE
    form["b1-outlet"] = ""
    page = ana.post(AT, form.sent(do="add:text")).text
    for shown in (page, ana.post(f"{AT}/preview", form.sent()).text):
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert 'href="javascript:' not in shown
    save(ana, form)
    assert form_of(ana.get(AT).text)["b0-text"] == HOSTILE
    assert "<script>alert" not in ana.get(f"{AT}/file?form=html").text


def test_it_is_looked_at_in_a_sandbox_without_a_network(ana: Browser, file: Path) -> None:
    form = hand(ana)
    form["new-video"] = "https://www.youtube.com/watch?v=abc"
    form = press(ana, form, "add:video")
    answer = ana.post(f"{AT}/preview", form.sent())
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'; img-src data:")
    assert "<iframe" not in answer.text
    assert "▶" in answer.text
    assert "sandbox" in ana.get(f"{AT}/preview").headers["content-security-policy"]
    form["title"] = ""
    assert "title" in read(ana.post(f"{AT}/preview", form.sent()))


def test_readiness_stands_beside_what_is_in_hand(ana: Browser, filled: Desk, file: Path) -> None:
    filled.keep(piece(7))
    assert "not placed" in read(ana.get(AT)).lower()
    form = hand(ana)
    (one,) = [row for row in form.rows if form.get(f"{row}-name") == piece(7).url]
    page = read(ana.post(AT, form.sent(do=f"leave:{one}")))
    assert "1 piece not placed" not in page.lower()


@pytest.mark.parametrize("form", ["md", "html", "text", "blocks", "docx"])
def test_it_is_taken_along_in_every_form(ana: Browser, file: Path, form: str) -> None:
    answer = ana.get(f"{AT}/file?form={form}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    body = answer.content
    assert body[:2] == b"PK" if form == "docx" else "Mediat shkruan" in body.decode()


def test_a_form_that_is_none_is_refused(ana: Browser, file: Path) -> None:
    read(ana.get(f"{AT}/file?form=exe"), 400)


# --- files -----------------------------------------------------------------------------------


def sends(ana: Browser, name: str, body: bytes, where: str = "block", **words: str) -> Any:
    form = hand(ana)
    fields = form.sent(do=f"upload:{where}") | words
    return ana.post(AT, fields, files={"upload": (name, body)})


def test_a_picture_and_a_video_are_brought(ana: Browser, filled: Desk, file: Path) -> None:
    form = form_of(sends(ana, "Salla e madhe.PNG", DOT, **{"upload-alt": "Salla"}).text)
    save(ana, form)
    text = file.read_text("utf-8")
    assert 'picture = "salla-e-madhe.png"\nalt = "Salla"' in text
    assert (filled.root / "media" / "salla-e-madhe.png").read_bytes() == DOT
    save(ana, form_of(sends(ana, "film.mp4", FILM).text))
    assert 'video = "film.mp4"' in file.read_text("utf-8")
    save(ana, form_of(sends(ana, "sipër.jpg", DOT, "above").text))
    assert '[picture]\nfile = "siper.png"' in file.read_text("utf-8")


def test_no_file_of_the_same_name_is_written_over(ana: Browser, filled: Desk, file: Path) -> None:
    media = filled.root / "media"
    media.mkdir()
    (media / "salla.png").write_bytes(b"tjetra")
    sends(ana, "salla.png", DOT)
    sends(ana, "salla.png", DOT)
    assert sorted(one.name for one in media.iterdir()) == ["salla-2.png", "salla.png"]
    assert (media / "salla.png").read_bytes() == b"tjetra"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("vektor.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("vektor.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("program.jpg", b"MZ\x90\x00" + b"\x00" * 200),
        ("program.mp4", b"\x7fELF" + b"\x00" * 200),
        ("faqe.gif", b"<html><script>alert(1)</script>"),
        ("i-prishur.png", DOT[:40]),
        ("bosh.png", b""),
        ("../../jehona.toml", DOT),
        ("..\\..\\jehona.png", DOT),
        ("/etc/passwd.png", DOT),
    ],
)
def test_what_is_no_picture_or_has_a_path_is_refused_and_said(
    ana: Browser, filled: Desk, file: Path, name: str, body: bytes
) -> None:
    before = (filled.root / "jehona.toml").read_bytes()
    assert 'role="alert"' in read(sends(ana, name, body), 400)
    media = filled.root / "media"
    assert not media.exists() or not any(media.iterdir())
    assert (filled.root / "jehona.toml").read_bytes() == before


def test_a_picture_above_the_limit_is_refused(
    ana: Browser, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jehona.actions.media_files.OUR_PICTURE", 50)
    assert "larger than" in read(sends(ana, "salla.png", DOT), 400)


def test_a_form_has_room_for_a_video_and_not_for_more(
    ana: Browser, sit: Sit, filled: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LARGEST_FORM < OUR_VIDEO < LARGEST_WITH_MEDIA
    film = FILM + bytes(LARGEST_FORM)
    assert form_of(sends(ana, "film.mp4", film).text)["b2-file"] == "film.mp4"
    # who did not come in sends no such form
    form, stranger = hand(ana).sent(do="upload:block"), sit(filled.root)
    assert stranger.post(AT, form, files={"upload": ("film.mp4", film)}).status_code == 413


def test_a_gigabyte_is_refused_said_and_kept_nowhere(ana: Browser, filled: Desk) -> None:
    def much() -> Iterator[bytes]:
        yield b'--x\r\ncontent-disposition: form-data; name="upload"; filename="f.mp4"\r\n\r\n'
        for _ in range(1_000):
            yield bytes(1_000_000)

    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = ana.client.post(AT, content=much(), headers={"origin": HOST, **kind})
    assert "larger than any form here takes: 140 MB" in read(answer, 413)
    assert not (filled.root / "media").exists()


# --- around ------------------------------------------------------------------------------------


def test_a_document_that_is_wrong_is_told_with_its_line(ana: Browser, file: Path) -> None:
    file.write_text('title = "x"\ntitel = "y"\n', "utf-8")
    assert "titel" in read(ana.get(AT))


def test_a_layout_that_cannot_be_kept_is_refused(ana: Browser, file: Path) -> None:
    laid_out = 'title = "x"\nblock = [{ text = "një" }, { text = "dy" }]  # në një rresht\n'
    file.write_text(laid_out, "utf-8")
    form = hand(ana)
    form["b0-text"] = "tjetër"
    assert "make it in an editor" in read(ana.post(AT, form.sent(do="save")), 400)
    assert file.read_text("utf-8") == laid_out


def test_the_other_language_has_a_document_of_its_own(ana: Browser, filled: Desk) -> None:
    form = form_of(ana.get(f"{AT}?language=en").text)
    assert form["language"] == "en"
    save(ana, form)
    assert (filled.root / "posts" / "festa.en.toml").exists()


def test_before_anything_was_gathered(sit: Sit, desk: Desk) -> None:
    assert read(sit(desk.root).enter().get(AT)).count("<h1") == 1


def test_a_button_that_is_none_changes_nothing(ana: Browser, file: Path) -> None:
    form = press(ana, hand(ana), "up:b77", 400)
    assert form.rows[:2] == ["b0", "b1"]
    assert re.search("b1", file.read_text("utf-8")) is None
