"""One organ over the years: regions through their changes, sure renames, and what is only a merger."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl import registry
from goicrawl.registry import RegistryError, organ_successions
from goicrawl.registry.bodies import normalise_body
from goicrawl.registry.organs import Organ, organ_name, organ_of, subject_of
from goicrawl.registry.region_lines import key_of, lines_of

SEEDS = registry.load()
TODAY = [row for row in SEEDS.regions if row.until is None]
SUCCESSIONS = organ_successions.load()


def organ(code: str, name: str) -> Organ:
    return organ_of(code, name, SEEDS)


def line(code: str, name: str) -> tuple[str, str]:
    found = organ(code, name)
    return found.place, found.line_name


@pytest.mark.parametrize(
    "bodies",
    [
        [("350427", "沙县教育局"), ("350405", "沙县区教育局"), ("350405", "三明市沙县区教育局")],
        [("350427", "沙县教育局"), ("350405", "沙县教育局")],
        [("320829", "洪泽县人民政府"), ("320813", "江苏省淮安市洪泽区人民政府")],
        [("522400", "毕节地区行政公署"), ("520500", "毕节市人民政府")],
        [("522400", "毕节地区行政公署办公室"), ("520500", "毕节市人民政府办公室")],
        [("522401", "毕节市财政局"), ("520502", "毕节市七星关区财政局")],
        [("420600", "襄樊市财政局"), ("420600", "襄阳市财政局")],
        [("130323", "抚宁县财政局"), ("130306", "秦皇岛市抚宁区财政局")],
        [("350427", "国家税务总局沙县税务局"), ("350405", "国家税务总局三明市沙县区税务局")],
        [("422801", "恩施市教育局"), ("422801", "恩施州恩施市教育局")],
        [("130827", "宽城满族自治县教育和体育局"), ("130827", "宽城县教育体育局")],
        [("130827", "宽城满族自治县卫生和计划生育局"), ("130827", "宽城满族自治县卫生健康局"),
         ("130827", "宽城满族自治县卫生健康委员会")],
        [("130827", "宽城满族自治县发展和改革局"), ("130827", "宽城满族自治县发展改革委员会")],
        [("130827", "宽城满族自治县扶贫开发办公室"), ("130827", "宽城满族自治县乡村振兴局")],
        [("130827", "宽城满族自治县交通局"), ("130827", "宽城满族自治县交通运输局")],
        [("130800", "承德市环境保护局"), ("130800", "承德市生态环境局")],
        [("542300", "日喀则地区行政公署"), ("540200", "日喀则市人民政府")],
    ],
)  # fmt: skip
def test_one_organ(bodies: list[tuple[str, str]]) -> None:
    assert len({line(*body) for body in bodies}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("130827", "宽城满族自治县工商行政管理局"), ("130827", "宽城满族自治县市场监督管理局")),
        (("130827", "宽城满族自治县卫生局"), ("130827", "宽城满族自治县卫生和计划生育局")),
        (("130827", "宽城满族自治县人口和计划生育局"), ("130827", "宽城满族自治县卫生健康局")),
        (("130827", "宽城满族自治县环境保护局"), ("130827", "宽城满族自治县生态环境局")),
        (("130827", "宽城满族自治县国土资源局"), ("130827", "宽城满族自治县自然资源和规划局")),
        (("130827", "宽城满族自治县水利局"), ("130827", "宽城满族自治县水务局")),
        (("130827", "宽城满族自治县人民政府"), ("130827", "宽城满族自治县人民政府办公室")),
        (("130827", "宽城满族自治县教育局"), ("130821", "承德县教育局")),
        (("130827", "宽城满族自治县发改局"), ("130827", "宽城满族自治县发展和改革局")),
        (("350402", "三明市梅列区教育局"), ("350404", "三明市三元区教育局")),
        (("350403", "三明市三元区教育局"), ("350404", "三明市三元区教育局")),
        (("130502", "邢台市桥东区教育局"), ("130502", "邢台市襄都区教育局")),
        (("522401", "毕节市教育局"), ("520500", "毕节市教育局")),
        (("130827", "宽城满族自治县宽城镇人民政府"), ("130827", "宽城满族自治县人民政府")),
    ],
)
def test_two_organs(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert line(*one) != line(*other)


def test_a_region_that_is_no_more_has_its_last_code_and_year() -> None:
    assert organ("350402", "三明市梅列区教育局").place == "350402-2021"
    assert organ("341400", "巢湖市教育局").place == "341400-2011"


@pytest.mark.parametrize(
    ("name", "comparable", "subject"),
    [
        ("教育和体育局", "教育体育局", "教育体育"),
        ("和平街道办事处", "和平街道办事处", "和平"),
        ("和顺镇人民政府", "和顺镇人民政府", "和顺"),
        ("市场监督管理局", "市场监督管理局", "市场"),
        ("人民政府办公室", "人民政府办公室", ""),
        ("人社局", "人力资源社会保障局", "人力资源社会保障"),
    ],
)
def test_names_to_compare(name: str, comparable: str, subject: str) -> None:
    assert organ_name(name) == comparable
    assert subject_of(comparable) == subject


@pytest.mark.parametrize("code", ["", "000000", "999999", "x"])
def test_an_unknown_region_keeps_its_code(code: str) -> None:
    assert organ(code, "某某县教育局") == Organ(code, "某某县教育局", "某某县教育局", "某某县教育", None, ())


@given(st.sampled_from(TODAY).map(lambda row: row.code) | st.text(max_size=6), st.text(max_size=20))
def test_no_text_raises(code: str, name: str) -> None:
    organ(code, name)


def test_every_portal_s_government_and_bureaus_are_found_without_their_place() -> None:
    seen: set[tuple[str, str]] = set()
    for row in TODAY:
        for printed in ("教育局", "人民政府办公室", "市场监督管理局"):
            body = normalise_body(printed, region=row, registry=SEEDS)
            found = organ_of(row.code, body.name, SEEDS)
            expected = body.name.removeprefix(row.name) if body.name.startswith(row.name) else printed
            expected = expected.replace("行政公署", "人民政府").replace("办公厅", "办公室")
            assert (found.place, found.line_name) == (row.code, expected), body.name
            seen.add((found.place, found.line_name))
    assert len(seen) == 3 * len(TODAY) > 9_000


def test_every_region_has_one_line_and_lines_do_not_share_a_key() -> None:
    lines = lines_of(SEEDS)
    chains = {lines.of(row.code, row.name) for row in SEEDS.regions if row.until is None or row.until > 2003}
    keys = [key_of(chain) for chain in chains]
    assert len(keys) == len(set(keys))
    for chain in chains:
        assert all(row.until == later.since for row, later in pairwise(chain))


def test_an_end_may_be_told_from_either_code() -> None:
    chain = lines_of(SEEDS).of("350427", "沙县教育局")
    assert chain == lines_of(SEEDS).of("350405", "沙县区教育局")
    assert key_of(chain) == "350405"
    assert lines_of(SEEDS).of("000000", "x") == ()


def test_the_reforms_of_2018_and_2023_are_there() -> None:
    edges = {(row.predecessor, row.successor): (row.kind, row.certainty) for row in SUCCESSIONS}
    for before in ("工商行政管理局", "质量技术监督局", "食品药品监督管理局"):
        assert edges[before, "市场监督管理局"] == ("merged", "sure")
    assert edges["国土资源局", "自然资源和规划局"][0] == "merged"
    assert (
        edges["卫生局", "卫生和计划生育局"]
        == edges["人口和计划生育局", "卫生和计划生育局"]
        == ("merged", "sure")
    )
    assert edges["卫生和计划生育局", "卫生健康局"] == ("renamed", "sure")
    assert edges["乡村振兴局", "农业农村局"] == ("merged", "sure")
    assert edges["法制办公室", "司法局"] == ("merged", "sure")
    assert edges["水利局", "水务局"] == ("renamed", "usual")


def test_sure_renames_lead_to_one_end_each() -> None:
    sure = [row for row in SUCCESSIONS if (row.kind, row.certainty) == ("renamed", "sure")]
    later: dict[tuple[str, str], str] = {}
    for row in sure:
        for level in row.levels:
            before, after = organ_name(row.predecessor), organ_name(row.successor)
            assert later.setdefault((before, level), after) == after, row
    for (name, level), after in later.items():
        seen = {name}
        while (after, level) in later:
            assert after not in seen, f"{name} is renamed in a circle"
            seen.add(after)
            after = later[after, level]


def test_names_in_a_row_differ_also_when_they_are_compared() -> None:
    assert all(organ_name(row.predecessor) != organ_name(row.successor) for row in SUCCESSIONS)


def test_a_merger_never_joins_what_a_sure_rename_makes_one() -> None:
    for row in SUCCESSIONS:
        if row.kind != "renamed":
            codes = {"province": "130000", "prefecture": "130800", "county": "130827"}
            for level in row.levels:
                before, after = organ(codes[level], row.predecessor), organ(codes[level], row.successor)
                assert before.line_name != after.line_name, row


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("甲局,乙局,moved,sure,,,,x", "no such kind"),
        ("甲局,乙局,renamed,perhaps,,,,x", "no such kind"),
        ("甲局,乙局,renamed,sure,village,,,x", "no such level"),
        ("甲局,甲局,renamed,sure,,,,x", "differ"),
        ("甲局,,renamed,sure,,,,x", "must be there"),
        ("甲局,乙局,renamed,sure,,,,", "must be there"),
        ("甲局,乙局,renamed,sure,,2019,2018,x", "is before"),
        ("甲局,乙局,renamed,sure", "not eight values"),
        ("甲局,乙局,renamed,sure,,,,x,y", "not eight values"),
    ],
)
def test_a_broken_row_is_refused_with_its_line(row: str, said: str, tmp_path: Path) -> None:
    head = organ_successions.FILE.read_text(encoding="utf-8").splitlines()[0]
    path = tmp_path / "organ_successions.csv"
    path.write_text(f"{head}\n甲局,乙局,renamed,sure,,,,x\n{row}\n", encoding="utf-8")
    with pytest.raises(RegistryError, match=rf":3: .*{said}"):
        organ_successions.load(path)
