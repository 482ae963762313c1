"""Archives (ZIP, RAR, 7z, gzip and the like): named with what is in them, never unpacked.

Which of several files is the report, and whether it is one, is for a person to say. What an archive's own
directory tells is told; nothing in it is decompressed.
"""

from __future__ import annotations

import io
import zipfile
from typing import Final

_KINDS: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"PK\x03\x04", "ZIP", "application/zip"),
    (b"PK\x05\x06", "ZIP", "application/zip"),
    (b"Rar!\x1a\x07", "RAR", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z", "application/x-7z-compressed"),
    (b"\x1f\x8b", "gzip", "application/gzip"),
    (b"BZh", "bzip2", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "xz", "application/x-xz"),
    (b"(\xb5/\xfd", "Zstandard", "application/zstd"),
    (b"MSCF\x00\x00\x00\x00", "CAB", "application/vnd.ms-cab-compressed"),
)
_SIGNS: Final = tuple(sign for sign, _, _ in _KINDS)
_TAR: Final = (b"ustar\x00", b"ustar ")
_PACKAGES: Final[tuple[tuple[str, str, str], ...]] = (
    ("OFD.xml", "OFD", "application/ofd"),
    ("ppt/presentation.xml", "PowerPoint (pptx)",
     "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("META-INF/container.xml", "EPUB", "application/epub+zip"),
    ("content.xml", "OpenDocument", "application/vnd.oasis.opendocument"),
)  # fmt: skip
"""Documents that are a ZIP archive inside: a file at its top, the format's name, its media type."""
_SHOWN: Final = 8
_LONGEST: Final = 60
_FAILURES: Final = (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, LookupError)


def is_archive(data: bytes) -> bool:
    """Whether these bytes are an archive of any kind that is known here."""
    return data.startswith(_SIGNS) or data[257:263] in _TAR


def describe(data: bytes) -> tuple[str, str]:
    """(media type, reason) of an archive: what it is, and what its directory says is in it."""
    name, media_type = next(
        ((name, media_type) for sign, name, media_type in _KINDS if data.startswith(sign)),
        ("tar", "application/x-tar"),
    )
    if name == "ZIP":
        return _describe_zip(data, media_type)
    inside = _name_in_gzip(data) if name == "gzip" else None
    if inside is not None:
        return media_type, f"wrapped_file: a {name} file that holds {inside}"
    return media_type, f"wrapped_file: a {name} archive; unpack it to see what it holds"


def _describe_zip(data: bytes, media_type: str) -> tuple[str, str]:
    try:
        entries = [entry for entry in zipfile.ZipFile(io.BytesIO(data)).infolist() if not entry.is_dir()]
    except _FAILURES:
        return media_type, "wrapped_file: a ZIP archive whose directory is damaged"
    names = {entry.filename for entry in entries}
    for sign, kind, own_type in _PACKAGES:
        if sign in names:
            return own_type, f"format_not_read: {kind} files are not read"
    if not entries:
        return media_type, "wrapped_file: an empty ZIP archive"
    shown = [_printed(entry) for entry in entries[:_SHOWN]]
    more = f" and {len(entries) - _SHOWN} more" if len(entries) > _SHOWN else ""
    locked = ", protected by a password" if any(entry.flag_bits & 1 for entry in entries) else ""
    count = "one file" if len(entries) == 1 else f"{len(entries)} files"
    return media_type, f"wrapped_file: a ZIP archive of {count}{locked}: {', '.join(shown)}{more}"


def _printed(entry: zipfile.ZipInfo) -> str:
    """A name as its maker wrote it: Chinese programs write GBK without saying so."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = entry.filename
    return _clean(name)


def _name_in_gzip(data: bytes) -> str | None:
    """The name that a gzip file gives for what it holds, if it does."""
    if len(data) < 11 or data[3] & 0x04 or not data[3] & 0x08:
        return None
    raw, end, _ = data[10:1034].partition(b"\0")
    if end == b"" or raw == b"":
        return None
    try:
        return _clean(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return _clean(raw.decode("gb18030", "replace"))


def _clean(name: str) -> str:
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    return plain if len(plain) <= _LONGEST else f"…{plain[-_LONGEST:]}"
