"""How much is read of what others send: every bound of an input, in one place (pure).

Whoever takes something in cuts it here before it is searched, so that work grows with what is
kept and not with what was sent. Each limit says what it counts, what is done beyond it, and what
real sites need, which is far below it.
"""

from __future__ import annotations

from typing import Final

# --- addresses ------------------------------------------------------------------------

# characters; a longer one is refused. sitemaps.org allows 2,047, browsers were held to 2,083
ADDRESS: Final = 2_000
# characters of an address that an error line shows
ADDRESS_SHOWN: Final = 80
# characters before a host is brought into ASCII, where 253 may be left of it (RFC 1035); a
# longer one is no host name. IDNA's rules are quadratic in a label
HOST: Final = 1_000

# --- what the head of a page says -----------------------------------------------------

# characters of one <meta>; the rest is cut. Descriptions have 300, and a lead ends at 1,200
META: Final = 8_000
# contents of one name of <meta>, addresses of one rel of <link>; further ones are passed over
METAS: Final = 40
# names of <meta>, rels of <link> of one page; further ones are passed over. Real pages have 60
META_NAMES: Final = 400
# characters of anything that may hold the headline, before names of the site are cut off it;
# the rest is cut. A headline ends at 400
TITLE: Final = 1_000

# --- an answer ------------------------------------------------------------------------

# lines of an answer's head, interim answers counted; with more it is refused. Sites send 15 to
# 60, Python's own client stops at 100
HEADERS: Final = 500
# bytes of these lines; with more it is refused. Chrome stops there too
HEADER_BYTES: Final = 256 * 1024
# bytes of one of them; a longer one is refused. Long ones are content policies of 8 KiB
HEADER_LINE: Final = 64 * 1024
# bytes of a body as it is unpacked; a larger one is refused. A REST page of a hundred long reads
# is about 3 MB
BODY: Final = 16 * 1024 * 1024
# answers that send on in a row; a sixth is refused
REDIRECTS: Final = 5
# bytes of a robots.txt; the rest is cut. RFC 9309, 2.5: at least 500 kibibytes are read
ROBOTS: Final = 512_000
# characters of a header that is kept as proof; the rest is cut. Dates, tags and types have 20 to 80
KEPT_HEADER: Final = 300
# characters or bytes of an answer in which a document must begin; PHP stops a notice at 1 KB, and
# prints dozens
AHEAD: Final = 64 * 1024
# places at which JSON is tried: each may cost the length of the answer
JSON_STARTS: Final = 16
# packings around one another that are taken off; two are seen, of a plugin and of its server
LAYERS: Final = 3
# bytes that Zstandard may look back: no more should be asked of a client (RFC 8878, 3.1.1.1.2)
ZSTD_WINDOW: Final = 8 * 1024 * 1024
# seconds of a wait that is asked for; a guest who is told to wait longer comes back another day,
# and the check ends as blocked
WAIT: Final = 60.0
# waits of one request; a third ends the check
WAITS: Final = 2
# seconds between two requests; a robots.txt that asks for more gets these: some ask for hours, and
# a crawl would never end
CRAWL_DELAY: Final = 30.0

# --- lists ----------------------------------------------------------------------------

# bytes of a page of a feed; the rest is cut
FEED: Final = 8 * 1024 * 1024
# rows of it; further ones are told of in a note. Outlets' feeds hold 4 to 30
FEED_ROWS: Final = 500
# elements of a row, or of a feed's head; further ones are passed over
FEED_ELEMENTS: Final = 100
# ampersands, brackets and comments of a document that are mended
MENDS: Final = 200_000
# prefixes without a namespace that are bound
MENDED_PREFIXES: Final = 50
# rows of a list page; further ones are passed over
LIST_ROWS: Final = 2_000
# lines between two rows of a list that are looked at for a date; further ones are passed over
ROW_LINES: Final = 50
# documents of JSON in one page, and characters of one; more are passed over
PAGE_JSON: Final = 60
PAGE_JSON_LENGTH: Final = 4 * 1024 * 1024
# rows of a sitemap; the protocol allows no more, and a note tells of it
SITEMAP_ROWS: Final = 50_000
# files of one outlet; with more the budget is spent
SITEMAPS: Final = 500
# levels of an index; an index in an index is odd, a third level is a trap
SITEMAP_DEPTH: Final = 3
# rows of a page without selectors that are looked at for a pattern; three would tell it
SHAPE_ROWS: Final = 200
# links of it that are climbed from; further ones are passed over
SHAPE_LINKS: Final = 500

# --- fields -----------------------------------------------------------------------------

# characters of markup of a text; the rest is cut, and a note says so. The longest have a tenth
TEXT_MARKUP: Final = 2 * 1024 * 1024
# characters of markup of a headline or an excerpt; the rest is cut
LINE_MARKUP: Final = 64 * 1024
# characters of a row's headline; a longer one is cut at a word
HEADLINE: Final = 1_000
# characters of a row's excerpt; the same
LEAD: Final = 2_000
# characters of markup in which a text's first picture is looked for, and tags of pictures that are
# looked at; where it has one, it stands above the words
PICTURE_MARKUP: Final = 64 * 1024
PICTURE_TAGS: Final = 20
# characters of a date in a list; the rest is cut
DATE: Final = 200

# --- pages ------------------------------------------------------------------------------

# bytes; the rest is cut, and a note says so. The largest of 1,241 real pages has 2.2 MB
PAGE: Final = 4 * 1024 * 1024
# characters of its own words with which a page is no longer one that only sends on. Such pages have
# a sentence or two
FORWARD_TEXT: Final = 400
# characters of one script, or of a refresh; a longer script does more than send on
FORWARD_SCRIPT: Final = 2_000
# links of a page that sends on by one of them, with more it does not; scripts, refreshes and
# declarations of it that are looked at, further ones are passed over
FORWARD_ELEMENTS: Final = 50
# of one tag; a tag with more is left out. libxml2's time grows with the square: 100,000 take 9 s
ATTRIBUTES: Final = 5_000
# characters of one script; the rest is cut
JSON_LD: Final = 1_000_000
# objects of one page; further ones are passed over
JSON_LD_OBJECTS: Final = 400
# values of one script in which objects are looked for; further ones are passed over
JSON_LD_ITEMS: Final = 10_000
# characters of an object's type; the rest is cut
JSON_LD_TYPE: Final = 200
# bytes of a front page, or of a list without selectors, that are looked at; the rest is cut. Front
# pages have some hundred thousand, their name and newest rows come first
FRONT_PAGE: Final = 1024 * 1024
# elements that are walked; further ones are passed over. The largest of 1,241 real pages has 19,000
ELEMENTS: Final = 120_000
# characters of a lead; a longer one is none
PAGE_LEAD: Final = 1_200
# characters of a date or a byline; a longer one is none
SPOT: Final = 400
# elements of one sort that are looked at; what belongs to the headline comes early
SPOTS: Final = 60
# elements inside a date, a byline or a heading; one with more is none
SPOT_ELEMENTS: Final = 150

# --- tables that people bring ------------------------------------------------------------

# bytes of a list; a larger one is refused
TABLE: Final = 64 * 1000 * 1000
# rows of it, and columns; with more it is refused. Clippings of a year are some thousand rows
TABLE_ROWS: Final = 50_000
TABLE_COLUMNS: Final = 200
# bytes of a workbook as it is unpacked, of its tables; a larger one is refused. 50,000 pieces
# with headline, address and lead have 30 MB
WORKBOOK: Final = 128 * 1000 * 1000
# members of its zip file, and sheets; with more it is refused
WORKBOOK_MEMBERS: Final = 5_000
WORKBOOK_SHEETS: Final = 100

# --- one outlet beside the others -------------------------------------------------------

# bytes of an answer from which it is parsed in a thread: a sitemap of 50,000 rows takes a second
LONG_READING: Final = 256 * 1024
# seconds of reading rows after which other outlets have their turn
READING_SLICE: Final = 0.1

# --- bundles of other machines -----------------------------------------------------------

# bytes of a bundle as packed, and as unpacked; a larger one is refused. A round of 1,000 outlets
# has some 20 MB
BUNDLE_PACKED: Final = 2 * 1024 * 1024 * 1024
BUNDLE: Final = 8 * 1024 * 1024 * 1024
# members of it; with more it is refused. Two an answer
BUNDLE_MEMBERS: Final = 400_000
# bytes of one; a larger one is refused: a sitemap of 50,000 rows, each with names and digest
BUNDLE_MEMBER: Final = 64 * 1024 * 1024
# bytes of its manifest; 200 a member, 700 a check
BUNDLE_MANIFEST: Final = 128 * 1024 * 1024

# --- our own pictures and videos --------------------------------------------------------

# bytes of a picture of media/; a larger one is refused. WordPress itself makes what is over 2,560
# pixels smaller, and a photograph of that size has some two million
OUR_PICTURE: Final = 16 * 1024 * 1024
# dots of a picture that is opened for a report; a larger one is refused before it is unpacked. The
# largest cameras make some sixty million
PICTURE_DOTS: Final = 80_000_000
# dots of a picture that an outlet names, a copy of which was asked for; a larger one is refused
# before it is unpacked. What pages name has one to three million
THEIR_DOTS: Final = 24_000_000
# bytes of such a copy as it lies in var/pictures/; a larger file is none of ours. They have ten to
# sixty thousand
COPY: Final = 512 * 1024
# bytes of a video of media/; a larger one is refused: it belongs on a platform for videos
OUR_VIDEO: Final = 128 * 1024 * 1024
# bytes of all pictures of one mail; a mail with more is refused. Servers take 10 to 25 MB, and a
# picture grows by a third on the way
MAIL_PICTURES: Final = 6 * 1024 * 1024
