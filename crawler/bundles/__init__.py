"""Sealed runs that travel: what one run was told, as one file that another machine takes."""
