"""UCAP (开普云), static columns: pagers counted from 1 and named after the column's template file."""

from __future__ import annotations

import re

from goicrawl.portals import pagers
from goicrawl.portals.family import Listing, Page
from goicrawl.portals.notes import note_of
from goicrawl.portals.pager_calls import container_calls, inline_scripts
from goicrawl.portals.rows import read_rows

_CONTAINER_CALL = re.compile(r"""createPage(?:HTML)?\s*\(\s*["'][^"'\d][^"']*["']\s*,""")
_CHANNEL = re.compile(
    r"""(?i)<meta\s+name=["']channelid["']\s+content=["'][0-9a-f]{32}|var\s+channelId\s*=\s*["'][0-9a-f]{32}"""
)
_MARKS = re.compile(
    r"UCAP-CONTENT|<UCAPTITLE|<UCAPCONTENT|/xhtml/js/page\.js|template,templategroup,version", re.IGNORECASE
)


class Ucap:
    """createPageHTML('page_div', 5, 1, 'fg', 'shtml', 89): page 2 is fg_2.shtml."""

    name = "ucap"
    rank = 200

    def recognises(self, page: Page) -> bool:
        """By the pager call that begins with a container's id, by the channel id, or by its elements."""
        return any(mark.search(page.text) for mark in (_CONTAINER_CALL, _CHANNEL, _MARKS))

    def read_list(self, page: Page) -> Listing:
        """Rows of any shape. A column whose rows come from the JSON search is noted as a script's list."""
        entries = read_rows(page)
        code = inline_scripts(page)
        calls = container_calls(page, code)
        written = [url for call in calls for url in call.addresses(page.base_url)]
        linked = [] if written else pagers.parameter_pages(page) or pagers.numbered_pages(page)
        planned = pagers.plan(page.url, [*written, *linked], pagers.next_links(page))
        total = next((call.total for call in calls if call.total is not None), None)
        note, planned = note_of(page, entries, planned)
        return Listing(entries, planned, total if total is not None else pagers.total_of(page, code), note)


FAMILY = Ucap()
