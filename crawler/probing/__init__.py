"""Looking at outlets: what an unknown site offers, and whether a declared way still answers.

A look costs at most twelve requests, goes through the guest like every crawl (robots.txt,
delay, address guard), and stores no piece.
"""

from crawler.probing.errands import Looked, look_at
from crawler.probing.kept import keep_answers
from crawler.probing.site import Proposal, propose
from crawler.probing.ways import Probe, Row, probe_way

__all__ = ["Looked", "Probe", "Proposal", "Row", "keep_answers", "look_at", "probe_way", "propose"]
