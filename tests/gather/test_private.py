"""Private addresses and the proxy of an office: what is asked, by whom, and the reason told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from scrapy.utils.reactor import install_reactor, is_reactor_installed
from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer

import jehona.cli as jehona
from crawler.config import catalogue, outlets
from crawler.models import Find, Outlet, Way
from crawler.run.address_guard import AddressGuard
from crawler.run.proxies import proxy_places
from crawler.urls import private_places
from tests.gather.pressroom import Typed

FEED = """<rss version="2.0"><channel><title>Gazeta</title><link>{root}/</link>
<item><title>Hapet panairi</title><link>{root}/1</link><pubDate>{day}</pubDate></item>
<item><title>Lajmi i vjetër</title><link>{root}/0</link><pubDate>{old}</pubDate></item>
<item><title>Më i vjetri</title><link>{root}/00</link><pubDate>{old}</pubDate></item>
</channel></rss>"""
DAYS = {"day": "Tue, 12 May 2026 10:00:00 +0200", "old": "Sat, 02 May 2026 10:00:00 +0200"}
WINDOW = ("--since", "2026-05-05", "--until", "2026-05-20")
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Server:
    """Answers every GET and CONNECT as ordered, and notes what it was asked."""

    answer: Callable[[str], Answer]
    port: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"


@contextmanager
def serving(answer: Callable[[str], Answer]) -> Iterator[Server]:
    told = Server(answer=answer)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.path)
            status, headers, body = told.answer(self.path)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_CONNECT = do_GET

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def newspaper(root: str) -> Callable[[str], Answer]:
    """A site with one feed; its addresses begin with `root`."""

    def answer(path: str) -> Answer:
        if path.endswith("robots.txt"):
            return 404, {}, b""
        if path.endswith("/feed"):
            kind = {"Content-Type": "application/rss+xml"}
            return 200, kind, FEED.format(root=root, **DAYS).encode()
        return 200, {"Content-Type": "text/html"}, b"<title>Hapet panairi</title>"

    return answer


def missing(_: str) -> Answer:
    return 404, {}, b""


def secret(_: str) -> Answer:
    return 200, {}, b"secret"


@implementer(IHostnameResolver)
class Names:
    """A resolver for invented names, in front of the reactor's own."""

    def __init__(self, inner: Any, known: dict[str, Sequence[str]]) -> None:
        self.real, self.known = inner, known

    def resolveHostName(
        self, receiver: Any, name: str, port: int = 0, *rest: Any, **more: Any
    ) -> Any:
        if name not in self.known:
            return self.real.resolveHostName(receiver, name, port, *rest, **more)
        receiver.resolutionBegan(self)
        for ip in self.known[name]:
            receiver.addressResolved(IPv4Address("TCP", ip, port))
        receiver.resolutionComplete()
        return self


@pytest.fixture
def names() -> Iterator[dict[str, Sequence[str]]]:
    """Invented names and where they lead."""
    if not is_reactor_installed():
        install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor  # noqa: PLC0415 - one of a kind, chosen by now

    running: Any = reactor
    before = running.nameResolver
    real = before.inner if isinstance(before, AddressGuard) else before
    known: dict[str, Sequence[str]] = {}
    running.installNameResolver(Names(real, known))
    yield known
    running.installNameResolver(real)


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy but a test's own, and no pause: nobody else's machine is asked."""
    monkeypatch.setattr(outlets, "POLITE", 0.0)
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


class Office:
    """A workspace, and commands typed in it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys
        (root / "outlets").mkdir(parents=True)
        told = 'contact = "shtypi@zyra.example"\nzone = "Europe/Tirane"\n'
        (root / "jehona.toml").write_text(told, "utf-8")

    def outlet(self, url: str, *lines: str, folder: Path | None = None) -> None:
        """An outlet with a feed at this address."""
        told = [
            'name = "Gazeta"',
            "delay = 0",
            *lines,
            f'[[find]]\nway = "feed"\nurl = "{url}"',
        ]
        place = folder or self.root / "outlets"
        place.mkdir(parents=True, exist_ok=True)
        (place / "gazeta.toml").write_text("\n".join(told), "utf-8")

    def type(self, *words: str) -> Typed:
        self.capsys.readouterr()
        typed = ["-w", str(self.root), *words]
        code = jehona.run(lambda: jehona.build()(typed, prog_name="jehona", standalone_mode=False))
        out, err = self.capsys.readouterr()
        return Typed(code=code, out=out, err=err)

    def crawl(self) -> dict[str, Any]:
        done = self.type("crawl", "--outlet", "gazeta", *WINDOW, "--json")
        found: dict[str, Any] = json.loads(done.out)["outlets"][0]
        return found


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(tmp_path / "zyra", capsys)


# --- private ----------------------------------------------------------------------------


def test_a_name_that_leads_into_the_office_is_refused_by_its_reason(
    office: Office, names: dict[str, Sequence[str]]
) -> None:
    names["gazeta.example"] = ["127.0.0.1"]
    with serving(newspaper("http://gazeta.example")) as victim:
        office.outlet(f"http://gazeta.example:{victim.port}/feed")
        ended = office.crawl()
        assert victim.asked == []
        assert ended["outcome"] == "unreachable"
        assert "gazeta.example leads to the private address 127.0.0.1" in ended["checks"][0]["note"]
        assert "private = true" in ended["next_step"]


def test_a_private_outlet_is_asked_on_its_own_port(
    office: Office, names: dict[str, Sequence[str]]
) -> None:
    names["intranet.example"] = ["127.0.0.1"]
    with serving(missing) as own, serving(secret) as other:
        own.answer = newspaper(f"http://intranet.example:{own.port}")
        office.outlet(f"http://intranet.example:{own.port}/feed", "private = true")
        assert office.crawl()["outcome"] == "complete"
        assert other.asked == []


@pytest.mark.parametrize("way", ["redirect", "hosts", "port", "sub-domain"])
def test_nothing_else_of_a_private_outlet_is(
    office: Office, names: dict[str, Sequence[str]], way: str
) -> None:
    here = ("127.0.0.1",)
    names.update(dict.fromkeys(("intranet.example", "cdn.example", "a.intranet.example"), here))
    with (
        serving(lambda _: (200, {}, b"secret")) as victim,
        serving(missing) as own,
    ):
        host = {"hosts": "cdn.example", "sub-domain": "a.intranet.example"}.get(
            way, "intranet.example"
        )
        leads = {"Location": f"http://{host}:{victim.port}/"}
        own.answer = lambda path: (404, {}, b"") if "robots" in path else (302, leads, b"")
        url = f"http://intranet.example:{own.port}/feed"
        office.outlet(url, "private = true", 'hosts = ["cdn.example"]')
        ended = office.crawl()
        assert victim.asked == []
        assert ended["outcome"] in {"broken", "unreachable"}


def test_a_redirect_to_a_name_that_is_private_is_not_followed(
    office: Office, names: dict[str, Sequence[str]]
) -> None:
    names["www.gazeta.example"] = ["10.0.0.7"]
    with (
        serving(lambda _: (200, {}, b"secret")) as victim,
        serving(missing) as own,
    ):
        leads = {"Location": f"http://localhost:{victim.port}/"}
        own.answer = lambda path: (404, {}, b"") if "robots" in path else (302, leads, b"")
        office.outlet(f"http://127.0.0.1:{own.port}/feed")
        assert office.crawl()["outcome"] == "broken"
        assert victim.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "zyra.localhost"])
def test_a_literal_address_is_asked_where_a_person_typed_it_in_a_file(
    office: Office, names: dict[str, Sequence[str]], host: str
) -> None:
    names["zyra.localhost"] = ["127.0.0.1"]
    with serving(missing) as own:
        root = f"http://{host}:{own.port}"
        own.answer = newspaper(root)
        office.outlet(f"{root}/feed")
        assert office.crawl()["outcome"] == "complete"


@pytest.mark.parametrize("lines", [(), ("private = true",)])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_but_not_out_of_the_catalogue_that_comes_with_the_program(
    office: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    lines: tuple[str, ...],
) -> None:
    monkeypatch.setattr(catalogue, "shipped", lambda: tmp_path / "shipped")
    with serving(newspaper("http://gazeta.example")) as victim:
        folder = tmp_path / "shipped" / "outlets"
        office.outlet(f"http://{host}:{victim.port}/feed", *lines, folder=folder)
        ended = office.crawl()
        assert victim.asked == []
        assert "nobody typed it" in ended["checks"][0]["note"]


def test_nor_a_private_name_of_it(
    office: Office,
    names: dict[str, Sequence[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names["gazeta.example"] = ["127.0.0.1"]
    monkeypatch.setattr(catalogue, "shipped", lambda: tmp_path / "shipped")
    with serving(newspaper("http://gazeta.example")) as victim:
        folder = tmp_path / "shipped" / "outlets"
        office.outlet(f"http://gazeta.example:{victim.port}/feed", "private = true", folder=folder)
        office.crawl()
        assert victim.asked == []


def test_a_literal_address_typed_in_a_command_is_asked(office: Office) -> None:
    with serving(newspaper("http://gazeta.example")) as own:
        office.type("read", f"http://{own.place}/1")
        assert own.asked == ["/robots.txt", "/1"]


def test_a_private_name_typed_in_a_command_is_refused(
    office: Office, names: dict[str, Sequence[str]]
) -> None:
    names["gazeta.example"] = ["127.0.0.1"]
    with serving(newspaper("http://gazeta.example")) as victim:
        done = office.type("read", f"http://gazeta.example:{victim.port}/1")
        assert done.code != 0
        assert "private address" in done.err
        assert victim.asked == []


def test_which_places_may_be_private() -> None:
    feed = Find(way=Way.FEED, url="http://192.168.0.7:8080/feed")
    typed = Find(way=Way.PROOF, url="http://10.0.0.1/x")
    outlet = Outlet(
        slug="x", name="X", home="https://gazeta.example/", find=(feed, typed), hosts=("localhost",)
    )
    literal = {("192.168.0.7", 8080), ("10.0.0.1", 80)}
    assert private_places(outlet) == literal
    assert private_places(Outlet(slug="x", name="X", home="http://8.8.8.8/")) == set()
    named = Outlet(slug="x", name="X", home="https://gazeta.example/", private=True, find=(typed,))
    assert private_places(named) == {("gazeta.example", 443), ("10.0.0.1", 80)}
    shipped = Outlet(slug="x", name="X", home="http://localhost/", private=True, shipped=True)
    assert private_places(shipped) == set()


# --- the proxy -----------------------------------------------------------------------------


@pytest.mark.strangers
@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
def test_an_outlet_is_asked_through_the_proxy_of_the_environment(
    office: Office, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    with serving(newspaper("http://gazeta.example")) as proxy:
        monkeypatch.setenv(variable, f"http://{proxy.place}")
        office.outlet("http://gazeta.example/feed")
        assert office.crawl()["outcome"] == "complete"
        assert proxy.asked[:2] == [
            "http://gazeta.example/robots.txt",
            "http://gazeta.example/feed",
        ]


@pytest.mark.strangers
def test_the_proxy_may_have_a_private_name(
    office: Office, names: dict[str, Sequence[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names["proxy.zyra.example"] = ["127.0.0.1"]
    with serving(newspaper("http://gazeta.example")) as proxy:
        monkeypatch.setenv("http_proxy", f"http://proxy.zyra.example:{proxy.port}/")
        office.outlet("http://gazeta.example/feed")
        assert office.crawl()["outcome"] == "complete"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_not_asked_through_it(
    office: Office, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    with serving(missing) as own, serving(newspaper("http://x")) as proxy:
        own.answer = newspaper(f"http://{host}:{own.port}")
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://{proxy.place}")
        office.outlet(f"http://{host}:{own.port}/feed")
        assert office.crawl()["outcome"] == "complete"
        assert proxy.asked == []


def test_no_proxy_is_kept(
    office: Office, names: dict[str, Sequence[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names["intranet.example"] = ["127.0.0.1"]
    with serving(missing) as own, serving(newspaper("http://x")) as proxy:
        own.answer = newspaper(f"http://intranet.example:{own.port}")
        monkeypatch.setenv("http_proxy", f"http://{proxy.place}")
        monkeypatch.setenv("no_proxy", ".example")
        office.outlet(f"http://intranet.example:{own.port}/feed", "private = true")
        assert office.crawl()["outcome"] == "complete"
        assert proxy.asked == []


REFUSING: dict[str, tuple[Callable[[str], Answer], str]] = {
    "wants a log-in": (lambda _: (407, {}, b""), "wants a user and a password"),
    "cannot reach it": (lambda _: (502, {}, b""), "answered 502 through the proxy"),
    "does not find it": (lambda _: (503, {}, b""), "answered 503 through the proxy"),
    "waits in vain": (lambda _: (504, {}, b""), "answered 504 through the proxy"),
}


@pytest.mark.strangers
@pytest.mark.parametrize(("answer", "said"), REFUSING.values(), ids=REFUSING)
def test_a_proxy_that_is_the_reason_is_named(
    office: Office, monkeypatch: pytest.MonkeyPatch, answer: Callable[[str], Answer], said: str
) -> None:
    with serving(answer) as proxy:
        monkeypatch.setenv("http_proxy", f"http://ana:sekret@{proxy.place}")
        office.outlet("http://gazeta.example/feed")
        ended = office.crawl()
        assert ended["outcome"] == "unreachable"
        note = ended["checks"][0]["note"]
        assert said in note
        assert f"the proxy {proxy.place} (http_proxy)" in note
        assert "sekret" not in json.dumps(ended)


@pytest.mark.strangers
@pytest.mark.parametrize(
    ("variable", "proxy", "said"),
    [
        ("http_proxy", "http://127.0.0.1:9", "nothing answers at its address"),
        ("http_proxy", "http://proxy.zyra.example:3128", "its name does not resolve"),
        ("http_proxy", "127.0.0.1:9", "nothing answers at its address"),
        ("ALL_PROXY", "socks5://127.0.0.1:9", "only http:// proxies"),
        ("http_proxy", "https://127.0.0.1:9", "only http:// proxies"),
    ],
)
def test_a_proxy_that_is_not_there_is_named(
    office: Office, monkeypatch: pytest.MonkeyPatch, variable: str, proxy: str, said: str
) -> None:
    monkeypatch.setenv(variable, proxy)
    office.outlet("http://gazeta.example/feed")
    ended = office.crawl()
    assert ended["outcome"] == "unreachable"
    note = ended["checks"][0]["note"]
    assert said in note
    assert "the proxy " in note
    assert variable.lower() in note
    assert "http_proxy" in ended["next_step"]


@pytest.mark.strangers
def test_a_tunnel_that_the_proxy_does_not_open_is_its_fault(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(lambda _: (403, {}, b"")) as proxy:
        monkeypatch.setenv("https_proxy", f"http://{proxy.place}")
        office.outlet("https://gazeta.example/feed")
        ended = office.crawl()
        assert proxy.asked[0] == "gazeta.example:443"
        assert ended["outcome"] == "unreachable"
        assert f"the proxy {proxy.place} (https_proxy)" in ended["checks"][0]["note"]


def test_a_private_name_is_refused_behind_a_proxy_too(
    office: Office, names: dict[str, Sequence[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names["gazeta.example"] = ["10.0.0.7"]
    with serving(newspaper("http://gazeta.example")) as proxy:
        monkeypatch.setenv("http_proxy", f"http://{proxy.place}")
        office.outlet("http://gazeta.example/feed")
        ended = office.crawl()
        assert proxy.asked == []
        assert "gazeta.example leads to the private address 10.0.0.7" in ended["checks"][0]["note"]


@pytest.mark.strangers
@pytest.mark.parametrize("to", ["http://127.0.0.1:PORT/", "http://10.0.0.7/", "http://[::1]:PORT/"])
def test_a_redirect_to_a_private_address_is_refused_behind_a_proxy_too(
    office: Office, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    with serving(missing) as proxy:
        leads = {"Location": to.replace("PORT", str(proxy.port))}
        proxy.answer = lambda path: (404, {}, b"") if "robots" in path else (302, leads, b"")
        monkeypatch.setenv("http_proxy", f"http://{proxy.place}")
        office.outlet("http://gazeta.example/feed")
        ended = office.crawl()
        assert ended["outcome"] == "broken"
        assert {path.startswith("http://gazeta.example/") for path in proxy.asked} == {True}


def test_which_places_are_proxies() -> None:
    told = {
        "http": "http://ana:s@Proxy.Zyra.example:3128/",
        "https": "10.0.0.1:8080",
        "all": "socks5://10.0.0.2",
        "ftp": "http://10.0.0.3:1",
        "no": ".example",
    }
    assert proxy_places(told) == {
        ("proxy.zyra.example", 3128),
        ("10.0.0.1", 8080),
        ("10.0.0.2", 80),
    }
    assert proxy_places({"http": "http://[x", "https": "/var/run/x.sock"}) == {("", 80)}
