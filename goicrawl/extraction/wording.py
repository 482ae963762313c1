"""Whether two labels say the same but for a slip of the pen or an abbreviation.

`不同意公开` is one sign off `同意公开` and says the opposite; `上年新收`, one off `本年新收`, is another
year; `规范性文件解读材料` holds the whole of `规范性文件` and is another thing. So signs that turn a meaning
around may not be what differs, and nothing but a sign or two may be added.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_TURNING = frozenset("不非未无否上下前后去明党内外减增免")
"""Signs that make another thing of a label where one has them and the other has not; so does any digit."""
_SHORTEST = 6
"""In shorter labels one sign makes another label: 工业企业 for 商业企业, 行政处分 for 行政处罚."""
_WHOLE_CLAUSE = 10
"""A label that breaks off behind so many signs is still told from all others by its beginning."""


@lru_cache(maxsize=8192)
def likeness(printed: str, official: str) -> float:
    """0 (not the same) to 1: how sure it is that a printed key means the official one.

    Slips: one sign in labels of up to 9, two up to 15, three beyond. Abbreviations: signs left out only.
    """
    if printed == official:
        return 1.0
    shorter = min(len(printed), len(official))
    if len(official) < _SHORTEST or shorter < _SHORTEST - 1:
        return 0.0
    if len(printed) >= _WHOLE_CLAUSE and official.startswith(printed):
        return 0.9
    edits = Levenshtein.editops(printed, official)
    if sum(edit.tag == "delete" for edit in edits) > 2:
        return 0.0
    for edit in edits:
        for sign in (
            printed[edit.src_pos] if edit.tag != "insert" and edit.src_pos < len(printed) else "",
            official[edit.dest_pos] if edit.tag != "delete" and edit.dest_pos < len(official) else "",
        ):
            if sign in _TURNING or sign.isdigit():
                return 0.0
    distance = len(edits)
    allowed = 1 if shorter < 10 else 2 if shorter < 16 else 3
    if distance <= allowed:
        return 1.0 - 0.05 * distance
    if all(edit.tag == "insert" for edit in edits) and 5 * len(printed) >= 2 * len(official):
        # Only left out: 本机关不掌握 for 本机关不掌握相关政府信息.
        return 0.5 + 0.4 * len(printed) / len(official)
    return 0.0
