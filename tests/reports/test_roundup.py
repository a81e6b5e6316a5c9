"""The roundup post: order, folded copies, translations, escaping, and people's own templates."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from crawler.models import Decided, Outcome
from reports.coverage import Beside
from reports.forms import Form, Group
from reports.models import Report
from reports.roundup import Roundup, roundup, written
from reports.text_templates import TemplateBroken, copy_template
from tests.reports.made import EVENT, check, outlet, piece, report
from tests.reports.test_coverage import story

# forms that a template makes
TYPED = [form for form in Form if form is not Form.DOCX]
HERE = Path(__file__).parent / "expected"
PRESS = replace(
    EVENT,
    introduction="Më 16 maj u mbajt Dita e Bregut.\n\nMorën pjesë lexues nga e gjithë ana.",
)
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


def told(**decided: Decided) -> Report:
    outlets = [
        outlet("kodra", name="Kodra Sot", tier=2),
        outlet("fusha", name="Fusha e Gjelbër", tier=1),
        outlet("ora", name="Ora e Liqenit"),
        outlet("tv", name="TV Valëza"),
    ]
    matched = [
        piece("kodra", 1, headline="Dita e Bregut mbledh lexuesit në shesh", decision="accepted"),
        piece("kodra", 5, headline="Çfarë mbeti nga Dita e Bregut?", decision="accepted"),
        piece("fusha", 3, headline="Shesh plot për Ditën e Bregut", decision="accepted"),
        piece("ora", 4, headline="Dita e Bregut, në fotografi", decision="accepted"),
        piece("ora", 6, headline="جشن روز ساحل در بره والا", language="fa", published=None),
    ]
    beside = Beside(
        stories=[story("s_1", "a_kodra_1", "a_ora_4")],
        decided=decided,
    )
    checks = {
        "kodra": [check("kodra", Outcome.COMPLETE, read=40, listed=40)],
        "fusha": [check("fusha", Outcome.COMPLETE, read=12, listed=12)],
        "ora": [check("ora", Outcome.PARTIAL, read=7)],
        "tv": [check("tv", Outcome.BLOCKED)],
    }
    return report(outlets, matched, checks, PRESS, beside=beside)


def headings(made: Roundup) -> list[str]:
    return [section.heading for section in made.sections]


def test_outlets_stand_by_tier_then_time_and_copies_are_folded() -> None:
    made = roundup(told(), "sq")
    assert headings(made) == ["Fusha e Gjelbër", "Kodra Sot", "Ora e Liqenit"]
    first = made.sections[1].mentions[0]
    assert [copy.outlet for copy in first.also] == ["Ora e Liqenit"]
    assert len(made.pieces) == 5


def test_the_order_that_people_gave_comes_first() -> None:
    made = roundup(told(a_ora_6=Decided(pin=1), a_kodra_5=Decided(pin=2)), "sq")
    assert headings(made) == ["Ora e Liqenit", "Kodra Sot", "Fusha e Gjelbër"]
    assert made.sections[1].mentions[0].headline == "Çfarë mbeti nga Dita e Bregut?"


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        (Group.DAY, ["16 maj 2026", "Pa datë"]),
        (
            Group.STORY,
            [
                "Shesh plot për Ditën e Bregut",
                "Dita e Bregut mbledh lexuesit në shesh",
                "Çfarë mbeti nga Dita e Bregut?",
                "جشن روز ساحل در بره والا",
            ],
        ),
    ],
)
def test_other_groups(group: Group, expected: list[str]) -> None:
    assert headings(roundup(told(), "sq", group=group)) == expected


def test_what_nobody_accepted_can_be_left_out() -> None:
    made = roundup(told(), "sq", accepted_only=True)
    assert "a_ora_6" not in made.pieces
    assert len(made.pieces) == 4


@pytest.mark.parametrize(
    ("who", "note"), [("ana", None), ("machine: 127.0.0.1:5000", "machine translation")]
)
def test_a_translation_stands_beside_the_original_and_a_machine_is_marked(
    who: str, note: str | None
) -> None:
    said = Decided(translations={"en": ("Full square for the day", who)})
    base = told(a_fusha_3=said)
    english = replace(
        base, pieces=tuple(_in_english(p, said) for p in base.pieces), texts=_texts(base, said)
    )
    mention = roundup(english, "en").sections[0].mentions[0]
    assert (mention.headline, mention.translation) == (
        "Shesh plot për Ditën e Bregut",
        "Full square for the day",
    )
    assert mention.translation_note == note
    for form in TYPED:
        text = written(roundup(english, "en"), form)
        assert "Shesh plot për Ditën e Bregut" in text
        assert "Full square for the day" in text
        assert ("machine translation" in text) is (note is not None)


def _in_english(row, said):  # type: ignore[no-untyped-def]
    if row.article != "a_fusha_3":
        return row
    words, who = said.translations["en"]
    return replace(row, translation=words, translation_by=who)


def _texts(base, said):  # type: ignore[no-untyped-def]
    return tuple(
        replace(text, pieces=tuple(_in_english(p, said) for p in text.pieces))
        for text in base.texts
    )


def test_a_translation_into_the_headlines_own_language_is_not_shown() -> None:
    said = Decided(translations={"sq": ("E njëjta", "ana")})
    assert roundup(told(a_fusha_3=said), "sq").sections[0].mentions[0].translation is None


def test_completeness_is_a_footnote_unless_switched_off_by_name() -> None:
    assert "2 nga 4 media" in (roundup(told(), "sq").footnote or "")
    assert roundup(told(), "sq", footnote=False).footnote is None


def test_no_coverage_is_said_and_why_it_may_be_believed() -> None:
    empty = report([outlet("a")], [], {"a": [check("a", Outcome.COMPLETE, read=9)]})
    made = roundup(empty, "en")
    assert made.sections == ()
    for form in TYPED:
        assert "This can be believed" in written(made, form)


@pytest.mark.parametrize("form", TYPED)
def test_the_layout_as_reviewed(form: Form) -> None:
    """A missing expectation is written, and fails until somebody has looked at it."""
    text = written(roundup(told(), "sq"), form, marker="jehona-dita-1")
    file = HERE / f"roundup.{form.value}"
    if not file.exists():
        file.write_text(text, "utf-8", newline="\n")
        pytest.fail(f"{file} was written: look at it")
    assert text == file.read_text("utf-8")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not [name for name, _ in attrs if name.startswith("on")]


@pytest.mark.parametrize("form", [Form.HTML, Form.BLOCKS])
@pytest.mark.parametrize("group", list(Group))
def test_what_outlets_wrote_is_text(form: Form, group: Group) -> None:
    matched = [
        piece("a", 1, headline=HOSTILE, url="javascript:alert(1)"),
        piece("b", 2, headline=HOSTILE),
    ]
    outlets = [outlet("a", name=HOSTILE), outlet("b")]
    beside = Beside(stories=[story("s_1", "a_a_1", "a_b_2")])
    event = replace(PRESS, title=HOSTILE, introduction=HOSTILE)
    made = roundup(report(outlets, matched, event=event, beside=beside), "en", group=group)
    seen = _Tags()
    seen.feed(written(made, form))
    assert not {"img", "script"} & set(seen.tags)
    assert all(link.startswith("http://b.example/") for link in seen.links)


def test_markdown_and_text_print_hostile_headlines_as_text() -> None:
    matched = [piece("a", 1, headline="[x](javascript:alert(1))\n# Jo <b>"), piece("a", 2)]
    made = roundup(report([outlet("a")], matched), "en")
    assert "\\[x\\](javascript:alert(1)) # Jo \\<b\\>" in written(made, Form.MD)
    assert "\n[x](javascript:alert(1)) # Jo <b>\n" in written(made, Form.TEXT)


def test_a_persons_own_template_serves_in_place_of_ours(tmp_path: Path) -> None:
    place = copy_template("roundup.html", tmp_path)
    place.write_text("<b>{{ title }}</b>{{ sections|length }}", "utf-8")
    assert copy_template("roundup.html", tmp_path) == place
    made = roundup(told(), "sq")
    assert written(made, Form.HTML, own=tmp_path) == "<b>Dita e Bregut në media</b>3\n"
    assert written(made, Form.MD, own=tmp_path).startswith("# Dita e Bregut")


@pytest.mark.parametrize(
    ("template", "line"),
    [
        pytest.param("a\n{% for x in sections %}\nb", 3, id="a loop that never ends"),
        pytest.param("a\nb\n{{ titel }}", 3, id="a name that is none"),
        pytest.param("a\n{{ title.nothing }}", 2, id="a field that is none"),
        pytest.param("{{ ''.__class__.__mro__ }}", 1, id="a way out of the sandbox"),
        pytest.param("a\n\n{{ 1 + title }}", 3, id="a sum of words"),
        pytest.param("\n{{ say('no such words') }}", 2, id="a word of ours that is none"),
        pytest.param("{% include 'no.jinja' %}", 1, id="a part that is missing"),
        pytest.param("{% for x in range(9999999) %}{% endfor %}", 1, id="a loop without measure"),
    ],
)
def test_an_error_in_a_template_is_one_line_with_file_and_line(
    tmp_path: Path, template: str, line: int
) -> None:
    (tmp_path / "roundup.html.jinja").write_text(template, "utf-8")
    with pytest.raises(TemplateBroken) as broken:
        written(roundup(told(), "sq"), Form.HTML, own=tmp_path)
    said = str(broken.value)
    assert "roundup.html.jinja" in said
    assert f"line {line}:" in said
    assert "\n" not in said
