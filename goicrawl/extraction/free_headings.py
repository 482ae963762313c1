"""Headings of reports in words that number their chapters otherwise: 一、概述。2010年…, （一）概述, 1、概述.

They are looked for only in documents without any form's table: inside a form's chapters the same marks number
paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from goicrawl.documents.document import Document, Paragraph
from goicrawl.extraction.section_headings import Heading, official_number
from goicrawl.forms.labels import read_label

_LONGEST = 45
_RUN_IN = re.compile(r"\s*[一二三四五六七八九十]{1,2}[、.．]\s*[^。；;：:，,\s]{2,30}[。：:](?=.)")
_INSIDE = re.compile(r"[。；;？?！!]")


def run_in_headings(document: Document) -> list[Heading]:
    """Headings that their chapter's text follows in the same line: 一、主动公开情况。2010年，全区…"""
    found = []
    for at, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph):
            continue
        match = _RUN_IN.match(block.text)
        if match is None:
            continue
        text = match[0].strip().rstrip("。：:")
        level, printed, official = official_number(text)
        if level == 0 and printed is not None:
            found.append(Heading(at, 0, match.end(), text, printed, official, 0, at))
    return found


def numbered_lines(document: Document, level: int) -> list[Heading]:
    """Lines that may be headings and are numbered （一） (level 1) or 1. (level 2)."""
    return list(_numbered_lines(document, level))


def _numbered_lines(document: Document, level: int) -> Iterator[Heading]:
    for at, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph) or not 4 <= len(block.text) <= _LONGEST:
            continue
        text = block.text
        if text[-1] in "。；;，,、：:" or text[-1].isdigit() or _INSIDE.search(text) is not None:
            continue
        label = read_label(text)
        if label.level == level and label.number is not None and len(label.key) >= 2:
            yield Heading(at, 0, len(text), text, label.number, official_number(text)[2], level, at)
