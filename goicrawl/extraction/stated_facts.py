"""The numbers that a report states in prose: what they count, of which time, whose, in which sentence.

A number is read only where every word between it and what it counts is known, and where nothing around it
makes it a plan, a difference, a share or somebody's part; what is not sure is left out. The words are
data: stated_words.toml and stated_quantities.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from goicrawl.documents.document import Document, Paragraph
from goicrawl.extraction.report import Section, StatedFact
from goicrawl.extraction.sentences import Sentence, plain, sentences
from goicrawl.extraction.stated_lexicon import lexicon
from goicrawl.extraction.stated_sentence import Context, SentenceReader, in_another_time

MAX_FACTS = 1000
"""So many facts of one report are read; the longest real ones state some two hundred."""
MAX_SIGNS = 200_000
"""So many signs of one chapter are looked at."""
_ENDS_PROSE = re.compile(r"[。；;]")
_LEAD = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十]+)")
_LONGEST_LEAD = 40
_TIME = re.compile(r"[年月]|累计|以来")


def read_stated(sections: Sequence[Section], report_year: int | None) -> tuple[StatedFact, ...]:
    """The facts that the chapters' prose states, in its order.

    `at` of a fact is the chapter's index, counted from 0, and the offset of `raw` in its text.
    """
    texts = ((index, part.number, part.heading, part.text) for index, part in enumerate(sections))
    return _read_all(texts, report_year)


def read_stated_in(document: Document, report_year: int | None) -> tuple[StatedFact, ...]:
    """The facts of a report without chapters: `at` is the block of the document and the offset in its text.

    Only what has a full stop is prose; the rest of a page is menus, heads and counters.
    """
    texts = (
        (index, None, "", block.text)
        for index, block in enumerate(document.blocks)
        if isinstance(block, Paragraph) and _ENDS_PROSE.search(block.text) is not None
    )
    return _read_all(texts, report_year)


def _read_all(
    texts: Iterator[tuple[int, int | None, str, str]], report_year: int | None
) -> tuple[StatedFact, ...]:
    found: list[StatedFact] = []
    worth = lexicon().worth
    for index, number, heading, text in texts:
        if worth.search(text) is not None:
            found += _read(text[:MAX_SIGNS], heading, number, index, report_year)
            if len(found) >= MAX_FACTS:
                break
    return tuple(found[:MAX_FACTS])


def _read(text: str, heading: str, number: int | None, index: int, year: int | None) -> Iterator[StatedFact]:
    words = lexicon()
    context = Context(_signs_of(heading), "", year, False)
    for sentence in sentences(text):
        if sentence.opens:
            context = context._replace(elsewhen=False)
        if words.worth.search(sentence.text) is None:
            context = _after_words(sentence, context)
            continue
        form = plain(sentence.text)
        reader = SentenceReader(sentence, form, words.read(form.text), context)
        for fact in reader.facts():
            yield StatedFact(
                quantity=fact.quantity.id,
                value=fact.value,
                raw=sentence.text[fact.start : fact.end],
                unit=fact.unit,
                qualifier=fact.qualifier,
                period=fact.period,
                period_raw=fact.period_raw,
                whose=fact.whose,
                part_of=fact.part_of,
                sentence=sentence.text.rstrip(),
                section=number,
                at=(index, sentence.start + fact.start),
            )
        context = context._replace(elsewhen=reader.ends_elsewhen())


@lru_cache(maxsize=256)
def _signs_of(heading: str) -> str:
    return lexicon().read(plain(heading).text).signs


def _after_words(sentence: Sentence, context: Context) -> Context:
    """What a sentence without facts says about those behind it: their topic, another time than the year."""
    text = sentence.text
    if sentence.opens and len(text) <= _LONGEST_LEAD and _LEAD.match(text) is not None:
        context = context._replace(lead=_signs_of(text))
    if _TIME.search(text) is None:
        return context
    form = plain(text)
    times = lexicon().read(form.text).times
    return context._replace(elsewhen=in_another_time(form.text, times, context.year, context.elsewhen))
