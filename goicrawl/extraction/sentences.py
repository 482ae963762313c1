"""Prose as sentences, each with a plain form whose signs know where they stand in the print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 2000
"""Signs of a sentence; what is longer is a page without stops and is cut."""
GAP = "\x1f"
"""Stands in a plain form where white space parts two digits: they are no sure number."""
_END = re.compile(r"[。！？!?]+[”’」』）)]*")
_STOPS = "。；;：:！？!?"
_NUMBERED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．](?!\d)"
    r"|第[一二三四五六七八九十]+)"
)
_SHORTEST_WRAPPED = 20
_HEADING = 40
_WIDE = {0xFF01 + n: 0x21 + n for n in range(94)}
_WIDE.update(
    {0xFF0C: 0xFF0C, 0x2212: 0x2D, 0xFE63: 0x2D, 0x2014: 0x2D, 0x2015: 0x2D, 0x2500: 0x2D, 0x301C: 0x7E}
)
_BLANK = frozenset("\xa0\u3000\u2002\u2003\u2009\u202f\ufeff\xad\u2060\u200b\u200c\u200d\u200e\u200f")
_HAS_BLANK = re.compile(r"[\s\xa0\u3000\u2002\u2003\u2009\u202f\ufeff\xad\u2060\u200b-\u200f]")


class Sentence(NamedTuple):
    """`text` as printed, `start` its offset; `opens` says that a paragraph begins with it."""

    text: str
    start: int
    opens: bool


class Plain(NamedTuple):
    """A sentence without white space, in half-width signs but for the comma (12，345 are two numbers).

    `places[n]` is where sign n stands in the sentence; None where both agree.
    """

    text: str
    places: tuple[int, ...] | None

    def place(self, at: int) -> int:
        """Where a sign of the plain form stands in the sentence as printed."""
        return at if self.places is None else self.places[at]


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a chapter's text, in order, with their stops.

    A line that is broken off without a stop goes on in the next one, as pages and PDF files wrap them;
    a numbered line of its own is a heading.
    """
    for start, end in _paragraphs(text):
        at, opens = start, True
        for match in _END.finditer(text, start, end):
            yield from _cut(text, at, match.end(), opens)
            at, opens = match.end(), False
        if at < end:
            yield from _cut(text, at, end, opens)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = _line_end(text, start)
        line = text[start:end].rstrip()
        while end < len(text) and _goes_on(line, text[end + 1 : _line_end(text, end + 1)]):
            begin = end + 1
            end = _line_end(text, begin)
            line = text[begin:end].rstrip()
        yield start, end
        start = end + 1


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _goes_on(line: str, following: str) -> bool:
    if len(line) < _SHORTEST_WRAPPED or line[-1] in _STOPS or following.strip() == "":
        return False
    if _NUMBERED.match(following) is not None:
        return False
    return _NUMBERED.match(line) is None or len(line) >= _HEADING


def _cut(text: str, start: int, end: int, opens: bool) -> Iterator[Sentence]:
    while start < end and text[start].isspace():
        start += 1
    for begin in range(start, end, LONGEST):
        yield Sentence(text[begin : min(begin + LONGEST, end)], begin, opens and begin == start)


def plain(text: str) -> Plain:
    """The plain form of a sentence."""
    wide = text.translate(_WIDE)
    if _HAS_BLANK.search(wide) is None:
        return Plain(wide, None)
    signs: list[str] = []
    places: list[int] = []
    gap = False
    for at, sign in enumerate(wide):
        if sign.isspace() or sign in _BLANK:
            gap = True
            continue
        if gap and signs and _in_number(sign) and _in_number(signs[-1]):
            signs.append(GAP)
            places.append(at)
        gap = False
        signs.append(sign)
        places.append(at)
    return Plain("".join(signs), tuple(places))


def _in_number(sign: str) -> bool:
    return sign in "0123456789.,零〇一二三四五六七八九十百千"
