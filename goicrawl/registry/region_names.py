"""Finds the region a text begins with: by full name, by the short form of an autonomous region, by stem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from goicrawl.registry.body_words import BodyWords, RegionKind
from goicrawl.registry.body_words import load as load_words
from goicrawl.registry.records import Region
from goicrawl.registry.registry import Registry


@dataclass(frozen=True, slots=True)
class Match:
    """The regions a text may begin with, and how it says so.

    `length` characters of the text are the region's; `printed_chain` are the names before the last one
    in full (江苏省, 淮安市). `sure` is False where the name is a short form or belongs to another time.
    """

    regions: tuple[Region, ...]
    length: int
    printed_chain: str
    sure: bool


class RegionNames:
    """An index of every name a region ever bore. Look-ups are a few dictionary probes, never a scan."""

    def __init__(self, registry: Registry, words: BodyWords) -> None:
        self._registry = registry
        self._words = words
        self._by_name: dict[str, list[Region]] = {}
        self._by_short: dict[str, list[Region]] = {}
        self._by_stem: dict[str, list[Region]] = {}
        self._context: dict[tuple[str, int, int | None], dict[str, list[Region]]] = {}
        for region in registry.regions:
            self._by_name.setdefault(region.name, []).append(region)
            short = self.short_name(region)
            if short != region.name:
                self._by_short.setdefault(short, []).append(region)
        self._longest = max((len(name) for name in self._by_name), default=0)

    def short_name(self, region: Region) -> str:
        """宽城县 for 宽城满族自治县, 恩施州 for 恩施土家族苗族自治州, 广西 for its region; else the name."""
        kind = self._words.kind_of(region)
        if kind is None or not kind.suffix.startswith("自治"):
            return region.name
        stem = self._without_peoples(region.name.removesuffix(kind.suffix))
        return stem if region.level == "province" else stem + kind.suffix.removeprefix("自治")

    def stem(self, region: Region) -> str | None:
        """The name without what says its level: 宽城, 平潭; None where less than two characters are left."""
        kind = self._words.kind_of(region)
        if kind is None:
            return None
        stem = region.name.removesuffix(kind.suffix)
        if kind.suffix.startswith("自治"):
            stem = self._without_peoples(stem)
        return stem if len(stem) >= 2 else None

    def beginning(self, text: str, year: int | None) -> Match | None:
        """The longest chain of region names that `text` begins with, or None.

        Names in force in `year` (or in the year after, when its report comes out) go before short forms,
        and these before names of another time; without a year today's names are those in force.
        """
        first = self._at(text, 0, year, within=None)
        if first is None:
            return None
        found, length, sure = first
        chain = ""
        while length < len(text):
            further = self._at(text, length, year, within=found)
            if further is None:
                break
            chain += found[0].name
            found, more, also_sure = further
            length += more
            sure = sure and also_sure
        return Match(tuple(found), length, chain, sure)

    def in_context(self, text: str, region: Region, year: int | None) -> tuple[list[Region], int]:
        """The regions near `region` with the longest stem that `text` begins with, and the stem's length.

        Near are the region, those above it and those directly below. Several share a stem as 吉林省 and
        吉林市 do; ([], 0) where no stem fits.
        """
        key = (region.code, region.since, year)
        stems = self._context.get(key)
        if stems is None:
            stems = self._context[key] = self._stems_around(region, year)
        for length in range(min(self._longest, len(text)), 1, -1):
            found = stems.get(text[:length])
            if found is not None:
                return found, length
        return [], 0

    def with_stem(self, text: str, year: int | None) -> tuple[list[Region], int]:
        """All regions, wherever they are, with the longest stem that `text` begins with, and its length."""
        if not self._by_stem:
            for region in self._registry.regions:
                stem = self.stem(region)
                if stem is not None:
                    self._by_stem.setdefault(stem, []).append(region)
        for length in range(min(self._longest, len(text)), 1, -1):
            found = _in_force(self._by_stem.get(text[:length], []), year)
            if found:
                return found, length
        return [], 0

    def kind_of(self, region: Region) -> RegionKind | None:
        return self._words.kind_of(region)

    def _at(
        self, text: str, position: int, year: int | None, within: list[Region] | None
    ) -> tuple[list[Region], int, bool] | None:
        """The regions whose name stands at `position`; `within`: only regions below one of these."""
        candidates: list[tuple[int, list[Region], list[Region]]] = []
        for length in range(min(self._longest, len(text) - position), 1, -1):
            name = text[position : position + length]
            full, short = self._by_name.get(name), self._by_short.get(name)
            if full is None and short is None:
                continue
            rows, short_rows = _below(full or (), within), _below(short or (), within)
            # 海门市场监管局 is not 海门市's; but 保定市容城县 is 保定市, though 市容 is a word.
            trapped = self._words.trapped(text, position + length - 1)
            if trapped and self._at(text, position + length, year, within=rows + short_rows) is None:
                continue
            candidates.append((length, rows, short_rows))
        for length, full_rows, _ in candidates:
            valid = _in_force(full_rows, year)
            if valid:
                return valid, length, True
        for length, _, short_rows in candidates:
            valid = _in_force(short_rows, year)
            if valid:
                return valid, length, False
        for length, full_rows, _ in candidates:
            if full_rows:
                return self._last_bearers(full_rows), length, False
        return None

    def _last_bearers(self, rows: list[Region]) -> list[Region]:
        """Of regions that once bore a name, those from which it did not go on to another of them."""
        handed_on: set[Region] = set()
        for row in rows:
            later = self._registry.successors(row)
            while later:
                handed_on.update({row} if any(other in rows for other in later) else ())
                later = [further for other in later for further in self._registry.successors(other)]
        return [row for row in rows if row not in handed_on]

    def _stems_around(self, region: Region, year: int | None) -> dict[str, list[Region]]:
        around = [region, *self._registry.children(region.code, year)]
        above = self._registry.parent(region, year)
        while above is not None:
            around.append(above)
            above = self._registry.parent(above, year)
        stems: dict[str, list[Region]] = {}
        for row in around:
            stem = self.stem(row)
            if stem is not None:
                stems.setdefault(stem, []).append(row)
        return stems

    def _without_peoples(self, name: str) -> str:
        shortened = True
        while shortened:
            shortened = False
            for people in self._words.peoples:
                # 东乡族自治县 and 鄂温克族自治旗 are named after a people alone: the name's root stays.
                if name.endswith(people) and len(name) - len(people) >= 2:
                    name, shortened = name.removesuffix(people), True
                    break
        return name[:-1] if name in self._words.peoples and name.endswith("族") else name


@lru_cache(maxsize=8)
def names_of(registry: Registry) -> RegionNames:
    """The index of a registry, built once."""
    return RegionNames(registry, load_words())


def is_below(region: Region, above: Region) -> bool:
    """Whether `region` lies in `above`, by the names that its row gives."""
    if region.province != above.province or region.level == "province":
        return False
    if above.level == "province":
        return True
    return above.level == "prefecture" and region.level == "county" and region.prefecture == above.name


def _below(rows: Iterable[Region], within: list[Region] | None) -> list[Region]:
    if within is None:
        return list(rows)
    return [row for row in rows if any(is_below(row, above) for above in within)]


def _in_force(rows: list[Region], year: int | None) -> list[Region]:
    if year is None:
        return [row for row in rows if row.until is None]
    return [row for row in rows if row.valid_in(year)] or [row for row in rows if row.valid_in(year + 1)]
