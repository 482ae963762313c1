"""Last on the road: the report into the database. An item leaves here only when it is committed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self, cast

from scrapy.crawler import Crawler

from goicrawl.database.store import StoreItem, StoreResult
from goicrawl.pipelines.database_thread import Batches, DatabaseThread, RoadSpider, store_each
from goicrawl.pipelines.page import FetchedPage


class StorePipeline:
    """Stores reports in batches, each in one transaction; not those that wait for files of theirs."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._database: DatabaseThread
        settings = crawler.settings
        self._batches: Batches[StoreItem, StoreResult | Exception] = Batches(
            self._store, size=settings.getint("STORE_BATCH"), seconds=settings.getfloat("STORE_SECONDS")
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def open_spider(self) -> None:
        self._database = cast(RoadSpider, self._crawler.spider).database

    async def close_spider(self) -> None:
        """Store what waits."""
        await self._batches.close()

    async def process_item(self, item: Any) -> Any:
        if not isinstance(item, FetchedPage) or item.wanted.files:
            return item
        if item.report is not None and item.capture_id is not None:
            row = StoreItem(
                item.report,
                item.capture_id,
                item.portal_url,
                item.list_url,
                listed_on=item.published_on,
                files=tuple(file.followed() for file in item.files or ()),
            )
            result = await self._batches.add(row)
            if isinstance(result, Exception):
                item.unread = f"not stored: {type(result).__name__}: {result}"
            else:
                item.stored = result
        return item

    async def _store(self, items: Sequence[StoreItem]) -> Sequence[StoreResult | Exception]:
        return await self._database.run(store_each, self._database.store, items)
