"""Where a report's chapters begin: the six official headings, and the free chapters of older reports."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import Levenshtein

from goicrawl import forms
from goicrawl.documents.document import Document, Grid, Paragraph
from goicrawl.forms.labels import bare, read_label

LONGEST_HEADING = 60
_LONGEST_FREE = 45
_CHINESE = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)}
_PART = re.compile(r"^第([一二三四五六七八])(?:部分|章|节)[、:：.\s]*(?=.)")
_ONLY_NUMBER = re.compile(r"^[（(]?([一二三四五六七八九]|\d)[)）]?[、.．:，]?$")
_LINE_OF_CONTENTS = re.compile(r"(?:[.…·．。_-]{2,}|[\s\u3000]+|[（(])\d{1,3}[)）]?\s*$|[…]{1,}$|\.{3,}$")
_WORD_INSIDE = re.compile(r"(?<!\S)[一二三四五六七八九][、.．][^\s。；;，,：:]{2,30}(?!\S)")
_SENTENCE = re.compile(r"[。；;？?！!]")
_BEFORE_INLINE = '、，,（(“"《：:及和与括含为分以'
_AFTER_INLINE = '、，,；;的及和与等”"》）)良较好是'


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and its place: the block, and the part of its text that the heading is.

    `printed` is the number printed, `official` that of the official heading whose words it has; `level` is
    0 for 一、, 1 for （一）, 2 for 1., None for no number. `last_block` is the block it ends in.
    """

    block: int
    start: int
    end: int
    text: str
    printed: int | None
    official: int | None
    level: int | None
    last_block: int


@cache
def _wordings() -> dict[str, int]:
    """Every wording's words to the number of its section."""
    data = tomllib.loads(
        files("goicrawl.extraction").joinpath("section_headings.toml").read_text(encoding="utf-8")
    )
    found: dict[str, int] = {}
    for form in forms.load().values():
        for section in form.sections:
            for text in (section.label, *section.aliases):
                found[_words(read_label(text).key)] = section.number
    for number, texts in data["wordings"].items():
        for text in texts:
            found.setdefault(_words(bare(text)), int(number))
    return found


@cache
def _row_labels() -> frozenset[str]:
    """Labels of rows that are numbered like headings: 一、本年新收政府信息公开申请数量."""
    return frozenset(
        read_label(row.label).key
        for form in forms.load().values()
        for table in form.tables
        for row in table.rows
        if read_label(row.label).level == 0
    )


@cache
def _inline() -> re.Pattern[str]:
    """An official heading inside a run of text: number and words; spaces may stand between."""
    words = {text for form in forms.load().values() for section in form.sections for text in section.aliases}
    words |= {
        re.sub(r"^[一二三四五六]、", "", s.label) for form in forms.load().values() for s in form.sections
    }
    data = tomllib.loads(
        files("goicrawl.extraction").joinpath("section_headings.toml").read_text(encoding="utf-8")
    )
    words |= {text for texts in data["wordings"].values() for text in texts}
    spelled = "|".join(
        re.escape(text).replace("、", "[、，,和]?") for text in sorted(words, key=lambda t: (-len(t), t))
    )
    return re.compile(rf"([一二三四五六])[、.．，]\s?({spelled})")


@cache
def _first_signs() -> frozenset[str]:
    return frozenset(key[0] for key in _wordings()) | frozenset(
        "一二三四五六七八九十（(第1234567#＃ \u3000\xa0【[●■◆★"
    )


def _words(key: str) -> str:
    return key.replace("的", "").replace("其它", "其他")


@lru_cache(maxsize=4096)
def official_number(text: str) -> tuple[int | None, int | None, int | None]:
    """Level, printed number and section of a line that may be an official heading, None for no section."""
    part = _PART.match(text)
    if part is not None:
        text = "零一二三四五六七八九"[_CHINESE[part[1]]] + "、" + text[part.end() :]
    level, printed, key = read_label(text)
    words = _words(key).removesuffix("如下").removesuffix("表")
    if len(words) < 4:
        return level, printed, None
    exact = _wordings().get(words)
    if exact is not None:
        return level, printed, exact if level in (None, 0) or printed == exact else None
    if level is None or words[-1].isdigit():
        return level, printed, None
    # A slip of the pen is forgiven where the number agrees.
    allowed = 1 if len(words) < 8 else 2
    for wording, number in _wordings().items():
        if number != printed or abs(len(wording) - len(words)) > allowed:
            continue
        if Levenshtein.distance(words, wording, score_cutoff=allowed) <= allowed:
            return level, printed, number
    return level, printed, None


def find_headings(document: Document, consumed: frozenset[int]) -> list[Heading]:
    """Every line that may be a heading, in order: official ones, and numbered lines of the form 一、…"""
    found: list[Heading] = []
    blocks = document.blocks
    first = _first_signs()
    for at, block in enumerate(blocks):
        if isinstance(block, Grid):
            found.extend(_in_grid(block, at))
            continue
        text = block.text
        if text[:1] not in first:
            continue
        if len(text) > LONGEST_HEADING:
            continue
        heading = _whole_line(text, at, free=at not in consumed)
        if heading is None or heading.official is None:
            after = blocks[at + 1] if at + 1 < len(blocks) else None
            heading = _over_two_lines(text, after, at) or heading
        if heading is not None:
            found.append(heading)
    if len({heading.official for heading in found if heading.official is not None}) < 6:
        inside = [heading for at, block in enumerate(blocks) for heading in _inside(block, at)]
        if len(inside) < 3 and len(found) < 2:
            inside = [
                heading for at, block in enumerate(blocks) for heading in _words_inside(block, at)
            ] or inside
        if inside:
            run_on = {heading.block for heading in inside}
            found = [heading for heading in found if heading.block not in run_on] + inside
            found.sort(key=lambda heading: (heading.block, heading.start))
    return found


def _whole_line(text: str, at: int, *, free: bool) -> Heading | None:
    if _LINE_OF_CONTENTS.search(text) is not None or _SENTENCE.search(text[:-1]) is not None:
        return None
    level, printed, official = official_number(text)
    if official is not None:
        return Heading(at, 0, len(text), text, printed, official, level, at)
    is_free = (
        free
        and level == 0
        and printed is not None
        and len(text) <= _LONGEST_FREE
        and text[-1] not in "。；;，,、"
        and not text[-1].isdigit()
        and len(read_label(text).key) >= 2
        and read_label(text).key not in _row_labels()
    )
    return Heading(at, 0, len(text), text, printed, None, level, at) if is_free else None


def _over_two_lines(text: str, after: Paragraph | Grid | None, at: int) -> Heading | None:
    """三、 and 收到和处理…, or a long heading broken inside."""
    if not isinstance(after, Paragraph) or len(text) + len(after.text) > LONGEST_HEADING:
        return None
    if _ONLY_NUMBER.match(text) is None and read_label(text).level != 0:
        return None
    joined = text.rstrip() + after.text.lstrip()
    if _LINE_OF_CONTENTS.search(joined) is not None or _SENTENCE.search(joined[:-1]) is not None:
        return None
    level, printed, official = official_number(joined)
    if official is None or printed is None:
        return None
    return Heading(at, 0, len(text), joined, printed, official, level, at + 1)


def _in_grid(grid: Grid, at: int) -> Iterator[Heading]:
    """A row that holds nothing but a heading."""
    for row in grid.rows[:400]:
        filled = [cell for cell in row if cell.text != ""]
        if (
            len(filled) != 1
            or len(filled[0].text) > LONGEST_HEADING
            or filled[0].text[0] not in _first_signs()
        ):
            continue
        if filled[0].column != 0 or filled[0].rowspan > 1:
            continue
        heading = _whole_line(filled[0].text.replace("\n", ""), at, free=False)
        if heading is not None and heading.level == 0:
            yield heading


def _inside(block: Paragraph | Grid, at: int) -> Iterator[Heading]:
    """Official headings inside one long paragraph, where heading and text run together."""
    if isinstance(block, Grid) or len(block.text) < 8:
        return
    text = block.text
    if "、" not in text and "." not in text and "．" not in text and "，" not in text:
        return
    for match in _inline().finditer(text):
        before = text[: match.start()].rstrip()[-1:] if match.start() > 0 else ""
        after = text[match.end() : match.end() + 1]
        if (before != "" and before in _BEFORE_INLINE) or (after != "" and after in _AFTER_INLINE):
            continue
        printed, words = _CHINESE[match[1]], official_number(match[0])[2]
        if words is None or (match.start() > 0 and words != printed):
            continue
        end = match.end()
        if text[end : end + 1] in (":", "："):
            end += 1
        yield Heading(at, match.start(), end, match[0], printed, words, 0, at)


def _words_inside(block: Paragraph | Grid, at: int) -> Iterator[Heading]:
    """Free headings in a page flattened to one line: a word of its own, 一、概述."""
    if isinstance(block, Grid) or len(block.text) < 200:
        return
    for match in _WORD_INSIDE.finditer(block.text):
        heading = _whole_line(match[0], at, free=True)
        if heading is not None and heading.level == 0:
            yield Heading(at, match.start(), match.end(), match[0], heading.printed, heading.official, 0, at)
