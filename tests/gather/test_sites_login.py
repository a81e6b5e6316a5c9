"""`jehona sites login`: a password is asked for, tried at the site, and kept."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.null import Keyring as Nothing

from tests.desk.conftest import Desk, desk
from tests.publishing.pretend import SECRET, USER, Pretend, pretending

__all__ = ["desk"]


class Drawer(KeyringBackend):
    """A keyring in memory."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    before, made = keyring.get_keyring(), Drawer()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def site() -> Iterator[Pretend]:
    with pretending() as served:
        yield served


def test_a_new_site_is_asked_for_tried_and_written(
    desk: Desk, site: Pretend, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda *_, **__: SECRET)
    monkeypatch.setattr("jehona.cli.sites_login._password", lambda _: SECRET)
    typed = desk.type("sites", "login", "house", keys=f"{site.url}\n{USER}\n", at_terminal=True)
    assert typed.code == 0, typed.err
    assert f"{site.url}: logged in as" in typed.out
    assert drawer.held == {("jehona-house", USER): SECRET}
    written = (desk.root / "jehona.toml").read_text("utf-8")
    assert "[sites.house]" in written
    assert 'contact = "zyra@office.example"' in written
    assert SECRET not in written + typed.out + typed.err


def test_the_password_may_come_by_a_pipe(desk: Desk, site: Pretend, drawer: Drawer) -> None:
    words = ("sites", "login", "house", "--url", site.url, "--user", USER)
    assert desk.type(*words, keys=f"{SECRET}\n").code == 0
    assert desk.type("sites", "login", "house", keys=f"{SECRET}\n").code == 0
    assert drawer.held == {("jehona-house", USER): SECRET}


def test_a_wrong_password_is_kept_nowhere(desk: Desk, site: Pretend, drawer: Drawer) -> None:
    words = ("sites", "login", "house", "--url", site.url, "--user", USER)
    typed = desk.type(*words, keys="gabim\n")
    assert (typed.code, typed.err.count("\n")) == (1, 1)
    assert "gabim" not in typed.err
    assert drawer.held == {}


@pytest.mark.parametrize(
    ("words", "keys", "says"),
    [
        (("house",), "x\n", "no [sites.house] in"),
        (("house", "--url", "http://office.example", "--user", "ana"), "x\n", "only to https://"),
        (("house", "--url", "https://ana:fsheht@office.example", "--user", "ana"), "x\n", "url"),
        (("house", "--url", "HERE"), "x\n", "--url and --user are needed"),
        (("house", "--url", "HERE", "--user", USER), "", "no password was given"),
    ],
)
def test_what_cannot_be_logged_in_to_is_one_line(
    desk: Desk, site: Pretend, words: tuple[str, ...], keys: str, says: str
) -> None:
    typed_words = [site.url if word == "HERE" else word for word in words]
    typed = desk.type("sites", "login", *typed_words, keys=keys)
    assert (typed.code, typed.err.count("\n")) == (2, 1), typed.err
    assert says in typed.err
    assert "fsheht" not in typed.err


def test_without_a_keyring_the_variable_is_named(desk: Desk, site: Pretend, drawer: Drawer) -> None:
    keyring.set_keyring(Nothing())
    words = ("sites", "login", "house", "--url", site.url, "--user", USER)
    typed = desk.type(*words, keys=f"{SECRET}\n")
    assert typed.code == 1
    assert "the password is right, and this machine has no keyring" in typed.err
    assert "set JEHONA_SITE_HOUSE_PASSWORD" in typed.err
