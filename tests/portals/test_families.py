"""TRS, UCAP, Hanweb and generic list pages as wholes."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from goicrawl.portals import Listing, recognise
from goicrawl.portals.titles import judge
from tests.portals.pages import document, items, page, urls

HOST = "http://www.lizi.gov.cn"
COLUMN = f"{HOST}/col/col5985/index.html"


def read(markup: str, url: str, hint: str | None = None) -> tuple[str, Listing]:
    made = page(markup, url)
    family = recognise(made, hint)
    return family.name, family.read_list(made)


def test_a_trs_column_with_menu_popboxes_and_a_pager() -> None:
    popbox = '<div class="popbox"><ul><li><a href="./t20240201_9.html">解读</a></li></ul></div>'
    rows = items(2019, 2023).replace("<span>", popbox + "<span>")
    name, listing = read(
        document(
            '<div class="leftmenu"><ul><li><a href="../zfxxgkzn/">政府信息公开指南</a></li></ul></div>'
            f'<ul class="u-list">{rows}<li class="empty"></li></ul>'
            '<div class="page"><ul><script><!--\ncreatePageHTML(3, 0, "index", "html");\n//--></script>'
            "</ul></div>"
        ),
        f"{HOST}/zwgk/zfxxgk/zfxxgknb/",
    )
    assert name == "trs"
    assert [entry.title[3:7] for entry in listing.entries] == ["2023", "2022", "2021", "2020", "2019"]
    assert listing.entries[0].url == f"{HOST}/zwgk/zfxxgk/zfxxgknb/202401/t20240131_20237.html"
    assert urls(listing.next_pages) == [f"{HOST}/zwgk/zfxxgk/zfxxgknb/index_{n}.html" for n in (1, 2)]
    assert listing.note is None


@pytest.mark.parametrize(
    "mark", ["", "<a href='/art/2024/1/31/art_9_1.html'>x</a>", "<meta name='Generator' content='大汉版通'>"]
)
def test_the_call_decides_what_page_2_is_whatever_the_page_else_looks_like(mark: str) -> None:
    body = f'<ul>{items(2022, 2023)}</ul><script>createPageHTML(2, 0, "index", "html")</script>'
    _, listing = read(document(body + mark), f"{HOST}/zwgk/nb/")
    assert urls(listing.next_pages) == [f"{HOST}/zwgk/nb/index_1.html"]


def test_a_trs_column_of_blocks_without_a_pager() -> None:
    block = '<div><span>{}</span><a class="more" href="./{}/">更多</a></div><ul class="list_common">{}</ul>'
    body = block.format("部门", "bm", items(2022, 2023)) + block.format("乡镇", "xz", items(2020, 2021))
    _, listing = read(document(body), f"{HOST}/zwgk/nb/")
    assert len(listing.entries) == 4
    assert listing.next_pages == ()


def test_a_ucap_column_in_a_table() -> None:
    row = (
        '<tr><td>{0}</td><td class="info"><a href="/lizi/c106256/202401/{1:032x}.shtml"><span class="til">'
        "柳河县{2}年政府信息公开工作年度报告</span></a></td><td>{3}-01-31</td></tr>"
    )
    rows = "".join(row.format(n, n, 2024 - n, 2025 - n) for n in range(1, 4))
    name, listing = read(
        document(
            f'<table><tbody id="list">{rows}</tbody></table><div id="page_div"></div>'
            "<script>createPageHTML('page_div',3, 1,'common_list','shtml',5);</script>",
            '<meta name="channelid" content="0123456789abcdef0123456789abcdef">',
        ),
        f"{HOST}/lizi/c106256/common_list.shtml",
    )
    assert name == "ucap"
    assert [entry.published_on for entry in listing.entries] == [date(y, 1, 31) for y in (2024, 2023, 2022)]
    assert urls(listing.next_pages) == [f"{HOST}/lizi/c106256/common_list_{n}.shtml" for n in (2, 3)]
    assert listing.total == 5


def test_a_ucap_column_whose_rows_come_by_search_is_a_scripts_list() -> None:
    name, listing = read(
        document(
            '<ul id="list"></ul><script>var channelId = "0123456789abcdef0123456789abcdef";'
            "$.get('/common/search/' + channelId, show);</script>",
            '<meta name="channelid" content="0123456789abcdef0123456789abcdef">',
        ),
        f"{HOST}/lizi/c100/list.shtml",
    )
    assert (name, listing.entries, listing.note) == ("ucap", (), "script_list")


def record(year: int, column: int = 5985, cut: bool = False) -> str:
    title = f"柳河县人民政府办公室{year}年度政府信息公开工作年度报告"
    shown = title[:14] + "..." if cut else title
    return (
        f'<record><![CDATA[\n<li class="clearfix"><a target="_blank" title="{title}" '
        f'href="/art/{year + 1}/1/31/art_{column}_{year}1.html">{shown}</a>'
        f"<b>{year + 1}-01-31</b></li>]]></record>"
    )


NEXT = (
    "/module/web/jpage/dataproxy.jsp?page=1&appid=1&appid=1&webid=110&path=/&columnid=5985&unitid=38486"
    "&webname=%25E6%259F%25B3%25E6%25B2%25B3&permissiontype=0"
)


def store(records: str, next_group: str = NEXT) -> str:
    return (
        f'<script type="text/xml"><datastore><nextgroup><![CDATA[<a href="{next_group}"></a>]]></nextgroup>'
        f"<recordset>{records}</recordset></datastore></script>"
    )


def jpage(unit: int, total: int, more: str = "") -> str:
    return (
        f"<script>$(function(){{ $('#{unit}').jpage({{totalRecord:{total},perPage:15{more}}}); }});</script>"
    )


def test_a_data_store_that_holds_the_whole_column_needs_no_further_request() -> None:
    friend = record(2021).replace("政府信息公开工作年度报告", "政府网站工作年度报表").replace("20211", "7")
    records = record(2023, cut=True) + record(2022) + friend
    name, listing = read(document(f'<div id="38486">{store(records)}</div>{jpage(38486, 3)}'), COLUMN)
    assert name == "hanweb"
    assert (listing.total, listing.next_pages, listing.note) == (3, (), None)
    assert [entry.url for entry in listing.entries[:2]] == [
        f"{HOST}/art/2024/1/31/art_5985_20231.html",
        f"{HOST}/art/2023/1/31/art_5985_20221.html",
    ]
    assert listing.entries[0].title == "柳河县人民政府办公室2023年度政府信息公开工作年度报告"
    assert [judge(entry.title).is_report for entry in listing.entries] == [True, True, False]


def test_the_next_group_is_asked_for_word_by_word() -> None:
    _, listing = read(document(f'<div id="38486">{store(record(2023))}</div>{jpage(38486, 44)}'), COLUMN)
    assert urls(listing.next_pages) == [HOST + NEXT]
    assert listing.next_pages[0].method == "GET"
    assert listing.next_pages[0].headers["X-Requested-With"] == "XMLHttpRequest"
    assert listing.next_pages[0].headers["Referer"] == COLUMN


@pytest.mark.parametrize("total", [None, 1])
def test_the_next_group_is_asked_for_where_the_total_is_missing_or_too_small(total: int | None) -> None:
    script = jpage(38486, total) if total is not None else ""
    _, listing = read(document(f'<div id="38486">{store(record(2023) + record(2022))}</div>{script}'), COLUMN)
    assert urls(listing.next_pages) == [HOST + NEXT]


def test_escaped_and_relative_next_groups() -> None:
    escaped = NEXT.replace("&", "&amp;")
    assert urls(read(store(record(2023), escaped), COLUMN)[1].next_pages) == [HOST + NEXT]
    answer = store(record(2023), "./dataproxy.jsp?page=2&columnid=x%2By==&unitid=Zz")
    _, listing = read(answer, HOST + NEXT)
    assert urls(listing.next_pages) == [
        f"{HOST}/module/web/jpage/dataproxy.jsp?page=2&columnid=x%2By==&unitid=Zz"
    ]


def test_several_units_on_one_page_are_all_read() -> None:
    first = f'<div id="38486">{store(record(2023) + record(2022))}</div>'
    second_next = NEXT.replace("38486", "41")
    second = f'<div id="41">{store(record(2021, 77) + record(2020, 77), second_next)}</div>'
    _, listing = read(document(first + second + jpage(41, 90) + jpage(38486, 2)), COLUMN)
    assert [entry.url.partition("art_")[2] for entry in listing.entries] == [
        "5985_20231.html",
        "5985_20221.html",
        "77_20211.html",
        "77_20201.html",
    ]
    assert urls(listing.next_pages) == [HOST + second_next]
    assert listing.total == 92


@pytest.mark.parametrize("inline", [True, False])
def test_without_a_next_group_the_script_tells_what_to_post(inline: bool) -> None:
    parameters = (
        "{col:1,appid:1,webid:'110',path:'/',columnid:5985,sourceContentType:1,unitid:'38486',"
        "webname:'%E6%9F%B3',permissiontype:0}"
    )
    given = parameters if inline else "param_38486"
    more = f",groupSize:3,proxyUrl:'/module/web/jpage/dataproxy.jsp',ajaxParam:{given}"
    before = "" if inline else f"<script>var param_38486 = {parameters};</script>"
    body = f'{before}<div id="38486">{store(record(2023), "")}</div>{jpage(38486, 100, more)}'
    _, listing = read(document(body), COLUMN)
    assert [request.method for request in listing.next_pages] == ["POST"] * 3
    query = [dict(parse_qsl(urlsplit(url).query)) for url in urls(listing.next_pages)]
    assert [(q["startrecord"], q["endrecord"], q["perpage"]) for q in query] == [
        ("2", "46", "15"),
        ("47", "91", "15"),
        ("92", "100", "15"),
    ]
    body_sent = parse_qs(listing.next_pages[0].body.decode())
    assert body_sent["columnid"] == ["5985"]
    assert body_sent["webname"] == ["%E6%9F%B3"]


def test_a_unit_without_any_store_is_asked_for_from_its_first_record() -> None:
    more = ",proxyUrl:'/module/jpage/dataproxy.jsp',ajaxParam:{columnid:5985,unitid:'9'}"
    _, listing = read(document(f'<div id="9"></div>{jpage(9, 20, more)}'), COLUMN)
    assert listing.entries == ()
    assert "startrecord=1&endrecord=20" in listing.next_pages[0].url
    assert listing.note is None


def test_an_xml_answer_is_read_like_a_page() -> None:
    answer = (
        '<?xml version="1.0" encoding="UTF-8"?><datastore><totalrecord>1928</totalrecord>'
        "<totalpage>20</totalpage>"
        f"<recordset>{record(2023)}{record(2022)}</recordset></datastore>"
    )
    name, listing = read(answer, HOST + NEXT, hint="hanweb")
    assert (name, len(listing.entries), listing.total, listing.next_pages) == ("hanweb", 2, 1928, ())
    assert listing.entries[0].published_on == date(2024, 1, 31)


def test_an_answer_in_table_rows() -> None:
    row = (
        "<record><![CDATA[<tr><td><img src='/x.gif'></td><td><a href='/art/2013/1/24/art_5_1.html' "
        "title='柳河县2012年政府信息公开年度报告'>柳河县2012年政府…</a></td><td>[2013-01-24]</td></tr>]]></record>"
    )
    _, listing = read(f"<datastore><recordset>{row}</recordset></datastore>", HOST + NEXT)
    assert [(entry.title, entry.published_on) for entry in listing.entries] == [
        ("柳河县2012年政府信息公开年度报告", date(2013, 1, 24))
    ]


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_script_answer_is_read_like_a_page(quote: str) -> None:
    rows = [
        f"<li><a href=\\{quote}/art/{y + 1}/1/31/art_5_{y}.html\\{quote}>柳河县{y}年政府信息公开年报<\\/a>"
        f"<span>{y + 1}-01-31</span></li>"
        for y in (2023, 2022)
    ]
    text = f"totalRecord=714;totalPage=27;dataStore=[{','.join(quote + row + quote for row in rows)}];"
    name, listing = read(text, f"{HOST}/module/jslib/jquery/jpage/dataproxy.jsp?page=2", hint="hanweb")
    assert (name, listing.total) == ("hanweb", 714)
    assert [entry.title for entry in listing.entries] == [
        f"柳河县{y}年政府信息公开年报" for y in (2023, 2022)
    ]


def test_an_empty_answer_ends_the_chain() -> None:
    _, listing = read(store("").partition(">")[2], HOST + NEXT)
    assert (listing.entries, listing.next_pages) == ((), ())


def test_a_column_of_the_older_hanweb_with_static_rows() -> None:
    rows = "".join(
        f'<li><a href="/art/{y}/1/31/art_9_{y}.html">柳河县{y - 1}年政府信息公开年报</a>'
        f"<span>{y}-01-31</span></li>"
        for y in (2012, 2011)
    )
    name, listing = read(document(f"<ul>{rows}</ul>"), f"{HOST}/col/col9/index.html")
    assert (name, len(listing.entries)) == ("hanweb", 2)


def test_a_list_in_a_frame_leads_to_the_frame() -> None:
    name, listing = read(document('<iframe src="/col/col6877/list.html"></iframe>'), f"{HOST}/zwgk/nb/")
    assert (name, listing.note, urls(listing.next_pages)) == (
        "generic",
        "iframe_list",
        [f"{HOST}/col/col6877/list.html"],
    )


@pytest.mark.parametrize(
    "body",
    [
        '<script src="/x/unitbuild.js" url="/api-gateway/x/unit" queryData="{\'webId\':\'1\'}"></script>',
        '<ul><li v-for="item in list"><a :href="item.url">{{ item.title }}</a></li></ul>',
        '<dl ms-repeat="list"><dd><a ms-attr-href="el.url"></a></dd></dl>',
        "<div id='list'></div><script>$.ajax({url: '/api/article/list', success: show})</script>",
    ],
)
def test_a_list_that_only_a_script_fills_says_so(body: str) -> None:
    _, listing = read(document(body), f"{HOST}/zwgk/nb/")
    assert (listing.entries, listing.note) == ((), "script_list")


def test_an_empty_column_is_just_empty() -> None:
    counter = "<script>$.ajax({url: '/visit/count?page=1'})</script>"
    _, listing = read(document(f"<p>暂无相关信息</p>{counter}"), f"{HOST}/zwgk/nb/")
    assert (listing.entries, listing.note) == ((), None)
    assert read(document("<p>栏目建设中</p>"), f"{HOST}/zwgk/nb/")[1].note is None
