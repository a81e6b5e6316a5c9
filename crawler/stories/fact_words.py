"""The words that the conflict guard knows, folded: Albanian with its endings, English, Persian.

Ambiguous words stand in `AFTER_ARTICLE` and `BESIDE_NUMBER`, too, and count only there: "e hëna" is
a Monday, "hëna" the moon.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from crawler.language.folding import fold

WEEKDAYS: Final = "weekdays"
MONTHS: Final = "months"
SEASONS: Final = "seasons"
DIRECTIONS: Final = "directions"
SEXES: Final = "girls and boys"
NUMBERS: Final = "numbers"

_WORDS: Final = {
    WEEKDAYS: """
        Monday: hënë hëna hënën hënës hënave monday mondays
        Monday: دوشنبه
        Tuesday: martë marta martën martës martave tuesday tuesdays
        Tuesday: سه‌شنبه
        Wednesday: mërkurë mërkura mërkurën mërkurës wednesday wednesdays
        Wednesday: چهارشنبه
        Thursday: enjte enjtja enjten enjtes thursday thursdays
        Thursday: پنجشنبه پنج‌شنبه
        Friday: premte premtja premten premtes friday fridays
        Friday: جمعه آدینه
        Saturday: shtunë shtuna shtunën shtunës shtunave saturday saturdays
        Saturday: شنبه
        Sunday: diel diela diele dielën dielës dielave sunday sundays
        Sunday: یکشنبه یک‌شنبه
    """,
    MONTHS: """
        January: janar janari janarin janarit january
        January: ژانویه
        February: shkurt shkurti shkurtin shkurtit february
        February: فوریه
        March: mars marsi marsin marsit march
        March: مارس
        April: prill prilli prillin prillit april
        April: آوریل
        May: maj maji majin majit may
        May: مه
        June: qershor qershori qershorin qershorit june
        June: ژوئن
        July: korrik korriku korrikun korrikut july
        July: ژوئیه جولای
        August: gusht gushti gushtin gushtit august
        August: اوت آگوست
        September: shtator shtatori shtatorin shtatorit september
        September: سپتامبر
        October: tetor tetori tetorin tetorit october
        October: اکتبر
        November: nëntor nëntori nëntorin nëntorit november
        November: نوامبر
        December: dhjetor dhjetori dhjetorin dhjetorit december
        December: دسامبر
        Farvardin: فروردین
        Ordibehesht: اردیبهشت
        Khordad: خرداد
        Tir: تیر
        Mordad: مرداد
        Shahrivar: شهریور
        Mehr: مهر
        Aban: آبان
        Azar: آذر
        Dey: دی
        Bahman: بهمن
        Esfand: اسفند
    """,
    SEASONS: """
        spring: pranverë pranvera pranverën pranverës pranveror pranverore pranverorë spring
        spring: بهار
        summer: verë vera verën verës veror verore verorë summer
        summer: تابستان
        autumn: vjeshtë vjeshta vjeshtën vjeshtës vjeshtor vjeshtore autumn
        autumn: پاییز
        winter: dimër dimri dimrin dimrit dimëror dimërore dimërorë winter
        winter: زمستان
    """,
    DIRECTIONS: """
        north: veri veriu veriun veriut verior veriore veriorë north northern
        north: شمال شمالی
        south: jug jugu jugun jugut jugor jugore jugorë south southern
        south: جنوب جنوبی
        east: lindje lindja lindjen lindjes lindor lindore lindorë east eastern
        east: شرق شرقی
        west: perëndim perëndimi perëndimin perëndimit perëndimor perëndimore perëndimorë
        west: west western
        west: غرب غربی
        north-west: veriperëndim veriperëndimi veriperëndimin veriperëndimit veriperëndimor
        north-west: veriperëndimore northwest northwestern
        north-west: شمال‌غرب
        north-east: verilindje verilindja verilindjen verilindjes verilindor verilindore
        north-east: northeast northeastern
        north-east: شمال‌شرق
        south-west: jugperëndim jugperëndimi jugperëndimin jugperëndimit jugperëndimor
        south-west: jugperëndimore southwest southwestern
        south-west: جنوب‌غرب
        south-east: juglindje juglindja juglindjen juglindjes juglindor juglindore southeast
        south-east: southeastern
        south-east: جنوب‌شرق
    """,
    SEXES: """
        girls: vajzë vajza vajzat vajzave vajzën vajzës vajzash gra gratë grave grash femër
        girls: femra femrat femrave femrash girl girls woman women
        girls: دختر دختران دخترها زنان بانوان
        boys: djalë djali djalin djalit djem djemtë djemve djemsh burra burrat burrave
        boys: burrash mashkull meshkuj meshkujt meshkujve boy boys man men
        boys: پسر پسران پسرها مردان آقایان
    """,
}
# a line: the name of what is meant, and forms that stand for it


def _forms() -> Iterator[tuple[str, tuple[str, str]]]:
    for kind, lines in _WORDS.items():
        for line in lines.strip().splitlines():
            name, _, forms = line.strip().partition(": ")
            yield from ((fold(form), (kind, name)) for form in forms.split())


FORMS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(dict(_forms()))
# folded form -> kind and name: "dimrit" -> ("seasons", "winter")

ARTICLES: Final = frozenset({"e", "te", "se", "i"})
# a weekday's name and an ordinal stand after one of these
AFTER_ARTICLE: Final = frozenset(map(fold, ("hënë", "hëna", "hënën", "hënës", "marta")))
# the moon, a woman's name
BESIDE_NUMBER: Final = frozenset(
    {"may", "march", "august", *map(fold, ("مه", "مهر", "دی", "تیر", "بهمن"))}
)
# words of every day that are months only beside a number or after one of `IN`
IN: Final = frozenset(
    {"in", "last", "next", "since", "until", "this", "early", "late", "mid", "of"}
)
SATURDAY: Final = fold("شنبه")
PERSIAN_DAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        fold(word): day
        for word, day in (
            ("یک", "Sunday"),
            ("دو", "Monday"),
            ("سه", "Tuesday"),
            ("چهار", "Wednesday"),
            ("پنج", "Thursday"),
        )
    }
)
# "سه شنبه": written as two words it is still a Tuesday

_UNITS = (
    (0, "zero صفر"),
    (2, "dy dyja dyjat two second dytë dyti dytin dytit dyta dytën dytës دو دوم"),
    (3, "tre tri trija tria three third tretë treti tretin tretit treta tretën tretës سه سوم"),
    (4, "katër four fourth katërt katërti katërtin katërta katërtën چهار چهارم"),
    (5, "pesë five fifth pestë pesti pestin pestit pesta pestën pestës پنج پنجم"),
    (6, "gjashtë six sixth gjashti gjashtin gjashtit gjashtën شش ششم"),
    (7, "shtatë seven seventh shtati shtatin shtatit shtatën هفت هفتم"),
    (8, "tetë eight eighth teti tetin tetit tetën هشت هشتم"),
    (9, "nëntë nine ninth nënti nëntin nëntit nëntën نهم"),
    (10, "dhjetë ten tenth dhjeti dhjetin dhjetit dhjetën ده دهم"),
    (11, "njëmbëdhjetë eleven eleventh یازده یازدهم"),
    (12, "dymbëdhjetë twelve twelfth دوازده دوازدهم"),
    (13, "trembëdhjetë thirteen سیزده سیزدهم"),
    (14, "katërmbëdhjetë fourteen چهارده چهاردهم"),
    (15, "pesëmbëdhjetë fifteen پانزده پانزدهم"),
    (16, "gjashtëmbëdhjetë sixteen شانزده شانزدهم"),
    (17, "shtatëmbëdhjetë seventeen هفده هفدهم"),
    (18, "tetëmbëdhjetë eighteen هجده هجدهم"),
    (19, "nëntëmbëdhjetë nineteen نوزده نوزدهم"),
    (20, "njëzet njëzetë twenty بیست بیستم"),
    (30, "tridhjetë thirty سی"),
    (40, "dyzet dyzetë katërdhjetë forty چهل"),
    (50, "pesëdhjetë fifty پنجاه"),
    (60, "gjashtëdhjetë sixty شصت"),
    (70, "shtatëdhjetë seventy هفتاد"),
    (80, "tetëdhjetë eighty هشتاد"),
    (90, "nëntëdhjetë ninety نود"),
    (100, "njëqind صد یکصد"),
    (200, "dyqind دویست"),
    (300, "treqind سیصد"),
    (400, "katërqind چهارصد"),
    (500, "pesëqind پانصد"),
    (600, "gjashtëqind ششصد"),
    (700, "shtatëqind هفتصد"),
    (800, "tetëqind هشتصد"),
    (900, "nëntëqind نهصد"),
)
_POWERS = (
    (100, "qind hundred"),
    (1_000, "mijë thousand هزار"),
    (1_000_000, "milion milionë milionësh million mln میلیون"),
    (1_000_000_000, "miliard miliardë miliardësh billion mld میلیارد"),
)


def _numbers(rows: tuple[tuple[int, str], ...]) -> Mapping[str, int]:
    return MappingProxyType({fold(form): n for n, forms in rows for form in forms.split()})


UNITS: Final = _numbers(_UNITS)
# folded word -> value; "një" and "one" are articles, too, and stand apart
POWERS: Final = _numbers(_POWERS)
# what multiplies the number before it
ONE: Final = frozenset(map(fold, ("një", "one", "یک")))
# counts only inside a larger number: "njëzet e një"
FIRST: Final = frozenset(map(fold, ("parë", "pari", "parin", "parit", "para", "parën", "parës")))
# the ordinal, after an article: "e parë"; "më parë" is "before", "para" money
FIRST_ALONE: Final = frozenset(map(fold, ("first", "اول", "نخست")))
STARTS: Final = frozenset({*UNITS, *ONE, *FIRST, *FIRST_ALONE})
# a number in words begins with one of these
AND: Final = frozenset(map(fold, ("e", "and", "و")))
# joins the parts of a number
