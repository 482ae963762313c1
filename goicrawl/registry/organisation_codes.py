"""Organisation codes inside index numbers (索引号), believed only where their check character holds.

An index number may begin with the organisation code of the body that made it: nine characters of GB 11714
(014416330, 0142768-8), or the eighteen of a unified social credit code (GB 32100), whose places 9 to 17 are
that code. Others begin with eight characters and no check, a site's code, or a division's code and a serial
number: none of these says whose it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−－", "-"))
_CODE = re.compile(r"([0-9A-Z]{8})-?([0-9X])(?![0-9A-Z])")
_CREDIT = re.compile(r"[1-9AN][1239][0-9]{6}([0-9A-Z]{9})[0-9A-Z](?![0-9A-Z])")
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])")


def check_character(body: str) -> str | None:
    """The ninth character of an organisation code (GB 11714) for its first eight, None for no such eight."""
    if len(body) != 8 or not body.isascii() or not body.isalnum() or body != body.upper():
        return None
    total = sum(int(char, 36) * weight for char, weight in zip(body, _CODE_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def credit_check_character(body: str) -> str | None:
    """The eighteenth character of a social credit code (GB 32100) for its first seventeen, or None."""
    if len(body) != 17 or any(char not in _CREDIT_CHARACTERS for char in body):
        return None
    places = map(_CREDIT_CHARACTERS.index, body)
    total = sum(place * weight for place, weight in zip(places, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_CHARACTERS[-total % 31]


def organisation_code(index_number: str, regions: Container[str]) -> str | None:
    """The organisation code (nine characters) that an index number begins with, else None.

    `regions` are the codes of divisions: what begins with one of them, or with a month, is a serial number
    that may pass the check by chance (one in eleven does). Never raises for any text.
    """
    text = unicodedata.normalize("NFKC", index_number).strip().upper().translate(_HYPHENS)
    credit = _CREDIT.match(text)
    if credit is not None:
        code = credit[1]
        return code if credit_check_character(text[:17]) == text[17] and _holds(code) else None
    match = _CODE.match(text)
    if match is None or not _holds(match[1] + match[2]):
        return None
    serial = match[1][:6] in regions or _DAY.match(match[1]) is not None
    return None if serial and "-" not in match[0] else match[1] + match[2]


def _holds(code: str) -> bool:
    """Whether the check character of nine is right; eight times the same character is no code."""
    return len(set(code[:8])) > 1 and check_character(code[:8]) == code[8]
