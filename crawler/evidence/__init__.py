"""Showing later what was kept: digests and the chain they stand in. No SQL, no files."""
