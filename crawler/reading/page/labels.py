"""Short lines that say what stands below or beside them: other pieces, comments, sharing.

Themes differ in their class names, not in these words. Albanian with and without ë and ç (both
standards), Macedonian, Serbian and English; folded as `printed_days.fold` does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from crawler.reading.page.printed_days import fold

LONGEST: Final = 60
# characters of a label; a longer line says something itself
_COUNT = r"(?:\(?\d{1,5}\)?\s+)?"
_COMMENTS: Final = re.compile(
    rf"{_COUNT}(?:komente?t?|comments?|mendime?|pergjigje|reagime|komentari|коментари|коментар)"
    r"(?:\s*\(?\d{1,5}\)?|\s+(?:e|te|nga|per|from|on|of)\s.{0,40}|\s+per\s.*)?"
    r"|(?:\d{1,4}\s+)?(?:mendime?|thoughts?|replies|responses?)\s+(?:mbi|ne|per|on|to)\b.*"
    r"|(?:lini?|ler?|shkruaj|shkruani|shto|shtoni|jep|jepni|dergo|dergoni)\s+"
    r"(?:nje\s+|koment\w*|pergjigje|mendimin).{0,40}"
    r"|(?:leave|write|post|add)\s+(?:a|your)\s+(?:comment|reply).{0,20}"
    r"|(?:what\s+)?(?:our\s+)?readers?\s+(?:say|write|comment).{0,20}"
    r"|(?:cfare\s+|c'?)?(?:thone|shkruajne)\s+lexuesit|fjala e lexuesve|zeri i lexuesve"
    r"|mendimet e lexuesve|diskutim(?:i|e|et)?|biseda|остави(?:те)? коментар|ostavi(?:te)? komentar"
)
_OTHERS: Final = re.compile(
    r"(?:(?:lajme|artikuj|shkrime|postime|tema|video|njoftime|kronika|poste)(?:t)?\s+)?"
    r"(?:te|e)\s+(?:ngjashme|ngjashem|lidhura|tjera|peraferta|lidhur|fundit|rekomanduara)(?:\s.{0,20})?"
    r"|(?:lajme|artikuj|shkrime|postime|tema|video|njoftime|lidhje|poste)(?:t|et)?\s+"
    r"(?:te|e)\s+(?:ngjashme|ngjashem|lidhura|tjera|fundit|rekomanduara|reja|rubrikes)(?:\s.{0,20})?"
    r"|me\s+(?:te|e)\s+(?:lexuarat?|klikuarat?|shikuarat?|rejat?|fundit|komentuarat?|ndjekurat?|"
    r"pelqyerat?|popullarizuarat?|mira|shume)(?:\s.{0,30})?"
    r"|me\s+(?:shume|teper)\s+(?:nga|ne|per|lajme|artikuj)\b.{0,30}"
    r"|(?:lexo|lexoni|shih|shihni|shiko|shikoni|kliko|vizito)\s+"
    r"(?:edhe|gjithashtu|po ashtu|dhe|me shume|me tej|tjeter|tjera|keto)(?:\s.{0,20})?"
    r"|(?:mund\s+t'?[ju]{1,2}\s+(?:pelqe\w+|interes\w+)|mos\s+(?:i\s+|e\s+)?hum[bp]\w*|rekomandohet"
    r"|rekomandime?|te\s+sugjeruara|nga\s+(?:e\s+njejta|i\s+njejti|e\s+njejti|rubrika)\b.{0,25}"
    r"|ne\s+te\s+njejten\s+rubrike|vazhdo\s+me|lajmi\s+tjeter|artikulli\s+tjeter|te\s+fundit)"
    r"|(?:artikulli?|lajmi|postimi|shkrimi)\s+(?:i\s+)?(?:meparshem|paraprak|tjeter|i\s+ardhshem)"
    r"|(?:see|read|watch)\s+(?:also|more|next|too)(?:\s.{0,20})?"
    r"|(?:related|more|latest|similar|recommended|popular|trending|other)\s+"
    r"(?:news|stories|articles|posts|reading|from|in|on|content|videos?|pieces)(?:\s.{0,30})?"
    r"|you\s+(?:may|might)\s+(?:also\s+)?(?:like|read).{0,15}|most\s+(?:read|popular|viewed|recent).{0,10}"
    r"|(?:don'?t\s+miss|up\s+next|read\s+next|in\s+the\s+same\s+section|keep\s+reading)"
    r"|поврзани(?:\s+(?:вести|написи|содржини|објави))?|слични\s+(?:вести|написи|содржини)"
    r"|(?:најчитани|најново|најнови|последни)(?:\s+(?:вести|написи))?|прочитај(?:те)?\s+(?:и|уште).{0,15}"
    r"|останати\s+вести|други\s+вести|povezane?\s+vesti|procitajte\s+(?:i|jos).{0,15}|najcitanije"
)
_READ_ALSO: Final = re.compile(
    r"(?:lexo|lexoni|shih|shihni|shiko|shikoni|kliko(?:ni)?|ndiq(?:ni)?|vazhdo(?:ni)?)\s+"
    r"(?:edhe|gjithashtu|po\s+ashtu|dhe|me\s+shume|me\s+tej|ketu|te\s+plote)\b"
    r"|(?:lajm(?:i|e)|artikuj|shkrime|tema)\s+(?:te|i|e)\s+(?:lidhura?|ngjashem|ngjashme)\b"
    r"|lidhur\s*(?::|me\s+kete\s*:)|te\s+lidhura\s*:|me\s+shume\s*:|rekomanduar\s*:"
    r"|(?:see|read|watch)\s+(?:also|more|next|too)\b|related\s*:|more\s*:"
    r"|прочитај(?:те)?\s+(?:и|уште|повеќе)\b|види\s+(?:и|уште)\b|procitajte\s+(?:i|jos)\b"
)
_SHARE: Final = re.compile(
    r"(?:shpernda\w*|ndaj(?:e|eni)?|ndani|dergo(?:je|ni|jeni|jani|ja|hani)?|dergojeni|shkarko|printo"
    r"|kopjo(?:\s+lidhjen)?|ruaje?|pelqe\w*|na\s+ndiq(?:ni)?|ndiqni\s+ne|abonohu(?:ni)?|regjistrohu"
    r"|share|print|email|copy\s+link|follow\s+us|subscribe|tweet"
    r"|сподели(?:те)?|испрати|испечати|следете\s+н[èе]|podeli|posalji)\b"
    r"(?:\s+(?:kete|ket|kte|faqen|lajmin|lajm|artikullin|artikull|shkrimin|postimin|ne|me|te|tek|"
    r"ketij|lidhjen|nje|this|on|with|via|to|го|ja|на|во|со)\b.{0,45}|\s+[a-z]{1,12})?[\s.:!>»]*"
)
_VIEWS: Final = re.compile(
    r"(?:lexime|klikime|shikime|pamje|hits|views|reads|прочитано|прегледи)\s*:?\s*[\d.,\s]+"
    r"|(?:lexuar|klikuar|pare|shikuar)\s*:?\s*[\d.,\s]+\s*here|[\d.,\s]+\s*"
    r"(?:lexime|klikime|shikime|pamje|hits|views|reads|прегледи)"
)
_EDGES: Final = " \t:.»>›-–—|•·*+#[]()\"“”'’…!▼►▶→"


@lru_cache(maxsize=4_096)
def _folded(text: str) -> str:
    return _bare(text)


def _bare(text: str) -> str:
    return fold(text).strip(_EDGES).replace("’", "'")


def label_of(text: str) -> Literal["comments", "others"] | None:
    """What a line of at most LONGEST characters is the heading of, None for any other line."""
    folded = _bare(text)
    if _COMMENTS.fullmatch(folded):
        return "comments"
    return "others" if _OTHERS.fullmatch(folded) else None


def of_comments(text: str) -> bool:
    """Whether a line is the heading of what readers wrote: "Komente (3)"."""
    return len(text) <= LONGEST and _COMMENTS.fullmatch(_folded(text)) is not None


def of_others(text: str) -> bool:
    """Whether a line is the heading of other pieces: "Lajme të ngjashme", "Lexo edhe:"."""
    return len(text) <= LONGEST and _OTHERS.fullmatch(_folded(text)) is not None


def leads_elsewhere(text: str) -> bool:
    """Whether a line begins as those do that send on to another piece: "Lexo edhe: ..."."""
    return _READ_ALSO.match(_folded(text[: 4 * LONGEST])) is not None


def offers_sharing(text: str) -> bool:
    """Whether a line only offers to share, print or count: "Shpërndaje me miqtë"."""
    if len(text) > LONGEST:
        return False
    folded = _folded(text)
    return bool(_SHARE.fullmatch(folded) or _VIEWS.fullmatch(folded))
