"""Whether the title of a row announces an annual report on open government information.

The patterns are in titles.toml. A title is accepted on what it says and refused with a named reason;
the page itself has the last word later, so a title that is cut short gets the benefit of the doubt.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from goicrawl.portals.texts import squeeze

FIRST_YEAR = 2003
"""No organ reported before: the first local rules on open government information are of 2003."""
LAST_YEAR = 2099

_ELLIPSIS = re.compile(r"(?:\.{2,}|…+|\.\s*\.\s*\.|··+)$")
_LEADING_NOISE = re.compile(r"^(?:[·•●▪■◆★☆*.、>|-]|\d{1,3}[.、](?=\D))+")
_PREFIX = re.compile(
    r"^(?:\([^()]{1,14}\)|\[[^\[\]]{1,14}\]|【[^【】]{1,14}】|<[^<>]{1,14}>|〔[^〔〕]{1,14}〕)"
)
_DATE = re.compile(r"[\[(]?(?:19|20)\d\d(?:[-./]\d{1,2}[-./]\d{1,2}|年\d{1,2}月\d{1,2}日)[\])]?")
_ABOUT_TAIL = re.compile(r"^[)》>\"”]*的(?!报[告吿])")
_YEAR_DIGITS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_YEAR_CHINESE = re.compile(
    r"([二2][〇○零Oo0◯])([〇○零Oo0一二三四五六七八九\d◯])([〇○零Oo0一二三四五六七八九\d◯])(?=年)"
)
_YEAR_RANGE = re.compile(r"(?:19|20)\d\d年?度?(?:-|—|–|~|至|到|、|和)(?:20)?\d\d年?")
_DOCUMENT_NUMBER = re.compile(r"[\[〔(【]((?:19|20)\d\d)[\]〕)】]\d+号")
_DIGITS = {**dict.fromkeys("〇○零Oo0◯", "0"), **{c: str(i) for i, c in enumerate("一二三四五六七八九", 1)}}
_ORGAN_IN_BRACKETS = re.compile(
    r"[(\[][^()\[\]]{2,24}(?:局|委|会|办|室|厅|镇|乡|街道|办事处|中心|院|处|部|政府|馆|队|站|区|县|市|州|盟|旗)[)\]]"
)
_TITLE_SEPARATOR = re.compile(r"[_|]|--+|——+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is "report" or "truncated" for a report, else why it is none. Year as printed, or None."""

    is_report: bool
    reason: str
    report_year: int | None


@dataclass(frozen=True)
class _Rules:
    subject: re.Pattern[str]
    report: re.Pattern[str]
    undated_report: re.Pattern[str]
    short_report: re.Pattern[str]
    gap_refused: re.Pattern[str]
    refused: tuple[tuple[str, re.Pattern[str]], ...]
    refused_after: tuple[tuple[str, re.Pattern[str]], ...]
    otherwise: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    data = tomllib.loads(files("goicrawl.portals").joinpath("titles.toml").read_text(encoding="utf-8"))

    def pairs(key: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((row["reason"], re.compile(row["pattern"])) for row in data[key])

    return _Rules(
        subject=re.compile(data["subject"]),
        report=re.compile(rf"{data['subject']}(?P<gap>[^,。;!?:]{{0,18}}?)(?:{data['report']})"),
        undated_report=re.compile(data["undated_report"]),
        short_report=re.compile(data["short_report"]),
        gap_refused=re.compile(data["gap_refused"]),
        refused=pairs("refused"),
        refused_after=pairs("refused_after"),
        otherwise=pairs("otherwise"),
    )


def judge(title: str, *, in_report_column: bool = False) -> Verdict:
    """Is this the title of an annual OGI report of some organ?

    `in_report_column` says that the row stands in a column of such reports, where a title may leave
    out what the column's name says ("2021年年报", "县教育局2023年度报告"). Never raises.
    """
    text = squeeze(unicodedata.normalize("NFKC", title))
    year = year_of(text)
    rules = _rules()
    shown = _LEADING_NOISE.sub("", text)
    cut = _ELLIPSIS.search(shown) is not None
    if cut:
        shown = _ELLIPSIS.sub("", shown)
    for reason, pattern in rules.refused:
        if pattern.search(shown):
            return Verdict(False, reason, year)
    while (prefix := _PREFIX.match(shown)) and rules.subject.search(shown, prefix.end()):
        shown = shown[prefix.end() :]
    shown = _DATE.sub("", shown)
    match = rules.report.search(shown)
    if match and rules.gap_refused.search(match["gap"]):
        match = None
    if match is None and year is not None:
        match = rules.undated_report.search(shown)
    if match is not None:
        after = shown[match.end() :]
        reason_after = _refused_after(rules, after, cut)
        return Verdict(reason_after is None, reason_after or ("truncated" if cut else "report"), year)
    if cut and _may_become_report(rules, shown, year):
        return Verdict(True, "truncated", year)
    short = in_report_column and rules.short_report.search(shown) is not None
    for reason, pattern in rules.otherwise:
        if pattern.search(shown) and not (short and reason == "work_summary"):
            return Verdict(False, reason, year)
    if short:
        return Verdict(True, "report", year)
    return Verdict(False, "no_report_named", year)


def _refused_after(rules: _Rules, after: str, cut: bool) -> str | None:
    # "…年度报告_某县人民政府_通知公告" is a page title: only the first part is the report's.
    after = _ORGAN_IN_BRACKETS.sub("", _TITLE_SEPARATOR.split(after, maxsplit=1)[0])
    for reason, pattern in rules.refused_after:
        if pattern.search(after):
            return reason
    if _ABOUT_TAIL.match(after):
        return "about_the_report"
    return None


def _may_become_report(rules: _Rules, shown: str, year: int | None) -> bool:
    """Whether a cut title ends inside the name of a report: 某局2021年度政府信息公开工作…"""
    subject = next(reversed(list(rules.subject.finditer(shown))), None)
    if subject is None:
        return year is not None and re.search(r"政[府务]信(?:息公?)?$", shown) is not None
    rest = re.sub(r"(?:19|20)\d\d年?", "", shown[subject.end() :])
    named = any(rest in f"{middle}年度工作年度报告" for middle in ("", "工作", "工作情况", "情况"))
    return named and (year is not None or rest.startswith(("年", "工作年")))


def year_of(title: str) -> int | None:
    """The report year a title prints, in digits or 二〇二一; None where it prints none or a range.

    A year followed by 年度 goes before others, then the year nearest before the word 公开. Dates
    and document numbers are no report years.
    """
    text = squeeze(unicodedata.normalize("NFKC", title))
    text = _DOCUMENT_NUMBER.sub("", _DATE.sub("", text))
    if _YEAR_RANGE.search(text):
        return None
    text = _YEAR_CHINESE.sub(lambda m: "20" + "".join(_DIGITS.get(c, c) for c in m[2] + m[3]), text)
    found = [
        (int(m[1]), m.start(), text[m.end() : m.end() + 2])
        for m in _YEAR_DIGITS.finditer(text)
        if FIRST_YEAR <= int(m[1]) <= LAST_YEAR
    ]
    if not found:
        return None
    of_year = [year for year, _, after in found if after == "年度"]
    if of_year:
        return of_year[-1]
    subject = text.find("公开")
    before = [year for year, at, _ in found if at < subject]
    return before[-1] if before else found[0][0]
