"""What `goicrawl findings …` does: lists findings, shows one with all its cells, takes a person's verdict."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from sqlalchemy.engine import Engine

from goicrawl.checking import rows
from goicrawl.checking.rows import Format
from goicrawl.checks.in_report import operands_of
from goicrawl.checks.results import StoredReport
from goicrawl.config import Config
from goicrawl.database import finding_digests, server, verdicts
from goicrawl.database.stored_cells import CellReader
from goicrawl.database.verdicts import Wanted
from goicrawl.extraction.report import Finding

MAX_ROWS = 200
"""A table has no more rows than this; CSV and JSON have all."""

HEADS = ("key", "status", "verdict", "rule", "body", "year", "place", "what it says")
COLUMNS = (
    "key", "status", "verdict", "note", "person", "given_at", "rule", "severity", "reason", "region_code",
    "body", "report_year", "scope", "at", "label", "left", "right", "message", "operands", "report_id", "url",
)  # fmt: skip


def list_findings(engine: Engine, wanted: Wanted, console: Console, output_format: Format) -> int:
    """Print the findings; returns how many there are."""
    found = 0
    kept: list[tuple[str, ...]] = []
    if output_format == "csv":
        rows.plain(console, rows.csv_line(COLUMNS))
    for finding in verdicts.find(engine, wanted):
        found += 1
        if output_format == "table":
            if len(kept) < MAX_ROWS:
                kept.append(_line(finding))
        else:
            values = _values(finding)
            line = rows.json_line(values) if output_format == "json" else None
            rows.plain(console, line or rows.csv_line(values[column] for column in COLUMNS))
    if output_format == "table":
        if kept:
            rows.table(console, HEADS, kept)
        if found > len(kept):
            rows.plain(console, f"and {found - len(kept)} more: --format csv has them all")
        rows.plain(console, f"{found} finding{'' if found == 1 else 's'}")
    return found


def show_finding(engine: Engine, key: str, console: Console) -> None:
    """Print a finding, every cell that it was made from as printed and with its page, and its verdicts.

    Raises:
        NoSuchFinding: there is none with that key.
    """
    finding = verdicts.get(engine, key)
    year = finding["report_year"]
    rows.plain(console, f"{finding['key']}  {finding['severity']} {finding['status'] or 'note'}")
    rows.plain(
        console, f"{finding['body'] or '-'}, {'-' if year is None else year}, scope {finding['scope']}"
    )
    rows.plain(
        console, f"{finding['rule']} at {rows.label(finding['form'], finding['at'])} ({finding['at']})"
    )
    rows.plain(console, finding["message"])
    rows.plain(console, finding["url"])
    rows.plain(console, "")
    rows.table(console, ("year", "body", "cell", "printed", "place", "page"), list(_cells(engine, finding)))
    given = verdicts.history(engine, finding)
    rows.plain(console, "")
    if not given:
        rows.plain(console, "no verdict")
    for one in given:
        holds = "" if one["holds"] else " (on other numbers; it does not hold now)"
        note = f": {one['note']}" if one["note"] else ""
        rows.plain(console, f"{one['verdict']} by {one['person']} on {one['given_at']:%Y-%m-%d}{note}{holds}")


def judge(engine: Engine, key: str, verdict: str, note: str, person: str | None, console: Console) -> None:
    """Enter a person's verdict and say what was judged.

    Raises:
        NoSuchFinding: there is none with that key.
    """
    finding = verdicts.give(engine, key, verdict, note, person or getpass.getuser())
    rows.plain(console, f"{verdict}: {finding['key']} {finding['message']}")


@contextmanager
def opened(config: Config) -> Iterator[Engine]:
    """The configured database, in which every finding has its digest.

    Raises:
        DatabaseError: there is no database to work on.
    """
    engine = server.connect(config)
    try:
        finding_digests.fill(engine)
        yield engine
    finally:
        engine.dispose()


def _line(finding: dict[str, Any]) -> tuple[str, ...]:
    return (
        finding["key"],
        finding["status"] or "note",
        finding["verdict"] or "-",
        finding["rule"],
        finding["body"] or "-",
        "-" if finding["report_year"] is None else str(finding["report_year"]),
        rows.label(finding["form"], finding["at"]),
        finding["message"],
    )


def _values(finding: dict[str, Any]) -> dict[str, Any]:
    named = {**finding, "left": finding["left_value"], "right": finding["right_value"]}
    named["label"] = rows.label(finding["form"], finding["at"])
    return {column: named[column] for column in COLUMNS}


def _cells(engine: Engine, finding: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Year, body, label, printed text, place on the page and page of every operand."""
    operands = finding["operands"] if finding["operands"] is not None else _own(engine, finding)
    versions = sorted({one["version_id"] for one in operands})
    printed = verdicts.printed_cells(engine, versions, sorted({one["address"] for one in operands}))
    for one in operands:
        cell = printed.get((one["version_id"], one["address"]))
        at = "-" if cell is None else "grid {}, row {}, column {}".format(*cell["at"])
        yield (
            "-" if one["report_year"] is None else str(one["report_year"]),
            one["body"] or "-",
            rows.label(finding["form"], one["address"]),
            "not read" if one["raw"] is None else one["raw"],
            at,
            "-" if cell is None else cell["url"],
        )


def _own(engine: Engine, finding: dict[str, Any]) -> Sequence[dict[str, Any]]:
    """The cells behind a finding of a single report, which are not kept with it."""
    version = finding["version_id"]
    with engine.connect() as connection:
        cells = CellReader().read(connection, [version])[version]
    report = StoredReport(
        finding["report_id"], version, cells, "", finding["form"], finding["report_year"],
        finding["scope"], finding["body"], finding["region_code"],
    )  # fmt: skip
    made = Finding(
        finding["rule"], finding["severity"], finding["at"], finding["message"], finding["left_value"],
        finding["right_value"],
    )  # fmt: skip
    return [one.to_dict() for one in operands_of(made, report)]
