"""Through every page of one list, and no further."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from goicrawl import portals
from goicrawl.archive.capture import Capture
from goicrawl.downloading.failures import Failure
from goicrawl.portals import Entry, Page, PageRequest
from goicrawl.portals.family import IFRAME_LIST, SCRIPT_LIST, SCRIPT_PAGER
from goicrawl.spiders.fetching import Unfetched
from goicrawl.spiders.sites import page_key

MAX_LIST_BYTES = 4 * 1024 * 1024
"""A page larger than this is no list; reading it would hold up every other visit."""


@dataclass(frozen=True)
class Opened:
    """A page that a visit has opened, as captured and as the families read it."""

    capture: Capture
    page: Page


Ask = Callable[[PageRequest, str | None], Awaitable[Opened]]
"""Fetches a page, given the address of the page that led to it. Raises Unfetched."""


@dataclass
class WalkedList:
    """What a list brought. `entries` are (row, address of its list page), those not seen before.

    `scripted`: rows, or further pages, exist only after scripts have run. `cut`: the cap was reached.
    """

    first: Opened | None = None
    pages: int = 0
    entries: list[tuple[Entry, str]] = field(default_factory=list)
    scripted: bool = False
    cut: bool = False
    failures: list[Unfetched] = field(default_factory=list)


async def walk_list(
    ask: Ask, start: PageRequest, *, hint: str | None, max_pages: int, seen: set[str]
) -> WalkedList:
    """Follow a list from its first page.

    Totals that portals print are stale in both directions, so the plan of the families is followed until
    a page brings no row that is not in `seen` (keys of rows; new ones are added), or is missing.
    """
    walked = WalkedList()
    waiting = deque([start])
    known = {start.key}
    referer: str | None = None
    barren_frames = 0
    while waiting:
        if walked.pages >= max_pages:
            walked.cut = True
            break
        request = waiting.popleft()
        try:
            opened = await ask(request, referer)
        except Unfetched as error:
            # An announced page that is missing is the end of the list.
            if walked.pages > 0 and error.failure.outcome == "gone":
                break
            walked.failures.append(error)
            continue
        page = opened.page
        if len(page.body) > MAX_LIST_BYTES:
            failure = Failure("parse_error", f"a list page of {len(page.body)} bytes")
            walked.failures.append(Unfetched(page.url, failure))
            continue
        walked.pages += 1
        if walked.first is None:
            walked.first = opened
        referer = page.url
        family = portals.recognise(page, hint)
        hint = family.name
        listing = family.read_list(page)
        fresh = _fresh(listing.entries, seen)
        walked.entries.extend((entry, page.url) for entry in fresh)
        complete = listing.total is not None and len(walked.entries) >= listing.total
        if listing.note in (SCRIPT_LIST, SCRIPT_PAGER) and not complete:
            walked.scripted = True
        if listing.note == IFRAME_LIST:
            barren_frames = len(listing.next_pages)
        elif not fresh and walked.pages > 1:
            if barren_frames == 0:
                break
            barren_frames -= 1
        for further in listing.next_pages:
            if further.key not in known:
                known.add(further.key)
                waiting.append(further)
    return walked


def _fresh(entries: tuple[Entry, ...], seen: set[str]) -> list[Entry]:
    fresh = []
    for entry in entries:
        key = page_key(entry.url)
        if key not in seen:
            seen.add(key)
            fresh.append(entry)
    return fresh
