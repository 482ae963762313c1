"""Titles of reports: whose and of which year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl.extraction.titles import read_title, title_in


@pytest.mark.parametrize(
    ("title", "body", "year"),
    [
        (
            "宽城满族自治县人民政府办公室2021年度政府信息公开工作年度报告",
            "宽城满族自治县人民政府办公室",
            2021,
        ),
        ("2021年宽城满族自治县人民政府办公室政府信息公开年度报告", "宽城满族自治县人民政府办公室", 2021),
        ("二〇二一年宿迁市政府信息公开工作年度报告", "宿迁市", 2021),
        ("宿迁市二0一七年度政府信息公开年报", "宿迁市", 2017),
        ("二OO八年中村乡政务公开工作报告", "中村乡", 2008),
        ("沭阳县人民政府 2025 年 政府信息公开工作年度报告", "沭阳县人民政府", 2025),
        ("上海市政府信息公开工作年度报告（2020年）", "上海市", 2020),
        ("县政府办2019年度信息公开年度报告-某某门户网站", "县政府办", 2019),
        ("县教育局关于2021年度政府信息公开工作情况的报告", "县教育局", 2021),
        ("龙归镇政府信息公开2019年度报告", "龙归镇", 2019),
        ("宽城县2021年度教育局政府信息公开年度报告", "宽城县教育局", 2021),
        ("2022年政府信息公开工作年度报告（县财政局）", "县财政局", 2022),
        ("【年报】宿迁市2023年政府信息公开工作年度报告", "宿迁市", 2023),
        ("某市政务公开办公室2021年度政府信息公开工作年度报告", "某市政务公开办公室", 2021),
        ("2010年信息公开工作报告", None, 2010),
        ("2019-2020年某局信息公开年度报告", "某局", None),
        ("政府信息公开年报", None, None),
        ("关于印发2021年政府信息公开工作年度报告的通知", None, 2021),
        ("2021年政府工作报告", None, None),
        ("", None, None),
    ],
)
def test_body_and_year(title: str, body: str | None, year: int | None) -> None:
    assert read_title(title) == (body, year)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("宿迁市2023年政府信息公开工作年度报告", "宿迁市2023年政府信息公开工作年度报告"),
        (
            "宿迁市 2023年 政府信息公开工作年度报告  2024-03-01 09:00",
            "宿迁市 2023年 政府信息公开工作年度报告",
        ),
        ("宿迁市2023年政府信息公开工作年度报告_政务公开_某某网", "宿迁市2023年政府信息公开工作年度报告"),
        ("2023年政府信息公开工作年度报告（县财政局）", "2023年政府信息公开工作年度报告（县财政局）"),
        ("上一篇：宿迁市2023年政府信息公开工作年度报告", None),
        ("根据《中华人民共和国政府信息公开工作年度报告格式》编写", None),
        ("关于做好2021年政府信息公开工作年度报告编制工作的通知", None),
        ("宿迁市2023年政府信息公开工作年度报告解读", None),
        ("我们报告公开", None),
        ("宿" * 200 + "政府信息公开年度报告", None),
    ],
)
def test_a_line_that_is_a_title(line: str, title: str | None) -> None:
    assert title_in(line) == title


BODIES = st.sampled_from(
    ["宿迁市人民政府", "宽城县政府办", "中村乡", "平潭综合实验区财政金融局", "淮安市洪泽区"]
)
NAMES = st.sampled_from(
    ["政府信息公开工作年度报告", "政府信息公开年度报告", "政务公开年报", "信息公开工作报告"]
)


@given(
    body=BODIES,
    year=st.integers(2008, 2030),
    name=NAMES,
    first=st.booleans(),
    word=st.sampled_from(["年", "年度"]),
    chinese=st.booleans(),
    suffix=st.sampled_from(["", "-某某网", "_信息公开_某某门户"]),
)
def test_the_year_stands_at_either_end(
    body: str, year: int, name: str, first: bool, word: str, chinese: bool, suffix: str
) -> None:
    said = "".join("〇一二三四五六七八九"[int(sign)] for sign in str(year)) if chinese else str(year)
    title = f"{said}{word}{body}{name}" if first else f"{body}{said}{word}{name}"
    assert read_title(title + suffix) == (body, year)
    assert title_in(title + suffix) == title


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    read_title(text)
    title_in(text)
