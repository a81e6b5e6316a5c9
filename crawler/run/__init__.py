"""One run: its conductor, what spiders are sent out with, manners, and what came of it."""
