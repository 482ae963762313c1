"""Numbers as prose prints them: 1,234件, １２ 条, 1.2万余条, 十二次, 近30人次."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

MAX_DIGITS = 15
_DIGITS = {sign: n for n, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
ARABIC = r"(?<![\d./〔\[第№A-Za-z~\-\x1f])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d\x1f])(?![.,/-]\d)"
CHINESE = r"(?<![零〇一二三四五六七八九十百千万两第每同任某统单唯之几数])[零一二三四五六七八九十百千万两]+"
RANGE = (
    r"\d[\d.,]*[^\d\s,，、。;:()]{0,3}(?:至|到|-|~)\d[\d.,]*"
    r"|[一二三四五六七八九十两]+(?:至|到|-|~)[一二三四五六七八九十两]+"
)


@lru_cache(maxsize=4096)
def arabic_value(raw: str) -> int | Decimal | None:
    """The value of 12, 1,234 or 1.2; None for what is no sure count, such as 007."""
    digits = raw.replace(",", "")
    integer, _, fraction = digits.partition(".")
    if len(integer) + len(fraction) > MAX_DIGITS or (len(integer) > 1 and integer[0] == "0"):
        return None
    return Decimal(digits) if fraction != "" else int(digits)


@lru_cache(maxsize=4096)
def chinese_value(raw: str) -> int | None:
    """The value of 三, 十二, 一百零五, 两千三百; None for what is written otherwise, such as 三四 or 百."""
    head, wan, rest = raw.partition("万")
    if wan == "":
        return _below_ten_thousand(raw)
    high = _below_ten_thousand(head)
    low = 0 if rest == "" else _below_ten_thousand(rest)
    if high is None or low is None or high == 0 or (rest != "" and not rest.startswith("零") and low < 1000):
        return None
    return high * 10_000 + low


def _below_ten_thousand(text: str) -> int | None:
    if text == "零":
        return 0
    total, last, at, zero = 0, 10_000, 0, False
    while at < len(text):
        sign = text[at]
        if sign == "零":
            if at == 0 and total == 0 and len(text) > 1 and last != 10_000:
                return None
            zero, at = True, at + 1
            continue
        digit = _DIGITS.get(sign)
        unit = _TENS.get(text[at + 1]) if digit is not None and at + 1 < len(text) else None
        if digit is None:
            # Only 十 may stand without a digit before it.
            if sign != "十" or at != 0:
                return None
            digit, unit, at = 1, 10, at + 1
        elif unit is not None:
            at += 2
        else:
            unit, at = 1, at + 1
        if digit == 0 or unit >= last or (unit == 1 and last > 10 and total > 0 and not zero):
            return None
        total, last, zero = total + digit * unit, unit, False
    return total if total > 0 and not zero else None


def number_pattern(units: str) -> str:
    """The regular expression of a number in prose; `units` is one of the units, the longer first."""
    amount = rf"(?P<arabic>{ARABIC})|(?P<chinese>{CHINESE})"
    return (
        rf"(?P<number>(?:{amount})(?P<more>余|多)?(?P<tens>万|亿|千|百)?(?P<more2>余|多)?"
        rf"(?:(?P<unit>{units})(?P<about>以上|左右|上下|之多|余)?)?)"
    )
