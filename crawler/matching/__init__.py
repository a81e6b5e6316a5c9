"""Which articles are about an event, and by which words (pure).

`terms` reads what a press officer writes, `told` cuts an article into words, `finding` says
where a term stands, `judging` decides, `doubting` and `doubts` say what a person should look at
and why, `spelling` and `tongues` what may be the event though no keyword stands, `narrowing` asks
the search index for a superset.
"""

from crawler.matching.advice import Advice, advice, understood
from crawler.matching.article_words import Part, Told, prepare
from crawler.matching.finding import Hit, find
from crawler.matching.judging import LINE, RULES, Matcher, match, matches
from crawler.matching.narrowing import Asked, narrowing, narrowing_abroad
from crawler.matching.terms import BadTerm, Form, Near, Term, Words, read_term

__all__ = [
    "LINE",
    "RULES",
    "Advice",
    "Asked",
    "BadTerm",
    "Form",
    "Hit",
    "Matcher",
    "Near",
    "Part",
    "Term",
    "Told",
    "Words",
    "advice",
    "find",
    "match",
    "matches",
    "narrowing",
    "narrowing_abroad",
    "prepare",
    "read_term",
    "understood",
]
