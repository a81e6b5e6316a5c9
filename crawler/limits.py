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
# --- one outlet beside the others -------------------------------------------------------

LONG_READING: Final = 256 * 1024
# bytes of an answer from which it is parsed in a thread: a sitemap of 50,000 rows takes a second
READING_SLICE: Final = 0.1
# seconds of reading rows after which other outlets have their turn
