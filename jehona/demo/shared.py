"""A desk on the newsroom system that about ten Albanian outlets share (pure).

No feed and no REST: list pages `/category/<section>?faqja=N`, articles
`/<section>/<slug>-i<number>`, English twins of the same number under `/english/`, the date in
words (`22 Mars 2026, 15:25`), JSON-LD on some.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape
from typing import Final

from jehona.demo.answers import Answer, Ask, page
from jehona.demo.newsdesk import Desk, Post, section_of
from jehona.demo.pages import FOOTER, not_found, spoken
from jehona.demo.rest import content_of
from jehona.demo.typeset import texturize

_CATEGORY: Final = re.compile(r"/(english/)?category/([a-z0-9-]+)/?")
# The section that holds everything.
ALL: Final = "te-gjitha"
# Every third article has JSON-LD, as measured: on some.
STRUCTURED: Final = 3


def shared(desk: Desk, ask: Ask) -> Answer:
    """What stands at the path asked for."""
    if found := _CATEGORY.fullmatch(ask.path):
        number = ask.words.get("faqja", "1")
        return _category(desk, found[2], bool(found[1]), int(number) if number.isdecimal() else 1)
    if ask.path == "/":
        return _category(desk, ALL, english=False, number=1)
    post = desk.at_path(ask.path)
    return _article(desk, post) if post else not_found(desk)


def _category(desk: Desk, section: str, english: bool, number: int) -> Answer:
    """A list page; past the last one it is not there."""
    posts = [
        post
        for post in desk.listed()
        if bool(post.english_of) == english and section in {ALL, section_of(post)}
    ]
    rows = posts[(number - 1) * desk.rows : number * desk.rows]
    if not rows:
        return not_found(desk)
    lines = "".join(_row(desk, post) for post in rows)
    older = number * desk.rows < len(posts)
    path = f"/{'english/' if english else ''}category/{section}"
    pager = f'<a class="me-shume" href="{path}?faqja={number + 1}">Më shumë</a>' if older else ""
    return _html(desk, escape(section), f'<div class="lajmet">{lines}</div>{pager}')


def _row(desk: Desk, post: Post) -> str:
    return f"""<div class="lajm"><a class="foto" href="{desk.link(post)}"></a>
<h3><a href="{desk.link(post)}">{texturize(post.headline)}</a></h3>
<span class="data">{spoken(post.at)}</span></div>
"""


def _article(desk: Desk, post: Post) -> Answer:
    body = f"""<article class="artikull"><h1>{texturize(post.headline)}</h1>
<div class="info"><span class="data">{spoken(post.at)}</span></div>
<div class="teksti">{content_of(post)}</div></article>
<div class="lexo-edhe">{_more(desk, post)}</div>"""
    structured = post.id % STRUCTURED == 0
    return _html(desk, texturize(post.headline), body, _json_ld(desk, post) if structured else "")


def _more(desk: Desk, post: Post) -> str:
    """Three other pieces, as every page of such a system ends."""
    others: Sequence[Post] = [other for other in desk.listed() if other is not post][:3]
    return "".join(f'<a href="{desk.link(o)}">{texturize(o.headline)}</a>' for o in others)


def _menu(desk: Desk) -> str:
    """The list pages, as every page of such a system links them."""
    sections = {section_of(post) for post in desk.listed() if not post.english_of}
    paths = [f"/category/{section}" for section in (ALL, *sorted(sections - {ALL}))]
    if any(post.english_of for post in desk.listed()):
        paths.append(f"/english/category/{ALL}")
    return " ".join(f'<a href="{path}">{path.rpartition("/")[2]}</a>' for path in paths)


def _json_ld(desk: Desk, post: Post) -> str:
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": post.headline,
        "datePublished": f"{desk.to_gmt(post.at)}Z",
        "url": desk.link(post),
    }
    return f'<script type="application/ld+json">{json.dumps(told, ensure_ascii=False)}</script>'


def _html(desk: Desk, title: str, body: str, head: str = "") -> Answer:
    name = escape(desk.name, quote=False)
    return page(
        200,
        f"""<!DOCTYPE html>
<html lang="{desk.language}"><head><meta charset="utf-8" /><title>{title} | {name}</title>
{head}</head><body><header><a href="{desk.address}/">{name}</a>
<nav>{_menu(desk)}</nav></header>
{body}
<footer>{name}. {FOOTER}</footer></body></html>
""",
    )
