"""Look-ups by code, name, year and host, on the project's own seeds and on small ones."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl import registry
from goicrawl.registry import Region, Registry, RegistryError
from tests.registry.seeds import PORTALS, REGIONS, write_seeds

SEEDS = registry.load()


def only(regions: list[Region]) -> Region:
    assert len(regions) == 1
    return regions[0]


def test_the_project_s_seeds_are_whole_and_read_once() -> None:
    assert (len(SEEDS.regions), len(SEEDS.portals), len(SEEDS.report_columns)) == (6826, 3211, 141)
    assert Counter(portal.level for portal in SEEDS.portals) == {
        "county": 2846,
        "prefecture": 334,
        "province": 31,
    }
    assert registry.load() is SEEDS


def test_a_region_is_the_one_valid_in_the_year_else_the_newest() -> None:
    assert SEEDS.region("132622", 1985).name == "宽城县"  # type: ignore[union-attr]
    assert SEEDS.region("132622", 1990).name == "宽城满族自治县"  # type: ignore[union-attr]
    assert SEEDS.region("132622", 2020).name == "宽城满族自治县"  # type: ignore[union-attr]
    assert SEEDS.region("130827").since == 1993  # type: ignore[union-attr]
    assert SEEDS.region("000000") is None


def test_names_are_exact_and_honour_years() -> None:
    assert only(SEEDS.regions_named("平潭县")).code == "350128"
    assert only(SEEDS.regions_named("平潭县", 1982)).code == "352325"
    assert [row.province for row in SEEDS.regions_named("鼓楼区")] == ["江苏省", "江苏省", "福建省", "河南省"]
    assert only(SEEDS.regions_named("洪泽区", 2016)).code == "320813"
    assert SEEDS.regions_named("洪泽区", 2015) == []
    assert {row.until for row in SEEDS.regions_named("宽城县")} == {1989}
    assert SEEDS.regions_named("宽城") == []


def test_successors_lead_to_what_a_region_has_become() -> None:
    hongze = only(SEEDS.regions_named("洪泽县", 2010))
    assert [row.code for row in SEEDS.current(hongze)] == ["320813"]
    assert [row.code for row in SEEDS.current(hongze, 2010)] == ["320829"]
    assert SEEDS.current(hongze, 1970) == []
    oldest = SEEDS.region("132622", 1985)
    assert oldest is not None
    assert [row.code for row in SEEDS.current(oldest)] == ["130827"]
    split = SEEDS.region("320881", 1995)
    assert split is not None
    assert [row.code for row in SEEDS.current(split, 1996)] == ["321302", "321321"]
    assert [row.code for row in SEEDS.predecessors(SEEDS.current(hongze)[0])] == ["320829"]
    assert SEEDS.successors(SEEDS.current(hongze)[0]) == []


def test_a_transfer_of_territory_is_no_succession() -> None:
    weili = SEEDS.region("652823")
    assert weili is not None
    assert (weili.successors, weili.transfers, weili.until) == ((), (("659006", 2024),), None)
    assert SEEDS.current(weili) == [weili]


def test_jiangbei_and_yubei_ended_in_2025() -> None:
    for code in ("500105", "500112"):
        region = SEEDS.region(code)
        assert region is not None
        assert region.valid_in(2024)
        assert not region.valid_in(2025)
        assert [row.name for row in SEEDS.current(region)] == ["两江新区"]


def test_children_and_parents() -> None:
    assert len(SEEDS.children("130800")) == 11
    assert "洪泽县" in [row.name for row in SEEDS.children("320800", 2014)]
    assert "洪泽区" in [row.name for row in SEEDS.children("320800")]
    assert {row.level for row in SEEDS.children("130000")} == {"prefecture"}
    assert {"500157", "500101"} <= {row.code for row in SEEDS.children("500000")}
    assert "659013" in {row.code for row in SEEDS.children("650000")}
    assert SEEDS.children("130827") == []
    assert SEEDS.children("000000") == []
    county = SEEDS.region("130827")
    assert county is not None
    prefecture = SEEDS.parent(county)
    assert prefecture is not None
    province = SEEDS.parent(prefecture)
    assert province is not None
    assert (prefecture.code, province.code, SEEDS.parent(province)) == ("130800", "130000", None)


def test_every_region_has_its_parent_and_is_among_its_children() -> None:
    for row in SEEDS.regions:
        if row.until is not None or row.level == "province":
            continue
        parent = SEEDS.parent(row)
        assert parent is not None, row
        assert row in SEEDS.children(parent.code), row


def test_a_host_finds_its_portals_with_and_without_www() -> None:
    for host in ("www.hbkc.gov.cn", "hbkc.gov.cn", "WWW.HBKC.GOV.CN."):
        assert [portal.region_code for portal in SEEDS.portals_of_host(host)] == ["130827"]
    assert SEEDS.portals_of_host("gov.cn") == []


@given(st.sampled_from(SEEDS.portals))
def test_every_portal_is_found_by_its_hosts_code_and_selection(portal: registry.Portal) -> None:
    for host in portal.hosts:
        assert portal in SEEDS.portals_of_host("www." + host)
    if portal.region_code is not None:
        assert portal in SEEDS.portals_of(portal.region_code)
        if portal.url is not None:
            assert SEEDS.select([portal.region_code]) == [portal]


@given(st.sampled_from(SEEDS.regions), st.integers(1975, 2030))
def test_a_region_of_a_year_is_valid_in_it_or_nobody_is(region: Region, year: int) -> None:
    found = SEEDS.region(region.code, year)
    assert found is not None
    assert found.code == region.code
    if region.valid_in(year):
        assert found == region
        assert region in SEEDS.regions_named(region.name, year)
        assert SEEDS.current(region, year) == [region]
    for later in SEEDS.current(region, year):
        assert later.valid_in(year)


def test_report_columns_of_a_region() -> None:
    assert [column.url for column in SEEDS.columns_of("130827")] == [
        "http://www.hbkc.gov.cn/col/col5985/index.html"
    ]
    assert len(SEEDS.columns_of("130000")) == 2
    assert SEEDS.columns_of("130801") == []


def test_selection_keeps_the_file_s_order_and_each_portal_once() -> None:
    chengde = SEEDS.select(["1308"])
    assert len(chengde) == 12
    assert SEEDS.select(["130827", "1308", "130827"]) == chengde
    assert SEEDS.select(["宽城满族自治县"]) == SEEDS.select(["130827"])
    assert SEEDS.select(["加格达奇区"])[0].region_code is None
    hebei = SEEDS.select(province="河北省")
    assert len(hebei) == 179
    assert SEEDS.select(["320000"], province="河北省")[:-1] == hebei
    # Two rows have no address.
    assert len(SEEDS.select(everything=True)) == 3209


@pytest.mark.parametrize(
    ("codes", "province", "named"),
    [
        ([], None, "nothing selected"), (["999999"], None, "999999"), (["99"], None, "99"),
        (["火星市"], None, "火星市"), (["鼓楼区"], None, "320106"), (["341702"], None, "portals.csv:1117"),
        (["132622"], None, "130827"),
        (["710000"], None, "has no portal"), ([], "河北", "河北省"),
    ],
)  # fmt: skip
def test_a_selection_that_cannot_be_says_what_is_unknown(
    codes: list[str], province: str | None, named: str
) -> None:
    with pytest.raises(RegistryError, match=named):
        SEEDS.select(codes, province)


def test_another_folder_is_another_registry(tmp_path: Path) -> None:
    small: Registry = registry.load(write_seeds(tmp_path))
    assert small is not SEEDS
    assert [row.name for row in small.children("321300")] == ["宿城区", "宿豫区"]
    assert [row.name for row in small.children("321300", 2002)] == ["宿城区", "宿豫县"]
    assert [portal.url for portal in small.select(everything=True)] == [row["url"] for row in PORTALS]
    assert len(small.regions) == len(REGIONS)


def test_an_address_out_of_use_is_not_visited(tmp_path: Path) -> None:
    old = {**PORTALS[0], "url": "http://old.suqian.gov.cn/", "valid_until": "2019"}
    small = registry.load(write_seeds(tmp_path, portals=[old, *PORTALS]))
    assert [portal.url for portal in small.select(["321300"])] == [PORTALS[0]["url"]]
    assert len(small.portals_of_host("old.suqian.gov.cn")) == 1
    gone = registry.load(write_seeds(tmp_path, portals=[old]))
    assert gone.select(everything=True) == []
    with pytest.raises(RegistryError, match=r"no address in use in portals\.csv:2"):
        gone.select(["321300"])
