"""The text of an element as a reader of the page would see it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from goicrawl.documents.document import IMAGE

SKIP = frozenset(
    {
        "script", "style", "noscript", "template", "head", "title", "meta", "link", "select", "textarea", "button",
        "svg", "canvas", "-comment", "#comment", "_comment", "!--", "-doctype", "iframe", "object", "video", "audio",
    }
)  # fmt: skip
_BLOCK = frozenset(
    {
        "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "center",
        "section", "article", "blockquote", "pre", "td", "th", "tbody",
    }
)  # fmt: skip
_STRUCK = frozenset({"s", "strike", "del"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_WHITE = re.compile(r"[ \t\r\n\f\v]+")
_MARK = "\x00"


def readable(text: str) -> str:
    """White space as HTML shows it: runs of ASCII space become one; others are kept inside."""
    return _WHITE.sub(" ", text).strip(" \xa0\u3000")


def is_hidden(node: LexborNode) -> bool:
    """Whether the element's own attributes hide it."""
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def _is_struck(node: LexborNode) -> bool:
    style = node.attributes.get("style")
    return style is not None and "line-through" in style.lower()


def cell_text(cell: LexborNode, hides: bool) -> str:
    """A cell's text; block elements and line breaks inside it end a line.

    Raised and lowered digits become their own characters, so that a footnote mark never joins a number.
    """
    text = cell.text(separator=_MARK)
    if not hides:
        if _MARK not in text:
            child = cell.child
            if child is None or child.tag == "-text":
                return readable(text)
        chunks = [chunk for chunk in (readable(part) for part in text.split(_MARK)) if chunk != ""]
        if len(chunks) == 1 and _plain(cell):
            return chunks[0]
    lines: list[list[str]] = [[]]
    _collect(cell, lines, hides)
    return "\n".join(line for line in (readable("".join(parts)) for parts in lines) if line != "")


def _plain(cell: LexborNode) -> bool:
    """Whether the one text inside stands in elements that do not change its meaning."""
    node = cell
    while True:
        child = node.child
        element: LexborNode | None = None
        while child is not None:
            tag = child.tag
            if tag != "-text":
                if tag in SKIP or tag in _STRUCK or tag == "sup" or tag == "sub" or element is not None:
                    return False
                element = child
            child = child.next
        if element is None:
            return True
        node = element


def _collect(root: LexborNode, lines: list[list[str]], hides: bool) -> None:
    stack: list[tuple[LexborNode | None, str]] = [(root.child, "")]
    while stack:
        node, mode = stack.pop()
        if node is None:
            if mode == "block":
                lines.append([])
            continue
        stack.append((node.next, mode))
        tag = node.tag
        if tag == "-text":
            text = node.text_content or ""
            if mode == "sup":
                text = text.translate(_RAISED)
            elif mode == "sub":
                text = text.translate(_LOWERED)
            lines[-1].append(text)
        elif tag == "textarea":
            if not is_hidden(node):
                lines[-1].append(node.text() or "")
        elif tag is None or tag in SKIP or tag in _STRUCK or _is_struck(node) or (hides and is_hidden(node)):
            continue
        elif tag == "br" or tag == "hr":
            lines.append([])
        elif tag == "img":
            lines[-1].append(IMAGE)
        elif tag == "input":
            attributes = node.attributes
            if attributes.get("type") != "hidden":
                lines[-1].append(attributes.get("value") or "")
        elif tag in _BLOCK:
            lines.append([])
            stack.append((node.child, "block"))
        else:
            stack.append(
                (node.child, tag if tag in ("sup", "sub") else (mode if mode in ("sup", "sub") else ""))
            )
