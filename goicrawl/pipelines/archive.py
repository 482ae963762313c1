"""First on the road: the bytes into the archive, and a row into its index."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self, cast

from scrapy.crawler import Crawler

from goicrawl.archive.reader import ArchiveError, read_capture
from goicrawl.archive.recovery import recover
from goicrawl.archive.writer import WarcArchive
from goicrawl.database.store import Store
from goicrawl.pipelines.database_thread import RECORD_FAULTS, Batches, DatabaseThread, RoadSpider
from goicrawl.pipelines.joined_reading import FetchedFile
from goicrawl.pipelines.page import FetchedPage

logger = logging.getLogger(__name__)

BATCH = 64


class ArchivePipeline:
    """Writes each page to WARC once: bytes that are known at their address are not written again."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._database: DatabaseThread
        self._archive: WarcArchive
        self._batches: Batches[FetchedPage, None]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def open_spider(self) -> None:
        """Open the archive, and enter what a killed crawl wrote to it without entering it in the index."""
        spider = cast(RoadSpider, self._crawler.spider)
        self._database = spider.database
        self._archive = WarcArchive(spider.config.archive_dir)
        self._batches = Batches(self._write_all, size=BATCH, seconds=0)
        found = await self._database.run(_enter_recovered, self._database.store, spider)
        if found:
            logger.info("The archive had %d captures of a killed crawl that its index did not", found)

    async def close_spider(self) -> None:
        """Write what waits, and finish the file in hand."""
        await self._batches.close()
        await self._database.run(self._archive.close)

    async def process_item(self, item: Any) -> Any:
        if isinstance(item, FetchedPage):
            if item.capture_id is None:
                await self._batches.add(item)
            missed = [file for file in item.files or () if file.capture is None]
            if missed:
                spider = cast(RoadSpider, self._crawler.spider)
                folder = spider.config.archive_dir
                await self._database.run(
                    _from_archive, self._database.store, folder, item.capture.url, missed
                )
        return item

    async def _write_all(self, pages: Sequence[FetchedPage]) -> Sequence[None]:
        await self._database.run(_write_all, self._database.store, self._archive, pages)
        return [None] * len(pages)


def _write_all(store: Store, archive: WarcArchive, pages: Sequence[FetchedPage]) -> None:
    try:
        _write(store, archive, pages)
    except RECORD_FAULTS as error:
        if len(pages) == 1:
            pages[0].unread = f"not archived: {type(error).__name__}: {error}"
            return
        # One of them cannot be entered: alone, each is entered or names itself.
        for page in pages:
            _write_all(store, archive, [page])


def _write(store: Store, archive: WarcArchive, pages: Sequence[FetchedPage]) -> None:
    known = store.known_captures([(page.capture.url, page.capture.sha256) for page in pages])
    archived = []
    for page, capture_id in zip(pages, known, strict=True):
        page.capture_id = capture_id
        page.unchanged = capture_id is not None
        if capture_id is None:
            archived.append((page, archive.write(page.capture)))
    keys = store.add_captures([(page.visit_id, kept) for page, kept in archived])
    for (page, _), key in zip(archived, keys, strict=True):
        page.capture_id = key


def _from_archive(store: Store, folder: Path, page_url: str, missed: Sequence[FetchedFile]) -> None:
    """Files that cannot be fetched today and were before: a report does not lose its tables by that."""
    by_url = {file.url: file for file in missed}
    for known in store.known_files(page_url, list(by_url)):
        try:
            capture = read_capture(folder, known.warc_file, known.warc_offset)
        except (ArchiveError, OSError) as error:
            logger.warning(
                "The archive does not give %s (capture %d): %s", known.url, known.capture_id, error
            )
            continue
        if capture.sha256 == known.sha256:
            file = by_url[known.url]
            file.capture, file.capture_id = capture, known.capture_id


def _enter_recovered(store: Store, spider: RoadSpider) -> int:
    entered = 0
    for archived in recover(spider.config.archive_dir, on_damage=_warn):
        capture = archived.capture
        if store.known_capture(capture.url, capture.sha256) is None:
            store.add_capture(None, archived)
            entered += 1
    return entered


def _warn(error: ArchiveError) -> None:
    logger.warning("The archive is damaged, and left as it is: %s", error)
