"""Kept snapshots through today's readers; no outlet is asked anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from crawler import __version__
from crawler.config import outlets_asked
from crawler.models import Layer, Outlet, Reading, link_of
from crawler.reading import Unreadable, snapshots
from crawler.reading.page.page_models import Habits
from crawler.record import write
from crawler.record.read import Kept
from crawler.record.reread import Reread, reread
from crawler.run import learn_boilerplate
from jehona.actions.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What today's readers read otherwise."""

    # its number
    run: int
    # slug -> fields that changed
    changed: Mapping[str, Sequence[Reread]]
    # slug -> snapshots that can no longer be read
    unread: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        every = [
            {"outlet": slug, **asdict(one), "url": link_of(one.url)}
            for slug, some in self.changed.items()
            for one in some
        ]
        return {"run": self.run, "changed": every, "unread": dict(self.unread)}


def read_again(office: Office, outlets: Sequence[str] = ()) -> Changes:
    """Read what is kept of the outlets again (none named: of all), and keep what changed.

    Changes are revisions of ours: a better reader is no edit at the outlet. Raises RegistryError
    for an unknown outlet, RecordRefused where a crawl is running.
    """
    asked = outlets_asked(office.outlets(), None, outlets)
    now, unread = office.clock(), Counter[str]()
    with office.to_gather() as record:
        run = write.begin_run(record, event=None, window=None, started=now, version=__version__)
        changed: dict[str, Sequence[Reread]] = {}
        for one in asked:
            learn_boilerplate.learn_outlet(record, one.slug, now)
            reader = _reader(one, unread, learn_boilerplate.known(record, one.slug))
            changed[one.slug] = list(reread(record, run, one.slug, at=now, reader=reader))
        write.end_run(record, run, office.clock())
    return Changes(run=run, changed=changed, unread=unread)


def _reader(
    outlet: Outlet, unread: Counter[str], habits: Habits | None
) -> Callable[[Sequence[Kept]], Mapping[Layer, Reading]]:
    """Reads an article's snapshots, the listing's first: a page is read beside what it said."""

    def read(kept: Sequence[Kept]) -> dict[Layer, Reading]:
        said: dict[Layer, Reading] = {}
        for one in sorted(kept, key=lambda one: one.layer is Layer.PAGE):
            listed = said.get(Layer.LISTING) or said.get(Layer.SITEMAP)
            try:
                said[one.layer] = snapshots.read(one.snapshot, outlet, listed=listed, habits=habits)
            except Unreadable:
                unread[outlet.slug] += 1
        return said

    return read
