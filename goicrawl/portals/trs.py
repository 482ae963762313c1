"""TRS WCM and its look-alikes: static directories of tYYYYMMDD_ID pages, pagers counted from 0."""

from __future__ import annotations

import re

from goicrawl.portals import pagers
from goicrawl.portals.family import Listing, Page
from goicrawl.portals.notes import note_of
from goicrawl.portals.pager_calls import inline_scripts, number_calls, other_calls
from goicrawl.portals.rows import read_rows

_ARTICLE_LINK = re.compile(r"/t(?:19|20)\d{6}_\d+\.s?html?\b", re.IGNORECASE)
_MARKS = re.compile(
    r"TRS_UEDITOR|TRS_Editor|trs_editor_view|_trs_ua|WCM置标|CurrChnlCls|channelid-forleftmenu"
)
_NUMBER_CALL = re.compile(r"createPage(?:HTML)?\s*\(\s*\d|(?<!\w)countPage\s*=\s*\d")


class Trs:
    """Page 1 is index.html, page 2 index_1.html; the calls write no link into the static page."""

    name = "trs"
    rank = 300

    def recognises(self, page: Page) -> bool:
        """By the pager call that begins with a number, by article addresses, or by the editor's classes."""
        return any(mark.search(page.text) for mark in (_NUMBER_CALL, _ARTICLE_LINK, _MARKS))

    def read_list(self, page: Page) -> Listing:
        """Rows of any shape; pages by createPageHTML(N, …), createPage(N, …) or countPage = N."""
        entries = read_rows(page)
        code = inline_scripts(page)
        calls = number_calls(page, code) or other_calls(page, code)
        written = [url for call in calls for url in call.addresses(page.base_url)]
        linked = [] if written else pagers.parameter_pages(page) or pagers.numbered_pages(page)
        planned = pagers.plan(page.url, [*written, *linked], pagers.next_links(page))
        total = next((call.total for call in calls if call.total is not None), None)
        note, planned = note_of(page, entries, planned)
        return Listing(entries, planned, total if total is not None else pagers.total_of(page, code), note)


FAMILY = Trs()
