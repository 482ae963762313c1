"""Which reports a check is about: regions with all that lies below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goicrawl.registry import Registry, RegistryError


@dataclass(frozen=True, slots=True)
class Selection:
    """`patterns` are those of region codes, for SQL's LIKE; none: every report, of known region or not."""

    names: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        return not self.patterns


def select(codes: Sequence[str], province: str | None, registry: Registry) -> Selection:
    """The reports of regions by code or full name; of a province or prefecture all below it as well.

    A code of two or four digits is every region under it.

    Raises:
        RegistryError: a region is unknown, or a name is borne by several; it is named.
    """
    patterns = [_pattern(code, registry) for code in codes]
    if province is not None:
        named = [row for row in registry.regions if row.level == "province" and row.name == province]
        if not named:
            raise RegistryError(f"no province {province!r}")
        patterns.append(f"{named[0].code[:2]}%")
    names = (*codes, *([] if province is None else [province]))
    return Selection(names, tuple(dict.fromkeys(patterns)))


def _pattern(code: str, registry: Registry) -> str:
    if code.isdecimal() and len(code) in (2, 4):
        if not any(region.code.startswith(code) for region in registry.regions):
            raise RegistryError(f"no region's code begins with {code}")
        return f"{code}%"
    region = registry.region(code)
    if region is None:
        named = registry.regions_named(code)
        codes = {row.code for row in named}
        if len(codes) > 1:
            which = "、".join(f"{row.code} {row.province}" for row in named)
            raise RegistryError(f"{code} is the name of {len(codes)} regions, give a code: {which}")
        if not named:
            raise RegistryError(f"no region {code!r}: give a code such as 130827, or a full name")
        region = named[0]
    if region.level == "province":
        return f"{region.code[:2]}%"
    return f"{region.code[:4]}%" if region.level == "prefecture" else region.code
