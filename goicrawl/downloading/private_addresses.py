"""No request goes into this machine or its network, unless a seed row allows it by name."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError

from goicrawl.downloading import resolver
from goicrawl.downloading.failures import Refused
from goicrawl.downloading.gov_cn_only import host_policy_of
from goicrawl.downloading.hosts import HostPolicy, address_in, is_localhost_name, is_public


class PrivateAddressesMiddleware:
    """Refuses addresses spelt out in a URL; names are checked by the resolver when they are connected to."""

    def __init__(self) -> None:
        self._policy = HostPolicy(frozenset(), frozenset())

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls()
        crawler.signals.connect(middleware.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(middleware.spider_closed, signal=signals.spider_closed)
        return middleware

    def spider_opened(self, spider: Spider) -> None:
        self._policy = host_policy_of(spider)
        resolver.allow_local(self._policy.local)

    def spider_closed(self, spider: Spider) -> None:
        resolver.withdraw_local(self._policy.local)

    def process_request(self, request: Request) -> None:
        host = urlsplit(request.url).hostname or ""
        if self._policy.may_be_local(host):
            return
        address = address_in(host)
        if is_localhost_name(host) or (address is not None and not is_public(address)):
            raise Refused("off_site", f"{request.url} is an address of this machine or its network")

    def process_exception(self, request: Request, exception: Exception) -> None:
        if isinstance(exception, CannotResolveHostError):
            host = urlsplit(request.url).hostname or ""
            address = resolver.refused_address(host)
            if address is not None:
                raise Refused("off_site", f"{host} is at {address}, which is no public address")
