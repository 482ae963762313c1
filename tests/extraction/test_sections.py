"""The chapters of a report, with official headings and with free ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goicrawl.documents.document import Document
from goicrawl.documents.html import read_html
from goicrawl.documents.text import read_text
from goicrawl.extraction.report import Section
from goicrawl.extraction.sections import read_sections

SIX = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
PROSE = ("这一年做了不少事。", "公开了许多。", "收到四件。", "没有复议。", "还有不足。", "无其他事项。")


def paragraphs(*lines: str) -> Document:
    return read_html("".join(f"<p>{line}</p>" for line in lines).encode())


def six(headings: tuple[str, ...] = SIX) -> list[str]:
    return [line for pair in zip(headings, PROSE, strict=True) for line in pair]


def texts(sections: tuple[Section, ...]) -> list[str]:
    return [section.text for section in sections]


def numbers(sections: tuple[Section, ...]) -> list[int]:
    return [section.number for section in sections]


def test_the_six_sections() -> None:
    found = read_sections(paragraphs("某局2021年政府信息公开年度报告", "编写本报告。", *six()))
    assert found == tuple(
        Section(number, heading, text)
        for number, (heading, text) in enumerate(zip(SIX, PROSE, strict=True), 1)
    )


@pytest.mark.parametrize(
    ("place", "heading"),
    [
        (0, "一、总体公开情况"),
        (0, "一．总体情况"),
        (0, "一、总体情况："),
        (0, "一 、总 体 情 况"),
        (0, "第一部分 总体情况"),
        (1, "二、主动公开政府信息的情况"),
        (2, "三、收到和处理政府信息公开申情情况"),
        (3, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        (3, "四、政府信息公开行政法复议、行政诉讼情况"),
        (3, "四、政府信息公开行政复议行政诉讼情况"),
        (4, "五、存在问题及改进情况"),
        (4, "五、政府信息公开工作存在的主要问题及改进情况"),
        (5, "六、其它需要报告的事项"),
        (5, "六、其他需要报告事项"),
        (5, "其他需要报告的事项"),
    ],
)
def test_other_wordings_and_slips(place: int, heading: str) -> None:
    headings = tuple(heading if n == place else text for n, text in enumerate(SIX))
    found = read_sections(paragraphs(*six(headings)))
    assert numbers(found) == [1, 2, 3, 4, 5, 6]
    assert texts(found) == list(PROSE)
    assert found[place].heading == heading.rstrip("：")


@pytest.mark.parametrize("mark", ["（{}）", "{}. ", "{}．", "（{}）、"])
def test_other_forms_of_number_where_the_words_agree(mark: str) -> None:
    signs = "123456" if "." in mark or "．" in mark else "一二三四五六"
    headings = tuple(mark.format(sign) + text[2:] for sign, text in zip(signs, SIX, strict=True))
    assert numbers(read_sections(paragraphs(*six(headings)))) == [1, 2, 3, 4, 5, 6]


def test_headings_without_numbers() -> None:
    page = "".join(f"<h3>{heading[2:]}</h3><p>{text}</p>" for heading, text in zip(SIX, PROSE, strict=True))
    found = read_sections(read_html(page.encode()))
    assert numbers(found) == [1, 2, 3, 4, 5, 6]
    assert texts(found) == list(PROSE)


def test_subheadings_stay_in_the_text() -> None:
    lines = six()
    lines[1:2] = [
        "（一）主动公开政府信息情况",
        "许多。",
        "（二）依申请公开情况",
        "一是快。",
        "1.总体情况",
        "好。",
    ]
    found = read_sections(paragraphs(*lines))
    assert numbers(found) == [1, 2, 3, 4, 5, 6]
    assert (
        found[0].text
        == "（一）主动公开政府信息情况\n许多。\n（二）依申请公开情况\n一是快。\n1.总体情况\n好。"
    )


@pytest.mark.parametrize(
    "line",
    [
        "本报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六个部分。",
        "本报告由一、总体情况，二、主动公开政府信息情况，三、收到和处理政府信息公开申请情况组成。",
        "总体情况良好，群众满意。",
        "一、总体情况……………………1",
        "二、主动公开政府信息情况　　3",
    ],
)
def test_mentions_are_no_headings(line: str) -> None:
    found = read_sections(paragraphs("编写。", line, *six()))
    assert texts(found) == list(PROSE)


def test_a_list_of_contents_before_the_text() -> None:
    assert texts(read_sections(paragraphs("目录", *SIX, *six()))) == list(PROSE)
    dotted = [f"{heading}{'…' * 12}{page}" for page, heading in enumerate(SIX, 1)]
    assert texts(read_sections(paragraphs("目  录", *dotted, *six()))) == list(PROSE)


def test_a_report_printed_twice_is_read_once() -> None:
    assert texts(read_sections(paragraphs(*six(), *six()))) == list(PROSE)


def test_headings_that_run_into_their_text() -> None:
    lines = [
        f"{heading}{text}"
        for heading, text in zip(SIX, ("2021年好。", "我局公开。", *PROSE[2:]), strict=True)
    ]
    found = read_sections(paragraphs(*lines))
    assert numbers(found) == [1, 2, 3, 4, 5, 6]
    assert texts(found) == ["2021年好。", "我局公开。", *PROSE[2:]]
    assert [section.heading for section in found] == list(SIX)


def test_a_page_on_one_line() -> None:
    line = "某局2021年政府信息公开年度报告 编写，包括总体情况、其他需要报告的事项六个部分。" + " ".join(six())
    line = line.replace("公开了许多。", "第二十条第（一）项 信息内容 本年制发件数 规章 0 0 0") + " 附件下载"
    found = read_sections(read_text(line.encode()))
    assert numbers(found) == [1, 2, 3, 4, 5, 6]
    assert texts(found) == [PROSE[0], "", *PROSE[2:]]


def test_a_heading_over_two_lines() -> None:
    lines = six()
    lines[4:5] = ["三、", "收到和处理政府信息公开申请情况"]
    lines[0:1] = ["一、总体", "情况"]
    found = read_sections(paragraphs(*lines))
    assert texts(found) == list(PROSE)
    assert [section.heading for section in found] == list(SIX)


def test_table_lines_are_left_out() -> None:
    lines = [
        "编写。",
        SIX[0],
        PROSE[0],
        SIX[1],
        "公开如下。",
        "规章",
        "0",
        SIX[2],
        "一、本年新收政府信息公开申请数量",
        "4",
    ]
    lines += ["二、上年结转政府信息公开申请数量", "0", *SIX[3:]]
    document = read_text("\n".join(lines).encode())
    found = read_sections(document, frozenset({5, 6, 8, 9, 10, 11}))
    assert texts(found) == [PROSE[0], "公开如下。", "", "", "", ""]
    assert numbers(read_sections(document)) == [1, 2, 3, 4, 5, 6]


def test_captions_printed_as_lines_are_no_prose() -> None:
    lines = six()
    lines[3:4] = [
        "第二十条 第（一）项",
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        "第二十条写得清楚。",
    ]
    assert read_sections(paragraphs(*lines))[1].text == "第二十条写得清楚。"


def test_headings_in_rows_of_a_table() -> None:
    rows = f"<tr><td colspan=2>{SIX[1]}</td></tr><tr><td>规章</td><td>0</td></tr>"
    rows += f"<tr><td colspan=2>{SIX[2]}</td></tr>"
    rows += "<tr><td colspan=2>全年收到申请四件，都已经答复，没有拖延的。</td></tr>"
    page = f"<p>{SIX[0]}</p><p>好。</p><table>{rows}</table><p>{SIX[3]}</p><p>无。</p>"
    found = read_sections(read_html(page.encode()))
    assert numbers(found) == [1, 2, 3, 4]
    assert texts(found) == ["好。", "", "全年收到申请四件，都已经答复，没有拖延的。", "无。"]


@pytest.mark.parametrize(
    "chrome",
    [
        "【打印本页】【关闭窗口】",
        "[关闭窗口]",
        "打印",
        "上一篇：某局2020年政府信息公开年度报告",
        "下一篇：没有了",
        "相关附件",
        "相关链接：",
        "分享到：",
        "附件下载",
        "主办：某县人民政府 ICP备05012345号",
        "版权所有：某县人民政府",
        "地址：某路1号 网站标识码：1308270001",
        "太平乡2020年政府信息公开工作年度报告 2021-01-11",
    ],
)
def test_the_last_section_ends_before_the_page_s_own_words(chrome: str) -> None:
    found = read_sections(paragraphs(*six(), "某局", "2022年1月9日", chrome, "热点新闻"))
    assert found[-1].text == "无其他事项。\n某局\n2022年1月9日"


@pytest.mark.parametrize(
    "line", ["附件：政府信息公开情况统计表", "打印、复印政府信息不收费用，共打印三十页。", "详见附表"]
)
def test_what_may_be_the_report_s_own_is_kept(line: str) -> None:
    assert read_sections(paragraphs(*six(), line))[-1].text == f"无其他事项。\n{line}"


def test_an_older_report_s_own_chapters() -> None:
    headings = (
        "一、概述",
        "二、主动公开政府信息的情况",
        "三、依申请公开情况",
        "四、收费及减免情况",
        "五、复议诉讼",
        "六、改进措施",
    )
    found = read_sections(paragraphs("编写。", *six(headings)))
    assert [(section.number, section.heading) for section in found] == list(enumerate(headings, 1))
    assert texts(found) == list(PROSE)


def test_chapters_that_begin_later_keep_their_numbers() -> None:
    found = read_sections(
        paragraphs("三、依申请公开工作情况", "无。", "四、复议诉讼的情况", "无。", "五、主要问题", "有。")
    )
    assert numbers(found) == [3, 4, 5]


def test_a_seventh_chapter() -> None:
    found = read_sections(paragraphs(*six(), "七、附表说明", "见表。"))
    assert numbers(found) == [1, 2, 3, 4, 5, 6, 7]
    assert found[6].text == "见表。"


@pytest.mark.parametrize(
    "lines", [(), ("只有一句。",), ("一、总体情况良好，我局", "总体情况"), ("一、一个标题",)]
)
def test_no_sections(lines: tuple[str, ...]) -> None:
    assert read_sections(paragraphs(*lines)) == ()


def test_kuancheng(corpus: Path) -> None:
    document = read_text((corpus / "kuancheng_office_2021.txt").read_bytes())
    lines = [block.text for block in document.paragraphs]
    first, last = (
        lines.index("第二十条第(一)项"),
        lines.index(next(x for x in lines if x.startswith("五、存在"))),
    )
    consumed = frozenset(
        n for n in range(first, last) if not lines[n].startswith(("三、收到", "四、政府信息"))
    )
    found = read_sections(document, consumed)
    assert [section.heading for section in found] == list(SIX)
    assert [section.text == "" for section in found] == [False, True, True, True, False, True]
    assert found[0].text.startswith("2021年,我办认真贯彻") and found[0].text.endswith(
        "确保公开信息准确、及时、规范。"
    )
    assert found[4].text.endswith("及时准确传递政策意图。")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hangzhou_2025_simplified.html", [1, 2, 3, 4, 5, 6]),
        ("shuyang_county_2025.ocr.md", [1, 2, 3, 4, 5, 6]),
        ("pingtan_caijinju_2020.page.txt", [2, 3, 4, 5, 6]),
        ("pingtan_2018_statform.html", [3, 4, 5, 6]),
        ("pingtan_annual_report_list.html", []),
    ],
)
def test_other_real_pages(corpus: Path, name: str, expected: list[int]) -> None:
    reader = read_html if name.endswith(".html") else read_text
    found = read_sections(reader((corpus / name).read_bytes()))
    assert numbers(found) == expected
    if name == "pingtan_caijinju_2020.page.txt":
        assert found[-1].text == "无其他需要报告事项。 平潭综合实验区财政金融局 2021年1月27日"


HOSTILE = [
    "一、总体情况\n" * 15_000,
    "一、总体情况" * 15_000,
    "六、其他需要报告的事项\n三、\n" * 6_000,
    "一、某某 " * 20_000,
    "".join(f"{'一二三四五六七八九'[n % 9]}、某某\n" for n in range(20_000)),
    "，、" * 50_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_read_at_once(text: str) -> None:
    assert len(read_sections(read_text(text.encode()))) <= 12
    assert len(read_sections(read_html(text.replace("\n", "<p>").encode()))) <= 12


@settings(max_examples=150)
@given(st.lists(st.sampled_from([*SIX, *PROSE, "一、", "情况", "\n", " ", "（一）", "七、某"]), max_size=40))
def test_nothing_raises_and_nothing_stands_twice(parts: list[str]) -> None:
    document = read_text("".join(parts).encode())
    found = read_sections(document)
    assert numbers(found) == sorted(set(numbers(found)))
    whole = "".join(block.text for block in document.paragraphs)
    assert sum(len(section.text.replace("\n", "")) for section in found) <= len(whole)
