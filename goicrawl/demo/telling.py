"""What the demonstration prints: whom it visited, what it stored and found wrong, what to try next."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa
from rich.console import Console
from rich.text import Text

from goicrawl import forms
from goicrawl.config import Config
from goicrawl.database import binaries
from goicrawl.database import server as database
from goicrawl.database.embedded import USER
from goicrawl.demo.cast import OTHER_ORGAN, Role
from goicrawl.demo.replicas import ReplicaServer
from goicrawl.exports.region_files import Written
from goicrawl.spiders.progress import Silent
from goicrawl.spiders.summary import CrawlSummary, VisitSummary


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows the demonstration's database holds."""

    reports: int
    versions: int
    cells: int
    captures: int


@dataclass(frozen=True, slots=True)
class FoundWrong:
    """A finding with the report it belongs to, from the current version."""

    body: str
    report_year: int | None
    rule: str
    severity: str
    at: str
    left: Decimal | None
    right: Decimal | None
    message: str
    form: str | None


_TALLY = """
SELECT (SELECT count(*) FROM reports), (SELECT count(*) FROM report_versions),
       (SELECT count(*) FROM cells), (SELECT count(*) FROM captures)
"""
_FINDINGS = """
SELECT COALESCE(b.name, v.issuing_body, v.title), COALESCE(r.report_year, v.report_year), f.rule, f.severity,
       f.at, f.left_value, f.right_value, f.message, v.form
FROM findings f
JOIN report_versions v ON v.id = f.version_id AND v.is_current
JOIN reports r ON r.id = v.report_id
LEFT JOIN bodies b ON b.id = r.body_id
ORDER BY array_position(ARRAY['error', 'warning', 'info'], f.severity), r.region_code, 1, 2, f.position
"""


def tally(config: Config) -> Tally:
    """Count what the database holds; starts it if need be."""
    engine = database.connect(config)
    try:
        with engine.connect() as connection:
            return Tally(*connection.execute(sa.text(_TALLY)).one())
    finally:
        engine.dispose()


def found_wrong(config: Config) -> list[FoundWrong]:
    """Every finding of the current versions, errors first."""
    engine = database.connect(config)
    try:
        with engine.connect() as connection:
            return [FoundWrong(*row) for row in connection.execute(sa.text(_FINDINGS))]
    finally:
        engine.dispose()


def heading(console: Console, text: str) -> None:
    """A line that begins a part of the output."""
    console.print()
    console.print(Text(text, style="bold"))


def line(console: Console, text: str) -> None:
    """A line as it is: no markup, no colours of rich's own, not broken."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def opening(
    console: Console, folder: Path, replicas: ReplicaServer, portals: int, delay: float, usual_delay: float
) -> None:
    """What is about to happen, and what is not real about it."""
    heading(console, "goicrawl demo")
    line(
        console, f"{portals} replica portals on 127.0.0.1:{replicas.port}. Their pages were written for this"
    )
    line(
        console,
        "project; the numbers in their reports are those of real reports, and each page says from where.",
    )
    line(console, f"Politeness is scaled down: {delay:g} s between requests instead of {usual_delay:g} s,")
    line(console, "since nobody's server is asked. Nothing leaves this machine.")
    line(console, f"Data: {folder} (a database and an archive of its own)")


class Visits(Silent):
    """Tells of each visit when it has ended: how, what it brought, and what was special about the portal."""

    def __init__(self, console: Console, roles: Mapping[str, Role], replicas: ReplicaServer) -> None:
        """`roles` by the address of their portal."""
        self._console = console
        self._roles = roles
        self._replicas = replicas

    def begin(self, portals: int) -> None:
        heading(self._console, f"Visiting {portals} portals")

    def visit_ended(self, visit: VisitSummary) -> None:
        role = self._roles[visit.portal_url]
        text = Text(f"{visit.outcome:<17}", style="green" if visit.outcome == "ok" else "yellow")
        text.append(f"{count(visit.pages, 'page'):>9} {count(visit.reports, 'report'):>10}", style="default")
        text.append(f"  {role.region_name}  {urlsplit(visit.portal_url).hostname}", style="default")
        self._console.print(text, soft_wrap=True)
        for detail in (role.shows, *visit.detail.split("; ")):
            if detail:
                line(self._console, f"      {detail}")

    def end(self) -> None:
        asked = self._replicas.requests
        line(self._console, "A portal that cannot be read is never recorded as one without reports.")
        line(
            self._console,
            f"{asked.total()} requests answered, {asked[OTHER_ORGAN]} of them on {OTHER_ORGAN}, another "
            "organ's site that portals link.",
        )


def count(number: int, noun: str) -> str:
    """1 page, 2 pages."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def stored(console: Console, summary: CrawlSummary, before: Tally, after: Tally) -> None:
    """What came into the database in this run, and what it holds now."""
    heading(console, "Stored")
    new = after.reports - before.reports
    versions = after.versions - before.versions - new
    unchanged = summary.reports - new - versions
    changed = f"{count(versions, 'new version')} of known reports"
    line(console, f"{count(new, 'new report')}, {changed}, {unchanged} unchanged.")
    if before.reports > 0 and new + versions == 0:
        line(console, "Nothing new was stored: every report says what it said before, although the view")
        line(console, "counters on the pages have changed.")
    line(console, f"{count(after.captures - before.captures, 'page')} archived as served (WARC).")
    line(console, f"In all: {count(after.reports, 'report')} with {after.cells} cells.")


def findings(console: Console, config: Config) -> None:
    """What does not hold together, in words: errors and warnings one by one, remarks counted."""
    heading(console, "Found wrong")
    found = found_wrong(config)
    for finding in found:
        if finding.severity != "info":
            console.print(
                Text(in_words(finding), style="red" if finding.severity == "error" else ""), soft_wrap=True
            )
    remarks = sum(finding.severity == "info" for finding in found)
    if remarks:
        line(console, f"and {remarks} remarks (severity info).")
    if not found:
        line(console, "nothing")
    line(console, "Findings stand beside the reports; no printed number is ever changed.")


def exported(console: Console, written: Sequence[Written]) -> None:
    """The files of each county, with the number of rows in each."""
    heading(console, "Exported, for Excel")
    line(console, f"to {written[0].files[0][0].parent}")
    for region in written:
        stem = region.files[0][0].stem.rpartition("_")[0]
        parts = ", ".join(
            f"{path.name.removeprefix(f'{stem}_')}: {count(rows, 'row')}" for path, rows in region.files
        )
        line(console, f"  {stem}  {parts}")


def in_words(finding: FoundWrong) -> str:
    """A finding in one line: body, year, rule, the cell's name and address, the message."""
    spec = forms.cell_index().get(finding.at)
    place = finding.at if spec is None else f"{spec.label} ({finding.at})"
    year = "" if finding.report_year is None else f" {finding.report_year}"
    return f"{finding.severity} {finding.rule}  {finding.body}{year}  {place}: {finding.message}"


def differences(console: Console, found: Sequence[str]) -> None:
    """What did not go as the replicas are made to make it go: a fault of this project."""
    if found:
        heading(console, "Not as it should be")
        for text in found:
            line(console, text)


def next_steps(console: Console, folder: Path, page: Path, psql: str) -> None:
    """Commands to try, with the environment by which they see the demonstration's data."""
    heading(console, "Try next (the first two lines make the commands see the demonstration's data)")
    for command in (
        f"export GOICRAWL_DATA_DIR={shlex.quote(str(folder))}",
        "unset GOICRAWL_DATABASE_URL GOICRAWL_ARCHIVE_DIR",
        "goicrawl status",
        "goicrawl check         # across years and organs",
        f"goicrawl export --county 350128 --lang en --to {shlex.quote(str(folder / 'english'))}",
        f"goicrawl parse {shlex.quote(str(page))} --format json",
        f"goicrawl portals list --seeds {shlex.quote(str(folder / 'seeds'))}",
        f"goicrawl db start && {psql}",
        "goicrawl db stop       # the commands above leave the database running",
        "goicrawl demo          # again: nothing new",
        "goicrawl demo --keep   # leaves the replicas up, to be looked at in a browser",
    ):
        line(console, f"  {command}")
    line(
        console, "And for real, in a new shell: goicrawl crawl 130827 asks the county's own portal, politely."
    )


def psql_command(config: Config) -> str:
    """How to open the running database with psql."""
    program = binaries.find().folder / "psql"
    name = shlex.quote(str(program)) if program.is_file() else "psql"
    folder = shlex.quote(str(database.embedded(config).socket_folder()))
    return f"{name} -h {folder} -U {USER} -d {database.DATABASE}"
