"""Units that stand beside figures."""

from __future__ import annotations

import re

from goicrawl.forms.labels import squeeze

UNITS = frozenset("件条项个次篇人元份户家页批例起宗笔张部") | {
    "人次", "件次", "千元", "万元", "亿元", "条件", "件条", "单位件", "单位万元", "单位条", "单位元", "条次",
}  # fmt: skip
"""Units as `bare` gives them."""
MONEY = frozenset({"元", "千元", "万元", "亿元"})
_IN_HEAD = re.compile(r"[(\[](?:单位[:：]?)?(元|千元|万元|亿元)[)\]]$|单位[:：]?(元|千元|万元|亿元)$")


def money_unit(head: str) -> str | None:
    """The unit of money that a column's head names: 本年收费金额（单位：元）."""
    match = _IN_HEAD.search(squeeze(head))
    return None if match is None else match[1] or match[2]
