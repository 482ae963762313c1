"""What a reader of the cells should know although nothing contradicts itself."""

from __future__ import annotations

from collections.abc import Mapping

from goicrawl.extraction.report import Answer, Finding
from goicrawl.extraction.units import MONEY
from goicrawl.forms import CellSpec


def notes_on(cells: Mapping[str, Answer], specs: Mapping[str, CellSpec]) -> list[Finding]:
    """V1: a cell answers in words or in no sure number. U1: a cell prints another unit than its column."""
    out: list[Finding] = []
    for address, answer in cells.items():
        if answer.kind == "text":
            out.append(Finding("V1", "info", address, f"{answer.raw[:60]!r} is no sure number"))
        elif answer.unit is not None and (answer.unit in MONEY or answer.unit.startswith("万")):
            unit = specs[address].unit
            if unit != answer.unit:
                column = "names no unit" if unit is None else f"is in {unit}"
                printed = f"{answer.raw[:60]!r} is printed in {answer.unit}"
                message = f"{printed}, the column {column}; the value is as printed"
                out.append(Finding("U1", "info", address, message))
    return out
