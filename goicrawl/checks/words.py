"""How findings put names and numbers into words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Context, Decimal

_BRACKETED = re.compile(r"\s*\([^()]*\)")
_LEADING_BRACKET = re.compile(r"^\([^()]*\)\s*")


def plain(english: str) -> str:
    """An English label without its explanations in brackets: disclosed (granted in full) -> disclosed."""
    return _BRACKETED.sub("", _LEADING_BRACKET.sub("", english)).strip()


def shown(number: int | Decimal) -> str:
    """A number in digits, never with an exponent."""
    return format(number, "f") if isinstance(number, Decimal) else str(number)


# Wide enough that no sum of printed numbers is rounded.
_EXACT = Context(prec=400)


def exact_sum(values: Sequence[int | Decimal]) -> int | Decimal:
    """The sum of printed numbers, never rounded."""
    total: int | Decimal = sum(values)
    if type(total) is int:
        return total
    exact = Decimal(0)
    for value in values:
        exact = _EXACT.add(exact, Decimal(value))
    return exact
