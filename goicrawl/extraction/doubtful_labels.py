"""Labels that do not say by themselves which row they are.

邮寄费 stands under two kinds of fees in one form; 信息不存在数 is a reply in one form and a ground of
refusal in another. The rows above such a label and the way they are numbered say which row is meant; where
they do not, the row is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from goicrawl.extraction.label_index import RowEntry, TableIndex, siblings
from goicrawl.extraction.lines import Line
from goicrawl.extraction.row_labels import RowFinder
from goicrawl.forms.labels import CIRCLED, LEADS, bare, read_label, squeeze

_STYLES = (
    ("（一）", re.compile(r"[(〔【﹙][一二三四五六七八九十]")),
    ("（1）", re.compile(r"[(〔【﹙]?\d{1,2}[)〕】﹚]")),
    ("一、", re.compile(r"[一二三四五六七八九十]{1,3}[、.:,]")),
    ("1.", re.compile(r"\d{1,2}[、.:,]")),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A row that a label may mean; `parent` is the id of the row it stands under, None for none.

    `own` says that the form being read has it, and not only another one.
    """

    entry: RowEntry
    parent: str | None
    own: bool


@dataclass
class Above:
    """What has been printed above a row: the last known row, how each was numbered, unknown rows since."""

    last: RowEntry | None = None
    numbered: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def take(self, entry: RowEntry, label: str) -> None:
        self.last = entry
        self.numbered[entry.row.id] = numbering(label)
        self.unknown = []


def numbering(label: str) -> str:
    """How a label is numbered: （一）, （1）, 一、, 1., ① or not at all."""
    printed = LEADS.sub("", label[:60])
    if printed[:1] in CIRCLED:
        return "①"
    plain = squeeze(printed)
    return next((style for style, pattern in _STYLES if pattern.match(plain) is not None), "")


def settle(
    lines: Sequence[Line], finder: RowFinder, heads: Sequence[tuple[int, RowEntry, str]] = (),
    before: Above | None = None,
) -> Above:  # fmt: skip
    """Decide for every line with a doubtful label which row it is, or that nobody can tell.

    Args:
        heads: groups without figures: (number of the line they stand before, row, label).
        before: what an earlier piece of the same table printed, which counts where this one goes on from it.

    Returns:
        What is printed above a row that follows.
    """
    choices = choices_of(finder)
    above = Above()
    if not choices:
        return above
    if before is not None and _goes_on(lines, finder, before, choices):
        above = Above(before.last, dict(before.numbered), list(before.unknown))
    waiting = list(heads)
    for n, line in enumerate(lines):
        while waiting and waiting[0][0] <= n:
            _, entry, label = waiting.pop(0)
            above.take(entry, label)
        doubtful = None if line.entry is None else _doubtful(line.entry, choices)
        if doubtful is not None:
            line.entry = _choose(line.label, doubtful, finder, above)
            line.undecided = line.entry is None
        if line.entry is not None and finder.place(line.entry) >= 0:
            above.take(line.entry, line.label)
        elif line.entry is None and bare(line.label) != "":
            above.unknown.append(numbering(line.label))
    for _, entry, label in waiting:
        above.take(entry, label)
    return above


def _goes_on(
    lines: Sequence[Line], finder: RowFinder, before: Above, choices: dict[str, tuple[Choice, ...]]
) -> bool:
    """Whether the first row that is surely known comes behind the last one of the earlier piece."""
    if before.last is None or finder.place(before.last) < 0:
        return False
    sure = [one.entry for one in lines if one.entry is not None and _doubtful(one.entry, choices) is None]
    places = [place for entry in sure if (place := finder.place(entry)) >= 0]
    return not places or places[0] > finder.place(before.last)


def choices_of(finder: RowFinder) -> dict[str, tuple[Choice, ...]]:
    """The words of every doubtful label -> the rows it may mean in the forms with a table of this name."""
    known = finder.index.memory.get("choices")
    if known is None:
        known = finder.index.memory["choices"] = _find_choices(finder.index)
    assert isinstance(known, dict)
    return known


def _find_choices(index: TableIndex) -> dict[str, tuple[Choice, ...]]:
    found: dict[str, dict[str, Choice]] = {}
    for one in (index, *(other for other in siblings(index.table.id) if other is not index)):
        for entry in one.rows:
            if entry.data_id is None:
                continue
            parent = parent_of(one, entry)
            choice = Choice(entry, None if parent is None else parent.row.id, one is index)
            for label in entry.labels:
                found.setdefault(label.key, {}).setdefault(entry.data_id, choice)
    return {key: tuple(rows.values()) for key, rows in found.items() if len(rows) > 1}


def parent_of(index: TableIndex, entry: RowEntry) -> RowEntry | None:
    """The nearest row above that stands less deep."""
    for other in reversed(index.rows[: entry.place]):
        if other.row.level < entry.row.level:
            return other
    return None


def _doubtful(entry: RowEntry, choices: dict[str, tuple[Choice, ...]]) -> tuple[Choice, ...] | None:
    return next((found for label in entry.labels if (found := choices.get(label.key)) is not None), None)


def _choose(label: str, choices: Sequence[Choice], finder: RowFinder, above: Above) -> RowEntry | None:
    mine = numbering(label)
    if above.last is None or any(one == "" or one != mine for one in above.unknown):
        return None
    path = _path(finder.index, above.last)
    fitting = [one for one in choices if _fits(one, label, mine, path, above)]
    if len(fitting) > 1:
        last = finder.place(above.last)
        fitting = [one for one in fitting if one.own and one.entry.place > last]
    if len(fitting) != 1 or _is_another(label, fitting[0], choices):
        return None
    return fitting[0].entry


def _is_another(label: str, chosen: Choice, choices: Sequence[Choice]) -> bool:
    """Whether the label has another row's number, and not the chosen one's."""
    number = mark_of(label)
    return (
        number[1] is not None and number not in _marks(chosen) and any(number in _marks(c) for c in choices)
    )


def mark_of(label: str) -> tuple[str, int | None]:
    """How a label is numbered, and its number."""
    return numbering(label), read_label(label).number


def _marks(choice: Choice) -> list[tuple[str, int | None]]:
    return [mark_of(text) for text in (choice.entry.row.label, *choice.entry.row.aliases)]


def _path(index: TableIndex, last: RowEntry) -> list[str]:
    """The last row, the row that it stands under, and so on up."""
    out = []
    entry: RowEntry | None = index.rows[next(e.place for e in index.rows if e.row.id == last.row.id)]
    while entry is not None:
        out.append(entry.row.id)
        entry = parent_of(index, entry)
    return out


def _fits(choice: Choice, label: str, mine: str, path: Sequence[str], above: Above) -> bool:
    """Whether a label so numbered can be the choice's, below the rows of the path."""
    if choice.parent is None:
        depth = len(path)
    elif choice.parent in path:
        depth = path.index(choice.parent)
    else:
        return False
    if depth > 0:
        neighbour = above.numbered.get(path[depth - 1], mine)
        return neighbour == mine or "" in (neighbour, mine)
    if mine != "" and above.numbered.get(path[0]) == mine:
        # Numbered on like the row above: its neighbour, not the first one under it.
        return False
    return choice.own or read_label(label).number in (None, 1)
