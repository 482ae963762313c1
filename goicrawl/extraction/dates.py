"""Dates as portals print them. A date that cannot be read surely is None."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from goicrawl.forms.labels import squeeze

_ZERO = "〇○◯Oo零0"
_CJK = _ZERO + "一二三四五六七八九"
_DIGITS = dict.fromkeys(_ZERO, "0") | {sign: str(n) for n, sign in enumerate("一二三四五六七八九", 1)}
_ARABIC = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2}|元)\s*[-./月]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_CHINESE = re.compile(
    rf"((?:[二2一1][{_CJK}\d]{{3}}))年"
    rf"([元〇○◯零一二三四五六七八九十]{{1,3}}|\d{{1,2}})月"
    rf"([〇○◯零一二三四五六七八九十廿卅]{{1,4}}|\d{{1,2}})[日号]"
)
_EPOCH = re.compile(r"\d{10}|\d{13}", re.ASCII)
_BEIJING = timezone(timedelta(hours=8))
_WIDE = {0xFF10 + n: 0x30 + n for n in range(10)} | {
    0xFF0D: "-",
    0xFF0E: ".",
    0xFF0F: "/",
    0x2010: "-",
    0x2011: "-",
}
_YEAR = re.compile(rf"(?<![\d{_CJK}])([二2][{_ZERO}][{_CJK}\d]{{2}})(?=年)")
_LONGEST = 2000


def read_date(text: str | None) -> date | None:
    """The first date in a text: 2022-01-31, 2022年1月31日, 2022.1.31, 二〇二二年一月三十一日, epoch seconds.

    Only the first 2000 characters are looked at.
    """
    if text is None:
        return None
    plain = text[:_LONGEST].strip().translate(_WIDE)
    for pattern in (_ARABIC, _COMPACT):
        match = pattern.search(plain)
        if match is not None:
            found = _date(int(match[1]), 1 if match[2] == "元" else int(match[2]), int(match[3]))
            if found is not None:
                return found
    if "年" in plain:
        match = _CHINESE.search(squeeze(plain))
        if match is not None:
            return _date(chinese_year(match[1]), chinese_number(match[2]), chinese_number(match[3]))
    if _EPOCH.fullmatch(plain) is not None:
        seconds = int(plain) / (1000 if len(plain) == 13 else 1)
        moment = datetime.fromtimestamp(seconds, UTC).astimezone(_BEIJING)
        return moment.date() if 1995 <= moment.year <= 2100 else None
    return None


def read_year(text: str) -> int | None:
    """The first year before 年, in Arabic or Chinese figures: 2021年, 二〇二一年, 二0二一年."""
    match = _YEAR.search(squeeze(text[:_LONGEST]))
    return None if match is None else chinese_year(match[1])


def chinese_year(text: str) -> int:
    """The year that four figures name, Arabic or Chinese ones or a mixture."""
    return int("".join(_DIGITS.get(sign, sign) for sign in text))


def chinese_number(text: str) -> int:
    """1 to 99 in Chinese or Arabic figures; 0 where it is none."""
    if text == "元":
        return 1
    if text.isascii() and text.isdigit():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" in text:
        tens, _, ones = text.partition("十")
        ones = ones.lstrip("〇○◯零")
        if len(tens) > 1 or len(ones) > 1 or "十" in ones:
            return 0
        return int(_DIGITS.get(tens, "0") if tens else "1") * 10 + (
            int(_DIGITS.get(ones, "0")) if ones else 0
        )
    digits = "".join(_DIGITS.get(sign, "") for sign in text)
    return int(digits) if digits else 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
