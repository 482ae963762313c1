"""What the runs of a Word paragraph show: text, breaks, raised digits, pictures, text boxes."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from goicrawl.documents.document import IMAGE
from goicrawl.documents.html_text import readable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VAL = W + "val"
TEXT_BOX = W + "txbxContent"
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED_FROM = 4
"""Half points; less than that brings fonts of different design to one line."""
_OFF = ("0", "false", "off", "none")
ALTERNATE = _MC + "AlternateContent"
WRAPPERS = frozenset(
    W + name for name in ("sdtContent", "sdt", "customXml", "smartTag", "ins", "moveTo", "hyperlink",
                          "fldSimple", "dir", "bdo", "ruby", "rubyBase")
)  # fmt: skip
"""Elements that show their content and nothing of their own."""
_BREAKS = frozenset({W + "br", W + "cr"})
_SPACES = frozenset({W + "tab", W + "ptab"})
_NOTES = frozenset({W + "footnoteReference", W + "endnoteReference"})
_DRAWN = frozenset({W + "drawing", W + "pict", W + "object"})
_PICTURES = frozenset({"pic", "imagedata", "OLEObject", "chart", "control"})

Piece = str | etree._Element
"""A line of text, or the content of a text box."""


@dataclass
class Runs:
    """Reads paragraphs one after the other; notes are numbered as they come.

    `images` counts the pictures seen, `notes` holds (number, kind, id) of each footnote reference.
    """

    images: int = 0
    notes: list[tuple[int, str, str]] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _run: list[str] = field(default_factory=list)
    _boxes: list[etree._Element] = field(default_factory=list)

    def pieces(self, paragraph: etree._Element, *, in_cell: bool) -> list[Piece]:
        """The paragraph's lines, then its text boxes. Pictures show in cells alone."""
        self._pieces = []
        self._boxes = []
        self._in_cell = in_cell
        self._walk(paragraph, 0)
        self._end_line()
        return [*self._pieces, *self._boxes]

    def _walk(self, parent: etree._Element, depth: int) -> None:
        for node in parent:
            tag = node.tag
            if tag == W + "r":
                self._read_run(node)
            elif tag in WRAPPERS:
                if depth < 40:
                    self._walk(node, depth + 1)
            elif tag == ALTERNATE:
                chosen = choice(node)
                if chosen is not None and depth < 40:
                    self._walk(chosen, depth + 1)
            elif tag in (_M + "oMath", _M + "oMathPara"):
                self._run.extend(text.text or "" for text in node.iter(_M + "t"))

    def _read_run(self, run: etree._Element) -> None:
        properties = run.find(W + "rPr")
        table: dict[int, int] | None = None
        if properties is not None:
            if any(is_on(properties, name) for name in ("vanish", "strike", "dstrike")):
                return
            shift = properties.find(W + "vertAlign")
            if shift is not None:
                table = {"superscript": RAISED, "subscript": LOWERED}.get(shift.get(VAL) or "")
            position = properties.find(W + "position")
            if position is not None and table is None and self._run:
                table = raised_by(position.get(VAL) or "")
        self._read_content(run, table)

    def _read_content(self, run: etree._Element, table: dict[int, int] | None) -> None:
        for node in run:
            tag = node.tag
            if tag == W + "t":
                text = node.text or ""
                self._run.append(text if table is None else text.translate(table))
            elif tag in _BREAKS:
                self._end_line()
            elif tag in _SPACES:
                self._run.append("\t")
            elif tag == W + "noBreakHyphen":
                self._run.append("-")
            elif tag == W + "sym":
                self._run.append(_symbol(node))
            elif tag in _NOTES:
                self._note(node)
            elif tag in _DRAWN:
                self._draw(node)
            elif tag == W + "ruby":
                self._walk(node, 0)
            elif tag == ALTERNATE:
                chosen = choice(node)
                if chosen is not None:
                    self._read_content(chosen, table)

    def _note(self, node: etree._Element) -> None:
        if is_true(node.get(W + "customMarkFollows"), missing=False):
            return
        kind = "footnote" if node.tag == W + "footnoteReference" else "endnote"
        number = sum(1 for _, other, _ in self.notes if other == kind) + 1
        self.notes.append((number, kind, node.get(W + "id") or ""))
        self._run.append(str(number).translate(RAISED))

    def _draw(self, node: etree._Element) -> None:
        boxes = [box for box in node.iter(TEXT_BOX) if not _is_inside(box, node)]
        self._boxes.extend(boxes)
        if boxes or not any(_local(inner) in _PICTURES for inner in node.iter(etree.Element)):
            return
        self.images += 1
        if self._in_cell:
            self._run.append(IMAGE)

    def _end_line(self) -> None:
        line = readable("".join(self._run))
        self._run = []
        if line != "":
            self._pieces.append(line)


def raised_by(text: str) -> dict[int, int] | None:
    """How digits show behind others on a line that stand so many half points higher; a little is nothing."""
    sign = -1 if text.startswith("-") else 1
    digits = text.removeprefix("-")
    height = sign * int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 0
    return RAISED if height >= _RAISED_FROM else LOWERED if height <= -_RAISED_FROM else None


def choice(node: etree._Element) -> etree._Element | None:
    """The branch of an AlternateContent that is shown: its choice, not what stands in for it."""
    chosen = node.find(_MC + "Choice")
    return chosen if chosen is not None else node.find(_MC + "Fallback")


def is_true(value: str | None, *, missing: bool = True) -> bool:
    """Whether an attribute that switches something says yes."""
    return missing if value is None else value.lower() not in _OFF


def is_on(properties: etree._Element, name: str) -> bool:
    """Whether a property that switches something is there and on."""
    found = properties.find(W + name)
    return found is not None and is_true(found.get(VAL))


def _is_inside(box: etree._Element, root: etree._Element) -> bool:
    """Whether a text box stands in another's content, or in the branch that stands in for a choice."""
    for above in box.iterancestors():
        if above is root:
            return False
        if above.tag == TEXT_BOX:
            return True
        parent = above.getparent()
        if parent is not None and parent.tag == ALTERNATE and above is not choice(parent):
            return True
    return False


def _symbol(node: etree._Element) -> str:
    """A symbol of a font; one of a private code stays that, and is never taken for a digit."""
    try:
        code = int(node.get(W + "char") or "", 16)
    except ValueError:
        return "\ufffd"
    return chr(code) if 32 <= code <= 0xFFFD and not 0xD800 <= code < 0xE000 else "\ufffd"


def _local(node: etree._Element) -> str:
    return str(node.tag).rpartition("}")[2]
