"""RSS and Atom of a desk, as WordPress 6.1 writes them (pure).

Ten rows a page; the page past the end is 404 with a feed body; all feeds share one
site-wide validator; the self link drops the port. Atom may carry the archive links of
RFC 5005, which WordPress itself does not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from jehona.demo.answers import Answer, Ask, Header, page
from jehona.demo.newsdesk import Desk, Post
from jehona.demo.rest import api_of, content_of, excerpt_of
from jehona.demo.typeset import feed_text, texturize, without_tags

RSS: Final = "application/rss+xml; charset=UTF-8"
ATOM: Final = "application/atom+xml; charset=UTF-8"
GENERATOR: Final = "https://wordpress.org/?v=6.1.9"
MONTHS_SQ: Final = (
    *("Janar", "Shkurt", "Mars", "Prill", "Maj", "Qershor"),
    *("Korrik", "Gusht", "Shtator", "Tetor", "Nëntor", "Dhjetor"),
)
_NAMES: Final = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
    'xmlns:wfw="http://wellformedweb.org/CommentAPI/"',
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'xmlns:atom="http://www.w3.org/2005/Atom"',
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"',
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"',
)
# /feed/, /feed/rss2/, /2026/05/16/feed/atom/
FEED_PATH: Final = re.compile(
    r"/(?:(?P<y>\d{4})/(?:(?P<m>\d{2})/(?:(?P<d>\d{2})/)?)?)?"
    r"feed(?:/(?:archive-(?P<archive>\d+)|(?P<kind>rss2?|atom|rdf|feed)))?/?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which feed is asked for."""

    days: str
    # "", "2026", "2026-05" or "2026-05-16"
    number: int
    # page, from 1
    atom: bool
    # Atom rather than RSS
    archive: int | None = None
    # a fixed document of RFC 5005


def wanted(desk: Desk, ask: Ask) -> Wanted | None:
    """The feed that a request means, None where it means none."""
    words = ask.words
    path = FEED_PATH.fullmatch(ask.path)
    if path is None and not (ask.path == "/" and words.get("feed")):
        return None
    parts = [path[name] for name in "ymd" if path[name]] if path else _days(words.get("m", ""))
    kind = (path["kind"] if path else words["feed"]) or desk.feed_format
    number = words.get("paged", "1")
    return Wanted(
        days="-".join(parts),
        number=max(1, int(number)) if desk.paged and number.isdecimal() else 1,
        atom=kind == "atom",
        archive=int(path["archive"]) if path and path["archive"] else None,
    )


def _days(m: str) -> list[str]:
    """`?m=20260516` in its parts."""
    found = re.fullmatch(r"(\d{4})(\d{2})?(\d{2})?", m)
    return [part for part in found.groups() if part] if found else []


def feed(desk: Desk, ask: Ask, asked: Wanted) -> Answer:
    """The feed, 404 with a feed body past the end."""
    fresh = _validators(desk)
    kind = ("Content-Type", _kind(asked))
    if asked.days and not _possible(asked.days):
        wider = "/".join(asked.days.split("-")[:-1])
        to = ("Location", f"{desk.address}/{wider}/")
        return Answer(status=301, headers=(to, kind, *fresh))
    rows, past = _rows(desk, asked)
    never = (
        ("Expires", "Wed, 11 Jan 1984 05:00:00 GMT"),
        ("Cache-Control", "no-cache, must-revalidate, max-age=0"),
    )
    link = (("Link", f'<{api_of(desk)}>; rel="https://api.w.org/"'),) * (desk.rest == "open")
    write = _atom if asked.atom else _rss
    text = write(desk, ask, asked, rows, _title(desk, asked, rows, past))
    headers = ((*never, *fresh) if past else fresh) + link
    return page(404 if past else 200, text, *headers, content_type=_kind(asked))


def empty_feed(desk: Desk, ask: Ask) -> Answer:
    """A feed of comments: nobody commented."""
    asked = Wanted(days="", number=1, atom=False)
    return page(200, _rss(desk, ask, asked, (), f"Komente te {_name(desk)}"), content_type=RSS)


def _kind(asked: Wanted) -> str:
    return ATOM if asked.atom else RSS


def _possible(days: str) -> bool:
    """WordPress sends impossible days to the stretch of time around them."""
    year, month, day = (*(int(part) for part in days.split("-")), 1, 1)[:3]
    try:
        datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return False
    return True


def _rows(desk: Desk, asked: Wanted) -> tuple[Sequence[Post], bool]:
    """The rows of the page, and whether it lies past the end.

    An archive without a single post is an empty feed, not an end.
    """
    posts = desk.listed()
    if asked.archive is not None:
        oldest = posts[::-1]
        chunk = oldest[(asked.archive - 1) * desk.rows : asked.archive * desk.rows]
        return chunk[::-1], not chunk
    chosen = [post for post in posts if post.at.startswith(asked.days)] if asked.days else posts
    rows = chosen[(asked.number - 1) * desk.rows : asked.number * desk.rows]
    if asked.number == 1:
        return _pinned(desk, rows), False
    return rows, not rows


def _pinned(desk: Desk, rows: Sequence[Post]) -> Sequence[Post]:
    if desk.pins != "everywhere":
        return rows
    pins = [post for post in desk.listed() if post.sticky]
    return [*pins, *(post for post in rows if not post.sticky)]


# --- validators ---------------------------------------------------------------------


def _validators(desk: Desk) -> tuple[Header, ...]:
    """`Last-Modified` of the newest edit of the site, `ETag` its MD5 in quotes."""
    modified = _http_date(desk.changed())
    tag = hashlib.md5(modified.encode(), usedforsecurity=False).hexdigest()
    return (("Last-Modified", modified), ("ETag", f'"{tag}"'))


def _http_date(gmt: str) -> str:
    return format_datetime(_instant(gmt) or datetime.fromtimestamp(0, UTC), usegmt=True)


def _instant(gmt: str) -> datetime | None:
    try:
        return datetime.fromisoformat(gmt).replace(tzinfo=UTC)
    except ValueError:
        return None


def _rfc822(gmt: str) -> str:
    """A date as RSS wants it; what is no date stays as it is."""
    instant = _instant(gmt)
    return format_datetime(instant) if instant else gmt


# --- words --------------------------------------------------------------------------


def _name(desk: Desk) -> str:
    return texturize(desk.name).replace("&#038;", "&amp;")


def _title(desk: Desk, asked: Wanted, rows: Sequence[Post], past: bool) -> str:
    if past:
        return f"Faqja nuk u gjet &#8211; {_name(desk)}"
    turn = f"Page {asked.number} &#8211; " if asked.number > 1 else ""
    if not asked.days or not rows:
        return turn + _name(desk)
    year, month, day = (*asked.days.split("-"), "", "")[:3]
    name = MONTHS_SQ[int(month) - 1] if month else ""
    spoken = " ".join(part for part in (day.lstrip("0"), name, year) if part)
    return f"{spoken} &#8211; {turn}{_name(desk)}"


def _self(desk: Desk, ask: Ask) -> str:
    """The address WordPress believes to be its own: the host without the port."""
    host = urlsplit(desk.address)
    return f"{host.scheme}://{host.hostname}{ask.target}".replace("&", "&#038;")


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]&gt;')}]]>"


def _excerpt(post: Post) -> str:
    """The excerpt of a row: no paragraph, entities by number (`ent2ncr`)."""
    plain = without_tags(excerpt_of(post)).replace("&hellip;", "&#8230;")
    return plain.replace("&amp;", "&#38;")


def _built(desk: Desk, rows: Sequence[Post]) -> str:
    """UTC of the newest edit among the rows, of the whole site where there are none."""
    return max((desk.to_gmt(post.edited) for post in rows), default=desk.changed())


def _terms(post: Post) -> tuple[str, ...]:
    """Category and tags, as feeds mix them."""
    return (post.section, *post.tags) if post.section else post.tags


def _rss(desk: Desk, ask: Ask, asked: Wanted, rows: Sequence[Post], title: str) -> str:
    names = "\n\t".join(_NAMES)
    items = "".join(_item(desk, post) for post in rows)
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	{names}
	>

<channel>
	<title>{title}</title>
	<atom:link href="{_self(desk, ask)}" rel="self" type="application/rss+xml" />
	<link>{desk.address}</link>
	<description>{escape(desk.tagline)}</description>
	<lastBuildDate>{_rfc822(_built(desk, rows))}</lastBuildDate>
	<language>{desk.language}</language>
	<sy:updatePeriod>
	hourly	</sy:updatePeriod>
	<sy:updateFrequency>
	1	</sy:updateFrequency>
	<generator>{GENERATOR}</generator>
{items}</channel>
</rss>
"""


def _item(desk: Desk, post: Post) -> str:
    link = escape(desk.link(post))
    categories = "".join(f"\n\t\t<category>{_cdata(term)}</category>" for term in _terms(post))
    body = _cdata(content_of(post))
    carried = f"\n\t\t\t\t\t\t\t\t\t\t<content:encoded>{body}</content:encoded>\n\t\t\t\t\t"
    full = carried if desk.feed == "full" else ""
    return f"""	<item>
		<title>{feed_text(texturize(post.headline))}</title>
		<link>{link}</link>
					<comments>{link}#respond</comments>

		<dc:creator>{_cdata(post.by)}</dc:creator>
		<pubDate>{_rfc822(desk.to_gmt(post.at))}</pubDate>{categories}
		<guid isPermaLink="false">{escape(desk.guid(post))}</guid>

					<description>{_cdata(_excerpt(post))}</description>{full}
					<wfw:commentRss>{link}feed/</wfw:commentRss>
			<slash:comments>0</slash:comments>
			</item>
	"""


def _atom(desk: Desk, ask: Ask, asked: Wanted, rows: Sequence[Post], title: str) -> str:
    entries = "".join(_entry(desk, post) for post in rows)
    fixed = "\n\t<fh:archive/>" if asked.archive is not None else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?><feed
	xmlns="http://www.w3.org/2005/Atom"
	xmlns:thr="http://purl.org/syndication/thread/1.0"
	xmlns:fh="http://purl.org/syndication/history/1.0"
	xml:lang="{desk.language}"
	>
	<title type="text">{title}</title>
	<subtitle type="text">{escape(desk.tagline)}</subtitle>

	<updated>{_built(desk, rows)}Z</updated>

	<link rel="alternate" type="text/html" href="{desk.address}" />
	<id>{desk.address}/feed/atom/</id>
	<link rel="self" type="application/atom+xml" href="{_self(desk, ask)}" />{_turns(desk, asked)}

	<generator uri="https://wordpress.org/" version="6.1.9">WordPress</generator>{fixed}
{entries}</feed>
"""


def _turns(desk: Desk, asked: Wanted) -> str:
    """The links of RFC 5005 to older rows."""
    count = len(desk.listed())
    if desk.feed_links == "paged" and asked.number * desk.rows < count:
        return _turn("next", f"{desk.address}/feed/?paged={asked.number + 1}")
    if desk.feed_links == "archived":
        older = asked.archive - 1 if asked.archive else count // desk.rows
        current = _turn("current", f"{desk.address}/feed/") if asked.archive else ""
        back = _turn("prev-archive", f"{desk.address}/feed/archive-{older}/") if older > 0 else ""
        return current + back
    return ""


def _turn(rel: str, href: str) -> str:
    return f'\n\t<link rel="{rel}" href={quoteattr(href)} />'


def _entry(desk: Desk, post: Post) -> str:
    link = quoteattr(desk.link(post))
    comments = quoteattr(f"{desk.link(post)}#comments")
    replies = quoteattr(f"{desk.link(post)}feed/atom/")
    body = f'<content type="html" xml:base={link}>{_cdata(content_of(post))}</content>'
    terms = (f'<category scheme="{desk.address}" term={quoteattr(t)} />' for t in _terms(post))
    return f"""	<entry>
		<author>
			<name>{escape(post.by)}</name>
					</author>

		<title type="html">{_cdata(feed_text(texturize(post.headline)))}</title>
		<link rel="alternate" type="text/html" href={link} />

		<id>{escape(desk.guid(post))}</id>
		<updated>{desk.to_gmt(post.edited)}Z</updated>
		<published>{desk.to_gmt(post.at)}Z</published>
		{"".join(terms)}
		<summary type="html">{_cdata(_excerpt(post))}</summary>

					{body * (desk.feed == "full")}
			<link rel="replies" type="text/html" href={comments} thr:count="0" />
			<link rel="replies" type="application/atom+xml" href={replies} thr:count="0" />
			<thr:total>0</thr:total>
			</entry>
	"""
