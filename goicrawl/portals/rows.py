"""The rows of a list, whatever its markup: list items, table rows, definition lists, bare paragraphs.

A row is the largest element around a link that holds no other row's link; its date stands anywhere in
it, or just beside it. Rows that share a parent form a group, and groups are kept or dropped as a whole:
dated rows are a list, undated ones only if their addresses or titles are those of documents and no menu,
footer or friend-link box holds them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from goicrawl.portals.addresses import address_of, looks_like_article
from goicrawl.portals.context import is_report_column
from goicrawl.portals.family import Entry, Page
from goicrawl.portals.row_dates import date_beside, date_of_row
from goicrawl.portals.row_titles import is_category, is_only_a_verb, is_pager_button, title_beside, title_of
from goicrawl.portals.standard_template import lists_of
from goicrawl.portals.texts import (
    Element,
    squeeze,
)
from goicrawl.portals.titles import judge, year_of

RECORD_ATTRIBUTE = "data-goicrawl-record"
"""An element with this attribute is one row for certain (a family unpacked it from a data store)."""

_ROW_TAGS = frozenset({"li", "tr"})
_BOUNDS = frozenset({"ul", "ol", "table", "tbody", "thead", "body", "html", "form", "main"})
_LINK_TAGS = ("a", "li", "tr", "div", "span", "p", "h3", "h4", "td")
_MAX_CLIMB = 5
_MAX_LINKS_IN_ROW = 6
_LONGEST_TITLE = 300
_MAX_WORDS_BESIDE_TITLE = 200

_BOX_INSIDE_ROW = re.compile(r"(?i)popbox|pop_box|tooltip|xgjd|xgwj|xglj|related|guanlian|jiedu_?box")
_NO_LIST = re.compile(
    r"(?i)nav(?!jz)|menu|foot|friend|yqlj|crumb|position|dqwz|weizhi|location|share|copyright|toolbar|topbar|"
    r"search|login|wzdh|sitemap|pagination|fenye|(?:^|[\s_-])(?:pages?|pager|logo|header|lang)(?:$|[\s_-])"
)
_NO_LIST_TAGS = frozenset({"nav", "footer", "header", "select"})


@dataclass(slots=True, eq=False)
class _Anchor:
    element: Element
    url: str
    title: str
    order: int


@dataclass(slots=True, eq=False)
class _Row:
    element: Element
    anchors: list[_Anchor]
    certain: bool = False
    published_on: date | None = None
    """Set by `_dated`; None where the row prints no date."""


@dataclass(slots=True, eq=False)
class _Scan:
    base: str
    anchors: list[_Anchor]
    reach: dict[Element, set[str]] = field(default_factory=lambda: defaultdict(set))
    """For each element near a link: the addresses below it."""
    boxes: dict[Element, bool] = field(default_factory=dict)


def read_rows(page: Page) -> tuple[Entry, ...]:
    """The rows of the lists on a page, in page order, each address once.

    Reads the national template's lists alone where they hold rows, else the whole page.
    """
    root: Element = page.elements[0]
    in_column = is_report_column(page)
    lists = lists_of(root)
    if lists:
        rows = [entry for element in lists for entry in _read(element, page.base_url, in_column)]
        if rows:
            return merge(rows)
    return merge(_read(root, page.base_url, in_column))


def merge(entries: list[Entry]) -> tuple[Entry, ...]:
    """Each address once, at its first place, with the longest title and the first date found for it."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        old = kept.get(entry.url)
        if old is None:
            kept[entry.url] = entry
            continue
        title = entry.title if len(entry.title) > len(old.title) else old.title
        kept[entry.url] = Entry(entry.url, title, old.published_on or entry.published_on)
    return tuple(kept.values())


def _read(root: Element, base: str, in_column: bool) -> list[Entry]:
    scan = _scan(root, base)
    rows = _rows(scan)
    groups: dict[Element, list[_Row]] = defaultdict(list)
    for row in rows:
        groups[_container(row.element)].append(row)
    found: list[tuple[int, Entry]] = []
    noise: dict[Element, bool] = {}
    for container, members in groups.items():
        for row, anchor in _kept(container, members, in_column, noise):
            found.append((anchor.order, Entry(anchor.url, anchor.title, row.published_on)))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def _scan(root: Element, base: str) -> _Scan:
    scan = _Scan(base, [])
    for order, element in enumerate(root.iter(*_LINK_TAGS)):
        if element.get("onclick") is None and (element.tag != "a" or element.get("href") is None):
            continue
        url = address_of(base, element)
        if url is None or url == base or (element.tag != "a" and element.find(".//a[@href]") is not None):
            continue
        title = title_of(element)
        if not title or len(title) > _LONGEST_TITLE or is_pager_button(title) or _in_box(element, scan.boxes):
            continue
        scan.anchors.append(_Anchor(element, url, title, order))
        for depth, ancestor in enumerate(element.iterancestors()):
            scan.reach[ancestor].add(url)
            if depth == _MAX_CLIMB + 2:
                break
    return scan


def _in_box(element: Element, known: dict[Element, bool]) -> bool:
    for depth, ancestor in enumerate(element.iterancestors()):
        if ancestor not in known:
            name = _name(ancestor)
            known[ancestor] = name is not None and _BOX_INSIDE_ROW.search(name) is not None
        if known[ancestor]:
            return True
        if depth == _MAX_CLIMB:
            break
    return False


def _name(element: Element) -> str | None:
    """The class and the id of an element, or None where it has neither."""
    name, mark = element.get("class"), element.get("id")
    return f"{name} {mark}" if name or mark else None


def _rows(scan: _Scan) -> list[_Row]:
    by_item: dict[Element, list[_Anchor]] = defaultdict(list)
    rows: list[_Row] = []
    for anchor in scan.anchors:
        item = _item_around(anchor.element)
        if item is None:
            rows.append(_unaided(anchor, scan))
        else:
            by_item[item].append(anchor)
    for item, anchors in by_item.items():
        if item.get(RECORD_ATTRIBUTE) is not None:
            rows.append(_dated(_Row(item, anchors, certain=True)))
        elif len({anchor.url for anchor in anchors}) == 1:
            rows.append(_dated(_Row(item, anchors)))
        else:
            own = [_unaided(anchor, scan, within=item) for anchor in anchors]
            apart = sum(1 for row in own if row.published_on is not None)
            if len(anchors) > _MAX_LINKS_IN_ROW or apart >= 2:
                rows.extend(own)
            else:
                rows.append(_dated(_Row(item, anchors)))
    return rows


def _item_around(element: Element) -> Element | None:
    nearest = None
    for depth, ancestor in enumerate((element, *element.iterancestors())):
        if ancestor.get(RECORD_ATTRIBUTE) is not None:
            return ancestor
        if nearest is None and ancestor.tag in _ROW_TAGS and depth <= _MAX_CLIMB:
            nearest = ancestor
        if depth > _MAX_CLIMB + 3:
            break
    return nearest


def _unaided(anchor: _Anchor, scan: _Scan, within: Element | None = None) -> _Row:
    """The row of a link outside list items: the smallest element around it alone that holds a date."""
    element = anchor.element
    widest = element
    for _ in range(_MAX_CLIMB):
        parent = element.getparent()
        if parent is None or parent is within or parent.tag in _BOUNDS or len(scan.reach[parent]) > 1:
            break
        row = _dated(_Row(parent, [anchor]))
        if row.published_on is not None:
            return row
        if parent.tag in ("p", "dd", "dt", "div", "td", "h3", "h4", "dl", "span", "article", "section"):
            widest = parent
        element = parent
    row = _Row(widest, [anchor])
    row.published_on = date_beside(widest)
    return row


def _dated(row: _Row) -> _Row:
    skipped = {anchor.element for anchor in row.anchors}
    row.published_on = date_of_row(row.element, skipped, _MAX_WORDS_BESIDE_TITLE)
    return row


def _container(element: Element) -> Element:
    for ancestor in element.iterancestors():
        if element.tag == "tr" and ancestor.tag != "table":
            continue
        return ancestor
    return element


def _kept(
    container: Element, rows: list[_Row], in_column: bool, noise: dict[Element, bool]
) -> list[tuple[_Row, _Anchor]]:
    pairs = [(row, anchor) for row in rows for anchor in _main_anchors(row)]
    for row, anchor in pairs:
        if is_only_a_verb(anchor.title):
            anchor.title = title_beside(row.element, anchor.element, anchor.title)
    if any(row.certain for row in rows):
        return pairs
    dated = [row for row in rows if row.published_on is not None]
    if dated and 2 * len(dated) >= len(rows):
        return [(row, a) for row, a in pairs if (row.published_on and len(a.title) >= 4) or _tells(a)]
    if _is_noise(container, noise):
        return [(row, a) for row, a in pairs if _tells(a) and (row.published_on or year_of(a.title))]
    telling = {pair for pair in pairs if _tells(pair[1])}
    articles = [pair for pair in pairs if looks_like_article(pair[1].url)]
    many = len(articles) >= 3 and 5 * len(articles) >= 3 * len(pairs)
    wordy = sum(len(pair[1].title) for pair in articles) >= 8 * len(articles)
    if telling or dated or (many and (wordy or in_column)) or (in_column and articles):
        return [
            pair
            for pair in pairs
            if pair in telling or pair[0].published_on is not None or looks_like_article(pair[1].url)
        ]
    return []


def _tells(anchor: _Anchor) -> bool:
    """Whether a title is a report's beyond doubt: no bare name of a column, or a document's page."""
    verdict = judge(anchor.title)
    if not verdict.is_report:
        return False
    if looks_like_article(anchor.url):
        return True
    file = anchor.url.rpartition("/")[2]
    return len(squeeze(anchor.title)) > 14 and file not in ("", "index.html", "index.shtml", "index.htm")


def _main_anchors(row: _Row) -> list[_Anchor]:
    """The link that is the row's, and others in it only if they are reports themselves."""
    if len(row.anchors) == 1:
        return row.anchors
    speaking = [
        anchor for anchor in row.anchors if not is_only_a_verb(anchor.title) and not is_category(anchor.title)
    ]
    if not speaking:
        return row.anchors[:1]
    main = max(speaking, key=lambda anchor: len(anchor.title))
    return [anchor for anchor in speaking if anchor is main or judge(anchor.title).is_report]


def _is_noise(element: Element, known: dict[Element, bool]) -> bool:
    """Whether an element or one around it is a menu, a footer, a crumb line or a box of friend links."""
    passed: list[Element] = []
    answer = False
    for node in (element, *element.iterancestors()):
        if node in known:
            answer = known[node]
            break
        passed.append(node)
        if node.tag in ("body", "html"):
            break
        if node.tag in _NO_LIST_TAGS or ((name := _name(node)) and _NO_LIST.search(name)):
            answer = True
            break
    known.update(dict.fromkeys(passed, answer))
    return answer
