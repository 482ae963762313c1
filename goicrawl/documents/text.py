"""Plain text to blocks: a page flattened to lines, or a Markdown copy whose tables stand in pipes."""

from __future__ import annotations

import re
from collections import Counter

from goicrawl.documents.document import Block, Document, GridBuilder, Paragraph
from goicrawl.documents.encodings import decode

_RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?$")
_BOX = re.compile(r"^[─━═┄┅┈┉┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬+\-│┃║ ]+$")
_BAR = re.compile("[│┃║]")
_SPACE = " \t\xa0\u3000\x0b\x0c\x00"
_TABS = re.compile(r"\t+")
_MANY = 8
"""Gaps between cells from which on a copy's way of dividing them is known."""
_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")


def read_text(data: bytes, media_type: str | None = None) -> Document:
    """Read a flattened page. Each line is a paragraph; a line of pipes is a row of a table."""
    text, encoding, whole = decode(data, media_type)
    blocks: list[Block] = []
    builder: GridBuilder | None = None
    above = 0
    problems = [] if whole else [f"undecodable_bytes: some bytes are not {encoding}"]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    gap = _gap(lines)
    for line in lines:
        stripped = line.strip(_SPACE)
        if _is_bare_rule(stripped):
            continue
        row = _row_of(line, stripped, above, gap)
        if row is not None:
            if builder is None:
                builder = GridBuilder(spans=False)
            if row:
                above = len(row) - 1
                builder.row([(cell.strip(_SPACE), 1, 1) for cell in row])
            continue
        if builder is not None:
            blocks.append(builder.grid())
            builder = None
            above = 0
        if stripped == "":
            continue
        heading = _HEADING.match(stripped)
        if heading is not None:
            blocks.append(Paragraph(heading.group(2).strip(), len(heading.group(1))))
        else:
            blocks.append(Paragraph(stripped))
    if builder is not None:
        blocks.append(builder.grid())
    return Document("text/plain", tuple(blocks), encoding, problems=tuple(problems))


def _is_bare_rule(stripped: str) -> bool:
    """Whether a line is the rule under the heads of a table that has no pipes outside."""
    return "|" in stripped and stripped[0] != "|" and _RULE.match(stripped) is not None


def _gap(lines: list[str]) -> str:
    """What divides cells: one tab, or two where a copy never has fewer between two cells."""
    runs = Counter(len(run) % 2 for line in lines for run in _TABS.findall(line.strip(_SPACE)))
    return "\t\t" if runs[0] >= _MANY and runs[1] == 0 else "\t"


def _row_of(line: str, stripped: str, above: int, gap: str) -> list[str] | None:
    """The cells of a line that is a row of a table, [] for a rule between rows, None for other text.

    `above` is how many tabs the row of the line before has, `gap` what divides cells.
    """
    if stripped.startswith("|") and stripped.count("|") > 1:
        return [] if _RULE.match(stripped) is not None else stripped.strip("|").split("|")
    if stripped.count("│") + stripped.count("┃") + stripped.count("║") > 1 and stripped[0] in "│┃║":
        return _BAR.split(stripped[1:-1] if stripped[-1] in "│┃║" else stripped[1:])
    if stripped != "" and stripped[0] in "─━═┌└├╔╚╠" and _BOX.match(stripped) is not None:
        return []
    tabs = line.count("\t")
    if tabs and stripped != "":
        # A tab inside the text divides cells; tabs around it pad a line, unless as many stood above.
        cells = line.strip("\r\n").split(gap)
        if "\t" in stripped or (tabs >= 2 and tabs == above):
            return cells
    return None
