"""TRS WCM and its look-alikes: static directories of tYYYYMMDD_ID pages, pagers counted from 0."""

from __future__ import annotations

import re

from goicrawl.portals.family import Listing, Page
from goicrawl.portals.pager_calls import container_calls, number_calls, other_calls
from goicrawl.portals.static_lists import read_static_list

_ARTICLE_LINK = re.compile(r"/t(?:19|20)\d{6}_\d+\.s?html?\b", re.IGNORECASE)
_MARKS = re.compile(
    r"TRS_UEDITOR|TRS_Editor|trs_editor_view|_trs_ua|WCM置标|CurrChnlCls|channelid-forleftmenu"
)
_NUMBER_CALL = re.compile(r"createPage(?:HTML)?\s*\(\s*\d|(?<!\w)countPage\s*=\s*\d")
_FORMS = (number_calls, other_calls, container_calls)


class Trs:
    """Page 1 is index.html, page 2 index_1.html; the calls write no link into the static page."""

    name = "trs"
    rank = 300

    def recognises(self, page: Page) -> bool:
        """By the pager call that begins with a number, by article addresses, or by the editor's classes."""
        return any(mark.search(page.text) for mark in (_NUMBER_CALL, _ARTICLE_LINK, _MARKS))

    def read_list(self, page: Page) -> Listing:
        """Rows of any shape; pages by createPageHTML(N, …), createPage(N, …) or countPage = N."""
        return read_static_list(page, _FORMS)


FAMILY = Trs()
