"""Which bodies are one organ over the years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Connection


@dataclass(frozen=True, slots=True)
class Lines:
    """`line_of` has the line of every body; `before` the lines that a line took over, whole or in part."""

    line_of: Mapping[int, int]
    before: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def bodies_of(self, lines: Iterable[int]) -> list[int]:
        """The bodies of some lines."""
        wanted = set(lines)
        return [body for body, line in self.line_of.items() if line in wanted]


def load(connection: Connection) -> Lines:
    """The lines of all bodies."""
    rows = connection.execute(sa.text("SELECT id FROM bodies"))
    return Lines({row.id: row.id for row in rows})
