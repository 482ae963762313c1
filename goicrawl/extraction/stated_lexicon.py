"""The words of stated facts: stated_words.toml, and a sentence cut into them.

A sentence becomes a string with one sign for each word, the sign of its class; wordings (see
`stated_wordings`) are patterns over such strings. What no class knows is `UNKNOWN`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal, NamedTuple, get_args

from goicrawl.extraction.prose_numbers import RANGE, arabic_value, chinese_value, number_pattern

TimeKind = Literal[
    "compare", "range", "to_date", "cumulative", "since", "part_of_year", "date", "year", "this_year",
    "previous_year", "other_year",
]  # fmt: skip
NUMBER, BARE, UNKNOWN = "N", "n", "U"
_PUNCTUATION = {
    "comma": ",，", "colon": ":", "stop": ";。!?", "open_bracket": "(", "close_bracket": ")", "open": "《",
    "close": "》", "mark": "",
}  # fmt: skip
CLAUSE_ENDS = ("comma", "stop", "colon", "open_bracket", "close_bracket", "mark")
SUBJECTS = ("own", "region", "area", "others", "one")
_SILENT = "“”‘’\"'「」『』"
_MARK = (
    r"[((](?:\d{1,2}|[一二三四五六七八九十]{1,3})[))]|[①-⑳]|[一二三四五六七八九十]是"
    r"|(?:(?<=^)|(?<=[;,，。:]))(?:\d{1,2}[.、](?!\d)|[一二三四五六七八九十]{1,3}、)"
)
"""（一）, 1., ①, 一是: what numbers the parts of a list."""


class Number(NamedTuple):
    """A number with its unit; `kind` is the kind of the unit, None for a bare number."""

    value: int | Decimal
    start: int
    end: int
    unit: str | None
    kind: str | None
    qualifier: str | None


class Time(NamedTuple):
    """Words that name a time."""

    start: int
    end: int
    kind: TimeKind


@dataclass(slots=True)
class Words:
    """A sentence as words: `signs[n]` stands for the word from `starts[n]` to `ends[n]`.

    Words without weight and times are left out of the signs; the times stand in `times`, in order.
    """

    plain: str
    signs: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    numbers: dict[int, Number] = field(default_factory=dict)
    times: list[Time] = field(default_factory=list)


@dataclass(frozen=True)
class Lexicon:
    """Classes of words, each with its sign, and what may begin with each sign of a sentence."""

    sign_of: dict[str, str]
    class_of: dict[str, str]
    kind_of_unit: dict[str, str]
    organ_endings: tuple[str, ...]
    worth: re.Pattern[str]
    """What every sentence with a fact has."""
    _choices: dict[str, list[str]]
    _patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)

    def read(self, text: str) -> Words:
        """Cut a plain sentence into words."""
        words = Words(text)
        signs, starts, ends = [], words.starts, words.ends
        at, dead, length, unknown_from = 0, False, len(text), -1
        patterns, choices, word_signs = self._patterns, self._choices, self._word_signs
        compare, breaks = self.sign_of["compare"], self._breaks
        while at < length:
            begin = text[at]
            pattern = patterns.get(begin)
            if pattern is None and begin in choices:
                pattern = patterns[begin] = re.compile("|".join(choices[begin]))
            match = None if pattern is None else pattern.match(text, at)
            if match is None:
                unknown_from = at if unknown_from < 0 else unknown_from
                at += 1
                continue
            if unknown_from >= 0:
                signs.append(UNKNOWN)
                starts.append(unknown_from)
                ends.append(at)
                unknown_from = -1
            start, at = match.span()
            sign = word_signs[match[0]] if match.lastgroup == "word" else self._sign(match)
            if sign == "":
                continue
            if sign in _TIMES:
                if not dead:
                    words.times.append(Time(start, at, _KINDS[_TIMES.index(sign)]))
                continue
            if sign == NUMBER:
                number = None if dead else self._number(match, text)
                sign = UNKNOWN if number is None else BARE if number.kind is None else NUMBER
                if number is not None:
                    words.numbers[len(signs)] = number
            dead = (dead or sign == compare) and sign not in breaks
            signs.append(sign)
            starts.append(start)
            ends.append(at)
        if unknown_from >= 0:
            signs.append(UNKNOWN)
            starts.append(unknown_from)
            ends.append(length)
        words.signs = "".join(signs)
        return words

    def _sign(self, match: re.Match[str]) -> str:
        """The sign of what is no word, "" for what has no weight; NUMBER for what looks like a number."""
        group = match.lastgroup or ""
        if group == "sign":
            name = _PUNCTUATION_CLASS.get(match[0], "")
            return "" if name == "" else self.sign_of[name]
        if group[0] == "t":
            kind = int(group[1:])
            return self.sign_of["compare"] if _KINDS[kind] == "compare" else _TIMES[kind]
        if group == "range":
            return UNKNOWN
        return self.sign_of[group] if group in ("mark", "one") else NUMBER

    def signs(self, classes: Iterable[str]) -> str:
        """The signs of some classes, one behind the other."""
        return "".join(self.sign_of[name] for name in classes)

    @cached_property
    def _word_signs(self) -> dict[str, str]:
        """Every word's sign, "" for one without weight."""
        return {word: "" if name == "filler" else self.sign_of[name] for word, name in self.class_of.items()}

    @cached_property
    def _breaks(self) -> str:
        return self.signs(CLAUSE_ENDS)

    def _number(self, match: re.Match[str], text: str) -> Number | None:
        arabic, unit, tens = match["arabic"], match["unit"], match["tens"]
        raw = arabic if arabic is not None else match["chinese"]
        value = arabic_value(raw) if arabic is not None else chinese_value(raw)
        if value is None or (unit is None and arabic is None):
            return None
        if arabic is None and tens is not None and match["more"] is None:
            return None
        behind = match["more"] or match["more2"] or match["about"]
        start = match.start()
        before = next((word for word in _approximate() if text.endswith(word, 0, start)), None)
        said = [word for word in (before, behind) if word is not None]
        printed = unit if tens is None else tens + (unit or "")
        return Number(
            value,
            start,
            start + len(raw),
            printed,
            None if unit is None else self.kind_of_unit[unit],
            "…".join(said) if said else None,
        )


_PUNCTUATION_CLASS = {sign: name for name, signs in _PUNCTUATION.items() for sign in signs}
_KINDS: tuple[TimeKind, ...] = get_args(TimeKind)
_TIMES = "".join(chr(0xF800 + n) for n in range(len(_KINDS)))
_NUMERALS = "0123456789零〇一二三四五六七八九十百千万两"
_MARKS = "(0123456789一二三四五六七八九十" + "".join(chr(0x2460 + n) for n in range(20))


@cache
def _data() -> dict[str, Any]:
    text = files("goicrawl.extraction").joinpath("stated_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _approximate() -> tuple[str, ...]:
    return tuple(sorted(_data()["classes"]["approx"]["words"], key=len, reverse=True))


@cache
def lexicon() -> Lexicon:
    """The lexicon of stated_words.toml.

    Raises:
        ValueError: a word stands in two classes.
    """
    data = _data()
    groups = {**data["classes"], **data["subjects"]}
    names = [*groups, *_PUNCTUATION]
    sign_of = {name: chr(0xE000 + n) for n, name in enumerate(dict.fromkeys(names))}
    class_of: dict[str, str] = {}
    for name, group in groups.items():
        for word in group["words"]:
            word = word.replace("“", "").replace("”", "")
            if class_of.setdefault(word, name) != name:
                raise ValueError(f"stated_words.toml: {word!r} is in {class_of[word]} and in {name}")
    kinds = {unit: kind for kind, units in data["units"].items() for unit in units}
    endings = tuple(data["organs"]["endings"])
    return Lexicon(sign_of, class_of, kinds, endings, _worth(data), _choices(data, class_of))


def _choices(data: dict[str, Any], class_of: Iterable[str]) -> dict[str, list[str]]:
    """For each sign the patterns of what may begin with it, in the order in which they are tried."""
    choices: dict[str, list[str]] = {}

    def add(begins: Iterable[str], pattern: str) -> None:
        for sign in begins:
            choices.setdefault(sign, []).append(pattern)

    for time in data["times"]:
        add(time["begins"], f"(?P<t{_KINDS.index(time['kind'])}>{'|'.join(time['patterns'])})")
    one = data["subjects"]["one"]
    add(one["begins"], f"(?P<one>{'|'.join(one['patterns'])})")
    words: dict[str, list[str]] = {}
    for word in class_of:
        words.setdefault(word[0], []).append(word)
    for sign, known in words.items():
        add(sign, f"(?P<word>{_trie(known)})")
    add(_NUMERALS, f"(?P<range>{RANGE})")
    add(_MARKS, f"(?P<mark>{_MARK})")
    add(_NUMERALS, number_pattern(_units(data)))
    for sign in (*_PUNCTUATION_CLASS, *_SILENT):
        add(sign, f"(?P<sign>{re.escape(sign)})")
    return choices


def _worth(data: dict[str, Any]) -> re.Pattern[str]:
    """What every sentence with a fact has: a number before a unit or behind a colon, or a word of zero."""
    firsts = {unit[0] for kind, units in data["units"].items() if kind != "length" for unit in units}
    zeros = {word for word in data["classes"]["no"]["words"] if len(word) == 1} | {"零"}
    return re.compile(
        rf"[0-9０-９一二三四五六七八九十两百]\s*[余多]?[万亿千百]?[余多]?\s*[{''.join(sorted(firsts))}％]"
        rf"|[:：为是有达共计]\s*[0-9０-９]|[{''.join(sorted(zeros))}]"
    )


def _units(data: dict[str, Any]) -> str:
    units = sorted((unit for units in data["units"].values() for unit in units), key=len, reverse=True)
    guards = data["not_a_unit_before"]
    return "|".join(re.escape(u) + (f"(?![{guards[u]}])" if u in guards else "") for u in units)


def _trie(words: Iterable[str]) -> str:
    """A pattern that takes the longest of the words, sign by sign."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for sign in word:
            node = node.setdefault(sign, {})
        node[""] = {}
    return _alternatives(root)


def _alternatives(node: dict[str, Any]) -> str:
    ends = "" in node
    single = [sign for sign, below in node.items() if sign != "" and set(below) == {""}]
    longer = [re.escape(s) + _alternatives(below) for s, below in node.items() if s and set(below) != {""}]
    if single:
        longer.append(re.escape(single[0]) if len(single) == 1 else f"[{''.join(map(re.escape, single))}]")
    if not longer:
        return ""
    inner = longer[0] if len(longer) == 1 and not ends else f"(?:{'|'.join(longer)})"
    return inner + ("?" if ends else "")
