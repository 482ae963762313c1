"""The three kinds of row in seeds/: a region, a portal, a column of annual reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["province", "prefecture", "county"]
LEVELS: tuple[Level, ...] = ("province", "prefecture", "county")


class RegistryError(ValueError):
    """A seed row that cannot be read, or a region or portal that nobody knows."""


@dataclass(frozen=True, slots=True)
class Region:
    """One administrative division under one name, for the years it bore code and name together.

    `since` and `until` are years: it is valid in year y when since <= y and (until is None or y < until).
    `successors` are the codes that took over when it ended; `transfers` are (code, year) pairs of
    territory that went to another code while this one went on. `province` and `prefecture` are names;
    `prefecture` is None for a province and where the division stands directly under its province.
    """

    code: str
    name: str
    level: Level
    province: str
    prefecture: str | None
    since: int
    until: int | None
    successors: tuple[str, ...]
    transfers: tuple[tuple[str, int], ...]
    pinyin: str | None
    line: int

    def valid_in(self, year: int) -> bool:
        """Whether the division existed under this code and name at the end of `year`."""
        return self.since <= year and (self.until is None or year < self.until)


@dataclass(frozen=True, slots=True)
class Portal:
    """One row of portals.csv: the website of one government, and what is special about it.

    `hosts` are the host of `url` and the row's further hosts, lower case, without "www.". `reach` says
    how a script reached it in month `reach_seen`. `family_hint` is a guess at the CMS family,
    `source_hint` the guess in the source's own words; `family` is a decision that overrules recognition.
    What is None is not overridden. `valid_from` and `valid_until` are years, as for a region.
    """

    region_code: str | None
    region_name: str
    level: Level
    province: str
    url: str | None
    hosts: tuple[str, ...]
    reach: str | None
    reach_seen: str | None
    family_hint: str | None
    source_hint: str | None
    family: str | None
    encoding: str | None
    tls_profile: str | None
    allowed_hosts: tuple[str, ...]
    allow_loopback: bool
    valid_from: int | None
    valid_until: int | None
    notes: str | None
    line: int

    @property
    def in_use(self) -> bool:
        """Whether there is an address that can be visited today; one with an end cannot."""
        return self.url is not None and self.valid_until is None

    def valid_in(self, year: int) -> bool:
        """Whether the address was in use in `year`, as far as the row says."""
        return (self.valid_from is None or self.valid_from <= year) and (
            self.valid_until is None or year < self.valid_until
        )


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One row of report_columns.csv: where a region's annual reports are listed.

    `url` is None where only one report's address is known (`sample_report_url`). `scope` says whose
    reports the column holds (own, office, aggregator, on-parent, subunit), `evidence` how far the
    address can be trusted (explicit, endpoint, prefix, article, unclear, explicit-article?).
    """

    region_code: str
    region_path: str
    level: Level
    url: str | None
    scope: str
    evidence: str
    sample_report_url: str | None
    note: str | None
    line: int
