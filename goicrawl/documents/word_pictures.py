"""Pictures inside a Word document without a table of its own: some organs paste the report in so."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml import etree

from goicrawl.documents.document import Document
from goicrawl.documents.image import blocks_of, read_pictures
from goicrawl.documents.ocr_engine import missing
from goicrawl.documents.packages import Package
from goicrawl.documents.word import read_docx

_LINK: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NAMES: Final = (f"{_LINK}embed", f"{_LINK}id")
_PICTURES: Final = ("blip", "imagedata")


def read_docx_with_pictures(data: bytes) -> Document:
    """Read a DOCX file; where it has pictures and no table, what is in those follows its text."""
    document = read_docx(data)
    if document.grids or document.images == 0:
        return document
    why = missing()
    if why is not None:
        return replace(document, problems=(*document.problems, f"image_not_read: {why}"))
    package = Package(data)
    pages, problems = read_pictures(list(_pictures(package)))
    blocks = (*document.blocks, *blocks_of(pages))
    return replace(document, blocks=blocks, problems=(*document.problems, *package.problems, *problems))


def _pictures(package: Package) -> Iterator[bytes]:
    """The pictures that the text shows, each once, in its order."""
    name = package.named(r"word/document\d*\.xml")
    root = None if name is None else package.xml(name)
    if name is None or root is None:
        return
    links = package.xml(re.sub(r"([^/]+)$", r"_rels/\1.rels", name))
    targets = {link.get("Id"): link.get("Target", "") for link in links} if links is not None else {}
    seen: set[str] = set()
    for element in root.iter():
        if etree.QName(element).localname not in _PICTURES:
            continue
        key = next((value for one in _NAMES if (value := element.get(one)) is not None), None)
        target = targets.get(key, "")
        part = posixpath.normpath(posixpath.join("word", target)) if target[:1] != "/" else target[1:]
        if part in seen or target == "":
            continue
        seen.add(part)
        picture = package.read(part)
        if picture is not None:
            yield picture
