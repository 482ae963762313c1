"""Any portal: rows by their shape and the ladder of pagers. Asked last, refuses nothing."""

from __future__ import annotations

from goicrawl.portals import pagers
from goicrawl.portals.family import Listing, Page
from goicrawl.portals.notes import note_of
from goicrawl.portals.pager_calls import container_calls, inline_scripts, number_calls, other_calls
from goicrawl.portals.rows import read_rows


class Generic:
    """The fallback for what no other family recognises."""

    name = "generic"
    rank = 1000

    def recognises(self, page: Page) -> bool:
        """Every page."""
        return True

    def read_list(self, page: Page) -> Listing:
        """Rows of any shape. Pages by a next link, numbered links, page parameters and pager calls."""
        entries = read_rows(page)
        code = inline_scripts(page)
        calls = container_calls(page, code) or number_calls(page, code) or other_calls(page, code)
        written = [url for call in calls for url in call.addresses(page.base_url)]
        planned = pagers.plan(
            page.url,
            written or pagers.parameter_pages(page) or pagers.numbered_pages(page),
            pagers.next_links(page),
        )
        total = next((call.total for call in calls if call.total is not None), None)
        note, planned = note_of(page, entries, planned)
        return Listing(entries, planned, total if total is not None else pagers.total_of(page, code), note)


FAMILY = Generic()
