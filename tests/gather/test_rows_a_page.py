"""A WordPress site's own limit of rows a page is learnt, however it shows, and nothing is lost."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.gather import scripted
from tests.gather.conftest import Crawl
from tests.gather.scripted import Said

REST: dict[str, object] = {"way": "wordpress", "url": "{ROOT}/wp-json/"}
WINDOW = ("--since", "2026-05-01", "--until", "2026-05-21")
PIECES = 45
MOST = 20


def site(
    posts: scripted.Answers, *, maximum: int | None = None, types: tuple[str, ...] = ("posts",)
) -> scripted.Answers:
    """A REST interface whose lists are answered by `posts`."""

    def answers(path: str, query: dict[str, str]) -> Said | None:
        if path == "/wp-json/":
            return scripted.rest_index(*types, maximum=maximum)
        return posts(path, query) if path.startswith("/wp-json/wp/v2/") else None

    return answers


def honest(path: str, query: dict[str, str], **limits: object) -> Said:
    """Pages of all pieces, in either order; past the last page WordPress' own refusal."""
    base = path.rpartition("/")[2]
    said = scripted.rest_rows(PIECES, query, base=base, **limits)  # type: ignore[arg-type]
    if query["page"] != "1" and said.body == "[]":
        return scripted.rest_error("rest_post_invalid_page_number", 400)
    return said


def capped(path: str, query: dict[str, str]) -> Said:
    """Fewer rows than asked, counted rightly."""
    return honest(path, query, most=MOST)


def capped_miscounted(path: str, query: dict[str, str]) -> Said:
    """Fewer rows than asked; the pages are counted as if none were cut."""
    said = honest(path, query, most=MOST)
    pages = -(-PIECES // int(query["per_page"]))
    told = tuple(pair for pair in said.headers if pair[0] != "X-WP-TotalPages")
    return replace(said, headers=(*told, ("X-WP-TotalPages", str(pages))))


def cut_afterwards(path: str, query: dict[str, str]) -> Said:
    """A hundred are looked for, the first twenty of them given: page 2 begins at row 101."""
    said = honest(path, query)
    return (
        said if said.status != 200 else replace(said, body=json.dumps(json.loads(said.body)[:MOST]))
    )


def refusing(path: str, query: dict[str, str]) -> Said:
    """Too many rows are refused, with the bounds in words of the site's language."""
    if int(query["per_page"]) > MOST:
        words = "per_page duhet të jetë midis 1 (përfshirë) dhe 20 (përfshirë)"
        return scripted.rest_error("rest_invalid_param", 400, per_page=words)
    return honest(path, query)


def refusing_in_silence(path: str, query: dict[str, str]) -> Said:
    """Too many rows are refused by a firewall that gives no reason."""
    if int(query["per_page"]) > MOST:
        return Said(body="<html><title>Bad Request</title></html>", status=400)
    return honest(path, query)


LIMITS = {
    "no limit": (site(honest), 1),
    "fewer rows than counted": (site(capped), 3),
    "fewer rows, pages miscounted": (site(capped_miscounted), 3),
    "cut afterwards": (site(cut_afterwards), 3),
    "a refusal that tells": (site(refusing), 1 + 3),
    "a refusal that tells nothing": (site(refusing_in_silence), 1 + 5),
    "the index tells": (site(refusing, maximum=MOST), 3),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_what_a_page_gives_is_learnt(crawl: Crawl, limit: str) -> None:
    answers, requests = LIMITS[limit]
    with scripted.served(answers) as served:
        ended = crawl(served, REST, words=WINDOW)
        told = (ended["outcome"], ended["listed"], ended["read"])
        assert told == ("complete", PIECES, PIECES), ended
        lists = [path for path in served.asked if "/wp/v2/" in path]
        assert len(lists) == requests, lists
        again = crawl(served, REST, words=WINDOW)
        assert (again["outcome"], again["new"], again["gone"]) == ("complete", 0, 0)
        assert len([p for p in served.asked if "/wp/v2/" in p]) <= 2 * requests


def test_a_limit_that_one_type_told_is_kept_for_all(crawl: Crawl) -> None:
    with scripted.served(site(refusing, types=("posts", "video"))) as served:
        ended = crawl(served, REST, words=WINDOW)
        assert (ended["outcome"], ended["read"]) == ("complete", 2 * PIECES)
        assert len([path for path in served.asked if "per_page=100" in path]) == 1


@pytest.mark.parametrize("counted", ["", "pages"], ids=["no count", "pages alone"])
@pytest.mark.parametrize("most", [100, MOST], ids=["whole", "capped"])
def test_without_a_count_all_rows_come_and_the_check_is_partial(
    crawl: Crawl, most: int, counted: str
) -> None:
    def uncounted(path: str, query: dict[str, str]) -> Said:
        return honest(path, query, most=most, counted=counted)

    with scripted.served(site(uncounted)) as served:
        check = crawl(served, REST, words=WINDOW)["checks"][0]
    assert (check["outcome"], check["listed"], check["read"]) == ("partial", None, PIECES), check
    assert "does not count them" in check["note"]


@pytest.mark.parametrize("said", ["²", "٤٥", "many", "-1", "9" * 400])
def test_a_count_that_is_none_is_no_fault(crawl: Crawl, said: str) -> None:
    def miscounted(path: str, query: dict[str, str]) -> Said:
        answer = honest(path, query)
        told = said.encode().decode("latin-1")
        return replace(answer, headers=tuple((name, told) for name, _ in answer.headers))

    with scripted.served(site(miscounted)) as served:
        check = crawl(served, REST, words=WINDOW)["checks"][0]
    assert (check["outcome"], check["read"]) == ("partial", PIECES), check


def test_a_page_that_comes_again_ends_the_walk(crawl: Crawl) -> None:
    """A site that knows no pages, and counts more than it gives."""

    def stuck(path: str, query: dict[str, str]) -> Said:
        return honest(path, {**query, "page": "1"}, most=MOST)

    with scripted.served(site(stuck)) as served:
        check = crawl(served, REST, words=WINDOW)["checks"][0]
        assert (check["outcome"], check["read"]) == ("partial", MOST), check
        assert len(served.asked) < 10


def test_known_posts_that_a_limit_holds_back_are_not_gone(crawl: Crawl) -> None:
    """Later the window lists ten of forty-five; asked by id, the site gives twenty at a time."""
    hidden = False

    def listing(path: str, query: dict[str, str]) -> Said:
        if "include" in query:
            ids = [int(each) for each in query["include"].split(",")]
            every = {"after": "2000", "before": "3000", "per_page": "100", "page": "1"}
            rows = json.loads(scripted.rest_rows(PIECES, every).body)
            some = [row for row in rows if row["id"] in ids]
            headers = (("X-WP-Total", str(len(some))), ("X-WP-TotalPages", "1"))
            return Said(body=json.dumps(some[:MOST]), kind=scripted.JSON, headers=headers)
        return scripted.rest_rows(10, query) if hidden else honest(path, query)

    with scripted.served(site(listing)) as served:
        assert crawl(served, REST, words=WINDOW)["read"] == PIECES
        hidden = True
        ended = crawl(served, REST, words=WINDOW)
    assert (ended["outcome"], ended["gone"]) == ("complete", 0), ended
