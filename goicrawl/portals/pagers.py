"""Pagers made of links: the next page by its text, numbered pages, page parameters."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit, urlunsplit

from parsel import Selector

from goicrawl.portals.addresses import address_of
from goicrawl.portals.family import Page, PageRequest
from goicrawl.portals.pager_calls import MAX_PLANNED_PAGES
from goicrawl.portals.texts import Element, is_element, squeeze, text_of

_NEXT = frozenset(
    {"下一页", "下页", "下一頁", "下頁", "后一页", "后页", "下1页", "next", "nextpage", "翻下页"}
)
_ARROWS = (">", "›", "→", "»", ">>")
"""A lone arrow means the next page only in a pager; where several stand, the shorter one does."""
_DECORATION = "<>«»›‹→←[]()【】（）|·＞＜"
_NUMBER = re.compile(r"^[\[(【（]?(?:第)?(\d{1,4})(?:页)?[\])】）]?$")
_EDGE = re.compile(
    r"^(?:首页|尾页|末页|上一?页|下一?页|最后一?页|第一页|last|first|prev(?:ious)?|next)$", re.IGNORECASE
)
_PAGER_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:page|pages|pager|pagination|paging|fenye|pagebar|page[_-]?\w{0,8}|p_pages)(?:$|[\s_-])"
)
_PAGE_PARAMETER = re.compile(
    r"^(?:page|page_?no|page_?index|page_?num(?:ber)?|current_?page|cur_?page|page_?current|paged|p|pn)$",
    re.IGNORECASE,
)
_MOST_BUTTONS = 40
_TOTAL_PRINTED = re.compile(r"(?:共|总计|总数|总记录数?)[有计]?[:：]?(\d{1,7})(?:条|篇|项|个记录|记录)")
_TOTAL_SCRIPTED = re.compile(
    r"(?i:total_?(?:records?|count|rows?)|record_?count)[\"']?\s*[:=]\s*[\"']?(\d{1,7})\b"
)
_SCRIPTED_PAGER = re.compile(
    r"(?i)Ls\.pagination\(|laypage|\bpageCount\s*>|list_pagebar|pagination\s*\(\s*\{|"
    r"(?:href|onclick)\s*=\s*[\"'](?:javascript:)?\s*(?:go|next|turn|jump|to|change)?_?(?:page|next)\w*\s*\(\s*['\"]?\d"
)


@dataclass(frozen=True, slots=True)
class _PagerLink:
    url: str
    text: str
    element: Element


def next_links(page: Page) -> list[str]:
    """The addresses of the next page that links say, in page order; none of them the page itself.

    Every real link counts whose text is 下一页 or the like (an arrow counts inside a pager only), also
    where the pager is written encoded and decoded by a script. A link to nowhere (javascript:void)
    never counts.
    """
    links = list(_links(page))
    named = [link.url for link in links if _is_next(link)]
    if not named:
        for arrow in _ARROWS:
            named = [link.url for link in links if link.text == arrow and _in_pager(link.element)]
            if named:
                break
    return [url for url in dict.fromkeys(named) if url != page.url]


def numbered_pages(page: Page) -> list[str]:
    """The addresses behind the page numbers of a pager, by number; those before this page left out."""
    links = list(_links(page))
    numbers: dict[str, int] = {}
    for link in links:
        match = _NUMBER.match(link.text)
        if match and int(match[1]) > 0 and link.url != page.url and _in_pager(link.element):
            numbers.setdefault(link.url, int(match[1]))
    following = next((numbers[url] for url in next_links(page) if url in numbers), None)
    wanted = [(n, url) for url, n in numbers.items() if following is None or n >= following]
    return [url for _, url in sorted(wanted, key=lambda pair: pair[0])]


def parameter_pages(page: Page) -> list[str]:
    """Pages told apart by a parameter (?pageIndex=2), with those between the printed numbers filled in."""
    own = urlsplit(page.url)
    own_query = dict(parse_qsl(own.query, keep_blank_values=True))
    for link in sorted(_links(page), key=lambda link: not _is_next(link)):
        parts = urlsplit(link.url)
        if (parts.netloc, parts.path) != (own.netloc, own.path):
            continue
        name = next((key for key, value in parse_qsl(parts.query) if _counts_pages(key, value)), None)
        if name is None or not (_is_next(link) or _in_pager(link.element)):
            continue
        return _filled(page, name, own_query.get(name, ""))
    return []


def _filled(page: Page, name: str, own_value: str) -> list[str]:
    templates: dict[int, str] = {}
    following: int | None = None
    shift = 0
    for link in _links(page):
        value = dict(parse_qsl(urlsplit(link.url).query)).get(name, "")
        if urlsplit(link.url).path != urlsplit(page.url).path or not _counts_pages(name, value):
            continue
        if not (_is_next(link) or _in_pager(link.element)):
            continue
        templates[int(value)] = link.url
        if _is_next(link):
            following = int(value)
        elif match := _NUMBER.match(link.text):
            shift = int(value) - int(match[1])
    start = 2 + shift if following is None else following
    if own_value.isdecimal():
        start = int(own_value) + 1
    if not templates or max(templates) - start > MAX_PLANNED_PAGES:
        return [templates[value] for value in sorted(templates) if value >= start]
    sample = templates[max(templates)]
    return [_with_parameter(sample, name, value) for value in range(start, max(templates) + 1)]


def _with_parameter(url: str, name: str, value: int) -> str:
    parts = urlsplit(url)
    query = [
        (key, str(value) if key == name else old)
        for key, old in parse_qsl(parts.query, keep_blank_values=True)
    ]
    return urlunsplit(parts._replace(query=urlencode(query)))


def total_of(page: Page, code: str) -> int | None:
    """The number of rows that the page claims for the whole list (共21条, totalRecord: 21), else None."""
    for element in page.selector.root.iterfind(".//*[@class]"):
        if _PAGER_CLASS.search(element.get("class", "")):
            match = _TOTAL_PRINTED.search(squeeze(text_of(element)))
            if match:
                return int(match[1])
    scripted = _TOTAL_SCRIPTED.search(code)
    if scripted:
        return int(scripted[1])
    printed = _TOTAL_PRINTED.search(squeeze(text_of(page.selector.root, limit=None)))
    return int(printed[1]) if printed else None


def has_scripted_pager(page: Page) -> bool:
    """Whether the page shows a pager whose pages only a script can reach."""
    return _SCRIPTED_PAGER.search(page.text) is not None


def plan(own: str, *ladders: Iterable[str]) -> tuple[PageRequest, ...]:
    """One plan out of several, each page once and never `own`.

    The first ladder gives the order; a page that only a later one names, such as a next link that
    contradicts the total, goes before the rest since it is the page that surely exists.
    """
    first, *others = [list(dict.fromkeys(url for url in ladder if url != own)) for ladder in ladders]
    extra = [url for ladder in others for url in ladder if url not in first]
    return tuple(PageRequest(url) for url in dict.fromkeys([*extra, *first]))


def _links(page: Page) -> Iterator[_PagerLink]:
    base = page.base_url
    roots = [page.selector.root]
    encoded = _decoded_pager(page)
    if encoded is not None:
        roots.append(encoded)
    for root in roots:
        for element in root.iter("a", "span", "li", "button", "div"):
            if element.tag != "a" and element.get("onclick") is None:
                continue
            if len(element) > 4:
                continue
            text = squeeze(text_of(element)) or squeeze(element.get("title", ""))
            if not text or len(text) > 12:
                continue
            if not (
                _NUMBER.match(text)
                or _EDGE.match(text.strip(_DECORATION))
                or text in _ARROWS
                or _named_next(text)
            ):
                continue
            url = address_of(base, element)
            if url is not None:
                yield _PagerLink(url, text.replace("＞", ">"), element)


def _named_next(text: str) -> bool:
    return text.strip(_DECORATION).lower() in _NEXT


def _is_next(link: _PagerLink) -> bool:
    return _named_next(link.text)


def _counts_pages(name: str, value: str) -> bool:
    return _PAGE_PARAMETER.match(name) is not None and value.isdecimal() and len(value) <= 4


def _in_pager(element: Element) -> bool:
    """Whether an element stands in a pager: by class, or beside 首页/下一页/尾页 or other page numbers."""
    for depth, ancestor in enumerate(element.iterancestors()):
        if depth == 4 or ancestor.tag in ("body", "html"):
            return False
        if _PAGER_CLASS.search(f"{ancestor.get('class', '')} {ancestor.get('id', '')}"):
            return True
        if len(ancestor) > _MOST_BUTTONS:
            return False
        words = [squeeze(text_of(child, limit=6)) for child in ancestor if is_element(child)]
        if any(_EDGE.match(word.strip(_DECORATION)) for word in words):
            return True
        numbers = {int(match[1]) for word in words if (match := _NUMBER.match(word))}
        if len(words) <= 20 and any(number + 1 in numbers for number in numbers):
            return True
    return False


def _decoded_pager(page: Page) -> Element | None:
    """A pager that the page carries in base64 and shows by window.atob, decoded; else None."""
    if "atob" not in page.text:
        return None
    text = squeeze(page.selector.xpath("string((//*[@id='pages'])[1])").get(""))
    if not text or len(text) > 20_000:
        return None
    try:
        decoded = unquote_plus(base64.b64decode(text, validate=True).decode("utf-8"))
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    selector = Selector(text=f"<div class='page'>{decoded}</div>", type="html")
    root: Element = selector.root
    return root
