"""What a finding is called on the command line: `812-C2-3fa91c`, report, rule and the digest's beginning.

The view `all_findings` puts the same together in SQL. As long as the numbers stay, so does the key.
"""

from __future__ import annotations

import re

DIGITS = 6
_KEY = re.compile(r"(\d+)-([A-Z]\d+)-([0-9a-f]{6})")


def key_of(report_id: int, rule: str, digest: bytes) -> str:
    """The key of a finding."""
    return f"{report_id}-{rule}-{digest.hex()[:DIGITS]}"


def report_of(key: str) -> int | None:
    """The report that a key names; None where it is no key."""
    match = _KEY.fullmatch(key.strip())
    return None if match is None else int(match[1])
