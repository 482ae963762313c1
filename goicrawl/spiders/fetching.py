"""From an address to a capture, through Scrapy's downloader and all its middlewares."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from goicrawl.archive.capture import Capture
from goicrawl.downloading.failures import Failure, of_error, of_status
from goicrawl.portals import PageRequest


class Unfetched(Exception):
    """A request that brought no page; `failure` says why in the words of a visit's outcome."""

    def __init__(self, url: str, failure: Failure) -> None:
        super().__init__(f"{url}: {failure.outcome}: {failure.detail}")
        self.url = url
        self.failure = failure


class CrawlClosing(Exception):
    """The crawl is being ended: no request is taken any more."""


class Fetcher:
    """Awaits pages one at a time.

    Requests go to the engine's downloader directly and not through its scheduler: a visit is one
    sequence of requests, which asyncio keeps better than a queue of callbacks would, and which ends
    exactly once whatever happens on the way.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    async def get(self, wanted: PageRequest, *, referer: str | None = None) -> Capture:
        """Fetch one page.

        Raises:
            Unfetched: there is none, for whatever reason.
            CrawlClosing: the crawl is being ended.
        """
        engine = self._crawler.engine
        if not engine.running or engine.spider is None:
            raise CrawlClosing
        try:
            request = Request(
                wanted.url,
                method=wanted.method,
                body=wanted.body,
                headers={**({} if referer is None else {"Referer": referer}), **wanted.headers},
                dont_filter=True,
            )
        except ValueError as error:
            raise Unfetched(wanted.url, Failure("off_site", f"not an address: {error}")) from error
        try:
            response = await engine.download_async(request)
        except Exception as error:
            if engine.spider is None:
                raise CrawlClosing from error
            raise Unfetched(wanted.url, of_error(error)) from error
        failure = of_status(response.status)
        if failure is not None:
            raise Unfetched(wanted.url, failure)
        return capture_of(response, wanted.url)


def capture_of(response: Response, requested_url: str) -> Capture:
    """A response as it is archived. Header bytes become text as latin-1, which loses none."""
    request = response.request
    return Capture(
        url=response.url,
        requested_url=requested_url,
        fetched_at=datetime.now(UTC),
        status=response.status,
        headers=_pairs(response),
        body=response.body,
        method="GET" if request is None else request.method,
        request_headers=() if request is None else _pairs(request),
        request_body=b"" if request is None else request.body,
        ip_address=None if response.ip_address is None else str(response.ip_address),
    )


def _pairs(message: Response | Request) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values
    )
