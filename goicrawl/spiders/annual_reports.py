"""The one spider: every portal that is selected, each in a visit of its own.

scrapy crawl annual_reports -a region=130827
scrapy crawl annual_reports -a province=河北省 -a crawl_id=2024-spring
scrapy crawl annual_reports -a everything=yes
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler

from goicrawl import config as configuration
from goicrawl import registry as registries
from goicrawl.config import Config
from goicrawl.database import server
from goicrawl.database.store import Store
from goicrawl.downloading.hosts import HostPolicy
from goicrawl.pipelines.database_thread import DatabaseThread
from goicrawl.pipelines.page import FetchedPage
from goicrawl.registry import Portal, Registry
from goicrawl.spiders.fetching import CrawlClosing, Fetcher
from goicrawl.spiders.outcomes import summarise
from goicrawl.spiders.progress import CrawlProgress, Silent
from goicrawl.spiders.road import Road
from goicrawl.spiders.summary import VisitSummary
from goicrawl.spiders.visit import Limits, Visit

logger = logging.getLogger(__name__)


class AnnualReportsSpider(scrapy.Spider):
    """Visits portals side by side, and records how each visit ended.

    The state of a crawl is its visits in the database: one that is begun again under the same
    `crawl_id` visits the portals whose visits had not ended, and nothing else.
    """

    name = "annual_reports"

    def __init__(
        self,
        name: str | None = None,
        *,
        config: Config,
        registry: Registry,
        portals: Sequence[Portal],
        store: Store,
        crawl_id: str,
        progress: CrawlProgress | None = None,
        owns_engine: bool = False,
        **arguments: Any,
    ) -> None:
        super().__init__(name, **arguments)
        self.config = config
        self.registry = registry
        self.crawl_id = crawl_id
        self.host_policy = HostPolicy.of_registry(registry, portals)
        self.database = DatabaseThread(store)
        self.ended: list[VisitSummary] = []
        self.unfinished = 0
        self.skipped = 0
        self.fatal: BaseException | None = None
        self._portals = list({portal.url: portal for portal in portals if portal.url is not None}.values())
        self._progress = Silent() if progress is None else progress
        self._owns_engine = owns_engine
        self._claimed: set[str] = set()
        self._stopping: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """With the arguments of `crawl.crawl`, or with those of `scrapy crawl -a`.

        Raises:
            RegistryError: what `region` or `province` select is unknown.
        """
        if "portals" not in kwargs:
            kwargs = _from_command_line(**kwargs)
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.closed_down, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[VisitSummary]:
        """Make all visits; yields the summary of each when its outcome is recorded."""
        try:
            async for summary in self._visits():
                yield summary
        except Exception as error:
            # Scrapy logs it and ends the crawl as if it were done; the caller must know.
            self.fatal = error
            raise

    async def _visits(self) -> AsyncIterator[VisitSummary]:
        store = self.database.store
        await self.database.run(store.sync_registry, self.registry)
        finished = await self.database.run(store.finished_portals, self.crawl_id)
        waiting = [portal for portal in self._portals if portal.url not in finished]
        self.skipped = len(self._portals) - len(waiting)
        self.unfinished = len(waiting)
        self._progress.begin(len(waiting))
        fetcher = Fetcher(self.crawler)
        road = Road(self._travel)
        at_once = max(1, self.settings.getint("VISITS_AT_ONCE"))
        running: set[asyncio.Task[VisitSummary | None]] = set()
        waiting.reverse()
        try:
            while waiting or running:
                while waiting and len(running) < at_once:
                    running.add(asyncio.create_task(self._visit(waiting.pop(), fetcher, road)))
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    summary = task.result()
                    if summary is not None:
                        yield summary
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _visit(self, portal: Portal, fetcher: Fetcher, road: Road) -> VisitSummary | None:
        """One visit, its outcome recorded; None if the crawl was ended before it was."""
        store = self.database.store
        visit_id = await self.database.run(
            store.begin_visit, portal.url or "", portal.region_code, self.crawl_id
        )
        columns = [] if portal.region_code is None else self.registry.columns_of(portal.region_code)
        visit = Visit(
            portal,
            columns,
            visit_id,
            fetcher=fetcher,
            road=road,
            limits=Limits(self.config.max_list_pages, self.config.max_discovery_pages),
            claimed=self._claimed,
            on_page=self._progress.page_fetched,
        )
        try:
            summary = summarise(portal, await visit.run())
        except CrawlClosing:
            return None
        except Exception as error:
            if self.fatal is not None:
                return None
            # A fault in this project's own code costs one visit, and says so.
            logger.exception("The visit of %s failed", portal.url)
            summary = VisitSummary(
                portal_url=portal.url or "",
                region_code=portal.region_code,
                region_name=portal.region_name,
                outcome="parse_error",
                detail=f"{type(error).__name__}: {error}"[:500],
                pages=visit.found.pages,
            )
        if self.fatal is not None:
            return None
        await self.database.run(
            store.finish_visit,
            visit_id,
            summary.outcome,
            summary.detail,
            pages=summary.pages,
            reports=summary.reports,
        )
        self.ended.append(summary)
        self.unfinished -= 1
        self._progress.visit_ended(summary)
        return summary

    async def _travel(self, page: FetchedPage) -> None:
        """Through all pipelines; done when the page is stored, or given up.

        Not by way of the scraper's own count of items under way: ending a crawl waits for that count and
        is not told when it falls, so Ctrl-C would wait for ever.
        """
        try:
            await self.crawler.engine.scraper.itemproc.process_item_async(page)
        except Exception as error:
            self._give_up(error)
            raise
        self._progress.page_done(page.result())
        await self.crawler.signals.send_catch_log_async(
            signal=signals.item_scraped, item=page, response=None, spider=self
        )

    def _give_up(self, error: Exception) -> None:
        """The archive, the readers or the database are out of order: nothing can be kept, so stop."""
        if self.fatal is None:
            self.fatal = error
            self._stopping = asyncio.create_task(self.crawler.stop_async())

    def closed_down(self) -> None:
        """The crawl is over: end the database's thread."""
        self.database.close()
        if self._owns_engine:
            self.database.store.engine.dispose()

    async def parse(self, response: Any) -> None:
        """Not used: a visit awaits its pages one after the other."""
        raise NotImplementedError


def new_crawl_id() -> str:
    """A name for a crawl that begins now."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}-{secrets.token_hex(2)}"


def _from_command_line(
    region: str | None = None,
    province: str | None = None,
    everything: str | None = None,
    crawl_id: str | None = None,
    seeds: str | None = None,
    **others: Any,
) -> dict[str, Any]:
    """The spider's arguments from those of `scrapy crawl annual_reports -a …`."""
    config = configuration.load()
    registry = registries.load(None if seeds is None else Path(seeds))
    codes = [] if region is None else [code for code in region.split(",") if code]
    chosen = (everything or "").lower() in {"1", "yes", "true"}
    portals = registry.select(codes, province, everything=chosen)
    return {
        **others,
        "config": config,
        "registry": registry,
        "portals": portals,
        "store": Store(server.connect(config)),
        "crawl_id": new_crawl_id() if crawl_id is None else crawl_id,
        "owns_engine": True,
    }
