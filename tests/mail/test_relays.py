"""Relays with limits of their own: everybody gets the issue, each once, and the reason is true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from crawler.models import Smtp
from reports.credentials import Password
from reports.mailing import Letter, NotSent, Sending, WrongAddress, address_of, send
from tests.mail.relays import HANG_UP, Relay, serving

NOW = datetime(2026, 5, 25, 9, tzinfo=UTC)
PEOPLE = tuple(f"lexues{n}@reader.example" for n in range(7))
MOST = 3
Answer = Callable[[Relay, str], str | None]

LETTER = Letter(
    sender="zyra@office.example",
    name="Zyra e Shtypit",
    subject="Buletini, nr. 7",
    html="<p>Panairi u hap.</p>",
    text="Panairi u hap.",
    logo=None,
)


def sent(relay: Relay, *to: str, waits: list[float] | None = None) -> Sending:
    smtp = Smtp(host="127.0.0.1", port=relay.port, sender="zyra@office.example")
    slept = waits if waits is not None else []
    return send(LETTER, to or PEOPLE, smtp, None, NOW, sleep=slept.append)


def full(at: str, said: str) -> Answer:
    """A connection that has taken its mails answers so to one command."""
    return lambda relay, line: said if relay.here >= MOST and line.startswith(at) else None


LIMITS = {
    "421 to MAIL": full("MAIL", "421 4.7.0 too many messages in this connection"),
    "421 to RCPT": full("RCPT", "421 4.7.0 too many"),
    "421 to DATA": full("DATA", "421 4.7.0 too many"),
    "421 behind the mail": full("END", "421 4.7.0 too many"),
    "452 to MAIL": full("MAIL", "452 4.5.3 too many messages"),
    "452 to RCPT": full("RCPT", "452 4.5.3 too many recipients in this session"),
    "451 behind the mail": full("END", "451 4.3.0 not now"),
    "550 to MAIL": full("MAIL", "550 5.7.0 limit of messages a session"),
    "554 to DATA": full("DATA", "554 5.7.0 limit of messages a session"),
    "hangs up at MAIL": full("MAIL", HANG_UP),
    "hangs up at RCPT": full("RCPT", HANG_UP),
    "hangs up at DATA": full("DATA", HANG_UP),
}


@pytest.mark.parametrize("limit", LIMITS.values(), ids=LIMITS)
def test_a_relay_that_takes_a_few_mails_a_connection_is_asked_again(limit: Answer) -> None:
    with serving(limit) as relay:
        went = sent(relay)
        assert (went.sent, went.refused) == (PEOPLE, ())
        assert relay.got == list(PEOPLE)
        assert relay.connections == 3


def hang_up_after(relay: Relay, line: str) -> str | None:
    """The connection ends with its third mail, without a word."""
    return HANG_UP if relay.here >= MOST and line not in {"END", "CONNECT"} else None


def test_a_relay_that_hangs_up_without_a_word_is_asked_again() -> None:
    with serving(hang_up_after) as relay:
        assert sent(relay).sent == PEOPLE
        assert relay.got == list(PEOPLE)


@pytest.mark.parametrize("reset", ["421 no", "500 what?", HANG_UP])
@pytest.mark.parametrize("place", [0, 3, 6])
def test_one_refused_address_costs_no_other_whatever_rset_is_answered(
    place: int, reset: str
) -> None:
    def answer(_: Relay, line: str) -> str | None:
        if line.startswith("RCPT") and PEOPLE[place] in line:
            return "550 5.1.1 no such user"
        return reset if line == "RSET" else None

    with serving(answer) as relay:
        went = sent(relay)
        assert went.refused == ((PEOPLE[place], "550 5.1.1 no such user"),)
        assert relay.got == [one for one in PEOPLE if one != PEOPLE[place]]


@pytest.mark.parametrize("said", ["554 5.7.1 looks like spam", "552 5.3.4 too large"])
@pytest.mark.parametrize("place", [0, 3, 6])
def test_one_refused_message_costs_no_other(place: int, said: str) -> None:
    refused: list[str] = []

    def answer(_: Relay, line: str) -> str | None:
        if line.startswith("RCPT"):
            refused[:] = [line]
        return said if line == "END" and PEOPLE[place] in refused[0] else None

    with serving(answer) as relay:
        went = sent(relay)
        assert went.refused == ((PEOPLE[place], said),)
        assert relay.got == [one for one in PEOPLE if one != PEOPLE[place]]


def test_greylisted_addresses_are_told_each_and_the_others_go() -> None:
    def answer(_: Relay, line: str) -> str | None:
        slow = line.startswith("RCPT") and not line.endswith(
            ("5@reader.example>", "6@reader.example>")
        )
        return "450 4.2.0 come again in a minute" if slow else None

    with serving(answer) as relay:
        went = sent(relay)
        assert went.sent == PEOPLE[5:]
        assert {why for _, why in went.refused} == {"450 4.2.0 come again in a minute"}


def test_a_mail_that_may_have_arrived_is_told_and_never_sent_twice() -> None:
    seen: list[str] = []

    def answer(_: Relay, line: str) -> str | None:
        if line.startswith("RCPT"):
            seen.append(line)
        return HANG_UP if line == "END" and PEOPLE[2] in seen[-1] else None

    with serving(answer) as relay:
        went = sent(relay)
        ((who, why),) = went.refused
        assert who == PEOPLE[2]
        assert "it may have arrived" in why
        assert len([line for line in seen if PEOPLE[2] in line]) == 1
        assert relay.got == [one for one in PEOPLE if one != PEOPLE[2]]


def test_a_farewell_that_is_none_changes_nothing() -> None:
    with serving(lambda _, line: "500 what?" if line == "QUIT" else None) as relay:
        assert sent(relay).sent == PEOPLE


@pytest.mark.parametrize("said", ["421 4.3.2 closed for today", HANG_UP, "451 4.3.0 full"])
def test_a_relay_that_takes_nothing_is_one_line_and_not_asked_for_ever(said: str) -> None:
    with serving(lambda _, line: said if line.startswith("MAIL") else None) as relay:
        with pytest.raises(NotSent) as failed:
            sent(relay, *PEOPLE * 10)
        assert "\n" not in str(failed.value)
        assert str(relay.port) in str(failed.value)
        assert (said or "hung up") in str(failed.value)
        assert relay.connections <= 6


def test_a_refused_sender_is_one_line_that_names_the_key() -> None:
    with serving(lambda _, line: "550 who?" if line.startswith("MAIL") else None) as relay:
        with pytest.raises(NotSent, match=r"550 who\?.*\[smtp\] from"):
            sent(relay)
        assert relay.connections == 1


def test_no_new_connection_is_asked_for_twice_then_told_to_everybody_left() -> None:
    def answer(relay: Relay, line: str) -> str | None:
        if line == "CONNECT" and relay.connections > 1:
            return "421 too many connections"
        return "421 enough" if relay.here >= MOST and line.startswith("MAIL") else None

    with serving(answer) as relay:
        waits: list[float] = []
        went = sent(relay, waits=waits)
        assert went.sent == PEOPLE[:MOST]
        assert [who for who, _ in went.refused] == list(PEOPLE[MOST:])
        assert {"421 too many connections" in why for _, why in went.refused} == {True}
        assert (relay.connections, len(waits)) == (3, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "<ana@b.example>",
        "'ana@b.example.'",
        "ana@b.example.",
        "@b",
        "ana@",
        "ana",
        "",
        " ",
        "a b@b.example",
        "ana@b..example",
        "ana@b example",
        "ana@[127.0.0.1]",
        "ana@127.0.0.1",
        "ana@::1",
        "ana@b.example, ben@b.example",
        "Ana <ana@b.example>",
        'ana"@b.example',
        ".ana@b.example",
        "ana..b@b.example",
        "ana@b.example\r\nBcc: ben@b.example",
        "ana\0@b.example",
        "ana@b.example\udcff",
        "a" * 65 + "@b.example",
        "ana@" + "b" * 300,
        "(ana)@b.example",
        "ana@-",
        "çelësi@b.example",
        "=?utf-8?q?ana?=",
    ],
)
def test_what_is_no_mail_address_is_one_short_line(typed: str) -> None:
    with pytest.raises(WrongAddress) as wrong:
        address_of(typed)
    assert "\n" not in str(wrong.value)
    assert len(str(wrong.value)) < 400


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("ana@b.example", "ana@b.example"),
        (" ana@B.example ", "ana@b.example"),
        ("o'brien+shtyp@b.example", "o'brien+shtyp@b.example"),
        ("ana@gazetë.example", "ana@xn--gazet-rsa.example"),
    ],
)
def test_what_is_one(typed: str, spelled: str) -> None:
    assert address_of(typed).addr_spec == spelled


GIVEN = [
    "krejt sekret",
    "krejtsekret",
    "AHp5cmEAa3JlanQgc2VrcmV0",
    "enlyYTprcmVqdCBzZWtyZXQ=",
    "a3JlanQgc2VrcmV0",
    "krejt+sekret",
    "krejt%20sekret",
]


@pytest.mark.parametrize("given", GIVEN)
def test_a_password_is_blotted_in_every_spelling(given: str) -> None:
    secret = Password("krejt sekret")
    assert secret.hidden_in(f"x {given}x", "zyra").replace("=", "") == "x ***x"
    odd = Password('a"b<c>&ë/')
    for spelled in ('a\\"b<c>&\\u00eb/', "a&quot;b&lt;c&gt;&amp;ë/", "a%22b%3Cc%3E%26%C3%AB/"):
        assert odd.hidden_in(spelled) == "***"


@pytest.mark.parametrize("given", ["krejt sekret", "a3JlanQgc2VrcmV0"])
def test_a_password_is_blotted_before_an_answer_is_cut(given: str) -> None:
    def answer(_: Relay, line: str) -> str | None:
        return f"550 {'x' * 290}{given}" if line.startswith("RCPT") else None

    with serving(answer) as relay:
        smtp = Smtp(host="127.0.0.1", port=relay.port, sender="zyra@office.example")
        went = send(LETTER, PEOPLE[:1], smtp, Password("krejt sekret"), NOW)
        assert went.refused[0][1].rstrip("*") == f"550 {'x' * 290}"
