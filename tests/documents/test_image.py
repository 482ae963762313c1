"""Picture files: what cannot be read is named, whatever the bytes are, and nothing is ever raised."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl.documents import image, pdf_scans
from goicrawl.documents.formats import sniff
from goicrawl.documents.image import MAX_PIXELS, read_image
from goicrawl.documents.ocr_engine import missing
from goicrawl.reading import parse_report
from tests.documents.pictures import encoded

needs_engine = pytest.mark.skipif(missing() is not None, reason=str(missing()))


def plain(width: int = 60, height: int = 60, mode: str = "L", colour: Any = 255) -> Any:
    pil = pytest.importorskip("PIL.Image")
    return pil.new(mode, (width, height), colour)


def claims(width: int, height: int) -> bytes:
    """A PNG whose head claims so many pixels and which holds next to none."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_formats_are_known_by_their_bytes(kind: str) -> None:
    assert sniff(encoded(plain(), kind), "text/html") == "image"


@pytest.mark.parametrize(
    "data", [b"BM is how this text begins, and it goes on", b"RIFF means little here", b"BM"]
)
def test_texts_that_begin_like_pictures(data: bytes) -> None:
    assert sniff(data) == "text"


def test_without_the_extra_the_reason_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "missing", lambda: "install goicrawl[ocr] to read pictures")
    report = parse_report(b"\x89PNG\r\n\x1a\n and so on")
    assert report.outcome == "image_only"
    assert report.reasons == ("image_not_read: install goicrawl[ocr] to read pictures",)


def test_a_scan_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    monkeypatch.setattr(pdf_scans, "missing", lambda: "install goicrawl[ocr] to read pictures")
    for text, reasons in ((False, ("image_not_read",)), (True, ("scanned_page", "no_table"))):
        out = io.BytesIO()
        pen = canvas.Canvas(out, pagesize=(300, 300))
        if text:
            pen.drawString(
                20, 200, "A page of text, long enough to be no mark that a scanner has left on it."
            )
            pen.showPage()
        pen.drawImage(ImageReader(plain(200, 200, "RGB", (90, 90, 90))), 0, 0, 300, 300)
        pen.save()
        report = parse_report(out.getvalue())
        assert tuple(reason.partition(":")[0] for reason in report.reasons) == reasons
        assert report.reasons[0].endswith("install goicrawl[ocr] to read pictures")


@needs_engine
@pytest.mark.parametrize(("width", "height"), [(100_000, 100_000), (2**31 - 1, 2**31 - 1), (MAX_PIXELS, 2)])
def test_a_picture_too_large_is_not_unpacked(width: int, height: int) -> None:
    report = parse_report(claims(width, height))
    assert report.outcome in ("image_only", "attachment_only")
    assert report.reasons
    assert all(reason.startswith(("image_too_large: ", "damaged_file: ")) for reason in report.reasons)


@needs_engine
def test_a_large_claim_with_nothing_behind_it() -> None:
    (problem,) = read_image(claims(5_000, 9_000)).problems
    assert problem.startswith("damaged_file: ")


@needs_engine
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
def test_an_empty_picture_says_so(mode: str) -> None:
    report = parse_report(encoded(plain(mode=mode, colour=None if mode in ("LA", "RGBA") else 1), "TIFF"))
    assert report.outcome == "image_only"
    assert report.reasons == ("image_not_read: there is nothing but pictures in it, and no text in those",)


@needs_engine
def test_see_through_paper_is_white() -> None:
    picture = plain(mode="RGBA", colour=(0, 0, 0, 0))
    assert int(image.grey(picture).min()) == 255


@needs_engine
@given(st.data())
def test_damaged_bytes_are_named(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"]))
    whole = encoded(plain(colour=200), kind)
    cut = data.draw(st.integers(12, len(whole)))
    flips = data.draw(st.lists(st.tuples(st.integers(12, len(whole) - 1), st.integers(0, 255)), max_size=4))
    broken = bytearray(whole)
    for at, value in flips:
        broken[at] = value
    document = read_image(bytes(broken[:cut]))
    assert document.blocks == ()
    assert document.images == 1
    assert all(
        problem.partition(":")[0] in ("damaged_file", "image_too_large") for problem in document.problems
    )
