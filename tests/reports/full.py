"""Invented reports with something of everything: 40 pieces to look at, and many to measure.

full()      18 outlets, 40 pieces, every outcome, every mark that a piece can carry
hostile()   the same rows with headlines, names and addresses that attack
many(500)   as many pieces as asked for
silent()    nothing found, and every outlet checked
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from crawler.models import Because, Event, Keywords, Outcome, OutletKind, Signal, Way
from reports.models import (
    Change,
    Completeness,
    Method,
    Piece,
    Precisely,
    Report,
    Summary,
    Text,
)

ZONE: Final = ZoneInfo("Europe/Tirane")
MADE: Final = datetime(2026, 5, 25, 6, 0, tzinfo=UTC)
FAIR: Final = Event(
    slug="panairi",
    title="Panairi i Librit në Bregvalë",
    date=date(2026, 5, 16),
    first_day=date(2026, 5, 11),
    last_day=date(2026, 5, 24),
    zone="Europe/Tirane",
    place="Bregvalë",
    organiser="Shoqata Shembull",
    introduction="Panairi u hap në sheshin e vjetër me gjashtëdhjetë botues.",
    keywords=Keywords(any=(("panair", "libr*"), ('"Bregvala lexon"',)), none=("futboll",)),
)
SCRIPT: Final = "<script>alert(1)</script>"
BREAKOUT: Final = '"><img src=x onerror=alert(1)>'

# slug, name, owner, tier, kind, outcome, listed, read, way
OUTLETS: Final = (
    ("gazeta", "Gazeta Shembull", "Shembull Media", 1, "newspaper", "complete", 412, 412),
    ("agjencia", "Agjencia e Lajmeve Lumi", "Lumi", 1, "agency", "complete", 980, 980),
    ("bregu", "Bregu Sot", "Shembull Media", 2, "portal", "complete", 188, 188),
    ("tv-kodra", "TV Kodra", "Kodra", 1, "tv", "complete", 260, 260),
    ("zani", "Radio Zani", None, 3, "radio", "complete", None, 74),
    ("fushe", "Portali i Fushës", "Fusha 2000", 3, "portal", "complete", 143, 143),
    ("mesazhi", "Mesazhi", None, 2, "portal", "complete", 96, 96),
    ("letrari", "Letrari", "Fusha 2000", 3, "magazine", "complete", 12, 12),
    ("ora", "Ora e Qytetit", "Kodra", 2, "portal", "complete", 301, 301),
    ("herald", "The Bregvalë Herald", None, 2, "portal", "complete", 51, 51),
    ("sahar", "Sahar Farsi", None, 2, "portal", "complete", 33, 33),
    ("veriu", "Veriu Online", "Veriu", 3, "portal", "complete", 120, 120),
    ("kthesa", "Kthesa", "Veriu", 3, "portal", "partial", 640, 210),
    ("shtylla", "Shtylla", None, 2, "portal", "blocked", None, 0),
    ("rruga", "Rruga e Re", None, 3, "portal", "unreachable", None, 0),
    ("video", "Bregu Video", "Shembull Media", 3, "video", "checked-by-hand", None, 2),
    ("fleta", "Fleta e Lagjes", None, 3, "print", "no-address", None, 0),
    ("vija", "Vija", None, 3, "portal", None, None, 0),
)
NAMES: Final = {row[0]: row[1] for row in OUTLETS}

# headline, language, first outlet, its moment, then the copies: outlet and minutes after
STORIES: Final = (
    ("Panairi i Librit hapet të shtunën në Bregvalë: gjashtëdhjetë botues në sheshin e vjetër",
     "sq", "agjencia", "2026-05-13T10:05",
     (("gazeta", 12), ("bregu", 31), ("fushe", 48), ("ora", 95), ("veriu", 190), ("kthesa", 1560),
      ("mesazhi", 2890), ("zani", None))),
    ("Fëmijët e Bregvalës lexojnë bashkë: “Bregvala lexon” nis në oborrin e shkollës", "sq",
     "gazeta", "2026-05-16T09:20", (("bregu", 4), ("ora", 66), ("tv-kodra", 142), ("fushe", 1300))),
    ("Shkrimtarja: “Libri i parë u shkrua në tryezën e kuzhinës”", "sq", "letrari",
     "2026-05-15T18:00", (("mesazhi", 720), ("gazeta", 910))),
    ("Hapet panairi, radhë që në mëngjes", "sq", "tv-kodra", "2026-05-16T10:31", ()),
    ("Book fair opens in Bregvalë with sixty publishers", "en", "herald", "2026-05-16T11:45",
     (("agjencia", 210),)),
    ("نمایشگاه کتاب برگوالا با حضور شصت ناشر گشایش یافت", "fa", "sahar", "2026-05-16T14:10", ()),
    ("Kundërrevolucionarizimi: Gjashtëdhjetëvjetorishtënia e mospërfillshmërisë", "sq", "ora",
     "2026-05-17T08:00", ()),
    ("Panairi, dita e dytë: ç'u shit më shumë", "sq", "gazeta", "2026-05-17T19:12", ()),
    ("Trafik i bllokuar rreth sheshit për panairin", "sq", "veriu", "2026-05-16T12:02",
     (("kthesa", 25),)),
    ("Kryetarja e bashkisë: panairi do të mbahet edhe vitin tjetër", "sq", "bregu",
     "2026-05-18T13:40", (("gazeta", 22), ("fushe", 37))),
    ("Fotografi nga panairi", "sq", "video", "2026-05-18", ()),
    ("Botuesit e vegjël: “Qiraja e stendave ishte e lartë”", "sq", "ora", "2026-05-19T07:55", ()),
    ("Çmimi i panairit shkon te një përkthyese e re", "sq", "agjencia", "2026-05-17T21:00",
     (("gazeta", 9), ("zani", 40), ("veriu", 61))),
    ("Panairi në shifra", "sq", "letrari", "2026-05-22T10:00", ()),
    ("What Bregvalë reads", "en", "herald", "2026-05-20T16:20", ()),
    ("Nxënësit shkruajnë letra për autorët e dashur", "sq", "bregu", "2026-05-14T08:15",
     (("fushe", 15), ("veriu", 75))),
    ("Intervistë: njeriu që ruan bibliotekën", "sq", "zani", None, ()),
)  # fmt: skip


def full() -> Report:
    """Something of everything, to look at."""
    texts = tuple(_marked(text) for text in _texts())
    pieces = tuple(sorted((p for text in texts for p in text.pieces), key=_when))
    return Report(
        event=FAIR,
        made=MADE,
        version=3,
        summary=_summary(pieces, texts, doubtful=2),
        completeness=tuple(_completeness(pieces)),
        pieces=pieces,
        method=_method(),
        texts=texts,
        doubtful=tuple(_doubtful()),
        kept=True,
    )


def settled() -> Report:
    """The same with nothing left to do: every outlet checked, every piece reviewed."""
    report = full()
    pieces = tuple(replace(p, decision="accepted") for p in report.pieces)
    by_key = {p.article: p for p in pieces}
    return replace(
        report,
        pieces=pieces,
        texts=tuple(
            replace(t, pieces=tuple(by_key[p.article] for p in t.pieces), possibly=())
            for t in report.texts
        ),
        doubtful=(),
        completeness=tuple(replace(row, outcome=Outcome.COMPLETE) for row in report.completeness),
        summary=replace(report.summary, unreviewed=0, doubtful=0),
    )


def silent() -> Report:
    """Nothing found, every outlet checked."""
    report = settled()
    rows = tuple(replace(row, matched=0) for row in report.completeness)
    none = Summary(
        pieces=0, texts=0, outlets=0, owners=0, languages=(), first=None, last=None,
        unreviewed=0, undated=0,
    )  # fmt: skip
    return replace(report, pieces=(), texts=(), summary=none, completeness=rows)


def hostile() -> Report:
    """Everything that an outlet, a colleague or a file wrote attacks."""
    evil = f"{SCRIPT} {BREAKOUT} javascript:alert(1) {{{{7*7}}}} {{% raw %}} &lt;b&gt;"
    report = full()
    addresses = (
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        f"http://x/{BREAKOUT}",
    )
    pieces = {
        p.article: replace(
            p,
            headline=evil,
            url=addresses[at % 3],
            archive=addresses[(at + 1) % 3],
            note=evil,
            translation=evil,
            translation_by=evil,
            outlet_name=evil,
            owner=evil,
            tone=evil,
            byline=(evil,),
            by=evil,
            language=('fa"><b>' if at % 2 else "en"),
            corrected=evil if at % 3 else None,
        )
        for at, p in enumerate(report.pieces)
    }
    return replace(
        report,
        event=replace(report.event, title=evil, place=evil, organiser=evil, introduction=evil),
        pieces=tuple(pieces.values()),
        texts=tuple(
            replace(t, pieces=tuple(pieces[p.article] for p in t.pieces)) for t in report.texts
        ),
        completeness=tuple(
            replace(row, outlet_name=evil, note=evil, next_step=evil) for row in report.completeness
        ),
        doubtful=tuple(replace(p, headline=evil, url=addresses[0]) for p in report.doubtful),
        method=replace(report.method, keywords=(evil,), agent=evil),
    )


def many(number: int, outlets: int = 40) -> Report:
    """`number` pieces: two in five alone, the others in texts of two to nine."""
    luck = Random(number)
    rows = tuple(_row(f"media-{at}", f"Media {at}", number // outlets) for at in range(outlets))
    texts: list[Text] = []
    left = number
    while left:
        size = min(left, 1 if luck.random() < 0.7 else luck.randint(2, 9))
        texts.append(_random_text(luck, len(texts) + 1, size, outlets))
        left -= size
    pieces = tuple(sorted((p for text in texts for p in text.pieces), key=_when))
    return Report(
        event=FAIR, made=MADE, version=1, summary=_summary(pieces, texts), completeness=rows,
        pieces=pieces, method=_method(), texts=tuple(sorted(texts, key=lambda t: _when(t.first))),
    )  # fmt: skip


def _random_text(luck: Random, number: int, size: int, outlets: int) -> Text:
    begun = datetime(2026, 5, 11, tzinfo=ZONE) + timedelta(minutes=luck.randint(0, 14 * 1440 - 1))
    chosen = luck.sample(range(outlets), size)
    lags = [0, *sorted(luck.randint(1, 4000) for _ in chosen[1:])]
    first = f"a_{number}_0"
    return Text(
        key=f"s_{number}",
        pieces=tuple(
            Piece(
                article=f"a_{number}_{at}", url=f"https://media-{outlet}.example/{number}/",
                outlet=f"media-{outlet}", outlet_name=f"Media {outlet}",
                owner=f"Pronari {outlet % 9}",
                headline=f"Lajmi {number}: panairi i librit hapet në Bregvalë me botues të rinj",
                published=begun + timedelta(minutes=lag), precision="minute", language="sq",
                byline=(), lead=None, score=0.9, because=_why(),
                decision="accepted" if luck.random() < 0.9 else None, gone_since=None,
                story=f"s_{number}", copy_of=first if at else None, lag_minutes=lag, tier=2,
            )
            for at, (outlet, lag) in enumerate(zip(chosen, lags, strict=True))
        ),
    )  # fmt: skip


# --- the parts of the full one ------------------------------------------------------


def _texts() -> Iterator[Text]:
    for number, (headline, language, outlet, at, copies) in enumerate(STORIES, 1):
        begun = _moment(at)
        first = _piece(f"a_{number}", outlet, headline, begun, language)
        first = replace(first, story=f"s_{number}")
        if at and "T" not in at:
            first = replace(first, precision="day")
        yield Text(key=f"s_{number}", pieces=(first, *_copies(number, first, copies)))


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written).replace(tzinfo=ZONE) if written else None


def _copies(number: int, first: Piece, copies: Sequence[tuple[str, int | None]]) -> Iterator[Piece]:
    for at, (outlet, lag) in enumerate(copies, 1):
        timed = first.published is not None and lag is not None
        when = first.published + timedelta(minutes=lag) if timed else None
        made = _piece(f"a_{number}_{at}", outlet, first.headline or "", when, first.language)
        yield replace(made, story=f"s_{number}", copy_of=first.article, lag_minutes=lag)


def _piece(
    key: str, outlet: str, headline: str, published: datetime | None, language: str | None
) -> Piece:
    owner, tier, kind = next(row[2:5] for row in OUTLETS if row[0] == outlet)
    return Piece(
        article=key, url=f"https://{outlet}.example/{key}/", outlet=outlet,
        outlet_name=NAMES[outlet], owner=owner, headline=headline, published=published,
        precision="minute" if published else None, language=language, byline=(), lead=None,
        score=0.93, because=_why(), decision="accepted", gone_since=None, kind=OutletKind(kind),
        tier=tier, lag_minutes=0 if published else None, by="ana",
    )  # fmt: skip


def _why() -> tuple[Because, ...]:
    told = "…hapet Panairi i Librit në Bregvalë, me gjashtëdhjetë…"
    return (
        Because(term="panair", form="Panairi", field="headline", snippet=told),
        Because(term="libr*", form="Librit", field="headline", snippet=told),
    )


MARKS: Final = {
    "a_1_3": {"decision": None, "by": None},
    "a_1_6": {"gone_since": datetime(2026, 5, 21, 4, 0, tzinfo=UTC)},
    "a_2": {"tone": "pozitiv", "tier": 1, "note": "Fotografia është e jona.", "pin": 1},
    "a_4": {
        "changes": (
            Change(
                old="Hapet panairi, polemika për stendat",
                new="Hapet panairi, radhë që në mëngjes",
                at=datetime(2026, 5, 16, 15, 5, tzinfo=UTC),
            ),
        ),
        "archive": "https://arkiva.example/2026/tv-kodra/",
    },
    "a_5": {
        "translation": "Panairi i librit hapet në Bregvalë me gjashtëdhjetë botues",
        "translation_by": "ana",
    },
    "a_6": {
        "translation": "Panairi i librit i Bregvalës u hap me praninë e gjashtëdhjetë botuesve",
        "translation_by": "machine: 127.0.0.1:5000",
    },
    "a_11": {
        "by_hand": True,
        "corrected": "Fotografi nga Panairi i Librit",
        "byline": ("M. Shembull",),
    },
    "a_12": {"tone": "kritik", "decision": None, "by": None},
}


def _marked(text: Text) -> Text:
    pieces = tuple(replace(p, **MARKS.get(p.article, {})) for p in text.pieces)
    if text.key != "s_14":
        return replace(text, pieces=pieces)
    alike = (("https://letrari.example/a_14/", "https://gazeta.example/a_8/"),)
    return replace(text, pieces=pieces, possibly=alike)


def _doubtful() -> Iterator[Piece]:
    at = datetime(2026, 5, 14, 9, 0, tzinfo=ZONE)
    teaser = Because(
        term="panair", form="Panairi", field="text", place="boilerplate",
        snippet="…Lexo edhe: Panairi i vitit të kaluar në foto…",
    )  # fmt: skip
    old = Signal(kind="other-edition", words="edicioni i vitit 2023", worth=-0.4)
    for key, outlet, headline in (
        ("a_91", "fushe", "Çfarë të bëni këtë fundjavë"),
        ("a_92", "ora", "Tri vjet më parë: panairi që u mbyll nga shiu"),
    ):
        made = _piece(key, outlet, headline, at, "sq")
        yield replace(
            made, decision=None, by=None, because=(teaser,), score=0.3,
            signals=(old,) if key == "a_92" else (),
        )  # fmt: skip


def _when(piece: Piece) -> tuple[bool, float, str]:
    if piece.published is None:
        return True, 0.0, piece.article
    return False, piece.published.timestamp(), piece.article


def _summary(pieces: Sequence[Piece], texts: Sequence[Text], doubtful: int = 0) -> Summary:
    dated = [p.published for p in pieces if p.published]
    return Summary(
        pieces=len(pieces), texts=len(texts), outlets=len({p.outlet for p in pieces}),
        owners=len({p.owner or p.outlet for p in pieces}),
        languages=tuple(sorted({p.language for p in pieces if p.language})),
        first=min(dated, default=None), last=max(dated, default=None),
        unreviewed=sum(p.decision is None for p in pieces), undated=len(pieces) - len(dated),
        doubtful=doubtful,
    )  # fmt: skip


def _completeness(pieces: Sequence[Piece]) -> Iterator[Completeness]:
    told = {
        "kthesa": {
            "reached": datetime(2026, 5, 15, 7, 0, tzinfo=UTC),
            "note": "the budget of 30 requests is spent",
        },
        "shtylla": {"note": "answered 403 with a challenge page", "how": (Way.FEED, Way.LISTING)},
        "rruga": {"note": "no address for the name", "how": (Way.SITEMAP,)},
        "video": {"how": (Way.BY_HAND,), "by": "ana", "note": "dy video", "at": MADE},
        "fleta": {"how": ()},
        "vija": {"how": ()},
        "zani": {"how": (Way.FEED,)},
        "letrari": {"how": (Way.LISTING,)},
    }
    for slug, name, _, _, _, outcome, listed, read in OUTLETS:
        matched = sum(p.outlet == slug for p in pieces)
        row = replace(_row(slug, name, read), listed=listed, matched=matched)
        yield replace(row, outcome=Outcome(outcome) if outcome else None, **told.get(slug, {}))


def _row(slug: str, name: str, read: int) -> Completeness:
    return Completeness(
        outlet=slug, outlet_name=name, outcome=Outcome.COMPLETE, listed=read, read=read,
        matched=1, reached=datetime(2026, 5, 10, 22, 0, tzinfo=UTC), how=(Way.WORDPRESS,),
        note=None, next_step=None, reason=None, numbers={}, by=None,
        at=datetime(2026, 5, 25, 5, 0, tzinfo=UTC),
    )  # fmt: skip


def _method() -> Method:
    return Method(
        ways=(Way.WORDPRESS, Way.FEED, Way.LISTING, Way.BY_HAND),
        rules=("stem-1",),
        software="1.0",
        elsewhere=1,
        keywords=(
            "panair: panair, panairi, panairin, panairit, panaire, panairet",
            "libr*: every word that begins with “libr”",
            "“Bregvala lexon”: these words in this order",
        ),
        precision=Precisely(accepted=36, decided=38),
        agent="Jehona/1.0 (+mailto:press@office.example)",
    )
