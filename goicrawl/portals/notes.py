"""What a list page cannot say without a browser: rows that only a script brings, lists in frames."""

from __future__ import annotations

import re

from goicrawl.portals.addresses import resolve
from goicrawl.portals.family import IFRAME_LIST, SCRIPT_LIST, SCRIPT_PAGER, Entry, Page, PageRequest
from goicrawl.portals.pagers import has_scripted_pager
from goicrawl.portals.texts import squeeze, text_of

_ROW_TEMPLATE = re.compile(
    r"(?i)unitbuild\.js|Ls\.ajax|site/label/8888|\bms-repeat=|\bng-repeat=|\bv-for=|\bdata-bind=[\"']foreach|"
    r"\{\{\s*\w+\.\w+|getFileListByCodeId|lightfrontaction|/gkmlpt/|_CONFIG\s*=|\.jpage\(|/treeNew/|"
    r"[\"']/?(?:common/)?search(?:List)?/[0-9a-f]{32}|name=[\"']channelid[\"']|"
    r"module/xxgk/search\.jsp|art-template|id=[\"'](?:app|root)[\"']\s*>\s*</div>"
)
_ROW_REQUEST = re.compile(
    r"(?i)(?:\$\s*\.\s*(?:ajax|post|get|getJSON)|axios(?:\.\w+)?|fetch|XMLHttpRequest)\b.{0,300}?"
    r"(?:list|search|query|article|doc|info|page)",
    re.DOTALL,
)
_EMPTY_ON_PURPOSE = re.compile(
    r"暂无(?:相关)?(?:信息|内容|数据|记录|文章)|没有(?:相关)?(?:信息|内容|数据|记录)"
)
_NOT_A_LIST_FRAME = re.compile(
    r"(?i)jiucuo|kaipuyun|conac|weixin|map|video|player|weather|login|search|count|ad(?:v|s)?[/_.]"
)
_MAX_FRAMES = 3


def note_of(
    page: Page, entries: tuple[Entry, ...], next_pages: tuple[PageRequest, ...]
) -> tuple[str | None, tuple[PageRequest, ...]]:
    """The note for a list page, and its plan of further pages, to which a framed list adds its frames.

    A page with rows is noted only if a pager stands there that no address leads to; a page without
    rows if a frame or a script would bring them. An empty column that says so is just empty.
    """
    if entries:
        scripted = not next_pages and has_scripted_pager(page)
        return (SCRIPT_PAGER if scripted else None), next_pages
    frames = _frames(page)
    if frames:
        return IFRAME_LIST, (*next_pages, *frames)
    if next_pages:
        return None, next_pages
    words = squeeze(text_of(page.selector.root, limit=None))
    if _ROW_TEMPLATE.search(page.text):
        return SCRIPT_LIST, next_pages
    if _EMPTY_ON_PURPOSE.search(words):
        return None, next_pages
    return (SCRIPT_LIST if _ROW_REQUEST.search(page.text) else None), next_pages


def _frames(page: Page) -> tuple[PageRequest, ...]:
    found = []
    for frame in page.selector.root.iter("iframe", "frame"):
        source = frame.get("src")
        url = resolve(page.base_url, source)
        if url is not None and url != page.url and not _NOT_A_LIST_FRAME.search(url):
            found.append(url)
    return tuple(PageRequest(url) for url in dict.fromkeys(found[:_MAX_FRAMES]))
