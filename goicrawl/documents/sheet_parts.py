"""Facts about the sheets of an XLSX package, from its XML."""

from __future__ import annotations

import posixpath
import re

from lxml import etree

from goicrawl.documents.packages import Package
from goicrawl.documents.sheet_facts import NOT_COMPUTED, SheetFacts, format_code

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW, _C, _F, _V, _IS = _S + "row", _S + "c", _S + "f", _S + "v", _S + "is"


def facts_of(package: Package) -> dict[str | int, SheetFacts]:
    """By the sheet's name. A sheet that cannot be read is missing, and the package says why."""
    workbook = package.xml("xl/workbook.xml")
    relations = package.xml("xl/_rels/workbook.xml.rels")
    if workbook is None or relations is None:
        return {}
    targets = {one.get("Id"): one.get("Target") or "" for one in relations.iter(etree.Element)}
    formats = _formats(package.xml("xl/styles.xml"))
    out: dict[str | int, SheetFacts] = {}
    for sheet in workbook.iter(_S + "sheet"):
        key = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), None)
        target = targets.get(str(key))
        if target is None:
            continue
        root = package.xml(posixpath.normpath(posixpath.join("/xl", target)).lstrip("/"))
        if root is not None:
            out[sheet.get("name") or ""] = _facts(root, formats)
    return out


def _formats(styles: etree._Element | None) -> list[str | None]:
    """The code of each cell style's number format, where it is one that fixes what is printed."""
    if styles is None:
        return []
    own: dict[int, str] = {}
    for one in styles.iter(_S + "numFmt"):
        own[_whole(one.get("numFmtId"))] = one.get("formatCode") or ""
    cells = styles.find(_S + "cellXfs")
    return [format_code(_whole(one.get("numFmtId")), own) for one in cells] if cells is not None else []


def _facts(root: etree._Element, formats: list[str | None]) -> SheetFacts:
    facts = SheetFacts()
    row = -1
    for line in root.iter(_ROW):
        number = _whole(line.get("r"))
        row = number - 1 if number > 0 else row + 1
        column = -1
        for cell in line.iterchildren(_C):
            match = _REFERENCE.fullmatch(cell.get("r") or "")
            here = row if match is None else int(match[2]) - 1
            column = column + 1 if match is None else _column(match[1])
            if len(cell) == 0:
                continue
            facts.reach(here, column)
            value = cell.find(_V)
            text = None if value is None else value.text
            kind = cell.get("t")
            if kind == "e":
                facts.shown[here, column] = text or "#VALUE!"
            elif (
                cell.find(_F) is not None and text in (None, "") and kind != "str" and cell.find(_IS) is None
            ):
                facts.shown[here, column] = NOT_COMPUTED
                facts.uncomputed += 1
            elif kind in (None, "n"):
                style = _whole(cell.get("s"))
                code = formats[style] if 0 <= style < len(formats) else None
                if code is not None:
                    facts.formats[here, column] = code
    return facts


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else 0
