"""What the title of a report says: whose it is and of which year."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from goicrawl.extraction.dates import chinese_year
from goicrawl.forms.labels import squeeze

FIRST_YEAR, LAST_YEAR = 2003, 2099
"""No organ reported before: the first local rules on open government information are of 2003."""
LONGEST_TITLE = 120

_SUBJECT = r"政[府务](?:公开)?信息(?:主动)?公开|政务(?:主动)?公开|信息(?:主动)?公开"
_YEAR = r"[2二][0〇○◯Oo零][0-9〇○◯Oo零一二三四五六七八九]{2}"
_NAME = re.compile(
    rf"(?:{_SUBJECT})(?:重点)?(?:工作)?(?:情况)?的?(?:(?P<year>{_YEAR})年?)?(?:年度|年)?的?(?:工作)?(?:情况)?的?(?:自查)?(?:总结)?"
    r"(?:报[告吿]|年报)"
)
_WHAT = re.compile(rf"(?:{_SUBJECT})(?:工作|专栏|平台|栏目)?")
_RANGE = re.compile(rf"{_YEAR}年?度?(?:-|—|–|~|至|到|、|和){_YEAR}年?度?")
_YEAR_FIRST = re.compile(rf"^({_YEAR})年?度?")
_YEAR_LAST = re.compile(rf"({_YEAR})年?度?$")
_YEAR_WITHIN = re.compile(rf"(?<![\d〔\[(])({_YEAR})年度?")
_YEAR_BEHIND = re.compile(rf"^[(\[]({_YEAR})年?度?[)\]]")
_PREFIX = re.compile(
    r"^(?:\([^()]{1,14}\)|\[[^\[\]]{1,14}\]|【[^【】]{1,14}】|<[^<>]{1,14}>|〔[^〔〕]{1,14}〕)"
)
_ORGAN_BEHIND = re.compile(
    r"^[(\[]([^()\[\]\d]{2,24}(?:局|委|会|办|室|厅|镇|乡|街道|办事处|中心|院|处|部|政府|馆|队|站|区|县|市|州|盟|旗))[)\]]"
)
_NO_BODY = frozenset(
    {
        "",
        "年度",
        "本级",
        "本年度",
        "年",
        "工作",
        "我局",
        "我办",
        "我委",
        "我镇",
        "我乡",
        "政府",
        "各部门",
        "部门",
        "公布",
        "关于",
    }
)
_OTHER_DOCUMENT = ("通知", "印发", "转发", "批复", "格式", "解读", "图解")
_EDGES = '的:·-—_|,。、"“”《》<>*'


class TitleParts(NamedTuple):
    """`body` as the title names it, without white space; `report_year` as the title says. None: not said."""

    body: str | None
    report_year: int | None


def read_title(title: str) -> TitleParts:
    """Split a report's title: what stands before the report's name is the body and, at either end, the year.

    >>> read_title("二〇二一年宽城满族自治县人民政府办公室政府信息公开工作年度报告-某某网站")
    TitleParts(body='宽城满族自治县人民政府办公室', report_year=2021)
    """
    return _read_title(title[: LONGEST_TITLE * 2])


def find_name(squeezed: str) -> re.Match[str] | None:
    """Where a text without white space names an annual report on open government information."""
    return _NAME.search(squeezed)


@lru_cache(maxsize=4096)
def _read_title(title: str) -> TitleParts:
    text = squeeze(title)
    match = find_name(text)
    if match is None:
        return TitleParts(None, None)
    before, behind = text[: match.start()], text[match.end() :]
    while (prefix := _PREFIX.match(before)) is not None:
        before = before[prefix.end() :]
    if _RANGE.search(before) is not None:
        return TitleParts(_body(_RANGE.sub("", before)), None)
    years = [match["year"]] if match["year"] is not None else []
    before = before.strip(_EDGES)
    for pattern in (_YEAR_LAST, _YEAR_FIRST):
        found = pattern.search(before)
        if found is not None:
            years.append(found[1])
            before = (before[: found.start()] + before[found.end() :]).strip(_EDGES)
    if not years:
        within = _YEAR_WITHIN.search(before)
        if within is not None:
            years.append(within[1])
            before = before[: within.start()] + before[within.end() :]
        elif (after := _YEAR_BEHIND.search(behind)) is not None:
            years.append(after[1])
    numbers = {year for year in map(chinese_year, years) if FIRST_YEAR <= year <= LAST_YEAR}
    body = _body(before)
    if body is None:
        organ = _ORGAN_BEHIND.search(behind)
        body = None if organ is None else _body(organ[1])
    return TitleParts(body, numbers.pop() if len(numbers) == 1 else None)


def _body(text: str) -> str | None:
    body = text.strip(_EDGES).removeprefix("关于").removesuffix("关于").removesuffix("年度").strip(_EDGES)
    if body.endswith("人民"):
        body += "政府"  # 某县人民政府信息公开 is the 信息公开 of 某县人民政府
    if (
        body in _NO_BODY
        or _WHAT.fullmatch(body) is not None
        or len(body) > 50
        or any(word in body for word in _OTHER_DOCUMENT)
    ):
        return None
    return body


@lru_cache(maxsize=4096)
def title_in(line: str) -> str | None:
    """The report's title that a line of text is or begins with, as printed; None where it is none.

    A sentence about reports is no title, nor is the name of a column of reports or of the notice on their
    format. What follows the title in the line (a date, a counter, a site's name) is left out.
    """
    if len(line) > LONGEST_TITLE or "公" not in line or "报" not in line:
        return None
    text = squeeze(line)
    match = find_name(text)
    if match is None or any(sign in text[: match.end()] for sign in "。;!?《,:"):
        return None
    if match.start() > 60 or text.startswith(_NOT_FIRST) or text[match.end() :].startswith(_NOT_NEXT):
        return None
    end = match.end()
    tail = _ORGAN_BEHIND.match(text[end:]) or _YEAR_BEHIND.match(text[end:])
    if tail is not None:
        end += tail.end()
    return _as_printed(line, end)


_NOT_FIRST = (
    "根据",
    "按照",
    "依据",
    "附件",
    "上一篇",
    "下一篇",
    "当前位置",
    "您的位置",
    "现将",
    "本报告",
    "填报",
    "一、",
)
_NOT_NEXT = (
    "格式", "的通知", "通知", "解读", "的解读", "图解", "模板", "编制", "编写", "填报", "如下", "统计表",
    "附表", "中", "和", "已", "由", "的公告", "要求", "的要求", "制度", "系统", "汇编", "查询", "列表",
    "专栏", "包括", "是", "。", ",", ";", "、",
)  # fmt: skip


def _as_printed(line: str, length: int) -> str:
    """As much of a line as holds its first `length` characters without white space."""
    taken = 0
    for at, sign in enumerate(line):
        if taken >= length:
            return line[:at].strip()
        taken += len(squeeze(sign))
    return line.strip()
