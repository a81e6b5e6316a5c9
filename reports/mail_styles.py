"""Styles of a mail on its elements: Outlook and many web mails read no `<style>`, or half of it."""

from __future__ import annotations

from css_inline import CSSInliner


def inlined(page: str) -> str:
    """The page with each rule of its `<style>` on the elements it is about; nothing is fetched."""
    inliner = CSSInliner(
        load_remote_stylesheets=False,
        # the head keeps what no attribute can say: a dark scheme, a narrow screen
        keep_style_tags=True,
        keep_at_rules=True,
        remove_inlined_selectors=True,
    )
    return f"{inliner.inline(page).strip()}\n"
