"""The naming of bodies as data: reads bodies.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from goicrawl.registry.records import Region

_FILE = Path(__file__).with_name("bodies.toml")


@dataclass(frozen=True, slots=True)
class RegionKind:
    """What a region of one suffix and level calls itself and its government."""

    suffix: str
    levels: tuple[str, ...]
    words: tuple[str, ...]
    government: str
    office: str


@dataclass(frozen=True, slots=True)
class BodyWords:
    """The tables of bodies.toml; word lists are tuples with the longest first."""

    peoples: tuple[str, ...]
    whole_prefixes: tuple[str, ...]
    central_offices: tuple[str, ...]
    zones: tuple[str, ...]
    level_word_traps: tuple[str, ...]
    common_words: tuple[str, ...]
    joining_words: tuple[str, ...]
    department_endings: tuple[str, ...]
    other_endings: tuple[str, ...]
    never_endings: tuple[str, ...]
    region_kinds: tuple[RegionKind, ...]
    office_unsure: frozenset[str]
    organs: dict[str, str]
    short_forms: dict[str, tuple[str, ...]]

    def kind_of(self, region: Region) -> RegionKind | None:
        """The first kind whose suffix and level fit, or None: 两江新区's is 区, 新疆生产建设兵团 has none."""
        for kind in self.region_kinds:
            if region.level in kind.levels and region.name.endswith(kind.suffix):
                return kind
        return None

    def trapped(self, text: str, position: int) -> bool:
        """Whether one of the trap words stands at `position`: the 市 of 海门市场监管局."""
        return text.startswith(self.level_word_traps, position)


@cache
def load() -> BodyWords:
    """The tables, read once."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    endings = data["endings"]
    return BodyWords(
        peoples=_longest_first(data["peoples"]),
        whole_prefixes=_longest_first(data["whole_prefixes"]),
        central_offices=_longest_first(data["central_offices"]),
        zones=_longest_first(data["zones"]),
        level_word_traps=_longest_first(data["level_word_traps"]),
        common_words=_longest_first(data["common_words"]),
        joining_words=_longest_first(data["joining_words"]),
        department_endings=_longest_first(endings["department"]),
        other_endings=_longest_first(endings["other"]),
        never_endings=_longest_first(endings["never"]),
        region_kinds=tuple(
            RegionKind(
                kind["suffix"], tuple(kind["levels"]), _longest_first(kind["words"]), kind["government"],
                kind["office"],
            )
            for kind in data["region_kinds"]
        ),
        office_unsure=frozenset(data["office_unsure"]["codes"]),
        organs=dict(data["organs"]),
        short_forms={short: tuple(full) for short, full in data["short_forms"].items()},
    )  # fmt: skip


def _longest_first(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
