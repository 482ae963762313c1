"""Small seed folders for tests."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from goicrawl.registry.seed_files import PORTAL_FIELDS, REGION_FIELDS, REPORT_COLUMN_FIELDS

SUQIAN = {"province": "江苏省", "prefecture": "宿迁市"}

REGIONS: tuple[Mapping[str, str], ...] = (
    {"code": "320000", "name": "江苏省", "level": "province", "province": "江苏省", "since": "1981"},
    {"code": "321300", "name": "宿迁市", "level": "prefecture", **SUQIAN, "since": "1996"},
    {"code": "321302", "name": "宿城区", "level": "county", **SUQIAN, "since": "1996"},
    {
        "code": "321321", "name": "宿豫县", "level": "county", **SUQIAN,
        "since": "1996", "until": "2004", "successors": "321302[2001];321311",
    },
    {"code": "321311", "name": "宿豫区", "level": "county", **SUQIAN, "since": "2004"},
)  # fmt: skip

PORTALS: tuple[Mapping[str, str], ...] = (
    {
        "region_code": "321300", "region_name": "宿迁市", "level": "prefecture", "province": "江苏省",
        "url": "https://www.suqian.gov.cn/", "reach": "direct", "reach_seen": "2026-04",
    },
    {
        "region_code": "321302", "region_name": "宿城区", "level": "county", "province": "江苏省",
        "url": "http://www.sqsc.gov.cn/", "reach": "none", "reach_seen": "2026-04", "family_hint": "hanweb",
    },
)  # fmt: skip

REPORT_COLUMNS: tuple[Mapping[str, str], ...] = (
    {
        "region_code": "321300", "region_path": "江苏省/宿迁市", "level": "prefecture",
        "url": "https://www.suqian.gov.cn/cnsq/gknb/", "scope": "own", "evidence": "explicit",
    },
)  # fmt: skip


def write_seeds(
    folder: Path,
    regions: Sequence[Mapping[str, str]] = REGIONS,
    portals: Sequence[Mapping[str, str]] = PORTALS,
    report_columns: Sequence[Mapping[str, str]] = REPORT_COLUMNS,
) -> Path:
    """Write the three files with these rows (a column that is not named is empty) and return the folder."""
    for name, fields, rows in (
        ("regions.csv", REGION_FIELDS, regions),
        ("portals.csv", PORTAL_FIELDS, portals),
        ("report_columns.csv", REPORT_COLUMN_FIELDS, report_columns),
    ):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fields, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder
