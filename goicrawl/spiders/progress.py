"""What a crawl says while it runs: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from goicrawl.pipelines.page import PageResult
from goicrawl.spiders.summary import VisitSummary


class CrawlProgress(Protocol):
    """Who wants to know how a crawl goes on. Called in the crawl's thread; must not wait for anything."""

    def begin(self, portals: int) -> None:
        """The crawl begins; so many portals are to be visited."""

    def page_fetched(self) -> None:
        """One more page has come."""

    def page_done(self, result: PageResult) -> None:
        """A page has come to the end of its road."""

    def visit_ended(self, visit: VisitSummary) -> None:
        """A portal's visit has ended, and its outcome is recorded."""

    def end(self) -> None:
        """Nothing more comes."""


class Silent:
    """Says nothing."""

    def begin(self, portals: int) -> None:
        pass

    def page_fetched(self) -> None:
        pass

    def page_done(self, result: PageResult) -> None:
        pass

    def visit_ended(self, visit: VisitSummary) -> None:
        pass

    def end(self) -> None:
        pass


class LiveProgress:
    """A bar of portals with counts of pages and reports, and a line for each visit that ended."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("portals"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pages]} pages, {task.fields[reports]} reports"),
            TimeElapsedColumn(),
            console=console,
        )
        self._task = self._progress.add_task("portals", total=None, pages=0, reports=0)
        self._pages = 0
        self._reports = 0

    def begin(self, portals: int) -> None:
        self._progress.update(self._task, total=portals)
        self._progress.start()

    def page_fetched(self) -> None:
        self._pages += 1
        self._progress.update(self._task, pages=self._pages)

    def page_done(self, result: PageResult) -> None:
        if result.stored is not None and result.outcome != "not_a_report":
            self._reports += 1
            self._progress.update(self._task, reports=self._reports)

    def visit_ended(self, visit: VisitSummary) -> None:
        self._console.print(visit_line(visit), markup=False, highlight=False)
        self._progress.advance(self._task)

    def end(self) -> None:
        self._progress.stop()


class PlainProgress:
    """A line for each visit that ended, and every `seconds` one with the counts."""

    def __init__(self, console: Console, seconds: float = 30.0) -> None:
        self._console = console
        self._seconds = seconds
        self._said = time.monotonic()
        self._portals = self._done = self._pages = self._reports = 0

    def begin(self, portals: int) -> None:
        self._portals = portals
        self._print(f"crawl: {portals} portals to visit")

    def page_fetched(self) -> None:
        self._pages += 1
        if time.monotonic() - self._said >= self._seconds:
            self._said = time.monotonic()
            portals = f"{self._done} of {self._portals} portals"
            self._print(f"crawl: {portals}, {self._pages} pages, {self._reports} reports")

    def page_done(self, result: PageResult) -> None:
        if result.stored is not None and result.outcome != "not_a_report":
            self._reports += 1

    def visit_ended(self, visit: VisitSummary) -> None:
        self._done += 1
        self._print(visit_line(visit))

    def end(self) -> None:
        pass

    def _print(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)


def progress_for(console: Console) -> CrawlProgress:
    """Live on a terminal, plain lines elsewhere."""
    return LiveProgress(console) if console.is_terminal else PlainProgress(console)


def visit_line(visit: VisitSummary) -> str:
    """One visit in one line."""
    counts = f"{visit.pages} pages, {visit.reports} reports"
    if visit.inserted or visit.new_versions:
        counts += f" ({visit.inserted} new, {visit.new_versions} changed)"
    if visit.files or visit.files_missed:
        counts += f", {visit.files} files" + (f" ({visit.files_missed} missed)" if visit.files_missed else "")
    detail = f": {visit.detail}" if visit.detail else ""
    return f"{visit.region_code or '------'} {visit.region_name} {visit.outcome} - {counts}{detail}"
