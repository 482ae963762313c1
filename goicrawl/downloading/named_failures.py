"""Every failed request fails with one of this project's named outcomes."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from goicrawl.downloading.failures import Refused, of_error


class NamedFailuresMiddleware:
    """Outermost: what retries and the other scheme could not help becomes a `Refused`.

    Scrapy logs any other exception with its whole traceback, once for each dead host.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls()

    def process_exception(self, request: Request, exception: Exception) -> None:
        if not isinstance(exception, Refused):
            failure = of_error(exception)
            raise Refused(failure.outcome, failure.detail) from exception
