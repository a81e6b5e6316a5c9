"""Each thing a person can do, once: plain functions that know no terminal and no page."""
