"""The numbers that Word puts before paragraphs by itself: 一、（一）1. and their like."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from goicrawl.documents.word_runs import VAL, W

_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
     "taiwaneseCountingThousand", "ideographDigital"}
)  # fmt: skip
_PLACE = re.compile("%([1-9])")
_CLOSED = "、．.）)：:"


@dataclass
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""


@dataclass
class Numbers:
    """Counts the paragraphs of each list as they come."""

    lists: dict[str, str] = field(default_factory=dict)
    """The definition behind each list."""
    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    """List and level of paragraphs with this style."""
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def before(self, properties: etree._Element | None) -> str:
        """What stands before the next paragraph with these properties; "" for most."""
        if properties is None:
            return ""
        own = _list_of(properties)
        if own is None:
            style = properties.find(W + "pStyle")
            own = self.styles.get(style.get(VAL) or "") if style is not None else None
        if own is None:
            return ""
        key, level = own
        definition = self.lists.get(key, "")
        levels = self.levels.get(definition, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(definition, {})
        restart = self.restarts.pop((key, level), None)
        if restart is not None:
            counts[level] = restart - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if levels[level].format == "bullet":
            return ""

        def put(match: re.Match[str]) -> str:
            one = int(match[1]) - 1
            about = levels.get(one, _Level())
            return _printed(counts.setdefault(one, about.start), about.format)

        text = _PLACE.sub(put, levels[level].text)
        return text if text == "" or text[-1] in _CLOSED else f"{text} "


def read_numbers(numbering: etree._Element | None, styles: etree._Element | None) -> Numbers:
    """The lists that a document defines, and the styles that number their paragraphs."""
    numbers = Numbers()
    for definition in numbering.findall(W + "abstractNum") if numbering is not None else ():
        levels = {_whole(one.get(W + "ilvl"), 0): _level(one) for one in definition.findall(W + "lvl")}
        numbers.levels[definition.get(W + "abstractNumId") or ""] = levels
    for one in numbering.findall(W + "num") if numbering is not None else ():
        key = one.get(W + "numId") or ""
        numbers.lists[key] = _value(one, "abstractNumId") or ""
        for over in one.findall(W + "lvlOverride"):
            start = _value(over, "startOverride")
            if start is not None:
                numbers.restarts[key, _whole(over.get(W + "ilvl"), 0)] = _whole(start, 1)
    for style in styles.findall(W + "style") if styles is not None else ():
        properties = style.find(W + "pPr")
        found = None if properties is None else _list_of(properties)
        if found is not None:
            numbers.styles[style.get(W + "styleId") or ""] = found
    return numbers


def _level(node: etree._Element) -> _Level:
    return _Level(
        _whole(_value(node, "start"), 1), _value(node, "numFmt") or "decimal", _value(node, "lvlText") or ""
    )


def _list_of(properties: etree._Element) -> tuple[str, int] | None:
    found = properties.find(W + "numPr")
    key = None if found is None else _value(found, "numId")
    return None if found is None or key is None else (key, _whole(_value(found, "ilvl"), 0))


def _printed(number: int, form: str) -> str:
    if form in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (
            _DIGITS[ones] if ones else ""
        )
    if form.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(0x245F + number)
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((64 if form == "upperLetter" else 96) + number)
    return "" if form == "none" else str(number)


def _value(parent: etree._Element, name: str) -> str | None:
    found = parent.find(W + name)
    return None if found is None else found.get(VAL)


def _whole(text: str | None, missing: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 7 else missing
