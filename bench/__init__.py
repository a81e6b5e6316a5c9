"""Measuring entry points, run from the project's root: `python -m bench.gold`."""
