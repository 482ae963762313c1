"""Tables and what is in their cells."""

from __future__ import annotations

import pytest

from goicrawl.documents.document import MAX_SPAN
from goicrawl.documents.html import read_html
from tests.documents.pages import cell, covered, only_grid, outline, page, read, texts


def test_rowspan_and_colspan() -> None:
    grid = only_grid(
        read(
            "<table><tr><td rowspan=2>申请<td colspan=2>结果</tr><tr><td>公开<td>不予公开</tr>"
            "<tr><td>1<td>2<td>3</table>"
        )
    )
    assert covered(grid) == [["申请", "结果", "结果"], ["申请", "公开", "不予公开"], ["1", "2", "3"]]
    assert texts(grid) == [["申请", "结果"], ["公开", "不予公开"], ["1", "2", "3"]]


@pytest.mark.parametrize("span", ["0", "-3", "x", "", "1", " 1 ", "1.5", "1abc"])
def test_a_span_that_is_no_span_is_one(span: str) -> None:
    grid = only_grid(read(f'<table><tr><td rowspan="{span}" colspan="{span}">甲<td>乙<tr><td>1<td>2</table>'))
    assert covered(grid) == [["甲", "乙"], ["1", "2"]]


@pytest.mark.parametrize("span", ["2", " 2", "2px", "02", "&#50;"])
def test_a_span_is_read_as_browsers_read_numbers(span: str) -> None:
    grid = only_grid(read(f'<table><tr><td colspan="{span}">甲<tr><td>1<td>2</table>'))
    assert covered(grid) == [["甲", "甲"], ["1", "2"]]


def test_a_huge_span_is_held_within_bounds() -> None:
    grid = only_grid(read("<table><tr><td rowspan=65535>甲<td colspan=99999>乙<tr><td>1<td>2</table>"))
    assert grid.height == 2
    assert grid.width == 1 + MAX_SPAN
    assert grid.cells[0].rowspan == 2


def test_spans_that_blow_a_table_up_are_cut_with_a_problem() -> None:
    rows = "<tr>" + "<td rowspan=1000 colspan=1000>甲" * 3000 + "<tr><td>1" * 1000
    document = read(f"<table>{rows}</table>")
    assert document.problems[0].startswith("table_too_large:")
    assert sum(grid.height * grid.width for grid in document.grids) <= 1_000_000


def test_many_tables_that_spans_blow_up_share_one_bound() -> None:
    table = "<table><tr><td colspan=1000>甲<td>乙" + "<tr><td>1" * 500 + "</table>"
    document = read(table * 40)
    assert any(problem.startswith("table_too_large:") for problem in document.problems)
    assert sum(grid.height * grid.width for grid in document.grids) < 1_100_000


def test_overlapping_spans_are_reported() -> None:
    document = read("<table><tr><td>甲<td rowspan=2>乙<tr><td colspan=2>丙</table>")
    assert document.problems == ("overlapping_spans: 1 cells of a table overlap",)
    assert [c.text for c in only_grid(document).cells] == ["甲", "乙", "丙"]


def test_the_foot_comes_last_wherever_it_stands() -> None:
    grid = only_grid(
        read(
            "<table><tfoot><tr><td>合计<td>3</tfoot><thead><tr><th>项<th>数</thead>"
            "<tbody><tr><td>甲<td>1</tbody><tbody><tr><td>乙<td>2</tbody></table>"
        )
    )
    assert texts(grid) == [["项", "数"], ["甲", "1"], ["乙", "2"], ["合计", "3"]]


def test_captions_are_paragraphs_before_the_grid() -> None:
    document = read("<table><caption>表一 <b>总表</b></caption><tr><td>甲<td>1</table>")
    assert outline(document) == ["表一 总表", [["甲", "1"]]]


def test_layout_tables_are_walked_and_data_tables_kept() -> None:
    document = read(
        "<table><tr><td>左栏<td><p>前言<table><tr><td>甲<td>1<tr><td>乙<td>2</table><p>后记</table>"
    )
    assert outline(document) == ["左栏", "前言", [["甲", "1"], ["乙", "2"]], "后记"]


def test_only_the_rows_that_are_layout_are_walked() -> None:
    document = read(
        "<table><tr><td>甲<td>1<tr><td colspan=2><table><tr><td>内<td>9</table><tr><td>乙<td>2</table>"
    )
    assert outline(document) == [[["甲", "1"]], [["内", "9"]], [["乙", "2"]]]


def test_rows_of_prose_are_walked() -> None:
    prose = "".join(f"<p>{'本年度政府信息公开工作情况' * 12}</p>" for _ in range(5))
    document = read(f"<table><tr><td colspan=2>{prose}<tr><td>甲<td>1</table>")
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph"] * 5 + ["Grid"]


def test_a_frame_of_one_column_is_no_grid() -> None:
    document = read("<table><tr><td><h2>一、总体情况</h2><tr><td>正文。</table>")
    assert [(block.text, block.level) for block in document.paragraphs] == [
        ("一、总体情况", 2),
        ("正文。", None),
    ]
    assert document.grids == ()


def test_a_thousand_nested_tables() -> None:
    document = read("<table><tr><td>外" * 4000 + "核")
    assert outline(document)[-1] == "外核"
    assert len(document.blocks) == 4000


def test_upper_case_and_unquoted_attributes() -> None:
    grid = only_grid(
        read(
            "<TABLE BORDER=1 WIDTH=100%><TR BGCOLOR=#ffffff><TD ALIGN=center ROWSPAN=2 NOWRAP>甲"
            "<TD COLSPAN=2>乙</TR>"
            "<TR><TD WIDTH=50>1</TD><TD>2</TD></TR></TABLE>"
        )
    )
    assert covered(grid) == [["甲", "乙", "乙"], ["甲", "1", "2"]]


def test_words_markup() -> None:
    content = (
        "\r\n  <p class=MsoNormal align=center style='text-align:center'><b\r\n  style='mso-bidi'>"
        "<span lang=EN-US style='font-size:12.0pt'>1<o:p></o:p></span></b></p>\r\n  "
    )
    assert cell(content) == "1"
    assert (
        cell("<p class=MsoNormal><span>信息</span><span lang=EN-US>2</span><o:p>&nbsp;</o:p></p>") == "信息2"
    )
    assert cell("<?xml:namespace prefix = o /><o:p>5</o:p>") == "5"
    assert cell("<p><o:p>&nbsp;</o:p></p>") == ""
    assert cell("<![if !supportEmptyParas]>7<![endif]>") == "7"


def test_words_elements_outside_tables_end_no_line() -> None:
    assert outline(read("<p>共<st1:number w:st=on>12</st1:number>件<o:p></o:p></p>")) == ["共12件"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("&nbsp;12&nbsp;", "12"),
        ("\u3000\u300012\u3000", "12"),
        ("1&nbsp;234", "1\xa0234"),
        ("1\u3000234", "1\u3000234"),
        ("1 \t\r\n 234", "1 234"),
        ("1 \xa0 234", "1 \xa0 234"),
        ("1\u200b2", "1\u200b2"),
        ("\ufeff12", "\ufeff12"),
        ("&#8203;", "\u200b"),
        ("1\x002", "12"),
        ("1&lt;2 &amp; 3&gt;2", "1<2 & 3>2"),
        ("", ""),
        ("&nbsp;", ""),
    ],
)
def test_white_space_in_cells(content: str, text: str) -> None:
    assert cell(content) == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("5<sup>1</sup>", "5¹"),
        ("<sup>1</sup>", "¹"),
        ("5<sup><b>12</b></sup>6", "5¹²6"),
        ("5<sup><p>1</p></sup>", "5\n¹"),
        ("5<sup>1</sup><sub>2</sub>3", "5¹₂3"),
        ("<p>H<sub>2</sub>O</p>", "H₂O"),
        ("<SUP>注</SUP>5", "注5"),
    ],
)
def test_raised_and_lowered_digits(content: str, text: str) -> None:
    assert cell(content) == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<del>5</del>", ""),
        ("<del>5</del>6", "6"),
        ("6<s>5</s>", "6"),
        ("<p><strike>5</strike></p><p>6</p>", "6"),
        ("<span style='text-decoration:line-through'>5</span>", ""),
        ("<p><SPAN STYLE='TEXT-DECORATION: LINE-THROUGH'>5</SPAN>6</p>", "6"),
        ("6<font style='text-decoration:line-through'><b>5</b></font>", "6"),
        ("<u>5</u><ins>6</ins>", "56"),
        ("<small>5</small>", "5"),
    ],
)
def test_what_is_struck_through_is_dropped(content: str, text: str) -> None:
    assert cell(content) == text


def test_a_cell_that_is_struck_through_keeps_its_place() -> None:
    grid = only_grid(read('<table><tr><td>甲<td style="text-decoration:line-through">5<td>6</table>'))
    assert texts(grid) == [["甲", "", "6"]]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<img src=a.png>", "[image]"),
        ("\n<img src=a.png>", "[image]"),
        ("\n<p>\n<img src=a.png>\n</p>\n", "[image]"),
        ("5<img src=a.png>", "5[image]"),
        ("<img src=a.png>5", "[image]5"),
        ("<img src=a.png>\n<img src=b.png>", "[image] [image]"),
        ("<del><img src=a.png></del>", ""),
    ],
)
def test_a_picture_is_never_taken_for_a_blank(content: str, text: str) -> None:
    assert cell(content) == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<input value=5>", "5"),
        ("\n<input value=5>", "5"),
        ("共<input value=5>", "共5"),
        ("<input value=5>件", "5件"),
        ("<input>", ""),
        ("<input type=hidden value=8>5", "5"),
        ("<input type=HIDDEN value=8>5", "5"),
        ("<textarea> 5\n</textarea>", "5"),
        ("共<textarea>5</textarea>件", "共5件"),
        ("<textarea hidden>8</textarea>5", "5"),
        ("<select><option>8</select>5", "[image]5"),
        ("<button>修改</button>5", "5"),
        ("<script>document.write(8)</script>5", "5"),
        ("<style>td{width:8}</style>5", "5"),
        ("<!-- 8 -->5", "5"),
        ("5<!-- 8 -->6", "56"),
        ("<svg><text>8</text></svg>5", "[image]5"),
    ],
)
def test_fields_and_what_is_no_text(content: str, text: str) -> None:
    assert cell(content) == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("一<br>二", "一\n二"),
        ("<p>一</p><p>二</p>", "一\n二"),
        ("一<div>二</div>三", "一\n二\n三"),
        ("<p>一</p>\n<p>&nbsp;</p>\n<p>二</p>", "一\n二"),
        ("一<hr>二", "一\n二"),
        ("<ul><li>一<li>二</ul>", "一\n二"),
        ("一<br><br>二<br>", "一\n二"),
        ("<span>一</span> <span>二</span>", "一 二"),
        ("一\n二", "一 二"),
    ],
)
def test_blocks_in_cells_end_lines(content: str, text: str) -> None:
    assert cell(content) == text


@pytest.mark.parametrize(
    "attribute",
    [
        "hidden",
        'style="display:none"',
        'STYLE="color:red; Display : None"',
        'style="visibility:hidden"',
        "hidden=''",
    ],
)
def test_hidden_elements(attribute: str) -> None:
    body = (
        f"<p {attribute}>藏</p><p>见<b {attribute}>藏</b></p>"
        f"<table><tr><td>甲<td {attribute}>藏<td>1<span {attribute}>藏</span>"
        f"<tr {attribute}><td>藏<td>藏<td>藏<tbody {attribute}><tr><td>藏<td>藏</tbody></table>"
        f"<table {attribute}><tr><td>藏<td>藏</table>"
    )
    assert outline(read(body)) == ["见", [["甲", "1"]]]
    assert outline(read(body, hidden=True)) == [
        "藏",
        "见藏",
        [["甲", "藏", "1藏"], ["藏", "藏", "藏"], ["藏", "藏"]],
        [["藏", "藏"]],
    ]


@pytest.mark.parametrize("style", ["display:block", "overflow:hidden", "", "display:inline-block"])
def test_other_styles_hide_nothing(style: str) -> None:
    assert outline(read(f'<p style="{style}">见</p>')) == ["见"]


def test_a_span_that_is_hidden_takes_no_place() -> None:
    grid = only_grid(
        read('<table><tr><td style="display:none" colspan=3>藏<td>甲<td>1<tr><td>乙<td>2</table>')
    )
    assert covered(grid) == [["甲", "1"], ["乙", "2"]]


def test_paragraphs_and_headings() -> None:
    document = read(
        "开头<h1>标题 <small>副题</small></h1><div>一<br>二<hr>三</div>四<em>五</em>\n六<ul><li>七<li>八</ul>"
        "<h3><p>九</p></h3>"
    )
    assert [(p.text, p.level) for p in document.paragraphs] == [
        ("开头", None),
        ("标题 副题", 1),
        ("一", None),
        ("二", None),
        ("三", None),
        ("四五 六", None),
        ("七", None),
        ("八", None),
        ("九", 3),
    ]


def test_a_table_in_an_inline_element() -> None:
    assert outline(read("前<b>字<table><tr><td>甲<td>1</table>后</b>尾")) == ["前字", [["甲", "1"]], "后尾"]


def test_text_after_a_table_of_layout_begins_anew() -> None:
    assert outline(read("<div><table><tr><td>一<table><tr><td>甲<td>1</table>二</table>三</div>")) == [
        "一",
        [["甲", "1"]],
        "二",
        "三",
    ]


def test_title_meta_and_images() -> None:
    document = read_html(
        "<head><title> 年度\n报告 </title><META NAME=PubDate CONTENT=' 2025-01-20 '><meta name=x>"
        "</head><body><img src=a><p><IMG src=b>".encode()
    )
    assert document.title == "年度 报告"
    assert document.meta == (("pubdate", "2025-01-20"),)
    assert document.images == 2


def test_links_to_files_are_kept_and_others_are_not() -> None:
    document = read(
        "<a href='/index.html'>首页</a><a name=top>顶</a><a href=''>空</a><a href='x.PDF'>附件 <b>一</b></a>"
        "<table><tr><td>甲<td><a href='报告.docx?v=1'>附件二</a></table>"
        "<p hidden><a href='c.xls#1'>附件三</a></p>"
        "<a href='/downfile.jsp?id=3'>附件四</a><a href='/pdf/list.html'>目录</a>"
        "<iframe src=' viewer.html ' title=阅></iframe><embed src=e.swf><object data=o.pdf></object>"
        "<div data-value='d.pdf'></div><div data-value='7'></div>"
    )
    assert [(link.url, link.text, link.kind) for link in document.links] == [
        ("x.PDF", "附件 一", "a"),
        ("报告.docx?v=1", "附件二", "a"),
        ("c.xls#1", "附件三", "a"),
        ("/downfile.jsp?id=3", "附件四", "a"),
        ("viewer.html", "阅", "iframe"),
        ("e.swf", "", "embed"),
        ("o.pdf", "", "object"),
        ("d.pdf", "", "data"),
    ]


def test_a_page_without_file_links_has_none() -> None:
    assert read("<a href='/a.html'>甲</a><a href='https://www.example.gov.cn/'>乙</a>").links == ()


@pytest.mark.parametrize("element", ["div", "b", "o:p", "table><tr><td"])
def test_a_hundred_thousand_nested_elements_are_refused_at_once(element: str) -> None:
    document = read_html(f"<{element}>".encode() * 100_000 + "核".encode())
    assert document.blocks == ()
    (problem,) = document.problems
    assert problem.startswith("nesting_too_deep:")


def test_many_elements_that_close_one_another_are_not_deep() -> None:
    document = read("<p>段" * 20_000)
    assert len(document.blocks) == 20_000
    assert document.problems == ()


def test_ten_thousand_nested_elements_are_read() -> None:
    assert outline(read("<div>" * 10_000 + "核")) == ["核"]
    assert cell("<span>" * 5000 + "5") == "5"
    assert cell("<span>" * 5000 + "<sup>5") == "⁵"


def test_a_table_of_a_million_cells_is_cut_with_a_problem() -> None:
    document = read("<table>" + ("<tr>" + "<td>1" * 1000) * 1000 + "</table>")
    assert document.problems == ("table_too_large: a table was cut after 200000 cells",)
    assert len(only_grid(document).cells) == 200_000


def test_a_row_of_too_many_cells_is_cut_with_a_problem() -> None:
    document = read("<table><tr>" + "<td>1" * 250_000 + "</table>")
    assert document.problems == ("table_too_large: a table was cut after 200000 cells",)


@pytest.mark.parametrize(
    "body", ["", "<", "<table", "<table><tr><td", "</table>", "<table></table>", "<td>1", "<!--"]
)
def test_scraps_are_read_without_a_fuss(body: str) -> None:
    document = read(body)
    assert document.problems == ()
    assert document.grids == ()


def test_bytes_that_are_no_text_are_reported() -> None:
    document = read_html(page("<p>政府信息公开</p>") + b"\xff\xfe", "text/html; charset=utf-8")
    assert document.problems[0].startswith("undecodable_bytes:")
    assert document.paragraphs[0].text == "政府信息公开"


def test_marks_in_paragraphs_never_join_a_figure() -> None:
    document = read_html("<p>规章</p><p>11<sup>1</sup></p><p>H<sub>2</sub>O</p>".encode())
    assert [paragraph.text for paragraph in document.paragraphs] == ["规章", "11¹", "H₂O"]
