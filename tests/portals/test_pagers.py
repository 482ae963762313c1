"""Pagers: what page 2 is called, for every form of call and of link."""

from __future__ import annotations

import base64
from urllib.parse import quote_plus

import pytest

from goicrawl.portals import Listing, recognise
from goicrawl.portals.pager_calls import MAX_PLANNED_PAGES
from goicrawl.portals.pagers import plan
from tests.portals.pages import document, items, page, urls

DIR = "https://www.lizi.gov.cn/zwgk/nb/"


def read(markup: str, url: str = DIR) -> Listing:
    made = page(document(f"<ul>{items(2020, 2023)}</ul>{markup}"), url)
    return recognise(made).read_list(made)


def script(code: str) -> str:
    return f'<div class="page"><script type="text/javascript">{code}</script></div>'


@pytest.mark.parametrize(
    ("code", "url", "expected"),
    [
        # A number first: counted from 0, index_1 is page 2.
        ('createPageHTML(3, 0, "index", "html");', DIR, ["index_1.html", "index_2.html"]),
        ('createPageHTML(3,0,"index","html")', DIR + "index.html", ["index_1.html", "index_2.html"]),
        ("createPageHTML( 3 , 1 , 'index' , 'html' )", DIR + "index_1.html", ["index_2.html"]),
        ('createPageHTML(3, 0, "index", "shtml", "black2", 41);', DIR, ["index_1.shtml", "index_2.shtml"]),
        ('createPage(2, 0, "index", "html")', DIR, ["index_1.html"]),
        ('createPageHTML(parseInt("3"), 0, "index", "html")', DIR, ["index_1.html", "index_2.html"]),
        ('var n=3;var c=0;createPageHTML(n,c,"index","html")', DIR, ["index_1.html", "index_2.html"]),
        ('createPageHTML("3", "0", "index", "html")', DIR, ["index_1.html", "index_2.html"]),
        ('createPageHTML(3, 2, "index", "html")', DIR + "index_2.html", []),
        ('createPageHTML(1, 0, "index", "html")', DIR, []),
        ('createPageHTML(0, 0, "index", "html")', DIR, []),
        ("var countPage = 3;", DIR, ["index_1.html", "index_2.html"]),
        ('var countPage = 3; s += "<a href=index_" + i + ".shtml>";', DIR, ["index_1.html", "index_2.html"]),
        ('var countPage = 3; s = "index_" + i + ".shtml";', DIR, ["index_1.shtml", "index_2.shtml"]),
        # A quoted container first: counted from 1, named after the template file.
        ("createPageHTML('page_div',3, 1,'fg','shtml',89);", DIR + "fg.shtml", ["fg_2.shtml", "fg_3.shtml"]),
        ("createPageHTML('page_div', 3, 2, 'xlist', 'shtml', 5)", DIR + "xlist_2.shtml", ["xlist_3.shtml"]),
        ('createPageHTML("paging", 3, 1, "index", "html", 41)', DIR, ["index_2.html", "index_3.html"]),
        # The call still says page 1 on page 2: the address knows better.
        ('createPageHTML(4, 0, "index", "html")', DIR + "index_2.html", ["index_3.html"]),
        ("createPageHTML('p', 4, 1, 'list', 'shtml', 9)", DIR + "list_3.shtml", ["list_4.shtml"]),
        # Rarer forms, counted from 1.
        ('$(".p").pagination("setPage", 1, 3);', DIR + "index.html", ["index_2.html", "index_3.html"]),
        ("var maxPage = parseInt('3');", DIR + "1.html", ["2.html", "3.html"]),
        ("var maxPage = parseInt('3');", DIR + "2.html", ["3.html"]),
        ("var n = PageIndex > (3)?(3):PageIndex;", DIR + "index.shtml", ["index_2.shtml", "index_3.shtml"]),
    ],
)
def test_page_2_of_every_call(code: str, url: str, expected: list[str]) -> None:
    assert urls(read(script(code), url).next_pages) == [DIR + name for name in expected]


@pytest.mark.parametrize(
    "code",
    [
        'function createPageHTML(nPageCount, nCurrIndex, sPageName, sPageExt){ document.write("x") }',
        "function  createPageHTML(_n, _c, _s, _e) { for(var i=0;i<_n;i++){} }",
        'var n = 9, c = 0, s = "index", e = "html"; function createPageHTML(n, c, s, e) {}',
        "window.createPageHTML = function(a, b, c, d) {}",
        '// createPageHTML(9, 0, "index", "html");',
        '/* createPageHTML(9, 0, "index", "html"); */',
        "createPageHTML(total, now, name, ext)",
        "createPageHTML('page_div')",
        "createPageHTML()",
        "createPageHTML(9",
    ],
)
def test_what_is_no_call_plans_nothing(code: str) -> None:
    assert read(script(code)).next_pages == ()


def test_a_call_in_an_html_comment_is_none_but_one_in_an_old_script_wrapper_is() -> None:
    call = 'createPageHTML(2, 0, "index", "html");'
    assert read(f"<!-- <script>{call}</script> -->").next_pages == ()
    assert urls(read(script(f"\n<!--\n{call}\n//-->\n")).next_pages) == [DIR + "index_1.html"]


def test_the_call_is_found_beside_its_own_definition() -> None:
    code = 'function createPageHTML(n,c,s,e){ var a = n; }\ncreatePageHTML(2, 0, "index", "html");'
    assert urls(read(script(code)).next_pages) == [DIR + "index_1.html"]


def test_totals_are_kept_as_printed() -> None:
    assert read(script("createPageHTML('page_div', 3, 1, 'fg', 'shtml', 89)")).total == 89
    assert read(script('createPageHTML(3, 0, "index", "shtml", "black2", 41)')).total == 41
    assert read(script('createPageHTML(3, 0, "index", "html")')).total is None
    assert read('<div class="pager">共 21 条 第1/2页</div>').total == 21


def test_a_next_link_is_followed_even_where_the_total_denies_it() -> None:
    listing = read(
        script("createPageHTML('p', 1, 1, 'list', 'shtml', 5)") + '<a href="list_2.shtml">下一页</a>'
    )
    assert (listing.total, urls(listing.next_pages)) == (5, [DIR + "list_2.shtml"])


def test_a_plan_never_holds_its_own_page_nor_a_page_twice() -> None:
    planned = plan("u1", ["u1", "u2", "u3", "u2"], ["u3", "u9", "u1"])
    assert [request.url for request in planned] == ["u9", "u2", "u3"]


def test_an_absurd_page_count_is_capped() -> None:
    assert len(read(script('createPageHTML(99999999, 0, "index", "html")')).next_pages) == MAX_PLANNED_PAGES


@pytest.mark.parametrize(
    "text",
    [
        "下一页",
        "下页",
        "下一页>>",
        "下一页 »",
        "&gt; 下一页",
        "[下一页]",
        "下&nbsp;一&nbsp;页",
        "Next",
        "后页",
    ],
)
def test_the_next_link_by_its_text(text: str) -> None:
    assert urls(read(f'<div><a href="list2.asp">{text}</a></div>').next_pages) == [DIR + "list2.asp"]


@pytest.mark.parametrize("arrow", ["&gt;", "›", "»", "&gt;&gt;"])
def test_an_arrow_is_next_only_in_a_pager(arrow: str) -> None:
    assert urls(read(f'<div class="pager"><a href="b/">{arrow}</a></div>').next_pages) == [DIR + "b/"]
    assert read(f'<div class="more-box"><a href="b/">{arrow}</a></div>').next_pages == ()


def test_of_two_arrows_the_short_one_is_next() -> None:
    assert urls(
        read('<div class="pager"><a href="p2/">&gt;</a><a href="p9/">&gt;&gt;</a></div>').next_pages
    ) == [DIR + "p2/"]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="javascript:void(0)">下一页</a>',
        '<a href="javascript:;">下一页</a>',
        '<a href="#">下一页</a>',
        '<a href="javascript:goPage(2)">下一页</a>',
        "<a onclick=\"go('/list_' + 2)\">下一页</a>",
        "<span>下一页</span>",
        f'<a href="{DIR}">下一页</a>',
    ],
)
def test_a_next_link_to_nowhere_is_never_followed(link: str) -> None:
    assert read(f'<div class="pager">{link}</div>').next_pages == ()


def test_a_pager_that_only_a_script_can_turn_is_noted() -> None:
    assert read('<div class="pager"><a href="javascript:goPage(2)">下一页</a></div>').note == "script_pager"
    assert read('<div class="pager"><a href="list2.asp">下一页</a></div>').note is None
    assert read("").note is None


def test_a_click_handler_that_holds_a_whole_address_is_followed() -> None:
    listing = read(
        '<div class="pager"><a href="javascript:;" onclick="location.href=\'list_2.html\'">下一页</a></div>'
    )
    assert urls(listing.next_pages) == [DIR + "list_2.html"]


def test_a_pager_that_counts_down_is_followed_never_computed() -> None:
    pager = (
        '<div class="p_pages"><span class="p_no_d">1</span><span><a href="nb/10.htm">2</a></span>'
        '<span class="p_no"><a href="nb/9.htm">3</a></span><span><a href="nb/1.htm">11</a></span>'
        '<span class="p_next p_fun"><a href="nb/10.htm">下页</a></span>'
        '<span class="p_last"><a href="nb/1.htm">尾页</a></span></div>'
    )
    listing = read(pager, "https://www.lizi.gov.cn/zwgk/nb.htm")
    assert urls(listing.next_pages) == [f"{DIR}{name}.htm" for name in (10, 9, 1)]


@pytest.mark.parametrize(
    "name", ["page", "pageNo", "pageIndex", "pageNum", "PAGENUM", "currentPage", "cur_page", "p"]
)
def test_page_parameters_fill_the_gap_between_printed_numbers(name: str) -> None:
    link = '<a href="list.jsp?cat=7&amp;{}={}">{}</a>'
    pager = "".join(
        link.format(name, n, text) for n, text in ((1, "1"), (2, "2"), (2, "下一页"), (5, "尾页"))
    )
    listing = read(f'<div class="pager">{pager}</div>', DIR + "list.jsp?cat=7")
    assert urls(listing.next_pages) == [f"{DIR}list.jsp?cat=7&{name}={n}" for n in (2, 3, 4, 5)]
    later = read(f'<div class="pager">{pager}</div>', f"{DIR}list.jsp?cat=7&{name}=3")
    assert urls(later.next_pages)[-2:] == [f"{DIR}list.jsp?cat=7&{name}={n}" for n in (4, 5)]


def test_page_parameters_that_count_from_nought() -> None:
    pager = "".join(f'<a href="list.jsp?page={n}">{n + 1}</a>' for n in range(4))
    listing = read(f'<div class="pager">{pager}</div>', DIR + "list.jsp")
    assert urls(listing.next_pages) == [f"{DIR}list.jsp?page={n}" for n in (1, 2, 3)]


def test_numbers_outside_a_pager_are_no_pages() -> None:
    assert read('<div class="calendar"><p>2024</p><a href="d/26.html">26</a></div>').next_pages == ()


def test_a_pager_hidden_in_base64() -> None:
    inside = '<a href="index_2.html">2</a><a href="index_2.html">下一页</a>'
    hidden = base64.b64encode(quote_plus(inside).encode()).decode()
    listing = read(f'<div id="pages">{hidden}</div><script>var s = window.atob(x);</script>')
    assert urls(listing.next_pages) == [DIR + "index_2.html"]
    assert read('<div id="pages">@@@</div><script>window.atob(x)</script>').next_pages == ()
