"""Any portal: rows by their shape and the ladder of pagers. Asked last, refuses nothing."""

from __future__ import annotations

from goicrawl.portals.family import Listing, Page
from goicrawl.portals.static_lists import read_static_list


class Generic:
    """The fallback for what no other family recognises."""

    name = "generic"
    rank = 1000

    def recognises(self, page: Page) -> bool:
        """Every page."""
        return True

    def read_list(self, page: Page) -> Listing:
        """Rows of any shape. Pages by a next link, numbered links, page parameters and pager calls."""
        return read_static_list(page)


FAMILY = Generic()
