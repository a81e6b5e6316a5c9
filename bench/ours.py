"""The real path, measured in a process of its own: `jehona crawl --json`, typed three times.

    python -m bench.ours WAY ADDRESS WARM_ADDRESS FOLDER FIRST_DAY LAST_DAY

Start-up is everything up to the end of a first small crawl (imports, a new record, ten rows);
then come the crawl that is measured and the same crawl again, with nothing new. Times are user
and system CPU of the whole process. The last line is JSON.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

ZONE: Final = "Europe/Tirane"
WARM, MEASURED = "ngrohja", "shtypi"
PATHS: Final = {"wordpress": "/wp-json/", "feed": "/feed/", "sitemap": "/sitemap.xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """One command that was typed."""

    cpu: float
    # seconds, user and system, whole process
    wall: float
    # seconds
    read: int
    # rows that the ledger says were read
    new: int
    # of them not known before
    requests: int
    # by our own count
    outcome: str
    # "complete"


def write_workspace(folder: Path, way: str, addresses: dict[str, str]) -> None:
    """A workspace whose outlets are these addresses, each with one way."""
    (folder / "outlets").mkdir(parents=True)
    (folder / "events").mkdir()
    (folder / "jehona.toml").write_text(f'zone = "{ZONE}"\n', "utf-8")
    for slug, address in addresses.items():
        lines = [f'name = "{slug}"', f'home = "{address}/"', 'languages = ["sq"]', "delay = 0.0"]
        lines += ["[[find]]", f'way = "{way}"', f'url = "{address}{PATHS[way]}"']
        (folder / "outlets" / f"{slug}.toml").write_text("\n".join(lines), "utf-8")


def crawl(folder: Path, outlet: str, *words: str) -> Crawl:
    """Type `jehona crawl --json` for one outlet. Raises RuntimeError where it is not complete."""
    from jehona import cli  # noqa: PLC0415 - its import is part of the start-up

    typed = ["-w", str(folder), "crawl", "--json", "--outlet", outlet, *words]
    said, seconds = io.StringIO(), Stopwatch()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()) as errors:
        code = cli.run(lambda: cli.build()(typed, prog_name="jehona", standalone_mode=False))
    cpu, wall = seconds.passed()
    if code:
        raise RuntimeError(
            f"jehona {' '.join(typed)}: {code}, {said.getvalue()}{errors.getvalue()}"
        )
    told: dict[str, Any] = json.loads(said.getvalue())["outlets"][0]
    known = {name: told[name] for name in ("read", "new", "requests", "outcome")}
    return Crawl(cpu=cpu, wall=wall, **known)


class Stopwatch:
    """CPU of this process and time of day, since it was made."""

    def __init__(self) -> None:
        self.cpu, self.wall = time.process_time(), time.perf_counter()

    def passed(self) -> tuple[float, float]:
        """Seconds of CPU, seconds of day."""
        return time.process_time() - self.cpu, time.perf_counter() - self.wall


def measured(once: Callable[[], Crawl], warm: Callable[[], Crawl], times: int) -> dict[str, Any]:
    """Start-up, then `times` crawls."""
    warm()
    startup = time.process_time()
    return {"startup": startup, "crawls": [asdict(once()) for _ in range(times)]}


def main(words: Sequence[str]) -> None:
    """See the module."""
    way, address, warm_address, place, first, last = words
    folder = Path(place)
    write_workspace(folder, way, {MEASURED: address, WARM: warm_address})
    asked = ("--way", way, "--since", first, "--until", last)
    said = measured(
        lambda: crawl(folder, MEASURED, *asked), lambda: crawl(folder, WARM, *asked), times=2
    )
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1:])
