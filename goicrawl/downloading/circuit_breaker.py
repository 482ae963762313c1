"""A host that fails again and again, or says no, is left alone for the rest of the crawl."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response

from goicrawl.downloading import throttle
from goicrawl.downloading.challenges import BLOCKED_BY
from goicrawl.downloading.failures import BACK_OFF, Failure, HostStopped, of_error, of_status


@dataclass
class _Host:
    failures: int = 0
    stopped: Failure | None = None
    unreachable: bool = False


class CircuitBreakerMiddleware:
    """Counts failures in a row for each scheme and host; stands between the retries and the network.

    A refusal (403, 412, 429, 521, a challenge page) stops the host at once. Each other failure doubles
    the host's delay, and CIRCUIT_BREAKER_FAILURES of them in a row stop it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._limit = crawler.settings.getint("CIRCUIT_BREAKER_FAILURES")
        self._hosts: dict[str, _Host] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        host = self._hosts.get(_key(request))
        if host is not None and host.stopped is not None:
            raise HostStopped(host.stopped, unreachable=host.unreachable)

    def process_response(self, request: Request, response: Response) -> Response:
        key = _key(request)
        kind = request.meta.get(BLOCKED_BY)
        if kind is not None or response.status in BACK_OFF:
            detail = f"HTTP {response.status}" if kind is None else f"{kind}, HTTP {response.status}"
            failure = Failure("blocked", f"{detail}: {request.url}")
            self._hosts.setdefault(key, _Host()).stopped = failure
            raise HostStopped(failure, unreachable=False)
        if response.status >= 500:
            failed = of_status(response.status)
            if failed is not None:
                self._count(request, key, failed)
        elif key in self._hosts:
            del self._hosts[key]
            throttle.recover(self._crawler, request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        # A page that is too large, or that was never asked for, says nothing about the host.
        if not isinstance(exception, IgnoreRequest | DownloadCancelledError):
            self._count(request, _key(request), of_error(exception), unreachable=True)

    def _count(self, request: Request, key: str, failure: Failure, *, unreachable: bool = False) -> None:
        host = self._hosts.setdefault(key, _Host())
        host.failures += 1
        throttle.back_off(self._crawler, request)
        if host.failures >= self._limit and host.stopped is None:
            times = f"{host.failures} failures in a row, the last: {failure.detail}"
            host.stopped = Failure(failure.outcome, times)
            host.unreachable = unreachable


def _key(request: Request) -> str:
    parts = urlsplit(request.url)
    return f"{parts.scheme}://{parts.netloc}"
