"""Dates as portals print them. A date that cannot be read surely is None."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from goicrawl.forms.labels import squeeze

_DIGITS = {"〇": "0", "○": "0", "O": "0", "o": "0", "Ｏ": "0", "零": "0", "0": "0", "一": "1", "二": "2", "三": "3",
           "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9"}  # fmt: skip
_CJK = "〇○Oo零0一二三四五六七八九"
_ARABIC = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_CHINESE = re.compile(rf"([二2一1][{_CJK}]{{3}})年([元〇○零一二三四五六七八九十]{{1,3}})月([〇○零一二三四五六七八九十廿卅]{{1,4}})日")
_EPOCH = re.compile(r"\d{10}|\d{13}")
_BEIJING = timezone(timedelta(hours=8))
_WIDE = {0xFF10 + n: 0x30 + n for n in range(10)}
_YEAR = re.compile(rf"(?<![\d{_CJK}])(20\d\d|二[{_CJK}]{{3}})(?=\s*年)")


def read_date(text: str | None) -> date | None:
    """The first date in a text: 2022-01-31, 2022年1月31日, 2022.1.31, 二〇二二年一月三十一日, epoch seconds."""
    if text is None:
        return None
    plain = text.strip().translate(_WIDE)
    for pattern in (_ARABIC, _COMPACT):
        match = pattern.search(plain)
        if match is not None:
            found = _date(int(match[1]), int(match[2]), int(match[3]))
            if found is not None:
                return found
    match = _CHINESE.search(squeeze(plain))
    if match is not None:
        return _date(_chinese_year(match[1]), chinese_number(match[2]), chinese_number(match[3]))
    if _EPOCH.fullmatch(plain) is not None:
        seconds = int(plain) / (1000 if len(plain) == 13 else 1)
        moment = datetime.fromtimestamp(seconds, UTC).astimezone(_BEIJING)
        return moment.date() if 1995 <= moment.year <= 2100 else None
    return None


def read_year(text: str) -> int | None:
    """The first year before 年, in Arabic or Chinese figures."""
    match = _YEAR.search(squeeze(text))
    return None if match is None else _chinese_year(match[1])


def _chinese_year(text: str) -> int:
    return int("".join(_DIGITS.get(sign, sign) for sign in text))


def chinese_number(text: str) -> int:
    """1 to 99 in Chinese figures; 0 where it is none."""
    if text == "元":
        return 1
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" in text:
        tens, _, ones = text.partition("十")
        return int(_DIGITS.get(tens, "1") if tens else "1") * 10 + (int(_DIGITS.get(ones, "0")) if ones else 0)
    digits = "".join(_DIGITS.get(sign, "") for sign in text)
    return int(digits) if digits else 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
