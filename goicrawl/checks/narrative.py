"""The number of requests that the prose states, beside the table's.

Prose is read most narrowly: a statement counts only where every word of it is known to say "this organ
received so many requests in this year". Whatever else is said - of other years, of a part of the
requests, of other organs, shares and sums over years - is not read, and several different numbers are
no statement at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from goicrawl.checks.words import plain, shown
from goicrawl.extraction.report import Answer, Finding, Report, Scope
from goicrawl.forms import Form, Identity
from goicrawl.forms.labels import squeeze
from goicrawl.registry import Registry

# The overview, and the chapter on requests.
SECTIONS = (1, 3)
_LONGEST = 20_000
_SENTENCE = re.compile(r"[。;!?]")

# What stands behind one of these is a part, a share, a comparison or another period.
_CUT = re.compile(
    r"其中|分别|占|%|百分|同比|环比|相比|增长|增加|上升|下降|减少|上年(?!度?结转)|上一年|去年|往年|历年|累计|以来"
    r"|截[至止]目前|人均|平均|季度|上半年|下半年|月份|每[年月]|\d-\d{1,2}月"
    r"|[至止到](?:20\d\d年)?(?!12月)\d{1,2}月|自(?:20\d\d年)?(?!1月1日)\d{1,2}月"
    r"|网络|网上|在线|线上|线下|网站|平台|电子邮件|邮箱|信函|邮寄|传真|当面|现场|窗口"
    r"|复议|诉讼|投诉|举报|信访|咨询|建议|提案|留言|热线|转办|转来|移送"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_WHOLE_AREA = re.compile(r"全[省市县区州盟旗]")
_OF_OTHERS = re.compile(
    r"各[级部单乡镇县区街科股]|部门|所属|下属|下级|系统|乡镇|镇街|街道办?|[辖管]区|管委会"
)
_OF_ONE = re.compile(
    r"本级|[我本](?:办|局|委|厅|机关|单位|部门)|(?<!全)[省市县区州旗](?:人民)?政府(?!信息)|办公[室厅]"
)

_ORGANIZATIONS = r"法人(?:[、和及或,]|以及|或者)*(?:其他|其它)组织"
_REQUESTS = (
    rf"(?:(?:公民[、和及,]?)?(?:{_ORGANIZATIONS})?(?:向[我本](?:办|局|委|厅|机关|单位|镇|乡|街道))?"
    r"(?:提出|提交|递交)?的?)?(?:(?:有关|相关|各类|书面|有效|要求)的?)*"
    r"(?:政府信息公开的?申请|政府信息依申请公开(?:申请)?|信息公开的?申请|公开政府信息的?申请|政府信息申请公开"
    r"|依申请公开(?:的?政府信息公开|的?政府信息|的?信息)?(?:的?申请)?|申请公开(?:的?政府信息|的?信息)?|政府信息申请)"
    r"(?:事项|案件|办件|件|表|事件|信息)?"
)
_RECEIVED = (
    r"(?:共计|总共|合计|一共|共)?(?:新?收到了?|新收|接收到?|接到了?|受理了?|收悉)"
    r"(?:的|并受理|并办理|和受理|、受理|和办理)?"
)
_TOTAL = r"(?:的?(?:总数|数量|总量|件数|数))?(?:共计|总计|合计|总共|一共|共有|共|计|为|是|[:：])*"
_COUNT = r"(?P<n{0}>\d{{1,3}}(?:,\d{{3}})+|\d+)(?:件|份|宗|条|例|起|笔)(?![次/])"
_STATEMENT = re.compile(
    # 收到政府信息公开申请12件
    rf"(?<![未不没拒可应予再以])(?:{_RECEIVED}{_TOTAL}{_REQUESTS}{_TOTAL}{_COUNT.format(1)}"
    # 收到12件政府信息公开申请
    rf"|{_RECEIVED}{_TOTAL}{_COUNT.format(2)}的?{_REQUESTS}"
    # 政府信息公开申请共受理12件
    rf"|{_REQUESTS}[,:]?{_RECEIVED}{_TOTAL}{_COUNT.format(3)})"
    r"(?=$|[,、()]|均|已|全部|都|并)"
)
_NONE = re.compile(
    rf"(?:暂?未|没有|尚未|从未|未曾)(?:收到|接收到?|接到|受理|有)过?(?:任何|一件|1件)?{_REQUESTS}(?:的?情况)?(?=$|[,()])"
)
# Cheap to look for, and every statement has one.
_HAS_NUMBER = re.compile(r"\d(?:件|份|宗|条|例|起|笔)")
_HAS_NONE = re.compile(r"[未没]")


class Statement(NamedTuple):
    """A number of requests received, and the words that state it."""

    number: int
    words: str


def prepare(identity: Identity, form: Form | None) -> Callable[[Report, Registry], list[Finding]] | None:
    """The check of the prose against the sums of cells that `counts` names, the plain count first."""
    names = {} if form is None else {cell.address: plain(cell.english) for cell in form.cells}
    sums = [tuple(f"{identity.table}.{row}.{identity.column}" for row in rows) for rows in identity.counts]
    if not sums or any(address not in names for addresses in sums for address in addresses):
        return None
    at = sums[0][0]

    def check(report: Report, registry: Registry) -> list[Finding]:
        totals = [_total(addresses, report.cells) for addresses in sums]
        if totals[0] is None or None in totals:
            return []
        stated = stated_count(report)
        if stated is None or stated.number in totals:
            return []
        others = "".join(
            f", {shown(total)} with {' and '.join(names[address] for address in addresses[1:])}"
            for addresses, total in zip(sums[1:], totals[1:], strict=True)
            if total is not None and total != totals[0]
        )
        text = f"the text states {stated.number} requests ({stated.words})"
        message = f"{text}, {names[at]} says {shown(totals[0])}{others}"
        return [Finding(identity.id, identity.severity, at, message, stated.number, totals[0])]

    return check


def stated_count(report: Report) -> Statement | None:
    """The one number of requests that the report's prose says it received in its year, or None."""
    found: dict[int, Statement] = {}
    for section in report.sections:
        if section.number in SECTIONS:
            for statement in _statements(section.text[:_LONGEST], report.report_year, report.scope):
                found.setdefault(statement.number, statement)
    return next(iter(found.values())) if len(found) == 1 else None


def _statements(text: str, year: int | None, scope: Scope | None) -> Iterator[Statement]:
    for sentence in _SENTENCE.split(squeeze(text)):
        if "申请" not in sentence:
            continue
        cut = _CUT.search(sentence)
        said = sentence if cut is None else sentence[: cut.start()]
        for statement, start in _in_sentence(said):
            before = said[:start]
            if any(int(other) != year for other in _YEAR.findall(before)):
                continue
            if _of_this_report(before, scope):
                yield statement


def _of_this_report(before: str, scope: Scope | None) -> bool:
    """Whether a sentence's subject can be the bodies that the report counts."""
    whole_area = _WHOLE_AREA.search(before) is not None
    of_others = _OF_OTHERS.search(before) is not None
    if scope in ("level", "jurisdiction"):
        return _OF_ONE.search(before) is None and (whole_area or not of_others)
    return not whole_area and not of_others


def _in_sentence(said: str) -> Iterator[tuple[Statement, int]]:
    for match in _STATEMENT.finditer(said) if _HAS_NUMBER.search(said) is not None else ():
        digits = match["n1"] or match["n2"] or match["n3"]
        if len(digits) <= 12:
            yield Statement(int(digits.replace(",", "")), match[0]), match.start()
    for match in _NONE.finditer(said) if _HAS_NONE.search(said) is not None else ():
        yield Statement(0, match[0]), match.start()


def _total(addresses: tuple[str, ...], cells: dict[str, Answer]) -> int | Decimal | None:
    total: int | Decimal = 0
    for address in addresses:
        answer = cells.get(address)
        if answer is None or answer.value is None:
            return None
        total += answer.value
    return total
