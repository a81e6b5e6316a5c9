"""Gathering: from a list of outlets to a record of what they published."""

__version__ = "0.1.0"
