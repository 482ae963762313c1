"""One TOML file of forms or identities: what keys it may have, and where in it a thing stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

_ID = re.compile(r"[a-z][a-z0-9_]*")
_TYPES = ("int", "decimal", "signed_int")

# The keys of each kind of table and what their values are; those that end in ? may be left out.
KEYS: dict[str, dict[str, str | tuple[str, ...]]] = {
    "form": {
        "id": "id", "name": "text", "report_years": "years", "tables": "tables",
        "sections?": "tables", "note?": "text",
    },
    "section": {"number": "whole", "label": "text", "english": "text", "aliases?": "texts"},
    "table": {
        "id": "id", "english": "text", "blocks": "tables",
        "section?": "whole", "section_label?": "text", "unit?": "text", "layout?": ("matrix", "one_row"),
        "corner_note?": "text", "column_groups?": "tables", "optional_rows?": "flag", "note?": "text",
    },
    "column_group": {"label": "text", "columns": "names"},
    "block": {"id": "id", "columns": "tables", "rows": "tables", "caption?": "text"},
    "column": {
        "id": "id", "label": "text", "english": "text",
        "aliases?": "texts", "patterns?": "patterns", "unit?": "text", "type?": _TYPES, "note?": "text",
        "optional?": "flag",
    },
    "row": {
        "id": "id", "label": "text", "english": "text",
        "aliases?": "texts", "level?": "whole", "kind?": ("data", "group", "total"), "unit?": "text",
        "type?": _TYPES, "parent?": "text", "single_row_id?": "id", "evidence?": "text", "note?": "text",
    },
    "words": {
        "label_heads": "texts", "block_corners": "texts", "unit_heads": "texts", "number_heads": "texts",
        "figure_heads": "texts", "only_in_tables": "texts",
    },
    "identities": {"identities": "tables"},
    "identity": {
        "id": "text", "severity": ("error", "warning", "info"), "forms": "names",
        "check": ("sum", "domain", "rules_row", "narrative_count", "deadline"),
        "per": ("column", "row", "cell", "report"), "statement": "text",
        "table?": "text", "row?": "text", "column?": "text", "equations?": "tables",
        "counts?": "lists of names", "first_year_of_two_deadlines?": "whole", "note?": "text",
    },
    "corpus_identity": {
        "id": "text", "severity": ("error", "warning", "info"), "forms": "names",
        "check": ("across_years", "repeated_table", "aggregation"),
        "per": ("column", "row", "table", "cell"), "statement": "text",
        "table?": "text", "rows?": "names", "left?": "names", "right?": "names", "at?": "text",
        "excused_by?": "names", "excuse?": "id", "least_numbers?": "whole", "cells?": "names",
        "note?": "text",
    },
    "equation": {
        "left": "names", "right": "names", "at": "text", "left_english?": "text", "right_english?": "text",
    },
}  # fmt: skip


class FormError(ValueError):
    """A form's file is broken. The message begins with `file:line:`."""


class TomlFile:
    """One file, read, with the place of every table in it.

    Raises:
        FormError: it cannot be read or is no TOML.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise FormError(f"{path.name}:1: cannot be read: {error}") from error
        try:
            self.data: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"line (\d+)", str(error))
            line = place[1] if place is not None else str(self.text.count("\n") + 1)
            raise FormError(f"{path.name}:{line}: {error}") from error
        self._starts: dict[int, int] = {}
        self._find(self.data, 0)

    def _find(self, value: Any, start: int) -> int:
        """Note where each table begins, in the order of the text; give where the last of them does.

        tomllib keeps the order but not the lines, so each table is looked for by its first key, from
        the table before on.
        """
        if isinstance(value, list):
            for item in value:
                start = self._find(item, start)
        if isinstance(value, dict):
            if value is not self.data and value:
                start = self._next(*next(iter(value.items())), start)
            self._starts[id(value)] = start
            for item in value.values():
                start = self._find(item, start)
        return start

    def _next(self, key: str, value: Any, start: int) -> int:
        plain = re.escape(str(value)) if isinstance(value, str | int) else ""
        for what in (rf'["\']?{plain}(?![\w])' if plain != "" else "", ""):
            found = re.compile(rf"(?<![\w.]){re.escape(key)}\s*=\s*{what}").search(self.text, start + 1)
            if found is not None:
                return found.start()
        return start

    def fail(self, where: Any, message: str, key: str | None = None) -> NoReturn:
        """Raise FormError for a table of the file, at its key where that is named and is there."""
        start = self._starts.get(id(where), 0)
        if key is not None and isinstance(where, dict) and key in where:
            found = re.compile(rf"(?<![\w.]){re.escape(key)}\s*=").search(self.text, start)
            start = start if found is None else found.start()
        line = self.text.count("\n", 0, start) + 1
        raise FormError(f"{self.path.name}:{line}: {message}")

    def check(self, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        """The table, with the keys and the types of values that its kind must have."""
        keys = KEYS[kind]
        named = f"{kind} {data['id']!r}" if "id" in data else kind
        missing = [key for key in keys if not key.endswith("?") and key not in data]
        if missing:
            self.fail(data, f"{named} lacks {', '.join(missing)}")
        for key, value in data.items():
            wanted = keys.get(key, keys.get(f"{key}?"))
            if wanted is None:
                self.fail(data, f"{named} has unknown {key}", key)
            fault = _fault(wanted, value)
            if fault is not None:
                self.fail(data, f"{named}: {key} {fault}", key)
        return data

    def unique(self, kind: str, tables: Iterable[dict[str, Any]], key: str = "id") -> None:
        """Refuse a second table with the same id."""
        seen = set()
        for table in tables:
            if table[key] in seen:
                self.fail(table, f"{kind} {table[key]!r} stands twice", key)
            seen.add(table[key])


def _fault(wanted: str | tuple[str, ...], value: Any) -> str | None:
    """What is wrong with a value, in English, or None."""
    if isinstance(wanted, tuple):
        return None if value in wanted else f"{value!r} is none of {', '.join(wanted)}"
    match wanted:
        case "id" if not isinstance(value, str) or _ID.fullmatch(value) is None:
            return f"{value!r} is not lower-case words joined by _"
        case "text" if not _is_text(value):
            return "must be text"
        case "whole" if type(value) is not int or value < 0:
            return "must be a whole number from 0 up"
        case "flag" if type(value) is not bool:
            return "must be true or false"
        case "texts" if not _is_list(value) or not all(map(_is_text, value)):
            return "must be a list of texts"
        case "names" if not _is_list(value) or not value or not all(map(_is_text, value)):
            return "must be a list of names"
        case "lists of names" if not _is_list(value) or any(
            _fault("names", one) is not None for one in value
        ):
            return "must be a list of lists of names"
        case "tables" if not _is_list(value) or not value or not all(isinstance(one, dict) for one in value):
            return "must be a list of tables that is not empty"
        case "years" if not _is_years(value):
            return "must be [first] or [first, last]"
        case "patterns":
            return _pattern_fault(value)
    return None


def _pattern_fault(value: Any) -> str | None:
    fault = _fault("texts", value)
    if fault is not None:
        return fault
    for pattern in value:
        try:
            re.compile(pattern)
        except re.error as error:
            return f"{pattern!r} is no regular expression: {error}"
    return None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != ""


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_years(value: Any) -> bool:
    if not _is_list(value) or len(value) not in (1, 2) or any(type(year) is not int for year in value):
        return False
    return bool(value[0] <= value[-1])
