"""Looks at every row of the three seed files and says which are wrong, where, and why."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from goicrawl.registry import seed_files
from goicrawl.registry.records import Portal, Region, RegistryError, ReportColumn
from goicrawl.registry.registry import Registry
from goicrawl.registry.seed_files import host_of

Severity = Literal["error", "warning"]

REACHES = ("direct", "protocol-switch", "ua-mobile", "none")
SCOPES = ("own", "office", "aggregator", "on-parent", "subunit")
EVIDENCE = ("explicit", "endpoint", "prefix", "article", "unclear", "explicit-article?")
_MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a row: an error makes it unusable or ambiguous, a warning is worth knowing."""

    place: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message}"


def check(
    folder: Path | None = None, families: Collection[str] | None = None
) -> tuple[Registry, list[Problem]]:
    """Read a seeds folder and check every row; broken rows are named and left out of the registry.

    `families` are the CMS families that exist; None leaves the family columns unchecked.

    Raises:
        RegistryError: a file is missing, is not UTF-8 or has other columns.
    """
    where = seed_files.seeds_folder() if folder is None else folder
    problems: list[Problem] = []

    def refuse(error: RegistryError) -> None:
        place, _, message = str(error).partition(": ")
        problems.append(Problem(place, "error", message))

    registry = Registry(
        seed_files.read_regions(where, refuse),
        seed_files.read_portals(where, refuse),
        seed_files.read_report_columns(where, refuse),
        where,
    )
    for name, found in (
        (seed_files.REGIONS, _check_regions(registry)),
        (seed_files.PORTALS, _check_portals(registry, families)),
        (seed_files.REPORT_COLUMNS, _check_report_columns(registry)),
    ):
        for line, severity, message in found:
            problems.append(Problem(f"{where / name}:{line}", severity, message))
    return registry, sorted(problems, key=_by_place)


Finding = tuple[int, Severity, str]


def _by_place(problem: Problem) -> tuple[str, int]:
    path, _, line = problem.place.rpartition(":")
    return path, int(line)


def _check_regions(registry: Registry) -> Iterator[Finding]:
    codes = {row.code for row in registry.regions}
    by_code: dict[str, list[Region]] = {}
    for row in registry.regions:
        label = f"{row.code} {row.name}"
        for other in by_code.setdefault(row.code, []):
            if _overlap(row, other):
                yield row.line, "error", f"{label} is valid in years in which line {other.line} has the code"
        by_code[row.code].append(row)
        for code in (*row.successors, *(code for code, _ in row.transfers)):
            if code not in codes:
                yield row.line, "error", f"{label}: successor {code} is no region's code"
        if row.successors and row.until is None:
            yield (
                row.line,
                "error",
                f"{label} has successors but no end (a transfer needs its year: code[year])",
            )
        missing = set(row.successors) - {later.code for later in registry.successors(row)}
        for code in sorted(missing & codes):
            yield row.line, "warning", f"{label}: successor {code} did not exist in {row.until}"
        if row.level != "province":
            above = registry.parent(row)
            if above is None:
                yield row.line, "error", f"{label}: no {row.prefecture or row.province} in this file"
            elif above.province != row.province or above.code[:2] != row.code[:2]:
                yield row.line, "warning", f"{label}: its code does not begin like {above.code} {above.name}"


def _overlap(one: Region, other: Region) -> bool:
    return (other.until is None or one.since < other.until) and (one.until is None or other.since < one.until)


def _check_portals(registry: Registry, families: Collection[str] | None) -> Iterator[Finding]:
    seen: dict[tuple[str | None, str], int] = {}
    hosts: dict[str, Portal] = {}
    for row in registry.portals:
        line, label = row.line, f"{row.region_code or 'no code'} {row.region_name}"
        for severity, message in (*_portal_region(registry, row), *_portal_facts(row, families)):
            yield line, severity, f"{label}: {message}"
        for host in row.hosts:
            if not host.endswith(".gov.cn") and host not in row.allowed_hosts and not _loopback(row, host):
                yield line, "error", f"{label}: host {host} is neither under gov.cn nor in allowed_hosts"
            if host in hosts and hosts[host].region_name != row.region_name:
                other = hosts[host]
                yield (
                    line,
                    "warning",
                    f"{label}: {other.region_name} (line {other.line}) has the host {host}, too",
                )
            hosts.setdefault(host, row)
        if row.url is not None:
            if (row.region_code, row.url) in seen:
                yield line, "error", f"{label}: the same row as line {seen[row.region_code, row.url]}"
            seen.setdefault((row.region_code, row.url), line)


def _loopback(row: Portal, host: str) -> bool:
    return row.allow_loopback and (host == "localhost" or host.endswith(".localhost"))


def _portal_region(registry: Registry, row: Portal) -> Iterator[tuple[Severity, str]]:
    if row.region_code is None:
        yield "warning", "no region code: its reports get none from the portal"
        return
    region = registry.region(row.region_code)
    if region is None:
        yield "error", f"{row.region_code} is no region's code"
        return
    if region.until is not None:
        later = "、".join(f"{other.code} {other.name}" for other in registry.current(region))
        yield "warning", f"the region ended in {region.until} (now {later or 'no successor known'})"
    if row.region_name != region.name:
        former = registry.regions_named(row.region_name)
        if any(other.code == row.region_code for other in former):
            yield "warning", f"{row.region_name} is a former name, {region.name} the last"
        else:
            yield "error", f"{row.region_code} is {region.name}"
    if (row.level, row.province) != (region.level, region.province):
        stands = f"{row.region_code} is a {region.level} of {region.province}"
        yield "error", f"{stands}, not a {row.level} of {row.province}"
    in_use = [other for other in registry.portals_of(row.region_code) if other.in_use]
    if row.in_use and len(in_use) > 1:
        lines = "、".join(str(other.line) for other in in_use)
        yield "warning", f"several rows for one region: lines {lines}"


def _portal_facts(row: Portal, families: Collection[str] | None) -> Iterator[tuple[Severity, str]]:
    if row.url is None:
        yield "warning", "no address: it cannot be visited"
    if row.reach is None:
        yield "warning", "nobody has tried to reach it yet (reach is empty)"
    elif row.reach not in REACHES:
        yield "error", f"reach {row.reach!r} is none of {', '.join(REACHES)}"
    if row.reach_seen is not None and _MONTH.fullmatch(row.reach_seen) is None:
        yield "error", f"reach_seen {row.reach_seen!r} is not a month YYYY-MM"
    if families is not None:
        if row.family is not None and row.family not in families:
            yield "error", f"family {row.family!r} is none of {', '.join(sorted(families))}"
        if row.family_hint is not None and row.family_hint not in families:
            yield "error", f"family_hint {row.family_hint!r} is none of {', '.join(sorted(families))}"
    if row.allow_loopback and not any(_loopback(row, host) for host in row.hosts):
        yield "warning", "allow_loopback is set, but no host is under .localhost"


def _check_report_columns(registry: Registry) -> Iterator[Finding]:
    seen: dict[tuple[str, str | None, str | None], int] = {}
    for row in registry.report_columns:
        label = f"{row.region_code} {row.region_path}"
        if row.scope not in SCOPES:
            yield row.line, "error", f"{label}: scope {row.scope!r} is none of {', '.join(SCOPES)}"
        if row.evidence not in EVIDENCE:
            yield row.line, "error", f"{label}: evidence {row.evidence!r} is none of {', '.join(EVIDENCE)}"
        elif row.evidence in ("unclear", "explicit-article?"):
            yield row.line, "warning", f"{label}: evidence is {row.evidence}: {row.note or 'no note'}"
        key = (row.region_code, row.url, row.sample_report_url)
        if key in seen:
            yield row.line, "error", f"{label}: the same row as line {seen[key]}"
        seen.setdefault(key, row.line)
        region = registry.region(row.region_code)
        if region is None:
            yield row.line, "error", f"{label}: {row.region_code} is no region's code"
            continue
        if row.region_path.split("/")[-1] != region.name or row.level != region.level:
            yield row.line, "error", f"{label}: {row.region_code} is the {region.level} {region.name}"
        yield from (
            (row.line, severity, f"{label}: {text}")
            for severity, text in _column_hosts(registry, row, region)
        )


def _column_hosts(registry: Registry, row: ReportColumn, region: Region) -> Iterator[tuple[Severity, str]]:
    own = _hosts(registry, region)
    above: set[str] = set()
    parent = registry.parent(region)
    while parent is not None:
        above |= _hosts(registry, parent)
        parent = registry.parent(parent)
    if not own:
        yield "warning", "the region has no portal with an address"
    for column, url in (("url", row.url), ("sample_report_url", row.sample_report_url)):
        if url is None:
            continue
        host = host_of(url)
        if _on(host, own):
            continue
        if not _on(host, above):
            foreign: Severity = "error" if column == "url" and not host.endswith(".gov.cn") else "warning"
            yield foreign, f"{column}: host {host} is not the region's portal nor one above it"
        elif row.scope != "on-parent" and not _on(host, own):
            yield "warning", f"{column}: host {host} is a higher portal's, but scope is {row.scope}"


def _hosts(registry: Registry, region: Region) -> set[str]:
    return {host for portal in registry.portals_of(region.code) for host in portal.hosts}


def _on(host: str, hosts: set[str]) -> bool:
    """Whether a host is one of these or under one: xxgk.jl.gov.cn is on jl.gov.cn's portal."""
    return any(host == known or host.endswith("." + known) for known in hosts)
