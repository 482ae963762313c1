"""Status for people: tables on a terminal, plain lines of tab-separated words elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from goicrawl.database.server import DatabaseStatus
from goicrawl.database.summary import Summary

UNFINISHED = "unfinished"
UNKNOWN_YEAR = "unknown"


def print_summary(summary: Summary, console: Console) -> None:
    """What `goicrawl status` prints."""
    crawl = summary.last_crawl
    _lines(
        console,
        [
            ("portals known", str(summary.portals)),
            ("portals visited", str(summary.portals_visited)),
            ("captures", str(summary.captures)),
            ("bodies", str(summary.bodies)),
            ("reports", str(summary.report_count)),
            ("versions", str(summary.versions)),
            (
                "last crawl",
                "none" if crawl is None else f"{crawl.id}, {_visits(crawl.visits, crawl.open_visits)}",
            ),
            ("last visit", "none" if crawl is None else f"{crawl.last_visit_at:%Y-%m-%d %H:%M:%S} UTC"),
        ],
    )
    print_table(
        console,
        "visits by outcome",
        ("outcome", "portals"),
        [(UNFINISHED if outcome is None else outcome, str(count)) for outcome, count in summary.visits],
    )
    print_table(
        console,
        "reports by year",
        ("year", "outcome", "reports"),
        [
            (UNKNOWN_YEAR if year is None else str(year), word, str(count))
            for year, word, count in summary.reports
        ],
    )
    print_table(
        console,
        "findings by rule",
        ("rule", "severity", "findings"),
        [(rule, severity, str(count)) for rule, severity, count in summary.findings],
    )


def print_database(status: DatabaseStatus, console: Console) -> None:
    """What `goicrawl db status` prints."""
    lines = [("server", "embedded" if status.embedded else "configured by GOICRAWL_DATABASE_URL")]
    if status.folder is not None:
        lines.append(("folder", str(status.folder)))
    lines.append(("running", _running(status)))
    if status.server_version is not None:
        lines.append(("version", f"PostgreSQL {status.server_version}"))
    if status.url is not None:
        lines.append(("url", status.url))
    if status.running:
        newest = status.newest_revision
        state = "newest" if status.revision == newest else f"newest is {newest}: goicrawl db migrate"
        lines.append(("schema", "none" if status.revision is None else f"{status.revision} ({state})"))
    if status.size is not None:
        lines.append(("size", f"{status.size / 1e6:.1f} MB"))
    _lines(console, lines)


def _running(status: DatabaseStatus) -> str:
    if not status.running:
        return "no; it starts when it is needed (goicrawl db start)"
    return "yes" if status.pid is None else f"yes, process {status.pid}"


def _visits(done: int, still_open: int) -> str:
    return f"{done} visits" if still_open == 0 else f"{done} visits, {still_open} of them {UNFINISHED}"


def _lines(console: Console, lines: Sequence[tuple[str, str]]) -> None:
    if console.is_terminal:
        table = Table.grid(padding=(0, 2))
        for name, value in lines:
            table.add_row(name, value, style=None)
        console.print(table)
        return
    for name, value in lines:
        _plain(console, f"{name}\t{value}")


def print_table(console: Console, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A titled table, or plain lines that begin with the title; nothing where there are no rows."""
    if not rows:
        return
    if not console.is_terminal:
        for row in rows:
            _plain(console, "\t".join((title, *row)))
        return
    table = Table(title=title, title_justify="left")
    for name in head:
        table.add_column(name, justify="right" if name == head[-1] else "left")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _plain(console: Console, line: str) -> None:
    # Not console.print: it would turn tabs into spaces.
    console.file.write(f"{line}\n")
