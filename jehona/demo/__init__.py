"""A fictional newsroom on loopback: outlets' sites that speak what real WordPress speaks.

The demo crawls it, and it is the fake outlet of the offline tests, whose faults stand with them:

    moti = Post(headline="Moti", at="2026-05-16T08:00", text="Me diell.")
    desk = Desk(slug="fletorja", name="Fletorja", posts=[moti])
    newsroom = Newsroom([desk], clock=now)
    with newsroom.open() as addresses:
        ...  # crawl addresses["fletorja"]; desk.fault = challenge(); desk.add(Post(...))
    newsroom.log  # every request, with its time and user agent

Of other people's code only the standard library; 127.0.0.1 only; one port a desk.
"""

from jehona.demo.answers import Answer, Ask
from jehona.demo.faults import Fault, challenge
from jehona.demo.newsdesk import Desk, Post
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
    "challenge",
    "demo_checks",
    "demo_desks",
    "demo_folder",
    "write_demo_workspace",
]
