"""What `scrapy` does in a checkout in its own way (COMMANDS_MODULE of crawler/run/settings.py)."""
