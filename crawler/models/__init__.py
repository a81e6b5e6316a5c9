"""The nouns of Jehona: frozen, slotted, keyword-only, one line above every field.

This package imports nothing of ours and nothing heavy: every other module may
import it, and reading a help page must not cost a database or a crawler.
Instants are aware datetimes; days are local days of the zone named beside them.
"""

from crawler.models.article import NOWHERE, Article, link_of
from crawler.models.decision import Decided, Decision, DecisionKind
from crawler.models.event import Event, EventWords, KeyMessage, Keywords, OwnTexts, Window
from crawler.models.match import Because, DoubtKind, Match, Signal, SignalKind, Verdict
from crawler.models.outlet import (
    NO_OUTLET,
    UNNAMED,
    Evidence,
    Expect,
    Find,
    Outlet,
    OutletKind,
    ReadRules,
    Way,
)
from crawler.models.post import (
    Genre,
    Headlines,
    PostBlock,
    PostDocument,
    PostPicture,
    PostPiece,
)
from crawler.models.reading import (
    Alias,
    Layer,
    Lead,
    ListingPage,
    Precision,
    Reading,
    Response,
    Said,
    Snapshot,
    SnapshotKind,
    Tongue,
    When,
)
from crawler.models.receipt import Receipt
from crawler.models.run import Check, Outcome, Run
from crawler.models.story import Likeness, Story, StoryPiece
from crawler.models.workspace import (
    ROBOT_NAME,
    Brand,
    DeskPlace,
    Language,
    Layout,
    Pick,
    Selection,
    Site,
    Smtp,
    Translator,
    Workspace,
    user_agent,
)

__all__ = [
    "NOWHERE",
    "NO_OUTLET",
    "ROBOT_NAME",
    "UNNAMED",
    "Alias",
    "Article",
    "Because",
    "Brand",
    "Check",
    "Decided",
    "Decision",
    "DecisionKind",
    "DeskPlace",
    "DoubtKind",
    "Event",
    "EventWords",
    "Evidence",
    "Expect",
    "Find",
    "Genre",
    "Headlines",
    "KeyMessage",
    "Keywords",
    "Language",
    "Layer",
    "Layout",
    "Lead",
    "Likeness",
    "ListingPage",
    "Match",
    "Outcome",
    "Outlet",
    "OutletKind",
    "OwnTexts",
    "Pick",
    "PostBlock",
    "PostDocument",
    "PostPicture",
    "PostPiece",
    "Precision",
    "ReadRules",
    "Reading",
    "Receipt",
    "Response",
    "Run",
    "Said",
    "Selection",
    "Signal",
    "SignalKind",
    "Site",
    "Smtp",
    "Snapshot",
    "SnapshotKind",
    "Story",
    "StoryPiece",
    "Tongue",
    "Translator",
    "Verdict",
    "Way",
    "When",
    "Window",
    "Workspace",
    "link_of",
    "user_agent",
]
