"""The stated facts of one sentence: which wordings fit its words, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from goicrawl.extraction.report import Period
from goicrawl.extraction.sentences import Plain, Sentence
from goicrawl.extraction.stated_lexicon import BARE, NUMBER, Time, Words, lexicon
from goicrawl.extraction.stated_subjects import clause_ends, clause_of, organ_that_ends, subjects, whose
from goicrawl.extraction.stated_times import period_of
from goicrawl.extraction.stated_wordings import Quantity, Wording, Wordings, wordings


class Context(NamedTuple):
    """What stands before a sentence: the signs of its chapter's heading and of the numbered line above it.

    `year` is the report's; `elsewhen` says that the sentences before, in the same paragraph, speak of
    another time.
    """

    heading: str
    lead: str
    year: int | None
    elsewhen: bool


@dataclass(slots=True)
class Fact:
    """A fact before it is put into words; `start` and `end` are places in the printed sentence.

    `sign` is the sign of its number, `words` the signs of its wording.
    """

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


class _Signs(NamedTuple):
    """Signs of classes that the reading itself knows."""

    stop: str
    de: str
    also: str
    total: str
    by: str
    of_which: str
    open: str
    open_bracket: str
    zero: str
    verbs: str
    announcing: str


@lru_cache(maxsize=1)
def _known() -> _Signs:
    signs = lexicon().signs
    return _Signs(
        stop=signs(("stop",)),
        de=signs(("de",)),
        also=signs(("and",)),
        total=signs(("total",)),
        by=signs(("by",)),
        of_which=signs(("of_which",)),
        open=signs(("open",)),
        open_bracket=signs(("open_bracket",)),
        zero=signs(("no", "zero")),
        verbs=signs(("received", "happened", "charge")),
        # What may stand before a number without unit.
        announcing=signs(("link", "colon", "all", "total")),
    )


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """Behind what a statement of its own may begin."""
    return frozenset(clause_ends() + subjects() + _known().of_which + _known().open)


def in_another_time(text: str, times: Sequence[Time], year: int | None, before: bool) -> bool:
    """Whether none of a sentence's times is the report's year; without times it goes on in the last one's."""
    if not times:
        return before
    return all(period_of(text, times[: n + 1], year)[0] != "year" for n in range(len(times)))


@dataclass(slots=True)
class SentenceReader:
    """Reads the facts of one sentence."""

    sentence: Sentence
    form: Plain
    words: Words
    context: Context
    found: list[Fact] = field(default_factory=list)

    def facts(self) -> list[Fact]:
        """The facts, in the order of their numbers."""
        taken: set[int] = set()
        # Wholes stand before their parts; words behind a number count only where none before it do.
        candidates = sorted(self._candidates(), key=lambda one: (one[0].sign, one[1].number_first))
        for fact, wording in candidates:
            if fact.sign in taken and wording.kind != "shared":
                continue
            if any(one.quantity is fact.quantity and one.start == fact.start for one in self.found):
                continue
            if "within" in wording.conditions and not self._within(fact):
                continue
            if fact.quantity.head and self._is_part(fact):
                continue
            self._complete(fact)
            self.found.append(fact)
            if wording.kind == "number":
                taken.add(fact.sign)
        return self.found

    def ends_elsewhen(self) -> bool:
        """Whether the sentence leaves its reader in another time than the report's year."""
        return in_another_time(self.words.plain, self.words.times, self.context.year, self.context.elsewhen)

    def _candidates(self) -> list[tuple[Fact, Wording]]:
        rules, signs = wordings(), self.words.signs
        found = []
        for wording in rules.that_may_fit(signs):
            for match in wording.pattern.finditer(signs):
                if self._fits(wording, match.start(), match.end(), rules):
                    fact = self._fact(wording, match)
                    if fact is not None and self._on_topic(wording, fact):
                        found.append((fact, wording))
        return found

    def _fits(self, wording: Wording, start: int, end: int, rules: Wordings) -> bool:
        quantity, signs, known = wording.quantity, self.words.signs, _known()
        before = signs[:start]
        if not (rules.ends_sentence.isdisjoint(before) and quantity.not_with.isdisjoint(before)):
            return False
        if not self._ends_well(wording, end, rules):
            return False
        clause = before[clause_of(signs, start) :]
        if not (rules.ends_clause.isdisjoint(clause) and quantity.not_after.isdisjoint(clause)):
            return False
        lead = self._lead(start, rules.leads, quantity, wording.kind == "shared")
        if lead is None:
            return False
        said = before[self._statement(start) :]
        if quantity.not_before.isdisjoint(said):
            return True
        return known.total in signs[lead:end] and known.by not in said

    def _ends_well(self, wording: Wording, end: int, rules: Wordings) -> bool:
        signs, known = self.words.signs, _known()
        after, last = signs[end : end + 1], signs[end - 1]
        if after == known.de:
            return False
        if after == known.open_bracket and self.words.plain[self.words.ends[end] :][:1] in ("次", "件"):
            return False
        if last == BARE and (end < 2 or signs[end - 2] not in known.announcing):
            return False
        if "end" not in wording.conditions and last != BARE:
            return True
        return after == "" or after in clause_ends() or (after in rules.behind and last != BARE)

    def _statement(self, at: int) -> int:
        """The first sign behind the last full stop, or the last number, before sign `at`."""
        signs, stop = self.words.signs, _known().stop
        while at > 0 and signs[at - 1] != stop and signs[at - 1] != NUMBER:
            at -= 1
        return at

    def _lead(self, start: int, leads: frozenset[str], quantity: Quantity, shared: bool) -> int | None:
        """The first sign that leads to a wording; None where it does not begin a statement of its own."""
        signs, known, ends, at = self.words.signs, _known(), _beginnings(), start
        while at > 0:
            sign = signs[at - 1]
            if sign in ends or sign in quantity.follows:
                return at
            if sign == known.also:
                return at if shared or (at > 1 and signs[at - 2] == NUMBER) else None
            if sign not in leads and sign not in quantity.lead:
                return at if organ_that_ends(self.words, at - 1) is not None else None
            at -= 1
        return at

    def _on_topic(self, wording: Wording, fact: Fact) -> bool:
        quantity = fact.quantity
        if "topic" not in wording.conditions or (fact.value == 0 and quantity.zero_off_topic):
            return True
        for signs in (self.words.signs[: fact.words.stop], self.context.lead):
            for sign in reversed(signs):
                if sign in quantity.topic:
                    return True
                if sign in quantity.not_topic:
                    return False
        # 办理行政复议56件，其中涉及政府信息公开的3件: what names its topic only later is of another.
        heading, rest = self.context.heading, self.words.signs[fact.words.stop :]
        if not (quantity.topic.isdisjoint(rest) and quantity.not_topic.isdisjoint(heading)):
            return False
        return not quantity.topic.isdisjoint(heading)

    def _fact(self, wording: Wording, match: re.Match[str]) -> Fact | None:
        signs, place = self.words.signs, self.form.place
        fitting = range(match.start(), match.end())
        order = fitting if wording.number_first else reversed(fitting)
        at = next((n for n in order if signs[n] in (NUMBER, BARE)), None)
        if at is None or wording.kind == "none":
            return self._zero(wording, fitting)
        number = self.words.numbers[at]
        if number.kind is not None and number.kind not in wording.quantity.units:
            return None
        start, end = place(number.start), place(number.end - 1) + 1
        value, unit, qualifier = number.value, number.unit, number.qualifier
        return Fact(wording.quantity, value, start, end, at, fitting, unit, qualifier)

    def _zero(self, wording: Wording, fitting: range) -> Fact | None:
        """Zero in words: from the word that says it to the verb behind it."""
        signs, known = self.words.signs, _known()
        first = next((n for n in fitting if signs[n] in known.zero), None)
        if first is None:
            return None
        last = first
        while last + 1 < fitting.stop and signs[last + 1] in known.verbs:
            last += 1
        start = self.form.place(self.words.starts[first])
        end = self.form.place(self.words.ends[last] - 1) + 1
        return Fact(wording.quantity, 0, start, end, fitting.start, fitting)

    def _within(self, fact: Fact) -> bool:
        """Whether the sentence states the whole of this part, and no other that it may belong to."""
        quantity, signs = fact.quantity, self.words.signs
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
                    or _known().stop in signs[before.sign : one.sign]
                )
        return False

    def _is_part(self, fact: Fact) -> bool:
        """Whether a whole stands behind 其中: then it is a part of something that is not known.

        Unless that names another time: 累计公开5万条，其中2012年公开8900条.
        """
        signs, starts, known = self.words.signs, self.words.starts, _known()
        at = signs.rfind(known.of_which, signs.rfind(known.stop, 0, fact.sign) + 1, fact.sign)
        if at < 0:
            return False
        before = [one for one in self.found if one.sign < at]
        if not before:
            return True
        whole = before[-1].quantity
        another_time = any(starts[at] < time.start < starts[fact.sign] for time in self.words.times)
        return whole.family == fact.quantity.family and not (whole is fact.quantity and another_time)

    def _complete(self, fact: Fact) -> None:
        """Its time, whose it is, and its whole."""
        place = self.words.starts[fact.sign]
        times = [time for time in self.words.times if time.start < place]
        fact.period, period_raw = period_of(self.words.plain, times, self.context.year)
        if period_raw is not None:
            start, end = self.form.place(times[-1].start), self.form.place(times[-1].end - 1) + 1
            fact.period_raw = self.sentence.text[start:end]
        elif self.context.elsewhen:
            fact.period = None
        fact.whose = whose(self.words, fact.words.start, {n for one in self.found for n in one.words})
        for one in reversed(self.found):
            if one.quantity.id in fact.quantity.part_of and one.period == fact.period:
                fact.part_of = one.quantity.id
                break
