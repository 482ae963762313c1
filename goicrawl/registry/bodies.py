"""The bodies that issue reports: the full name, the kind and the scope that a printed name stands for.

Pages print short forms (县政府办). They are written out only where the page's region and the tables of
bodies.toml leave no doubt; otherwise a name stays as printed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from goicrawl.registry.body_words import BodyWords
from goicrawl.registry.body_words import load as load_words
from goicrawl.registry.records import Region
from goicrawl.registry.region_names import Match, RegionNames, is_below, names_of
from goicrawl.registry.registry import Registry

BodyKind = Literal["government", "office", "department", "township", "subdistrict", "other"]
BodyScope = Literal["organ", "level", "jurisdiction"]

LONGEST_NAME = 100
"""A printed text longer than this is a sentence, not a name."""
_GOVERNMENT = re.compile(r"(?:人民)?政府|行政公署|行署")
_ZONE_OFFICE = re.compile(r".*(?:管委会|管理委员会)办公室")
_OFFICE = re.compile(r"(?:人民政府|政府|府|行政公署|行署)(办公室|办公厅|办)")
_PARTY_OFFICE = re.compile(r"委(?:办公室|办|员会办公室)")
_TOWNSHIP = re.compile(r"(.{1,12}(?:镇|乡|苏木))(?:人民政府|政府)?")
_SUBDISTRICT = re.compile(r"(.{1,12}?)(?:街道办事处|街道办|街道)")
_TOWN_OF_THAT_NAME = re.compile(r"(?:街道|镇|乡|苏木)(?:人民政府|政府|办事处|办)?|管委会|管理委员会")
_ZONE = re.compile(r"(.*?)(?:管委会|管理委员会)")


@dataclass(frozen=True, slots=True)
class Body:
    """An issuing body. `region_code` is None, and `name` as printed, where its region is in doubt.

    `scope` is what the name alone says: a government speaks for its jurisdiction, every other organ for
    itself; None where the name does not show an organ.
    """

    name: str
    kind: BodyKind
    scope: BodyScope | None
    region_code: str | None


def region_of_body(name: str, registry: Registry, year: int | None = None) -> list[Region]:
    """The regions that a body's full name may begin with: none, one, or all of that name.

    鼓楼区财政局 gives four, 南京市鼓楼区财政局 one. `year` is the report's; without it today's names
    go before those of other times.
    """
    match = names_of(registry).beginning(clean(name), year)
    return [] if match is None else list(match.regions)


def normalise_body(
    printed: str, *, region: Region | None, registry: Registry, year: int | None = None
) -> Body:
    """The body that a printed name stands for.

    `region` is the region of the portal or page the name was printed on, `year` the report's year.
    Never raises for any text, and never guesses: in doubt the name comes back as printed (without white
    space) and `region_code` is None.
    """
    words = load_words()
    names = names_of(registry)
    text = clean(printed)
    as_printed = Body(text, *_kind_of_whole(text, words), None)
    if text == "" or len(text) > LONGEST_NAME or text.endswith(words.never_endings):
        return as_printed
    if text.startswith(words.whole_prefixes):
        return _central(text, as_printed, names, region, year)

    match = names.beginning(text, year)
    if match is not None:
        chosen = _choose(match, text, region, registry, words)
        if chosen is not None:
            rest = text[match.length :]
            if chosen.name in rest:
                return as_printed  # several bodies in one line
            return written_out(match.printed_chain, chosen, rest, names, words)
        if not is_another_place(text[match.length :], words):
            return as_printed
    if region is None:
        return as_printed

    near, length = names.in_context(text, region, year)
    if len(near) > 1:
        return as_printed
    if near and follows_a_stem(text[length:], words):
        return written_out("", near[0], text[length:], names, words)
    for candidate in _at_the_time(region, registry, year):
        rest_of_level = after_level_word(text, candidate, names, words)
        if rest_of_level is not None:
            return written_out("", candidate, rest_of_level, names, words)
    return _prefixed(text, region, as_printed, names, words)


def clean(printed: str) -> str:
    """Without white space and invisible characters; full-width digits, letters and brackets as they are."""
    return "".join(
        char for char in printed if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf")
    )


def _choose(
    match: Match, text: str, region: Region | None, registry: Registry, words: BodyWords
) -> Region | None:
    """The one region among those of a match that the body can belong to, or None."""
    rest = text[match.length :]
    if _TOWN_OF_THAT_NAME.fullmatch(rest):
        # 东区街道办事处 is a subdistrict called 东区, wherever it is, not an organ of 攀枝花市东区.
        return None
    if region is None:
        return match.regions[0] if len(match.regions) == 1 else None
    related = [row for row in match.regions if _related(row, region, registry)]
    if len(related) == 1:
        return related[0]
    if related:
        return next((row for row in related if row.code == region.code), None)
    if len(match.regions) > 1 or not match.sure or rest.startswith(words.zones):
        return None
    return match.regions[0]


def _related(row: Region, region: Region, registry: Registry) -> bool:
    """Whether a region is `region`, above it, below it, or what one of the two once was."""
    if row.code == region.code or is_below(row, region) or is_below(region, row):
        return True
    return any(later.code == region.code for later in registry.current(row)) or any(
        later.code == row.code for later in registry.current(region)
    )


def is_another_place(rest: str, words: BodyWords) -> bool:
    """Whether what follows a region's name may make another place of it: 东区 + 街道, 城区 + 开发区."""
    return _TOWN_OF_THAT_NAME.fullmatch(rest) is not None or rest.startswith(words.zones)


def follows_a_stem(rest: str, words: BodyWords) -> bool:
    """Whether a region's stem with this behind it is surely the region: 平潭, 平潭政府办, 平潭财政局."""
    if rest == "" or _GOVERNMENT.fullmatch(rest) or _OFFICE.fullmatch(rest):
        return True
    if any(word in rest for word in (*words.zones, *words.central_offices)) or "分局" in rest:
        return False
    return len(rest) > 1 and rest.endswith(("局", "厅", "委员会")) and not _ZONE.fullmatch(rest)


def after_level_word(text: str, region: Region, names: RegionNames, words: BodyWords) -> str | None:
    """What follows 县, 市, 区, 省 ... where that is what the region calls itself, else None."""
    kind = names.kind_of(region)
    if kind is None:
        return None
    for word in kind.words:
        if text.startswith(word) and len(text) > len(word) and not words.trapped(text, len(word) - 1):
            rest = text[len(word) :]
            return rest if _kind_of_rest(rest, words) is not None else None
    return None


def _at_the_time(region: Region, registry: Registry, year: int | None) -> list[Region]:
    """The region, and what it was in `year` where that is one other region: 洪泽县 for 洪泽区 in 2014."""
    if year is None or region.valid_in(year):
        return [region]
    before = [row for row in registry.predecessors(region) if row.valid_in(year)]
    return [region, *before] if len(before) == 1 else [region]


def written_out(chain: str, region: Region, rest: str, names: RegionNames, words: BodyWords) -> Body:
    """A body of a region, from what is printed after the region's name."""
    kind = names.kind_of(region)
    whole = chain + region.name
    # Leagues and 地区 have a 行政公署; what is printed as 人民政府 stays so.
    government = "人民政府" if kind is None or rest.startswith("人民政府") else kind.government
    if rest == "" or _GOVERNMENT.fullmatch(rest):
        return Body(whole + government, "government", "jurisdiction", region.code)
    office = _OFFICE.fullmatch(rest)
    if office is not None:
        if office[1] != "办":
            return Body(whole + government + office[1], "office", "organ", region.code)
        if kind is None or region.code in words.office_unsure:
            return Body(whole + rest, "office", "organ", region.code)
        return Body(whole + government + kind.office, "office", "organ", region.code)
    if _PARTY_OFFICE.fullmatch(rest):
        # The Party committee's, no organ of the government.
        return Body(f"中共{whole}委员会办公室", "other", "organ", region.code)
    township = _TOWNSHIP.fullmatch(rest)
    if township is not None:
        return Body(f"{whole}{township[1]}人民政府", "township", "organ", region.code)
    subdistrict = _SUBDISTRICT.fullmatch(rest)
    if subdistrict is not None:
        return Body(f"{whole}{subdistrict[1]}街道办事处", "subdistrict", "organ", region.code)
    rest = words.organs.get(rest, rest)
    if rest.endswith("管委会"):
        rest = rest.removesuffix("管委会") + "管理委员会"
    found = _kind_of_rest(rest, words)
    if found is None:
        return Body(whole + rest, "other", None, region.code)
    return Body(whole + rest, *found, region.code)


def _central(
    text: str, as_printed: Body, names: RegionNames, region: Region | None, year: int | None
) -> Body:
    """A local office of a central administration: as printed, its region the one that is named in it."""
    for position in range(2, len(text)):
        match = names.beginning(text[position:], year)
        if match is not None and match.sure:
            codes = {row.code for row in match.regions}
            if len(codes) == 1:
                return Body(text, as_printed.kind, as_printed.scope, match.regions[0].code)
            if region is not None and region.code in codes:
                return Body(text, as_printed.kind, as_printed.scope, region.code)
            return as_printed
    return as_printed


def _prefixed(text: str, region: Region, as_printed: Body, names: RegionNames, words: BodyWords) -> Body:
    """A name without any region gets the page's: 财政局 of 宿迁市. One that names a place itself does not."""
    if _kind_of_rest(text, words) is None or any(word in text for word in words.central_offices):
        return as_printed
    zone = _ZONE.fullmatch(text)
    if zone is not None and zone[1] == "":
        # The committee of a zone that is not named: not of the region that the zone lies in.
        return as_printed
    if any(
        _starts_like_level(text, word, words) for word in ("省", "市", "县", "区", "州", "盟", "旗", "自治")
    ):
        return as_printed
    stem = names.stem(region)
    is_town = _TOWNSHIP.fullmatch(text) is not None or _SUBDISTRICT.fullmatch(text) is not None
    if region.name in text or (stem is not None and stem in text and not is_town):
        return Body(text, as_printed.kind, as_printed.scope, region.code)
    return written_out("", region, text, names, words)


def _starts_like_level(text: str, word: str, words: BodyWords) -> bool:
    """Whether a name begins with a level's word that is not the page's own: 市财政局 on a county's page."""
    return text.startswith(word) and not words.trapped(text, len(word) - 1)


def without_place(text: str, words: BodyWords) -> str:
    """A name whose region is not known, without a level's word before it: 人民政府办公室 for 县政府办."""
    for word in ("自治区", "自治州", "自治县", "省", "市", "县", "区", "州", "盟", "旗"):
        if _starts_like_level(text, word, words) and _kind_of_rest(text[len(word) :], words) is not None:
            text = text[len(word) :]
            break
    office = _OFFICE.fullmatch(text)
    if office is not None:
        return "人民政府" + ("办公室" if office[1] == "办" else office[1])
    for pattern, ending in ((_TOWNSHIP, "人民政府"), (_SUBDISTRICT, "街道办事处")):
        named = pattern.fullmatch(text)
        if named is not None:
            return named[1] + ending
    return words.organs.get(text, text)


def says_its_region(text: str, region: Region, registry: Registry, year: int | None) -> bool:
    """Whether a name itself says that it is of the page's region: by name, stem or its level's word."""
    names, words = names_of(registry), load_words()
    if names.beginning(text, year) is not None:
        return True
    near, length = names.in_context(text, region, year)
    if near and follows_a_stem(text[length:], words):
        return True
    return after_level_word(text, region, names, words) is not None


def _kind_of_whole(text: str, words: BodyWords) -> tuple[BodyKind, BodyScope | None]:
    """Kind and scope of a name whose region is not known."""
    if text.endswith(words.never_endings):
        return "other", None
    if text.startswith("中共") and text.endswith(("委员会办公室", "委办公室", "委办")):
        return "other", "organ"
    office = re.search(r"(?:政府|府|公署|行署)(?:办公室|办公厅|办)$", text)
    if office is not None:
        return "office", "organ"
    return _kind_of_rest(text, words) or ("other", None)


def _kind_of_rest(rest: str, words: BodyWords) -> tuple[BodyKind, BodyScope] | None:
    """Kind and scope from the way a name ends, or None where it does not end like an organ's."""
    if _OFFICE.fullmatch(rest) or _ZONE_OFFICE.fullmatch(rest):
        return "office", "organ"
    if _TOWNSHIP.fullmatch(rest):
        return "township", "organ"
    if rest.endswith(("政府", "行政公署", "行署")):
        return "government", "jurisdiction"
    if _SUBDISTRICT.fullmatch(rest):
        return "subdistrict", "organ"
    zone = _ZONE.fullmatch(rest)
    if zone is not None:
        return ("other" if zone[1] == "" or zone[1].endswith(words.zones) else "department"), "organ"
    if rest.endswith(words.never_endings):
        return None
    if len(rest) > 1 and rest.endswith(words.other_endings):
        return "other", "organ"
    if len(rest) > 1 and rest not in words.department_endings and rest.endswith(words.department_endings):
        return "department", "organ"
    return None
