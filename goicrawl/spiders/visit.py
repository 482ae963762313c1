"""One visit of one portal: from its report columns, or its home page, to every report page."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from goicrawl.archive.capture import Capture
from goicrawl.pipelines.page import FetchedPage, PageResult
from goicrawl.portals import Entry, Page, PageRequest
from goicrawl.portals.addresses import looks_like_article
from goicrawl.portals.context import is_report_column
from goicrawl.portals.titles import judge
from goicrawl.registry import Portal, ReportColumn
from goicrawl.spiders.discovery import MAX_HOPS, search_columns, sub_columns
from goicrawl.spiders.fetching import Fetcher, Unfetched
from goicrawl.spiders.files_of_page import FilesOfPage
from goicrawl.spiders.lists import Opened, WalkedList, walk_list
from goicrawl.spiders.road import Road
from goicrawl.spiders.sites import Site, page_key

MAX_COLUMNS = 300
"""Columns and sub-columns of one portal: years, departments, townships."""
MAX_REPORT_PAGES = 5000

_ARTICLE = frozenset({"article", "explicit-article?"})


@dataclass(frozen=True)
class Limits:
    """How far one visit goes: pages of one list, pages opened in search of the column."""

    list_pages: int
    discovery_pages: int


@dataclass
class Found:
    """What a visit has come upon; `outcomes.outcome_of` makes its outcome from it."""

    pages: int = 0
    report_pages: int = 0
    columns: int = 0
    turned_away: int = 0
    taken_by_others: int = 0
    scripted: bool = False
    cut: bool = False
    columns_elsewhere: set[str] = field(default_factory=set)
    search_failures: list[Unfetched] = field(default_factory=list)
    list_failures: list[Unfetched] = field(default_factory=list)
    report_failures: list[Unfetched] = field(default_factory=list)
    files: int = 0
    """Files of report pages, fetched."""
    file_failures: list[Unfetched] = field(default_factory=list)
    results: list[PageResult] = field(default_factory=list)
    """One for each page fetched, at the end of its road."""


class Visit:
    """Visits one portal. One request at a time; what it fetches goes down the road meanwhile."""

    def __init__(
        self,
        portal: Portal,
        columns: Sequence[ReportColumn],
        visit_id: int,
        *,
        fetcher: Fetcher,
        road: Road,
        limits: Limits,
        claimed: set[str],
        on_page: Callable[[], None],
    ) -> None:
        """
        Args:
            columns: the seeds' report columns of the portal's region.
            claimed: keys of the report pages that this crawl has taken, by whatever visit.
            on_page: called for each page fetched.
        """
        self.found = Found()
        self._portal = portal
        self._columns = columns
        self._visit_id = visit_id
        self._fetcher = fetcher
        self._road = road
        self._limits = limits
        self._claimed = claimed
        self._on_page = on_page
        self._site = Site((*portal.hosts, *portal.allowed_hosts))
        self._asked: set[str] = set()
        self._seen: set[str] = set()
        self._entries: list[tuple[Entry, str]] = []
        self._tasks: list[asyncio.Task[PageResult]] = []
        self._reports: deque[tuple[asyncio.Task[PageResult], FetchedPage]] = deque()
        """Report pages on their road, in order: what they want is looked at when they have been read."""

    async def run(self) -> Found:
        """Make the visit; done when every page it fetched has come to the end of its road.

        Raises:
            CrawlClosing: the crawl is being ended, the visit is not finished.
        """
        try:
            await self._visit()
            await self._follow_files(wait=True)
            self.found.results = await asyncio.gather(*self._tasks)
        finally:
            for task in self._tasks:
                task.cancel()
        return self.found

    async def _visit(self) -> None:
        listed = [column for column in self._columns if column.url is not None]
        for column in self._columns:
            for url in (column.url, column.sample_report_url):
                if url is not None:
                    self._site.add(url)
        await self._follow(column.url for column in listed if column.evidence not in _ARTICLE)
        await self._fetch_reports()
        articles = [
            url
            for column in self._columns
            if column.evidence in _ARTICLE and (url := column.url or column.sample_report_url) is not None
        ]
        kept = [await self._fetch_report(Entry(url, ""), None) for url in articles]
        starts = [_opened(capture) for capture in kept if capture is not None]
        if self.found.report_pages and not articles:
            return
        # No column is known, or none that brings anything: a report's own page names its column in the
        # line that says where it stands, else the home page leads there.
        if self._portal.url is not None:
            try:
                starts.append(await self._ask(PageRequest(self._portal.url), None))
                self._site.add(starts[-1].page.url)
            except Unfetched as error:
                self.found.search_failures.append(error)
        search = await search_columns(self._ask, starts, self._site, max_pages=self._limits.discovery_pages)
        self.found.search_failures.extend(search.failures)
        self.found.columns_elsewhere |= search.elsewhere
        await self._follow(search.columns)
        await self._fetch_reports()

    async def _follow(self, columns: Iterable[str | None]) -> None:
        """Walk each column's list, and the lists of the columns below it; collect report entries."""
        waiting = deque((url, 0) for url in columns if url is not None)
        while waiting:
            url, hops = waiting.popleft()
            key = page_key(url)
            if key in self._asked:
                continue
            if self.found.columns >= MAX_COLUMNS:
                self.found.cut = True
                return
            self._asked.add(key)
            self.found.columns += 1
            walked = await walk_list(
                self._ask,
                PageRequest(url),
                hint=self._portal.family or self._portal.family_hint,
                max_pages=self._limits.list_pages,
                seen=self._seen,
            )
            self.found.list_failures.extend(walked.failures)
            self.found.scripted |= walked.scripted
            self.found.cut |= walked.cut
            await self._take(walked)
            if walked.first is not None and hops < MAX_HOPS:
                below = sub_columns(walked.first, self._site)
                # A row is no column, however much its title looks like the name of one.
                waiting.extend((link.url, hops + 1) for link in below if page_key(link.url) not in self._seen)

    async def _take(self, walked: WalkedList) -> None:
        """Sort a list's rows; a column that is a single report is that report."""
        if walked.first is None:
            return
        # The seeds or a link's text called it a column of reports; a page that names itself otherwise
        # (a portal's general news list) must name its reports in full.
        in_column = is_report_column(walked.first.page)
        reports = 0
        for entry, list_url in walked.entries:
            if judge(entry.title, in_report_column=in_column).is_report:
                self._entries.append((entry, list_url))
                reports += 1
            else:
                self.found.turned_away += 1
        if reports == 0 and _is_report_itself(walked.first.page):
            key = page_key(walked.first.page.url)
            if key not in self._claimed:
                self._claimed.add(key)
                await self._send(walked.first.capture, is_report=True)

    async def _fetch_reports(self) -> None:
        entries, self._entries = self._entries, []
        for entry, list_url in entries:
            if self.found.report_pages >= MAX_REPORT_PAGES:
                self.found.cut = True
                return
            await self._fetch_report(entry, list_url)
            await self._follow_files(wait=False)

    async def _follow_files(self, *, wait: bool) -> None:
        """Fetch the files that report pages lack, and send those pages on with them.

        Looks at the pages that have been read by now, or with `wait` at all of them.
        """
        while self._reports and (wait or self._reports[0][0].done()):
            task, page = self._reports.popleft()
            result = await task
            for other in result.wanted.others:
                await self._fetch_report(Entry(other.url, other.title), page.capture.url)
            if result.wanted.files:
                self._tasks.remove(task)
                files = FilesOfPage(self._fetcher, self._road, page, result)
                again = await files.fetch(result.wanted.files, self._count_page)
                self.found.files += len(files.fetched)
                self._tasks += files.fetched
                self.found.file_failures.extend(files.failures)
                self._tasks.append(await self._road.send(again))

    async def _fetch_report(self, entry: Entry, list_url: str | None) -> Capture | None:
        """Fetch a report page, if no visit of this crawl has taken it already."""
        key = page_key(entry.url)
        if key in self._claimed:
            self.found.taken_by_others += 1
            return None
        self._claimed.add(key)
        try:
            capture = await self._fetcher.get(PageRequest(entry.url), referer=list_url)
        except Unfetched as error:
            self.found.report_failures.append(error)
            return None
        self._count_page()
        final = page_key(capture.url)
        if final != key and final in self._claimed:
            # Two rows lead to one page, one of them by a redirect.
            return None
        self._claimed.add(final)
        await self._send(capture, is_report=True, list_url=list_url, published_on=entry.published_on)
        return capture

    async def _ask(self, wanted: PageRequest, referer: str | None) -> Opened:
        """Open a home page or a list page: it is archived, and read by the families."""
        capture = await self._fetcher.get(wanted, referer=referer)
        self._count_page()
        await self._send(capture, list_url=referer)
        return _opened(capture)

    async def _send(
        self,
        capture: Capture,
        *,
        is_report: bool = False,
        list_url: str | None = None,
        published_on: date | None = None,
    ) -> None:
        page = FetchedPage(
            capture,
            self._visit_id,
            self._portal.url or "",
            list_url=list_url,
            published_on=published_on,
            is_report=is_report,
        )
        if is_report:
            self.found.report_pages += 1
        task = await self._road.send(page)
        self._tasks.append(task)
        if is_report:
            self._reports.append((task, page))

    def _count_page(self) -> None:
        self.found.pages += 1
        self._on_page()


def _opened(capture: Capture) -> Opened:
    return Opened(capture, Page.from_bytes(capture.url, capture.body, dict(capture.headers)))


def _is_report_itself(page: Page) -> bool:
    """Whether a page that was taken for a list is one report."""
    article = page.selector.xpath("string((//meta[@name='ArticleTitle']/@content)[1])").get("").strip()
    title = article or page.selector.xpath("string((//title)[1])").get("")
    return (article != "" or looks_like_article(page.url)) and judge(title).is_report
