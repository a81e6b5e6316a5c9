"""How much is read of what others send: every bound of an input, in one place (pure).

Whoever takes something in cuts it here before it is searched, so that work grows with what is
kept and not with what was sent. Each limit says what it counts, what is done beyond it, and what
real sites need, which is far below it.
"""

from __future__ import annotations

from typing import Final

# --- addresses ------------------------------------------------------------------------

ADDRESS: Final = 2_000
# characters; a longer one is refused. sitemaps.org allows 2,047, browsers were held to 2,083
ADDRESS_SHOWN: Final = 80
# characters of an address that an error line shows
HOST: Final = 1_000
# characters before a host is brought into ASCII, where 253 may be left of it (RFC 1035); a
# longer one is no host name. IDNA's rules are quadratic in a label
# --- what the head of a page says -----------------------------------------------------

META: Final = 8_000
# characters of one <meta>; the rest is cut. Descriptions have 300, and a lead ends at 1,200
METAS: Final = 40
# contents of one name of <meta>, addresses of one rel of <link>; further ones are passed over
META_NAMES: Final = 400
# names of <meta>, rels of <link> of one page; further ones are passed over. Real pages have 60
TITLE: Final = 1_000
# characters of anything that may hold the headline, before names of the site are cut off it;
# the rest is cut. A headline ends at 400
# --- an answer ------------------------------------------------------------------------

HEADERS: Final = 500
# lines of an answer's head, interim answers counted; with more it is refused. Sites send 15 to
# 60, Python's own client stops at 100
HEADER_BYTES: Final = 256 * 1024
# bytes of these lines; with more it is refused. Chrome stops there too
HEADER_LINE: Final = 64 * 1024
# bytes of one of them; a longer one is refused. Long ones are content policies of 8 KiB
BODY: Final = 16 * 1024 * 1024
# bytes of a body as it is unpacked; a larger one is refused. A REST page of a hundred long reads
# is about 3 MB
REDIRECTS: Final = 5
# answers that send on in a row; a sixth is refused
ROBOTS: Final = 512_000
# bytes of a robots.txt; the rest is cut. RFC 9309, 2.5: at least 500 kibibytes are read
KEPT_HEADER: Final = 300
# characters of a header that is kept as proof; the rest is cut. Dates, tags and types have 20 to 80
# --- lists ----------------------------------------------------------------------------

FEED: Final = 8 * 1024 * 1024
# bytes of a page of a feed; the rest is cut
FEED_ROWS: Final = 500
# rows of it; further ones are told of in a note. Outlets' feeds hold 4 to 30
FEED_ELEMENTS: Final = 100
# elements of a row, or of a feed's head; further ones are passed over
MENDS: Final = 200_000
# ampersands, brackets and comments of a document that are mended
MENDED_PREFIXES: Final = 50
# prefixes without a namespace that are bound
LIST_ROWS: Final = 2_000
# rows of a list page; further ones are passed over
SITEMAP_ROWS: Final = 50_000
# rows of a sitemap; the protocol allows no more, and a note tells of it
SITEMAPS: Final = 500
# files of one outlet; with more the budget is spent
SITEMAP_DEPTH: Final = 3
# levels of an index; an index in an index is odd, a third level is a trap
# --- fields -----------------------------------------------------------------------------

TEXT_MARKUP: Final = 2 * 1024 * 1024
# characters of markup of a text; the rest is cut, and a note says so. The longest have a tenth
LINE_MARKUP: Final = 64 * 1024
# characters of markup of a headline or an excerpt; the rest is cut
HEADLINE: Final = 1_000
# characters of a row's headline; a longer one is cut at a word
LEAD: Final = 2_000
# characters of a row's excerpt; the same
DATE: Final = 200
# characters of a date in a list; the rest is cut
# --- pages ------------------------------------------------------------------------------

PAGE: Final = 4 * 1024 * 1024
# bytes; the rest is cut, and a note says so. The largest of 1,241 real pages has 2.2 MB
FORWARD_TEXT: Final = 400
# characters of its own words with which a page is no longer one that only sends on. Such pages have
# a sentence or two
FORWARD_SCRIPT: Final = 2_000
# characters of one script, or of a refresh; a longer script does more than send on
FORWARD_ELEMENTS: Final = 50
# links of a page that sends on by one of them, with more it does not; scripts, refreshes and
# declarations of it that are looked at, further ones are passed over
ATTRIBUTES: Final = 5_000
# of one tag; a tag with more is left out. libxml2's time grows with the square: 100,000 take 9 s
JSON_LD: Final = 1_000_000
# characters of one script; the rest is cut
JSON_LD_OBJECTS: Final = 400
# objects of one page; further ones are passed over
JSON_LD_ITEMS: Final = 10_000
# values of one script in which objects are looked for; further ones are passed over
JSON_LD_TYPE: Final = 200
# characters of an object's type; the rest is cut
# --- one outlet beside the others -------------------------------------------------------

LONG_READING: Final = 256 * 1024
# bytes of an answer from which it is parsed in a thread: a sitemap of 50,000 rows takes a second
READING_SLICE: Final = 0.1
# seconds of reading rows after which other outlets have their turn
