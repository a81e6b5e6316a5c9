"""The postman of a real watch: one Message-ID, refusals in one line, signs of life."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import requests

from crawler.models import Smtp, Workspace
from crawler.record.watches import Delivery, Notice
from jehona.actions.office import Office
from jehona.actions.postman import CHANNELS_VARIABLE, Postman
from reports import ping
from reports.mailing import NotSent
from tests.mail.conftest import Postbox

NOON = datetime(2025, 5, 10, 12, tzinfo=UTC)
NOTICE = Notice(
    message_id="<1.2.3@office.example>",
    day=date(2025, 5, 10),
    digest=True,
    subject="Festa e Librit: 2 shkrime të reja",
    text="Të 12 mediat u kontrolluan plotësisht.\n",
    html="<!doctype html><p>Të 12 mediat</p>",
    at=NOON,
)


def to(recipient: str, channel: str = "mail") -> Delivery:
    return Delivery(
        notice=NOTICE, channel=channel, recipient=recipient, tries=0, due=NOON, why=None
    )


def office(port: int = 1, sender: str | None = "zyra@office.example") -> Office:
    smtp = Smtp(host="127.0.0.1", port=port, sender=sender)
    return Office(workspace=Workspace(root=Path("/zyra"), smtp=smtp))


def test_a_notice_that_is_sent_again_is_the_same_mail(postbox: Postbox) -> None:
    for _ in range(2):
        Postman().deliver(office(postbox.port), to("drejtori@office.example"))
    assert [mail["Message-ID"] for mail in postbox.mails] == [NOTICE.message_id] * 2
    assert postbox.mails[0]["Subject"] == NOTICE.subject
    (plain, page) = postbox.mails[0].iter_parts()
    assert plain.get_content().splitlines() == NOTICE.text.splitlines()
    assert page.get_content_type() == "text/html"


def test_what_the_server_refuses_is_not_sent(postbox: Postbox) -> None:
    postbox.refused = {"nuk@office.example"}
    with pytest.raises(NotSent, match=r"nuk@office\.example: 550"):
        Postman().deliver(office(postbox.port), to("nuk@office.example"))
    with pytest.raises(NotSent, match="no from"):
        Postman().deliver(office(postbox.port, sender=None), to("ana@office.example"))
    with pytest.raises(NotSent, match=r"no \[smtp\]"):
        Postman().deliver(Office(workspace=Workspace(root=Path("/zyra"))), to("a@b.example"))


class Apprise:
    """A channel that takes what it is told to."""

    taken: list[tuple[str, str]]
    takes = True

    def __init__(self) -> None:
        type(self).taken = []

    def add(self, url: str) -> bool:
        return url.startswith("json://")

    def notify(self, *, title: str, body: str) -> bool:
        self.taken.append((title, body))
        return self.takes


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch) -> type[Apprise]:
    module: Any = ModuleType("apprise")
    module.Apprise = Apprise
    monkeypatch.setitem(sys.modules, "apprise", module)
    monkeypatch.setattr(Apprise, "takes", True)
    return Apprise


def test_another_channel_is_told_the_words(
    channel: type[Apprise], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CHANNELS_VARIABLE, "json://a json://b")
    Postman().deliver(office(), to(CHANNELS_VARIABLE, "other"))
    assert channel.taken == [(NOTICE.subject, NOTICE.text)]
    channel.takes = False
    with pytest.raises(NotSent, match="did not take it"):
        Postman().deliver(office(), to(CHANNELS_VARIABLE, "other"))
    monkeypatch.setenv(CHANNELS_VARIABLE, "fjalë")
    with pytest.raises(NotSent, match="no address of a channel"):
        Postman().deliver(office(), to(CHANNELS_VARIABLE, "other"))


def test_a_secret_that_is_not_there_and_an_extra_that_is_not_here(
    channel: type[Apprise], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setattr("jehona.actions.postman.find_password", lambda *names: None)
    with pytest.raises(NotSent, match="keyring set jehona alerts"):
        Postman().deliver(office(), to("keyring:alerts", "other"))
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(NotSent, match=r"jehona\[alerts\]"):
        Postman().deliver(office(), to("keyring:alerts", "other"))


def test_a_sign_of_life_and_a_monitor_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def get(url: str, *, timeout: float) -> None:
        asked.append(url)
        raise requests.ConnectionError

    monkeypatch.setattr(ping.requests, "get", get)
    for well in (True, False):
        Postman().ping(office(), "https://monitor.example/x/", well=well)
    assert asked == ["https://monitor.example/x/", "https://monitor.example/x/fail"]


@dataclass
class Channel:
    """A channel's server on this machine."""

    port: int
    taken: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200


@pytest.fixture
def server() -> Iterator[Channel]:
    told = Channel(port=0)

    class Take(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            told.taken.append(json.loads(self.rfile.read(length)))
            self.send_response(told.status)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Nobody reads it."""

    with HTTPServer(("127.0.0.1", 0), Take) as serving:
        told.port = serving.server_port
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        try:
            yield told
        finally:
            serving.shutdown()
            thread.join()


# a channel of apprise, not ours, asks for it
OLD_MODULE = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@OLD_MODULE
def test_the_real_apprise_brings_it_to_a_channel_and_tells_a_refusal(
    server: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CHANNELS_VARIABLE, f"json://127.0.0.1:{server.port}/")
    Postman().deliver(office(), to(CHANNELS_VARIABLE, "other"))
    (taken,) = server.taken
    assert (taken["title"], taken["message"]) == (NOTICE.subject, NOTICE.text.strip())
    server.status = 503
    with pytest.raises(NotSent, match="did not take it"):
        Postman().deliver(office(), to(CHANNELS_VARIABLE, "other"))


@OLD_MODULE
def test_an_address_that_the_real_apprise_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHANNELS_VARIABLE, "askush://127.0.0.1/")
    with pytest.raises(NotSent, match="no address of a channel"):
        Postman().deliver(office(), to(CHANNELS_VARIABLE, "other"))
