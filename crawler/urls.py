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
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, unquote_plus, urlsplit

from crawler.limits import ADDRESS, ADDRESS_SHOWN, HOST
from crawler.models import Outlet

if TYPE_CHECKING:
    from tldextract import TLDExtract

SPELT = 1_024
# addresses whose spelling is remembered: a page's own is asked for five times on its way
DEFAULT_PORTS = {"http": 80, "https": 443}

# Names of Brave's query filter (brave-core, components/query_filter/utils.cc, read 2026-11)
# and of the campaign links of Google, Mailchimp, TikTok and LinkedIn (the vendors' help pages).
# `ref`, `source` and the like stay: at some outlets they choose the page.
# fmt: off
TRACKING = frozenset({
    "__hsfp", "__hssc", "__hstc", "__s", "_bhlid", "_branch_match_id", "_branch_referrer", "_ga",
    "_gl", "_hsenc", "_hsmi", "_kx", "_openstat", "at_recipient_id", "at_recipient_list", "bbeml",
    "dclid", "et_rid", "fb_action_ids", "fb_action_types", "fb_comment_id", "fb_ref", "fb_source",
    "fbclid", "gad_source", "gbraid", "gclid", "gclsrc", "guce_referrer", "guce_referrer_sig",
    "hsctatracking", "igsh", "igshid", "irclickid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok",
    "ml_subscriber", "ml_subscriber_hash", "msclkid", "oly_anon_id", "oly_enc_id", "rb_clickid",
    "s_cid", "srsltid", "ss_email_id", "ttclid", "twclid", "vero_conv", "vero_id", "wbraid",
    "wickedid", "yclid", "ymclid", "ysclid",
})
# fmt: on
# Google Analytics and Urchin; Matomo and Piwik
TRACKING_PREFIXES = ("utm_", "mtm_", "pk_")
# the query switches of the two AMP plugins of WordPress
AMP_SWITCHES = frozenset({"amp", "noamp"})

_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "/:@!$&'()*+,;=%"
_QUERY_SAFE = "/?:@!$'()*+,;=%"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?![0-9])")
# what a number follows is a port: "gazeta.example:8080"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_TRIPLET = re.compile(r"%[0-9A-Fa-f]{2}")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\Z")
_NUMBER = re.compile(r"0x[0-9a-f]*\Z|[0-9]+\Z")
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
    # pairs in their order, tracking left out: ("p=12",)

    @property
    def place(self) -> tuple[str, int]:
        """Host and port."""
        return self.host, self.port

    def authority(self, *unsaid: int) -> str:
        """Host and port, without the ports that go unsaid: "gazeta.example"."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port in unsaid else f"{host}:{self.port}"

    def tail(self, path: str, query: tuple[str, ...]) -> str:
        """Path and query: "/2025/?p=12"."""
        return f"{path}?{'&'.join(query)}" if query else path


# --- spelling -------------------------------------------------------------------


@lru_cache(maxsize=SPELT)
def canonical(url: str) -> str:
    """The address to fetch: normal spelling, no fragment, no tracking, query in its order.

    Raises ValueError (one line) for another scheme than http and https, no or a malformed
    host, a user name or password, control characters, more than 2,000 characters.
    """
    address = _address(url)
    authority = address.authority(DEFAULT_PORTS[address.scheme])
    return _bounded(f"{address.scheme}://{authority}{address.tail(address.path, address.query)}")


@lru_cache(maxsize=SPELT)
def alias_key(url: str) -> str:
    """The identity of an address: two spellings of one post give one key. Idempotent.

    Without scheme, leading `www.`, port 80 or 443, trailing slash, AMP suffix; query sorted.
    Takes addresses and its own keys. Raises ValueError as `canonical` does.
    """
    text = _bounded(url.strip())
    address = _parts(text if _SCHEME.match(text) else f"https://{text}")
    path = _without_amp(re.sub("//+", "/", address.path))
    pairs = tuple(sorted(pair for pair in address.query if _name(pair) not in AMP_SWITCHES))
    authority = _without_www(address.authority(*DEFAULT_PORTS.values()))
    return _bounded(authority + address.tail(path, pairs))


def host_of(url: str) -> str:
    """The host of an http(s) address, lower-case, in ASCII, without port and brackets.

    Raises ValueError as `canonical` does.
    """
    return _address(url).host


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
    return _Address(
        scheme=split.scheme,
        host=normal_host(split.hostname or ""),
        port=DEFAULT_PORTS[split.scheme] if port is None else port,
        path=_without_dots(_requoted(split.path, _PATH_SAFE)) or "/",
        query=tuple(_untracked(split.query)),
    )


def _split(text: str) -> SplitResult:
    try:
        split = urlsplit(text)
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


def _untracked(query: str) -> list[str]:
    pairs = [_requoted(pair, _QUERY_SAFE) for pair in query.split("&") if pair]
    return [pair for pair in pairs if not _tracks(_name(pair))]


def _name(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0]).lower()


def _tracks(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def _without_amp(path: str) -> str:
    path = path.rstrip("/")
    while path.endswith("/amp"):
        path = path.removesuffix("/amp").rstrip("/")
    return path


def _without_www(authority: str) -> str:
    while authority.startswith("www.") and "." in authority.removeprefix("www."):
        authority = authority.removeprefix("www.")
    return authority


# --- hosts ------------------------------------------------------------------------


def _ascii_host(host: str) -> str:
    import idna  # noqa: PLC0415  (its tables are large, and most hosts are ASCII)

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
    declared = [_address(address) for address in _declared(outlet)]
    if found.place in {address.place for address in declared}:
        return True
    if _ip(found.host) is not None or is_loopback(found.host):
        return False
    if any(_at_or_below(found.host, normal_host(host)) for host in outlet.hosts):
        return True
    ours = {registrable_domain(address.host) for address in declared}
    return registrable_domain(found.host) in ours


def typed_hosts(outlet: Outlet) -> frozenset[str]:
    """The host names a person typed in the outlet's file; only these may resolve privately."""
    addresses = {host_of(address) for address in _declared(outlet)}
    return frozenset(addresses | {normal_host(host) for host in outlet.hosts})


def _declared(outlet: Outlet) -> tuple[str, ...]:
    home = () if outlet.home is None else (outlet.home,)
    return home + tuple(find.url for find in outlet.find)


def _at_or_below(host: str, parent: str) -> bool:
    return host == parent or host.endswith(f".{parent}")
