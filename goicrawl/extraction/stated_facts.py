"""The numbers that a report states in prose: what they count, of which time, whose, in which sentence.

A number is read only where every word between it and what it counts is known, and where nothing around it
makes it a plan, a difference, a share or somebody's part; what is not sure is left out. The words are
data: stated_words.toml and stated_quantities.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from goicrawl.documents.document import Document, Paragraph
from goicrawl.extraction.report import Period, Section, StatedFact
from goicrawl.extraction.sentences import Plain, Sentence, plain, sentences
from goicrawl.extraction.stated_lexicon import BARE, CLAUSE_ENDS, NUMBER, SUBJECTS, UNKNOWN, Time, Words, lexicon
from goicrawl.extraction.stated_times import period_of
from goicrawl.extraction.stated_wordings import Quantity, Wording, Wordings, wordings

MAX_FACTS = 1000
"""So many facts of one report are read; the longest real ones state some two hundred."""
MAX_SIGNS = 200_000
"""So many signs of one chapter are looked at."""
_LONGEST_WHOSE = 30
_BEFORE_NAME = re.compile(r"^\W+")
_ENDS_PROSE = re.compile(r"[。；;]")


def read_stated(sections: Sequence[Section], report_year: int | None) -> tuple[StatedFact, ...]:
    """The facts that the chapters' prose states, in its order.

    `at` of a fact is the chapter's index, counted from 0, and the offset of `raw` in its text.
    """
    found: list[StatedFact] = []
    for index, section in enumerate(sections):
        text = section.text[:MAX_SIGNS]
        if lexicon().worth.search(text) is not None:
            found += _read(text, section.heading, section.number, index, report_year)
        if len(found) >= MAX_FACTS:
            break
    return tuple(found[:MAX_FACTS])


def read_stated_in(document: Document, report_year: int | None) -> tuple[StatedFact, ...]:
    """The facts of a report without chapters: `at` is the block of the document and the offset in its text.

    Only what has a full stop is prose; the rest of a page is menus, heads and counters.
    """
    found: list[StatedFact] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph) and _ENDS_PROSE.search(block.text) is not None:
            text = block.text[:MAX_SIGNS]
            if lexicon().worth.search(text) is not None:
                found += _read(text, "", None, index, report_year)
        if len(found) >= MAX_FACTS:
            break
    return tuple(found[:MAX_FACTS])


def _read(
    text: str, heading: str, number: int | None, index: int, year: int | None
) -> Iterator[StatedFact]:
    words_of_heading = _signs_of(heading)
    unlike: bool = False
    for sentence in sentences(text):
        if sentence.opens:
            unlike = False
        if lexicon().worth.search(sentence.text) is None:
            unlike = _speaks_of_another_time(sentence.text, year, unlike)
            continue
        form = plain(sentence.text)
        words = lexicon().read(form.text)
        reader = _Reader(sentence, form, words, words_of_heading, year, unlike)
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
        unlike = reader.ends_in_another_time()


@lru_cache(maxsize=256)
def _signs_of(heading: str) -> str:
    return lexicon().read(plain(heading).text).signs


def _speaks_of_another_time(text: str, year: int | None, before: bool) -> bool:
    """Whether a sentence without numbers ends in another time than the report's year."""
    if "年" not in text and "月" not in text and "累计" not in text and "以来" not in text:
        return before
    form = plain(text)
    return _in_another_time(form.text, lexicon().read(form.text).times, year, before)


def _in_another_time(text: str, times: Sequence[Time], year: int | None, before: bool) -> bool:
    """Whether none of a sentence's times is the report's year; without times it goes on in the last one's."""
    if not times:
        return before
    return all(period_of(text, times[: n + 1], year)[0] != "year" for n in range(len(times)))


@dataclass(slots=True)
class _Fact:
    """A fact before it is put into words; `start` and `end` are places in the printed sentence."""

    quantity: Quantity
    value: int | Decimal
    start: int
    end: int
    sign: int
    words: range
    unit: str | None = None
    qualifier: str | None = None
    period: Period | None = None
    period_raw: str | None = None
    whose: str | None = None
    part_of: str | None = None


@dataclass(slots=True)
class _Reader:
    """Reads the facts of one sentence."""

    sentence: Sentence
    form: Plain
    words: Words
    heading: str
    year: int | None
    unlike: bool
    found: list[_Fact] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def facts(self) -> list[_Fact]:
        """The facts in their order."""
        rules, signs = wordings(), self.words.signs
        present = frozenset(signs)
        candidates: list[tuple[int, _Fact, Wording]] = []
        for wording in rules.all:
            if not wording.must <= present:
                continue
            for match in wording.pattern.finditer(signs):
                if self._fits(wording, match.start(), match.end(), rules):
                    fact = self._fact(wording, match)
                    if fact is not None and self._on_topic(wording, fact.value, match):
                        candidates.append((fact.sign, fact, wording))
        # Parts are known only once their wholes are, which stand before them.
        candidates.sort(key=lambda candidate: (candidate[0], candidate[2].number_first))
        for sign, fact, wording in candidates:
            if (sign in self.taken and wording.kind != "shared") or self._known(fact):
                continue
            if "within" in wording.conditions and not self._within(fact):
                continue
            if fact.quantity.head and self._is_part(fact):
                continue
            self._complete(fact)
            self.found.append(fact)
            if wording.kind == "number":
                self.taken.add(sign)
        return self.found

    def ends_in_another_time(self) -> bool:
        """Whether the sentence leaves its reader in another time than the report's year."""
        return _in_another_time(self.words.plain, self.words.times, self.year, self.unlike)

    def _known(self, fact: _Fact) -> bool:
        return any(one.quantity is fact.quantity and one.start == fact.start for one in self.found)

    def _fits(self, wording: Wording, start: int, end: int, rules: Wordings) -> bool:
        quantity, signs = wording.quantity, self.words.signs
        before = signs[:start]
        if any(sign in rules.ends_sentence for sign in before):
            return False
        if not self._ends_well(wording, end, rules):
            return False
        clause = self._clause(start)
        if any(sign in rules.ends_clause or sign in quantity.not_after for sign in before[clause:]):
            return False
        lead = self._lead(start, rules.leads + quantity.lead, wording.kind == "shared")
        if lead is None:
            return False
        said = before[self._statement(start) :]
        if not any(sign in quantity.not_before for sign in said):
            return True
        return lexicon().sign_of["total"] in signs[lead:end] and lexicon().sign_of["by"] not in said

    def _ends_well(self, wording: Wording, end: int, rules: Wordings) -> bool:
        signs = self.words.signs
        after = signs[end : end + 1]
        if after == lexicon().sign_of["de"]:
            return False
        if after == lexicon().sign_of["open_bracket"] and self.words.plain[self.words.ends[end] :][:1] in ("次", "件"):
            return False
        last = signs[end - 1]
        if last == BARE and (end < 2 or signs[end - 2] not in _announcing()):
            return False
        if "end" not in wording.conditions and last != BARE:
            return True
        return after == "" or after in _clause_ends() or (after in rules.behind and last != BARE)

    def _clause(self, at: int) -> int:
        """The first sign of the clause that sign `at` stands in."""
        signs, ends = self.words.signs, _clause_ends()
        while at > 0 and signs[at - 1] not in ends:
            at -= 1
        return at

    def _statement(self, at: int) -> int:
        """The first sign behind the last full stop, or the last number, before sign `at`."""
        signs = self.words.signs
        stop = lexicon().sign_of["stop"]
        while at > 0 and signs[at - 1] != stop and signs[at - 1] != NUMBER:
            at -= 1
        return at

    def _lead(self, start: int, leads: str, shared: bool) -> int | None:
        """The first sign that leads to a wording; None where it does not begin a statement of its own."""
        signs, known = self.words.signs, lexicon().sign_of
        at = start
        while at > 0:
            sign = signs[at - 1]
            if sign in _clause_ends() or sign in _subjects() or sign in (known["of_which"], known["open"]):
                return at
            if sign == known["and"]:
                return at if shared or (at > 1 and signs[at - 2] == NUMBER) else None
            if sign not in leads:
                return at if self._organ_before(at - 1) is not None else None
            at -= 1
        return at

    def _organ_before(self, at: int) -> str | None:
        """The name of an organ that ends with word `at` and begins its clause."""
        first = self._clause(at + 1)
        signs = self.words.signs[first : at + 1]
        begin, end = self.words.starts[first], self.words.ends[at]
        times = [time.end for time in self.words.times if begin <= time.end <= end]
        name = _name(self.words.plain[max(times, default=begin) : end])
        if not 2 <= len(name) <= _LONGEST_WHOSE or any(sign in signs for sign in _no_part_of_names()):
            return None
        return name if name.endswith(lexicon().organ_endings) else None

    def _on_topic(self, wording: Wording, value: int | Decimal, match: re.Match[str]) -> bool:
        quantity = wording.quantity
        if "topic" not in wording.conditions or (value == 0 and quantity.zero_off_topic):
            return True
        for sign in reversed(self.words.signs[: match.end()]):
            if sign in quantity.topic:
                return True
            if sign in quantity.not_topic:
                return False
        here = any(sign in quantity.topic for sign in self.heading)
        return here and not any(sign in quantity.not_topic for sign in self.heading)

    def _fact(self, wording: Wording, match: re.Match[str]) -> _Fact | None:
        last = match.end() - 1
        at = match.start() if wording.number_first else last
        if not wording.number_first:
            at = next((n for n in range(last, match.start() - 1, -1) if self.words.signs[n] in (NUMBER, BARE)), last)
        number = self.words.numbers.get(at) if wording.kind != "none" else None
        if number is not None:
            if number.kind is not None and number.kind not in wording.quantity.units:
                return None
            return _Fact(
                wording.quantity,
                number.value,
                self.form.place(number.start),
                self.form.place(number.end - 1) + 1,
                at,
                range(match.start(), match.end()),
                number.unit,
                number.qualifier,
            )
        return self._zero(wording, match)

    def _zero(self, wording: Wording, match: re.Match[str]) -> _Fact | None:
        """Zero in words: from the word that says it to the verb behind it."""
        known, signs = lexicon().sign_of, self.words.signs
        zero = (known["no"], known["zero"])
        first = next((n for n in range(match.start(), match.end()) if signs[n] in zero), None)
        if first is None:
            return None
        last = first
        verbs = (known["received"], known["happened"], known["charge"])
        while last + 1 < match.end() and signs[last + 1] in verbs:
            last += 1
        start, end = self.words.starts[first], self.words.ends[last]
        places = self.form.place(start), self.form.place(end - 1) + 1
        return _Fact(wording.quantity, 0, *places, match.start(), range(match.start(), match.end()))

    def _within(self, fact: _Fact) -> bool:
        """Whether the sentence states the whole that this is a part of, and no other that it may belong to."""
        quantity = fact.quantity
        stop = lexicon().sign_of["stop"]
        for n in range(len(self.found) - 1, -1, -1):
            one = self.found[n]
            if one.quantity.id in quantity.against:
                return False
            if one.quantity.id in quantity.within:
                before = self.found[n - 1] if n > 0 else None
                return (
                    before is None
                    or before.quantity.id not in quantity.against
                    or before.value == 0
                    or stop in self.words.signs[before.sign : one.sign]
                )
        return False

    def _is_part(self, fact: _Fact) -> bool:
        """Whether a whole stands behind 其中: then it is a part of something that is not known.

        Unless that names another time: 累计公开5万条，其中2012年公开8900条.
        """
        signs, starts = self.words.signs, self.words.starts
        begin = signs.rfind(lexicon().sign_of["stop"], 0, fact.sign) + 1
        at = signs.rfind(lexicon().sign_of["of_which"], begin, fact.sign)
        if at < 0:
            return False
        before = [one for one in self.found if one.sign < at]
        if not before:
            return True
        whole = before[-1].quantity
        another_time = any(starts[at] < time.start < starts[fact.sign] for time in self.words.times)
        return whole.family == fact.quantity.family and not (whole is fact.quantity and another_time)

    def _complete(self, fact: _Fact) -> None:
        """Its time, whose it is, and its whole."""
        place = self.words.starts[fact.sign]
        times = [time for time in self.words.times if time.start < place]
        fact.period, fact.period_raw = period_of(self.words.plain, times, self.year)
        if not times and self.unlike:
            fact.period = None
        if fact.period_raw is not None:
            last = times[-1]
            fact.period_raw = self.sentence.text[self.form.place(last.start) : self.form.place(last.end - 1) + 1]
        fact.whose = self._whose(fact.words.start)
        for one in reversed(self.found):
            if one.quantity.id in fact.quantity.part_of and one.period == fact.period:
                fact.part_of = one.quantity.id
                break

    def _whose(self, sign: int) -> str | None:
        """The nearest words before a number that name an organ or an area."""
        signs, subjects = self.words.signs, _subjects()
        inside = {n for fact in self.found for n in fact.words}
        last = next((n for n in range(sign - 1, -1, -1) if signs[n] in subjects and n not in inside), None)
        begin = self._clause(sign)
        if last is None or last < begin:
            own = next(
                (n for n in range(sign - 1, begin - 1, -1) if signs[n] == UNKNOWN and self._organ_before(n)), None
            )
            if own is not None:
                return self._organ_before(own)
        if last is None:
            return None
        first, start = last, self._clause(last)
        joined = subjects + UNKNOWN + lexicon().sign_of["and"]
        while first > start and signs[first - 1] in joined:
            first -= 1
        while signs[first] == lexicon().sign_of["and"]:
            first += 1
        begin_at = self.words.starts[first]
        end_at = self.words.ends[last]
        if end_at - begin_at > _LONGEST_WHOSE:
            begin_at = self.words.starts[last]
        times = [time.end for time in self.words.times if begin_at < time.end <= self.words.starts[last]]
        return _name(self.words.plain[max(times, default=begin_at) : end_at])


def _name(text: str) -> str:
    """A name without the signs before it."""
    return _BEFORE_NAME.sub("", text)


@lru_cache(maxsize=1)
def _clause_ends() -> str:
    return "".join(lexicon().sign_of[name] for name in CLAUSE_ENDS)


@lru_cache(maxsize=1)
def _subjects() -> str:
    return "".join(lexicon().sign_of[name] for name in SUBJECTS)


@lru_cache(maxsize=1)
def _announcing() -> str:
    """What may stand before a number without unit."""
    return "".join(lexicon().sign_of[name] for name in ("link", "colon", "all", "total"))


@lru_cache(maxsize=1)
def _no_part_of_names() -> str:
    return NUMBER + "".join(lexicon().sign_of[name] for name in ("open", "close", "no", "turned"))
