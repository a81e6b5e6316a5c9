"""Every word that readers see, Albanian and English side by side.

`{}` names are filled in by `say`; where a number decides, the first form is for one and the
second for all others (both languages have these two).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from crawler.models import Language

Forms = str | tuple[str, str]

WORDS: Final[Mapping[str, Mapping[Language, Forms]]] = {
    # --- headings ---------------------------------------------------------------
    "completeness": {"sq": "Sa e plotë është kjo listë?", "en": "How complete is this list?"},
    "published": {"sq": "Çfarë u botua", "en": "What was published"},
    "undated": {"sq": "Pa datë", "en": "Without a date"},
    "unchecked": {"sq": "Çfarë nuk u kontrollua", "en": "What was not checked"},
    "outlets": {"sq": "Mediat një nga një", "en": "Outlet by outlet"},
    "method": {"sq": "Si u bë ky raport", "en": "How this report was made"},
    # --- what changed since an earlier version ----------------------------------
    "changed_since": {
        "sq": "Çfarë ndryshoi nga versioni {since} te versioni {version}",
        "en": "What changed from version {since} to version {version}",
    },
    "nothing_changed": {"sq": "Asgjë nuk ndryshoi.", "en": "Nothing changed."},
    "changed_new": {"sq": "Të reja", "en": "New"},
    "changed_dropped": {"sq": "Jo më në raport", "en": "No longer in the report"},
    "changed_redated": {"sq": "Me datë tjetër", "en": "With another date"},
    "changed_retitled": {"sq": "Me titull tjetër", "en": "With another headline"},
    # --- the newsletter ---------------------------------------------------------------
    "newsletter": {"sq": "Buletini", "en": "Newsletter"},
    "newsletter_number": {"sq": "Nr. {n}", "en": "No. {n}"},
    "newsletter_subject": {"sq": "{title}, nr. {n}", "en": "{title}, No. {n}"},
    "inside": {"sq": "Në këtë numër", "en": "Inside this issue"},
    "why_mail": {
        "sq": "{brand}: këtë e merrni sepse jeni në listën tonë. Nëse s'e doni më, na përgjigjuni.",
        "en": "You get this because you are on the list of {brand}. To leave it, answer this mail.",
    },
    "why_mail_ours": {
        "sq": "Këtë e merrni sepse jeni në listën tonë. Nëse nuk e doni më, na përgjigjuni.",
        "en": "You get this because you are on our list. To leave it, answer this mail.",
    },
    "why_mail_at": {
        "sq": "{brand}: këtë e merrni sepse jeni në listën tonë. Për të dalë prej saj:",
        "en": "You get this because you are on the list of {brand}. To leave it:",
    },
    "why_mail_ours_at": {
        "sq": "Këtë e merrni sepse jeni në listën tonë. Për të dalë prej saj:",
        "en": "You get this because you are on our list. To leave it:",
    },
    "entry_news": {"sq": "Lajm", "en": "News"},
    "entry_interview": {"sq": "Intervistë", "en": "Interview"},
    "entry_opinion": {"sq": "Opinion", "en": "Opinion"},
    "entry_statement": {"sq": "Deklaratë", "en": "Statement"},
    "entry_report": {"sq": "Reportazh", "en": "Report"},
    "entry_video": {"sq": "Video", "en": "Video"},
    # --- can we post now? -----------------------------------------------------------
    "post_now": {"sq": "Mund të postohet", "en": "Ready to post"},
    "post_now_why": {
        "sq": "çdo media e listës u kontrollua dhe çdo shkrim u pa nga një njeri",
        "en": "every outlet on the list was checked, and a person has reviewed every piece",
    },
    "post_later": {"sq": "Ende jo gati për postim", "en": "Not ready to post yet"},
    "post_nothing": {"sq": "Nuk ka çfarë të postohet", "en": "Nothing to post"},
    "post_nothing_why": {
        "sq": "çdo media e listës u kontrollua; lista e shkrimeve është bosh",
        "en": "every outlet on the list was checked; the list of pieces is empty",
    },
    "left_unreviewed": {
        "sq": ("{n} shkrim ende pa u parë", "{n} shkrime ende pa u parë"),
        "en": ("{n} piece not yet reviewed", "{n} pieces not yet reviewed"),
    },
    "left_doubtful": {
        "sq": ("{n} gjetje e dyshimtë pret një njeri", "{n} gjetje të dyshimta presin një njeri"),
        "en": ("{n} doubtful match waits for a person", "{n} doubtful matches wait for a person"),
    },
    "left_possibly": {
        "sq": ("{n} çift ndoshta ka të njëjtin tekst", "{n} çifte ndoshta kanë të njëjtin tekst"),
        "en": ("{n} pair may be the same text", "{n} pairs may be the same text"),
    },
    "left_untranslated": {
        "sq": "pa përkthim në shqip: {told}",
        "en": "not translated into English: {told}",
    },
    "untranslated_title": {"sq": "titulli i ngjarjes", "en": "the event's title"},
    "untranslated_introduction": {"sq": "hyrja", "en": "the introduction"},
    "untranslated_headlines": {
        "sq": ("1 titull", "{n} tituj"),
        "en": ("1 headline", "{n} headlines"),
    },
    "left_unchecked": {
        "sq": (
            "{n} media e pakontrolluar deri në fund",
            "{n} media të pakontrolluara deri në fund",
        ),
        "en": ("{n} outlet not checked to the end", "{n} outlets not checked to the end"),
    },
    # --- the roundup post -----------------------------------------------------------
    "roundup_title": {"sq": "{title} në media", "en": "{title} in the media"},
    "roundup_list": {
        "sq": (
            "Për ngjarjen shkroi {n} media, me titullin e mëposhtëm:",
            "Për ngjarjen shkruan {n} media, me titujt e mëposhtëm:",
        ),
        "en": (
            "{n} outlet reported on the event, under this headline:",
            "{n} outlets reported on the event, under these headlines:",
        ),
    },
    "roundup_none": {
        "sq": "Ende nuk është pranuar asnjë shkrim për këtë listë.",
        "en": "No piece has been accepted for this list yet.",
    },
    **{
        f"genre_{name}": {"sq": sq, "en": en}
        for name, sq, en in (
            ("news", "lajm", "news"),
            ("interview", "intervistë", "interview"),
            ("opinion", "opinion", "opinion"),
            ("statement", "deklaratë", "statement"),
            ("report", "reportazh", "report"),
            ("video", "video", "video"),
        )
    },
    "left_new": {
        "sq": (
            "{n} shkrim i ri nuk është vendosur: {told}",
            "{n} shkrime të reja nuk janë vendosur: {told}",
        ),
        "en": ("{n} new piece is not placed: {told}", "{n} new pieces are not placed: {told}"),
    },
    "left_lost": {
        "sq": (
            "{n} shkrim i refuzuar ose i hequr është ende në postim: {told}",
            "{n} shkrime të refuzuara ose të hequra janë ende në postim: {told}",
        ),
        "en": (
            "{n} piece of the post was rejected or is gone: {told}",
            "{n} pieces of the post were rejected or are gone: {told}",
        ),
    },
    "roundup_footnote": {
        "sq": "Sa e plotë është kjo listë: {told}. Gjendja më {when}.",
        "en": "How complete this list is: {told}. As of {when}.",
    },
    "also_in": {"sq": "edhe te", "en": "also in"},
    "machine": {"sq": "përkthim automatik", "en": "machine translation"},
    # --- numbers ----------------------------------------------------------------
    "pieces": {"sq": ("{n} shkrim", "{n} shkrime"), "en": ("{n} piece", "{n} pieces")},
    "texts": {
        "sq": ("{n} tekst i ndryshëm", "{n} tekste të ndryshme"),
        "en": ("{n} distinct text", "{n} distinct texts"),
    },
    "in_outlets": {
        "sq": ("në {n} media", "në {n} media"),
        "en": ("in {n} outlet", "in {n} outlets"),
    },
    "of_owners": {"sq": ("{n} pronar", "{n} pronarë"), "en": ("{n} owner", "{n} owners")},
    "in_languages": {"sq": "në {names}", "en": "in {names}"},
    "from_to": {"sq": "nga {first} deri më {last}", "en": "from {first} to {last}"},
    "only_at": {"sq": "më {first}", "en": "on {first}"},
    "unreviewed": {
        "sq": ("{n} ende pa u parë nga një njeri", "{n} ende pa u parë nga një njeri"),
        "en": ("{n} not yet reviewed by a person", "{n} not yet reviewed by a person"),
    },
    "number_undated": {"sq": ("{n} pa datë", "{n} pa datë"), "en": ("{n} undated", "{n} undated")},
    "number_unnamed": {
        "sq": ("{n} pa media të emërtuar", "{n} pa media të emërtuar"),
        "en": ("{n} without a named outlet", "{n} without a named outlet"),
    },
    "outlet_unnamed": {"sq": "Pa media të emërtuar", "en": "Outlet not named"},
    # --- the completeness statement ----------------------------------------------
    "complete_of": {
        "sq": (
            "{n} nga {total} media u kontrollua plotësisht",
            "{n} nga {total} media u kontrolluan plotësisht",
        ),
        "en": (
            "{n} of {total} outlets checked completely",
            "{n} of {total} outlets checked completely",
        ),
    },
    "nothing_at": {"sq": "nuk u gjet asgjë te {names}", "en": "nothing found at {names}"},
    "by_hand_at": {"sq": "me dorë u kontrolluan: {names}", "en": "checked by hand: {names}"},
    "partly_at": {"sq": "vetëm pjesërisht: {names}", "en": "only in part: {names}"},
    "not_checkable": {"sq": "nuk u kontrolluan dot: {names}", "en": "not checkable: {names}"},
    "not_asked": {"sq": "ende pa u pyetur: {names}", "en": "not asked yet: {names}"},
    "brought_from": {"sq": "të sjella me dorë: {names}", "en": "brought by hand: {names}"},
    "none_asked": {
        "sq": "asnjë media nuk është në listën e kësaj ngjarjeje",
        "en": "no outlet is on the list of this event",
    },
    "found": {"sq": ("{n} i gjetur", "{n} të gjetura"), "en": ("{n} found", "{n} found")},
    "back_to": {"sq": "deri më {when}", "en": "back to {when}"},
    # --- no coverage ---------------------------------------------------------------
    "no_coverage": {
        "sq": "Nuk u gjet asnjë shkrim për këtë ngjarje.",
        "en": "No piece about this event was found.",
    },
    "no_coverage_but_hand": {
        "sq": "Programi nuk gjeti asnjë shkrim për këtë ngjarje; me dorë u gjetën {n}, te {names}.",
        "en": "The program found no piece about this event; {n} were found by hand, at {names}.",
    },
    "believe_all": {
        "sq": "Kjo mund të besohet: çdo media e listës u kontrollua. Shkrime të lexuara nga "
        "dritarja e ngjarjes: {read}; në asnjë prej tyre nuk gjenden fjalët e kërkuara.",
        "en": "This can be believed: every outlet on the list was checked. Pieces read in the "
        "window: {read}; none of them holds the words looked for.",
    },
    "believe_some": {
        "sq": "Kjo vlen vetëm për {n} nga {total} media (shkrime të lexuara: {read}); për të "
        "tjerat nuk dihet.",
        "en": "This holds for {n} of {total} outlets only (pieces read: {read}); of the others "
        "nothing is known.",
    },
    "believe_none": {
        "sq": "Nga kjo nuk del asgjë: asnjë media e listës nuk u kontrollua plotësisht.",
        "en": "Nothing follows from this: no outlet on the list was checked completely.",
    },
    "hand_not_listed": {
        "sq": "Të gjeturat me dorë nuk janë në këtë listë: {names}.",
        "en": "What was found by hand is not in this list: {names}.",
    },
    # --- outcomes ---------------------------------------------------------------------
    "complete": {"sq": "e kontrolluar plotësisht", "en": "checked completely"},
    "partial": {"sq": "e kontrolluar pjesërisht", "en": "checked in part"},
    "blocked": {"sq": "nuk e lejon leximin me program", "en": "does not let a program in"},
    "broken": {"sq": "përgjigjet, por nuk lexohet dot", "en": "answers, but cannot be read"},
    "unreachable": {"sq": "nuk përgjigjet", "en": "does not answer"},
    "declined": {"sq": "ka kërkuar të mos lexohet", "en": "asked not to be read"},
    "no-address": {"sq": "nuk i dihet adresa", "en": "no address is known"},
    "checked-by-hand": {"sq": "e kontrolluar me dorë", "en": "checked by hand"},
    "none": {"sq": "ende e papyetur", "en": "not asked yet"},
    # --- what a person can do ----------------------------------------------------------
    "step_blocked": {
        "sq": "Shikojeni me dorë dhe shënojeni me jehona checked.",
        "en": "Look by hand and record it with jehona checked.",
    },
    "step_broken": {
        "sq": "Kontrolloni adresat në skedën e saj.",
        "en": "Check the addresses in its file.",
    },
    "step_unreachable": {
        "sq": "Provoni përsëri pas një ore.",
        "en": "Try again in an hour.",
    },
    "step_declined": {
        "sq": "Pyeteni median, ose shikojeni me dorë.",
        "en": "Ask the outlet, or look by hand.",
    },
    "step_no-address": {
        "sq": "Shkruani adresën në skedën e saj, ose shikojeni me dorë.",
        "en": "Write the address in its file, or look by hand.",
    },
    "step_partial": {
        "sq": "Kërkojeni përsëri, ose shikojeni me dorë pjesën që mungon.",
        "en": "Crawl again, or look through the missing part by hand.",
    },
    "step_none": {
        "sq": "Nisni kërkimin me jehona crawl.",
        "en": "Ask it with jehona crawl.",
    },
    # --- ways --------------------------------------------------------------------------
    "wordpress": {"sq": "WordPress", "en": "WordPress"},
    "feed": {"sq": "prurja RSS", "en": "feed"},
    "sitemap": {"sq": "harta e faqes", "en": "sitemap"},
    "listing": {"sq": "faqet e listës", "en": "list pages"},
    "by-hand": {"sq": "me dorë", "en": "by hand"},
    "proof": {"sq": "faqja vetë", "en": "the page itself"},
    # --- small words ---------------------------------------------------------------------
    "and": {"sq": "dhe", "en": "and"},
    "or": {"sq": "ose", "en": "or"},
    "no_headline": {"sq": "(pa titull)", "en": "(no headline)"},
    "gone": {"sq": "nuk gjendet më në faqe", "en": "no longer at the outlet"},
    "day_only": {"sq": "{day}", "en": "{day}"},
    "day_time": {"sq": "{day}, {time}", "en": "{day}, {time}"},
    "checked_by": {"sq": "kontrolloi {who} më {when}", "en": "{who} looked on {when}"},
    "checked_on": {"sq": "më {when}", "en": "on {when}"},
    # --- a post on a site ------------------------------------------------------------------
    "update_more": {
        "sq": (
            "Përditësim: edhe {n} shkrim që nga {when}",
            "Përditësim: edhe {n} shkrime që nga {when}",
        ),
        "en": ("Update: {n} more since {when}", "Update: {n} more since {when}"),
    },
    "update_missing": {
        "sq": ("Përditësim: edhe {n} shkrim", "Përditësim: edhe {n} shkrime"),
        "en": ("Update: {n} more", "Update: {n} more"),
    },
    "post_chart_days": {"sq": "Shkrime në ditë", "en": "Pieces per day"},
    "post_chart_weeks": {"sq": "Shkrime në javë", "en": "Pieces per week"},
    "post_chart_week_of": {"sq": "java nga {day}", "en": "week of {day}"},
    "post_chart_alt": {
        "sq": "Grafik me shtylla. {what}, “{title}”: {bars}.",
        "en": "Bar chart. {what}, “{title}”: {bars}.",
    },
    "post_chart_alt_top": {
        "sq": "Grafik me shtylla. {what}, “{title}”, {first} – {last}. Më shumë: {bars}.",
        "en": "Bar chart. {what}, “{title}”, {first} – {last}. Most: {bars}.",
    },
    # --- columns and the method ------------------------------------------------------------
    "outcome": {"sq": "përfundimi", "en": "outcome"},
    "listed": {"sq": "liston vetë", "en": "lists itself"},
    "read": {"sq": "u lexuan", "en": "read"},
    "matched": {"sq": "për ngjarjen", "en": "about the event"},
    "how": {"sq": "si", "en": "how"},
    "window": {
        "sq": "Dritarja: {first} – {last} ({zone})",
        "en": "Window: {first} – {last} ({zone})",
    },
    "keywords": {"sq": "Fjalët e kërkuara: {groups}", "en": "Words looked for: {groups}"},
    "keywords_all": {"sq": "gjithnjë edhe: {terms}", "en": "always with: {terms}"},
    "keywords_none": {"sq": "pa: {terms}", "en": "without: {terms}"},
    "looked_by": {"sq": "Rrugët e kërkimit: {ways}", "en": "Ways of looking: {ways}"},
    "elsewhere": {
        "sq": (
            "{n} shkrim te një media jashtë listës nuk u numërua.",
            "{n} shkrime te media jashtë listës nuk u numëruan.",
        ),
        "en": (
            "{n} piece at an outlet outside the list was not counted.",
            "{n} pieces at outlets outside the list were not counted.",
        ),
    },
    "made": {
        "sq": "Raporti {version}, bërë më {when} me Jehona {software} ({rules})",
        "en": "Report {version}, made on {when} with Jehona {software} ({rules})",
    },
    "made_plain": {
        "sq": "Raporti {version}, bërë më {when} me Jehona {software}",
        "en": "Report {version}, made on {when} with Jehona {software}",
    },
    # --- papers: csv, xlsx, docx, pdf, and what markdown folds ------------------------------
    "paper_in_the_minute": {"sq": "në të njëjtën minutë", "en": "in the same minute"},
    "paper_minutes_later": {
        "sq": ("{n} minutë më vonë", "{n} minuta më vonë"),
        "en": ("{n} minute later", "{n} minutes later"),
    },
    "paper_hours_later": {
        "sq": ("{n} orë më vonë", "{n} orë më vonë"),
        "en": ("{n} hour later", "{n} hours later"),
    },
    "paper_days_later": {
        "sq": ("{n} ditë më vonë", "{n} ditë më vonë"),
        "en": ("{n} day later", "{n} days later"),
    },
    "paper_same_text": {"sq": "i njëjti tekst si te {name}", "en": "the same text as at {name}"},
    "paper_was_before": {
        "sq": "Deri më {when} titulli ishte: {old}",
        "en": "Until {when} it was: {old}",
    },
    "paper_noted": {"sq": "Shënim: {note}", "en": "Note: {note}"},
    "paper_noted_by": {"sq": "Shënim nga {who}: {note}", "en": "Note by {who}: {note}"},
    "paper_tone_by_person": {
        "sq": "Toni, sipas një njeriu: {tone}",
        "en": "Tone, by a person: {tone}",
    },
    "paper_summary": {"sq": "Përmbledhje", "en": "Summary"},
    "card_complete": {
        "sq": ("media e kontrolluar plotësisht", "media të kontrolluara plotësisht"),
        "en": ("outlet checked completely", "outlets checked completely"),
    },
    "card_doubtful": {
        "sq": ("pret një vendim", "presin një vendim"),
        "en": ("waits for a person", "wait for a person"),
    },
    "paper_of_total": {"sq": "{n}/{total}", "en": "{n}/{total}"},
    "paper_page_of": {"sq": "faqe {n} nga {total}", "en": "page {n} of {total}"},
    # columns of tables that are opened in a spreadsheet
    "col_outlet": {"sq": "media", "en": "outlet"},
    "col_published": {"sq": "botuar ({zone})", "en": "published ({zone})"},
    "col_headline": {"sq": "titulli", "en": "headline"},
    "col_url": {"sq": "adresa", "en": "URL"},
    "col_archive": {"sq": "kopja e arkivuar", "en": "archived copy"},
    "col_decision": {"sq": "vendimi", "en": "decision"},
    "col_note": {"sq": "shënimi", "en": "note"},
    "col_by": {"sq": "vendosi", "en": "decided by"},
    "col_tone": {"sq": "toni (nga një njeri)", "en": "tone (by a person)"},
    "col_remark": {"sq": "vërejtja", "en": "remark"},
    "col_genre": {"sq": "gjinia", "en": "genre"},
    "col_translation": {"sq": "përkthimi", "en": "translation"},
    "col_translation_by": {"sq": "përktheu", "en": "translated by"},
    "col_corrected": {"sq": "titulli i korrigjuar", "en": "corrected headline"},
    "col_old_headlines": {"sq": "titujt e mëparshëm", "en": "earlier headlines"},
    "col_story": {"sq": "teksti", "en": "story"},
    "col_copy_of": {"sq": "kopje e", "en": "copy of"},
    "col_lag": {"sq": "minuta pas të parit", "en": "minutes after the first"},
    "col_language": {"sq": "gjuha", "en": "language"},
    "col_byline": {"sq": "autori", "en": "byline"},
    "col_lead": {"sq": "hyrja", "en": "lead"},
    "col_owner": {"sq": "pronari", "en": "owner"},
    "col_kind": {"sq": "lloji", "en": "kind"},
    "col_tier": {"sq": "rëndësia", "en": "tier"},
    "col_precision": {"sq": "saktësia e datës", "en": "precision of the date"},
    "col_gone": {"sq": "nuk gjendet më që nga", "en": "gone since"},
    "col_score": {"sq": "pikët e përputhjes", "en": "score of the match"},
    "col_because": {"sq": "fjalët e gjetura", "en": "words found"},
    "col_article": {"sq": "çelësi", "en": "key"},
    "col_possibly": {"sq": "ndoshta i njëjti tekst", "en": "possibly the same text"},
    "col_reached": {"sq": "u lexua deri më", "en": "read back to"},
    "col_next_step": {"sq": "çfarë mund të bëhet", "en": "what can be done"},
    "col_checked": {"sq": "u kontrollua më", "en": "checked on"},
    "col_checked_by": {"sq": "kontrolloi", "en": "checked by"},
    "col_what": {"sq": "çfarë", "en": "what"},
    "col_told": {"sq": "vlera", "en": "value"},
    "sheet_pieces": {"sq": "Shkrimet", "en": "Pieces"},
    "sheet_stories": {"sq": "Tekstet", "en": "Stories"},
    "sheet_completeness": {"sq": "Plotësia", "en": "Completeness"},
    "sheet_doubtful": {"sq": "Të dyshimta", "en": "Doubtful"},
    "sheet_method": {"sq": "Metoda", "en": "Method"},
    "paper_yes": {"sq": "po", "en": "yes"},
    "precision_day": {"sq": "dita", "en": "day"},
    "precision_minute": {"sq": "minuta", "en": "minute"},
    "kind_portal": {"sq": "portal", "en": "portal"},
    "kind_newspaper": {"sq": "gazetë", "en": "newspaper"},
    "kind_tv": {"sq": "televizion", "en": "television"},
    "kind_radio": {"sq": "radio", "en": "radio"},
    "kind_agency": {"sq": "agjenci", "en": "agency"},
    "kind_magazine": {"sq": "revistë", "en": "magazine"},
    "kind_video": {"sq": "video", "en": "video"},
    "kind_social": {"sq": "rrjet social", "en": "social network"},
    "kind_print": {"sq": "shtyp i letrës", "en": "print"},
    "kind_own": {"sq": "e jona", "en": "our own"},
    # --- the page: answer, numbers, charts ------------------------------------------------------
    "page_kind": {"sq": "Raport mediatik", "en": "Media coverage report"},
    "page_contents": {"sq": "Përmbajtja", "en": "Contents"},
    "page_skip": {"sq": "Kalo te lista e shkrimeve", "en": "Skip to the list of pieces"},
    "page_answer": {"sq": "Përgjigjja", "en": "The answer"},
    "card_pieces": {"sq": ("shkrim", "shkrime"), "en": ("piece", "pieces")},
    "card_texts": {
        "sq": ("tekst i ndryshëm", "tekste të ndryshme"),
        "en": ("distinct text", "distinct texts"),
    },
    "card_outlets": {"sq": ("media", "media"), "en": ("outlet", "outlets")},
    "card_owners": {"sq": ("pronar", "pronarë"), "en": ("owner", "owners")},
    "card_languages": {"sq": ("gjuhë", "gjuhë"), "en": ("language", "languages")},
    "card_first": {"sq": "shkrimi i parë", "en": "first piece"},
    "card_last": {"sq": "shkrimi i fundit", "en": "last piece"},
    "card_unreviewed": {"sq": "ende pa u parë", "en": "not yet reviewed"},
    "card_undated": {"sq": "pa datë", "en": "undated"},
    "charts": {"sq": "Si u përhap lajmi", "en": "How the news travelled"},
    "chart_event_day": {
        "sq": (
            "{n} nga {total} shkrime doli ditën e ngjarjes",
            "{n} nga {total} shkrime dolën ditën e ngjarjes",
        ),
        "en": (
            "{n} of {total} pieces came out on the day of the event",
            "{n} of {total} pieces came out on the day of the event",
        ),
    },
    "chart_peak": {"sq": "Më shumë shkrime më {day}: {n}", "en": "Most pieces on {day}: {n}"},
    "chart_peak_week": {
        "sq": "Më shumë shkrime në javën që nis më {day}: {n}",
        "en": "Most pieces in the week that begins on {day}: {n}",
    },
    "chart_by_day": {"sq": "Shkrime në ditë, sipas mediave", "en": "Pieces a day, by outlet"},
    "chart_by_week": {"sq": "Shkrime në javë, sipas mediave", "en": "Pieces a week, by outlet"},
    "chart_event": {"sq": "ngjarja", "en": "event"},
    "chart_outside": {
        "sq": ("{n} shkrim jashtë këtyre ditëve", "{n} shkrime jashtë këtyre ditëve"),
        "en": ("{n} piece outside these days", "{n} pieces outside these days"),
    },
    "chart_most": {
        "sq": "Më shumë shkrime: {names} ({n})",
        "en": "Most pieces: {names} ({n})",
    },
    "chart_outlets": {"sq": "Shkrime sipas mediave", "en": "Pieces by outlet"},
    "chart_own": {"sq": "teksti i parë ose i vetëm", "en": "first or only text"},
    "chart_spread": {
        "sq": (
            "I njëjti tekst edhe në {n} media tjetër",
            "I njëjti tekst edhe në {n} media të tjera",
        ),
        "en": (
            "The same text in {n} other outlet",
            "The same text in {n} other outlets",
        ),
    },
    "chart_half": {"sq": "gjysma brenda {lag}", "en": "half of them within {lag}"},
    "chart_lag": {"sq": "koha pas botimit të parë", "en": "time after the first publication"},
    "chart_no_lag": {"sq": "ora nuk dihet", "en": "time not known"},
    "chart_more": {"sq": ("edhe {n} tjetër", "edhe {n} të tjera"), "en": ("{n} more", "{n} more")},
    "lag_days": {"sq": ("{n} ditë", "{n} ditë"), "en": ("{n} day", "{n} days")},
    # --- the page: the list ----------------------------------------------------------------------
    "list_search": {"sq": "kërko në tituj dhe media", "en": "search headlines and outlets"},
    "list_all": {"sq": "të gjitha", "en": "all"},
    "list_group": {"sq": "grupo sipas", "en": "group by"},
    "list_by_text": {"sq": "tekstit", "en": "text"},
    "list_by_outlet": {"sq": "medias", "en": "outlet"},
    "list_by_day": {"sq": "ditës", "en": "day"},
    "list_flat": {"sq": "pa grupe", "en": "no groups"},
    "list_firsts": {"sq": "vetëm i pari i çdo teksti", "en": "only the first of each text"},
    "list_clear": {"sq": "Hiq filtrat", "en": "Clear filters"},
    "list_count": {"sq": "{n} nga {total} shkrime", "en": "{n} of {total} pieces"},
    "list_nothing": {
        "sq": "Asnjë shkrim nuk i plotëson këto kushte.",
        "en": "No piece fits these filters.",
    },
    "list_filters": {"sq": "Filtrat e listës", "en": "Filters of the list"},
    "time": {"sq": "koha", "en": "time"},
    "day": {"sq": "dita", "en": "day"},
    "text_only": {"sq": "i vetëm", "en": "only one"},
    "first": {"sq": "i pari", "en": "first"},
    "copy": {"sq": "kopje", "en": "copy"},
    "text_after": {"sq": "pas {name}", "en": "after {name}"},
    "text_copies": {"sq": ("{n} kopje", "{n} kopje"), "en": ("{n} copy", "{n} copies")},
    "text_within": {"sq": "brenda {lag}", "en": "within {lag}"},
    "accepted": {"sq": "i pranuar", "en": "accepted"},
    "rejected": {"sq": "i hedhur poshtë", "en": "rejected"},
    "undecided": {"sq": "ende pa u parë", "en": "not yet reviewed"},
    "of_whom": {"sq": "nga {who}", "en": "by {who}"},
    "translated_by": {"sq": "përktheu {who}", "en": "translated by {who}"},
    "translation": {"sq": "përkthim", "en": "translation"},
    "corrected": {
        "sq": "Titulli është korrigjuar nga një njeri; te media u lexua: {headline}",
        "en": "Headline corrected by a person; read at the outlet: {headline}",
    },
    "headline_changed": {
        "sq": ("titulli u ndryshua", "titulli u ndryshua {n} herë"),
        "en": ("headline changed", "headline changed {n} times"),
    },
    "added_by_hand": {"sq": "shtuar me dorë", "en": "added by hand"},
    "archived": {"sq": "kopje e arkivuar", "en": "archived copy"},
    "ours": {"sq": "nga ne", "en": "our own"},
    "ours_told": {
        "sq": "Me pika poshtë: fjalët tona, jo të medias.",
        "en": "Dotted underline: our own words, not the outlet's.",
    },
    "tone": {"sq": "toni: {words}", "en": "tone: {words}"},
    "tier": {"sq": "niveli {n}", "en": "tier {n}"},
    "pin": {"sq": "vendi {n} në postim", "en": "place {n} in the post"},
    # --- the page: what waits, what changed, how it was made -------------------------------------
    "changes": {"sq": "Titujt që u ndryshuan", "en": "Headlines that changed"},
    "before": {"sq": "titulli i mëparshëm", "en": "earlier headline"},
    "after": {"sq": "titulli i ri", "en": "new headline"},
    "noticed": {"sq": "u vu re më", "en": "noticed on"},
    "waiting": {"sq": "Çfarë pret një njeri", "en": "What waits for a person"},
    "doubtful": {"sq": "Gjetje të dyshimta", "en": "Doubtful matches"},
    "doubtful_note": {
        "sq": "Këto mund të mos jenë për ngjarjen; nuk numërohen derisa t'i pranojë një njeri.",
        "en": "These may not be about the event; not counted before a person accepts them.",
    },
    "undated_note": {
        "sq": "Numërohen, por nuk janë në asnjë ditë.",
        "en": "They count, but stand on no day.",
    },
    "in_headline": {"sq": "në titull", "en": "in the headline"},
    "in_lead": {"sq": "në hyrje", "en": "in the lead"},
    "in_text": {"sq": "në tekst", "en": "in the text"},
    "at_last-paragraph": {"sq": "në paragrafin e fundit", "en": "in the last paragraph"},
    "at_boilerplate": {
        "sq": "në fjalë që faqet e saj i përsërisin",
        "en": "in words that its pages repeat",
    },
    "signal_place": {"sq": "vendi", "en": "place"},
    "signal_date": {"sq": "data", "en": "date"},
    "signal_organiser": {"sq": "organizatori", "en": "organiser"},
    "signal_name": {"sq": "emri", "en": "name"},
    "signal_other-edition": {"sq": "edicion tjetër", "en": "another edition"},
    "signal_other-place": {"sq": "vend tjetër", "en": "another place"},
    "signal_common-words": {"sq": "fjalë të zakonshme", "en": "common words"},
    "signal_person": {"sq": "një person", "en": "a person"},
    "signal_other-thing": {"sq": "diçka tjetër me këtë emër", "en": "something else of that name"},
    "signal_only-hosts": {"sq": "vetëm kush ose ku", "en": "only who or where"},
    "signal_only-topic": {"sq": "vetëm tema", "en": "only the topic"},
    "signal_far-apart": {"sq": "larg njëra-tjetrës", "en": "far apart"},
    "signal_other-event": {"sq": "ngjarje tjetër", "en": "another event"},
    "signal_related-event": {"sq": "pranë ngjarjes", "en": "beside the event"},
    "signal_misspelt": {"sq": "shkruar ndryshe", "en": "spelled otherwise"},
    "signal_other-language": {"sq": "në gjuhë tjetër", "en": "in another language"},
    "signal_boilerplate": {"sq": "tekst që përsëritet", "en": "repeated words"},
    "about_event": {"sq": "Për ngjarjen", "en": "About the event"},
    "search_told": {"sq": "Kërkimi dhe numërimi", "en": "The search and the count"},
    "understood": {"sq": "Si u kuptuan fjalët", "en": "How the words were understood"},
    "term_any_form": {"sq": "çdo trajtë e “{word}”", "en": "any form of “{word}”"},
    "term_beginning": {
        "sq": "fjalët që nisin me “{word}”",
        "en": "words that begin with “{word}”",
    },
    "term_itself": {
        "sq": "vetëm “{word}”, me shkronja të vogla ose të mëdha",
        "en": "exactly “{word}”, in capitals or not",
    },
    "term_longer_form": {
        "sq": "“{word}” dhe trajtat e saj më të gjata",
        "en": "“{word}” and longer forms of it",
    },
    "term_phrase": {
        "sq": "shprehja “{word}”, ku fjalët përpara së fundit mund të lakohen",
        "en": "the phrase “{word}”, in which all words but the last may inflect",
    },
    "term_link": {"sq": ", pastaj ", "en": ", then "},
    "term_then": {
        "sq": "{words}, me deri në {n} fjalë të tjera midis dy syresh",
        "en": "{words}, up to {n} other words between two",
    },
    "term_near": {
        "sq": "{one} dhe {two}, në çfarëdo radhe, me të shumtën {n} fjalë në mes",
        "en": "{one} and {two}, in either order, at most {n} words between them",
    },
    "term_headline": {"sq": "vetëm në titull", "en": "in the headline only"},
    "right": {
        "sq": "Nga {decided} gjetje që pa një njeri, të sakta: {accepted}.",
        "en": "Of {decided} matches that a person decided on, {accepted} were right.",
    },
    "right_unknown": {
        "sq": "Janë parë ende pak gjetje për të thënë sa të sakta janë fjalët.",
        "en": "Too few matches were reviewed to say how right the words are.",
    },
    "etiquette": {
        "sq": "Mediat u pyetën me nga një kërkesë, me pauza, siç e lejon robots.txt i tyre.",
        "en": "Outlets were asked one request at a time, with pauses, as their robots.txt allows.",
    },
    "etiquette_name": {"sq": "Emri me të cilin u paraqitëm: {agent}", "en": "Our name: {agent}"},
    "not_invented": {
        "sq": "Këtu nuk ka shifra audience, vlerë reklame apo ton të nxjerrë nga makina.",
        "en": "There is no reach, no advertising value and no automatic tone in this report.",
    },
}

MONTHS: Final[Mapping[Language, Sequence[str]]] = {
    "sq": (
        *("janar", "shkurt", "mars", "prill", "maj", "qershor"),
        *("korrik", "gusht", "shtator", "tetor", "nëntor", "dhjetor"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
# Names of languages as they stand after "in"; others show their code.
TONGUES: Final[Mapping[str, Mapping[Language, str]]] = {
    "sq": {"sq": "shqip", "en": "Albanian"},
    "en": {"sq": "anglisht", "en": "English"},
    "it": {"sq": "italisht", "en": "Italian"},
    "el": {"sq": "greqisht", "en": "Greek"},
    "mk": {"sq": "maqedonisht", "en": "Macedonian"},
    "sr": {"sq": "serbisht", "en": "Serbian"},
    "hr": {"sq": "kroatisht", "en": "Croatian"},
    "de": {"sq": "gjermanisht", "en": "German"},
    "fr": {"sq": "frëngjisht", "en": "French"},
    "tr": {"sq": "turqisht", "en": "Turkish"},
    "fa": {"sq": "persisht", "en": "Persian"},
    "ar": {"sq": "arabisht", "en": "Arabic"},
}


def say(key: str, language: Language, **values: object) -> str:
    """The words of `key`; a value `n` chooses between one and many. Raises KeyError."""
    forms = WORDS[key][language]
    if isinstance(forms, tuple):
        forms = forms[values["n"] != 1]
    return forms.format(**values)


def tongue(code: str, language: Language) -> str:
    """A language's name for readers."""
    return TONGUES[code][language] if code in TONGUES else code
