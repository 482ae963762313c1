"""The text of an element as a reader of the page would see it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from selectolax.lexbor import LexborNode

from goicrawl.documents.document import IMAGE
from goicrawl.documents.html_tags import (
    BLOCK,
    BREAK,
    IN_CELL,
    INLINE,
    INPUT,
    RAISED,
    SKIP,
    TEXT,
    TEXTAREA,
)
from goicrawl.documents.html_tags import IMAGE as IMAGE_ELEMENT

BLANK = " \t\r\n\f\v\xa0\u3000"
"""What is no text at the ends of a line."""
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED_DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_WHITE = re.compile(r"[ \t\r\n\f\v]+")


def readable(text: str) -> str:
    """White space as HTML shows it: runs of ASCII space become one; others are kept inside."""
    text = text.strip(BLANK)
    # Of all white space only the simple space is printable: most texts need no more than this.
    if text.isprintable() and "  " not in text:
        return text
    return _WHITE.sub(" ", text)


def is_hidden(node: LexborNode) -> bool:
    """Whether the element's own attributes hide it."""
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def cell_text(cell: LexborNode, dropped: AbstractSet[int], shifted: Mapping[int, int]) -> str:
    """A cell's text; block elements and line breaks inside it end a line.

    Raised and lowered digits become their own characters, so that a footnote mark never joins a number.

    Args:
        dropped: `mem_id` of the elements that are hidden or struck through.
        shifted: those of elements whose digits stand above or below the line, with RAISED or LOWERED.
    """
    node = cell.first_child
    # Most cells hold one text, at most wrapped in elements that change nothing about it.
    while node is not None and node.next is None:
        kind = IN_CELL.get(node.tag_id, INLINE)
        if kind == TEXT:
            return readable(node.text_content or "")
        if kind != INLINE and kind != BLOCK:
            break
        if (dropped or shifted) and (node.mem_id in dropped or node.mem_id in shifted):
            break
        node = node.first_child
    if node is None:
        return ""
    return "\n".join(_lines(node, dropped, shifted))


def _lines(first: LexborNode, dropped: AbstractSet[int], shifted: Mapping[int, int]) -> list[str]:
    """The lines that a node and those after it make. Iterative: depth costs no stack."""
    kind_of = IN_CELL.get
    lines: list[str] = []
    run: list[str] = []
    # What follows an element once it ends: the next node, how digits stand there, and whether a line ends.
    after: list[tuple[LexborNode | None, int, bool]] = []
    node: LexborNode | None = first
    mode = INLINE
    while True:
        if node is None:
            if not after:
                break
            node, mode, ends_line = after.pop()
            if ends_line:
                _end_line(lines, run)
            continue
        kind = kind_of(node.tag_id, INLINE)
        if kind == TEXT:
            text = node.text_content or ""
            if mode != INLINE:
                text = text.translate(RAISED_DIGITS if mode == RAISED else LOWERED_DIGITS)
            run.append(text)
        elif kind == TEXTAREA:
            if not is_hidden(node):
                run.append(node.text())
        elif kind == SKIP or (dropped and node.mem_id in dropped):
            pass
        elif kind == INLINE:
            following = node.next
            moved = shifted.get(node.mem_id, mode) if shifted else mode
            if following is not None or moved != mode:
                after.append((following, mode, False))
            mode = moved
            node = node.first_child
            continue
        elif kind == BREAK:
            _end_line(lines, run)
        elif kind == IMAGE_ELEMENT:
            run.append(IMAGE)
        elif kind == INPUT:
            run.append(_value(node))
        else:
            if kind == BLOCK:
                _end_line(lines, run)
                after.append((node.next, mode, True))
            else:
                after.append((node.next, mode, False))
                mode = kind
            node = node.first_child
            continue
        node = node.next
    _end_line(lines, run)
    return lines


def _end_line(lines: list[str], run: list[str]) -> None:
    if run:
        line = readable(run[0] if len(run) == 1 else "".join(run))
        run.clear()
        if line != "":
            lines.append(line)


def _value(node: LexborNode) -> str:
    """What a form's field shows."""
    attributes = node.attributes
    if (attributes.get("type") or "").strip().lower() == "hidden":
        return ""
    return attributes.get("value") or ""
