"""How findings put names and numbers into words."""

from __future__ import annotations

import re
from decimal import Decimal

_BRACKETED = re.compile(r"\s*\([^()]*\)")
_LEADING_BRACKET = re.compile(r"^\([^()]*\)\s*")


def plain(english: str) -> str:
    """An English label without its explanations in brackets: disclosed (granted in full) -> disclosed."""
    return _BRACKETED.sub("", _LEADING_BRACKET.sub("", english)).strip()


def shown(number: int | Decimal) -> str:
    """A number in digits, never with an exponent."""
    return format(number, "f") if isinstance(number, Decimal) else str(number)
