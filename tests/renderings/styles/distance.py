"""How far apart two labels are, so that a slip of the pen cannot turn one label into another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def steps(left: str, right: str) -> int:
    """The least number of characters lost, added or changed between two texts."""
    before = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        now = [i]
        for j, b in enumerate(right, 1):
            now.append(min(before[j] + 1, now[-1] + 1, before[j - 1] + (a != b)))
        before = now
    return before[-1]


def bare(text: str) -> str:
    return re.sub(r"[\s\W\d_]+", "", unicodedata.normalize("NFKC", text))


def apart(text: str, meant: str, others: Iterable[str]) -> bool:
    """Whether `text` is much nearer to what was meant than to any other label."""
    near = steps(bare(text), bare(meant))
    return all(steps(bare(text), bare(other)) >= near + 3 for other in others if bare(other) != bare(meant))
