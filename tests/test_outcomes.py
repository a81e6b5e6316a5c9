"""Every ending has one name, from real signals only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.models import Check, Outcome, Way
from crawler.outcomes import (
    FAILURES,
    MEANINGS,
    NUMBERS,
    Reason,
    Trouble,
    best,
    exit_code,
    judge_failure,
    judge_status,
)

LET_THROUGH = (
    b"<!doctype html><meta property='article:published_time' content='2026-03-22'>"
    b"<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"
)
# Cloudflare watches the readers of pages that it lets through, too
CHALLENGE = b"<!doctype html><title>Just a moment...</title><div id='challenge-form'></div>"
CONSENT = b"<html><body id='consent-page'>Before you continue</body></html>"
ABOUT_CHALLENGES = b"<?xml version='1.0'?><rss><channel><title>Just a moment...</title></channel>"


@pytest.mark.parametrize(
    ("status", "headers", "body", "reason"),
    [
        (200, {}, b"[]", None),
        (204, {}, b"", None),
        (200, {}, ABOUT_CHALLENGES, None),
        (200, {}, b"<!doctype html><title>Lajme</title>", None),
        (200, {}, CHALLENGE, Reason.CHALLENGE),
        (403, {}, CHALLENGE, Reason.CHALLENGE),
        (503, {}, CHALLENGE, Reason.CHALLENGE),
        (403, {"cf-mitigated": "challenge"}, b"", Reason.CHALLENGE),
        (200, {}, CONSENT, Reason.CONSENT),
        (200, {}, LET_THROUGH, None),
        (401, {}, b"{}", Reason.FORBIDDEN),
        (403, {}, b"no", Reason.FORBIDDEN),
        (451, {}, b"", Reason.FORBIDDEN),
        (429, {}, b"", Reason.RATE_LIMIT),
        (404, {}, b"", Reason.NOT_FOUND),
        (410, {}, b"", Reason.NOT_FOUND),
        (500, {}, b"", Reason.SERVER_ERROR),
        (503, {}, b"", Reason.SERVER_ERROR),
        (521, {}, b"", Reason.SERVER_ERROR),
        (304, {}, b"", Reason.UNREADABLE),
        (418, {}, b"", Reason.UNREADABLE),
    ],
)
def test_a_status_and_its_marks_name_the_reason(
    status: int, headers: dict[str, str], body: bytes, reason: Reason | None
) -> None:
    trouble = judge_status(status, headers, body)
    assert (trouble.reason if trouble else None) == reason


def test_every_reason_has_an_outcome_and_one_sentence_to_do() -> None:
    assert set(MEANINGS) == set(Reason)
    for meaning in MEANINGS.values():
        assert meaning.next_step.endswith(".")
        assert "\n" not in meaning.next_step


@pytest.mark.parametrize("name", sorted(FAILURES))
def test_a_failed_request_is_named_by_its_class(name: str) -> None:
    error = type(name, (Exception,), {})("details")
    trouble = judge_failure(error, "http://gazeta.example/feed/")
    assert trouble is not None
    assert trouble.reason is FAILURES[name][0]
    assert "http://gazeta.example/feed/" in trouble.note


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("max redirections reached", Reason.REDIRECTS),
        ("body exceeded DOWNLOAD_MAXSIZE (1 B)", Reason.TOO_LARGE),
        ("certificate verify failed", Reason.CERTIFICATE),
    ],
)
def test_a_failed_request_is_named_by_its_words(words: str, reason: Reason) -> None:
    trouble = judge_failure(Exception(words), "http://gazeta.example/")
    assert trouble is not None
    assert trouble.reason is reason


def test_a_fault_of_ours_is_no_trouble_of_the_outlet() -> None:
    assert judge_failure(KeyError("oops"), "http://gazeta.example/") is None


def test_a_trouble_stays_what_it_is() -> None:
    trouble = Trouble(Reason.ROBOTS, "its robots.txt refuses /")
    assert judge_failure(trouble, "http://gazeta.example/") is trouble


def check(outcome: Outcome) -> Check:
    return Check(outlet="gazeta", way=Way.FEED, outcome=outcome)


@pytest.mark.parametrize(
    ("made", "speaks"),
    [
        ([Outcome.BLOCKED, Outcome.COMPLETE], Outcome.COMPLETE),
        ([Outcome.BLOCKED, Outcome.CHECKED_BY_HAND], Outcome.CHECKED_BY_HAND),
        ([Outcome.BROKEN, Outcome.PARTIAL], Outcome.PARTIAL),
        ([Outcome.UNREACHABLE, Outcome.BLOCKED], Outcome.BLOCKED),
        ([Outcome.NO_ADDRESS], Outcome.NO_ADDRESS),
    ],
)
def test_the_best_check_speaks_for_its_outlet(made: list[Outcome], speaks: Outcome) -> None:
    assert best(check(outcome) for outcome in made).outcome is speaks


@pytest.mark.parametrize(
    ("ended", "code"),
    [
        ([], 0),
        ([Outcome.COMPLETE], 0),
        ([Outcome.COMPLETE, Outcome.NO_ADDRESS, Outcome.DECLINED], 0),
        ([Outcome.NO_ADDRESS], 0),
        ([Outcome.CHECKED_BY_HAND], 0),
        ([Outcome.COMPLETE, Outcome.BLOCKED], 3),
        ([Outcome.PARTIAL], 3),
        ([Outcome.BLOCKED], 1),
        ([Outcome.BLOCKED, Outcome.NO_ADDRESS], 1),
        ([Outcome.BROKEN, Outcome.UNREACHABLE], 1),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, list) else str(value),
)
def test_the_exit_code_is_that_of_the_contract(ended: list[Outcome], code: int) -> None:
    assert exit_code(ended) == code


ROOT = Path(__file__).resolve().parent.parent
SOURCES = [*(ROOT / "crawler").rglob("*.py"), *(ROOT / "spiders").rglob("*.py")]


def named_numbers() -> Iterator[str]:
    """The names that troubles count by, all over the code."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("Trouble", ".said")):
                yield from (each.arg for each in node.keywords if each.arg)


def test_whatever_a_trouble_counts_is_told_in_the_docs() -> None:
    used = set(named_numbers())
    assert {"status", "address", "listed", "read", "missing"} <= used
    assert used | {"since", "unread"} == set(NUMBERS)


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_a_refusal_keeps_its_status_in_any_words(status: int) -> None:
    trouble = judge_status(status, {}, b"")
    assert trouble is not None
    again = trouble.said("/rss.xml refused", address="/rss.xml")
    assert (again.reason, again.numbers) == (
        trouble.reason,
        {"status": status, "address": "/rss.xml"},
    )
