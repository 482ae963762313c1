"""Which row of a form a printed label names: exactly, or nearly and in the right place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from goicrawl.extraction.label_index import RowEntry, TableIndex, are_akin, indexes, similarity, without_unit
from goicrawl.forms.labels import Label, read_label, squeeze

_CONTINUED = re.compile(r"[（(]?(?:续表?|接上[页表]?|续上[页表]?)[）)]?$")
_SERIAL = re.compile(r"[（(]?\d{1,3}[）)]?[.、]?|[甲乙丙丁戊]")
LIKE = 0.85
"""How surely a label must mean the row where the rows around it leave more than one choice: a slip."""
LIKE_BETWEEN = 0.6
"""The same where its neighbours leave exactly one row: an abbreviation too."""


class RowFinder:
    """Finds rows of one table, in one form first and then in the forms whose table is nearly the same."""

    def __init__(self, index: TableIndex, akin: Sequence[TableIndex]) -> None:
        self.index = index
        self.akin = tuple(akin)
        self.groups = sorted(
            {
                label.key
                for one in (index, *akin)
                for entry in one.rows
                if entry.row.kind == "group"
                for label in entry.labels
                if len(label.key) >= 4
            },
            key=len,
            reverse=True,
        )
        self._known: dict[str, tuple[RowEntry, ...]] = {}
        self._places = {entry.row.id: entry.place for entry in index.rows}

    def place(self, entry: RowEntry) -> int:
        """Where the row stands in the first form; -1 where only another form has it."""
        return self._places.get(entry.row.id, -1)

    def find(self, text: str, after: int = -1) -> RowEntry | None:
        """The row that has exactly this label, number and white space apart."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) > 4096:
                self._known.clear()
            found = self._known[text] = self._look_up(text)
        if len(found) <= 1:
            return found[0] if found else None
        later = [entry for entry in found if self.place(entry) > after]
        return later[0] if later else None

    def _look_up(self, text: str) -> tuple[RowEntry, ...]:
        if len(text) > 160:
            return ()
        for variant in _variants(text):
            found = self._of_label(variant)
            if found:
                return found
        return self._behind_group(text)

    def _of_label(self, label: Label) -> tuple[RowEntry, ...]:
        if label.key == "":
            return ()
        for index in (self.index, *self.akin):
            entries = index.by_key.get(label.key)
            if entries is None:
                continue
            if len(entries) == 1:
                return (entries[0],)
            same = [
                entry
                for entry in entries
                if any(
                    one.key == label.key and one.number == label.number and one.level == label.level
                    for one in entry.labels
                )
            ]
            return tuple(same if same else entries)
        return ()

    def _behind_group(self, text: str) -> tuple[RowEntry, ...]:
        """Group and row in one cell: （三）不予公开1.属于国家秘密."""
        plain = squeeze(text)
        for group in self.groups:
            at = plain.find(group)
            if 0 <= at <= 5:
                rest = plain[at + len(group) :].lstrip("-—:：、,，–")
                while rest != "":
                    found = self._of_label(read_label(rest))
                    if found:
                        return found
                    inner = next((g for g in self.groups if 0 <= rest.find(g) <= 5), None)
                    if inner is None:
                        break
                    rest = rest[rest.find(inner) + len(inner) :].lstrip("-—:：、,，–")
        return ()

    def like(self, text: str, candidates: Sequence[RowEntry], only: bool) -> tuple[RowEntry, float] | None:
        """The candidate whose label is surely meant; `only` says that its place leaves no other row."""
        label = next(iter(_variants(text)))
        if label.key == "" or len(label.key) > 60:
            return None
        scored = sorted(
            ((similarity(label.key, entry, label.number), entry.place, entry) for entry in candidates),
            key=lambda item: (-item[0], item[1]),
        )
        if not scored:
            return None
        best, _, entry = scored[0]
        if len(scored) > 1 and best - scored[1][0] < 0.12:
            return None
        own = {one.key for one in entry.labels}
        rivals = [
            e
            for e in self.index.rows
            if e is not entry and e not in candidates and not own & {one.key for one in e.labels}
        ]
        if any(similarity(label.key, rival, label.number) >= best for rival in rivals):
            return None
        return (entry, best) if best >= (LIKE_BETWEEN if only else LIKE) else None


@lru_cache(maxsize=4096)
def _variants(text: str) -> tuple[Label, ...]:
    """The label, and the label without what people add: a unit behind it, 续 before it."""
    out = [read_label(variant) for variant in without_unit(text)]
    plain = squeeze(text)
    cut = _CONTINUED.sub("", plain)
    if cut not in (plain, ""):
        out.append(read_label(cut))
    return tuple(out)


@lru_cache(maxsize=64)
def finder(index_number: int) -> RowFinder:
    index = indexes()[index_number]
    return RowFinder(index, [other for other in indexes() if are_akin(index, other)])


def finder_of(index: TableIndex) -> RowFinder:
    return finder(next(n for n, one in enumerate(indexes()) if one is index))


def is_serial(text: str) -> bool:
    """Whether a cell numbers rows or columns and answers nothing: 3, （4）, 甲."""
    return _SERIAL.fullmatch(squeeze(text)) is not None
