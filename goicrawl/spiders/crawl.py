"""A crawl as a function: portals in, a summary out."""

from __future__ import annotations

import asyncio
import concurrent.futures
import time
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings

from goicrawl.config import Config
from goicrawl.database import models, server
from goicrawl.database.store import Store
from goicrawl.downloading.politeness import settings_of
from goicrawl.registry import Portal, Registry
from goicrawl.spiders.annual_reports import AnnualReportsSpider, new_crawl_id
from goicrawl.spiders.progress import CrawlProgress
from goicrawl.spiders.reactor_thread import reactor_thread
from goicrawl.spiders.summary import CrawlSummary


class CrawlError(RuntimeError):
    """A crawl that could not go on; what it had stored is kept, and it can be resumed."""


def crawl(
    config: Config,
    registry: Registry,
    portals: Sequence[Portal],
    *,
    crawl_id: str | None = None,
    settings: Mapping[str, object] | None = None,
    progress: CrawlProgress | None = None,
) -> CrawlSummary:
    """Visit portals, and wait for the end.

    May be called any number of times in a process. Ctrl-C ends it in good order: visits that were not
    finished are begun again under the same `crawl_id`.

    Args:
        config: where the database and the archive are, and how polite to be.
        registry: the seeds; the hosts they list may be visited beside gov.cn.
        portals: whom to visit, each address once.
        crawl_id: name of the crawl. Portals that it has finished are skipped; a new one by default.
        settings: Scrapy settings that go before those of goicrawl.settings and of `config`.
        progress: told what happens, in the crawl's thread.

    Raises:
        CrawlError: the archive or the database could not be written.
        DatabaseError: the database could not be reached at the start.
    """
    chosen = scrapy_settings(config, settings)
    name = new_crawl_id() if crawl_id is None else crawl_id
    engine = server.connect(config)
    began = time.monotonic()
    try:
        crawler = Crawler(AnnualReportsSpider, chosen)
        arguments: dict[str, Any] = {
            "config": config,
            "registry": registry,
            "portals": portals,
            "store": Store(engine),
            "crawl_id": name,
            "progress": progress,
        }
        _run(chosen, crawler, arguments)
    finally:
        if progress is not None:
            progress.end()
        engine.dispose()
    spider = crawler.spider
    if not isinstance(spider, AnnualReportsSpider):
        raise CrawlError("the crawl did not start; the log says why")
    if spider.fatal is not None:
        raise CrawlError(f"crawl {name} stopped: {spider.fatal}") from spider.fatal
    return CrawlSummary(
        crawl_id=name,
        visits=list(spider.ended),
        skipped=spider.skipped,
        unfinished=spider.unfinished,
        seconds=time.monotonic() - began,
    )


def latest_crawl(config: Config) -> str | None:
    """The name of the crawl that began last, or None before the first."""
    engine = server.connect(config)
    try:
        with engine.connect() as connection:
            query = (
                sa.select(models.Crawl.id).order_by(models.Crawl.started_at.desc(), models.Crawl.id).limit(1)
            )
            return connection.scalar(query)
    finally:
        engine.dispose()


def scrapy_settings(config: Config, overrides: Mapping[str, object] | None = None) -> Settings:
    """goicrawl.settings, then what `config` decides, then `overrides`."""
    chosen = Settings()
    # By name: the settings are a user's way in, on the same floor as this room.
    chosen.setmodule("goicrawl.settings", priority="project")
    chosen.setdict(settings_of(config), priority="spider")
    chosen.setdict(dict(overrides or {}), priority="cmdline")
    return chosen


def _run(settings: Settings, crawler: Crawler, arguments: Mapping[str, Any]) -> None:
    """Run a crawler in the process's reactor; a second Ctrl-C ends the wait at once."""
    reactor = reactor_thread(settings)
    runner = AsyncCrawlerRunner(settings)

    async def crawling() -> None:
        await runner.crawl(crawler, **arguments)

    async def stopping() -> None:
        await runner.stop()

    running = reactor.run(crawling)
    try:
        _wait(running)
    except KeyboardInterrupt:
        reactor.run(stopping)
        _wait(running)


def _wait(running: concurrent.futures.Future[None]) -> None:
    # Without a timeout the wait would not see Ctrl-C on every platform.
    while True:
        try:
            running.result(timeout=1.0)
        except concurrent.futures.TimeoutError:
            if running.done():
                raise
        except asyncio.CancelledError:
            return
        else:
            return
