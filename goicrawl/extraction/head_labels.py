"""The labels of a page's head, and the pairs of label and value in a run of text."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from goicrawl.forms.labels import squeeze

WEAK = "weak_"
_LONGEST_LABEL = 24
_LONGEST_RUN = 700
_EMPTY = frozenset(
    {"null", "undefined", "none", "无", "暂无", "-", "--", "—", "——", "/", "\\", "{}", '""', "''", "“”"}
)
_EDGES = " \t\n\xa0\u3000:：【】[]|｜"
_GAP = r"[\s\xa0\u3000]"
_UNKNOWN_LABEL = re.compile(rf"{_GAP}[【\[]?[\u4e00-\u9fff]{{2,8}}[:：]")


class Pair(NamedTuple):
    """A label's field (`weak_` before it for a second choice) and its value as printed, "" for none.

    `marked`: a colon or a bracket follows the label; else it is one only by its words. `start`: where in
    the text the label begins.
    """

    field: str
    value: str
    marked: bool
    start: int = 0


@cache
def fields() -> dict[str, str]:
    """Every label, without white space, and its field."""
    data = tomllib.loads(
        files("goicrawl.extraction").joinpath("head_labels.toml").read_text(encoding="utf-8")
    )
    return {
        label: prefix + field
        for table, prefix in (("labels", ""), ("weak", WEAK), ("others", ""))
        for field, labels in data[table].items()
        for label in labels
    }


@cache
def _pattern() -> re.Pattern[str]:
    """A label where one can stand: at the beginning or behind a space, a bracket or a stroke."""
    labels = sorted(fields(), key=lambda label: (-len(label), label))
    spaced = "|".join(rf"{_GAP}{{0,4}}".join(label) for label in labels)
    return re.compile(
        rf"(?:^|(?<=[\s\xa0\u3000|｜【\[（(;；,，>》]))({spaced})(?:{_GAP}{{0,4}}([:：】\]〕])|(?={_GAP}|$))"
    )


@cache
def _first_signs() -> frozenset[str]:
    return frozenset(label[0] for label in fields())


@lru_cache(maxsize=4096)
def _field_of(text: str) -> tuple[str, bool] | None:
    bare = squeeze(text)
    field = fields().get(bare.strip("【】[]〔〕()<>:*·"))
    return None if field is None else (field, bare[-1] in ":]】〕")


def field_of(text: str) -> tuple[str, bool] | None:
    """The field that a text names, if it is a label and nothing else, and whether a mark follows it."""
    return _field_of(text) if len(text) <= _LONGEST_LABEL else None


def clean(value: str) -> str:
    """A value without the marks around it; "" for what portals print in place of nothing."""
    text = value.strip(_EDGES)
    return "" if text.lower() in _EMPTY else text


def pairs_in(text: str, *, one_word: bool = False) -> list[Pair]:
    """The labels and values in one run of text, in order; [] where it holds none.

    A value ends where the next label begins. Labels without a colon count only where the text begins with
    one or holds a run of them, as in a head flattened to one line. In a whole page on one line nothing says
    where the last value ends: there `one_word` takes one word for each.
    """
    has_marks = ":" in text or "：" in text or "】" in text or "]" in text
    if not has_marks and (text[:1] not in _first_signs() or len(text) < 6):
        return []
    text = text[:_LONGEST_RUN]
    matches = list(_pattern().finditer(text))
    marked = [match for match in matches if match[2] is not None]
    if len(marked) < len(matches) and not _labels_without_marks(matches, marked):
        matches = marked
    found: list[Pair] = []
    for place, match in enumerate(matches):
        end = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        value = text[match.end() : end]
        if "：" in value or ":" in value:
            unknown = _UNKNOWN_LABEL.search(value)
            value = value if unknown is None else value[: unknown.start()]
        value = clean(value.rstrip("【[(（"))
        if one_word and value != "":
            value = value.split(None, 1)[0]
        found.append(Pair(fields()[squeeze(match[1])], value, match[2] is not None, match.start()))
    return found


def _labels_without_marks(matches: list[re.Match[str]], marked: list[re.Match[str]]) -> bool:
    """Whether labels without a mark are labels: one at the beginning, or a run of them."""
    if len(matches) < 3:
        return matches[0].start() == 0 and not marked
    return matches[0].start() == 0 or len(matches) - len(marked) >= 3
