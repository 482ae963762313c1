"""Finds the forms' labels in text that has lost its tables: one cell a line, or cells run together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from goicrawl import forms
from goicrawl.documents.document import Block, Paragraph
from goicrawl.extraction.label_index import indexes
from goicrawl.forms.labels import bare, read_label

_NUMBERING = re.compile(
    r"(?:其中[:：]?|[#※“\"'‘「《（(〔【]|[（(〔﹙\[]\s*[一二三四五六七八九十]{1,3}\s*[)）〕﹚\]]\s*[、.．,]?"
    r"|(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,3}\s*[、.．,]"
    r"|[（(]\d{1,2}\s*[)）]|(?<!\S)\d{1,2}\s*[)）]|(?<!\d)\d{1,2}\s*[.、．，,]+|[①-⑳㈠-㈩])\s*$"
)
_PAGE_MARK = re.compile(
    r"\s*(?:[—–\-－]{1,2}\s*\d{1,3}\s*[—–\-－]{1,2}|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|[（(]?续表[)）]?[：:]?)\s*"
)
_CLOSING = "”’\"'」』）)】》〉﹚〕:：，,、"
_COLONS = "：:"
_JOINTS = "-—–－－"
_NUMBER_FOLLOWS = re.compile(r"[（(]?[一二三四五六七八九十]{1,2}[、.．)）]")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text between white space, and where it stands (block, place in the block)."""

    text: str
    block: int
    place: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A label of some form found in the text, with its numbering, and the tokens up to the next one."""

    key: str
    label: str
    block: int
    place: int
    tokens: tuple[Token, ...]
    glued: bool = False
    """Whether the first token stands right behind the label, without white space."""


@cache
def vocabulary() -> dict[str, tuple[str, ...]]:
    """First two signs -> the keys that begin so, longest first: rows, columns, groups, captions, headings."""
    keys: set[str] = set()
    for form in forms.load().values():
        for section in form.sections:
            keys.update(bare(text) for text in (section.label, *section.aliases))
            keys.update(read_label(text).key for text in (section.label, *section.aliases))
        for table in form.tables:
            if table.corner_note is not None:
                keys.add(bare(table.corner_note))
            for block in table.blocks:
                if block.caption is not None:
                    keys.add(bare(block.caption))
            keys.update(row_parent for row in table.rows if (row_parent := bare(row.parent or "")) != "")
    for index in indexes():
        keys.update(index.by_key)
        keys.update(index.column_keys)
        keys.update(index.groups)
    keys.update(forms.words().heads)
    first: dict[str, list[str]] = {}
    for key in keys:
        if len(key) >= 2:
            first.setdefault(key[:2], []).append(key)
    return {sign: tuple(sorted(found, key=lambda one: -len(one))) for sign, found in first.items()}


class Stream:
    """Paragraphs as one string of signs without white space and punctuation, each sign with its place."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.texts: dict[int, str] = {}
        signs: list[str] = []
        self.block: list[int] = []
        self.place: list[int] = []
        for number, block in enumerate(blocks):
            if not isinstance(block, Paragraph) or _PAGE_MARK.fullmatch(block.text) is not None:
                continue
            self.texts[number] = block.text
            for place, sign in enumerate(block.text):
                for one in sign if sign.isascii() else unicodedata.normalize("NFKC", sign):
                    if one.isalnum():
                        signs.append(one)
                        self.block.append(number)
                        self.place.append(place)
        self.signs = "".join(signs)

    def marks(self) -> list[Mark]:
        """Every label, in order, each with what stands between it and the next."""
        first = vocabulary()
        signs = self.signs
        found: list[tuple[int, int, str]] = []
        at = 0
        last_end = -1
        while at < len(signs):
            matched = ""
            for key in first.get(signs[at : at + 2], ()):
                if signs.startswith(key, at) and self._stands_alone(at, at + len(key), at == last_end, first):
                    matched = key
                    break
            if matched:
                found.append((at, at + len(matched), matched))
                at = last_end = at + len(matched)
            else:
                at += 1
        return self._with_tokens(found)

    def _stands_alone(self, start: int, stop: int, joined: bool, first: dict[str, tuple[str, ...]]) -> bool:
        """A label begins and ends at white space, punctuation, a digit or another label; prose does not."""
        if self.signs[start:stop] == "单位":
            behind = self.texts[self.block[start]][self.place[stop - 1] + 1 :]
            if behind[:1] in _COLONS and behind != "":
                return False
        if not joined and start > 0 and self._touch(start - 1, start):
            before = self.signs[start - 1]
            if not before.isdigit() and not self._numbering_before(start):
                return False
        if stop < len(self.signs) and self._touch(stop - 1, stop):
            behind = self.signs[stop]
            if not behind.isdigit():
                text = self.texts[self.block[stop]]
                if _NUMBER_FOLLOWS.match(text, self.place[stop - 1] + 1) is not None:
                    return True
                return any(
                    self.signs.startswith(key, stop) for key in first.get(self.signs[stop : stop + 2], ())
                )
        return True

    def _numbering_before(self, start: int) -> bool:
        text = self.texts[self.block[start]][: self.place[start]]
        return _NUMBERING.search(text[-8:]) is not None

    def _touch(self, one: int, other: int) -> bool:
        """Whether two signs stand side by side in the source."""
        return self.block[one] == self.block[other] and self.place[other] - self.place[one] <= 1

    def _with_tokens(self, found: Sequence[tuple[int, int, str]]) -> list[Mark]:
        marks: list[Mark] = []
        prefix = ""
        if found:
            prefix = self._split_numbering(self._between(None, found[0][0]))[1]
        for n, (start, stop, key) in enumerate(found):
            following = found[n + 1][0] if n + 1 < len(found) else None
            tokens, next_prefix = self._split_numbering(
                self._between(stop, following), cut=following is not None
            )
            glued = False
            if tokens and tokens[0].block == self.block[stop - 1]:
                between = self.texts[tokens[0].block][self.place[stop - 1] + 1 : tokens[0].place]
                glued = not any(sign.isspace() for sign in between)
            marks.append(Mark(key, prefix + key, self.block[start], self.place[start], tuple(tokens), glued))
            prefix = next_prefix
        return marks

    def _between(self, start: int | None, stop: int | None) -> list[tuple[int, int, str]]:
        """(block, offset, text) pieces between two places of the string of signs."""
        if start is None:
            if stop is None:
                return []
            block, place = self.block[stop], self.place[stop]
            return [(block, max(place - 12, 0), self.texts[block][max(place - 12, 0) : place])]
        block, place = self.block[start - 1], self.place[start - 1] + 1
        behind = self.texts[block]
        while place < len(behind) and (
            behind[place] in _CLOSING
            or (behind[place] in _JOINTS and "\u4e00" <= behind[place + 1 : place + 2] <= "\u9fff")
        ):
            place += 1
        last_block = self.block[stop] if stop is not None else max(self.texts)
        pieces = []
        for number in range(block, last_block + 1):
            text = self.texts.get(number)
            if text is None:
                continue
            low = place if number == block else 0
            high = self.place[stop] if stop is not None and number == last_block else len(text)
            pieces.append((number, low, text[low:high]))
            if stop is None and sum(len(piece[2]) for piece in pieces) > 4000:
                break
        return pieces

    def _split_numbering(
        self, pieces: list[tuple[int, int, str]], cut: bool = True
    ) -> tuple[list[Token], str]:
        """The tokens of the pieces, and the numbering at their end that belongs to the next label."""
        prefix = ""
        while cut and pieces:
            number, low, text = pieces[-1]
            match = _NUMBERING.search(text)
            if match is None:
                if text.strip() == "" and len(pieces) > 1:
                    pieces = pieces[:-1]
                    continue
                break
            prefix = match.group().strip() + prefix
            pieces = [*pieces[:-1], (number, low, text[: match.start()])]
        tokens: list[Token] = []
        for number, low, text in pieces:
            found = re.finditer(r"[^\s│┃|]+", text)
            tokens.extend(Token(match.group(), number, low + match.start()) for match in found)
        return tokens, prefix
