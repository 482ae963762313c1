"""The bodies that a printed name may stand for, where it does not say surely which.

Nothing is chosen here. 鼓楼区财政局 may be of four districts; 市政府办 on a county's page is likely, and not
surely, the prefecture's; 教育局 on a portal that also lists its counties' reports may be any county's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from goicrawl.registry import bodies
from goicrawl.registry.body_words import load as load_words
from goicrawl.registry.records import Region
from goicrawl.registry.region_names import names_of
from goicrawl.registry.registry import Registry

Why = Literal["several_regions", "level_above", "lower_levels", "region_not_said"]
WHYS: tuple[Why, ...] = ("several_regions", "level_above", "lower_levels", "region_not_said")
MOST = 60
"""More regions than this a name may belong to are not listed: it says nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body that is perhaps meant. `region_code` is None where nothing says of which region it is.

    `why`: several_regions bear the name; level_above: the name is of a level above the page's region;
    lower_levels: the page's portal lists the reports of lower levels too; region_not_said.
    """

    region_code: str | None
    name: str
    why: Why


def candidates_of(
    printed: str, *, region: Region | None, registry: Registry, year: int | None = None
) -> tuple[Candidate, ...]:
    """What a name may stand for that `normalise_body` gives no region; () where it gives one or nothing fits.

    Ordered by region code. Never raises for any text.
    """
    found = bodies.normalise_body(printed, region=region, registry=registry, year=year)
    if found.region_code is not None or found.name == "" or len(found.name) > bodies.LONGEST_NAME:
        return ()
    text, names, words = found.name, names_of(registry), load_words()
    if text.startswith(words.whole_prefixes) or text.endswith(words.never_endings):
        return ()
    match = names.beginning(text, year)
    if match is not None and not bodies.is_another_place(text[match.length :], words):
        if len(match.regions) == 1:
            return ()
        rest = text[match.length :]
        return _of_regions(match.regions, rest, "several_regions", registry, match.printed_chain)
    near, length = names.with_stem(text, year) if region is None else names.in_context(text, region, year)
    if (len(near) > 1 or (near and region is None)) and bodies.follows_a_stem(text[length:], words):
        return _of_regions(near, text[length:], "several_regions", registry)
    if region is not None:
        return _of_other_levels(text, region, registry, year)
    if found.scope is None:
        return ()
    return (Candidate(None, bodies.without_place(text, words), "region_not_said"),)


def of_lower_levels(
    printed: str, *, region: Region, registry: Registry, year: int | None = None
) -> tuple[Candidate, ...]:
    """The same name in the page's region and in each region below it, where its portal lists theirs too.

    A town on a prefecture's page is one of its counties'. () where the name says of which region it is, or
    the portal is not known to list lower levels' reports.
    """
    text = bodies.clean(printed)
    below = registry.children(region.code, year)
    own = bodies.normalise_body(text, region=region, registry=registry, year=year)
    if not below or own.region_code != region.code or own.scope is None:
        return ()
    if bodies.says_its_region(text, region, registry, year):
        return ()
    if own.kind in ("township", "subdistrict"):
        if region.level == "prefecture":
            return _of_regions(below, text, "lower_levels", registry)
        return (Candidate(None, bodies.without_place(text, load_words()), "lower_levels"),)
    if not any(column.scope == "aggregator" for column in registry.columns_of(region.code)):
        return ()
    return _of_regions([region, *below], text, "lower_levels", registry)


def _of_other_levels(
    text: str, region: Region, registry: Registry, year: int | None
) -> tuple[Candidate, ...]:
    """市财政局 on a county's page, 县财政局 on a prefecture's: of the regions above that call themselves so,
    else of those below.
    """
    rows, above = [], registry.parent(region, year)
    while above is not None:
        rows.append(above)
        above = registry.parent(above, year)
    return _by_level_word(text, rows, "level_above", registry) or _by_level_word(
        text, registry.children(region.code, year), "lower_levels", registry
    )


def _by_level_word(text: str, rows: Iterable[Region], why: Why, registry: Registry) -> tuple[Candidate, ...]:
    names, words = names_of(registry), load_words()
    rests = ((row, bodies.after_level_word(text, row, names, words)) for row in rows)
    return tuple(
        candidate
        for row, rest in rests
        if rest is not None
        for candidate in _of_regions([row], rest, why, registry)
    )


def _of_regions(
    regions: Iterable[Region], rest: str, why: Why, registry: Registry, chain: str = ""
) -> tuple[Candidate, ...]:
    rows = {row.code: row for row in regions}
    if len(rows) > MOST:
        return ()
    names, words = names_of(registry), load_words()
    return tuple(
        Candidate(code, bodies.written_out(chain, rows[code], rest, names, words).name, why)
        for code in sorted(rows)
    )
