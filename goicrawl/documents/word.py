"""Word documents (DOCX) to blocks."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from goicrawl.documents.document import Document, Paragraph
from goicrawl.documents.formats import MEDIA_TYPES
from goicrawl.documents.packages import Package
from goicrawl.documents.word_numbers import read_numbers
from goicrawl.documents.word_runs import RAISED, VAL, W
from goicrawl.documents.word_walker import WordWalker

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE = ("title", "标题")


def read_docx(data: bytes) -> Document:
    """Read a DOCX file's bytes. Whatever they are, nothing is raised: `problems` says what is wrong."""
    package = Package(data)
    name = package.named(r"word/document\d*\.xml")
    root = None if name is None else package.xml(name)
    if root is None:
        if not package.problems:
            package.problems.append("damaged_file: the package has no document")
        return Document(MEDIA_TYPES["docx"], (), problems=tuple(package.problems))
    styles = package.xml("word/styles.xml")
    numbers = read_numbers(package.xml("word/numbering.xml"), styles)
    walker = WordWalker(_levels(styles), numbers.before)
    for body in root.findall(W + "body"):
        walker.walk(body)
    _add_notes(package, walker)
    return Document(
        MEDIA_TYPES["docx"],
        tuple(walker.blocks),
        "utf-8",
        images=walker.runs.images,
        problems=(*package.problems, *walker.problems),
    )


def _add_notes(package: Package, walker: WordWalker) -> None:
    """Footnotes and endnotes that the text refers to, each with its raised number, after the body."""
    referred = list(walker.runs.notes)
    for kind in ("footnote", "endnote"):
        wanted = {key: number for number, own, key in referred if own == kind}
        root = package.xml(f"word/{kind}s.xml") if wanted else None
        if root is None:
            continue
        for note in root.findall(W + kind):
            number = wanted.get(note.get(W + "id") or "")
            if number is None:
                continue
            first = len(walker.blocks)
            walker.walk(note)
            block = walker.blocks[first] if len(walker.blocks) > first else None
            if isinstance(block, Paragraph):
                mark = str(number).translate(RAISED)
                walker.blocks[first] = Paragraph(f"{mark}{block.text}", block.level)


def _levels(root: etree._Element | None) -> Callable[[etree._Element | None], int | None]:
    """What tells the heading level (1-6) that a paragraph has, by its own outline level or its style's."""
    own: dict[str, int | None] = {}
    based: dict[str, str] = {}
    for style in root.findall(W + "style") if root is not None else ():
        key = style.get(W + "styleId") or ""
        parent = _value(style, "basedOn")
        if parent is not None:
            based[key] = parent
        level = _outline(style.find(W + "pPr"))
        name = (_value(style, "name") or "").strip()
        heading = _HEADING.fullmatch(name)
        if level is None and heading is not None:
            level = int(heading[1])
        elif level is None and name.lower() in _TITLE:
            level = 1
        if level is not None:
            own[key] = level

    def of_style(key: str | None) -> int | None:
        for _ in range(20):
            if key is None:
                return None
            if key in own:
                return own[key]
            key = based.get(key)
        return None

    def level_of(properties: etree._Element | None) -> int | None:
        if properties is None:
            return None
        level = _outline(properties)
        if level is None:
            level = of_style(_value(properties, "pStyle"))
        return None if level is None or level > 9 else min(level, 6)

    return level_of


def _outline(properties: etree._Element | None) -> int | None:
    """The outline level counted from 1; 10 says that it is body text."""
    text = None if properties is None else _value(properties, "outlineLvl")
    return int(text) + 1 if text is not None and re.fullmatch("[0-9]", text) is not None else None


def _value(parent: etree._Element, name: str) -> str | None:
    found = parent.find(W + name)
    return None if found is None else found.get(VAL)
