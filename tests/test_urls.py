"""Addresses: one spelling, one key, and whose they are."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.limits import ADDRESS
from crawler.models import Find, Outlet, Way
from crawler.urls import (
    alias_key,
    belongs,
    canonical,
    host_of,
    is_loopback,
    is_private_address,
    normal_host,
    registrable_domain,
    typed_hosts,
    without_fragment,
    without_noise,
)

# --- canonical -------------------------------------------------------------------

SPELLINGS = {
    "scheme and host in lower case": (
        "HTTPS://Gazeta.Example/Festa",
        "https://gazeta.example/Festa",
    ),
    "an empty path is a slash": ("https://gazeta.example", "https://gazeta.example/"),
    "default port": ("http://gazeta.example:80/a", "http://gazeta.example/a"),
    "default port of https": ("https://gazeta.example:443/a", "https://gazeta.example/a"),
    "other port stays": ("http://gazeta.example:8080/a", "http://gazeta.example:8080/a"),
    "port of the other scheme stays": ("http://gazeta.example:443/", "http://gazeta.example:443/"),
    "empty port": ("http://gazeta.example:/a", "http://gazeta.example/a"),
    "fragment": ("https://gazeta.example/a#komente", "https://gazeta.example/a"),
    "trailing slash stays": ("https://gazeta.example/a/", "https://gazeta.example/a/"),
    "surrounding whitespace": (" \n https://gazeta.example/a\r\n", "https://gazeta.example/a"),
    "space inside": ("https://gazeta.example/a b", "https://gazeta.example/a%20b"),
    "letters are encoded": ("https://gazeta.example/në", "https://gazeta.example/n%C3%AB"),
    "hexadecimal in capitals": ("https://gazeta.example/n%c3%ab", "https://gazeta.example/n%C3%AB"),
    "unreserved are decoded": ("https://gazeta.example/%7Ea%2Db", "https://gazeta.example/~a-b"),
    "reserved stay as they are": ("https://gazeta.example/a%2Fb", "https://gazeta.example/a%2Fb"),
    "stray percent": ("https://gazeta.example/100%", "https://gazeta.example/100%25"),
    "dot segments": ("https://gazeta.example/a/./b/../c", "https://gazeta.example/a/c"),
    "encoded dot segments": ("https://gazeta.example/a/%2e%2E/c", "https://gazeta.example/c"),
    "dots above the root": ("https://gazeta.example/../../a", "https://gazeta.example/a"),
    "dots at the end": ("https://gazeta.example/a/b/..", "https://gazeta.example/a/"),
    "hidden file": ("https://gazeta.example/.well-known/x", "https://gazeta.example/.well-known/x"),
    "two slashes stay": ("https://gazeta.example/a//b", "https://gazeta.example/a//b"),
    "query keeps its order": ("https://gazeta.example/?z=1&a=2", "https://gazeta.example/?z=1&a=2"),
    "query without a path": ("https://gazeta.example?p=12", "https://gazeta.example/?p=12"),
    "repeated names stay": ("https://gazeta.example/?a=2&a=1", "https://gazeta.example/?a=2&a=1"),
    "empty pairs go": ("https://gazeta.example/?&a=1&&", "https://gazeta.example/?a=1"),
    "campaign": ("https://gazeta.example/a?utm_source=x&p=1", "https://gazeta.example/a?p=1"),
    "campaign in capitals": ("https://gazeta.example/a?UTM_Source=x", "https://gazeta.example/a"),
    "campaign in disguise": ("https://gazeta.example/a?utm%5Fsource=x", "https://gazeta.example/a"),
    "facebook": ("https://gazeta.example/a?fbclid=I.w_0", "https://gazeta.example/a"),
    "google": ("https://gazeta.example/a?gclid=1&p=2", "https://gazeta.example/a?p=2"),
    "matomo": ("https://gazeta.example/a?mtm_campaign=1", "https://gazeta.example/a"),
    "a name that only looks alike": (
        "https://gazeta.example/?fbclid2=1",
        "https://gazeta.example/?fbclid2=1",
    ),
    "Java's session": (
        "https://gazeta.example/a;jsessionid=A1B2C3!12?id=4",
        "https://gazeta.example/a?id=4",
    ),
    "PHP's session": (
        "https://gazeta.example/?PHPSESSID=q8r7s6t5&id=4",
        "https://gazeta.example/?id=4",
    ),
    "ASP.NET's session": (
        "https://gazeta.example/(S(lit3py55t21z5v55vlm25s55))/a.aspx?id=4",
        "https://gazeta.example/a.aspx?id=4",
    ),
    "ampersands as markup writes them": (
        "https://gazeta.example/?a=1&amp;b=2&amp;utm_source=x&#038;c=3&#38;d=4",
        "https://gazeta.example/?a=1&b=2&c=3&d=4",
    ),
    "a page that a script shows": (
        "https://gazeta.example/#!/lajm/1?utm_source=x",
        "https://gazeta.example/#!/lajm/1",
    ),
    "another page that a script shows": (
        "https://gazeta.example/#/lajm/2",
        "https://gazeta.example/#/lajm/2",
    ),
    "the front page of a script": ("https://gazeta.example/#/", "https://gazeta.example/"),
    "words marked in the text": (
        "https://gazeta.example/a#:~:text=libri",
        "https://gazeta.example/a",
    ),
    "AMP is another page": ("https://gazeta.example/a/amp/", "https://gazeta.example/a/amp/"),
    "host in letters": ("https://gazetë.example/", "https://xn--gazet-rsa.example/"),
    "host in letters, wide": ("https://ｇａｚｅｔａ。example/", "https://gazeta.example/"),
    "last dot of a host": ("https://gazeta.example./a", "https://gazeta.example/a"),
    "IPv6": ("http://[0:0:0:0:0:0:0:1]:8061/a", "http://[::1]:8061/a"),
    "IPv4 inside IPv6": ("http://[::ffff:7f00:1]/", "http://127.0.0.1/"),
    "IPv4 as one number": ("http://2130706433/", "http://127.0.0.1/"),
    "IPv4 in octal": ("http://0177.0.0.1/", "http://127.0.0.1/"),
    "IPv4 in hexadecimal": ("http://0x7F.1/", "http://127.0.0.1/"),
}


@pytest.mark.parametrize(("given_url", "expected"), SPELLINGS.values(), ids=SPELLINGS)
def test_canonical_spelling(given_url: str, expected: str) -> None:
    assert canonical(given_url) == expected
    assert canonical(expected) == expected


REFUSED = {
    "empty": "",
    "no scheme": "gazeta.example/a",
    "path only": "/2025/05/festa/",
    "file": "file:///etc/passwd",
    "ftp": "ftp://gazeta.example/a",
    "mail": "mailto:press@gazeta.example",
    "script": "javascript:alert(1)",
    "data": "data:text/html,x",
    "no host": "https:///a",
    "host of dots": "https://./a",
    "empty label": "https://gazeta..example/",
    "space in the host": "https://gazeta .example/",
    "space before the host": "https:// gazeta.example/",
    "space after the host": "https://gazeta.example /",
    "wide space after the host": "https://gazeta.example\u2003/",
    "backslash in the host": "https://gazeta.example\\.stranger.example/",
    "user name": "https://gazeta.example@stranger.example/",
    "password": "https://ana:fshehte@gazeta.example/",
    "port too high": "https://gazeta.example:65536/",
    "port nought": "https://gazeta.example:0/",
    "port of letters": "https://gazeta.example:http/",
    "number that is no IP": "https://1.2.3.4.5/",
    "number out of range": "https://256.1.1.1/",
    "octal that is none": "https://08.1.1.1/",
    "name that ends in a number": "https://gazeta.example.1/",
    "broken IPv6": "https://[::1/",
    "letters in IPv6": "https://[gazeta]/",
    "interface in IPv6": "https://[fe80::1%25eth0]/",
    "label too long": f"https://{'a' * 64}.example/",
    "host too long": f"https://{'.'.join(['a' * 60] * 5)}/",
    "host that no rule allows": "https://\u2488com/",
    "NUL": "https://gazeta.example/\x00",
    "NUL in front": "\x00https://gazeta.example/",
    "tab inside": "https://gaz\teta.example/",
    "line break inside": "https://gazeta.example/a\nb",
    "half a character": "https://gazeta.example/\ud800",
    "too long": "https://gazeta.example/" + "a" * ADDRESS,
    "too long when encoded": "https://gazeta.example/" + "ë" * 400,
}


@pytest.mark.parametrize("url", REFUSED.values(), ids=REFUSED)
def test_refused_in_one_line(url: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refused:
        canonical(url)
    line = str(refused.value)
    assert line.isprintable()
    assert len(line) < 160
    assert "fshehte" not in line


@pytest.mark.parametrize(
    "url",
    [
        "ftp://ana:fshehte@gazeta.example/",
        "https://ana:fshehte@[gazeta/",
        "https://ana:fshehte@gazeta.example/\x00",
        "https://ana:fshehte@gazeta.example/" + "a" * ADDRESS,
    ],
)
def test_no_error_shows_a_password(url: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refused:
        canonical(url)
    assert "fshehte" not in str(refused.value)


def test_the_longest_address_is_still_one() -> None:
    url = "https://gazeta.example/".ljust(ADDRESS, "a")
    assert canonical(url) == url
    with pytest.raises(ValueError, match="2,000 characters"):
        canonical(url + "a")


# --- alias_key -------------------------------------------------------------------

ONE_POST = "gazeta.example/2025/05/festa"
ONE_POST_SPELLED = {
    "plain": "https://gazeta.example/2025/05/festa",
    "http": "http://gazeta.example/2025/05/festa",
    "its own key": ONE_POST,
    "www": "https://www.gazeta.example/2025/05/festa",
    "www twice": "https://www.www.gazeta.example/2025/05/festa",
    "trailing slash": "https://gazeta.example/2025/05/festa/",
    "slashes": "https://gazeta.example//2025/05/festa//",
    "campaign": "https://gazeta.example/2025/05/festa/?utm_medium=rss",
    "fragment": "https://gazeta.example/2025/05/festa/#respond",
    "AMP path": "https://gazeta.example/2025/05/festa/amp/",
    "AMP path twice": "https://gazeta.example/2025/05/festa/amp/amp",
    "AMP switch": "https://gazeta.example/2025/05/festa/?amp=1",
    "bare AMP switch": "https://gazeta.example/2025/05/festa/?amp",
    "AMP switched off": "https://gazeta.example/2025/05/festa/?noamp=mobile",
    "AMP in front": "https://gazeta.example/amp/2025/05/festa/",
    "AMP in the middle": "https://gazeta.example/2025/amp/05/festa",
    "AMP as an ending": "https://gazeta.example/2025/05/festa.amp",
    "AMP host": "https://amp.gazeta.example/2025/05/festa",
    "AMP as an output": "https://gazeta.example/2025/05/festa?output=amp",
    "AMP as a type of output": "https://gazeta.example/2025/05/festa?outputType=amp",
    "AMP cache": "https://gazeta.example/2025/05/festa?amp=1&usqp=mq331AQ&amp_js_v=0.1",
    "mobile host": "https://m.gazeta.example/2025/05/festa",
    "mobile host, written out": "http://mobile.gazeta.example/2025/05/festa/",
    "mobile host behind www": "https://www.m.gazeta.example/2025/05/festa",
    "port of https": "https://gazeta.example:443/2025/05/festa",
    "encoded": "https://gazeta.example/2025/05/%66esta",
}


@pytest.mark.parametrize("url", ONE_POST_SPELLED.values(), ids=ONE_POST_SPELLED)
def test_one_post_one_key(url: str) -> None:
    assert alias_key(url) == ONE_POST


NOISE = [
    "utm_source=facebook", "utm_x=1", "fbclid=IwAR0_x", "gclid=1", "gad_source=1",
    "gad_campaignid=2", "gbraid=0A", "wbraid=0A", "msclkid=1", "mc_cid=1", "mc_eid=1",
    "igshid=MzRl", "igsh=MzRl", "sfnsn=mo", "mibextid=xfxF2i", "xtor=CS1-1", "itm_source=x",
    "itm_campaign=y", "at_medium=email", "wt_mc=rss", "cmpid=x", "clickid=x", "pk_campaign=1",
    "pk_kwd=1", "pk_source=1", "mtm_campaign=1", "piwik_campaign=1", "matomo_campaign=1",
    "__s=6k2m9q1x7r3t8w4z5b0n", "amp;utm_source=x", "amp;amp;utm_source=x", "amp%3Butm_source=x",
    "share=facebook", "share=facebook&nb=1", "replytocom=12", "PHPSESSID=a1", "jsessionid=A1B2",
    "sid=0123456789abcdef0123456789abcdef", "CFID=12&CFTOKEN=34", "osCsid=1", "zenid=1",
    "ASPSESSIONIDQACRTBQC=MJ", "s=0123456789abcdef0123456789abcdef",
    "session_id=abc123abc123abc123",
]  # fmt: skip


@pytest.mark.parametrize("noise", NOISE)
def test_how_a_reader_came_is_no_part_of_an_address(noise: str) -> None:
    for pairs in (f"{noise}&id=4", f"id=4&{noise}"):
        said = f"https://gazeta.example/lajm.php?{pairs}"
        assert canonical(said) == without_noise(said) == "https://gazeta.example/lajm.php?id=4"
        assert alias_key(said) == "gazeta.example/lajm.php?id=4"


IDENTITIES = [
    "id={}", "p={}", "pk_lajm={}", "pk_id={}", "pk={}", "page_id={}", "amp={}", "noamp={}",
    "sid={}", "s={}", "session={}", "session_id={}", "__s={}", "cfid={}", "cid={}", "m={}",
    "output={}", "type={}", "view={}", "share={}", "nb={}", "ref={}", "source={}", "utm={}",
    "amp;id={}", "lajm=amp&id={}", "mtm={}", "gad={}",
]  # fmt: skip


@pytest.mark.parametrize("name", IDENTITIES)
def test_a_parameter_that_chooses_the_piece_keeps_pieces_apart(name: str) -> None:
    seven, eight = (f"https://gazeta.example/lajm.php?{name.format(n)}" for n in (7, 8))
    assert alias_key(seven) != alias_key(eight)
    assert canonical(seven) != canonical(eight)


SESSIONS_IN_PATHS = [
    "https://gazeta.example/lajme/1;jsessionid=A1B2",
    "https://gazeta.example/lajme/1;JSESSIONID=A1B2!-12!34",
    "https://gazeta.example/lajme;jsessionid=A1B2/1",
    "https://gazeta.example/lajme/1%3Bjsessionid%3DA1B2",
    "https://gazeta.example/lajme/1;PHPSESSID=a1",
    "https://gazeta.example/(S(lit3py55t21z5v55vlm25s55))/lajme/1",
    "https://gazeta.example/(A(x-1)S(lit3py55t21z5v55vlm25s55)X(1))/lajme/1",
    "https://gazeta.example/%28S%28lit3py55t21z5v55%29%29/lajme/1",
]


@pytest.mark.parametrize("url", SESSIONS_IN_PATHS)
def test_a_session_in_a_path_is_no_part_of_it(url: str) -> None:
    assert canonical(url) == without_noise(url) == "https://gazeta.example/lajme/1"
    assert alias_key(url) == "gazeta.example/lajme/1"


def test_what_carries_no_noise_is_left_as_it_is_given() -> None:
    for url in ("https://Gazeta.example:443/në?b=2&a=1", "no address", "https://x.example/a#b"):
        assert without_noise(url) == url


def test_a_fragment_goes_unless_it_is_the_page() -> None:
    assert without_fragment("https://gazeta.example/a#komente") == "https://gazeta.example/a"
    assert without_fragment("https://gazeta.example/#!/a") == "https://gazeta.example/#!/a"


APART = {
    "hash routes": ("https://gazeta.example/#!/lajm/1", "https://gazeta.example/#!/lajm/2"),
    "hash routes without a mark": ("https://gazeta.example/#/1", "https://gazeta.example/#/2"),
    "a number in brackets": ("https://gazeta.example/(1)/a", "https://gazeta.example/(2)/a"),
    "a host called m": ("https://m.example/a", "https://example.example/a"),
    "a step that only ends in amp": ("https://gazeta.example/kamp/a", "https://gazeta.example/k/a"),
    "post id": ("https://gazeta.example/?p=12", "https://gazeta.example/?p=13"),
    "case of the path": ("https://gazeta.example/A", "https://gazeta.example/a"),
    "other port": ("https://gazeta.example:8061/a", "https://gazeta.example:8062/a"),
    "English twin": ("https://gazeta.example/english/a", "https://gazeta.example/a"),
    "a slug that ends in amp": ("https://gazeta.example/llamp", "https://gazeta.example/ll"),
    "encoded slash": ("https://gazeta.example/a%2Fb", "https://gazeta.example/a/b"),
}


@pytest.mark.parametrize(("one", "other"), APART.values(), ids=APART)
def test_two_posts_two_keys(one: str, other: str) -> None:
    assert alias_key(one) != alias_key(other)


def test_a_key_sorts_the_query() -> None:
    assert alias_key("https://gazeta.example/?b=2&a=1") == "gazeta.example?a=1&b=2"


def test_a_home_page_is_its_host() -> None:
    assert alias_key("https://www.gazeta.example/") == "gazeta.example"


def test_www_is_a_name_where_nothing_else_is_left() -> None:
    assert alias_key("https://www.example/") == "www.example"


KEYLESS = {name: url for name, url in REFUSED.items() if name != "no scheme"}  # keys have none


@pytest.mark.parametrize("url", KEYLESS.values(), ids=KEYLESS)
def test_a_key_only_of_what_can_be_fetched(url: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        alias_key(url)


hosts = st.lists(
    st.sampled_from(
        ["www", "amp", "m", "mobile", "gazeta", "al", "com", "example", "xn--gazet-rsa", "gazetë"]
    ),
    min_size=1,
    max_size=4,
).map(".".join) | st.sampled_from(["127.0.0.1", "[::1]", "localhost", "0x7f.1"])
paths = st.lists(
    st.sampled_from(
        [
            "",
            ".",
            "..",
            "amp",
            "a",
            "a.amp",
            ".amp.html",
            ";jsessionid=1",
            "(S(a))",
            "%2e",
            "%2F",
            "%",
            "%%34%31",
            "né",
            "a b",
            "://",
            ":",
        ]
    )
    | st.text(string.printable, max_size=4),
    max_size=6,
).map("/".join)
queries = st.lists(
    st.sampled_from(
        [
            "p=1",
            "p",
            "=",
            "amp=1",
            "amp;a=1",
            "amp%3B",
            "output=amp",
            "sid=1",
            "share=x",
            "nb=1",
            "utm_x=1",
            "fbclid",
            "%75tm_a=1",
            "b=%2541",
            "?",
            "a=https://x",
        ]
    )
    | st.text(string.ascii_letters + "%=?/ë", max_size=4),
    max_size=5,
).map("&".join)
fragments = st.sampled_from(
    ["", "#a", "#/", "#/a", "#!/amp/", "#!/a?amp=1&utm_x=1", "#!a;sid=1", "#038;b"]
)
urls = st.builds(
    lambda scheme, host, port, path, query, fragment: (
        f"{scheme}://{host}{port}/{path}?{query}{fragment}"
    ),
    st.sampled_from(["http", "https", "HTTP"]),
    hosts,
    st.sampled_from(["", ":", ":80", ":443", ":8061"]),
    paths,
    queries,
    fragments,
)


def spelled_by(function: object, url: str) -> str | None:
    assert callable(function)
    try:
        return str(function(url))
    except ValueError:
        return None


@given(urls | st.text(max_size=60))
def test_canonical_is_idempotent(url: str) -> None:
    once = spelled_by(canonical, url)
    if once is not None:
        assert canonical(once) == once
        assert once.isascii()
        assert once.isprintable()


@given(urls | st.text(max_size=60))
def test_a_key_is_idempotent(url: str) -> None:
    once = spelled_by(alias_key, url)
    if once is not None:
        assert alias_key(once) == once


@given(urls)
def test_a_key_outlives_its_spelling(url: str) -> None:
    spelled = spelled_by(canonical, url)
    if spelled is not None:
        assert alias_key(spelled) == alias_key(url)


# --- hosts -----------------------------------------------------------------------

DOMAINS = {
    "plain": ("gazeta.al", "gazeta.al"),
    "below": ("lajme.sot.gazeta.al", "gazeta.al"),
    "second-level suffix": ("www.gazeta.com.al", "gazeta.com.al"),
    "agency of the state": ("agjencia.gov.al", "agjencia.gov.al"),
    "a suffix is itself": ("gov.al", "gov.al"),
    "neighbours at a shared host": ("gazeta.github.io", "gazeta.github.io"),
    "unlisted suffix": ("www.gazeta.example", "gazeta.example"),
    "one label": ("localhost", "localhost"),
    "capitals": ("WWW.Gazeta.MK", "gazeta.mk"),
    "letters": ("www.gazetë.mk", "xn--gazet-rsa.mk"),
    "IPv4": ("127.0.0.1", "127.0.0.1"),
    "IPv6": ("[::1]", "::1"),
}


@pytest.mark.parametrize(("host", "domain"), DOMAINS.values(), ids=DOMAINS)
def test_registrable_domain(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


LOOPBACK = [
    "localhost",
    "LOCALHOST.",
    "a.localhost",
    "127.0.0.1",
    "127.9.9.9",
    "127.1",
    "0x7f000001",
    "::1",
    "[::1]",
    "::ffff:127.0.0.1",
]
NOT_LOOPBACK = [
    "gazeta.example",
    "localhost.gazeta.example",
    "notlocalhost",
    "127.0.0.1.gazeta.example",
    "0.0.0.0",
    "10.0.0.1",
    "::",
    "127.0.0.1%.gazeta.example",
]


@pytest.mark.parametrize("host", LOOPBACK)
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", *NOT_LOOPBACK])
def test_not_loopback(host: str) -> None:
    assert not is_loopback(host)


PRIVATE = {
    "this network": "0.0.0.0",
    "loopback": "127.0.0.1",
    "ten": "10.1.2.3",
    "one seven two": "172.16.0.1",
    "one nine two": "192.168.1.1",
    "carrier-grade NAT": "100.64.0.1",
    "link-local, where clouds keep their secrets": "169.254.169.254",
    "documentation": "203.0.113.7",
    "benchmarks": "198.18.0.1",
    "multicast": "224.0.0.1",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "one number": "2130706433",
    "short": "127.1",
    "octal": "012.0.0.1",
    "hexadecimal": "0xA.0.0.1",
    "IPv6 loopback": "::1",
    "IPv6 nowhere": "::",
    "IPv6 link-local": "fe80::1",
    "IPv6 link-local with its interface": "fe80::1%eth0",
    "IPv6 unique local": "fd00::1",
    "IPv6 site-local": "fec0::1",
    "IPv6 documentation": "2001:db8::1",
    "IPv6 multicast": "ff02::1",
    "IPv4-mapped": "::ffff:10.0.0.1",
    "IPv4-compatible": "::10.0.0.1",
    "NAT64": "64:ff9b::10.0.0.1",
    "6to4": "2002:a00:1::",
    "Teredo": "2001:0:a00:1::",
}
PUBLIC = [
    "8.8.8.8",
    "193.0.6.139",
    "2a00:1450:4001::1",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "134744072",
]


@pytest.mark.parametrize("ip", PRIVATE.values(), ids=PRIVATE)
def test_private(ip: str) -> None:
    assert is_private_address(ip)


@pytest.mark.parametrize("ip", PUBLIC)
def test_public(ip: str) -> None:
    assert not is_private_address(ip)


@pytest.mark.parametrize("ip", ["", "gazeta.example", "1.2.3.4.5", "256.1.1.1", "::g", "1.2.3.x"])
def test_what_is_no_ip_is_not_judged(ip: str) -> None:
    with pytest.raises(ValueError, match="not an IP address"):
        is_private_address(ip)


@pytest.mark.parametrize(
    "host",
    ["", " ", " a", "a ", "[a]", "[::1", "a b", "a/b", "a:b", "a@b", "é..a", "1.2.3.4.5", "-" * 64],
)
def test_what_is_no_host(host: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        normal_host(host)


def test_host_of() -> None:
    assert host_of("https://WWW.Gazeta.example:8443/a") == "www.gazeta.example"
    assert host_of("http://[::1]:8061/") == "::1"


# --- whose an address is -----------------------------------------------------------

GAZETA = Outlet(
    slug="gazeta",
    name="Gazeta",
    home="https://www.gazeta.com.al/",
    find=(
        Find(way=Way.FEED, url="https://feeds.shtypi.example/gazeta"),
        Find(
            way=Way.LISTING, url="https://www.gazeta.com.al/?faqja={page}", row="article", link="a"
        ),
    ),
    hosts=("cdn.media.example",),
)
DEMO = Outlet(
    slug="demo",
    name="Demo",
    home="http://127.0.0.1:8061/",
    find=(Find(way=Way.FEED, url="http://localhost:8062/feed/"),),
)
OURS = {
    "home": "https://www.gazeta.com.al/",
    "another host of the domain": "http://lajme.gazeta.com.al/a",
    "another port of the domain": "https://gazeta.com.al:8443/a",
    "domain of a declared feed": "https://www.shtypi.example/a",
    "declared host": "https://cdn.media.example/a.jpg",
    "below a declared host": "https://img.cdn.media.example/a.jpg",
    "capitals": "HTTPS://GAZETA.COM.AL/a",
}
STRANGE = {
    "another domain": "https://stranger.example/",
    "neighbour under the suffix": "https://stranger.com.al/",
    "the suffix itself": "https://com.al/",
    "domain as a label": "https://gazeta.com.al.stranger.example/",
    "domain as an ending": "https://notgazeta.com.al/",
    "beside a declared host": "https://www.media.example/",
    "domain as a user name": "https://gazeta.com.al@stranger.example/",
    "backslash": "https://stranger.example\\.gazeta.com.al/",
    "file": "file://gazeta.com.al/etc/passwd",
    "ftp": "ftp://gazeta.com.al/",
    "loopback": "http://127.0.0.1/",
    "localhost": "http://localhost/",
    "private": "http://192.168.1.1/",
    "public IP": "http://8.8.8.8/",
    "nothing": "",
    "relative": "/a",
}


@pytest.mark.parametrize("url", OURS.values(), ids=OURS)
def test_the_outlets_own(url: str) -> None:
    assert belongs(url, GAZETA)


@pytest.mark.parametrize("url", STRANGE.values(), ids=STRANGE)
def test_a_strangers(url: str) -> None:
    assert not belongs(url, GAZETA)


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://127.0.0.1:8061/a", True),
        ("http://2130706433:8061/a", True),
        ("http://localhost:8062/a", True),
        ("http://127.0.0.1:8062/a", False),
        ("http://127.0.0.1/a", False),
        ("http://localhost:8061/a", False),
        ("http://a.localhost:8062/a", False),
        ("http://127.0.0.2:8061/a", False),
        ("http://[::1]:8061/a", False),
    ],
)
def test_on_loopback_host_and_port_are_exact(url: str, own: bool) -> None:
    assert belongs(url, DEMO) is own


def test_an_outlet_without_an_address_owns_nothing() -> None:
    assert not belongs("https://gazeta.com.al/", Outlet(slug="pa-adrese", name="Pa adresë"))


def test_typed_hosts() -> None:
    assert typed_hosts(GAZETA) == {"www.gazeta.com.al", "feeds.shtypi.example", "cdn.media.example"}
    assert typed_hosts(DEMO) == {"127.0.0.1", "localhost"}
    assert typed_hosts(Outlet(slug="pa-adrese", name="Pa adresë")) == frozenset()
