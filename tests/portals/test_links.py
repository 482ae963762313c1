"""From home pages and sections to columns of annual reports."""

from __future__ import annotations

import pytest

from goicrawl.portals.links import (
    BY_ADDRESS,
    IN_CONTEXT,
    NAMED,
    NAMED_IN_FULL,
    NEIGHBOUR,
    STEPPING_STONE,
    SUB_COLUMN,
    UNIT_COLUMN,
    WEAK_STEPPING_STONE,
    ColumnLink,
    find_report_columns,
)
from tests.portals.pages import document, page

HOME = "https://www.lizi.gov.cn/"


def links(body: str, url: str = HOME, title: str = "柳河县人民政府") -> list[ColumnLink]:
    return find_report_columns(page(document(body, f"<title>{title}</title>"), url))


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("政府信息公开年报", NAMED_IN_FULL),
        ("政府信息<br>公开年报", NAMED_IN_FULL),
        ("政府信息&nbsp;公开\u3000年 报", NAMED_IN_FULL),
        ("<i>·</i> 政府信息公开工作年度报告 &gt;", NAMED_IN_FULL),
        ("2023年政府信息公开工作年度报告", NAMED_IN_FULL),
        ("柳河县政府信息公开年报", NAMED_IN_FULL),
        ("信息公开年报", NAMED),
        ("信息公开年度报告", NAMED),
        ("政务公开年报", NAMED),
        ("公开年报", NAMED),
        ("政府信息公开", STEPPING_STONE),
        ("政府信息公开专栏", STEPPING_STONE),
        ("政府信息公开目录", STEPPING_STONE),
        ("信息公开", WEAK_STEPPING_STONE),
        ("政务公开", WEAK_STEPPING_STONE),
        ("政府信息公开指南", NEIGHBOUR),
    ],
)
def test_a_column_is_known_by_the_words_of_its_link(text: str, strength: int) -> None:
    assert [(link.url, link.strength) for link in links(f'<a href="/c77/">{text}</a>')] == [
        (f"{HOME}c77/", strength)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "政府网站工作年度报表",
        "政府网站年报",
        "网站年度报表",
        "法治政府建设年度报告",
        "政府工作报告",
        "统计年报",
        "企业年报",
        "年报",
        "年度报告",
        "关于做好政府信息公开年报的通知",
        "新闻动态",
        "",
    ],
)
def test_other_words_lead_nowhere_from_a_home_page(text: str) -> None:
    assert links(f'<div><a href="/c77/">{text}</a></div>') == []


@pytest.mark.parametrize("slug", ["wzndbb", "zfwzgzndbb", "wzgzndbb", "zfwzndbb"])
def test_the_websites_own_statistics_are_never_a_column(slug: str) -> None:
    assert links(f'<a href="/zfxxgk/{slug}/">政府信息公开年报</a>') == []


@pytest.mark.parametrize(
    "slug", ["zfxxgknb", "xxgknb", "gknb", "2025ndbg", "zfxxgkgzndbg_251551", "xxgknbs", "xxgknb30"]
)
def test_the_address_breaks_a_tie(slug: str) -> None:
    found = links(f'<a href="/a/">政府信息公开年报</a><a href="/zwgk/{slug}/">政府信息公开年报</a>')
    assert [link.url for link in found] == [f"{HOME}zwgk/{slug}/", f"{HOME}a/"]


def test_the_strongest_comes_first_and_each_address_once() -> None:
    found = links(
        '<a href="/xxgk/">政府信息公开</a><a href="/zwgk/">政务公开</a><a href="/x/">信息公开年报</a>'
        '<a href="/nb/">政府信息公开年报</a><a href="/nb/">公开年报</a>'
    )
    assert [(link.url, link.strength) for link in found] == [
        (f"{HOME}nb/", NAMED_IN_FULL),
        (f"{HOME}x/", NAMED),
        (f"{HOME}xxgk/", STEPPING_STONE),
        (f"{HOME}zwgk/", WEAK_STEPPING_STONE),
    ]


def test_a_bare_name_counts_within_the_disclosure_section() -> None:
    near = '<ul><li><a href="/zn/">政府信息公开指南</a></li><li><a href="/nb/">年报</a></li></ul>'
    assert (links(near)[0].url, links(near)[0].strength) == (f"{HOME}nb/", IN_CONTEXT)
    section = links('<a href="/nb/">年度报告</a>', f"{HOME}zfxxgk/", "政府信息公开_柳河县人民政府")
    assert [(link.url, link.strength) for link in section] == [(f"{HOME}nb/", IN_CONTEXT)]


def test_more_beside_a_telling_address() -> None:
    assert [link.strength for link in links('<a href="/zwgk/zfxxgknb/">更多&gt;&gt;</a>')] == [BY_ADDRESS + 5]
    assert links('<a href="/zwgk/gzdt/">更多</a>') == []


def test_a_single_report_is_no_column() -> None:
    assert links('<a href="/art/2024/1/31/art_9_1.html">2023年柳河县政府信息公开工作年度报告</a>') == []
    assert links('<a href="./202401/t20240131_1.html">2023年政府信息公开年报</a>') == []


@pytest.mark.parametrize(
    "link",
    [
        "<a href=\"javascript:window.open('/zwgk/nb/')\">政府信息公开年报</a>",
        '<a href="javascript:void(0)" onclick="window.open(\'https://www.lizi.gov.cn/zwgk/nb/\')">政府信息公开年报</a>',
        "<li onclick=\"location.href='/zwgk/nb/'\">政府信息公开年报</li>",
        '<div data-url="/zwgk/nb/">政府信息公开年报</div>',
        '<a href="#" data-href="/zwgk/nb/">政府信息公开年报</a>',
        '<select><option value="/zwgk/nb/">政府信息公开年报</option></select>',
        '<map><area href="/zwgk/nb/" alt="政府信息公开年报"></map>',
        '<a href="/zwgk/nb/"><img src="x.png" alt="政府信息公开年报"></a>',
        '<a href="/zwgk/nb/" title="政府信息公开年报"><i></i></a>',
        '<a href="/zwgk/x/../nb/#top">政府信息公开年报</a>',
    ],
)
def test_links_that_are_no_plain_links(link: str) -> None:
    assert [found.url for found in links(link)] == [f"{HOME}zwgk/nb/"]


@pytest.mark.parametrize(
    "link",
    [
        "<a href=\"javascript:open('/list_' + id)\">政府信息公开年报</a>",
        '<a href="javascript:go(12)">政府信息公开年报</a>',
        '<a href="mailto:nb@lizi.gov.cn">政府信息公开年报</a>',
        '<a href="file:///c:/nb.html">政府信息公开年报</a>',
        '<a href="tel:12345">政府信息公开年报</a>',
        '<a href="ftp://www.lizi.gov.cn/nb/">政府信息公开年报</a>',
        '<div data-url="someModule">政府信息公开年报</div>',
        '<a href="http://[bad/">政府信息公开年报</a>',
        '<a href="http://www.lizi.gov.cn:port/">政府信息公开年报</a>',
        f'<a href="{HOME}">政府信息公开年报</a>',
    ],
)
def test_what_is_surely_no_address_is_not_offered(link: str) -> None:
    assert links(link) == []


COLUMN = f"{HOME}zwgk/zfxxgknb/"


@pytest.mark.parametrize(
    "text",
    [
        "2023年",
        "2022",
        "2021年度",
        "二〇二〇年",
        "县级",
        "部门",
        "县直部门",
        "县政府部门",
        "乡镇",
        "乡镇街道",
        "乡镇（街道）",
        "镇街",
        "各县（市、区）",
        "各县市区",
    ],
)
def test_sub_columns_by_year_and_level_inside_a_column(text: str) -> None:
    inside = links(
        f'<div class="tab"><a href="c{len(text)}/">{text}</a></div>', COLUMN, "政府信息公开年报_柳河县"
    )
    assert [link.strength - link.strength % 10 for link in inside] == [SUB_COLUMN]
    assert links(f'<div class="tab"><a href="c/">{text}</a></div>', f"{HOME}news/", "新闻") == []


def test_units_inside_a_column_are_columns_unless_they_are_other_sites() -> None:
    found = links(
        '<ul><li><a href="jyj/">县教育局</a></li><li><a href="/bm/lhz/nb/">柳河镇</a></li>'
        '<li><a href="http://mzj.lizi.gov.cn/">县民政局</a></li>'
        '<li><a href="202401/t20240131_5.html">县司法局</a></li>'
        "</ul>"
        '<div class="footer"><a href="/about/">主办单位：县政府办公室</a><a href="/x/">某某县</a></div>',
        COLUMN,
        "政府信息公开年报_柳河县",
    )
    assert [link.url for link in found] == [f"{COLUMN}jyj/", f"{HOME}bm/lhz/nb/"]
    assert all(UNIT_COLUMN <= link.strength < SUB_COLUMN for link in found)


def test_a_reports_own_page_offers_no_sub_columns() -> None:
    head = "<title>政府信息公开年报</title><meta name=ArticleTitle content='柳河县2023年政府信息公开年报'>"
    made = page(document('<a href="2022/">2022年</a>', head), f"{COLUMN}202401/t20240131_5.html")
    assert find_report_columns(made) == []
