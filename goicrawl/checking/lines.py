"""Which bodies are one organ over the years, and which came from others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Connection


@dataclass(frozen=True, slots=True)
class Lines:
    """`line_of` has the line of every body, one through sure renames.

    `before` has the lines that a line came from otherwise: by a merger, a division, an unsure rename.
    `changed` has the years in which a line was merged with others or divided, where they are known.
    """

    line_of: Mapping[int, int]
    before: Mapping[int, frozenset[int]] = field(default_factory=dict)
    changed: Mapping[int, frozenset[int]] = field(default_factory=dict)
    bodies: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def bodies_of(self, lines: Iterable[int]) -> list[int]:
        """The bodies of some lines."""
        return [body for line in lines for body in self.bodies.get(line, ())]


def load(connection: Connection) -> Lines:
    """The lines of all bodies, as the views `body_line` and `body_successions` have them."""
    line_of: dict[int, int] = {}
    bodies: dict[int, list[int]] = defaultdict(list)
    for body, line in connection.execute(sa.text("SELECT body_id, line_id FROM body_line ORDER BY body_id")):
        line_of[body] = line
        bodies[line].append(body)
    before: dict[int, set[int]] = defaultdict(set)
    changed: dict[int, set[int]] = defaultdict(set)
    query = sa.text("SELECT predecessor_id, successor_id, kind, since, until FROM body_successions")
    for predecessor, successor, kind, since, until in connection.execute(query):
        earlier, later = line_of[predecessor], line_of[successor]
        if earlier == later:
            continue
        before[later].add(earlier)
        if kind != "renamed" and since is not None:
            years = range(since, (since if until is None else until) + 1)
            changed[earlier].update(years)
            changed[later].update(years)
    return Lines(
        line_of,
        {line: frozenset(others) for line, others in before.items()},
        {line: frozenset(years) for line, years in changed.items()},
        {line: tuple(ids) for line, ids in bodies.items()},
    )
