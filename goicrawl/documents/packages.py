"""Parts of an Office package (a zip of XML files), read within limits whatever the zip claims."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree

from goicrawl.documents.ole import OLE

MAX_PART = 64 * 1024 * 1024
"""Bytes of one part once unpacked; a real report's largest has 2 MB."""
MAX_RATIO = 250
"""How many times its packed size a large part may have; markup of tables reaches 60."""
_SMALL = 4 * 1024 * 1024
"""A part up to this size may have any ratio: it cannot do harm."""
_FAILURES = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, LookupError)
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
)


class Package:
    """The parts of one file. `problems` says why one could not be read."""

    def __init__(self, data: bytes) -> None:
        self.problems: list[str] = []
        self._zip: zipfile.ZipFile | None = None
        self._left = 2 * MAX_PART
        if data.startswith(OLE):
            self.problems.append("encrypted: the document is protected by a password")
            return
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _FAILURES as error:
            self._damaged(str(error))

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return [] if self._zip is None else self._zip.namelist()

    def named(self, pattern: str) -> str | None:
        """The first part whose whole name matches."""
        return next((name for name in self.names if re.fullmatch(pattern, name) is not None), None)

    def read(self, name: str) -> bytes | None:
        """A part's bytes, or None where it is missing, damaged or larger than a document can be."""
        if self._zip is None or name not in self._zip.NameToInfo:
            return None
        info = self._zip.getinfo(name)
        size = info.file_size
        if size > min(MAX_PART, self._left) or (size > _SMALL and size > MAX_RATIO * info.compress_size):
            self.problems.append(f"zip_bomb: {name[:60]} unpacks to {size} bytes")
            return None
        self._left -= size
        try:
            return self._zip.read(info)
        except RuntimeError as error:
            if info.flag_bits & 1:
                self.problems.append("encrypted: the package is protected by a password")
            else:
                self._damaged(str(error))
        except _FAILURES as error:
            self._damaged(str(error))
        return None

    def xml(self, name: str) -> etree._Element | None:
        """A part's root element; entities are not replaced and nothing is fetched."""
        data = self.read(name)
        if data is None:
            return None
        if _STRICT in data:
            for strict, transitional in _TRANSITIONAL:
                data = data.replace(strict, transitional)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            self._damaged(f"{name[:60]}: {error}")
        return None

    def _damaged(self, why: str) -> None:
        self.problems.append(f"damaged_file: {' '.join(why.split())[:200]}")
