"""The date that a list prints for a row: in the row, inside its link, or just beside it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import islice

from goicrawl.portals.texts import (
    NODE_LIMIT,
    Element,
    dates_in,
    edge_date,
    is_date_element,
    is_element,
    squeeze,
    text_of,
)

_BESIDE_LENGTH = 40
_NESTED = frozenset({"ul", "ol", "table"})


def date_of_row(row: Element, links: Collection[Element], longest: int) -> date | None:
    """The date of a row whose links are `links`; None where there is none or the row says too much.

    `longest` is the length, in characters, that a row's words beside its links may have: beyond it the
    element is no row but a part of the page. Of several dates the one labelled 发布 counts, or the one
    below a heading 发布日期, else the first.
    """
    texts = _texts_outside(row, links)
    if sum(len(text) for text in texts) <= longest:
        dated = [(text, found) for text in texts if (found := dates_in(text))]
        if dated:
            return _choose(row, dated)
    for link in links:
        for child in islice(link.iterdescendants(), NODE_LIMIT):
            if is_element(child) and is_date_element(child):
                return next(iter(dates_in(text_of(child))), None)
    for link in links:
        day = edge_date(text_of(link))
        if day is not None:
            return day
    return None


def date_beside(element: Element) -> date | None:
    """The date between an element and the next link (or, where every date comes first, before it)."""
    after = _date_along(element, forward=True)
    if after is None:
        return _date_along(element, forward=False)
    if _date_along(element, forward=False) is None:
        return after
    # Dates on both sides: the whole run of siblings tells which side is a row's own.
    parent = element.getparent()
    if parent is None:
        return after
    first = next(child for child in parent if child is element or _has_link(child))
    last = next(child for child in reversed(parent) if child is element or _has_link(child))
    first_has_before = _date_along(first, forward=False) is not None
    last_has_after = _date_along(last, forward=True) is not None
    if first_has_before and not last_has_after:
        return _date_along(element, forward=False)
    return after


def _choose(row: Element, dated: list[tuple[str, list[date]]]) -> date:
    days = [day for _, found in dated for day in found]
    if len(set(days)) == 1:
        return days[0]
    for text, found in dated:
        bare = squeeze(text)
        if "发布" in bare or "公布" in bare:
            return found[-1] if len(found) > 1 and bare.find("发布") > 10 else found[0]
    if row.tag == "tr":
        return _under_heading(row) or days[0]
    return days[0]


def _under_heading(row: Element) -> date | None:
    table = next((ancestor for ancestor in row.iterancestors("table")), None)
    head = table.find(".//tr") if table is not None else None
    if head is None or head is row:
        return None
    names = [squeeze(text_of(cell)) for cell in head.iterchildren("td", "th")]
    column = next((i for i, name in enumerate(names) if "发布" in name or "公布" in name), None)
    cells = list(row.iterchildren("td", "th"))
    if column is None or column >= len(cells) or len(cells) != len(names):
        return None
    return next(iter(dates_in(text_of(cells[column]))), None)


def _texts_outside(row: Element, links: Collection[Element]) -> list[str]:
    """The texts of a row by element, without its links and without lists nested in it."""
    found: list[str] = []
    around: set[Element] = set()
    for link in links:
        for ancestor in link.iterancestors():
            if ancestor is row:
                break
            around.add(ancestor)

    def skip(child: Element) -> bool:
        return child in links or child.tag in _NESTED

    def walk(element: Element) -> None:
        for child in element:
            if is_element(child) and not skip(child):
                if child in around:
                    own = (child.text or "").strip()
                    if own:
                        found.append(own)
                    walk(child)
                else:
                    text = text_of(child, skip)
                    if text:
                        found.append(text)
            if child.tail and child.tail.strip():
                found.append(child.tail.strip())

    if row in links:
        return []
    if row.text and row.text.strip():
        found.append(row.text.strip())
    walk(row)
    return found


def _date_along(element: Element, *, forward: bool) -> date | None:
    texts: list[str] = []
    if forward and element.tail:
        texts.append(element.tail)
    for sibling in element.itersiblings(preceding=not forward):
        if not forward and sibling.tail:
            texts.insert(0, sibling.tail)
        if _has_link(sibling):
            break
        if is_element(sibling):
            texts.insert(len(texts) if forward else 0, text_of(sibling))
        if forward and sibling.tail:
            texts.append(sibling.tail)
        if sum(len(text.strip()) for text in texts) > _BESIDE_LENGTH:
            break
    else:
        parent = element.getparent()
        if not forward and parent is not None and parent.text:
            texts.insert(0, parent.text)
    joined = " ".join(texts).strip()
    if len(joined) > _BESIDE_LENGTH:
        return None
    found = dates_in(joined)
    if not found:
        return None
    return found[0] if forward else found[-1]


def _has_link(element: Element) -> bool:
    return is_element(element) and (element.tag == "a" or element.find(".//a") is not None)
