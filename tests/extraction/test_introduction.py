"""What a report without a title says of itself in its first sentences."""

from __future__ import annotations

import pytest

from goicrawl import parse_report
from goicrawl.extraction.introduction import Introduction, read_introduction
from goicrawl.extraction.report import Report, Section

CHAPTERS = (
    "一、总体情况", "这一年的工作有序。", "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况", "六、其他需要报告的事项", "无。",
)  # fmt: skip


def of(*lines: str, opening: str = "") -> Introduction:
    return read_introduction(lines, [Section(1, "一、总体情况", opening)] if opening else [])


def page(*lines: str, url: str | None = None) -> Report:
    text = "\n".join((*lines, *CHAPTERS)) + "\n"
    return parse_report(text.encode(), media_type="text/plain", url=url)


@pytest.mark.parametrize(
    ("sentence", "body", "year"),
    [
        ("根据有关要求，现公布朝阳市自然资源局2025年度政府信息公开工作报告。", "朝阳市自然资源局", 2025),
        ("特向社会公布2020年度渠县教育和科学技术局政府信息公开年度报告。", "渠县教育和科学技术局", 2020),
        ("汇总2021年度大东坝镇人民政府的政务公开年度报告编制而成。", "大东坝镇人民政府", 2021),
        ("现将平潭县财政金融局二〇二〇年政府信息公开工作年度报告公布如下：", "平潭县财政金融局", 2020),
        ("现将我局2023年度政府信息公开工作情况报告如下：", None, 2023),
        ("现将我镇2021年政府信息公开工作总结如下。", None, 2021),
    ],
)  # fmt: skip
def test_a_report_that_a_sentence_names(sentence: str, body: str | None, year: int) -> None:
    found = of(sentence)
    assert (found.named, found.year) == (() if body is None else (body,), year)


@pytest.mark.parametrize(
    "sentence",
    [
        "根据《渠县人民政府办公室关于做好2020年政府信息公开工作年度报告编制公布工作的通知》要求。",
        "按照县政府办公室2020年政府信息公开工作年度报告编制要求开展。",
        "较上年度公布的县教育局2019年政府信息公开工作年度报告更为详细。",
        "全县各单位均按时公布政府信息公开工作年度报告。",
        "本报告的电子版可在网站下载。",
    ],
)
def test_other_reports_and_notices_are_not_announced(sentence: str) -> None:
    assert of(sentence) == Introduction((), (), None)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("本年度报告由周湾镇人民政府编制。", "周湾镇人民政府"),
        ("如有疑问，请与大冶市自然资源和规划局办公室联系（地址：某路）。", "大冶市自然资源和规划局"),
        ("请联系长春市绿园区春城街道办事处（办公地址：某街）。", "长春市绿园区春城街道办事处"),
        ("请与上党区西火镇人民政府行政办公室联系。", "上党区西火镇"),
    ],
)
def test_who_made_it_or_answers_for_it(sentence: str, name: str) -> None:
    assert of(sentence).beside == (name,)


def test_two_years_are_no_year() -> None:
    assert of("现公布甲局2020年政府信息公开工作年度报告。", opening="2021年，我局继续努力。").year is None


def test_the_first_words_of_the_first_chapter_tell_the_year() -> None:
    assert of(opening="2023年，市自然资源和规划局认真工作。").year == 2023
    assert of(opening="我局2023年认真工作。").year is None


def test_a_page_without_a_title_has_the_body_that_its_sentences_name() -> None:
    report = page("现公布大冶市自然资源和规划局2023年度政府信息公开工作报告。")
    assert (report.issuing_body, report.report_year) == ("大冶市自然资源和规划局", 2023)
    assert (report.region_code, report.scope) == ("420281", "organ")
    assert "issuing_body_from_sentence: 大冶市自然资源和规划局" in report.reasons
    assert "report_year_from_sentence: 2023" in report.reasons


def test_a_government_that_answers_the_telephone_may_do_so_for_another() -> None:
    assert page("请与宿迁市人民政府办公室联系。").issuing_body is None
    assert page("本报告由宿迁市人民政府办公室编制。").issuing_body is None


def test_several_names_are_no_name() -> None:
    report = page("本报告由大冶市自然资源和规划局编制。", "请与大冶市教育局办公室联系。")
    assert report.issuing_body is None


def test_a_year_that_the_date_of_publication_contradicts_is_not_taken() -> None:
    lines = ("发布日期：2020-01-20", "现公布大冶市教育局2021年度政府信息公开工作报告。")
    report = page(*lines)
    assert report.report_year == 2019
    assert any(reason.startswith("report_year_not_printed") for reason in report.reasons)


def test_a_title_is_believed_before_any_sentence() -> None:
    report = page("大冶市教育局2022年政府信息公开工作年度报告", "本报告由大冶市自然资源和规划局编制。")
    assert (report.issuing_body, report.report_year) == ("大冶市教育局", 2022)
    assert not any("from_sentence" in reason for reason in report.reasons)
