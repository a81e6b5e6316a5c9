"""Stories: which articles carry the same text, who had it first, the others how much later.

Same text, not same topic. Pure: the same articles in any order give the same stories, and what was
compared before need not be compared again.

    found = relate_texts(articles, same=[...], apart=[...], known=kept)
    found.stories, found.compared      # what to show, what to keep

What the rule sees and what it cannot: docs/stories.md.
"""

from __future__ import annotations

from crawler.stories.assembly import Related, digests, relate_texts, stories
from crawler.stories.comparing import POSSIBLY, RULE, SAME
from crawler.stories.numbering import Possibly
from crawler.stories.texts import Known

__all__ = [
    "POSSIBLY",
    "RULE",
    "SAME",
    "Known",
    "Possibly",
    "Related",
    "digests",
    "relate_texts",
    "stories",
]
