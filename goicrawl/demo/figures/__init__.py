"""The figures that the replica portals print: one TOML file a report, numbers only.

Each file says which body and year its numbers belong to, where they come from (`source`), whether that is
proved (`provenance`), and what about the replica page is made up (`invented`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Literal

COLUMNS: dict[str, tuple[str, ...]] = {
    "requests": (
        "natural_person", "commercial_enterprise", "research_institution", "public_interest_organization",
        "legal_service_institution", "other_organization", "total",
    ),
    "remedies": ("upheld", "corrected", "other", "pending", "total"),
    "statistics": ("value", "cumulative"),
}  # fmt: skip
"""The order of the numbers in a row that a file writes as a plain array."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One report's numbers. `cells` maps `table.row.column` to the printed number.

    `head` is the page's head label by label, `labels` the row labels that this page words in its own way.
    """

    id: str
    form: str
    report_year: int
    body: str
    region_code: str | None
    region_name: str
    title: str
    published_on: date
    written_on: date | None
    provenance: Literal["real", "unproved"]
    source: str
    invented: tuple[str, ...]
    notes: tuple[str, ...]
    head: Mapping[str, str]
    labels: Mapping[str, str]
    cells: Mapping[str, int | Decimal]


@cache
def load() -> dict[str, Figures]:
    """Every file of the folder, by its id.

    Raises:
        ValueError: a file's name is not its id, or a row has not as many numbers as its table has columns.
    """
    found: dict[str, Figures] = {}
    for entry in sorted(resources.files(__name__).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            figures = _read(tomllib.loads(entry.read_text(encoding="utf-8"), parse_float=Decimal))
            if entry.name != f"{figures.id}.toml":
                raise ValueError(f"{entry.name}: holds the figures {figures.id}")
            found[figures.id] = figures
    return found


def _read(data: dict[str, Any]) -> Figures:
    return Figures(
        id=data["id"],
        form=data["form"],
        report_year=data["report_year"],
        body=data["body"],
        region_code=data.get("region_code"),
        region_name=data["region_name"],
        title=data["title"],
        published_on=data["published_on"],
        written_on=data.get("written_on"),
        provenance=data["provenance"],
        source=data["source"],
        invented=tuple(data["invented"]),
        notes=tuple(data["notes"]),
        head=data.get("head", {}),
        labels=data.get("labels", {}),
        cells=_cells(data["id"], data["cells"]),
    )


def _cells(name: str, tables: dict[str, dict[str, Any]]) -> dict[str, int | Decimal]:
    cells: dict[str, int | Decimal] = {}
    for table, rows in tables.items():
        for row, numbers in rows.items():
            if isinstance(numbers, list):
                columns = COLUMNS[table]
                if len(numbers) != len(columns):
                    raise ValueError(f"{name}: {table}.{row} has {len(numbers)} numbers, not {len(columns)}")
                numbers = dict(zip(columns, numbers, strict=True))
            for column, number in numbers.items():
                cells[f"{table}.{row}.{column}"] = number
    return cells
