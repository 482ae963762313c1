"""What stands on every page beside the text: running page numbers, heads and feet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from goicrawl.documents.pdf_breaks import Table
from goicrawl.documents.pdf_text import TextLine, page_mark

_MARGIN: Final = 0.12
"""They stand in this part of a page, above and below."""
_SAME: Final = 2.0
"""Points by which a running line may move from page to page."""


@dataclass
class Page:
    """What stands on a page, in reading order, and from where to where it reaches."""

    number: int
    items: list[TextLine | Table] = field(default_factory=list)
    top: float = 0.0
    bottom: float = 0.0

    def edges(self) -> list[TextLine]:
        """The lines at the very top and bottom, in the margins."""
        margin = (self.bottom - self.top) * _MARGIN
        return [
            item
            for item in {id(one): one for one in (self.items[:3] + self.items[-3:])}.values()
            if isinstance(item, TextLine) and not self.top + margin < item.y < self.bottom - margin
        ]


def furniture(pages: Sequence[Page]) -> set[int]:
    """The identities of lines that are no text: page numbers, and running lines after their first page."""
    return {id(line) for line in [*_page_marks(pages), *_running(pages)]}


def _page_marks(pages: Sequence[Page]) -> list[TextLine]:
    """The first or last line of a page where it is a page number; a bare number only if it counts pages."""
    out: list[TextLine] = []
    bare: list[tuple[int, TextLine]] = []
    for page in pages:
        for line in page.edges():
            mark = page_mark(line)
            if mark is not None and mark[1]:
                out.append(line)
            elif mark is not None:
                bare.append((mark[0] - page.number, line))
    offsets = Counter(offset for offset, _ in bare)
    out += [line for offset, line in bare if offset == 1 or offsets[offset] > 1]
    return out


def _running(pages: Sequence[Page]) -> list[TextLine]:
    """Lines that a page repeats from one before it at the same place, word for word."""
    out: list[TextLine] = []
    seen: dict[str, list[TextLine]] = {}
    for page in pages:
        for line in page.edges():
            known = seen.setdefault(line.text, [])
            if any(abs(one.y - line.y) <= _SAME and abs(one.x0 - line.x0) <= _SAME for one in known):
                out.append(line)
            else:
                known.append(line)
    return out
