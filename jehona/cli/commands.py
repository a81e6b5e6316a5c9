"""Every command of the house, as `jehona --help` lists it.

The words are the first ones of each function's docstring, and a test holds them together.
"""

from __future__ import annotations

from typing import Final

from jehona.cli.lazy_group import Entry

BEGIN, GATHER, RELATE, TELL, KEEP = "Begin", "Gather", "Relate", "Tell", "Keep"

TABLE: Final = (
    Entry(
        name="init",
        panel=BEGIN,
        help="Make a workspace: jehona.toml, outlets/ and events/ with an example each, what is where.",
        target="init:init",
    ),
    Entry(
        name="demo",
        panel=BEGIN,
        help="Crawl a fictional newsroom on this machine, offline: the whole way of one event.",
        target="demo:demo",
    ),
    Entry(
        name="desk",
        panel=BEGIN,
        help="The day's work in the browser: what is complete, what waits, what broke; on this machine.",
        target="desk:desk",
    ),
    Entry(
        name="desk token",
        help="A token for a feed reader or a script: it reads pages as JSON, and nothing else.",
        target="desk_token:desk_token",
    ),
    Entry(
        name="outlets",
        panel=BEGIN,
        help="The outlets that we follow.",
    ),
    Entry(
        name="outlets list",
        help="Every outlet: how it is found, and what is known about it.",
        target="outlets_list:outlets_list",
    ),
    Entry(
        name="outlets add",
        help="Look at a site, propose its file, show ten rows, ask, and write it.",
        target="outlets_add:outlets_add",
    ),
    Entry(
        name="outlets check",
        help="Ask one page of each declared way; say what came, and the outlet's usual rhythm.",
        target="outlets_check:outlets_check",
    ),
    Entry(
        name="outlets record",
        help="How well each outlet was followed: days answered for, longest gap, how soon pieces came.",
        target="outlets_record:outlets_record",
    ),
    Entry(
        name="events",
        panel=BEGIN,
        help="The events that we look for.",
    ),
    Entry(
        name="events list",
        help="Every event, with its window.",
        target="events_list:events_list",
    ),
    Entry(
        name="events show",
        help="One event as it was understood.",
        target="events_show:events_show",
    ),
    Entry(
        name="events add",
        help="Write an event's file: asks for what no option tells.",
        target="events_add:events_add",
    ),
    Entry(
        name="events try",
        help="Try an event's keywords on the record: forms found, what each term adds, misspellings.",
        target="events_try:events_try",
    ),
    Entry(
        name="events quality",
        help="How right an event's keywords are, and what they miss: from decisions, with counts.",
        target="events_quality:events_quality",
    ),
    Entry(
        name="crawl",
        panel=GATHER,
        help="Ask the listed outlets what they published, and say how complete the answer is.",
        target="crawl:crawl",
    ),
    Entry(
        name="collect",
        panel=GATHER,
        help="Crawl for another machine: what came is sealed as one file, which `jehona take` takes there.",
        target="collect:collect",
    ),
    Entry(
        name="take",
        panel=GATHER,
        help="Take bundles of `jehona collect` into the record: in any order, each whole or not at all.",
        target="take:take",
    ),
    Entry(
        name="pool",
        panel=GATHER,
        help="Several machines that ask outlets together.",
    ),
    Entry(
        name="pool work",
        help="Ask outlets whose time has come, one worker an outlet at a time over all machines.",
        target="pool_work:pool_work",
    ),
    Entry(
        name="pool status",
        help="Who collects, what is due and under way, what was put aside, what waits to be taken.",
        target="pool_status:pool_status",
    ),
    Entry(
        name="pool take",
        help="Take what the workers brought into this workspace's record: one machine does this.",
        target="pool_take:pool_take",
    ),
    Entry(
        name="pool release",
        help="Ask an outlet again that was put aside because workers died while they asked it.",
        target="pool_release:pool_release",
    ),
    Entry(
        name="runs",
        panel=GATHER,
        help="List the runs, the newest first: when, for what, and whether each came to its end.",
        target="runs:runs",
    ),
    Entry(
        name="checked",
        panel=GATHER,
        help="Record that a person looked where no machine can: a `checked-by-hand` check.",
        target="checked:checked",
    ),
    Entry(
        name="read",
        panel=GATHER,
        help="Read one page, and show every candidate of every field with what won and why.",
        target="read:read",
    ),
    Entry(
        name="match",
        panel=RELATE,
        help="Match the kept articles against an event's keywords, offline, as often as you like.",
        target="match:match",
    ),
    Entry(
        name="review",
        panel=RELATE,
        help="Decide which pieces are about an event: one after the other, or by option.",
        target="review:review",
    ),
    Entry(
        name="clip",
        panel=RELATE,
        help="Add a piece by hand: its page is fetched and read, or told where no page can be had.",
        target="clip:clip",
    ),
    Entry(
        name="audit",
        panel=RELATE,
        help="Pieces that you know of, from an agency or colleagues: had or not, why not, what to do.",
        target="audit:audit",
    ),
    Entry(
        name="pickup",
        panel=RELATE,
        help="Which sentences of your release each piece took over; messages; statements quoted.",
        target="pickup:pickup",
    ),
    Entry(
        name="stories",
        panel=RELATE,
        help="Which pieces of an event carry the same text: who had it first, and the others' lag.",
        target="stories:stories",
    ),
    Entry(
        name="decisions",
        panel=RELATE,
        help="What people decided upon pieces.",
    ),
    Entry(
        name="decisions list",
        help="Every decision ever made, the latest last; none is ever deleted.",
        target="decisions_list:decisions_list",
    ),
    Entry(
        name="decisions set",
        help="Say something of a piece: a corrected headline, tone, tier, its place, an archived copy.",
        target="decisions_set:decisions_set",
    ),
    Entry(
        name="decisions export",
        help="All decisions as JSON lines, for a colleague who has a copy of the record.",
        target="decisions_export:decisions_export",
    ),
    Entry(
        name="decisions import",
        help="Add a colleague's decisions, each once; lines that cannot be used are named.",
        target="decisions_import:decisions_import",
    ),
    Entry(
        name="compare",
        panel=TELL,
        help="Events side by side: the same figures, each with how completely its outlets were checked.",
        target="compare:compare",
    ),
    Entry(
        name="report",
        panel=TELL,
        help="What the listed outlets published about an event, and how sure we are that this is all.",
        target="report:report",
    ),
    Entry(
        name="pictures",
        panel=TELL,
        help="Small copies of the pictures that outlets name for their pieces, for `report --pictures`.",
        target="pictures:pictures",
    ),
    Entry(
        name="translate",
        panel=TELL,
        help="Translate headlines: one by one, as a table, or by a machine whose words stay marked.",
        target="translate:translate",
    ),
    Entry(
        name="roundup",
        panel=TELL,
        help="The roundup post of an event: what it was, and each outlet with its linked headlines.",
        target="roundup:roundup",
    ),
    Entry(
        name="summary",
        panel=TELL,
        help="What came of it, on one page: pieces, texts, outlets, your words, tone, completeness.",
        target="summary:summary",
    ),
    Entry(
        name="watch",
        panel=TELL,
        help="Ask the outlets when their time comes, and tell by mail what is new: once, and truly.",
        target="watch:watch",
    ),
    Entry(
        name="feed",
        panel=TELL,
        help="The accepted pieces of an event as Atom or JSON Feed, its day as a calendar.",
        target="feed:feed",
    ),
    Entry(
        name="publish",
        panel=TELL,
        help="Make a draft of the roundup on a WordPress site, or bring our untouched one up to date.",
        target="publish:publish",
    ),
    Entry(
        name="sites",
        panel=TELL,
        help="The sites that posts go to.",
    ),
    Entry(
        name="sites login",
        help="Ask for a site's application password, try it there, and keep it in the system's keyring.",
        target="sites_login:sites_login",
    ),
    Entry(
        name="newsletter",
        panel=TELL,
        help="A numbered newsletter: what is inside, each piece with headline, excerpt and link.",
        target="newsletter:newsletter",
    ),
    Entry(
        name="explore",
        panel=TELL,
        help="Look at the record in the browser: tables, facets and a dozen ready questions; read-only.",
        target="explore:explore",
    ),
    Entry(
        name="backup",
        panel=KEEP,
        help="Copy the record to one file, while it is in use if need be, and look the copy over.",
        target="backup:backup",
    ),
    Entry(
        name="evidence",
        panel=KEEP,
        help="What is kept of an event's pieces as a web archive, with seal and report: your own proof.",
        target="evidence:evidence",
    ),
    Entry(
        name="verify",
        panel=KEEP,
        help="Look the record or a backup over: is everything there as it was written?",
        target="verify:verify",
    ),
    Entry(
        name="restore",
        panel=KEEP,
        help="Put a backup in the record's place, once it is verified; never over a record.",
        target="restore:restore",
    ),
    Entry(
        name="prune",
        panel=KEEP,
        help="Free the kept bytes of old pieces. Headlines and dates stay; so does all that matched.",
        target="prune:prune",
    ),
    Entry(
        name="reread",
        panel=KEEP,
        help="Read what is kept again, with today's readers and selectors, and say what changed.",
        target="reread:reread",
    ),
)
