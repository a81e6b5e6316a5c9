"""Two hundred edits of invented pieces, each labelled before any rule was tuned: told or noise.

Noise is what a press office would not want a message for: typos, spelling, layout, counts of
readers, stamps of an update, boxes of other pieces, rows of a live ticker. What is told changes
what the piece says, takes it away or calls itself a correction.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from crawler.watching.corrections import Wording

TOWNS = ("Bregvalë", "Gurishtë", "Valëz", "Shkëmbaj", "Lumishtë", "Kodrinë")
PEOPLE = (
    "Artan Gurra",
    "Besa Lumaj",
    "Dritan Valëza",
    "Elira Shkëmbi",
    "Genti Kodra",
    "Ilira Breg",
)
THINGS = ("festën e librit", "panairin e verës", "rrugën e re", "tregun e peshkut", "urën e vjetër")
ENDS = ("nesër në orën 10", "të shtunën pasdite", "para fundit të muajit", "këtë pranverë")


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit, and whether somebody is told."""

    name: str
    before: Wording
    after: Wording
    told: bool


def piece(seed: int) -> Wording:
    """An invented piece of some seven sentences."""
    chance = random.Random(f"piece {seed}")
    town, (who, other) = chance.choice(TOWNS), chance.sample(PEOPLE, 2)
    what, end = chance.choice(THINGS), chance.choice(ENDS)
    many, cost = chance.randrange(120, 990), chance.randrange(11, 95)
    text = (
        f"Bashkia e qytetit {town} njoftoi se do të hapë {what} {end}.\n"
        f"Sipas kryetares {who}, aty do të marrin pjesë {many} vetë nga gjithë vendi.\n"
        f"“Kemi punuar gjatë për këtë ditë dhe jemi gati”, tha ajo për mediat vendase.\n"
        f"Përgatitjet kushtuan {cost} milionë lekë dhe zgjatën gjashtë muaj të tërë.\n"
        f"Banorët e lagjes pranë lumit kërkojnë që rruga të mos mbyllet gjatë natës.\n"
        f"Këshilltari {other} tha se nuk e mbështet mënyrën si u zgjodh vendi.\n"
        f"Policia do të ruajë hyrjet dhe parkimi do të jetë falas për të gjithë."
    )
    return Wording(
        headline=f"{town} hap {what}: priten {many} vetë",
        lead=f"Kryetarja {who} tregon çfarë pritet {end} dhe sa kushton.",
        text=text,
    )


Change = Callable[[Wording, random.Random], Wording]


def _typo(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(3)
    if kind == 0:
        # two letters change places
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    # one is missing, or stands there twice
    return word[:at] + word[at + 1 :] if kind == 1 else word[:at] + word[at] + word[at:]


def typo_in_text(was: Wording, chance: random.Random) -> Wording:
    """The words with a typo came first; the edit mends it."""
    words = was.text.split(" ")
    places = [n for n, word in enumerate(words) if word.isalpha() and len(word) > 6]
    at = chance.choice(places)
    words[at] = _typo(words[at], chance)
    return replace(was, text=" ".join(words))


def typo_in_headline(was: Wording, chance: random.Random) -> Wording:
    words = was.headline.split(" ")
    at = next(n for n, word in enumerate(words) if word.strip(":").isalpha() and len(word) > 4)
    words[at] = _typo(words[at], chance)
    return replace(was, headline=" ".join(words))


def without_marks(was: Wording, chance: random.Random) -> Wording:
    plain = str.maketrans("ëËçÇ", "eEcC")
    lead, headline = was.lead.translate(plain), was.headline.translate(plain)
    return replace(was, lead=lead, headline=headline if chance.random() < 0.5 else was.headline)


def other_quotes(was: Wording, chance: random.Random) -> Wording:
    return replace(was, text=was.text.replace("“", "„").replace("”", "“").replace(".\n", ". \n"))


def shouted(was: Wording, chance: random.Random) -> Wording:
    return replace(was, headline=was.headline.upper())


def comma(was: Wording, chance: random.Random) -> Wording:
    return replace(was, text=was.text.replace(" dhe ", ", dhe "), headline=f"{was.headline}.")


VIEWS = (
    "Lexuar {n} herë", "{n} shikime", "Shikuar: {n}", "{n} lexime", "Komente ({n})", "{n} komente",
    "Shpërndarje: {n}", "Klikime {n}", "{n} views", "Lexuar nga {n} vetë",
)  # fmt: skip


def views(was: Wording, chance: random.Random) -> Wording:
    line = chance.choice(VIEWS)
    return replace(was, text=f"{was.text}\n{line.format(n=chance.randrange(3, 90_000))}")


STAMPS = (
    "Përditësuar: {h}:{m:02}", "Përditësimi i fundit: 14.05.2025, {h}:{m:02}",
    "Përditësuar më 14 maj 2025 në {h}:{m:02}", "Last updated {h}:{m:02}", "Ndryshuar {h}:{m:02}",
)  # fmt: skip


def stamp(was: Wording, chance: random.Random) -> Wording:
    line = chance.choice(STAMPS).format(h=chance.randrange(6, 23), m=chance.randrange(60))
    return replace(was, text=f"{line}\n{was.text}")


BOXES = (
    "Lexo edhe: {other} dhe çfarë pritet javën tjetër në qytet",
    "Na ndiqni në rrjetet sociale për lajmet më të fundit nga qyteti",
    "Shihni edhe: {other}, reagon bashkia",
    "Lexoni gjithashtu: {other} dhe të tjera",
    "Foto: arkivi i gazetës", "Reklamë", "Shpërndaje këtë lajm me miqtë e tu",
    "Abonohuni në buletinin tonë dhe merrni lajmet çdo mëngjes",
)  # fmt: skip


def box(was: Wording, chance: random.Random) -> Wording:
    lines = was.text.split("\n")
    said = chance.choice(BOXES).format(other=f"{chance.choice(TOWNS)} pret verën")
    lines.insert(chance.randrange(1, len(lines) + 1), said)
    return replace(was, text="\n".join(lines))


def layout(was: Wording, chance: random.Random) -> Wording:
    lines = was.text.split("\n")
    at = chance.randrange(len(lines) - 1)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return replace(was, text="\n\n".join(lines))


def label(was: Wording, chance: random.Random) -> Wording:
    word = chance.choice(("FOTO", "VIDEO", "FOTO/VIDEO", "(Video)"))
    return replace(was, headline=f"{word} | {was.headline}")


TICKS = (
    "{t} Kortezhi u nis nga sheshi dhe po ecën drejt lumit.",
    "{t} – Mbërriti kryetarja {who}, e priten dhjetëra banorë.",
    "Ora {t}: filloi fjala e hapjes, sheshi është plot.",
    "{t} | Policia hapi rrugën, trafiku po lëviz përsëri ngadalë.",
    "[{t}] Nisi koncerti, pjesëmarrësit i kalojnë të {n}.",
)


def ticker(was: Wording, chance: random.Random) -> Wording:
    """Further rows of a ticker, on top."""
    rows = []
    for _ in range(chance.randrange(1, 4)):
        time = f"{chance.randrange(8, 23)}:{chance.randrange(60):02}"
        who, many = chance.choice(PEOPLE), chance.randrange(100, 900)
        rows.append(chance.choice(TICKS).format(t=time, who=who, n=many))
    return replace(was, text="\n".join([*rows, was.text]))


def live_page(was: Wording, chance: random.Random) -> Wording:
    """A piece that calls itself live, with rows without a clock."""
    mark = chance.choice(("LIVE | ", "DREJTPËRDREJT / ", "Live: "))
    line = "Kortezhi mbërriti te sheshi i madh dhe muzika nisi të luajë."
    live = replace(was, headline=f"{mark}{was.headline}")
    return replace(live, text=f"{line}\n{live.text}")


# --- what is told ---------------------------------------------------------------------


def number_in_headline(was: Wording, chance: random.Random) -> Wording:
    words = was.headline.split(" ")
    at = next(n for n, word in enumerate(words) if word.isdigit())
    words[at] = str(int(words[at]) + chance.choice((-1, 10, 100, 7)))
    return replace(was, headline=" ".join(words))


def another_headline(was: Wording, chance: random.Random) -> Wording:
    said = (
        "Shtyhet hapja, bashkia jep arsyet",
        "Banorët kundër: rruga të mos mbyllet natën",
        "Kryetarja nën kritika për shpenzimet",
    )
    return replace(was, headline=f"{was.headline.split(' ')[0]}: {chance.choice(said)}")


def not_in_headline(was: Wording, chance: random.Random) -> Wording:
    return replace(was, headline=was.headline.replace(" hap ", " nuk hap "))


def other_lead(was: Wording, chance: random.Random) -> Wording:
    said = (
        "Bashkia pranon se përgatitjet nuk përfunduan me kohë.",
        "Këshilli bashkiak kërkon llogari për paratë e shpenzuara.",
        "Organizatorët u kërkojnë vizitorëve të vijnë me biçikletë.",
    )
    return replace(was, lead=chance.choice(said))


def name_in_lead(was: Wording, chance: random.Random) -> Wording:
    own = next(name for name in PEOPLE if name in was.lead)
    other = chance.choice([name for name in PEOPLE if name != own])
    return replace(was, lead=was.lead.replace(own, other))


MORE = (
    "Zëdhënësi i policisë mohoi se ka pasur të plagosur gjatë përgatitjeve.",
    "Ministria njoftoi më vonë se do të hetojë mënyrën e prokurimit.",
    "Tre nga kompanitë pjesëmarrëse u tërhoqën pa dhënë asnjë shpjegim.",
    "Gjykata pezulloi lejen derisa të shqyrtohet ankesa e banorëve.",
)


def more_text(was: Wording, chance: random.Random) -> Wording:
    lines = was.text.split("\n")
    lines.insert(chance.randrange(1, len(lines)), chance.choice(MORE))
    return replace(was, text="\n".join(lines))


def less_text(was: Wording, chance: random.Random) -> Wording:
    lines = was.text.split("\n")
    del lines[chance.randrange(1, len(lines))]
    return replace(was, text="\n".join(lines))


def number_in_text(was: Wording, chance: random.Random) -> Wording:
    words = was.text.split(" ")
    at = chance.choice([n for n, word in enumerate(words) if word.isdigit()])
    words[at] = str(int(words[at]) * 2 if chance.random() < 0.5 else int(words[at]) + 1)
    return replace(was, text=" ".join(words))


def name_in_text(was: Wording, chance: random.Random) -> Wording:
    own = chance.choice([name for name in PEOPLE if name in was.text])
    other = chance.choice([name for name in PEOPLE if name not in was.text])
    return replace(was, text=was.text.replace(own, other))


def not_in_text(was: Wording, chance: random.Random) -> Wording:
    pairs = (("nuk e mbështet", "e mbështet"), ("të mos mbyllet", "të mbyllet"),
             ("do të jetë falas", "nuk do të jetë falas"))  # fmt: skip
    old, new = chance.choice(pairs)
    return replace(was, text=was.text.replace(old, new))


def quotation(was: Wording, chance: random.Random) -> Wording:
    new = "“Kemi pasur vështirësi me kohën dhe kërkojmë mirëkuptim”"
    return replace(was, text=was.text.replace(was.text.split("\n")[2].split(", tha")[0], new))


NOTES = (
    "Korrigjim: në një version të mëparshëm thuhej gabimisht se hyrja ishte me pagesë.",
    "Saktësim: kryetarja nuk ka deklaruar ato që u botuan më parë.",
    "Shënim i redaksisë: ky shkrim u korrigjua pas botimit.",
    "Redaksia kërkon ndjesë për gabimin.",
    "Ky artikull është korrigjuar.",
    "Correction: an earlier version of this article misstated the day.",
    "Përgënjeshtrim: bashkia nuk ka marrë vendim.",
    "Demanti i bashkisë: shifrat e botuara nuk janë të sakta.",
)


def note(was: Wording, chance: random.Random) -> Wording:
    said = chance.choice(NOTES)
    top = chance.random() < 0.5
    return replace(was, text=f"{said}\n{was.text}" if top else f"{was.text}\n{said}")


def note_in_headline(was: Wording, chance: random.Random) -> Wording:
    return replace(was, headline=f"KORRIGJIM | {was.headline}")


def note_in_ticker(was: Wording, chance: random.Random) -> Wording:
    return replace(was, text=f"14:05 Korrigjim: kortezhi nuk u nda, siç u tha.\n{was.text}")


def withdrawn(was: Wording, chance: random.Random) -> Wording:
    return replace(was, gone=True)


NOISE: tuple[tuple[Change, int], ...] = (
    (typo_in_text, 18), (typo_in_headline, 8), (without_marks, 6), (other_quotes, 4),
    (shouted, 4), (comma, 4), (views, 16), (stamp, 10), (box, 8), (layout, 4), (label, 4),
    (ticker, 14),
)  # fmt: skip
TOLD: tuple[tuple[Change, int], ...] = (
    (number_in_headline, 8), (another_headline, 8), (not_in_headline, 4), (other_lead, 6),
    (name_in_lead, 6), (more_text, 10), (less_text, 8), (number_in_text, 10), (name_in_text, 8),
    (not_in_text, 6), (quotation, 4), (note, 10), (note_in_headline, 2), (note_in_ticker, 2),
    (withdrawn, 8),
)  # fmt: skip


def edits() -> Iterator[Edit]:
    """All two hundred, the same each time."""
    number = 0
    for told, changes in ((False, NOISE), (True, TOLD)):
        for change, times in changes:
            for _ in range(times):
                number += 1
                yield _edit(change, number, told=told)


def _edit(change: Change, number: int, *, told: bool) -> Edit:
    chance, was = random.Random(f"edit {number}"), piece(number)
    now = change(was, chance)
    if change in {typo_in_text, typo_in_headline, without_marks} and chance.random() < 0.7:
        was, now = now, was
    if change in {views, stamp} and chance.random() < 0.7:
        # another count or hour where one stood
        was = change(was, random.Random(f"edit {number}"))
        now = _counted_on(was)
    if change is ticker and chance.random() < 0.5:
        was, now = live_page(was, chance), live_page(now, chance)
        now = replace(now, headline=was.headline)
    return Edit(f"{number:03} {change.__name__}", was, now, told)


def _counted_on(was: Wording) -> Wording:
    """The same line with other digits."""
    stood = was.text.split("\n")
    at = 0 if any(sign.isdigit() for sign in stood[0]) and len(stood[0]) < 60 else -1
    stood[at] = "".join(str((int(s) + 1) % 6) if s.isdigit() else s for s in stood[at])
    return replace(was, text="\n".join(stood))
