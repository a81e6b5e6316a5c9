"""The real path in a process of its own: `jehona crawl --json`, typed three times, or a report.

    python -m bench.ours crawl WAY ADDRESS WARM_ADDRESS FOLDER NEW
    python -m bench.ours report FOLDER EVENT

Start-up is everything up to the end of a first small crawl (imports, a new record, ten rows); then
come the crawl that is measured, and the same again after NEW further pieces were published. Times
are user and system CPU of the whole process. The last line is JSON. A report is measured from
opening the record to the page's bytes, imports apart.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import sys
import time
import urllib.request
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

ZONE: Final = "Europe/Tirane"
WARM, MEASURED = "ngrohja", "shtypi"
PATHS: Final = {"wordpress": "/wp-json/", "feed": "/feed/", "sitemap": "/sitemap.xml"}
# a window that holds every post of `bench.served`, and requests enough for all of it
ASKED: Final = ("--since", "2001-01-01", "--until", "2026-06-30", "--budget", "1000000")


def write_workspace(folder: Path, way: str, addresses: dict[str, str]) -> None:
    """A workspace whose outlets are these addresses, each with one way."""
    (folder / "outlets").mkdir(parents=True)
    (folder / "events").mkdir()
    (folder / "jehona.toml").write_text(f'zone = "{ZONE}"\n', "utf-8")
    for slug, address in addresses.items():
        lines = [f'name = "{slug}"', f'home = "{address}/"', 'languages = ["sq"]', "delay = 0.0"]
        lines += ["[[find]]", f'way = "{way}"', f'url = "{address}{PATHS[way]}"']
        (folder / "outlets" / f"{slug}.toml").write_text("\n".join(lines), "utf-8")


def crawl(folder: Path, outlet: str, *words: str) -> dict[str, Any]:
    """Type `jehona crawl --json` for one outlet: "cpu" in seconds, "read", "new", "requests".

    Raises RuntimeError where it is not complete.
    """
    from jehona import cli  # noqa: PLC0415 - its import is part of the start-up

    typed = ["-w", str(folder), "crawl", "--json", "--outlet", outlet, *words]
    said, begun = io.StringIO(), time.process_time()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()) as errors:
        code = cli.run(lambda: cli.build()(typed, prog_name="jehona", standalone_mode=False))
    cpu = time.process_time() - begun
    if code:
        raise RuntimeError(f"jehona {typed}: {code}, {said.getvalue()}{errors.getvalue()}")
    told: dict[str, Any] = json.loads(said.getvalue())["outlets"][0]
    return {"cpu": cpu} | {name: told[name] for name in ("read", "new", "requests", "outcome")}


def crawled(way: str, address: str, warm: str, place: str, new: str) -> dict[str, Any]:
    """Start-up in CPU seconds, the two crawls, and the most memory held, in MB of 1,000,000."""
    folder = Path(place)
    write_workspace(folder, way, {MEASURED: address, WARM: warm})
    crawl(folder, WARM, "--way", way, *ASKED)
    startup = time.process_time()
    first = crawl(folder, MEASURED, "--way", way, *ASKED)
    more(address, int(new))
    again = crawl(folder, MEASURED, "--way", way, *ASKED)
    return {"startup": startup, "first": first, "again": again, "peak": _peak()}


def more(address: str, new: int) -> None:
    """Let a site of `bench.served` publish so many posts more than it began with."""
    with urllib.request.urlopen(f"{address}/more/{new}", timeout=60) as answer:
        answer.read()


def _peak() -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def reported(place: str, event: str) -> dict[str, Any]:
    """CPU seconds of `jehona report EVENT --format html`, its pieces, texts and bytes."""
    from crawler import stories  # noqa: F401, PLC0415 - imported before the clock starts
    from crawler.config import load_workspace  # noqa: PLC0415
    from jehona.actions import report as action  # noqa: PLC0415
    from jehona.actions.office import Office  # noqa: PLC0415
    from reports.forms import ReportForm  # noqa: PLC0415

    begun = time.process_time()
    office = Office(workspace=load_workspace(Path(place)), clock=lambda: datetime.now(UTC))
    made = action.kept_report(office, event, language="sq")
    page = action.written(office, made, [ReportForm.HTML], language="sq")[ReportForm.HTML].body
    cpu = time.process_time() - begun
    counts = {"pieces": made.summary.pieces, "texts": made.summary.texts, "bytes": len(page)}
    return {"cpu": cpu, **counts}


def main(words: Sequence[str]) -> None:
    """See the module."""
    print(json.dumps({"crawl": crawled, "report": reported}[words[0]](*words[1:])))


if __name__ == "__main__":
    main(sys.argv[1:])
