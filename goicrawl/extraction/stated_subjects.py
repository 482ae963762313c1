"""Whose a stated number is: the organs or the area that its sentence names before it."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from goicrawl.extraction.stated_lexicon import CLAUSE_ENDS, NUMBER, SUBJECTS, UNKNOWN, Words, lexicon

LONGEST_NAME = 30
_BEFORE_NAME = re.compile(r"^\W+")


@lru_cache(maxsize=1)
def clause_ends() -> str:
    """The signs that end a clause."""
    return lexicon().signs(CLAUSE_ENDS)


@lru_cache(maxsize=1)
def subjects() -> str:
    """The signs of the words that name organs or areas."""
    return lexicon().signs(SUBJECTS)


@lru_cache(maxsize=1)
def _no_part_of_names() -> str:
    return NUMBER + lexicon().signs(("open", "close", "no", "turned"))


def clause_of(signs: str, at: int) -> int:
    """The first sign of the clause that sign `at` stands in."""
    ends = clause_ends()
    while at > 0 and signs[at - 1] not in ends:
        at -= 1
    return at


def organ_that_ends(words: Words, at: int) -> str | None:
    """The name of an organ that ends with word `at` and begins its clause: 县国土资源局."""
    first = clause_of(words.signs, at + 1)
    signs = words.signs[first : at + 1]
    begin, end = words.starts[first], words.ends[at]
    times = [time.end for time in words.times if begin <= time.end <= end]
    name = _BEFORE_NAME.sub("", words.plain[max(times, default=begin) : end])
    if not 2 <= len(name) <= LONGEST_NAME or any(sign in signs for sign in _no_part_of_names()):
        return None
    return name if name.endswith(lexicon().organ_endings) else None


def whose(words: Words, before: int, but_not: Container[int]) -> str | None:
    """The nearest words before sign `before` that name an organ or an area, but for those in `but_not`."""
    signs, names = words.signs, subjects()
    last = next((n for n in range(before - 1, -1, -1) if signs[n] in names and n not in but_not), None)
    begin = clause_of(signs, before)
    if last is None or last < begin:
        for n in range(before - 1, begin - 1, -1):
            own = organ_that_ends(words, n) if signs[n] == UNKNOWN else None
            if own is not None:
                return own
    return None if last is None else _whole_name(words, last)


def _whole_name(words: Words, last: int) -> str:
    """The name that ends with word `last`, with what stands before it in its clause: 宽城县 政府办公室."""
    signs, first, start = words.signs, last, clause_of(words.signs, last)
    also = lexicon().sign_of["and"]
    joined = subjects() + UNKNOWN + also
    while first > start and signs[first - 1] in joined:
        first -= 1
    while signs[first] == also:
        first += 1
    begin, end = words.starts[first], words.ends[last]
    if end - begin > LONGEST_NAME:
        begin = words.starts[last]
    times = [time.end for time in words.times if begin < time.end <= words.starts[last]]
    return _BEFORE_NAME.sub("", words.plain[max(times, default=begin) : end])


def kinds_in(name: str) -> frozenset[str]:
    """The classes of subjects that the words of a name belong to: own, region, area, others, one."""
    signs = lexicon().read(name).signs
    return frozenset(subject for subject in SUBJECTS if lexicon().sign_of[subject] in signs)
