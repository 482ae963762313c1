"""How large a document may be, how long reading it may take, and how much memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from goicrawl.config import Config

MAX_BYTES: Final = 32 * 1024 * 1024
"""The largest real page seen has 4 MB; a document beyond this is not read."""

_SCANS: Final = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_FILES: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")


@dataclass(frozen=True, slots=True)
class Limits:
    """Wall-clock seconds by the kind of document, and bytes of memory for the process; 0: no limit."""

    page_seconds: float
    """For web pages and text."""
    file_seconds: float
    """For Word files and spreadsheets."""
    scan_seconds: float
    """For what may hold scans that have to be recognised: PDFs and pictures."""
    memory: int

    def seconds_for(self, data: bytes) -> float:
        """The seconds that reading these bytes may take, by their signature alone: nothing is opened."""
        start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
        if start.startswith(_SCANS):
            return self.scan_seconds
        return self.file_seconds if start.startswith(_FILES) else self.page_seconds


def limits_of(config: Config) -> Limits:
    """The limits that a configuration sets."""
    return Limits(
        config.read_page_seconds, config.read_file_seconds, config.read_scan_seconds, config.read_memory
    )
