"""Settings at the desk: jehona.toml by forms, mail and sites tried, backups looked over."""

from __future__ import annotations

import html
import io
import re
import shutil
import threading
import tomllib
from collections.abc import Iterator
from typing import Any

import keyring
import pytest
from PIL import Image

from crawler.config.workspace_file import workspace_digest
from jehona.desk.guard import LARGEST_FORM
from tests.desk.conftest import Desk
from tests.gather.test_sites_login import SECRET, USER, Drawer, Nothing, Pretend, drawer, site
from tests.mail.conftest import PASSWORD, Postbox
from tests.mail.conftest import USER as MAILER
from tests.pages.conftest import Browser, Sit

__all__ = ["drawer", "site"]

AT = "/settings"


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(html.unescape(answer.text).split())


def told(desk: Desk) -> dict[str, Any]:
    return tomllib.loads((desk.root / "jehona.toml").read_text("utf-8"))


def picture(kind: str = "PNG") -> bytes:
    body = io.BytesIO()
    Image.new("RGB", (4, 4), "#7a1f2b").save(body, kind)
    return body.getvalue()


def save(ana: Browser, desk: Desk, form: str, fields: dict[str, Any], **more: Any) -> Any:
    return ana.post(f"{AT}/{form}", {"digest": workspace_digest(desk.root), **fields}, **more)


# --- the file ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "fields", "says"),
    [
        (
            "office",
            {"contact": "press@office.example", "language": "en", "zone": "Europe/Skopje"},
            {"contact": "press@office.example", "language": "en", "zone": "Europe/Skopje"},
        ),
        (
            "brand",
            {"brand_name": "Zyra e Shtypit", "colour": "#7a1f2b"},
            {"brand": {"name": "Zyra e Shtypit", "colour": "#7a1f2b"}},
        ),
        (
            "mail",
            {"host": "mail.example", "port": "2525", "user": "zyra", "sender": "z@office.example"},
            {
                "smtp": {
                    "host": "mail.example",
                    "port": 2525,
                    "user": "zyra",
                    "from": "z@office.example",
                }
            },
        ),
        (
            "translator",
            {"translator": "http://127.0.0.1:5000"},
            {"translator": {"url": "http://127.0.0.1:5000"}},
        ),
        (
            "sites",
            {"site_url": "https://office.example", "site_user": "zyra"},
            {"sites": {"house": {"url": "https://office.example", "user": "zyra"}}},
        ),
    ],
)
def test_a_form_writes_the_file_and_nothing_beside_it(
    ana: Browser, desk: Desk, form: str, fields: dict[str, str], says: dict[str, Any]
) -> None:
    file = desk.root / "jehona.toml"
    file.write_text(f"# zyra\n{file.read_text('utf-8')}[desk]\nport = 8470 # këtu\n", "utf-8")
    assert save(ana, desk, form, fields).status_code == 303
    assert {key: told(desk)[key] for key in says} == says
    assert file.read_text("utf-8").startswith("# zyra\n")
    assert "port = 8470 # këtu" in file.read_text("utf-8")
    page = read(ana.get(AT))
    assert "Saved." in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize(
    ("form", "fields", "why"),
    [
        ("office", {"contact": "jo adresë", "zone": "Europe/Tirane", "language": "sq"}, "contact"),
        ("office", {"contact": "a@office.example", "zone": "Hëna", "language": "sq"}, "zone"),
        (
            "office",
            {"contact": "a@x.example", "zone": "Europe/Tirane", "language": "fr"},
            "language",
        ),
        ("brand", {"colour": "e kuqe"}, "colour"),
        ("mail", {"host": "mail.example", "port": "postare"}, "a port is a number"),
        ("mail", {"host": "mail.example", "port": "99999"}, "port"),
        ("mail", {"sender": "zyra@office.example"}, "server's name is needed"),
        ("translator", {"translator": "http://u:sekret1@127.0.0.1/"}, "user name or password"),
        ("sites", {"site_url": "https://office.example"}, "log-in name"),
        ("sites", {"site_url": "https://u:sekret1@o.example", "site_user": "z"}, "password"),
    ],
)
def test_what_is_refused_is_said_stays_typed_and_writes_nothing(
    ana: Browser, desk: Desk, form: str, fields: dict[str, str], why: str
) -> None:
    before = (desk.root / "jehona.toml").read_bytes()
    page = read(save(ana, desk, form, fields), 400)
    alert = page.partition('role="alert">')[2].partition("</p>")[0]
    assert why in alert
    assert "sekret1" not in alert
    typed = next(iter(fields.values()))
    assert f'value="{typed}"' in page
    assert (desk.root / "jehona.toml").read_bytes() == before


def test_a_file_that_changed_meanwhile_is_not_written_over_and_both_are_shown(
    ana: Browser, desk: Desk
) -> None:
    seen, file = workspace_digest(desk.root), desk.root / "jehona.toml"
    file.write_text(file.read_text("utf-8") + '[brand]\nname = "E Besës"\n', "utf-8")
    by_besa = file.read_bytes()
    form = {"digest": seen, "brand_name": "E imja"}
    page = read(ana.post(f"{AT}/brand", form), 409)
    assert "somebody else changed it meanwhile" in page
    assert "<dd>E Besës</dd>" in page
    assert 'value="E imja"' in page
    assert file.read_bytes() == by_besa
    # what the page has now is of the file as it is now
    fresh = page.partition('name="digest" value="')[2].partition('"')[0]
    assert ana.post(f"{AT}/brand", form | {"digest": fresh}).status_code == 303
    assert told(desk)["brand"]["name"] == "E imja"


def test_of_two_at_once_one_is_told(sit: Sit, desk: Desk) -> None:
    browsers = [sit(desk.root).enter(name) for name in ("Ana", "Besa", "Dea", "Era")]
    digest, statuses = workspace_digest(desk.root), []

    def post(browser: Browser, name: str) -> None:
        answer = browser.post(f"{AT}/brand", {"digest": digest, "brand_name": name})
        statuses.append((answer.status_code, name))

    threads = [threading.Thread(target=post, args=(b, f"E {i}")) for i, b in enumerate(browsers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(status for status, _ in statuses) == [303, 409, 409, 409]
    (won,) = [name for status, name in statuses if status == 303]
    assert told(desk)["brand"]["name"] == won


# --- the logo ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_kept_under_a_name_of_ours(ana: Browser, desk: Desk, kind: str) -> None:
    files = {"logo": ("jehona.toml", picture(kind))}
    assert save(ana, desk, "brand", {"brand_name": "Zyra"}, files=files).status_code == 303
    name = told(desk)["brand"]["logo"]
    assert re.fullmatch(r"logo-[0-9a-f]{8}\.(png|jpg)", name)
    assert (desk.root / name).read_bytes() == picture(kind)
    assert 'src="data:image/' in read(ana.get(AT))
    # what is saved without a new one keeps it, and it can go
    save(ana, desk, "brand", {"brand_name": "Zyra"})
    assert told(desk)["brand"]["logo"] == name
    save(ana, desk, "brand", {"brand_name": "Zyra", "without_logo": "1"})
    assert "logo" not in told(desk)["brand"]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "body", "why"),
    [
        ("logo.svg", SVG, "neither PNG nor JPEG"),
        ("logo.png", SVG, "neither PNG nor JPEG"),
        ("logo.png", b"\x7fELF\x02\x01\x01" + bytes(500), "neither PNG nor JPEG"),
        ("logo.png", b"MZ" + bytes(500), "neither PNG nor JPEG"),
        ("../../logo.png", picture(), "no bare name"),
        ("..\\logo.png", picture(), "no bare name"),
        ("/etc/logo.png", picture(), "no bare name"),
        ("..", picture(), "no bare name"),
        ("logo.png", picture() + bytes(2_000_001), "larger than 2 MB"),
    ],
)
def test_what_is_no_logo_is_refused_and_kept_nowhere(
    ana: Browser, desk: Desk, name: str, body: bytes, why: str
) -> None:
    before = sorted(desk.root.rglob("*.*"))
    text = (desk.root / "jehona.toml").read_bytes()
    answer = save(ana, desk, "brand", {"brand_name": "Zyra"}, files={"logo": (name, body)})
    assert why in read(answer, 400)
    assert (desk.root / "jehona.toml").read_bytes() == text
    assert [p for p in desk.root.rglob("*.*") if p not in before and "var" not in p.parts] == []


def test_a_logo_beside_a_file_that_changed_is_not_kept(ana: Browser, desk: Desk) -> None:
    form = {"digest": "tjetër", "brand_name": "Zyra"}
    read(ana.post(f"{AT}/brand", form, files={"logo": ("l.png", picture())}), 409)
    assert not list(desk.root.glob("logo*"))


def test_more_than_any_form_is_refused_said_and_never_held(ana: Browser, desk: Desk) -> None:
    def endless() -> Iterator[bytes]:
        yield b'--x\r\ncontent-disposition: form-data; name="logo"; filename="l.png"\r\n\r\n'
        for _ in range(LARGEST_FORM // 1_000_000 + 20):
            yield bytes(1_000_000)

    headers = {"content-type": "multipart/form-data; boundary=x"}
    page = read(ana.post(f"{AT}/brand", content=endless(), headers=headers), 413)
    assert f"larger than any form here takes: {LARGEST_FORM // 1_000_000} MB" in page


# --- whether it works ----------------------------------------------------------------------


def mailing(desk: Desk, postbox: Postbox, user: str = "") -> None:
    told = f'[smtp]\nhost = "127.0.0.1"\nport = {postbox.port}\nfrom = "zyra@office.example"\n'
    told += f'user = "{user}"\n' if user else ""
    file = desk.root / "jehona.toml"
    file.write_text(file.read_text("utf-8") + told, "utf-8")


def test_a_mail_is_tried(ana: Browser, desk: Desk, postbox: Postbox, drawer: Drawer) -> None:
    mailing(desk, postbox)
    assert ana.post(f"{AT}/mail/try", {"to": "ana@office.example"}).status_code == 303
    (mail,) = postbox.mails
    assert (mail["to"], mail["from"]) == ("ana@office.example", "zyra@office.example")
    assert "127.0.0.1" in str(mail.get_body(("plain",)))
    assert "A mail went to ana@office.example." in read(ana.get(AT))
    assert drawer.held == {}


def test_a_mail_server_s_password_is_kept_where_it_is_right(
    ana: Browser, desk: Desk, postbox: Postbox, drawer: Drawer
) -> None:
    mailing(desk, postbox, MAILER)
    wrong = {"to": "ana@office.example", "password": "gabim-fare"}
    page = read(ana.post(f"{AT}/mail/try", wrong), 400)
    assert "gabim-fare" not in page
    assert drawer.held == {}
    ana.post(f"{AT}/mail/try", wrong | {"password": PASSWORD})
    assert drawer.held == {("jehona smtp 127.0.0.1", MAILER): PASSWORD}
    assert "kept in the keyring" in read(ana.get(AT))
    # from then on nobody types it
    ana.post(f"{AT}/mail/try", {"to": "ana@office.example"})
    assert len(postbox.mails) == 2


@pytest.mark.parametrize("to", ["", "ana", "ana@office.example\nbcc: x@office.example"])
def test_a_mail_to_nobody_is_refused(
    ana: Browser, desk: Desk, postbox: Postbox, drawer: Drawer, to: str
) -> None:
    mailing(desk, postbox)
    assert 'role="alert"' in read(ana.post(f"{AT}/mail/try", {"to": to}), 400)
    assert postbox.mails == []


def test_without_a_server_no_mail_is_tried(ana: Browser) -> None:
    assert "Try it" not in read(ana.get(AT))
    page = read(ana.post(f"{AT}/mail/try", {"to": "ana@office.example"}), 400)
    assert page.count("<h1") == 1


def test_a_site_is_added_and_logged_in_at_once(
    ana: Browser, desk: Desk, site: Pretend, drawer: Drawer
) -> None:
    form = {"site_url": site.url, "site_user": USER, "password": SECRET}
    assert save(ana, desk, "sites", form).status_code == 303
    assert "logged in as" in read(ana.get(AT))
    assert drawer.held == {("jehona-house", USER): SECRET}
    assert SECRET not in (desk.root / "jehona.toml").read_text("utf-8")
    page = read(ana.post(f"{AT}/sites/login", {"name": "house", "password": "gabim-fare"}), 400)
    assert 'role="alert"' in page
    assert "gabim-fare" not in page
    assert drawer.held == {("jehona-house", USER): SECRET}
    taken = save(ana, desk, "sites/take", {"name": "house"})
    assert taken.status_code == 303
    assert "sites" not in told(desk)


def test_without_a_keyring_it_is_said_before_and_after(
    ana: Browser, desk: Desk, site: Pretend, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring.set_keyring(Nothing())
    form = {"site_url": site.url, "site_user": USER, "site_name": "zyra", "password": SECRET}
    save(ana, desk, "sites", form)
    page = read(ana.get(AT))
    assert "The password is right, and this machine has no keyring to keep it" in page
    assert "no keyring that keeps it: set JEHONA_SITE_ZYRA_PASSWORD" in page
    monkeypatch.setenv("JEHONA_SITE_ZYRA_PASSWORD", SECRET)
    page = read(ana.get(AT))
    assert "comes from JEHONA_SITE_ZYRA_PASSWORD" in page
    assert SECRET not in page


# --- what keeps the record -----------------------------------------------------------------


def test_a_backup_is_made_looked_over_taken_along_and_put_back(sit: Sit, filled: Desk) -> None:
    ana = sit(filled.root).enter()
    assert ana.post(f"{AT}/backup").status_code == 303
    page = read(ana.get(AT))
    assert "Looked over, whole: 4 pieces" in page
    (name,) = set(re.findall(r"jehona-[\d-]+\.zip", page))
    taken = ana.get(f"{AT}/backups/{name}")
    assert (taken.status_code, taken.content[:2]) == (200, b"PK")
    assert f'filename="{name}"' in taken.headers["content-disposition"]
    for fields in ({}, {"name": name}):
        ana.post(f"{AT}/verify", fields)
        assert "whole" in read(ana.get(AT))
    # never over a record
    assert "Put it in place" not in page
    refused = ana.post(f"{AT}/restore", {"name": name})
    assert refused.status_code == 503
    var = filled.root / "var"
    shutil.move(var / "coverage.db", var / "old.db")
    shutil.move(var / "snapshots", var / "old-snapshots")
    assert "Put it in place" in read(ana.get(AT))
    assert ana.post(f"{AT}/restore", {"name": name}).status_code == 303
    assert "The record is in place again." in read(ana.get(AT))
    with filled.record() as record:
        assert record.db.execute("select count(*) from articles").fetchone() == (4,)


def test_a_damaged_backup_is_named(sit: Sit, filled: Desk) -> None:
    ana = sit(filled.root).enter()
    ana.post(f"{AT}/backup")
    (file,) = (filled.root / "var" / "backups").iterdir()
    body = bytearray(file.read_bytes())
    body[200:1_200] = bytes(1_000)
    file.write_bytes(body)
    answer = ana.post(f"{AT}/verify", {"name": file.name})
    page = read(ana.get(AT)) if answer.status_code == 303 else read(answer, answer.status_code)
    assert "amaged" in page


@pytest.mark.parametrize("name", ["x.zip", "..%2F..%2Fjehona.toml", "%2Fetc%2Fpasswd"])
def test_no_other_file_is_taken_along(ana: Browser, name: str) -> None:
    assert ana.get(f"{AT}/backups/{name}").status_code == 404
    assert ana.post(f"{AT}/verify", {"name": name}).status_code == 404


@pytest.mark.parametrize("language", ["en", "sq"])
def test_before_anything_was_gathered(sit: Sit, desk: Desk, language: str) -> None:
    ana = sit(desk.root, language=language).enter()
    page = read(ana.get(AT))
    assert page.count("<h1") == 1
    assert str(desk.root / "outlets") in page
    assert ana.post(f"{AT}/backup").status_code == 503
