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
    "chart_days": {"sq": "Shkrime në ditë", "en": "Pieces per day"},
    "chart_weeks": {"sq": "Shkrime në javë", "en": "Pieces per week"},
    "chart_week_of": {"sq": "java nga {day}", "en": "week of {day}"},
    "chart_alt": {
        "sq": "Grafik me shtylla. {what}, “{title}”: {bars}.",
        "en": "Bar chart. {what}, “{title}”: {bars}.",
    },
    "chart_alt_top": {
        "sq": "Grafik me shtylla. {what}, “{title}”, {first} – {last}. Më shumë: {bars}.",
        "en": "Bar chart. {what}, “{title}”, {first} – {last}. Most: {bars}.",
    },
    # --- columns and the method ------------------------------------------------------------
    "outlet": {"sq": "media", "en": "outlet"},
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
