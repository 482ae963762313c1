"""Pictures to blocks: PNG, JPEG, GIF, BMP, TIFF and WebP files, read with the extra `goicrawl[ocr]`."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from goicrawl.documents.document import Block, Document, Grid
from goicrawl.documents.image_page import PicturePage, read_picture
from goicrawl.documents.ocr_engine import missing
from goicrawl.documents.pdf_text import TextLine, goes_on, joined, left_margin, right_margin

if TYPE_CHECKING:
    from goicrawl.documents.ocr_engine import Gray

MAX_PIXELS: Final = 50_000_000
"""Pixels of one picture: A4 at 600 dots an inch has 35 million. They are counted before they are unpacked."""
MAX_PICTURES: Final = 40
"""Pictures of one document that are read; each takes some seconds."""
_LEAST: Final = 40
"""Width and height of the smallest picture that may hold text."""
_FORMATS: Final = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_WHY_ONE: Final = frozenset({"GIF", "WEBP", "PNG"})
"""Formats in which further pictures are an animation, not pages."""


def read_image(data: bytes) -> Document:
    """Read a picture file's bytes. There always is a document; `problems` say what was not read."""
    why = missing()
    if why is not None:
        return Document("image/*", (), images=1, problems=(f"image_not_read: {why}",))
    pages, problems = read_pictures([data])
    media_type = next((page.media_type for page in pages), "image/*")
    return Document(media_type, tuple(blocks_of(pages)), images=max(len(pages), 1), problems=tuple(problems))


def read_pictures(files: Sequence[bytes]) -> tuple[list[PicturePage], list[str]]:
    """Read some picture files as the pages of one document: the pages, and what was not read.

    Raises:
        RuntimeError: the extra `goicrawl[ocr]` is not installed.
    """
    pages: list[PicturePage] = []
    problems: list[str] = []
    for number, data in enumerate(files, 1):
        where = "picture" if len(files) == 1 else f"file {number}, picture"
        room = MAX_PICTURES - len(pages)
        try:
            with warnings.catch_warnings():
                # Pillow warns of what it thinks is too large; the limit here is checked before unpacking.
                warnings.simplefilter("ignore")
                for place, pixels, media_type in _pictures(data, room, problems):
                    page = read_picture(pixels, f"{where} {place}")
                    page.media_type = media_type
                    pages.append(page)
                    problems += page.problems
        except _Unreadable as error:
            problems.append(str(error))
    return pages, problems


def blocks_of(pages: list[PicturePage]) -> Iterator[Block]:
    """The blocks of pages one after the other, lines put together to paragraphs."""
    lines = [item for page in pages for item in page.items if isinstance(item, TextLine)]
    left, right = left_margin(lines), right_margin(lines)
    waiting: list[TextLine] = []
    for page in pages:
        new_page = True
        for item in page.items:
            if isinstance(item, Grid):
                if waiting:
                    yield joined(waiting)
                    waiting = []
                yield item
            else:
                if waiting and not goes_on(waiting[-1], item, left, right, new_page=new_page):
                    yield joined(waiting)
                    waiting = []
                waiting.append(item)
            new_page = False
    if waiting:
        yield joined(waiting)


class _Unreadable(Exception):
    """A reason: `code: words`."""


def _pictures(data: bytes, room: int, problems: list[str]) -> Iterator[tuple[int, Gray, str]]:
    """Each picture of a file, from 1, in grey levels, and the file's media type."""
    from PIL import Image, UnidentifiedImageError

    # The limit is this module's own; Pillow's would raise inside other calls as well.
    Image.MAX_IMAGE_PIXELS = None
    try:
        opened = Image.open(io.BytesIO(data), formats=_FORMATS)
    except UnidentifiedImageError:
        raise _Unreadable("damaged_file: the picture cannot be opened") from None
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  (the decoders raise whatever a broken file provokes)
        raise _Unreadable(f"damaged_file: the picture cannot be opened ({type(error).__name__})") from None
    with opened:
        media_type = Image.MIME.get(opened.format or "", "image/*")
        count = 1 if opened.format in _WHY_ONE else int(getattr(opened, "n_frames", 1))
        if count > room:
            problems.append(f"image_too_large: {count} pictures; {MAX_PICTURES} are read at most")
        for number in range(min(count, room)):
            try:
                opened.seek(number)
                if opened.width * opened.height > MAX_PIXELS:
                    problems.append(
                        f"image_too_large: picture {number + 1} has {opened.width} x {opened.height} pixels"
                    )
                    continue
                pixels = grey(opened)
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001
                problems.append(
                    f"damaged_file: picture {number + 1} cannot be unpacked ({type(error).__name__})"
                )
                continue
            if min(pixels.shape) >= _LEAST:
                yield number + 1, pixels, media_type


def grey(picture: Any) -> Gray:
    """A Pillow picture in grey levels, upright by its camera's word, on white where it is see-through."""
    import numpy
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        whole = upright.convert("RGBA")
        paper = Image.new("RGBA", whole.size, "white")
        upright = Image.alpha_composite(paper, whole)
    if upright.mode.startswith("I;16") or upright.mode in ("I", "F"):
        levels = numpy.asarray(upright, dtype=numpy.float32)
        top = max(float(levels.max()), 1.0)
        return (levels * (255.0 / top)).astype(numpy.uint8)
    return numpy.asarray(upright.convert("L"), dtype=numpy.uint8).copy()
