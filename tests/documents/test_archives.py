"""Archives are named with what their directory says is in them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl.documents.archives import describe, is_archive
from goicrawl.documents.formats import sniff

REPORT = "2021年政府信息公开工作年度报告.doc"


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def gbk_named(name: str) -> bytes:
    """As Chinese programs write it: GBK, and no flag that says so."""
    raw = name.encode("gbk")
    return zipped("n" * len(raw)).replace(b"n" * len(raw), raw)


def locked(name: str) -> bytes:
    """An archive whose one file needs a password, by its flags."""
    data = bytearray(zipped(name))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(sign) + at
        (flags,) = struct.unpack_from("<H", data, place)
        struct.pack_into("<H", data, place, flags | 1)
    return bytes(data)


def tarred(name: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    return file.getvalue()


def gzipped(name: str) -> bytes:
    file = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=file, mtime=0) as out:
        out.write(b"x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type", "reason"),
    [
        (zipped(REPORT), "application/zip", f"wrapped_file: a ZIP archive of one file: {REPORT}"),
        (gbk_named(REPORT), "application/zip", f"wrapped_file: a ZIP archive of one file: {REPORT}"),
        (
            zipped("附件/", "附件/a.xls", "b.pdf"),
            "application/zip",
            "wrapped_file: a ZIP archive of 2 files: 附件/a.xls, b.pdf",
        ),
        (
            zipped(*(f"{n}.doc" for n in range(11))),
            "application/zip",
            "wrapped_file: a ZIP archive of 11 files: "
            + ", ".join(f"{n}.doc" for n in range(8))
            + " and 3 more",
        ),
        (
            locked("a.doc"),
            "application/zip",
            "wrapped_file: a ZIP archive of one file, protected by a password: a.doc",
        ),
        (zipped(), "application/zip", "wrapped_file: an empty ZIP archive"),
        (
            zipped("a.doc")[:40],
            "application/zip",
            "wrapped_file: a ZIP archive whose directory is damaged",
        ),
        (
            zipped("OFD.xml", "Doc_0/Document.xml"),
            "application/ofd",
            "format_not_read: OFD files are not read",
        ),
        (
            zipped("mimetype", "content.xml"),
            "application/vnd.oasis.opendocument",
            "format_not_read: OpenDocument files are not read",
        ),
        (
            gzipped("a.html"),
            "application/gzip",
            "wrapped_file: a gzip file that holds a.html",
        ),
        (
            gzip.compress(b"x", mtime=0),
            "application/gzip",
            "wrapped_file: a gzip archive; unpack it to see what it holds",
        ),
        (
            b"Rar!\x1a\x07\x01\x00" + b"x" * 100,
            "application/vnd.rar",
            "wrapped_file: a RAR archive; unpack it to see what it holds",
        ),
        (
            b"7z\xbc\xaf\x27\x1c" + b"x" * 100,
            "application/x-7z-compressed",
            "wrapped_file: a 7z archive; unpack it to see what it holds",
        ),
        (
            tarred("a.doc"),
            "application/x-tar",
            "wrapped_file: a tar archive; unpack it to see what it holds",
        ),
        (
            bz2.compress(b"x"),
            "application/x-bzip2",
            "wrapped_file: a bzip2 archive; unpack it to see what it holds",
        ),
        (
            lzma.compress(b"x"),
            "application/x-xz",
            "wrapped_file: a xz archive; unpack it to see what it holds",
        ),
    ],
)
def test_what_it_is_and_what_is_in_it(data: bytes, media_type: str, reason: str) -> None:
    assert sniff(data) == "archive"
    assert describe(data) == (media_type, reason)


def test_a_name_cannot_fill_the_page() -> None:
    _, reason = describe(zipped("长" * 2000 + "\n\x1b[31m.doc"))
    assert len(reason) < 200
    assert reason.isprintable()
    assert reason.endswith(".doc")


@given(st.sampled_from([zipped("a.doc", "b.xls"), gzipped("a"), tarred("a")]), st.data())
def test_damaged_archives_have_a_reason(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(6, len(whole)))
    noise = data.draw(st.binary(max_size=30))
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    if is_archive(damaged):
        _, reason = describe(damaged)
        assert reason.partition(":")[0] in ("wrapped_file", "format_not_read")
