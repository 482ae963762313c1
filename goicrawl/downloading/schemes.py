"""http where https does not answer, and the other way round: once for each host."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from goicrawl.downloading.failures import is_unreachable

_TRIED = "other_scheme_tried"
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
        if request.meta.get(_TRIED):
            parts = urlsplit(request.url)
            self._works.setdefault(parts.netloc, parts.scheme)
        return response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if request.meta.get(_TRIED) or not is_unreachable(exception):
            return None
        other = other_scheme(request.url)
        if other is None or urlsplit(request.url).netloc in self._works:
            return None
        # The other scheme is another server as far as retries are concerned.
        meta = {key: value for key, value in request.meta.items() if key != "retry_times"}
        return request.replace(url=other, meta={**meta, _TRIED: True}, dont_filter=True)


def other_scheme(url: str) -> str | None:
    """The same address by the other of http and https, on the same port if one is written."""
    parts = urlsplit(url)
    scheme = _OTHER.get(parts.scheme)
    return None if scheme is None else urlunsplit(parts._replace(scheme=scheme))
