"""From a home page to the columns of annual reports, by link text, in few steps and few pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from goicrawl.portals import PageRequest
from goicrawl.portals.context import is_report_column
from goicrawl.portals.links import BY_ADDRESS, UNIT_COLUMN, ColumnLink, find_report_columns
from goicrawl.spiders.fetching import Unfetched
from goicrawl.spiders.lists import Ask, Opened
from goicrawl.spiders.sites import Site, page_key

MAX_HOPS = 3
"""Steps from a home page to the column, and from a column down to its sub-columns."""


@dataclass
class Search:
    """What a search brought: addresses of columns, and of columns on other organs' sites (not followed)."""

    columns: list[str] = field(default_factory=list)
    elsewhere: set[str] = field(default_factory=set)
    failures: list[Unfetched] = field(default_factory=list)


async def search_columns(ask: Ask, starts: Sequence[Opened], site: Site, *, max_pages: int) -> Search:
    """Go from page to page, nearest first, until one names the columns.

    Links that name no column but the section it should be in are stepping stones. A column on another
    organ's site is none of this portal's business, whatever its link is called.
    """
    search = Search()
    waiting: deque[tuple[Opened | str, int, str | None]] = deque((start, 0, None) for start in starts)
    known = {page_key(start.page.url) for start in starts}
    opened_pages = 0
    while waiting:
        start, hops, referer = waiting.popleft()
        if isinstance(start, str):
            if opened_pages >= max_pages:
                break
            opened_pages += 1
            try:
                opened = await ask(PageRequest(start), referer)
            except Unfetched as error:
                search.failures.append(error)
                continue
        else:
            opened = start
        page = opened.page
        links = find_report_columns(page)
        own = [link for link in links if site.owns(link.url)]
        search.elsewhere.update(
            link.url for link in links if link.strength >= BY_ADDRESS and not site.owns(link.url)
        )
        named = [link.url for link in own if link.strength >= BY_ADDRESS]
        if named:
            search.columns = named
            break
        if hops > 0 and is_report_column(page):
            search.columns = [page.url]
            break
        if hops < MAX_HOPS:
            for link in own:
                if page_key(link.url) not in known:
                    known.add(page_key(link.url))
                    waiting.append((link.url, hops + 1, page.url))
    return search


def sub_columns(opened: Opened, site: Site) -> list[ColumnLink]:
    """The columns that a column leads to: its years, its levels, its units."""
    links = find_report_columns(opened.page)
    return [link for link in links if link.strength >= UNIT_COLUMN and site.owns(link.url)]
