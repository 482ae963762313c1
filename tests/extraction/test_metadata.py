"""The head of a page in the shapes that portals give it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goicrawl.documents.document import Document, Paragraph
from goicrawl.documents.html import read_html
from goicrawl.documents.text import read_text
from goicrawl.extraction.metadata import PageHead, read_head
from goicrawl.extraction.report import Metadata

TITLE = "宽城满族自治县人民政府办公室2021年度政府信息公开工作年度报告"
WHOLE = Metadata(
    index_number="13566001/2022-00330",
    subject_category="综合政务",
    issuing_body="宽城县政府办",
    document_number=None,
    validity="有效",
    written_on=date(2022, 1, 31),
    published_on=date(2022, 2, 1),
)
BODY = "<p>编写本报告，向社会公布。</p><p>一、总体情况</p><p>发布机构：不在这里</p><p>文号：甲1号</p>"
REPORT = f"<h1>{TITLE}</h1>{BODY}"


def of_html(page: str) -> PageHead:
    return read_head(read_html(page.encode()))


def of_text(page: str) -> PageHead:
    return read_head(read_text(page.encode()))


PAIRS = [
    ("索引号", "13566001/2022-00330"),
    ("主题分类", "综合政务"),
    ("发布机构", "宽城县政府办"),
    ("成文日期", "2022年01月31日"),
    ("文件编号", ""),
    ("有\xa0\xa0效\xa0\xa0性", "有效"),
    ("发布日期", "2022.02.01"),
]


def table(per_row: int, mark: str, label: str = "td") -> str:
    cells = [f"<{label}><b>{name}{mark}</b></{label}><td>\n {value}\n</td>" for name, value in PAIRS]
    rows = [cells[at : at + per_row] for at in range(0, len(cells), per_row)]
    return "<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>"


def joined(outside: str, inside: str) -> str:
    return outside.format("".join(inside.format(name, value) for name, value in PAIRS))


SHAPES = {
    "two columns": table(1, "："),
    "four columns": table(2, ":"),
    "six columns, no colon": table(3, ""),
    "th": table(1, "", label="th"),
    "one cell each": joined("<table><tr>{}</tr></table>", "<td><b>{}：</b>{}</td>"),
    "labels above values": "<table><tr>"
    + "".join(f"<th>{name}</th>" for name, _ in PAIRS)
    + "</tr><tr>"
    + "".join(f"<td>{value}</td>" for _, value in PAIRS)
    + "</tr></table>",
    "li": joined("<ul>{}</ul>", "<li>{}：{}</li>"),
    "li with spans": joined("<ul>{}</ul>", "<li><span class='tt'>{}</span>：<span>{}</span></li>"),
    "dl": joined("<dl>{}</dl>", "<dt>{}：</dt><dd>{}</dd>"),
    "dl without colon": joined("<dl>{}</dl>", "<dt>{}</dt><dd>{}</dd>"),
    "div table": joined("<div>{}</div>", "<div><div>{}：</div><div>{}</div></div>"),
    "brackets": joined("<div>{}</div>", "<p>【{}】{}</p>"),
    "one line": "<p>" + " ".join(f"{name}：{value}" for name, value in PAIRS) + "</p>",
    "one line, wide spaces": "<p>" + "\u3000".join(f"{name}: {value}" for name, value in PAIRS) + "</p>",
    "null": joined("<ul>{}</ul>", "<li>{}：{}</li>").replace("文件编号：", "文件编号：null"),
    "stroke": table(2, "：").replace("<td>\n \n</td>", "<td>—</td>"),
    "label spread wide": table(1, "：").replace("索引号", "索 引 号").replace("发布机构", "发布　机构"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_head(shape: str) -> None:
    head = of_html(SHAPES[shape] + REPORT)
    assert head.metadata == WHOLE
    assert head.title == TITLE


@pytest.mark.parametrize("gap", [" ", "  ", "\u3000", "\n", "\n\n"])
def test_a_flattened_head(gap: str) -> None:
    text = gap.join(f"{name}: {value}" for name, value in PAIRS)
    head = of_text(f"{text}\n{TITLE}\n\n编写本报告。\n一、总体情况\n")
    assert head.metadata == WHOLE
    assert head.title == TITLE


@pytest.mark.parametrize("mark", ["", "：", ":"])
def test_a_cell_a_line(mark: str) -> None:
    lines = [line for name, value in PAIRS for line in (name + mark, value) if line]
    head = of_text("\n".join([*lines, TITLE, "编写本报告。", "一、总体情况"]))
    assert head.metadata == WHOLE
    assert head.title == TITLE


def test_labels_without_colon_in_one_line() -> None:
    head = of_text(
        "索引号 bgs01/2023-00011 发文字号 成文日期 发布日期 标题 府谷县2022年政府信息公开年报"
        " 发布机构 公文时效 有效"
    )
    assert head.metadata == Metadata(index_number="bgs01/2023-00011", validity="有效")
    assert head.title == "府谷县2022年政府信息公开年报"


def test_a_whole_page_on_one_line() -> None:
    text = (
        f"首页 > 年报 索引号：1/2 发布机构：县政府办 文号： {TITLE} 时间：2022-02-01 浏览：3 "
        + "按照条例编写。" * 40
    )
    head = of_text(text + " 一、总体情况 发布机构：不在这里")
    assert head.metadata == Metadata(
        index_number="1/2", issuing_body="县政府办", published_on=date(2022, 2, 1)
    )
    assert head.title == TITLE


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("信息索引号", "index_number"),
        ("信息分类", "subject_category"),
        ("发文机关", "issuing_body"),
        ("发布单位", "issuing_body"),
        ("公开主体", "issuing_body"),
        ("信息来源", "issuing_body"),
        ("文号", "document_number"),
        ("发文字号", "document_number"),
        ("信息时效", "validity"),
        ("效力状态", "validity"),
        ("生成日期", "written_on"),
        ("写作日期", "written_on"),
        ("公开日期", "published_on"),
        ("发布时间", "published_on"),
        ("时间", "published_on"),
    ],
)
def test_synonyms(label: str, field: str) -> None:
    value = "2022-01-31 09:43" if field.endswith("_on") else "甲7"
    found = of_html(f"<p>{label}：{value}</p>{REPORT}").metadata
    expected = date(2022, 1, 31) if field.endswith("_on") else "甲7"
    assert found == Metadata(**{field: expected})


@pytest.mark.parametrize(
    "byline",
    [
        "2022-01-31 17时23分浏览次数:",
        "2022-01-31 17:23 来源：本站原创",
        "2022-01-31",
        "时间：2022-01-31 16:13",
        "来源：某某网 时间：2022-01-31 16:13 微信 微博",
        "发布时间：2022年1月31日 浏览次数：372 【字体：大 中 小】",
    ],
)
def test_the_line_under_the_title(byline: str) -> None:
    found = of_html(f"<h1>{TITLE}</h1><div>{byline}</div><p>编写。</p><p>一、总体情况</p>").metadata
    assert found == Metadata(published_on=date(2022, 1, 31))


def test_a_date_in_brackets_under_the_title_is_not_the_publication() -> None:
    assert of_text(f"{TITLE}\n宽城县政府办\n（2022年1月31日）\n一、总体情况").metadata == Metadata()


def test_the_source_is_not_the_issuing_body() -> None:
    head = of_html(f"<h1>{TITLE}</h1><p>来源：平潭县人民政府 时间：2019-01-10 16:13</p><p>一、总体情况</p>")
    assert head.metadata == Metadata(published_on=date(2019, 1, 10))
    assert head.source == "平潭县人民政府"


METAS = (
    f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2022-01-31 09:43">'
    '<meta name="SiteIDCode" content="1308270001"><meta name="SiteName" content="宽城网">'
    '<meta name="ColumnName" content="年报"><meta name="ContentSource" content="县委">'
)


def test_meta_tags_alone() -> None:
    head = of_html(f"<head>{METAS}</head><p>一、总体情况</p>")
    assert head.metadata == Metadata(published_on=date(2022, 1, 31))
    assert (head.title, head.site_code, head.site_name) == (TITLE, "1308270001", "宽城网")
    assert (head.column, head.source) == ("年报", "县委")


@pytest.mark.parametrize(
    ("printed", "published"),
    [("2022-03-01", date(2022, 3, 1)), ("2022-02-31", None), ("", date(2022, 1, 31))],
)
def test_what_is_printed_goes_before_meta_tags(printed: str, published: date | None) -> None:
    page = f"<head>{METAS}</head><p>索引号：1/2</p><p>发布日期：{printed}</p>{REPORT}"
    assert of_html(page).metadata.published_on == published


@pytest.mark.parametrize(
    "page",
    [
        "<p>我们的发布机构：不是标签。</p>",
        "<p>本条例规定文号：须写明，索引号：须编排。</p>",
        "<ul><li>索引号</li><li>发布机构</li><li>文号</li></ul>",
        "<p>标题</p><p>信息分类</p><p>机构职能</p><p>人事信息</p>",
        "<table><tr><th>名称</th><th>发布日期</th></tr><tr><td>甲</td><td>2021-01-02</td></tr></table>",
        "<form>索引号：<input> 文号：<input> 标题：<input> <button>搜索</button></form>",
        "<p>一、总体情况</p><p>文号：甲1号</p><p>上一篇：乙</p><p>发布机构：丙</p>",
    ],
)
def test_no_head_is_read_from_what_is_none(page: str) -> None:
    assert (
        of_html(f"<h1>{TITLE}</h1>{page}<p>一、总体情况</p><p>发布日期：2021-01-02</p>").metadata
        == Metadata()
    )


def test_the_code_in_the_foot() -> None:
    head = of_html(REPORT + "<div>主办：县政府办 网站标识码：1308270001 冀ICP备05012345号</div>")
    assert (head.site_code, head.code_in_foot) == (None, "1308270001")


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"<h1>{TITLE}</h1>", TITLE),
        (f"<title>{TITLE}-政府信息公开年报-某某网</title>", TITLE),
        (f"<title>某某网</title><div>当前位置：首页 > 政府信息公开年报</div><div>{TITLE}</div>", TITLE),
        (
            "<p>平潭综合实验区2018年度</p><p>政府信息公开工作年度报告</p>",
            "平潭综合实验区2018年度政府信息公开工作年度报告",
        ),
        (
            "<li>政府信息公开</li><li>政府信息公开年报</li><p>中村乡2018年度政府信息公开报告</p>",
            "中村乡2018年度政府信息公开报告",
        ),
        (
            "<title>中村乡2018年信息公开年报_网</title><p>太平乡2019年信息公开年报</p><p>中村乡2018年信息公开年报</p>",
            "中村乡2018年信息公开年报",
        ),
        ("<h2>2024年政府信息公开工作年度报告</h2>", "2024年政府信息公开工作年度报告"),
        ("<title>通知公告_某某网</title>", "通知公告"),
        ("<h1>关于放假的通知</h1><p>各单位：</p>", "关于放假的通知"),
        ("<p>只有正文。</p>", None),
    ],
)
def test_titles(page: str, title: str | None) -> None:
    assert of_html(page).title == title


def test_a_document_s_title_begins_with_the_body_above_it() -> None:
    lines = ("淮安市人民政府", "2024年政府信息公开工作年度报告", "编写。", "一、总体情况")
    document = Document("application/pdf", tuple(Paragraph(line) for line in lines))
    assert read_head(document).title == "淮安市人民政府2024年政府信息公开工作年度报告"


def test_kuancheng(corpus: Path) -> None:
    head = read_head(read_text((corpus / "kuancheng_office_2021.txt").read_bytes()))
    assert head.title == TITLE
    assert head.metadata == Metadata(
        "13566001/2022-00330", "综合政务", "宽城县政府办", None, "有效", date(2022, 1, 31), date(2022, 1, 31)
    )


@pytest.mark.parametrize(
    ("name", "published", "title"),
    [
        ("pingtan_2018_statform.html", date(2019, 1, 10), "平潭综合实验区2018年度政府信息公开工作年度报告"),
        ("hangzhou_2025_simplified.html", None, "测试市2025年政府信息公开工作年度报告"),
        (
            "pingtan_caijinju_2020.page.txt",
            date(2021, 1, 28),
            "平潭综合实验区财政金融局2020年度政府信息公开工作年度报告",
        ),
        ("shuyang_county_2025.ocr.md", None, "沐阳县人民政府 2025 年 政府信息公开工作年度报告"),
    ],
)
def test_other_real_pages_print_no_more(corpus: Path, name: str, published: date | None, title: str) -> None:
    reader = read_html if name.endswith(".html") else read_text
    head = read_head(reader((corpus / name).read_bytes()))
    assert head.metadata == Metadata(published_on=published)
    assert head.title == title


HOSTILE = [
    "1" * 100_000,
    "发布机构：" * 20_000,
    "发布机构 " * 20_000,
    "： " * 50_000,
    "索 引 号 " * 12_000,
    "标识码：" * 25_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_read_at_once(text: str) -> None:
    # A regular expression that backtracks would take minutes here, and the suite's timeout would tell.
    for page in (f"<p>{text}</p>", f"<title>{text}</title><h1>{text}</h1>", text.replace(" ", "<p>")):
        assert of_html(page).metadata.issuing_body in (None, "")


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            ["索引号", "：", "发布日期", " ", "2021-01-02", "政府信息公开年报", "\n", "一、", "宽城"]
        ),
        max_size=30,
    )
)
def test_nothing_raises(parts: list[str]) -> None:
    of_text("".join(parts))
