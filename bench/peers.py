"""Other tools at the same newsroom, each in a process of its own.

    python -m bench.peers TOOL ADDRESS

What the tool lists is printed as JSON: {"links": [...]}; nothing where it is not installed.
The address has an invented name (`http://shtypi.example:PORT`), which this process alone resolves
to loopback: some of the tools refuse numbers for hosts.
"""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from bench.figures import installed

INVENTED: Final = ".example"
LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A tool that finds articles of an outlet."""

    name: str
    # as its people call it
    package: str
    # what pip installs
    find: Callable[[str], list[str]]
    # home page, with its slash -> addresses of articles
    does: str
    # what it does and does not do, in words
    carries: bool = False
    # whether its rows bring headline and date, so that no page need be fetched to place them


def feedparser_once(home: str) -> list[str]:
    """One look at the declared feed."""
    return [entry.link for entry in _tool("feedparser").parse(f"{home}feed/").entries]


def trafilatura_feeds(home: str) -> list[str]:
    """Feeds that the front page names."""
    tool = _tool("trafilatura.feeds")
    found: list[str] = tool.find_feed_urls(home, sleep_time=0, config=_on_loopback())
    return found


def trafilatura_sitemaps(home: str) -> list[str]:
    """Sitemaps that robots.txt names."""
    tool = _tool("trafilatura.sitemaps")
    found: list[str] = tool.sitemap_search(home, sleep_time=0, config=_on_loopback())
    return found


def _on_loopback() -> Any:
    """Its usual configuration, but private addresses allowed."""
    config = _tool("trafilatura.settings").use_config()
    config["DEFAULT"]["SSRF_PROTECTION"] = "off"
    return config


def _tool(module: str) -> Any:
    """A module that may not be installed: imported by name, so that nothing here depends on it."""
    return import_module(module)


def newspaper_build(home: str) -> list[str]:
    """Front page, categories and feeds, as `newspaper.build` does it by default."""
    return [article.url for article in _tool("newspaper").build(home).articles]


PEERS: Final[Mapping[str, Peer]] = {
    "feedparser": Peer(
        name="feedparser, the feed once",
        package="feedparser",
        find=feedparser_once,
        does="reads the newest page of a feed whose address it is told",
        carries=True,
    ),
    "trafilatura-feeds": Peer(
        name="trafilatura, feeds",
        package="trafilatura",
        find=trafilatura_feeds,
        does="finds feeds from the front page, gives addresses only, never goes back",
    ),
    "trafilatura-sitemaps": Peer(
        name="trafilatura, sitemaps",
        package="trafilatura",
        find=trafilatura_sitemaps,
        does="lists every address of the site without dates: each page is to be fetched to know",
    ),
    "newspaper": Peer(
        name="newspaper4k, build",
        package="newspaper4k",
        find=newspaper_build,
        does="front page and guessed feeds, addresses only; looks at each thrice (binary check)",
    ),
}


def resolve_invented_names() -> None:
    """Invented names lead to loopback, and nothing else leaves the machine."""
    genuine = socket.getaddrinfo

    def at_home(host: Any, *words: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name != LOOPBACK and not name.endswith(INVENTED):
            raise socket.gaierror(socket.EAI_NONAME, f"the newsroom is the only host: {name}")
        return genuine(LOOPBACK, *words, **named)

    socket.getaddrinfo = at_home


def main(words: Sequence[str]) -> None:
    """See the module."""
    name, address = words
    peer = PEERS[name]
    if not installed(peer.package):
        return
    resolve_invented_names()
    print(json.dumps({"links": peer.find(f"{address}/")}))


if __name__ == "__main__":
    main(sys.argv[1:])
