"""What `goicrawl crawl` does: selects portals, crawls them, and prints what came of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.logging import RichHandler
from rich.table import Table

from goicrawl import config as configuration
from goicrawl import registry as registries
from goicrawl.spiders.crawl import crawl, latest_crawl
from goicrawl.spiders.progress import progress_for
from goicrawl.spiders.summary import CrawlSummary, VisitSummary

MAX_ROWS = 50
"""A table with more portals than this shows only those that did not end well."""


def run(
    codes: Sequence[str],
    province: str | None,
    everything: bool,
    *,
    crawl_id: str | None,
    resume: bool,
    seeds: Path | None,
    log_file: Path | None,
) -> CrawlSummary:
    """Crawl the portals selected; prints progress and the summary on standard output.

    Raises:
        ConfigError, RegistryError, DatabaseError, CrawlError: it could not begin, or not go on.
    """
    config = configuration.load()
    registry = registries.load(seeds)
    portals = registry.select(codes, province, everything=everything)
    if resume and crawl_id is None:
        crawl_id = latest_crawl(config)
    console = Console()
    _log(console, log_file)
    if config.contact == "":
        console.print(
            "Set GOICRAWL_CONTACT to an address or a page: a portal should see whom it can write to.",
            style="yellow",
            soft_wrap=True,
        )
    summary = crawl(config, registry, portals, crawl_id=crawl_id, progress=progress_for(console))
    print_summary(console, summary)
    return summary


def print_summary(console: Console, summary: CrawlSummary) -> None:
    """A table of the visits, and the counts of the whole crawl."""
    visits = summary.visits
    if len(visits) > MAX_ROWS:
        visits = [visit for visit in visits if visit.outcome != "ok"][:MAX_ROWS]
    if visits:
        console.print(_table(visits))
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in summary.outcomes.most_common())
    console.print(
        f"crawl {summary.crawl_id}: {len(summary.visits)} portals ({outcomes or 'none'}), "
        f"{summary.pages} pages in {summary.seconds:.0f} s; {summary.reports} reports read, "
        f"{summary.inserted} new, {summary.new_versions} changed",
        highlight=False,
        soft_wrap=True,
    )
    if summary.skipped:
        console.print(f"{summary.skipped} portals had been finished before", highlight=False)
    if summary.unfinished:
        console.print(
            f"{summary.unfinished} portals are not finished: the same command with --resume goes on",
            style="yellow",
        )


def _table(visits: Sequence[VisitSummary]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("region", no_wrap=True)
    table.add_column("outcome", no_wrap=True)
    for name in ("pages", "found", "read", "new", "changed", "same", "findings"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("detail", overflow="fold")
    for visit in visits:
        numbers = (
            visit.pages,
            visit.found,
            visit.reports,
            visit.inserted,
            visit.new_versions,
            visit.noops,
            visit.findings,
        )
        style = None if visit.outcome == "ok" else "yellow"
        region = f"{visit.region_code or ''} {visit.region_name}".strip()
        table.add_row(region, visit.outcome, *map(str, numbers), visit.detail, style=style)
    return table


def _log(console: Console, log_file: Path | None) -> None:
    """Warnings to the console, above the progress line; everything from INFO up to the file."""
    handlers: list[logging.Handler] = [RichHandler(level=logging.WARNING, console=console, show_path=False)]
    if log_file is not None:
        to_file = logging.FileHandler(log_file, encoding="utf-8")
        to_file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        handlers.append(to_file)
    logging.basicConfig(level=logging.WARNING if log_file is None else logging.INFO, handlers=handlers)
