"""Real figures as data, and a few invented ones that say so.

Each file holds one report: its form, its year, the body it is of and `cells`, an address -> number (null
where the report prints a blank).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Figures:
    """One report's numbers and the few facts that its page tells about it."""

    name: str
    form: str
    report_year: int
    body: str
    body_short: str | None
    region_code: str | None
    invented: bool
    cells: dict[str, Decimal | None]


@cache
def load(name: str) -> Figures:
    data = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"), parse_float=Decimal)
    cells = {address: None if value is None else Decimal(value) for address, value in data["cells"].items()}
    return Figures(
        name=data["name"],
        form=data["form"],
        report_year=data["report_year"],
        body=data["body"],
        body_short=data["body_short"],
        region_code=data["region_code"],
        invented=data["invented"],
        cells=cells,
    )


@cache
def names(form: str | None = None) -> tuple[str, ...]:
    """The names of all figures, or of those of one form, sorted."""
    every = sorted(path.stem for path in FOLDER.glob("*.json"))
    return tuple(name for name in every if form is None or load(name).form == form)
