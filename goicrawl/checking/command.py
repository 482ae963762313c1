"""What `goicrawl check` does: checks what is stored, and prints results and how many there are of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy.engine import Engine

from goicrawl.checking import assessing, loading, rows
from goicrawl.checking.rows import Format
from goicrawl.checking.run import Checked, CheckSummary, check
from goicrawl.checking.selection import Selection
from goicrawl.checks.results import STATUSES, Result
from goicrawl.config import Config
from goicrawl.database import server
from goicrawl.database.keys import key_of
from goicrawl.registry import Registry

MAX_ROWS = 200
"""A table has no more rows than this; CSV and JSON have all."""

SHOWN = ("fail", "uncertain")
"""The statuses that are printed if none is asked for."""

HEADS = ("status", "rule", "body", "year", "place", "what it says")
COLUMNS = (
    "key", "status", "rule", "severity", "reason", "region_code", "body", "report_year", "scope", "at",
    "label", "left", "right", "message", "operands", "report_id", "url",
)  # fmt: skip


def run(
    config: Config,
    registry: Registry,
    selection: Selection,
    console: Console,
    errors: Console,
    *,
    rules: Sequence[str] = (),
    statuses: Sequence[str] = (),
    output_format: Format = "table",
) -> CheckSummary:
    """Check the selection, print the results of these statuses, and then the counts.

    With `csv` and `json` the results alone go to `console`, line by line as they come, and the counts to
    `errors`.

    Raises:
        DatabaseError: there is no database to work on.
    """
    engine = server.connect(config)
    try:
        return check_and_print(
            engine, registry, selection, console, errors, rules, statuses or SHOWN, output_format
        )
    finally:
        engine.dispose()


def check_and_print(
    engine: Engine,
    registry: Registry,
    selection: Selection,
    console: Console,
    errors: Console,
    rules: Sequence[str],
    statuses: Sequence[str],
    output_format: Format,
) -> CheckSummary:
    """`run` on a database that is open."""
    wanted = rules or assessing.rules()
    kept: list[tuple[str, ...]] = []
    more = 0

    def tell(checked: Checked) -> None:
        nonlocal more
        for result in checked.results:
            if result.status not in statuses:
                continue
            if output_format == "table":
                if len(kept) < MAX_ROWS:
                    kept.append(_line(checked, result))
                else:
                    more += 1
            else:
                rows.plain(console, _written(checked, result, output_format))

    if output_format == "csv":
        rows.plain(console, rows.csv_line(COLUMNS))
    summary = _with_progress(
        errors, engine, selection, lambda advance: check(
            engine, registry, selection, wanted, tell=tell, advance=advance
        ),
    )  # fmt: skip
    if output_format == "table":
        _print_table(console, kept, more, statuses)
    print_counts(console if output_format == "table" else errors, summary, wanted)
    return summary


def _print_table(
    console: Console, kept: Sequence[tuple[str, ...]], more: int, statuses: Sequence[str]
) -> None:
    if kept:
        rows.table(console, HEADS, kept)
    else:
        rows.plain(console, f"no result is {' or '.join(statuses)}")
    if more:
        rows.plain(console, f"and {more} more: --format csv has them all")
    rows.plain(console, "")


def print_counts(console: Console, summary: CheckSummary, rules: Sequence[str]) -> None:
    """How many results each rule has of each status, and how many reports were checked."""
    lines = [
        (rule, *(str(summary.counts[rule, status]) for status in STATUSES))
        for rule in rules
        if any(summary.counts[rule, status] for status in STATUSES)
    ]
    if lines:
        rows.table(console, ("rule", *STATUSES), lines)
    rows.plain(console, f"check: {summary.reports} reports in {summary.seconds:.0f} s")


def _line(checked: Checked, result: Result) -> tuple[str, ...]:
    own = checked.report
    return (
        result.status,
        result.rule,
        own.body or "-",
        "-" if own.report_year is None else str(own.report_year),
        rows.label(own.form, result.at),
        result.message,
    )


def _written(checked: Checked, result: Result, output_format: Format) -> str:
    own = checked.report
    values: dict[str, Any] = {
        "key": key_of(own.report_id, result.rule, result.digest) if result.noted else None,
        "status": result.status,
        "rule": result.rule,
        "severity": result.severity,
        "reason": result.reason,
        "region_code": own.region_code,
        "body": own.body,
        "report_year": own.report_year,
        "scope": own.scope,
        "at": result.at,
        "label": rows.label(own.form, result.at),
        "left": result.left,
        "right": result.right,
        "message": result.message,
        "operands": [one.to_dict() for one in result.operands],
        "report_id": own.report_id,
        "url": checked.url,
    }
    if output_format == "json":
        return rows.json_line(values)
    return rows.csv_line(values[column] for column in COLUMNS)


def _with_progress(
    console: Console,
    engine: Engine,
    selection: Selection,
    work: Callable[[Callable[[int], None]], CheckSummary],
) -> CheckSummary:
    """A bar on a terminal; nothing elsewhere."""
    if not console.is_terminal:
        return work(lambda _: None)
    with engine.connect() as connection:
        total = loading.count(connection, selection)
    columns = (TextColumn("reports"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reports", total=total)
        return work(lambda done: bar.advance(task, done))
