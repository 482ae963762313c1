"""What `goicrawl reparse` does: reads the archive again, and prints what came of it."""

from __future__ import annotations

import os
from datetime import date

from rich.console import Console

from goicrawl.config import Config
from goicrawl.database import server
from goicrawl.reading.limits import limits_of
from goicrawl.reading.version import parser_version
from goicrawl.reparsing.pages import Selection
from goicrawl.reparsing.progress import ReparseProgress
from goicrawl.reparsing.reparse import ReparseSummary, reparse


def run(
    config: Config,
    console: Console,
    *,
    since: date | None,
    form: str | None,
    again: bool,
    processes: int | None,
) -> ReparseSummary:
    """Read the archive again with the parser at hand; prints progress and the counts.

    Raises:
        DatabaseError: there is no database to work on.
        ReaderUnavailable: no reader process starts.
    """
    count = processes if processes is not None else max(1, (os.cpu_count() or 1) - 1)
    selection = Selection(parser_version(), since, form, again)
    progress = ReparseProgress(console)
    progress.say(f"reparse: parser {selection.parser}, {config.archive_dir}")
    engine = server.connect(config)
    try:
        summary = reparse(
            engine, config.archive_dir, selection,
            processes=count, limits=limits_of(config), progress=progress,
        )  # fmt: skip
    finally:
        engine.dispose()
    print_summary(console, summary)
    return summary


def print_summary(console: Console, summary: ReparseSummary) -> None:
    """One count a line, and whether anything is left."""
    stood = f" ({summary.refreshed} with findings or places brought up to date)" if summary.refreshed else ""
    for line in (
        f"insert      {summary.insert}",
        f"update      {summary.update}",
        f"noop        {summary.noop}{stood}",
        f"superseded  {summary.superseded}",
        f"unread      {len(summary.unread)}",
        f"missing     {len(summary.missing)}",
        f"skipped     {summary.skipped}",
        f"reparse: {summary.stored} pages in {summary.seconds:.0f} s",
    ):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if summary.left:
        console.print(f"{summary.left} pages are left: the same command goes on", style="yellow")
