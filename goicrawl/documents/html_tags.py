"""What each HTML element means to the reader, by the parser's own numbers for elements.

Comparing numbers costs half of what comparing names does, and it is done for every node of every page.
Elements that the parser has no number for (`o:p`, misspelled ones) are told by their names.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

# Kinds. On the page, outside cells, with RAISED and LOWERED:
TEXT: Final = 0
SKIP: Final = 1
BREAK: Final = 2
TABLE: Final = 3
INLINE: Final = 4
BLOCK: Final = 5
HEADING: Final = 6
# Inside a cell, besides TEXT, SKIP, BREAK, INLINE and BLOCK:
IMAGE: Final = 7
INPUT: Final = 8
TEXTAREA: Final = 9
RAISED: Final = 10
LOWERED: Final = 11

_NUMBERED: Final = 1000
"""The parser's numbers are below; what it gives unknown elements is an address."""

_SKIP = (
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "select", "textarea",
    "button", "svg", "canvas", "iframe", "object", "video", "audio", "dialog", "datalist", "rt", "rp",
)  # fmt: skip
_INLINE = (
    "a", "abbr", "acronym", "b", "basefont", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
)  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCK_IN_CELL = (
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", *_HEADINGS, "tr", "table", "center",
    "section", "article", "blockquote", "pre", "td", "th", "tbody",
)  # fmt: skip
_DRAWN = ("svg", "canvas", "select", "object")
"""What shows something in a cell that cannot be read."""
_STRUCK = ("s", "strike", "del")

_BLOCK = (
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "center", "section", "article", "header", "footer", "nav",
    "main", "aside", "form", "fieldset", "blockquote", "pre", "tbody", "tr", "td", "th", "img", "input",
)  # fmt: skip

_PARSER = LexborHTMLParser("<body>.<!---->")
_PAGE_TEXT, _COMMENT = (node.tag_id for node in _PARSER.css("body")[0].iter(include_text=True))
_NO_ELEMENT: Final = 0


def number(name: str) -> int:
    """The parser's number for an element."""
    return _PARSER.create_node(name).tag_id


def _numbers(kinds: Iterable[tuple[Iterable[str], int]]) -> dict[int, int]:
    numbers = {_PAGE_TEXT: TEXT, _COMMENT: SKIP, _NO_ELEMENT: SKIP}
    for names, kind in kinds:
        numbers.update((number(name), kind) for name in names)
    return {number: kind for number, kind in numbers.items() if number < _NUMBERED}


HEADING_LEVELS: Final = {number(name): level for level, name in enumerate(_HEADINGS, 1)}
ON_PAGE: Final = _numbers(
    (
        (_SKIP, SKIP),
        (("br", "hr"), BREAK),
        (("table",), TABLE),
        (_INLINE, INLINE),
        (("sup",), RAISED),
        (("sub",), LOWERED),
        (_HEADINGS, HEADING),
        (_BLOCK, BLOCK),
    )
)
"""Kinds outside cells; for whatever is missing ask `other_kind`."""
IN_CELL: Final = _numbers(
    (
        (_SKIP, SKIP),
        (_STRUCK, SKIP),
        (("br", "hr"), BREAK),
        (_BLOCK_IN_CELL, BLOCK),
        (("img", *_DRAWN), IMAGE),
        (("input",), INPUT),
        (("textarea",), TEXTAREA),
        (("sup",), RAISED),
        (("sub",), LOWERED),
    )
)
"""Kinds inside cells; whatever is missing is inline."""

TD: Final = number("td")
TH: Final = number("th")
ROW: Final = number("tr")
CAPTION: Final = number("caption")
FOOT: Final = number("tfoot")
ROW_GROUPS: Final = (number("tbody"), number("thead"), FOOT)


def other_kind(node: LexborNode) -> int:
    """The kind of an element outside cells that `ON_PAGE` lacks: names with a prefix are Word's, inline."""
    name = node.tag
    if name is None:
        return SKIP
    return INLINE if ":" in name else BLOCK
