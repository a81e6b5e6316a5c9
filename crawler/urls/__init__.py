"""Addresses: one spelling to fetch, one key to join, and whose an address is (pure).

Written on the standard library rather than on w3lib or url-normalize: alias keys are
stored in the record, so their spelling may not move with a library's release, and w3lib's
canonical form sorts the query, which is not the address an outlet gave us.
Rules: RFC 3986 section 6.2.2 (case, percent-encoding, dot segments), UTS 46 for host
names (`idna`), and the URL Standard's reading of numeric hosts, which is the resolver's.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from crawler.limits import ADDRESS, ADDRESS_SHOWN, HOST
from crawler.models import Outlet, Way
from crawler.urls.noise import (
    parameters,
    without_amp,
    without_session,
    without_view_host,
    without_views,
)

if TYPE_CHECKING:
    from tldextract import TLDExtract

KEYS = "addresses-2"
# the rules by which `alias_key` names: a record whose keys were made by others is named anew
SPELT = 1_024
# addresses whose spelling is remembered: a page's own is asked for five times on its way
DEFAULT_PORTS = {"http": 80, "https": 443}

_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "/:@!$&'()*+,;=%"
_QUERY_SAFE = "/?:@!$'()*+,;=%"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?![0-9])")
# what a number follows is a port: "gazeta.example:8080"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_TRIPLET = re.compile(r"%[0-9A-Fa-f]{2}")
_ESCAPED_AND = re.compile(r"&#(?:0{0,5}38|x0{0,5}26);", re.IGNORECASE)
# an ampersand as markup writes it by number; its "#" would begin a fragment
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\Z")
_NUMBER = re.compile(r"0x[0-9a-f]*\Z|[0-9]+\Z")
_ROUTE = re.compile(r"!?/.|!.")
# a fragment that scripts take for the page, not for a place on it
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Address:
    """An http(s) address in its parts, each in normal spelling."""

    scheme: str
    # "https"
    host: str
    # "gazeta.example", "127.0.0.1", "::1" (without brackets)
    port: int
    # 443 where the address names none
    path: str
    # "/2025/05/festa/"
    query: tuple[str, ...]
    # pairs in their order, noise left out: ("p=12",)
    route: str = ""
    # "/lajm/1", "!/lajm/1": the page that a script shows, where the fragment says it
    route_query: tuple[str, ...] = ()
    # as `query`
    noisy: bool = False
    # something was left out that chooses no page

    @property
    def place(self) -> tuple[str, int]:
        """Host and port."""
        return self.host, self.port

    def authority(self, *unsaid: int) -> str:
        """Host and port, without the ports that go unsaid: "gazeta.example"."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port in unsaid else f"{host}:{self.port}"


def _with_query(path: str, query: Sequence[str]) -> str:
    """Path and query: "/2025/?p=12"."""
    return f"{path}?{'&'.join(query)}" if query else path


def _with_route(address: str, route: str, query: Sequence[str]) -> str:
    return f"{address}#{_with_query(route, query)}" if route else address


# --- spelling -------------------------------------------------------------------


@lru_cache(maxsize=SPELT)
def canonical(url: str) -> str:
    """The address to fetch: normal spelling, query in its order, without fragment and noise.

    Noise is what says how a reader came (`crawler.urls.noise`). A fragment stays where it is the
    page: "#!/lajm/1", "#/lajm/1". Raises ValueError (one line) for another scheme than http and
    https, no or a malformed host, a user name or password, control characters, more than 2,000
    characters.
    """
    address = _address(url)
    authority = address.authority(DEFAULT_PORTS[address.scheme])
    bare = f"{address.scheme}://{authority}{_with_query(address.path, address.query)}"
    return _bounded(_with_route(bare, address.route, address.route_query))


def without_noise(url: str) -> str:
    """`url` as it is given, or `canonical` where it says how a reader came.

    What is no web address is given back: readers of rows judge that.
    """
    try:
        return canonical(url) if _address(url).noisy else url
    except ValueError:
        return url


def without_fragment(url: str) -> str:
    """`url` without its fragment, but with one that is the page: "#!/lajm/1"."""
    bare, _, fragment = url.partition("#")
    return url if _ROUTE.match(fragment) else bare


def joined(base: str, href: str) -> str | None:
    """The address of a link on the page at `base`, as a row has it: no fragment, no noise.

    None for what leads nowhere on the web.
    """
    if len(href) > ADDRESS:
        return None
    try:
        address = without_fragment(urljoin(base, href.strip()))
    except ValueError:
        return None
    return without_noise(address) if address.startswith(("http://", "https://")) else None


@lru_cache(maxsize=SPELT)
def alias_key(url: str) -> str:
    """The identity of an address: two spellings of one post give one key. Idempotent.

    Without scheme, port 80 or 443, trailing slash, the hosts' `www.`, `m.`, `amp.` and `mobile.`,
    and what chooses AMP; query sorted. Takes addresses and its own keys. Raises ValueError as
    `canonical` does.
    """
    text = _bounded(url.strip())
    address = _parts(text if _SCHEME.match(text) else f"https://{text}")
    path = without_amp(re.sub("//+", "/", address.path))
    query = sorted(without_views(address.query, path))
    authority = without_view_host(address.authority(*DEFAULT_PORTS.values()))
    route = sorted(without_views(address.route_query, address.route))
    bare = authority + _with_query(path, query)
    return _bounded(_with_route(bare, address.route.rstrip("/"), route))


def is_view(url: str) -> bool:
    """Whether an address names AMP or a telephone's page, and not the piece alone.

    Raises ValueError as `canonical` does.
    """
    address = _address(url)
    host = address.host.removeprefix("www.")
    return (
        without_view_host(host) != host
        or without_amp(address.path) != address.path.rstrip("/")
        or len(without_views(address.query, address.path)) < len(address.query)
    )


def host_of(url: str) -> str:
    """The host of an http(s) address, lower-case, in ASCII, without port and brackets.

    Raises ValueError as `canonical` does.
    """
    return _address(url).host


def place_of(url: str) -> tuple[str, int]:
    """Host, as `host_of`, and port of an http(s) address. Raises ValueError as `canonical` does."""
    return _address(url).place


@lru_cache(maxsize=SPELT)
def normal_host(host: str) -> str:
    """A host name alone in normal spelling: "Gazeta.Example." -> "gazeta.example".

    Raises ValueError for what is no host name or IP address.
    """
    if len(host) > HOST:
        raise ValueError(f"a host name of more than {HOST:,} characters: {_shown(host)}")
    text = host.lower().removesuffix(".")
    if ":" in text:
        return _ipv6_host(text[1:-1] if text[0] == "[" and text[-1] == "]" else text)
    name = text if text.isascii() else _ascii_host(text)
    number = _ipv4_as_resolved(name)
    if number is not None:
        return str(number)
    if not _HOST.match(name):
        raise ValueError(f"not a host name: {_shown(host)}")
    return name


@lru_cache(maxsize=SPELT)
def _address(url: str) -> _Address:
    return _parts(_bounded(url.strip()))


def _parts(text: str) -> _Address:
    if not text:
        raise ValueError("an empty address")
    if _CONTROL.search(text):
        raise ValueError(f"control characters in the address {_shown(text)}")
    split = _split(text)
    port = _port(split)
    whole = _without_dots(_requoted(split.path, _PATH_SAFE)) or "/"
    path, given = without_session(whole), _quoted(split.query)
    query = parameters(given)
    route, _, asked = split.fragment.partition("?") if _ROUTE.match(split.fragment) else ("",) * 3
    return _Address(
        scheme=split.scheme,
        host=normal_host(split.hostname or ""),
        port=DEFAULT_PORTS[split.scheme] if port is None else port,
        path=path,
        query=tuple(query),
        route=_requoted(route, _PATH_SAFE),
        route_query=tuple(parameters(_quoted(asked))),
        noisy=path != whole or "&".join(query) != given,
    )


def _split(text: str) -> SplitResult:
    try:
        split = urlsplit(_ESCAPED_AND.sub("&", text))
    except ValueError as error:
        raise ValueError(f"not an address: {_shown(text)}") from error
    if split.scheme not in DEFAULT_PORTS:
        raise ValueError(f"only http and https addresses, not {_shown(text)}")
    if "@" in split.netloc:
        raise ValueError("an address may not carry a user name or password")
    if not split.hostname or ("[" in split.netloc and ":" not in split.hostname):
        # before 3.11.4 Python took any name in brackets
        raise ValueError(f"no host in the address {_shown(text)}")
    return split


def _port(split: SplitResult) -> int | None:
    try:
        port = split.port
    except ValueError:
        port = 0
    if port == 0:
        raise ValueError(f"no such port in the address {_shown(split.geturl())}")
    return port


def _bounded(text: str) -> str:
    if len(text) > ADDRESS:
        raise ValueError(f"an address of more than {ADDRESS:,} characters: {_shown(text)}")
    return text


def _shown(text: str) -> str:
    """`text` as an error line may show it: bounded, escaped, without a password.

    Every cut is one step over the text: what is shown is often what was too long to be read.
    """
    start, end = text.find("//"), text.rfind("@")
    if 0 <= start < end:
        text = f"{text[:start][:ADDRESS_SHOWN]}//...{text[end:][:ADDRESS_SHOWN]}"
    return ascii(text if len(text) <= ADDRESS_SHOWN else f"{text[:ADDRESS_SHOWN]}...")


def _requoted(text: str, safe: str) -> str:
    """Percent-encoding in normal form; the reserved characters keep the form they have."""
    whole = _TRIPLET.sub(_plain_if_unreserved, _STRAY_PERCENT.sub("%25", text))
    try:
        return quote(whole, safe=safe)
    except UnicodeEncodeError as error:
        raise ValueError(f"half a character in the address {_shown(text)}") from error


def _plain_if_unreserved(triplet: re.Match[str]) -> str:
    character = chr(int(triplet[0][1:], 16))
    return character if character in _UNRESERVED else triplet[0].upper()


def _without_dots(path: str) -> str:
    """RFC 3986, section 5.2.4."""
    if "/." not in path:
        return path
    steps: list[str] = []
    for step in path.split("/")[1:]:
        if step == "..":
            del steps[-1:]
        elif step != ".":
            steps.append(step)
    if path.endswith(("/.", "/..")):
        steps.append("")
    return "/" + "/".join(steps)


def _quoted(query: str) -> str:
    """A query in normal spelling, without empty pairs."""
    return "&".join(_requoted(pair, _QUERY_SAFE) for pair in query.split("&") if pair)


# --- hosts ------------------------------------------------------------------------


def _ascii_host(host: str) -> str:
    try:
        return idna.encode(host, uts46=True).decode("ascii").removesuffix(".")
    except idna.IDNAError as error:
        raise ValueError(f"not a host name: {_shown(host)}") from error


def _ipv6_host(text: str) -> str:
    try:
        address = ipaddress.IPv6Address(text)
    except ValueError as error:
        raise ValueError(f"not a host name: {_shown(text)}") from error
    if address.scope_id is not None:
        raise ValueError(f"a network interface in the host {_shown(text)}")
    return str(address.ipv4_mapped or address)


def _ipv4_as_resolved(host: str) -> ipaddress.IPv4Address | None:
    """`host` as inet_aton reads it: "127.1", "0x7f.1", "017700000001", "2130706433".

    None when its last label is no number. Raises ValueError for a number that is no address.
    """
    labels = host.split(".")
    if not _NUMBER.match(labels[-1]):
        return None
    wrong = ValueError(f"not an IP address: {_shown(host)}")
    if len(labels) > 4 or len(host) > 64 or not all(map(_NUMBER.match, labels)):  # noqa: PLR2004
        raise wrong
    try:
        numbers = [_number(label) for label in labels]
    except ValueError as error:
        raise wrong from error
    *firsts, last = numbers
    if any(number > 255 for number in firsts) or last >= 256 ** (4 - len(firsts)):  # noqa: PLR2004
        raise wrong
    value = last + sum(number << 8 * (3 - place) for place, number in enumerate(firsts))
    return ipaddress.IPv4Address(value)


def _number(label: str) -> int:
    """A label in C's notation: hexadecimal after 0x, octal after 0."""
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8 if label.startswith("0") else 10)


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The IP address that `text` is, None for a name."""
    plain = text.partition("%")[0] if ":" in text else text  # "fe80::1%eth0"
    try:
        return ipaddress.ip_address(normal_host(plain))
    except ValueError:
        return None


@lru_cache(maxsize=SPELT)
def is_loopback(host: str) -> bool:
    """Whether `host` is this machine: localhost and below (RFC 6761), 127.0.0.0/8, ::1."""
    try:
        name = normal_host(host)
    except ValueError:
        return False
    if _at_or_below(name, "localhost"):
        return True
    address = _ip(name)
    return address is not None and address.is_loopback


def is_private_address(ip: str) -> bool:
    """Whether a resolved `ip` is anything but a public unicast address.

    IPv4 inside IPv6 (mapped, NAT64 of RFC 6052) is judged as that IPv4 address; odd
    spellings are read as the resolver reads them. Raises ValueError for what is no IP.
    """
    address = _ip(ip)
    if address is None:
        raise ValueError(f"not an IP address: {_shown(ip)}")
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return is_private_address(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
        if address.is_site_local or address.sixtofour or address.teredo:
            return True
    return address.is_multicast or address.is_reserved or not address.is_global


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str:
    """The part of `host` that somebody registered: "lajme.gazeta.com.al" -> "gazeta.com.al".

    By the public suffix list with its private part, so that neighbours at a shared host
    ("a.github.io", "b.github.io") stay strangers. Under an unlisted suffix the last two
    labels (the list's own default rule). An IP address, a single label and a public suffix
    are themselves. Raises ValueError for what is no host name.
    """
    name = normal_host(host)
    if _ip(name) is not None or "." not in name:
        return name
    found = _suffixes()(name)
    if not found.suffix:
        return ".".join(name.split(".")[-2:])
    return f"{found.domain}.{found.suffix}" if found.domain else name


@lru_cache(maxsize=1)
def _suffixes() -> TLDExtract:
    """The public suffix list as tldextract ships it: nothing is downloaded or cached on disk."""
    from tldextract import TLDExtract  # noqa: PLC0415  (costs 0.1 s; only crawls need it)

    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


# --- whose an address is ------------------------------------------------------------


def belongs(url: str, outlet: Outlet) -> bool:
    """Whether a *found* address is the outlet's own.

    http(s) on the registrable domain of its home or a declared address, or on one of its
    `hosts` or below. Loopback and IP addresses only with exactly a declared host and port.
    """
    try:
        found = _address(url)
    except ValueError:
        return False
    declared = _declared(outlet)
    if found.place in _places(declared):
        return True
    if _ip(found.host) is not None or is_loopback(found.host):
        return False
    if any(_at_or_below(found.host, normal_host(host)) for host in outlet.hosts):
        return True
    return registrable_domain(found.host) in _domains(declared)


@lru_cache(maxsize=SPELT)
def _places(declared: tuple[str, ...]) -> frozenset[tuple[str, int]]:
    """Hosts and ports of addresses: asked for every row of an outlet."""
    return frozenset(_address(address).place for address in declared)


@lru_cache(maxsize=SPELT)
def _domains(declared: tuple[str, ...]) -> frozenset[str]:
    return frozenset(registrable_domain(_address(address).host) for address in declared)


def typed_hosts(outlet: Outlet) -> frozenset[str]:
    """The hosts that stand in the outlet's file."""
    addresses = {host_of(address) for address in _declared(outlet)}
    return frozenset(addresses | {normal_host(host) for host in outlet.hosts})


def is_private_host(host: str) -> bool:
    """Whether `host` says by itself that it is private: such an IP address, localhost or below."""
    return is_loopback(host) or (_ip(host) is not None and is_private_address(host))


def private_places(outlet: Outlet) -> frozenset[tuple[str, int]]:
    """Host and port of the outlet's addresses that may be private; nothing else of it may.

    A literal private address where a person of the office typed it, in the outlet's own file or in
    a command (a `proof`); a *name* only where the file says `private`, since whoever owns a name
    decides where it leads. What comes with the program was typed by nobody here.
    """
    commands = [find.url for find in outlet.find if find.way is Way.PROOF]
    file = [] if outlet.shipped else [url for url in _declared(outlet) if url not in commands]
    literal = {_address(url).place for url in (*file, *commands)}
    named = {_address(url).place for url in file} if outlet.private else set()
    return frozenset(named | {place for place in literal if is_private_host(place[0])})


def _declared(outlet: Outlet) -> tuple[str, ...]:
    home = () if outlet.home is None else (outlet.home,)
    return home + tuple(find.url for find in outlet.find)


def _at_or_below(host: str, parent: str) -> bool:
    return host == parent or host.endswith(f".{parent}")
