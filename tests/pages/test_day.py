"""The day's pages: Today, Outlets, an outlet, a run that is begun, followed, stopped and killed."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest

from crawler.models import Check, Language, Outcome, Way
from crawler.outcomes import Reason
from crawler.record import write
from jehona import actions
from jehona.desk import forms_of
from tests.desk.conftest import Desk
from tests.gather.test_crawl_ends import held
from tests.pages.conftest import NOON, Browser, Sit
from tests.record.pieces import begin, piece, store

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
HOSTILE = '"><script>alert(1)</script>{{ 7 * 7 }}'


def blocked(**said: Any) -> Check:
    """A check that a machine could not make."""
    told: dict[str, Any] = {"reason": "forbidden", "numbers": {"status": 403}, "at": NOON, **said}
    return Check(outlet="gazeta-shembull", way=Way.FEED, outcome=Outcome.BLOCKED, **told)


def asked(desk: Desk, check: Check, event: str | None = "festa") -> int:
    """A run that asked the outlet, and is over."""
    with desk.record() as record:
        run = begin(record, event=event)
        write.save_check(record, run, check)
        write.end_run(record, run, NOON)
    return run


# --- Today -----------------------------------------------------------------------------


def test_before_anything_was_gathered_it_says_so(ana: Browser) -> None:
    page = ana.get("/").text
    assert "Festa e Librit" in page
    assert "0 of 1" in page
    assert "No outlet was asked yet." in page
    # the window is over and nobody asked: that is the next step
    assert "Ask its outlets" in page


def test_nothing_is_said_to_wait_where_only_matching_does(sit: Sit, filled: Desk) -> None:
    ana = sit(filled.root).enter()
    filled.type("match", "festa")
    filled.type("review", "festa", "--accept-all")
    asked(filled, blocked())
    with filled.record() as record:
        record.conn.execute("DELETE FROM matched")
    told = ana.get("/events/festa", headers={"accept": "application/json"}).json()
    assert (told["next_step"], told["whole"]) == ("review", False)
    page = ana.get("/events/festa").text
    assert "not all of the record was held against its words yet" in page
    assert "0 pieces wait" not in page


def test_without_an_event_it_says_what_to_do(ana: Browser, desk: Desk) -> None:
    (desk.root / "events" / "festa.toml").unlink()
    assert "Add your first event" in ana.get("/").text


def test_counts_are_those_that_were_kept(ana: Browser, filled: Desk) -> None:
    # nobody held the record against its words yet: that is not nothing
    assert ana.get("/").text.count(">–<") >= 3
    actions.matches.match(office_of(filled))
    page = ana.get("/", headers={"accept": "application/json"}).json()
    (line,) = page["events"]
    kept = line["pieces"]["sure"] + line["pieces"]["doubtful"]
    assert kept == len(actions.review.queue(office_of(filled), "festa").pieces) == 3
    assert line["pieces"]["new"] == kept
    filled_verdict(filled)
    (line,) = ana.get("/", headers={"accept": "application/json"}).json()["events"]
    assert (line["pieces"]["accepted"], line["pieces"]["rejected"]) == (1, 1)


def office_of(desk: Desk) -> actions.office.Office:
    return actions.office.open_office(desk.root, by="ana")


def filled_verdict(desk: Desk) -> None:
    one, two, _ = actions.review.queue(office_of(desk), "festa").pieces
    actions.review.decide(
        office_of(desk), "festa", accept=[one.article.key], reject=[two.article.key]
    )


def test_new_is_what_came_since_one_looked(ana: Browser, filled: Desk) -> None:
    actions.matches.match(office_of(filled))
    with filled.record() as record:
        write.end_run(record, 1, NOON - timedelta(days=1))
    ana.house.access.keys.look("Ana", "festa", NOON)
    filled.keep(piece(4))
    actions.matches.match(office_of(filled))
    (line,) = ana.get("/", headers={"accept": "application/json"}).json()["events"]
    assert line["pieces"]["new"] == 1
    # for a colleague all is new
    assert actions.today.today(office_of(filled)).events[0].pieces.new == 4  # type: ignore[union-attr]


def test_who_opens_the_review_has_seen_what_is_there(ana: Browser, filled: Desk) -> None:
    actions.matches.match(office_of(filled))
    with filled.record() as record:
        write.end_run(record, 1, NOON - timedelta(days=1))
    json = {"accept": "application/json"}
    assert ana.get("/", headers=json).json()["events"][0]["pieces"]["new"] == 3
    assert ana.get("/events/festa/review").status_code == 200
    assert ana.get("/", headers=json).json()["events"][0]["pieces"]["new"] == 0


def test_a_wrong_file_hides_no_other(ana: Browser, desk: Desk) -> None:
    (desk.root / "events" / "tjetra.toml").write_text("titel = 'x'\n", "utf-8")
    page = ana.get("/").text
    assert "unknown key" in page
    assert "Festa e Librit" in page


def test_a_wrong_file_is_told_in_the_readers_language(sit: Sit, desk: Desk) -> None:
    (desk.root / "events" / "tjetra.toml").write_text("titel = 'x'\n", "utf-8")
    browser = sit(desk.root, language="sq").enter()
    for path in ("/", "/events"):
        page = browser.get(path).text
        assert "tjetra.toml" in page
        assert "unknown key" not in page


def test_what_broke_is_told(ana: Browser, desk: Desk) -> None:
    asked(desk, Check(outlet="gazeta-shembull", way=Way.FEED, outcome=Outcome.COMPLETE, at=NOON))
    asked(desk, blocked())
    page = ana.get("/").text
    assert "What broke, what mended" in page
    assert "does not let a program in" in page


def test_words_of_others_are_words(ana: Browser, desk: Desk) -> None:
    for folder, key in (("events/festa", "title"), ("outlets/gazeta-shembull", "name")):
        file = desk.root / f"{folder}.toml"
        lines = [
            f"{key} = '{HOSTILE}'" if line.startswith(key) else line
            for line in file.read_text("utf-8").splitlines()
        ]
        file.write_text("\n".join(lines), "utf-8")
    desk.keep(piece(1, headline=HOSTILE))
    asked(desk, blocked(note=HOSTILE, by=HOSTILE))
    for path in ("/", "/events", "/outlets", "/outlets/gazeta-shembull", "/runs/2"):
        page = ana.get(path).text
        assert "<script>alert" not in page
        assert "49" not in page.replace("{{ 7 * 7 }}", "")


@pytest.mark.parametrize(
    "path", ["/", "/events", "/outlets", "/outlets/gazeta-shembull", "/runs/1"]
)
@pytest.mark.parametrize("language", ["sq", "en"])
def test_every_page_has_one_heading_in_either_language(
    sit: Sit, filled: Desk, path: str, language: str
) -> None:
    page = sit(filled.root, language=language).enter().get(path).text
    assert page.count("<h1") == 1
    assert f'<html lang="{language}">' in page


# --- outlets ---------------------------------------------------------------------------


def test_an_outlet_says_why_and_what_to_do(ana: Browser, desk: Desk) -> None:
    asked(desk, blocked())
    page = ana.get("/outlets").text
    assert "does not let a program in" in page
    assert "HTTP 403" in page
    assert "declare another way" in page


@pytest.mark.parametrize("reason", [each.value for each in Reason])
@pytest.mark.parametrize("language", ["sq", "en"])
def test_a_step_names_no_command(reason: str, language: Language) -> None:
    step = forms_of.what_to_do(reason, language, "gazeta-shembull")
    assert step
    assert "jehona " not in step


def test_what_a_person_saw_is_kept_in_place(ana: Browser, desk: Desk) -> None:
    asked(desk, blocked())
    form = {"event": "festa", "found": "2", "note": "faqja e parë"}
    answer = ana.post("/outlets/gazeta-shembull/looked", form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/outlets")
    page = ana.get("/outlets").text
    assert "Kept: Gazeta Shembull checked by hand by Ana, 2 found" in page
    assert "Ana looked by hand" in page
    assert "1 of 1" in ana.get("/").text
    # told once
    assert "Kept:" not in ana.get("/outlets").text


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"event": "festa", "found": "shumë"}, 400),
        ({"event": "festa", "found": "-1"}, 400),
        ({"event": "festa"}, 400),
        ({"event": "nuk-ka", "found": "1"}, 400),
        ({"found": "1"}, 400),
        ({"event": "festa", "found": "0"}, 303),
    ],
)
def test_what_was_not_seen_is_not_kept(ana: Browser, form: dict[str, str], status: int) -> None:
    assert ana.post("/outlets/gazeta-shembull/looked", form).status_code == status


@pytest.mark.parametrize(
    "path", ["/outlets/nuk-ka", "/outlets/..%2f..", "/runs/9", "/runs/x", "/runs/9/live", "/nuk-ka"]
)
def test_what_is_not_there_is_404(ana: Browser, filled: Desk, path: str) -> None:
    assert ana.get(path).status_code == 404


def test_an_outlets_page_has_rows_checks_and_file(ana: Browser, filled: Desk) -> None:
    asked(filled, blocked())
    page = ana.get("/outlets/gazeta-shembull").text
    assert "Libri 1 u hap në shesh" in page
    assert "way = &#34;feed&#34;" in page
    assert "HTTP 403" in page


def test_five_hundred_outlets_are_one_page(ana: Browser, desk: Desk) -> None:
    for number in range(500):
        (desk.root / "outlets" / f"o-{number}.toml").write_text(f'name = "O {number}"\n', "utf-8")
    assert "O 499" in ana.get("/outlets").text


# --- a run -----------------------------------------------------------------------------


@pytest.fixture
def busy(desk: Desk) -> Iterator[threading.Event]:
    """The outlet answers its first page and holds the second back."""
    came, go_on = threading.Event(), threading.Event()
    with held(came, go_on) as site:
        text = (
            f'name = "Gazeta"\ndelay = 0.01\n[[find]]\nway = "feed"\nurl = "{site.root}/rss.xml"\n'
        )
        (desk.root / "outlets" / "gazeta-shembull.toml").write_text(text, "utf-8")
        file = desk.root / "events" / "festa.toml"
        days = file.read_text("utf-8").replace("from = 2025", "from = 2026")
        days = days.replace("to = 2025", "to = 2026").replace("date = 2025", "date = 2026")
        file.write_text(days, "utf-8")
        yield came


def begun(ana: Browser, came: threading.Event) -> int:
    answer = ana.post("/runs/start", {"event": "festa"})
    assert answer.status_code == 303, answer.text
    assert came.wait(60)
    return int(answer.headers["location"].rpartition("/")[2])


def running_pid(root: Path) -> int:
    from crawler.record.lock import RunLock  # noqa: PLC0415 - the test's own look

    pid = RunLock(root / "var" / "run.lock").holder_here
    assert pid
    return pid


@posix
def test_a_run_is_begun_seen_and_stopped(ana: Browser, desk: Desk, busy: threading.Event) -> None:
    number = begun(ana, busy)
    page = ana.get(f"/runs/{number}").text
    assert "is being asked" in page
    assert f'data-live="/runs/{number}/live"' in page
    assert f"Run {number} is asking the outlets" in ana.get("/outlets").text
    # no second one beside it
    assert ana.post("/runs/start", {}).status_code == 409
    # it has a session of its own: what ends the desk does not end it
    assert os.getsid(running_pid(desk.root)) != os.getsid(0)
    assert ana.post("/runs/stop").status_code == 303
    told = ana.get(f"/runs/{number}/live").text
    assert "event: over" in told
    assert "interrupted" in told
    page = ana.get(f"/runs/{number}").text
    assert "data-live" not in page
    assert "Its process is gone" not in page
    assert ana.post("/runs/stop").status_code == 409


@posix
def test_a_run_that_was_killed_is_said_to_be_dead(
    ana: Browser, desk: Desk, busy: threading.Event
) -> None:
    number = begun(ana, busy)
    killed = psutil.Process(running_pid(desk.root))
    killed.send_signal(signal.SIGKILL)
    told = ana.get(f"/runs/{number}/live").text
    assert "event: over" in told
    assert "Its process is gone" in told
    assert "Its process is gone" in ana.get(f"/runs/{number}").text
    ana.clock.turn(timedelta(days=500))
    ana.enter()
    assert "Ask its outlets" in ana.get("/").text


def test_a_crawl_that_refuses_says_why(ana: Browser, desk: Desk) -> None:
    (desk.root / "jehona.toml").write_text("", "utf-8")
    answer = ana.post("/runs/start", {"event": "festa"})
    assert answer.status_code == 400
    assert "contact =" in answer.text


def test_a_run_over_is_its_ledger(ana: Browser, desk: Desk) -> None:
    number = asked(desk, blocked())
    page = ana.get(f"/runs/{number}").text
    assert "1 of 1 outlets are through" in page
    assert "does not let a program in" in page
    assert "Look at the outlets that did not answer" in page
    told = ana.get(f"/runs/{number}", headers={"accept": "application/json"}).json()
    assert (told["run"], told["state"]) == (number, "finished")


def test_a_large_queue_is_counted(ana: Browser, desk: Desk) -> None:
    with desk.record() as record:
        store(
            record,
            begin(record),
            *(piece(n, published=NOON - timedelta(days=9)) for n in range(500)),
        )
    actions.matches.match(office_of(desk))
    assert ">500<" in ana.get("/").text
