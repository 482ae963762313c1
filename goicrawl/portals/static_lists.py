"""The reading that most families share: rows of any shape, and pagers of static pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from goicrawl.portals import pagers
from goicrawl.portals.family import Listing, Page
from goicrawl.portals.notes import note_of
from goicrawl.portals.pager_calls import PagerCall, container_calls, inline_scripts, number_calls, other_calls
from goicrawl.portals.rows import read_rows

CallForm = Callable[[Page, str], list[PagerCall]]

CALL_FORMS: tuple[CallForm, ...] = (container_calls, number_calls, other_calls)


def read_static_list(page: Page, forms: Sequence[CallForm] = CALL_FORMS) -> Listing:
    """The rows of a page and its further pages by the ladder of pagers.

    The first of `forms` that finds a call in the page's scripts says what the pages are called; where
    none does, page parameters and then numbered links do. A next link is in the plan in any case.
    """
    entries = read_rows(page)
    code = inline_scripts(page)
    calls = next((found for form in forms if (found := form(page, code))), [])
    written = [url for call in calls for url in call.addresses(page.base_url)]
    planned = pagers.plan(
        page.url,
        written or pagers.parameter_pages(page) or pagers.numbered_pages(page),
        pagers.next_links(page),
    )
    total = next((call.total for call in calls if call.total is not None), None)
    note, planned = note_of(page, entries, planned)
    return Listing(entries, planned, total if total is not None else pagers.total_of(page, code), note)
