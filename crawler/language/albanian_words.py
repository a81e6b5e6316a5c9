"""Words that the endings alone would mislead, folded: for `crawler.language.albanian` (pure data).

Three kinds. Stems that end as if an ending stood there (`liqen`, `Durrës`), so that nothing is
taken off them. Words with a stressed last vowel, which take their endings behind it (`kala`,
`kalaja`, `kalasë`). And the few that change inside (`breg`, `brigje`). A word that is missing here
is still one stem in all its forms, only a shorter one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# --- stems that end like an ending -------------------------------------------------

_NOUNS_IN_AT: Final = """
    advokat akrobat aparat aristokrat atentat automat avokat burokrat certifikat debat delegat
    demokrat diplomat dublikat habitat inat internat kampionat kandidat kombinat konsulat kuadrat
    kunat laureat mandat mekat nitrat pallat patriarkat pirat plakat privat rehat rezultat sahat
    senat sertifikat shtrat sindikat soldat traktat vlonjat zanat
"""
_NOUNS_IN_ET: Final = """
    alfabet atlet balet banket bregdet bufet buxhet dekret deputet diabet duet epitet estet
    fakultet internet kabinet kadet klarinet komplet konkret kryeqytet kuartet kuintet kurbet kuvet
    magnet minaret planet portret profet pushtet qytet ryshfet sekret shendet shporet skelet sonet
    sovjet tapet termet trompet tualet vullnet
"""
_NOUNS_IN_IT: Final = """
    audit bandit bronkit deficit depozit dinamit ekspedit elit favorit granit komit kompozit kredit
    limit marmit merit mesdit meteorit opozit orbit paradit parazit profit satelit spirit transit
    vizit
"""
_NOUNS_IN_IN: Final = """
    adrenalin asasin aspirin balerin beduin benzin bujtin delfin disiplin doktrin gelatin godin
    gradin gremin heroin insulin jasemin kabin kantin karantin kartolin kodrin kokain krahin kuzhin
    latin limuzin lugin magazin makin mandarin margarin marin medicin muxhahedin nikotin pelerin
    pinguin pishin rubin rutin sardin tavolin termin trampolin turbin vagin violin vitamin vitrin
"""
_NOUNS_IN_EN: Final = "anten aren balen ekzamen fenomen liqen qen siren terren"
_NOUNS_IN_ES: Final = """
    akses bartes dhenes marres biznes bleres ekses ekspres gjetes hapes heqes interes kongres
    kujdes mbrojtes mengjes ndihmes ndjekes ngrites njohes nxenes prerjes prites proces progres
    punonjes rojes shites shkeles shpikes sjelles sukses vrases
"""
_NOUNS_IN_V: Final = """
    alternativ direktiv fundjav iniciativ konserv larv llav oktav perspektiv prezervativ rezerv
"""
# ligj is law, lig is wicked
_OTHER_NOUNS: Final = "gjin lagun ligj shtet"

_PLACES: Final = """
    argentin argjentin athin berat berlin bratislav bratisllav delvin dragash dublin durres erzen
    filipin gjenev jemen kukes kuvajt malishev morav palestin peqin permet podujev preshev prishtin
    prizren rreshen rrogozhin sarajev shengjin shkumbin tepelen tibet ukrain ulqin varshav
"""
_NAMES: Final = """
    aferdit agnes agustin ahmet albin altin anit arben arbes ardit armen armin arsen avdet benjamin
    edvin elen emin ervin fahredin ferhat ferit fikret florin fuat gentrit halit hamit helen hikmet
    ismet izet jasin karmen katarin kevin konstantin kristin lenin margarit marin martin mehmet
    melvin midhat murat nasredin nejat nexhat nexhmedin nexhmet nihat nuredin nusret petrit putin
    rexhat rifat robin sabahat sabedin sabit samet sedat serhat servet shefqet shemsedin stalin
    suat valentin vedat xheladin xhevdet ymet
"""
# Two letters and an ending: anë, arë, enë, erë, odë, orë, ujë, urë.
_SHORT: Final = "an ar en er od or uj ur"

# --- endings behind a stressed vowel -----------------------------------------------

_STRESSED: Final = """
    aftesi ankara armiqesi arsye atdhe atelie baba bela budalla bujqesi cilesi depo dobesi euro
    fjali foto gjatesi gjeresi gjuhesi hata ide kadare kafe kala kalama kanada klishe largesi
    lartesi lice llogara madhesi malesi mama miqesi mjekesi mundesi muze njeri njesi nxehtesi
    panama para pasha pergjegjesi radio rendesi sevda shaka shendetesi shpejtesi studio thellesi
    trofe turne usta vella veshtiresi video xhaxha
"""

# --- words that change inside ------------------------------------------------------

_OTHER_STEMS: Final = """
    breg:brigj shteg:shtigj plak:pleq dash:desh,desht thes:thas rreth:rrath vella:vellezer,vllezer
    njeri:njerez djal:djem,djemt,djemsh kal:kuaj dor:duar,duart,duarsh der:dyer,dyert,dyersh
    qen:qent nat:net lum:lumenj perrua:perro,perrenj krua:kronj,kro ftua:ftonj,fto hero:heronj
    kalama:kalamaj,kalamanj maskara:maskarenj budalla:budallenj zer:ze ulli:ullir,ullinj
    mulli:mullir,mullinj kufi:kufir,kufij kusheri:kusherir,kusherinj qiri:qirir,qirinj flori:florir
    dru:drur,drunj gju:gjur,gjunj tru:trur,trunj bri:brir prind:prinder mbret:mbreter
    prift:prifter,prifterinj nip:niper gisht:gishter,gishterinj flamur:flamuj lepur:lepuj yll:yj
    fyell:fyej diell:diej kopil:kopij portokall:portokaj fshat:fshatr mall:mallr shpirt:shpirtr
    luft:lufter mish:mishr vaj:vajr ver:verer djath:djathr drith:drither uj:ujr,ujer loj:lojer
    mij:mijer madh:medh,medhenj ohr:oher shtrat:shtretr,shtreter baba:baballar xhaxha:xhaxhallar
    pallua:pallonj,pallo kamz:kamez bar:barer er:erer koh:koher krye:krer mashkull:meshkuj,meshkull
    gji:gjir,gjinj gjysh:gjysher cop:coper gjuh:gjuher frik:friker teatr:teatro hoxh:hoxhallar
"""
# Whole forms, where the stem is too short to take any ending.
_FORMS: Final = """
    grua:gruaja,gruas,gruan,gra,grat,grate,grave,grash sy:syri,syrit,syrin,syte,syve,sysh qene:
    krye:kreu,kreut,kreun dhi:dhia,dhise,dhine,dhite,dhive
    shi:shiu,shiut,shiun,shira,shirat,shirave gje:gjeja,gjese,gjene,gjera,gjerat,gjerave
"""


def _table() -> dict[str, str]:
    whole = (
        _NOUNS_IN_AT, _NOUNS_IN_ET, _NOUNS_IN_IT, _NOUNS_IN_IN, _NOUNS_IN_EN, _NOUNS_IN_ES,
        _NOUNS_IN_V, _OTHER_NOUNS, _PLACES, _NAMES, _SHORT, _STRESSED,
    )  # fmt: skip
    table = {word: word for words in whole for word in words.split()}
    return table | _changed(_OTHER_STEMS)


def _changed(told: str) -> dict[str, str]:
    """`stem:other,other` as other -> stem, and the stem as itself."""
    table: dict[str, str] = {}
    for entry in told.split():
        word, _, others = entry.partition(":")
        table[word] = word
        table |= {other: word for other in others.split(",") if other}
    return table


STEMS: Final[Mapping[str, str]] = _table()
# what may stand before an ending -> the stem
FORMS: Final[Mapping[str, str]] = _changed(_FORMS)
# whole words -> the stem
