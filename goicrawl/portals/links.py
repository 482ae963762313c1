"""From a home page or a disclosure section to the columns of annual reports, by link text.

Addresses say little (most families use opaque numbers), so a column is known by the words of the link
that leads to it, with all white space removed since templates break them by `<br>`. Where no link names
the column, links to the disclosure section are offered as stepping stones for the next hop. Inside a
column of reports its sub-columns, by year and by unit, are offered too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from goicrawl.portals.addresses import (
    address_of,
    has_report_slug,
    has_website_slug,
    is_home,
    looks_like_article,
    resolve,
    same_host,
)
from goicrawl.portals.context import is_disclosure_section, is_report_column
from goicrawl.portals.family import Page
from goicrawl.portals.texts import Element, squeeze, text_of
from goicrawl.portals.titles import judge

NAMED_IN_FULL = 100
"""政府信息公开年报, 政府信息公开工作年度报告"""
NAMED = 90
"""信息公开年报, 信息公开年度报告, 政务公开年报, 公开年报"""
SUB_COLUMN = 80
"""A year, a level or a kind of unit inside a column of reports: 2023年, 县级, 部门, 乡镇街道"""
UNIT_COLUMN = 70
"""One organ inside a column of reports: 县教育局, 某镇"""
IN_CONTEXT = 60
"""年报, 年度报告 within a section on information disclosure"""
BY_ADDRESS = 50
"""Only the address names a column of reports: 更多 -> /zfxxgknb/"""
STEPPING_STONE = 30
"""政府信息公开: the section that should hold the column"""
WEAK_STEPPING_STONE = 20
"""信息公开, 政务公开"""
NEIGHBOUR = 10
"""政府信息公开指南, 依申请公开: the column's neighbours in the national menu; offered if nothing else is"""

_TIE_BREAK = 5
_LONGEST_NAME = 40

_YEAR = r"(?:(?:19|20)\d\d|[二2][〇○零Oo0][〇○零Oo0一二三四五六七八九\d]{2})"
_FULL_NAME = re.compile(
    rf"^(?:{_YEAR}年?(?:度)?)?(?:[\w()]{{0,16}})?政[府务]信息公开(?:工作)?(?:情况)?(?:{_YEAR})?年(?:度)?(?:工作)?报(?:告)?"
    r"(?:专栏|栏目|专题|汇总|目录|集)?(?:\(\w{1,12}\))?$"
)
_SHORT_NAME = re.compile(
    rf"^(?:{_YEAR}年?(?:度)?)?(?:[\w()]{{0,12}})?(?:(?:信息|政务)公开(?:工作)?(?:情况)?年(?:度)?(?:工作)?报(?:告)?|公开年报|公开年度报告)"
    r"(?:专栏|栏目|专题|汇总|目录|集)?$"
)
_BARE_NAME = re.compile(
    rf"^(?:{_YEAR}年?(?:度)?|工作|历年|往年|本级|部门|各部门|乡镇)?(?:年报|年度报告|年度工作报告|工作年报)$"
)
_SECTION = re.compile(r"^(?:[\w]{0,12})?政[府务]信息公开(?:专栏|专区|平台|栏|网|目录|内容)?$")
_WIDER_SECTION = re.compile(
    r"^(?:信息公开|政务公开|公开|信息公开专栏|政务公开专栏|信息公开平台|政务信息公开|政府公开|阳光政务)$"
)
_NEIGHBOUR = re.compile(r"^(?:政府信息公开(?:指南|制度)|法定主动公开内容|依申请公开|政府信息依申请公开)$")
_YEAR_NAME = re.compile(
    rf"^{_YEAR}(?:年?(?:-|—|~|至){_YEAR})?(?:年|年度|年报|年度报告|年年报|年政府信息公开年报)?$"
)
_LEVEL_NAME = re.compile(
    r"^(?:各?(?:省|市|县|区|州|旗)(?:直|级|政府|本级|人民政府)?|本级|政府|县本级|市本级|区本级|各?县市区|各?县\(?市、?区\)?|各?区县|各?县区|各?市县|各?市州|各?地市|"
    r"(?:[省市县区州旗]?(?:直|级|政府|人民政府)?|各)?(?:部门|工作部门|委办局|单位|直属单位|机关)|"
    r"各?(?:乡镇|镇乡|镇街|街镇|乡镇街道|乡镇\(?街道\)?|镇\(?街道\)?|街道|乡|镇|乡镇场|乡镇办)(?:办事处|办)?)"
    r"(?:信息公开|政府信息公开)?(?:年报|年度报告|工作年报)?$"
)
_UNIT_NAME = re.compile(
    r"^[\u4e00-\u9fff()、]{1,22}(?:局|委|委员会|办|办公室|厅|处|院|中心|镇|乡|苏木|街道|街道办|办事处|管委会|区|县|市|州|旗|队|馆|政府|公司|分局|部|站|社|会)$"
)
_NO_COLUMN = re.compile(
    r"网站|法治|解读|图解|通知|政府工作报告|财政|预算|决算|统计|企业|审计|依申请|指南|制度|意见箱|开放日|公报"
)
_REASONS_OF_COLUMNS = frozenset({"collection", "guidance", "no_report_named"})
"""政府信息公开年报汇总, …年报目录 and 公开年报 name no report, but may well name a column of them."""
_NO_COLUMN_BOX = re.compile(
    r"(?i)foot|friend|yqlj|links?\b|crumb|copyright|topbar|toolbar|share|search|login|dqwz|weizhi"
)
_DECORATION = "·•●▪■◆★☆*>»›|+-—:：.、<«[]【】…"
_MORE = re.compile(r"^(?:更多|more|查看更多|进入|点击进入|详情|查看)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ColumnLink:
    """A link that may lead to a column of reports. `strength`: one of the module's constants, with a
    little more where the address names such a column too; 0-105, the strongest first."""

    url: str
    text: str
    strength: int


def find_report_columns(page: Page) -> list[ColumnLink]:
    """The links of a page that lead to columns of annual reports, strongest first, each address once.

    Offers the column by its name, sub-columns if the page is (part of) such a column itself, and the
    disclosure section as a stepping stone. Never the page itself, another site's yearly statistics
    (网站年度报表), a single report with a title of its own, or anything but http and https. Links of the
    same strength keep their order on the page.
    """
    in_column = is_report_column(page)
    in_section = in_column or is_disclosure_section(page)
    found: dict[str, ColumnLink] = {}
    for element, url, text in _links(page):
        if url == page.url or has_website_slug(url) or len(text) > _LONGEST_NAME:
            continue
        strength = _strength(page, element, url, text, in_column=in_column, in_section=in_section)
        if strength is None:
            continue
        if has_report_slug(url):
            strength += _TIE_BREAK
        old = found.get(url)
        if old is None:
            found[url] = ColumnLink(url, text, strength)
        elif strength > old.strength:
            found[url] = replace(old, text=text, strength=strength)
    links = sorted(found.values(), key=lambda link: -link.strength)
    return [link for link in links if link.strength > NEIGHBOUR] or links


def _strength(
    page: Page, element: Element, url: str, text: str, *, in_column: bool, in_section: bool
) -> int | None:
    if _NEIGHBOUR.match(text) and not in_section:
        return NEIGHBOUR
    if _FULL_NAME.match(text) or _SHORT_NAME.match(text):
        # "2023年某局政府信息公开年报" on a document's page is a report, not a column of them.
        if looks_like_article(url) and re.search(_YEAR, text):
            return None
        verdict = judge(text)
        if not verdict.is_report and verdict.reason not in _REASONS_OF_COLUMNS:
            return None
        return NAMED_IN_FULL if _FULL_NAME.match(text) else NAMED
    if _NO_COLUMN.search(text):
        return None
    if in_column and not looks_like_article(url) and not _in_box(element):
        if _YEAR_NAME.match(text) or _LEVEL_NAME.match(text):
            return SUB_COLUMN
        if _is_unit_column(page, element, url, text):
            return UNIT_COLUMN
    if _BARE_NAME.match(text):
        near = in_section or has_report_slug(url) or _names_disclosure_around(element)
        return IN_CONTEXT if near and not (looks_like_article(url) and re.search(_YEAR, text)) else None
    if has_report_slug(url) and not looks_like_article(url) and _MORE.match(text):
        return BY_ADDRESS
    if _SECTION.match(text):
        return STEPPING_STONE
    return WEAK_STEPPING_STONE if _WIDER_SECTION.match(text) else None


def _is_unit_column(page: Page, element: Element, url: str, text: str) -> bool:
    """An organ's name inside a column of reports: on the same host, and no site's front page."""
    if not _UNIT_NAME.match(text) or is_home(url) or not same_host(url, page.url):
        return False
    folder = page.url.rpartition("/")[0]
    return url.startswith(folder + "/") or has_report_slug(url) or not _in_menu(element)


def _names_disclosure_around(element: Element) -> bool:
    """Whether the menu or block around a link speaks of information disclosure."""
    for depth, ancestor in enumerate(element.iterancestors()):
        if depth == 4 or ancestor.tag in ("body", "html"):
            return False
        words = squeeze(text_of(ancestor))
        if len(words) > 400:
            return False
        if "信息公开" in words or "依申请公开" in words:
            return True
    return False


def _in_box(element: Element) -> bool:
    for ancestor in element.iterancestors():
        if ancestor.tag in ("footer", "header", "body", "html"):
            return ancestor.tag in ("footer", "header")
        if _NO_COLUMN_BOX.search(f"{ancestor.get('class', '')} {ancestor.get('id', '')}"):
            return True
    return False


def _in_menu(element: Element) -> bool:
    for ancestor in element.iterancestors():
        if ancestor.tag == "nav" or re.search(
            r"(?i)nav|menu", f"{ancestor.get('class', '')} {ancestor.get('id', '')}"
        ):
            return True
    return False


def _links(page: Page) -> Iterator[tuple[Element, str, str]]:
    base = page.base_url
    for element in page.selector.root.iter():
        tag: object = element.tag
        if not isinstance(tag, str):
            continue
        if tag == "option":
            url = resolve(base, element.get("value")) if "/" in element.get("value", "") else None
        elif (
            tag in ("a", "area")
            or element.get("onclick")
            or element.get("data-url")
            or element.get("data-href")
        ):
            url = address_of(base, element)
        else:
            continue
        if url is None or (tag not in ("a", "area", "option") and element.find(".//a[@href]") is not None):
            continue
        for text in _names_of(element):
            yield element, url, text


def _names_of(element: Element) -> list[str]:
    """What a link calls itself: its text, its title, its picture's description; without decoration."""
    names = [text_of(element), element.get("title", ""), element.get("alt", "")]
    names.extend(image.get("alt", "") for image in element.iterfind(".//img"))
    cleaned = (squeeze(unicodedata.normalize("NFKC", name)).strip(_DECORATION) for name in names)
    return list(dict.fromkeys(name for name in cleaned if name))
