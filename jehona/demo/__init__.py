"""A fictional newsroom on loopback: outlets' sites that speak what real WordPress speaks.

The demo crawls it, and it is the fake outlet of the offline tests:

    moti = Post(headline="Moti", at="2026-05-16T08:00", text="Me diell.")
    desk = Desk(slug="fletorja", name="Fletorja", posts=[moti])
    newsroom = Newsroom([desk], clock=now)
    with newsroom.open() as addresses:
        ...  # crawl addresses["fletorja"]; desk.fault = challenge(); desk.add(Post(...))
    newsroom.log  # every request, with its time and user agent

Of other people's code only the standard library; 127.0.0.1 only; one port a desk.
"""

from jehona.demo.answers import Answer, Ask
from jehona.demo.faults import (
    Fault,
    broken_off,
    challenge,
    charset,
    consent,
    empty_body,
    entity_bomb,
    flood,
    gzip_bomb,
    hang_up,
    header_flood,
    hostile_links,
    no_feed,
    no_items,
    no_rest,
    not_a_listing,
    redirect_loop,
    slow,
    too_many,
    truncated,
    unavailable,
)
from jehona.demo.newsdesk import Desk, Post, many_posts
from jehona.demo.server import Asked, Newsroom
from jehona.demo.site import answer
from jehona.demo.town import (
    HandCheck,
    demo_checks,
    demo_desks,
    demo_folder,
    write_demo_workspace,
)

__all__ = [
    "Answer",
    "Ask",
    "Asked",
    "Desk",
    "Fault",
    "HandCheck",
    "Newsroom",
    "Post",
    "answer",
    "broken_off",
    "challenge",
    "charset",
    "consent",
    "demo_checks",
    "demo_desks",
    "demo_folder",
    "empty_body",
    "entity_bomb",
    "flood",
    "gzip_bomb",
    "hang_up",
    "header_flood",
    "hostile_links",
    "many_posts",
    "no_feed",
    "no_items",
    "no_rest",
    "not_a_listing",
    "redirect_loop",
    "slow",
    "too_many",
    "truncated",
    "unavailable",
    "write_demo_workspace",
]
