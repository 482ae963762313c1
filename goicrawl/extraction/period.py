"""The period that a report's figures are of, from the sentence that says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from goicrawl.extraction.dates import chinese_number, chinese_year
from goicrawl.extraction.titles import FIRST_YEAR, LAST_YEAR
from goicrawl.forms.labels import squeeze

_SAID = re.compile(
    r"统计(?:的)?(?:期限|期间|时限|时间|时段|周期|截止|口径|起止)|数据(?:的)?(?:期限|时间|时限|期间|截止|统计)|(?:期限|时限|时间)(?:为|是|自|从)"
)
_LENGTH = 110
_SHORTEST = 27
"""In days. A shorter time is that of some procedure, not of a report."""
_FIGURES = r"〇○◯Oo零一二三四五六七八九\d"
_END = re.compile(
    rf"(?P<year>[2二][0〇○◯Oo零][{_FIGURES}]{{2}})年(?P<month>\d{{1,2}}|[一二三四五六七八九十元]{{1,3}})月"
    r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]"
)
_SAME_YEAR_END = re.compile(
    r"(?:(?:同|当|本)年)?(?P<month>\d{1,2}|[一二三四五六七八九十]{1,3})月(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]"
)
_DIGITAL = re.compile(r"(?P<year>20\d\d)[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?!\d)")
_BETWEEN = re.compile(r"起?[,、]?(?:至|到|—|–|-|~|－|―|─)+")
_YEAR_RUN = re.compile(r"(?<!\d)20\d{2,10}")


class Period(NamedTuple):
    """`days` are both ends where both can be read; `year` where both ends are surely of one year."""

    days: tuple[date, date] | None
    year: int | None


NONE = Period(None, None)


def find_period(texts: Sequence[str]) -> Period:
    """The period of the first sentence among the texts that says one.

    The sentence may run over the end of a line. Characters that a site lost (2018年11日至2018年1231日) leave
    the year where both ends agree on it.
    """
    for at, text in enumerate(texts):
        if "统计" not in text and "数据" not in text and "期限" not in text:
            continue
        for match in _SAID.finditer(text[:20_000]):
            sentence = text[match.start() : match.start() + _LENGTH]
            if len(sentence) < _LENGTH and "。" not in sentence and at + 1 < len(texts):
                sentence += texts[at + 1][:_LENGTH]
            found = read_period(sentence)
            if found != NONE:
                return found
    return NONE


def read_period(text: str) -> Period:
    """The period that a sentence names: 自2021年1月1日起至2021年12月31日止, 2021年1月1日－12月31日."""
    plain = squeeze(text)
    for pattern in (_END, _DIGITAL):
        first = pattern.search(plain)
        if first is None:
            continue
        between = _BETWEEN.match(plain, first.end())
        if between is None:
            continue
        last = pattern.match(plain, between.end())
        same = _SAME_YEAR_END.match(plain, between.end()) if last is None else None
        begins = _day(first, first["year"])
        ends = (
            _day(last, last["year"])
            if last is not None
            else _day(same, first["year"])
            if same is not None
            else None
        )
        if begins is not None and ends is not None and (ends - begins).days >= _SHORTEST:
            return Period((begins, ends), begins.year if begins.year == ends.year else None)
        if begins is not None and ends is not None and begins <= ends:
            return NONE
        break
    return Period(None, _year_of_both(plain))


def _day(match: re.Match[str] | None, year: str) -> date | None:
    if match is None:
        return None
    try:
        return date(chinese_year(year), chinese_number(match["month"]), chinese_number(match["day"]))
    except ValueError:
        return None


def _year_of_both(plain: str) -> int | None:
    """The year that both ends' digits begin with, or hold where a year was mistyped (20202020年)."""
    sentence = re.split(r"[。;]", plain, maxsplit=1)[0]
    runs: list[str] = _YEAR_RUN.findall(sentence)[:2]
    if len(runs) < 2:
        return None
    candidates = {run[:4] for run in runs} | {run[2:6] for run in runs if len(run) >= 6}
    agreed = [
        year
        for year in candidates
        if all(year in run for run in runs) and FIRST_YEAR <= int(year) <= LAST_YEAR
    ]
    return int(agreed[0]) if len(agreed) == 1 else None
