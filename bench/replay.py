"""Real pages, served from this machine and crawled by sitemap and by list page.

    python -m bench.replay DIR [--pages 300]

DIR holds folders with `pages/<id>.html.gz` and `gold.jsonl` (`../shared/corpora`). Every publisher
is an outlet of its own. Printed for each way: pages stored and refused by name, and the share of
headlines and dates that agree with the labels. The last line is JSON. Ends with 1 where a page is
neither stored nor refused.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.models import Article, Find, Outlet, Way, Window, Workspace
from crawler.record import Record, open_record, read
from crawler.run.conductor import Plan, gather
from crawler.run.crawl_task import refusal_of
from crawler.urls import canonical

ROWS = 30
# of a list page
SELECTORS = {"row": "li", "link": "a"}
SINCE = date(1996, 1, 1)
SMALL = re.compile(r"\W+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One real page with what people say of it."""

    outlet: str
    # slug of its publisher
    path: str
    # where it is served: "/zeit/12/2019/43/klimaschutz"
    file: Path
    # its bytes, gzipped
    headline: str | None
    # None: not labelled
    day: str | None
    # as labelled, None: not labelled


def labelled(folder: Path, most: int) -> list[Labelled]:
    """`most` pages, spread evenly over all folders."""
    rows = [
        (gold.parent, json.loads(line))
        for gold in sorted(folder.glob("*/gold.jsonl"))
        for line in gold.read_text("utf-8").splitlines()
    ]
    step = max(1, len(rows) // most)
    return [_page(home, row, at) for at, (home, row) in enumerate(rows[::step][:most])]


def _page(home: Path, row: Mapping[str, Any], at: int) -> Labelled:
    parts = urlsplit(canonical(row["url"]))
    slug = re.sub(r"[^a-z0-9]+", "-", str(row.get("publisher") or parts.netloc).lower()).strip("-")
    return Labelled(
        outlet=slug or "pa-emer",
        path=f"/{slug or 'pa-emer'}/{at}{parts.path}" + (f"?{parts.query}" if parts.query else ""),
        file=home / "pages" / f"{row['id']}.html.gz",
        headline=row.get("title"),
        day=row.get("date"),
    )


# --- the server ------------------------------------------------------------------------


@contextmanager
def served(pages: Sequence[Labelled]) -> Iterator[str]:
    """Serves the pages, a sitemap and list pages for every outlet; gives the address."""
    by_path = {unquote(page.path): page for page in pages}
    by_outlet: dict[str, list[Labelled]] = {}
    for page in pages:
        by_outlet.setdefault(page.outlet, []).append(page)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = _answer(self.path, by_path, by_outlet, self.server.server_port)  # type: ignore[attr-defined]
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _answer(
    target: str,
    by_path: Mapping[str, Labelled],
    by_outlet: Mapping[str, Sequence[Labelled]],
    port: int,
) -> tuple[str, bytes | None]:
    if page := by_path.get(unquote(target)):
        return "text/html", gzip.decompress(page.file.read_bytes())
    outlet, _, last = target.strip("/").partition("/")
    pages = by_outlet.get(outlet, [])
    if last.startswith("wp-sitemap") and pages:
        rows = (f"<url><loc>http://127.0.0.1:{port}{escape(p.path)}</loc></url>" for p in pages)
        return "application/xml", f"<urlset>{''.join(rows)}</urlset>".encode()
    number = last.removeprefix("lista-")
    if number.isdigit() and (some := pages[(int(number) - 1) * ROWS : int(number) * ROWS]):
        links = "".join(f'<li><a href="{escape(page.path)}"></a></li>' for page in some)
        return "text/html; charset=utf-8", f"<!doctype html><ul>{links}</ul>".encode()
    return "text/plain", None


# --- the crawl ---------------------------------------------------------------------------


def _nobody(_: object) -> None:
    """Nobody looks on."""


def _now() -> datetime:
    return datetime.now(UTC)


def outlets_of(pages: Sequence[Labelled], address: str, way: Way) -> tuple[Outlet, ...]:
    """One outlet a publisher, each with the way to be measured."""
    return tuple(
        Outlet(
            slug=slug,
            name=slug,
            home=f"{address}/{slug}/",
            zone="UTC",
            delay=0.0,
            find=(_find(way, f"{address}/{slug}"),),
        )
        for slug in dict.fromkeys(page.outlet for page in pages)
    )


def _find(way: Way, home: str) -> Find:
    if way is Way.SITEMAP:
        return Find(way=way, url=f"{home}/wp-sitemap-posts-post-1.xml")
    return Find(way=way, url=f"{home}/lista-{{page}}", **SELECTORS)


def crawled(pages: Sequence[Labelled], way: Way, folder: Path) -> dict[str, Any]:
    """One crawl of all pages by one way, and what became of them."""
    window = Window.of_days(SINCE, datetime.now(UTC).date(), "UTC")
    workspace = Workspace(root=folder)
    with served(pages) as address, open_record(workspace.record, workspace.snapshots) as record:
        outlets = outlets_of(pages, address, way)
        plan = Plan(workspace=workspace, outlets=outlets, window=window, way=way, budget=5_000)
        begun = datetime.now(UTC)
        with gather(plan, record, clock=_now, watcher=_nobody) as run:
            pass
        seconds = (datetime.now(UTC) - begun) / timedelta(seconds=1)
        notes = " ".join(check.note or "" for check in run.checks)
        found = compared(record, pages, address, notes)
    return {
        "way": way.value,
        **found,
        "outcomes": dict(Counter(check.outcome.value for check in run.checks)),
        "requests": sum(check.requests for check in run.checks),
        "seconds": round(seconds, 1),
    }


def compared(record: Record, pages: Sequence[Labelled], address: str, notes: str) -> dict[str, Any]:
    """How many pages were stored, refused, lost; how many fields agree with the labels."""
    counts: Counter[str] = Counter()
    lost: list[str] = []
    for page in pages:
        url = f"{address}{page.path}"
        refused = read.recall(record, page.outlet, refusal_of(url))
        article = read.article(record, url)
        if refused:
            counts["refused"] += 1
            print(f"  refused {str(refused[0]).removeprefix(address)[:160]}")
        elif article is not None and read.has_page(record, url):
            counts["stored"] += 1
            counts.update(_agreements(page, article))
        elif url in notes:
            counts["refused"] += 1
            print(f"  refused {page.path[:70]}: see the ledger")
        else:
            lost.append(page.path)
    counts["lost"] = len(lost)
    return {"pages": len(pages), **counts, "lost_first": lost[:5]}


def _agreements(page: Labelled, article: Article) -> Iterator[str]:
    if page.headline:
        yield "headline_labels"
        said, gold = _small(article.headline or ""), _small(page.headline)
        if said == gold:
            yield "headline_right"
        elif said and (said in gold or gold in said):
            yield "headline_near"
    if page.day:
        yield "date_labels"
        yield "date_right" if _same_day(article.published, page.day) else "date_other"


def _small(text: str) -> str:
    return SMALL.sub("", text).casefold()


def _same_day(found: datetime | None, label: str) -> bool:
    """The same day, in the label's own offset where it has one."""
    if found is None:
        return False
    try:
        gold = datetime.fromisoformat(label)
    except ValueError:
        return label[:10] == found.date().isoformat()
    if len(label) > len("2026-01-01") and gold.tzinfo:
        found = found.astimezone(gold.tzinfo)
    return found.date() == gold.date()


def _share(counts: Mapping[str, Any], right: str, labels: str) -> float:
    return float(round(counts.get(right, 0) / max(1, counts.get(labels, 0)), 3))


def main(arguments: Sequence[str]) -> int:
    """Both ways; 1 where a page was lost."""
    parser = argparse.ArgumentParser(prog="python -m bench.replay")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=300)
    asked = parser.parse_args(arguments)
    pages = labelled(asked.folder, asked.pages)
    results = []
    for way in (Way.SITEMAP, Way.LISTING):
        print(f"{len(pages)} pages by {way.value}:")
        with tempfile.TemporaryDirectory(prefix="jehona-replay-") as folder:
            told = crawled(pages, way, Path(folder))
        told["headlines"] = _share(told, "headline_right", "headline_labels")
        told["dates"] = _share(told, "date_right", "date_labels")
        print(f"  headlines {told['headlines']:.1%}, dates {told['dates']:.1%} agree")
        results.append(told)
    print(json.dumps({"set": "replay", "ways": results}))
    return 1 if any(told["lost"] for told in results) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
