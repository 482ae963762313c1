"""The words of the official forms, from `goicrawl.forms`; nothing of the reading code is used here."""

from __future__ import annotations

from dataclasses import dataclass

from goicrawl import forms

FORM_IDS = ("f2021", "f2019", "f2014", "fujian2008", "anhui2014", "dingxi2008", "shanghai2008")


@dataclass(frozen=True)
class FormData:
    """A form as a printer wants it."""

    form: forms.Form

    @property
    def id(self) -> str:
        return self.form.id

    @property
    def sections(self) -> tuple[str, ...]:
        return tuple(section.label for section in self.form.sections)

    def table(self, table_id: str) -> forms.Table:
        return next(table for table in self.form.tables if table.id == table_id)

    def has(self, table_id: str) -> bool:
        return any(table.id == table_id for table in self.form.tables)

    def types(self) -> dict[str, str]:
        """The type of the value at each address: int, decimal or signed_int."""
        return {cell.address: cell.type for cell in (*self.form.cells, *self.form.alternates)}


def load(form_id: str) -> FormData:
    """The form with this id; KeyError if there is none."""
    return FormData(forms.load()[form_id])
