"""Which organ a body is: its place through the years, and its name without the place.

Two bodies with one place and one line name are one organ over the years. Both come from the body's region
code and name alone, so they are the same in whatever order reports are found.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from goicrawl.registry import organ_successions
from goicrawl.registry.body_words import load as load_words
from goicrawl.registry.records import Level, Region
from goicrawl.registry.region_lines import key_of, lines_of
from goicrawl.registry.region_names import names_of
from goicrawl.registry.registry import Registry


@dataclass(frozen=True, slots=True)
class Organ:
    """A body's place and names.

    `place` is the region's code today (350405 for 沙县 as well), or for a region that is no more its last
    code and the year it ended (350403-2021). `name` is the organ's name without place and joining words
    (教育体育局), `line_name` the name that it bears after sure renames (卫生健康局 for 卫生和计划生育局),
    `subject` what it is about (市场 of 市场监督管理局). `level` is its region's, None for an unknown code.
    `stands_for` are the organs' names of which this one may be the short form; () where it is none.
    """

    place: str
    name: str
    line_name: str
    subject: str
    level: Level | None
    stands_for: tuple[str, ...]


def organ_of(region_code: str, body_name: str, registry: Registry) -> Organ:
    """The organ that a body of this region and full name is. Never raises for any text."""
    chain = lines_of(registry).of(region_code, body_name)
    name = organ_name(_without_place(body_name, chain, registry))
    level = chain[-1].level if chain else None
    return Organ(
        key_of(chain) if chain else region_code,
        name,
        line_name(name, level),
        subject_of(name),
        level,
        _stands_for(name),
    )


def organ_name(text: str) -> str:
    """An organ's name as names are compared: the short form written out, joining words left out."""
    words = load_words()
    text = words.organs.get(text, text)
    if text.endswith(("乡", "镇", "政府", "街道办事处")):
        return text  # 和平街道办事处: what looks like a joining word is part of a place's name
    for word in words.joining_words:
        text = text.replace(word, "")
    return text


def _stands_for(name: str) -> tuple[str, ...]:
    full = load_words().short_forms.get(name, ())
    return tuple(dict.fromkeys(organ_name(one) for one in full))


def line_name(name: str, level: Level | None) -> str:
    """The name that an organ of this (comparable) name bears in the end, by sure renames at its level."""
    renamed = _sure_renames()
    seen = {name}
    while level is not None and (later := renamed.get((name, level))) is not None and later not in seen:
        seen.add(later)
        name = later
    return name


def subject_of(name: str) -> str:
    """What an organ is about, for telling whether two names have anything in common; may be empty."""
    for word in load_words().common_words:
        name = name.replace(word, "")
    return name


def _without_place(name: str, chain: tuple[Region, ...], registry: Registry) -> str:
    """The name without the region's (and those above it), also where a central organ's name goes before.

    国家税务总局三明市沙县区税务局 gives 国家税务总局税务局.
    """
    names = names_of(registry)
    own = {word for row in chain for word in (row.name, names.short_name(row))}
    above = {word for row in chain for word in _names_above(row, registry)}
    for word in sorted(own, key=lambda word: (-len(word), word)):
        before, found, after = name.partition(word)
        if found == "" or after == "":
            continue
        for higher in sorted(above | own, key=lambda higher: (-len(higher), higher)):
            before = before.replace(higher, "")
        return before + after
    return name


@lru_cache(maxsize=8192)
def _names_above(region: Region, registry: Registry) -> tuple[str, ...]:
    """The names of the regions above one, in full and without peoples: 恩施州 for 恩施土家族苗族自治州."""
    found: list[str] = [region.province]
    above = registry.parent(region)
    while above is not None:
        found += [above.name, names_of(registry).short_name(above)]
        above = registry.parent(above)
    return tuple(found)


@lru_cache(maxsize=1)
def _sure_renames() -> dict[tuple[str, Level], str]:
    return {
        (organ_name(row.predecessor), level): organ_name(row.successor)
        for row in organ_successions.load()
        if row.kind == "renamed" and row.certainty == "sure"
        for level in row.levels
    }
