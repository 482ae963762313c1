"""Renamed, merged and split organs as data: reads organ_successions.csv.

A rename that is `sure` makes one organ of two names. Everything else (mergers, splits, renames that were
made in some regions only) is an edge that a reader may follow: it joins nothing.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from goicrawl.registry.records import LEVELS, Level, RegistryError

FILE = Path(__file__).with_name("organ_successions.csv")
SuccessionKind = Literal["renamed", "merged", "split"]
Certainty = Literal["sure", "usual"]


@dataclass(frozen=True, slots=True)
class Succession:
    """One row: names of organs without their place, as they are written in full.

    `since` and `until` are the first and the last year in which local organs made the change, None where
    it has no time. `levels` are those it holds at, all of them where the row names none.
    """

    predecessor: str
    successor: str
    kind: SuccessionKind
    certainty: Certainty
    levels: tuple[Level, ...]
    since: int | None
    until: int | None
    note: str
    line: int


@cache
def load(path: Path = FILE) -> tuple[Succession, ...]:
    """The rows, in the file's order.

    Raises:
        RegistryError: a row is broken; the message names file and line.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(_row(row, path, line) for line, row in enumerate(rows, start=2))


def _row(row: dict[str, str], path: Path, line: int) -> Succession:
    if None in row or None in row.values():
        raise RegistryError(f"{path}:{line}: not eight values")
    kind, certainty = row["kind"], row["certainty"]
    levels = tuple(row["levels"].split(";")) if row["levels"] else LEVELS
    if kind not in get_args(SuccessionKind) or certainty not in get_args(Certainty):
        raise RegistryError(f"{path}:{line}: no such kind or certainty: {kind}, {certainty}")
    if set(levels) - set(LEVELS):
        raise RegistryError(f"{path}:{line}: no such level: {row['levels']}")
    if "" in (row["predecessor"], row["successor"], row["note"]) or row["predecessor"] == row["successor"]:
        raise RegistryError(f"{path}:{line}: predecessor, successor and note must be there and differ")
    since = int(row["since"]) if row["since"] else None
    until = int(row["until"]) if row["until"] else None
    if since is not None and until is not None and until < since:
        raise RegistryError(f"{path}:{line}: until {until} is before since {since}")
    return Succession(
        row["predecessor"], row["successor"], cast(SuccessionKind, kind), cast(Certainty, certainty),
        cast(tuple[Level, ...], levels), since, until, row["note"], line,
    )  # fmt: skip
