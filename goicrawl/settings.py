"""Scrapy's settings. Every line says what Scrapy's default is and why this project does otherwise.

What a user may choose comes from goicrawl.config (environment GOICRAWL_*); the rest is decided here.
"""

from __future__ import annotations

from goicrawl import config
from goicrawl.downloading.politeness import ROBOT_NAME, settings_of

_chosen = settings_of(config.load())

BOT_NAME = ROBOT_NAME  # default: scrapybot
SPIDER_MODULES = ["goicrawl.spiders"]  # default: none
NEWSPIDER_MODULE = "goicrawl.spiders"  # default: none

# ---- Who is asking, and how politely ----------------------------------------------------------------

# default: Scrapy's own name and site. A portal must be able to see who reads it and to write to them.
USER_AGENT = _chosen["USER_AGENT"]
# default: English. Portals with an English edition must answer in Chinese.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}
# default: False.
ROBOTSTXT_OBEY = True
# default: the whole User-Agent, which holds words that a robots.txt could match by accident.
ROBOTSTXT_USER_AGENT = ROBOT_NAME
# this project's: seconds; a robots.txt that asks for more between two requests is taken as a no.
CRAWL_DELAY_LIMIT = 120
# default: 8. County portals run on small machines.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# default: 0 seconds.
DOWNLOAD_DELAY = _chosen["DOWNLOAD_DELAY"]
# default: 0.5, which makes the delay up to half shorter than what was configured or asked for.
DOWNLOAD_DELAY_JITTER = 0.0
# default: False. A host that answers slowly is asked less often.
AUTOTHROTTLE_ENABLED = True
# default: 5 seconds. A host begins with the configured delay.
AUTOTHROTTLE_START_DELAY = _chosen["AUTOTHROTTLE_START_DELAY"]
# this project's: seconds; where doubling begins when a host fails.
BACK_OFF_DELAY = 5.0
# this project's: failures in a row, retries counted, after which a host is left alone.
CIRCUIT_BREAKER_FAILURES = 5
# default: AutoThrottle, which may go below a host's Crawl-delay.
EXTENSIONS = {
    "scrapy.extensions.throttle.AutoThrottle": None,
    "goicrawl.downloading.throttle.PoliteThrottle": 0,
}

# ---- What is asked, and what is taken ---------------------------------------------------------------

# default: Scrapy's middlewares alone. Low numbers stand at the spider, high ones at the network.
DOWNLOADER_MIDDLEWARES = {
    # Knows only a list of domains; replaced by the next line.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "goicrawl.downloading.named_failures.NamedFailuresMiddleware": 10,
    "goicrawl.downloading.gov_cn_only.GovCnOnlyMiddleware": 50,
    "goicrawl.downloading.private_addresses.PrivateAddressesMiddleware": 55,
    "goicrawl.downloading.schemes.SchemesMiddleware": 60,
    # Takes an error page for a robots.txt; replaced by the next line.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "goicrawl.downloading.robots.PoliteRobotsMiddleware": 100,
    # Nearer to the network than retries (550) and refreshes (580): each attempt counts.
    "goicrawl.downloading.circuit_breaker.CircuitBreakerMiddleware": 583,
    # Sees pages unpacked (590).
    "goicrawl.downloading.challenges.ChallengesMiddleware": 585,
}
# default: Scrapy's caching resolver, which resolves into private networks as well.
TWISTED_DNS_RESOLVER = "goicrawl.downloading.resolver.GuardedResolver"
# default: 60 seconds; dead names are common among 3,200 portals.
DNS_TIMEOUT = 20
# default: 10 threads, which slow names would fill: each look-up takes one.
REACTOR_THREADPOOL_MAXSIZE = 20
# default: True: proxies are taken from the environment, and a proxy resolves names itself, so that the
# guard against private addresses would not see them.
HTTPPROXY_ENABLED = False
# default: True. No report needs a session, a portal has no cause to know this crawler again; and at its first
# cookie Scrapy fetches the public suffix list, from hosts that are none of this crawl's.
COOKIES_ENABLED = False
# default: 20. No portal needs more than three; a loop is a way of blocking.
REDIRECT_MAX_TIMES = 6
# default: 100 seconds. Pages that refresh themselves after a minute are no redirects.
METAREFRESH_MAXDELAY = 15
# default: 180 seconds.
DOWNLOAD_TIMEOUT = _chosen["DOWNLOAD_TIMEOUT"]
# default: 1 GiB; no page or attachment of a report comes near what is configured.
DOWNLOAD_MAXSIZE = _chosen["DOWNLOAD_MAXSIZE"]
# default: 32 MiB. What is too large is an outcome of its own, a second warning adds nothing.
DOWNLOAD_WARNSIZE = 0
# default: 2.
RETRY_TIMES = _chosen["RETRY_TIMES"]
# default: these and 429. A host that asks to slow down is not asked again.
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408]
# default: ERROR. What was given up is recorded with its visit.
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"

# ---- The crawl --------------------------------------------------------------------------------------

# this project's: portals visited at one time. A visit asks one page after the other.
VISITS_AT_ONCE = 128
# default: 16. One request for each visit under way.
CONCURRENT_REQUESTS = VISITS_AT_ONCE
# default: none. The road of a page: archived, read and checked, stored.
ITEM_PIPELINES = {
    "goicrawl.pipelines.archive.ArchivePipeline": 100,
    "goicrawl.pipelines.extract.ExtractPipeline": 200,
    "goicrawl.pipelines.store.StorePipeline": 300,
}
# this project's: processes that read pages beside the crawl (0: as many as there are cores beside it).
READER_PROCESSES = 0
# this project's: a batch is stored when it has so many reports, or so many seconds after its first.
STORE_BATCH = 100
# this project's: see STORE_BATCH.
STORE_SECONDS = 0.5

# ---- Safety and noise -------------------------------------------------------------------------------

# default: True: a socket through which anybody on this machine runs code in the crawl.
REMOTE_CONTROL_ENABLED = False
# default: True: the same by telnet.
TELNETCONSOLE_ENABLED = False
# default: DEBUG: a line for each page, and the whole of each item.
LOG_LEVEL = "INFO"
# JOBDIR stays unset, as by default: it keeps nothing at kill -9. The crawl's state is in Postgres.
