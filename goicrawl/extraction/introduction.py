"""What a report says of itself in its sentences: the body and the year, where no title says them.

Copies of pages often come without their title. Then the first sentences tell: what is announced
(现公布某某局2025年度政府信息公开工作报告), who made it (本报告由某某镇人民政府编制), who answers for it
(请与某某局办公室联系).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from goicrawl.extraction.dates import chinese_year
from goicrawl.extraction.report import Section
from goicrawl.extraction.titles import FIRST_YEAR, LAST_YEAR, find_name, read_title
from goicrawl.forms.labels import squeeze

_PROLOGUE = 12
"""Paragraphs of the page, and signs of the first chapter, in which a report introduces itself."""
_OPENING = 500
_QUOTED = re.compile(r"《[^《》]{0,120}》(?:等文件)?(?:的?通知)?|〈[^〈〉]{0,120}〉|“[^“”]{0,60}”")
_SENTENCE = re.compile(r"[。；;！!？?\n]")
_PROSE = re.compile(r"[。，；,;]|如下")
_CLAUSE = re.compile(r"[，,：:、（(）)]")
_VERB = re.compile(
    r"(?:面向社会|向社会|依法|特此|予以|全面|汇总|综合)?"
    r"(?:公布|公开|发布|编制|编写|撰写|形成|汇总|现将|将|提交|报送|制作)(?:了|的|出)?"
)
_FORMER = re.compile(r"上一?年|去年|往年|历年")
_RULES = re.compile(r"通知|要求|格式|规定|条例|指南|办法")
_OURS = re.compile(r"^(?:我|本)(?:[局委办厅镇乡县市区州盟旗]|街道|单位|机关|院|中心|部门)?")
_AUTHOR = re.compile(
    r"由(?P<body>[\u4e00-\u9fff]{3,40}?)(?:负责|组织|统一)?(?:根据[^，,。]{0,40})?(?:编制|编写|撰写|汇总编制)"
)
_CONTACT = re.compile(
    r"(?:请|可|敬请|欢迎)?(?:直接)?(?:与|联系|咨询|向)(?P<body>[\u4e00-\u9fff]{3,40}?)"
    r"(?:进行)?(?:联系|咨询|反映|[（(，,。：:]|$)"
)
_OWN_OFFICE = re.compile(
    r"(?<=[局委会镇乡道处厅院中心])(?:人民政府)?(?:党政综合|党政|行政|综合|政务公开|信息公开|政务)?"
    r"(?:办公室|办公|办|科|股|室|处|中心)$"
)
_YEAR = r"[2二][0〇○◯Oo零][0-9〇○◯Oo零一二三四五六七八九]{2}"
_SUMMED_UP = re.compile(
    rf"({_YEAR})年度?(?:的)?(?:政府信息公开|政务公开|信息公开)(?:工作)?(?:开展)?(?:情况)?(?:的)?(?:总结|报告|汇报)"
)
_BEGINS = re.compile(rf"^({_YEAR})年度?(?:以来)?[，,]?")


class Introduction(NamedTuple):
    """`named` are bodies whose report it is said to be, `beside` those that made it or answer for it."""

    named: tuple[str, ...]
    beside: tuple[str, ...]
    year: int | None


def read_introduction(lines: Sequence[str], sections: Sequence[Section]) -> Introduction:
    """Read the introduction of a report. The names are as printed, the place in them too.

    Args:
        lines: the paragraphs of the page, in order.
        sections: the chapters; the beginning of the first is read.
    """
    named: list[str] = []
    beside: list[str] = []
    years: list[int] = []
    opening = sections[0].text[:_OPENING] if sections else ""
    for sentence in _sentences((*lines[:_PROLOGUE], opening)):
        for clause in _CLAUSE.split(sentence):
            body, year = _title_within(clause)
            if body is not None:
                named.append(body)
            if year is not None:
                years.append(year)
        years += [
            chinese_year(match[1])
            for match in _SUMMED_UP.finditer(sentence)
            if _FORMER.search(sentence[: match.start()][-12:]) is None
        ]
        beside += [match["body"] for match in _AUTHOR.finditer(sentence)]
        beside += [_without_office(match["body"]) for match in _CONTACT.finditer(sentence)]
    begins = _BEGINS.match(squeeze(opening))
    if begins is not None:
        years.append(chinese_year(begins[1]))
    sure = {year for year in years if FIRST_YEAR <= year <= LAST_YEAR}
    return Introduction(
        tuple(dict.fromkeys(named)), tuple(dict.fromkeys(beside)), sure.pop() if len(sure) == 1 else None
    )


def _sentences(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        if _PROSE.search(text) is None:
            continue  # names of columns and of other reports, not sentences
        for sentence in _SENTENCE.split(text[:2000]):
            plain = squeeze(_QUOTED.sub("", sentence))
            if 4 <= len(plain) <= 300:
                yield plain


def _title_within(clause: str) -> tuple[str | None, int | None]:
    """The body and the year of the report that a clause announces."""
    match = find_name(clause)
    if match is None:
        return None, None
    before = clause[: match.start()]
    if _FORMER.search(before) is not None or _RULES.search(clause[match.end() :][:8]) is not None:
        return None, None
    verbs = list(_VERB.finditer(before))
    if verbs:
        before = before[verbs[-1].end() :]
    parts = read_title(before + match.group())
    body = parts.body
    if body is not None and (_OURS.match(body) is not None or not verbs):
        body = None
    return body, parts.report_year


def _without_office(name: str) -> str:
    """The organ of an organ's own office: 某某局办公室 answers the telephone for 某某局."""
    return _OWN_OFFICE.sub("", name)
