"""Which elements of a page are not plain: found by a few searches in the whole tree before it is walked.

A search costs a hundredth of what asking every element for its attributes does. Elements are known by
their `mem_id`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from goicrawl.documents.html_tags import TD, TH
from goicrawl.documents.html_text import is_hidden

CELLS = frozenset({TD, TH})
_LAYOUT = ("table", "tr", "td", "th")
_SPAN = re.compile(r"\s*(\d{1,6})")


class Marks:
    """What is known about a page's elements.

    Attributes:
        hidden: elements that stay out because a browser would not show them.
        dropped: those, and elements whose style strikes them through.
        outer: tables, rows and cells that hold a table.
        spans: rowspan and colspan of the cells that give either, at least 1.
        rows: parents of cells that have spans or are dropped.
    """

    def __init__(self, tree: LexborHTMLParser, *, hides: bool, strikes: bool) -> None:
        """Args:
        hides: whether hidden elements, if there are any, stay out.
        strikes: whether anything may be struck through by its style.
        """
        hidden = _hidden_elements(tree) if hides else []
        struck = tree.css('[style*="line-through" i]') if strikes else []
        spanning = tree.css("[rowspan],[colspan]")
        self.hidden = frozenset(node.mem_id for node in hidden)
        self.dropped = self.hidden.union(node.mem_id for node in struck)
        self.outer = _layout_elements(tree)
        self.spans = {node.mem_id: _spans(node) for node in spanning}
        self.rows = frozenset(_parents_of_cells((*hidden, *struck, *spanning)))


def _hidden_elements(tree: LexborHTMLParser) -> list[LexborNode]:
    candidates = tree.css('[hidden],[style*="display" i],[style*="visibility" i]')
    return [node for node in candidates if is_hidden(node)]


def _parents_of_cells(nodes: Iterable[LexborNode]) -> Iterable[int]:
    for node in nodes:
        parent = node.parent if node.tag_id in CELLS else None
        if parent is not None:
            yield parent.mem_id


def _layout_elements(tree: LexborHTMLParser) -> frozenset[int]:
    outer: set[int] = set()
    for table in tree.css("table table"):
        parent = table.parent
        while parent is not None:
            if parent.tag in _LAYOUT:
                if parent.mem_id in outer:
                    break
                outer.add(parent.mem_id)
            parent = parent.parent
    return frozenset(outer)


def _spans(cell: LexborNode) -> tuple[int, int]:
    attributes = cell.attributes
    return _span(attributes.get("rowspan")), _span(attributes.get("colspan"))


def _span(value: str | None) -> int:
    if value is None:
        return 1
    match = _SPAN.match(value)
    return max(int(match.group(1)), 1) if match is not None else 1
