"""Regions through their changes of name, code and rank: 沙县 and 沙县区 are one place, a merger is another.

A region goes on as its successor where that one was made of it alone: a county made district or city, a
地区 made 市, a new code or name. Where it was split, the part that keeps its name goes on (抚宁县 as 抚宁区).
Where several were merged, each line ends: the new region is another one.
"""

from __future__ import annotations

from functools import lru_cache

from goicrawl.registry.records import Region
from goicrawl.registry.region_names import names_of
from goicrawl.registry.registry import Registry


class RegionLines:
    """For every row of the registry the rows of the same place, the earliest first."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._names = names_of(registry)
        self._by_code: dict[str, list[Region]] = {}
        self._namesakes: dict[tuple[str, str, str | None], list[Region]] = {}
        for row in registry.regions:
            self._by_code.setdefault(row.code, []).append(row)
            self._namesakes.setdefault((row.province, row.level, self._names.stem(row)), []).append(row)
        after = {row: later for row in registry.regions if (later := self._next(row)) is not None}
        self._chains: dict[Region, tuple[Region, ...]] = {}
        for first in set(registry.regions).difference(after.values()):
            chain = [first]
            while chain[-1] in after:
                chain.append(after[chain[-1]])
            for row in chain:
                self._chains[row] = tuple(chain)

    def of(self, code: str, name: str) -> tuple[Region, ...]:
        """The rows of the place that a body of this region code and name belongs to; () for no known code.

        A code that two places bore one after the other (130502, 桥东区 and 襄都区) is the one that the
        body's name names, else the later one.
        """
        rows = sorted(self._by_code.get(code, ()), key=lambda row: -row.since)
        if not rows:
            return ()
        chains = [self._chains[row] for row in rows]
        return next((chain for chain in chains if any(row.name in name for row in chain)), chains[0])

    def _next(self, row: Region) -> Region | None:
        """The row that is this place after it, or None where it lasts or came to an end."""
        if row.until is None:
            return None
        later = [other for other in self._registry.successors(row) if other.since == row.until]
        if not row.successors:
            # The source names no successors of prefectures: 毕节地区 made 毕节市, 襄樊市 under a new name.
            same = [other for other in self._by_code[row.code] if other.since == row.until]
            stem = self._names.stem(row)
            later = same or [
                other
                for other in self._namesakes[row.province, row.level, stem]
                if other.since == row.until and stem is not None
            ]
        elif len(row.successors) > 1:
            later = [other for other in later if self._names.stem(other) == self._names.stem(row)]
        if len(later) != 1 or any(other != row for other in self._registry.predecessors(later[0])):
            return None
        return later[0]


def key_of(chain: tuple[Region, ...]) -> str:
    """A place's key: its code today, or for one that is no more its last code and the year it ended."""
    last = chain[-1]
    return last.code if last.until is None else f"{last.code}-{last.until}"


@lru_cache(maxsize=8)
def lines_of(registry: Registry) -> RegionLines:
    """The lines of a registry, built once."""
    return RegionLines(registry)
