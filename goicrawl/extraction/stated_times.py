"""Of which time a stated number is: the report's year, the one before, all years so far, a part of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from goicrawl.extraction.dates import chinese_year
from goicrawl.extraction.report import Period
from goicrawl.extraction.stated_lexicon import Time

_YEAR = re.compile(r"20\d\d(?=年|-)|[二2][〇○零0Oo][〇○零一二三四五六七八九Oo0-9]{2}(?=年)")
_MONTH = re.compile(r"(\d{1,2})月(?:(\d{1,2})[日号])?")
_FIRST_YEAR_FROM = (2008, 5, 1)
"""The Regulation came into force on 1 May 2008; that day a report of 2008 begins."""


def period_of(text: str, times: Sequence[Time], report_year: int | None) -> tuple[Period | None, str | None]:
    """The period that the last of some times says, and its words; the report's year where there is none.

    None where the words do not say it surely: 累计 may be of the year or of all years, unless 以来 or 截至
    stands before it; at the end of a year (截至2012年底) is either, too.
    """
    if not times:
        return "year", None
    last = times[-1]
    words = text[last.start : last.end]
    kind = last.kind
    if kind == "cumulative" and words == "累计":
        before = times[-2].kind if len(times) > 1 else None
        return ("cumulative" if before in ("cumulative", "to_date") else None), words
    if kind == "cumulative":
        return "cumulative", words
    if kind == "year":
        return _of_year(_years(words), report_year), words
    if kind == "this_year":
        return "year", words
    if kind == "previous_year":
        return "previous_year", words
    if kind == "other_year":
        return "other_year", words
    if kind == "range":
        return _of_range(words, report_year), words
    if kind == "to_date":
        months = [int(month) for month, _ in _MONTH.findall(words)]
        years = _years(words)
        if years and report_year is not None and years[-1] != report_year:
            return "other_year", words
        return ("part_of_year" if months and months[-1] != 12 else None), words
    return "part_of_year", words


@lru_cache(maxsize=1024)
def _years(words: str) -> tuple[int, ...]:
    return tuple(chinese_year(year) for year in _YEAR.findall(words))


def _of_year(years: Sequence[int], report_year: int | None) -> Period | None:
    if not years or report_year is None:
        return None
    if years[-1] == report_year:
        return "year"
    return "previous_year" if years[-1] == report_year - 1 else "other_year"


def _of_range(words: str, report_year: int | None) -> Period | None:
    years, months = _years(words), _MONTH.findall(words)
    first_year = years[0] if years else report_year
    last_year = years[-1] if years else report_year
    if first_year is None or last_year is None or report_year is None:
        return None
    if first_year != last_year:
        return "cumulative" if last_year == report_year else "other_year"
    if len(months) < 2:
        return _of_year([last_year], report_year)
    first, last = ((int(month), int(day or 0)) for month, day in months[:2])
    begins = (
        first in ((1, 0), (1, 1))
        or (first_year, *first) == _FIRST_YEAR_FROM
        or (first_year, *first) == (2008, 5, 0)
    )
    if begins and last in ((12, 0), (12, 31)):
        return _of_year([last_year], report_year)
    return "part_of_year" if last_year == report_year else "other_year"
