"""The commonest words of newspaper prose, by language: those that betray it in a few words.

Lists of our own, closed classes first (articles, prepositions, pronouns, auxiliaries), then words
of news that are rare in the neighbours. Albanian, Serbian and Croatian count without diacritics
too, as outlets often print them. A word of several lists counts less (`languages`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

_LATIN: Final = {
    "sq": """
        a ai ajo ama andej aq asaj asgjë askush asnjë ata ato atë atij atyre bashkë bashkia bën
        bëhet bërë cila cilat cilave cilës cilët cilëve cili cilin ç'do çdo çfarë çmimet deri derisa
        dhe disa dita ditë ditën ditës dje do domethënë dot drejt dritë dua duhet duke dy e edhe
        ende është fare fjalë fiton flet fundit gjatë gjithashtu gjithë gjitha gjithmonë gjithnjë
        hapet i ia ishin ishte ja jam janë javë javën javës je jemi jeni jetë jo ju ka kam kanë kaq
        kë këta këtë këtij këto këtu këtyre kësaj kjo kishte kishin ku kundër kur kurse kush ky la
        le lajme lart lidhje madh madhe ma me më mes megjithatë meqë mbi mbyllet midis mijë mirë mos
        mund ndaj ndër ndërsa ndonëse ndonjë ndoshta ne në nën nesër nëse nga ngaqë ngjarje ni nis
        një njëri nuk ora orë orën orës pa para paraqet parë pasi pas pasur pastaj përballë përpara
        për përgjatë përmes përsëri përse pjesë po por poshtë prej pranë pse që qeveria qytet
        qytetit re ri rreth rritet rruga s sa saj sapo se së sepse sërish si sikur siç sipas sot
        shkak shumë tani tashmë te të tek tij tha tjera tjerë tjetër tona tonë tre tri tyre u unë
        vend vendi vendin vendit vetëm vetë veç vit viti vitin vitit vite vjet zgjat shqipëri
        shqipëria shqipërisë shqiptar shqiptare tiranë tiranës kosovë kosovës
    """,
    "en": """
        a about after again against all almost also although always am an and another any are around
        as at away be because been before being between both but by can cannot could day days did do
        does down during each even every few first for from get gets go goes good government had has
        have he her here him his how if in into is it its itself just last latest less like made
        make many may me might million minister more most much must my near never new news next no
        not now of off on one only open opens or other our out over own people percent police
        president said same say says she should since so some still such take than that the their
        them then there these they this those three through to today together tomorrow too two under
        until up us very was way we week were what when where which while who why will win wins with
        without work world would year years yesterday yet you young your
    """,
    "it": """
        a ad agli ai al alla alle allo altri altro anche ancora anni anno apre aveva aver avere c'è
        che chi ci cioè città come con contro così cui da dagli dai dal dalla dalle dallo degli dei
        del dell della delle dello dentro di dopo dove due durante e è ed era erano essere fa fino
        fra fu gli governo grande ha hanno i il in io l la le lei lo loro lui ma mentre mila molti
        molto negli nei nel nell nella nelle nello noi non nostro nuova nuovo o oggi ogni ora paese
        per perché però più poi primo prima presso qualche quale quando quanto quasi quattro quella
        quelle quelli quello questa queste questi questo qui se secondo sempre senza sarà saranno si
        sia sindaco sono sopra sotto stata stati stato su sua sue sugli sui sul sulla sulle suo suoi
        tra tre trecento tutta tutte tutti tutto un un' una uno verso via domani ieri
    """,
    "hr": """
        a ako ali bez bi bih bila bile bili bilo bio biće biti brojne će ćemo da dana danas dok do
        dva dve dvije ga gde gdje god godina godine godinu godišnje grad grada gradu hiljada i iako
        ih ili im ima imaju iz iza između je jedan jedna jednog jedno jer još ju juče jučer kada kad
        kako kao ko koja koje kojeg kojem koji kojih kojim kojoj koju kod kroz li ljudi milijuna
        miliona među na nad najviše nakon ne nego nije nisu niti no nove novi novo njega njih njihov
        njihove o od oko on ona onda oni opština općina ova ovaj ove ovo ovog ovoga pa po pod posle
        poslije posto pre pred predsednik predsjednik preko prema pri prije protiv prvi puta radi
        rekao s sa sada sam samo se si smo ste sto sve svi svih svoje su što šta ta tada taj tako
        također takođe te tek ti tih to toga tri tu u uz već vlada vreme vrijeme više vrlo za zbog
        zemlje zemlji zato sutra otvara novim ponovo ponovno besplatan besplatno deca djeca cena
        cijena policija škola trg trgu put deo dio
    """,
    "de": """
        aber alle als am an auch auf aus bei bis da dann das dass dem den der des die dies diese
        diesem diesen dieser doch durch ein eine einem einen einer eines er es für gegen haben hat
        hatte ich ihr ihre im in ist jahr jahre jahren kann kein keine können man mehr mit nach
        nicht noch nun nur ob oder ohne schon sehr sein seine seit sich sie sind so soll über um und
        uhr uns unter vom von vor war waren was wegen weil wenn werden wie wieder wird wurde wurden
        zu zum zur zwei zwischen heute morgen gestern neue neuer neues stadt
    """,
    "fr": """
        à ans après au aussi aux avait avant avec c' ce ces cet cette chez comme contre d dans de
        depuis des deux dont du elle elles en encore entre est et été être eux fait il ils je jour l
        la le les leur leurs lors lui mais même moins n ne nos notre nous on ont ou où par pas
        pendant plus pour près qu que quel qui s sa sans se selon ses si son sont sous sur tous tout
        toute très trois un une vers ville vous y année années nouveau nouvelle aujourd hui hier
        demain qu'il
    """,
    "tr": """
        ama ancak arasında bir biri bu bugün büyük çok da daha de değil dün en gibi göre ha her hem
        için ile ilk ise kadar karşı ki kişi mi mı ne nedeniyle o olan olarak oldu olduğu onun sonra
        şu tarafından tüm türkiye üzere var ve veya ya yarın yeni yıl yılında yok yüzde başkanı
        edildi etti yapılan
    """,
}
_CYRILLIC: Final = {
    "mk": """
        а беше беа би била биле било бил во веќе го години година ги да двајца двете до додека е
        еден една едно за заради зад и ја им има имаат или иако ќе како каде кај кога кои кој која
        кое колку кон ли меѓу ми многу може на над најголемиот не неговата неговиот нема низ нив
        нивните ниту но ова овие овој од околу откако оваа освен по повеќе под поради потоа пред
        преку при против само сега се сите сè со според сум тие тоа тој треба тука туку утре утрово
        уште што денес вчера жителите земјата селото повторно нов нова ново стар стара бесплатен
        отворен отворена град градот деца децата луѓе претседателот владата македонија полицијата
        општина општината училиште цената цените милиони илјади процент дел дена време
    """,
    "sr": """
        а ако али без би биће била били било био бити већ више године година да дана данас где до
        док за због и из или им има између је један једна једно јер још јуче када како као која које
        који којих којима којој коју код кроз ли међу на над након не него није нису они она од око
        ова ове овај ово о па по под поред после пре пред према преко при против са само се сутра су
        сви све своје та тај тако те то током три у уз ће шта што највише поново нови нова ново
        стари стара бесплатан отворен отворена град града деца људи председник влада србија србије
        полиција општина школа цена цене милиона хиљада одсто посто део време ради
    """,
    "bg": """
        а ако беше би бил била било бяха в вече все във всички го години година да две до докато
        днес е един една едно за защото и из или има каза как като който която което които към между
        много може на над най нас не него ни но няма от още по под повече при през пред преди с са
        само се сега си след според срещу със тази тези това този той толкова тя трябва ще вчера
        утре
    """,
    "ru": """
        а бы был была были было быть в вам вас во вот все всё вы где год года году да для до его ее
        её если есть еще ещё же за и из или им их к как ко когда который которая которые которых кто
        ли между может мы на над не него нет ни но о об однако он она они от по под после при про с
        сам себя сегодня со также так такой там то того том только тот у уже чем что чтобы эта эти
        это этого этой этом этот я вчера завтра
    """,
    "uk": """
        а або але був була були було в вже ви від він вона вони все всі де для до є за з зі і із її
        й його їх як які який яка яке коли між може ми на над не ні о об однак по під після при про
        разом роки року років сьогодні та також так там те ти того той тільки у це цей цього цієї що
        щоб я вчора завтра
    """,
}
_ARABIC: Final = {
    "fa": """
        آن آنها از است اما این با باید بر برای بود بودند به بین پس تا چند خود در دو را روز سال شد
        شده شود کرد کردند کرده کشور که گفت ما مردم می نیز نیست هر هم های و وی یا یک امروز دیروز فردا
    """,
    "ar": """
        أكثر الى إلى أن إن أو أي بعد بين تم التي الذي الذين حتى حول خلال ذلك ضد على عن عند غير في
        فيها فيه قال قبل قد كان كانت كل كما لا لم لن ما مع من منذ نحو هذا هذه هو هي هناك وقد وفي ومن
        يوم اليوم أمس غدا عام
    """,
}
PLAIN: Final = str.maketrans("ëçčćšžđ", "ecccszd")
# the spellings of keyboards without diacritics
_SPELT_PLAINLY: Final = frozenset({"sq", "hr"})


def _index(lists: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    index: dict[str, set[str]] = defaultdict(set)
    for language, text in lists.items():
        for word in text.split():
            index[word].add(language)
            if language in _SPELT_PLAINLY:
                index[word.translate(PLAIN)].add(language)
    return {word: tuple(sorted(languages)) for word, languages in index.items()}


LATIN: Final = _index(_LATIN)
# word -> the languages whose list has it
CYRILLIC: Final = _index(_CYRILLIC)
ARABIC: Final = _index(_ARABIC)
