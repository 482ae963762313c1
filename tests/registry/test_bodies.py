"""Issuing bodies: printed short forms are written out where that is sure, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl import registry
from goicrawl.registry import Region
from goicrawl.registry.bodies import Body, BodyKind, normalise_body, region_of_body
from goicrawl.registry.body_words import load as load_words
from goicrawl.registry.region_names import names_of

SEEDS = registry.load()
TODAY = [region for region in SEEDS.regions if region.until is None]


def body(printed: str, code: str | None, year: int | None = None) -> Body:
    region = None if code is None else SEEDS.region(code)
    assert (region is None) == (code is None)
    return normalise_body(printed, region=region, registry=SEEDS, year=year)


@pytest.mark.parametrize(
    ("printed", "code", "name"),
    [
        ("县政府办", "130827", "宽城满族自治县人民政府办公室"),
        ("宽城县政府办", "130827", "宽城满族自治县人民政府办公室"),
        ("县政府办公室", "130827", "宽城满族自治县人民政府办公室"),
        ("  宽 城县政府办\u00a0\u200b", "130827", "宽城满族自治县人民政府办公室"),
        ("宽城满族自治县人民政府办公室", "130827", "宽城满族自治县人民政府办公室"),
        ("政府办", "130827", "宽城满族自治县人民政府办公室"),
        ("市政府办", "321300", "宿迁市人民政府办公室"),
        ("区府办", "321302", "宿城区人民政府办公室"),
        ("省政府办公厅", "370000", "山东省人民政府办公厅"),
        ("自治区政府办", "450000", "广西壮族自治区人民政府办公厅"),
        ("州政府办", "422800", "恩施土家族苗族自治州人民政府办公室"),
        ("林区政府办", "429021", "神农架林区人民政府办公室"),
        ("旗政府办", "150823", "乌拉特前旗人民政府办公室"),
        ("行署办公室", "542500", "阿里地区行政公署办公室"),
    ],
)
def test_offices(printed: str, code: str, name: str) -> None:
    assert body(printed, code) == Body(name, "office", "organ", code)


@pytest.mark.parametrize(
    ("printed", "code", "name"),
    [
        ("宿迁市", "321300", "宿迁市人民政府"),
        ("宽城县", "130827", "宽城满族自治县人民政府"),
        ("宽城", "130827", "宽城满族自治县人民政府"),
        ("平潭", "350128", "平潭县人民政府"),
        ("县人民政府", "350128", "平潭县人民政府"),
        ("人民政府", "350128", "平潭县人民政府"),
        ("淮安市洪泽区", "320813", "淮安市洪泽区人民政府"),
        ("恩施州来凤县政府", "422827", "恩施土家族苗族自治州来凤县人民政府"),
        ("阿里地区", "542500", "阿里地区行政公署"),
        ("兴安盟人民政府", "152200", "兴安盟人民政府"),
    ],
)
def test_governments(printed: str, code: str, name: str) -> None:
    assert body(printed, code) == Body(name, "government", "jurisdiction", code)


@pytest.mark.parametrize(
    ("printed", "code", "name", "kind"),
    [
        ("财政局", "321300", "宿迁市财政局", "department"),
        ("县财政局", "130827", "宽城满族自治县财政局", "department"),
        ("市发改委", "321300", "宿迁市发展和改革委员会", "department"),
        ("市市场监管局", "321300", "宿迁市市场监督管理局", "department"),
        ("市场监管局", "321300", "宿迁市市场监督管理局", "department"),
        ("海门市场监管局", "320614", "海门区市场监督管理局", "department"),
        ("市民政局", "321300", "宿迁市民政局", "department"),
        ("市政管理局", "321300", "宿迁市市政管理局", "department"),
        ("平潭财政局", "350128", "平潭县财政局", "department"),
        ("市发改局", "321300", "宿迁市发改局", "department"),
        ("中村乡", "360733", "会昌县中村乡人民政府", "township"),
        ("宽城镇", "130827", "宽城满族自治县宽城镇人民政府", "township"),
        ("县中村乡政府", "360733", "会昌县中村乡人民政府", "township"),
        ("桐君街道", "330122", "桐庐县桐君街道办事处", "subdistrict"),
        ("东区街道办", "510400", "攀枝花市东区街道办事处", "subdistrict"),
        ("东区街道办事处", "442000", "中山市东区街道办事处", "subdistrict"),
        ("开发区管委会", "321300", "宿迁市开发区管理委员会", "other"),
        ("信息中心", "321300", "宿迁市信息中心", "other"),
        ("县委办", "130827", "中共宽城满族自治县委员会办公室", "other"),
        ("宽城县委办公室", "130827", "中共宽城满族自治县委员会办公室", "other"),
        ("中共宽城满族自治县委员会办公室", "130827", "中共宽城满族自治县委员会办公室", "other"),
        ("县人社局", "130827", "宽城满族自治县人力资源和社会保障局", "department"),
        ("县市监局", "130827", "宽城满族自治县市场监督管理局", "department"),
        ("自规局", "130827", "宽城满族自治县自然资源和规划局", "department"),
        ("县卫健局", "130827", "宽城满族自治县卫生健康局", "department"),
        ("县退役军人局", "130827", "宽城满族自治县退役军人事务局", "department"),
        ("县医保局", "130827", "宽城满族自治县医疗保障局", "department"),
        ("县扶贫办", "130827", "宽城满族自治县扶贫开发办公室", "department"),
        ("县工商局", "130827", "宽城满族自治县工商行政管理局", "department"),
        ("县民宗局", "130827", "宽城满族自治县民族宗教事务局", "department"),
        ("县住建局", "130827", "宽城满族自治县住建局", "department"),
        ("县文旅局", "130827", "宽城满族自治县文旅局", "department"),
        ("县综合执法局", "130827", "宽城满族自治县综合执法局", "department"),
    ],
)
def test_other_organs(printed: str, code: str, name: str, kind: str) -> None:
    found = body(printed, code)
    assert (found.name, found.kind, found.scope, found.region_code) == (name, kind, "organ", code)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("县政府办", None),  # no page to say which county
        ("市政府办", "130827"),  # a county's page: the prefecture's, or a neighbour's
        ("省财政厅", "321300"),
        ("鼓楼区财政局", None),  # four districts of that name
        ("鼓楼区财政局", "130827"),
        ("吉林", "220200"),  # the province or the city
        ("南昌", "360121"),  # the county or the city
        ("宽城", None),
        ("承德财政局", "130800"),  # the city's or the county's
        ("办公室", "321300"),
        ("本站", "321300"),
        ("admin", "321300"),
        ("村民委员会", "321300"),
        ("宿迁海事局", "321300"),
        ("县", "130827"),
        ("", "130827"),
        ("宿迁市财政局宿迁市司法局", "321300"),
        ("局" * 200, "321300"),
    ],
)
def test_what_is_in_doubt_stays_as_printed_and_has_no_region(printed: str, code: str | None) -> None:
    found = body(printed, code)
    assert (found.name, found.region_code) == (printed, None)


def test_office_words_that_differ_between_cities_are_not_written_out() -> None:
    assert body("市政府办", "320100") == Body("南京市政府办", "office", "organ", "320100")
    assert body("市政府办公厅", "320100").name == "南京市人民政府办公厅"


def test_a_zone_that_bears_a_county_s_name_is_not_the_county() -> None:
    kinds: tuple[tuple[str, BodyKind], ...] = (
        ("管委会", "other"),
        ("管委会办公室", "office"),
        ("财政金融局", "department"),
    )
    for printed, kind in kinds:
        name = "平潭综合实验区" + printed
        assert body(name, "350128") == Body(name, kind, "organ", "350128")
    assert body("城区开发区管委会", "130827").name == "宽城满族自治县城区开发区管理委员会"
    assert body("城区开发区管委会", None).region_code is None


def test_central_offices_keep_their_names() -> None:
    found = body("国家税务总局宿迁市税务局", "321300")
    assert found == Body("国家税务总局宿迁市税务局", "department", "organ", "321300")
    assert body("国家税务总局鼓楼区税务局", None).region_code is None


def test_a_district_is_told_from_its_namesakes_by_the_page_s_region() -> None:
    assert body("鼓楼区财政局", "320106").region_code == "320106"
    assert body("鼓楼区财政局", "320100").region_code == "320106"
    assert body("福州市鼓楼区财政局", None).region_code == "350102"


def test_names_are_those_of_the_report_s_year() -> None:
    assert body("县政府办", "320813", 2014) == Body("洪泽县人民政府办公室", "office", "organ", "320829")
    assert body("洪泽县财政局", "320813", 2014).region_code == "320829"
    assert body("区政府办", "320813", 2014).region_code == "320813"
    assert body("县政府办", "320813", 2024) == Body("县政府办", "office", "organ", None)


def test_kind_and_scope_are_said_even_without_a_region() -> None:
    assert body("县政府办", None) == Body("县政府办", "office", "organ", None)
    assert body("太平乡人民政府", None) == Body("太平乡人民政府", "township", "organ", None)
    assert body("某县人民政府", None) == Body("某县人民政府", "government", "jurisdiction", None)


def test_every_current_region_s_government_is_itself_and_among_its_candidates() -> None:
    for region in TODAY:
        name = region.name + "人民政府"
        assert normalise_body(name, region=region, registry=SEEDS).name == name
        assert normalise_body(name, region=region, registry=SEEDS).region_code == region.code
        alone = normalise_body(name, region=None, registry=SEEDS)
        assert (alone.name, alone.scope) == (name, "jurisdiction")
        assert alone.region_code in (region.code, None)
        assert region in region_of_body(name, SEEDS), name
        assert region in region_of_body(name + "办公室", SEEDS, 2024) or not region.valid_in(2024)


def test_a_name_with_the_regions_above_has_one_region() -> None:
    for region in TODAY:
        chain = "" if region.level == "province" else region.province
        if region.level == "county" and region.prefecture is not None:
            chain += region.prefecture
        assert region_of_body(f"{chain}{region.name}财政局", SEEDS) == [region]


def test_short_forms_of_autonomous_regions() -> None:
    names = names_of(SEEDS)
    found = {names.short_name(region) for region in TODAY if "自治" in region.name}
    assert not any("族" in name or "自治" in name for name in found)
    assert {
        "宽城县",
        "围场县",
        "东乡县",
        "鄂温克旗",
        "鄂伦春旗",
        "龙胜县",
        "伊犁州",
        "内蒙古",
        "新疆",
    } <= found


@pytest.mark.parametrize(
    ("name", "year", "codes"),
    [
        ("宽城满族自治县人民政府办公室", 2021, ["130827"]),
        ("宽城县政府办", 2021, ["130827"]),
        ("宽城县政府办", 1985, ["132622"]),
        ("淮安市洪泽区人民政府", 2024, ["320813"]),
        ("洪泽县财政局", 2024, ["320829"]),
        ("江苏省淮安市", 2024, ["320800"]),
        ("广西柳州市财政局", None, ["450200"]),
        ("保定市容城县财政局", None, ["130629"]),
        ("保定市容环境局", None, []),
        ("鼓楼区", None, ["320106", "320302", "350102", "410204"]),
        ("海门市场监管局", 2024, []),
        ("财政局", None, []),
        ("", None, []),
    ],
)
def test_the_region_that_a_name_begins_with(name: str, year: int | None, codes: list[str]) -> None:
    assert sorted(region.code for region in region_of_body(name, SEEDS, year)) == codes


def test_the_tables_name_only_prefectures_and_endings_that_are_organs() -> None:
    words = load_words()
    for code in words.office_unsure:
        region = SEEDS.region(code)
        assert region is not None
        assert region.level == "prefecture"
    for short, full in words.organs.items():
        assert full.endswith(words.department_endings), short
        assert short not in words.organs.values()
    assert all(
        words.kind_of(region) is not None for region in TODAY if not region.name.endswith("特别行政区")
    )


printed_names = st.one_of(
    st.text(max_size=30),
    st.lists(
        st.sampled_from(
            [
                "县",
                "市",
                "区",
                "政府",
                "办公室",
                "宽城",
                "鼓楼区",
                "街道",
                "镇",
                "管委会",
                "财政局",
                "国家",
                "人民",
            ]
        ),
        max_size=6,
    ).map("".join),
)


@given(
    printed_names,
    st.one_of(st.none(), st.sampled_from(SEEDS.regions)),
    st.one_of(st.none(), st.integers(1980, 2030)),
)
def test_no_text_is_lost_or_given_to_an_unrelated_place(
    printed: str, region: Region | None, year: int | None
) -> None:
    found = normalise_body(printed, region=region, registry=SEEDS, year=year)
    if found.region_code is None:
        assert found.name == "".join(char for char in printed if char in found.name)
    else:
        known = SEEDS.region(found.region_code, year)
        assert known is not None
    again = normalise_body(found.name, region=region, registry=SEEDS, year=year)
    assert again.kind == found.kind or found.region_code is None


@given(
    st.sampled_from(TODAY), st.sampled_from(["财政局", "人民政府办公室", "审计局", "教育委员会", "统计局"])
)
def test_a_whole_name_stays_as_it_is(region: Region, organ: str) -> None:
    name = region.name + organ
    found = normalise_body(name, region=region, registry=SEEDS, year=2024)
    assert (found.name, found.scope) == (name, "organ")
    assert found.region_code == region.code or not region.valid_in(2024)


SHORT_FORMS = {
    "政府": "government", "政府办公室": "office", "财政局": "department", "人社局": "department",
    "住建局": "department", "市场监管局": "department", "卫健委": "department", "教体局": "department",
    "综合执法局": "department", "城关镇": "township", "东风街道办": "subdistrict", "委办": "other",
}  # fmt: skip


def test_every_portal_s_short_forms_are_its_region_s() -> None:
    names = names_of(SEEDS)
    seen = 0
    for portal in SEEDS.portals:
        region = None if portal.region_code is None else SEEDS.region(portal.region_code)
        kind = None if region is None else names.kind_of(region)
        if region is None or kind is None:
            continue
        for short, organ in SHORT_FORMS.items():
            found = normalise_body(kind.words[-1] + short, region=region, registry=SEEDS)
            assert (found.region_code, found.kind) == (region.code, organ), (region.name, short)
            assert found.name.removeprefix("中共").startswith(region.name)
            seen += 1
    assert seen > 11 * 3_000
