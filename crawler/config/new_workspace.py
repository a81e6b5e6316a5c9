"""A new workspace: the files that `jehona init` writes, with what a person needs to know."""

from __future__ import annotations

import json
from pathlib import Path

from crawler.config.files import reason
from crawler.config.refusals import Place, RegistryError
from crawler.config.values import contact as read_contact
from crawler.config.workspace_folder import FILE
from crawler.files import write_whole
from crawler.models import Language

WORKSPACE_TEXT = """\
# The workspace of your press office: `jehona` finds it from this folder and any below it.
# A line that begins with # is switched off. Passwords never stand in this file.

# Who is asking: a mail address or a page. It goes into the user agent, so that an outlet
# can reach you. Without it nothing but this machine is crawled.
{contact}

language = "{language}"                # of what readers see: "sq" or "en"
zone     = "Europe/Tirane"     # whose days you mean

# [brand]                      # how reports and posts look
# name   = "Press Office"
# logo   = "logo.png"          # a file in this folder
# colour = "#7a1f2b"

# [smtp]                       # where mail goes out; the password: JEHONA_SMTP_PASSWORD
# host = "mail.example"
# port = 587
# user = "press"
# from = "press@office.example"

# [translator]                 # a LibreTranslate server of yours; its key: JEHONA_TRANSLATOR_KEY
# url = "http://127.0.0.1:5000"

# [sites.house]                # where posts go; its password: JEHONA_SITE_HOUSE_PASSWORD
# url  = "https://office.example"
# user = "press"

# [desk]                       # `jehona desk`; others reach it only through a proxy of yours
# port = 8470
# url  = "https://desk.office.example"

# [watch]                      # `jehona watch`: whom it tells what is new, and when
# every       = "1h"
# digest      = "08:00"
# to          = ["press@office.example"]
# quiet       = "1h"
# urls        = ["keyring:alerts"]
# ping        = "https://monitor.example/x"
# corrections = "14d"

# [evidence]                   # so that others can be shown what stood there: docs/evidence.md
# stamp       = "https://tsa.example"
# stamp_ca    = "tsa.pem"      # root certificate of that authority, a file in this folder
# archive     = true
# screenshots = true

# [pool]                       # outlets asked by several machines: docs/several-machines.md
# dsn = "postgresql://press@db.example/pool"  # the password in JEHONA_POOL_PASSWORD, never here
"""

MAP_TEXT = """\
The workspace of your press office. Whatever stands here can be read and changed with any editor.

jehona.toml    who asks, language and time zone, brand, mail server, sites
events/        one file for each event; `jehona events add` writes one
outlets/       outlets of your own; a file of the same name replaces the one that is shipped
newsletters/   what each issue holds, in your order; `jehona newsletter --event` proposes it
templates/     your copies of our templates; `jehona roundup EVENT --copy-template` makes one
var/           generated: the record, the outlets' own bytes, previews; `jehona backup` copies it

Which outlets are asked: `jehona outlets list`. All commands: `jehona --help`.
"""

EVENT_TEXT = """\
# An example of an event. `jehona events add` asks and writes one; or copy this to
# festa-e-librit.toml (the file's name is the event's slug: a-z, 0-9, hyphens) and change it. Then:
#     jehona crawl --event festa-e-librit     asks the outlets
#     jehona events try festa-e-librit        shows what the words find, before you rely on them
#     jehona review festa-e-librit            you decide, one key a piece
#     jehona report festa-e-librit            what was published, and how sure we are
#     jehona roundup festa-e-librit           the post
# Every key and every kind of word: docs/events.md

title = "Festa e Librit"
date  = 2025-05-10             # the day itself
from  = 2025-05-05             # coverage is looked for from this day
to    = 2025-05-20             # up to this day, both included
zone  = "Europe/Tirane"
place = "Tiranë"
organiser = "Shoqata Shembull"

# Who should have written about it: slugs from `jehona outlets list`. The report says of each
# whether it was checked completely. Without this line all outlets are asked.
# expected_outlets = ["panorama", "balkanweb"]

# Opens the roundup post.
introduction = "Më 10 maj u mbajt në Tiranë Festa e Librit. Mediat shkruan:"

# In which language title, introduction, place and organiser above are (without this line, the
# workspace's), and below, in [en] or [sq], the same for readers of the other.
# language = "sq"

# [en]
# title        = "Book Fair"
# introduction = "The Book Fair was held in Tirana on 10 May. The media wrote:"

[keywords]
# A piece is about the event when all words of one [group] stand in it. Write words as a
# dictionary does (festë, not festën): other forms are found. Quotes inside make a phrase,
# libr* is a beginning, near(panair, libër, 5) two words on one line, headline:panair a word in
# the headline.
any   = [["libër", "festë"], ["\\"rruga e librit\\""]]
all   = []                     # each of these must stand as well
not   = ["recetë"]             # none of these may stand
names = ["Shoqata Shembull"]   # names that belong to the event; they help, and decide nothing
# except = ["Shembullaj"]      # forms that never count; `jehona events try` finds them

# What came of our own words: `jehona pickup festa-e-librit`. Texts of releases/; what we wanted
# to be said, all words of a [group] in one sentence.
# [release]
# files = ["releases/2025-05-08.md"]
# statements = ["releases/statements.txt"]
# [[message]]
# name    = "Libra për çdo shkollë"
# name_en = "Books for every school"
# any     = [["libër", "shkollë"]]
"""

OUTLET_TEXT = """\
# An example of an outlet. Copy it to gazeta-shembull.toml (the file's name is the outlet's slug:
# a-z, 0-9, hyphens) and change it, or let `jehona outlets add https://gazeta.example` write it.
# A file here replaces the catalogue's file of the same name whole.
# Write only what you know. Every key: docs/adding-an-outlet.md

name      = "Gazeta Shembull"
home      = "https://gazeta.example/"
kind      = "portal"           # portal newspaper tv radio agency magazine video social print own
languages = ["sq"]
country   = "AL"
zone      = "Europe/Tirane"
owner     = "Shembull Media"
# tier    = 2                  # your own ranking, 1 first
# use     = false              # takes it out of every crawl
delay     = 1.5                # seconds between two requests, at least 1
# hosts   = ["cdn.gazeta.example"]
# private = true               # its name may lead into your own network
# declined = "asked us not to, 2026-05-02"

[[find]]                       # where its pieces are listed, the best first
way = "feed"
url = "https://gazeta.example/feed/"

# [expect]
# per_week = [20, 400]         # fewer is a failure, more a warning

[[evidence]]                   # how you know
what  = "feed"
grade = "A"                    # A fetched, B seen
seen  = 2026-09-28
note  = "10 rows"
"""
NO_CONTACT = '# contact = "press@office.example"'


def init_workspace(
    directory: Path, *, contact: str | None, language: Language = "sq"
) -> tuple[Path, ...]:
    """Makes a workspace in `directory`, for readers of `language`; returns the files written.

    Raises RegistryError, one line, where a file of it exists already or cannot be written.
    """
    said = NO_CONTACT if contact is None else _contact_line(contact)
    files = {
        directory / FILE: WORKSPACE_TEXT.format(contact=said, language=language),
        directory / "events" / "example.toml.txt": EVENT_TEXT,
        directory / "outlets" / "example.toml.txt": OUTLET_TEXT,
        directory / "WORKSPACE.txt": MAP_TEXT,
        directory / "var" / ".gitignore": "# everything here is generated\n*\n",
    }
    # jehona.toml is what makes a workspace: where it is missing, an `init` that was killed is
    # gone on with
    left = {path: text for path, text in files.items() if not _stands(path, text)}
    if directory / FILE not in left:
        raise RegistryError(
            "{directory}: exists already, and nothing was written", directory=directory / FILE
        )
    for path in reversed(left):
        _write(path, left[path])
    return tuple(files)


def _stands(path: Path, text: str) -> bool:
    """Whether a file is there as we would write it. Raises RegistryError where it is another."""
    try:
        if not path.exists():
            return False
        if path.is_file() and path.read_bytes() == text.encode():
            return True
    except OSError as error:
        raise RegistryError("{path}: {reason}", path=path, reason=reason(error)) from error
    raise RegistryError("{path}: exists already, and nothing was written", path=path)


def _contact_line(contact: str) -> str:
    # for printable ASCII, JSON's strings are TOML's
    said = read_contact(contact, Place(source=Path(FILE), where="contact"))
    return f"contact = {json.dumps(said)}"


def _write(path: Path, text: str) -> None:
    try:
        write_whole(path, text)
    except OSError as error:
        raise RegistryError("{path}: {reason}", path=path, reason=reason(error)) from error
