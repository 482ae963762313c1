"""Pages in the place of files: where a PDF is announced, a portal may serve a login or an error page."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from goicrawl.documents.document import Document, iter_text
from goicrawl.documents.formats import MEDIA_TYPES, Format

_NAMES: Final[dict[str, str]] = {
    "pdf": "PDF", "doc": "Word file", "docx": "Word file", "wps": "WPS file", "rtf": "RTF file",
    "xls": "spreadsheet", "xlsx": "spreadsheet", "et": "spreadsheet", "ofd": "OFD file", "zip": "ZIP archive",
    "rar": "RAR archive", "7z": "7z archive", "jpg": "picture", "jpeg": "picture", "png": "picture",
}  # fmt: skip
"""By the ending of an address's path."""
FILES: Final[tuple[Format, ...]] = ("pdf", "doc", "docx", "wps", "rtf", "xls", "xlsx", "et")
"""Formats of files, each the ending of its files' names."""
_BY_TYPE: Final = {MEDIA_TYPES[kind]: _NAMES[kind] for kind in FILES}
_ENDING: Final = re.compile(r"\.([a-z0-9]{2,4})$", re.IGNORECASE)
_QUOTED: Final = 60


def announced(media_type: str | None, url: str | None) -> str | None:
    """The kind of file that a media type or an address announces, in words; None for a page."""
    declared = (media_type or "").split(";")[0].strip().lower()
    if declared in _BY_TYPE:
        return _BY_TYPE[declared]
    if declared.startswith("image/"):
        return "picture"
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return None
    ending = _ENDING.search(path)
    return None if ending is None else _NAMES.get(ending[1].lower())


def page_instead(document: Document, file: str) -> str:
    """The reason for a page without a report where a file was announced; it quotes what the page says."""
    said = document.title or next((text for text in iter_text(document) if text.strip()), "")
    words = " ".join(said.split())[:_QUOTED]
    says = f", which says: {words}" if words else ""
    return f"page_instead_of_file: a page in the place of a {file}{says}"
