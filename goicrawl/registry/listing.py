"""Shows the registry: the list of portals, one region with all that is known of it, the result of a check."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Literal

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from goicrawl.registry import checking
from goicrawl.registry.records import Level, Portal, Region, RegistryError, ReportColumn
from goicrawl.registry.registry import Registry, load
from goicrawl.registry.seed_files import PORTAL_FIELDS

Format = Literal["table", "csv", "json"]
FORMATS: tuple[Format, ...] = ("table", "csv", "json")

_HEADS = ("code", "region", "level", "province", "address", "reach", "family")


def matching(
    registry: Registry, province: str | None = None, family: str | None = None, level: Level | None = None
) -> list[Portal]:
    """The portals of a province, family and level, in the file's order.

    `family` is compared with the row's family where it has one, else with its hint; also with the
    hint in the source's words.

    Raises:
        RegistryError: no portal has that province or family; the message names those there are.
    """
    found = list(registry.portals)
    if province is not None:
        found = [portal for portal in found if portal.province == province]
        if not found:
            provinces = dict.fromkeys(portal.province for portal in registry.portals)
            raise RegistryError(f"no portal of province {province!r}; known: {'、'.join(provinces)}")
    if family is not None:
        known = {name for portal in registry.portals for name in _families(portal)}
        if family not in known:
            raise RegistryError(f"no portal of family {family!r}; known: {', '.join(sorted(known))}")
        found = [portal for portal in found if family in _families(portal)]
    if level is not None:
        found = [portal for portal in found if portal.level == level]
    return found


def print_portals(
    folder: Path | None,
    province: str | None,
    family: str | None,
    level: Level | None,
    output_format: Format,
    console: Console | None = None,
) -> None:
    """Print the matching portals: a table, the seed file's columns as CSV, or a JSON array of objects."""
    out = console or Console()
    portals = matching(load(folder), province, family, level)
    if output_format == "csv":
        _plain(out, _as_csv(portals))
    elif output_format == "json":
        _plain(out, json.dumps([_as_row(portal) for portal in portals], ensure_ascii=False, indent=1))
    else:
        _print_table(out, _HEADS, [_summary(portal) for portal in portals])
        _plain(out, f"{len(portals)} portals")


def print_region(folder: Path | None, code: str, console: Console | None = None) -> None:
    """Print what is known of a region: its years, portal, report columns, and the regions below it.

    `code` is a six-digit code or a name that only one region bears.

    Raises:
        RegistryError: nobody knows the region, or the name is shared.
    """
    out = console or Console()
    registry = load(folder)
    region = _find(registry, code)
    if region is None:
        # A portal that has no region code can still be shown by its name.
        _print_portal_rows(out, [row for row in registry.portals if row.region_name == code])
        return
    _plain(out, f"{region.code} {region.name}, {region.level}" + _where(region))
    _plain(out, "Years")
    for row in sorted(
        (row for row in registry.regions if row.code == region.code), key=lambda row: row.since
    ):
        _plain(out, "  " + _history(registry, row))
    _print_portal_rows(out, registry.portals_of(region.code))
    _print_columns(out, "Report columns", registry.columns_of(region.code))
    above = registry.parent(region)
    while above is not None:
        gathering = [column for column in registry.columns_of(above.code) if column.scope == "aggregator"]
        if gathering:
            _print_columns(out, f"Columns of {above.name} that list lower levels", gathering)
        above = registry.parent(above)
    _print_children(out, registry, region)


def print_check(folder: Path | None, families: Collection[str] | None, console: Console | None = None) -> int:
    """Check every row of the three files, print what is wrong, and return the number of errors."""
    out = console or Console()
    registry, problems = checking.check(folder, families)
    for problem in problems:
        style = "bold red" if problem.severity == "error" else "yellow"
        line = Text(f"{problem.place}: ").append(problem.severity, style).append(f": {problem.message}")
        out.print(line, soft_wrap=True)
    errors = sum(problem.severity == "error" for problem in problems)
    _plain(
        out,
        f"{len(registry.regions)} regions, {len(registry.portals)} portals, "
        f"{len(registry.report_columns)} report columns: {errors} errors, {len(problems) - errors} warnings",
    )
    return errors


def _families(portal: Portal) -> tuple[str, ...]:
    hint = portal.family if portal.family is not None else portal.family_hint
    source = () if portal.source_hint is None else portal.source_hint.split(";")
    return (*(() if hint is None else (hint,)), *source)


def _summary(portal: Portal) -> tuple[str, ...]:
    family = portal.family if portal.family is not None else portal.family_hint
    return (
        portal.region_code or "-", portal.region_name, portal.level, portal.province,
        portal.url or "-", portal.reach or "-", family or "-",
    )  # fmt: skip


def _as_row(portal: Portal) -> dict[str, str | int | bool | None]:
    """A portal under the seed file's column names, hosts joined with ";"."""
    row: dict[str, str | int | bool | None] = {}
    for name in PORTAL_FIELDS:
        value = getattr(portal, name)
        row[name] = (";".join(value) or None) if isinstance(value, tuple) else value
    return row


def _as_csv(portals: Iterable[Portal]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(PORTAL_FIELDS)
    for portal in portals:
        row = {name: "" if value is None else value for name, value in _as_row(portal).items()}
        row["allow_loopback"] = "true" if portal.allow_loopback else ""
        writer.writerow(row.values())
    return text.getvalue().removesuffix("\n")


def _find(registry: Registry, code: str) -> Region | None:
    """The region of a code or name; None where only portals without a region code bear the name."""
    region = registry.region(code)
    if region is not None:
        return region
    named = registry.regions_named(code)
    if len({row.code for row in named}) == 1:
        return named[0]
    if named:
        which = "、".join(f"{row.code} {row.province}{row.prefecture or ''}" for row in named)
        raise RegistryError(f"{code} is the name of {len(named)} regions, give a code: {which}")
    if any(portal.region_name == code for portal in registry.portals):
        return None
    raise RegistryError(f"no region {code!r}")


def _print_portal_rows(out: Console, portals: Sequence[Portal]) -> None:
    _plain(out, "Portal" if portals else "Portal: none in the registry")
    for portal in portals:
        for name, value in _as_row(portal).items():
            if value is not None and value is not False:
                _plain(out, f"  {name}: {value}")


def _print_columns(out: Console, head: str, columns: Sequence[ReportColumn]) -> None:
    _plain(out, f"{head}: {len(columns)}")
    for column in columns:
        _plain(out, f"  {column.url or 'no column known'} ({column.scope}, {column.evidence})")
        if column.sample_report_url is not None:
            _plain(out, f"    a report: {column.sample_report_url}")
        if column.note is not None:
            _plain(out, f"    note: {column.note}")


def _where(region: Region) -> str:
    if region.level == "province":
        return ""
    if region.level == "prefecture" or region.prefecture is None:
        return f" in {region.province}"
    return f" in {region.province}/{region.prefecture}"


def _history(registry: Registry, row: Region) -> str:
    text = f"{row.name}: {row.since} to {'today' if row.until is None else row.until - 1}"
    before = registry.predecessors(row)
    if before:
        text += "; before: " + "、".join(f"{other.code} {other.name}" for other in before)
    if row.until is not None:
        after = registry.successors(row)
        text += "; then: " + ("、".join(f"{other.code} {other.name}" for other in after) or "not said")
    for code, year in row.transfers:
        other = registry.region(code, year)
        text += f"; territory to {code} {'' if other is None else other.name} in {year}"
    return text


def _print_children(out: Console, registry: Registry, region: Region) -> None:
    children = registry.children(region.code)
    if not children:
        return
    having = [child for child in children if _addresses(registry, child)]
    _plain(out, f"Regions below with a portal: {len(having)}")
    _print_table(out, None, [(row.code, row.name, "、".join(_addresses(registry, row))) for row in having])
    without = [child for child in children if not _addresses(registry, child)]
    _plain(out, f"Regions below without a portal: {len(without)}")
    _print_table(out, None, [(row.code, row.name) for row in without])


def _addresses(registry: Registry, region: Region) -> list[str]:
    return [portal.url for portal in registry.portals_of(region.code) if portal.url is not None]


def _print_table(out: Console, heads: Sequence[str] | None, rows: Sequence[Sequence[str]]) -> None:
    """A table on a terminal; elsewhere plain lines, aligned by display width (a Chinese character is two)."""
    if out.is_terminal and heads is not None:
        table = Table(*heads, box=None, pad_edge=False, header_style="bold")
        for row in rows:
            table.add_row(*(Text(value) for value in row))
        out.print(table)
        return
    lines = [heads, *rows] if heads is not None else rows
    widths = [max(cell_len(value) for value in column) for column in zip(*lines, strict=True)]
    indent = "" if heads is not None else "  "
    for row in lines:
        cells = (value + " " * (width - cell_len(value)) for value, width in zip(row, widths, strict=True))
        _plain(out, indent + "  ".join(cells).rstrip())


def _plain(out: Console, text: str) -> None:
    """A text as it is: not wrapped, no markup, no colours, wherever it goes."""
    out.print(text, soft_wrap=True, markup=False, highlight=False, emoji=False)
