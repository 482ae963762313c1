"""What the numbers of prose may count: stated_quantities.toml, its wordings as patterns over words' signs."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from operator import itemgetter
from typing import Any, Literal

from goicrawl.extraction.stated_lexicon import BARE, NUMBER, UNKNOWN, lexicon

Condition = Literal["end", "topic", "within"]
CONDITIONS: tuple[Condition, ...] = ("end", "topic", "within")
_TOKEN = re.compile(r"\s*([A-Za-z_]+|[()|?*+])")
_REPEATS = {"?": "?", "*": "{0,6}", "+": "{1,6}"}
"""No real wording repeats a word more often, and made-up ones must not take for ever."""


@dataclass(frozen=True)
class Quantity:
    """A quantity that prose may state. Classes of words stand as their signs."""

    id: str
    label: str
    english: str
    cells: tuple[str, ...]
    family: str | None
    head: bool
    units: frozenset[str]
    topic: frozenset[str]
    not_topic: frozenset[str]
    zero_off_topic: bool
    within: tuple[str, ...]
    against: tuple[str, ...]
    part_of: tuple[str, ...]
    not_with: frozenset[str]
    not_after: frozenset[str]
    not_before: frozenset[str]
    lead: frozenset[str]
    follows: frozenset[str]


@dataclass(frozen=True)
class Wording:
    """One way to state a quantity. Every sign of `must` stands in every text that it fits."""

    quantity: Quantity
    kind: Literal["number", "shared", "none"]
    source: str
    must: frozenset[str]
    conditions: frozenset[Condition]
    number_first: bool

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when it is first needed: a report uses a few of them."""
        return re.compile(self.source)


@dataclass(frozen=True)
class Wordings:
    """All quantities by id; the wordings by a sign that each of them needs ("" for none), and their order."""

    quantities: dict[str, Quantity]
    by_sign: dict[str, tuple[tuple[int, Wording], ...]]
    leads: frozenset[str]
    behind: frozenset[str]
    ends_clause: frozenset[str]
    ends_sentence: frozenset[str]

    def that_may_fit(self, signs: str) -> list[Wording]:
        """The wordings whose signs all stand in a sentence, in the order of the file."""
        present = frozenset(signs) | {""}
        by_sign = self.by_sign
        found = [
            one for sign in present if sign in by_sign for one in by_sign[sign] if one[1].must <= present
        ]
        found.sort(key=itemgetter(0))
        return [wording for _, wording in found]


@cache
def wordings() -> Wordings:
    """The wordings of stated_quantities.toml.

    Raises:
        ValueError: a wording names no class and no phrase, or is not well formed.
    """
    text = files("goicrawl.extraction").joinpath("stated_quantities.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    compiler = _Compiler(data["phrases"], lexicon().sign_of)
    quantities = {entry["id"]: _quantity(entry, compiler) for entry in data["quantities"]}
    any_term = "|".join(entry["term"] for entry in data["quantities"] if "term" in entry)
    found: list[Wording] = []
    for entry in data["quantities"]:
        quantity = quantities[entry["id"]]
        topic = " topic" if quantity.topic else ""
        found += [_wording(quantity, "number", rule, compiler) for rule in entry.get("says", ())]
        found += [_wording(quantity, "none", rule, compiler) for rule in entry.get("none", ())]
        term = entry.get("term")
        if term is not None:
            found.append(_wording(quantity, "number", f"{term} sum N{topic}", compiler))
            found.append(_wording(quantity, "none", f"{term} (link|colon)* (zero|no) end{topic}", compiler))
            shared = f"({term}) (and ({any_term}))* (all sum (N|zero)|no) end{topic}"
            found.append(_wording(quantity, "shared", shared, compiler))
    leads = data["leads"]
    return Wordings(
        quantities,
        _by_rarest_sign(found),
        *(
            frozenset(compiler.signs(leads[name]))
            for name in ("before", "behind", "ends_clause", "ends_sentence")
        ),
    )


def _by_rarest_sign(wordings: list[Wording]) -> dict[str, tuple[tuple[int, Wording], ...]]:
    often = Counter(sign for wording in wordings for sign in wording.must)
    found: dict[str, list[tuple[int, Wording]]] = {}
    for order, wording in enumerate(wordings):
        rarest = min(sorted(wording.must), key=lambda sign: often[sign], default="")
        found.setdefault(rarest, []).append((order, wording))
    return {sign: tuple(listed) for sign, listed in found.items()}


def _quantity(entry: Mapping[str, Any], compiler: _Compiler) -> Quantity:
    return Quantity(
        id=entry["id"],
        label=entry["label"],
        english=entry["english"],
        cells=tuple(entry.get("cells", ())),
        family=entry.get("family"),
        head=entry.get("head", False),
        units=frozenset(entry["units"]),
        topic=frozenset(compiler.signs(entry.get("topic", ()))),
        zero_off_topic=entry.get("zero_off_topic", False),
        not_topic=frozenset(compiler.signs(entry.get("not_topic", ()))),
        within=tuple(entry.get("within", entry.get("part_of", ()))),
        against=tuple(entry.get("against", ())),
        part_of=tuple(entry.get("part_of", ())),
        not_with=frozenset(compiler.signs(entry.get("not_with", ()))),
        not_after=frozenset(compiler.signs(entry.get("not_after", ()))),
        not_before=frozenset(compiler.signs(entry.get("not_before", ()))),
        lead=frozenset(compiler.signs(entry.get("lead", ()))),
        follows=frozenset(compiler.signs(entry.get("follows", ()))),
    )


def _wording(
    quantity: Quantity, kind: Literal["number", "shared", "none"], rule: str, compiler: _Compiler
) -> Wording:
    words = rule.split()
    conditions: set[Condition] = set()
    while words[-1] in CONDITIONS:
        conditions.add(words.pop())  # type: ignore[arg-type]
    pattern, must = compiler.compile(" ".join(words))
    return Wording(quantity, kind, pattern, must, frozenset(conditions), words[0] == NUMBER)


class _Compiler:
    """Makes patterns of wordings. A pattern knows the signs without which nothing fits it."""

    def __init__(self, phrases: Mapping[str, str], sign_of: Mapping[str, str]) -> None:
        self._phrases = phrases
        self._sign_of = sign_of
        self._known: dict[str, tuple[str, frozenset[str]]] = {}

    def signs(self, classes: list[str] | tuple[str, ...]) -> str:
        """The signs of classes, one behind the other."""
        return "".join(self._sign_of[name] for name in classes)

    def compile(self, rule: str) -> tuple[str, frozenset[str]]:
        """A wording's pattern, and the signs it cannot do without."""
        tokens = _TOKEN.findall(rule)
        if "".join(tokens) != "".join(rule.split()):
            raise ValueError(f"stated_quantities.toml: {rule!r} has signs that mean nothing")
        pattern, must, rest = self._choice(tokens, rule)
        if rest:
            raise ValueError(f"stated_quantities.toml: {rule!r} is not well formed")
        return pattern, must

    def _choice(self, tokens: list[str], rule: str) -> tuple[str, frozenset[str], list[str]]:
        pattern, must, rest = self._row(tokens, rule)
        while rest and rest[0] == "|":
            other, its_must, rest = self._row(rest[1:], rule)
            pattern, must = f"{pattern}|{other}", must & its_must
        return f"(?:{pattern})", must, rest

    def _row(self, tokens: list[str], rule: str) -> tuple[str, frozenset[str], list[str]]:
        parts: list[str] = []
        must: frozenset[str] = frozenset()
        while tokens and tokens[0] not in ")|":
            if tokens[0] == "(":
                part, its_must, tokens = self._choice(tokens[1:], rule)
                if not tokens or tokens[0] != ")":
                    raise ValueError(f"stated_quantities.toml: {rule!r} lacks a bracket")
            else:
                part, its_must = self._named(tokens[0], rule)
            tokens = tokens[1:]
            if tokens and tokens[0] in _REPEATS:
                part += _REPEATS[tokens[0]]
                its_must = its_must if tokens[0] == "+" else frozenset()
                tokens = tokens[1:]
            parts.append(part)
            must |= its_must
        return "".join(parts), must, tokens

    def _named(self, name: str, rule: str) -> tuple[str, frozenset[str]]:
        if name == NUMBER:
            return f"[{NUMBER}{BARE}]", frozenset()
        if name == "unknown":
            return UNKNOWN, frozenset(UNKNOWN)
        sign = self._sign_of.get(name)
        if sign is not None:
            return sign, frozenset(sign)
        if name not in self._phrases:
            raise ValueError(f"stated_quantities.toml: {rule!r}: no class and no phrase is named {name!r}")
        if name not in self._known:
            self._known[name] = self.compile(self._phrases[name])
        return self._known[name]
