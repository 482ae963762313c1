"""The words around the tables of every form, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from goicrawl.forms.toml_file import TomlFile


@dataclass(frozen=True)
class Words:
    """Words that organs print around the tables; words.toml says what each list is."""

    label_heads: tuple[str, ...]
    block_corners: tuple[str, ...]
    unit_heads: tuple[str, ...]
    number_heads: tuple[str, ...]
    figure_heads: tuple[str, ...]
    only_in_tables: tuple[str, ...]

    @cached_property
    def beside(self) -> frozenset[str]:
        """Heads of columns that stand between labels and figures and answer nothing."""
        return frozenset((*self.unit_heads, *self.number_heads))

    @cached_property
    def left_heads(self) -> frozenset[str]:
        """Words that a line of heads begins with."""
        return frozenset((*self.label_heads, *self.number_heads))

    @cached_property
    def heads(self) -> frozenset[str]:
        """Words of a line of heads that name no column of a form."""
        return frozenset((*self.label_heads, *self.unit_heads, *self.number_heads, *self.figure_heads))


def load_words(path: Path) -> Words:
    """Read the words.

    Raises:
        FormError: a broken file.
    """
    file = TomlFile(path)
    data = file.check("words", file.data)
    return Words(**{key: tuple(value) for key, value in data.items()})
