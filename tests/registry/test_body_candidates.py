"""What a printed name may stand for, where it does not say surely: candidates, and never a choice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl import registry
from goicrawl.registry import Region
from goicrawl.registry.bodies import normalise_body
from goicrawl.registry.body_candidates import MOST, WHYS, candidates_of, of_lower_levels
from goicrawl.registry.body_words import load as load_words
from goicrawl.registry.organs import organ_name, organ_of

SEEDS = registry.load()
WENZHOU = "330300"


def region(code: str | None) -> Region | None:
    return None if code is None else SEEDS.region(code)


def may_be(printed: str, code: str | None, year: int | None = None) -> list[tuple[str | None, str, str]]:
    found = candidates_of(printed, region=region(code), registry=SEEDS, year=year)
    return [(one.region_code, one.name, one.why) for one in found]


def below(printed: str, code: str) -> dict[str | None, str]:
    place = SEEDS.region(code)
    assert place is not None
    found = of_lower_levels(printed, region=place, registry=SEEDS)
    assert {one.why for one in found} <= {"lower_levels"}
    return {one.region_code: one.name for one in found}


@pytest.mark.parametrize(
    ("printed", "code", "codes"),
    [
        ("鼓楼区财政局", None, ["320106", "320302", "350102", "410204"]),
        ("鼓楼区财政局", "130827", ["320106", "320302", "350102", "410204"]),
        ("朝阳区教育局", None, ["110105", "220104"]),
        ("吉林", "220200", ["220000", "220200"]),
        ("南昌", "360121", ["360100", "360121"]),
        ("承德财政局", "130800", ["130800", "130821"]),
        ("宽城", None, ["130827", "220103"]),
        ("和平", None, ["120101", "210102", "441624"]),
        ("平潭财政局", None, ["350128"]),
    ],
)
def test_regions_of_one_name(printed: str, code: str | None, codes: list[str]) -> None:
    found = may_be(printed, code)
    assert [one[0] for one in found] == codes
    assert {one[2] for one in found} == {"several_regions"}


@pytest.mark.parametrize(
    ("printed", "code", "candidate"),
    [
        ("市政府办", "130827", ("130800", "承德市人民政府办公室", "level_above")),
        ("市人社局", "130827", ("130800", "承德市人力资源和社会保障局", "level_above")),
        ("省财政厅", "321300", ("320000", "江苏省财政厅", "level_above")),
        ("县政府办", None, (None, "人民政府办公室", "region_not_said")),
        ("龙归镇", None, (None, "龙归镇人民政府", "region_not_said")),
        ("城关镇", None, (None, "城关镇人民政府", "region_not_said")),
        ("太平乡人民政府", None, (None, "太平乡人民政府", "region_not_said")),
        ("东区街道办事处", None, (None, "东区街道办事处", "region_not_said")),
        ("教育局", None, (None, "教育局", "region_not_said")),
        ("市场监管局", None, (None, "市场监督管理局", "region_not_said")),
    ],
)
def test_one_candidate(printed: str, code: str | None, candidate: tuple[str | None, str, str]) -> None:
    assert may_be(printed, code) == [candidate]


def test_a_county_s_bureau_on_a_prefecture_s_page_is_one_of_its_counties_not_of_its_districts() -> None:
    found = may_be("县教育局", "330300")
    assert len(found) >= 5
    assert all(name.endswith("县教育局") and why == "lower_levels" for _, name, why in found)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("宽城满族自治县教育局", None),
        ("教育局", "130827"),
        ("县政府办", "130827"),
        ("admin", "321300"),
        ("办公室", "321300"),
        ("本站", "321300"),
        ("国家税务总局鼓楼区税务局", None),
        ("村民委员会", "321300"),
        ("宿迁市财政局宿迁市司法局", "321300"),
        ("局" * 200, None),
        ("", None),
    ],
)
def test_what_is_sure_or_says_nothing_has_no_candidates(printed: str, code: str | None) -> None:
    assert may_be(printed, code) == []


def test_a_bureau_on_a_portal_that_lists_its_counties_too() -> None:
    codes = {WENZHOU, *(row.code for row in SEEDS.children(WENZHOU))}
    for printed, name in (("教育局", "教育局"), ("人民政府", "人民政府"), ("政府办", "人民政府办公室")):
        found = below(printed, WENZHOU)
        assert set(found) == codes
        assert found[WENZHOU] == f"温州市{name}"
        assert found["330302"] == f"鹿城区{name}"


@pytest.mark.parametrize(
    "printed", ["市教育局", "温州市教育局", "温州教育局", "鹿城区教育局", "鹿城教育局", "x"]
)
def test_a_name_that_says_its_region_is_not_in_doubt_there(printed: str) -> None:
    assert below(printed, WENZHOU) == {}


def test_a_bureau_on_a_portal_of_its_own_reports_is_not_in_doubt() -> None:
    assert not any(column.scope == "aggregator" for column in SEEDS.columns_of("350400"))
    assert below("教育局", "350400") == {}
    assert below("教育局", "130827") == {}


def test_a_town_on_a_prefecture_s_page_is_one_of_its_counties() -> None:
    found = below("中村乡", "350400")
    assert set(found) == {row.code for row in SEEDS.children("350400")}
    assert found["350405"] == "沙县区中村乡人民政府"
    assert below("中村乡", "350000") == {None: "中村乡人民政府"}
    assert below("石岐街道", "442000") == {}, "中山 has no counties: its towns are its own"
    assert below("三明市中村乡", "350400") == {}


@given(
    st.text(max_size=20)
    | st.sampled_from(["教育局", "城关镇", "市政府办", "县委办", "鼓楼区", "长安", "新区管委会", "东区街道"]),
    st.none() | st.sampled_from(SEEDS.regions),
    st.none() | st.integers(1980, 2030),
)
def test_candidates_are_only_for_names_without_a_region(
    printed: str, place: Region | None, year: int | None
) -> None:
    found = candidates_of(printed, region=place, registry=SEEDS, year=year)
    assert len(found) <= MOST
    assert {one.why for one in found} <= set(WHYS)
    assert [one.region_code or "" for one in found] == sorted(one.region_code or "" for one in found)
    sure = normalise_body(printed, region=place, registry=SEEDS, year=year)
    assert found == () or sure.region_code is None
    if place is not None:
        of_lower_levels(printed, region=place, registry=SEEDS, year=year)


def test_short_forms_of_several_organs_are_kept_with_all_of_them() -> None:
    words = load_words()
    assert not set(words.short_forms) & set(words.organs)
    assert {"发改局", "住建局", "教体局", "文旅局", "城管局", "综合执法局"} <= set(words.short_forms)
    assert {"人社局", "市监局", "卫健委", "卫健局", "自规局", "医保局", "政数局"} <= set(words.organs)
    for short, full in words.short_forms.items():
        assert len(full) > 1, f"{short} stands for one organ: it belongs under [organs]"
        assert short not in full
        for one in full:
            letters = iter(one)
            assert short.endswith("执法局") or all(char in letters for char in short[:-1]), one
        found = organ_of("130827", f"宽城满族自治县{short}", SEEDS)
        assert found.stands_for == tuple(organ_name(one) for one in full)
        assert found.name == short, "it is not written out"
    for full in words.organs.values():
        assert organ_of("130827", f"宽城满族自治县{full}", SEEDS).stands_for == ()
