# ruff: noqa: E501, E731 - markup stands on one line
"""Invented sites of many makes: what small newsrooms' home-made systems look like.

Each make is a function from a path and a query to an answer. All have the same pieces: two a day,
newest first, eight hours apart on the clock of `scripted`. `honest` makes cannot be read whole by
anybody who does not know them: there no crawl may call itself complete.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from html import escape

from tests.gather.scripted import Answers, Said

COUNT = 66
SIZE = 10
NEWEST = datetime(2026, 5, 20, 19, 40)  # noqa: DTZ001 - the site's own clock
SUMMER = timezone(timedelta(hours=2))
MONTHS = [
    "janar",
    "shkurt",
    "mars",
    "prill",
    "maj",
    "qershor",
    "korrik",
    "gusht",
    "shtator",
    "tetor",
    "nëntor",
    "dhjetor",
]
WHO = (
    "Bashkia e Lumasit", "Kori i Gurores", "Biblioteka e Bregasit", "Mulliri i Shegës",
    "Ujësjellësi i Lisit", "Shkolla e Arrëzës", "Klubi i shahut të Kodrës",
)  # fmt: skip
DOES = (
    "hap dyert për vizitorët", "nis punimet te ura e drurit", "fton banorët në një pasdite leximi",
    "mbjell fidanë përgjatë lumit", "shtyn festën për shkak të shiut", "ndërron çatinë para dimrit",
    "gjen një dorëshkrim të harruar", "shënon njëzet vjet me ekspozitë", "rregullon orën e sheshit",
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """One invented piece."""

    n: int
    at: datetime
    headline: str
    section: str

    @property
    def slug(self) -> str:
        plain = self.headline.lower().replace("ë", "e").replace("ç", "c")
        return "-".join("".join(c if c.isalnum() else " " for c in plain).split())

    @property
    def numeric(self) -> str:
        return f"{self.at:%d.%m.%Y}"

    @property
    def named(self) -> str:
        return f"{self.at.day} {MONTHS[self.at.month - 1]} {self.at.year}"


def _piece(n: int) -> Piece:
    words = f"{WHO[n % len(WHO)]} {DOES[n % len(DOES)]}"
    words += f", pjesa {n // 63 + 1}" if n >= 63 else ""
    section = "sport" if n % 3 == 1 else "kulture" if n % 3 == 2 else "vendi"
    return Piece(n=n, at=NEWEST - timedelta(hours=11 * n), headline=words, section=section)


PIECES = tuple(_piece(n) for n in range(COUNT))
OLD = PIECES[-6:]
Row = Callable[[Piece], str]
Path = Callable[[Piece], str]


@dataclass(frozen=True)
class Make:
    """One make of site."""

    answers: Answers
    path: Path
    # of a piece
    home: str = "/"
    # what a person pastes
    honest: bool = False
    # nobody can read it whole: it is never called complete
    robots: str = ""
    # its robots.txt


def by_slug(piece: Piece) -> str:
    return f"/lajme/{piece.slug}.html"


def page_of(
    main: str, *, title: str = "Pasqyra e Lumasit", menu: str = "", side: str = "", head: str = ""
) -> Said:
    """A page with a menu and a sidebar of what is read most."""
    read = side or "<h4>Më të lexuarat</h4><ul class='top'>" + "".join(
        f'<li><a href="{by_slug(p)}">{escape(p.headline)}</a></li>' for p in OLD
    )
    return Said(
        body=f"<!DOCTYPE html><html lang='sq'><head><meta charset='utf-8'>{head}"
        f"<title>{escape(title)}</title></head><body><div id='menu'><a href='/'>Kreu</a> {menu}"
        f"<a href='/kontakt'>Kontakt</a></div><div id='mes'>{main}</div>"
        f"<div id='ana'>{read}</div></body></html>"
    )


def article(piece: Piece, *, dated: bool = True) -> Said:
    """The page of a piece."""
    when = (
        f"<p class='data'>Publikuar më {piece.numeric}, ora {piece.at:%H:%M}</p>" if dated else ""
    )
    text = "".join(
        f"<p>Fjalia {n} e lajmit, me disa fjalë të tjera që nuk thonë gjë.</p>" for n in range(4)
    )
    return page_of(f"<h1>{escape(piece.headline)}</h1>{when}{text}", title=piece.headline, side=" ")


def cut(rows: Sequence[Piece], number: int, size: int = SIZE) -> Sequence[Piece]:
    return rows[(number - 1) * size : number * size]


def numbers(base: str, number: int, last: int) -> str:
    """Links to pages, by number."""
    links = "".join(
        f'<a href="{base.format(n)}">{n}</a> '
        for n in range(max(1, number - 3), min(last, number + 3) + 1)
    )
    return f"<div class='faqet'>{links}</div>"


def listed(
    row: Row, *, at: str = "/lajme", name: str = "faqe", path: Path = by_slug, open_: str = "", close: str = "",
    dated: bool = True, menu: str = "", head: str = "", front: bool = False, pager: str = "numbers",
) -> Answers:  # fmt: skip
    """A site with one paged list, led to by its menu; its front page shows the newest eight."""
    last = -(-COUNT // SIZE)
    menu = menu or f"<a href='{at}'>Lajme</a> "

    def answers(asked: str, query: dict[str, str]) -> Said | None:
        if asked == at or (front and asked == "/"):
            number = int(query.get(name) or 1)
            rows = "".join(map(row, cut(PIECES, number)))
            base = f"{asked}?{name}={{}}"
            on = numbers(base, number, last) if pager == "numbers" else (
                f"<a href='{base.format(number + 1)}'>Më të vjetra »</a>" if number < last else ""
            )  # fmt: skip
            return page_of(
                f"{open_}{rows or '<p>Nuk ka lajme.</p>'}{close}{on}", menu=menu, head=head
            )
        if asked == "/":
            return page_of(open_ + "".join(map(row, PIECES[:8])) + close, menu=menu, head=head)
        target = f"{asked}?{'&'.join(f'{k}={v}' for k, v in query.items())}" if query else asked
        return next((article(p, dated=dated) for p in PIECES if path(p) == target), None)

    return answers


def link(piece: Piece, words: str = "", path: Path = by_slug) -> str:
    return f'<a href="{path(piece)}">{words or escape(piece.headline)}</a>'


def teaser(piece: Piece) -> str:
    return (
        f"<p>{escape(piece.headline)}. Lajmi u dha në një takim të shkurtër në sallën e madhe.</p>"
    )


def by_number(piece: Piece) -> str:
    return f"/lajm.php?id={700 - piece.n}"


# --- rows in many clothes ------------------------------------------------------------------


def _headed(rows: Sequence[Piece]) -> str:
    parts, day = [], None
    for p in rows:
        if p.numeric != day:
            parts.append(f"{'</ul>' if day else ''}<h4 class='dita'>{p.named}</h4><ul>")
            day = p.numeric
        parts.append(f"<li><span class='ora'>{p.at:%H:%M}</span> {link(p)}</li>")
    return "".join(parts) + "</ul>"


def headed_days(asked: str, query: dict[str, str]) -> Said | None:
    menu = "<a href='/kronologji/'>Kronologji</a>"
    if asked == "/" or asked.startswith("/kronologji/"):
        number = int(asked.strip("/").partition("/")[2] or 1) if asked != "/" else 1
        rows = cut(PIECES, number, 12)
        on = "".join(f"<a href='/kronologji/{n}/'>{n}</a>" for n in range(2, 7))
        return (
            page_of(f"<h1>Kronologji</h1>{_headed(rows)}{on if asked != '/' else ''}", menu=menu)
            if rows
            else None
        )
    return next((article(p) for p in PIECES if by_slug(p) == asked), None)


def categories(asked: str, query: dict[str, str]) -> Said | None:
    """Sections by number in a query, pieces too."""
    kinds = {"1": "vendi", "2": "sport", "3": "kulture"}
    menu = "".join(f"<a href='kategori.php?id={k}'>{v.title()}</a> " for k, v in kinds.items())

    def row(p: Piece) -> str:
        return f"<div class='r'><b>{link(p, path=lambda q: by_number(q)[1:])}</b> <small>[{p.numeric} {p.at:%H:%M}]</small>{teaser(p)}</div>"

    if asked in ("/", "/index.php"):
        return page_of("".join(map(row, PIECES[:9])), menu=menu, side=" ")
    if asked == "/kategori.php":
        rows = [p for p in PIECES if p.section == kinds.get(query.get("id", ""))]
        number = int(query.get("faqe") or 1)
        on = (
            f"<a href='kategori.php?id={query.get('id')}&amp;faqe={number + 1}'>Vazhdo</a>"
            if number * 8 < len(rows)
            else ""
        )
        return page_of("".join(map(row, cut(rows, number, 8))) + on, menu=menu, side=" ")
    if asked == "/lajm.php":
        return next(
            (article(p) for p in PIECES if by_number(p).endswith(f"={query.get('id')}")), None
        )
    return None


def in_data(asked: str, query: dict[str, str]) -> Said | None:
    """Rows that are drawn in the browser from `window.FAQJA`."""
    if asked in ("/", "/artikuj"):
        number = int(query.get("page") or 1)
        rows = [
            {"id": p.n, "titulli": p.headline, "lidhja": f"/a/{p.n}-{p.slug}", "koha": int(p.at.replace(tzinfo=SUMMER).timestamp()), "foto": f"/f/{p.n}.jpg"}
            for p in cut(PIECES, number, 12)
        ]  # fmt: skip
        data = {"lista": rows, "faqosja": {"page": number, "pages": 6}}
        return Said(
            body=f"<html lang='sq'><head><title>Pasqyra</title></head><body><nav><a href='/artikuj'>Artikuj</a></nav><div id='app'></div><script>window.FAQJA = {json.dumps(data)}; nis();</script></body></html>"
        )
    return next((article(p) for p in PIECES if asked == f"/a/{p.n}-{p.slug}"), None)


def endpoint(kind: str) -> Answers:
    """A list whose button gets more from an address of the page's own."""

    def row(p: Piece) -> str:
        return f"<div class='njesi'><h3>{link(p)}</h3><span class='d'>{p.named}</span></div>"

    buttons = {
        "offset": "<button class='me' data-url='/api/lajme?offset='>Më shumë</button>",
        "markup": "<button id='me' data-href='/ajax/me.php?faqe=2'>Ngarko më shumë</button>",
        "script": "<script>var f = 1; function me() { fetch(`/api/lajme?page=${++f}&limit=12`).then(vizato) }</script>",
        "packed": "<script>$.get('/ngarko?page=' + faqja, function (d) { $('#l').append(d.html) })</script>",
    }

    def answers(asked: str, query: dict[str, str]) -> Said | None:
        if asked == "/":
            first = "" if kind == "script" else "".join(map(row, PIECES[:SIZE]))
            return page_of(f"<div id='l'>{first}</div>{buttons[kind]}", side=" ")
        if asked in ("/api/lajme", "/ajax/me.php", "/ngarko"):
            limit = int(query.get("limit") or SIZE)
            start = (
                int(query["offset"])
                if "offset" in query
                else (int(query.get("page") or query.get("faqe") or 1) - 1) * limit
            )
            rows = PIECES[start : start + limit]
            if kind == "markup":
                return Said(body="".join(map(row, rows)) or "<p></p>")
            if kind == "packed":
                return Said(
                    body=json.dumps({"ok": True, "html": "".join(map(row, rows))}),
                    kind="application/json",
                )
            items = [
                {
                    "title": p.headline,
                    "url": by_slug(p),
                    "published_at": f"{p.at:%Y-%m-%d %H:%M:%S}",
                }
                for p in rows
            ]
            return Said(body=json.dumps({"items": items, "total": COUNT}), kind="application/json")
        return next((article(p) for p in PIECES if by_slug(p) == asked), None)

    return answers


def framed(asked: str, query: dict[str, str]) -> Said | None:
    inner = listed(
        lambda p: f"<p><a href='{by_slug(p)}'>{escape(p.headline)}</a><br><i>{p.numeric}</i></p>",
        at="/lista.php",
    )
    if asked == "/":
        return Said(
            body="<html><head><title>Pasqyra</title></head><frameset cols='20%,80%'><frame src='menu.html' name='m'><frame src='lista.php' name='k'></frameset></html>"
        )
    if asked == "/menu.html":
        return Said(
            body="<html><body><a href='lista.php' target='k'>Lajmet</a><br><a href='libri.html' target='k'>Libri</a></body></html>"
        )
    return inner(asked, query)


def in_folder(asked: str, query: dict[str, str]) -> Said | None:
    """Everything lies in a folder, and addresses count from a <base>."""

    def row(p: Piece) -> str:
        return f"<article><h2><a href='lexo/{p.n}/{p.slug}'>{escape(p.headline)}</a></h2><div class='meta'>Nga Redaksia | {p.named} | 3 komente</div></article>"

    if asked in ("/gazeta", "/gazeta/", "/gazeta/te-gjitha"):
        number = int(query.get("f") or 1)
        on = numbers("te-gjitha?f={}", number, 7)
        said = page_of(
            "".join(map(row, cut(PIECES, number))) + (on if asked.endswith("gjitha") else ""),
            menu="<a href='te-gjitha'>Të gjitha</a>",
            side=" ",
        )
        return Said(body=said.body.replace("<title>", "<base href='{ROOT}/gazeta/'><title>"))
    return next((article(p) for p in PIECES if asked == f"/gazeta/lexo/{p.n}/{p.slug}"), None)


def feeds(asked: str, query: dict[str, str]) -> Said | None:
    """One feed for each section, all of them named in the head."""
    heads = "".join(
        f"<link rel='alternate' type='application/rss+xml' href='/rss/{s}.xml'>"
        for s in ("vendi", "sport", "kulture")
    )
    if asked.startswith("/rss/"):
        rows = [p for p in PIECES if p.section == asked[5:-4]]
        items = "".join(
            f"<item><title>{escape(p.headline)}</title><link>{{ROOT}}{by_slug(p)}</link><pubDate>{p.at:%d %b %Y %H:%M:%S} +0200</pubDate></item>"
            for p in rows
        )
        return (
            Said(
                body=f"<?xml version='1.0'?><rss version='2.0'><channel><title>P</title>{items}</channel></rss>",
                kind="application/rss+xml",
            )
            if rows
            else None
        )
    if asked == "/":
        return page_of("".join(f"<p>{link(p)}</p>" for p in PIECES[:6]), head=heads)
    return next((article(p) for p in PIECES if by_slug(p) == asked), None)


def half_a_feed(asked: str, query: dict[str, str]) -> Said | None:
    """Its one feed holds sport alone; the list has everything."""
    head = "<link rel='alternate' type='application/rss+xml' href='/rss/sport.xml'>"
    if asked == "/rss/sport.xml":
        return feeds(asked, query)
    return listed(
        lambda p: f"<div class='l'><h3>{link(p)}</h3><em>{p.numeric}</em></div>", head=head
    )(asked, query)


def refused_part(asked: str, query: dict[str, str]) -> Said | None:
    """robots.txt keeps us from one of its sections."""
    return categories_by_path(asked, query)


def categories_by_path(asked: str, query: dict[str, str]) -> Said | None:
    menu = "".join(f"<a href='/{s}/'>{s.title()}</a> " for s in ("vendi", "sport", "kulture"))

    def row(p: Piece) -> str:
        return f"<li class='a'><a href='/{p.section}/{p.slug}'><span class='t'>{escape(p.headline)}</span><time datetime='{p.at.isoformat()}'>{p.named}</time></a></li>"

    if asked == "/":
        return page_of(f"<ul>{''.join(map(row, PIECES[:12]))}</ul>", menu=menu, side=" ")
    section, _, rest = asked.strip("/").partition("/")
    rows = [p for p in PIECES if p.section == section]
    if rows and (not rest or rest.startswith("faqja")):
        number = int(rest.partition("/")[2] or 1) if rest else 1
        on = (
            f"<a href='/{section}/faqja/{number + 1}/'>Faqja tjetër</a>"
            if number * 8 < len(rows)
            else ""
        )
        some = cut(rows, number, 8)
        return (
            page_of(f"<ul>{''.join(map(row, some))}</ul>{on}", menu=menu, side=" ")
            if some
            else None
        )
    return next((article(p) for p in PIECES if asked == f"/{p.section}/{p.slug}"), None)


def drawn(asked: str, query: dict[str, str]) -> Said | None:
    """Nothing but a script."""
    if asked == "/":
        return Said(
            body="<html><head><title>Pasqyra</title><script src='/app.js'></script></head><body><div id='root'></div><noscript>Aktivizoni JavaScript.</noscript></body></html>"
        )
    return None


def alone(asked: str, query: dict[str, str]) -> Said | None:
    """A front page of ten, and no way to older ones."""
    if asked == "/":
        return page_of(
            "".join(
                f"<div class='k'><h3>{link(p)}</h3><i>{p.numeric}</i></div>" for p in PIECES[:10]
            )
        )
    return next((article(p) for p in PIECES if by_slug(p) == asked), None)


def blog(asked: str, query: dict[str, str]) -> Said | None:
    """Day headers above posts, older ones behind a moment."""
    if asked in ("/", "/kerko"):
        before = query.get("para") or "2027"
        rows = [p for p in PIECES if p.at.isoformat() < before][:8]
        parts = []
        for at, p in enumerate(rows):
            if at == 0 or rows[at - 1].numeric != p.numeric:
                parts.append(f"<h2 class='date-header'><span>{p.named}</span></h2>")
            parts.append(
                f"<div class='post'><h3 class='post-title'>{link(p)}</h3><div class='post-body'>{teaser(p)}</div></div>"
            )
        on = (
            f"<a class='older' href='/kerko?para={rows[-1].at.isoformat()}'>Postime më të vjetra</a>"
            if rows
            else ""
        )
        return page_of("".join(parts) + on)
    return next((article(p) for p in PIECES if by_slug(p) == asked), None)


def soup(p: Piece) -> str:
    return f"<div class='_3xQ9 k{p.n}'><div class='_1aB2'><a href='/post/{p.slug}' class='O16_x'><div class='bg7'></div></a></div><div class='_8fG'><a href='/post/{p.slug}' class='O16_y'><div class='h2-like'><p>{escape(p.headline)}</p></div></a><div class='_0d1'><span title='{p.at:%b} {p.at.day}, {p.at.year}'>{p.at:%b} {p.at.day}</span><span>2 min read</span></div></div></div>"


def items(asked: str, query: dict[str, str]) -> Said | None:
    """An ItemList of JSON-LD, and rows without marks of days."""
    number = int(query.get("page") or 1)
    if asked in ("/", "/lajme"):
        rows = cut(PIECES, number)
        crumbs = {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": n,
                    "name": f"Kreu i faqes numër {n}",
                    "item": f"{{ROOT}}/k{n}",
                }
                for n in range(4)
            ],
        }
        told = {
            "@type": "ItemList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": n,
                    "item": {
                        "@type": "NewsArticle",
                        "headline": p.headline,
                        "url": "{ROOT}" + by_slug(p),
                        "datePublished": f"{p.at.isoformat()}+02:00",
                    },
                }
                for n, p in enumerate(rows)
            ],
        }
        head = f"<script type='application/ld+json'>{json.dumps(crumbs)}</script><script type='application/ld+json'>{json.dumps(told)}</script>"
        return page_of(
            "<div id='rrjeta'></div>" + numbers("/lajme?page={}", number, 7),
            head=head,
            menu="<a href='/lajme'>Lajme</a>",
            side=" ",
        )
    return next((article(p) for p in PIECES if by_slug(p) == asked), None)


def leads(asked: str, query: dict[str, str]) -> Said | None:
    """Each list page opens with its newest piece in other clothes."""
    number = int(query.get("faqe") or 1)
    if asked in ("/", "/lajme"):
        first, *rest = cut(PIECES, number if asked == "/lajme" else 1) or PIECES[-1:]
        lead = f"<section class='kryesor'><a href='{by_slug(first)}'><img src='/x.jpg' alt=''></a><h1>{link(first)}</h1><p class='koha'>{first.named}, {first.at:%H:%M}</p></section>"
        rows = "".join(
            f"<div class='vogel'><h4>{link(p)}</h4><p class='koha'>{p.named}, {p.at:%H:%M}</p></div>"
            for p in rest
        )
        return page_of(
            lead + rows + (numbers("/lajme?faqe={}", number, 7) if asked != "/" else ""),
            menu="<a href='/lajme'>Lajme</a>",
        )
    return next((article(p) for p in PIECES if by_slug(p) == asked), None)


ITALIAN = ["gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio"]
MACEDONIAN = ["јануари", "февруари", "март", "април", "мај", "јуни", "јули"]


def refreshed(asked: str, query: dict[str, str]) -> Said | None:
    """The front page only sends on, into a folder."""
    if asked == "/":
        return Said(
            body="<html><head><meta http-equiv='refresh' content='0; url=/sq/ballina.php'></head></html>"
        )
    inner = listed(
        lambda p: (
            f"<div class='r'><h2>{link(p)}</h2><abbr title='{p.at:%Y-%m-%dT%H:%M:%S}'>para disa ditësh</abbr></div>"
        ),
        at="/sq/lajme.php",
        name="nr",
        menu="<a href='/sq/lajme.php'>Lajme</a>",
    )
    return inner("/" if asked == "/sq/ballina.php" else asked, query)


def by_relation(asked: str, query: dict[str, str]) -> Said | None:
    """Only `<link rel=next>` leads on; cards are one link each, in Italian."""
    number = int(asked.rpartition("/")[2]) if asked.startswith("/notizie/pagina/") else 1
    if asked == "/" or asked.startswith("/notizie"):
        card = lambda p: (
            f"<a href='{by_slug(p)}'><img src='/f.jpg' alt=''><b>{escape(p.headline)}</b><span>{p.at.day} {ITALIAN[p.at.month - 1]} {p.at.year}</span><p>{escape(p.headline)}. La notizia è arrivata in una breve riunione.</p></a>"
        )
        head = (
            f"<link rel='next' href='/notizie/pagina/{number + 1}'>"
            if asked != "/" and number < 7
            else ""
        )
        return page_of(
            "<main>" + "".join(map(card, cut(PIECES, number))) + "</main>",
            head=head,
            menu="<a href='/notizie'>Notizie</a>",
            side=" ",
        )
    return next((article(p) for p in PIECES if by_slug(p) == asked), None)


def stale_feed(asked: str, query: dict[str, str]) -> Said | None:
    """The feed that the head names was forgotten months ago."""
    if asked == "/rss.xml":
        items = "".join(
            f"<item><title>{escape(p.headline)} dikur</title><link>{{ROOT}}/vjeter/{p.slug}</link><pubDate>{p.at - timedelta(days=120):%d %b %Y %H:%M:%S} +0200</pubDate></item>"
            for p in OLD
        )
        return Said(
            body=f"<?xml version='1.0'?><rss version='2.0'><channel><title>P</title>{items}</channel></rss>",
            kind="application/rss+xml",
        )
    head = "<link rel='alternate' type='application/rss+xml' href='/rss.xml'>"
    row = lambda p: f"<tr><td>{p.numeric}</td><td>{p.section}</td><td>{link(p)}</td></tr>"
    return listed(row, head=head, open_="<table>", close="</table>", name="pg")(asked, query)


def advertised(p: Piece) -> str:
    """Rows between adverts in the same clothes."""
    advert = (
        "<div class='rresht'><h3><a href='https://reklama.example/x'>Blini tani me zbritje të madhe</a></h3></div>"
        if p.n % 4 == 0
        else ""
    )
    return f"{advert}<div class='rresht'><h3>{link(p)}</h3><p class='v'>Nga Drita M. - {p.at:%d/%m/%Y} - 3 komente</p></div>"


def pushed(asked: str, query: dict[str, str]) -> Said | None:
    """Rows in what a framework pushes as strings of JSON."""
    if asked in ("/", "/lajme"):
        number = int(query.get("page") or 1)
        rows = [
            {"slug": p.slug, "title": p.headline, "publishedAt": f"{p.at.isoformat()}+02:00"}
            for p in cut(PIECES, number)
        ]
        inner = (
            "5:"
            + json.dumps(["$", "div", None, {"posts": rows, "page": number, "totalPages": 7}])
            + "\n"
        )
        script = f"<script>self.__next_f.push([1,{json.dumps(inner)}])</script>"
        top = (
            "".join(
                f"<a href='/artikull/{p.slug}'><h2>{escape(p.headline)}</h2></a>"
                for p in PIECES[:2]
            )
            if asked == "/"
            else ""
        )
        return Said(
            body=f"<html lang='sq'><head><title>Pasqyra</title></head><body><nav><a href='/lajme'>Lajme</a></nav>{top}{script}</body></html>"
        )
    return next((article(p) for p in PIECES if asked == f"/artikull/{p.slug}"), None)


def months(asked: str, query: dict[str, str]) -> Said | None:
    """Archives by month, and no pages."""
    menu = "".join(f"<a href='/arkivi/2026/{m:02}/'>{MONTHS[m - 1]} 2026</a> " for m in (5, 4, 3))
    row = lambda p: f"<li>{link(p)} <i>{p.numeric}</i></li>"
    if asked == "/":
        return page_of("<ul>" + "".join(map(row, PIECES[:8])) + "</ul>", menu=menu, side=" ")
    if asked.startswith("/arkivi/2026/"):
        rows = [p for p in PIECES if f"{p.at:%m}" == asked.strip("/")[-2:]]
        return page_of("<ul>" + "".join(map(row, rows)) + "</ul>", menu=menu, side=" ")
    return next((article(p) for p in PIECES if by_slug(p) == asked), None)


def backwards(asked: str, query: dict[str, str]) -> Said | None:
    """Pages are counted from the oldest on: the newest has the highest number, and none too."""
    last = -(-COUNT // SIZE)
    if asked in ("/", "/lajme"):
        number = int(query.get("faqe") or last)
        rows = PIECES[::-1][(number - 1) * SIZE : number * SIZE][::-1]
        on = "".join(
            f"<a href='/lajme?faqe={n}'>{n}</a> " for n in range(1, last + 1) if n != number
        )
        return page_of(
            "".join(f"<div class='k'><h3>{link(p)}</h3><i>{p.numeric}</i></div>" for p in rows)
            + (on if asked != "/" else ""),
            menu="<a href='/lajme'>Lajme</a>",
            side=" ",
        )
    return next((article(p) for p in PIECES if by_slug(p) == asked), None)


def doored(asked: str, query: dict[str, str]) -> Said | None:
    """The front page only offers languages; the news begins behind it."""
    if asked == "/":
        return Said(
            body="<html><body><a href='/sq/'>Shqip</a> <a href='/en/'>English</a></body></html>"
        )
    inner = listed(
        lambda p: f"<div class='k'><h3>{link(p)}</h3><i>{p.numeric}</i></div>", at="/sq/lajme"
    )
    return inner("/" if asked == "/sq/" else asked, query)


MAKES: dict[str, Make] = {
    "pages counted from the oldest on": Make(backwards, by_slug, honest=True),
    "a section's own address": Make(categories_by_path, lambda p: f"/{p.section}/{p.slug}", home="/sport/"),
    "the address of the list of everything": Make(listed(lambda p: f"<div class='k'><h3>{link(p)}</h3><i>{p.numeric}</i></div>"), by_slug, home="/lajme"),
    "a door of languages": Make(doored, by_slug),
    "a front page that sends on": Make(refreshed, by_slug),
    "only a relation leads on": Make(by_relation, by_slug),
    "a forgotten feed": Make(stale_feed, by_slug),
    "adverts in the clothes of rows": Make(listed(advertised, pager="next"), by_slug),
    "cyrillic days": Make(listed(lambda p: f"<div class='vest'><h3>{link(p)}</h3><span class='datum'>{p.at.day} {MACEDONIAN[p.at.month - 1]} {p.at.year}, {p.at:%H:%M}</span></div>", at="/vesti", name="strana", menu="<a href='/vesti'>Вести</a>"), by_slug),
    "data that a framework pushes": Make(pushed, lambda p: f"/artikull/{p.slug}"),
    "archives by month": Make(months, by_slug, honest=True),
    "a day in the item's own text": Make(listed(lambda p: f"<li>{link(p)} ({p.numeric})</li>", open_="<ul class='lista'>", close="</ul>"), by_slug),
    "headings of days above rows with hours": Make(headed_days, by_slug),
    "headings and dates side by side": Make(listed(lambda p: f"<h3>{link(p)}</h3><span class='dt'>{p.named}, {p.at:%H:%M}</span>{teaser(p)}<hr>", name="p"), by_slug),
    "dates above headings, side by side": Make(listed(lambda p: f"<span class='dt'>{p.numeric}</span><h3>{link(p)}</h3>{teaser(p)}"), by_slug),
    "bare lines in one cell": Make(listed(lambda p: f"{link(p)}<br>{p.numeric} {p.at:%H:%M}<br><br>", open_="<table><tr><td class='trup'>", close="</td></tr></table>"), by_slug),
    "a card that is one link": Make(listed(lambda p: f"<a class='karte' href='{by_slug(p)}'><div class='foto'></div><div class='karte-titull'>{escape(p.headline)}</div><div class='karte-data'>{p.named}</div><div class='p'>{escape(p.headline)} dhe më tej.</div></a>"), by_slug),
    "pictures are the links": Make(listed(lambda p: f"<div class='bllok'><a href='{by_slug(p)}'><img src='/f.jpg'></a><h3>{escape(p.headline)}</h3><div class='k'>{p.numeric}</div>{teaser(p)}<a class='me' href='{by_slug(p)}'>Lexo më shumë</a></div>"), by_slug),
    "two table rows a piece": Make(listed(lambda p: f"<tr><td class='t'>{link(p)}</td></tr><tr><td><font size='1'>{p.numeric} ora {p.at:%H:%M}</font></td></tr>", open_="<table width='90%'>", close="</table>"), by_slug),
    "a line of rubric and day": Make(listed(lambda p: f"<div class='x'><div class='m'><a href='/rubrika/{p.section}'>{p.section.title()}</a> | {p.named}</div><h2>{link(p)}</h2></div>", name="page"), by_slug),
    "cut headings, whole in a title": Make(listed(lambda p: f"<li class='i'><a href='{by_slug(p)}' title='{escape(p.headline)}'>{escape(p.headline[:24])}...</a><i>{p.numeric}</i></li>"), by_slug),
    "day and month, no year": Make(listed(lambda p: f"<div class='n'><span class='dita'>{p.at.day} {MONTHS[p.at.month - 1]}</span><h5>{link(p)}</h5></div>", pager="next"), by_slug),
    "classes by a machine": Make(listed(soup, path=lambda p: f"/post/{p.slug}", name="page"), lambda p: f"/post/{p.slug}"),
    "numbers for sections and pieces": Make(categories, by_number),
    "sections with pages of their own": Make(categories_by_path, lambda p: f"/{p.section}/{p.slug}"),
    "data of a script": Make(in_data, lambda p: f"/a/{p.n}-{p.slug}"),
    "an ItemList": Make(items, by_slug),
    "an endpoint that counts rows": Make(endpoint("offset"), by_slug),
    "an endpoint of markup": Make(endpoint("markup"), by_slug),
    "an endpoint in a script": Make(endpoint("script"), by_slug),
    "markup packed in data": Make(endpoint("packed"), by_slug),
    "frames": Make(framed, by_slug),
    "a folder with a base": Make(in_folder, lambda p: f"/gazeta/lexo/{p.n}/{p.slug}", home="/gazeta/"),
    "a feed for each section": Make(feeds, by_slug),
    "a feed of one section": Make(half_a_feed, by_slug),
    "a lead in other clothes": Make(leads, by_slug),
    "days on the pieces alone": Make(listed(lambda p: f"<div class='z'><h3>{link(p)}</h3>{teaser(p)}</div>"), by_slug),
    "the front page is the list": Make(listed(lambda p: f"<dt>{link(p)}</dt><dd>{p.numeric}</dd>", open_="<dl>", close="</dl>", front=True), by_slug),
    "one section refused": Make(refused_part, lambda p: f"/{p.section}/{p.slug}", honest=True, robots="User-agent: *\nDisallow: /kulture/\n"),
    "drawn in the browser": Make(drawn, by_slug, honest=True),
    "a front page and no more": Make(alone, by_slug, honest=True),
    "older ones behind a moment": Make(blog, by_slug, honest=True),
}  # fmt: skip
