"""Whether a page breaks off before its end."""

from __future__ import annotations

import codecs
import re

_TABLE = re.compile(rb"<(/?)table(?=[\s>/]|\Z)", re.IGNORECASE)
_END = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)


def breaks_off(data: bytes) -> bool:
    """Whether the end tags of a page are missing; fragments lack them too."""
    return _END.search(data[-4096:]) is None and _END.search(data) is None


def ends_inside_table(data: bytes) -> bool:
    """Whether the bytes end inside a table: the last row may lack cells, the last cell may lack digits."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.replace(b"\0", b"")
    depth = 0
    last_open = -1
    for match in _TABLE.finditer(data):
        if match.group(1) == b"/":
            depth = max(depth - 1, 0)
        else:
            depth += 1
            last_open = match.end()
    return depth > 0 and _END.search(data, last_open) is None
