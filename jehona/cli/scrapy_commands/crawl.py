"""`scrapy crawl WAY -a outlet=SLUG -a since=DAY -a until=DAY`: `jehona crawl` of one way.

A spider alone has no record, no ledger and nobody to tell its faults to; so Scrapy's own command
is replaced by the conductor's, with its lock, its interrupts and its exit codes.
"""

from __future__ import annotations

import argparse
from typing import Final

from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError

from crawler.run.routes import FOLLOWED
from jehona import cli

KNOWN: Final = ("outlet", "since", "until")
# What Scrapy would do with a spider of its own, and nobody does here.
REFUSED: Final = {
    "set": "-s",
    "output": "-o",
    "overwrite_output": "-O",
    "logfile": "--logfile",
    "loglevel": "-L",
    "nolog": "--nolog",
}


class Command(BaseRunSpiderCommand):
    """Takes the place of Scrapy's `crawl`."""

    requires_project = True
    # the conductor makes its own
    requires_crawler_process = False

    def syntax(self) -> str:
        """How it is typed."""
        return "<way> -a outlet=SLUG [-a since=DAY -a until=DAY]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Ask one outlet by one way, as `jehona crawl --way` does"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuse what would be left undone in silence. Raises UsageError, exit code 2."""
        for name, option in REFUSED.items():
            if getattr(opts, name, None):
                words = f"{option}: rows go to the record, the log to var/crawl.log"
                raise UsageError(words, print_help=False)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl; `exitcode` is that of `jehona crawl`. Raises UsageError."""
        typed = ["crawl", *_typed(args, opts.spargs)]
        build = cli.build()
        self.exitcode = cli.run(lambda: build(typed, prog_name="scrapy", standalone_mode=False))


def _typed(args: list[str], spider_words: dict[str, str]) -> list[str]:
    """The words of `jehona crawl` for those of `scrapy crawl`. Raises UsageError."""
    ways = sorted(way.value for way in FOLLOWED)
    if len(args) != 1 or args[0] not in ways:
        raise UsageError(f"name one way: {', '.join(ways)}", print_help=False)
    for name in spider_words:
        if name not in KNOWN:
            raise UsageError(f"-a {name}: known are {', '.join(KNOWN)}", print_help=False)
    if "outlet" not in spider_words:
        raise UsageError("-a outlet=SLUG is needed", print_help=False)
    options = [word for name, value in spider_words.items() for word in (f"--{name}", value)]
    return ["--way", args[0], *options]
