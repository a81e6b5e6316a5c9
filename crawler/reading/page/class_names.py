"""What class names, ids and itemprops tell about a piece of a page: words that themes share."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final


class Mark:
    """What an element's names promise: bits, several may hold (enum.Flag costs a parse a page)."""

    NONE: Final = 0
    BOILER: Final = 1
    # no text of the piece: navigation, teasers, sharing, forms, advertising
    COMMENTS: Final = 2
    # what readers wrote
    BODY: Final = 4
    # the text of the piece
    DATE: Final = 8
    BYLINE: Final = 16
    LEAD: Final = 32
    CAPTION: Final = 64
    HEADLINE: Final = 128
    WALL: Final = 256
    # a paywall
    TEASER: Final = 512
    # another piece
    UPDATED: Final = 1024
    SECTION: Final = 2048
    BIO: Final = 4096
    FOREIGN: Final = 8192
    # an embedded post, what an event is told of, the day of reading: no days of the piece


UNTEXT: Final = Mark.BOILER | Mark.COMMENTS | Mark.TEASER | Mark.CAPTION | Mark.BIO
# what is no running text of the piece

_WORDS: dict[int, str] = {
    Mark.BOILER: """
        ad adbox addtoany ads adslot advert advertisement advertising adverts alert-bar alertbar
        app-promo apppromo aside banner bottom-bar bottombar breadcrumb breadcrumbs
        cat-links categories consent cookie cookies copyright credit credits crumb crumbs
        disclaimer donate donation etiketa etiketat faqosja feedback follow followus footer gdpr
        header-top headertop hidden infobar jump keywords legal lightbox login logo masthead
        menu menuja modal nav navbar navi navigation ndaje ndarja newsletter next no-print
        noprint notification outbrain overlay pager pagination paging player poll popup
        post-navigation post-tags prev print printer promo promos promotion rating ratings
        register registration reklam reklama reklame reklami screen-reader-text screenreader
        search searchform share sharebar sharedaddy shares sharethis sharing shpernda shperndaje
        side-bar sidebar sign-up signup site-branding site-name site-title sitename skip-link
        slideshow-controls slideshowcontrols social socials spodeli sponsor sponsored sr-only
        submenu subscribe subscription support-us taboola tag tag-links tagcloud taglist tags
        ticker toc toolbar tools top-bar topbar topstrip util utility-bar video-js
        visually-hidden vote votes weather widget widgets
    """,
    Mark.TEASER: """
        also article-list articlelist artikuj-te-ngjashem card cards carousel crp-related
        external-links externallinks further gallery-list gallerylist headlines inline-related
        inlinerelated jp-relatedposts lajme-te-tjera lajme-tjera latest lexo-edhe
        lexo-gjithashtu lexoedhe linkbox listing me-te-lexuarat me-te-rejat more-from more-on
        morefrom moreon most-read most-viewed mostpopular mostread mostviewed najcitani
        news-list newslist onward owl popular povrzani povrzani-vesti promo-list promolist
        read-also read-more readalso readmore recirc recirculation recommend recommendation
        recommendations recommended related relateds see-also seealso similar slicni slider
        suggested suggestions te-fundit te-lidhura te-ngjashme teaser teaserlist teasers
        tengjashme thumbs top-stories topstories trending up-next upnext yarpp
    """,
    Mark.COMMENTS: """
        cmt cmts comentario comentarios comment comment-list commentaire commentaires
        commentlist commento comments coral discussion disqus disqus-thread fb-comments koment
        komentar komentari komente komentet komenti komentuesi kommentar kommentare livefyre
        reactions replies respond talkback
    """,
    Mark.BODY: """
        article-body article-content article-inner article-main article-text article-txt
        articlebody articlecontent articleinner articlemain articletext articletxt
        articulo-cuerpo artikel-text artikeltext body-content body-copy body-text bodycontent
        bodycopy bodytext content-article-body content-body content-text contentbody contenttext
        detail-text detailtext entry-content entrycontent lajm-teksti main-text maintext
        news-body news-content news-text newsbody newscontent newstext permbajtja-lajmit
        post-body post-content post-entry postbody postcontent postentry single-content
        singlecontent story-body story-content story-text storybody storycontent storytext
        td-post-content tekst-lajmi tekst-vest teksti teksti-lajmit text-content textcontent
        texto
    """,
    Mark.DATE: """
        article-date article-info article-meta articledate articleinfo articlemeta botuar byline
        created data data-ora dataora date date-time dateline dates datetime datum datum-vreme
        details dt-published entry-date entry-meta entrydate entrymeta erstellt fecha info koha
        meta news-date newsdate objaveno post-date post-info post-meta postdate posted posted-on
        postedon postinfo postmeta postmetadata pub pubdate publication publikuar publish
        publish-date publishdate published story-date storydate submitted time time-stamp
        timestamp zeit
    """,
    Mark.UPDATED: """
        actualizado aktualisiert azurirano last-mod last-updated lastmod lastupdated modified
        ndryshuar perditesuar revised update update-time updated updatetime
    """,
    Mark.BYLINE: """
        article-author articleauthor auteur author author-name authorname authors autor autore
        autoren autoret autori autorja autorlajmi avtor avtori by by-line byl byline byline-name
        bylines contributor contributors credit-author creditauthor entry-author entryauthor
        firma fn gazetari gazetarja journalist novinar post-author postauthor redactor redaktor
        reporter shkruar signature user-name username vcard writer writers
    """,
    Mark.BIO: """
        about-thauthor about-the-author about-theauthor aboutthauthor aboutthe-author
        abouttheauthor author-about author-bio author-box author-desc author-description
        author-info-box author-infobox author-profile authorabout authorbio authorbox authordesc
        authordescription authorinfo-box authorinfobox authorprofile bio biography user-bio
        userbio vita
    """,
    Mark.LEAD: """
        abstract article-dek article-description article-excerpt article-intro article-lead
        article-subtitle article-summary articledek articledescription articleexcerpt
        articleintro articlelead articlesubtitle articlesummary bajada catenaccio chapeau chapo
        copete deck dek description einleitung entradilla excerpt headline-sub headlinesub
        hyrja-lajmit ingress intro introduction kryefjala lead leadtext lede lid manchet
        nadtitulok nentitull nentitulli nentitullit occhiello perex permbledhja podnaslov
        sommario stand-first standfirst strapline sub-heading sub-headline sub-title subhead
        subheading subheadline subtitle summary teaser-text teasertext vorspann
    """,
    Mark.CAPTION: """
        bildtext bildunterschrift caption captions copyright cutline dicitura diciture
        figcaption foto-pershkrimi image-caption image-credit imagecaption imagecredit
        img-caption imgcaption legend pershkrimi-fotos photo-caption photo-credit photocaption
        photocredit source-img sourceimg wp-caption-text
    """,
    Mark.HEADLINE: """
        article-heading article-headline article-title articleheading articleheadline
        articletitle entry-title entrytitle header-title headertitle headline hed kryetitulli
        main-title maintitle naslov naslov-vest news-title newstitle page-title pagetitle
        post-title posttitle single-title singletitle story-title storytitle titel title titolo
        titre titull titulli titulli-lajmit titullit titulo ttl zaglavie
    """,
    Mark.WALL: """
        locked metered-content paid-content paidcontent pay-wall paywall piano premium-content
        premiumcontent regwall subscriber-only subscriberonly subscription-wall subscriptionwall
    """,
    Mark.FOREIGN: """
        current-date currentdate data-sot datasot date-in-header datetoday dtend dtstart
        embed-post embedded-post end-date enddate event-date event-details event-info event-meta
        event-time eventdate eventinfo eventmeta facebook-post fb-post fb-video header-date
        headerdate instagram-media kohezgjatja live-date site-date social-embed sot start-date
        startdate telegram-post tiktok-embed today today-date todaydate top-date topdate
        tribe-event tribe-events tweet twitter-tweet vevent
    """,
    Mark.SECTION: """
        article-category article-section articlecategory articlesection breadcrumb cat category
        channel eyebrow kategori kategoria kicker overline rubric rubrik rubrika rubrike section
        section-name sectionname topic
    """,
}
# words and runs of up to three words, joined by "-", of class names and ids
_TABLE: dict[str, int] = {}
for _mark, _source in _WORDS.items():
    for _word in _source.split():
        _TABLE[_word] = _TABLE.get(_word, 0) | _mark
_STARTS = frozenset(word.partition("-")[0] for word in _TABLE if "-" in word)
_WORDPRESS = frozenset(("hentry", "type-post", "status-publish", "single-post"))
_OF_THE_POST = ("tag-", "category-", "format-", "type-", "status-", "post_format-")
# WordPress writes a post's tags and categories into its classes ("tag-newsletter")
LONGEST: Final = 200
# characters of class names and id; utility classes go on for ever
_OF_OTHERS = frozenset(("overflow-hidden", "label-hidden", "title-hidden", "labels-hidden"))
# what is hidden is not the element: utility classes, Drupal's "field--label-hidden"
_HAVING = frozenset(("with", "without", "has", "no"))
# what follows says what an element has: "text-with-summary", "no-sidebar"
_SHOWN_AGAIN = re.compile(r"(?:sm|md|lg|xl|2xl|print):(?:block|flex|grid|inline\S*|table)")
# Tailwind hides on telephones what it shows on wider screens: "hidden md:block"
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PARTS = re.compile(r"[a-z]+")


@lru_cache(maxsize=20_000)
def marks_of(names: str | None, ident: str | None = None) -> int:
    """What class names and an id promise; at most LONGEST characters of both are looked at."""
    found = 0
    names = f"{names or ''} {ident or ''}"
    if len(names) > LONGEST:
        names = _bounded(names)
    if not names.islower():
        names = _CAMEL.sub("-", names).lower()
    listed = names.split()
    if not _WORDPRESS.isdisjoint(listed):
        listed = [name for name in listed if not name.startswith(_OF_THE_POST)]
    if "hidden" in listed and any(map(_SHOWN_AGAIN.fullmatch, listed)):
        listed.remove("hidden")
    for mark in map(_marks_of_name, listed):
        found |= mark
    return found


def _bounded(names: str) -> str:
    """At most LONGEST characters of names, cut between two: half of "tag-festivali" is "tag"."""
    return names[: LONGEST + 1].rpartition(" ")[0]


@lru_cache(maxsize=20_000)
def _marks_of_name(name: str) -> int:
    parts = _PARTS.findall(name)
    if len(parts) == 1:
        return _TABLE.get(parts[0], 0)
    if parts and parts[-1] == "hidden" and "-".join(parts[-2:]) in _OF_OTHERS:
        parts.pop()
    found, before = 0, ""
    for at, part in enumerate(parts):
        if part in _TABLE and before not in _HAVING:
            found |= _TABLE[part]
        if part in _STARTS:
            for many in (2, 3):
                found |= _TABLE.get("-".join(parts[at : at + many]), 0)
        before = part
    return found
