"""What in an address says how a reader came, or on which device, and not what he reads (pure).

Closed lists and tight shapes: a parameter that is taken for noise by mistake makes two pieces one,
so what only might be noise stays. Sources, read 2026-11: Brave's query filter (brave-core,
components/query_filter/utils.cc); the campaign links of Google, Meta, Microsoft, Mailchimp, TikTok,
LinkedIn, Drip, Piano and comScore; Matomo's list of campaign parameters (matomo.org, FAQ "What are
the campaign parameters"); the session names of PHP, Java servlets, ASP.NET, ColdFusion, osCommerce
and Zen Cart, from their manuals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import unquote_plus

# `ref`, `source`, `cid` and the like stay: at some outlets they choose the page.
# fmt: off
TRACKING: Final = frozenset({
    "__cft__[0]", "__hsfp", "__hssc", "__hstc", "__tn__", "__twitter_impression", "_bhlid",
    "_branch_match_id", "_branch_referrer", "_ga", "_gac", "_gl", "_hsenc", "_hsmi", "_kx",
    "_openstat", "action_object_map", "action_ref_map", "action_type_map", "amp_gsa", "amp_js_v",
    "amp_r", "at_campaign", "at_channel", "at_creation", "at_custom1", "at_custom2", "at_custom3",
    "at_custom4", "at_detail_placement", "at_format", "at_general_placement", "at_link_id",
    "at_link_origin", "at_link_type", "at_medium", "at_ptr_name", "at_recipient_id",
    "at_recipient_list", "at_type", "at_variant", "bbeml", "clickid", "cmpid", "dclid", "dicbo",
    "ef_id", "epik", "et_rid", "fb_action_ids", "fb_action_types", "fb_comment_id", "fb_locale",
    "fb_ref", "fb_source", "fb_xd_fragment", "fbclid", "gbraid", "gclid", "gclsrc",
    "guce_referrer", "guce_referrer_sig", "hootpostid", "hsctatracking", "igsh", "igshid",
    "intcmp", "irclickid", "li_fat_id", "matomo_campaign", "matomo_cid", "matomo_content",
    "matomo_group", "matomo_keyword", "matomo_kwd", "matomo_medium", "matomo_placement",
    "matomo_source", "mc_cid", "mc_eid", "mibextid", "mkt_tok", "ml_subscriber",
    "ml_subscriber_hash", "msclkid", "nr_email_referer", "ns_campaign", "ns_fee", "ns_linkname",
    "ns_mchannel", "ns_source", "oly_anon_id", "oly_enc_id", "piwik_campaign", "piwik_kwd",
    "piwik_keyword", "pk_campaign", "pk_cid", "pk_content", "pk_cpn", "pk_group", "pk_keyword",
    "pk_kwd", "pk_medium", "pk_placement", "pk_source", "rb_clickid", "rdt_cid", "replytocom",
    "s_cid", "s_kwcid", "sccid", "sfnsn", "soc_src", "soc_trk", "srsltid", "ss_email_id",
    "tblci", "trk", "trkcampaign", "tt_content", "tt_medium", "ttclid", "twclid", "usqp",
    "vero_conv", "vero_id", "wbraid", "wickedid", "wt.mc_id", "wt_mc", "wt_zmc", "xtcr", "xtor",
    "xtref", "yclid", "ymclid", "ysclid",
})
# fmt: on
TRACKING_PREFIXES: Final = ("utm_", "mtm_", "itm_", "gad_", "hsa_")
# families that their makers add to, and that nobody else uses: Google Analytics and Urchin,
# Matomo, internal campaigns, Google Ads, HubSpot Ads. Matomo's older `pk_` is none: systems made by
# hand call a primary key so
SHARED_TO: Final = frozenset({
    "bluesky", "email", "facebook", "jetpack-whatsapp", "linkedin", "mastodon", "pinterest",
    "pocket", "print", "reddit", "skype", "telegram", "threads", "tumblr", "twitter", "viber",
    "whatsapp", "x",
})  # fmt: skip
# what Jetpack writes behind `share=` into its buttons, with `nb=1` beside it
SESSIONS: Final = frozenset({
    "asp.net_sessionid", "cftoken", "jsessionid", "oscadminid", "oscsid", "phpsessid",
    "phpsessionid", "xtcsid", "zenadminid", "zenid",
})  # fmt: skip
# parameters that are nothing but a visit's number
ASP_SESSION: Final = re.compile(r"aspsessionid[a-z]{8}")
MAYBE_SESSIONS: Final = frozenset(
    ("s", "sess", "sessid", "session", "session_id", "sessionid", "sid", "ssid")
)
# the same where the value is a token; PHP-Nuke numbers its stories with `sid`
_TOKEN: Final = re.compile(r"(?=\d*[a-z])(?=[a-z]*\d)[0-9a-z]{16,}", re.IGNORECASE)
# 16 characters at least, letters and digits: session numbers have 24 to 40
_DRIP: Final = re.compile(r"(?=\d*[a-z])[0-9a-z]{12,}", re.IGNORECASE)
# what Drip writes behind `__s`
_PATH_SESSION: Final = re.compile(
    r"(?:;|%3B)(?:jsessionid|phpsessid|(?:sid|s|session_?id)(?==[0-9a-z]{16}))(?:=|%3D)[^/;?#]*",
    re.IGNORECASE,
)
# Java servlets and PHP write the session behind a path's last step
_OPEN, _SHUT = r"(?:\(|%28)", r"(?:\)|%29)"
_ASP_PATH: Final = re.compile(
    rf"/{_OPEN}(?:[ASFX]{_OPEN}[^()/%]{{1,200}}{_SHUT}){{1,4}}{_SHUT}(?=/|\Z)", re.IGNORECASE
)
# ASP.NET writes session, ticket and profile as the path's first step: /(S(lit3py55t21z5v55))/
_ESCAPED: Final = re.compile(r"(?:amp(?:;|%3B))+", re.IGNORECASE)
# what is left of `&amp;` in front of a name where an address was copied out of markup

AMP_ON: Final = frozenset(("", "1", "true", "yes", "on", "amp"))
AMP_NAMES: Final = frozenset(("amp", "noamp"))
# the query switches of the AMP plugins of WordPress; another value is somebody's own parameter
VIEWS: Final = frozenset(("format", "mode", "output", "outputtype", "type", "view"))
# parameters that may say "amp"
VIEW_HOSTS: Final = ("www.", "m.", "amp.", "mobile.")
# labels in front of a host that shows the same pieces
_BLOGGER: Final = re.compile(r"/(?:19|20)\d\d/(?:0[1-9]|1[0-2])/[^/]+\.html\Z")
# an address of Blogger, whose `m=1` is the telephone's page
_AMP_ENDING: Final = re.compile(r"\.amp(?=(?:\.s?html?)?\Z)", re.IGNORECASE)
# "/lajmi-12.amp.html"


def parameters(query: str) -> list[str]:
    """The pairs of a query, in their order, without those that are noise."""
    if not query:
        return []
    pairs = [pair for raw in query.split("&") if (pair := _unescaped(raw))]
    said = [(pair, *_said(pair)) for pair in pairs]
    names = {name for _, name, _ in said}
    shared = any(name == "share" and value in SHARED_TO for _, name, value in said)
    return [
        pair
        for pair, name, value in said
        if not _is_noise(name, value)
        and not (name == "cfid" and "cftoken" in names)
        and not (shared and ((name == "nb" and value == "1") or name == "share"))
    ]


def _unescaped(pair: str) -> str:
    found = _ESCAPED.match(pair)
    return pair[found.end() :] if found else pair


def _said(pair: str) -> tuple[str, str]:
    """Name and value of a pair, in small letters."""
    name, _, value = pair.partition("=")
    return unquote_plus(name).lower(), unquote_plus(value).lower()


def _is_noise(name: str, value: str) -> bool:
    if name in TRACKING or name in SESSIONS or name.startswith(TRACKING_PREFIXES):
        return True
    if name in MAYBE_SESSIONS:
        return _TOKEN.fullmatch(value) is not None
    if name == "__s":
        return _DRIP.fullmatch(value) is not None
    return ASP_SESSION.fullmatch(name) is not None


def without_session(path: str) -> str:
    """A path without the number of a visit: "/lajme/1;jsessionid=A1B2" is "/lajme/1"."""
    if "(" in path or "%28" in path:
        path = _ASP_PATH.sub("", path) or "/"
    return _PATH_SESSION.sub("", path) if ";" in path or "%3" in path else path


# --- one piece in several views: for keys, not for addresses to ask ---------------------


def without_views(pairs: Iterable[str], path: str) -> list[str]:
    """The pairs that do not only choose a view of the piece: AMP, or the telephone's page."""
    return [pair for pair in pairs if not _chooses_view(*_said(pair), path)]


def _chooses_view(name: str, value: str, path: str) -> bool:
    if name in AMP_NAMES:
        return value in AMP_ON or (name == "noamp" and value in {"mobile", "available"})
    if name in VIEWS:
        return value == "amp"
    return name == "m" and value in {"0", "1"} and _BLOGGER.search(path) is not None


def without_amp(path: str) -> str:
    """A path without steps that say "amp", without the ending ".amp", and without a last slash."""
    if "amp" not in path.lower():
        return path.rstrip("/")
    steps: Sequence[str] = [step for step in path.split("/") if step.lower() != "amp"]
    short = "/".join(steps).rstrip("/")
    while (bare := _AMP_ENDING.sub("", short).rstrip("/")) != short:
        short = bare
    return short if short.startswith("/") or not short else f"/{short}"


def without_view_host(authority: str) -> str:
    """A host without `www.`, `m.`, `amp.` and `mobile.` in front, as long as a name is left."""
    while authority.startswith(VIEW_HOSTS):
        rest = authority.partition(".")[2]
        if "." not in rest:
            break
        authority = rest
    return authority
