"""Finding: one file per way, each a Scrapy spider that also works alone."""
