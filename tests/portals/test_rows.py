"""Rows in the shapes that portals print them."""

from __future__ import annotations

from datetime import date

import pytest

from goicrawl.portals import Entry
from goicrawl.portals.rows import read_rows
from tests.portals.pages import document, items, page

HOST = "https://www.zhaoxian-lizi.gov.cn"
NAME = "柳河县2023年政府信息公开工作年度报告"
DAY = date(2024, 1, 26)


def rows(body: str, path: str = "/zwgk/nb/") -> tuple[Entry, ...]:
    return read_rows(page(document(body), HOST + path))


@pytest.mark.parametrize(
    "row",
    [
        f'<ul><li><a href="a/1.html">{NAME}</a><span>2024-01-26</span></li></ul>',
        f'<ul><li><span>[2024-01-26]</span><a href="a/1.html">{NAME}</a></li></ul>',
        f'<ul><li><a href="a/1.html">{NAME}</a> <b>2024/01/26</b></li></ul>',
        f'<ul><li><a href="a/1.html">{NAME}</a><i>2024年1月26日</i></li></ul>',
        f'<ul><li><em>2024.01.26</em><h3><a href="a/1.html">{NAME}</a></h3></li></ul>',
        f'<ul><li><a href="a/1.html"><p>{NAME}</p><time>2024-01-26 10:25</time></a></li></ul>',
        f'<ul><li><a href="a/1.html">{NAME} 2024-01-26</a></li></ul>',
        f'<ul><li><a href="a/1.html"><em>2024-01-26</em>{NAME}</a></li></ul>',
        (
            f'<ul><li><span class=pc>2024-01-26</span><a href="a/1.html">{NAME}</a>'
            "<span class=mobile>2024-01-26</span></li></ul>"
        ),
        f'<table><tr><td>1</td><td><a href="a/1.html">{NAME}</a></td><td>2024-01-26</td></tr></table>',
        f'<dl><dd><a href="a/1.html">{NAME}</a></dd><dd>2024-01-26</dd></dl>',
        f'<dl><dt>公告</dt><dd><a href="a/1.html">{NAME}</a><span>2024-01-26</span></dd></dl>',
        f'<div><p><a href="a/1.html">{NAME}</a> (2024-01-26)</p></div>',
        f'<div><p class=w1><a href="a/1.html">{NAME}</a></p><p class=w2>2024-01-26</p></div>',
        f'<div class=row><div class=l><a href="a/1.html">{NAME}</a></div><div class=r>2024-01-26</div></div>',
        f"<ul><li onclick=\"window.open('a/1.html')\">{NAME}<span>2024-01-26</span></li></ul>",
        (
            f'<ul><li><a href="javascript:void(0)" data-url="/zwgk/nb/a/1.html">{NAME}</a>'
            "<span>2024-01-26</span></li></ul>"
        ),
        f'<ul><li><a href="\n a/1.html#top ">{NAME}</a><span>2024-01-26</span></li></ul>',
        (
            f'<ul><li><a href="a/1.html"><img src=x.gif></a><a href="a/1.html">{NAME}</a>'
            "<span>2024-01-26</span></li></ul>"
        ),
        f"<UL><LI><A HREF=a/1.html>{NAME}</A><SPAN>2024-01-26</SPAN></LI></UL>",
    ],
)
def test_a_row_in_every_shape(row: str) -> None:
    assert rows(row) == (Entry(f"{HOST}/zwgk/nb/a/1.html", NAME, DAY),)


def test_a_cut_text_gives_way_to_the_title_attribute() -> None:
    found = rows(
        f'<ul><li><a href="a/1.html" title="{NAME}">柳河县2023年政府信息公...</a><span>2024-01-26</span></li>'
        '<li><a href="a/2.html" title="点击查看">柳河县2022年政府信息公开工作年度报告</a>'
        "<span>2023-01-26</span></li>"
        '<li><a href="a/3.html" title="柳河县2021年政府信息公开工作年度报告">柳河县2021年政府信息公…</a>'
        "<span>2022-01-26</span></li></ul>"
    )
    assert [entry.title for entry in found] == [
        NAME,
        NAME.replace("2023", "2022"),
        NAME.replace("2023", "2021"),
    ]


def test_a_title_attribute_that_tells_more_than_the_title() -> None:
    found = rows(
        f'<ul><li><a href="a/1.html" title="文章标题：{NAME}&#10;作者：佚名&#10;'
        '更新时间：2024年1月26日&#10;点击数：77">'
        "柳河县2023年政府信息...</a></li></ul>"
    )
    assert [entry.title for entry in found] == [NAME]


def test_an_undated_report_is_kept_even_where_a_wrapper_sounds_like_a_menu() -> None:
    found = rows(
        f'<div class="page search-page"><ul class="nav_list"><li><a href="t20240126_1.html">{NAME}</a></li>'
        '<li><a href="t20240126_2.html">政府信息公开年报</a></li></ul></div>'
    )
    assert [entry.title for entry in found] == [NAME]


def test_noise_inside_a_row_is_no_row() -> None:
    found = rows(
        f'<ul><li><a href="a/1.html" title="{NAME}">{NAME}</a><script>var d="2001-01-01"</script>'
        '<div class="popbox"><h3>相关解读</h3><ul><li><a href="/jd/9.html">关于年度报告的解读</a>'
        "<span>2024-02-02</span></li></ul></div>"
        "<span>2024-01-26</span></li></ul>"
    )
    assert found == (Entry(f"{HOST}/zwgk/nb/a/1.html", NAME, DAY),)


def test_downloads_beside_a_title_are_no_rows() -> None:
    found = rows(
        f'<table><tr><td><a href="a/1.shtml">{NAME}</a></td><td>2024-01-26</td>'
        '<td><a href="f/1.docx">下载文字版</a><a href="f/1.pdf">下载图片版</a></td></tr></table>'
    )
    assert [entry.url for entry in found] == [f"{HOST}/zwgk/nb/a/1.shtml"]


def test_a_row_whose_link_says_only_see_takes_the_title_beside_it() -> None:
    found = rows(
        f'<table><tr><td>{NAME}</td><td>2024-01-26</td><td><a href="f/1.pdf">查看</a></td></tr></table>'
    )
    assert found == (Entry(f"{HOST}/zwgk/nb/f/1.pdf", NAME, DAY),)


def test_several_reports_in_one_table_row_are_several_entries() -> None:
    cells = "".join(
        f'<td><a href="{y}/content_{y}1.html">{y}年政府信息公开年报</a></td>' for y in (2021, 2022, 2023)
    )
    found = rows(f"<table><tr>{cells}</tr></table>")
    assert [entry.title[:4] for entry in found] == ["2021", "2022", "2023"]


def test_a_category_before_the_title_is_not_the_row() -> None:
    found = rows(
        f'<ul><li><a href="/bm/jyj/">[县教育局]</a><a href="a/1.html">{NAME}</a>'
        "<span>2024-01-26</span></li></ul>"
    )
    assert [entry.title for entry in found] == [NAME]


@pytest.mark.parametrize("order", ["after", "before"])
def test_dates_in_a_flat_run_stay_with_their_own_links(order: str) -> None:
    parts = []
    for year in (2023, 2022, 2021):
        link = f'<a href="a/{year}.html">柳河县{year}年政府信息公开工作年度报告</a>'
        day = f"<span>{year + 1}-01-26</span>"
        parts.append(f"{link}{day}<br>" if order == "after" else f"{day}{link}<br>")
    found = rows(f"<div>{''.join(parts)}</div>")
    assert [(entry.url[-9:-5], entry.published_on) for entry in found] == [
        (str(year), date(year + 1, 1, 26)) for year in (2023, 2022, 2021)
    ]


def test_of_two_dates_the_publication_counts() -> None:
    head = "<tr><th>标题</th><th>成文日期</th><th>发布日期</th></tr>"
    row = f'<tr><td><a href="a/1.html">{NAME}</a></td><td>2024-01-20</td><td>2024-01-26</td></tr>'
    assert rows(f"<table>{head}{row}</table>")[0].published_on == DAY
    labelled = f'<li><a href="a/1.html">{NAME}</a><i>成文：2024-01-20</i><i>发布：2024-01-26</i></li>'
    assert rows(f"<ul>{labelled}</ul>")[0].published_on == DAY


def test_menus_footers_and_friend_links_are_no_rows() -> None:
    menu = "".join(f'<li><a href="/zwgk/c{i}/">政府信息公开年报</a></li>' for i in range(9))
    friends = "".join(
        f'<li><a href="http://www.f{i}.gov.cn/">友好县人民政府门户网站</a></li>' for i in range(9)
    )
    found = rows(
        f'<div class="left-menu"><ul>{menu}</ul></div><ul class="main">{items(2019, 2023)}</ul>'
        f'<ul class="pages"><li><a href="index_1.html">下一页</a></li>'
        '<li><a href="index_1.html">2</a></li></ul>'
        f'<div id="footer"><ul>{friends}</ul></div><ul>{friends}</ul>'
    )
    assert [entry.title[3:7] for entry in found] == ["2023", "2022", "2021", "2020", "2019"]


def test_a_list_whose_class_sounds_like_a_menu_is_a_list_if_it_is_dated() -> None:
    found = rows(f'<div class="xxgk_navli"><ul class="xxgk_nav_list">{items(2020, 2023)}</ul></div>')
    assert len(found) == 4


def test_undated_rows_count_if_they_are_documents() -> None:
    undated = "".join(
        f'<li><a href="./202401/t20240126_{i}.html">某镇政府信息公开工作年度报告</a></li>' for i in range(4)
    )
    found = rows(f"<ul>{undated}</ul>")
    assert len(found) == 4
    assert {entry.published_on for entry in found} == {None}


def test_the_national_template_holds_its_own_rows() -> None:
    menu = '<div class="sideMenu"><ul class="submenu"><li><a href="/zfgb/">政府公报</a></li></ul></div>'
    aside = '<ul><li><a href="/n/1.html">某地举行信息公开宣传活动</a><span>2024-03-01</span></li></ul>'
    found = rows(f'{menu}<div class="zfxxgk_zdgkc"><ul>{items(2022, 2023, "b")}</ul></div>{aside}')
    assert [entry.title[3:7] for entry in found] == ["2023", "2022"]
    assert found[0].published_on == date(2024, 1, 31)


def test_the_template_around_an_empty_list_does_not_hide_the_rest() -> None:
    found = rows(
        f'<div class="scroll_con"><ul><li><a href="/bm/">部门</a></li></ul></div><ul>{items(2022, 2023)}</ul>'
    )
    assert len(found) == 2


def test_an_address_comes_once_at_its_first_place() -> None:
    twice = items(2022, 2023) + items(2021, 2023)
    found = rows(f"<ul>{twice}</ul>")
    assert [entry.title[3:7] for entry in found] == ["2023", "2022", "2021"]


def test_an_old_page_laid_out_in_one_table_row() -> None:
    lines = "".join(
        f'<p><a href="a/{y}.html">柳河县{y}年政府信息公开年报</a> {y + 1}-01-26</p>'
        for y in range(2012, 2020)
    )
    found = rows(f"<table><tr><td>{lines}</td></tr></table>")
    assert [entry.published_on for entry in found] == [date(y + 1, 1, 26) for y in range(2012, 2020)]


def test_what_is_no_day_of_the_calendar_is_no_date() -> None:
    assert (
        rows(f'<ul><li><a href="a/11.html">{NAME}</a><span>2024-02-31</span></li></ul>')[0].published_on
        is None
    )


@pytest.mark.parametrize(
    "href", ["javascript:void(0)", "#", "", "mailto:a@b.cn", "javascript:;", "ftp://a/b", "http://[", "//"]
)
def test_what_leads_nowhere_is_no_row(href: str) -> None:
    assert rows(f'<ul><li><a href="{href}">{NAME}</a><span>2024-01-26</span></li></ul>') == ()


def test_a_template_for_scripts_is_no_row() -> None:
    assert rows('<dl ms-repeat="list"><dd><a ms-attr-href="el.url"></a></dd><dd>2024-01-26</dd></dl>') == ()
    assert rows('<ul><li><a href="{{item.url}}">{{item.title}}</a><span>2024-01-26</span></li></ul>') == ()
