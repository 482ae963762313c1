"""Titles of annual reports and their false friends, one row each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl.portals.titles import judge, year_of

REPORTS: list[tuple[str, int | None]] = [
    ("宽城满族自治县人民政府办公室2021年度政府信息公开工作年度报告", 2021),
    ("宽城满族自治县人民政府办公室2023年度政府信息公开工作年度报告", 2023),
    ("平潭综合实验区2025年度政府信息公开工作年度报告", 2025),
    ("2024年政府信息公开工作年度报告", 2024),
    ("政府信息公开年报", None),
    ("政府信息公开工作年度报告", None),
    ("2008年政府信息公开年报", 2008),
    ("二〇二一年政府信息公开工作年度报告", 2021),
    ("某市二○二三年政府信息公开年度报告", 2023),
    ("某市二零二零年度政府信息公开工作报告", 2020),
    ("２０２１年度政府信息公开工作年度报告", 2021),
    ("某县教育局政府信息公开工作年度报告（2022年度）", 2022),
    ("某县政府信息公开年度报告(2019)", 2019),
    ("政府信息公开工作年度报告2020年", 2020),
    ("某乡政府信息公开2022年年报", 2022),
    ("关于政府信息公开工作2021年度报告", 2021),
    ("[部门]某县民政局2023年政府信息公开工作年度报告", 2023),
    ("【乡镇】某镇2023年政府信息公开工作年度报告", 2023),
    ("（图文）某镇2020年政府信息公开年报", 2020),
    ("· 某镇2020年政府信息公开年报", 2020),
    ("1.某街道2020年政府信息公开年报", 2020),
    ("2021年政务信息公开年度报告", 2021),
    ("2021年政务公开工作年度报告", 2021),
    ("2019年信息公开年度报告", 2019),
    ("某县审计局2012年度政府信息公开工作情况报告", 2012),
    ("关于2021年度政府信息公开工作情况的报告", 2021),
    ("某县财政局关于2016年政府信息公开工作的年度报告", 2016),
    ("某县2021年政府信息公开年度工作报告", 2021),
    ("2021政府信息公开年度报告", 2021),
    ("某局2021年 政府信息\n公开工作　年度报告", 2021),
    ("某局2021年政府信息公开工作年底报告", 2021),
    ("某县2021年政府信息公开工作年度报告（全文）", 2021),
    ("某县2021年政府信息公开工作年度报告（公示）", 2021),
    ("某县2021年政府信息公开工作年度报告.pdf", 2021),
    ("某县2021年政府信息公开工作年度报告.docx", 2021),
    ("某县2021年政府信息公开工作年度报告_某县人民政府_通知公告", 2021),
    ("某县2021年政府信息公开工作年度报告及统计表", 2021),
    ("某县2021年政府信息公开工作年度报告（含附表）", 2021),
    ("2022-01-31某县2021年政府信息公开工作年度报告", 2021),
    ("某县2021年政府信息公开工作年度报告（2022年1月31日）", 2021),
    ("2021年政府信息公开年度报告（县市场监督管理局）", 2021),
    ("2021年政府信息公开年度报告（县委宣传部）", 2021),
    ("2021年政府信息公开年度报告某县教育局", 2021),
    # Bodies whose names hold words that elsewhere turn a title away.
    ("某县培训中心2021年政府信息公开年度报告", 2021),
    ("某县统计局2021年政府信息公开工作年度报告", 2021),
    ("某市网站管理中心2021年政府信息公开年度报告", 2021),
    ("某县人民政府网站2021年政府信息公开年度报告", 2021),
    ("某县法治办2018年政府信息公开工作年度报告", 2018),
    ("函谷关镇2021年政府信息公开年报", 2021),
    ("某市考核办2021年政府信息公开年度报告", 2021),
    ("关于报送某局2021年政府信息公开年度报告的报告", 2021),
    ("2022年发布的2021年度政府信息公开工作年度报告", 2021),
]

CUT: list[tuple[str, int | None]] = [
    ("宽城满族自治县人民政府办公室2021年度政府信息公开工…", 2021),
    ("某局2021年度政府信息公开工作年度报...", 2021),
    ("某局2021年度政府信息公开工作年度报告...", 2021),
    ("某局2021年度政府信…", 2021),
    ("某局2021年度政府信息公开…", 2021),
    ("某局政府信息公开工作年…", None),
]

FALSE_FRIENDS: list[tuple[str, str]] = [
    ("2021年度政府网站年度工作报表", "website_report"),
    ("某县政府网站工作年度报表（2022年度）", "website_report"),
    ("2023年网站年度报表", "website_report"),
    ("某县政府门户网站2022年年度报告", "website_report"),
    ("政府网站与政务新媒体年度工作报表", "website_report"),
    ("2021年法治政府建设年度报告", "rule_of_law_report"),
    ("某县2022年度法治政府建设情况报告", "rule_of_law_report"),
    ("某局2020年依法行政工作报告", "rule_of_law_report"),
    ("2022年政府工作报告", "government_work_report"),
    ("关于2021年政府信息公开工作年度报告的解读", "interpretation"),
    ("2023年政府信息公开工作年度报告（图解版）", "interpretation"),
    ("一图读懂2023年政府信息公开工作年度报告", "interpretation"),
    ("一图看懂：某县2023年政府信息公开年报", "interpretation"),
    ("图解：某县2022年政府信息公开年报", "interpretation"),
    ("【图解】某县2022年政府信息公开工作年度报告", "interpretation"),
    ("2023年政府信息公开工作年度报告（图片版）", "interpretation"),
    ("《某县2021年政府信息公开工作年度报告》政策解读", "interpretation"),
    ("数说2022年政府信息公开年报", "interpretation"),
    ("关于公布2021年度政府信息公开工作年度报告的函", "notice"),
    ("关于报送2021年政府信息公开工作年度报告的通知", "notice"),
    ("关于做好2021年政府信息公开工作年度报告编制工作的通知", "notice"),
    ("关于印发政府信息公开工作年度报告格式的通知", "notice"),
    ("某县人民政府办公室关于做好2021年度政府信息公开工作年度报…", "notice"),
    ("关于印发2021年政府信息公开年度报告", "notice"),
    ("关于2021年政府信息公开年度报告有关情况的通报", "notice"),
    ("关于发布2021年政府信息公开年度报告的公告", "announcement"),
    ("2021年政府信息公开年度报告报送截止公告", "announcement"),
    ("2021年政府信息公开年度报告公布时限公告", "announcement"),
    ("2021年政府信息公开情况统计表", "statistics_table"),
    ("2021年政府信息公开年度报告统计表", "statistics_table"),
    ("政府信息公开工作年度报告附表", "statistics_table"),
    ("2021年信息公开工作年度报表", "statistics_table"),
    ("2022年政府信息公开年报（数据表）", "statistics_table"),
    ("2021年政府信息公开保密审查年度报告", "no_report_named"),
    ("关于征集2021年政府信息公开年度报告意见建议的公告", "notice"),
    ("政府信息公开年度报告制度", "guidance"),
    ("政府信息公开工作年度报告格式", "guidance"),
    ("政府信息公开工作年度报告编写要求", "guidance"),
    ("2021年政府信息公开工作年度报告模板", "guidance"),
    ("政府信息公开指南", "guidance"),
    ("政府信息公开目录", "guidance"),
    ("关于2021年度政府信息公开工作年度报告编制情况的说明", "guidance"),
    ("政府信息公开年度报告满意度调查问卷", "survey"),
    ("2021年政府信息公开年度报告第三方评估", "survey"),
    ("某县召开政府信息公开年报编制工作推进会", "activity"),
    ("某县开展2021年政府信息公开年度报告发布工作", "activity"),
    ("2022年政务公开工作要点", "work_summary"),
    ("2021年政务公开工作总结", "work_summary"),
    ("2021年政府信息公开工作总结", "work_summary"),
    ("2021年上半年政府信息公开工作报告", "part_of_year"),
    ("2021年第三季度政府信息公开工作情况报告", "part_of_year"),
    ("2020-2021学年信息公开工作年度报告", "school_year"),
    ("某公司企业信息公开年度报告", "enterprise_disclosure"),
    ("2021年政府信息公开年度报告的解…", "about_the_report"),
    ("2021年政府信息公开年报汇编", "collection"),
    ("2021年政府信息公开年报数据分析", "analysis"),
    ("某县统计年鉴（2021年）", "no_report_named"),
    ("某县2021年国民经济和社会发展统计公报", "no_report_named"),
    ("上市公司年报", "no_report_named"),
    ("某局2021年部门决算", "no_report_named"),
    ("依申请公开", "no_report_named"),
    ("", "no_report_named"),
]


@pytest.mark.parametrize(("title", "year"), REPORTS)
def test_a_report_is_taken(title: str, year: int | None) -> None:
    verdict = judge(title)
    assert (verdict.is_report, verdict.reason, verdict.report_year) == (True, "report", year)


@pytest.mark.parametrize(("title", "year"), CUT)
def test_a_cut_title_gets_the_benefit_of_the_doubt(title: str, year: int | None) -> None:
    verdict = judge(title)
    assert (verdict.is_report, verdict.reason, verdict.report_year) == (True, "truncated", year)


@pytest.mark.parametrize(("title", "reason"), FALSE_FRIENDS)
def test_a_false_friend_is_refused_with_its_reason(title: str, reason: str) -> None:
    verdict = judge(title)
    assert (verdict.is_report, verdict.reason) == (False, reason)


@pytest.mark.parametrize(
    "title", ["某县政府信息化工作…", "2021年政府工作…", "政府信息公开…", "2021年某县财政信息…"]
)
def test_a_cut_title_that_names_no_report_is_refused(title: str) -> None:
    assert not judge(title).is_report


@pytest.mark.parametrize(
    ("title", "taken"),
    [
        ("2021年年报", True),
        ("县教育局2023年度报告", True),
        ("2022年", True),
        ("某镇2020年政府信息公开工作情况", True),
        ("某县法治政府建设2021年度报告", False),
        ("2021年度政府网站年度工作报表", False),
        ("2021年部门决算", False),
        ("更多", False),
    ],
)
def test_inside_a_column_of_reports_a_title_may_say_less(title: str, taken: bool) -> None:
    assert judge(title, in_report_column=True).is_report is taken
    assert not judge(title).is_report


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("某县2021年度政府信息公开工作年度报告", 2021),
        ("国办发〔2019〕60号 2020年政府信息公开年度报告", 2020),
        ("2008-2010年政府信息公开年度报告", None),
        ("2022年1月31日发布 政府信息公开年报", None),
        ("政府信息公开年报", None),
        ("1998年政府信息公开年报", None),
        ("编号20211234政府信息公开年报", None),
        ("二O二二年政府信息公开年报", 2022),
    ],
)
def test_the_year_is_the_one_the_title_prints(title: str, year: int | None) -> None:
    assert year_of(title) == year


@given(st.text(max_size=60))
def test_no_title_is_too_strange(title: str) -> None:
    verdict = judge(title)
    assert verdict.reason
    assert verdict.report_year is None or 2003 <= verdict.report_year <= 2099


@given(
    st.sampled_from(["某县", "某县教育局", "某镇人民政府", ""]),
    st.integers(2008, 2030),
    st.sampled_from(["年", "年度"]),
    st.sampled_from(["政府信息公开工作年度报告", "政府信息公开年报", "政府信息公开年度报告"]),
    st.lists(st.sampled_from([" ", "\u3000", "\u00a0", "\n"]), max_size=3),
)
def test_white_space_never_matters(body: str, year: int, unit: str, name: str, spaces: list[str]) -> None:
    title = f"{body}{year}{unit}{name}"
    for position, space in enumerate(spaces, start=3):
        title = title[:position] + space + title[position:]
    verdict = judge(title)
    assert (verdict.is_report, verdict.report_year) == (True, year)
