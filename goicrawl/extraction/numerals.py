"""What one printed cell answers: a number, a blank, a stroke or words.

Only what is surely one number becomes a value. Nothing is rounded, joined or guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from goicrawl.documents.document import IMAGE
from goicrawl.extraction.report import Kind

_WIDE: dict[int, int | None] = {0xFF01 + n: 0x21 + n for n in range(94)}
"""Full-width signs to ASCII; unlike NFKC this leaves ① and ² alone, which are not digits of a number."""
_WIDE.update(
    {
        0x3000: 0x20,
        0xA0: 0x20,
        0x2212: 0x2D,
        0xFE63: 0x2D,
        0x2002: 0x20,
        0x2003: 0x20,
        0x2009: 0x20,
        0x202F: 0x20,
    }
)
_WIDE.update(dict.fromkeys([0xFEFF, 0xAD, 0x2060, *range(0x200B, 0x2010)]))
_STROKES = re.compile(r"[/\\|\-—–―−_─一]{1,4}")
_UNIT = (
    "亿元|万元|千元|元|人次|件次|万件|万条|万次|万人|件|条|项|个|笔|次|篇|人|份|宗|起|例|部|批|张|家|页|户"
)
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_ANSWER = re.compile(
    rf"(?P<sign>[+\-]|增加|减少|新增|增长|下降|增|减)?\s*"
    rf"(?P<number>{_NUMBER})\s*"
    rf"(?P<unit>{_UNIT})?\s*"
    rf"(?P<note>[(\[][^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)?[)\]])?\s*"
    rf"(?P<mark>注?[*#①-⑳⁰¹²³⁴-⁹₀-₉]{{0,3}})[。;；]?",
    re.ASCII,
)
_BRACKETED = re.compile(r"[(\[]\s*(?P<inner>.{1,30}?)\s*[)\]]")
_NEGATIVE = frozenset({"-", "减少", "下降", "减"})
_ASCII_DIGITS = frozenset("0123456789")
MAX_DIGITS = 15
"""So many digits every reader of JSON keeps; no organ has counted further."""
_UNIT_IN_NOTE = re.compile(rf"[(\[](?:单位[:：]?)?({_UNIT})[)\]]")


class Reading(NamedTuple):
    """A cell's kind, its value (None unless kind is number) and the unit printed inside it."""

    kind: Kind
    value: int | Decimal | None = None
    unit: str | None = None


_BLANK = Reading("blank")
_SLASH = Reading("slash")
_TEXT = Reading("text")
_SMALL = {str(n): Reading("number", n) for n in range(2000)}


@lru_cache(maxsize=16384)
def read_answer(raw: str) -> Reading:
    """Read a printed cell.

    `1,234` and `１２` are numbers; so are `2笔`, `减4` (-4) and `22（其中修订16件）`, whose bracket explains.
    `3 5`, `00`, `约100` and `1.2.3` are text: more than one number, or none for sure.
    """
    known = _SMALL.get(raw)
    if known is not None:
        return known
    if len(raw) > 200:
        return _TEXT
    if IMAGE in raw:
        return _TEXT
    text = raw.translate(_WIDE).strip()
    if text == "":
        return _BLANK
    if "\n" in text:
        joined = _join_lines(text)
        if joined is None:
            return _TEXT
        text = joined
    known = _SMALL.get(text)
    if known is not None:
        return known
    if _STROKES.fullmatch(text.replace(" ", "")) is not None and text != "一一":
        return _TEXT if text == "一" else _SLASH
    match = _ANSWER.fullmatch(text)
    if match is None:
        return _TEXT
    return _number(match)


def is_blank(raw: str) -> bool:
    """Whether a cell prints nothing; a stroke is something."""
    return raw == "" or read_answer(raw).kind == "blank"


def _join_lines(text: str) -> str | None:
    """A number over several lines is no sure number; a unit or a note on its own line is."""
    parts = [part.strip() for part in text.split("\n") if part.strip() != ""]
    if sum(1 for part in parts if part[0] in _ASCII_DIGITS or part[-1] in _ASCII_DIGITS) > 1:
        return None
    if len(parts) > 1 and any(_STROKES.fullmatch(part) is not None or part in "+-" for part in parts):
        return None
    return "".join(parts)


def _number(match: re.Match[str]) -> Reading:
    digits = match["number"]
    whole = digits.replace(",", "")
    integer, _, fraction = whole.partition(".")
    if len(integer) + len(fraction) > MAX_DIGITS:
        return _TEXT
    if len(integer) > 1 and integer[0] == "0":
        return _TEXT
    value: int | Decimal = Decimal(whole) if fraction != "" else int(whole)
    unit = match["unit"]
    if unit is None and match["note"] is not None:
        bracketed = _UNIT_IN_NOTE.fullmatch(match["note"])
        unit = bracketed[1] if bracketed is not None else None
    if match["sign"] in _NEGATIVE:
        value = -value
    return Reading("number", value, unit)
