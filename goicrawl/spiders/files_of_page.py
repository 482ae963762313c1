"""The files that belong to one report page: fetched, archived, and sent on with the page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from goicrawl.downloading.failures import Failure
from goicrawl.extraction.report import Attachment
from goicrawl.pipelines.joined_reading import FetchedFile
from goicrawl.pipelines.page import FetchedPage, PageResult
from goicrawl.portals import PageRequest
from goicrawl.spiders.fetching import Fetcher, Unfetched
from goicrawl.spiders.road import Road

MAX_BYTES = 96 * 1024 * 1024
"""All files of one page together: they are held until the page has been read with them."""


class FilesOfPage:
    """Fetches the files of one page, one after the other, with the page as referer.

    `fetched` are they, at the end of their road to the archive; `failures` are those that were missed.
    """

    def __init__(self, fetcher: Fetcher, road: Road, page: FetchedPage, result: PageResult) -> None:
        """`result` is what reading the page alone came to."""
        self.fetched: list[asyncio.Task[PageResult]] = []
        self.failures: list[Unfetched] = []
        self._fetcher = fetcher
        self._road = road
        self._page = page
        self._result = result
        self._bytes = 0

    async def fetch(self, wanted: Sequence[Attachment], on_page: Callable[[], None]) -> FetchedPage:
        """Fetch them; returns the page as it goes down the road again.

        Raises:
            CrawlClosing: the crawl is being ended.
        """
        files = []
        for attachment in wanted:
            try:
                files.append(await self._fetch(attachment.url, on_page))
            except Unfetched as error:
                self.failures.append(error)
                why = f"{error.failure.outcome}: {error.failure.detail}"
                files.append(FetchedFile(attachment.url, failure=why))
        page = self._page
        return FetchedPage(
            page.capture,
            page.visit_id,
            page.portal_url,
            list_url=page.list_url,
            published_on=page.published_on,
            is_report=True,
            capture_id=self._result.capture_id,
            unchanged=self._result.unchanged,
            files=files,
        )

    async def _fetch(self, url: str, on_page: Callable[[], None]) -> FetchedFile:
        page = self._page
        if self._bytes > MAX_BYTES:
            raise Unfetched(
                url, Failure("parse_error", f"too large: with the page's other files {self._bytes} bytes")
            )
        capture = await self._fetcher.get(PageRequest(url), referer=page.capture.url)
        on_page()
        self._bytes += len(capture.body)
        sent = await self._road.send(
            FetchedPage(capture, page.visit_id, page.portal_url, list_url=page.capture.url)
        )
        self.fetched.append(sent)
        archived = await sent
        if archived.capture_id is None:
            raise Unfetched(url, Failure("parse_error", archived.unread or "not archived"))
        return FetchedFile(url, capture, archived.capture_id)
