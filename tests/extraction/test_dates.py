"""Dates and years in every shape that pages print them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl.extraction.dates import chinese_number, read_date, read_year

FIGURES = "〇一二三四五六七八九"
DAYS = st.dates(min_value=date(1996, 1, 1), max_value=date(2099, 12, 31))


def in_chinese(number: int) -> str:
    """1 to 31 as written in a date: 一, 十, 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else FIGURES[tens] + "十")
    return head + (FIGURES[ones] if ones else "")


def chinese_date(day: date, zero: str) -> str:
    year = "".join(FIGURES[int(sign)] for sign in str(day.year)).replace("〇", zero)
    return f"{year}年{in_chinese(day.month)}月{in_chinese(day.day)}日"


SHAPES = {
    "iso": lambda day: day.isoformat(),
    "iso with time": lambda day: f"{day.isoformat()} 17:23:00",
    "time in words": lambda day: f"{day.isoformat()} 17时23分",
    "T": lambda day: f"{day.year}-{day.month}-{day.day}T08:00:00+08:00",
    "padded": lambda day: f"{day.year}年{day.month:02d}月{day.day:02d}日",
    "short": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "号": lambda day: f"{day.year}年{day.month}月{day.day}号",
    "spaced": lambda day: f"{day.year} 年 {day.month} 月 {day.day} 日",
    "dots": lambda day: f"{day.year}.{day.month:02d}.{day.day:02d}",
    "strokes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "compact": lambda day: day.strftime("%Y%m%d"),
    "full width": lambda day: day.isoformat().translate(
        {ord("0") + n: 0xFF10 + n for n in range(10)} | {ord("-"): 0xFF0D}
    ),
    "behind a word": lambda day: f"发布时间：{day.isoformat()} 来源：某某",
    "〇": lambda day: chinese_date(day, "〇"),
    "○": lambda day: chinese_date(day, "○"),
    "O": lambda day: chinese_date(day, "O"),
    "0": lambda day: chinese_date(day, "0"),
    "零": lambda day: chinese_date(day, "零"),
    "mixed": lambda day: chinese_date(day, "〇").split("年")[0] + f"年{day.month}月{day.day}日",
}


@pytest.mark.parametrize("shape", SHAPES)
@given(day=DAYS)
def test_every_printed_shape_reads_back(shape: str, day: date) -> None:
    assert read_date(SHAPES[shape](day)) == day


@given(day=st.dates(min_value=date(2002, 1, 1), max_value=date(2099, 12, 31)), seconds=st.integers(0, 86399))
def test_epoch_seconds_are_beijing_time(day: date, seconds: int) -> None:
    moment = (
        datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=8) + timedelta(seconds=seconds)
    )
    stamp = int(moment.timestamp())
    assert read_date(str(stamp)) == day
    assert read_date(str(stamp * 1000)) == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-01-31 17时23分", date(2022, 1, 31)),
        ("2018-02-28 08:56", date(2018, 2, 28)),
        ("2021-9-26T10:00", date(2021, 9, 26)),
        ("二OO八年五月二十三日", date(2008, 5, 23)),
        ("二0一七年十二月三十一日", date(2017, 12, 31)),
        ("二〇二〇年十月廿八日", date(2020, 10, 28)),
        ("2022年元月5日", date(2022, 1, 5)),
        ("2013年3月", None),
        ("2022-13-45", None),
        ("2021年2月30日", None),
        ("13566001/2022-00330", None),
        ("二〇二一年三十月一日", None),
        ("1" * 100_000, None),
        ("", None),
        (None, None),
    ],
)
def test_real_ones_and_none(text: str | None, expected: date | None) -> None:
    assert read_date(text) == expected


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    read_date(text)
    read_year(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年度报告", 2021),
        ("二〇二一年度", 2021),
        ("二0一七年", 2017),
        ("二OO八年", 2008),
        ("二○一九年", 2019),
        ("２０２０年", 2020),
        ("12021年", None),
        ("1998年", None),
        ("没有年份", None),
    ],
)
def test_years(text: str, expected: int | None) -> None:
    assert read_year(text) == expected


@given(st.integers(1, 99))
def test_numbers_to_ninety_nine(number: int) -> None:
    assert chinese_number(in_chinese(number)) == number
    assert chinese_number(str(number)) == number
