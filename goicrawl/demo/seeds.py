"""The seeds of the demonstration: the replica portals as rows of seeds/, and the project's own regions."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from goicrawl.demo.cast import MADE_UP, MADE_UP_PROVINCE, Role
from goicrawl.demo.replicas import ReplicaServer
from goicrawl.registry import seed_files


def write_seeds(folder: Path, roles: Sequence[Role], server: ReplicaServer) -> None:
    """Write regions.csv, portals.csv and report_columns.csv for a running server into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    regions = (seed_files.seeds_folder() / seed_files.REGIONS).read_bytes()
    (folder / seed_files.REGIONS).write_bytes(regions.rstrip(b"\n") + b"\n" + _made_up_regions(roles))
    _write(folder / seed_files.PORTALS, seed_files.PORTAL_FIELDS, (_portal(role, server) for role in roles))
    _write(
        folder / seed_files.REPORT_COLUMNS,
        seed_files.REPORT_COLUMN_FIELDS,
        (_column(role, server) for role in roles if role.column_path is not None),
    )


def portal_url(role: Role, server: ReplicaServer) -> str:
    """The address of the portal's row."""
    port = server.refusing_port if role.refuses else server.port
    return f"http://{role.host}:{port}/"


def _made_up_regions(roles: Sequence[Role]) -> bytes:
    """Rows for the regions that do not exist, under codes that GB/T 2260 has given to nobody."""
    rows = [f"{MADE_UP}0000,{MADE_UP_PROVINCE},province,{MADE_UP_PROVINCE},,2000,,,yan shi sheng"]
    rows += [
        f"{role.region_code},{role.region_name},{role.level},{role.province},,2000,,,yan shi"
        for role in roles
        if role.province == MADE_UP_PROVINCE
    ]
    return "".join(f"{row}\n" for row in rows).encode()


def _portal(role: Role, server: ReplicaServer) -> dict[str, str]:
    return {
        "region_code": role.region_code,
        "region_name": role.region_name,
        "level": role.level,
        "province": role.province,
        "url": portal_url(role, server),
        "family_hint": role.family,
        "allow_loopback": "true",
        "notes": f"replica for demonstration: {role.shows}",
    }


def _column(role: Role, server: ReplicaServer) -> dict[str, str]:
    assert role.column_path is not None
    return {
        "region_code": role.region_code,
        "region_path": f"{role.province}/{role.region_name}",
        "level": role.level,
        "url": server.url(role.sites[0].host, role.column_path),
        "scope": role.scope,
        "evidence": "explicit",
        "note": "replica for demonstration",
    }


def _write(path: Path, fields: Sequence[str], rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
