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
from goicrawl.portals.standard_template import lists_of
from goicrawl.portals.texts import Element, is_date, squeeze, text_of, tidy, without_edge_date
from goicrawl.portals.titles import judge

RECORD_ATTRIBUTE = "data-record"
"""An element with this attribute is one row for certain (a family unpacked it from a data store)."""

_ROW_TAGS = frozenset({"li", "tr"})
_BOUNDS = frozenset({"ul", "ol", "table", "tbody", "thead", "body", "html", "form", "main"})
_MAX_CLIMB = 5
_MAX_LINKS_IN_ROW = 6
_MAX_WORDS_BESIDE_TITLE = 200

_BOX_INSIDE_ROW = re.compile(r"(?i)popbox|pop_box|tooltip|xgjd|xgwj|xglj|related|guanlian|jiedu_?box")
_NO_LIST = re.compile(
    r"(?i)nav(?!jz)|menu|foot|friend|yqlj|crumb|position|dqwz|weizhi|location|share|copyright|toolbar|topbar|"
    r"search|login|wzdh|sitemap|pagination|fenye|(?:^|[\s_-])(?:pages?|pager|logo|header|lang)(?:$|[\s_-])"
)
_NO_LIST_TAGS = frozenset({"nav", "footer", "header", "select"})
_PAGER_TEXT = re.compile(
    r"^(?:[<>«»›‹\[(]*(?:首页|上一?页|下一?页|尾页|末页|\d{1,4}|更多|more|查看更多|返回.{0,6})[<>«»›‹\])+]*|[<>«»›‹.…]+)$",
    re.IGNORECASE,
)
_ONLY_A_VERB = re.compile(
    r"^(?:点击)?(?:查看|详情|详细|下载|附件|打开|浏览|阅读|预览|在线查看|查看详情|全文|链接|更多|解读|相关解读|图解|政策解读|下载?文字版|下载?图片版|word版?|pdf版?|文字版|图片版)+(?:下载)?$",
    re.IGNORECASE,
)
_CATEGORY = re.compile(r"^[\[【〔(（].{1,14}[\]】〕)）]$")
_CUT = re.compile(r"(?:\.{2,}|…+)$")


@dataclass(slots=True)
class _Anchor:
    element: Element
    url: str
    title: str
    order: int


@dataclass(slots=True)
class _Row:
    element: Element
    anchors: list[_Anchor]
    certain: bool = False
    published_on: date | None = None
    """Set by `_dated`; None where the row prints no date."""


@dataclass(slots=True)
class _Scan:
    base: str
    anchors: list[_Anchor]
    reach: dict[Element, set[str]] = field(default_factory=lambda: defaultdict(set))
    """For each element near a link: the addresses below it."""


def read_rows(page: Page) -> tuple[Entry, ...]:
    """The rows of the lists on a page, in page order, each address once.

    Reads the national template's lists alone where they hold rows, else the whole page.
    """
    root: Element = page.selector.root
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


def title_of(element: Element) -> str:
    """The title of a link, in full: its text, or its title attribute where the text is cut or empty."""
    text = without_edge_date(text_of(element, lambda child: is_date(text_of(child)))) or text_of(element)
    attribute = without_edge_date(tidy(element.get("title", "")))
    if not text:
        image = element.find(".//img")
        return attribute or (
            tidy(image.get("alt", "") or image.get("title", "")) if image is not None else ""
        )
    if not attribute or attribute == text:
        return text
    bare, whole = squeeze(text), squeeze(attribute)
    if _CUT.search(bare) and whole.startswith(_CUT.sub("", bare)[:-1]):
        return attribute
    return attribute if bare in whole else text


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
            found.append((anchor.order, Entry(anchor.url, _full_title(row, anchor), row.published_on)))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def _scan(root: Element, base: str) -> _Scan:
    scan = _Scan(base, [])
    for order, element in enumerate(root.iter("a", "li", "tr", "div", "span", "p", "h3", "h4", "td")):
        if element.tag != "a" and element.get("onclick") is None:
            continue
        if element.tag == "a" and element.get("href") is None and element.get("onclick") is None:
            continue
        url = address_of(base, element)
        if url is None or (element.tag != "a" and element.find(".//a[@href]") is not None):
            continue
        title = title_of(element)
        if not title or _PAGER_TEXT.match(squeeze(title)) or _in_box(element):
            continue
        scan.anchors.append(_Anchor(element, url, title, order))
        for depth, ancestor in enumerate(element.iterancestors()):
            scan.reach[ancestor].add(url)
            if depth == _MAX_CLIMB + 2:
                break
    return scan


def _in_box(element: Element) -> bool:
    for depth, ancestor in enumerate(element.iterancestors()):
        if depth == 6:
            return False
        if _BOX_INSIDE_ROW.search(f"{ancestor.get('class', '')} {ancestor.get('id', '')}"):
            return True
    return False


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
    if any(row.certain for row in rows):
        return pairs
    dated = [row for row in rows if row.published_on is not None]
    telling = [pair for pair in pairs if _tells(pair[1])]
    if dated and 2 * len(dated) >= len(rows):
        return [
            pair
            for pair in pairs
            if pair in telling or (pair[0].published_on is not None and len(pair[1].title) >= 4)
        ]
    if _is_noise(container, noise):
        return [pair for pair in pairs if pair[0].published_on is not None and pair in telling]
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
        anchor
        for anchor in row.anchors
        if not _ONLY_A_VERB.match(squeeze(anchor.title)) and not _CATEGORY.match(squeeze(anchor.title))
    ]
    if not speaking:
        return row.anchors[:1]
    main = max(speaking, key=lambda anchor: len(anchor.title))
    return [anchor for anchor in speaking if anchor is main or judge(anchor.title).is_report]


def _full_title(row: _Row, anchor: _Anchor) -> str:
    """The anchor's title, or the row's longest text where the link only says 查看 or 下载."""
    if not _ONLY_A_VERB.match(squeeze(anchor.title)):
        return anchor.title
    texts = [
        text_of(cell) for cell in row.element if cell is not anchor.element and cell.find(".//a") is None
    ]
    longest = max((text for text in texts if not is_date(text)), key=len, default="")
    return longest if len(longest) > len(anchor.title) else anchor.title


def _is_noise(element: Element, known: dict[Element, bool]) -> bool:
    """Whether an element or one around it is a menu, a footer, a crumb line or a box of friend links."""
    if element in known:
        return known[element]
    if element.tag in _NO_LIST_TAGS or _NO_LIST.search(f"{element.get('class', '')} {element.get('id', '')}"):
        answer = element.tag not in ("body", "html")
    else:
        parent = element.getparent()
        answer = parent is not None and _is_noise(parent, known)
    known[element] = answer
    return answer
