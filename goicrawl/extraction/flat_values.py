"""Figures in running text: which tokens between two labels answer, and which are words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from goicrawl.extraction.flat_text import Token
from goicrawl.extraction.numerals import read_answer
from goicrawl.extraction.units import UNITS
from goicrawl.forms.labels import bare

_CONTINUED = frozenset({"续", "续表", "接上表", "续上表", "接上页"})
_NO = frozenset({"无", "没有", "暂无", "零", "未发生", "不涉及"})
_UNIT_FIRST = re.compile(r"([^\d\s]{1,4}?)([\d０-９][^\s]*)")
_ITEM = re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]")
"""The numbering of the next label, no remark on the figure before it."""
_GLUED = re.compile(r"[\d０-９]+")


@dataclass(slots=True)
class Figures:
    """`first`: the figures right behind a label; `rest`: (words, figures) pairs behind those."""

    first: list[Token] = field(default_factory=list)
    rest: list[tuple[str, list[Token]]] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not self.first and not self.rest


def figures_of(tokens: Sequence[Token], count: int) -> Figures:
    """Split the tokens behind a label into figures and words. `count` is how many figures are due."""
    out = Figures()
    words: list[str] = []
    current = out.first
    for token in _joined([_without_unit(token) for token in tokens]):
        kind = read_answer(token.text).kind
        if (
            kind in ("number", "slash")
            or token.text in _NO
            or (_has_digit(token.text) and not _wordy(token.text))
        ):
            if words and current is not None:
                run: list[Token] = []
                out.rest.append(("".join(words), run))
                current = run
                words = []
            current.append(token)
            continue
        plain = bare(token.text)
        if plain == "" or plain in _CONTINUED or plain in UNITS:
            continue
        words.append(token.text)
    if (words and not out.rest and not out.first) or words:
        out.rest.append(("".join(words), []))
    if len(out.first) == 1 and count > 1:
        out.first = _apart(out.first[0], count)
    return out


def _without_unit(token: Token) -> Token:
    """A figure glued to the unit that stands before it: 条1450."""
    match = _UNIT_FIRST.fullmatch(token.text)
    if match is None or bare(match[1]) not in UNITS:
        return token
    return Token(match[2], token.block, token.place + len(match[1]))


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _wordy(text: str) -> bool:
    """Whether a token with digits is rather a word: 2021年, 第6页, 联系电话：6861234."""
    return sum("\u4e00" <= sign <= "\u9fff" for sign in text) > 2 or re.search(r"[年页第]", text) is not None


def _joined(tokens: Sequence[Token]) -> list[Token]:
    """Put a unit or a remark in brackets back to the figure that it stands behind."""
    out: list[Token] = []
    for token in tokens:
        if out:
            last = out[-1]
            open_bracket = (
                last.text.count("（") + last.text.count("(") - last.text.count("）") - last.text.count(")")
            )
            unit = bare(token.text) in UNITS and read_answer(last.text).kind == "number"
            if unit or (open_bracket > 0 and len(last.text) < 60):
                out[-1] = Token(last.text + token.text, last.block, last.place)
                continue
            if (
                token.text[:1] in "（("
                and _ITEM.match(token.text) is None
                and read_answer(last.text).kind == "number"
                and not _glued_zero(token.text)
            ):
                out[-1] = Token(last.text + token.text, last.block, last.place)
                continue
        out.append(token)
    return out


def _glued_zero(text: str) -> bool:
    return read_answer(text).kind == "number"


def _apart(token: Token, count: int) -> list[Token]:
    """Digits run together are as many figures as they are digits, if the last is the sum of the others."""
    if _GLUED.fullmatch(token.text) is None or len(token.text) != count or count < 5:
        return [token]
    digits = [int(sign) for sign in token.text]
    if sum(digits[:-1]) != digits[-1]:
        return [token]
    return [Token(sign, token.block, token.place + n) for n, sign in enumerate(token.text)]
