"""What a CMS family is, and the shapes it works with.

A family is a reader for one kind of portal software. It is given a page that the spider has fetched
and says which reports the page lists and which further list pages there may be. It never fetches, so
it can be tested with bytes alone.

**Adding a family** takes one file in this folder. The file holds one class and, at module level, one
instance of it named `FAMILY`:

    class Lonsun:
        name = "lonsun"          # what a row of seeds/portals.csv calls it in family_hint
        rank = 60                # order of asking: the surest fingerprint has the lowest number

        def recognises(self, page: Page) -> bool:
            return "site/label/8888" in page.text

        def read_list(self, page: Page) -> Listing:
            entries = read_rows(page)           # from rows: good for most families
            pages = ...                         # this family's pager, as PageRequests
            return Listing(entries, pages)

    FAMILY = Lonsun()

Nothing else needs an edit: `goicrawl.portals` imports every module of this folder and collects each
`FAMILY` it finds, in the order of `rank`. `generic` has the highest rank and recognises every page.
Most families differ only in their pager: `rows.read_rows` finds the rows of ordinary lists and of the
national template, `pagers` next links and page parameters, `pager_calls` the known calls of scripts; and
`static_lists.read_static_list` is all of it together, for a family whose pages are static.

Rules that every family keeps:

- `Listing.entries` are absolute http(s) addresses without fragments, each once, in page order; every row
  of the list is an entry, be it a report or not: `titles.judge` decides that later.
- `Listing.next_pages` is a plan. Totals printed on a page may be stale in both directions, so the spider
  stops at the first page that brings nothing new or is missing, and a next link found on the page is in the
  plan even where the totals deny it.
- A page whose rows come only by script is not empty: it says so in `Listing.note`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Protocol, runtime_checkable
from urllib.parse import urljoin

from lxml import etree
from parsel import Selector

SCRIPT_LIST = "script_list"
"""`Listing.note`: the page is a list, but its rows exist only after scripts have run."""

SCRIPT_PAGER = "script_pager"
"""`Listing.note`: the rows are there, but more may follow that only a script can reach."""

IFRAME_LIST = "iframe_list"
"""`Listing.note`: the list is in a frame; `next_pages` holds the frames' addresses."""

NO_HEADERS: Mapping[str, str] = MappingProxyType({})

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_HTTP_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_CHINESE_UTF8 = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){3}")
_GB = frozenset({"gb2312", "gbk", "gb_2312-80", "gb18030", "x-gbk", "cp936", "ms936", "hz-gb-2312", "euc-cn"})


def decode(body: bytes, headers: Mapping[str, str] = NO_HEADERS) -> str:
    """The text of a page: byte order mark, HTTP charset, meta charset, strict UTF-8, else GB18030.

    A declared charset that the bytes contradict is passed over for the next step, and bytes that are
    Chinese in UTF-8 throughout are UTF-8 whatever is declared, since portals declare GB2312 on UTF-8
    pages and the other way round. GB2312 and GBK are read as GB18030, which
    contains both. Never fails: what no charset can read becomes U+FFFD.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, errors="replace")
    declared = []
    content_type = next((value for key, value in headers.items() if key.lower() == "content-type"), "")
    if match := _HTTP_CHARSET.search(content_type):
        declared.append(match[1])
    if found := _META_CHARSET.search(body[:8192]):
        declared.append(found[1].decode("ascii"))
    if _CHINESE_UTF8.search(body):
        # GB18030 reads much UTF-8 without an error, as other characters; the reverse hardly happens.
        declared.insert(0, "utf-8")
    for name in (*declared, "utf-8"):
        try:
            return body.decode(_codec(name))
        except (LookupError, UnicodeError):
            continue
    lenient = body.decode("utf-8", errors="replace")
    damage = lenient.count("\ufffd")
    if 4 * damage < sum(1 for character in lenient if character > "\x7f"):
        return lenient  # UTF-8 with a cut or damaged character or two
    return body.decode("gb18030", errors="replace")


def _codec(name: str) -> str:
    lowered = name.lower()
    return "gb18030" if lowered in _GB else codecs.lookup(lowered).name


@dataclass(frozen=True)
class Page:
    """A fetched page: `url` after redirects, `body` as served, `text` decoded, response `headers`."""

    url: str
    body: bytes
    text: str
    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS)

    @classmethod
    def from_bytes(cls, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Page:
        """Decode `body` (see `decode`) into a page. `headers` are the response's, names in any case."""
        kept = NO_HEADERS if headers is None else headers
        return cls(url=url, body=body, text=decode(body, kept), headers=kept)

    @cached_property
    def selector(self) -> Selector:
        """The parsed page. Parsing happens at the first use: answers of list endpoints never need it."""
        return Selector(text=self.text, type="html")

    @cached_property
    def elements(self) -> list[etree._Element]:
        """Every node of the page in order. Held for the page's life, which makes walking it much cheaper."""
        return list(self.selector.root.iter())

    @cached_property
    def base_url(self) -> str:
        """What relative links are relative to: the page's address, or its `<base href>`."""
        href = self.selector.xpath("string((//base/@href)[1])").get("").strip()
        if not href:
            return self.url
        try:
            return urljoin(self.url, href)
        except ValueError:
            return self.url


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list: an absolute address, the title in full, and the date the list prints."""

    url: str
    title: str
    published_on: date | None = None


@dataclass(frozen=True)
class PageRequest:
    """A request that the spider should make for a further list page. `headers` beside the usual ones."""

    url: str
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS)

    @property
    def key(self) -> tuple[str, str, bytes]:
        """What makes two requests the same request."""
        return self.method, self.url, self.body


@dataclass(frozen=True)
class Listing:
    """What a list page says.

    `next_pages` are those that may hold entries not yet seen, nearest first; a plan that may be cut
    short. `total` is the number of rows the page claims for the whole list, None where it claims
    none; it may be stale. `note` is one of the module's constants, or None.
    """

    entries: tuple[Entry, ...] = ()
    next_pages: tuple[PageRequest, ...] = ()
    total: int | None = None
    note: str | None = None


@runtime_checkable
class Family(Protocol):
    """Reads the list pages of one kind of portal software; see the module's docstring."""

    name: str
    rank: int

    def recognises(self, page: Page) -> bool:
        """Whether the page was made by this software, judged from the page alone."""
        ...

    def read_list(self, page: Page) -> Listing:
        """The rows of a list page and the pages to ask for next. Never raises on a mangled page."""
        ...
