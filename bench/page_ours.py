"""The real path with pages, in a process of its own: `jehona crawl --way sitemap --json`, thrice.

    python -m bench.page_ours ADDRESS WARM_ADDRESS FOLDER PAGES NEW [--profile FILE]

A first small crawl (start-up), the measured one, and the same again after NEW further pages were
listed. The last line is JSON; "peak" is the most memory the process held, in MB of 1,000,000 bytes.
"""

from __future__ import annotations

import cProfile
import json
import sys
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import psutil

from bench.ours import MEASURED, WARM, crawl, write_workspace

BUDGET: Final = 1_000_000


def peak() -> float:
    """The most memory this process held, in MB."""
    if sys.platform == "win32":
        return float(psutil.Process().memory_info().peak_wset / 1e6)
    import resource  # noqa: PLC0415 - not on Windows

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def listed(address: str, pages: int) -> None:
    """Let the site list so many pages."""
    with urllib.request.urlopen(f"{address}/listed/{pages}", timeout=60) as answer:
        answer.read()


def main(words: Sequence[str]) -> None:
    """See the module."""
    address, warm, place, pages, new, *profile = words
    folder, count = Path(place), int(pages)
    write_workspace(folder, "sitemap", {MEASURED: address, WARM: warm})
    asked = ("--way", "sitemap", "--since", "2023-12-01", "--budget", str(BUDGET))
    crawl(folder, WARM, *asked)
    startup = time.process_time()
    watch = cProfile.Profile()
    if profile:
        watch.enable()
    first = crawl(folder, MEASURED, *asked)
    if profile:
        watch.disable()
        watch.dump_stats(profile[-1])
    crawls = [first]
    if int(new):
        listed(address, count + int(new))
        crawls.append(crawl(folder, MEASURED, *asked))
        listed(address, count)
    print(json.dumps({"startup": startup, "crawls": [asdict(c) for c in crawls], "peak": peak()}))


if __name__ == "__main__":
    main(sys.argv[1:])
