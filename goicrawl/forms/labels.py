"""The normal form in which printed labels are compared with the official ones.

Portals print the same label with full-width or half-width signs, with spaces inside, with `1、` for
`1.` and without its number. A `Label` splits the number off and drops what carries no meaning.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_INVISIBLE = dict.fromkeys(
    [0xA0, 0xAD, 0x2028, 0x2029, 0x3000, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060]
)
_PUNCTUATION = {
    ord(sign): None
    for sign in "()[]{}<>《》〈〉【】「」『』〔〕“”\"'‘’`,，、。.．·・•‧:：∶;；!！?？/／\\|-—–－_~～…*#＊"
}
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
            **{f"十{sign}": 11 + place for place, sign in enumerate("一二三四五六七八九")}}  # fmt: skip
CIRCLED = {chr(0x2460 + n): n + 1 for n in range(20)}
_BRACKETS = str.maketrans("〔〕【】﹙﹚{}", "()()()()")
LEADS = re.compile(r"^\s*(?:(?:其中|#|※)\s*[:：]?)?\s*")
"""White space and words before a label's number."""
_NUMBER = re.compile(
    r"^(?:[(\[](十?[一二三四五六七八九]|十)[)\]][、.:]?"
    r"|(十?[一二三四五六七八九]|十)[、.:,]"
    r"|[(]?(\d{1,2})[)、.:,](?!\d)[、.]?)"
)


class Label(NamedTuple):
    """A label in its normal form.

    `level` is 0 for 一、, 1 for （一）, 2 for 1., None for no number; `number` the number itself; `key`
    the words without number, white space and punctuation.
    """

    level: int | None
    number: int | None
    key: str


@lru_cache(maxsize=8192)
def squeeze(text: str) -> str:
    """NFKC without any white space or invisible sign: how two printed texts are compared."""
    if text.isascii():
        return "".join(text.split())
    return "".join(unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).split())


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """`squeeze` without punctuation."""
    return squeeze(text).translate(_PUNCTUATION)


@lru_cache(maxsize=8192)
def read_label(text: str) -> Label:
    """Split a printed label into its number and its words."""
    if len(text) > 300:
        text = text[:300]
    text = LEADS.sub("", text)
    circled = CIRCLED.get(text[:1])
    plain = LEADS.sub("", squeeze(text[1:] if circled is not None else text)).translate(_BRACKETS)
    level: int | None = None
    number: int | None = None
    if circled is not None:
        level, number = 2, circled
    else:
        match = _NUMBER.match(plain)
        if match is not None:
            bracketed, listed, arabic = match.groups()
            if bracketed is not None:
                level, number = 1, _CHINESE.get(bracketed)
            elif listed is not None:
                level, number = 0, _CHINESE.get(listed)
            else:
                level, number = 2, int(arabic)
            plain = plain[match.end() :]
    return Label(level, number, plain.translate(_PUNCTUATION))
