"""The registry: whom to ask, and which divisions existed when."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

from goicrawl.registry import seed_files
from goicrawl.registry.records import Portal, Region, RegistryError, ReportColumn
from goicrawl.registry.seed_files import plain_host

K = TypeVar("K")
V = TypeVar("V")


class Registry:
    """Regions, portals and report columns of one seeds folder, each in its file's order."""

    def __init__(
        self,
        regions: Iterable[Region],
        portals: Iterable[Portal],
        report_columns: Iterable[ReportColumn],
        folder: Path | None = None,
    ) -> None:
        self.regions = tuple(regions)
        self.portals = tuple(portals)
        self.report_columns = tuple(report_columns)
        self.folder = folder

    def region(self, code: str, year: int | None = None) -> Region | None:
        """The region of a code: the one valid in `year`, else the newest; None for an unknown code."""
        rows = self._regions_by_code.get(code)
        if rows is None:
            return None
        if year is not None:
            for row in rows:
                if row.valid_in(year):
                    return row
        return max(rows, key=lambda row: row.since)

    def regions_named(self, name: str, year: int | None = None) -> list[Region]:
        """Every region that bears exactly this name, in `year`, or without a year today, else ever."""
        rows = self._regions_by_name.get(name, [])
        if year is not None:
            return [row for row in rows if row.valid_in(year)]
        today = [row for row in rows if row.until is None]
        return today if today else list(rows)

    def children(self, code: str, year: int | None = None) -> list[Region]:
        """The regions directly under a code, valid in `year` or without a year today, by code.

        Counties directly under a province (of Beijing, of Hainan) are the province's children.
        """
        parent = self.region(code, year)
        if parent is None or parent.level == "county":
            return []
        return [row for row in self._members(parent) if _valid(row, year)]

    def parent(self, region: Region, year: int | None = None) -> Region | None:
        """The region directly above, as of `year` or else of the region's last year; None above provinces."""
        if region.level == "province":
            return None
        moment = year if year is not None and region.valid_in(year) else _last_year(region)
        name, level = region.province, "province"
        if region.level == "county" and region.prefecture is not None:
            name, level = region.prefecture, "prefecture"
        rows = [
            row
            for row in self._regions_by_name.get(name, [])
            if row.level == level and row.province == region.province
        ]
        if moment is None:
            rows = [row for row in rows if row.until is None] or rows
        else:
            rows = [row for row in rows if row.valid_in(moment)] or rows
        return max(rows, key=lambda row: row.since) if rows else None

    def current(self, region: Region, year: int | None = None) -> list[Region]:
        """What a region has become in `year` (without a year: today).

        That is itself, or those that its successors lead to. Empty where the source names no successor,
        or where `year` lies before the region's time.
        """
        found: dict[Region, None] = {}
        stack = [region]
        while stack:
            row = stack.pop()
            if _valid(row, year):
                found[row] = None
            elif row.until is not None and (year is None or year >= row.until):
                stack.extend(self.successors(row))
        return sorted(found, key=lambda row: (row.code, row.since))

    def successors(self, region: Region) -> list[Region]:
        """The regions that took over when `region` ended, as they were in that year."""
        if region.until is None:
            return []
        until = region.until
        return [
            row
            for code in region.successors
            for row in self._regions_by_code.get(code, [])
            if row.valid_in(until)
        ]

    def predecessors(self, region: Region) -> list[Region]:
        """The regions that ended in `region`, by code."""
        return self._predecessors.get(region, [])

    def portals_of_host(self, host: str) -> list[Portal]:
        """The portals a host belongs to, with or without "www."; a port is not part of a host."""
        return self._portals_by_host.get(plain_host(host), [])

    def portals_of(self, region_code: str) -> list[Portal]:
        """The portal rows of a region's code."""
        return self._portals_by_code.get(region_code, [])

    def columns_of(self, region_code: str) -> list[ReportColumn]:
        """The report columns known for a region."""
        return self._columns_by_code.get(region_code, [])

    def select(
        self, codes: Sequence[str] = (), province: str | None = None, everything: bool = False
    ) -> list[Portal]:
        """The portals to visit, in the file's order and each once.

        A code of six digits is one region; one of two or four digits is every region under it; a name is
        a region where only one bears it. Rows without an address in use cannot be visited: asked for by
        their own code they are an error, in a wider selection they are left out (and `goicrawl portals check`
        names them).

        Raises:
            RegistryError: nothing was asked for, or something asked for is unknown; it is named.
        """
        if not codes and province is None and not everything:
            raise RegistryError("nothing selected: give region codes, a province, or everything")
        chosen: set[int] = set()
        for code in codes:
            chosen.update(portal.line for portal in self._chosen_by(code))
        if province is not None:
            lines = {portal.line for portal in self.portals if portal.province == province}
            if not lines:
                known = "、".join(dict.fromkeys(portal.province for portal in self.portals))
                raise RegistryError(f"no province {province!r} among the portals; known: {known}")
            chosen |= lines
        return [portal for portal in self.portals if portal.in_use and (everything or portal.line in chosen)]

    def _chosen_by(self, code: str) -> list[Portal]:
        if code.isdecimal() and len(code) in (2, 4):
            found = [p for p in self.portals if p.region_code is not None and p.region_code.startswith(code)]
            if not found:
                raise RegistryError(f"no portal's region code begins with {code}")
            return found
        if code.isdecimal():
            return self._portals_with_address(code)
        named = self.regions_named(code)
        if len(named) == 1:
            return self._portals_with_address(named[0].code)
        if named:
            which = "、".join(f"{row.code} {row.province}" for row in named)
            raise RegistryError(f"{code} is the name of {len(named)} regions, give a code: {which}")
        found = [portal for portal in self.portals if portal.region_name == code]
        if len(found) == 1 and found[0].in_use:
            return found
        raise RegistryError(f"no region {code!r}")

    def _portals_with_address(self, code: str) -> list[Portal]:
        found = self.portals_of(code)
        region = self.region(code)
        if not found and region is None:
            raise RegistryError(f"no region has the code {code!r}")
        if not found and region is not None:
            text = f"{code} {region.name} has no portal"
            if region.until is not None:
                later = "、".join(f"{row.code} {row.name}" for row in self.current(region)) or "nothing named"
                text += f"; it ended in {region.until} and became {later}"
            raise RegistryError(text)
        if not any(portal.in_use for portal in found):
            raise RegistryError(
                f"{code} {found[0].region_name} has no address in use in {seed_files.PORTALS}:{found[0].line}"
            )
        return found

    def _members(self, parent: Region) -> list[Region]:
        prefecture = parent.name if parent.level == "prefecture" else None
        rows = self._regions_by_parent.get((parent.province, prefecture), [])
        return sorted(
            (row for row in rows if row.code[:2] == parent.code[:2]), key=lambda row: (row.code, row.since)
        )

    @cached_property
    def region_codes(self) -> frozenset[str]:
        """Every code that a region ever bore."""
        return frozenset(row.code for row in self.regions)

    @cached_property
    def _regions_by_code(self) -> dict[str, list[Region]]:
        return _grouped((row.code, row) for row in self.regions)

    @cached_property
    def _regions_by_name(self) -> dict[str, list[Region]]:
        return _grouped((row.name, row) for row in self.regions)

    @cached_property
    def _regions_by_parent(self) -> dict[tuple[str, str | None], list[Region]]:
        """(province, prefecture) to the regions under it; prefectures stand under (province, None)."""
        return _grouped(
            ((row.province, row.prefecture if row.level == "county" else None), row)
            for row in self.regions
            if row.level != "province"
        )

    @cached_property
    def _predecessors(self) -> dict[Region, list[Region]]:
        return _grouped(
            (later, row) for row in self.regions if row.until is not None for later in self.successors(row)
        )

    @cached_property
    def _portals_by_host(self) -> dict[str, list[Portal]]:
        return _grouped((host, portal) for portal in self.portals for host in portal.hosts)

    @cached_property
    def _portals_by_code(self) -> dict[str, list[Portal]]:
        return _grouped((p.region_code, p) for p in self.portals if p.region_code is not None)

    @cached_property
    def _columns_by_code(self) -> dict[str, list[ReportColumn]]:
        return _grouped((column.region_code, column) for column in self.report_columns)


def load(folder: Path | None = None) -> Registry:
    """The registry of a seeds folder, or of the seeds that come with the project (read once, then kept).

    Raises:
        RegistryError: a file is missing or a row is broken; the message names file and line.
    """
    return _packaged() if folder is None else _load(folder)


@cache
def _packaged() -> Registry:
    return _load(seed_files.seeds_folder())


def _load(folder: Path) -> Registry:
    # Ten thousand small objects that all stay: looking for garbage among them only costs time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Registry(
            seed_files.read_regions(folder),
            seed_files.read_portals(folder),
            seed_files.read_report_columns(folder),
            folder,
        )
    finally:
        if collecting:
            gc.enable()


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def _valid(region: Region, year: int | None) -> bool:
    return region.until is None if year is None else region.valid_in(year)


def _last_year(region: Region) -> int | None:
    return None if region.until is None else region.until - 1
