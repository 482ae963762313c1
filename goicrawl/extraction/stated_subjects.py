"""Whose a stated number is: the organs or the area that its sentence names before it."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from goicrawl.extraction.stated_lexicon import CLAUSE_ENDS, NUMBER, SUBJECTS, UNKNOWN, Words, lexicon

LONGEST_NAME = 30
_LONGEST_PLACE = 12
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
    """Who the nearest clause before sign `before` begins with: organs or an area; not those in `but_not`."""
    signs, names = words.signs, subjects()
    last = next((n for n in range(before - 1, -1, -1) if signs[n] in names and n not in but_not), None)
    begin = clause_of(signs, before)
    if last is None or last < begin:
        for n in range(before - 1, begin - 1, -1):
            own = organ_that_ends(words, n) if signs[n] == UNKNOWN else None
            if own is not None:
                return own
    return None if last is None else _first_name(words, last, but_not)


def _first_name(words: Words, last: int, but_not: Container[int]) -> str:
    """The first name in the clause of name `last`: 我局按照县政府的部署 is about 我局.

    What stands before it and is not known belongs to it where it begins the clause: 宽城 县政府办公室.
    """
    signs, names, start = words.signs, subjects(), clause_of(words.signs, last)
    first = next(n for n in range(start, last + 1) if signs[n] in names and n not in but_not)
    end, joined = first, names + lexicon().sign_of["and"]
    while end < last and signs[end + 1] in joined:
        end += 1
    while signs[end] not in names:
        end -= 1
    begin = words.starts[first]
    if first - 1 == start and signs[start] == UNKNOWN and begin - words.starts[start] <= _LONGEST_PLACE:
        times = [time.end for time in words.times if words.starts[start] < time.end <= begin]
        begin = max(times, default=words.starts[start])
    return _BEFORE_NAME.sub("", words.plain[begin : words.ends[end]])


def kinds_in(name: str) -> frozenset[str]:
    """The classes of subjects that the words of a name belong to: own, region, area, others, one."""
    signs = lexicon().read(name).signs
    return frozenset(subject for subject in SUBJECTS if lexicon().sign_of[subject] in signs)
