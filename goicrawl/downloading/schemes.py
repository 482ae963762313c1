"""http where https does not answer, and the other way round: once for each host."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from goicrawl.downloading.failures import Failure, Refused, is_unreachable, of_error

_FIRST_FAILURE = "failure_of_the_other_scheme"
_OTHER = {"http": "https", "https": "http"}


class SchemesMiddleware:
    """Tries the other scheme once where a host cannot be reached, and keeps to it where that works.

    One portal in a hundred moved from one to the other since its address was listed.
    """

    def __init__(self) -> None:
        self._works: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls()

    def process_request(self, request: Request) -> Request | None:
        parts = urlsplit(request.url)
        scheme = self._works.get(parts.netloc)
        if scheme is None or scheme == parts.scheme:
            return None
        return request.replace(url=urlunsplit(parts._replace(scheme=scheme)))

    def process_response(self, request: Request, response: Response) -> Response:
        if _FIRST_FAILURE in request.meta:
            parts = urlsplit(request.url)
            self._works.setdefault(parts.netloc, parts.scheme)
        return response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        first = request.meta.get(_FIRST_FAILURE)
        if isinstance(first, Failure):
            second = of_error(exception)
            detail = f"{first.detail}; by {urlsplit(request.url).scheme}: {second.detail}"
            raise Refused(first.outcome, detail) from exception
        if not is_unreachable(exception):
            return None
        other = other_scheme(request.url)
        if other is None or urlsplit(request.url).netloc in self._works:
            return None
        # The other scheme is another server as far as retries are concerned.
        meta = {key: value for key, value in request.meta.items() if key != "retry_times"}
        meta[_FIRST_FAILURE] = of_error(exception)
        return request.replace(url=other, meta=meta, dont_filter=True)


def other_scheme(url: str) -> str | None:
    """The same address by the other of http and https, on the same port if one is written."""
    parts = urlsplit(url)
    scheme = _OTHER.get(parts.scheme)
    return None if scheme is None else urlunsplit(parts._replace(scheme=scheme))
