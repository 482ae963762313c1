"""Only government hosts and hosts listed in the seeds, wherever links and redirects lead."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler

from goicrawl.downloading.failures import Refused
from goicrawl.downloading.hosts import HostPolicy


class GovCnOnlyMiddleware:
    """Refuses a request to any other host as `off_site`.

    Copies of gov.cn pages with bent content are common, and they keep the original paths; so a host is
    taken by its name alone. A redirect makes a new request and comes through here again.
    """

    def __init__(self) -> None:
        self._policy = HostPolicy(frozenset(), frozenset())

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls()
        crawler.signals.connect(middleware.spider_opened, signal=signals.spider_opened)
        return middleware

    def spider_opened(self, spider: Spider) -> None:
        """Take the policy that the spider carries as `host_policy`."""
        self._policy = host_policy_of(spider)

    def process_request(self, request: Request) -> None:
        host = urlsplit(request.url).hostname or ""
        if not self._policy.may_visit(host):
            came_by = "the redirect to " if request.meta.get("redirect_times") else ""
            raise Refused("off_site", f"{came_by}{request.url} leaves gov.cn and the listed hosts")


def host_policy_of(spider: Spider) -> HostPolicy:
    """The policy a spider carries; a spider without one may visit gov.cn and nothing else."""
    policy = getattr(spider, "host_policy", None)
    return policy if isinstance(policy, HostPolicy) else HostPolicy(frozenset(), frozenset())
