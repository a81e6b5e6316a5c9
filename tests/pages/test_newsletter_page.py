"""The newsletter at the desk: an issue begun, arranged, saved, tested, and sent once to each."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import pytest

from tests.desk.conftest import Desk
from tests.desk.test_post_media import DOT, FILM
from tests.mail.conftest import Postbox
from tests.pages.conftest import Browser, Sit
from tests.pages.forms import Typed, form_of
from tests.publishing.pretend import SECRET, USER, pretending
from tests.record.pieces import piece

AT = "/newsletters/7"
HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3))"
ISSUE = f"""\
# e jona
number = 7   # shtatë
title = "Buletini"
event = "festa"

# i pari
[[entry]]
url = "{piece(1).url}"
# headline = "Libri 1"

# njoftimi
[[entry]]
headline = "Njoftim pa faqe"  # pa lidhje
excerpt = "Fjalët tona."

# 1 more to choose from
# [[entry]]
# url = "https://tjeter.example/"
"""


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(html.unescape(answer.text).split())


@pytest.fixture
def file(filled: Desk) -> Path:
    place = filled.root / "newsletters" / "7.toml"
    place.parent.mkdir()
    place.write_text(ISSUE, "utf-8")
    return place


@pytest.fixture
def ana(sit: Sit, filled: Desk) -> Browser:
    return sit(filled.root).enter()


@pytest.fixture
def posted(filled: Desk, file: Path, postbox: Postbox) -> Postbox:
    """An office with a mail server."""
    toml = filled.root / "jehona.toml"
    told = f'[smtp]\nhost = "127.0.0.1"\nport = {postbox.port}\nfrom = "z@office.example"\n'
    toml.write_text(toml.read_text("utf-8") + told, "utf-8")
    return postbox


def hand(ana: Browser) -> Typed:
    return form_of(ana.get(AT).text)


def press(ana: Browser, form: Typed, button: str, status: int = 200, **options: Any) -> Typed:
    answer = ana.post(AT, form.sent(do=button), **options)
    assert answer.status_code == status, answer.text
    return form_of(answer.text)


def save(ana: Browser, form: Typed) -> None:
    answer = ana.post(AT, form.sent(do="save"))
    assert answer.status_code == 303, answer.text


# --- begun -----------------------------------------------------------------------------------


def test_none_yet_and_the_first_one(ana: Browser, filled: Desk) -> None:
    page = ana.get("/newsletters").text
    assert page.count("<h1") == 1
    assert 'value="1"' in page
    answer = ana.post("/newsletters", {"number": "1", "event": "festa"})
    assert answer.headers["location"] == "/newsletters/1"
    assert piece(1).url in (filled.root / "newsletters" / "1.toml").read_text("utf-8")
    assert "Issue 1" in read(ana.get("/newsletters"))


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("2025-05-01", "2025-05-31", 303),
        ("2025-05-10", "2025-05-10", 303),
        ("2025-05-11", "", 400),
        ("", "2025-05-09", 400),
        ("10.5.2025", "", 400),
        ("", "", 400),
    ],
)
def test_from_the_events_of_a_period(ana: Browser, first: str, last: str, status: int) -> None:
    form = {"number": "1", "first": first, "last": last}
    assert ana.post("/newsletters", form).status_code == status


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "9" * 30, "²"])
def test_a_number_that_is_none(ana: Browser, filled: Desk, number: str) -> None:
    read(ana.post("/newsletters", {"number": number, "event": "festa"}), 400)
    assert not (filled.root / "newsletters").exists()


def test_no_issue_is_written_over(ana: Browser, file: Path) -> None:
    assert "stands already" in read(
        ana.post("/newsletters", {"number": "7", "event": "festa"}), 400
    )
    assert file.read_text("utf-8") == ISSUE


@pytest.mark.parametrize("path", ["8", "x", "..%2f..%2fjehona", "²", "0007000000"])
def test_an_issue_that_is_none(ana: Browser, file: Path, path: str) -> None:
    assert ana.get(f"/newsletters/{path}").status_code == 404


def test_a_file_that_is_wrong_is_told(ana: Browser, file: Path) -> None:
    file.write_text("number = 7\nnumer = 8\n", "utf-8")
    assert "numer" in read(ana.get("/newsletters"))
    assert "numer" in read(ana.get(AT))


# --- arranged --------------------------------------------------------------------------------


def test_saved_as_it_was_read_not_a_sign_changes(ana: Browser, file: Path) -> None:
    save(ana, hand(ana))
    assert file.read_text("utf-8") == ISSUE


def test_an_entry_moves_with_what_is_said_of_it(ana: Browser, file: Path) -> None:
    save(ana, press(ana, hand(ana), "down:e0"))
    text = file.read_text("utf-8")
    assert text.index("# njoftimi\n[[entry]]") < text.index("# i pari\n[[entry]]")
    assert text.endswith(
        '# 1 more to choose from\n# [[entry]]\n# url = "https://tjeter.example/"\n'
    )
    for kept in ("# e jona", "# shtatë", "# pa lidhje", '# headline = "Libri 1"'):
        assert kept in text


def test_entries_come_from_the_tray_and_go_back(ana: Browser, file: Path) -> None:
    form = hand(ana)
    tray = form.rows[form.rows.index("tray") + 1 :]
    assert {form[f"{one}-url"] for one in tray} == {piece(2).url, piece(3).url}
    form = press(ana, press(ana, form, f"put:{tray[0]}"), "take:e1")
    save(ana, form)
    text = file.read_text("utf-8")
    assert form[f"{tray[0]}-url"] in text
    assert "Njoftim pa faqe" not in text


def test_own_entries_settings_and_pictures(ana: Browser, filled: Desk, file: Path) -> None:
    form = hand(ana)
    answer = ana.post(AT, form.sent(do="upload:above"), files={"upload": ("Sheshi.png", DOT)})
    form = press(ana, form_of(answer.text), "own")
    own = form.rows[form.rows.index("tray") - 1]
    form[f"{own}-headline"], form[f"{own}-excerpt"] = "E jona", "Dy\r\nrreshta."
    form[f"{own}-section"], form[f"{own}-file"] = "Puna jonë", "sheshi.png"
    form["layout"], form["sections"] = "list", "1"
    form["unsubscribe"] = "mailto:z@office.example"
    save(ana, form)
    text = file.read_text("utf-8")
    assert 'picture = {file = "sheshi.png"}' in text
    assert 'excerpt = """\nDy\nrreshta."""' in text
    assert 'layout = "list"' in text
    assert "data:image/png" in ana.get(f"{AT}/preview").text
    assert hand(ana)["sections"] == "1"


def test_two_browsers_lose_nobody_s_words(ana: Browser, sit: Sit, filled: Desk, file: Path) -> None:
    besa = sit(filled.root).enter("Besa")
    mine, hers = hand(ana), hand(besa)
    hers["title"], mine["title"] = "E Besës", "E Anës"
    save(besa, press(besa, hers, "down:e0"))
    form = press(ana, mine, "save", 409)
    assert form["title"] == "E Anës"
    assert "E Besës" in form["other"]
    from_theirs = press(ana, form, "theirs")
    assert from_theirs["title"] == "E Besës"
    assert "E Anës" in from_theirs["other"]
    save(ana, form)
    text = file.read_text("utf-8")
    assert 'title = "E Anës"' in text
    assert "# i pari\n[[entry]]\nurl" in text
    (aside,) = (filled.root / "var" / "replaced").iterdir()
    assert "E Besës" in aside.read_text("utf-8")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("unsubscribe", "http://x.example", "mailto:"),
        ("e0-url", "javascript:alert(1)", "url"),
        ("above-file", "../jehona.toml", "media"),
        ("e0-file", "x.svg", "ends with"),
        ("e1-headline", "", "headline"),
    ],
)
def test_what_no_issue_may_hold_is_refused_and_stays_typed(
    ana: Browser, file: Path, field: str, value: str, told: str
) -> None:
    form = hand(ana)
    form[field] = value
    answer = ana.post(AT, form.sent(do="save"))
    assert told in read(answer, 400)
    assert file.read_text("utf-8") == ISSUE


def test_hostile_words_are_words(ana: Browser, file: Path) -> None:
    form = hand(ana)
    form["title"] = form["introduction"] = form["e1-headline"] = form["e1-excerpt"] = HOSTILE
    form["e1-section"] = HOSTILE
    for path in (AT, f"{AT}/preview"):
        shown = ana.post(path, form.sent(do="own")).text
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert 'href="javascript:' not in shown


def test_a_preview_is_in_a_sandbox(ana: Browser, file: Path) -> None:
    policy = ana.get(f"{AT}/preview").headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize("body", [FILM, b"<svg><script/></svg>", b"MZ\x90"])
def test_only_a_picture_is_taken(ana: Browser, file: Path, body: bytes) -> None:
    answer = ana.post(AT, hand(ana).sent(do="upload:above"), files={"upload": ("x.png", body)})
    assert 'role="alert"' in read(answer, 400)


@pytest.mark.parametrize("form", ["md", "html", "text", "blocks", "docx"])
def test_it_is_taken_along_in_every_form(ana: Browser, file: Path, form: str) -> None:
    body = ana.get(f"{AT}/file?form={form}").content
    assert body[:2] == b"PK" if form == "docx" else "Njoftim pa faqe" in body.decode()


# --- sent ------------------------------------------------------------------------------------


def recipients(filled: Desk, *people: str) -> None:
    place = filled.root / "newsletters" / "recipients.txt"
    place.write_text("\n".join(people), "utf-8")
    place.chmod(0o600)


def test_a_test_goes_to_one_and_is_not_the_issue(
    ana: Browser, filled: Desk, posted: Postbox
) -> None:
    recipients(filled, "a@b.example")
    ana.post(f"{AT}/test", {"to": "a@b.example"})
    assert "The test went to a@b.example." in read(ana.get(AT))
    assert len(posted.mails) == 1
    assert "Send it to 1" in read(ana.get(f"{AT}/list"))


@pytest.mark.parametrize("to", ["", "askush", "a@b.example\r\nBcc: x@y.example", "a@b,c@d.example"])
def test_an_address_that_is_none(ana: Browser, posted: Postbox, to: str) -> None:
    ana.post(f"{AT}/test", {"to": to})
    assert 'class="notice bad"' in ana.get(AT).text
    assert posted.mails == []


def test_the_list_is_counted_confirmed_and_sent_once(
    ana: Browser, filled: Desk, posted: Postbox
) -> None:
    recipients(filled, "a@b.example", "A@B.example", "c@d.example", "e@f.example")
    (filled.root / "newsletters" / "unsubscribed.txt").write_text("c@d.example\n", "utf-8")
    page = ana.get(f"{AT}/list").text
    assert "Send it to 2" in page
    token = page.partition('name="token" value="')[2].partition('"')[0]
    assert posted.mails == []
    ana.post(f"{AT}/list", {"token": token})
    assert "Sent to 2." in read(ana.get(AT))
    assert sorted(str(mail["To"]) for mail in posted.mails) == ["a@b.example", "e@f.example"]
    assert "Nobody is left" in read(ana.get(f"{AT}/list"))
    # the same form once more sends nothing
    assert "look again" in read(ana.post(f"{AT}/list", {"token": token}), 409)
    assert len(posted.mails) == 2


def test_what_changed_since_it_was_looked_at_is_not_sent(
    ana: Browser, filled: Desk, posted: Postbox, file: Path
) -> None:
    recipients(filled, "a@b.example")
    token = ana.get(f"{AT}/list").text.partition('name="token" value="')[2].partition('"')[0]
    recipients(filled, "a@b.example", "c@d.example")
    assert "look again" in read(ana.post(f"{AT}/list", {"token": token}), 409)
    recipients(filled, "a@b.example")
    file.write_text(ISSUE.replace("Fjalët tona", "Fjalë të tjera"), "utf-8")
    assert "look again" in read(ana.post(f"{AT}/list", {"token": token}), 409)
    assert posted.mails == []


def test_without_a_list_or_a_server_it_is_said(ana: Browser, file: Path) -> None:
    assert "no mail server" in read(ana.get(AT))
    assert "no such list" in read(ana.get(f"{AT}/list"))


def test_whom_the_server_refuses_is_named(ana: Browser, filled: Desk, posted: Postbox) -> None:
    recipients(filled, "a@b.example", "c@d.example")
    posted.refused.add("c@d.example")
    token = ana.get(f"{AT}/list").text.partition('name="token" value="')[2].partition('"')[0]
    ana.post(f"{AT}/list", {"token": token})
    assert "c@d.example: " in read(ana.get(AT))
    assert "Send it to 1" in read(ana.get(f"{AT}/list"))


def test_an_issue_is_a_draft_once(
    ana: Browser, filled: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JEHONA_SITE_HOUSE_PASSWORD", SECRET)
    with pretending() as site:
        toml = filled.root / "jehona.toml"
        told = f'[sites.house]\nurl = "{site.url}"\nuser = "{USER}"\n'
        toml.write_text(toml.read_text("utf-8") + told, "utf-8")
        assert "would be made" in read(ana.post(f"{AT}/publish/look", {"site": "house"}))
        assert "The draft is made" in read(ana.post(f"{AT}/publish", {"site": "house"}))
        assert "says all this already" in read(ana.post(f"{AT}/publish", {"site": "house"}))
        assert len(site.posts) == 1
