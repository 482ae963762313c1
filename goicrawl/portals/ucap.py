"""UCAP (开普云), static columns: pagers counted from 1 and named after the column's template file."""

from __future__ import annotations

import re

from goicrawl.portals.family import Listing, Page
from goicrawl.portals.pager_calls import container_calls, number_calls, other_calls
from goicrawl.portals.static_lists import read_static_list

_CONTAINER_CALL = re.compile(r"""createPage(?:HTML)?\s*\(\s*["'][^"'\d][^"']*["']\s*,""")
_CHANNEL = re.compile(
    r"""(?i)<meta\s+name=["']channelid["']\s+content=["'][0-9a-f]{32}|var\s+channelId\s*=\s*["'][0-9a-f]{32}"""
)
_MARKS = re.compile(
    r"UCAP-CONTENT|<UCAPTITLE|<UCAPCONTENT|/xhtml/js/page\.js|template,templategroup,version", re.IGNORECASE
)
_FORMS = (container_calls, number_calls, other_calls)


class Ucap:
    """createPageHTML('page_div', 5, 1, 'fg', 'shtml', 89): page 2 is fg_2.shtml."""

    name = "ucap"
    rank = 200

    def recognises(self, page: Page) -> bool:
        """By the pager call that begins with a container's id, by the channel id, or by its elements."""
        return any(mark.search(page.text) for mark in (_CONTAINER_CALL, _CHANNEL, _MARKS))

    def read_list(self, page: Page) -> Listing:
        """Rows of any shape. A column whose rows come from the JSON search is noted as a script's list."""
        return read_static_list(page, _FORMS)


FAMILY = Ucap()
