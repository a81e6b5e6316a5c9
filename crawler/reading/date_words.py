"""The words of dates as outlets print them, folded: what each may mean.

A word may mean several things (`sht` is September and Saturday, `ago` is English and an Italian
August): `crawler.reading.date_rules` decides by its neighbours. Albanian is covered by rule (every
case ending, every abbreviation), the languages around it by list. Sources: spellings measured on
outlets' pages; CLDR 46 for the names of months and days.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final, Literal, TypeAlias
from unicodedata import category, normalize

from crawler.reading.zones import NAMED, REGIONS

Sense: TypeAlias = Literal[
    "month",  # 1..12
    "jalali",  # 1..12, a month of the Iranian year
    "weekday",  # 0 Monday .. 6 Sunday
    "unit",  # 0 second .. 6 year
    "number",  # 2.0; a half is 0.5
    "day",  # 0 today, -1 yesterday
    "now",
    "ago",  # after its number: "2 orë më parë"
    "before",  # ahead of its number: "para 2 orësh"
    "at",  # ahead of a clock: "ora 14.05"
    "half",  # of the day: 0 before noon, 1 after noon, 2 night
    "zone",  # a name that `zones` knows
    "published",
    "updated",
    "by",  # opens a byline: "Nga Redaksia"
    "counter",  # what a number beside a date may count: "128 shikime"
    "noise",
]
SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, YEAR = range(7)

_SQ_MONTHS: Final = "janar shkurt mars prill maj qershor korrik gusht shtator tetor nentor dhjetor"
_VOWELS: Final = frozenset("aeiou")
_SQ_ENDINGS: Final = ("", "i", "it", "in", "u", "ut", "un")

_MONTHS: Final = """
1 = january, jan, gennaio, gen, ιανουαριος, ιανουαριου, ιαν, јануари, јануар, јануара, јан, januar,
    januara, sijecanj, sijecnja, janvier, janv, ocak, oca, ژانویه
2 = february, feb, febr, febbraio, φεβρουαριος, φεβρουαριου, φεβ, фебруари, февруари, фебруар,
    фебруара, фев, феб, februar, februara, veljaca, veljace, fevrier, fevr,
    subat, فوریه
3 = march, mar, marzo, μαρτιος, μαρτιου, μαρ, март, марта, мар, mart, marta, ozujak, ozujka, marz,
    مارس
4 = april, apr, aprile, απριλιος, απριλιου, απρ, април, априла, апр, aprila, travanj, travnja,
    avril, avr, nisan, nis, اوریل
5 = may, maggio, mag, μαιος, μαιου, μαι, мај, маја, maja, svibanj, svibnja, mai, mayis, مه, می
6 = june, jun, giugno, giu, ιουνιος, ιουνιου, ιουν, јуни, јун, јуна, juna, juni, lipanj, lipnja,
    juin, haziran, haz, ژوئن
7 = july, jul, luglio, lug, ιουλιος, ιουλιου, ιουλ, јули, јул, јула, jula, juli, srpanj, srpnja,
    juillet, juil, temmuz, tem, ژوئیه, جولای, ژوییه
8 = august, aug, agosto, ago, αυγουστος, αυγουστου, αυγ, август, августа, авг, avgust, avgusta, avg,
    kolovoz, kolovoza, aout, agustos, agu, اوت, اگوست
9 = september, sep, sept, settembre, set, σεπτεμβριος, σεπτεμβριου, σεπ, σεπτ, септември, септембар,
    септембра, сеп, септ, septembar, septembra, rujan, rujna, septembre, eylul, eyl,
    سپتامبر
10 = october, oct, ottobre, ott, οκτωβριος, οκτωβριου, οκτ, октомври, октобар, октобра, окт,
    oktobar, oktobra, okt, oktober, listopad, listopada, octobre, ekim, eki,
    اکتبر
11 = november, nov, novembre, νοεμβριος, νοεμβριου, νοε, ноември, новембар, новембра, ное, ноем,
    нов, novembar, novembra, studeni, studenog, studenoga, kasim, kas, نوامبر
12 = december, dec, dicembre, dic, δεκεμβριος, δεκεμβριου, δεκ, декември, децембар, децембра, дек,
    дец, decembar, decembra, prosinac, prosinca, dezember, dez, decembre, aralik, ara, دسامبر
"""
_JALALI: Final = """
1 = فروردین, حمل
2 = اردیبهشت, ثور
3 = خرداد, جوزا
4 = تیر, سرطان
5 = مرداد, امرداد, اسد
6 = شهریور, سنبله
7 = مهر, میزان
8 = ابان, عقرب
9 = اذر, قوس
10 = دی, جدی
11 = بهمن, دلو
12 = اسفند, حوت
"""
_WEEKDAYS: Final = """
0 = hene, hena, henen, henes, hen, monday, mon, lunedi, lun, δευτερα, δευ, понеделник, понедељак,
    пон, ponedeljak, ponedjeljak, pon, montag, lundi, pazartesi, pzt,
    دوشنبه
1 = marte, marta, marten, martes, mar, tuesday, tue, tues, martedi, τριτη, τρι, вторник, уторак,
    вто, уто, utorak, uto, dienstag, mardi, sali, سهشنبه
2 = merkure, merkura, merkuren, merkures, mer, merk, wednesday, wed, mercoledi, τεταρτη, τετ, среда,
    среду, сре, sreda, sredu, srijeda, srijedu, sre, mittwoch, mercredi, carsamba, چهارشنبه
3 = enjte, enjtja, enjten, enjtes, enj, enjt, thursday, thu, thur, thurs, giovedi, gio, πεμπτη, πεμ,
    четврток, четвртак, чет, cetvrtak, cet, donnerstag, jeudi, jeu, persembe,
    پنجشنبه
4 = premte, premtja, premten, premtes, pre, prem, friday, fri, venerdi, ven, παρασκευη, παρ, петок,
    петак, пет, petak, pet, freitag, vendredi, cuma, جمعه, ادینه
5 = shtune, shtuna, shtunen, shtunes, sht, shtu, saturday, sat, sabato, sab, σαββατο, σαβ, сабота,
    саботу, субота, суботу, саб, суб, subota, subotu, sub, samstag, sonnabend, samedi, sam,
    cumartesi, cmt,
    شنبه
6 = diel, diela, dielen, dieles, diele, die, sunday, sun, domenica, dom, κυριακη, κυρ, недела,
    недеља, недељу, нед, nedelja, nedelju, nedjelja, nedjelju, ned, sonntag, dimanche, dim,
    pazar, paz, یکشنبه
"""
_UNITS: Final = """
0 = sekonde, sekonda, sekondash, sekondave, sek, second, seconds, sec, secs, s, secondo, secondi,
    δευτερολεπτα, δευτερολεπτο, секунди, секунда, sekundi, sekunda, sekunde, sekunden, secondes,
    saniye, ثانیه
1 = minute, minuta, minutash, minutave, minutesh, minut, minutat, min, minutes, mins, m, minuto,
    minuti, λεπτα, λεπτο, минути, минута, минут, minuten, dakika, دقیقه
2 = ore, oresh, oreve, oret, ora, hour, hours, hr, hrs, h, ωρες, ωρα, часа, час, часови, сат, сата,
    сати, sat, sata, sati, stunde, stunden, heure, heures, saat, ساعت
3 = dite, ditesh, diteve, ditet, dit, day, days, d, giorno, giorni, μερες, μερα, ημερες, ημερα,
    дена, ден, дан, дана, dan, dana, tag, tage, tagen, jour, jours, gun, روز
4 = jave, javesh, javeve, javet, jav, week, weeks, wk, wks, w, settimana, settimane, εβδομαδες,
    εβδομαδα, недели, недела, недеља, недеље, nedelja, nedelje, sedmica, sedmice, woche, wochen,
    semaine, semaines, hafta, هفته
5 = muaj, muajsh, muajve, muaji, muajit, month, months, mo, mese, mesi, μηνες, μηνα, месеци, месец,
    месеца, mesec, meseca, meseci, mjesec, mjeseca, mjeseci, monat, monate, monaten, mois, ay, ماه
6 = vit, vite, vitesh, viteve, viti, vitit, vjet, vjetesh, year, years, yr, yrs, y, anno, anni,
    χρονια, χρονο, ετη, ετος, години, година, године, godina, godine, jahr, jahre, jahren, ans,
    annee, annees, yil, سال
"""
_NUMBERS: Final = """
0.25 = cerek, ceremk, a quarter of an
0.5 = gjysme, gjysem, half an, half a, mezz, mezza, μιση, نیم
1 = nje, one, a, an, un, uno, una, ενα, μια, еден, една, едно, један, један, jedan, jednu, jedne,
    ein, eine, einer, einem, une, bir, یک
2 = dy, two, due, δυο, два, две, dva, dve, dvije, zwei, deux, iki, دو
3 = tre, tri, three, τρεις, τρια, три, drei, trois, uc, سه
4 = kater, four, quattro, τεσσερις, τεσσερα, четири, cetiri, vier, quatre, dort, چهار
5 = pese, five, cinque, πεντε, пет, pet, funf, cinq, bes, پنج
6 = gjashte, six, sei, εξι, шест, sest, sechs, alti, شش
7 = shtate, seven, sette, επτα, εφτα, седум, седам, sedam, sieben, yedi, هفت
8 = tete, eight, otto, οκτω, οχτω, осум, осам, osam, acht, huit, sekiz, هشت
9 = nente, nine, nove, εννεα, εννια, девет, devet, neun, neuf, dokuz, نه
10 = dhjete, ten, dieci, δεκα, десет, deset, zehn, dix, ده
11 = njembedhjete, eleven
12 = dymbedhjete, twelve
13 = trembedhjete, thirteen
14 = katermbedhjete, fourteen
15 = pesembedhjete, fifteen
16 = gjashtembedhjete, sixteen
17 = shtatembedhjete, seventeen
18 = tetembedhjete, eighteen
19 = nentembedhjete, nineteen
20 = njezet, twenty, venti
30 = tridhjete, thirty, trenta
40 = dyzet, forty
50 = pesedhjete, fifty
"""
_DAYS: Final = """
0 = sot, sonte, today, tonight, this morning, oggi, σημερα, денес, danas, данас, heute, aujourd'hui,
    bugun, امروز, امشب
-1 = dje, mbreme, yesterday, last night, ieri, χθες, χτες, вчера, juce, јуче, jucer, gestern, hier,
    dun, دیروز, دیشب
-2 = pardje, day before yesterday, the day before yesterday, l'altro ieri, altro ieri, προχθες,
    προχτες, завчера, prekjuce, прекјуче, prekjucer, vorgestern, avant-hier, پریروز
"""
_NOW: Final = """
0 = tani, sapo, tashti, tani sapo, para pak castesh, para pak sekondash,
    para disa sekondash, pak caste me pare, pak sekonda me pare, disa sekonda me pare,
    para nje casti, nje cast me pare, nje moment me pare, para nje momenti, ne kete cast,
    me pak se nje minute me pare, less than a minute ago, now, just now, right now, moments ago,
    a moment ago, seconds ago, a few seconds ago, adesso, proprio ora, pochi secondi fa,
    τωρα, μολις τωρα, сега, сада, sada, upravo sada, gerade eben, a l'instant, simdi, az once,
    اکنون, هم اکنون, هماکنون, لحظاتی پیش, لحظاتی قبل, چند لحظه پیش, همین الان, الان
"""
_AGO: Final = """
0 = me pare, me heret, ma pare, perpara, ago, earlier, fa, πριν, once, پیش, قبل
"""
_BEFORE: Final = """
0 = para, perpara, πριν, πριν απο, pre, prije, пре, пред, vor, il y a
"""
_AT: Final = """
0 = ora, oren, ores, ore, ne oren, ne ora, ne oret, at, alle, alle ore, ore, u, у, во, в, στις, ωρα,
    um, saat, ساعت
"""
_HALVES: Final = """
0 = paradite, paradites, paraditen, e paradites, mengjes, mengjesit, mengjesi, morning,
    in the morning, mattina, πρωι, prepodne, ujutro, صبح
1 = pasdite, pasdites, pasditen, mbasdite, mbasdites, dreke, drekes, mbremje, mbremjes, mbremjen,
    darke, darkes, afternoon, in the afternoon, evening, in the evening, pomeriggio, sera, απογευμα,
    βραδυ, popodne, navece, عصر, بعدازظهر, بعد از ظهر
2 = nate, nates, naten, night, at night, notte, νυχτα, شب
"""
_PUBLISHED: Final = """
0 = publikuar, publikua, publikohet, publikim, publikimi, publikimit, publikimin, botuar, botim,
    botimi, botimit, botua, postuar, postua, postim, postimi, postimit, hedhur, shtuar, krijuar,
    krijimit, ngarkuar, transmetuar, published, posted, created, added, pubblicato, pubblicata,
    objavljeno, objavljen, објавено, објавена, објављено, δημοσιευθηκε, δημοσιευτηκε, δημοσιευση,
    αναρτηθηκε, veroffentlicht, publie, yayinlanma, انتشار, منتشر شده, منتشر شد, تاریخ انتشار
"""
_UPDATED: Final = """
0 = perditesuar, perditesua, perditesim, perditesimi, perditesimit, perditesohet, azhurnuar,
    modifikuar, modifikim, modifikimi, ndryshuar, ndryshimi, rifreskuar, freskuar, redaktuar,
    updated, update, modified, edited, revised, aggiornato, aggiornamento, azurirano, ажурирано,
    ενημερωθηκε, ενημερωση, τελευταια ενημερωση, aktualisiert, mis a jour, guncelleme, بهروزرسانی,
    به روزرسانی, ویرایش
"""
_BY: Final = """
0 = nga, autor, autori, autore, autorja, shkruar, shkruan, shkroi, by, author, di, od, од, von, par
"""
_COUNTERS: Final = """
0 = shikime, shikim, shikuar, lexime, lexim, lexues, koment, komente, views, view, reads, read,
    comments, comment, shares, share, shperndarje, min lexim, minuta lexim, min read, minute read,
    minutes read, mins read, letture, commenti
"""
_NOISE: Final = """
0 = me, ma, ne, e, i, te, se, s', date, data, daten, dates, dt, diten, koha, lokale, fundit, fundi,
    rreth, afro, afersisht, rreth e rrotull, viti, vitit, vit, on, the, of, at, about, circa, last,
    local, time, date, il, lo, del, alle, le, la, h, hrs, o'clock, uhr, t, на, na, ч, часот, часова,
    год, год, година, године, г, god, godine, godina, dana, дана, ден, των, του, της, στις, η, ο,
    και, am, um, le, a, de, den, der, tarihi, در, به, تاریخ, مورخ, سال, ماه, روز, شده, شد, و, اخرین,
    هش, ه, ش, ال
"""


def fold(text: str) -> str:
    """`text` in the spelling of this module's tables.

    Lower-case, without diacritics and U+200C, digits ASCII, one Arabic yeh and kaf, quotes "'".
    """
    bare = (_EQUALS.get(c, c) for c in normalize("NFD", text.casefold()) if category(c) != "Mn")
    return normalize("NFKC", "".join(bare))


_EQUALS: Final = {
    "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ı": "i", "đ": "dj", "\u200c": "", "\u200f": "",
    "\u200e": "", "\u200b": "", "\ufeff": "", "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'",
    "٫": ".", "٬": ",", "．": ".", "−": "-", "‐": "-", "‑": "-",
    **{chr(0x06F0 + n): str(n) for n in range(10)},
    **{chr(0x0660 + n): str(n) for n in range(10)},
}  # fmt: skip


def _listed(table: str) -> Iterator[tuple[float, str]]:
    """Value and word of each entry of a table."""
    for line in re.split(r"\n(?=-?[\d.]+ =)", table.strip()):
        value, _, words = line.partition(" = ")
        yield from ((float(value), fold(" ".join(word.split()))) for word in words.split(","))


def _albanian_months() -> Iterator[tuple[float, str]]:
    """Each name with every case ending, every beginning, and with vowels dropped ("Janr")."""
    for number, name in enumerate(_SQ_MONTHS.split(), start=1):
        yield from ((number, name + ending) for ending in _SQ_ENDINGS)
        yield from ((number, name[:length]) for length in range(3, len(name)))
        for spare in product((True, False), repeat=len(name)):
            short = "".join(
                c for c, keep in zip(name, spare, strict=True) if keep or c not in _VOWELS
            )
            yield from ((number, short[:length]) for length in range(3, len(short) + 1))


def _dictionary() -> dict[str, dict[Sense, float]]:
    tables: dict[Sense, str] = {
        "month": _MONTHS, "jalali": _JALALI, "weekday": _WEEKDAYS, "unit": _UNITS,
        "number": _NUMBERS, "day": _DAYS, "now": _NOW, "ago": _AGO, "before": _BEFORE, "at": _AT,
        "half": _HALVES, "published": _PUBLISHED, "updated": _UPDATED, "by": _BY,
        "counter": _COUNTERS, "noise": _NOISE,
    }  # fmt: skip
    words: dict[str, dict[Sense, float]] = defaultdict(dict)
    for sense, table in tables.items():
        for value, word in _listed(table):
            words[word].setdefault(sense, value)
    for word in (*NAMED, *REGIONS):
        words[word].setdefault("zone", 0)
    for month, word in _albanian_months():
        if "month" not in words[word]:
            words[word]["month"] = month
    return dict(words)


WORDS: Final[Mapping[str, Mapping[Sense, float]]] = _dictionary()
# folded word or phrase -> what it may mean
PHRASES: Final = sorted((word for word in WORDS if not word.isalpha()), key=len, reverse=True)
# those that are not a single run of letters, longest first
