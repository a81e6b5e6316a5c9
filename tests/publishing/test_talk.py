"""One site's REST: bounds, redirects, waits, and every refusal in words without the secret."""

from __future__ import annotations

import base64
import gzip
import json

import pytest

from crawler.models import Site
from reports.credentials import Password
from reports.publishing import rest as talk
from reports.publishing.refusals import MEANINGS, Refusal, Refused, refusal_of, saying
from reports.publishing.rest import Rest, Unanswered
from reports.publishing.wordpress import connect
from tests.publishing.pretend import SECRET, USER, Fault, Pretend, pretending

PAGE = b"<!doctype html><title>Just a moment</title>"


def rest_of(site: Pretend, naps: list[float] | None = None) -> Rest:
    told = Site(name="house", url=site.url, user=USER)
    waits: list[float] = [] if naps is None else naps
    return Rest(
        site=told, password=Password(SECRET), agent="Jehona/9 (+a@b.example)", sleep=waits.append
    )


def wp(code: str, message: str = "") -> bytes:
    return json.dumps({"code": code, "message": message}).encode()


def test_who_we_are_and_that_we_say_so(site: Pretend) -> None:
    user = connect(rest_of(site)).user
    assert (user.number, user.roles, user.may_not("upload_files")) == (7, ("author",), False)
    assert {one.agent for one in site.asked} == {"Jehona/9 (+a@b.example)"}


@pytest.mark.parametrize(
    ("path", "fault", "refusal"),
    [
        ("/", Fault(401, wp("incorrect_password")), Refusal.PASSWORD),
        ("/", Fault(401, wp("invalid_username")), Refusal.PASSWORD),
        ("/wp-json/wp", Fault(401, wp("application_passwords_disabled")), Refusal.PASSWORDS_OFF),
        ("/wp-json/wp", Fault(401, wp("rest_not_logged_in")), Refusal.PASSWORD),
        ("/", Fault(401, wp("rest_cannot_access")), Refusal.REST_OFF),
        ("/", Fault(403, wp("itsec_no")), Refusal.REST_OFF),
        ("/", Fault(403, PAGE), Refusal.FIREWALL),
        ("/", Fault(200, PAGE), Refusal.FIREWALL),
        ("/", Fault(404, PAGE), Refusal.NO_REST),
        ("/", Fault(200, b'{"namespaces": []}'), Refusal.NO_REST),
        ("/", Fault(200, b'["list"]'), Refusal.NO_REST),
        ("/", Fault(200, b"Warning: in plugin.php"), Refusal.UNREADABLE),
        ("/", Fault(200, b"[" * 100_000), Refusal.UNREADABLE),
        ("/", Fault(429, b"", {"Retry-After": "3600"}), Refusal.BUSY),
        ("/", Fault(503, b"", {"Retry-After": "3600"}), Refusal.BUSY),
        ("/", Fault(500, b"", {"Retry-After": "3600"}), Refusal.SERVER),
        ("/", Fault(302, b"", {"Location": "https://other.example/"}), Refusal.MOVED),
        ("/", Fault(302, b"", {"Location": "http://[bad"}), Refusal.MOVED),
        ("/", Fault(418, b"tea"), Refusal.FIREWALL),
        ("/", Fault(400, wp("rest_invalid_param", "Parametër i gabuar")), Refusal.REFUSED),
    ],
    ids=[
        "password", "user", "switched-off", "nobody", "plugin", "other-plugin", "firewall",
        "front-page", "no-rest", "no-posts", "a-list", "warning", "nested", "too-many", "busy",
        "broken", "moved", "nonsense", "teapot", "refused",
    ],
)  # fmt: skip
def test_an_answer_in_words(path: str, fault: Fault, refusal: Refusal, site: Pretend) -> None:
    site.order("GET", path, *[fault] * 4)
    with pytest.raises(Refused) as caught:
        connect(rest_of(site))
    assert caught.value.refusal is refusal
    assert str(caught.value).startswith("house ")
    assert str(caught.value).endswith(MEANINGS[refusal].next_step)


DIRT = {
    "a mark": (b"\xef\xbb\xbf", b""),
    "two marks": (b"\xef\xbb\xbf" * 2, b""),
    "blank lines": (b"\r\n\n  \t", b"\n\n"),
    "a comment": (b"<!-- cached by a plugin -->\n", b"<!-- 0.2 s, {3} queries -->"),
    "a notice in HTML": (
        b"<br />\n<b>Warning</b>:  Undefined array key 1 in /x/plugin.php on line <b>3</b><br />\n",
        b"",
    ),
    "a notice in words": (b"\nNotice: Undefined variable: x in /x/y.php on line [7]\n", b""),
    "a notice behind": (b"", b"<br />\n<b>Deprecated</b>: {x} in y on line 3<br />"),
    "a database's error": (b'<div id="error"><p>WordPress database error: [x]</p></div>', b""),
    "empty bytes": (b"\0", b"\0\0"),
    "the end of a script": (b"", b"\n?>\n"),
}


@pytest.mark.parametrize("around", DIRT.values(), ids=DIRT)
def test_an_answer_is_found_behind_what_the_site_prints(
    around: tuple[bytes, bytes], site: Pretend
) -> None:
    site.around = around
    connect(rest_of(site))
    made = rest_of(site).post("/wp/v2/posts", {"title": "Panairi", "content": "x"})
    assert rest_of(site).get(f"/wp/v2/posts/{made['id']}")["id"] == made["id"]
    assert len(site.posts) == 1


@pytest.mark.parametrize("around", DIRT.values(), ids=DIRT)
def test_a_refusal_is_read_behind_it_too(around: tuple[bytes, bytes], site: Pretend) -> None:
    ahead, behind = around
    site.order("GET", "/", *[Fault(401, ahead + wp("incorrect_password") + behind)] * 4)
    with pytest.raises(Refused) as caught:
        connect(rest_of(site))
    assert caught.value.refusal is Refusal.PASSWORD


def test_the_log_in_never_goes_to_another_host(site: Pretend) -> None:
    with pretending() as stranger:
        site.order("GET", "/", Fault(301, b"", {"Location": f"{stranger.url}/wp-json/"}))
        with pytest.raises(Refused):
            connect(rest_of(site))
        assert stranger.asked == []


def test_a_redirect_on_the_same_origin_is_followed_when_we_only_look(site: Pretend) -> None:
    there = Fault(301, b"", {"Location": "/wp-json/wp/v2/posts?x=1"})
    site.order("GET", "/wp-json/wp/v2/posts", there)
    assert rest_of(site).get("/wp/v2/posts") == []
    site.order("POST", "/wp-json/wp/v2/posts", there)
    with pytest.raises(Refused) as caught:
        rest_of(site).post("/wp/v2/posts", {})
    assert caught.value.refusal is Refusal.MOVED
    site.order("GET", "/wp-json/wp/v2/posts", *[there] * 9)
    with pytest.raises(Refused, match="in circles"):
        rest_of(site).get("/wp/v2/posts")


@pytest.mark.parametrize(
    ("header", "waited"),
    [("2", [2.0]), ("", [1.0]), ("Wed, 21 Oct 2015 07:28:00 GMT", [0.0]), ("soon", [1.0])],
)
def test_a_busy_site_is_waited_for(header: str, waited: list[float], site: Pretend) -> None:
    naps: list[float] = []
    site.order("GET", "/wp-json/wp/v2/posts", Fault(503, b"", {"Retry-After": header}))
    assert rest_of(site, naps).get("/wp/v2/posts") == []
    assert naps == waited


def test_a_site_that_stays_busy_is_asked_three_times(site: Pretend) -> None:
    naps: list[float] = []
    site.order("GET", "/", *[Fault(503)] * 9)
    with pytest.raises(Unanswered):
        rest_of(site, naps).get("/wp/v2/posts")
    assert (len(site.asked), naps) == (3, [1.0, 2.0])


def test_what_was_sent_is_never_sent_again_by_itself(site: Pretend) -> None:
    site.order("POST", "/", *[Fault(503)] * 3)
    with pytest.raises(Unanswered):
        rest_of(site).post("/wp/v2/posts", {})
    assert len(site.asked) == 1


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "bomb"])
def test_an_answer_is_bounded(packed: bool, site: Pretend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk, "LARGEST", 1_000_000)
    body = b" " * 2_000_000
    answer = (
        Fault(200, gzip.compress(body), {"Content-Encoding": "gzip"})
        if packed
        else Fault(200, body)
    )
    site.order("GET", "/", answer)
    with pytest.raises(Refused) as caught:
        rest_of(site).get("/wp/v2/posts")
    assert caught.value.refusal is Refusal.UNREADABLE


def test_a_broken_packing_is_no_traceback(site: Pretend) -> None:
    site.order("GET", "/", Fault(200, b"not gzip", {"Content-Encoding": "gzip"}))
    with pytest.raises(Refused):
        rest_of(site).get("/wp/v2/posts")


def test_a_silent_site_is_given_up(site: Pretend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk, "READ", 0.05)
    site.order("POST", "/", Fault(200, b"{}", seconds=0.4))
    with pytest.raises(Unanswered) as caught:
        rest_of(site).post("/wp/v2/posts", {})
    assert caught.value.refusal is Refusal.SILENT


def test_nobody_there() -> None:
    with pretending() as gone:
        rest = rest_of(gone)
    with pytest.raises(Refused) as caught:
        rest.get("/wp/v2/posts")
    assert caught.value.refusal is Refusal.UNREACHABLE


def test_a_server_that_speaks_no_tls(site: Pretend) -> None:
    told = Site(name="house", url=site.url.replace("http:", "https:"), user=USER)
    rest = Rest(site=told, password=Password(SECRET), agent="Jehona/9")
    with pytest.raises(Refused) as caught:
        rest.get("/wp/v2/posts")
    assert caught.value.refusal is Refusal.CERTIFICATE
    assert site.asked == []


@pytest.mark.parametrize(
    "echo",
    [SECRET, SECRET.replace(" ", ""), base64.b64encode(f"{USER}:{SECRET}".encode()).decode()],
    ids=["plain", "without-spaces", "header"],
)
def test_a_site_that_repeats_the_secret_does_not_get_it_shown(echo: str, site: Pretend) -> None:
    site.order("GET", "/", Fault(400, wp("odd", f"you sent {echo}!")))
    with pytest.raises(Refused) as caught:
        rest_of(site).get("/wp/v2/posts")
    assert echo not in str(caught.value)
    assert "you sent ***!" in str(caught.value)


@pytest.mark.parametrize("field", ["message", "code"])
@pytest.mark.parametrize("before", [150, 180, 195, 199, 1_985, 1_999])
def test_the_secret_is_blotted_before_an_answer_is_cut(
    field: str, before: int, site: Pretend
) -> None:
    words = f"{'x' * before}{SECRET}"
    told = {"code": "odd", "message": "no", "data": {"status": 400}, field: words}
    site.order("GET", "/", Fault(400, json.dumps(told).encode()))
    with pytest.raises(Refused) as caught:
        rest_of(site).get("/wp/v2/posts")
    assert SECRET[:4] not in str(caught.value)


def test_a_secret_spelled_by_entities_is_blotted_too(site: Pretend) -> None:
    spelled = "".join(f"&#{ord(letter)};" for letter in SECRET)
    site.order("GET", "/", Fault(400, wp("odd", f"you sent {spelled}!")))
    with pytest.raises(Refused, match=r"you sent \*\*\*!"):
        rest_of(site).get("/wp/v2/posts")


def test_a_password_does_not_show_itself() -> None:
    password = Password(SECRET)
    assert SECRET not in f"{password} {password!r}"


def test_what_a_site_says_is_one_short_line() -> None:
    said = saying("<strong>Gabim:</strong>\x1b[31m &lt;p&gt;\n" + "ë" * 900)
    assert "\x1b" not in said
    assert "\n" not in said
    assert said.startswith("Gabim:")
    assert len(said) <= 201


@pytest.mark.parametrize("status", range(300, 600))
def test_every_status_has_a_meaning(status: int) -> None:
    assert {refusal_of(status, None), refusal_of(status, "other")} <= set(MEANINGS)


def test_every_refusal_has_words() -> None:
    assert set(MEANINGS) == set(Refusal)
