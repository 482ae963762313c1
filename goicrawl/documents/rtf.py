"""RTF files to blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from goicrawl.documents.document import IMAGE, Document, Paragraph
from goicrawl.documents.formats import MEDIA_TYPES
from goicrawl.documents.html_text import readable
from goicrawl.documents.marked_tables import Mark, RowShape, Tables
from goicrawl.documents.word_runs import LOWERED, RAISED, raised_by

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,40})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.DOTALL
)
_SKIPPED: Final = frozenset(
    (
        *("colortbl", "stylesheet", "info", "fldinst", "nonshppict", "shprslt", "nonesttables", "sp"),
        *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"),
        *("objdata", "annotation", "xe", "tc", "rxe", "themedata", "colorschememapping", "listtable"),
    )
)
_SHOWN: Final = frozenset({"shpinst", "shppict", "nesttableprops"})
"""What is read although a star allows readers to skip it."""
_CODECS = {936: "gb18030", 950: "big5", 932: "cp932", 949: "cp949", 65001: "utf-8"}
_CHARSETS = {134: "gb18030", 136: "big5", 128: "cp932", 129: "cp949"}
_SIGNS = {"tab": " ", "line": "\x0b", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
          "endash": "–", "emdash": "—", "bullet": "•", "emspace": " ", "enspace": " "}  # fmt: skip
_GONE: Final = frozenset({"v", "deleted", "strike", "strikedl"})


@dataclass(frozen=True)
class _State:
    """What a group inherits and its end undoes."""

    skipped: bool = False
    fonts: bool = False
    note: bool = False
    gone: frozenset[str] = frozenset()
    shift: str | None = None
    codec: str | None = None
    units: int = 1
    """Characters that stand for each one of Unicode, for older readers."""


@dataclass
class _Row:
    edges: list[int] = field(default_factory=list)
    across: list[int] = field(default_factory=list)
    down: list[int] = field(default_factory=list)
    left: int = 0
    merge: tuple[int, int] = (0, 0)

    def shape(self) -> RowShape | None:
        """None for a row whose cells' edges do not stand from left to right."""
        edges = [self.left, *self.edges]
        if len(edges) < 2 or any(a >= b for a, b in pairwise(edges)):
            return None
        return RowShape(edges, list(self.across), list(self.down))


def read_rtf(data: bytes) -> Document:
    """Read an RTF file's bytes. Whatever they are, nothing is raised: `problems` says what is wrong."""
    reader = _Reader(data.decode("latin-1"))
    reader.read()
    blocks = (*reader.tables.blocks, *reader.footnotes)
    problems = [*reader.tables.problems]
    if reader.open_groups > 0:
        problems.append("damaged_file: the file breaks off inside a group")
    return Document(MEDIA_TYPES["rtf"], blocks, "rtf", images=reader.images, problems=tuple(problems))


class _Reader:
    def __init__(self, source: str) -> None:
        self.tables = Tables()
        self.footnotes: list[Paragraph] = []
        self.images = 0
        self.open_groups = 0
        self._source = source
        self._state = _State()
        self._stack: list[_State] = []
        self._text: list[str] = []
        self._note: list[str] = []
        self._bytes = bytearray()
        self._codec = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._row = _Row()
        self._depth = 0
        self._level: int | None = None
        self._pending = 0
        self._star = False
        self._notes = 0

    def read(self) -> None:
        at = 0
        while True:
            match = _TOKEN.match(self._source, at)
            if match is None:
                break
            at = match.end()
            word, value, byte, sign, brace, text = match.groups()
            if word is not None:
                if word == "bin" and value is not None:
                    at += max(int(value), 0)
                else:
                    self._control(word, None if value is None else int(value))
                continue
            if byte is not None:
                self._raw(bytes([int(byte, 16)]))
            elif text is not None:
                self._raw(text.encode("latin-1"))
            elif sign is not None:
                self._sign(sign)
            elif brace is not None:
                self._brace(brace)
        self.open_groups = len(self._stack)
        self._paragraph(cell=False, row=False)
        self.tables.end()

    def _brace(self, brace: str) -> None:
        self._flush()
        self._star = False
        self._pending = 0
        if brace == "{":
            self._stack.append(self._state)
            return
        if not self._stack:
            return
        above = self._stack.pop()
        if self._state.note and not above.note:
            text = readable("".join(self._note))
            self._note = []
            if text != "":
                self.footnotes.append(Paragraph(str(self._notes).translate(RAISED) + text))
        self._state = above

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._star = True
        elif sign in "\\{}":
            self._raw(sign.encode())
        elif sign in "\r\n":
            self._end_line()
        elif sign in "~_":
            self._show("\xa0" if sign == "~" else "-")

    def _raw(self, data: bytes) -> None:
        """Text in the encoding of the font."""
        skipped = min(self._pending, len(data))
        self._pending -= skipped
        if not self._state.skipped and not self._state.fonts:
            self._bytes += data[skipped:]

    def _flush(self) -> None:
        if self._bytes:
            text = bytes(self._bytes).decode(self._state.codec or self._codec, "replace")
            self._bytes.clear()
            self._show(text)

    def _show(self, text: str) -> None:
        if self._bytes:
            self._flush()
        state = self._state
        if state.skipped or state.fonts or state.gone:
            return
        if state.shift is not None:
            text = text.translate(RAISED if state.shift == "super" else LOWERED)
        (self._note if state.note else self._text).append(text)

    def _control(self, word: str, value: int | None) -> None:
        if word == "u" and value is not None:
            code = value % 65536
            self._show(chr(code))
            self._pending = self._state.units
            return
        self._flush()
        self._pending = 0
        starred, self._star = self._star, False
        if (starred and word not in _SHOWN) or word in _SKIPPED:
            self._state = replace(self._state, skipped=True)
        elif self._state.fonts:
            if word == "f":
                self._font = value or 0
            elif word == "fcharset" and value in _CHARSETS:
                self._fonts[self._font] = _CHARSETS[value]
        elif self._state.skipped:
            return
        elif word in _SIGNS:
            self._show(_SIGNS[word])
        elif not self._describes(word, value):
            self._structures(word, value)

    def _describes(self, word: str, value: int | None) -> bool:
        """Whether a word says how text stands."""
        state = self._state
        if word in _GONE:
            gone = state.gone - {word} if value == 0 else state.gone | {word}
            self._state = replace(state, gone=gone)
        elif word in ("super", "sub"):
            self._state = replace(state, shift=word if value != 0 else None)
        elif word in ("up", "dn"):
            height = raised_by(str(value or 6 if word == "up" else -(value or 6)))
            behind = any(part != "" for part in (self._note if state.note else self._text))
            shift = None if height is None or value == 0 or not behind else "super" if word == "up" else "sub"
            self._state = replace(state, shift=shift)
        elif word == "nosupersub":
            self._state = replace(state, shift=None)
        elif word == "plain":
            self._state = replace(state, shift=None, gone=frozenset(), codec=None)
        elif word == "f":
            self._state = replace(state, codec=self._fonts.get(value or 0))
        elif word == "uc" and value is not None:
            self._state = replace(state, units=max(0, min(value, 8)))
        elif word == "ansicpg":
            self._codec = _CODECS.get(value or 0, "cp1252")
        elif word == "fonttbl":
            self._state = replace(state, fonts=True)
        elif word == "footnote":
            self._state = replace(state, note=True)
        elif word == "chftn":
            if not state.note:
                self._notes += 1
                self._text.append(str(self._notes).translate(RAISED))
        elif word == "pict":
            self.images += 1
            self._show(IMAGE)
            self._state = replace(self._state, skipped=True)
        else:
            return False
        return True

    def _structures(self, word: str, value: int | None) -> None:
        """Paragraphs, cells and rows."""
        row = self._row
        if word in ("par", "sect", "page"):
            self._end_line()
        elif word in ("cell", "nestcell"):
            self._depth = max(self._depth, 2 if word == "nestcell" else 1)
            self._paragraph(cell=True, row=False)
        elif word in ("row", "nestrow"):
            self._depth = max(self._depth, 2 if word == "nestrow" else 1)
            self._paragraph(cell=False, row=True)
        elif word == "pard":
            self._depth, self._level = 0, None
        elif word == "intbl":
            self._depth = max(self._depth, 1)
        elif word == "itap":
            self._depth = max(0, min(value or 0, 64))
        elif word == "outlinelevel":
            self._level = min((value or 0) + 1, 6) if (value or 0) < 9 else None
        elif word == "trowd":
            self._row = _Row()
        elif word == "trleft":
            row.left = value or 0
        elif word in ("clvmgf", "clvmrg"):
            row.merge = (row.merge[0], 3 if word == "clvmgf" else 1)
        elif word in ("clmgf", "clmrg"):
            row.merge = (2 if word == "clmgf" else 1, row.merge[1])
        elif word == "cellx" and len(row.edges) < 1000:
            row.edges.append(value or 0)
            row.across.append(row.merge[0])
            row.down.append(row.merge[1])
            row.merge = (0, 0)

    def _end_line(self) -> None:
        if self._state.note:
            self._note.append(" ")
        elif not self._state.skipped:
            self._paragraph(cell=False, row=False)

    def _paragraph(self, *, cell: bool, row: bool) -> None:
        self._flush()
        text = "".join(self._text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self._text = []
        if self._depth == 0:
            text = text.replace(IMAGE, "")
        lines = [line for line in map(readable, text.split("\x0b")) if line != ""]
        if not lines and not cell and not row:
            return
        level = self._level if self._depth == 0 else None
        self.tables.add(lines, Mark(self._depth, cell, row, self._row.shape() if row else None, level))
