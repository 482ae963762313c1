"""goicrawl: a cell-level record of how China's government organs answer information requests."""

from __future__ import annotations

__version__ = "0.1.0"
