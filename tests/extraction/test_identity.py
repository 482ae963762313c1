"""Year, period, body, region and scope of a report, from all that the page says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl import registry
from goicrawl.documents.document import Document
from goicrawl.documents.html import read_html
from goicrawl.documents.text import read_text
from goicrawl.extraction.identity import ReportIdentity, identify
from goicrawl.extraction.metadata import read_head
from goicrawl.extraction.period import read_period
from goicrawl.extraction.sections import read_sections

KUANCHENG = "宽城满族自治县人民政府办公室"
REST = (
    "<p>一、总体情况</p><p>好。</p><p>二、主动公开政府信息情况</p><p>无。</p>"
    "<p>三、收到和处理政府信息公开申请情况</p><p>无。</p>"
)


def of_document(
    document: Document, url: str | None = None, published_on: date | None = None
) -> ReportIdentity:
    head, sections = read_head(document), read_sections(document)
    return identify(document, head, sections, url=url, published_on=published_on, registry=registry.load())


def of_html(page: str, url: str | None = None, published_on: date | None = None) -> ReportIdentity:
    return of_document(read_html(page.encode()), url, published_on)


def site(code: str) -> str:
    return f'<meta name="SiteIDCode" content="{code}">'


@pytest.mark.parametrize(
    ("sentence", "year", "whole"),
    [
        ("本报告中所列数据的统计期限自2021年1月1日起至2021年12月31日止。", 2021, True),
        ("所列数据的统计期限自2021年1月1日起，至2021年12月31日止。", 2021, True),
        ("统计期限为2025年1月1日至12月31日。", 2025, True),
        ("本报告所列数据统计期限从2025年1月1日至2025年12月31日止。", 2025, True),
        ("数据统计时间为2023年1月1日－2023年12月31日。", 2023, True),
        ("统计期限为2020年1月1日—12月31日", 2020, True),
        ("统计期限：2020.01.01-2020.12.31", 2020, True),
        ("统计期限为二〇二〇年一月一日至十二月三十一日", 2020, True),
        ("统计期限自 2021 年 1 月 1 日起至 2021 年 12 月 31 日止", 2021, True),
        ("统计期限自2018年11日至2018年1231日", 2018, False),
        ("统计期限从20201月1日起至202012月31日", 2020, False),
        ("统计期限自2020年1月1日起至202020年12月31日", 2020, False),
        ("统计期限自2020年1月1日起至2021年12月31日", None, True),
        ("统计期限自2021年12月31日起至2021年1月1日", 2021, False),
        ("统计期限为2021年", None, False),
        ("受理时间为2021年1月1日至2021年1月5日", None, False),
    ],
)
def test_the_period(sentence: str, year: int | None, whole: bool) -> None:
    found = read_period(sentence)
    assert found.year == year
    assert (found.days is not None) == whole
    if whole and year is not None:
        assert found.days == (date(year, 1, 1), date(year, 12, 31))


@given(st.text(alphabet="统计期限自2021年月日至起，止—-. 二〇", max_size=80))
def test_no_sentence_raises(text: str) -> None:
    read_period(text)


def test_a_sentence_broken_over_two_lines() -> None:
    found = of_document(read_text("所列数据的统计期限自2021年1月\n1日起至2021年12月31日止。".encode()))
    assert found.period == (date(2021, 1, 1), date(2021, 12, 31))


def test_the_period_goes_before_the_title() -> None:
    found = of_html(f"<h1>宿迁市2022年政府信息公开年报</h1><p>统计期限自2021年1月1日起至12月31日。</p>{REST}")
    assert (found.report_year, found.period) == (2021, (date(2021, 1, 1), date(2021, 12, 31)))
    assert found.doubts == ("report_year_disagrees: title says 2022, period says 2021",)


@pytest.mark.parametrize(
    ("page", "published_on", "year"),
    [
        ("<h1>宿迁市二〇二二年政府信息公开年报</h1>", date(2024, 1, 3), 2022),
        ("<h1>宿迁市政府信息公开年报</h1>", date(2023, 1, 3), 2022),
        ("<h1>宿迁市政府信息公开年报</h1><p>发布日期：2021-01-02</p>", date(2023, 1, 3), 2020),
        ("<h1>宿迁市政府信息公开年报</h1>", None, None),
        ("<h1>放假通知</h1>", date(2023, 1, 3), None),
    ],
)
def test_the_year_without_a_period(page: str, published_on: date | None, year: int | None) -> None:
    found = of_html(page, published_on=published_on)
    assert found.report_year == year
    printed = "二〇二二" in page
    assert any(doubt.startswith("report_year_not_printed: ") for doubt in found.doubts) == (
        year is not None and not printed
    )


@pytest.mark.parametrize(
    ("page", "body", "region", "scope"),
    [
        ("<h1>宿迁市2023年政府信息公开年报</h1>", "宿迁市人民政府", "321300", "jurisdiction"),
        ("<h1>淮安市洪泽区2024年政府信息公开年报</h1>", "淮安市洪泽区人民政府", "320813", "jurisdiction"),
        (f"{site('1308270001')}<h1>县政府办2021年信息公开年报</h1>", KUANCHENG, "130827", "organ"),
        (
            f"{site('1308270001')}<h1>中村乡2021年信息公开年报</h1>",
            "宽城满族自治县中村乡人民政府",
            "130827",
            "organ",
        ),
        ("<h1>中村乡2021年信息公开年报</h1>", "中村乡", None, "organ"),
        ("<p>发布机构：宽城县政府办</p><h1>2021年信息公开年报</h1>", KUANCHENG, "130827", "organ"),
        (
            f"{site('1308000001')}<h1>宽城满族自治县教育局2021年信息公开年报</h1>",
            "宽城满族自治县教育局",
            "130827",
            "organ",
        ),
        (
            f"{site('bm56000001')}<h1>宿迁市2023年信息公开年报</h1>",
            "宿迁市人民政府",
            "321300",
            "jurisdiction",
        ),
        (f"{site('3590000001')}<h1>平潭综合实验区2018年信息公开年报</h1>", "平潭综合实验区", None, None),
        ("<h1>2023年信息公开年报</h1>", None, None, None),
    ],
)
def test_body_region_and_scope(page: str, body: str | None, region: str | None, scope: str | None) -> None:
    found = of_html(page + REST)
    assert (found.issuing_body, found.region_code, found.scope) == (body, region, scope)
    assert not [doubt for doubt in found.doubts if not doubt.startswith("report_year")]


def test_the_host_s_portal_tells_the_region() -> None:
    url = next(p.url for p in registry.load().portals if p.region_code == "130827" and p.url is not None)
    found = of_html(f"<h1>县教育局2021年信息公开年报</h1>{REST}", url=f"{url.rstrip('/')}/art/1.html")
    assert (found.issuing_body, found.region_code) == ("宽城满族自治县教育局", "130827")


@pytest.mark.parametrize(
    "name", ["测试市人民政府", "某某镇人民政府", "XX局", "虚构县人民政府办公室", "平潭综合实验区管委会办公室"]
)
def test_no_place_is_put_before_a_name_that_has_its_own(name: str) -> None:
    found = of_html(f"{site('1308270001')}<h1>{name}2021年信息公开年报</h1>{REST}")
    assert found.issuing_body == name


@pytest.mark.parametrize("name", ["经济开发区管委会", "市场监督管理局", "城市管理局", "农村社区服务中心"])
def test_an_organ_of_the_site_s_own_division(name: str) -> None:
    found = of_html(f"{site('1308270001')}<h1>{name}2021年信息公开年报</h1>{REST}")
    assert found.issuing_body is not None and found.issuing_body.startswith("宽城满族自治县")


@pytest.mark.parametrize(
    "foot",
    [
        "<p>宽城满族自治县教育局</p><p>2022年1月9日</p>",
        "<p>宽城满族自治县教育局 2022年1月9日</p>",
        "<p>宽城满族自治县教育局</p><p>二〇二二年一月九日</p><p>【打印】</p>",
    ],
)
def test_the_signature_names_the_body(foot: str) -> None:
    found = of_html(f"<h1>2021年政府信息公开工作年度报告</h1>{REST}{foot}")
    assert (found.issuing_body, found.region_code) == ("宽城满族自治县教育局", "130827")


def test_a_line_beside_the_title_names_the_body() -> None:
    found = of_html(
        f"<h1>2021年政府信息公开工作年度报告</h1><p>宽城满族自治县教育局</p><p>编写本报告。</p>{REST}"
    )
    assert found.issuing_body == "宽城满族自治县教育局"


@pytest.mark.parametrize("issuer", ["宿迁市人民政府", "宿迁市", "市政府办公室", "宿迁市人民政府办公室"])
def test_a_government_s_office_publishes_for_it(issuer: str) -> None:
    page = f"{site('3213000001')}<p>发布机构：{issuer}</p><h1>宿迁市2023年信息公开年报</h1>{REST}"
    assert of_html(page).issuing_body == "宿迁市人民政府"
    assert of_html(page).doubts == ()


def test_another_issuer_is_a_doubt() -> None:
    found = of_html(f"<p>发布机构：宿迁市教育局</p><h1>宿迁市财政局2023年信息公开年报</h1>{REST}")
    assert found.issuing_body == "宿迁市财政局"
    assert found.doubts == (
        "issuing_body_disagrees: the report is of 宿迁市财政局, 发布机构 is 宿迁市教育局",
    )


def test_a_short_name_gets_the_region_that_another_name_tells() -> None:
    found = of_html(f"<p>发布机构：宽城县政府办</p><h1>县财政局2021年信息公开年报</h1>{REST}")
    assert (found.issuing_body, found.region_code) == ("宽城满族自治县财政局", "130827")
    assert [doubt.split(":")[0] for doubt in found.doubts] == ["issuing_body_disagrees"]


def test_a_report_of_another_province_s_body_is_a_doubt() -> None:
    found = of_html(f"{site('1308270001')}<h1>宿迁市2023年信息公开年报</h1>{REST}")
    assert found.region_code == "321300"
    assert [doubt.split(":")[0] for doubt in found.doubts] == ["region_disagrees"]


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("本报告由县政府办公室汇总全县各部门、各乡镇的年度报告编制。", "jurisdiction"),
        ("本报告数据包括全市各县区和市直各部门。", "jurisdiction"),
        ("本报告的数据为县政府本级，由政府办公室整理以后向社会公布于门户网站。", "level"),
        ("本报告数据涵盖县政府及所属各部门，由政府办公室整理以后向社会公布。", "level"),
        ("全县各部门都很重视这项工作，组织了多次培训，公开的水平有了明显提高。", "organ"),
    ],
)
def test_the_prose_may_tell_the_scope(sentence: str, scope: str) -> None:
    assert of_html(f"<h1>宽城县政府办2021年信息公开年报</h1><p>{sentence}</p>{REST}").scope == scope


def test_kuancheng(corpus: Path) -> None:
    found = of_document(read_text((corpus / "kuancheng_office_2021.txt").read_bytes()))
    assert found == ReportIdentity(
        title=f"{KUANCHENG}2021年度政府信息公开工作年度报告",
        report_year=2021,
        period=(date(2021, 1, 1), date(2021, 12, 31)),
        scope="organ",
        issuing_body=KUANCHENG,
        region_code="130827",
        doubts=(),
    )


@pytest.mark.parametrize(
    ("name", "year", "body"),
    [
        ("hangzhou_2025_simplified.html", 2025, "测试市"),
        ("shuyang_county_2025.ocr.md", 2025, "沐阳县人民政府"),
        ("pingtan_caijinju_2020.page.txt", 2020, "平潭综合实验区财政金融局"),
        ("pingtan_2018_statform.html", 2018, "平潭综合实验区"),
    ],
)
def test_other_real_pages(corpus: Path, name: str, year: int, body: str) -> None:
    reader = read_html if name.endswith(".html") else read_text
    found = of_document(reader((corpus / name).read_bytes()))
    assert (found.report_year, found.issuing_body, found.region_code) == (year, body, None)


HOSTILE = [
    "统计期限自" * 20_000,
    "统计期限自2021年1月1日至" * 5_000,
    "2" * 100_000,
    "某局二〇二一年" * 15_000,
    "本报告包括全县各" * 12_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_read_at_once(text: str) -> None:
    assert of_html(f"{REST}<p>{text}</p>").issuing_body is None
    assert of_html(f"<h1>{text}</h1><p>{text}</p>{REST}").region_code is None


AGGREGATOR = "3303000001"


@pytest.mark.parametrize(
    ("code", "title", "body", "region", "candidates"),
    [
        (AGGREGATOR, "教育局", "教育局", None, 13),
        (AGGREGATOR, "市教育局", "温州市教育局", "330300", 0),
        (AGGREGATOR, "鹿城区教育局", "鹿城区教育局", "330302", 0),
        ("1308000001", "宽城镇", "宽城镇", None, 11),
        ("1308000001", "教育局", "承德市教育局", "130800", 0),
        ("1308000001", "县教育局", "县教育局", None, 7),
        ("1308270001", "市政府办", "市政府办", None, 1),
        ("3601210001", "南昌", "南昌", None, 2),
    ],
)
def test_a_body_in_doubt_keeps_its_printed_name_and_has_candidates(
    code: str, title: str, body: str, region: str | None, candidates: int
) -> None:
    found = of_html(f"{site(code)}<h1>{title}2021年信息公开年报</h1>{REST}")
    assert (found.issuing_body, found.region_code, len(found.candidates)) == (body, region, candidates)
    codes = [doubt.partition(":")[0] for doubt in found.doubts]
    assert codes == (["issuing_body_ambiguous"] if candidates else [])


def test_a_doubt_names_some_candidates_and_says_how_many_more() -> None:
    found = of_html(f"{site(AGGREGATOR)}<h1>教育局2021年信息公开年报</h1>{REST}")
    (doubt,) = found.doubts
    assert doubt == (
        "issuing_body_ambiguous: 教育局 may be 330300 温州市教育局, 330302 鹿城区教育局, "
        "330303 龙湾区教育局, 330304 瓯海区教育局 and 9 more"
    )


def test_another_name_on_the_page_may_settle_it() -> None:
    page = f"{site(AGGREGATOR)}<p>发布机构：鹿城区教育局</p><h1>教育局2021年信息公开年报</h1>{REST}"
    assert of_html(page).candidates == ()
    signed = (
        f"{site(AGGREGATOR)}<h1>教育局2021年信息公开年报</h1>{REST}<p>温州市教育局</p><p>2022年1月9日</p>"
    )
    found = of_html(signed)
    assert (found.issuing_body, found.region_code, found.candidates) == ("温州市教育局", "330300", ())


def test_a_town_of_no_known_region_is_no_doubt_and_has_a_candidate_without_region() -> None:
    found = of_html(f"<h1>龙归镇2021年信息公开年报</h1>{REST}")
    assert (found.issuing_body, found.region_code, found.doubts) == ("龙归镇", None, ())
    assert [(one.region_code, one.name) for one in found.candidates] == [(None, "龙归镇人民政府")]
