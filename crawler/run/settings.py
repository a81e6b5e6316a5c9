"""The honest guest in Scrapy's words. Each line that differs from Scrapy's default says why.

`facts` are measurements kept in `docs/choices.md`; per-outlet pace and contact are set
when a check begins (`crawler.run.conductor`).
"""

from crawler.limits import BODY, REDIRECTS
from crawler.models import user_agent

BOT_NAME = "jehona"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"

# Who we are. Without a contact only loopback is crawled.
CONTACT = None
USER_AGENT = user_agent(CONTACT)

# One request at a time per outlet; an outlet is one crawler, so outlets go side by side.
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.5
# A delay is a promise: never shorter than what the outlet's file says.
DOWNLOAD_DELAY_JITTER = 0

# Bounds, all in crawler/limits.py.
DOWNLOAD_MAXSIZE = BODY
DOWNLOAD_WARNSIZE = 0
# Scrapy bounds bodies; this one the heads before them too.
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "crawler.run.downloader.BoundedHandler")
DOWNLOAD_TIMEOUT = 30
REDIRECT_MAX_TIMES = REDIRECTS
# A page that sends people on by <meta> is a challenge or a consent page: name it, do not follow.
METAREFRESH_ENABLED = False
# One more try for what passes; 429 and 503 are `RetryAfter`'s.
RETRY_TIMES = 1
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"
# Scrapy does not verify by default; a headline that anyone on the way may change is worth nothing.
DOWNLOAD_VERIFY_CERTIFICATES = True

# Nothing that remembers us or speaks for us.
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"
DEFAULT_REQUEST_HEADERS = {"Cache-Control": "max-age=0"}

# The local doors that run code sent to them, both on by default.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# The database is the state: the cache costs 45 %, a job directory 30 %.
HTTPCACHE_ENABLED = False

# All that a request goes through, and nothing else: Scrapy imports whatever its lists name, what is
# switched off too, and a web server and a cookie jar are 0.14 s of CPU at every start.
DOWNLOADER_MIDDLEWARES_BASE = {
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
}
DOWNLOADER_MIDDLEWARES = {
    # ours: the address first, then robots.txt, then the request itself
    "crawler.run.politeness.OwnHosts": 10,
    "crawler.run.proxies.TrueReasons": 15,
    "crawler.run.politeness.Robots": 20,
    # nearest to the downloader but one: sees a 429 before anybody retries it
    "crawler.run.politeness.RetryAfter": 560,
    # by what the bytes are, not by what is said of them; in the place of HttpCompressionMiddleware
    "crawler.run.unpacking.Unpacking": 590,
    # to addresses in any letters, and to none without a fault; in the place of RedirectMiddleware
    "crawler.run.unpacking.Redirects": 600,
    # in the place of HttpProxyMiddleware
    "crawler.run.proxies.Proxies": 750,
}
# Nothing is exported, restored or throttled by itself; budgets and ledger are ours.
EXTENSIONS_BASE: dict[str, int] = {}
STATS_DUMP = False
LOG_LEVEL = "WARNING"

# `scrapy crawl WAY -a outlet=SLUG` is `jehona crawl` of one way.
COMMANDS_MODULE = "jehona.cli.scrapy_commands"
