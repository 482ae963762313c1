"""Which elements of a page are not plain: found by a few searches in the whole tree before it is walked.

A search costs a hundredth of what asking every element for its attributes does. Elements are known by
their `mem_id`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from goicrawl.documents.html_tags import LOWERED, RAISED, TD, TH
from goicrawl.documents.html_text import is_hidden

CELLS = frozenset({TD, TH})
_LAYOUT = ("table", "tr", "td", "th")
_UNSEEN_SIGNS = tuple(
    re.compile(sign)
    for sign in (
        rb"font-size\s*:\s*0(?![.\d])", rb"opacity\s*:\s*0(?![.\d])", rb"collapse", rb"-\d{3,}(?:px|em|pt)",
    )
)  # fmt: skip
"""Each begins with signs that are looked for as such; together in one expression they take thrice as long."""
_UNSEEN = re.compile(
    r"font-size\s*:\s*0(?![.\d])|(?<![-\w])opacity\s*:\s*0(?![.\d])|visibility\s*:\s*collapse"
    r"|(?<![-\w])(?:left|top|text-indent)\s*:\s*-\d{3,}(?:px|em|pt)",
    re.IGNORECASE,
)
_ABOVE = re.compile(r"vertical-align\s*:\s*(?:super|text-top)|text-raise\s*:\s*[1-9]", re.IGNORECASE)
_BELOW = re.compile(r"vertical-align\s*:\s*(?:sub|text-bottom)\b|text-raise\s*:\s*-[1-9]", re.IGNORECASE)
_MEDIA_RULES = re.compile(r"@[a-z-]+[^{}]{0,200}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
_LONGEST_SHEET = 100_000
_HIDING_CLASS = re.compile(
    r"(?:^|[}\s,/>])\.([A-Za-z_][\w-]*)\s*\{[^{}]*display\s*:\s*none[^{}]*\}", re.IGNORECASE
)
_SPAN = re.compile(r"\s*(\d{1,6})")


class Marks:
    """What is known about a page's elements.

    Attributes:
        hidden: elements that stay out because a browser would not show them.
        dropped: those, elements whose style strikes them through, and elements too small or too far away to
            be seen.
        shifted: elements whose style raises or lowers them, and links to notes, with RAISED or LOWERED.
        outer: tables, rows and cells that hold a table.
        spans: rowspan and colspan of the cells that give either, at least 1.
        rows: parents of cells that have spans or are dropped.
    """

    def __init__(self, tree: LexborHTMLParser, lowered: bytes, *, hides: bool) -> None:
        """Args:
        lowered: the page's bytes in lower case: what does not occur in them need not be searched for.
        hides: whether hidden elements, if there are any, stay out.
        """
        hidden = _hidden_elements(tree) if hides and (b"display" in lowered or b"hidden" in lowered) else []
        struck = tree.css('[style*="line-through" i]') if b"line-through" in lowered else []
        if any(sign.search(lowered) is not None for sign in _UNSEEN_SIGNS):
            struck += [node for node in tree.css("[style]") if _matches(node, _UNSEEN)]
        self.shifted = _shifted(tree, lowered)
        spanning = tree.css("[rowspan],[colspan]")
        self.hidden = frozenset(node.mem_id for node in hidden)
        self.dropped = self.hidden.union(node.mem_id for node in struck)
        self.outer = _layout_elements(tree)
        self.spans = {node.mem_id: _spans(node) for node in spanning}
        self.rows = frozenset(_parents_of_cells((*hidden, *struck, *spanning)))


def _hidden_elements(tree: LexborHTMLParser) -> list[LexborNode]:
    candidates = tree.css('[hidden],[style*="display" i],[style*="visibility" i]')
    hidden = [node for node in candidates if is_hidden(node)]
    for sheet in tree.css("style"):
        # What a sheet hides on some screens only is shown on others.
        rules = _MEDIA_RULES.sub("", (sheet.text() or "")[:_LONGEST_SHEET])
        for name in dict.fromkeys(_HIDING_CLASS.findall(rules)):
            hidden.extend(tree.css(f".{name}"))
    return hidden


def _matches(node: LexborNode, pattern: re.Pattern[str]) -> bool:
    return pattern.search(node.attributes.get("style") or "") is not None


def _shifted(tree: LexborHTMLParser, lowered: bytes) -> dict[int, int]:
    """Elements inside cells whose digits stand above or below the line."""
    found: dict[int, int] = {}
    if b"vertical-align" in lowered or b"text-raise" in lowered:
        for node in tree.css('td [style*="vertical-align" i],td [style*="text-raise" i]'):
            if _matches(node, _ABOVE):
                found[node.mem_id] = RAISED
            elif _matches(node, _BELOW):
                found[node.mem_id] = LOWERED
    if b'href="#' in lowered or b"href='#" in lowered:
        found.update((node.mem_id, RAISED) for node in tree.css('td a[href^="#"]'))
    return found


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
