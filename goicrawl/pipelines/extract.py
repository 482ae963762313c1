"""Second on the road: from bytes to a report, its checks included.

Reading and checking are one call (`goicrawl.reading.parse_report`), so one pipeline does both. It happens
in processes of its own, beside the crawl, which also do what storing computes from the report alone: what
comes back is a `PreparedReport`, whose cells are packed for the store.
"""

from __future__ import annotations

import os
from typing import Any, Self, cast

from scrapy.crawler import Crawler

from goicrawl.database.prepared import PreparedReport, prepare
from goicrawl.pipelines.database_thread import RoadSpider
from goicrawl.pipelines.joined_reading import read_with_files
from goicrawl.pipelines.page import FetchedPage
from goicrawl.pipelines.page_reader import READER
from goicrawl.reading.limits import limits_of
from goicrawl.reading.pool import ReaderPool
from goicrawl.reading.unread import ReadingError, unread_report


class ExtractPipeline:
    """Gives each report page its `report`.

    A page that could not be read has the reason in `unread`, and a report that says no more than that:
    stored, it is what a later reparse finds.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._pool: ReaderPool[PreparedReport]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def open_spider(self) -> None:
        processes = self._crawler.settings.getint("READER_PROCESSES")
        self._pool = ReaderPool(
            processes=processes if processes > 0 else max(1, (os.cpu_count() or 1) - 1),
            limits=limits_of(cast(RoadSpider, self._crawler.spider).config),
            function=READER,
        )
        self._pool.start()

    async def close_spider(self) -> None:
        await self._pool.close()

    async def process_item(self, item: Any) -> Any:
        if isinstance(item, FetchedPage) and item.is_report and item.capture_id is not None:
            capture = item.capture
            try:
                item.report = await read_with_files(
                    self._pool, capture, item.files, published_on=item.published_on
                )
            except ReadingError as error:
                item.unread = str(error)
                item.report = prepare(
                    unread_report(capture.body, error, media_type=capture.declared_type, url=capture.url)
                )
        return item
