"""The titles of rows: in full where the text is cut, and never a mere button's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from goicrawl.portals.texts import (
    Element,
    is_date,
    is_date_element,
    squeeze,
    text_of,
    tidy,
    without_edge_date,
)

_PAGER_TEXT = re.compile(
    r"^(?:[<>«»›‹\[(]*(?:首页|上一?页|下一?页|尾页|末页|\d{1,4}|更多|more|查看更多|返回.{0,6})[<>«»›‹\])+]*|[<>«»›‹.…]+)$",
    re.IGNORECASE,
)
_ONLY_A_VERB = re.compile(
    r"^(?:点击)?(?:查看|详情|详细|下载|附件|打开|浏览|阅读|预览|在线查看|查看详情|全文|链接|更多|解读|相关解读|图解|政策解读|下载?文字版|下载?图片版|word版?|pdf版?|文字版|图片版)+(?:下载)?$",
    re.IGNORECASE,
)
_CATEGORY = re.compile(r"^[\[【〔(（].{1,14}[\]】〕)）]$")
_LABELLED = re.compile(r"标\s*题\s*[:：]\s*(.+?)\s*(?:作\s*者|发布|发表|更新|点击|阅读|录入|来源|$)")
_CUT = re.compile(r"(?:\.{2,}|…+)$")


def title_of(element: Element) -> str:
    """The title of a link, in full: its text, or its title attribute where the text is cut or empty."""
    if len(element):
        text = without_edge_date(text_of(element, is_date_element)) or text_of(element)
    else:
        whole = tidy(element.text or "")
        text = without_edge_date(whole) or whole
    attribute = tidy(element.get("title", ""))
    labelled = _LABELLED.search(attribute)
    attribute = without_edge_date(labelled[1] if labelled else attribute)
    if not text:
        image = element.find(".//img")
        return attribute or (
            tidy(image.get("alt", "") or image.get("title", "")) if image is not None else ""
        )
    if not attribute or attribute == text:
        return text
    bare, whole = squeeze(text), squeeze(attribute)
    if _CUT.search(bare) and whole.startswith(_CUT.sub("", bare)[:-1]):
        return attribute
    return attribute if bare in whole else text


def is_pager_button(title: str) -> bool:
    """Whether a link's text is a pager's or a 更多, not a title."""
    return _PAGER_TEXT.match(squeeze(title)) is not None


def is_only_a_verb(title: str) -> bool:
    """Whether a link's text only says what clicking does: 查看, 下载, 解读."""
    return _ONLY_A_VERB.match(squeeze(title)) is not None


def is_category(title: str) -> bool:
    """Whether a link's text is a label before a title: [县教育局]."""
    return _CATEGORY.match(squeeze(title)) is not None


def title_beside(cells: Iterable[Element], link: Element, title: str) -> str:
    """The longest text among a row's cells without links, for a link whose own title is only a verb."""
    texts = [text_of(cell) for cell in cells if cell is not link and cell.find(".//a") is None]
    longest = max((text for text in texts if not is_date(text)), key=len, default="")
    return longest if len(longest) > len(title) else title
