"""Text and dates of page elements, as a reader of the page would see them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from lxml import etree

Element = etree._Element

NODE_LIMIT = 80
"""A link, a row's cell or a pager's button has no more elements than this."""

_SPACE = re.compile(r"[\s\u00a0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]+")
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*[-./年]\s*(0?[1-9]|1[0-2])\s*[-./月]\s*(0?[1-9]|[12]\d|3[01])(?!\d)\s*日?"
)
_WHOLLY_DATE = re.compile(rf"^[\s\[(（【:：]*{_DATE.pattern}[\s\d:：\])）】]*$")
_UNSEEN = frozenset({"script", "style", "noscript", "template", "textarea"})


def is_element(node: Element) -> bool:
    """Whether a node is an element: comments and processing instructions have functions for tags."""
    tag: object = node.tag
    return isinstance(tag, str)


def squeeze(text: str) -> str:
    """`text` without any white space: portals break words by `<br>`, NBSP and ideographic spaces."""
    return _SPACE.sub("", text)


def tidy(text: str) -> str:
    """`text` with every run of white space as one space and none at the ends."""
    return _SPACE.sub(" ", text).strip()


def pieces(
    element: Element, skip: Callable[[Element], bool] | None = None, limit: int | None = NODE_LIMIT
) -> Iterator[str]:
    """The text nodes below `element` in order, without scripts and whatever `skip` turns away.

    Stops after `limit` elements (None: reads all): pages with unclosed tags nest thousands of links in
    one another, and reading each of them whole would take minutes.
    """
    if element.tag in _UNSEEN:
        return
    stack: list[tuple[Element, bool]] = [(element, False)]
    seen = 0
    while stack:
        node, closing = stack.pop()
        if closing:
            if node.tail:
                yield node.tail
            continue
        if node is not element:
            seen += 1
            if limit is not None and seen > limit:
                return
            stack.append((node, True))
            if not is_element(node) or node.tag in _UNSEEN or (skip is not None and skip(node)):
                continue
        if node.text:
            yield node.text
        stack.extend((child, False) for child in reversed(node))


def text_of(
    element: Element, skip: Callable[[Element], bool] | None = None, limit: int | None = NODE_LIMIT
) -> str:
    """The visible text of an element, white space made single; `limit` as in `pieces`."""
    return tidy("".join(pieces(element, skip, limit)))


def is_date_element(element: Element) -> bool:
    """Whether an element holds nothing but a date."""
    return len(element) <= 4 and is_date(text_of(element, limit=4))


def dates_in(text: str) -> list[date]:
    """The dates printed in a text, in order; what is no day of the calendar is left out."""
    found = []
    for match in _DATE.finditer(text):
        try:
            found.append(date(int(match[1]), int(match[2]), int(match[3])))
        except ValueError:
            continue
    return found


def is_date(text: str) -> bool:
    """Whether a text is nothing but a date (with a time perhaps)."""
    return _WHOLLY_DATE.match(text) is not None


def edge_date(text: str) -> date | None:
    """The date that a text begins or ends with, else None."""
    bare = without_edge_date(text)
    return next(iter(dates_in(text)), None) if bare != text else None


def without_edge_date(text: str) -> str:
    """A title without the date that some templates print inside the link, before or after it."""
    if not _DATE.search(text):
        return text
    bare = re.sub(rf"[\s\[(（【]*{_DATE.pattern}[\s\d:：]*[\])）】]*$", "", text)
    return re.sub(rf"^[\[(（【\s]*{_DATE.pattern}[\])）】\s]*", "", bare).strip()
