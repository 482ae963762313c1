"""Reports of 2008 to 2013 in words: what comes out of pages in the styles of these years."""

from __future__ import annotations

from datetime import date

import pytest

from goicrawl import parse_report
from goicrawl.extraction.report import Report

PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "six_chapters": (
        "宽城满族自治县2010年政府信息公开工作年度报告",
        (
            (
                "根据《中华人民共和国政府信息公开条例》的规定，现公布宽城满族自治县2010年政府信息公开"
                "工作年度报告。报告中所列数据的统计期限自2010年1月1日起至2010年12月31日止。"
            ),
            "一、主动公开政府信息的情况",
            "2010年，全县共主动公开政府信息2345条，其中政府网站公开2300条，其他方式公开45条。",
            "二、依申请公开政府信息和不予公开政府信息的情况",
            "全年共受理依申请公开政府信息申请7件，其中当面申请5件，网上申请2件。同意公开6件，不予公开1件。",
            "三、政府信息公开的收费及减免情况",
            "2010年未收取任何费用。",
            "四、因政府信息公开申请行政复议、提起行政诉讼的情况",
            "2010年未发生因政府信息公开申请行政复议、提起行政诉讼的情况。",
            "五、政府信息公开工作存在的主要问题及改进情况",
            "存在公开内容不够全面等问题。",
            "六、其他需要报告的事项",
            "无。",
            "二○一一年三月二十日",
        ),
    ),
    "shanxi_ten": (
        "太原市国土资源局2009年度政府信息公开工作报告",
        (
            "本报告由概述、政府信息基本情况等十部分组成。",
            "一、概述",
            "2009年，我局认真贯彻条例，召开政府信息公开工作会议3次。",
            "二、政府信息基本情况",
            "截至2009年底，我局共有政府信息1200条。",
            "三、主动公开情况",
            "2009年，我局主动公开政府信息567条。",
            "四、依申请公开情况",
            "共收到政府信息公开申请12件，全部予以公开。",
            "五、咨询处理情况",
            "接受网上咨询56人次，电话咨询320人次，现场接待120人次。",
            "六、复议、诉讼和申诉情况",
            "未发生行政复议、行政诉讼和申诉。",
            "七、政府支出与收费情况",
            "未收取费用。",
            "八、主要问题和改进措施",
            "公开意识有待加强。",
            "九、其他工作情况",
            "无",
            "十、相关的说明和指标统计表",
            "附：统计表",
        ),
    ),
    "paren_numbers": (
        "南通市通州区2011年政府信息公开年度报告",
        (
            "（一）概况",
            "2011年，全区主动公开政府信息8900余条。",
            "（二）主动公开情况",
            "通过政府网站公开政府信息8500条。",
            "（三）依申请公开情况",
            "全区收到政府信息公开申请23件，答复23件，其中同意公开20件。",
            "（四）收费情况",
            "共收取工本费120元。",
            "（五）复议诉讼情况",
            "全年发生因政府信息公开引发的行政复议案件1件，行政诉讼案件0件。",
            "（六）问题和措施",
            "略。",
        ),
    ),
    "part_chapters": (
        "广东省某厅2012年政府信息公开工作年度报告",
        (
            "第一部分 概述",
            "2012年，我厅主动公开政府信息3456条。",
            "第二部分 主动公开情况",
            "略有增长。",
            "第三部分 依申请公开情况",
            "共受理申请公开政府信息35宗，其中信函申请10宗，网上申请25宗。",
            "第四部分 复议诉讼情况",
            "因政府信息公开申请行政复议2宗，提起行政诉讼1宗。",
            "第五部分 存在问题及改进措施",
            "略。",
        ),
    ),
    "arabic": (
        "某县教育局2013年政府信息公开工作年度报告",
        (
            "1、总体情况",
            "2013年我局公开政府信息234条。",
            "2、依申请公开情况",
            "我局2013年度未收到政府信息公开申请。",
            "3、收费及减免情况",
            "无收费。",
            "4、行政复议、诉讼情况",
            "没有行政复议和行政诉讼案件。",
            "5、存在问题",
            "略",
        ),
    ),
    "no_chapters": (
        "沙县农业局2012年政府信息公开工作年度报告",
        (
            (
                "2012年，我局按照县政府统一部署，扎实推进政府信息公开工作，全年共主动公开政府信息15"
                "6条，其中通过县政府网站公开150条，通过公开栏公开6条。"
            ),
            (
                "全年未收到公民、法人或其他组织提出的政府信息公开申请，没有发生因政府信息公开引起的行政复"
                "议、行政诉讼案件，也未收取任何费用。"
            ),
            (
                "我局政府信息公开工作还存在公开内容不够丰富、更新不够及时、工作人员业务水平有待提高等问题"
                "，下一步，我局将进一步加强学习培训，健全工作制度，拓宽公开渠道，力争2013年公开信息2"
                "00条以上。"
            ),
            (
                "回顾一年来的工作，我局在县委、县政府的正确领导下，在上级业务部门的指导下，认真贯彻落实《"
                "中华人民共和国政府信息公开条例》，紧紧围绕农业中心工作，切实加强领导，健全机制，强化措施"
                "，狠抓落实，政府信息公开工作取得了一定成效，保障了公民、法人和其他组织的知情权、参与权和"
                "监督权，为促进全县农业农村经济发展发挥了积极作用。"
            ),
        ),
    ),
    "inline_heads": (
        "达州市通川区2010年政府信息公开年度报告",
        (
            "一、主动公开政府信息情况。2010年全区主动公开政府信息5600条。",
            "二、依申请公开政府信息情况。全区收到政府信息公开申请3件。",
            "三、收费及减免情况。未收取费用。",
            "四、行政复议、行政诉讼情况。没有发生。",
            "五、存在的问题及改进措施。略。",
        ),
    ),
    "br_text": (
        "市民政局2009年政府信息公开年度报告",
        (
            "根据条例要求，特编制本报告。",
            "<b>一、概述</b>",
            "2009年，我局通过政府网站主动公开信息345条。",
            "<b>二、依申请公开情况</b>",
            "全年收到公开申请2件，均已答复。",
            "<b>三、复议、诉讼和申诉情况</b>",
            "没有针对本局的复议、诉讼和申诉案。",
            "<b>四、存在的问题和改进措施</b>",
            "略。",
            "二OO九年十二月三十一日",
        ),
    ),
}
EXPECTED: dict[str, tuple[int, str, int, str]] = {
    "six_chapters": (
        2010,
        "宽城满族自治县人民政府",
        6,
        (
            "1 disclosed 2345条; 1 disclosed_website 2300条; 1 disclosed_other_channels 45条; "
            "2 requests_received 7件; 2 requests_in_person 5件; 2 requests_online 2件; "
            "2 replies_granted 6件; 2 replies_refused 1件; 3 request_fees 0; "
            "4 reconsideration_total 0; 4 litigation_total 0"
        ),
    ),
    "shanxi_ten": (
        2009,
        "太原市国土资源局",
        10,
        (
            "1 meetings 3次; 3 disclosed 567条; 4 requests_received 12件; "
            "5 consultations_online 56人次; 5 consultations_telephone 320人次; "
            "5 consultations_in_person 120人次; 6 reconsideration_total 0; 6 litigation_total 0; "
            "6 administrative_appeals 0; 7 request_fees 0"
        ),
    ),
    "paren_numbers": (
        2011,
        "南通市通州区人民政府",
        6,
        (
            "1 disclosed 8900条; 2 disclosed_website 8500条; 3 requests_received 23件; "
            "3 replies 23件; 3 replies_granted 20件; 4 request_fees 120元; "
            "5 reconsideration_total 1件; 5 litigation_total 0件"
        ),
    ),
    "part_chapters": (
        2012,
        "广东省某厅",
        5,
        (
            "1 disclosed 3456条; 3 requests_received 35宗; 3 requests_letter 10宗; "
            "3 requests_online 25宗; 4 reconsideration_total 2宗; 4 litigation_total 1宗"
        ),
    ),
    "arabic": (
        2013,
        "某县教育局",
        5,
        (
            "1 disclosed 234条; 2 requests_received 0; 3 request_fees 0; "
            "4 reconsideration_total 0; 4 litigation_total 0"
        ),
    ),
    "no_chapters": (
        2012,
        "沙县农业局",
        0,
        (
            "- disclosed 156条; - disclosed_website 150条; - requests_received 0; "
            "- reconsideration_total 0; - litigation_total 0; - request_fees 0"
        ),
    ),
    "inline_heads": (
        2010,
        "达州市通川区人民政府",
        5,
        "1 disclosed 5600条; 2 requests_received 3件; 3 request_fees 0",
    ),
    "br_text": (
        2009,
        "市民政局",
        4,
        "1 disclosed_website 345条; 2 requests_received 2件",
    ),
}
"""Report year, body, number of chapters, and the facts: chapter, quantity, number with its unit."""


def page(name: str) -> bytes:
    title, lines = PAGES[name]
    text = "".join(f"<p>{line}</p>" for line in lines)
    if name == "br_text":
        text = "<div>" + "<br>".join(f"\u3000\u3000{line}" for line in lines) + "</div>"
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><div>浏览次数：123次</div>'
        f'<h1>{title}</h1><div id="zoom">{text}</div><div>版权所有：某县人民政府</div></body></html>'
    ).encode()


def read(name: str) -> Report:
    return parse_report(page(name))


@pytest.mark.parametrize("name", PAGES)
def test_a_report_in_words(name: str) -> None:
    report = read(name)
    year, body, chapters, facts = EXPECTED[name]
    assert (report.outcome, report.form, report.cells) == ("free_text", None, {})
    assert (report.report_year, report.issuing_body, report.title) == (year, body, PAGES[name][0])
    assert [section.number for section in report.sections] == list(range(1, chapters + 1))
    stated = [
        f"{'-' if fact.section is None else fact.section} {fact.quantity} {fact.value}{fact.unit or ''}"
        for fact in report.stated
    ]
    assert stated == facts.split("; ")
    for fact in report.stated:
        if report.sections:
            assert report.sections[fact.at[0]].text[fact.at[1] :].startswith(fact.raw)
        assert fact.raw in fact.sentence


def test_the_period_of_a_report_in_words() -> None:
    assert read("six_chapters").period == (date(2010, 1, 1), date(2010, 12, 31))
    assert read("six_chapters").scope == "jurisdiction"
    assert read("no_chapters").scope == "organ"


def test_headings_in_the_line_of_their_text_leave_it_whole() -> None:
    sections = read("inline_heads").sections
    assert [section.heading for section in sections][:2] == [
        "一、主动公开政府信息情况",
        "二、依申请公开政府信息情况",
    ]
    assert sections[0].text == "2010年全区主动公开政府信息5600条。"


@pytest.mark.parametrize("mark", ["（{}）", "{}."])
def test_a_guide_that_is_numbered_like_a_report_has_no_chapters(mark: str) -> None:
    numbers = "一二三四" if "（" in mark else "1234"
    lines = "".join(f"<p>{mark.format(n)}公开范围说明</p><p>按照条例办理申请。</p>" for n in numbers)
    page = f"<html><body><h1>某县政府信息公开指南</h1>{lines}</body></html>"
    assert parse_report(page.encode()).sections == ()
    named = page.replace("公开指南", "公开工作2010年度报告")
    assert [section.number for section in parse_report(named.encode()).sections] == [1, 2, 3, 4]
