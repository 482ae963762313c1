"""Second on the road: from bytes to a report, its checks included.

Reading and checking are one call (`goicrawl.reading.parse_report`), so one pipeline does both. It happens
in processes of its own, beside the crawl, which also do what storing computes from the report alone: what
comes back is a `PreparedReport`, whose cells are packed for the store.
"""

from __future__ import annotations

import os
from typing import Any, Self

from scrapy.crawler import Crawler

from goicrawl.pipelines.page import FetchedPage
from goicrawl.pipelines.reader_pool import ReaderPool, ReadingError


class ExtractPipeline:
    """Gives each report page its `report`, or the reason why it could not be read."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        processes = settings.getint("READER_PROCESSES")
        self._pool = ReaderPool(
            processes=processes if processes > 0 else max(1, (os.cpu_count() or 1) - 1),
            timeout=settings.getfloat("READING_TIMEOUT"),
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def open_spider(self) -> None:
        self._pool.start()

    async def close_spider(self) -> None:
        await self._pool.close()

    async def process_item(self, item: Any) -> Any:
        if isinstance(item, FetchedPage) and item.is_report and item.capture_id is not None:
            capture = item.capture
            try:
                item.report = await self._pool.read(
                    capture.body,
                    media_type=capture.media_type,
                    url=capture.url,
                    published_on=item.published_on,
                )
            except ReadingError as error:
                item.unread = str(error)
        return item
