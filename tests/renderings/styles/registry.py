"""The list of styles, and what may be combined with what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from tests.renderings.model import Draft


class Phase(IntEnum):
    """When a style works. Styles of one phase work in the order of their rank."""

    PLAN = 0
    """before the tables are laid out"""
    TABLE = 1
    """on the laid-out tables"""
    CELL = 2
    """on the text of cells"""
    PAGE = 3
    """on what stands around the tables"""
    PRINT = 4
    """on how blocks become markup or text"""
    BYTES = 5
    """on how the page becomes bytes"""


Apply = Callable[[Draft], None]


@dataclass(frozen=True)
class Style:
    """`groups`: two styles that share one cannot be combined. `forms`: where the style has a meaning.

    `output` is html or text where the style only works in one of them. `mutates`: it damages the page so that
    some figures cannot be read surely.
    """

    name: str
    phase: Phase
    rank: int
    apply: Apply
    groups: frozenset[str]
    forms: frozenset[str]
    output: str | None
    mutates: bool
    note: str


STYLES: dict[str, Style] = {}
MODERN = frozenset({"f2021", "f2019"})
ANNEX = frozenset({"f2014", "fujian2008", "anhui2014", "dingxi2008", "shanghai2008"})
EVERY = MODERN | ANNEX


def style(
    phase: Phase,
    *,
    rank: int = 0,
    groups: str = "",
    forms: frozenset[str] = EVERY,
    output: str | None = None,
    mutates: bool = False,
) -> Callable[[Apply], Apply]:
    """Register a function as a style under its own name."""

    def register(function: Apply) -> Apply:
        name = function.__name__
        if name in STYLES:
            raise ValueError(f"two styles are called {name}")
        note = (function.__doc__ or "").strip().split("\n")[0]
        STYLES[name] = Style(
            name, phase, rank, function, frozenset(groups.split()), forms, output, mutates, note
        )
        return function

    return register


def compatible(names: tuple[str, ...]) -> bool:
    """Whether these styles can be put on one page, and have a form in common."""
    seen: set[str] = set()
    forms = set(EVERY)
    outputs: set[str] = set()
    for name in names:
        one = STYLES[name]
        if seen & one.groups:
            return False
        seen |= one.groups
        forms &= one.forms
        if one.output is not None:
            outputs.add(one.output)
    return bool(forms) and len(outputs) < 2 and len(set(names)) == len(names)


def forms_of(names: tuple[str, ...]) -> list[str]:
    """The forms that all these styles can be printed on, sorted."""
    forms = set(EVERY)
    for name in names:
        forms &= STYLES[name].forms
    return sorted(forms)
